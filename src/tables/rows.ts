/**
 * The rows of one document in the folder-wide tables, from its published CSV edition and its manifest: the edition's
 * cells with the guard before formulas taken off, and the columns that a table of many documents needs.
 *
 * For programs: UTF-8 without a byte-order mark, for Python's csv and Unix tools would take it for a part of the first
 * name; LF, for the same tools; quotes only where they are needed (RFC 4180 in all but its line ends).
 */
import { bareCell } from '../editions/csv/formulas.js';
import type { Found, Manifest } from '../manifest.js';
import { recordsIn } from './records.js';
import { noLabel, tables, type TableName } from './columns.js';

/** The lines of one document in each table, in UTF-8. */
export type Slices = Readonly<Record<TableName, Uint8Array>>;

type Row = Readonly<Record<string, string>>;

/** A document as its manifest knows it. */
export interface Known extends Pick<Manifest, 'id' | 'source'> {
  readonly found: Pick<Found, 'date' | 'document' | 'formulasEscaped'>;
}

/**
 * @param paragraphs the bytes of `<id>.csv`
 * @param footnotes the bytes of `<id>.footnotes.csv`
 */
export async function slicesOf(
  document: Known,
  paragraphs: Uint8Array,
  footnotes: Uint8Array,
): Promise<Slices> {
  const { stringify } = await import('csv-stringify/sync');
  const rowsIn = (bytes: Uint8Array): Row[] => {
    const [names = [], ...records] = recordsIn(new TextDecoder().decode(bytes));
    const bare = document.found.formulasEscaped ? bareCell : (cell: string) => cell;
    return records.map((record) =>
      Object.fromEntries(names.map((name, index) => [name, bare(record[index] ?? '')])),
    );
  };
  const inParagraphs = withPlaces(rowsIn(paragraphs));
  const inFootnotes = withCalls(rowsIn(footnotes), new Set(inParagraphs.map((row) => row['eid'] ?? '')));
  const rows: Readonly<Record<TableName, readonly Row[]>> = {
    documents: [documentRow(document, inParagraphs, inFootnotes)],
    paragraphs: inParagraphs,
    footnotes: inFootnotes,
  };
  const linesOf = (table: (typeof tables)[number]): Uint8Array => {
    const records = rows[table.name].map((row) => table.columns.map(({ name }) => row[name] ?? ''));
    return new TextEncoder().encode(stringify(records, { quoted_match: /[\r\n]/ }));
  };
  const [one, two, three] = tables;
  return { documents: linesOf(one), paragraphs: linesOf(two), footnotes: linesOf(three) };
}

const withPlaces = (rows: readonly Row[]): Row[] =>
  rows.map((row, index) => ({
    ...row,
    num: row['num'] === '' ? noLabel : (row['num'] ?? ''),
    position: String(index + 1),
    pin: `${row['doc_id'] ?? ''}#${row['eid'] ?? ''}`,
  }));

function withCalls(rows: readonly Row[], places: ReadonlySet<string>): Row[] {
  const calls = new Map<string, number>();
  return rows.map((row) => {
    const { doc_id: id = '', eid = '', called_in: place = '' } = row;
    const call = place === '' ? 0 : (calls.get(eid) ?? 0) + 1;
    calls.set(eid, call);
    return { ...row, call: String(call), called_at: places.has(place) ? `${id}#${place}` : '' };
  });
}

function documentRow(
  { id, source, found: { date, document } }: Known,
  paragraphs: readonly Row[],
  footnotes: readonly Row[],
): Row {
  return {
    doc_id: id,
    title: document.title,
    subtitle: document.subtitle ?? '',
    date: date ?? '',
    date_printed: document.datePrinted ?? '',
    language: document.language,
    document_type: document.documentType ?? '',
    symbol: document.symbol ?? '',
    place: document.place ?? '',
    issuer: document.issuer ?? '',
    paragraphs: String(paragraphs.length),
    words: String(paragraphs.reduce((sum, row) => sum + Number(row['words']), 0)),
    footnotes: String(new Set(footnotes.map((row) => row['eid'])).size),
    warnings: String(document.warnings),
    source_file: source.file,
    source_encoding: source.encoding,
    source_bytes: String(source.bytes),
    source_sha256: source.sha256,
  };
}
