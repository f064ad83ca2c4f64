/**
 * What a justified line has too much or too little, and who takes it: the letters a little, the spaces the rest;
 * among ideographs the room between them. Points, and parts of a natural width.
 */
import { letters, spaces } from './elastic.js';
import type { Piece } from './items.js';

export interface Spacing {
  /** What each stretching space gets on top of its natural width; negative where they shrink. */
  readonly extra: number;
  /**
   * How wide the line's glyphs are drawn, of their natural width: a fiftieth more or less at most, which nobody sees
   * and which spares the spaces. It is the graphics state that says so (ISO 32000-1, 9.3.4); the text stays the same.
   */
  readonly scale: number;
  /** What each gap between ideographs gets. */
  readonly spread: number;
  /** How much of what they can give up the blank halves of full-width marks give up, from 0 to 1. */
  readonly closing: number;
}

export const unspaced: Spacing = { extra: 0, scale: 1, spread: 0, closing: 0 };

const narrowestSpace = 0.4;
const widestSpace = 6;
/** Between ideographs, in ems. A line that would need more is left short; a space between words grows as two gaps. */
const widestGap = 0.15;

/** What belongs to a piece of a line on top of its natural width. */
export const extraOf = (piece: Piece, line: Spacing): number =>
  piece.kind === 'space' && piece.stretches
    ? line.extra
    : piece.kind === 'gap'
      ? line.spread - line.closing * piece.gives
      : piece.kind === 'space' && piece.closed
        ? line.spread
        : 0;

/** The width of a piece in its line. */
export const widthIn = (piece: Piece, line: Spacing): number =>
  piece.width * line.scale + extraOf(piece, line);

/** What the pieces of a line are, as far as its spacing asks. */
export interface Tally {
  /** Of all pieces, in points. */
  readonly width: number;
  /** How many spaces stretch, and how wide the widest of them is by nature. */
  readonly count: number;
  readonly natural: number;
  /** How many gaps there are between ideographs, and what they can give up together. */
  readonly gaps: number;
  readonly gives: number;
}

/** Counts the pieces of a line. */
export function tallyOf(pieces: readonly Piece[]): Tally {
  let [width, natural, count, gaps, gives] = [0, 0, 0, 0, 0];
  for (const piece of pieces) {
    const own = piece.width;
    width += own;
    if (piece.kind === 'gap') {
      gaps += 1;
      gives += piece.gives;
    } else if (piece.kind === 'space') {
      if (piece.closed) gaps += 1;
      else if (piece.stretches) {
        count += 1;
        if (own > natural) natural = own;
      }
    }
  }
  return { width, count, natural, gaps, gives };
}

/**
 * Shares out what a line of some pieces has to spare.
 * @param flexible whether its letters may give way
 */
export function shareOut(
  spare: number,
  { width, count, natural, gaps, gives }: Tally,
  size: number,
  flexible: boolean,
): Spacing {
  if (gaps > 0) return amongIdeographs(spare, { gaps, gives, count, natural }, size);
  const flex = flexible ? width * letters : 0;
  const room = count * natural * (spare > 0 ? spaces.stretch : spaces.shrink) + flex;
  const part = room > 0 ? Math.max(-1, Math.min(1, spare / room)) : 0;
  const taken = part * flex;
  if (count === 0)
    return Math.abs(taken - spare) < 0.01 ? { ...unspaced, scale: 1 + part * letters } : unspaced;
  const extra = (spare - taken) / count;
  // Nothing is gained by a hole in the line.
  if (extra > natural * widestSpace) return unspaced;
  return {
    ...unspaced,
    scale: flexible ? 1 + part * letters : 1,
    extra: Math.max(-natural * narrowestSpace, extra),
  };
}

function amongIdeographs(
  spare: number,
  { gaps, gives, count, natural }: Readonly<Record<'gaps' | 'gives' | 'count' | 'natural', number>>,
  size: number,
): Spacing {
  if (spare < 0) {
    const room = gives + count * natural * spaces.shrink;
    const closing = room > 0 ? Math.min(1, -spare / room) : 0;
    return { ...unspaced, closing, extra: count > 0 ? -closing * natural * spaces.shrink : 0 };
  }
  const spread = spare / (gaps + 2 * count);
  if (spread > widestGap * size) return unspaced;
  return { ...unspaced, spread, extra: count > 0 ? 2 * spread : 0 };
}
