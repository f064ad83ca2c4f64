/** Headings: which unit is one, and of which level. */
import { romanValue } from './numerals.js';
import { isContentsLine } from './evidence.js';
import type { Label } from './sequence.js';
import { edgeAt, type Sheet } from './sheet.js';
import { isCaption, isDivision, isOpening, isOrgan } from './openings.js';
import { isEnacting } from './verbs.js';
import { ownWords, textOfUnit, type Unit } from './unit.js';

const longestHeading = 160;
/** Of one that stands in the middle of the page. */
const longestTitle = 300;
/** Names side by side, as in signature blocks. */
const columns = /\S[\s\u00a0]{3,}\S/;
/** The end of a clause, with the mark of a note behind it. */
const markedClause = /[.,;:]["”’»)]?\s?(?:[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\[\d{1,3}\])$/u;
export const headingEnd = /[\p{L}\p{N})”"’»\]*_][*_\s]*$/u;

/** Whether some words look like a heading: short, and set apart by capitals or weight. */
export function looksLikeHeading(sheet: Sheet, unit: Unit, words: string): boolean {
  if (
    !/\p{L}/u.test(words) ||
    words.length > longestTitle ||
    /:[*_\s]*$/.test(words) ||
    !headingEnd.test(words) ||
    markedClause.test(words) ||
    columns.test(words)
  )
    return false;
  if (isCentred(sheet, unit)) return true;
  if (words.length > longestHeading) return false;
  if (
    sheet.layout.markdown &&
    /^(?:\*\*|__).+(?:\*\*|__):?\s*$/s.test(words) &&
    !/\*\*[^*]*[^*\s][^*]*\*\*[^*]*[\p{L}][^*]*\*\*/u.test(words)
  )
    return true;
  const letters = words.replace(/[^\p{L}]/gu, '');
  const upper = words.replace(/[^\p{Lu}]/gu, '');
  return letters.length >= 4 && upper.length >= letters.length * 0.9;
}

/** A title in the middle of the page: as much space before its lines as behind them, in a text that has margins. */
function isCentred(sheet: Sheet, unit: Unit): boolean {
  if (!sheet.layout.wrapped || !unit.apart || unit.stretches.length > 4) return false;
  const edge = edgeAt(sheet, unit.line);
  return unit.stretches.every((stretch, at) => {
    const indent = sheet.lines[unit.line + at]?.indent ?? 0;
    const right = edge - (indent + stretch.end - stretch.start);
    return indent >= 8 && right >= 4 && Math.abs(indent - right) <= 14;
  });
}

/**
 * A short line without an end mark, apart from its neighbours: a heading if a numbered paragraph or a whole sentence
 * follows.
 */
function isBareHeading(sheet: Sheet, unit: Unit, next: Unit | undefined, words: string): boolean {
  if (!unit.apart || next === undefined || words.length > 110 || unit.stretches.length > 2) return false;
  if (!/^["“«(]?[\p{Lu}\p{Lo}]/u.test(words) || !/[\p{L}\p{N})”"’»\]]$/u.test(words) || columns.test(words))
    return false;
  if (markedClause.test(words)) return false;
  if (next.label) return next.label.depth === 0 && !isEnacting(words);
  const sentence = textOfUnit(sheet, next);
  return (
    sheet.layout.wrapped &&
    next.bullet === null &&
    sentence.length > 200 &&
    /[.:;]["”’»)]*$/u.test(sentence) &&
    /^["“«(]?[\p{Lu}\p{Lo}]/u.test(sentence)
  );
}

/** The same words as the page's running head: the title of what follows. */
function isRunningTitle(sheet: Sheet, words: string): boolean {
  if (words.length < 20 || words.length > 240) return false;
  const squash = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const wanted = squash(words);
  sheet.headWords ??= squash(
    [...sheet.furniture]
      .filter(([, reason]) => reason === 'running head')
      .map(([index]) => sheet.lines[index])
      .map((line) =>
        line ? sheet.text.slice(line.start, line.end).replace(/[A-Z]{1,5}(?:\/[A-Z0-9.]+){2,}/g, '') : '',
      )
      .join(' '),
  );
  return sheet.headWords.includes(wanted);
}

function levelByItself(sheet: Sheet, units: readonly Unit[], index: number, counted: boolean): number | null {
  const unit = units[index];
  if (!unit || unit.bullet) return null;
  if (unit.hashes) {
    const text = sheet.text.slice(unit.hashes.start, unit.hashes.end);
    return Math.min(6, Math.max(1, text.replace(/\\/g, '').length - 1));
  }
  const words = ownWords(sheet, unit);
  const { label } = unit;
  if (isContentsLine(words)) return null;
  if (label === null && isOrgan(words)) return null;
  if (label === null && (isOpening(words) || isDivision(words))) return 1;
  const next = units[index + 1];
  if (label === null && isCaption(words) && next?.label?.reading.family === 'article') return 3;
  if (label === null && isTitleOfDivision(sheet, units[index - 1], words)) return 1;
  if (label) {
    const { family, form } = label.reading;
    if (family === 'article') return isArticleHeading(unit, next, words) ? 2 : null;
    const capital = (family === 'roman' || family === 'letter') && /^[IA]\.$/.test(form);
    if (!capital || words.length > 120 || !headingEnd.test(words) || words === '') return null;
    return family === 'roman' ? 1 : 2;
  }
  if (counted && /^[IVX]$/.test(words) && unit.apart) return 1;
  if (/^(?:[IVXLC]{2,}|[IVX]+\.)$/.test(words) && romanValue(words.replace('.', '')) !== null && unit.apart)
    return 1;
  if (looksLikeHeading(sheet, unit, words) || isRunningTitle(sheet, words)) return 1;
  return isBareHeading(sheet, unit, next, words) ? 1 : null;
}

/** The title under `CHAPTER II`, on a line of its own. */
function isTitleOfDivision(sheet: Sheet, before: Unit | undefined, words: string): boolean {
  if (!before || before.label !== null || before.bullet !== null) return false;
  const head = textOfUnit(sheet, before);
  return (
    head.length < 30 &&
    (isDivision(head) || (before.apart && isRoman(head))) &&
    isTitleOfArticle(words) &&
    /^["“«]?[\p{Lu}\p{Lo}]/u.test(words)
  );
}

/** A roman numeral alone. */
const isRoman = (words: string): boolean =>
  /^[IVXLC]{1,6}\.?$/.test(words) && romanValue(words.replace('.', '')) !== null;

/** `Article 5` above a title or above numbered paragraphs is a heading; above one text it is that text's label. */
function isArticleHeading(unit: Unit, next: Unit | undefined, words: string): boolean {
  if (words === '') return false; // The whole list decides: see `articleHeadings`.
  const short =
    words.length <= 90 &&
    !/[.;:!?]["”»)]?\s/u.test(words) &&
    /[\p{L})”"’»]$/u.test(words) &&
    unit.stretches.length <= 3;
  return (
    short && next !== undefined && next.label?.reading.family !== 'article' && /^[\p{Lu}\p{Lo}]/u.test(words)
  );
}

interface Articles {
  labels: number;
  /** Labels alone on their line, with an empty line behind. */
  apart: number;
  /** Labels with no text of their own: numbered paragraphs follow at once. */
  bare: number;
  /** Some article holds more than one text, or numbered ones. */
  full: boolean;
}

/**
 * The lists of articles that are headings: most labels stand over numbered paragraphs at once, or most are set apart
 * by an empty line and some article holds several texts. Elsewhere each label is its text's own. A list is treated
 * as one, so that an article's pin and rank don't depend on how many paragraphs it happens to have.
 */
function articleHeadings(sheet: Sheet, units: readonly Unit[]): Set<number> {
  const seen = new Map<number, Articles>();
  let current: Articles | null = null;
  let texts = 0;
  for (const unit of units) {
    const { label } = unit;
    if (label?.reading.family === 'article') {
      current = seen.get(label.list) ?? { labels: 0, apart: 0, bare: 0, full: false };
      seen.set(label.list, current);
      current.labels += 1;
      if (isSetApart(sheet, unit)) current.apart += 1;
      texts = ownWords(sheet, unit) === '' ? 0 : 1;
      if (texts === 0) current.bare += 1;
    } else if (current) {
      const numbered = label?.reading.family === 'number' || label?.reading.family === 'ordinal';
      const plain = label === null && unit.bullet === null && /[.;:]$/.test(textOfUnit(sheet, unit));
      if (plain) texts += 1;
      if (numbered || texts > 1) current.full = true;
    }
  }
  const headings = [...seen].filter(
    ([, { labels, apart, bare, full }]) => bare > labels / 2 || (full && apart > labels / 2),
  );
  return new Set(headings.map(([list]) => list));
}

/** A label alone on its line, with an empty line behind it. */
function isSetApart(sheet: Sheet, unit: Unit): boolean {
  const [first] = unit.stretches;
  if (!first || !unit.label || unit.label.candidate.textStart < first.end) return false;
  return (
    (sheet.lines[unit.line + 1]?.emptyBefore ?? 1) > 0 && !/^#/.test(sheet.text.slice(first.start, first.end))
  );
}

/**
 * Lettered titles that stand between two labels of one list, several of them in one gap: `3.`, `A.`, `B.`, `C.`, `4.`
 * They divide paragraph 3 and are no headings of the document.
 */
function innerTitles(units: readonly Unit[], levels: readonly (number | null)[]): number[] {
  const inner: number[] = [];
  let pending: number[] = [];
  let outer: Label | null = null;
  let others = false;
  const lists = new Map<number, number>();
  for (const [index, unit] of units.entries()) {
    if (unit.label && /^[AI]\.$/.test(unit.label.reading.form)) {
      pending.push(index);
      lists.set(unit.label.list, (lists.get(unit.label.list) ?? 0) + 1);
    } else if (levels[index] !== null) others = true;
    else if (unit.label?.depth === 0) {
      const mine = pending.map((at) => units[at]?.label?.list);
      const whole = new Set(mine).size === 1 && lists.get(mine[0] ?? -1) === pending.length;
      if (outer?.list === unit.label.list && pending.length > 1 && whole && !others) inner.push(...pending);
      outer = unit.label;
      pending = [];
      others = false;
    }
  }
  return inner;
}

/**
 * The lists of numbers that number headings: every member is a short title without an end mark, and under most of
 * them something stands (`1. Introduction`, a text, `2. Lights`, `2.1 …`).
 */
function numberedTitles(sheet: Sheet, units: readonly Unit[]): Set<number> {
  const lists = new Map<number, { members: number; titles: number; held: number }>();
  for (const [index, unit] of units.entries()) {
    const { label } = unit;
    if (label?.reading.family !== 'number' || label.depth !== 0) continue;
    const list = lists.get(label.list) ?? { members: 0, titles: 0, held: 0 };
    lists.set(label.list, list);
    const words = ownWords(sheet, unit);
    const next = units[index + 1];
    list.members += 1;
    if (
      unit.apart &&
      unit.stretches.length === 1 &&
      isTitleOfArticle(words) &&
      /^["“«]?[\p{Lu}\p{Lo}]/u.test(words)
    )
      list.titles += 1;
    if (
      next &&
      next.label?.list !== label.list &&
      next.label?.reading.family !== 'letter' &&
      ownWords(sheet, next).length > 40
    )
      list.held += 1;
  }
  const found = [...lists].filter(
    ([, { members, titles, held }]) => members > 1 && titles === members && held > members / 2,
  );
  return new Set(found.map(([list]) => list));
}

/** Sub-headings stand below the sections of the text, where it has any. */
function levelOfSubHeadings(units: readonly Unit[], levels: readonly (number | null)[]): number {
  let lowest = 0;
  for (const [index, unit] of units.entries())
    if (!unit.label?.heads && unit.label?.reading.family !== 'article')
      lowest = Math.max(lowest, levels[index] ?? 0);
  return Math.min(6, lowest + 1);
}

export interface Levels {
  /** For each unit, its heading's level (1 is the highest), or null. */
  readonly levels: readonly (number | null)[];
  /** The lettered titles (indexes) that divide one paragraph and are no headings. */
  readonly inner: ReadonlySet<number>;
}

/** Whether an article's words are its title rather than its text. */
export const isTitleOfArticle = (words: string): boolean =>
  words.length <= 90 && /[\p{L})”"’»]$/u.test(words) && !/[.;:!?][”"»)]?\s/u.test(words);

/** Which of some units are headings. */
export function levelsOf(sheet: Sheet, units: readonly Unit[]): Levels {
  const articles = articleHeadings(sheet, units);
  const titles = numberedTitles(sheet, units);
  // `I` alone heads a section where `II` does, too.
  const counted = units.some((unit) => unit.label === null && textOfUnit(sheet, unit) === 'II');
  const levels = units.map((unit, index) => {
    if (unit.label && articles.has(unit.label.list)) return 2;
    return unit.label && titles.has(unit.label.list) ? 1 : levelByItself(sheet, units, index, counted);
  });
  const below = levelOfSubHeadings(units, levels);
  for (const [index, unit] of units.entries()) if (unit.label?.heads) levels[index] = below;
  const inner = new Set(innerTitles(units, levels));
  for (const index of inner) levels[index] = null;
  for (const [index, unit] of units.entries()) {
    const stated = sheet.overrules.headings.get(unit.line);
    if (stated !== undefined) levels[index] = stated ? (levels[index] ?? 1) : null;
  }
  return { levels, inner };
}
