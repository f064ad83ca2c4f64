/** Quoted mail: each line begins with `>`. The marks are no words; behind them the text is as it was. */
import { isWhiteSpace } from '../../characters.js';
import { type Sheet } from '../sheet.js';
import { mark } from './mark.js';

const fewest = 3;

/** Sets the marks of quoted mail aside, where at least half of the lines bear one. */
export function quotation(sheet: Sheet): void {
  const marks = sheet.lines.map(
    (line) =>
      /^(?:>[ \u00a0]?)+/.exec(sheet.text.slice(line.start, Math.min(line.end, line.start + 40)))?.[0] ?? '',
  );
  const quoted = marks.filter((one) => one !== '').length;
  if (quoted < fewest || quoted < sheet.lines.length / 2) return;
  for (const [index, line] of sheet.lines.entries()) {
    const before = marks[index] ?? '';
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
