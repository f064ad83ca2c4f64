/** Tables of a hand-written text: Markdown says where they are, so the later stages never see them. */
import type { Table as MdastTable } from 'mdast';
import type { Block, Table, TableCell } from '../../../document.js';
import type { Pins } from '../../pins.js';
import { piecesOfCell } from '../cells.js';
import type { Ledger } from '../ledger.js';
import { endOf, startOf } from '../phrasing.js';
import type { Words } from './words.js';

export function tableOf(text: string, table: MdastTable, pins: Pins, words: Words, ledger: Ledger): Table {
  const eId = pins.next('', 'table');
  const rows = table.children.map((row, r) => ({
    cells: row.children.map((cell, c): TableCell => {
      const read = words.ofPieces(piecesOfCell(text, cell).pieces);
      const source = read.leaves.length > 0 ? read.source : ledger.span(startOf(cell), endOf(cell));
      return { type: 'cell', eId: pins.claim(`${eId}__cell_${r + 1}_${c + 1}`), ...read, source };
    }),
  }));
  return { type: 'table', eId, rows, source: ledger.span(startOf(table), endOf(table)) };
}

/** Puts a table behind the last block that begins before it. @param places the regions in which it may stand */
export function insertTable(table: Table, places: readonly Block[][], mainBody: Block[]): void {
  const holder =
    places.findLast((blocks) => (blocks[0]?.source.start ?? Infinity) < table.source.start) ?? mainBody;
  let at = holder.length;
  while (at > 0 && (holder[at - 1]?.source.start ?? 0) > table.source.start) at--;
  holder.splice(at, 0, table);
}
