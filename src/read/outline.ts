/**
 * Outline: units to a tree. Whose child a sub-paragraph, a bullet or an unnumbered text is. The words themselves are
 * read later, when their notes and pins are known.
 */
import { isTitleOfArticle, levelsOf } from './headings.js';
import { firstBehind } from './places.js';
import type { Label } from './sequence.js';
import { lineIndexAt, type Sheet, type Stretch } from './sheet.js';
import { tableAt } from './tables.js';
import { ownWords, textOfUnit, type Unit } from './unit.js';

/** A block of the tree that is being built. */
export interface Branch {
  readonly kind: 'heading' | 'paragraph' | 'bullet' | 'table';
  readonly unit: Unit;
  /** Of headings: 1 is the highest. */
  readonly level: number;
  readonly children: Branch[];
  /** It resumes its parent's sentence after sub-paragraphs. */
  readonly resumes: boolean;
  /** The last of `children` that bears a label. */
  lastLabelled: Branch | null;
  /** Of a table. */
  readonly rows: readonly (readonly Stretch[])[];
  /** Some child bears a label or a bullet. */
  itemised: boolean;
}

/** What is known of the units' order before the tree is built. */
interface Order {
  /** For each unit, its heading's level, or null. */
  readonly levels: readonly (number | null)[];
  /** The lettered titles that divide one paragraph. */
  readonly inner: ReadonlySet<number>;
  /** For each unit, the index of the first heading behind it. */
  readonly nextHeading: readonly number[];
  /** For each list, the indexes of its labels. */
  readonly places: ReadonlyMap<number, readonly number[]>;
}

function orderOf(sheet: Sheet, units: readonly Unit[]): Order {
  const { levels, inner } = levelsOf(sheet, units);
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
  return { levels, inner, nextHeading, places };
}

/** The index of the next label of a list behind a unit, or Infinity. */
const nextOfList = (order: Order, list: number, index: number): number =>
  firstBehind(order.places.get(list) ?? [], index);

/** Builds the tree of some units: of the body, or of an annex. */
export function outlineOf(sheet: Sheet, whole: readonly Unit[]): Branch[] {
  const top: Branch[] = [];
  const units = withoutArticleTexts(sheet, whole);
  const order = orderOf(sheet, units);
  let current: Branch | null = null;
  let tableEnd = 0;
  for (const [index, unit] of units.entries()) {
    if (index < tableEnd) continue;
    const level = order.levels[index] ?? null;
    const table = level === null ? tableAt(sheet, units, index) : null;
    if (table) {
      top.push({ ...branchOf('table', unit, 0, false), rows: table.rows });
      tableEnd = index + table.units;
      current = null;
      continue;
    }
    if (level !== null) {
      top.push(branchOf('heading', unit, level, false));
      // A list goes on behind a heading, but a plain paragraph there is no part of the item before.
      current = null;
      continue;
    }
    const kind = unit.bullet ? 'bullet' : 'paragraph';
    const alone = branchOf(kind, unit, 0, false);
    const parent: Branch | null = current === null ? null : parentOf(sheet, unit, index, current, order);
    if (parent === null) {
      top.push(alone);
      current = alone;
    } else {
      const resumes = unit.label === null && kind === 'paragraph' && parent.itemised;
      const child = resumes ? branchOf(kind, unit, 0, true) : alone;
      parent.children.push(child);
      if (unit.label) parent.lastLabelled = child;
      if (unit.label || kind === 'bullet') parent.itemised = true;
    }
  }
  return top;
}

/** Where articles are headings, a text that followed the label in its unit is a paragraph of its own. */
function withoutArticleTexts(sheet: Sheet, units: readonly Unit[]): Unit[] {
  const { levels } = levelsOf(sheet, units);
  return units.flatMap((unit, index) => {
    const { label } = unit;
    if (label?.reading.family !== 'article' || levels[index] === null) return [unit];
    const words = ownWords(sheet, unit);
    const from = label.candidate.textStart;
    const texts = unit.stretches
      .filter((stretch) => stretch.end > from)
      .map(({ start, end }) => ({ start: Math.max(start, from), end }));
    const [first] = texts;
    if (!first || isTitleOfArticle(words)) return [unit];
    const labels = unit.stretches
      .filter((stretch) => stretch.start < from)
      .map(({ start, end }) => ({ start, end: Math.min(end, label.candidate.end) }));
    const line = lineIndexAt(sheet.lines, first.start);
    const text: Unit = {
      ...unit,
      stretches: texts,
      label: null,
      hashes: null,
      line,
      indent: sheet.lines[line]?.indent ?? unit.indent,
      apart: true,
    };
    return [{ ...unit, stretches: labels, lastLine: unit.line }, text];
  });
}

const branchOf = (kind: Branch['kind'], unit: Unit, level: number, resumes: boolean): Branch => ({
  kind,
  unit,
  level,
  children: [],
  resumes,
  lastLabelled: null,
  rows: [],
  itemised: false,
});

/** The paragraph that a unit belongs to, or null where it stands by itself. */
function parentOf(sheet: Sheet, unit: Unit, index: number, current: Branch, order: Order): Branch | null {
  const chain = labelledChain(current);
  if (order.inner.has(index)) return current.unit.label ? current : null;
  if (unit.label) return holderOf(sheet, unit.label, current, chain);
  const open = chain.at(-1) ?? current;
  if (unit.bullet) {
    const above = current.kind === 'bullet' ? current : lastBullet(open);
    if (above) return holderOfBullet(unit, above) ?? (current.kind === 'bullet' ? null : open);
    return open;
  }
  if (current.unit.label === null && current.children.length === 0) return null;
  // Between two labels of one list a unit belongs to the item before it.
  const heading = order.nextHeading[index] ?? Infinity;
  for (const branch of chain.toReversed())
    if (branch.unit.label && nextOfList(order, branch.unit.label.list, index) < heading) return branch;
  // So does one that is indented like the item's own words; one far to the right is set apart.
  if (!sheet.layout.wrapped) return null;
  return chain.findLast((branch) => hangs(unit, branch)) ?? null;
}

/** The last child, where it is a bullet. */
const lastBullet = (branch: Branch): Branch | null => {
  const last = branch.children.at(-1);
  return last?.kind === 'bullet' ? last : null;
};

/** The bullet above that a deeper one stands in, or null. */
function holderOfBullet(unit: Unit, above: Branch): Branch | null {
  if (unit.indent < above.unit.indent + 2) return null;
  const inner = lastBullet(above);
  return (inner && holderOfBullet(unit, inner)) ?? above;
}

/** Indented to a label's words, and no further. */
const hangs = (unit: Unit, branch: Branch): boolean =>
  branch.unit.label !== null &&
  unit.indent >= branch.unit.indent + 2 &&
  unit.indent <= branch.unit.indent + 14;

/** A branch and its last labelled descendants, outermost first. */
function labelledChain(branch: Branch): Branch[] {
  const chain: Branch[] = [];
  for (let one: Branch | null = branch; one !== null; one = one.lastLabelled) chain.push(one);
  return chain;
}

/** The item that a labelled unit stands in: one of the list that holds its own list, if it is still open. */
function holderOf(sheet: Sheet, label: Label, current: Branch, chain: readonly Branch[]): Branch | null {
  const holder = chain.findLast(
    (branch) => label.inside !== null && branch.unit.label?.list === label.inside,
  );
  if (holder) return holder;
  // (a), (b) … under an unnumbered paragraph that announces them.
  const small = label.reading.family === 'letter' || label.reading.family === 'roman';
  if (!small || current.kind !== 'paragraph' || current.unit.label !== null) return null;
  const announces = /[:–—-]["”»]?$/u.test(textOfUnit(sheet, current.unit));
  return announces || current.lastLabelled?.unit.label?.list === label.list ? current : null;
}
