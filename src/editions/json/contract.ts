/**
 * The JSON edition as a program that reads it sees it: the types of `schemas/document.schema.json`, version 1, which says
 * of every field what it means. (A test compares the two, field by field.) Readers must ignore types and fields that they
 * do not know.
 */
import type { Attachment, Diagnostic, Emphasis, Role, Source } from '../../document.js';

/** A place in the decoded source: UTF-16 units after a byte-order mark, and the line of the first, from 1. */
export interface JsonPlace {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** A span of emphasised text, in UTF-16 units of `text`. */
export interface JsonMark {
  readonly type: Emphasis;
  readonly start: number;
  readonly end: number;
}

/** A footnote call: it stands after `offset` UTF-16 units of `text`. */
export interface JsonFootnoteReference {
  /** The `eId` of the footnote in `footnotes`. */
  readonly footnote: string;
  readonly marker: string;
  readonly offset: number;
}

/** What every node has that can be cited. */
interface Pinned {
  readonly eId: string;
  /** Where Word would refuse the `eId` as the name of a bookmark. */
  readonly wordBookmark?: string;
  readonly source: JsonPlace;
}

/** What every text-bearing node has. */
interface Worded extends Pinned {
  readonly text: string;
  readonly marks?: readonly JsonMark[];
  readonly footnoteReferences?: readonly JsonFootnoteReference[];
  readonly language?: string;
}

/** A part of the title block. */
export interface JsonTitlePart extends Worded {
  readonly type: 'docTitle' | 'subtitle' | 'docDate' | 'docNumber' | 'place';
}

/** A heading; level 1 is the highest below the title. */
export interface JsonHeading extends Worded {
  readonly type: 'heading';
  readonly level: number;
  readonly num: string | null;
}

/** A paragraph, sub-paragraph or bullet. */
export interface JsonParagraph extends Worded {
  readonly type: 'paragraph';
  readonly num: string | null;
  readonly role: Role;
  readonly verb?: string;
  readonly marker?: string;
  readonly children: readonly JsonParagraph[];
}

/** A cell of a table. */
export interface JsonCell extends Worded {
  readonly type: 'cell';
}

/** A table. */
export interface JsonTable extends Pinned {
  readonly type: 'table';
  readonly rows: readonly { readonly cells: readonly JsonCell[] }[];
}

/** A signature block; each column holds the lines of one party. */
export interface JsonSignature extends Pinned {
  readonly type: 'signature';
  readonly columns: readonly (readonly JsonParagraph[])[];
}

/** A block of a region. */
export type JsonBlock = JsonTitlePart | JsonHeading | JsonParagraph | JsonTable | JsonSignature;

/** An annex, or a further instrument or language version in the same file. */
export interface JsonAttachment extends Pinned {
  readonly type: 'attachment';
  readonly num: string | null;
  readonly title: string;
  readonly kind: Attachment['kind'];
  readonly language: string;
  readonly children: readonly JsonBlock[];
}

/** A footnote, and where it is called; nowhere, where `calls` is empty. */
export interface JsonFootnote extends Worded {
  readonly marker: string;
  readonly children: readonly JsonParagraph[];
  readonly calls: readonly { readonly eId: string; readonly offset: number }[];
}

/** What the page carried and the document does not. */
export interface JsonFurniture {
  readonly reason: string;
  readonly text: string;
  readonly source: JsonPlace;
}

/** Something that the reader of the source doubted. */
export type JsonDiagnostic = Pick<Diagnostic, 'code' | 'severity' | 'message' | 'line' | 'column'>;

/** The whole file. */
export interface JsonDocument {
  readonly $schema: 'urn:engross:document:1';
  readonly version: 1;
  readonly id: string;
  readonly language: string;
  readonly title: string;
  readonly subtitle: string | null;
  readonly date: string | null;
  readonly datePrinted: string | null;
  readonly documentType: string | null;
  readonly symbol: string | null;
  readonly place: string | null;
  readonly issuer: string | null;
  readonly preface: readonly JsonBlock[];
  readonly preamble: readonly JsonBlock[];
  readonly mainBody: readonly JsonBlock[];
  readonly conclusions: readonly JsonBlock[];
  readonly attachments: readonly JsonAttachment[];
  readonly footnotes: readonly JsonFootnote[];
  readonly furniture: readonly JsonFurniture[];
  readonly diagnostics: readonly JsonDiagnostic[];
  readonly source: Source;
}
