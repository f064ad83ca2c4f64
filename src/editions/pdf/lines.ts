/**
 * Lines: a paragraph broken as a whole, by total fit (package tex-linebreak), into lines of pieces with the width
 * that each space must have.
 */
import * as library from 'tex-linebreak';
import type { Inline } from '../../document.js';
import { price } from './breaks.js';
import { itemsOf, type Item, type ItemOptions, type Piece } from './items.js';

// A CommonJS package: Node gives its exports as `default`, bundlers as names.
const { breakLines, MaxAdjustmentExceededError } =
  (library as unknown as { readonly default?: typeof library }).default ?? library;

/** One set line. Widths in points. */
export interface Line {
  readonly pieces: readonly Piece[];
  /** What each stretching space gets on top of its natural width; negative where they shrink. */
  readonly extra: number;
  /** Points after every glyph: a hundredth of an em at most, which nobody sees and which spares the spaces. */
  readonly tracking: number;
  /** The spaces at the line's end are printed too, and count in nothing: they keep the words apart for readers. */
  readonly trailing: readonly Piece[];
  /** Whether the line ends in a hyphen. */
  readonly hyphenated: boolean;
  /** Without the trailing space. */
  readonly width: number;
}

/** At most this many lines in a row end in a hyphen. */
const mostHyphens = 2;

export interface Setting {
  readonly lines: readonly Line[];
  /**
   * As many lines again, the one of this index without a hyphen at its end; null where that can't be, or where
   * `accept` won't have them. What it returns is the setting from then on, and what the next call begins with.
   */
  readonly withoutHyphen: (index: number, accept: Acceptance) => readonly Line[] | null;
}

export type Acceptance = (fresh: readonly Line[], current: readonly Line[]) => boolean;

export type LineOptions = Omit<ItemOptions, 'align'> & { readonly align: 'justify' | 'left' | 'balance' };

/** Breaks content into lines of a measure; no content gives no lines. `balance` makes the lines of a title alike. */
export function setLines(content: readonly Inline[], options: LineOptions): Setting {
  const align = options.align === 'justify' ? 'justify' : 'left';
  const items = itemsOf(content, { ...options, align });
  if (!items.some((item) => item.piece)) return { lines: [], withoutHyphen: () => null };
  const measure = options.align === 'balance' ? balanced(items, options.measure) : options.measure;
  const { size } = options.style;
  const breaks = breaksOf(items, measure, align);
  const lines = assemble(items, breaks, measure, align, size);
  let current = { breaks, lines };
  return {
    lines,
    withoutHyphen: (index, accept) => {
      const item = items[current.breaks[index + 1] ?? 0];
      if (!item?.flagged) return null;
      const { cost } = item;
      item.cost = price.forbidden;
      const others = breaksOf(items, measure, align);
      const fresh = assemble(items, others, measure, align, size);
      const good = others.length === breaks.length && fresh[index]?.hyphenated === false;
      if (good && fresh.every((line) => line.extra <= loosest(line)) && accept(fresh, current.lines)) {
        current = { breaks: others, lines: fresh };
        return fresh;
      }
      item.cost = cost;
      return null;
    },
  };
}

/** A line that would get wider spaces than this, in points a space, is worse than a hyphen. */
const loosest = (line: Line): number => {
  const space = line.pieces.find((piece) => piece.kind === 'space');
  return space ? space.width * 1.1 : Infinity;
};

function breaksOf(items: Item[], measure: number, align: 'justify' | 'left'): number[] {
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
function lineStart(items: readonly Item[], breaks: readonly number[], index: number): number {
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

/** The least measure that needs no more lines than the whole one. */
function balanced(items: Item[], measure: number): number {
  const count = breaksOf(items, measure, 'left').length;
  let [low, high] = [measure / 2, measure];
  if (count <= 2) return measure;
  for (let step = 0; step < 8; step++) {
    const middle = (low + high) / 2;
    const breaks = breaksOf(items, middle, 'left');
    const fits =
      breaks.length <= count &&
      assemble(items, breaks, middle, 'left', 0).every((line) => line.width <= middle);
    if (fits) high = middle;
    else low = middle;
  }
  return high;
}

function assemble(
  items: readonly Item[],
  breaks: readonly number[],
  measure: number,
  align: 'justify' | 'left',
  size: number,
): Line[] {
  const lines: Line[] = [];
  for (let index = 1; index < breaks.length; index++) {
    const end = breaks[index] ?? 0;
    const start = lineStart(items, breaks, index);
    lines.push(oneLine(items, start, end, measure, align, index === breaks.length - 1, size));
  }
  return lines;
}

function oneLine(
  items: readonly Item[],
  start: number,
  end: number,
  measure: number,
  align: 'justify' | 'left',
  last: boolean,
  size: number,
): Line {
  const pieces: Piece[] = [];
  const before = items.slice(start, end).find((item) => item.type === 'box' && !item.piece)?.width ?? 0;
  for (let at = start; at < end; at++) {
    const item = items[at];
    if (item?.piece && item.type !== 'penalty') push(pieces, item.piece);
  }
  const ending = items[end];
  if (ending?.type === 'penalty' && ending.piece) push(pieces, ending.piece);
  const trailing: Piece[] = [];
  for (let at = end; at < items.length && items[at]?.type !== 'box'; at++) {
    const item = items[at];
    if (item?.type === 'glue' && item.piece) trailing.push(item.piece);
  }
  let width = 0;
  for (const piece of pieces) width += piece.width;
  const stretching = pieces.filter((piece) => piece.kind === 'space' && piece.stretches).length;
  let spare = measure - before - width;
  if ((align === 'left' || last) && spare > 0) spare = 0;
  const { extra, tracking } = stretching > 0 ? shareOut(spare, pieces, stretching, size) : unspaced;
  return {
    pieces,
    extra,
    tracking,
    trailing,
    hyphenated: ending?.type === 'penalty' && ending.flagged,
    width: width + extra * stretching + tracking * pieces.reduce((sum, piece) => sum + glyphsOf(piece), 0),
  };
}

const unspaced = { extra: 0, tracking: 0 };

/** Of what a line has too much or too little, the letters take a part and the spaces the rest; in ems and in parts of a space. */
const letters = { part: 0.3, widest: 0.009, narrowest: -0.005 };
const narrowestSpace = 0.4;
const widestSpace = 6;

function shareOut(spare: number, pieces: readonly Piece[], spaces: number, size: number) {
  let glyphs = 0;
  let natural = 0;
  for (const piece of pieces) {
    glyphs += glyphsOf(piece);
    if (piece.kind === 'space' && piece.stretches) natural = Math.max(natural, piece.width);
  }
  const wanted = (spare * letters.part) / glyphs;
  const tracking = Math.max(letters.narrowest * size, Math.min(letters.widest * size, wanted));
  const extra = (spare - tracking * glyphs) / spaces;
  // Nothing is gained by a hole in the line.
  if (extra > natural * widestSpace) return unspaced;
  return { tracking, extra: Math.max(-natural * narrowestSpace, extra) };
}

/** How many glyphs a piece is drawn with. */
export function glyphsOf(piece: Piece): number {
  switch (piece.kind) {
    case 'text':
    case 'space':
      return piece.face.shape(piece.text).glyphs.length;
    case 'hyphen':
      return 1;
    default:
      return piece.mark.shaped.glyphs.length;
  }
}

/** Adds a piece; what continues the text before it joins it, so that an undivided word is shaped as one. */
function push(pieces: Piece[], piece: Piece): void {
  const before = pieces.at(-1);
  if (
    piece.kind === 'text' &&
    before?.kind === 'text' &&
    before.face === piece.face &&
    before.link === piece.link
  )
    pieces[pieces.length - 1] = {
      ...before,
      text: before.text + piece.text,
      width: before.width + piece.width,
    };
  else pieces.push(piece);
}
