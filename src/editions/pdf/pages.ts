/**
 * The paginator: rows to pages, with the notes of each row at the foot of its page.
 *
 * A row is what can't be divided: a line of text, or a slice of a table or of signature columns. Each page takes the
 * end that costs least among the last rows that would fit: an empty line at the foot, a note that must be split, and
 * a hyphen at the page's end each have their price. Lengths in points; heights count down from the top of the text area.
 */
import type { Image } from './images.js';
import type { Line } from './lines.js';
import type { TextStyle } from './items.js';
import type { Element } from './tags.js';

/** A line in its row. */
export interface PlacedLine {
  /** From the left edge of the text area, or where it is mirrored from the right one. */
  readonly x: number;
  readonly mirrored: boolean;
  /** Of the baseline, below the row's top. */
  readonly baseline: number;
  readonly line: Line;
  readonly style: TextStyle;
  /** Null for what is no part of the text: the head of a table, printed again. */
  readonly owner: Element | null;
  /** The footnote to whose first call this label leads back. */
  readonly backTo?: string;
  /** What the number of whose page stands at the line's end, after a row of dots. */
  readonly leadsTo?: string;
}

export interface Rule {
  /** From the left edge of the text area, or where it is mirrored from the right one. */
  readonly x: number;
  readonly mirrored: boolean;
  readonly width: number;
  /** Below the row's top; negative above it. */
  readonly y: number;
  readonly weight: number;
}

/** An image in its row, from the row's top. */
export interface PlacedImage {
  readonly image: Image;
  /** From the left edge of the text area, or where it is mirrored from the right one. */
  readonly x: number;
  readonly mirrored: boolean;
  readonly width: number;
  readonly height: number;
  /** Null where it only adorns. */
  readonly owner: Element | null;
}

/** A place that can be pointed at: a named destination, and where it has a title a bookmark. */
export interface Anchor {
  readonly name: string;
  readonly bookmark?: { readonly title: string; readonly level: number };
}

export interface NoteRows {
  readonly footnote: string;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly height: number;
  /** Space above the row; left out at a page's top. */
  readonly before: number;
  readonly lines: readonly PlacedLine[];
  readonly rules?: readonly Rule[];
  readonly images?: readonly PlacedImage[];
  readonly anchors?: readonly Anchor[];
  /** The notes that are first called in this row. */
  readonly notes?: readonly NoteRows[];
  readonly relay?: Relay;
  /** What is printed again above the row where it begins a page: the head of its table. */
  readonly again?: readonly Row[];
  /** Whether a page may end above this row; `page`: it must. */
  readonly break: 'free' | 'avoid' | 'never' | 'page';
}

/** How the lines of a paragraph may be broken again, so that a page need not end in a hyphen. */
export interface Relay {
  /** The same for all rows of the paragraph. */
  readonly paragraph: Relaying;
  /** The row's own, counted from 0. */
  readonly index: number;
}

export interface Relaying {
  /**
   * As many lines, that of a row without a hyphen at its end; null where that can't be. Only those from `first` to
   * `last` may change: what stands before is on a page already, what stands after has not been asked for yet.
   */
  readonly lines: (index: number, first: number, last: number) => readonly Line[] | null;
}

export interface PlacedRow {
  readonly row: Row;
  /** Of the row's top, below the top of the text area. */
  readonly y: number;
}

export interface Page {
  readonly body: readonly PlacedRow[];
  readonly notes: readonly PlacedRow[];
  /** Where the rule above the notes stands; null without notes. */
  readonly notesRule: number | null;
}

export interface PageGeometry {
  /** Of the text area. */
  readonly height: number;
  /** Between the text and the rule above the notes, and between the rule and the notes. */
  readonly aboveRule: number;
  readonly belowRule: number;
}

/** What an end of page costs, in empty lines. A hyphen that another break of the paragraph may cure costs next to nothing. */
const prices = { split: 4, hyphen: 4, curableHyphen: 0.2, avoid: 5 };
/** A note that must be split has at least this many lines on its first page. */
const firstPart = 2;

/** Divides rows into pages; takes rows only as they are needed. */
export function* paginate(rows: Iterable<Row>, geometry: PageGeometry): Generator<Page> {
  const source = rows[Symbol.iterator]();
  let waiting: Row[] = [];
  let ended = false;
  let carried: readonly Row[] = [];
  const fill = () => {
    let height = waiting.reduce((sum, row) => sum + row.before + row.height, 0);
    while (!ended && height <= geometry.height * 1.2) {
      const next = source.next();
      if (next.done === true) ended = true;
      else {
        waiting.push(next.value);
        height += next.value.before + next.value.height;
      }
    }
  };
  for (;;) {
    fill();
    if (waiting.length === 0 && carried.length === 0) return;
    waiting = withHeadAgain(waiting);
    const { rows: set, count, page, rest } = onePage(waiting, carried, geometry, ended);
    waiting = set.slice(count);
    carried = rest;
    yield page;
  }
}

/** A page that begins within a table begins with the table's head. */
function withHeadAgain(waiting: readonly Row[]): Row[] {
  const [first, ...rest] = waiting;
  if (!first?.again || first.again.length === 0) return [...waiting];
  const { again, ...row } = first;
  return [...again, { ...row, break: 'never' }, ...rest];
}

const heightOf = (rows: readonly Row[]): number =>
  rows.reduce((sum, row, index) => sum + row.height + (index > 0 ? row.before : 0), 0);

function onePage(
  waiting: readonly Row[],
  carried: readonly Row[],
  geometry: PageGeometry,
  ended: boolean,
): {
  readonly rows: readonly Row[];
  readonly count: number;
  readonly page: Page;
  readonly rest: readonly Row[];
} {
  const { rows, count: best } = withoutHyphenAtEnd(waiting, carried, geometry, ended);
  let count = best;
  // Progress, whatever comes: a row that fits on no page stands alone on one.
  if (count === 0 && carried.length === 0) count = 1;
  const notesHeight = heightOf([...carried, ...rows.slice(0, count).flatMap(noteRowsOf)]);
  const head = notesHeight > 0 ? notesHeight + geometry.aboveRule + geometry.belowRule : 0;
  const leading = flushed(rows, count, geometry.height - head, ended);
  const body: PlacedRow[] = [];
  let y = 0;
  for (const [index, row] of rows.slice(0, count).entries()) {
    if (index > 0 && row.before > 0) y += row.before + leading;
    body.push({ row, y });
    y += row.height;
  }
  const all = [...carried, ...rows.slice(0, count).flatMap(noteRowsOf)];
  const { taken, rest } = takeNotes(
    all,
    geometry.height - y - geometry.aboveRule - geometry.belowRule,
    count === 0,
  );
  if (taken.length === 0) return { rows, count, page: { body, notes: [], notesRule: null }, rest };
  let at = Math.max(geometry.height - heightOf(taken), y + geometry.aboveRule + geometry.belowRule);
  const notesRule = at - geometry.belowRule;
  const notes: PlacedRow[] = [];
  for (const [index, row] of taken.entries()) {
    if (index > 0) at += row.before;
    notes.push({ row, y: at });
    at += row.height;
  }
  return { rows, count, page: { body, notes, notesRule }, rest };
}

/** The page's end, and the rows with the paragraph that it divides broken again where it would end in a hyphen. */
function withoutHyphenAtEnd(
  rows: readonly Row[],
  carried: readonly Row[],
  geometry: PageGeometry,
  ended: boolean,
): { readonly rows: readonly Row[]; readonly count: number } {
  const incurable = new Set<Row>();
  for (;;) {
    const count = bestEnd(rows, carried, geometry, ended, incurable);
    const last = rows[count - 1];
    if (!last || !isHyphenated(last) || incurable.has(last)) return { rows, count };
    const { paragraph, index = 0 } = last.relay ?? {};
    const own = rows.flatMap((row) =>
      row.relay && row.relay.paragraph === paragraph ? [row.relay.index] : [],
    );
    const lines = paragraph?.lines(index, own[0] ?? 0, own.at(-1) ?? 0);
    if (lines && paragraph) return { rows: rows.map((row) => relaid(row, paragraph, lines)), count };
    incurable.add(last);
  }
}

function relaid(row: Row, paragraph: object, lines: readonly Line[]): Row {
  const placed = row.lines.at(-1);
  const line = row.relay?.paragraph === paragraph ? lines[row.relay.index] : undefined;
  return placed && line ? { ...row, lines: [...row.lines.slice(0, -1), { ...placed, line }] } : row;
}

const isHyphenated = (row: Row): boolean => row.lines.some(({ line }) => line.hyphenated);

/** No space between two paragraphs grows by more than this. */
const mostLeading = 3.5;

/** What each space between two paragraphs gets, so that the page's last line stands at its foot; nothing on a last page. */
function flushed(rows: readonly Row[], count: number, height: number, ended: boolean): number {
  const next = rows[count];
  if ((!next && ended) || next?.break === 'page') return 0;
  const taken = rows.slice(0, count);
  const spare = height - heightOf(taken);
  const spaces = taken.filter((row, index) => index > 0 && row.before > 0).length;
  return spaces > 0 && spare > 0 && spare / spaces <= mostLeading ? spare / spaces : 0;
}

const noteRowsOf = (row: Row): readonly Row[] => (row.notes ?? []).flatMap((note) => note.rows);

/** How many of the waiting rows the page takes. */
function bestEnd(
  rows: readonly Row[],
  carried: readonly Row[],
  geometry: PageGeometry,
  ended: boolean,
  incurable: ReadonlySet<Row>,
): number {
  const head = geometry.aboveRule + geometry.belowRule;
  const carriedHeight = heightOf(carried);
  // A note that goes on over more than a page leaves the text a part of each; notes that are called there must wait.
  const crowded = carriedHeight + head > geometry.height;
  let body = 0;
  let notes = crowded ? geometry.height * 0.7 : carriedHeight;
  let lastNote: readonly Row[] = [];
  let best = { count: 0, cost: Infinity };
  let most = 0;
  for (const [index, row] of rows.entries()) {
    if (index > 0 && row.break === 'page') break;
    body += row.height + (index > 0 ? row.before : 0);
    const called = row.notes ?? [];
    if (crowded && called.length > 0) break;
    for (const note of called) {
      notes += heightOf(note.rows) + (notes > 0 ? (note.rows[0]?.before ?? 0) : 0);
      lastNote = note.rows;
    }
    const gap = notes > 0 ? head : 0;
    const saved =
      lastNote.length > firstPart + 1 ? heightOf(lastNote) - heightOf(lastNote.slice(0, firstPart)) : 0;
    if (body + gap + notes - saved > geometry.height + 0.01) break;
    most = index + 1;
    const next = rows[index + 1];
    if (next?.break === 'never') continue;
    if (!next && ended) return index + 1;
    const split = body + gap + notes > geometry.height + 0.01;
    const blank = next?.break === 'page' || split ? 0 : (geometry.height - body - gap - notes) / row.height;
    const cost =
      blank +
      (split ? prices.split : 0) +
      (isHyphenated(row) ? (incurable.has(row) ? prices.hyphen : prices.curableHyphen) : 0) +
      (next?.break === 'avoid' ? prices.avoid : 0);
    if (cost <= best.cost) best = { count: index + 1, cost };
    if (next?.break === 'page') break;
  }
  // A page that a note fills anyway needs no line of text at any price.
  return best.count > 0 || crowded ? best.count : most;
}

/** As many note rows as fit; not a single last line alone on the next page. */
function takeNotes(
  rows: readonly Row[],
  space: number,
  must: boolean,
): { readonly taken: readonly Row[]; readonly rest: readonly Row[] } {
  let height = 0;
  let count = 0;
  for (const row of rows) {
    height += row.height + (count > 0 ? row.before : 0);
    if (height > space + 0.01) break;
    count += 1;
  }
  if (count === 0 && must && rows.length > 0) count = 1;
  if (rows.length - count === 1 && count > firstPart && rows.at(-1)?.break === 'never') count -= 1;
  return { taken: rows.slice(0, count), rest: rows.slice(count) };
}
