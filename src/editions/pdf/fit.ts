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

/**
 * The ends of lines of a measure in points.
 * @param barred items at which no line may end, beside those whose price forbids it; a hyphen too many in a row is added
 */
export function breaksOf(
  items: readonly Item[],
  measure: number,
  align: 'justify' | 'left',
  barred: Set<number> = new Set(),
): readonly number[] {
  if (align === 'justify') {
    const paragraph = summed(items);
    let breaks: readonly number[] | null = null;
    for (const tolerance of tolerances) {
      breaks = fit(items, paragraph, measure, tolerance, barred);
      if (breaks) break;
    }
    clearPaper();
    if (breaks) return breaks;
  }
  // Also where a line can't be filled by its spaces: total fit would rather run over the edge.
  for (;;) {
    const breaks = firstFit(items, measure, barred);
    const tooMany = hyphensInARow(items, breaks);
    if (tooMany === null) return breaks;
    barred.add(tooMany);
  }
}

/** A line shorter than this part of the measure may divide a word where it is not justified. */
const raggedEnough = 0.7;

/** Whether a line may end at an item, as far as the item says. */
const mayEnd = ({ type, cost }: Item, isAfterBox: boolean): boolean =>
  type === 'penalty' ? cost < price.forbidden : type === 'glue' && isAfterBox;

/** Each line as long as it may be: for ragged setting, and for columns too narrow for anything else. */
function firstFit(items: readonly Item[], measure: number, barred: ReadonlySet<number>): number[] {
  const breaks = [0];
  let width = 0;
  let fits: { readonly at: number; readonly width: number } | null = null;
  let whole: { readonly at: number; readonly width: number } | null = null;
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (!item) break;
    const isBarred = item.type === 'penalty' && barred.has(at);
    if (!isBarred && mayEnd(item, items[at - 1]?.type === 'box')) {
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

/** A paragraph in columns: sums of all items before each one, and the places at which a line may end. */
interface Summed {
  readonly width: Float64Array;
  readonly stretch: Float64Array;
  readonly shrink: Float64Array;
  /** The items at which a line may end, in order, and how many of them there are. */
  readonly places: Int32Array;
  readonly count: number;
  /** How far a mark may hang at most. */
  readonly mostHang: number;
  /** Whether no item is narrower than nothing: then the later a line begins, the emptier it is. */
  readonly regular: boolean;
}

/**
 * The paper on which paragraphs are reckoned, one after the other: a document has a great many, and none needs its
 * sums and ends of lines when its breaks are found.
 */
let sums = sumsFor(1024);
let ends = endsFor(1024);

/** A paragraph far longer than others must not hold on to its paper. */
function clearPaper(): void {
  const much = 1 << 16;
  if (sums.places.length > much) sums = sumsFor(1024);
  if (ends.at.length > much) ends = endsFor(1024);
}

function sumsFor(count: number): Pick<Summed, 'width' | 'stretch' | 'shrink' | 'places'> {
  return {
    width: new Float64Array(count),
    stretch: new Float64Array(count),
    shrink: new Float64Array(count),
    places: new Int32Array(count),
  };
}

function summed(items: readonly Item[]): Summed {
  if (items.length >= sums.places.length) sums = sumsFor(items.length * 2);
  const { width, stretch, shrink, places } = sums;
  let [wide, more, less, mostHang, count] = [0, 0, 0, 0, 0];
  let regular = true;
  let afterBox = false;
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (!item) break;
    const { type } = item;
    if (mayEnd(item, afterBox)) places[count++] = at;
    if (type !== 'penalty') {
      const own = item.width;
      if (own < 0) regular = false;
      wide += own;
      more += item.stretch;
      less += item.shrink;
    }
    afterBox = type === 'box';
    width[at + 1] = wide;
    stretch[at + 1] = more;
    shrink[at + 1] = less;
    if (item.hang > mostHang) mostHang = item.hang;
  }
  return { width, stretch, shrink, places, count, mostHang, regular };
}

/** Ends of lines that may be part of the best setting, each with the best way to it, in columns. */
interface Ends {
  readonly at: Int32Array;
  /** The first item of the next line. */
  readonly start: Int32Array;
  /** How the line is set: 0 tight, 1 as it is, 2 loose, 3 very loose. */
  readonly fitness: Uint8Array;
  /** How many lines in a row have ended in a hyphen. */
  readonly hyphens: Uint8Array;
  readonly demerits: Float64Array;
  /** The end of the line before; -1 before the first. */
  readonly previous: Int32Array;
  /** Those from which a line may still be drawn. */
  readonly active: Int32Array;
}

function endsFor(count: number): Ends {
  return {
    at: new Int32Array(count),
    start: new Int32Array(count),
    fitness: new Uint8Array(count),
    hyphens: new Uint8Array(count),
    demerits: new Float64Array(count),
    previous: new Int32Array(count),
    active: new Int32Array(count),
  };
}

/** The same with more room. */
function grown(old: Ends): Ends {
  const fresh = endsFor(old.at.length * 2);
  for (const column of Object.keys(old) as (keyof Ends)[]) fresh[column].set(old[column]);
  return fresh;
}

/** Added where two lines in a row end in a hyphen, where neighbours differ much, and for a hyphen before the last line. */
const demerits = { twoHyphens: 8000, unlike: 3000, hyphenBeforeLast: 5000 };

/** How many ends at one place can differ in fitness and in hyphens before them. */
const kinds = 4 * (mostHyphens + 1);
/** The best end of each kind at the place that is looked at; -1 for none. */
const best = new Int32Array(kinds);

/** The best ends of lines that are stretched no more than a tolerance; null where there are none. */
function fit(
  items: readonly Item[],
  { width, stretch, shrink: shrinking, places, count: placeCount, mostHang, regular }: Summed,
  measure: number,
  tolerance: number,
  barred: ReadonlySet<number>,
): number[] | null {
  ends.at[0] = ends.start[0] = ends.hyphens[0] = ends.demerits[0] = ends.active[0] = 0;
  ends.fitness[0] = 1;
  ends.previous[0] = -1;
  let [count, active] = [1, 1];
  for (let place = 0; place < placeCount; place++) {
    const at = places[place] ?? 0;
    const item = items[at];
    if (!item) break;
    const isPenalty = item.type === 'penalty';
    if (isPenalty && barred.size > 0 && barred.has(at)) continue;
    if (count + kinds > ends.at.length) ends = grown(ends);
    const { start: starts, fitness: fitnesses, hyphens: rows, demerits: sumsOfDemerits, previous } = ends;
    const { cost, flagged } = item;
    const forced = cost <= price.forced;
    const own = isPenalty ? item.width : 0;
    const { hang } = item;
    const upTo = width[at] ?? 0;
    const stretchUpTo = stretch[at] ?? 0;
    const shrinkUpTo = shrinking[at] ?? 0;
    best.fill(-1);
    let remaining = 0;
    let next = -1;
    for (let index = 0; index < active; index++) {
      const end = ends.active[index] ?? 0;
      const start = starts[end] ?? 0;
      const inside = upTo - (width[start] ?? 0);
      const shrink = shrinkUpTo - (shrinking[start] ?? 0);
      if (!forced && inside - shrink - mostHang <= measure) ends.active[remaining++] = end;
      const before = rows[end] ?? 0;
      const hyphens = flagged ? before + 1 : 0;
      if (start > at || hyphens > mostHyphens) continue;
      const spare = measure - inside - own + hang;
      const ratio = ratioOf(spare, spare > 0 ? stretchUpTo - (stretch[start] ?? 0) : shrink);
      if (ratio < -1) continue;
      if (ratio > tolerance) {
        if (!regular) continue;
        // Lines from all later ends are emptier still.
        if (!forced) {
          if (remaining <= index) ends.active.copyWithin(remaining, index + 1, active);
          remaining += active - index - 1;
        }
        break;
      }
      // Multiplied out, for powers are slow, and not the same to the last bit in every engine.
      const badness = 100 * Math.abs(ratio * ratio * ratio);
      const fitness = ratio < -0.5 ? 0 : ratio < 0.5 ? 1 : ratio < 1 ? 2 : 3;
      const linePrice = 1 + badness + (forced ? 0 : cost);
      const total =
        (sumsOfDemerits[end] ?? 0) +
        linePrice * linePrice +
        (flagged && before > 0 ? demerits.twoHyphens : 0) +
        (forced && before > 0 ? demerits.hyphenBeforeLast : 0) +
        ((previous[end] ?? -1) >= 0 && Math.abs(fitness - (fitnesses[end] ?? 0)) > 1 ? demerits.unlike : 0);
      const kind = fitness * (mostHyphens + 1) + hyphens;
      let made = best[kind] ?? -1;
      if (made >= 0 && total >= (sumsOfDemerits[made] ?? 0)) continue;
      if (made < 0) best[kind] = made = count++;
      if (next < 0) next = startAfter(items, at);
      ends.at[made] = at;
      starts[made] = next;
      fitnesses[made] = fitness;
      rows[made] = hyphens;
      sumsOfDemerits[made] = total;
      previous[made] = end;
    }
    for (let kind = 0; kind < kinds; kind++) {
      const made = best[kind] ?? -1;
      if (made >= 0) ends.active[remaining++] = made;
    }
    active = remaining;
    if (active === 0) return null;
  }
  let last = ends.active[0] ?? 0;
  for (let index = 1; index < active; index++) {
    const other = ends.active[index] ?? 0;
    if ((ends.demerits[other] ?? 0) < (ends.demerits[last] ?? 0)) last = other;
  }
  const breaks: number[] = [];
  for (let end = last; end >= 0; end = ends.previous[end] ?? -1) breaks.push(ends.at[end] ?? 0);
  return breaks.reverse();
}

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
