/** First labels: which candidates begin a list. */
import type { Reading } from './labels.js';
import { isFollowed, nextPlace, type Places } from './places.js';
import { edgeAt, type Sheet } from './sheet.js';
import { endsEarly, endsInConnective } from './evidence.js';
import type { OpenList } from './stated-lists.js';
import type { Trial } from './trials.js';

/** A trial that may begin a list, and the next one that bears the number 2 in its form. */
type FirstTwo = readonly [first: Trial, second: Trial];

/** The reading by which this label begins a list, or null. */
export function begun(
  trials: readonly Trial[],
  index: number,
  open: readonly OpenList[],
  successors: Places,
  sheet: Sheet,
): Reading | null {
  const trial = trials[index];
  if (!trial) return null;
  const { candidate } = trial;
  for (const reading of candidate.readings) {
    if (reading.odd) continue;
    // The first paragraph of a Japanese article bears no number: its list begins at 2.
    if (reading.form === '1\u3000' && reading.value === 2 && trial.evidence >= 2)
      if (open.some((list) => list.family === 'article')) return reading;
    const followed = isFollowed(index, reading, successors);
    if (reading.value === 1) {
      if (candidate.bare && (!followed || trial.evidence < 3)) continue;
      if (followed && trial.evidence >= 2) return reading;
      if (followed && standsInColumn(trials, index, reading, successors, open, sheet)) return reading;
      const second = trials[nextPlace(successors, reading.form, 2, index)];
      if (followed && second && standsBelowHead([trial, second], reading, sheet)) return reading;
      if (followed && second && standsAlone([trial, second], reading, sheet)) return reading;
      if (followed && standsBelowSection(sheet, trial)) return reading;
      // A list of one: only after an empty line, and never one that looks like an initial or an abbreviation.
      const initial =
        reading.family === 'letter' || reading.family === 'roman' || reading.family === 'ordinal';
      if (trial.evidence >= 3 && (!initial || reading.form.startsWith('('))) return reading;
      continue;
    }
    // `… shall: (a) to take …` within the paragraph's own words: the list goes on with (b) on a line of its own.
    if (reading.value <= 4 && trial.evidence >= 2 && hasInlinePredecessor(sheet, trial, reading))
      return reading;
    // An excerpt may begin at any number, when nothing of the kind is open yet and the next number follows.
    const running = open.some((list) => list.family === reading.family && list.form === reading.form);
    const plain = reading.family === 'article' || reading.form === '1.';
    if (plain && !running && !candidate.bare && followed && trial.evidence >= 3 && reading.value < 1000)
      return reading;
  }
  return null;
}

/**
 * `means` ⏎ `(i) …` ⏎ `(ii) …`: a first label in brackets behind an unfinished line, with the second below it in the same
 * column. Indented deeper than the list around it, or where lines are not broken at the page's width, that is enough; else
 * both must stand where a line ends early or behind a comma. A clause that only hangs under a label has no second.
 */
function standsInColumn(
  trials: readonly Trial[],
  index: number,
  reading: Reading,
  successors: Places,
  open: readonly OpenList[],
  sheet: Sheet,
): boolean {
  const trial = trials[index];
  const around = open.at(-1);
  const second = trials[nextPlace(successors, reading.form, 2, index)];
  if (!trial || !around || !second || trial.candidate.bare) return false;
  // Without brackets (`i.`, `a.`) only deeper than the list around it.
  const enclosed = /[)）]$/.test(reading.form);
  if (!enclosed && (!/^[ai]\.$/.test(reading.form) || trial.indent < around.indent + 2)) return false;
  const isFirst = ({ candidate, line }: Trial): boolean => sheet.lines[line]?.start === candidate.start;
  if (!isFirst(trial) || !isFirst(second)) return false;
  if (Math.abs(second.indent - trial.indent) > 1 || second.line - trial.line > longestItem) return false;
  if (trial.indent >= around.indent + 2) return second.evidence >= 2;
  return !sheet.layout.wrapped ? second.evidence >= 2 : Math.min(trial.evidence, second.evidence) >= 1;
}

/**
 * `Declaration of Sund` ⏎ `1. We, the ferrymen of Sund,` ⏎ `met at the old quay …`: below a short line that is no sentence
 * and with no empty line between. The second must begin a line, too, where more than the number speaks for it.
 */
function standsBelowHead([trial, second]: FirstTwo, reading: Reading, sheet: Sheet): boolean {
  if (reading.form !== '1.' || !sheet.layout.wrapped) return false;
  const head = sheet.lines[trial.line - 1];
  if (!head || sheet.furniture.has(trial.line - 1)) return false;
  return (
    [trial, second].every(
      ({ candidate, line, evidence }) =>
        evidence >= 1 &&
        sheet.lines[line]?.start === candidate.start &&
        /^["“«(]?\p{Lu}/u.test(sheet.text.slice(candidate.textStart, candidate.textStart + 2)),
    ) &&
    head.indent + head.end - head.start < edgeAt(sheet, trial.line - 1) * 0.6 &&
    endsEarly(sheet, trial.line - 1, trial.line) &&
    !endsInConnective(sheet, head)
  );
}

/** `1.` alone on its line above a capital, and further down `2.` alone on its own: tab stops that a copy lost. */
function standsAlone([trial, second]: FirstTwo, reading: Reading, sheet: Sheet): boolean {
  if (trial.candidate.bare || reading.family !== 'number') return false;
  const fillsLine = ({ candidate, line }: Trial): boolean => {
    const own = sheet.lines[line];
    return own?.start === candidate.start && own.end === candidate.end;
  };
  const below = sheet.lines[trial.line + 1];
  if (!fillsLine(trial) || !fillsLine(second) || !below) return false;
  return /^["“«(]?\p{Lu}/u.test(sheet.text.slice(below.start, below.start + 3));
}

/** `I. UKRAINE` right above: a section's number and its title, which no empty line parts from the first paragraph. */
function standsBelowSection(sheet: Sheet, trial: Trial): boolean {
  const above = sheet.lines[trial.line - 1];
  const own = sheet.lines[trial.line];
  if (!above || own?.start !== trial.candidate.start || trial.evidence < 1) return false;
  if (above.end - above.start > longestSectionTitle || sheet.furniture.has(trial.line - 1)) return false;
  const words = sheet.text.slice(above.start, above.end);
  if (!/^(?:[IVX]{1,6}|[A-H])\.[\s\u00a0]+\p{Lu}[^.;:]*[\p{L}\p{N})]$/u.test(words)) return false;
  return /^\p{Lu}/u.test(sheet.text.slice(trial.candidate.textStart, trial.candidate.textStart + 2));
}

/** The longest such title. */
const longestSectionTitle = 90;

/** The most lines of such an item. */
const longestItem = 12;

/** How far back the label before may stand within running words. */
const inlineReach = 6000;

/** Whether the label before this one stands in the running words above it, as `(a)` does in `shall: (a) to …`. */
function hasInlinePredecessor(sheet: Sheet, trial: Trial, reading: Reading): boolean {
  if ((reading.family !== 'letter' && reading.family !== 'roman') || !reading.form.startsWith('('))
    return false;
  const before = Math.floor(reading.value) - 1;
  const numeral = reading.family === 'roman' ? ['i', 'ii', 'iii', 'iv'][before - 1] : 'abcdefgh'[before - 1];
  if (numeral === undefined) return false;
  const words = sheet.text.slice(Math.max(0, trial.candidate.start - inlineReach), trial.candidate.start);
  const at = words.toLowerCase().lastIndexOf(` (${numeral}) `);
  // A paragraph with a number of its own in between would have closed the list.
  return at >= 0 && !/\n\s*\d{1,3}\\?\.\s/.test(words.slice(at));
}
