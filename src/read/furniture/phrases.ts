/** Phrases of web pages: what their buttons, menus and notices say. */
import { once } from '../once.js';
import { wordsOf, type Sheet } from '../sheet.js';
import { isAlone, mark, wordsAt } from './mark.js';

/** Single words and short phrases that could be words of a text: only alone, or among other page chrome. */
const plainPhrases = new Set(
  (
    'from the event|share|print|email|e-mail|download|pdf|top|home|menu|search|see also|related|more|subscribe|' +
    'contact|contact us|language|languages|previous|next|listen|accessibility|news|about|about us|events|documents|' +
    'publications|media|press|imprimer|partager|retour|accueil|actualités|drucken|teilen|startseite|aktuelles|' +
    'compartir|imprimir|inicio|noticias|поделиться|наверх|главная|новости|print version|multimedia|photo|video'
  ).split('|'),
);
/** Phrases that only a page's own apparatus says. */
const surePhrases = new Set(
  (
    'share this|share this page|share this article|share on|print this page|e-mail this page|email this page|' +
    'download pdf|download as pdf|download this document|download the document|view pdf|view as pdf|pdf version|' +
    'back to top|top of page|return to top|go to top|skip to main content|skip to content|skip to navigation|' +
    'skip navigation|main menu|main navigation|toggle navigation|jump to navigation|related links|related content|' +
    'read more|follow us|follow us on|previous article|next article|previous page|next page|facebook|twitter|linkedin|' +
    'facebook twitter|tweet|whatsapp|telegram|copy link|sitemap|site map|haut de page|nach oben|версия для печати|' +
    'aller au contenu|aller au contenu principal|zum inhalt springen|ir al contenido principal|перейти к содержанию|' +
    'cookies on this site|cookie settings|manage cookies|accept cookies|accept all cookies|reject all cookies|' +
    'privacy policy|terms of use|legal notice|you are here|begin text|end text|end of text|begins|ends'
  ).split('|'),
);
/** Lines that begin so are a page's own, wherever they stand. */
const openings =
  /^(?:click to (?:share|print|email)|(?:we|this (?:web)?site) uses? cookies|by continuing to (?:use|browse)|nous utilisons des cookies|wir verwenden cookies|reading time\b|sign up (?:for|to) (?:our|the)|subscribe to (?:our|the)|all rights reserved|download(?: the)? (?:pdf|document|full text)?\s?\((?:pdf[, ]*)?[\d.,]+\s?[km]b\)|pdf[\s(]+[\d.,]+\s?[km]b|follow (?:us|@\w+) on\b|(?:©|(?:\(c\)|copyright)\s?(?:©|\(c\))?\s?(?:19|20)\d\d).{0,80}$|-{3,}\s?(?:forwarded|original) message)/i;
/** Lines of labels that blogs and agencies set under a text: short, and nothing else. */
const labelled =
  /^(?:read more|also read|related|tags|categor(?:y|ies)|filed under|keywords|topics|author|written by|posted by|photo|photo credit|image|picture|caption|source photo|foto|bild|crédits? photo)\s?:\s?\S.{0,110}$/i;
/** What buttons of one line say together. */
const buttons = new Set(
  (
    'share facebook twitter x linkedin whatsapp email e-mail print telegram pinterest reddit copy link tweet this page on via ' +
    'by mail pdf download save like follow us instagram youtube flickr rss viber messenger vk post to text size a+ a- aa'
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

/** Whether a line is one of a web page's own. */
export function isPageChrome(sheet: Sheet, index: number, words: string): boolean {
  if (isItem(words) && !isAmongChrome(sheet, index)) return false;
  const said = folded(words);
  if (surePhrases.has(said)) return isAlone(sheet, index) || !sheet.layout.wrapped;
  if (plainPhrases.has(said)) return isItem(words) || isAlone(sheet, index);
  if (openings.test(words)) return isAlone(sheet, index) || !sheet.layout.wrapped;
  if (labelled.test(words)) return isAlone(sheet, index) && !/[;:]$/.test(words);
  return isButtons(words) && (isAlone(sheet, index) || !sheet.layout.wrapped);
}

/** `Facebook  Twitter  LinkedIn`: buttons in a row, a network among them. */
function isButtons(words: string): boolean {
  const said = words.toLowerCase().split(/[\s\u00a0|,:•·/]+/);
  return said.every((word) => word === '' || buttons.has(word)) && networks().test(words);
}

/** The first lines, among which a site's menu stands. */
const firstLines = 40;

/** Whether a run of lines is a list of the text: items behind a sentence or what announces them. */
function isList(sheet: Sheet, run: readonly number[]): boolean {
  const [first] = run;
  if (first === undefined || !run.every((index) => isItem(wordsAt(sheet, index)))) return false;
  let before = first - 1;
  while (sheet.furniture.has(before)) before--;
  return /[.:;,]$/.test(wordsAt(sheet, before));
}

/** Menus above a text: short lines under each other, several of which only a menu says. */
export function siteMenus(sheet: Sheet): void {
  let run: number[] = [];
  const close = () => {
    if (isList(sheet, run)) run = [];
    const said = run.filter((index) => {
      const words = folded(wordsAt(sheet, index));
      return plainPhrases.has(words) || surePhrases.has(words);
    });
    if (run.length >= 3 && said.length >= 2 && said.length >= run.length / 3)
      for (const index of run) mark(sheet, index, 'menu');
    run = [];
  };
  for (const [index, line] of sheet.lines.slice(0, firstLines).entries()) {
    const words = wordsOf(sheet, line);
    const item = words.length <= 30 && !/[.:;,\d]/.test(words) && !sheet.furniture.has(index);
    if (!item || (line.emptyBefore > 0 && run.length > 0)) close();
    if (item) run.push(index);
  }
  close();
}
