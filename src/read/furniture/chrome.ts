/** Page chrome: what web pages put around a text. */
import { findDate } from '../dates.js';
import { edgeAt, wordsOf, type Sheet } from '../sheet.js';
import { isAlone, learn, mark, wordsAt } from './mark.js';

/** Lines that web pages put around a text; a whole line must be one of these. */
const chromeLines = new Set([
  'from the event',
  'share',
  'share this',
  'share this page',
  'print',
  'print this page',
  'email',
  'e-mail this page',
  'download',
  'download pdf',
  'download this document',
  'pdf',
  'back to top',
  'top',
  'top of page',
  'home',
  'menu',
  'search',
  'skip to main content',
  'skip to content',
  'see also',
  'related',
  'related links',
  'related content',
  'read more',
  'more',
  'follow us',
  'subscribe',
  'contact',
  'contact us',
  'language',
  'languages',
  'previous',
  'next',
  'imprimer',
  'partager',
  'haut de page',
  'retour',
  'accueil',
  'drucken',
  'teilen',
  'nach oben',
  'startseite',
  'compartir',
  'imprimir',
  'inicio',
  'версия для печати',
  'поделиться',
  'наверх',
  'facebook',
  'twitter',
  'linkedin',
  'facebook twitter',
  'tweet',
  'whatsapp',
  'copy link',
  'listen',
  'accessibility',
  'sitemap',
  'site map',
]);

const contact =
  /^[\W_]*(?:tel|telephone|phone|fax|tél|téléphone|тел|телефон|факс|e-?mail|courriel)\b\.?[\s\u00a0]*[:.]?[\s\u00a0]*(?:[+(]?\d|[\w.+-]+@)/iu;
const dated =
  /^[\W_]*(?:last (?:updated|modified|reviewed)|updated on|published on|posted on|dernière mise à jour|mis à jour le|zuletzt aktualisiert|última actualización|обновлено|дата публикации)\b[\s\u00a0]*:?/iu;
const menu = /^(?:[^|•»>]{1,30}[|•»>]){2,}[^|•»>]{0,40}$/u;
const archive = /^_?\[[A-Z]{2,4}\s?:.{1,80}\]_?$/;
const classification =
  /^(?:RESTRICTED|CONFIDENTIAL|UNCLASSIFIED|SECRET|NATO UNCLASSIFIED|PUBLIC|FOR IMMEDIATE RELEASE)$/;
const address = /^(?:https?:\/\/|www\.)\S+$/i;

/** Bulleted crumbs above a title: `• 03 Dec. 2008 -`, `• Press Release (2008) 153`, `• |`. */
const crumb = /^[•·|]/;
const pressRelease = /press release[\s\u00a0]*\(?\d{4}\)?[\s\u00a0]*\d{1,4}/i;
const languageNames =
  /^(?:english|french|français|russian|русский|ukrainian|українська|german|deutsch|spanish|español|arabic|العربية|chinese|中文|italiano|português|türkçe|polski)$/i;
const breadcrumbs = /^(?:home|accueil|start|startseite|inicio|главная)[\s\u00a0]*[>»›/|].{2,120}$/i;

function crumbs(sheet: Sheet): void {
  let passed = 0;
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index)) continue;
    if (passed++ > 14) break;
    if (line.end - line.start > 160) continue;
    const words = wordsOf(sheet, line);
    const bare = words.replace(/^[\s\u00a0•·|–-]+|[\s\u00a0•·|–-]+$/g, '');
    if (breadcrumbs.test(words) && !/[.;:]$/.test(words)) mark(sheet, index, 'menu');
    else if (languageNames.test(words)) mark(sheet, index, 'menu');
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

const linksHeading =
  /^(?:related (?:links|content|news|articles|documents)|see also|read more|voir aussi|liens connexes|siehe auch|véase también|см\. также)$/i;

/** Links behind the text: from their heading to the end, where only short lines follow. */
function trailingLinks(sheet: Sheet): void {
  for (let index = sheet.lines.length - 1; index >= Math.max(0, sheet.lines.length - 30); index--) {
    const words = wordsAt(sheet, index)
      .replace(/[*#_:]/g, '')
      .trim();
    if (!linksHeading.test(words)) continue;
    const rest = sheet.lines.slice(index + 1).map((line) => wordsOf(sheet, line));
    if (rest.every((one) => one.length <= 120 && !/[.;]$/.test(one)))
      for (let at = index; at < sheet.lines.length; at++) mark(sheet, at, 'links');
    return;
  }
}

export function chrome(sheet: Sheet): void {
  crumbs(sheet);
  trailingLinks(sheet);
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index) || line.end - line.start > 160) continue;
    const words = wordsOf(sheet, line);
    const folded = words
      .toLowerCase()
      .replace(/[\s\u00a0]+/g, ' ')
      .replace(/^[\W_]+|[\s.:›»>]+$/gu, '');
    if (chromeLines.has(folded) && isAlone(sheet, index)) mark(sheet, index, 'page chrome');
    else if (contact.test(words) && isContact(words)) mark(sheet, index, 'contact line');
    else if (dated.test(words) && words.length < 60) mark(sheet, index, 'date of the page');
    else if (menu.test(words) && !words.includes('<') && isAlone(sheet, index) && !/[.;]$/.test(words))
      mark(sheet, index, 'menu');
    else if (/^(?:\[[A-Za-z]{2,4}\][\s\u00a0]*)+$/.test(words) && isAlone(sheet, index))
      mark(sheet, index, 'menu');
    else if (archive.test(words)) mark(sheet, index, 'archive reference');
    else if (classification.test(words) && isAlone(sheet, index)) mark(sheet, index, 'classification');
    else if (address.test(words) && isAlone(sheet, index)) mark(sheet, index, 'address');
    else if (isSpeck(sheet, index, words)) mark(sheet, index, 'stray mark');
  }
}

/** Ornaments, and the specks that a scanner takes for a letter: symbols, or a single letter far from the text. */
function isSpeck(sheet: Sheet, index: number, words: string): boolean {
  if (/^[\p{So}\s\u00a0]+$/u.test(words)) return true;
  const line = sheet.lines[index];
  if (!sheet.layout.wrapped || line === undefined || !/^[\p{L}\p{N}]$/u.test(words)) return false;
  return line.indent > edgeAt(sheet, index) * 0.7;
}

/** Numbers and addresses must make up most of a contact line: "Fax: see paragraph 3 of the rules" is a sentence. */
function isContact(words: string): boolean {
  const rest = words
    .replace(/[\w.+-]+@[\w.-]+/g, '')
    .replace(
      /\b(?:tel|telephone|phone|fax|tél|téléphone|тел|телефон|факс|e-?mail|courriel|mob|mobile)\b\.?/giu,
      '',
    )
    .replace(/[^\p{L}]/gu, '');
  return rest.length <= 12;
}
