/**
 * Tables: columns as wide as their words ask for, rules above, below and under the head row. A first row without
 * figures is taken for the head (TH, scope column; ISO 14289-1, 7.5).
 */
import { textOf, type Table, type TableCell, type TableRow } from '../../document.js';
import { acrossColumns, greatest } from './columns.js';
import type { Composer } from './composer.js';
import { oneLineOf, setLines } from './lines.js';
import type { Row, Rule } from './pages.js';
import { textRows, type Place } from './rows.js';
import type { Style } from './styles.js';
import { element, type Element } from './tags.js';
import { hasIdeographs } from './scripts.js';

const padding = 3;
const spaceAbove = 10;
const spaceBelow = 4;
/** A row of more lines than this may be divided between pages. */
const mostTogether = 12;
const figures = /^[-+−–]?[\d\s\u00a0\u202f.,'’/%€$£]*\d[\d\s\u00a0\u202f.,'’/%€$£]*$/u;

interface Column {
  /** From the table's left edge. */
  readonly x: number;
  readonly width: number;
}

/** A table as rows. */
export function* tableRows(composer: Composer, table: Table, place: Place): Generator<Row> {
  const rows = table.rows.filter((row) => row.cells.length > 0);
  if (rows.length === 0) return;
  const head = hasHead(rows);
  const style = composer.styles.ragged;
  const columns = columnsOf(composer, rows, place.measure, style, head);
  const last = columns.at(-1);
  const width = last ? last.x + last.width : 0;
  const owner = element('Table', place.container);
  const { mirrored } = composer;
  const numeric = columns.map((_, index) => isNumeric(rows, index, head));
  let again: readonly Row[] = [];
  const line = (y: number, weight: number): Rule => ({ x: place.x, mirrored, width, y, weight });
  for (const [index, row] of rows.entries()) {
    const isHead = head && index === 0;
    const slices = sliceRow(
      composer,
      row,
      columns,
      place,
      owner,
      isHead ? { ...style, bold: true } : style,
      isHead,
      numeric,
    );
    const rulesBelowHead = isHead && rows.length > 1;
    for (const [at, slice] of slices.entries()) {
      const first = at === 0;
      const final = at === slices.length - 1;
      const rules: Rule[] = [];
      if (first && index === 0) rules.push(line(-padding, 0.8));
      if (final && rulesBelowHead) rules.push(line(slice.height + padding, 0.4));
      if (final && index === rows.length - 1) rules.push(line(slice.height + padding, 0.8));
      const made: Row = {
        ...slice,
        height: slice.height + (final && index === rows.length - 1 ? padding + spaceBelow : 0),
        before: first
          ? index === 0
            ? spaceAbove + padding
            : padding * (index === 1 && head ? 2.5 : 1.2)
          : 0,
        rules,
        anchors: [...(first && index === 0 ? [{ name: table.eId }] : []), ...(slice.anchors ?? [])],
        break: !first
          ? slice.break
          : index === 1 && head
            ? 'never'
            : index === rows.length - 1 && index > 0
              ? 'avoid'
              : 'free',
        ...(index > (head ? 1 : 0) && { again }),
      };
      if (rulesBelowHead) again = [...again, onceMore(made, at === 0)];
      yield made;
    }
  }
}

function hasHead(rows: readonly TableRow[]): boolean {
  const first = rows[0]?.cells.map((cell) => textOf(cell.content).trim()) ?? [];
  return (
    rows.length > 1 && first.some((words) => words !== '') && !first.some((words) => figures.test(words))
  );
}

/** A row of the head as it stands above the table's rest on the next page: no part of the text, without pins or notes. */
const onceMore = (row: Row, first: boolean): Row => ({
  height: row.height,
  before: 0,
  lines: row.lines.map((line) => ({ ...line, owner: null })),
  rules: row.rules ?? [],
  break: first ? 'free' : 'never',
});

/** Whether a column holds figures alone, below its head. */
function isNumeric(rows: readonly TableRow[], index: number, head: boolean): boolean {
  const words = rows
    .slice(head ? 1 : 0)
    .map((row) => textOf(row.cells[index]?.content ?? []).trim())
    .filter((text) => text !== '');
  return words.length > 0 && words.every((text) => figures.test(text));
}

function sliceRow(
  composer: Composer,
  row: TableRow,
  columns: readonly Column[],
  place: Place,
  table: Element,
  style: Style,
  isHead: boolean,
  numeric: readonly boolean[],
): Row[] {
  const line = element('TR', table);
  const cells = columns.map((column, index): Row[] => {
    const cell = row.cells[index];
    const container = element(isHead ? 'TH' : 'TD', line, {
      language: cell?.language,
      ...(isHead && { attributes: { O: 'Table', Scope: 'Column' } }),
    });
    if (!cell) return [];
    const own: Place = { x: place.x + column.x, measure: column.width, container };
    const rows = textRows(
      cell,
      { style, place: own, owner: container, before: 0, anchors: [{ name: cell.eId }] },
      composer,
    );
    return numeric[index] && !composer.mirrored ? rows.map((one) => atRight(one, column)) : rows;
  });
  return acrossColumns(cells, mostTogether);
}

/** A row of a column of figures, which stand at its right edge, units below units. */
const atRight = (row: Row, column: Column): Row => ({
  ...row,
  lines: row.lines.map((line) => ({ ...line, x: line.x + Math.max(0, column.width - line.line.width) })),
});

/** Widths: what the words ask for where there is room; else at least each column's longest word, and shares of the rest. */
function columnsOf(
  composer: Composer,
  rows: readonly TableRow[],
  measure: number,
  style: Style,
  head: boolean,
): Column[] {
  const count = greatest(rows.map((row) => row.cells.length));
  const gap = Math.min(16, measure / (count * 4));
  const room = measure - gap * (count - 1);
  const wanted = Array.from({ length: count }, (_, index) => {
    let [least, most] = [8, 8];
    for (const [at, row] of rows.entries()) {
      const cell = row.cells[index];
      if (!cell) continue;
      const cellStyle = head && at === 0 ? { ...style, bold: true } : style;
      most = Math.max(most, naturalWidth(composer, cell, cellStyle) + 0.5);
      least = Math.max(least, longestWord(cell, cellStyle) + 0.5);
    }
    return { least, most };
  });
  const sum = (of: 'least' | 'most') => wanted.reduce((total, column) => total + column[of], 0);
  const [least, most] = [sum('least'), sum('most')];
  let x = 0;
  return wanted.map((column) => {
    const width =
      most <= room
        ? column.most
        : least <= room
          ? column.least + ((room - least) * (column.most - column.least)) / (most - least)
          : (room * column.least) / least;
    const placed = { x, width };
    x += width + gap;
    return placed;
  });
}

/** No line of a cell asks for more than this many points. */
const endless = 5000;

function naturalWidth(composer: Composer, cell: TableCell, style: Style): number {
  const { lines } = setLines(cell.content, {
    style,
    measure: endless,
    align: 'left',
    hyphenator: null,
    bindsLetters: composer.bindsLetters(cell.language),
    runIn: 0,
  });
  return lines.length > 1 ? endless : (lines[0]?.width ?? 0);
}

function longestWord(cell: TableCell, style: Style): number {
  let widest = 0;
  for (const word of textOf(cell.content).split(/\s+/u)) {
    // Ideographs need no more than a few of them in a line.
    const whole = hasIdeographs(word) ? Array.from(word).slice(0, 3).join('') : word;
    widest = Math.max(widest, oneLineOf(whole, style).width);
  }
  return widest;
}
