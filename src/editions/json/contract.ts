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

export interface JsonMark {
  readonly type: Emphasis;
  readonly start: number;
  readonly end: number;
}

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

export interface JsonHeading extends Worded {
  readonly type: 'heading';
  readonly level: number;
  readonly num: string | null;
}

export interface JsonParagraph extends Worded {
  readonly type: 'paragraph';
  readonly num: string | null;
  readonly role: Role;
  readonly verb?: string;
  readonly marker?: string;
  readonly children: readonly JsonParagraph[];
}

export interface JsonCell extends Worded {
  readonly type: 'cell';
}

export interface JsonTable extends Pinned {
  readonly type: 'table';
  readonly rows: readonly { readonly cells: readonly JsonCell[] }[];
}

export interface JsonSignature extends Pinned {
  readonly type: 'signature';
  readonly columns: readonly (readonly JsonParagraph[])[];
}

export type JsonBlock = JsonTitlePart | JsonHeading | JsonParagraph | JsonTable | JsonSignature;

export interface JsonAttachment extends Pinned {
  readonly type: 'attachment';
  readonly num: string | null;
  readonly title: string;
  readonly kind: Attachment['kind'];
  readonly language: string;
  readonly children: readonly JsonBlock[];
}

export interface JsonFootnote extends Worded {
  readonly marker: string;
  readonly children: readonly JsonParagraph[];
  readonly calls: readonly { readonly eId: string; readonly offset: number }[];
}

export interface JsonFurniture {
  readonly reason: string;
  readonly text: string;
  readonly source: JsonPlace;
}

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
