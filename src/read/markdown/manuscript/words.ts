/** The words of a hand-written text's nodes, taken from the source: content, emphasis, calls and leaves. */
import { foldWhiteSpace } from '../../../characters.js';
import type { Inline, Leaf, Span, TextNode } from '../../../document.js';
import { fold, type Called, type Folded, type Part } from '../fold.js';
import type { Ledger } from '../ledger.js';
import type { CallPiece, Piece } from '../phrasing.js';
import type { Projection } from '../projection.js';
import { ownCall, ownCallOf, partOf, type Placed } from './parts.js';
import { spanIn } from './places.js';
import type { Shares } from './shares.js';

/** What the source says of a node. */
interface Read {
  content: Inline[];
  leaves: Leaf[];
  source: Span;
}

/** A space that is nowhere in the source. */
const blank: Part = { kind: 'break', start: 0, end: 0 };

export class Words {
  readonly #text: string;
  readonly #ledger: Ledger;
  readonly #projection: Projection;
  readonly #shares: Shares;
  readonly #called: ReadonlyMap<string, Called>;

  /** @param called by the identifier of a definition: what its calls print */
  constructor(
    text: string,
    ledger: Ledger,
    projection: Projection,
    shares: Shares,
    called: ReadonlyMap<string, Called>,
  ) {
    this.#text = text;
    this.#ledger = ledger;
    this.#projection = projection;
    this.#shares = shares;
    this.#called = called;
  }

  /** A node's words, out of the source. */
  of(node: TextNode): Read {
    if (node.leaves.length === 0) return this.#view(node);
    const parts = this.#partsOf(node);
    const { content, leaves } = this.fold(
      parts.flatMap(({ item, part }, at) =>
        this.#isApart(parts[at - 1]?.item, item) ? [blank, part] : [part],
      ),
    );
    this.#ledger.enter(leaves);
    return { content, leaves, source: this.#spanOf(leaves) };
  }

  /** The words of some pieces that the later stages did not see. */
  ofPieces(pieces: readonly Piece[]): Read {
    const { content, leaves } = this.fold(pieces);
    this.#ledger.enter(leaves);
    return { content, leaves, source: this.#spanOf(leaves) };
  }

  /** Folds parts; their leaves are not entered. */
  fold(parts: readonly Part[]): Folded {
    return fold(this.#text, parts, (call) => this.#resolve(call), { isHandWritten: true });
  }

  /** The label of a node as the source prints it; signs of mark-up that the later stages took for a part of it are none. */
  label(num: string | null, leaves: readonly Leaf[]): string | null {
    if (num === null) return null;
    if (leaves.length === 0) return this.#projection.restore(num);
    const labels = leaves.filter(({ kind }) => kind === 'label');
    let words = '';
    for (const [at, { start, end, replaced }] of labels.entries()) {
      const before = labels[at - 1]?.end ?? start;
      if (/\s/.test(this.#text.slice(before, start))) words += ' ';
      words += replaced ?? this.#text.slice(start, end);
    }
    const printed = foldWhiteSpace(words);
    return printed === '' ? null : printed;
  }

  /** A node that repeats the words of another, or a person's. */
  #view(node: TextNode): Read {
    const { restore, items } = this.#projection;
    const content = node.content.map((one): Inline =>
      one.type === 'text' ? { ...one, value: restore(one.value) } : one,
    );
    return { content, leaves: [], source: spanIn(this.#ledger, items, node.source) };
  }

  /** The parts of the source that a node bears, in order. */
  #partsOf(node: TextNode): Placed[] {
    const { items } = this.#projection;
    const marks = node.content.flatMap((one) => (one.type === 'noteCall' ? [one] : []));
    const parts: Placed[] = [];
    let calls = 0;
    let lastCall: Leaf | null = null;
    for (const portion of this.#shares.portions.get(node) ?? []) {
      const { item: index, from, share } = portion;
      const item = items[index];
      if (!item) continue;
      let part = partOf(this.#text, item, portion);
      if (part.kind === 'call') {
        // A call of several pieces is one call.
        if (lastCall === share.leaf)
          part = { kind: 'markup', start: part.start, end: part.end, rule: 'note mark' };
        else part = { ...part, identifier: ownCall(marks[calls++]) };
        lastCall = share.leaf;
      }
      parts.push({ item: index, from, part });
    }
    for (const index of this.#shares.hidden.get(node) ?? []) {
      const item = items[index];
      if (item) parts.push({ item: index, from: item.from, part: item.piece });
    }
    return parts.sort((one, other) => one.item - other.item || one.from - other.from);
  }

  /** Whether the projection parts two items by a space that the source doesn't have: a new line or block. */
  #isApart(before: number | undefined, item: number): boolean {
    const { items, text } = this.#projection;
    if (before === undefined || before === item) return false;
    return /\s/.test(text.slice(items[before]?.to ?? 0, items[item]?.from ?? 0));
  }

  #resolve({ identifier }: CallPiece): Called | null {
    return ownCallOf(identifier) ?? this.#called.get(identifier) ?? null;
  }

  #spanOf(leaves: readonly Leaf[]): Span {
    const start = leaves[0]?.start ?? 0;
    return this.#ledger.span(start, leaves.at(-1)?.end ?? start);
  }
}
