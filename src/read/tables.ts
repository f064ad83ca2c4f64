/** Tables, where columns are plain: lines under each other whose words begin at the same places behind wide gaps. */
import { cellsOf } from './signatures.js';
import type { Sheet, Stretch } from './sheet.js';
import type { Unit } from './units.js';

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
    const own = unit.stretches.map((stretch) => cellsOf(sheet, stretch));
    if (!own.every((row) => fits(sheet, rows[0] ?? own[0] ?? row, row))) break;
    rows.push(...own);
    taken += 1;
  }
  return rows.length >= fewestRows ? { rows, units: taken } : null;
}

/** Whether a row has the columns of the first one: as many, begun or ended at the same places. */
function fits(sheet: Sheet, first: readonly Stretch[], row: readonly Stretch[]): boolean {
  if (row.length < 2 || row.length !== first.length) return false;
  const place = (offset: number): number => offset - (sheet.text.lastIndexOf('\n', offset - 1) + 1);
  return row.every((cell, column) => {
    const model = first[column];
    if (!model) return false;
    return (
      Math.abs(place(cell.start) - place(model.start)) <= slack ||
      Math.abs(place(cell.end) - place(model.end)) <= slack
    );
  });
}
