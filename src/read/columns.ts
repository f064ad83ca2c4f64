/** Columns of a page that stand side by side in a copy: their lines are mixed, and no reader can part them safely. */
import { diagnose } from '../report.js';
import { whereIs, type Sheet } from './sheet.js';

/** The fewest lines in a row with two columns, and the least letters of a cell. */
const fewestRows = 5;
const leastCell = 16;
/** The second column may begin so many places apart in different lines. */
const slack = 2;

/**
 * Warns where lines under each other hold two columns of running text: a wide gap at the same place in each, long cells on
 * both sides, and sentences that run on below each other in both. Tables and signatures have short cells.
 */
export function reportColumns(sheet: Sheet): void {
  let run: {
    readonly place: number;
    readonly left: string;
    readonly right: string;
    readonly line: number;
  }[] = [];
  for (const [index, line] of sheet.lines.entries()) {
    const width = line.end - line.start;
    const words = width > 2 * leastCell && width < 200 ? sheet.text.slice(line.start, line.end) : '';
    const gap = words.includes('   ') ? / {3,}/.exec(words) : null;
    const [left, right] = gap
      ? [words.slice(0, gap.index), words.slice(gap.index + gap[0].length)]
      : ['', ''];
    const place = gap ? line.indent + gap.index + gap[0].length : 0;
    const fits =
      left.length >= leastCell &&
      right.length >= leastCell &&
      Math.abs(place - (run[0]?.place ?? place)) <= slack;
    if (fits) run.push({ place, left, right, line: index });
    // A short line in one column is no end of them; an empty one neither.
    else if (run.length > 0 && index - (run.at(-1)?.line ?? 0) > 3) run = [];
    if (
      (run.length === fewestRows || run.length % 20 === 0) &&
      run.length > 0 &&
      runsOn(run.map(({ left }) => left)) &&
      runsOn(run.map(({ right }) => right))
    ) {
      const first = sheet.lines[run[0]?.line ?? 0];
      if (first)
        sheet.diagnostics.push(
          diagnose(
            'columns-mixed',
            'Two columns of text seem to stand side by side: their lines are mixed.',
            whereIs(sheet, first),
          ),
        );
      return;
    }
    if (run.length > 40) run = [];
  }
}

/** Whether sentences run on over some lines: half of them begin in lower case behind a line without an end mark. */
function runsOn(cells: readonly string[]): boolean {
  const across = cells.filter(
    (cell, at) => at > 0 && /^\p{Ll}/u.test(cell) && /[\p{L},-]$/u.test(cells[at - 1] ?? ''),
  );
  return across.length >= (cells.length - 1) / 2;
}
