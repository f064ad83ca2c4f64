/** The cells of a Markdown table (GFM 4.10). */
import type { TableCell } from 'mdast';
import { endOf, piecesOf, startOf, type Piece } from './phrasing.js';

/** The pieces of a cell, and where they stand: the pipes around a cell lie within its position. */
export function piecesOfCell(text: string, cell: TableCell): { pieces: Piece[]; start: number; end: number } {
  const [first] = cell.children;
  const last = cell.children.at(-1);
  const start = first ? startOf(first) : endOf(cell);
  const end = last ? endOf(last) : start;
  return { pieces: piecesOf(text, cell.children, start, end, { inCell: true }), start, end };
}
