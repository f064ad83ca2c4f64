/**
 * Lines: a paragraph broken as a whole, by total fit, into lines of pieces with the width that each space must have.
 */
import type { Inline } from '../../document.js';
import { squareIn } from './faces.js';
import { breaksOf, lineStart } from './fit.js';
import { isPlain } from './pieces.js';
import { itemsOf, type Item, type ItemOptions, type Piece, type TextStyle } from './items.js';
import { shareOut, tallyOf, widthIn, type Spacing } from './spacing.js';
import { chunksOf } from './words.js';

/** One set line. Widths in points. */
export interface Line extends Spacing {
  readonly pieces: readonly Piece[];
  /** Whether the line's text as a whole runs from right to left. */
  readonly rightToLeft: boolean;
  /** The spaces at the line's end are printed too, and count in nothing: they keep the words apart for readers. */
  readonly trailing: readonly Piece[];
  /** Whether the line ends in a hyphen. */
  readonly hyphenated: boolean;
  /** Whether it is all plain words and spaces (pieces.ts). */
  readonly plain: boolean;
  /** Without the trailing space; what hangs over the edge counts. */
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
  const chunks = chunksOf(content, options.style);
  let items = itemsOf(chunks, { ...options, align });
  if (!items.some((item) => item.piece)) return { lines: [], withoutHyphen: () => null };
  const measure =
    options.align === 'balance'
      ? balanced(items, options.measure)
      : align === 'justify'
        ? onGrid(options.measure, squareIn(options.style))
        : options.measure;
  const look = {
    size: options.style.size,
    rightToLeft: chunks.rightToLeft,
    flexible: chunks.flexible,
  };
  let barred = new Set<number>();
  let breaks = breaksOf(items, measure, align, barred);
  let lines = assemble(items, breaks, measure, align, look);
  const hyphenator = options.hyphenator?.withNames;
  if (align === 'justify' && hyphenator && worstOf(lines) > veryLoose) {
    const others = itemsOf(chunks, { ...options, align, hyphenator, urgent: true });
    const otherBarred = new Set<number>();
    const otherBreaks = breaksOf(others, measure, align, otherBarred);
    const otherLines = assemble(others, otherBreaks, measure, align, look);
    if (worstOf(otherLines) < worstOf(lines))
      [items, barred, breaks, lines] = [others, otherBarred, otherBreaks, otherLines];
  }
  let current = { breaks, lines };
  return {
    lines,
    withoutHyphen: (index, accept) => {
      const hyphen = current.breaks[index + 1] ?? 0;
      if (!items[hyphen]?.flagged) return null;
      barred.add(hyphen);
      const others = breaksOf(items, measure, align, barred);
      const fresh = assemble(items, others, measure, align, look);
      const good = others.length === breaks.length && fresh[index]?.hyphenated === false;
      if (good && fresh.every((line) => line.extra <= loosest(line)) && accept(fresh, current.lines)) {
        current = { breaks: others, lines: fresh };
        return fresh;
      }
      barred.delete(hyphen);
      return null;
    },
  };
}

/** A measure of whole ideographs: a line of nothing else then fills it as it is. */
const onGrid = (measure: number, square: number): number =>
  square > 0 && measure >= 10 * square ? Math.floor(measure / square + 0.001) * square : measure;

/** Where a line's spaces would be wider than this, in natural widths, a name may be divided. */
const veryLoose = 1.5;

/** How wide the widest spaces of some lines are, in natural widths; the last line's are never widened. */
const worstOf = (lines: readonly Line[]): number =>
  lines.reduce((worst, line) => {
    const space = line.pieces.find((piece) => piece.kind === 'space' && piece.stretches);
    return space ? Math.max(worst, (space.width + line.extra) / space.width) : worst;
  }, 0);

/** A text as one line that is never broken. */
export function oneLineOf(text: string, style: TextStyle): Line {
  const chunks = chunksOf([{ type: 'text', value: text }], style);
  const items = itemsOf(chunks, {
    style,
    measure: Infinity,
    align: 'left',
    hyphenator: null,
    runIn: 0,
    bindsLetters: false,
  });
  const look = { size: style.size, rightToLeft: chunks.rightToLeft, flexible: chunks.flexible };
  return oneLine(items, 0, items.length - 1, Infinity, 'left', true, look);
}

/** A line that would get wider spaces than this, in points a space, is worse than a hyphen. */
const loosest = (line: Line): number => {
  const space = line.pieces.find((piece) => piece.kind === 'space');
  return space ? space.width * 0.75 : Infinity;
};

/** The least measure that needs no more lines than the whole one. */
function balanced(items: readonly Item[], measure: number): number {
  const count = breaksOf(items, measure, 'left').length;
  let [low, high] = [measure / 2, measure];
  if (count <= 2) return measure;
  for (let step = 0; step < 8; step++) {
    const middle = (low + high) / 2;
    const breaks = breaksOf(items, middle, 'left');
    const fits =
      breaks.length <= count &&
      assemble(items, breaks, middle, 'left', { size: 0, rightToLeft: false, flexible: false }).every(
        (line) => line.width <= middle,
      );
    if (fits) high = middle;
    else low = middle;
  }
  return high;
}

interface Look {
  readonly size: number;
  readonly rightToLeft: boolean;
  /** Whether letters may give way. */
  readonly flexible: boolean;
}

function assemble(
  items: readonly Item[],
  breaks: readonly number[],
  measure: number,
  align: 'justify' | 'left',
  look: Look,
): Line[] {
  const lines: Line[] = [];
  for (let index = 1; index < breaks.length; index++) {
    const end = breaks[index] ?? 0;
    const start = lineStart(items, breaks, index);
    lines.push(oneLine(items, start, end, measure, align, index === breaks.length - 1, look));
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
  { size, rightToLeft, flexible }: Look,
): Line {
  const pieces: Piece[] = [];
  let before = 0;
  for (let at = start; at < end; at++) {
    const item = items[at];
    if (!item || item.type === 'penalty') continue;
    const { piece, whole } = item;
    if (!piece) before ||= item.type === 'box' ? item.width : 0;
    else if (whole && at + whole.items <= end) {
      push(pieces, whole.piece);
      at += whole.items - 1;
    } else push(pieces, piece);
  }
  const ending = items[end];
  const isPenalty = ending?.type === 'penalty';
  if (isPenalty && ending.piece) push(pieces, ending.piece);
  const trailing: Piece[] = [];
  for (let at = end; at < items.length; at++) {
    const item = items[at];
    if (item?.type === 'box') break;
    if (item?.type === 'glue' && item.piece?.kind === 'space') trailing.push(item.piece);
  }
  while (pieces.at(-1)?.kind === 'gap') pieces.pop();
  const tally = tallyOf(pieces);
  let spare = measure + (ending?.hang ?? 0) - before - tally.width;
  if ((align === 'left' || last) && spare > 0) spare = 0;
  const spacing = shareOut(spare, tally, size, flexible);
  let [width, plain] = [0, !rightToLeft];
  for (const piece of pieces) {
    width += widthIn(piece, spacing);
    if (plain && !isPlain(piece)) plain = false;
  }
  const { extra, scale, spread, closing } = spacing;
  return {
    pieces,
    extra,
    scale,
    spread,
    closing,
    rightToLeft,
    trailing,
    hyphenated: isPenalty && ending.flagged,
    plain: plain && trailing.every(isPlain),
    width,
  };
}

/** Adds a piece; what continues the text before it joins it, so that an undivided word is shaped as one. */
function push(pieces: Piece[], piece: Piece): void {
  const before = pieces.at(-1);
  if (
    piece.kind === 'text' &&
    before?.kind === 'text' &&
    before.face === piece.face &&
    before.level === piece.level &&
    before.link === piece.link
  )
    pieces[pieces.length - 1] = {
      ...before,
      text: before.text + piece.text,
      shaped: undefined,
      width: before.width + piece.width,
    };
  else pieces.push(piece);
}
