/**
 * Where the lines of a paragraph end: by total fit (package tex-linebreak) where they are justified, each as long as
 * it may be where they are not. The result is the items that end the lines, in order, after a first 0.
 */
import * as library from 'tex-linebreak';
import { price } from './breaks.js';
import type { Item } from './items.js';

// A CommonJS package: Node gives its exports as `default`, bundlers as names.
const { breakLines, MaxAdjustmentExceededError } =
  (library as unknown as { readonly default?: typeof library }).default ?? library;

/** At most this many lines in a row end in a hyphen. */
const mostHyphens = 2;

/** The ends of lines of a measure in points. A hyphen too many in a row becomes a forbidden break among the items. */
export function breaksOf(items: Item[], measure: number, align: 'justify' | 'left'): number[] {
  for (;;) {
    let breaks = align === 'justify' ? fit(items, measure) : firstFit(items, measure);
    // Where a line can't be filled by its spaces, total fit would rather run over the edge.
    if (align === 'justify' && overfull(items, breaks, measure)) breaks = firstFit(items, measure);
    const tooMany = hyphensInARow(items, breaks);
    if (tooMany === null) return breaks;
    const item = items[tooMany];
    if (!item) return breaks;
    item.cost = price.forbidden;
  }
}

/** Whether a line is wider than its measure even with its spaces at their narrowest. */
function overfull(items: readonly Item[], breaks: readonly number[], measure: number): boolean {
  for (let index = 1; index < breaks.length; index++) {
    const end = breaks[index] ?? 0;
    const ending = items[end];
    let width = ending?.type === 'penalty' ? ending.width : 0;
    for (let at = lineStart(items, breaks, index); at < end; at++) {
      const item = items[at];
      if (item && item.type !== 'penalty') width += item.width - item.shrink;
    }
    if (width > measure + 0.1) return true;
  }
  return false;
}

/** A line shorter than this part of the measure may divide a word where it is not justified. */
const raggedEnough = 0.7;

/** Each line as long as it may be: for ragged setting, and for columns too narrow for anything else. */
function firstFit(items: readonly Item[], measure: number): number[] {
  const breaks = [0];
  let width = 0;
  let fits: { readonly at: number; readonly width: number } | null = null;
  let whole: { readonly at: number; readonly width: number } | null = null;
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (!item) break;
    const legal =
      item.type === 'glue'
        ? items[at - 1]?.type === 'box'
        : item.type === 'penalty' && item.cost < price.forbidden;
    if (legal) {
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
  if (index === 1) return 0;
  let start = (breaks[index - 1] ?? 0) + 1;
  while (start < items.length - 1 && items[start]?.type !== 'box') start += 1;
  return start;
}

const demerits = { doubleHyphenPenalty: 8000, adjacentLooseTightPenalty: 3000 };

function fit(items: readonly Item[], measure: number): number[] {
  // An item is a box, glue or penalty by its `type`; the members that the others lack are ignored.
  const input = items as unknown as library.InputItem[];
  try {
    return breakLines(input, measure, { ...demerits, maxAdjustmentRatio: 4, initialMaxAdjustmentRatio: 1 });
  } catch (error) {
    if (!(error instanceof MaxAdjustmentExceededError)) throw error;
    return breakLines(input, measure, {
      ...demerits,
      maxAdjustmentRatio: null,
      initialMaxAdjustmentRatio: 8,
    });
  }
}

/** The item that makes one hyphen too many in a row, or null. */
function hyphensInARow(items: readonly Item[], breaks: readonly number[]): number | null {
  let row = 0;
  for (const at of breaks.slice(1)) {
    row = items[at]?.flagged ? row + 1 : 0;
    if (row > mostHyphens) return at;
  }
  return null;
}
