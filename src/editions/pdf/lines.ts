/**
 * Lines: a paragraph broken as a whole, by total fit (package tex-linebreak), into lines of pieces with the width
 * that each space must have.
 */
import type { Inline } from '../../document.js';
import { price } from './breaks.js';
import { breaksOf, lineStart } from './fit.js';
import { itemsOf, type Item, type ItemOptions, type Piece } from './items.js';

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
