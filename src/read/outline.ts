/**
 * Outline: units to a tree. Which unit is a heading, whose child a sub-paragraph or bullet is, where annexes begin.
 * The words themselves are read later, when their notes and pins are known.
 */
import { romanValue } from './numerals.js';
import type { Sheet } from './sheet.js';
import type { Unit } from './units.js';

/** A block of the tree that is being built. */
export interface Branch {
  readonly kind: 'heading' | 'paragraph' | 'bullet';
  readonly unit: Unit;
  /** Of headings: 1 is the highest. */
  readonly level: number;
  readonly children: Branch[];
  /** It resumes its parent's sentence after sub-paragraphs. */
  readonly resumes: boolean;
}

export interface Annex {
  readonly heading: Branch;
  readonly children: Branch[];
}

export interface Outline {
  readonly body: Branch[];
  readonly annexes: Annex[];
}

export const textOfUnit = (sheet: Sheet, unit: Unit): string =>
  unit.stretches.map((stretch) => sheet.text.slice(stretch.start, stretch.end)).join(' ');

/** The words of a unit without its label. */
export function ownWords(sheet: Sheet, unit: Unit): string {
  const from = unit.label?.candidate.textStart ?? -1;
  return unit.stretches
    .filter((stretch) => stretch.end > from)
    .map((stretch) => sheet.text.slice(Math.max(stretch.start, from), stretch.end))
    .join(' ');
}

// ------------------------------------------------------------------------------------------------ headings

const longestHeading = 160;
const headingEnd = /[\p{L}\p{N})”"’»\]*_][*_\s]*$/u;

/** Whether some words look like a heading: short, and set apart by capitals or weight. */
function looksLikeHeading(sheet: Sheet, unit: Unit, words: string): boolean {
  if (words === '' || words.length > longestHeading || !headingEnd.test(words)) return false;
  if (
    sheet.layout.markdown &&
    /^(?:\*\*|__).+(?:\*\*|__):?\s*$/s.test(words) &&
    !/\*\*[^*]*[^*\s][^*]*\*\*[^*]*[\p{L}][^*]*\*\*/u.test(words)
  )
    return true;
  const letters = words.replace(/[^\p{L}]/gu, '');
  const upper = words.replace(/[^\p{Lu}]/gu, '');
  void unit;
  return letters.length >= 4 && upper.length >= letters.length * 0.9;
}

/** A short line without an end mark, apart from its neighbours: a heading if a paragraph follows that begins anew. */
function isBareHeading(sheet: Sheet, unit: Unit, next: Unit | undefined, words: string): boolean {
  return (
    unit.apart &&
    words.length <= 90 &&
    next?.label !== null &&
    next !== undefined &&
    next.label.depth === 0 &&
    /^["“«(]?[\p{Lu}\p{Lo}]/u.test(words) &&
    /[\p{L}\p{N})”"’»]$/u.test(words) &&
    sheet.layout.wrapped === unit.stretches.length <= 2
  );
}

function headingLevel(sheet: Sheet, units: readonly Unit[], index: number): number | null {
  const unit = units[index];
  if (!unit || unit.bullet) return null;
  if (unit.hashes) {
    const text = sheet.text.slice(unit.hashes.start, unit.hashes.end);
    return Math.min(6, Math.max(1, text.replace(/\\/g, '').length - 1));
  }
  const words = ownWords(sheet, unit);
  const { label } = unit;
  const next = units[index + 1];
  if (label) {
    const { family, form } = label.reading;
    if (family === 'article') return isArticleHeading(unit, next, words) ? 2 : null;
    const capital = (family === 'roman' || family === 'letter') && /^[IA]\.$/.test(form);
    if (!capital || words.length > 120 || !headingEnd.test(words) || words === '') return null;
    return family === 'roman' ? 1 : 2;
  }
  if (/^(?:[IVXLC]+)\.?$/.test(words) && romanValue(words.replace('.', '')) !== null && unit.apart) return 1;
  if (looksLikeHeading(sheet, unit, words)) return 1;
  return isBareHeading(sheet, unit, next, words) ? 1 : null;
}

/** `Article 5` above a title or above numbered paragraphs is a heading; above one text it is that text's label. */
function isArticleHeading(unit: Unit, next: Unit | undefined, words: string): boolean {
  if (words === '') return next?.label?.reading.family === 'number' || next === undefined;
  const short = words.length <= 90 && /[\p{L})”"’»]$/u.test(words) && unit.stretches.length <= 3;
  return (
    short && next !== undefined && next.label?.reading.family !== 'article' && /^[\p{Lu}\p{Lo}]/u.test(words)
  );
}

// ------------------------------------------------------------------------------------------------ the tree

const annexWords =
  /^[\s#*_]*(?:annex(?:e|es|ure)?|appendix|anlage|anhang|anexo|allegato|bijlage|приложение|załącznik|bilaga|bilag|liite|附件|附录|附錄|別紙|المرفق|مرفق)(?:[\s\u00a0]+(?:[IVXLC]+|\d{1,3}|[A-Z]|[一二三四五六七八九十]+))?(?:[\s.:–—*_-]|$)/iu;

/** What is known of the units' order before the tree is built. */
interface Order {
  /** For each unit, its heading's level, or null. */
  readonly levels: readonly (number | null)[];
  /** For each unit, the index of the first heading behind it. */
  readonly nextHeading: readonly number[];
  /** For each list, the indexes of its labels. */
  readonly places: ReadonlyMap<number, readonly number[]>;
}

function orderOf(sheet: Sheet, units: readonly Unit[]): Order {
  const levels = units.map((_, index) => headingLevel(sheet, units, index));
  const nextHeading: number[] = Array.from({ length: units.length }, () => Infinity);
  for (let index = units.length - 2; index >= 0; index--)
    nextHeading[index] = levels[index + 1] === null ? (nextHeading[index + 1] ?? Infinity) : index + 1;
  const places = new Map<number, number[]>();
  for (const [index, unit] of units.entries()) {
    if (!unit.label) continue;
    const list = places.get(unit.label.list);
    if (list) list.push(index);
    else places.set(unit.label.list, [index]);
  }
  return { levels, nextHeading, places };
}

/** The index of the next label of a list behind a unit, or Infinity. */
function nextOfList(order: Order, list: number, index: number): number {
  const places = order.places.get(list) ?? [];
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? Infinity) > index) high = middle;
    else low = middle + 1;
  }
  return places[low] ?? Infinity;
}

/** Builds the tree. `units` are those behind the title block. */
export function outlineOf(sheet: Sheet, units: readonly Unit[]): Outline {
  const body: Branch[] = [];
  const annexes: Annex[] = [];
  const order = orderOf(sheet, units);
  let list = body;
  let current: Branch | null = null;
  for (const [index, unit] of units.entries()) {
    const level = order.levels[index] ?? null;
    if (isAnnexHeading(sheet, unit, level)) {
      const heading: Branch = { kind: 'heading', unit, level: 1, children: [], resumes: false };
      const annex: Annex = { heading, children: [] };
      annexes.push(annex);
      list = annex.children;
      current = null;
      continue;
    }
    if (level !== null) {
      list.push({ kind: 'heading', unit, level, children: [], resumes: false });
      // A list goes on behind a heading, but a plain paragraph there is no part of the item before.
      current = null;
      continue;
    }
    const branch: Branch = {
      kind: unit.bullet ? 'bullet' : 'paragraph',
      unit,
      level: 0,
      children: [],
      resumes: false,
    };
    const parent: Branch | null = current === null ? null : parentOf(sheet, unit, index, current, order);
    if (parent === null) {
      list.push(branch);
      current = branch;
    } else {
      const resumes =
        unit.label === null &&
        branch.kind === 'paragraph' &&
        parent.children.some((child) => child.unit.label !== null || child.kind === 'bullet');
      parent.children.push(resumes ? { ...branch, resumes } : branch);
    }
  }
  return { body, annexes };
}

function isAnnexHeading(sheet: Sheet, unit: Unit, level: number | null): boolean {
  if (unit.label !== null) return false;
  const words = ownWords(sheet, unit);
  return (
    annexWords.test(words) &&
    (level !== null || (unit.apart && words.length <= 140 && headingEnd.test(words)))
  );
}

/** The paragraph that a unit belongs to, or null where it stands by itself. */
function parentOf(sheet: Sheet, unit: Unit, index: number, current: Branch, order: Order): Branch | null {
  if (unit.label) return unit.label.depth === 0 ? null : innermost(current, unit.label.depth - 1);
  const chain = labelledChain(current);
  const open = chain.at(-1) ?? current;
  if (unit.bullet) return current.kind === 'bullet' ? null : open;
  if (current.unit.label === null && current.children.length === 0) return null;
  // Between two labels of one list a unit belongs to the item before it.
  const heading = order.nextHeading[index] ?? Infinity;
  for (const branch of chain.toReversed())
    if (branch.unit.label && nextOfList(order, branch.unit.label.list, index) < heading) return branch;
  // So does one that is indented like the item's own words; one far to the right is set apart.
  if (!sheet.layout.wrapped) return null;
  return chain.findLast((branch) => hangs(unit, branch)) ?? null;
}

/** Indented to a label's words, and no further. */
const hangs = (unit: Unit, branch: Branch): boolean =>
  branch.unit.label !== null &&
  unit.indent >= branch.unit.indent + 2 &&
  unit.indent <= branch.unit.indent + 14;

/** A branch and its last labelled descendants, outermost first. */
function labelledChain(branch: Branch): Branch[] {
  const last = branch.children.findLast((child) => child.unit.label !== null);
  return last ? [branch, ...labelledChain(last)] : [branch];
}

/** The last labelled descendant at a depth, or the nearest above it. */
function innermost(branch: Branch, depth: number): Branch {
  const last = branch.children.findLast((child) => child.unit.label !== null);
  return depth > (branch.unit.label?.depth ?? 0) && last ? innermost(last, depth) : branch;
}
