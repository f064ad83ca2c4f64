/**
 * Where the lines of a paragraph end: by total fit where they are justified, each as long as it may be where they are
 * not. The result is the items that end the lines, in order, after a first 0.
 *
 * Total fit is D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11
 * (1981), with two things that they left out: letters give way a little, and marks at a line's end may hang.
 */
import { price } from './breaks.js';
import type { Item } from './items.js';

/** At most this many lines in a row end in a hyphen. */
const mostHyphens = 2;

/**
 * How far lines may be stretched, in parts of what their items say they can be; the first that can be done is taken.
 * 1 is a line whose spaces are half as wide again as they are by nature.
 */
const tolerances = [1, 1.2, 1.4, 1.6, 1.8, 2.1, 2.5, 3.5, 5, 10];

/** The ends of lines of a measure in points. A hyphen too many in a row becomes a forbidden break among the items. */
export function breaksOf(items: Item[], measure: number, align: 'justify' | 'left'): readonly number[] {
  if (align === 'justify') {
    const paragraph = summed(items);
    for (const tolerance of tolerances) {
      const breaks = fit(items, paragraph, measure, tolerance);
      if (breaks) return breaks;
    }
  }
  // Also where a line can't be filled by its spaces: total fit would rather run over the edge.
  for (;;) {
    const breaks = firstFit(items, measure);
    const tooMany = items[hyphensInARow(items, breaks) ?? -1];
    if (!tooMany) return breaks;
    tooMany.cost = price.forbidden;
  }
}

/** A line shorter than this part of the measure may divide a word where it is not justified. */
const raggedEnough = 0.7;

const isLegal = (items: readonly Item[], at: number): boolean => {
  const item = items[at];
  return item?.type === 'glue'
    ? items[at - 1]?.type === 'box'
    : item?.type === 'penalty' && item.cost < price.forbidden;
};

/** Each line as long as it may be: for ragged setting, and for columns too narrow for anything else. */
function firstFit(items: readonly Item[], measure: number): number[] {
  const breaks = [0];
  let width = 0;
  let fits: { readonly at: number; readonly width: number } | null = null;
  let whole: { readonly at: number; readonly width: number } | null = null;
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (!item) break;
    if (isLegal(items, at)) {
      const total = width + (item.type === 'penalty' ? item.width : 0);
      if (total > measure + 0.01 && fits) {
        const end: number =
          whole && (whole.width >= measure * raggedEnough || whole.at === fits.at) ? whole.at : fits.at;
        breaks.push(end);
        at = lineStart(items, breaks, breaks.length) - 1;
        [width, fits, whole] = [0, null, null];
        continue;
      }
      fits = { at, width: total };
      if (item.cost < price.hyphen && !item.flagged) whole = fits;
      if (item.cost <= price.forced) {
        breaks.push(at);
        break;
      }
      if (total > measure + 0.01) {
        // Not even the first break fits: the line runs over.
        breaks.push(at);
        at = lineStart(items, breaks, breaks.length) - 1;
        [width, fits, whole] = [0, null, null];
        continue;
      }
    }
    if (item.type !== 'penalty') width += item.width;
  }
  return breaks;
}

/** The first item that line `index`, counted from 1, prints: what the break before has swallowed is not printed again. */
export function lineStart(items: readonly Item[], breaks: readonly number[], index: number): number {
  return index === 1 ? 0 : startAfter(items, breaks[index - 1] ?? 0);
}

function startAfter(items: readonly Item[], end: number): number {
  let start = end + 1;
  while (start < items.length - 1 && items[start]?.type !== 'box') start += 1;
  return start;
}

// ------------------------------------------------------------------------------------------------------- total fit

/** Sums of all items before each one, and how far a mark may hang at most. */
interface Summed {
  readonly width: Float64Array;
  readonly stretch: Float64Array;
  readonly shrink: Float64Array;
  readonly mostHang: number;
}

function summed(items: readonly Item[]): Summed {
  const [width, stretch, shrink] = [0, 1, 2].map(() => new Float64Array(items.length + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let mostHang = 0;
  for (const [at, item] of items.entries()) {
    const counts = item.type === 'penalty' ? 0 : 1;
    width[at + 1] = (width[at] ?? 0) + counts * item.width;
    stretch[at + 1] = (stretch[at] ?? 0) + counts * item.stretch;
    shrink[at + 1] = (shrink[at] ?? 0) + counts * item.shrink;
    mostHang = Math.max(mostHang, item.hang);
  }
  return { width, stretch, shrink, mostHang };
}

/** A line's end that may be part of the best setting, with the best way to it. */
interface End {
  readonly at: number;
  /** The first item of the next line. */
  readonly start: number;
  /** How the line is set: 0 tight, 1 as it is, 2 loose, 3 very loose. */
  readonly fitness: number;
  /** How many lines in a row have ended in a hyphen. */
  readonly hyphens: number;
  readonly demerits: number;
  readonly previous: End | null;
}

/** Added where two lines in a row end in a hyphen, where neighbours differ much, and for a hyphen before the last line. */
const demerits = { twoHyphens: 8000, unlike: 3000, hyphenBeforeLast: 5000 };

/** The best ends of lines that are stretched no more than a tolerance; null where there are none. */
function fit(items: readonly Item[], sums: Summed, measure: number, tolerance: number): number[] | null {
  let active: End[] = [{ at: 0, start: 0, fitness: 1, hyphens: 0, demerits: 0, previous: null }];
  for (const [at, item] of items.entries()) {
    if (!isLegal(items, at)) continue;
    const forced = item.cost <= price.forced;
    const flagged = item.flagged ? 1 : 0;
    const best: (End | undefined)[] = [];
    const remaining: End[] = [];
    let start = -1;
    for (const end of active) {
      const inside = sumFrom(sums.width, end.start, at);
      const shrink = sumFrom(sums.shrink, end.start, at);
      if (!forced && inside - shrink - sums.mostHang <= measure) remaining.push(end);
      const hyphens = flagged === 0 ? 0 : end.hyphens + 1;
      if (end.start > at || hyphens > mostHyphens) continue;
      const spare = measure - inside - (item.type === 'penalty' ? item.width : 0) + item.hang;
      const ratio = ratioOf(spare, spare > 0 ? sumFrom(sums.stretch, end.start, at) : shrink);
      if (ratio < -1 || ratio > tolerance) continue;
      const badness = 100 * Math.abs(ratio) ** 3;
      const fitness = ratio < -0.5 ? 0 : ratio < 0.5 ? 1 : ratio < 1 ? 2 : 3;
      const total =
        end.demerits +
        (1 + badness + (forced ? 0 : item.cost)) ** 2 +
        (flagged === 1 && end.hyphens > 0 ? demerits.twoHyphens : 0) +
        (forced && end.hyphens > 0 ? demerits.hyphenBeforeLast : 0) +
        (end.previous && Math.abs(fitness - end.fitness) > 1 ? demerits.unlike : 0);
      const kind = fitness * (mostHyphens + 1) + hyphens;
      if (total >= (best[kind]?.demerits ?? Infinity)) continue;
      if (start < 0) start = startAfter(items, at);
      best[kind] = { at, start, fitness, hyphens, demerits: total, previous: end };
    }
    for (const end of best) if (end) remaining.push(end);
    active = remaining;
    if (active.length === 0) return null;
  }
  const [first, ...others] = active;
  if (!first) return null;
  const last = others.reduce((one, other) => (other.demerits < one.demerits ? other : one), first);
  const breaks: number[] = [];
  for (let end: End | null = last; end; end = end.previous) breaks.push(end.at);
  return breaks.reverse();
}

const sumFrom = (sums: Float64Array, start: number, end: number): number =>
  (sums[end] ?? 0) - (sums[start] ?? 0);

/** How far a line is stretched, or where it is negative shrunk, in parts of what it can be. */
const ratioOf = (spare: number, room: number): number =>
  Math.abs(spare) < 0.001 ? 0 : room > 0 ? spare / room : spare * Infinity;

/** The item that makes one hyphen too many in a row, or null. */
function hyphensInARow(items: readonly Item[], breaks: readonly number[]): number | null {
  let row = 0;
  for (const at of breaks.slice(1)) {
    row = items[at]?.flagged ? row + 1 : 0;
    if (row > mostHyphens) return at;
  }
  return null;
}
