/**
 * Sequence: which candidates are labels. A label is believed for its place in a list: it continues one that is
 * open, or begins one that goes on. What begins a block (an empty line, the end of a sentence, an indentation)
 * counts for it; what runs on from the line before counts against it.
 */
import { diagnose } from '../report.js';
import { labelAt, type Family, type LabelCandidate, type Reading } from './labels.js';
import type { TextLine } from './plain.js';
import {
  beginsWithBlockTag,
  between,
  edgeAt,
  endsWithBlockTag,
  leadingTags,
  trimmed,
  whereIs,
  wordsOf,
  type Sheet,
} from './sheet.js';

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
}

interface OpenList {
  readonly id: number;
  readonly family: Family;
  readonly form: string;
  readonly indent: number;
  readonly depth: number;
  readonly inside: number | null;
  value: number;
  /** The line of the list's last label. */
  line: number;
}

interface Trial {
  readonly candidate: LabelCandidate;
  readonly line: number;
  readonly indent: number;
  /** From 0 (runs on from the line before) to 3 (nothing else can be meant). */
  readonly evidence: number;
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
  let lists = 0;
  for (const [index, trial] of trials.entries()) {
    const goesOn = continued(trial, open, sheet);
    if (goesOn) {
      const { list, reading } = goesOn;
      report(sheet, trial, reading, list);
      closeBehind(open, list);
      list.value = Math.max(list.value, reading.value);
      list.line = trial.line;
      labels.push(label(trial, reading, list));
      continue;
    }
    const reading =
      begun(trial, index, open, successors, sheet) ??
      (trial.evidence === certain ? trial.candidate.readings[0] : null);
    if (!reading) continue;
    const before = labels.findLast((one) => one.depth === 0);
    const list = opened(trial, reading, open, lists++);
    if (list.depth === 0 && list.inside === null && reading.value === 1 && before)
      reportRestart(sheet, trial, reading, before);
    if (list.depth === 0 && reading.value !== 1)
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

// ------------------------------------------------------------------------------------------------ candidates

function trialsOf(sheet: Sheet): Trial[] {
  const trials: Trial[] = [];
  for (let index = 0; index < sheet.lines.length; index++) {
    const line = sheet.lines[index];
    if (!line || sheet.furniture.has(index)) continue;
    const stated = sheet.overrules.labels.get(index);
    if (stated === null) continue;
    if (stated !== undefined) {
      trials.push({
        candidate: statedLabel(sheet, line, stated),
        line: index,
        indent: line.indent,
        evidence: certain,
      });
      continue;
    }
    const candidate = labelBehindTags(sheet, line);
    if (candidate) {
      if (isContentsLine(wordsOf(sheet, line)) || isColumns(sheet.text.slice(candidate.textStart, line.end)))
        continue;
      trials.push({ candidate, line: index, indent: line.indent, evidence: evidenceAt(sheet, index) });
      const second =
        candidate.textStart < line.end ? labelAt(sheet.text, candidate.textStart, line.end) : null;
      if (second && !second.bare && second.readings[0]?.odd !== true)
        trials.push({
          candidate: second,
          line: index,
          indent: line.indent + second.start - line.start,
          evidence: 2,
        });
      continue;
    }
    const glued = labelAfterHeading(sheet, index);
    if (glued) trials.push(glued);
  }
  return trials.length === 0 ? trialsWithin(sheet) : trials;
}

/** The most lines of a text that lost its line ends. */
const fewestLines = 8;

/** `1. We … . 2. We … .`: a text whose line ends are lost has its labels within its lines, behind ends of sentences. */
function trialsWithin(sheet: Sheet): Trial[] {
  if (sheet.lines.length > fewestLines) return [];
  const trials: Trial[] = [];
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index)) continue;
    const pattern = /(?<=[.;:!?…”"’)\]]\s{1,3})\d{1,3}\\?\.[\s\u00a0]+(?=[\p{Lu}“"])/gu;
    for (const match of wordsOf(sheet, line).matchAll(pattern)) {
      const candidate = labelAt(sheet.text, line.start + match.index, line.end);
      if (candidate && candidate.readings[0]?.odd !== true && !candidate.bare)
        trials.push({ candidate, line: index, indent: 0, evidence: 2 });
    }
  }
  // Three in a row, from 1: less may be an enumeration within a sentence.
  const values = trials.map((trial) => trial.candidate.readings[0]?.value);
  return values[0] === 1 && values[1] === 2 && values[2] === 3 ? trials : [];
}

/** The evidence of a label that a person stated. */
const certain = 9;

/** A label that a person stated: read as the reader would, or taken letter by letter. */
function statedLabel(sheet: Sheet, line: TextLine, printed: string): LabelCandidate {
  const own = labelAt(sheet.text, line.start, line.end);
  const end = line.start + printed.length;
  if (own && sheet.text.slice(own.start, own.end) === printed) return { ...own, bare: false };
  const value = Number(/\d+/.exec(printed)?.[0] ?? 1);
  const textStart = trimmed(sheet.text, end, line.end).start;
  return {
    start: line.start,
    end,
    textStart,
    readings: [{ family: 'number', form: '1.', value }],
    bare: false,
  };
}

/** The label at a line's start; tags before it belong to it as mark-up. */
function labelBehindTags(sheet: Sheet, line: TextLine): LabelCandidate | null {
  if (!sheet.layout.html) return labelAt(sheet.text, line.start, line.end);
  const tags = leadingTags(sheet, line);
  const candidate = labelAt(sheet.text, line.start + tags, line.end);
  return candidate && tags > 0 ? { ...candidate, start: line.start } : candidate;
}

/** `Introduction ........ 3`: a line of a contents list. */
export const isContentsLine = (words: string): boolean => /(?:\.[\s\u00a0]?){5,}[\s\u00a0]*\d+$/.test(words);

/** Columns of names, as in signature blocks: `A. Akaev      M. Snegur`. */
const isColumns = (words: string): boolean => /\S[\s\u00a0]{4,}\S/.test(words);

/** `SECURITY AND DEFENCE 13. The two Governments…`: a heading in capitals that lost its line end. */
function labelAfterHeading(sheet: Sheet, index: number): Trial | null {
  const line = sheet.lines[index];
  if (!line || evidenceAt(sheet, index) < 2) return null;
  const words = sheet.text.slice(line.start, Math.min(line.end, line.start + 160));
  const match = /^(?:\p{Lu}{2,}[\p{Lu}\s,&'’()-]*?)[\s\u00a0]+(?=\d{1,3}\\?\.[\s\u00a0]*\p{Lu}\p{Ll}?)/u.exec(
    words,
  );
  if (!match) return null;
  const candidate = labelAt(sheet.text, line.start + match[0].length, line.end);
  return candidate && candidate.readings[0]?.odd !== true
    ? { candidate, line: index, indent: line.indent, evidence: 2 }
    : null;
}

/**
 * How surely a line begins a block: 3 after an empty line (or where every line is a paragraph), 2 after the end of
 * a sentence or clause or a deliberate line end, 1 where it is indented anew, 0 where it runs on.
 */
export function evidenceAt(sheet: Sheet, index: number): number {
  const { lines, layout } = sheet;
  const line = lines[index];
  if (!line) return 0;
  let before = index - 1;
  while (before >= 0 && sheet.furniture.has(before)) before--;
  const previous = lines[before];
  if (!previous) return 3;
  if (between(sheet, before, index) === 'break') return 3;
  if (beginsWithBlockTag(sheet, line) || endsWithBlockTag(sheet, previous)) return 3;
  if (!layout.wrapped) return isUnfinished(sheet, previous) || hangsBelow(sheet, previous, line) ? 0 : 3;
  const ending = sheet.text.slice(Math.max(previous.start, previous.end - 3), previous.end);
  let evidence = 0;
  if (/[.:;!?…。：；]["”’»)\]*_]*$/.test(ending)) evidence = 2;
  else if (/[,，、–—-]$/.test(ending)) evidence = 1;
  if (endsEarly(sheet, before, index)) evidence += 1;
  if (line.indent >= previous.indent + 2) evidence += 1;
  // What stands far to the right (a stray mark, a place and date) is no part of a sentence.
  if (previous.indent > edgeAt(sheet, before) * 0.6 && line.indent < previous.indent / 2) evidence += 2;
  return Math.min(3, evidence);
}

/** A line under a label's or bullet's words, where the one before does not end: it hangs there. */
export function hangsBelow(sheet: Sheet, previous: TextLine, line: TextLine): boolean {
  if (line.indent < previous.indent + 2 || line.emptyBefore > 0) return false;
  const words = wordsOf(sheet, previous);
  const lead = /^(?:\(?[\p{L}\p{N}]{1,4}\\?[.)]|[•·▪–—*-])[\s\u00a0]+/u.exec(words)?.[0].length ?? 0;
  return lead > 0 && Math.abs(line.indent - previous.indent - lead) <= 1 && !/[.:;!?]["”’»)]*$/u.test(words);
}

/** A long line that ends in a word: where each line is a paragraph, this one goes on with the next. */
export function isUnfinished(sheet: Sheet, line: TextLine): boolean {
  return line.end - line.start > 45 && /[\p{Ll}\p{N}]$/u.test(sheet.text.slice(line.end - 2, line.end));
}

/** Whether a line ends although the next line's first word would have fitted: its end was meant. */
export function endsEarly(sheet: Sheet, index: number, next: number): boolean {
  const line = sheet.lines[index];
  const following = sheet.lines[next];
  if (!line || !following || !sheet.layout.wrapped) return false;
  const word =
    /^\S+/.exec(sheet.text.slice(following.start, Math.min(following.end, following.start + 60)))?.[0] ?? '';
  const right = line.indent + line.end - line.start;
  return right + 1 + word.length < edgeAt(sheet, index) - 4;
}

// ------------------------------------------------------------------------------------------------ lists

type Places = ReadonlyMap<string, readonly number[]>;

const placeKey = (reading: Reading, value: number) => `${reading.form}\u0000${value}`;

function placesByValue(trials: readonly Trial[]): Places {
  const places = new Map<string, number[]>();
  for (const [index, trial] of trials.entries())
    for (const reading of trial.candidate.readings) {
      const key = placeKey(reading, Math.floor(reading.value));
      const list = places.get(key);
      if (list) list.push(index);
      else places.set(key, [index]);
    }
  return places;
}

/** Whether the next number of the same form stands somewhere after trial `index`. */
function isFollowed(index: number, reading: Reading, successors: Places): boolean {
  const places = successors.get(placeKey(reading, Math.floor(reading.value) + 1));
  return places !== undefined && (places.at(-1) ?? -1) > index;
}

interface Continued {
  readonly list: OpenList;
  readonly reading: Reading;
}

/** The innermost open list that this label continues. */
function continued(trial: Trial, open: readonly OpenList[], sheet: Sheet): Continued | null {
  for (let at = open.length - 1; at >= 0; at--) {
    const list = open[at];
    if (!list) continue;
    for (const reading of trial.candidate.readings) {
      if (reading.family !== list.family || !sameForm(reading.form, list.form)) continue;
      const step = Math.floor(reading.value) - Math.floor(list.value);
      const next = step === 1 || (step === 0 && reading.value > list.value);
      if (next && trial.evidence >= (reading.odd || trial.candidate.bare ? 2 : needed(trial, list)))
        return { list, reading };
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

/** The next number of a list needs little: a place like its fellows' is enough. */
const needed = (trial: Trial, list: OpenList): number =>
  list.family === 'article' || Math.abs(trial.indent - list.indent) <= 1 ? 1 : 2;

/** `1.` and `1,` may stand in one list, as may `(c)` and `(C)`; `1.` and `1)` not. */
const sameForm = (one: string, other: string): boolean =>
  one === other || one.toLowerCase() === other.toLowerCase();

/** The reading by which this label begins a list, or null. */
function begun(
  trial: Trial,
  index: number,
  open: readonly OpenList[],
  successors: Places,
  sheet: Sheet,
): Reading | null {
  const { candidate } = trial;
  for (const reading of candidate.readings) {
    if (reading.odd) continue;
    const followed = isFollowed(index, reading, successors);
    if (reading.value === 1) {
      if (candidate.bare && (!followed || trial.evidence < 3)) continue;
      if (followed && trial.evidence >= 2) return reading;
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

const rankOf = (family: Family, form: string): number => (isSection(form) ? -1 : rank[family]);

/**
 * Closes the lists that stood inside a list's last item. Behind a new section or article paragraphs may go on
 * numbering where they were; sub-paragraphs never do.
 */
function closeBehind(open: OpenList[], list: OpenList): void {
  const at = open.indexOf(list);
  const keeps = list.family === 'article' || isSection(list.form);
  const kept = keeps
    ? open.slice(at + 1).filter((inner) => inner.family === 'number' && inner.depth === 0)
    : [];
  open.splice(at + 1, open.length, ...kept);
}

/** Opens a list: inside the innermost one that holds it, or beside it. */
function opened(trial: Trial, reading: Reading, open: OpenList[], id: number): OpenList {
  const inner = (list: OpenList): boolean =>
    list.form === reading.form
      ? trial.indent >= list.indent + 2
      : rankOf(reading.family, reading.form) > rankOf(list.family, list.form);
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
