/**
 * Sequence: which candidates are labels. A label is believed for its place in a list: it continues one that is
 * open, or begins one that goes on. What begins a block (an empty line, the end of a sentence, an indentation)
 * counts for it; what runs on from the line before counts against it.
 */
import { diagnose } from '../report.js';
import { endsInConnective, endsInJoint } from './evidence.js';
import { startsWithMonth } from './dates.js';
import type { Family, LabelCandidate, Reading } from './labels.js';
import { whereIs, type Sheet } from './sheet.js';
import { begun } from './first-labels.js';
import { placesByValue, runsOn, type Places } from './places.js';
import { subHeadingsOf } from './sub-headings.js';
import { StatedLists, type Continued, type OpenList } from './stated-lists.js';
import { certain, trialsOf, type Trial } from './trials.js';

/** A label that is believed. */
export interface Label {
  readonly candidate: LabelCandidate;
  readonly reading: Reading;
  /** The line (index) that it stands on. */
  readonly line: number;
  /** 0 for a list at the top; 1 for a list inside one of its items … */
  readonly depth: number;
  /** Counts the lists of the text, so that two labels of one list can be told. */
  readonly list: number;
  /** The list in one of whose items this list stands, if that item is still open; null at the top. */
  readonly inside: number | null;
  /** It heads the paragraphs below it, which count on: `(ii) The buoys`. */
  readonly heads?: true;
}

/** How many lists may be open at once; the outermost is dropped beyond. */
const deepest = 16;
/** The most numbers that may be missing in a list before a label is taken for something else. */
const widestGap = 30;

/** The labels of the text, in order. Reports gaps, repeats and restarts. */
export function labelsOf(sheet: Sheet): Label[] {
  const trials = trialsOf(sheet);
  const successors = placesByValue(trials);
  const labels: Label[] = [];
  const open: OpenList[] = [];
  const stated = new StatedLists(sheet, open);
  let lists = 0;
  const subHeadings = subHeadingsOf(sheet, trials);
  for (const [index, trial] of trials.entries()) {
    const head = subHeadings.get(index);
    if (head) {
      // The numbers go on below it; what stood in their last item does not.
      open.splice(0, open.length, ...open.filter((list) => list.depth === 0));
      labels.push({
        candidate: trial.candidate,
        reading: head,
        line: trial.line,
        depth: 0,
        list: lists++,
        inside: null,
        heads: true,
      });
      continue;
    }
    const goesOn = stated.continued(trial) ?? (stated.isNested(trial) ? null : continued(trial, open, sheet));
    if (goesOn) {
      const { list, reading } = goesOn;
      stated.note(trial, list);
      report(sheet, trial, reading, list);
      closeBehind(open, list, (inner) => runsOn(inner, index, successors));
      list.value = Math.max(list.value, reading.value);
      list.line = trial.line;
      labels.push(label(trial, reading, list));
      continue;
    }
    const reading =
      begun(trials, index, open, successors, sheet) ??
      (trial.evidence === certain ? trial.candidate.readings[0] : null);
    if (!reading) {
      reportRefused(sheet, trial);
      continue;
    }
    const before = labels.findLast((one) => one.depth === 0 && !one.heads);
    const list =
      stated.opened(trial, reading, lists) ?? opened(trial, index, reading, open, lists, successors, sheet);
    lists += 1;
    stated.note(trial, list);
    if (list.depth === 0 && list.inside === null && reading.value === 1 && before)
      reportRestart(sheet, trial, reading, before);
    if (list.depth === 0 && reading.value !== 1 && reading.form !== '1\u3000')
      sheet.diagnostics.push(
        diagnose(
          'number-skipped',
          `The numbering begins at ${printed(sheet, trial)}.`,
          whereIs(sheet, trial.candidate),
        ),
      );
    labels.push(label(trial, reading, list));
  }
  return labels;
}

const label = (trial: Trial, reading: Reading, list: OpenList): Label => ({
  candidate: trial.candidate,
  reading,
  line: trial.line,
  depth: list.depth,
  list: list.id,
  inside: list.inside,
});

const printed = (sheet: Sheet, trial: Trial): string =>
  `“${sheet.text
    .slice(trial.candidate.start, trial.candidate.end)
    .replace(/[\\*_#]/g, '')
    .trim()}”`;

/** What looks just like a number's label, on a line of its own, and is none is worth a second look. */
function reportRefused(sheet: Sheet, { candidate, evidence, line }: Trial): void {
  const [reading] = candidate.readings;
  if (evidence < 3 || candidate.bare || reading?.odd || reading?.form !== '1.' || reading.value > 999) return;
  if (sheet.lines[line]?.start !== candidate.start) return;
  const words = sheet.text.slice(candidate.start, candidate.end);
  sheet.diagnostics.push(
    diagnose(
      'number-doubtful',
      `“${words}” begins a line like a label, but fits no list: it stays text.`,
      whereIs(sheet, candidate),
    ),
  );
}

/** A list that begins at 1 although one of its form stood before. */
function reportRestart(sheet: Sheet, trial: Trial, reading: Reading, before: Label): void {
  if (before.reading.form !== reading.form) return;
  const again = before.reading.value === 1;
  sheet.diagnostics.push(
    diagnose(
      again ? 'number-repeated' : 'number-restarted',
      again
        ? `${printed(sheet, trial)} stands twice in a row.`
        : `The numbering starts anew at ${printed(sheet, trial)}, after number ${Math.floor(before.reading.value)}.`,
      whereIs(sheet, trial.candidate),
    ),
  );
}

function report(sheet: Sheet, trial: Trial, reading: Reading, list: OpenList): void {
  const step = Math.floor(reading.value) - Math.floor(list.value);
  if (step > 1)
    sheet.diagnostics.push(
      diagnose(
        'number-skipped',
        `${printed(sheet, trial)} follows number ${Math.floor(list.value)}: ${step === 2 ? `number ${Math.floor(list.value) + 1} is` : `${step - 1} numbers are`} missing.`,
        whereIs(sheet, trial.candidate),
      ),
    );
  if (step < 0)
    sheet.diagnostics.push(
      diagnose(
        'number-out-of-order',
        `${printed(sheet, trial)} follows number ${Math.floor(list.value)}.`,
        whereIs(sheet, trial.candidate),
      ),
    );
  if (reading.value === list.value)
    sheet.diagnostics.push(
      diagnose(
        'number-repeated',
        `${printed(sheet, trial)} stands twice in a row.`,
        whereIs(sheet, trial.candidate),
      ),
    );
  if (reading.odd)
    sheet.diagnostics.push(
      diagnose(
        'number-doubtful',
        `${printed(sheet, trial)} was taken for a label in spite of its punctuation, as it continues the numbering.`,
        whereIs(sheet, trial.candidate),
      ),
    );
}

// ------------------------------------------------------------------------------------------------ lists

/** The innermost open list that this label continues. */
function continued(trial: Trial, open: readonly OpenList[], sheet: Sheet): Continued | null {
  for (let at = open.length - 1; at >= 0; at--) {
    const list = open[at];
    if (!list) continue;
    for (const reading of trial.candidate.readings) {
      if (reading.family !== list.family || !sameForm(reading.form, list.form)) continue;
      const step = Math.floor(reading.value) - Math.floor(list.value);
      const next = step === 1 || (step === 0 && reading.value > list.value);
      const doubtful = reading.odd || trial.candidate.bare || goesOnInLowerCase(sheet, trial, reading);
      const least = doubtful ? 2 : needed(trial, list);
      const stands = (): boolean =>
        standsForItself(trial, reading, sheet) || standsUnderLast(trial, list, sheet);
      if (next && (trial.evidence >= least || (least < 2 && stands()))) return { list, reading };
    }
  }
  const list = open.at(-1);
  const reading =
    list && trial.candidate.readings.find((one) => one.family === list.family && one.form === list.form);
  if (!list || !reading || reading.odd || trial.candidate.bare || trial.evidence < 3) return null;
  // What may begin a list of its own is no far-off member of this one.
  if (trial.candidate.readings.some((one) => one.value === 1 && one !== reading)) return null;
  const step = reading.value - list.value;
  const gap = list.family === 'letter' || list.family === 'roman' ? 3 : widestGap;
  const same = Math.abs(trial.indent - list.indent) <= 3 || !sheet.layout.wrapped;
  if (same && step > 1 && step <= gap) return { list, reading };
  if (same && step <= 0 && step >= -widestGap && reading.value > 1) return { list, reading };
  return null;
}

/** `… begins in May` ⏎ `4. years from now`: a number that a short line without an end mark goes on with. */
function goesOnInLowerCase(sheet: Sheet, { candidate, line }: Trial, { form }: Reading): boolean {
  const before = sheet.lines[line - 1];
  if (
    form !== '1.' ||
    !before ||
    !/^\p{Ll}/u.test(sheet.text.slice(candidate.textStart, candidate.textStart + 2))
  )
    return false;
  return /[\p{L}\p{N}]$/u.test(sheet.text.slice(before.end - 1, before.end));
}

/** The next number of a list needs little: a place like its fellows' is enough. */
const needed = (trial: Trial, list: OpenList): number =>
  list.family === 'article' || Math.abs(trial.indent - list.indent) <= 1 ? 1 : 2;

/**
 * Where each line is a paragraph, the very next label of a list at a line's start is one even behind a line that has
 * no end mark: items are often printed without.
 */
function standsForItself({ candidate, line }: Trial, reading: Reading, sheet: Sheet): boolean {
  if (sheet.layout.wrapped || sheet.lines[line]?.start !== candidate.start) return false;
  let before = line - 1;
  while (sheet.furniture.has(before)) before--;
  const previous = sheet.lines[before];
  if (!previous) return false;
  const isItem = /[)）]$/.test(reading.form) || reading.family === 'letter' || reading.family === 'roman';
  // `b) … and` ⏎ `c) …`
  if (endsInConnective(sheet, previous) && !(isItem && endsInJoint(sheet, previous))) return false;
  if (isItem) return true;
  const words = sheet.text.slice(candidate.textStart, candidate.textStart + 16);
  return /^\p{Lu}/u.test(words) && !startsWithMonth(words);
}

/**
 * Right under the label before or the lines that hang below it, in its column, with as wide a gap behind it:
 * `1.   Principles of …` above `2.   Framework for …`, titles without end marks.
 */
function standsUnderLast({ candidate, line, indent }: Trial, list: OpenList, sheet: Sheet): boolean {
  const above = sheet.lines[list.line];
  if (!above || line - list.line > longestAnnouncement || indent !== list.indent) return false;
  if (sheet.lines[line]?.start !== candidate.start) return false;
  for (let index = list.line + 1; index < line; index++)
    if ((sheet.lines[index]?.indent ?? 0) < indent + 3) return false;
  const gap = /^\S+([\s\u00a0]{2,})/.exec(
    sheet.text.slice(above.start, Math.min(above.end, above.start + 24)),
  )?.[1];
  return (
    gap !== undefined &&
    candidate.textStart - candidate.end >= 2 &&
    Math.abs(candidate.textStart - candidate.end - gap.length) <= 1 &&
    /^["“«(]?[\p{Lu}\p{Lo}]/u.test(sheet.text.slice(candidate.textStart, candidate.textStart + 2))
  );
}

/** `1.` and `1,` may stand in one list, as may `(c)` and `(C)`; `1.` and `1)` not. */
const sameForm = (one: string, other: string): boolean =>
  one === other || one.toLowerCase() === other.toLowerCase();

const rank: Readonly<Record<Family, number>> = {
  article: 0,
  ordinal: 1,
  number: 1,
  compound: 2,
  letter: 3,
  roman: 4,
};

/** Romans and capital letters with a dot number sections: their lists hold all others. */
const isSection = (form: string): boolean => /^[AI]\.$/.test(form);

/** `Art. 2. § 1.`: signs of sections count within articles. */
const rankOf = (family: Family, form: string): number =>
  isSection(form) ? -1 : form === 'article §' ? 0.5 : rank[family];

/**
 * Closes the lists that stood inside a list's last item. Behind a new section or article paragraphs may go on
 * numbering where they were; sub-paragraphs never do.
 */
function closeBehind(open: OpenList[], list: OpenList, goesOn: (inner: OpenList) => boolean): void {
  const at = open.indexOf(list);
  const keeps = list.family === 'article' || isSection(list.form);
  const kept = keeps
    ? open.slice(at + 1).filter((inner) => inner.family === 'number' && inner.depth === 0 && goesOn(inner))
    : [];
  // A section that began between two paragraphs of one list is still open, and now holds the list.
  const sections =
    list.family === 'number' && list.depth === 0
      ? open.slice(at + 1).filter((inner) => isSection(inner.form) && inner.depth === 0)
      : [];
  open.splice(at, open.length, ...sections, list, ...kept);
}

/**
 * Whether an item announces a list of any kind: its own words, on the line before and the lines under its label, end
 * in a colon.
 */
function announces(sheet: Sheet, list: OpenList, line: number): boolean {
  const before = sheet.lines[line - 1];
  if (!before || line <= list.line || line - list.line > longestAnnouncement) return false;
  for (let index = list.line + 1; index < line; index++)
    if ((sheet.lines[index]?.emptyBefore ?? 0) > 0 || sheet.furniture.has(index)) return false;
  if (list.line < line - 1 && !sheet.layout.wrapped) return false;
  return /[:：]$/.test(sheet.text.slice(before.end - 1, before.end));
}

/** The most lines of an item that announces a list. */
const longestAnnouncement = 8;

/** Opens a list: inside the innermost one that holds it, or beside it. */
function opened(
  trial: Trial,
  index: number,
  reading: Reading,
  open: OpenList[],
  id: number,
  places: Places,
  sheet: Sheet,
): OpenList {
  // Numbers of another kind stand within an item where its own list goes on behind them.
  const goesOn = (list: OpenList): boolean =>
    list.family === 'number' && reading.family === 'number' && runsOn(list, index, places);
  const inner = (list: OpenList): boolean =>
    list.form === reading.form
      ? trial.indent >= list.indent + 2
      : rankOf(reading.family, reading.form) > rankOf(list.family, list.form) ||
        (reading.value === 1 &&
          !isSection(reading.form) &&
          reading.family !== 'article' &&
          (goesOn(list) || announces(sheet, list, trial.line)));
  let parent = open.at(-1);
  // Lists of the same form stay open behind the new one: numbering may resume after a list in an item.
  while (parent && !inner(parent) && parent.form !== reading.form) {
    if (isSection(reading.form) && parent.depth === 0) break;
    open.pop();
    parent = open.at(-1);
  }
  const nested = parent !== undefined && inner(parent);
  const beside = parent?.form === reading.form ? parent : undefined;
  // The numbers in an article or a section are no deeper than it.
  const step = parent && (parent.family === 'article' || isSection(parent.form)) ? 0 : 1;
  const list: OpenList = {
    id,
    family: reading.family,
    form: reading.form,
    indent: trial.indent,
    depth: nested ? (parent?.depth ?? 0) + step : (beside?.depth ?? 0),
    inside: nested ? (parent?.id ?? null) : (beside?.inside ?? null),
    value: reading.value,
    line: trial.line,
  };
  open.push(list);
  if (open.length > deepest) open.shift();
  return list;
}
