/** Tables, and signature blocks whose columns stand beside each other (ECMA-376 part 1, 17.4). */
import { textOf, type Paragraph, type Signature, type Table, type TableRow } from '../../document.js';
import { Element, value, wordParagraph } from './element.js';
import { isRightToLeft } from './languages.js';
import { bookmarkName } from './pins.js';
import { paragraphOf, type Writer } from './writer.js';

/** A table with its pin round it, its first row repeated on each page. */
export function tableOf(writer: Writer, table: Table): Element[] {
  const widths = columnWidths(table, writer.textWidth);
  const rows = table.rows.map((row, index) => {
    const heads = index === 0 && table.rows.length > 1;
    const cells = row.cells.map((cell, column) => {
      const span = column === row.cells.length - 1 ? widths.length - column : 1;
      const paragraph = paragraphOf(writer, cell, { style: heads ? 'TableHeading' : 'TableText' });
      return tableCell(widths, column, span, [paragraph]);
    });
    return tableRow(cells.length > 0 ? cells : [tableCell(widths, 0, widths.length, [])], heads);
  });
  return pinned(writer, table.eId, [tableElement(writer, 'DocumentTable', widths, rows), afterTable()]);
}

/** A signature block: signatories beside each other in a table without lines; a single one simply as lines. */
export function signatureOf(writer: Writer, signature: Signature): Element[] {
  const lines = (column: readonly Paragraph[]) => column.flatMap((line) => signatureLines(writer, line));
  if (signature.columns.length < 2) return pinned(writer, signature.eId, signature.columns.flatMap(lines));
  const width = Math.floor(writer.textWidth / signature.columns.length);
  const widths = signature.columns.map(() => width);
  const cells = signature.columns.map((column, index) => tableCell(widths, index, 1, lines(column)));
  const table = tableElement(writer, 'SignatureTable', widths, [tableRow(cells, false)]);
  return pinned(writer, signature.eId, [table, afterTable()]);
}

function signatureLines(writer: Writer, line: Paragraph): Element[] {
  const label = line.num === null ? line.marker : line.num;
  return [
    paragraphOf(writer, line, {
      style: 'Signature',
      label: label === undefined ? undefined : { text: label, gap: 'space' },
    }),
    ...line.children.flatMap((child) => signatureLines(writer, child)),
  ];
}

function pinned(writer: Writer, eId: string, content: readonly Element[]): Element[] {
  const { start, end } = writer.bookmarks.pair(bookmarkName(eId));
  return [start, ...content, end];
}

/** Word joins tables that touch, and wants a paragraph at the end. */
const afterTable = (): Element => wordParagraph([value('w:pStyle', 'AfterTable')], []);

function tableElement(
  writer: Writer,
  style: string,
  widths: readonly number[],
  rows: readonly Element[],
): Element {
  const heads = style === 'DocumentTable';
  const properties = new Element('w:tblPr', {}, [
    value('w:tblStyle', style),
    ...(isRightToLeft(writer.document.language) ? [value('w:bidiVisual')] : []),
    new Element('w:tblW', { 'w:w': sum(widths), 'w:type': 'dxa' }),
    new Element('w:tblLayout', { 'w:type': 'fixed' }),
    // Bits: a first row of its own, no bands of rows or columns.
    value('w:tblLook', heads ? '0620' : '0600'),
  ]);
  const grid = new Element(
    'w:tblGrid',
    {},
    widths.map((width) => new Element('w:gridCol', { 'w:w': width })),
  );
  return new Element('w:tbl', {}, [properties, grid, ...rows]);
}

const tableRow = (cells: readonly Element[], heads: boolean): Element =>
  new Element('w:tr', {}, [
    new Element('w:trPr', {}, [value('w:cantSplit'), ...(heads ? [value('w:tblHeader')] : [])]),
    ...cells,
  ]);

function tableCell(
  widths: readonly number[],
  column: number,
  span: number,
  content: readonly Element[],
): Element {
  const width = sum(widths.slice(column, column + span));
  const properties = [new Element('w:tcW', { 'w:w': width, 'w:type': 'dxa' })];
  if (span > 1) properties.push(value('w:gridSpan', span));
  // A cell without a paragraph is no cell to Word.
  const paragraphs = content.length > 0 ? content : [wordParagraph([value('w:pStyle', 'TableText')], [])];
  return new Element('w:tc', {}, [new Element('w:tcPr', {}, properties), ...paragraphs]);
}

/** Columns share the width by their longest words and their longest texts: no word is broken, no text starved. */
function columnWidths(table: Table, width: number): number[] {
  const count = table.rows.reduce((most, row) => Math.max(most, row.cells.length), 1);
  const wants = Array.from({ length: count }, (_, column) => wantOf(table.rows, column));
  const all = sum(wants);
  return wants.map((want) => Math.floor((width * want) / all));
}

function wantOf(rows: readonly TableRow[], column: number): number {
  let want = 6;
  for (const row of rows) {
    const cell = row.cells[column];
    if (cell) want = Math.max(want, Math.min(60, textOf(cell.content).length));
  }
  return want;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
