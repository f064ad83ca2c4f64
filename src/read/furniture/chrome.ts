/** Page chrome: what web pages put around a text. */
import { findDate } from '../dates.js';
import { once } from '../once.js';
import { edgeAt, trimmed, wordsOf, type Sheet } from '../sheet.js';
import { isAlone, learn, mark, wordsAt } from './mark.js';
import { isLanguageName, isMenuRow, isPageChrome, siteMenus } from './phrases.js';
import { tail } from './tail.js';

const contact =
  /^[\W_]*(?:(?:media|press) contacts?|tel|telephone|phone|fax|tél|téléphone|тел|телефон|факс|e-?mail|courriel)\b\.?[\s\u00a0]*[:.]?[\s\u00a0]*(?:[+(]?\d|[\w.+-]+@)/iu;
/** With a name before the number. */
const pressContact = /^(?:(?:media|press) )?contacts?[\s\u00a0]*:.{0,80}(?:[\w.+-]@|\+\d)/i;
/** Who took a picture or sold it, in brackets behind what it shows: `(AP Photo/Ann Lund)`, `(Photo: Lund/Reuters)`. */
const credit =
  /\((?:[^()]{0,60}\b(?:photos?|images?|getty|reuters|afp|epa|xinhua|tass)\b[/:][^()]{1,60}|(?:photo(?:graph)?s?|images?|picture) (?:by|credit|courtesy)\b[^()]{1,80}|[^()]{0,60}\/(?:AP|AFP|EPA|Reuters|Getty Images|Xinhua|TASS)|(?:AP|AFP|EPA|Reuters|Getty Images|Xinhua|TASS))\)\.?$/i;
/** The most lines of what stands under a picture. */
const longestCaption = 6;
/** What pages of governments set before who published a text and when, a line each. */
const publisher = /^(?:from|published by|delivered on|location)[\s\u00a0]*:$/i;
const dated =
  /^[\W_]*(?:last (?:updated|modified|reviewed)|updated on|published on|posted on|dernière mise à jour|mis à jour le|zuletzt aktualisiert|última actualización|senast uppdaterad|sidst opdateret|laatst bijgewerkt|ultimo aggiornamento|última atualização|ostatnia aktualizacja|обновлено|дата публикации)\b[\s\u00a0]*:?/iu;
const menu = /^(?:[^|•»>]{1,30}[|•»>]){2,}[^|•»>]{0,40}$/u;
const archive = /^_?\[[A-Z]{2,4}\s?:.{1,80}\]_?$/;
const classification =
  /^(?:RESTRICTED|CONFIDENTIAL|UNCLASSIFIED|SECRET|NATO UNCLASSIFIED|PUBLIC|(?:FOR|For) (?:IMMEDIATE RELEASE|immediate release|Immediate Release))$/;
const releaseSign = /^(?:C(?:HECK|heck)|E(?:MBARGO|mbargo|S GILT|s gilt)|S(?:EUL|eul)) ?/;
const release = once(
  () =>
    /^(?:check against delivery|seul le prononcé fait foi|es gilt das gesprochene wort|embargo(?:ed)?(?:[\s\u00a0]?:|[\s\u00a0]+(?:until|till|for|jusqu['’][àa]u?|bis|hasta|до))[\s\u00a0].{0,20}\d.{0,30})$/iu,
);
/** A site's name at the top of its page: `regeringen.se`. */
const domain = /^(?:www\.)?(?:[a-z\d-]{2,30}\.){1,3}(?:[a-z]{2}|org|int|com|net|gov|edu|info)$/i;
const address = /^(?:https?:\/\/|www\.)\S+$/i;

/** Bulleted crumbs above a title: `• 03 Dec. 2008 -`, `• Press Release (2008) 153`, `• |`. */
const crumb = /^[•·|]/;
const pressRelease = /press release[\s\u00a0]*\(?\d{4}\)?[\s\u00a0]*\d{1,4}/i;
const breadcrumbs =
  /^(?:home|accueil|start|startseite|inicio|início|главная|головна|strona główna|ana sayfa|anasayfa|الرئيسية|首页|ホーム|홈)[\s\u00a0]*[>»›/|].{2,120}$/i;

function crumbs(sheet: Sheet): void {
  let passed = 0;
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index)) continue;
    if (passed++ > 14) break;
    if (line.end - line.start > 160) continue;
    const words = wordsOf(sheet, line);
    const bare = words.replace(/^[\s\u00a0•·|–-]+|[\s\u00a0•·|–-]+$/g, '');
    if (breadcrumbs.test(words) && !/[.;:]$/.test(words)) mark(sheet, index, 'menu');
    else if (isLanguageName(words) || isMenuRow(words)) mark(sheet, index, 'menu');
    else if (crumb.test(words) && bare.length <= 40) {
      const date = findDate(bare);
      const release = pressRelease.exec(bare);
      const rest = bare.replace(/^(?:issued|published|posted|updated|adopted) (?:on|in)\b:?/i, '').trim();
      if (bare === '') mark(sheet, index, 'page chrome');
      else if (release) learn(sheet, index, 'symbol', line, release[0]);
      else if (date && rest.length <= date.end - date.start + 4)
        learn(sheet, index, 'date', line, bare.slice(date.start, date.end));
    }
  }
}

export function chrome(sheet: Sheet): void {
  controls(sheet);
  crumbs(sheet);
  siteMenus(sheet);
  tail(sheet);
  captions(sheet);
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index) || line.end - line.start > 160) continue;
    const words = wordsOf(sheet, line);
    if (words.endsWith(':') && words.length < 30 && publishedBelow(sheet, index, words)) continue;
    if ((contact.test(words) || pressContact.test(words)) && isContact(words))
      mark(sheet, index, 'contact line');
    else if (dated.test(words) && words.length < 60) mark(sheet, index, 'date of the page');
    else if (menu.test(words) && !words.includes('<') && isAlone(sheet, index) && !/[.;]$/.test(words))
      mark(sheet, index, 'menu');
    else if (/^(?:\[[A-Za-z]{2,4}\][\s\u00a0]*)+$/.test(words) && isAlone(sheet, index))
      mark(sheet, index, 'menu');
    else if (archive.test(words)) mark(sheet, index, 'archive reference');
    else if (classification.test(words) && (isAlone(sheet, index) || !sheet.layout.wrapped))
      mark(sheet, index, 'classification');
    else if (index < 12 && releaseSign.test(words) && release().test(words) && !/[;,]$/.test(words))
      mark(sheet, index, 'classification');
    else if (index < 5 && domain.test(words) && !sheet.layout.wrapped) mark(sheet, index, 'address');
    else if (address.test(words) && isAlone(sheet, index)) mark(sheet, index, 'address');
    else if (isSpeck(sheet, index, words)) mark(sheet, index, 'stray mark');
  }
  // Twice: what stands beside page chrome stands alone then.
  for (let times = 0; times < 2; times++)
    for (const [at] of sheet.lines.entries()) {
      // The second time upwards: so a page's foot is found from its end.
      const index = times === 0 ? at : sheet.lines.length - 1 - at;
      const line = sheet.lines[index];
      if (line && !sheet.furniture.has(index) && line.end - line.start <= 160)
        if (isPageChrome(sheet, index, wordsOf(sheet, line))) mark(sheet, index, 'page chrome');
    }
  tail(sheet);
}

/** Among the first and last so many lines pictures stand. */
const pictureLines = 40;

/** What stands under a picture, a block of its own that ends in the picture's source. */
function captions(sheet: Sheet): void {
  const { lines, text } = sheet;
  for (const [index, line] of lines.entries()) {
    if (index >= pictureLines && index < lines.length - pictureLines) continue;
    if (
      sheet.furniture.has(index) ||
      !/\)\.?$/.test(text.slice(Math.max(line.start, line.end - 2), line.end))
    )
      continue;
    const next = lines[index + 1];
    if (next && next.emptyBefore === 0 && !next.pageBefore && sheet.layout.wrapped) continue;
    if (!credit.test(text.slice(Math.max(line.start, line.end - 140), line.end))) continue;
    let first = index;
    while (
      sheet.layout.wrapped &&
      index - first < longestCaption &&
      (lines[first]?.emptyBefore ?? 1) === 0 &&
      first > 0 &&
      !sheet.furniture.has(first - 1)
    )
      first--;
    if (index - first >= longestCaption) continue;
    for (let at = first; at <= index; at++) mark(sheet, at, 'caption');
  }
}

/**
 * `Published on:` above a date, a line each; and above that `From:` and who published it. The page's own: when a text was
 * put there says little of its date.
 */
function publishedBelow(sheet: Sheet, index: number, words: string): boolean {
  const isDate = (at: number): boolean => {
    const below = wordsAt(sheet, at);
    const date = below.length < 40 ? findDate(below) : null;
    return date !== null && date.end - date.start >= below.length - 8;
  };
  if (dated.test(words) && isDate(index + 1)) {
    mark(sheet, index, 'date of the page');
    mark(sheet, index + 1, 'date of the page');
    return true;
  }
  if (!publisher.test(words)) return false;
  for (let below = index + 1; below <= index + 6; below++) {
    const one = wordsAt(sheet, below);
    if (one === '' || one.length > 120 || /[.;]$/.test(one)) return false;
    if (dated.test(one) && (findDate(one) !== null || isDate(below + 1))) {
      for (let at = index; at < below; at++) mark(sheet, at, 'page chrome');
      return true;
    }
  }
  return false;
}

/** Control characters that a converter left alone on a line or before its first word; within the words they stay. */
function controls(sheet: Sheet): void {
  if (!/[\x01-\x08\x0e-\x1f]/.test(sheet.text)) return;
  for (const [index, line] of sheet.lines.entries()) {
    const [strays = ''] =
      /^[\x01-\x08\x0e-\x1f]{1,3}/.exec(sheet.text.slice(line.start, line.start + 4)) ?? [];
    if (strays === '' || sheet.furniture.has(index)) continue;
    const { start } = trimmed(sheet.text, line.start + strays.length, line.end);
    if (start >= line.end) mark(sheet, index, 'stray mark');
    else {
      sheet.scraps.push({ start: line.start, end: line.start + strays.length, reason: 'stray mark' });
      sheet.lines[index] = { ...line, start };
    }
  }
}

/** Ornaments, and the specks that a scanner takes for a letter: symbols, or a single letter far from the text. */
function isSpeck(sheet: Sheet, index: number, words: string): boolean {
  if (words.charCodeAt(0) > 0x7f && /^[\p{So}\s\u00a0]+$/u.test(words)) return true;
  const line = sheet.lines[index];
  if (!sheet.layout.wrapped || line === undefined || words.length > 2) return false;
  if (!/^[\p{L}\p{N}]$/u.test(words)) return false;
  return line.indent > edgeAt(sheet, index) * 0.7;
}

/** Numbers and addresses must make up most of a contact line: "Fax: see paragraph 3 of the rules" is a sentence. */
function isContact(words: string): boolean {
  const rest = words
    .replace(/[\w.+-]+@[\w.-]+/g, '')
    .replace(
      /\b(?:media|press|contacts?|tel|telephone|phone|fax|tél|téléphone|тел|телефон|факс|e-?mail|courriel|mob|mobile)\b\.?/giu,
      '',
    )
    .replace(/[^\p{L}]/gu, '');
  return rest.length <= 12;
}
