/**
 * Sub-headings in brackets: `(i) The lamps` above paragraphs 1 and 2, `(ii) The buoys` above 3 and 4. They count by
 * themselves and stand in no paragraph, though items look the same.
 */
import type { Reading } from './labels.js';
import { wordsOf, type Sheet } from './sheet.js';
import type { Trial } from './trials.js';

const longestTitle = 90;

/** Fewer are no series: an item alone under each paragraph looks the same. */
const fewest = 2;

/** The sub-headings among some trials, by their indexes: series from (i) or (a), each right above a number. */
export function subHeadingsOf(sheet: Sheet, trials: readonly Trial[]): ReadonlyMap<number, Reading> {
  const found = new Map<number, Reading>();
  /** The series that is open in each form: its last value and its members. */
  const open = new Map<string, { value: number; members: [number, Reading][] }>();
  for (const [index, trial] of trials.entries()) {
    const readings = trial.candidate.readings.filter(isBracketed);
    if (readings.length === 0) continue;
    const titled = isTitle(sheet, trial) && isAboveNumber(sheet, trial, trials[index + 1]);
    for (const reading of readings) {
      const series = open.get(reading.form);
      if (titled && reading.value === 1) open.set(reading.form, { value: 1, members: [[index, reading]] });
      else if (series && reading.value === series.value + 1) {
        if (!titled) {
          open.delete(reading.form);
          continue;
        }
        series.value += 1;
        series.members.push([index, reading]);
        const fresh = series.members.length === fewest ? series.members : series.members.slice(-1);
        for (const [at, one] of fresh) found.set(at, one);
      }
    }
  }
  return found;
}

const isBracketed = ({ family, form }: Reading): boolean =>
  (family === 'letter' || family === 'roman') && /[)）]$/.test(form);

/** A short title alone on its line, behind the end of a sentence or below another heading. */
function isTitle(sheet: Sheet, { candidate, line, evidence }: Trial): boolean {
  const here = sheet.lines[line];
  if (here?.start !== candidate.start || evidence < 3 || candidate.bare) return false;
  const words = sheet.text.slice(candidate.textStart, here.end);
  if (words.length < 2 || words.length > longestTitle || !/^["“«]?[\p{Lu}\p{Lo}]/u.test(words)) return false;
  if (!/[\p{L}\p{N})”"’»]$/u.test(words) || /[.;:!?]["”’»)]?\s/u.test(words)) return false;
  const before = sheet.lines[visible(sheet, line, -1)];
  if (!before) return true;
  const above = wordsOf(sheet, before);
  return (
    /[.!?…。]["”’»)\]]*\d{0,3}$/u.test(above) ||
    (above.length <= 120 && /^[^\d(]/.test(above) && !/[,:;–—-]$/.test(above))
  );
}

/** Whether the next line begins with a paragraph's number. */
function isAboveNumber(sheet: Sheet, { line }: Trial, next: Trial | undefined): boolean {
  if (!next || next.line !== visible(sheet, line, 1)) return false;
  const reading = next.candidate.readings[0];
  return next.evidence >= 2 && !next.candidate.bare && reading?.family === 'number' && reading.odd !== true;
}

/** The next line that is no furniture, in some direction. */
function visible(sheet: Sheet, line: number, step: 1 | -1): number {
  let index = line + step;
  while (sheet.furniture.has(index)) index += step;
  return index;
}
