/** Lines of our own edition: the words of one block, or what stands between two hard breaks of a signature. */
import type { PhrasingContent } from 'mdast';
import { pinsOf, type Pin } from '../anchors.js';
import { blanksBefore, flatten } from '../fold.js';
import { hasInk } from '../ink.js';
import { freeLabelLength, labelLength } from '../labels.js';
import { piecesOf, type Piece } from '../phrasing.js';

export interface Line {
  readonly pieces: readonly Piece[];
  readonly pins: readonly Pin[];
  readonly start: number;
  readonly end: number;
}

/** The line that some phrasing between two offsets is. */
export const lineOf = (text: string, nodes: readonly PhrasingContent[], start: number, end: number): Line =>
  lineWith(piecesOf(text, nodes, start, end), start, end);

export const lineWith = (pieces: readonly Piece[], start: number, end: number): Line => ({
  pieces,
  pins: pinsOf(pieces),
  start,
  end,
});

/** The lines of a paragraph: hard breaks part them. */
export function linesOf(line: Line): Line[] {
  const groups: Piece[][] = [[]];
  for (const piece of line.pieces) {
    groups.at(-1)?.push(piece);
    if (piece.kind === 'break') groups.push([]);
  }
  return groups.map((pieces) =>
    lineWith(pieces, pieces[0]?.start ?? line.end, pieces.at(-1)?.end ?? line.end),
  );
}

/** A line's words without the white space before them. */
export function wordsOf(line: Line): string {
  const words = flatten(line.pieces);
  return words.slice(blanksBefore(words));
}

/** How many units of a line's words are its label: what its pin says, and without a pin by the free rules. */
export const printedLabelLength = (line: Line, pin: Pin | undefined): number =>
  pin ? labelLength(wordsOf(line), pin.get('data-num'), true) : freeLabelLength(wordsOf(line));

/** Whether anything of a line is printed: words, or the call of a note. */
export const hasWords = (line: Line): boolean =>
  line.pieces.some(
    (piece) =>
      piece.kind === 'call' || (piece.kind === 'words' && hasInk(piece.value, 0, piece.value.length)),
  );
