/**
 * The codebook of the folder-wide tables: every table and column, its type, its meaning, and what a missing value says.
 * The tables' heads, `datapackage.json` and docs/tables.md all follow it (a test compares the page with it).
 */

/** A type of Frictionless Table Schema. */
export type ColumnType = 'string' | 'integer' | 'date';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly description: string;
  /** What an empty cell says; absent where there is none. */
  readonly empty?: string;
  /** What stands in place of an empty cell. */
  readonly missing?: string;
  /** Constraints of Table Schema beyond `required`. */
  readonly constraints?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

export interface ForeignKey {
  readonly fields: readonly string[];
  readonly reference: { readonly resource: TableName; readonly fields: readonly string[] };
}

export type TableName = 'documents' | 'paragraphs' | 'footnotes';

export interface Table {
  readonly name: TableName;
  readonly title: string;
  readonly description: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  /** Further columns that tell the rows apart. */
  readonly uniqueKeys: readonly (readonly string[])[];
  readonly foreignKeys: readonly ForeignKey[];
}

/** Stands in `num` where no label is printed: a column of `1.`, `2.` and nothing else would be read as numbers. */
export const noLabel = '—';

const count = { minimum: 0 };
const line = { minimum: 1 };
const sha256 = { pattern: '^[0-9a-f]{64}$' };
const docId: Column = {
  name: 'doc_id',
  type: 'string',
  description: 'The document: the name of its folder, and of its files in it.',
  constraints: { pattern: '^[a-z0-9-]{1,80}$' },
};
const firstLine: Column = {
  name: 'first_line',
  type: 'integer',
  description: 'The line of the source on which it begins, counted from 1.',
  constraints: line,
};
const lastLine: Column = {
  name: 'last_line',
  type: 'integer',
  description: 'The line of the source on which it ends.',
  constraints: line,
};
const ofDocument: ForeignKey = {
  fields: ['doc_id'],
  reference: { resource: 'documents', fields: ['doc_id'] },
};

const documents: Table = {
  name: 'documents',
  title: 'Documents',
  description: 'One row for each document.',
  primaryKey: ['doc_id'],
  uniqueKeys: [],
  foreignKeys: [],
  columns: [
    docId,
    {
      name: 'title',
      type: 'string',
      description: 'The title as one line.',
      empty: 'the source has none',
    },
    { name: 'subtitle', type: 'string', description: 'The subtitle as one line.', empty: 'there is none' },
    {
      name: 'date',
      type: 'date',
      description: 'The document’s date, ISO 8601.',
      empty: 'none was found',
    },
    {
      name: 'date_printed',
      type: 'string',
      description: 'The date as the source prints it: `7 Dec. 2007`.',
      empty: 'none was found',
    },
    {
      name: 'language',
      type: 'string',
      description: 'A BCP 47 language tag; `und` where the language could not be told.',
    },
    {
      name: 'document_type',
      type: 'string',
      description: '`communique`, `declaration`, `resolution`, `agreement`, `treaty`, `statement` …',
      empty: 'it could not be told',
    },
    {
      name: 'symbol',
      type: 'string',
      description: 'The symbol or number: `A/RES/73/8`.',
      empty: 'none was found',
    },
    {
      name: 'place',
      type: 'string',
      description: 'Where it was adopted or signed.',
      empty: 'none was found',
    },
    { name: 'issuer', type: 'string', description: 'Who issued it.', empty: 'none was found' },
    {
      name: 'paragraphs',
      type: 'integer',
      description: 'How many rows of `paragraphs` it has.',
      constraints: count,
    },
    {
      name: 'words',
      type: 'integer',
      description: 'How many words these rows have; the words of footnotes are not among them.',
      constraints: count,
    },
    { name: 'footnotes', type: 'integer', description: 'How many footnotes it has.', constraints: count },
    {
      name: 'warnings',
      type: 'integer',
      description: 'How many doubts the reader of the source had: `engross inspect` shows them.',
      constraints: count,
    },
    {
      name: 'source_file',
      type: 'string',
      description: 'The name of the file that it was read from, without folders.',
    },
    {
      name: 'source_encoding',
      type: 'string',
      description: 'The character encoding of that file, a WHATWG label.',
    },
    {
      name: 'source_bytes',
      type: 'integer',
      description: 'The length of that file.',
      constraints: count,
    },
    {
      name: 'source_sha256',
      type: 'string',
      description: 'SHA-256 of that file, in lower-case hexadecimal.',
      constraints: sha256,
    },
  ],
};

const paragraphs: Table = {
  name: 'paragraphs',
  title: 'Paragraphs',
  description:
    'One row for each text in reading order: titles, headings, paragraphs, sub-paragraphs and bullets, rows of tables, lines of signatures. Every word of a document is in one row, but for those of its footnotes.',
  primaryKey: ['doc_id', 'eid'],
  uniqueKeys: [['doc_id', 'position'], ['pin']],
  foreignKeys: [ofDocument],
  columns: [
    docId,
    {
      name: 'eid',
      type: 'string',
      description:
        'The pin: the identifier of the place, the same in every edition (`file.pdf#para_15`). A table row has that of its first cell.',
      constraints: { pattern: '^[A-Za-z0-9_]+$' },
    },
    {
      name: 'num',
      type: 'string',
      description: 'The label exactly as printed: `15.`, `(a)`, `Article 5`, `15 bis.`',
      empty: 'no label is printed',
      missing: noLabel,
    },
    {
      name: 'region',
      type: 'string',
      description: 'The part of the document, after Akoma Ntoso.',
      constraints: { enum: ['preface', 'preamble', 'mainBody', 'conclusions', 'attachments'] },
    },
    {
      name: 'role',
      type: 'string',
      description:
        'What the row is: a part of the title block (`docTitle`, `subtitle`, `docDate`, `docNumber`, `place`), `heading`, `tableRow`, `signature`, `attachment` (nothing but the label of an annex), or a paragraph that is `numbered`, `preambular` (a recital), `operative`, an `item`, a `wrapUp` (resumes its parent’s sentence after the items), a `note` that nothing calls, or `plain`.',
      constraints: {
        enum: [
          'docTitle',
          'subtitle',
          'docDate',
          'docNumber',
          'place',
          'heading',
          'tableRow',
          'signature',
          'attachment',
          'numbered',
          'preambular',
          'operative',
          'item',
          'wrapUp',
          'note',
          'plain',
        ],
      },
    },
    {
      name: 'level',
      type: 'integer',
      description: 'A heading’s level; else 1 for a block of a region, 2 for its sub-paragraphs …',
      constraints: line,
    },
    {
      name: 'heading',
      type: 'string',
      description: 'The headings that the row stands under, with their labels, joined by `›` between spaces.',
      empty: 'it stands under none',
    },
    {
      name: 'text',
      type: 'string',
      description: 'The words, white space folded; the cells of a table row joined by `|` between spaces.',
      empty: 'the row has a label and no words',
    },
    {
      name: 'footnotes',
      type: 'string',
      description: 'The `eid`s of the footnotes that the text calls, each once, joined by `;`.',
      empty: 'it calls none',
    },
    {
      name: 'citation',
      type: 'string',
      description: 'How a scholar would cite it: title, date as printed, symbol, place in the document.',
      empty: 'the document has no title, date or symbol',
    },
    { name: 'words', type: 'integer', description: 'How many words `text` has.', constraints: count },
    firstLine,
    lastLine,
    {
      name: 'position',
      type: 'integer',
      description: 'The place in reading order: 1 for the first row of a document.',
      constraints: line,
    },
    {
      name: 'pin',
      type: 'string',
      description: '`doc_id#eid`: the key of the row in one column, unique in the table.',
    },
  ],
};

const footnotes: Table = {
  name: 'footnotes',
  title: 'Footnotes',
  description: 'One row for each call of a footnote, and one for a footnote that nothing calls.',
  primaryKey: ['doc_id', 'eid', 'call'],
  uniqueKeys: [],
  foreignKeys: [
    ofDocument,
    { fields: ['called_at'], reference: { resource: 'paragraphs', fields: ['pin'] } },
  ],
  columns: [
    docId,
    {
      name: 'eid',
      type: 'string',
      description: 'The pin of the footnote.',
      constraints: { pattern: '^[A-Za-z0-9_]+$' },
    },
    {
      name: 'marker',
      type: 'string',
      description: 'The mark as printed before the note, without its dot or brackets: `1`, `*`, `a`.',
      empty: 'the note is printed without a mark',
    },
    {
      name: 'text',
      type: 'string',
      description: 'The whole note, its further paragraphs appended with their labels.',
      empty: 'the note has no words',
    },
    {
      name: 'called_in',
      type: 'string',
      description: 'The `eid` of the row of `paragraphs`, or of the footnote, whose text holds the call.',
      empty: 'nothing calls the note',
    },
    {
      name: 'offset',
      type: 'integer',
      description: 'How many UTF-16 units of that `text` stand before the call.',
      empty: 'nothing calls the note',
      constraints: count,
    },
    {
      name: 'after_word',
      type: 'string',
      description: 'The word that the call stands after, without the punctuation about it.',
      empty: 'nothing calls the note, or it is called before the first word',
    },
    firstLine,
    lastLine,
    {
      name: 'call',
      type: 'integer',
      description: 'Which call of the note this is, in reading order from 1; 0 where nothing calls it.',
      constraints: count,
    },
    {
      name: 'called_at',
      type: 'string',
      description: 'The `pin` of the row of `paragraphs` that the call stands in.',
      empty: 'nothing calls the note, or only another footnote does',
    },
  ],
};

/** In the order in which they are written. */
export const tables: readonly [Table, Table, Table] = [documents, paragraphs, footnotes];

/** The first line of a table. */
export const headOf = (columns: readonly Column[]): Uint8Array =>
  new TextEncoder().encode(`${columns.map(({ name }) => name).join(',')}\n`);
