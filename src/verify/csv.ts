/** Reads the CSV edition back with csv-parse: both tables, and the guard before formulas taken off. */
import { parse } from 'csv-parse/sync';
import type { Call, Flat, FlatNote, Standing, Unit, UnitKind } from './flat.js';
import { derivedDifferences, type Derived, type Row } from './csv/derived.js';
import { inkOf, Unreadable, wordsIn } from './flat.js';

const paragraphColumns = [
  'doc_id',
  'eid',
  'num',
  'region',
  'role',
  'level',
  'text',
  'heading',
  'footnotes',
  'citation',
  'words',
  'first_line',
  'last_line',
];
const footnoteColumns = [
  'doc_id',
  'eid',
  'marker',
  'text',
  'called_in',
  'offset',
  'after_word',
  'first_line',
  'last_line',
];

/** What the tables say, and how their derived columns differ from what a document makes of them. */
export interface ReadCsv {
  readonly flat: Flat;
  readonly derivedFrom: (document: Flat) => Iterable<Derived>;
}

/**
 * @param rows the bytes of `<id>.csv`
 * @param notes the bytes of `<id>.footnotes.csv`
 * @param guarded whether cells bear a `'` before what a spreadsheet would run (`--csv-raw` writes none)
 * @throws Unreadable
 */
export function readCsv(rows: Uint8Array, notes: Uint8Array, guarded: boolean): ReadCsv {
  const paragraphs = tableOf(rows, paragraphColumns, 'the table of paragraphs', guarded);
  const footnotes = tableOf(notes, footnoteColumns, 'the table of footnotes', guarded);
  const texts = new Map<string, string>();
  for (const row of [...paragraphs, ...footnotes]) texts.set(row.get('eid') ?? '', row.get('text') ?? '');
  const calls = callsByPlace(footnotes, texts);
  const body = paragraphs.map((row, index): Unit => {
    const unit = unitOf(row, kindOf(row.get('role') ?? ''), row.get('num') ?? '', calls, `row ${index + 2}`);
    return {
      ...unit,
      standing: standingOf(row),
      called: (row.get('footnotes') ?? '').split(';').filter((eId) => eId !== ''),
    };
  });
  return {
    flat: { body, notes: notesOf(footnotes, calls) },
    derivedFrom: (document) => derivedDifferences(document, paragraphs, footnotes),
  };
}

function tableOf(bytes: Uint8Array, columns: readonly string[], what: string, guarded: boolean): Row[] {
  let records: string[][];
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    records = parse(text, { bom: true, record_delimiter: '\r\n', relax_column_count: false });
  } catch (error) {
    throw new Unreadable(`${what} is no CSV (${error instanceof Error ? error.message : String(error)})`);
  }
  const [head = [], ...rows] = records;
  for (const column of columns)
    if (!head.includes(column)) throw new Unreadable(`${what} has no column “${column}”`);
  return rows.map((row) => new Map(head.map((name, index) => [name, unguarded(row[index] ?? '', guarded)])));
}

/**
 * One `'` goes where after it, and after any further `'`s, a spreadsheet would see a formula: after white space, control
 * and format characters one of `= + - @` or their full-width or small forms; or a TAB, CR or LF at once.
 */
const bearsGuard =
  /^'+(?:[\p{White_Space}\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|[\t\r\n])/u;

/** The cell before it was guarded, if it was. */
export const unguarded = (cell: string, guarded = true): string =>
  guarded && bearsGuard.test(cell) ? cell.slice(1) : cell;

/** Nothing is said of the roles of cells and of the lines of signatures. */
const silent: ReadonlySet<string> = new Set(['tableRow', 'signature']);

function standingOf(row: Row): Standing {
  const [region = '', role = ''] = [row.get('region'), row.get('role')];
  const level = Number(row.get('level'));
  return {
    region,
    isAttached: region === 'attachments',
    ...(!silent.has(role) && { roles: [role] }),
    ...(role === 'heading' ? { level } : { depth: level - 1 }),
  };
}

function kindOf(role: string): UnitKind {
  if (role === 'signature') return 'signature';
  if (role === 'docTitle') return 'title';
  if (role === 'heading') return 'heading';
  if (role === 'tableRow') return 'row';
  return role === 'attachment' ? 'label' : 'paragraph';
}

type CallsByPlace = ReadonlyMap<string, readonly (Call & { readonly offset: number })[]>;

function callsByPlace(footnotes: readonly Row[], texts: ReadonlyMap<string, string>): CallsByPlace {
  const calls = new Map<string, (Call & { readonly offset: number })[]>();
  for (const row of footnotes) {
    const place = row.get('called_in') ?? '';
    if (place === '') continue;
    const offset = Number(row.get('offset'));
    const text = texts.get(place);
    if (text === undefined || row.get('offset') === '' || !(offset >= 0 && offset <= text.length))
      throw new Unreadable(`${row.get('eid') ?? ''} is called at a place that is not there`);
    const list = calls.get(place) ?? [];
    calls.set(place, list);
    list.push({ marker: null, note: row.get('eid') ?? '', offset, at: inkOf(text.slice(0, offset)) });
  }
  return new Map(
    [...calls].map(([place, list]) => [place, list.sort((one, other) => one.offset - other.offset)]),
  );
}

function unitOf(row: Row, kind: UnitKind, label: string, calls: CallsByPlace, place: string): Unit {
  const eId = row.get('eid') ?? '';
  const words = wordsIn(row.get('text') ?? '');
  const called = (calls.get(eId) ?? []).map(({ marker, note, at }) => ({ marker, note, at }));
  const lines = { first: Number(row.get('first_line')), last: Number(row.get('last_line')) };
  // The row of an annex's label holds nothing else.
  if (kind === 'label')
    return { kind, pins: [eId], label: '', words: wordsIn(label), calls: called, lines, place };
  return { kind, pins: [eId], label, words, calls: called, lines, place };
}

const said = ({ label, words, lines }: Unit): string => JSON.stringify([label, words, lines]);

/** A note has one row for each of its calls, alike in all but these. */
function notesOf(rows: readonly Row[], calls: CallsByPlace): FlatNote[] {
  const notes = new Map<string, FlatNote>();
  for (const [index, row] of rows.entries()) {
    const key = row.get('eid') ?? '';
    const unit = unitOf(row, 'note', row.get('marker') ?? '', calls, `row ${index + 2} of the footnotes`);
    const known = notes.get(key)?.units[0];
    if (!known) notes.set(key, { key, pins: [key], units: [unit] });
    else if (said(known) !== said(unit)) throw new Unreadable(`the rows of ${key} don’t say the same`);
  }
  return [...notes.values()];
}
