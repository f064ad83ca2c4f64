/**
 * Furniture: what the page carried and the document does not. It is found first, because it cuts through sentences
 * at page breaks. Nothing is thrown away: each line keeps its reason, and the JSON edition carries it all.
 */
import { parse as parseYaml } from 'yaml';
import { findDate } from './dates.js';
import type { TextLine } from './plain.js';
import { edgeAt, spanOf, trimmed, wordsOf, type Fact, type Sheet } from './sheet.js';

/** Marks every line that is furniture, and notes what front matter and mastheads say about the document. */
export function findFurniture(sheet: Sheet): void {
  frontMatter(sheet);
  markup(sheet);
  pages(sheet);
  masthead(sheet);
  coverNote(sheet);
  chrome(sheet);
}

const mark = (sheet: Sheet, index: number, reason: string): void => {
  if (!sheet.furniture.has(index)) sheet.furniture.set(index, reason);
};

// ------------------------------------------------------------------------------------------------ front matter

const longestFrontMatter = 300;

/** YAML between two `---` lines at the top; its title and date are facts about the document. */
function frontMatter(sheet: Sheet): void {
  const [first] = sheet.lines;
  if (!first || wordsOf(sheet, first) !== '---') return;
  const last = sheet.lines.findIndex(
    (line, index) => index > 0 && index < longestFrontMatter && /^(?:---|\.\.\.)$/.test(wordsOf(sheet, line)),
  );
  const closing = sheet.lines[last];
  if (!closing) return;
  const inside = sheet.text.slice(first.end, closing.start);
  if (!/^\s*[\w-]+:/.test(inside)) return;
  for (let index = 0; index <= last; index++) mark(sheet, index, 'front matter');
  let data: unknown;
  try {
    data = parseYaml(inside, { schema: 'failsafe' });
  } catch {
    return; // Not YAML after all: still no words of the document.
  }
  if (typeof data !== 'object' || data === null) return;
  const fields = new Map(Object.entries(data));
  for (const [fact, keys] of factKeys) {
    const key = keys.find((name) => typeof fields.get(name) === 'string' && fields.get(name) !== '');
    if (key === undefined) continue;
    const line = sheet.lines.findIndex((one) => wordsOf(sheet, one).startsWith(`${key}:`));
    const place = sheet.lines[line] ?? first;
    sheet.facts.set(fact, {
      value: String(fields.get(key)).replace(/\s+/g, ' ').trim(),
      span: spanOf(sheet, place.start, place.end),
    });
  }
}

const factKeys = [
  ['title', ['title']],
  ['date', ['doc_date', 'date_adopted', 'date']],
  ['symbol', ['symbol']],
  ['issuer', ['issuer']],
  ['place', ['place']],
  ['language', ['language', 'lang']],
] as const;

// ------------------------------------------------------------------------------------------------ mark-up lines

const rule = /^(?:[_\-—–=~·.•]{3,}|[_*]|(?:[*_\-—–•][\s\u00a0]*){3,})$/;

/** Rules, comments, tags and end marks that have a line of their own. */
function markup(sheet: Sheet): void {
  let inComment = false;
  let opened = 0;
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index)) continue;
    const words = wordsOf(sheet, line);
    if (inComment) {
      mark(sheet, index, 'comment');
      inComment = !words.includes('-->');
    } else if (/^<!--/.test(words) && (words.endsWith('-->') || !words.includes('-->'))) {
      mark(sheet, index, 'comment');
      inComment = !words.includes('-->');
      opened = index;
    } else if (
      /^<(?:meta|link|hr|br|img|\/?(?:div|html|head|body|article|section|nav|header|footer))\b[^<>]*>$/i.test(
        words,
      )
    )
      mark(sheet, index, 'tag');
    else if (rule.test(words)) mark(sheet, index, /^[\s*•·~.]+$/.test(words) ? 'separator' : 'rule');
    else if (
      /^\\?#{1,6}[\s\u00a0]*(?:Begins|Ends)?[.:]?$|^[-*–—\s]*(?:END|ENDS|ENDE|FIN)[-*–—\s.]*$/i.test(words)
    )
      mark(sheet, index, 'end mark');
  }
  // A comment that never ends is no comment: its lines are words again.
  if (inComment)
    for (let index = opened; index < sheet.lines.length; index++)
      if (sheet.furniture.get(index) === 'comment') sheet.furniture.delete(index);
}

// ------------------------------------------------------------------------------------------------ pages

const pageNumber =
  /^(?:[-–—\s]*\d{1,4}[-–—\s]*|\d{1,3}\s*\/\s*\d{1,3}|(?:page|p\.|seite|página|pagina|стр\.?)\s*\d{1,4}(?:\s*(?:of|de|sur|von|\/|из)\s*\d{1,4})?)$/i;
const jobNumber =
  /^(?:\d{1,3}\/\d{1,3}\s+)?\d{2}-\d{5}(?:\s*\([A-Z]\))?(?:\s+\d{6})?(?:\s+\d{1,3}\/\d{1,3})?$|^\d{1,3}\/\d{1,3}\s+\d{2}-\d{5}$/;
const barcode = /^\*\d{6,9}\*$/;
const symbolPattern =
  /(?:^|\s)((?:[A-Z]{1,5}(?:\/[A-Z0-9][A-Z0-9.]*){1,6}(?:\/\d+)?(?:[\s\u00a0]\(\d{4}\))?))(?=\s|$)/;

/**
 * `2 3. We have witnessed`: the number of a page that ran into paragraph 3. Only where 2. and 4. begin lines and 3.
 * begins none.
 */
function gluedPageNumbers(sheet: Sheet): void {
  const glued: { index: number; label: number; end: number }[] = [];
  const begun = new Set<number>();
  for (const [index, line] of sheet.lines.entries()) {
    const words = sheet.text.slice(line.start, Math.min(line.end, line.start + 24));
    const label = /^(\d{1,3})\\?\.[\s\u00a0]/.exec(words)?.[1];
    if (label !== undefined) begun.add(Number(label));
    const both = /^(\d{1,3})[\s\u00a0]+(\d{1,3})\\?\.[\s\u00a0]*\p{Lu}/u.exec(words);
    if (both) glued.push({ index, label: Number(both[2]), end: line.start + (both[1] ?? '').length });
  }
  for (const { index, label, end } of glued) {
    const line = sheet.lines[index];
    if (!line || begun.has(label) || !begun.has(label - 1) || !begun.has(label + 1)) continue;
    sheet.scraps.push({ start: line.start, end, reason: 'page number' });
    sheet.lines[index] = { ...line, start: trimmed(sheet.text, end, line.end).start };
  }
}

/** Page numbers, job numbers and running heads around page breaks. */
function pages(sheet: Sheet): void {
  gluedPageNumbers(sheet);
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index)) continue;
    const words = wordsOf(sheet, line);
    if (barcode.test(words)) mark(sheet, index, 'barcode');
    else if (/^[-–—]\s*\d{1,4}\s*[-–—]$/.test(words) && isAlone(sheet, index))
      mark(sheet, index, 'page number');
    else if (jobNumber.test(words)) mark(sheet, index, 'job number');
    else if (
      /^\d{1,3}\s*\/\s*\d{1,3}$|^page\s+\d+\s+(?:of|de|sur|von)\s+\d+$/i.test(words) &&
      isAlone(sheet, index)
    )
      mark(sheet, index, 'page number');
  }
  const tops = pageTops(sheet);
  for (const top of tops) {
    const [first] = top;
    if (first === undefined) continue;
    for (let above = first - 1; above >= 0 && above >= first - 3; above--) {
      if (sheet.furniture.has(above)) continue;
      const line = sheet.lines[above];
      if (line && pageNumber.test(wordsOf(sheet, line)) && isAlone(sheet, above))
        mark(sheet, above, 'page number');
      break;
    }
    const line = sheet.lines[first];
    if (line && pageNumber.test(wordsOf(sheet, line))) mark(sheet, first, 'page number');
  }
  const last = sheet.lines.length - 1;
  const lastLine = sheet.lines[last];
  if (lastLine && tops.length > 0 && pageNumber.test(wordsOf(sheet, lastLine)))
    mark(sheet, last, 'page number');
  runningHeads(sheet, tops);
  repeatedFeet(sheet);
}

const isAlone = (sheet: Sheet, index: number): boolean => {
  const line = sheet.lines[index];
  const next = sheet.lines[index + 1];
  return (
    line !== undefined &&
    (line.emptyBefore > 0 || line.pageBefore || index === 0 || sheet.furniture.has(index - 1)) &&
    (next === undefined || next.emptyBefore > 0 || next.pageBefore || sheet.furniture.has(index + 1))
  );
};

/** For each page but the first, the indexes of its first lines up to an empty one, three at most. */
function pageTops(sheet: Sheet): number[][] {
  const tops: number[][] = [];
  for (const [index, line] of sheet.lines.entries()) {
    if (!line.pageBefore || index === 0) continue;
    const top = [index];
    while (top.length < 4) {
      const next = sheet.lines[index + top.length];
      if (!next || next.emptyBefore > 0 || next.pageBefore) break;
      top.push(index + top.length);
    }
    if (top.length <= 3) tops.push(top);
    else tops.push([]);
  }
  return tops;
}

/** A page's first lines are a running head where another page begins with the same words, or with the symbol. */
function runningHeads(sheet: Sheet, tops: readonly number[][]): void {
  const signature = (top: readonly number[]) =>
    top
      .map((index) => sheet.lines[index])
      .map((line) => (line ? wordsOf(sheet, line) : ''))
      .join(' ')
      .toLowerCase()
      .replace(/\d+/g, '#')
      .split(/\s+/)
      .sort()
      .join(' ');
  const counts = new Map<string, number>();
  for (const top of tops)
    if (top.length > 0) counts.set(signature(top), (counts.get(signature(top)) ?? 0) + 1);
  const symbols = new Set<string>();
  for (const line of sheet.lines.slice(0, 12)) {
    const symbol = symbolPattern.exec(wordsOf(sheet, line))?.[1];
    if (symbol?.includes('/')) symbols.add(symbol);
  }
  for (const top of tops) {
    if (top.length === 0) continue;
    const words = top.map((index) => sheet.lines[index]).map((line) => (line ? wordsOf(sheet, line) : ''));
    const bearsSymbol = words.some((one) => {
      const symbol = symbolPattern.exec(one)?.[1];
      return (
        symbol !== undefined &&
        symbols.has(symbol) &&
        (one.length === symbol.length || /\s{3,}/.test(one) || words.length > 1)
      );
    });
    if (bearsSymbol || (counts.get(signature(top)) ?? 0) > 1)
      for (const index of top) mark(sheet, index, 'running head');
  }
}

/**
 * Lines that stand apart, say the same and count up (`EUCO 14/23   1`, `EUCO 14/23   2`) are page feet, even where
 * no form feed shows the page; so is the line that always follows them.
 */
function repeatedFeet(sheet: Sheet): void {
  const groups = new Map<string, number[]>();
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index) || line.end - line.start > 120) continue;
    const words = wordsOf(sheet, line);
    const counted = /^(\p{L}.*?)[\s\u00a0]{3,}(\d{1,4})$|^(\d{1,4})[\s\u00a0]{3,}(\p{L}.*)$/u.exec(words);
    if (!counted || (line.emptyBefore === 0 && !line.pageBefore)) continue;
    const key = (counted[1] ?? counted[4] ?? '').replace(/\s+/g, ' ');
    const list = groups.get(key);
    if (list) list.push(index);
    else groups.set(key, [index]);
  }
  for (const feet of groups.values()) {
    const numbers = feet.map((index) =>
      Number(/^\d+|\d+$/.exec(wordsAt(sheet, index).replace(/^\D.*?(\d+)$/, '$1'))?.[0]),
    );
    if (feet.length < 2 || !numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0)))
      continue;
    const followers = feet.map((index) =>
      sheet.lines[index + 1]?.emptyBefore === 0 ? wordsAt(sheet, index + 1) : '',
    );
    const [follower] = followers;
    const same =
      follower !== undefined &&
      follower !== '' &&
      follower.length <= 12 &&
      followers.every((one) => one === follower);
    for (const index of feet) {
      mark(sheet, index, 'running head');
      if (same) mark(sheet, index + 1, 'running head');
    }
  }
}

const wordsAt = (sheet: Sheet, index: number): string => {
  const line = sheet.lines[index];
  return line ? wordsOf(sheet, line) : '';
};

// ------------------------------------------------------------------------------------------------ mastheads

/** `From:`, `To:`, `Subject:` above a note of the Council: a masthead up to the line that hands the text over. */
function coverNote(sheet: Sheet): void {
  const head = sheet.lines.slice(0, 40);
  const fields = head.flatMap((line, index) => {
    const field = /^(From|To|Subject|No\. (?:prev|Cion) doc\.|De|À|Objet|Von|An|Betr\.)[\s\u00a0]*:/.exec(
      wordsOf(sheet, line),
    )?.[1];
    return field === undefined ? [] : [{ index, field }];
  });
  const subject = fields.find(({ field }) => /^(?:Subject|Objet|Betr\.)$/.test(field));
  if (fields.length < 2 || !subject) return;
  let last = subject.index;
  while (sheet.lines[last + 1]?.emptyBefore === 0) last++;
  const attached = sheet.lines[last + 1];
  if (
    attached &&
    /^(?:Delegations will find|Les délégations trouveront|Die Delegationen erhalten)/.test(
      wordsOf(sheet, attached),
    )
  )
    last++;
  const line = sheet.lines[subject.index];
  if (line) {
    const words = wordsOf(sheet, line);
    const value = words.replace(/^[^:]+:[\s\u00a0]*/, '');
    const start = line.end - value.length;
    sheet.facts.set('title', { value: value.replace(/\s+/g, ' '), span: spanOf(sheet, start, line.end) });
  }
  for (let index = 0; index <= last; index++) {
    const one = sheet.lines[index];
    if (!one || sheet.furniture.has(index)) continue;
    const words = wordsOf(sheet, one);
    const symbol = /^[A-Z]{2,8}[\s\u00a0]\d{1,5}\/\d{2}(?:\s+.*)?$/.exec(words)?.[0].split(/\s{2,}/)[0];
    if (symbol !== undefined) learn(sheet, index, 'symbol', one, symbol);
    const date = findDate(words);
    if (date && words.length < 40) learn(sheet, index, 'date', one, words.slice(date.start, date.end));
    sheet.furniture.set(index, 'masthead');
  }
}

/** The head of a United Nations document: its symbol and organ are facts, its lines are furniture. */
function masthead(sheet: Sheet): void {
  const first = sheet.lines.findIndex((_, index) => !sheet.furniture.has(index));
  const line = sheet.lines[first];
  if (!line) return;
  // By its form: an organisation, and in the right column the symbol; below it, how it is distributed.
  const words = wordsOf(sheet, line);
  const symbol = symbolPattern.exec(words)?.[1];
  if (symbol === undefined || !/^\p{L}[^/]*[\s\u00a0]{3,}\S+(?:[\s\u00a0]\(\d{4}\))?$/u.test(words)) return;
  const known = /^(?:United Nations|Nations Unies|Naciones Unidas|Организация Объединенных Наций)\b/.test(
    words,
  );
  if (
    !known &&
    !sheet.lines.slice(first, first + 4).some((one) => /\bDistr(?:\.|ibution)\s*:/.test(wordsOf(sheet, one)))
  )
    return;
  const at = line.start + wordsOf(sheet, line).indexOf(symbol);
  sheet.facts.set('symbol', { value: symbol, span: spanOf(sheet, at, at + symbol.length) });
  mark(sheet, first, 'masthead');
  const organ = sheet.lines[first + 1];
  for (let index = first + 1; index < sheet.lines.length; index++) {
    const next = sheet.lines[index];
    if (!next || next.emptyBefore > 0) break;
    mark(sheet, index, 'masthead');
  }
  if (organ) {
    const name = /^(.+?)(?:[\s\u00a0]{3,}|$)/.exec(wordsOf(sheet, organ))?.[1];
    if (name !== undefined && sheet.furniture.has(first + 1))
      sheet.facts.set('issuer', { value: name, span: spanOf(sheet, organ.start, organ.start + name.length) });
  }
  for (let index = first + 1; index < Math.min(first + 14, sheet.lines.length); index++) {
    const next = sheet.lines[index];
    if (
      next &&
      /^(?:(?:[\w-]+|[\w-]+ [\w-]+) session|Agenda items? [\d(a-z) ,and]+|Distr\.: .*)$/i.test(
        wordsOf(sheet, next),
      )
    )
      mark(sheet, index, 'masthead');
  }
}

// ------------------------------------------------------------------------------------------------ page chrome

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

/** A line of page chrome that says something about the document. */
function learn(sheet: Sheet, index: number, fact: Fact, line: TextLine, value: string): void {
  mark(sheet, index, 'page chrome');
  if (sheet.facts.has(fact)) return;
  const at = line.start + Math.max(0, wordsOf(sheet, line).indexOf(value));
  sheet.facts.set(fact, { value, span: spanOf(sheet, at, at + value.length) });
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

function chrome(sheet: Sheet): void {
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
