/** Signature blocks: names and offices side by side, or under each other, as columns of lines. */
import { isSameBlock, isSignatureLine, namesParty } from './regions.js';
import type { Sheet, Stretch } from './sheet.js';
import { isDateline } from './openings.js';
import { textOfUnit, type Unit } from './units.js';

/** The units of one block, or a single unit that is no signature. */
export type ClosingPart = { readonly unit: Unit } | { readonly columns: readonly (readonly Stretch[])[] };

/** Divides the closing units into texts and signature blocks. */
export function closingParts(sheet: Sheet, units: readonly Unit[]): ClosingPart[] {
  const parts: ClosingPart[] = [];
  let block: Unit[] = [];
  let wide = false;
  const close = () => {
    if (block.length > 0)
      parts.push({
        columns: columnsOf(
          sheet,
          block.flatMap((unit) => unit.stretches),
        ),
      });
    block = [];
    wide = false;
  };
  for (const unit of units) {
    const last = block.at(-1);
    const dated = parts.length === 0 && block.length === 0 && isDateline(textOfUnit(sheet, unit));
    if (dated || !isSignatureLine(sheet, unit) || unit.stretches.length === 0) {
      close();
      parts.push({ unit });
      continue;
    }
    const columned = hasColumns(sheet, unit);
    // Columns end with their block; names under each other may stand apart.
    if (last && !isSameBlock(sheet, last, unit) && (wide || columned) && !goesOnBelow(sheet, last, unit))
      close();
    wide ||= columned;
    block.push(unit);
  }
  close();
  return parts;
}

/**
 * `For Haven   For Northport`, and below an empty line `A. Bell   R. Rope`: as many columns at the same places. Where
 * parties are named again other signatures begin.
 */
function goesOnBelow(sheet: Sheet, last: Unit, unit: Unit): boolean {
  const [above, below] = [last.stretches.at(-1), unit.stretches[0]];
  if (!above || !below || namesParty(textOfUnit(sheet, unit))) return false;
  const [one, other] = [cellsOf(sheet, above), cellsOf(sheet, below)];
  return (
    one.length > 1 &&
    one.length === other.length &&
    one.every(
      (cell, at) => Math.abs(columnOf(sheet, cell) - columnOf(sheet, other[at] ?? cell)) <= columnSlack,
    )
  );
}

const columnSlack = 6;
const columnOf = (sheet: Sheet, cell: Stretch): number =>
  cell.start - (sheet.text.lastIndexOf('\n', cell.start) + 1);

const mostColumns = 12;
const gap = /[\s\u00a0]{3,}/g;

const hasColumns = (sheet: Sheet, unit: Unit): boolean =>
  unit.stretches.some((stretch) => cellsOf(sheet, stretch).length > 1);

/** The pieces of a line that wide gaps part. */
export function cellsOf(sheet: Sheet, line: Stretch): Stretch[] {
  const cells: Stretch[] = [];
  let start = line.start;
  for (const match of sheet.text.slice(line.start, line.end).matchAll(gap)) {
    cells.push({ start, end: line.start + match.index });
    start = line.start + match.index + match[0].length;
  }
  cells.push({ start, end: line.end });
  // No page has more columns than this.
  return cells.length > mostColumns ? [line] : cells;
}

/** Lines to columns: each piece goes to the column that begins nearest to it. */
function columnsOf(sheet: Sheet, lines: readonly Stretch[]): Stretch[][] {
  const rows = lines.map((line) => cellsOf(sheet, line));
  const most = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  if (most === 1) return [rows.flat()];
  const widest = rows.filter((row) => row.length === most);
  const offset = (cell: Stretch): number => columnOf(sheet, cell);
  const starts = Array.from({ length: most }, (_, column) => {
    const places = widest
      .map((row) => offset(row[column] ?? { start: 0, end: 0 }))
      .sort((one, other) => one - other);
    return places[Math.floor(places.length / 2)] ?? 0;
  });
  const columns: Stretch[][] = starts.map(() => []);
  for (const row of rows)
    for (const [at, cell] of row.entries()) {
      const place = offset(cell);
      const nearest = starts.reduce(
        (best, start, column) =>
          Math.abs(start - place) < Math.abs((starts[best] ?? 0) - place) ? column : best,
        0,
      );
      columns[row.length === most ? at : nearest]?.push(cell);
    }
  return columns.filter((column) => column.length > 0);
}
