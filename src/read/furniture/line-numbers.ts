/** The numbers that drafts bear in the margin, one before each line. */
import { trimmed, type Sheet } from '../sheet.js';
import { mark } from './mark.js';

/** The fewest lines so numbered. */
const fewest = 10;
/** A line so long runs on into the next; a shorter one may be an item. */
const fullLine = 40;

/**
 * Sets the numbers of lines aside: nearly all lines bear a bare number, each the next (or 1 at a page's beginning), and
 * either sentences run on across them or empty lines are numbered, too. A list of items does neither.
 */
export function lineNumbers(sheet: Sheet): void {
  const { lines, text } = sheet;
  if (lines.length < fewest) return;
  const found = new Map<number, { readonly end: number; readonly start: number }>();
  let value = 0;
  let bare = 0;
  let across = 0;
  let ended = 0;
  for (const [index, line] of lines.entries()) {
    const number = /^\d{1,4}(?=[\s\u00a0]|$)/.exec(
      text.slice(line.start, Math.min(line.end, line.start + 6)),
    )?.[0];
    if (number === undefined) continue;
    const own = Number(number);
    const next = own === value + 1 || (own === 1 && value > fewest);
    if (!next) continue;
    value = own;
    const end = line.start + number.length;
    const { start } = trimmed(text, end, line.end);
    found.set(index, { end, start });
    if (/[.:;!?]/.test(text.charAt(line.end - 1))) ended += 1;
    const before = lines[index - 1];
    if (start === line.end) bare += 1;
    else if (before && found.has(index - 1) && before.end - before.start >= fullLine)
      if (/\p{Ll}/u.test(text.charAt(start)) && /[\p{L}\p{N},-]/u.test(text.charAt(before.end - 1)))
        across += 1;
  }
  if (ended === 0 || found.size < fewest || found.size < lines.length * 0.9) return;
  if (across < found.size * 0.2 && (bare < found.size * 0.1 || bare > found.size * 0.7)) return;
  let emptyBefore = 0;
  for (const [index, line] of lines.entries()) {
    const number = found.get(index);
    if (number && number.start === line.end) {
      mark(sheet, index, 'line number');
      emptyBefore += 1 + line.emptyBefore;
      continue;
    }
    if (number) sheet.scraps.push({ start: line.start, end: number.end, reason: 'line number' });
    const start = number?.start ?? line.start;
    lines[index] = {
      ...line,
      start,
      indent: line.indent + start - line.start,
      emptyBefore: line.emptyBefore + emptyBefore,
    };
    emptyBefore = 0;
  }
}
