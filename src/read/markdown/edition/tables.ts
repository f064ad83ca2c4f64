/** Tables of our own edition. Cells that only fill up a row are told by the pin, and are none. */
import type { Table as MdastTable } from 'mdast';
import type { TableCell } from '../../../document.js';
import type { Pin } from '../anchors.js';
import { piecesOfCell } from '../cells.js';
import { endOf, startOf } from '../phrasing.js';
import { languageAt } from './attributes.js';
import { hasWords, lineWith, type Line } from './line.js';
import type { Reading } from './reading.js';

export function readTable(reading: Reading, table: MdastTable): void {
  const { text, eIds, words, regions } = reading;
  const rows = table.children.map((row) =>
    row.children.map((cell) => {
      const { pieces, start, end } = piecesOfCell(text, cell);
      return lineWith(pieces, start, end);
    }),
  );
  // The pins before its first words: an attachment's, the table's, the first cell's.
  const lead = [...(rows[0]?.[0]?.pins ?? [])];
  const own = lead.findIndex((pin) => !regions.attachmentOf(pin));
  const pin = lead[own];
  reading.enter(lead.slice(0, own + 1));
  const eId = eIds.at(pin, startOf(table)) ?? eIds.next(regions.prefix, 'table');
  const counts = pin?.get('data-cells')?.split(',').map(Number);
  const isFiller = (line: Line, r: number, c: number): boolean =>
    counts !== undefined && c >= (counts[r] ?? Infinity) && !hasWords(line);
  for (const [r, row] of rows.entries())
    for (const [c, line] of row.entries()) if (isFiller(line, r, c)) words.wait(words.bare(line).leaves);
  const cells = rows.map((row, r) =>
    row.flatMap((line, c): TableCell[] => {
      if (isFiller(line, r, c)) return [];
      const cellPin = r === 0 && c === 0 ? lead[own + 1] : line.pins.at(-1);
      return [readCell(reading, line, cellPin, `${eId}__cell_${r + 1}_${c + 1}`)];
    }),
  );
  const source = reading.ledger.span(startOf(table), endOf(table));
  reading.outermost({ type: 'table', eId, rows: cells.map((row) => ({ cells: row })), source });
}

function readCell(
  { words, eIds, ledger }: Reading,
  line: Line,
  pin: Pin | undefined,
  freeEId: string,
): TableCell {
  const { content, leaves } = words.read(line);
  return {
    type: 'cell',
    eId: eIds.at(pin, line.start) ?? eIds.claim(freeEId),
    content,
    ...languageAt(pin),
    source: ledger.span(line.start, line.end),
    leaves,
  };
}

/** A table without a cell: Markdown has none, and only its pin stands there. */
export function readEmptyTable(reading: Reading, line: Line, pin: Pin | undefined): void {
  const { eIds, words, ledger, regions } = reading;
  for (const { start, end } of words.bare(line).leaves) ledger.setAside(start, end, 'pin');
  const rows = Number(pin?.get('data-rows') ?? 0);
  reading.outermost({
    type: 'table',
    eId: eIds.at(pin, line.start) ?? eIds.next(regions.prefix, 'table'),
    rows: Array.from({ length: Number.isInteger(rows) ? Math.min(1000, Math.max(0, rows)) : 0 }, () => ({
      cells: [],
    })),
    source: ledger.span(line.start, line.end),
  });
}
