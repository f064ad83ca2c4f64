/**
 * The model: what an official document is, once it has been read and settled.
 *
 * This page is the table of contents of everything an edition can meet. It imports nothing of ours, knows no
 * format and no file, and every value in it is read-only. The words are the field's own, after Akoma Ntoso
 * (OASIS LegalDocML 1.0): regions, numbered paragraphs and their `num`, `eId`s, `authorialNote`s.
 *
 *     Document
 *       preface       the title block           docTitle, subtitle, docDate, docNumber, place, paragraph
 *       preamble      recitals                  paragraph (role preambular), heading
 *       mainBody      the text proper           heading, paragraph, table
 *       conclusions   the closing formula       paragraph, signature
 *       attachments   annexes, further texts    attachment > any block
 *       footnotes     the notes' own texts, called from the words above
 *       furniture     what the page carried and the document does not: kept, never printed
 */

/** A place in the decoded source. `start` and `end` count UTF-16 units after a byte-order mark; lines count from 1. */
export interface Span {
  readonly start: number;
  /** One past the last unit. */
  readonly end: number;
  /** The line that holds `start`. */
  readonly line: number;
  /** The line that holds the last unit. */
  readonly lastLine: number;
}

/**
 * The smallest piece of the source that does one job. Over the whole document the leaves part the source's
 * non-space characters among them: each in exactly one (the account proves it on every run).
 */
export interface Leaf {
  /**
   * What the piece is: part of the `text`; the printed `label` (num); a footnote `call` in the text; a note's own
   * `marker` before its text; or `markup`, which is not printed as such (`rule` says which: bullet, emphasis …).
   */
  readonly kind: 'text' | 'label' | 'call' | 'marker' | 'markup';
  readonly start: number;
  readonly end: number;
  readonly rule?: string;
  /**
   * What is printed in place of the source's own characters, where Markdown writes something else: `&` for the
   * `character reference` `&amp;`, `*` for the `note label` `ftn_3`. Absent everywhere else.
   */
  readonly replaced?: string;
}

// ------------------------------------------------------------------------------------------------ inline content

/** Emphasis that the source itself marks. */
export type Emphasis = 'emphasis' | 'strong';

/** A run of words, white space folded. Never contains a footnote call's mark. */
export interface Text {
  readonly type: 'text';
  readonly value: string;
  /** Absent where the run is plain. */
  readonly emphasis?: readonly Emphasis[];
}

/** The mark of a footnote in the text: stands right after the character that the note is about. */
export interface NoteCall {
  readonly type: 'noteCall';
  /** The `eId` of the footnote; it always exists in `Document.footnotes`. */
  readonly footnote: string;
  /** The mark as printed, without its brackets: `1`, `*`, `a`. */
  readonly marker: string;
}

/** What a text is made of: runs of words, and the marks of footnotes between them. */
export type Inline = Text | NoteCall;

// ------------------------------------------------------------------------------------------------ blocks

/** What every text-bearing node has. */
interface Node {
  /** The pin: the same in every edition; ASCII, unique in the document even where case is ignored. */
  readonly eId: string;
  readonly content: readonly Inline[];
  /** BCP 47; absent where it is the document's own. */
  readonly language?: string;
  readonly source: Span;
  /** The pieces of the source that this node is made of, in source order. */
  readonly leaves: readonly Leaf[];
}

/** One part of the title block. Several nodes of one type may follow each other (a title in two languages). */
export interface DocTitle extends Node {
  readonly type: 'docTitle';
}
/** A line below the title that belongs to it. */
export interface Subtitle extends Node {
  readonly type: 'subtitle';
}
/** The date line as printed; its ISO form is `Document.date`. */
export interface DocDate extends Node {
  readonly type: 'docDate';
}
/** The symbol or number as printed: `A/RES/73/8`, `Press Release (2007)130`. */
export interface DocNumber extends Node {
  readonly type: 'docNumber';
}
/** The place as printed in the title block. */
export interface Place extends Node {
  readonly type: 'place';
}

/** A heading within the text. */
export interface Heading extends Node {
  readonly type: 'heading';
  /** 1 is the highest below the title. */
  readonly level: number;
  /** The printed label (`II.`, `Article 5`), or null. */
  readonly num: string | null;
}

/**
 * What a paragraph does:
 * `numbered` bears a printed label at the top level · `preambular` is a recital · `operative` decides something ·
 * `item` is a sub-paragraph or bullet · `wrapUp` resumes its parent's sentence after the items · `note` is a
 * footnote that nothing calls, printed where it stood · `plain` is everything else.
 */
export type Role = 'numbered' | 'preambular' | 'operative' | 'item' | 'wrapUp' | 'note' | 'plain';

/** A paragraph, sub-paragraph or bullet. */
export interface Paragraph extends Node {
  readonly type: 'paragraph';
  /** The label exactly as printed (`15.`, `(a)`, `Article 5`, `15 bis.`), or null. It is text, never a count. */
  readonly num: string | null;
  readonly role: Role;
  /** The verb of a preambular or operative paragraph, as printed (`Recalling`, `Decides`); absent elsewhere. */
  readonly verb?: string;
  /** The glyph of a bullet (`•`, `-`), which is no label; absent where there is none. */
  readonly marker?: string;
  /** Sub-paragraphs and bullets, in order. */
  readonly children: readonly Paragraph[];
}

/** A cell of a table. */
export interface TableCell extends Node {
  readonly type: 'cell';
}
/** A row of a table: its cells, in order. */
export interface TableRow {
  readonly cells: readonly TableCell[];
}
/** A table; what its first row is, the source does not always say. */
export interface Table {
  readonly type: 'table';
  readonly eId: string;
  readonly rows: readonly TableRow[];
  readonly source: Span;
}

/** A signature block; each column holds the lines of one signatory or party. */
export interface Signature {
  readonly type: 'signature';
  readonly eId: string;
  readonly columns: readonly (readonly Paragraph[])[];
  readonly source: Span;
}

/** What a region is made of. */
export type Block =
  DocTitle | Subtitle | DocDate | DocNumber | Place | Heading | Paragraph | Table | Signature;

/** An annex, or a further instrument or language version in the same file. */
export interface Attachment {
  readonly type: 'attachment';
  readonly eId: string;
  readonly num: string | null;
  readonly title: string;
  readonly kind: 'annex' | 'instrument' | 'languageVersion';
  /** BCP 47; absent where it is the document's own. */
  readonly language?: string;
  /** Its title stands here as a `docTitle` or `heading` node; `title` is a view of it. */
  readonly children: readonly Block[];
  readonly source: Span;
}

// ------------------------------------------------------------------------------------------------ notes and furniture

/** A footnote (`authorialNote`): its text is whole here, whatever calls it. */
export interface Footnote extends Node {
  readonly type: 'footnote';
  /** As printed, without its dot or brackets. */
  readonly marker: string;
  /** Further paragraphs or list items of the note. */
  readonly children: readonly Paragraph[];
}

/** Something that the page carried and the document does not: kept, never printed. */
export interface Furniture {
  /** Why this is not the document: "contact line", "running head", "page number" … */
  readonly reason: string;
  readonly text: string;
  readonly source: Span;
}

// ------------------------------------------------------------------------------------------------ the document

/** How grave a diagnostic is: only an error keeps an edition from being made. */
export type Severity = 'error' | 'warning' | 'note';

/** Something the reader doubted or an edition could not carry. How it is phrased and printed is `report.ts`'s. */
export interface Diagnostic {
  /** A word of the closed list in `report.ts`. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence: what is so. */
  readonly message: string;
  /** One sentence: what to do about it. */
  readonly cure?: string;
  /** Where: counted from 1; absent where it concerns the document as a whole. */
  readonly line?: number;
  readonly column?: number;
  /** How many UTF-16 units of the line are meant. */
  readonly length?: number;
}

/** The file that a document was read from. */
export interface Source {
  /** The name of the file, without folders. */
  readonly file: string;
  /** Of the bytes, in lower-case hexadecimal. */
  readonly sha256: string;
  /** A WHATWG encoding label in lower case. */
  readonly encoding: string;
  readonly bytes: number;
  /** UTF-16 units after decoding, a byte-order mark not counted. */
  readonly characters: number;
}

/** An official document, read and settled. */
export interface Document {
  /** A slug of the file's name: `[a-z0-9-]`, 80 at most. */
  readonly id: string;
  /** BCP 47; `und` where it could not be told. */
  readonly language: string;
  /** The title as one line; empty where the source has none. A view of the `docTitle` nodes. */
  readonly title: string;
  readonly subtitle: string | null;
  /** ISO 8601 calendar date, `YYYY-MM-DD`. */
  readonly date: string | null;
  /** The date as the source prints it: `7 Dec. 2007`. */
  readonly datePrinted: string | null;
  /** `communique`, `declaration`, `resolution`, `agreement`, `treaty`, `statement` …; null where it could not be told. */
  readonly documentType: string | null;
  readonly symbol: string | null;
  readonly place: string | null;
  readonly issuer: string | null;
  readonly preface: readonly Block[];
  readonly preamble: readonly Block[];
  readonly mainBody: readonly Block[];
  readonly conclusions: readonly Block[];
  readonly attachments: readonly Attachment[];
  readonly footnotes: readonly Footnote[];
  readonly furniture: readonly Furniture[];
  /** What the reader doubted, in source order. */
  readonly diagnostics: readonly Diagnostic[];
  readonly source: Source;
}

// ------------------------------------------------------------------------------------------------ views

/** The parts of a document, after Akoma Ntoso, in reading order. */
export const regions = ['preface', 'preamble', 'mainBody', 'conclusions', 'attachments'] as const;
/** The name of a part of a document. */
export type Region = (typeof regions)[number];

/** The words of some content as one string, calls left out. Offsets in the JSON and CSV editions count in it. */
export function textOf(content: readonly Inline[]): string {
  let text = '';
  for (const inline of content) if (inline.type === 'text') text += inline.value;
  return text;
}

/** A call with its place in the text that holds it. */
export interface CallInText {
  readonly footnote: string;
  readonly marker: string;
  /** UTF-16 units of `textOf(content)` before the call. */
  readonly offset: number;
}

/** The calls of some content with their offsets in `textOf(content)`, in order. */
export function callsOf(content: readonly Inline[]): CallInText[] {
  const calls: CallInText[] = [];
  let offset = 0;
  for (const inline of content) {
    if (inline.type === 'text') offset += inline.value.length;
    else calls.push({ footnote: inline.footnote, marker: inline.marker, offset });
  }
  return calls;
}

/** Any node that bears words of its own. */
export type TextNode =
  DocTitle | Subtitle | DocDate | DocNumber | Place | Heading | Paragraph | TableCell | Footnote;

/** A text-bearing node, and where it stands. */
export interface Placed {
  readonly node: TextNode;
  readonly region: Region | 'footnotes';
  /** 0 for a block of the region, 1 for its children … */
  readonly depth: number;
}

/** Every text-bearing node in reading order: the regions, then the footnotes. */
export function* textNodes(document: Document): Generator<Placed> {
  for (const region of ['preface', 'preamble', 'mainBody', 'conclusions'] as const)
    for (const block of document[region]) yield* textNodesOf(block, region, 0);
  for (const attachment of document.attachments)
    for (const block of attachment.children) yield* textNodesOf(block, 'attachments', 0);
  for (const note of document.footnotes) {
    yield { node: note, region: 'footnotes', depth: 0 };
    for (const child of note.children) yield* textNodesOf(child, 'footnotes', 1);
  }
}

function* textNodesOf(block: Block, region: Placed['region'], depth: number): Generator<Placed> {
  switch (block.type) {
    case 'table':
      for (const row of block.rows) for (const cell of row.cells) yield { node: cell, region, depth };
      return;
    case 'signature':
      for (const column of block.columns) for (const line of column) yield* textNodesOf(line, region, depth);
      return;
    case 'paragraph':
      yield { node: block, region, depth };
      for (const child of block.children) yield* textNodesOf(child, region, depth + 1);
      return;
    case 'docTitle':
    case 'subtitle':
    case 'docDate':
    case 'docNumber':
    case 'place':
    case 'heading':
      yield { node: block, region, depth };
      return;
    default:
      return unknownNode(block);
  }
}

/** Where a footnote is called. */
export interface CalledAt {
  /** The node whose text holds the call. */
  readonly eId: string;
  readonly offset: number;
}

/** For each footnote's `eId`, where it is called, in reading order; a note that nothing calls has an empty list. */
export function callsByFootnote(document: Document): ReadonlyMap<string, readonly CalledAt[]> {
  const calls = new Map<string, CalledAt[]>(document.footnotes.map((note) => [note.eId, []]));
  for (const { node } of textNodes(document))
    for (const call of callsOf(node.content))
      calls.get(call.footnote)?.push({ eId: node.eId, offset: call.offset });
  return calls;
}

export interface UncalledNotes {
  /** For a paragraph of role `note`, by its eId: the note that it prints. */
  readonly printedAt: ReadonlyMap<string, Footnote>;
  /** Those that no paragraph prints, in order: an edition that has no place for them prints them after the text. */
  readonly stray: readonly Footnote[];
}

/**
 * Pairs each note that has no call with the first paragraph of role `note` that has its marker and text.
 * @param isCalled whether a note has a place of its own
 */
export function uncalledNotes(document: Document, isCalled: (note: Footnote) => boolean): UncalledNotes {
  const uncalled = document.footnotes.filter((note) => !isCalled(note));
  const key = (marker: string | null, node: Footnote | Paragraph) =>
    `${(marker ?? '').replace(/[^\p{L}\p{N}*†‡§#]/gu, '')} ${textOf(node.content)}`;
  const waiting = new Map<string, Footnote[]>();
  for (const note of uncalled.toReversed()) {
    const alike = waiting.get(key(note.marker, note)) ?? [];
    alike.push(note);
    waiting.set(key(note.marker, note), alike);
  }
  const printedAt = new Map<string, Footnote>();
  for (const { node } of uncalled.length > 0 ? textNodes(document) : []) {
    if (node.type !== 'paragraph' || node.role !== 'note') continue;
    const note = waiting.get(key(node.num, node))?.pop();
    if (note) printedAt.set(node.eId, note);
  }
  const printed = new Set(printedAt.values());
  return { printedAt, stray: uncalled.filter((note) => !printed.has(note)) };
}

/** Whether a heading of an attachment has the attachment's label as its own: it is printed there, and not once more. */
export const labelIsInHeading = ({ num, children }: Attachment): boolean =>
  children.some((block) => block.type === 'heading' && block.num === num);

/** Ends every `switch` over a closed list: a new member that is not handled does not compile. */
export function unknownNode(node: never): never {
  throw new Error(`unknown node: ${JSON.stringify(node)}`);
}
