/**
 * The JSON edition: the whole document as data, for programs. Its shape is a contract (version 1), described field
 * by field in `schemas/document.schema.json`; a reader must ignore types and fields that it does not know.
 *
 * Every offset counts UTF-16 units: `marks` and `footnoteReferences` in the node's own `text`, `source` in the
 * decoded source after a byte-order mark. `text` never contains a footnote call's mark.
 *
 * RFC 8259, UTF-8 without a byte-order mark; an unpaired surrogate is written as an escape (`\ud800`).
 */
import type {
  Attachment,
  Block,
  CalledAt,
  Diagnostic,
  Document,
  Footnote,
  Inline,
  Paragraph,
  Signature,
  Span,
  Table,
  TextNode,
} from '../document.js';
import { callsByFootnote, callsOf, textOf, unknownNode } from '../document.js';
import { bookmarkName, type Edition } from './edition.js';
import type {
  JsonAttachment,
  JsonBlock,
  JsonCell,
  JsonDiagnostic,
  JsonDocument,
  JsonFootnote,
  JsonMark,
  JsonParagraph,
  JsonPlace,
  JsonSignature,
  JsonTable,
} from './json/contract.js';

/** What a reader looks for to know that it has one of these files before it; no address to fetch. */
const schema = 'urn:engross:document:1';
const version = 1;

export const edition: Edition = {
  name: 'json',
  extension: '.json',
  summary: 'the whole document as data: regions, labels, notes with their places, what was left out, doubts',
  render: (document) => Promise.resolve(new TextEncoder().encode(`${print(whole(document), 0)}\n`)),
};

// ------------------------------------------------------------------------------------------------ the document

function whole(document: Document): JsonDocument {
  const calls = callsByFootnote(document);
  return {
    $schema: schema,
    version,
    id: document.id,
    language: document.language,
    title: document.title,
    subtitle: document.subtitle,
    date: document.date,
    datePrinted: document.datePrinted,
    documentType: document.documentType,
    symbol: document.symbol,
    place: document.place,
    issuer: document.issuer,
    preface: document.preface.map(block),
    preamble: document.preamble.map(block),
    mainBody: document.mainBody.map(block),
    conclusions: document.conclusions.map(block),
    attachments: document.attachments.map((one) => attachment(one, document)),
    footnotes: document.footnotes.map((note) => footnote(note, calls.get(note.eId) ?? [])),
    furniture: document.furniture.map((one) => ({
      reason: one.reason,
      text: one.text,
      source: place(one.source),
    })),
    diagnostics: document.diagnostics.map(diagnostic),
    source: {
      file: document.source.file,
      sha256: document.source.sha256,
      encoding: document.source.encoding,
      bytes: document.source.bytes,
      characters: document.source.characters,
    },
  };
}

/** `language` is always said here, so that a reader need not look it up: the attachment's, else the document's. */
function attachment(one: Attachment, document: Document): JsonAttachment {
  return {
    type: 'attachment',
    ...pin(one.eId),
    num: one.num,
    title: one.title,
    kind: one.kind,
    language: one.language ?? document.language,
    children: one.children.map(block),
    source: place(one.source),
  };
}

function footnote(note: Footnote, calls: readonly CalledAt[]): JsonFootnote {
  return {
    ...pin(note.eId),
    marker: note.marker,
    ...words(note),
    children: note.children.map(paragraph),
    calls: calls.map(({ eId, offset }) => ({ eId, offset })),
    source: place(note.source),
  };
}

const diagnostic = (one: Diagnostic): JsonDiagnostic => ({
  code: one.code,
  severity: one.severity,
  message: one.message,
  ...(one.line !== undefined && { line: one.line }),
  ...(one.column !== undefined && { column: one.column }),
});

// ------------------------------------------------------------------------------------------------ blocks

function block(one: Block): JsonBlock {
  switch (one.type) {
    case 'docTitle':
    case 'subtitle':
    case 'docDate':
    case 'docNumber':
    case 'place':
      return { type: one.type, ...pin(one.eId), ...words(one), source: place(one.source) };
    case 'heading':
      return {
        type: 'heading',
        ...pin(one.eId),
        level: one.level,
        num: one.num,
        ...words(one),
        source: place(one.source),
      };
    case 'paragraph':
      return paragraph(one);
    case 'table':
      return table(one);
    case 'signature':
      return signature(one);
    default:
      return unknownNode(one);
  }
}

function paragraph(one: Paragraph): JsonParagraph {
  return {
    type: 'paragraph',
    ...pin(one.eId),
    num: one.num,
    role: one.role,
    ...(one.verb !== undefined && { verb: one.verb }),
    ...(one.marker !== undefined && { marker: one.marker }),
    ...words(one),
    children: one.children.map(paragraph),
    source: place(one.source),
  };
}

function table(one: Table): JsonTable {
  const rows = one.rows.map((row) => ({
    cells: row.cells.map((cell): JsonCell => ({
      type: 'cell',
      ...pin(cell.eId),
      ...words(cell),
      source: place(cell.source),
    })),
  }));
  return { type: 'table', ...pin(one.eId), rows, source: place(one.source) };
}

function signature(one: Signature): JsonSignature {
  const columns = one.columns.map((lines) => lines.map(paragraph));
  return { type: 'signature', ...pin(one.eId), columns, source: place(one.source) };
}

// ------------------------------------------------------------------------------------------------ what nodes share

/** The pin, and the name that the DOCX edition gives it where Word would refuse it whole. */
function pin(eId: string): Pick<JsonParagraph, 'eId' | 'wordBookmark'> {
  const bookmark = bookmarkName(eId);
  return bookmark === eId ? { eId } : { eId, wordBookmark: bookmark };
}

function words(node: TextNode): Pick<JsonParagraph, 'text' | 'marks' | 'footnoteReferences' | 'language'> {
  const marks = marksOf(node.content);
  const calls = callsOf(node.content);
  return {
    text: textOf(node.content),
    ...(marks.length > 0 && { marks }),
    ...(calls.length > 0 && {
      footnoteReferences: calls.map(({ footnote, marker, offset }) => ({ footnote, marker, offset })),
    }),
    ...(node.language !== undefined && { language: node.language }),
  };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Emphasis as spans of the text, in order of their starts; runs that touch are one span. */
function marksOf(content: readonly Inline[]): JsonMark[] {
  const marks: Writable<JsonMark>[] = [];
  let start = 0;
  for (const inline of content) {
    if (inline.type !== 'text') continue;
    const end = start + inline.value.length;
    for (const type of new Set(inline.emphasis)) {
      const open = marks.findLast((mark) => mark.type === type);
      if (open?.end === start) open.end = end;
      else if (end > start) marks.push({ type, start, end });
    }
    start = end;
  }
  return marks;
}

const place = (span: Span): JsonPlace => ({ start: span.start, end: span.end, line: span.line });

// ------------------------------------------------------------------------------------------------ printing

/** An object or list that holds no other and fits into this many characters stands on one line. */
const width = 100;

/** JSON with keys in the order in which they were written, two spaces for each level; absent fields are absent. */
function print(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = isArray(value);
  const parts = isList
    ? value.map((one) => print(one, depth + 1))
    : Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${print(one, depth + 1)}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  const flat = isList ? parts.join(', ') : ` ${parts.join(', ')} `;
  if (depth > 0 && isFlat(value) && flat.length <= width) return open + flat + close;
  const indent = '  '.repeat(depth + 1);
  return `${open}\n${parts.map((part) => indent + part).join(',\n')}\n${indent.slice(2)}${close}`;
}

const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const isFlat = (value: object): boolean =>
  Object.values(value).every((one) => typeof one !== 'object' || one === null);
