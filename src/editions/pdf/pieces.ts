/** What stands in a line, and the boxes, glue and penalties of total fit that print it. */
import type { NoteCall } from '../../document.js';
import type { Face, Shaped } from './faces.js';
import type { Hyphenator } from './hyphenate.js';

/** The mark of a call as it prints: by the face's superior figures where it has them. */
export interface Mark {
  readonly shaped: Shaped;
  readonly face: Face;
  readonly size: number;
  /** Points above the baseline. */
  readonly rise: number;
}

/** What stands between two possible breaks, as it will be drawn. Widths are natural widths in points. */
export type Piece = Levelled &
  (
    | {
        readonly kind: 'text';
        readonly text: string;
        /** Its glyphs, where they are known already. */
        readonly shaped?: Shaped | undefined;
        readonly face: Face;
        /** The address that the words are. */
        readonly link?: string | undefined;
      }
    | {
        readonly kind: 'space';
        readonly text: string;
        readonly shaped?: Shaped;
        readonly face: Face;
        readonly stretches: boolean;
        /** Between ideographs that the source has all set apart: read as a space, and as wide as a gap. */
        readonly closed?: boolean;
      }
    /** Between two ideographs, or between one and a Western word: room that may grow, and nothing to read. */
    | {
        readonly kind: 'gap';
        /** How much narrower it may become, in points: what is blank of the full-width marks beside it. */
        readonly gives: number;
      }
    | { readonly kind: 'hyphen'; readonly face: Face }
    | { readonly kind: 'call'; readonly call: NoteCall; readonly mark: Mark }
    /** The mark of a note before its text. */
    | { readonly kind: 'mark'; readonly mark: Mark }
  );

export type PlainPiece = Piece & { readonly kind: 'text' | 'space' | 'hyphen' };

/** Whether a piece is drawn by its glyphs alone, from left to right. */
export const isPlain = (piece: Piece): piece is PlainPiece =>
  piece.level === 0 &&
  (piece.kind === 'text'
    ? piece.link === undefined
    : piece.kind === 'space'
      ? piece.closed !== true
      : piece.kind === 'hyphen');

interface Levelled {
  readonly width: number;
  /** Of the bidirectional algorithm: odd where it runs from right to left. */
  readonly level: number;
}

/** An item of the total-fit algorithm with what it prints: `piece` always for a box and glue, for a penalty only if the break is taken. */
export interface Item {
  readonly type: 'box' | 'glue' | 'penalty';
  readonly width: number;
  readonly stretch: number;
  readonly shrink: number;
  readonly cost: number;
  readonly flagged: boolean;
  /** How far what stands before it may hang over the edge where a line ends here, in points. */
  readonly hang: number;
  readonly piece: Piece | null;
  /** Of the first fragment of a word that may be divided: the word as one piece, and its number of items. */
  readonly whole?: Whole | null;
}
export interface Whole {
  readonly piece: Piece;
  readonly items: number;
}

/** All that the items of a word depend on, besides the word; one object for each such setting. */
export interface WordSetting {
  readonly size: number;
  readonly align: string;
  readonly flex: number;
  readonly hyphenator: Hyphenator | null;
}

/** What a word has become in some setting. */
export interface Known {
  readonly setting: WordSetting;
  readonly items: readonly Item[];
  /** In points. */
  readonly width: number;
  /** How far its last character may hang where a line ends after it, in points. */
  readonly hang: number;
}
