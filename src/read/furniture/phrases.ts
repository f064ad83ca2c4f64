/** Phrases of web pages: what their buttons, menus and notices say. */
import { once } from '../once.js';
import { wordsOf, type Sheet } from '../sheet.js';
import { isAlone, mark, wordsAt } from './mark.js';

/** Single words and short phrases that could be words of a text: only alone, or among other page chrome. */
const plainPhrases = new Set(
  (
    'share|print|email|e-mail|download|pdf|top|home|menu|search|see also|related|more|subscribe|' +
    'archive|archives|contact|contact us|language|languages|previous|next|listen|accessibility|news|about|about us|events|documents|' +
    'publications|media|press|imprimer|partager|retour|accueil|actualités|drucken|teilen|startseite|aktuelles|' +
    'compartir|imprimir|inicio|noticias|поделиться|наверх|главная|новости|print version|multimedia|photo|video|' +
    'topics|newsroom|press room|briefing room|statements and releases|press releases|statements|speeches|work with us|careers|' +
    'official texts|vorlesen|udostępnij|drukuj|powrót|aktualności|strona główna|поділитися|друк|головна|новини|документы|' +
    'stampa|condividi|partilhar|compartilhar|yazdır|paylaş|ana sayfa|anasayfa|haberler|طباعة|مشاركة|الرئيسية|الأخبار|' +
    '打印|分享|首页|新闻|微信|微博|资料|ホーム|印刷|シェア|' +
    '홈|인쇄|공유|브리핑룸|보도자료|목록|이전글|다음글|meny|sök|dela|skriv ut|udskriv|zoeken|afdrukken|delen'
  ).split('|'),
);
/** Of these, what may head a section of a text: only beside other chrome, or outermost. */
const headings = new Set(
  (
    'search|archive|archives|related|more|contact|language|languages|news|about|events|documents|publications|media|press|actualités|aktuelles|' +
    'noticias|новости|multimedia|photo|video|topics|statements|speeches|press releases|careers|official texts|aktualności|новини|' +
    'документы|haberler|新闻|资料|الأخبار'
  ).split('|'),
);
/** Phrases that only a page's own apparatus says. */
const surePhrases = new Set(
  (
    'from the event|share this|share this page|share this article|share on|print this page|e-mail this page|email this page|' +
    'download pdf|download as pdf|download this document|download the document|view pdf|view as pdf|pdf version|' +
    'back to top|top of page|return to top|go to top|skip to main content|skip to content|skip to navigation|' +
    'skip navigation|main menu|main navigation|toggle navigation|jump to navigation|related links|related content|' +
    'read more|follow us|follow us on|previous article|next article|previous page|next page|facebook|twitter|linkedin|' +
    'facebook twitter|tweet|whatsapp|telegram|copy link|sitemap|site map|haut de page|nach oben|версия для печати|' +
    'aller au contenu|aller au contenu principal|zum inhalt springen|ir al contenido principal|перейти к содержанию|' +
    'cookies on this site|cookie settings|manage cookies|accept cookies|accept all cookies|reject all cookies|' +
    'privacy policy|terms of use|legal notice|you are here|begin text|text begins|end text|text ends|end of text|begins|ends|texte intégral|prononcé le|intervenant(s)|navigation path|additional tools|other available languages|press releases database|press release details|was this page helpful|was this page useful|yes no|share on facebook|' +
    'share on twitter|share on x|share on linkedin|retour en haut de page|mentions légales|seite drucken|seite teilen|' +
    'volver arriba|torna su|torna all’inizio|voltar ao topo|вернуться к списку|назад к списку|версія для друку|' +
    'powrót do góry|返回顶部|打印本页|关闭窗口|このページの先頭へ|このページの先頭へ戻る|このページのトップへ戻る|ページの先頭へ|ページトップへ|' +
    '文字サイズ変更'
  ).split('|'),
);
/** Lines that begin so are a page's own, wherever they stand. */
const openings =
  /^(?:click to (?:share|print|email)|(?:we|this (?:web)?site) uses? cookies|by continuing to (?:use|browse)|nous utilisons des cookies|wir verwenden cookies|reading time\b|sign up (?:for|to) (?:our|the)|subscribe to (?:our|the)|all rights reserved|download(?: the)? (?:pdf|document|full text)?\s?\((?:pdf[, ]*)?[\d.,]+\s?[km]b\)|pdf[\s(]+[\d.,]+\s?[km]b|follow (?:us|@\w+) on\b|扫一扫|(?:©|(?:\(c\)|copyright)\s?(?:©|\(c\))?\s?(?:19|20)\d\d).{0,80}$|-{3,}\s?(?:forwarded|original) message)/i;
/** Lines of labels that blogs and agencies set under a text: short, and nothing else. */
const labelled =
  /^(?:read more|also read|related|tags|categor(?:y|ies)|filed under|keywords|topics|author|written by|posted by|photo|photo credit|image|picture|caption|intervenant\(s\)|circonstance|média|source photo|foto|bild|crédits? photo|schlagworte?|mots-clés|etiquetas|теги|责任编辑|编辑)\s?[:：]\s?\S.{0,110}$/i;
/** What buttons of one line say together. */
const buttons = new Set(
  (
    'share facebook twitter x linkedin whatsapp email e-mail print telegram pinterest reddit copy link tweet this page on via ' +
    'e-post e-posta courriel correo dela partager teilen compartir condividi paylaş поделиться by mail pdf download save like follow us instagram youtube flickr rss viber messenger vk post to text size a+ a- aa'
  ).split(' '),
);
const networks = once(
  () =>
    /(?<!\p{L})(?:facebook|twitter|linkedin|whatsapp|telegram|pinterest|reddit|instagram|youtube)(?!\p{L})/iu,
);

/** Words in lower case, white space folded, without the marks around them. */
function folded(words: string): string {
  const trimmed = words
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/^[\0-/:-`{-\x7f]+|[\0-(*-/:-`{-\x7f]+$/g, '');
  // Marks beyond ASCII need the classes of Unicode, and are rare.
  return /^[^\0-\x7fÀ-ÖØ-öø-\u024f\u0400-\u0481]|[^\0-\x7fÀ-ÖØ-öø-\u024f\u0400-\u0481]$/.test(trimmed)
    ? trimmed.replace(/^[^\p{L}\p{N}©]+|[^\p{L}\p{N})]+$/gu, '')
    : trimmed;
}

/** A bullet before some words. */
const bullet = /^[•·▪‣◦*–—-][\s\u00a0]+\S/;

/** Whether a line is an item of a list: it needs other chrome beside it to be a button. */
export const isItem = (words: string): boolean => bullet.test(words);

const chromeReasons = new Set([
  'page chrome',
  'menu',
  'links',
  'contact line',
  'date of the page',
  'address',
]);

/**
 * Whether a line next to an item is a page's own, marked so already or by what it says. Behind an empty line only
 * another item counts: `- more` may be the last one of a text, with the page's foot below it.
 */
export const isAmongChrome = (sheet: Sheet, index: number): boolean =>
  [index - 1, index + 1].some((beside) => {
    const words = wordsAt(sheet, beside);
    const isApart = (sheet.lines[Math.max(index, beside)]?.emptyBefore ?? 0) > 0;
    if (isApart && !isItem(words)) return false;
    return chromeReasons.has(sheet.furniture.get(beside) ?? '') || surePhrases.has(folded(words));
  });

/** The most lines of furniture that a text may have above or below it. */
const widestRim = 60;

/** Whether a line stands beside chrome, an empty line between perhaps, or nothing but furniture is above or below it. */
function isAtRim(sheet: Sheet, index: number): boolean {
  const reason = [index - 1, index + 1].map((beside) => sheet.furniture.get(beside) ?? '');
  if (reason.some((one) => chromeReasons.has(one))) return true;
  const isOutermost = (step: 1 | -1, end: number): boolean => {
    for (let far = 1; far <= widestRim; far++) {
      const at = index + step * far;
      if (at === end) return true;
      if (!sheet.furniture.has(at)) return false;
    }
    return false;
  };
  return isOutermost(-1, -1) || isOutermost(1, sheet.lines.length);
}

/** Whether a line is one of a web page's own. */
export function isPageChrome(sheet: Sheet, index: number, words: string): boolean {
  if (isItem(words) && !isAmongChrome(sheet, index)) return false;
  const said = folded(words);
  if (surePhrases.has(said)) return isAlone(sheet, index) || !sheet.layout.wrapped;
  if (plainPhrases.has(said))
    return isItem(words) || (isAlone(sheet, index) && (!headings.has(said) || isAtRim(sheet, index)));
  if (openings.test(words)) return isAlone(sheet, index) || !sheet.layout.wrapped;
  if (labelled.test(words)) return isAlone(sheet, index) && !/[;:]$/.test(words);
  if (!isAlone(sheet, index) && sheet.layout.wrapped) return false;
  return isButtons(words) || isMenuRow(words);
}

/** `Facebook  Twitter  LinkedIn`: buttons in a row, a network among them. */
function isButtons(words: string): boolean {
  const said = words.toLowerCase().split(/[\s\u00a0|,:•·/]+/);
  return said.every((word) => word === '' || buttons.has(word)) && networks().test(words);
}

const languageNames =
  /^(?:english|french|français|russian|русский|ukrainian|українська|german|deutsch|spanish|español|arabic|العربية|chinese|中文|italiano|português|türkçe|polski)$/i;

/** Whether some words are the name of a language, as pages offer them. */
export const isLanguageName = (words: string): boolean => languageNames.test(words);

/** What else stands in rows of menus: the sizes of letters. */
const rowWords = new Set(['小', '中', '大', 'a', 'a+', 'a-', 'x']);

/**
 * `Topics   Newsroom   About us`, `Briefing Room • Statements and Releases`, `English French`: a menu in one row, its items
 * parted by wide gaps or marks. All of two items must be a menu's; of more at least two, and half of them.
 */
export function isMenuRow(line: string): boolean {
  if (line.length > 200) return false;
  const words = line.includes('](') ? line.replace(/!?\[([^\]]{0,80})\]\([^()]{0,200}\)/g, '$1') : line;
  if (rowMark.test(words)) {
    const row = rowOf(words.split(rowMarks));
    if (row.items === 2 && row.known === 2) return true;
    if (row.items >= 3 && row.known >= 2 && row.known >= row.items / 2 && row.longest <= 25) return true;
  }
  const first = /^\S+/.exec(words)?.[0] ?? '';
  if (first === words) return false;
  if (isLanguageName(first) && words.split(/[\s\u00a0]+/).every(isLanguageName)) return true;
  // Where no capitals and no spaces tell words apart, single spaces part items.
  if (!/[\u3040-\u9fff\uac00-\ud7af]/.test(first)) return false;
  const tokens = rowOf(words.split(/[\s\u00a0]+/));
  return tokens.items >= 2 && tokens.known === tokens.items;
}

const rowMark = /[\s\u00a0]{2}|[\u3000|•·►»>]|[\s\u00a0]\/[\s\u00a0]/;
const rowMarks = /[\s\u00a0]{2,}|\u3000|[\s\u00a0]*[|•·►»>][\s\u00a0]*|[\s\u00a0]+\/[\s\u00a0]+/;

/** How many items a row has, how many of them only a menu says, and the letters of the longest. */
function rowOf(parts: readonly string[]): { items: number; known: number; longest: number } {
  const said = parts.map(folded).filter((one) => one !== '');
  const known = said.filter((one) => plainPhrases.has(one) || surePhrases.has(one) || rowWords.has(one));
  return { items: said.length, known: known.length, longest: Math.max(0, ...said.map((one) => one.length)) };
}

/** The first and the last lines, among which a site's menus stand. */
const firstLines = 40;

/** Whether a run of lines is a list of the text: items behind a sentence or what announces them. */
function isList(sheet: Sheet, run: readonly number[]): boolean {
  const [first] = run;
  if (first === undefined || !run.every((index) => isItem(wordsAt(sheet, index)))) return false;
  let before = first - 1;
  while (sheet.furniture.has(before)) before--;
  return /[.:;,]$/.test(wordsAt(sheet, before));
}

/** Whether a sentence announces a run of lines: `The network deals with:`. */
function isAnnounced(sheet: Sheet, run: readonly number[]): boolean {
  const [first] = run;
  return first !== undefined && !sheet.furniture.has(first - 1) && /[:：,;]$/.test(wordsAt(sheet, first - 1));
}

/** Menus above and below a text: short lines under each other, several of which only a menu says. */
export function siteMenus(sheet: Sheet): void {
  let run: number[] = [];
  const close = () => {
    if (isList(sheet, run) || isAnnounced(sheet, run)) run = [];
    const said = run.filter((index) => {
      const words = folded(wordsAt(sheet, index));
      return plainPhrases.has(words) || surePhrases.has(words) || isLanguageName(words);
    });
    const many = run.length >= 3 && said.length >= 2 && said.length >= run.length / 3;
    if (many || (run.length === 2 && said.length === 2)) for (const index of run) mark(sheet, index, 'menu');
    run = [];
  };
  const { length } = sheet.lines;
  for (const [index, line] of sheet.lines.entries()) {
    if (index >= firstLines && index < length - firstLines) continue;
    if (index === length - firstLines && index > firstLines) close();
    const words = wordsOf(sheet, line);
    const item = words.length <= 30 && !/[.:;,\d]/.test(words) && !sheet.furniture.has(index);
    if (!item || (line.emptyBefore > 0 && run.length > 0)) close();
    if (item) run.push(index);
  }
  close();
}
