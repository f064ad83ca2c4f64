/** Runs: the pieces of a line that are drawn in one go, each in its place from left to right. Points. */
import { visualOrder } from './bidi.js';
import { widthOf, type Face, type Shaped } from './faces.js';
import type { Piece, TextStyle } from './items.js';
import type { Line } from './lines.js';
import { extraOf, widthIn } from './spacing.js';

/** Some glyphs, and the points that follow each of them on top of their own advance; without glyphs, points alone. */
export interface Shown {
  readonly shaped: Shaped;
  readonly extra: number;
}

/** Pieces that follow each other in one structure element; a call or an address is a run of its own. */
export interface Run {
  readonly call: (Piece & { kind: 'call' })['call'] | null;
  /** The address that the words are. */
  readonly link: string | undefined;
  /** From the line's left edge. */
  readonly x: number;
  width: number;
  readonly shows: {
    readonly face: Face;
    readonly size: number;
    readonly rise: number;
    readonly shown: Shown[];
  }[];
}

/** The runs of a line in the order in which they are read. */
export function runsOf(line: Line, style: TextStyle): Run[] {
  const runs: Run[] = [];
  const bothWays = line.rightToLeft || line.pieces.some((piece) => piece.level > 0);
  const places = bothWays ? placesOf(line) : [];
  let pen = 0;
  const add = (piece: Piece, extra: number, x: number) => {
    const last = runs.at(-1);
    const call = piece.kind === 'call' ? piece.call : null;
    const link = piece.kind === 'text' ? piece.link : undefined;
    const run: Run =
      bothWays || !last || call || last.call || last.link !== link
        ? { call, link, x, width: 0, shows: [] }
        : last;
    if (run !== last) runs.push(run);
    const width = piece.width * line.scale + extra;
    run.width += width;
    pen = x + width;
    const show = run.shows.at(-1);
    if (piece.kind === 'gap') {
      show?.shown.push({ shaped: nothing, extra: width });
      return;
    }
    const { face, size, rise } =
      piece.kind === 'call' || piece.kind === 'mark'
        ? piece.mark
        : { face: piece.face, size: style.size * piece.face.scale, rise: 0 };
    const closed =
      piece.kind === 'space' && piece.closed ? piece.width - widthOf(face, piece.text, style.size) : 0;
    const shown = { shaped: shapedOf(piece), extra: extra + closed };
    if (show?.face === face && show.size === size && show.rise === rise) show.shown.push(shown);
    else run.shows.push({ face, size, rise, shown: [shown] });
  };
  for (const [index, piece] of line.pieces.entries()) add(piece, extraOf(piece, line), places[index] ?? pen);
  pen = line.rightToLeft ? 0 : bothWays ? line.width : pen;
  for (const piece of line.trailing) {
    if (line.rightToLeft) pen -= piece.width;
    const x = pen;
    add(piece, 0, x);
    if (line.rightToLeft) pen = x;
  }
  return runs;
}

const nothing: Shaped = { glyphs: [], width: 0, byPairs: false, marks: undefined };

/** Where each piece of a line of both directions begins. */
function placesOf(line: Line): number[] {
  const places: number[] = [];
  let x = 0;
  for (const index of visualOrder(line.pieces.map((piece) => piece.level))) {
    const piece = line.pieces[index];
    if (!piece) continue;
    places[index] = x;
    x += widthIn(piece, line);
  }
  return places;
}

/** The glyphs of a piece. */
export function shapedOf(piece: Exclude<Piece, { kind: 'gap' }>): Shaped {
  switch (piece.kind) {
    case 'text':
    case 'space':
      return piece.shaped ?? piece.face.shape(piece.text);
    case 'hyphen':
      return piece.face.shape('\u00ad');
    default:
      return piece.mark.shaped;
  }
}
