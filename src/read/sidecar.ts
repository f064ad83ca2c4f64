/**
 * The sidecar: a person overrules the reader. `NAME.engross.json` beside a text states what its metadata is, which
 * lines are furniture, which begin with a label, which are notes, which digits call them. Every entry names the
 * first words of its line, so that one that no longer fits the text is an error and no silent mistake.
 */
import type { Diagnostic } from '../document.js';
import { diagnose, nearest, Refusal } from '../report.js';
import { jsonCure, parseJsonOf } from '../report/json-faults.js';
import type { ListPlace, Overrules, Sheet, Stretch } from './sheet.js';

/** A line, by its number and its first words. */
interface LineEntry {
  readonly line: number;
  readonly starts: string;
}

interface MarkEntry extends LineEntry {
  /** The label or marker as printed: `15.`, `*`. */
  readonly printed: string;
  /** Where Markdown says that the label stands; a sidecar can't. */
  readonly list?: ListPlace;
}

interface CallEntry {
  readonly line: number;
  /** The words right before the mark. */
  readonly after: string;
  readonly marker: string;
}

/** What may be stated about a document as a whole; null: it has none. */
export const fieldNames = [
  'title',
  'subtitle',
  'date',
  'datePrinted',
  'language',
  'documentType',
  'symbol',
  'place',
  'issuer',
] as const;
export type FieldName = (typeof fieldNames)[number];

export interface Sidecar {
  readonly fields: ReadonlyMap<FieldName, string | null>;
  readonly encoding: string | null;
  readonly furniture: readonly LineEntry[];
  readonly notFurniture: readonly LineEntry[];
  readonly labels: readonly MarkEntry[];
  readonly notLabels: readonly LineEntry[];
  readonly headings: readonly LineEntry[];
  readonly notHeadings: readonly LineEntry[];
  readonly notes: readonly MarkEntry[];
  readonly notNotes: readonly LineEntry[];
  readonly calls: readonly CallEntry[];
  readonly notCalls: readonly CallEntry[];
}

const lineKeys = ['line', 'starts'] as const;
const markKeys = ['line', 'starts', 'printed'] as const;
const callKeys = ['line', 'after', 'marker'] as const;
const lists = {
  furniture: lineKeys,
  notFurniture: lineKeys,
  labels: markKeys,
  notLabels: lineKeys,
  headings: lineKeys,
  notHeadings: lineKeys,
  notes: markKeys,
  notNotes: lineKeys,
  calls: callKeys,
  notCalls: callKeys,
} as const;

type ListName = keyof typeof lists;
/** The lists of a sidecar whose entries name lines. */
export const listNames = Object.keys(lists) as ListName[]; // The keys of the table are its type's members.

/**
 * Reads a sidecar's text.
 * @param file its name, for the messages
 * @throws Refusal (`sidecar-invalid`) for what is no sidecar, naming the key and the nearest known one
 */
export function parseSidecar(text: string, file: string): Sidecar {
  let value: unknown;
  try {
    value = parseJsonOf(file, text);
  } catch (error) {
    throw error instanceof SyntaxError
      ? new Refusal(diagnose('sidecar-invalid', error.message, undefined, jsonCure))
      : error;
  }
  if (!isObject(value)) throw invalid(`${file} is not a JSON object.`);
  const fields = new Map<FieldName, string | null>();
  const entries = new Map<ListName, Record<string, unknown>[]>();
  let encoding: string | null = null;
  for (const [key, given] of Object.entries(value)) {
    if (key === '$schema') continue;
    if (key === 'encoding') encoding = textAt(file, key, given);
    else if (isField(key)) fields.set(key, given === null ? null : fieldAt(file, key, given));
    else if (isList(key)) entries.set(key, entriesAt(file, key, given));
    else
      throw invalid(
        `${file}: there is no key “${key}”${nearest(key, [...fieldNames, ...listNames, 'encoding']) || '.'}`,
      );
  }
  // Every entry was checked against the keys of its list.
  const lines = (name: ListName) => (entries.get(name) ?? []) as unknown as readonly LineEntry[];
  const marks = (name: ListName) => (entries.get(name) ?? []) as unknown as readonly MarkEntry[];
  const calls = (name: ListName) => (entries.get(name) ?? []) as unknown as readonly CallEntry[];
  return {
    fields,
    encoding,
    furniture: lines('furniture'),
    notFurniture: lines('notFurniture'),
    labels: marks('labels'),
    notLabels: lines('notLabels'),
    headings: lines('headings'),
    notHeadings: lines('notHeadings'),
    notes: marks('notes'),
    notNotes: lines('notNotes'),
    calls: calls('calls'),
    notCalls: calls('notCalls'),
  };
}

const invalid = (message: string): Refusal => new Refusal(diagnose('sidecar-invalid', message));
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isField = (key: string): key is FieldName => fieldNames.some((name) => name === key);
const isList = (key: string): key is ListName => Object.hasOwn(lists, key);

function textAt(file: string, key: string, given: unknown): string {
  if (typeof given !== 'string' || given.trim() === '') throw invalid(`${file}: “${key}” must be a text.`);
  return given;
}

function fieldAt(file: string, key: FieldName, given: unknown): string {
  const text = textAt(file, key, given);
  if (key === 'date' && !/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text))
    throw invalid(`${file}: “date” must be a day like “2007-12-07”, not “${text}”.`);
  if (key === 'language' && !/^[a-zA-Z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(text))
    throw invalid(`${file}: “language” must be a BCP 47 tag like “en” or “sr-Cyrl”, not “${text}”.`);
  return text;
}

function entriesAt(file: string, key: ListName, given: unknown): Record<string, unknown>[] {
  if (!Array.isArray(given)) throw invalid(`${file}: “${key}” must be a list.`);
  return given.map((entry: unknown, index) => {
    const place = `${key}[${index}]`;
    if (!isObject(entry)) throw invalid(`${file}: “${place}” must be an object.`);
    const keys: readonly string[] = lists[key];
    const unknown = Object.keys(entry).find((name) => !keys.includes(name));
    if (unknown !== undefined)
      throw invalid(`${file}: there is no key “${place}.${unknown}”${nearest(unknown, keys) || '.'}`);
    for (const name of keys) {
      if (name === 'line') {
        if (!Number.isInteger(entry[name]) || Number(entry[name]) < 1)
          throw invalid(`${file}: “${place}.line” must be the number of a line.`);
      } else textAt(file, `${place}.${name}`, entry[name]);
    }
    return entry;
  });
}

// ------------------------------------------------------------------------------------------------ applied to a text

/**
 * Finds a sidecar's entries in the text.
 * @throws Refusal (`sidecar-unmatched`), one diagnostic for each entry that doesn't fit the text
 */
export function overrulesOf(sidecar: Sidecar, sheet: Sheet): Overrules {
  const problems: Diagnostic[] = [];
  const byNumber = new Map(sheet.lines.map((line, index) => [line.number, index]));
  const lineOf = (key: string, entry: LineEntry): number | null => {
    const index = byNumber.get(entry.line) ?? -1;
    const line = sheet.lines[index];
    const words = line ? sheet.text.slice(line.start, line.end) : '';
    if (line && words.startsWith(entry.starts.trim())) return index;
    const what = line ? `begins with “${words.slice(0, 40)}”` : 'holds no words';
    problems.push(
      diagnose(
        'sidecar-unmatched',
        `“${key}” names line ${entry.line} as beginning with “${entry.starts}”, but it ${what}.`,
        { line: entry.line },
      ),
    );
    return null;
  };
  const lineMap = <Value>(
    groups: readonly (readonly [ListName, readonly LineEntry[], (entry: LineEntry) => Value])[],
  ) => {
    const map = new Map<number, Value>();
    for (const [key, entries, value] of groups)
      for (const entry of entries) {
        const index = lineOf(key, entry);
        if (index !== null) map.set(index, value(entry));
      }
    return map;
  };
  const printed = (entry: LineEntry): string | null => ('printed' in entry ? String(entry.printed) : null);
  const callAt = (key: string, entry: CallEntry): (Stretch & { marker: string }) | null => {
    const line = sheet.lines[byNumber.get(entry.line) ?? -1];
    const words = line ? sheet.text.slice(line.start, line.end) : '';
    const at = words.indexOf(entry.after + entry.marker);
    if (line && at >= 0) {
      const start = line.start + at + entry.after.length;
      return { start, end: start + entry.marker.length, marker: entry.marker };
    }
    problems.push(
      diagnose(
        'sidecar-unmatched',
        `“${key}” names “${entry.after}${entry.marker}” in line ${entry.line}, but it isn't there.`,
        { line: entry.line },
      ),
    );
    return null;
  };
  const calls = (key: ListName, entries: readonly CallEntry[]) =>
    entries.map((entry) => callAt(key, entry)).filter((one) => one !== null);
  const overrules: Overrules = {
    furniture: lineMap([
      ['furniture', sidecar.furniture, () => true],
      ['notFurniture', sidecar.notFurniture, () => false],
    ]),
    labels: lineMap([
      ['labels', sidecar.labels, printed],
      ['notLabels', sidecar.notLabels, () => null],
    ]),
    lists: listsIn(sidecar.labels, byNumber),
    headings: lineMap([
      ['headings', sidecar.headings, () => true],
      ['notHeadings', sidecar.notHeadings, () => false],
    ]),
    notes: lineMap([
      ['notes', sidecar.notes, printed],
      ['notNotes', sidecar.notNotes, () => null],
    ]),
    calls: calls('calls', sidecar.calls),
    notCalls: calls('notCalls', sidecar.notCalls),
  };
  if (problems.length > 0) throw new Refusal(...problems);
  return overrules;
}

/** By index of the line: where Markdown's own lists say that a label stands. */
function listsIn(
  labels: readonly MarkEntry[],
  byNumber: ReadonlyMap<number, number>,
): ReadonlyMap<number, ListPlace> {
  const lists = new Map<number, ListPlace>();
  for (const { line, list } of labels) {
    const index = byNumber.get(line);
    if (list && index !== undefined) lists.set(index, list);
  }
  return lists;
}
