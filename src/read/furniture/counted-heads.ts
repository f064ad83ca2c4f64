/** Heads and feet of pages known by a number that counts up beside the same words, with no form feed between. */
import { wordsOf, type Sheet } from '../sheet.js';
import { mark, symbolPattern, wordsAt } from './mark.js';

const numbered =
  /^(?:[-–—|\s]*(\d{1,4})[-–—|\s]*|(?:page|seite|página|pagina|стр\.?|p\.)[\s|]*(\d{1,4})(?:\s*(?:of|de|sur|von|di|\/|из)\s*\d{1,4})?|(\d{1,4})\s*(?:\/\s*\d{1,4}|[|•]\s*page))$/i;

/** A line that is a page's number, with the line beside it. */
interface Pair {
  readonly number: number;
  readonly beside: number;
  readonly value: number;
}

/** The first lines, among which a text's title and symbol stand. */
const firstLines = 12;
/** The least letters of a head that says what the title says, and of the text between two heads. */
const leastHead = 10;
const leastPage = 200;
/** Of a head that says something else. */
const leastPageOfOthers = 600;

const squash = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * `1` above `LEADERS' DECLARATION`, then `2` above the same: marks both lines where the words stand in the title, too, and
 * a page cuts a sentence or there are three; for other words there must be four long pages. A line that is the
 * document's symbol needs no second one.
 */
export function countedHeads(sheet: Sheet): void {
  const groups = new Map<string, Pair[]>();
  for (const [index, line] of sheet.lines.entries()) {
    if (line.end - line.start > 20 || index === 0) continue;
    const match = /\d/.test(wordsOf(sheet, line)) ? numbered.exec(wordsOf(sheet, line)) : null;
    if (!match) continue;
    const value = Number(match[1] ?? match[2] ?? match[3]);
    for (const side of [-1, 1]) {
      const words = wordsAt(sheet, index + side);
      if (words.length < 5 || words.length > 160 || sheet.furniture.has(index + side)) continue;
      const key = `${side} ${squash(words)}`;
      const pair = { number: index, beside: index + side, value };
      const pairs = groups.get(key);
      if (pairs) pairs.push(pair);
      else groups.set(key, [pair]);
    }
  }
  if (groups.size === 0) return;
  const top = sheet.lines.slice(0, firstLines);
  const symbols = new Set(
    top.map((line) => wordsOf(sheet, line)).filter((words) => symbolPattern.exec(words)?.[1] === words),
  );
  const title = squash(top.map((line) => wordsOf(sheet, line)).join(' '));
  let last = 0;
  for (const pairs of groups.values()) {
    const [first] = pairs;
    if (!first || !countsUp(pairs)) continue;
    const words = wordsAt(sheet, first.beside);
    const isSymbol = symbols.has(words) && first.beside >= firstLines;
    if (!isSymbol && !arePages(sheet, pairs, title)) continue;
    for (const { number, beside, value } of pairs) {
      mark(sheet, number, 'page number');
      mark(sheet, beside, 'running head');
      last = Math.max(last, value);
    }
  }
  // The last page's number, below which no head stands.
  const end = sheet.lines.length - 1;
  if (last > 0 && Number(numbered.exec(wordsAt(sheet, end))?.[1]) === last + 1)
    mark(sheet, end, 'page number');
}

/** On each page, or on each second one. */
const countsUp = (pairs: readonly Pair[]): boolean =>
  pairs.every(({ value }, at) => {
    const step = value - (pairs[at - 1]?.value ?? value - 1);
    return step === 1 || step === 2;
  });

function arePages(sheet: Sheet, pairs: readonly Pair[], title: string): boolean {
  const [first, second] = pairs;
  if (!first || !second) return false;
  const head = squash(wordsAt(sheet, first.beside));
  const isTitle = head.length >= leastHead && title.includes(head);
  const least = isTitle ? leastPage : leastPageOfOthers;
  const far = pairs.every(({ number }, at) => {
    const before = pairs[at - 1];
    if (!before) return true;
    return (sheet.lines[number]?.start ?? 0) - (sheet.lines[before.number]?.end ?? 0) >= least;
  });
  if (!far || head.length < leastHead) return false;
  const cuts = pairs.some(({ number, beside }) => {
    const above = wordsAt(sheet, Math.min(number, beside) - 1);
    const below = wordsAt(sheet, Math.max(number, beside) + 1);
    return /[\p{L}\p{N},-]$/u.test(above) && /^[\p{Ll}\p{N}]/u.test(below);
  });
  return isTitle ? cuts || pairs.length >= 3 : cuts && pairs.length >= 4;
}
