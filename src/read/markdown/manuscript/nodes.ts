/** The nodes that the later stages made of the projection, with the words of the source. */
import type { Attachment, Block, Footnote, Paragraph, Span } from '../../../document.js';
import { unknownNode } from '../../../document.js';
import type { Ledger } from '../ledger.js';
import type { Projection } from '../projection.js';
import { spanIn } from './places.js';
import type { Words } from './words.js';

export class Nodes {
  readonly #ledger: Ledger;
  readonly #projection: Projection;
  readonly #words: Words;

  constructor(ledger: Ledger, projection: Projection, words: Words) {
    this.#ledger = ledger;
    this.#projection = projection;
    this.#words = words;
  }

  block(block: Block): Block {
    switch (block.type) {
      case 'table':
        return {
          ...block,
          rows: block.rows.map((row) => ({
            cells: row.cells.map((cell) => ({ ...cell, ...this.#words.of(cell) })),
          })),
          source: this.#span(block.source),
        };
      case 'signature':
        return {
          ...block,
          columns: block.columns.map((lines) => lines.map((line) => this.#paragraph(line))),
          source: this.#span(block.source),
        };
      case 'paragraph':
        return this.#paragraph(block);
      case 'heading': {
        const words = this.#words.of(block);
        return { ...block, num: this.#words.label(block.num, words.leaves), ...words };
      }
      case 'docTitle':
      case 'subtitle':
      case 'docDate':
      case 'docNumber':
      case 'place':
        return { ...block, ...this.#words.of(block) };
      default:
        return unknownNode(block);
    }
  }

  footnote(note: Footnote): Footnote {
    const words = this.#words.of(note);
    return { ...note, ...words, children: note.children.map((child) => this.#paragraph(child)) };
  }

  attachment(one: Attachment): Attachment & { children: Block[] } {
    const { restore } = this.#projection;
    const children = one.children.map((block) => this.block(block));
    const start = children[0]?.source.start ?? this.#span(one.source).start;
    return {
      ...one,
      num: one.num === null ? null : restore(one.num),
      title: restore(one.title),
      children,
      source: this.#ledger.span(start, children.at(-1)?.source.end ?? start),
    };
  }

  #paragraph(one: Paragraph): Paragraph {
    const { restore } = this.#projection;
    const words = this.#words.of(one);
    return {
      ...one,
      num:
        one.role === 'note' && one.num !== null ? restore(one.num) : this.#words.label(one.num, words.leaves),
      ...(one.verb === undefined ? {} : { verb: restore(one.verb) }),
      ...(one.marker === undefined ? {} : { marker: restore(one.marker) }),
      ...words,
      children: one.children.map((child) => this.#paragraph(child)),
    };
  }

  #span(place: Span): Span {
    return spanIn(this.#ledger, this.#projection.items, place);
  }
}
