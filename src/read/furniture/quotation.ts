/** Quoted mail: each line begins with `>`. The marks are no words; behind them the text is as it was. */
import { isWhiteSpace } from '../../characters.js';
import { type Sheet } from '../sheet.js';
import { mark } from './mark.js';

const fewest = 3;

/** The fewest lines of a quotation within a text that is not quoted as a whole. */
const fewestWithin = 5;

/**
 * Sets the marks of quoted mail aside, where at least half of the lines bear one, or where several lines under each other
 * do, one of them empty but for its mark: no list of items has such a line.
 */
export function quotation(sheet: Sheet): void {
  const marks = sheet.lines.map(
    (line) =>
      /^(?:>[ \u00a0]?)+/.exec(sheet.text.slice(line.start, Math.min(line.end, line.start + 40)))?.[0] ?? '',
  );
  const quoted = marks.filter((one) => one !== '').length;
  if (quoted < fewest) return;
  const whole = quoted >= sheet.lines.length / 2;
  const within = whole ? null : quotedRuns(sheet, marks);
  for (const [index, line] of sheet.lines.entries()) {
    const before = within === null || within.has(index) ? (marks[index] ?? '') : '';
    if (before === '') continue;
    let start = line.start + before.length;
    if (start >= line.end) {
      mark(sheet, index, 'quotation mark');
      continue;
    }
    const from = start;
    while (start < line.end && isWhiteSpace(sheet.text.charCodeAt(start))) start++;
    sheet.scraps.push({
      start: line.start,
      end: line.start + before.trimEnd().length,
      reason: 'quotation mark',
    });
    sheet.lines[index] = { ...line, start, indent: start - from };
  }
}

/** The lines (indexes) of quotations within a text. */
function quotedRuns(sheet: Sheet, marks: readonly string[]): Set<number> {
  const within = new Set<number>();
  let run: number[] = [];
  const close = () => {
    const isEmpty = (index: number): boolean => {
      const line = sheet.lines[index];
      return line !== undefined && line.end - line.start <= (marks[index] ?? '').length;
    };
    if (run.length >= fewestWithin && run.some(isEmpty)) for (const index of run) within.add(index);
    run = [];
  };
  for (const [index, one] of marks.entries()) {
    if (one === '') close();
    else run.push(index);
  }
  close();
  return within;
}
