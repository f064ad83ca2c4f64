/**
 * Markdown that a person wrote: the grammar says what are words, the stages that read plain text what they mean. They
 * read a projection of the text (`projection.ts`); then every node gets its words, emphasis and leaves from the source.
 */
import type { FootnoteDefinition, Root, Table as MdastTable } from 'mdast';
import { unified } from 'unified';
import { foldWhiteSpace, isWhiteSpace } from '../../characters.js';
import type {
  Attachment,
  Block,
  Diagnostic,
  Document,
  Footnote,
  Inline,
  Leaf,
  Paragraph,
  Source,
  Span,
  Table,
  TableCell,
  TextNode,
} from '../../document.js';
import { callsByFootnote, textNodes, textOf, unknownNode } from '../../document.js';
import { diagnose } from '../../report.js';
import { normalise } from '../normalise.js';
import { Pins } from '../pins.js';
import { engrossParse } from '../plain.js';
import type { Sidecar } from '../sidecar.js';
import { definitionsIn, linesIn, tablesIn } from './blocks.js';
import { fold, type Called, type Part } from './fold.js';
import { metadataOf } from './front-matter.js';
import { hasInk } from './ink.js';
import { Ledger } from './ledger.js';
import { endOf, piecesOf, startOf, type CallPiece, type Piece } from './phrasing.js';
import { project, type Item, type Projection } from './projection.js';

export function readManuscript(
  text: string,
  root: Root,
  fields: Readonly<Record<string, unknown>>,
  id: string,
  source: Source,
  sidecar?: Sidecar,
): Document {
  const ledger = new Ledger(text);
  const projection = project(text, root, ledger);
  const read = normalise(
    projection.text,
    unified().use(engrossParse).parse(projection.text),
    id,
    source,
    overruling(projection, sidecar),
  );
  return new Manuscript(text, root, ledger, projection, read).settle(fields, sidecar);
}

/** The most list items whose numbers are stated to the later stages; beyond, they find them by themselves. */
const mostStated = 2000;

/** A list's own numbers are labels without a doubt. A person's sidecar states the metadata. */
function overruling({ labels }: Projection, sidecar: Sidecar | undefined): Sidecar {
  return {
    fields: sidecar?.fields ?? new Map(),
    encoding: null,
    furniture: [],
    notFurniture: [],
    labels:
      labels.size > mostStated
        ? []
        : [...labels].map(([line, printed]) => ({ line, starts: printed, printed })),
    notLabels: [],
    headings: [],
    notHeadings: [],
    notes: [],
    notNotes: [],
    calls: [],
    notCalls: [],
  };
}

/** A part of the projection that a node bears. */
interface Share {
  readonly leaf: Leaf;
  readonly node: TextNode;
}
/** A part of an item that a node bears. */
interface Portion {
  readonly item: number;
  readonly from: number;
  readonly to: number;
  readonly share: Share;
}

/** A piece of the source that is furniture. */
interface Aside {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

class Manuscript {
  readonly #text: string;
  readonly #ledger: Ledger;
  readonly #projection: Projection;
  readonly #document: Document;
  readonly #root: Root;
  readonly #pins = new Pins();
  readonly #diagnostics: Diagnostic[] = [];
  readonly #called = new Map<string, Called>();
  readonly #portions = new Map<TextNode, Portion[]>();
  /** What the projection does not show, by the node that it goes to. */
  readonly #hidden = new Map<TextNode, number[]>();

  constructor(text: string, root: Root, ledger: Ledger, projection: Projection, document: Document) {
    this.#text = text;
    this.#root = root;
    this.#ledger = ledger;
    this.#projection = projection;
    this.#document = document;
  }

  settle(fields: Readonly<Record<string, unknown>>, sidecar: Sidecar | undefined): Document {
    const { restore } = this.#projection;
    const document = this.#document;
    for (const { node } of textNodes(document)) this.#pins.claim(node.eId);
    for (const one of document.attachments) this.#pins.claim(one.eId);
    const definitions = definitionsIn(this.#root.children);
    const heads = definitions.map((definition) => this.#announce(definition));
    for (const { reason, source } of document.furniture) this.#furniture(source, reason);
    this.#share();
    const regions = {
      preface: document.preface.map((block) => this.#block(block)),
      preamble: document.preamble.map((block) => this.#block(block)),
      mainBody: document.mainBody.map((block) => this.#block(block)),
      conclusions: document.conclusions.map((block) => this.#block(block)),
    };
    const attachments = document.attachments.map((one) => this.#attachment(one));
    for (const table of tablesIn(this.#root.children)) this.#insert(this.#table(table), regions, attachments);
    const ownNotes = document.footnotes.map((note) => this.#footnote(note));
    const notes = definitions.map((definition, index) => this.#note(definition, heads[index]));
    this.#leftOver();
    this.#ledger.close();
    const metadata = metadataOf(fields);
    const told = Object.fromEntries(
      Object.entries(metadata).filter(
        ([name, value]) =>
          value !== undefined && name !== 'title' && sidecar?.fields.has(name as 'date') !== true,
      ),
    );
    const title = sidecar?.fields.has('title') === true ? document.title : this.#title(regions.preface);
    const nullable = (value: string | null): string | null => (value === null ? null : restore(value));
    return this.#withUncalled({
      ...document,
      subtitle: nullable(document.subtitle),
      datePrinted: nullable(document.datePrinted),
      symbol: nullable(document.symbol),
      place: nullable(document.place),
      issuer: nullable(document.issuer),
      ...told,
      title: title === '' ? restore(document.title) : title,
      ...regions,
      attachments,
      footnotes: [...ownNotes, ...notes],
      furniture: this.#ledger.furniture,
      diagnostics: document.diagnostics.map((one) => this.#moved(one)),
    });
  }

  #title(preface: readonly Block[]): string {
    return preface.flatMap((block) => (block.type === 'docTitle' ? [textOf(block.content)] : [])).join(' ');
  }

  // ---------------------------------------------------------------------------------------------- who bears what

  /** Gives every item to the nodes that bear it, and what is not shown to the node beside it in its block. */
  #share(): void {
    const { items } = this.#projection;
    const shares: Share[] = [];
    for (const { node } of textNodes(this.#document))
      for (const leaf of node.leaves) shares.push({ leaf, node });
    shares.sort((one, other) => one.leaf.start - other.leaf.start || one.leaf.end - other.leaf.end);
    const byBlock = new Map<number, Portion[]>();
    let next = 0;
    for (const [index, share] of shares.entries()) {
      const { start, end } = withBlanks(this.#projection.text, share, shares[index - 1], shares[index + 1]);
      while (next < items.length && (items[next]?.to ?? Infinity) <= start) next++;
      for (let at = next; at < items.length; at++) {
        const item = items[at];
        if (!item || item.from >= end) break;
        if (item.to <= item.from) continue;
        const portion = { item: at, from: Math.max(start, item.from), to: Math.min(end, item.to), share };
        if (portion.from >= portion.to) continue;
        add(this.#portions, share.node, portion);
        add(byBlock, item.block, portion);
      }
    }
    const borne = new Set([...this.#portions.values()].flat().map(({ item }) => item));
    const taken = new Map<number, number>();
    for (const [index, item] of items.entries()) {
      if (!isUnseen(item) || borne.has(index) || this.#asideItems.has(index)) continue;
      const inBlock = byBlock.get(item.block);
      if (!inBlock) continue;
      let at = taken.get(item.block) ?? 0;
      while ((inBlock[at + 1]?.item ?? Infinity) < index) at++;
      taken.set(item.block, at);
      const owner = inBlock[at]?.share.node;
      if (owner) add(this.#hidden, owner, index);
    }
  }

  /** Furniture of the projection as furniture of the source. */
  #furniture(place: Span, reason: string): void {
    const { items } = this.#projection;
    let at = firstFrom(items, place.start);
    for (let item = items[at]; item && item.from < place.end; item = items[++at]) {
      if (item.to <= place.start) continue;
      this.#asideItems.add(at);
      const whole = item.piece.end - item.piece.start !== item.to - item.from;
      const start = whole ? item.piece.start : item.piece.start + Math.max(0, place.start - item.from);
      const end = whole ? item.piece.end : item.piece.end - Math.max(0, item.to - place.end);
      this.#aside.push({ start, end, reason });
    }
  }
  readonly #aside: Aside[] = [];
  /** The items (indexes) in it. */
  readonly #asideItems = new Set<number>();

  /** Enters furniture, each line of it once, and what stands in a block of which nobody bears a word. */
  #leftOver(): void {
    const blocks = new Set<number>();
    for (const portions of this.#portions.values())
      for (const { item } of portions) blocks.add(this.#projection.items[item]?.block ?? 0);
    let reason = 'mark-up';
    const pieces: Aside[] = [...this.#aside];
    const reasons = new Map<number, string>();
    for (const one of this.#aside) reasons.set(one.start, one.reason);
    for (const [index, item] of this.#projection.items.entries()) {
      reason = reasons.get(item.piece.start) ?? reason;
      if (isUnseen(item) && !blocks.has(item.block) && !this.#asideItems.has(index))
        pieces.push({ start: item.piece.start, end: item.piece.end, reason });
    }
    pieces.sort((one, other) => one.start - other.start);
    const runs: Aside[] = [];
    for (const piece of pieces) {
      const last = runs.at(-1);
      if (last?.reason === piece.reason && /^ *$/.test(this.#text.slice(last.end, piece.start)))
        runs[runs.length - 1] = { ...last, end: Math.max(last.end, piece.end) };
      else runs.push(piece);
    }
    for (const { start, end, reason: why } of runs) this.#ledger.setAside(start, end, why);
  }

  // ---------------------------------------------------------------------------------------------- nodes

  /** The label of a node as the source prints it; signs of mark-up that the later stages took for a part of it are none. */
  #num(num: string | null, leaves: readonly Leaf[]): string | null {
    if (num === null || leaves.length === 0) return num === null ? null : this.#projection.restore(num);
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

  /** A node's words, out of the source. */
  #words<Node extends TextNode>(node: Node): Pick<Node, 'content' | 'leaves' | 'source'> {
    const { restore, items } = this.#projection;
    if (node.leaves.length === 0) {
      const content = node.content.map((one): Inline =>
        one.type === 'text' ? { ...one, value: restore(one.value) } : one,
      );
      return { content, leaves: [], source: this.#span(node.source) };
    }
    const portions = this.#portions.get(node) ?? [];
    const marks = node.content.flatMap((one) => (one.type === 'noteCall' ? [one] : []));
    let calls = 0;
    let lastCall: Leaf | null = null;
    const parts: { item: number; from: number; part: Part }[] = [];
    for (const { item: index, from, to, share } of portions) {
      const item = items[index];
      if (!item) continue;
      const place = placeOf(item, from, to);
      const { leaf } = share;
      const { piece } = item;
      const push = (part: Part) => parts.push({ item: index, from, part });
      if (item.kind === 'sign' || piece.kind !== 'words')
        push({ kind: 'markup', ...place, rule: piece.kind === 'markup' ? piece.rule : 'mark-up' });
      else if (leaf.kind === 'markup' && !isInlineRule(leaf.rule, piece, this.#text))
        push({ kind: 'markup', ...place, rule: leaf.rule ?? 'mark-up' });
      else if (leaf.kind === 'marker') push({ kind: 'marker', ...place });
      else if (leaf.kind === 'call') {
        if (lastCall !== leaf) {
          const mark = marks[calls++];
          lastCall = leaf;
          const identifier = mark ? `\0${mark.footnote}\0${mark.marker}` : '';
          const isNamed = /^\[\^.*\]$/.test(this.#text.slice(place.start, place.end));
          const label = isNamed ? { start: place.start + 2, end: place.end - 1 } : place;
          push({ kind: 'call', ...place, identifier, label });
        } else push({ kind: 'markup', ...place, rule: 'note mark' });
      } else {
        const value = piece.isReference ? piece.value : this.#text.slice(place.start, place.end);
        const { isReference, emphasis } = piece;
        const kind = leaf.kind === 'label' ? 'label' : 'words';
        push({ kind, ...place, value, isReference, emphasis });
      }
    }
    for (const index of this.#hidden.get(node) ?? []) {
      const item = items[index];
      if (item) parts.push({ item: index, from: item.from, part: item.piece });
    }
    parts.sort((one, other) => one.item - other.item || one.from - other.from);
    const { content, leaves } = fold(
      this.#text,
      parts.flatMap(({ item, part }, at) =>
        this.#isApart(parts[at - 1]?.item, item) ? [blank, part] : [part],
      ),
      (call) => this.#resolve(call),
      { isHandWritten: true },
    );
    this.#ledger.enter(leaves);
    return { content, leaves, source: this.#spanOf(leaves) };
  }

  /** Whether the projection parts two items by a space that the source doesn't have: a new line or block. */
  #isApart(before: number | undefined, item: number): boolean {
    const { items, text } = this.#projection;
    if (before === undefined || before === item) return false;
    return /\s/.test(text.slice(items[before]?.to ?? 0, items[item]?.from ?? 0));
  }

  #resolve({ identifier }: CallPiece): Called | null {
    if (!identifier.startsWith('\0')) return this.#called.get(identifier) ?? null;
    const [, footnote = '', marker = ''] = identifier.split('\0');
    return { footnote, marker };
  }

  #spanOf(leaves: readonly Leaf[]): Span {
    const start = leaves[0]?.start ?? 0;
    return this.#ledger.span(start, leaves.at(-1)?.end ?? start);
  }

  /** A span of the projection in the source. */
  #span(place: Span): Span {
    const { items } = this.#projection;
    const first = items[firstFrom(items, place.start)];
    const last = items[firstFrom(items, Math.max(place.start, place.end - 1))];
    const start = first?.piece.start ?? 0;
    return this.#ledger.span(start, Math.max(start, last?.piece.end ?? start));
  }

  #block(block: Block): Block {
    switch (block.type) {
      case 'table':
        return {
          ...block,
          rows: block.rows.map((row) => ({
            cells: row.cells.map((cell) => ({ ...cell, ...this.#words(cell) })),
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
        const words = this.#words(block);
        return { ...block, num: this.#num(block.num, words.leaves), ...words };
      }
      case 'docTitle':
      case 'subtitle':
      case 'docDate':
      case 'docNumber':
      case 'place':
        return { ...block, ...this.#words(block) };
      default:
        return unknownNode(block);
    }
  }

  #paragraph(one: Paragraph): Paragraph {
    const { restore } = this.#projection;
    const words = this.#words(one);
    return {
      ...one,
      num: one.role === 'note' && one.num !== null ? restore(one.num) : this.#num(one.num, words.leaves),
      ...(one.verb === undefined ? {} : { verb: restore(one.verb) }),
      ...(one.marker === undefined ? {} : { marker: restore(one.marker) }),
      ...words,
      children: one.children.map((child) => this.#paragraph(child)),
    };
  }

  #footnote(note: Footnote): Footnote {
    return { ...note, ...this.#words(note), children: note.children.map((child) => this.#paragraph(child)) };
  }

  #attachment(one: Attachment): Attachment & { children: Block[] } {
    const { restore } = this.#projection;
    const children = one.children.map((block) => this.#block(block));
    const start = children[0]?.source.start ?? this.#span(one.source).start;
    return {
      ...one,
      num: one.num === null ? null : restore(one.num),
      title: restore(one.title),
      children,
      source: this.#ledger.span(start, children.at(-1)?.source.end ?? start),
    };
  }

  // ---------------------------------------------------------------------------------------------- tables

  #line(pieces: readonly Piece[]): { content: Inline[]; leaves: Leaf[]; source: Span } {
    const { content, leaves } = fold(this.#text, pieces, (call) => this.#resolve(call), {
      isHandWritten: true,
    });
    this.#ledger.enter(leaves);
    return { content, leaves, source: this.#spanOf(leaves) };
  }

  #table(table: MdastTable): Table {
    const eId = this.#pins.next('', 'table');
    const rows = table.children.map((row, r) => ({
      cells: row.children.map((cell, c): TableCell => {
        const [first] = cell.children;
        const last = cell.children.at(-1);
        const start = first ? startOf(first) : endOf(cell);
        const pieces = piecesOf(this.#text, cell.children, start, last ? endOf(last) : start, {
          inCell: true,
        });
        const words = this.#line(pieces);
        const source = words.leaves.length > 0 ? words.source : this.#ledger.span(startOf(cell), endOf(cell));
        return { type: 'cell', eId: this.#pins.claim(`${eId}__cell_${r + 1}_${c + 1}`), ...words, source };
      }),
    }));
    return { type: 'table', eId, rows, source: this.#ledger.span(startOf(table), endOf(table)) };
  }

  /** Puts a table behind the last block that begins before it. */
  #insert(
    table: Table,
    regions: Record<'preface' | 'preamble' | 'mainBody' | 'conclusions', Block[]>,
    attachments: readonly { children: Block[] }[],
  ): void {
    const places = [
      regions.preamble,
      regions.mainBody,
      regions.conclusions,
      ...attachments.map(({ children }) => children),
    ];
    const holder =
      places.findLast((blocks) => (blocks[0]?.source.start ?? Infinity) < table.source.start) ??
      regions.mainBody;
    let at = holder.length;
    while (at > 0 && (holder[at - 1]?.source.start ?? 0) > table.source.start) at--;
    holder.splice(at, 0, table);
  }

  // ---------------------------------------------------------------------------------------------- notes

  #announce(definition: FootnoteDefinition): Called {
    const label = definition.label ?? definition.identifier;
    const number = /^\d{1,6}$/.test(label) ? label : /^\w{1,40}$/.test(label) ? label : 'x';
    const called = { footnote: this.#pins.claim(`ftn_${number}`), marker: label.replace(/[[\]()]/g, '') };
    if (!this.#called.has(definition.identifier)) this.#called.set(definition.identifier, called);
    return called;
  }

  #note(definition: FootnoteDefinition, head: Called | undefined): Footnote {
    const eId = head?.footnote ?? '';
    const start = startOf(definition);
    const opening = /^\[\^(?:[^\]\\]|\\.)*\]:/s.exec(this.#text.slice(start, start + 1100))?.[0] ?? '';
    const label = { start: start + 2, end: start + opening.length - 2 };
    const leaves: Leaf[] = [
      { kind: 'markup', start, end: start + 2, rule: 'note mark' },
      { kind: 'marker', ...label },
      { kind: 'markup', start: label.end, end: label.end + 2, rule: 'note mark' },
    ];
    const texts = linesIn(this.#text, definition.children, this.#ledger);
    const first = texts[0]?.label === null ? texts[0] : undefined;
    const rest = first ? texts.slice(1) : texts;
    const words = first
      ? fold(this.#text, first.pieces, (call) => this.#resolve(call), { isHandWritten: true })
      : null;
    for (const leaf of words?.leaves ?? []) leaves.push(leaf);
    this.#ledger.enter(leaves);
    return {
      type: 'footnote',
      eId,
      marker: head?.marker ?? '',
      content: words?.content ?? [],
      leaves,
      source: this.#ledger.span(start, endOf(definition)),
      children: rest.map(({ pieces, label: printed }): Paragraph => {
        const line = this.#line(pieces);
        const isBullet = printed !== null && !/\d/.test(this.#text.slice(printed.start, printed.end));
        if (printed)
          line.leaves.unshift(
            isBullet ? { kind: 'markup', ...printed, rule: 'bullet' } : { kind: 'label', ...printed },
          );
        if (printed) this.#ledger.enter(line.leaves, line.leaves.slice(0, 1));
        const mark = printed ? this.#text.slice(printed.start, printed.end) : null;
        return {
          type: 'paragraph',
          eId: this.#pins.next(eId, mark === null ? 'p' : 'item'),
          num: isBullet ? null : mark,
          role: mark === null ? 'plain' : 'item',
          ...(isBullet && mark !== null ? { marker: mark } : {}),
          ...line,
          children: [],
        };
      }),
    };
  }

  /** A note that nothing calls is printed as a paragraph, and reported. */
  #withUncalled(document: Document): Document {
    const calls = callsByFootnote(document);
    const own = new Set([...this.#called.values()].map(({ footnote }) => footnote));
    const lost = document.footnotes.filter(
      (note) => (calls.get(note.eId) ?? []).length === 0 && (own.has(note.eId) || note.leaves.length > 0),
    );
    const paragraphs = lost.map((note): Paragraph => {
      this.#diagnostics.push(
        diagnose('note-without-call', `Nothing calls note ${note.marker}.`, { line: note.source.line }),
      );
      const { content, leaves, source } = note;
      const eId = this.#pins.claim(`${note.eId}__p`);
      const children = note.children.map((child) => ({ ...child, eId: this.#pins.claim(`${child.eId}__p`) }));
      return { type: 'paragraph', eId, num: note.marker, role: 'note', content, leaves, source, children };
    });
    const views = new Map(lost.map((note) => [note.eId, { ...note, leaves: [], children: [] }]));
    return {
      ...document,
      mainBody: [...document.mainBody, ...paragraphs],
      footnotes: document.footnotes.map((note) => views.get(note.eId) ?? note),
      diagnostics: [...document.diagnostics, ...this.#diagnostics].sort(
        (one, other) => (one.line ?? 0) - (other.line ?? 0),
      ),
    };
  }

  // ---------------------------------------------------------------------------------------------- diagnostics

  #lineStarts: readonly number[] | null = null;

  /** A diagnostic about the projection, about the source. */
  #moved(diagnostic: Diagnostic): Diagnostic {
    const { restore, items, text } = this.#projection;
    const message = restore(diagnostic.message);
    if (diagnostic.line === undefined) return { ...diagnostic, message };
    this.#lineStarts ??= [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const offset = (this.#lineStarts[diagnostic.line - 1] ?? 0) + (diagnostic.column ?? 1) - 1;
    const item = items[firstFrom(items, offset)];
    if (!item) return { ...diagnostic, message };
    const start =
      item.piece.start + Math.max(0, Math.min(offset - item.from, item.piece.end - item.piece.start - 1));
    const { line, column } = this.#ledger.place(start, start + 1);
    return { ...diagnostic, message, line, ...(diagnostic.column === undefined ? {} : { column }) };
  }
}

/** The later stages see nothing of it: mark-up that the projection leaves out, a reference to white space. */
const isUnseen = ({ from, to, piece }: Item): boolean =>
  from === to || (piece.kind === 'words' && piece.isReference && !hasInk(piece.value, 0, piece.value.length));

/** A leaf of words with the white space between it and its neighbours in the node: words bear it. */
function withBlanks(
  text: string,
  { leaf, node }: Share,
  before: Share | undefined,
  after: Share | undefined,
): { start: number; end: number } {
  if (leaf.kind !== 'text') return leaf;
  let { start, end } = leaf;
  if (before?.node === node && before.leaf.kind !== 'text')
    while (start > before.leaf.end && isWhiteSpace(text.charCodeAt(start - 1))) start--;
  if (after?.node === node) while (end < after.leaf.start && isWhiteSpace(text.charCodeAt(end))) end++;
  return { start, end };
}

/** A space that is nowhere in the source. */
const blank: Part = { kind: 'break', start: 0, end: 0 };

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** The first item that ends behind an offset. */
function firstFrom(items: readonly Item[], offset: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.to ?? Infinity) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A part of an item in the source: all of it where the two are not equally long. */
function placeOf(item: Item, from: number, to: number): { start: number; end: number } {
  const { start, end } = item.piece;
  if (end - start !== item.to - item.from) return { start, end };
  return { start: start + from - item.from, end: end - (item.to - to) };
}

/** Mark-up that the later stages saw in what Markdown says are words: a star, an escape, an address. */
const isInlineRule = (
  rule: string | undefined,
  piece: { start: number; end: number },
  text: string,
): boolean =>
  rule === 'emphasis' ||
  rule === 'escape' ||
  (rule === 'link' && !/\]\(#[^()\s]*\)$/.test(text.slice(piece.start, piece.end)));
