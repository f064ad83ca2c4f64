/**
 * The contract of an edition: one output format of a document.
 *
 * An edition is a pure function from a document to bytes. It knows no path, no clock and no disk; what it needs
 * from outside comes in its context. Heavy libraries are imported inside its own module, and that module is loaded
 * only when the edition is asked for.
 */
import { createHash } from 'node:crypto';
import type { Diagnostic, Document } from '../document.js';
import type { Template } from '../template.js';

/** What an edition needs from outside. */
export interface Context {
  readonly template: Template;
  /** The version of Engross, for the producer fields of the files. */
  readonly version: string;
  /** `YYYY-MM-DD` of SOURCE_DATE_EPOCH, or null: the date that a file bears where the document has none. */
  readonly buildDate: string | null;
  /** The bytes of a font file that the template names. Throws a Refusal when it is not there. */
  readonly font: (file: string) => Promise<Uint8Array>;
  /** The bytes of another file that the template names (a house template). Throws a Refusal when it is not there. */
  readonly asset: (file: string) => Promise<Uint8Array>;
  /** The bytes of another edition of the same document, for one that carries it inside. */
  readonly other?: (name: string) => Promise<Uint8Array>;
  /** Takes a diagnostic about something that this edition can't carry. */
  readonly warn: (diagnostic: Diagnostic) => void;
}

/** Several files of one edition, by what follows the document's id in their names (`.csv`, `.footnotes.csv`). */
export type Files = ReadonlyMap<string, Uint8Array>;

/** One output format of a document. */
export interface Edition {
  /** What `--editions` calls it. */
  readonly name: string;
  /** What follows the document's id in the file's name, with its dot. */
  readonly extension: string;
  /** One line for `engross editions`. */
  readonly summary: string;
  /**
   * The edition's bytes: the same document, template and version give the same bytes.
   * @throws Refusal when the document can't be carried (a missing glyph)
   */
  readonly render: (document: Document, context: Context) => Promise<Uint8Array | Files>;
}

/** The date that a file's own metadata bears (`YYYY-MM-DD`): the document's, else the build's, else 1980-01-01. */
export function fileDate(document: Document, context: Context): string {
  return document.date ?? context.buildDate ?? '1980-01-01';
}

/** Word refuses a bookmark with a longer name. */
const longestBookmark = 40;

/**
 * The bookmark's name of an eId: the eId itself, or, where that is longer than Word's 40 characters, its first 31,
 * `_`, and the first 8 hexadecimal digits of its SHA-256.
 */
export function bookmarkName(eId: string): string {
  if (eId.length <= longestBookmark) return eId;
  return `${eId.slice(0, 31)}_${createHash('sha256').update(eId, 'utf8').digest('hex').slice(0, 8)}`;
}
