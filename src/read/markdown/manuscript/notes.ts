/** The notes that a hand-written text defines by Markdown's own grammar (GFM footnotes). */
import type { FootnoteDefinition } from 'mdast';
import type { Footnote, Leaf, Paragraph } from '../../../document.js';
import type { Pins } from '../../pins.js';
import { linesIn, type NoteLine } from '../blocks.js';
import type { Called } from '../fold.js';
import type { Ledger } from '../ledger.js';
import { noteMark } from '../note-marks.js';
import { endOf, startOf } from '../phrasing.js';
import type { Words } from './words.js';

/** What the calls of a definition print, and its eId. */
export function announcedNote(definition: FootnoteDefinition, pins: Pins): Called {
  const label = definition.label ?? definition.identifier;
  const name = /^\w{1,40}$/.test(label) ? label : 'x';
  return { footnote: pins.claim(`ftn_${name}`), marker: label.replace(/[[\]()]/g, '') };
}

export class Notes {
  readonly #text: string;
  readonly #pins: Pins;
  readonly #words: Words;
  readonly #ledger: Ledger;

  constructor(text: string, pins: Pins, words: Words, ledger: Ledger) {
    this.#text = text;
    this.#pins = pins;
    this.#words = words;
    this.#ledger = ledger;
  }

  note(definition: FootnoteDefinition, { footnote: eId, marker }: Called): Footnote {
    const leaves = noteMark(this.#text, definition, false);
    const lines = linesIn(this.#text, definition.children, this.#ledger);
    const first = lines[0]?.label === null ? lines[0] : undefined;
    const words = first ? this.#words.fold(first.pieces) : null;
    for (const leaf of words?.leaves ?? []) leaves.push(leaf);
    this.#ledger.enter(leaves);
    return {
      type: 'footnote',
      eId,
      marker,
      content: words?.content ?? [],
      leaves,
      source: this.#ledger.span(startOf(definition), endOf(definition)),
      children: lines.slice(first ? 1 : 0).map((line) => this.#paragraph(line, eId)),
    };
  }

  #paragraph({ pieces, label }: NoteLine, note: string): Paragraph {
    const read = this.#words.ofPieces(pieces);
    const mark = label ? this.#text.slice(label.start, label.end) : null;
    const isBullet = mark !== null && !/\d/.test(mark);
    if (label) {
      const own: Leaf = isBullet ? { kind: 'markup', ...label, rule: 'bullet' } : { kind: 'label', ...label };
      read.leaves.unshift(own);
      this.#ledger.enter(read.leaves, [own]);
    }
    return {
      type: 'paragraph',
      eId: this.#pins.next(note, mark === null ? 'p' : 'item'),
      num: isBullet ? null : mark,
      role: mark === null ? 'plain' : 'item',
      ...(isBullet ? { marker: mark } : {}),
      ...read,
      children: [],
    };
  }
}
