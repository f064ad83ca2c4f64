/**
 * Our own Markdown edition, read back: an equal document, and a sensible one where a person has corrected it. What a
 * pin says is believed; where none stands, the rules of `editions/markdown/pins.ts` hold, then those of the reader.
 */
import type {
  BlockContent,
  DefinitionContent,
  FootnoteDefinition,
  List,
  ListItem,
  PhrasingContent,
  Root,
  RootContent,
  Table as MdastTable,
} from 'mdast';
import { controlAt } from '../../characters.js';
import type {
  Attachment,
  Block,
  Diagnostic,
  Document,
  Footnote,
  Inline,
  Leaf,
  Paragraph,
  Region,
  Role,
  Source,
  Span,
  TableCell,
} from '../../document.js';
import { callsByFootnote, textOf } from '../../document.js';
import { diagnose } from '../../report.js';
import { findDate } from '../dates.js';
import { languageOf } from '../language.js';
import { Pins, within } from '../pins.js';
import type { Sidecar } from '../sidecar.js';
import { documentTypeOf } from '../titles.js';
import { operativeVerb, recitalVerb } from '../verbs.js';
import { pinnedIn, pinOf, pinsOf, type Pin } from './anchors.js';
import { blanksBefore, flatten, fold, withLabel, type Called } from './fold.js';
import { metadataOf, type Metadata, type Structure } from './front-matter.js';
import { hasInk } from './ink.js';
import { eIdOfLabel, emSpace, freeLabelLength, labelLength } from './labels.js';
import { definitionsIn } from './blocks.js';
import { codePieces, htmlPieces } from './code.js';
import { Ledger } from './ledger.js';
import { endOf, piecesOf, startOf, type Piece } from './phrasing.js';

/** @param fields the front matter; `structure` is what it says under `engross` */
export function readEdition(
  text: string,
  root: Root,
  fields: Readonly<Record<string, unknown>>,
  structure: Structure,
  id: string,
  source: Source,
  sidecar?: Sidecar,
): Document {
  const document = new EditionReader(text, structure).read(root, fields, id, source);
  if (!sidecar) return document;
  const stated = Object.fromEntries(sidecar.fields) as Partial<Metadata>;
  const { title, language } = document;
  return {
    ...document,
    ...stated,
    title: stated.title ?? (sidecar.fields.has('title') ? '' : title),
    language: stated.language ?? language,
  };
}

/** Nodes as they grow: children and leaves come in later. */
type Growing<Kind> = Omit<Kind, 'children' | 'leaves'> & {
  readonly children: Growing<Paragraph>[];
  readonly leaves: Leaf[];
};

/** One line of words: a block, or what stands between two hard breaks of a signature. */
interface Line {
  readonly pieces: readonly Piece[];
  readonly pins: readonly Pin[];
  readonly start: number;
  readonly end: number;
}

const roles: readonly string[] = ['numbered', 'preambular', 'operative', 'item', 'wrapUp', 'note', 'plain'];
const isRole = (name: string | undefined): name is Role => name !== undefined && roles.includes(name);
const titleTypes = ['docTitle', 'subtitle', 'docDate', 'docNumber', 'place'] as const;
type TitleType = (typeof titleTypes)[number];
const isTitleType = (name: string | undefined): name is TitleType => titleTypes.some((type) => type === name);

class EditionReader {
  readonly #text: string;
  readonly #structure: Structure;
  readonly #ledger: Ledger;
  readonly #pins = new Pins();
  readonly #pinned: ReadonlySet<string>;
  readonly #used = new Set<string>();
  readonly #diagnostics: Diagnostic[] = [];
  readonly #regions: Record<Exclude<Region, 'attachments'>, Block[]> = {
    preface: [],
    preamble: [],
    mainBody: [],
    conclusions: [],
  };
  readonly #attached = new Map<string, Block[]>();
  readonly #starts = new Map<string, Region>();
  readonly #attachmentAt = new Map<string, string>();
  readonly #nums = new Map<string, string>();
  readonly #notes: Growing<Footnote>[] = [];
  /** By the identifier of a definition: what its calls print. */
  readonly #called = new Map<string, Called>();
  #region: Region = 'preface';
  #attachment = '';
  /** The depth of a bullet that follows. */
  #bullets = 0;
  /** The last paragraph of each depth. */
  #open: Growing<Paragraph | Footnote>[] = [];
  /** The depth of the outermost paragraphs here: 0, and 1 in a note. */
  #least = 0;
  #columns: Growing<Paragraph>[][] | null = null;
  #signatureSpan: { start: number; end: number } | null = null;
  /** Leaves that wait for the next node: the printed label of an attachment. */
  #waiting: Leaf[] = [];

  constructor(text: string, structure: Structure) {
    this.#text = text;
    this.#structure = structure;
    this.#ledger = new Ledger(text);
    const pinned = pinnedIn(text);
    this.#pinned = new Set(pinned);
    for (const eId of this.#pinned) this.#pins.claim(eId);
    this.#findStarts(pinned);
  }

  /** Where regions begin. A region whose first block somebody deleted begins with the next pin of its kind. */
  #findStarts(pinned: readonly string[]): void {
    const prefixes: Readonly<Record<string, (eId: string) => boolean>> = {
      preamble: (eId) => eId.startsWith('preamble__'),
      mainBody: (eId) =>
        !/^(?:preface|preamble|conclusions)__|^(?:docTitle|subtitle|docDate|docNumber|place|signature|att|ftn)_/.test(
          eId,
        ),
      conclusions: (eId) => /^conclusions__|^signature_/.test(eId),
    };
    let from = 0;
    for (const region of ['preface', 'preamble', 'mainBody', 'conclusions'] as const) {
      const first = this.#structure.regions.get(region);
      if (first === undefined) continue;
      const at = pinned.indexOf(first, from);
      const stands =
        at >= 0 ? at : pinned.findIndex((eId, index) => index >= from && prefixes[region]?.(eId) === true);
      const eId = pinned[stands];
      if (eId === undefined) continue;
      this.#starts.set(eId, region);
      from = stands;
    }
    for (const { eId, first } of this.#structure.attachments) {
      this.#attached.set(eId, []);
      this.#attachmentAt.set(eId, eId);
      if (first !== undefined) this.#attachmentAt.set(first, eId);
    }
  }

  read(root: Root, fields: Readonly<Record<string, unknown>>, id: string, source: Source): Document {
    const definitions = definitionsIn(root.children);
    const notes = definitions.map((definition) => this.#announce(definition));
    if (!this.#structure.regions.has('preface')) this.#region = firstRegion(this.#structure);
    for (const block of root.children) this.#block(block, 0);
    this.#closeSignature();
    for (const [index, definition] of definitions.entries()) this.#note(definition, notes[index]);
    const waiting = this.#waiting;
    for (const leaf of waiting) this.#ledger.setAside(leaf.start, leaf.end, 'attachment label');
    this.#ledger.close();
    for (const { offset, name } of firstOfEach(this.#text))
      this.#diagnostics.push(
        diagnose(
          'character-control',
          `There is a ${name} in the text.`,
          this.#ledger.place(offset, offset + 1),
        ),
      );
    return this.#settle(fields, id, source);
  }

  #settle(fields: Readonly<Record<string, unknown>>, id: string, source: Source): Document {
    const told = metadataOf(fields);
    const { preface, preamble, mainBody, conclusions } = this.#regions;
    const titleOf = (type: TitleType): string =>
      preface.flatMap((block) => (block.type === type ? [textOf(block.content)] : [])).join(' ');
    const attachments = this.#structure.attachments.map((entry) => this.#attachmentOf(entry));
    const order = new Map(this.#structure.footnotes.map((eId, index) => [eId, index]));
    const footnotes = this.#notes
      .map((note, index) => ({ note, at: order.get(note.eId) ?? this.#structure.footnotes.length + index }))
      .sort((one, other) => one.at - other.at)
      .map(({ note }) => note);
    const title = told.title ?? titleOf('docTitle');
    const printed = told.datePrinted ?? null;
    const document: Document = {
      id,
      language: told.language ?? this.#language(),
      title,
      subtitle: told.subtitle ?? null,
      date: told.date ?? (printed === null ? null : (findDate(printed)?.iso ?? null)),
      datePrinted: printed,
      documentType: told.documentType ?? null,
      symbol: told.symbol ?? null,
      place: told.place ?? null,
      issuer: told.issuer ?? null,
      preface,
      preamble,
      mainBody,
      conclusions,
      attachments,
      footnotes,
      furniture: this.#ledger.furniture,
      diagnostics: [],
      source,
    };
    return this.#withUncalled({
      ...document,
      documentType: document.documentType ?? (fields['type'] === undefined ? null : documentTypeOf(title)),
    });
  }

  #attachmentOf(entry: Structure['attachments'][number]): Attachment {
    const children = this.#attached.get(entry.eId) ?? [];
    const spans = children.map(({ source }) => source);
    const source: Span = this.#ledger.span(spans[0]?.start ?? 0, spans.at(-1)?.end ?? 0);
    return {
      type: 'attachment',
      eId: entry.eId,
      num: this.#nums.get(entry.eId) ?? entry.num,
      title: entry.title,
      kind: entry.kind,
      ...(entry.language === undefined ? {} : { language: entry.language }),
      children,
      source,
    };
  }

  /** A definition that nothing calls any more is printed as a paragraph, and reported. */
  #withUncalled(document: Document): Document {
    const calls = callsByFootnote(document);
    const printed = new Set(this.#printedNotes);
    const lost = document.footnotes.filter(
      (note) => (calls.get(note.eId) ?? []).length === 0 && !printed.has(note.eId),
    );
    const paragraphs = lost.map((note): Paragraph => {
      this.#diagnostics.push(
        diagnose('note-without-call', `Nothing calls note ${note.marker}.`, { line: note.source.line }),
      );
      return {
        type: 'paragraph',
        eId: this.#pins.claim(`${note.eId}__p`),
        num: note.marker,
        role: 'note',
        content: note.content,
        leaves: note.leaves,
        source: note.source,
        children: note.children.map((child) => ({ ...child, eId: this.#pins.claim(`${child.eId}__p`) })),
      };
    });
    const views = new Map(lost.map((note) => [note.eId, { ...note, leaves: [], children: [] }]));
    return {
      ...document,
      mainBody: [...document.mainBody, ...paragraphs],
      footnotes: document.footnotes.map((note) => views.get(note.eId) ?? note),
      diagnostics: this.#diagnostics.sort((one, other) => (one.line ?? 0) - (other.line ?? 0)),
    };
  }
  readonly #printedNotes: string[] = [];

  #language(): string {
    const { preamble, mainBody } = this.#regions;
    const words = [...preamble, ...mainBody].map((block) =>
      'content' in block ? textOf(block.content) : '',
    );
    return languageOf(words.join(' ').slice(0, 12000)).language;
  }

  // ---------------------------------------------------------------------------------------------- eIds

  /** The eId that a pin gives; a second one of its kind is reported, and counts as none. */
  #pinnedAs(pin: Pin | undefined, at: number): string | null {
    const id = pin?.get('id');
    if (id === undefined) return null;
    const key = id.toLowerCase();
    if (!this.#used.has(key)) {
      this.#used.add(key);
      return id;
    }
    this.#diagnostics.push(
      diagnose('pin-repeated', `The pin “${id}” stands twice.`, this.#ledger.place(at, at + 1)),
    );
    return null;
  }

  /** The next eId of its kind that no pin has. */
  #next(parent: string, kind: string): string {
    const stem = within(parent, kind);
    let count = this.#counts.get(stem) ?? 0;
    do count += 1;
    while (this.#pinned.has(`${stem}_${count}`));
    this.#counts.set(stem, count);
    return this.#pins.claim(`${stem}_${count}`);
  }
  readonly #counts = new Map<string, number>();

  /** What eIds of the present region begin with. */
  get #prefix(): string {
    if (this.#region === 'attachments') return this.#attachment;
    return this.#region === 'mainBody' ? '' : this.#region;
  }

  // ---------------------------------------------------------------------------------------------- words

  #line(nodes: readonly PhrasingContent[], start: number, end: number, inCell = false): Line {
    const pieces = piecesOf(this.#text, nodes, start, end, { inCell });
    return { pieces, pins: pinsOf(pieces), start, end };
  }

  /**
   * Folds a line; `length` units of its words, after the blanks, are the label.
   * @param enters false where its leaves go into another list
   */
  #words(line: Line, length = 0, enters = true): { content: Inline[]; leaves: Leaf[]; num: string | null } {
    const words = flatten(line.pieces);
    const from = blanksBefore(words);
    const parts = length > 0 ? withLabel(line.pieces, from, from + length) : line.pieces;
    const printed = this.#printedMarkers(line.pieces);
    const { content, leaves } = fold(this.#text, parts, (call) => {
      const called = this.#called.get(call.identifier);
      const marker = printed.get(call.start);
      return called && marker !== undefined ? { ...called, marker } : (called ?? null);
    });
    leaves.unshift(...this.#waiting);
    this.#waiting = [];
    if (enters) this.#ledger.enter(leaves);
    this.#reportUndefined(line);
    return { content, leaves, num: length > 0 ? words.slice(from, from + length) : null };
  }

  /** By the place of a call: the marker that an anchor before it states. */
  #printedMarkers(pieces: readonly Piece[]): ReadonlyMap<number, string> {
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

  // ---------------------------------------------------------------------------------------------- regions

  /** Enters the region or attachment that begins with one of some pins. */
  #enter(pins: readonly Pin[]): void {
    for (const pin of pins) {
      const id = pin.get('id') ?? '';
      const region = this.#starts.get(id);
      const attachment = this.#attachmentAt.get(id);
      if (region === undefined && attachment === undefined) continue;
      if (attachment !== undefined && this.#attachment === attachment) continue;
      this.#closeSignature();
      this.#region = region ?? 'attachments';
      if (attachment !== undefined) this.#attachment = attachment;
      this.#bullets = 0;
      this.#open = [];
    }
  }

  #push(block: Block): void {
    if (this.#region === 'attachments') {
      const children = this.#attached.get(this.#attachment);
      if (children) {
        children.push(block);
        return;
      }
    }
    this.#regions[this.#region === 'attachments' ? 'mainBody' : this.#region].push(block);
  }

  #outermost(block: Block): void {
    this.#closeSignature();
    this.#bullets = 0;
    this.#open = [];
    this.#push(block);
  }

  // ---------------------------------------------------------------------------------------------- blocks

  /** @param base the depth of a paragraph here */
  #block(block: RootContent | BlockContent | DefinitionContent, base: number): void {
    const start = startOf(block);
    const end = endOf(block);
    switch (block.type) {
      case 'yaml':
        this.#ledger.setAside(start, end, 'front matter');
        return;
      case 'heading':
        this.#heading(block.depth, this.#line(block.children, start, end));
        return;
      case 'paragraph':
        this.#paragraph(this.#line(block.children, start, end), base);
        return;
      case 'list':
        this.#list(block, base);
        return;
      case 'blockquote':
        for (const child of block.children) this.#block(child, base);
        return;
      case 'table':
        this.#table(block);
        return;
      case 'code':
        this.#code(block.value, start, end, base);
        return;
      case 'html':
        this.#html(start, end, block.value, base);
        return;
      case 'thematicBreak':
        this.#ledger.setAside(start, end, 'rule');
        return;
      case 'definition':
        this.#ledger.setAside(start, end, 'link definition');
        return;
      default:
        return; // Notes are read at the end, by themselves.
    }
  }

  /** CommonMark 4.4 and 4.5: fences are mark-up, what they say of the language too. */
  #code(value: string, start: number, end: number, base: number): void {
    const { pieces, from, to } = codePieces(this.#text, start, end, value);
    this.#paragraph({ pieces, pins: [], start: from, end: to }, base);
  }

  /** CommonMark 4.6. Tags alone are no document. */
  #html(start: number, end: number, value: string, base: number): void {
    const pieces = htmlPieces(this.#text, start, end, value);
    const pins = pinsOf(pieces);
    if (pins.length === 0 && !pieces.some(({ kind }) => kind === 'words'))
      this.#ledger.setAside(start, end, this.#text.startsWith('<!--', start) ? 'comment' : 'tag');
    else this.#paragraph({ pieces, pins, start, end }, base);
  }

  #heading(depth: number, line: Line): void {
    this.#enter(line.pins);
    const pin = line.pins.at(-1);
    const attachment = this.#structure.attachments.find(({ eId }) => eId === pin?.get('id'));
    if (attachment) {
      this.#attachmentLabel(attachment, line);
      return;
    }
    const isAttached = this.#region === 'attachments';
    const usual = isAttached ? 2 : 1;
    const type = pin?.get('class');
    const language = languageAt(pin);
    const source = this.#ledger.span(line.start, line.end);
    if (depth === usual && type !== 'heading') {
      const { content, leaves } = this.#words(line);
      const eId =
        this.#pinnedAs(pin, line.start) ?? this.#next(isAttached ? this.#attachment : '', 'docTitle');
      this.#outermost({ type: 'docTitle', eId, content, ...language, source, leaves });
      return;
    }
    const words = flatten(line.pieces);
    const own = words.slice(blanksBefore(words));
    const length = pin ? labelLength(own, pin.get('data-num'), true) : freeLabelLength(own);
    const { content, leaves, num } = this.#words(line, length);
    const level = Number(pin?.get('data-level') ?? Math.max(1, depth - usual));
    const parent = isAttached ? this.#attachment : '';
    const eId =
      this.#pinnedAs(pin, line.start) ??
      (num === null
        ? this.#next(parent, 'hcontainer')
        : this.#pins.claim(within(parent, eIdOfLabel(num, 'sec'))));
    this.#outermost({
      type: 'heading',
      eId,
      level: Number.isInteger(level) && level > 0 ? level : 1,
      num,
      content,
      ...language,
      source,
      leaves,
    });
  }

  /** `## Annex I`: no node, but the attachment's own label; its characters go with the node that follows. */
  #attachmentLabel(attachment: Structure['attachments'][number], line: Line): void {
    this.#closeSignature();
    this.#used.add(attachment.eId.toLowerCase());
    const { content, leaves } = fold(this.#text, line.pieces, () => null);
    const words = textOf(content);
    const num = attachment.num ?? '';
    if (num !== '' && words !== num && !words.startsWith(`${num} `)) this.#nums.set(attachment.eId, words);
    this.#waiting.push(
      ...leaves.map((leaf) => ({ ...leaf, kind: 'markup' as const, rule: 'attachment label' })),
    );
    this.#bullets = 0;
    this.#open = [];
  }

  #paragraph(line: Line, base: number): void {
    this.#enter(line.pins);
    const pin = line.pins.at(-1);
    const type = pin?.get('class');
    if (
      line.pins.some((one) => one.get('class') === 'signature') ||
      (pin?.has('data-column') && this.#columns)
    ) {
      this.#signature(line);
      return;
    }
    if (isTitleType(type)) {
      const { content, leaves } = this.#words(line);
      const eId = this.#pinnedAs(pin, line.start) ?? this.#next('', type);
      const source = this.#ledger.span(line.start, line.end);
      this.#outermost({ type, eId, content, ...languageAt(pin), source, leaves });
      return;
    }
    if (type === 'table' && !hasWords(line)) {
      this.#emptyTable(line, pin);
      return;
    }
    if (line.pins.length === 0 && !hasWords(line)) {
      this.#ledger.setAside(line.start, line.end, 'picture');
      return;
    }
    const words = flatten(line.pieces);
    const lead = blanksBefore(words);
    const indent = [...words.slice(0, lead)].filter((one) => one === emSpace).length;
    const own = words.slice(lead);
    const length = pin ? labelLength(own, pin.get('data-num'), true) : freeLabelLength(own);
    const told = depthAt(pin) ?? base + Math.floor(indent / 2) + (type === 'wrapUp' ? 1 : 0);
    this.#add(line, pin, length, told, undefined, null);
  }

  /** Adds a paragraph at a depth. @param printed the label that a list's own number is */
  #add(
    line: Line,
    pin: Pin | undefined,
    length: number,
    depth: number,
    glyph: string | undefined,
    printed: Leaf | null,
  ): void {
    this.#closeSignature();
    const { content, leaves, num: own } = this.#words(line, printed ? 0 : length);
    if (printed) {
      leaves.unshift(printed);
      this.#ledger.enter(leaves, [printed]);
    }
    const num = printed ? this.#text.slice(printed.start, printed.end) : own;
    const at = Math.min(Math.max(depth, this.#least), this.#open.length);
    const marker =
      glyph === undefined ? undefined : (pin?.get('data-marker') ?? this.#structure.bullet ?? glyph);
    const stated = pin?.get('class');
    const parent = at === 0 ? undefined : this.#open[at - 1];
    const role = isRole(stated) ? stated : this.#usualRole(num, at, marker !== undefined, pin, content);
    const verb = verbOf(role, pin, textOf(content));
    const eId = this.#pinnedAs(pin, line.start) ?? this.#freeEId(num, role, marker, parent?.eId);
    if (role === 'note' && this.#isStray(eId)) {
      this.#stray(eId, num, content, leaves, line, pin);
      return;
    }
    if (role === 'note') this.#uncalled(line, num, content);
    const node: Growing<Paragraph> = {
      type: 'paragraph',
      eId,
      num,
      role,
      ...(verb === undefined ? {} : { verb }),
      ...(marker === undefined ? {} : { marker }),
      content,
      ...languageAt(pin),
      source: this.#ledger.span(line.start, line.end),
      leaves,
      children: [],
    };
    if (parent) parent.children.push(node);
    else this.#push(node);
    this.#open.length = at;
    this.#open[at] = node;
    this.#bullets = role === 'wrapUp' ? at : at + 1;
  }

  #usualRole(
    num: string | null,
    depth: number,
    isBullet: boolean,
    pin: Pin | undefined,
    content: readonly Inline[],
  ): Role {
    if (depth > 0 || isBullet) return 'item';
    const isPreamble = this.#region === 'preamble';
    if (!pin && isPreamble && recitalVerb(textOf(content)) === null)
      return num === null ? 'plain' : 'numbered';
    if (!pin && !isPreamble && num !== null && this.#regions.preamble.length > 0)
      return operativeVerb(textOf(content)) === null ? 'numbered' : 'operative';
    if (num !== null && !(isPreamble && !pin)) return 'numbered';
    return isPreamble ? 'preambular' : 'plain';
  }

  #freeEId(num: string | null, role: Role, marker: string | undefined, parent: string | undefined): string {
    if (num !== null && num !== '' && role !== 'note') {
      const stem = parent === undefined ? (this.#region === 'attachments' ? this.#attachment : '') : parent;
      return this.#pins.claim(within(stem, eIdOfLabel(num, parent === undefined ? 'para' : 'subpara')));
    }
    const kind = marker !== undefined ? 'item' : role === 'wrapUp' ? 'wrapup' : 'p';
    return this.#next(parent ?? this.#prefix, kind);
  }

  #list(list: List, base: number): void {
    for (const item of list.children) {
      const [first] = item.children;
      const lead = this.#itemLead(item, list.ordered === true);
      const isFirst = first?.type === 'paragraph';
      const line = isFirst
        ? this.#line(first.children, Math.max(lead.end, startOf(first)), endOf(first))
        : this.#line([], lead.end, lead.end);
      this.#enter(line.pins);
      const before = this.#bullets;
      const depth = list.ordered === true ? base : before;
      const pin = line.pins.at(-1);
      const words = flatten(line.pieces);
      const own = words.slice(blanksBefore(words));
      const length = pin ? labelLength(own, pin.get('data-num'), true) : freeLabelLength(own);
      const glyph = list.ordered === true ? undefined : this.#text.slice(lead.start, lead.start + 1);
      this.#waiting.push(...lead.markup);
      this.#add(line, pin, length, depthAt(pin) ?? depth, glyph, lead.label);
      const at = this.#open.length - 1;
      for (const child of item.children.slice(isFirst ? 1 : 0)) this.#block(child, at + 1);
      this.#bullets = before;
    }
    if (list.ordered === true) this.#bullets = base + 1;
  }

  /** What a list item begins with (CommonMark 5.2): a bullet, a number, a box to tick (GFM 5.3). */
  #itemLead(
    item: ListItem,
    isOrdered: boolean,
  ): { start: number; end: number; label: Leaf | null; markup: Leaf[] } {
    const start = startOf(item);
    const stop = Math.min(endOf(item), start + 40);
    const marker = /^(?:\d{1,9}[.)]|[-*+])/.exec(this.#text.slice(start, stop))?.[0] ?? '';
    const markup: Leaf[] = [];
    let end = start + marker.length;
    if (!isOrdered && marker !== '') markup.push({ kind: 'markup', start, end, rule: 'bullet' });
    const label: Leaf | null = isOrdered && marker !== '' ? { kind: 'label', start, end } : null;
    if (item.checked === true || item.checked === false) {
      const box = /^[\s>]*(\[[ \txX\r\n]\])/.exec(this.#text.slice(end, end + 400));
      if (box?.[1] !== undefined) {
        const at = end + box[0].length - box[1].length;
        markup.push({ kind: 'markup', start: at, end: at + box[1].length, rule: 'box' });
        end = at + box[1].length;
      }
    }
    return { start, end, label, markup };
  }

  // ---------------------------------------------------------------------------------------------- tables

  #table(table: MdastTable): void {
    const rows = table.children.map((row) =>
      row.children.map((cell) => {
        // The pipes around a cell lie within its position (GFM 4.10).
        const [first] = cell.children;
        const last = cell.children.at(-1);
        const start = first ? startOf(first) : endOf(cell);
        return this.#line(cell.children, start, last ? endOf(last) : start, true);
      }),
    );
    const lead = [...(rows[0]?.[0]?.pins ?? [])];
    const own = lead.findIndex((pin) => !this.#isAttachment(pin));
    const pin = lead[own];
    this.#enter(lead.slice(0, own + 1));
    const eId = this.#pinnedAs(pin, startOf(table)) ?? this.#next(this.#prefix, 'table');
    const counts = pin?.get('data-cells')?.split(',').map(Number);
    const isFiller = (line: Line, r: number, c: number): boolean =>
      counts !== undefined && c >= (counts[r] ?? Infinity) && !hasWords(line);
    for (const [r, row] of rows.entries())
      for (const [c, line] of row.entries())
        if (isFiller(line, r, c)) this.#waiting.push(...fold(this.#text, line.pieces, () => null).leaves);
    const cells = rows.map((row, r) =>
      row.flatMap((line, c): TableCell[] => {
        if (isFiller(line, r, c)) return [];
        const ownPin = r === 0 && c === 0 ? lead[own + 1] : line.pins.at(-1);
        const { content, leaves } = this.#words(line);
        return [
          {
            type: 'cell',
            eId: this.#pinnedAs(ownPin, line.start) ?? this.#pins.claim(`${eId}__cell_${r + 1}_${c + 1}`),
            content,
            ...languageAt(ownPin),
            source: this.#ledger.span(line.start, line.end),
            leaves,
          },
        ];
      }),
    );
    const source = this.#ledger.span(startOf(table), endOf(table));
    this.#outermost({ type: 'table', eId, rows: cells.map((row) => ({ cells: row })), source });
  }

  #emptyTable(line: Line, pin: Pin | undefined): void {
    const { leaves } = fold(this.#text, line.pieces, () => null);
    for (const { start, end } of leaves) this.#ledger.setAside(start, end, 'pin');
    const rows = Number(pin?.get('data-rows') ?? 0);
    this.#outermost({
      type: 'table',
      eId: this.#pinnedAs(pin, line.start) ?? this.#next(this.#prefix, 'table'),
      rows: Array.from({ length: Number.isInteger(rows) ? Math.min(1000, Math.max(0, rows)) : 0 }, () => ({
        cells: [],
      })),
      source: this.#ledger.span(line.start, line.end),
    });
  }

  #isAttachment(pin: Pin): boolean {
    return this.#structure.attachments.some(({ eId }) => eId === pin.get('id'));
  }

  // ---------------------------------------------------------------------------------------------- signatures

  /** One paragraph is one column; hard breaks part its lines. */
  #signature(line: Line): void {
    const begun = line.pins.find((pin) => pin.get('class') === 'signature');
    if (begun) {
      this.#closeSignature();
      this.#bullets = 0;
      this.#open = [];
      this.#signatureEId = this.#pinnedAs(begun, line.start) ?? this.#next('', 'signature');
      this.#columns = [];
    }
    const column: Growing<Paragraph>[] = [];
    const open: Growing<Paragraph>[] = [];
    for (const one of linesOf(line)) {
      const own = one.pins.filter((pin) => pin !== begun && !this.#isAttachment(pin));
      const pin = own.at(-1);
      const words = flatten(one.pieces);
      const length = labelLength(words.slice(blanksBefore(words)), pin?.get('data-num'), false);
      const { content, leaves, num } = this.#words(one, length);
      const depth = Math.min(depthAt(pin) ?? 0, open.length);
      const stated = pin?.get('class');
      const marker = pin?.get('data-marker');
      const role = isRole(stated) ? stated : 'plain';
      const verb = verbOf(role, pin, textOf(content));
      const node: Growing<Paragraph> = {
        type: 'paragraph',
        eId: this.#pinnedAs(pin, one.start) ?? this.#next(this.#signatureEId, 'p'),
        num,
        role,
        ...(verb === undefined ? {} : { verb }),
        ...(marker === undefined ? {} : { marker }),
        content,
        ...languageAt(pin),
        source: this.#ledger.span(one.start, one.end),
        leaves,
        children: [],
      };
      (depth === 0 ? column : (open[depth - 1]?.children ?? column)).push(node);
      open.length = depth;
      open[depth] = node;
    }
    this.#columns?.push(column);
    this.#signatureSpan = { start: this.#signatureSpan?.start ?? line.start, end: line.end };
  }
  #signatureEId = '';

  #closeSignature(): void {
    const columns = this.#columns;
    if (!columns || !this.#signatureSpan) return;
    const { start, end } = this.#signatureSpan;
    this.#columns = null;
    this.#signatureSpan = null;
    this.#push({
      type: 'signature',
      eId: this.#signatureEId,
      columns,
      source: this.#ledger.span(start, end),
    });
  }

  // ---------------------------------------------------------------------------------------------- notes

  /** Learns a definition's eId and marker, so that its calls can be read. */
  #announce(definition: FootnoteDefinition): NoteHead {
    const [first] = definition.children;
    const line =
      first?.type === 'paragraph'
        ? this.#line(first.children, startOf(first), endOf(first))
        : this.#line([], endOf(definition), endOf(definition));
    const pin = line.pins.at(-1);
    const label = definition.label ?? definition.identifier;
    const words = flatten(line.pieces);
    const own = words.slice(blanksBefore(words));
    const stated = pin?.get('data-marker');
    // A label that is no number is a name; then the note prints its marker first.
    const isName = !/^\d+$/.test(label) && pin !== undefined;
    const wide = own.indexOf(emSpace);
    const length = !isName
      ? 0
      : stated === ''
        ? 0
        : wide >= 0
          ? wide
          : (/^[^ \r\n]*/.exec(own)?.[0].length ?? 0);
    const marker = (isName ? own.slice(0, length) : label).replace(/[[\]()]/g, '');
    const id = this.#pinnedAs(pin, line.start);
    const eId =
      id ??
      this.#pins.claim(/^\d+$/.test(label) ? `ftn_${label}` : /^[A-Za-z0-9_]+$/.test(label) ? label : 'ftn');
    if (!this.#called.has(definition.identifier))
      this.#called.set(definition.identifier, { footnote: eId, marker });
    return { line, pin, length, marker, eId, isName };
  }

  #note(definition: FootnoteDefinition, head: NoteHead | undefined): void {
    if (!head) return;
    const { line, pin, length, marker, eId, isName } = head;
    const start = startOf(definition);
    const opening = /^\[\^(?:[^\]\\]|\\.)*\]:/s.exec(this.#text.slice(start, start + 1100))?.[0] ?? '';
    const label = { start: start + 2, end: start + opening.length - 2 };
    const leaves: Leaf[] = [
      { kind: 'markup', start, end: start + 2, rule: 'note mark' },
      isName ? { kind: 'markup', ...label, rule: 'note label' } : { kind: 'marker', ...label },
      { kind: 'markup', start: label.end, end: label.end + 2, rule: 'note mark' },
    ];
    const { content, leaves: own } = this.#words(line, length, false);
    for (const leaf of own) leaves.push(leaf.kind === 'label' ? { ...leaf, kind: 'marker' } : leaf);
    this.#ledger.enter(leaves);
    const note: Growing<Footnote> = {
      type: 'footnote',
      eId,
      marker,
      content,
      ...languageAt(pin),
      source: this.#ledger.span(start, endOf(definition)),
      leaves,
      children: [],
    };
    this.#notes.push(note);
    this.#open = [note];
    this.#least = 1;
    this.#bullets = 1;
    const isFirst = definition.children[0]?.type === 'paragraph';
    for (const child of definition.children.slice(isFirst ? 1 : 0)) this.#block(child, 0);
    this.#open = [];
    this.#least = 0;
  }

  #isStray(eId: string): boolean {
    return this.#structure.footnotes.includes(eId);
  }

  /** A note that nothing calls and no paragraph of the document prints. */
  #stray(
    eId: string,
    num: string | null,
    content: Inline[],
    leaves: Leaf[],
    line: Line,
    pin: Pin | undefined,
  ): void {
    const note: Growing<Footnote> = {
      type: 'footnote',
      eId,
      marker: num ?? '',
      content,
      ...languageAt(pin),
      source: this.#ledger.span(line.start, line.end),
      leaves,
      children: [],
    };
    this.#notes.push(note);
    this.#printedNotes.push(eId);
    this.#open = [note];
    this.#bullets = 1;
  }

  /** A paragraph that prints a note that nothing calls: the note's own pin stands before the paragraph's. */
  #uncalled(line: Line, num: string | null, content: readonly Inline[]): void {
    const pin = line.pins.at(-2);
    if (!pin || this.#isAttachment(pin)) return;
    const eId = this.#pinnedAs(pin, line.start);
    if (eId === null) return;
    this.#notes.push({
      type: 'footnote',
      eId,
      marker: pin.get('data-marker') ?? num ?? '',
      content,
      ...languageAt(pin),
      source: this.#ledger.span(line.start, line.end),
      leaves: [],
      children: [],
    });
    this.#printedNotes.push(eId);
  }
}

interface NoteHead {
  readonly line: Line;
  readonly pin: Pin | undefined;
  readonly length: number;
  readonly marker: string;
  readonly eId: string;
  readonly isName: boolean;
}

/** The region in which the text begins. */
const firstRegion = ({ regions }: Structure): Region =>
  (['preamble', 'mainBody', 'conclusions'] as const).find((region) => regions.has(region)) ?? 'mainBody';

const languageAt = (pin: Pin | undefined): { language?: string } => {
  const language = pin?.get('lang');
  return language === undefined ? {} : { language };
};

function depthAt(pin: Pin | undefined): number | undefined {
  const told = pin?.get('data-depth');
  return told !== undefined && /^\d{1,3}$/.test(told) ? Number(told) : undefined;
}

const hasWords = (line: Line): boolean =>
  line.pieces.some(
    (piece) =>
      piece.kind === 'call' || (piece.kind === 'words' && hasInk(piece.value, 0, piece.value.length)),
  );

/** What a paragraph's verb is: its first word, unless the pin says another; without a pin by the reader's own list. */
function verbOf(role: Role, pin: Pin | undefined, words: string): string | undefined {
  const told = pin?.get('data-verb');
  if (told === '') return undefined;
  if (told !== undefined && words.includes(told)) return told;
  if (role !== 'preambular' && role !== 'operative') return undefined;
  if (pin && told === undefined) return firstWord(words);
  return (role === 'preambular' ? recitalVerb(words) : operativeVerb(words)) ?? undefined;
}

/** The letters that some words begin with, quotation marks left out. */
const firstWord = (words: string): string | undefined => /^["“«]?(\p{L}+)/u.exec(words)?.[1];

/** A paragraph's lines: hard breaks part them. */
function linesOf(line: Line): Line[] {
  const groups: Piece[][] = [[]];
  for (const piece of line.pieces) {
    if (piece.kind === 'break') {
      groups.at(-1)?.push(piece);
      groups.push([]);
    } else groups.at(-1)?.push(piece);
  }
  return groups.map((pieces) => ({
    pieces,
    pins: pinsOf(pieces),
    start: pieces[0]?.start ?? line.end,
    end: pieces.at(-1)?.end ?? line.end,
  }));
}

/** The first of each kind of character that no reader sees. */
function firstOfEach(text: string): { offset: number; name: string }[] {
  const seen = new Map<string, number>();
  for (const { offset, name } of controlAt(text)) if (!seen.has(name)) seen.set(name, offset);
  return [...seen].map(([name, offset]) => ({ name, offset }));
}
