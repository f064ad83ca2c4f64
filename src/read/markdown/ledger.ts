/**
 * The ledger: who bears which character of a Markdown text. Words, labels and calls are entered by whoever reads
 * them; what is left at the end may only be signs of the block structure (`>`, `|`, `---`, fences), never a letter or
 * a figure: such a character stays out, and the account refuses the reading.
 */
import type { Furniture, Leaf, Span } from '../../document.js';
import { hasInk } from './ink.js';

interface Entry {
  readonly start: number;
  readonly end: number;
  /** The leaves of the node that bears it; null for furniture. */
  readonly leaves: Leaf[] | null;
}

export class Ledger {
  readonly #text: string;
  readonly #lineStarts: readonly number[];
  readonly #entries: Entry[] = [];
  readonly furniture: Furniture[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#lineStarts = [
      0,
      ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ 0: end, index }) => index + end.length),
    ];
    if (text.startsWith('\ufeff')) this.setAside(0, 1, 'byte-order mark');
  }

  /** The number of the line that holds an offset, from 1. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? Infinity) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** Line and column of a stretch, for a diagnostic. */
  place(start: number, end: number): { line: number; column: number; length: number } {
    const line = this.lineAt(start);
    return {
      line,
      column: start - (this.#lineStarts[line - 1] ?? 0) + 1,
      length: Math.max(1, end - start),
    };
  }

  span(start: number, end: number): Span {
    return { start, end, line: this.lineAt(start), lastLine: this.lineAt(Math.max(start, end - 1)) };
  }

  /**
   * Enters leaves of a node. The node's own list may grow afterwards: signs that nobody read come to the node before.
   * @param leaves the list that the node keeps
   */
  enter(leaves: Leaf[], entered: readonly Leaf[] = leaves): void {
    for (const leaf of entered) this.#entries.push({ start: leaf.start, end: leaf.end, leaves });
  }

  /** Furniture, line by line: its text is the source's. */
  setAside(start: number, end: number, reason: string): void {
    for (let from = start; from < end;) {
      const next = this.#lineStarts[this.lineAt(from)] ?? Infinity;
      const to = Math.min(end, next);
      const line = this.#text.slice(from, to);
      const lead = /^\p{White_Space}*/u.exec(line)?.[0].length ?? 0;
      const words = line.slice(lead).replace(/\p{White_Space}+$/u, '');
      if (words !== '') {
        const source = this.span(from + lead, from + lead + words.length);
        this.furniture.push({ reason, text: words, source });
        this.#entries.push({ start: source.start, end: source.end, leaves: null });
      }
      from = to;
    }
  }

  /** Gives the signs that nobody read to the nodes before them, and puts all leaves in source order. */
  close(): void {
    const entries = this.#entries.sort((one, other) => one.start - other.start || one.end - other.end);
    const touched = new Set<Leaf[]>();
    let owner = entries.find(({ leaves }) => leaves !== null)?.leaves ?? null;
    let at = 0;
    const bear = (from: number, to: number): void => {
      if (!hasInk(this.#text, from, to)) return;
      for (const [start, end] of this.#signs(from, to)) {
        if (owner === null) this.setAside(start, end, 'mark-up');
        else {
          owner.push({ kind: 'markup', start, end, rule: ruleOf(this.#text[start] ?? '') });
          touched.add(owner);
        }
      }
    };
    for (const entry of [...entries]) {
      bear(at, entry.start);
      at = Math.max(at, entry.end);
      owner = entry.leaves ?? owner;
    }
    bear(at, this.#text.length);
    for (const leaves of touched) leaves.sort((one, other) => one.start - other.start);
    this.furniture.sort((one, other) => one.source.start - other.source.start);
  }

  /** The runs of signs between two offsets. */
  #signs(from: number, to: number): [number, number][] {
    return [...this.#text.slice(from, to).matchAll(/[^\p{L}\p{N}\p{White_Space}]+/gu)].map(
      ({ 0: signs, index }) => [from + index, from + index + signs.length],
    );
  }
}

const ruleOf = (sign: string): string => {
  if (sign === '>') return 'block quotation';
  if (sign === '|' || sign === ':' || sign === '-') return 'table rule';
  if (sign === '#' || sign === '=') return 'heading';
  return 'mark-up';
};
