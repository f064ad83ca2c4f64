/**
 * The CSV edition: the document as a table, for analysts and spreadsheets.
 *
 * `<id>.csv` has one row for each text-bearing node in reading order: titles, headings, paragraphs, sub-paragraphs
 * and bullets (rows of their own), table rows, lines of signatures. Every node of the document is in one row, so
 * the `text` column holds every word once; the notes' words are in `<id>.footnotes.csv`, one row for each call.
 *
 * | column | what it says |
 * |---|---|
 * | doc_id, eid | together the row's key; `eid` is the pin of every edition |
 * | num | the label as printed, or empty |
 * | region | preface, preamble, mainBody, conclusions, attachments |
 * | role | a paragraph's role; else docTitle, subtitle, docDate, docNumber, place, heading, tableRow, signature; attachment for a row that holds nothing but the label of an annex |
 * | level | a heading's level; else 1 for a block of a region, 2 for its sub-paragraphs … |
 * | heading | the headings that the row stands under, with their labels, joined by ` › ` |
 * | text | the words, white space folded; a table row's cells joined by ` | ` |
 * | footnotes | the eIds of the notes that the text calls, each once, joined by `;` |
 * | citation | how a scholar would cite it: title, date as printed, symbol, place in the document |
 * | words | how many words `text` has, split at White_Space (the bars between cells are none) |
 * | first_line, last_line | of the source, counted from 1 |
 *
 * A table row has no pin of its own: `eid` is its first cell's, and a call in any of its cells is said to stand in
 * that row, at an offset of the row's text. Likewise `text` in the footnotes' table is the whole note, its further
 * paragraphs appended with their labels, and calls that stand in them are calls in the note. So each `called_in` is
 * the `eid` of a row, or of a note, and `offset` counts UTF-16 units of that row's `text`.
 *
 * UTF-8 with a byte-order mark, CRLF, quotes only where they are needed: RFC 4180, and what a double click in
 * Excel opens rightly.
 */
import type { Document, Footnote, Inline, Paragraph } from '../document.js';
import { callsOf, textNodes, textOf } from '../document.js';
import { diagnose } from '../report.js';
import { stringsFor } from '../template.js';
import { isWellFormed, isWhiteSpace, wordsOf } from '../characters.js';
import type { Context, Edition } from './edition.js';
import { citations } from './csv/citations.js';
import { guardCell } from './csv/formulas.js';
import { callsAt, placesOf, textAt, type Place } from './csv/places.js';

export const edition: Edition = {
  name: 'csv',
  extension: '.csv',
  summary: 'one row a paragraph, and one row a footnote call in .footnotes.csv, safe for spreadsheets',
  render,
};

async function render(document: Document, context: Context): Promise<ReadonlyMap<string, Uint8Array>> {
  for (const { node } of textNodes(document))
    if (!isWellFormed(textOf(node.content)))
      context.warn(
        diagnose(
          'edition-approximate',
          `A table can’t hold a character of ${node.eId} (half a surrogate pair): U+FFFD stands in its place.`,
          { line: node.source.line },
        ),
      );
  const { stringify } = await import('csv-stringify/sync');
  const guard = context.template.csv.escapeFormulas ? guardCell : (cell: string) => cell;
  const file = (columns: readonly string[], rows: readonly Row[]) => {
    const records = rows.map((row) => columns.map((column) => guardValue(row[column], guard)));
    const text = stringify([[...columns], ...records], {
      bom: true,
      record_delimiter: 'windows',
      quoted_match: /[\r\n]/,
    });
    return new TextEncoder().encode(text);
  };
  const places = placesOf(document);
  const cite = citations(document, places, stringsFor(context.template, document.language));
  return new Map([
    [
      '.csv',
      file(
        paragraphColumns,
        places.map((place) => paragraphRow(document, place, cite)),
      ),
    ],
    ['.footnotes.csv', file(footnoteColumns, footnoteRows(document, places))],
  ]);
}

type Row = Readonly<Record<string, string | number>>;

const guardValue = (value: string | number | undefined, guard: (cell: string) => string): string =>
  typeof value === 'string' ? guard(value) : String(value ?? '');

// ------------------------------------------------------------------------------------------------ rows

const paragraphColumns = [
  'doc_id',
  'eid',
  'num',
  'region',
  'role',
  'level',
  'heading',
  'text',
  'footnotes',
  'citation',
  'words',
  'first_line',
  'last_line',
] as const;

function paragraphRow(document: Document, place: Place, cite: (place: Place) => string): Row {
  return {
    doc_id: document.id,
    eid: place.eId,
    num: place.num ?? '',
    region: place.region,
    role: place.role,
    level: place.level,
    heading: place.headings.join(' › '),
    text: textAt(place),
    footnotes: [...new Set(callsAt(place).map((call) => call.footnote))].join(';'),
    citation: cite(place),
    words: place.contents.reduce((sum, content) => sum + wordsOf(textOf(content)).length, 0),
    first_line: place.source.line,
    last_line: place.source.lastLine,
  };
}

// ------------------------------------------------------------------------------------------------ footnotes

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
] as const;

interface Call {
  readonly calledIn: string;
  readonly offset: number;
  readonly afterWord: string;
}

function footnoteRows(document: Document, places: readonly Place[]): Row[] {
  const whole = new Map(document.footnotes.map((note) => [note.eId, wholeNote(note)]));
  const calls = new Map<string, Call[]>();
  const add = (eId: string, text: string, found: readonly { footnote: string; offset: number }[]) => {
    for (const { footnote, offset } of found) {
      const list = calls.get(footnote) ?? [];
      calls.set(footnote, list);
      list.push({ calledIn: eId, offset, afterWord: wordBefore(text, offset) });
    }
  };
  for (const place of places) add(place.eId, textAt(place), callsAt(place));
  for (const [eId, note] of whole) add(eId, note.text, note.calls);
  return document.footnotes.flatMap((note): Row[] => {
    const row = {
      doc_id: document.id,
      eid: note.eId,
      marker: note.marker,
      text: whole.get(note.eId)?.text ?? '',
      called_in: '',
      offset: '',
      after_word: '',
      first_line: note.source.line,
      last_line: lastLineOfNote(note),
    };
    const found = calls.get(note.eId) ?? [];
    if (found.length === 0) return [row];
    return found.map(({ calledIn, offset, afterWord }) => ({
      ...row,
      called_in: calledIn,
      offset,
      after_word: afterWord,
    }));
  });
}

/** A note's text with its further paragraphs appended, labels and all, and the calls that stand in it. */
function wholeNote(note: Footnote): { text: string; calls: { footnote: string; offset: number }[] } {
  let text = '';
  const calls: { footnote: string; offset: number }[] = [];
  const append = (num: string | null, content: readonly Inline[], children: readonly Paragraph[]) => {
    for (const part of [num ?? '', textOf(content)]) if (part !== '') text += text === '' ? part : ` ${part}`;
    const before = text.length - textOf(content).length;
    for (const call of callsOf(content))
      calls.push({ footnote: call.footnote, offset: before + call.offset });
    for (const child of children) append(child.num, child.content, child.children);
  };
  append(null, note.content, note.children);
  return { text, calls };
}

const lastLineOfNote = (note: Footnote | Paragraph): number =>
  note.children.reduce((last, child) => Math.max(last, lastLineOfNote(child)), note.source.lastLine);

/** The word that a call stands after, without the punctuation about it; with it where there is nothing else. */
function wordBefore(text: string, offset: number): string {
  let end = offset;
  while (end > 0 && isWhiteSpace(text.charCodeAt(end - 1))) end--;
  let from = end;
  while (from > 0 && !isWhiteSpace(text.charCodeAt(from - 1))) from--;
  const word = text.slice(from, end);
  const bare = word.replace(/^\p{P}+/u, '').replace(/(?<!\p{P})\p{P}+$/u, '');
  return bare === '' ? word : bare;
}
