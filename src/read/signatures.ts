/** Signature blocks: names and offices side by side, or under each other, as columns of lines. */
import { isClosingFormula } from './closing.js';
import { once } from './once.js';
import { isDateline } from './openings.js';
import { isRunningText } from './running-text.js';
import { between, lineIndexAt, type Sheet, type Stretch } from './sheet.js';
import { textOfUnit, type Unit } from './unit.js';

/** Whether a line of a signature block begins with for whom it is signed. */
export const namesParty = (words: string): boolean =>
  /^(?:for|on behalf of|for and on behalf of|pour|für|voor|por|pel[oa]s?|per|за|za|w imieniu|pentru|in the name of|witnessed by)(?!\p{L})/iu.test(
    words,
  );

/** `(Signed) A. Bell`, `/s/ A. Bell`. */
export const signs = (words: string): boolean =>
  /^(?:[([]?(?:signed|signature|signé|firmado|gezeichnet|gez\.|подпись|подписано)[)\]:]|\/s\/)/iu.test(
    words,
  ) && words.length < 160;

/** What forms for signatures ask for. */
const signatureField = /^(?:date|name|title|place|signature|signed|by|datum|ort|fecha|nom|lieu)[\s\u00a0]?:/i;

/** Lines of names and offices: short, without the end of a sentence. */
export function isSignatureLine(sheet: Sheet, unit: Unit): boolean {
  if (unit.label !== null || unit.bullet !== null || unit.hashes !== null) return false;
  const words = textOfUnit(sheet, unit);
  const party = namesParty(words) && words.length < 160;
  const perLine = words.length / Math.max(1, unit.stretches.length);
  return (
    perLine <= 110 &&
    (party || !/[;:]$/.test(words) || signatureField.test(words)) &&
    !isClosingFormula(words) &&
    !(/\.$/.test(words) && words.length > 60) &&
    (party || !isRunningText(sheet, unit))
  );
}

/** Whether two units stand close together: one signature block. */
export function isSameBlock(sheet: Sheet, one: Unit, other: Unit): boolean {
  return between(sheet, one.lastLine, other.line) === 'line';
}

/** What prints as one line of a signature block: several stretches where the source wraps it. */
export type SignatureLine = readonly Stretch[];

/** The units of one block, or a single unit that is no signature. */
export type ClosingPart =
  { readonly unit: Unit } | { readonly columns: readonly (readonly SignatureLine[])[] };

/** Divides the closing units into texts and signature blocks. */
export function closingParts(sheet: Sheet, closing: readonly Unit[]): ClosingPart[] {
  const wrapped = wrappedRows(sheet, closing);
  const parts: ClosingPart[] = [];
  let block: Unit[] = [];
  let wide = false;
  const close = () => {
    if (block.length > 0)
      parts.push({
        columns: wrapped
          ? columnsOfRows(block.map((unit) => rowOf(sheet, unit)))
          : columnsOfBlock(sheet, block),
      });
    block = [];
    wide = false;
  };
  for (const unit of wrapped ?? closing) {
    const last = block.at(-1);
    const unsigned = block.length === 0 && parts.every((part) => 'unit' in part);
    const dated = unsigned && isDateline(textOfUnit(sheet, unit));
    if (dated || !isSignatureLine(sheet, unit) || unit.stretches.length === 0) {
      close();
      parts.push({ unit });
      continue;
    }
    const columned = hasColumns(sheet, unit);
    const goesOn = last && (wrapped ? isNextRow(sheet, last, unit) : goesOnBelow(sheet, last, unit));
    // Columns end with their block; names under each other may stand apart.
    if (last && !isSameBlock(sheet, last, unit) && (wide || columned) && !goesOn) close();
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
/** White space proper: `\s` takes U+FEFF for white space, too, and it would be lost between the cells. */
const gap = once(() => /\p{White_Space}{3,}/gu);

const hasColumns = (sheet: Sheet, { stretches }: Unit): boolean =>
  stretches.some(
    (stretch, at) =>
      cellsOf(sheet, stretch).length > 1 || (at + 1 < stretches.length && endsInGap(sheet, stretch)),
  );

/** The pieces of a line that wide gaps part. */
export function cellsOf(sheet: Sheet, line: Stretch): Stretch[] {
  const cells: Stretch[] = [];
  let start = line.start;
  for (const match of sheet.text.slice(line.start, line.end).matchAll(gap())) {
    cells.push({ start, end: line.start + match.index });
    start = line.start + match.index + match[0].length;
  }
  cells.push({ start, end: line.end });
  // No page has more columns than this.
  return cells.length > mostColumns ? [line] : cells;
}

/** A gap of no-break spaces at a line's end parts what stands before it from what the next line begins with. */
const endsInGap = (sheet: Sheet, { end }: Stretch): boolean =>
  /^[ \u00a0]*(?:\u00a0[ \u00a0]*){3}/.test(sheet.text.slice(end, end + 40));

/**
 * The closing units cut anew, where a converter has wrapped rows of columns as if they were sentences: `Mara`, below it
 * `Holm` with a gap behind, below it `Otto Lind`. Where a line ends there says nothing; gaps and empty lines do.
 * @returns a unit for each row, and those that are no signatures; null where no row is wrapped
 */
function wrappedRows(sheet: Sheet, units: readonly Unit[]): Unit[] | null {
  const rows: Unit[] = [];
  let wrapped = false;
  let row: Unit | null = null;
  for (const unit of units) {
    if (!isSignatureLine(sheet, unit)) {
      rows.push(unit);
      row = null;
      continue;
    }
    for (const stretch of unit.stretches) {
      const index = lineIndexAt(sheet.lines, stretch.start);
      const above: Stretch | undefined = row?.stretches.at(-1);
      if (row && above && between(sheet, row.lastLine, index) === 'line') {
        wrapped ||= endsInGap(sheet, above);
        row.stretches.push(stretch);
        row.lastLine = index;
      } else {
        row = { ...unit, stretches: [stretch], line: index, lastLine: index };
        rows.push(row);
      }
    }
  }
  return wrapped ? rows : null;
}

/** As many cells as in the row above; where parties are named again other signatures begin. */
const isNextRow = (sheet: Sheet, last: Unit, unit: Unit): boolean =>
  !namesParty(textOfUnit(sheet, unit)) && rowOf(sheet, last).length === rowOf(sheet, unit).length;

/** The cells of a row that a converter has wrapped. */
function rowOf(sheet: Sheet, { stretches }: Unit): SignatureLine[] {
  const row: Stretch[][] = [];
  let goesOn = false;
  for (const stretch of stretches) {
    for (const [at, cell] of cellsOf(sheet, stretch).entries())
      if (at === 0 && goesOn) row.at(-1)?.push(cell);
      else row.push([cell]);
    goesOn = !endsInGap(sheet, stretch);
  }
  return row;
}

/** Two spaces at a line's end: in Markdown the line ends there on purpose. */
const endsInBreak = (sheet: Sheet, { end }: Stretch): boolean =>
  /^[ \u00a0]{2}/.test(sheet.text.slice(end, end + 2));

/** The lines of a unit. Where most end in two spaces, the others go on in the next one. */
function linesOf(sheet: Sheet, { stretches }: Unit): SignatureLine[] {
  const inner = stretches.slice(0, -1);
  const broken = inner.filter((stretch) => endsInBreak(sheet, stretch)).length;
  if (broken === 0 || broken * 2 <= inner.length) return stretches.map((stretch) => [stretch]);
  const lines: Stretch[][] = [];
  let goesOn = false;
  for (const stretch of stretches) {
    if (goesOn) lines.at(-1)?.push(stretch);
    else lines.push([stretch]);
    goesOn = !endsInBreak(sheet, stretch);
  }
  return lines;
}

function columnsOfBlock(sheet: Sheet, units: readonly Unit[]): SignatureLine[][] {
  const rows = units.flatMap(({ stretches }) => stretches.map((stretch) => cellsOf(sheet, stretch)));
  return rows.every(({ length }) => length === 1)
    ? [units.flatMap((unit) => linesOf(sheet, unit))]
    : columnsOf(sheet, rows).map((column) => column.map((cell) => [cell]));
}

/** Rows whose places say nothing: the first cell of each is in the first column. */
function columnsOfRows(rows: readonly (readonly SignatureLine[])[]): SignatureLine[][] {
  const columns: SignatureLine[][] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) {
      const column = columns[at];
      if (column) column.push(cell);
      else columns.push([cell]);
    }
  return columns;
}

/** Rows to columns: each cell goes to the column that begins nearest to it. */
function columnsOf(sheet: Sheet, rows: readonly (readonly Stretch[])[]): Stretch[][] {
  const most = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
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
