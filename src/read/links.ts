/** Links of Markdown that a line's end cuts. */
import type { Sheet, Stretch } from './sheet.js';

/** The most letters of a link's words on one of its lines. */
const longest = 300;

/**
 * Where a link begins that goes on over a line's end: `see the [plan of` ⏎ `lamps](https://…)`.
 * @returns the offset of its bracket, or null where no bracket is open or the next line does not close it
 */
export function linkAcross(sheet: Sheet, line: Stretch, next: Stretch): number | null {
  const words = sheet.text.slice(Math.max(line.start, line.end - longest), line.end);
  const at = words.lastIndexOf('[');
  if (at < 0 || words.includes(']', at) || words.charAt(at - 1) === '\\') return null;
  const below = sheet.text.slice(next.start, Math.min(next.end, next.start + 2 * longest));
  return /^[^\][\n]{0,300}\]\([^()\s]{0,300}\)/.test(below) ? line.end - words.length + at : null;
}
