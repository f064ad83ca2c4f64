/** Pages: their numbers, job numbers and running heads, which cut through sentences. */
import { trimmed, wordsOf, type Sheet } from '../sheet.js';
import { countedHeads } from './counted-heads.js';
import { isAlone, mark, symbolPattern, wordsAt } from './mark.js';

const pageNumber =
  /^(?:[-–—\s]*\d{1,4}[-–—\s]*|\d{1,3}\s*\/\s*\d{1,3}|(?:page|p\.|seite|página|pagina|стр\.?)\s*\d{1,4}(?:\s*(?:of|de|sur|von|\/|из)\s*\d{1,4})?)$/i;
const jobNumber =
  /^(?:\d{1,3}\/\d{1,3}\s+)?\d{2}-\d{5}(?:\s*\([A-Z]\))?(?:\s+\d{6})?(?:\s+\d{1,3}\/\d{1,3})?$|^\d{1,3}\/\d{1,3}\s+\d{2}-\d{5}$|^\(\d{2}-\d{4,5}\)\s+Page:\s*\d{1,3}\/\d{1,3}$|^[A-Z]{2}\.\d{2}-\d{5}\s*\([A-Z]\)(?:\s+\d{6})*$/;
const barcode = /^\*\d{6,9}\*(?:[\s\u00a0]+please recycle)?$|^please recycle$/i;
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
    const both = /^(\d{1,3})[\s\u00a0]+(\d{1,3})\\?\.[\s\u00a0]*/.exec(words);
    if (both && /^\p{Lu}/u.test(words.slice(both[0].length)))
      glued.push({ index, label: Number(both[2]), end: line.start + (both[1] ?? '').length });
  }
  for (const { index, label, end } of glued) {
    const line = sheet.lines[index];
    if (!line || begun.has(label) || !begun.has(label - 1) || !begun.has(label + 1)) continue;
    sheet.scraps.push({ start: line.start, end, reason: 'page number' });
    sheet.lines[index] = { ...line, start: trimmed(sheet.text, end, line.end).start };
  }
}

/** Bare numbers apart from the text that count up by one, in the middle of the page or pages apart from each other. */
function countedPageNumbers(sheet: Sheet): void {
  const alone = sheet.lines.flatMap((line, index) => {
    const value =
      line.end - line.start <= 3 &&
      /^\d{1,3}$/.test(wordsOf(sheet, line)) &&
      (isAlone(sheet, index) || isAtRightFoot(sheet, index))
        ? Number(wordsOf(sheet, line))
        : null;
    return value === null ? [] : [{ index, value, line }];
  });
  const counts = alone.every(({ value, index, line }, at) => {
    const before = alone[at - 1];
    return !before || (value === before.value + 1 && (line.indent >= 8 || index - before.index >= 15));
  });
  if (alone.length < 2 || !counts) return;
  for (const { index } of alone) mark(sheet, index, 'page number');
}

/** A number in the right corner below a text, and nothing right below it. */
function isAtRightFoot(sheet: Sheet, index: number): boolean {
  const next = sheet.lines[index + 1];
  const { indent = 0 } = sheet.lines[index] ?? {};
  return indent >= 40 && (next === undefined || next.emptyBefore > 0 || next.pageBefore);
}

/** Page numbers, job numbers and running heads around page breaks. */
export function pages(sheet: Sheet): void {
  gluedPageNumbers(sheet);
  countedPageNumbers(sheet);
  countedHeads(sheet);
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index)) continue;
    const words = wordsOf(sheet, line);
    if (barcode.test(words)) mark(sheet, index, 'barcode');
    else if (/^[-–—]\s*\d{1,4}\s*[-–—]$/.test(words) && isAlone(sheet, index))
      mark(sheet, index, 'page number');
    else if (jobNumber.test(words)) mark(sheet, index, 'job number');
    else if (
      /^\d{1,3}\s*\/\s*\d{1,3}$|^[[(]?page\s+\d+(?:\s+(?:of|de|sur|von|\/)\s+\d+[\])]?|[\])])$/i.test(
        words,
      ) &&
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
  headsByTitle(sheet);
  headsBySymbol(sheet);
  repeatedFeet(sheet);
}

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
  const symbols = symbolsAtTop(sheet);
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

/** Among so many first lines the symbol stands. */
const firstLines = 12;

/** Furniture that shows where a page ends. */
const pageMarks = new Set(['page number', 'job number', 'barcode']);

/**
 * Running heads where no form feed shows the page: a line that is the document's symbol, with the title beside or below
 * it, next to a page number, a job number or a barcode.
 */
function headsBySymbol(sheet: Sheet): void {
  const symbols = symbolsAtTop(sheet);
  if (symbols.size === 0) return;
  for (let index = firstLines; index < sheet.lines.length; index++) {
    if (sheet.furniture.has(index)) continue;
    const words = wordsAt(sheet, index);
    if (words.length > 160 || !words.includes('/')) continue;
    const symbol = symbolPattern.exec(words)?.[1];
    if (symbol === undefined || !symbols.has(symbol)) continue;
    if (!words.startsWith(symbol) && !words.endsWith(symbol)) continue;
    // The symbol again, and again a date below it: the head of an attachment's page.
    // So does a page's number beside it: `- 2 -      MC.DOC/1/09`.
    const own = words.replace(/^[-–—\s\u00a0]*\d{1,4}[-–—\s\u00a0]+(?=[A-Z])/, '');
    if (own === symbol && isAgain(sheet, index + 1)) {
      mark(sheet, index, 'running head');
      mark(sheet, index + 1, 'running head');
      continue;
    }
    const beside = [-2, -1, 1, 2].find((step) => pageMarks.has(sheet.furniture.get(index + step) ?? ''));
    const numberBelow = [1, 2].find((step) => /^\d{1,3}\s?\/\s?\d{1,3}$/.test(wordsAt(sheet, index + step)));
    if (beside === undefined && numberBelow === undefined) continue;
    mark(sheet, index, 'running head');
    if (isRestOfHead(sheet, words, index + 1)) mark(sheet, index + 1, 'running head');
    for (let step = 1; step < (numberBelow ?? 0); step++) mark(sheet, index + step, 'running head');
    if (numberBelow !== undefined) mark(sheet, index + numberBelow, 'page number');
  }
}

/** Letters and figures alone, for comparing words that lines break otherwise. */
const squash = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Among so many first lines the title stands; a head that repeats it has at least so many letters. */
const titleLines = 40;
const leastTitle = 16;
/** What a line longer than this holds is no title. */
const longestTitleLine = 300;

/** The letters of the lines among which the title stands, those before a line. */
const lettersAtTop = (sheet: Sheet, before: number): string =>
  squash(
    sheet.lines
      .slice(0, Math.max(0, Math.min(titleLines, before)))
      .map((line) => sheet.text.slice(line.start, Math.min(line.end, line.start + longestTitleLine)))
      .join(' '),
  );

/** The block of lines from `from` on, up to an empty one: five at most, else none. */
function blockFrom(sheet: Sheet, from: number): number[] {
  const block: number[] = [];
  for (let index = from; index < sheet.lines.length && !sheet.furniture.has(index); index++) {
    const line = sheet.lines[index];
    if (!line || (index > from && (line.emptyBefore > 0 || line.pageBefore))) break;
    if (block.push(index) > 5) return [];
  }
  return block;
}

/**
 * Running heads in reading order: behind a page's job number or barcode a block that is the title again, word for word
 * and above or below it the document's symbol; and the date in figures that a job number's line had beside it.
 */
function headsByTitle(sheet: Sheet): void {
  const symbols = symbolsAtTop(sheet);
  if (symbols.size === 0) return;
  for (const [index, reason] of [...sheet.furniture].sort((one, other) => one[0] - other[0])) {
    if (!pageMarks.has(reason) || index < firstLines) continue;
    if (reason === 'job number' && /^\d{6}$/.test(wordsAt(sheet, index + 1)))
      mark(sheet, index + 1, 'job number');
    let from = index + 1;
    while (pageMarks.has(sheet.furniture.get(from) ?? '')) from++;
    const first = blockFrom(sheet, from);
    const second = blockFrom(sheet, from + first.length);
    const blocks = [first, second].map((block) => ({
      block,
      words: block.map((at) => wordsAt(sheet, at)).join(' '),
    }));
    if (!blocks.some(({ words }) => symbols.has(words))) continue;
    const title = lettersAtTop(sheet, index);
    const isHead = (words: string): boolean => {
      if (symbols.has(words)) return true;
      const letters = squash(words);
      return letters.length >= leastTitle && title.includes(letters);
    };
    for (const { block, words } of blocks) {
      if (!isHead(words)) break;
      for (const at of block) mark(sheet, at, 'running head');
    }
  }
}

/** Whether a line right below a running head, and nothing else before an empty line, is the rest of the title in it. */
function isRestOfHead(sheet: Sheet, head: string, index: number): boolean {
  const line = sheet.lines[index];
  const next = sheet.lines[index + 1];
  if (!line || line.emptyBefore > 0 || line.pageBefore || sheet.furniture.has(index)) return false;
  if (next && next.emptyBefore === 0 && !next.pageBefore && !sheet.furniture.has(index + 1)) return false;
  if (line.end - line.start > 120) return false;
  const parts = head.split(/[\s\u00a0]{3,}/).map(squash);
  const rest = squash(wordsOf(sheet, line));
  const title = lettersAtTop(sheet, index - 1);
  return rest.length > 0 && parts.some((part) => part.length >= leastTitle && title.includes(part + rest));
}

/** Whether a line says what one of the first lines says. */
const isAgain = (sheet: Sheet, index: number): boolean =>
  wordsAt(sheet, index) !== '' &&
  sheet.lines.slice(0, firstLines).some((line) =>
    wordsOf(sheet, line)
      .split(/[\s\u00a0]{3,}/)
      .includes(wordsAt(sheet, index)),
  );

/** The symbols that the first lines bear. */
function symbolsAtTop(sheet: Sheet): Set<string> {
  const symbols = new Set<string>();
  for (const line of sheet.lines.slice(0, firstLines)) {
    const symbol = symbolPattern.exec(wordsOf(sheet, line))?.[1];
    if (symbol?.includes('/')) symbols.add(symbol);
  }
  return symbols;
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
    if (!/[\s\u00a0]{3}/.test(words)) continue;
    const counted = /^(\p{L}.*?)[\s\u00a0]{3,}(\d{1,4})$|^(\d{1,4})[\s\u00a0]{3,}(\p{L}.*)$/u.exec(words);
    if (!counted || (line.emptyBefore === 0 && !line.pageBefore)) continue;
    const key = (counted[1] ?? counted[4] ?? '').replace(/\s+/g, ' ');
    const list = groups.get(key);
    if (list) list.push(index);
    else groups.set(key, [index]);
  }
  for (const [name, feet] of groups) {
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
    if (!same) continue;
    // The foot of the first page, which bears no number.
    for (const [index, line] of sheet.lines.entries())
      if (line.emptyBefore > 0 && sheet.text.startsWith(name, line.start)) {
        const words = wordsOf(sheet, line);
        const inOne = words.length > name.length && /\s{3}/.test(words) && words.endsWith(follower);
        if (inOne && words.slice(name.length, -follower.length).trim() === '')
          mark(sheet, index, 'running head');
        else if (words === name && wordsAt(sheet, index + 1) === follower) {
          mark(sheet, index, 'running head');
          mark(sheet, index + 1, 'running head');
        }
      }
  }
}
