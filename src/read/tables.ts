/** Tables, where columns are plain: lines under each other whose words begin at the same places behind wide gaps. */
import { cellsOf } from './signatures.js';
import { trimmed, type Sheet, type Stretch } from './sheet.js';
import type { Unit } from './unit.js';

export interface PlainTable {
  readonly rows: readonly (readonly Stretch[])[];
  /** How many units it takes. */
  readonly units: number;
}

/** A table has at least so many rows. */
const fewestRows = 3;
/** Columns may begin this many places apart in different rows: figures stand to the right. */
const slack = 3;

/** The table that begins with a unit, or null. */
export function tableAt(sheet: Sheet, units: readonly Unit[], index: number): PlainTable | null {
  const rows: Stretch[][] = [];
  let taken = 0;
  for (let at = index; at < units.length; at++) {
    const unit = units[at];
    if (!unit || unit.label !== null || unit.bullet !== null || unit.hashes !== null) break;
    const own = unit.stretches.map((stretch) => tabbedCells(sheet, stretch) ?? cellsOf(sheet, stretch));
    if (!own.every((row) => fits(sheet, rows[0] ?? own[0] ?? row, row))) break;
    rows.push(...own);
    taken += 1;
  }
  const width = rows[0]?.length ?? 0;
  return rows.length >= fewestRows ? { rows: rows.map((row) => filled(row, width)), units: taken } : null;
}

/** The pieces of a line that single tabs part, as spreadsheets and word processors copy a row; null without a tab. */
function tabbedCells(sheet: Sheet, line: Stretch): Stretch[] | null {
  const words = sheet.text.slice(line.start, line.end);
  if (!words.includes('\t') || / {3}/.test(words)) return null;
  let start = line.start;
  return words.split('\t').map((cell) => {
    const piece = trimmed(sheet.text, start, start + cell.length);
    start += cell.length + 1;
    return piece;
  });
}

const isBehindTab = (sheet: Sheet, start = 0): boolean =>
  /\t *$/.test(sheet.text.slice(Math.max(0, start - 8), start));

/** A row whose last cells are empty, and left no tab. */
function filled(row: readonly Stretch[], width: number): Stretch[] {
  const end = row.at(-1)?.end ?? 0;
  return [...row, ...Array.from({ length: Math.max(0, width - row.length) }, () => ({ start: end, end }))];
}

/** Whether a row has the columns of the first one: as many, begun or ended at the same places. */
function fits(sheet: Sheet, first: readonly Stretch[], row: readonly Stretch[]): boolean {
  if (row.length < 2 || row.length > first.length) return false;
  const [one, other] = [row, first].map((cells) => cells[1]?.start ?? 0);
  const tabbed = isBehindTab(sheet, one) && isBehindTab(sheet, other);
  if (row.length < first.length && !tabbed) return false;
  const place = (offset: number): number => offset - (sheet.text.lastIndexOf('\n', offset - 1) + 1);
  return row.every((cell, column) => {
    const model = first[column];
    if (!model) return false;
    if (tabbed) return true; // Behind tabs columns begin anywhere.
    return (
      Math.abs(place(cell.start) - place(model.start)) <= slack ||
      Math.abs(place(cell.end) - place(model.end)) <= slack
    );
  });
}
