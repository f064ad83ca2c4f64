/** Cells that a spreadsheet would run: made harmless, so that nothing is lost. */

/**
 * A start that a spreadsheet may run as a formula, with any number of `'`s before it: after any white space, control or
 * format characters one of `= + - @`, their full-width or small twins; or a TAB, CR or LF at once.
 */
const start =
  /^'*(?:[\p{White_Space}\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|[\t\r\n])/u;

/** Puts one `'` before a cell that a spreadsheet would run, and before one that already has `'`s there. */
export const guardCell = (cell: string): string => (start.test(cell) ? `'${cell}` : cell);

/** The cell before it was guarded, if it was: taking one `'` off restores it. */
export const bareCell = (cell: string): string =>
  cell.startsWith("'") && start.test(cell) ? cell.slice(1) : cell;
