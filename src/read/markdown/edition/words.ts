/** The words of our own edition's lines: folded, their labels taken off and their calls resolved. */
import type { Diagnostic, Inline, Leaf } from '../../../document.js';
import { diagnose } from '../../../report.js';
import { pinOf } from '../anchors.js';
import { blanksBefore, flatten, fold, withLabel, type Called } from '../fold.js';
import type { Ledger } from '../ledger.js';
import type { Piece } from '../phrasing.js';
import type { Line } from './line.js';

export class Words {
  readonly #text: string;
  readonly #ledger: Ledger;
  readonly #diagnostics: Diagnostic[];
  /** By the identifier of a definition: what its calls print. */
  readonly called = new Map<string, Called>();
  /** Leaves that wait for the next node: a bullet, the printed label of an attachment. */
  #waiting: Leaf[] = [];

  constructor(text: string, ledger: Ledger, diagnostics: Diagnostic[]) {
    this.#text = text;
    this.#ledger = ledger;
    this.#diagnostics = diagnostics;
  }

  /** Keeps leaves for the next node. */
  wait(leaves: readonly Leaf[]): void {
    for (const leaf of leaves) this.#waiting.push(leaf);
  }

  /** The leaves for which no node came. */
  get waiting(): readonly Leaf[] {
    return this.#waiting;
  }

  /** A line folded by itself: nothing is entered, and no call resolved. */
  bare(line: Line): { content: Inline[]; leaves: Leaf[] } {
    return fold(this.#text, line.pieces, () => null);
  }

  /**
   * Folds a line; `length` units of its words, after the blanks, are the label.
   * @param enters false where its leaves go into another list
   */
  read(line: Line, length = 0, enters = true): { content: Inline[]; leaves: Leaf[]; num: string | null } {
    const words = flatten(line.pieces);
    const from = blanksBefore(words);
    const parts = length > 0 ? withLabel(line.pieces, from, from + length) : line.pieces;
    const printed = markersIn(line.pieces);
    const { content, leaves } = fold(this.#text, parts, (call) => {
      const called = this.called.get(call.identifier);
      const marker = printed.get(call.start);
      return called && marker !== undefined ? { ...called, marker } : (called ?? null);
    });
    leaves.unshift(...this.#waiting);
    this.#waiting = [];
    if (enters) this.#ledger.enter(leaves);
    this.#reportUndefined(line);
    return { content, leaves, num: length > 0 ? words.slice(from, from + length) : null };
  }

  #reportUndefined(line: Line): void {
    for (const piece of line.pieces) {
      if (piece.kind !== 'words') continue;
      for (const { 0: mark, index } of piece.value.matchAll(/\[\^[^\][\s]{1,40}\]/g))
        this.#diagnostics.push(
          diagnose(
            'call-without-note',
            `“${mark}” looks like the call of a footnote, but no such note was found; it stays in the text.`,
            this.#ledger.place(piece.start + index, piece.start + index + mark.length),
          ),
        );
    }
  }
}

/** By the place of a call: the marker that an anchor before it states. */
function markersIn(pieces: readonly Piece[]): ReadonlyMap<number, string> {
  const markers = new Map<number, string>();
  let stated: string | undefined;
  for (const piece of pieces) {
    if (piece.kind === 'tag') {
      const pin = pinOf(piece.value);
      if (pin && !pin.has('id')) stated = pin.get('data-marker');
    } else if (piece.kind === 'call') {
      if (stated !== undefined) markers.set(piece.start, stated);
      stated = undefined;
    } else if (piece.kind === 'words') stated = undefined;
  }
  return markers;
}
