/**
 * The canonical text: the document's labels, words and calls as one text of lines, so that two files say the same where
 * their hashes are the same. Defined in docs/fidelity.md.
 */
import { createHash } from 'node:crypto';
import type { Flat, Unit } from './flat.js';
import { isEmpty, wordsIn } from './flat.js';

/** One line a text: its label, a TAB, its words with single spaces, and for each call a TAB and `marker@place`. */
export function canonicalText({ body, notes }: Flat): string {
  const units = [...body, ...notes.flatMap((note) => note.units)];
  return units
    .filter((unit) => !isEmpty(unit))
    .map((unit) => `${lineOf(unit)}\n`)
    .join('');
}

const lineOf = ({ label, words, calls }: Unit): string =>
  [
    wordsIn(label ?? '').join(' '),
    words.join(' '),
    ...calls.map(({ marker, at }) => `${wordsIn(marker ?? '').join(' ')}@${at}`),
  ].join('\t');

export interface Canonical {
  /** Of the canonical text in UTF-8, in lower-case hexadecimal. */
  readonly sha256: string;
  readonly lines: number;
  readonly labels: number;
  readonly words: number;
  readonly notes: number;
  readonly calls: number;
}

/** The canonical text's hash, and what it sums up. */
export function canonicalOf(flat: Flat): Canonical {
  const text = canonicalText(flat);
  const units = [...flat.body, ...flat.notes.flatMap((note) => note.units)];
  const count = (of: (unit: Unit) => number) => units.reduce((sum, unit) => sum + of(unit), 0);
  return {
    sha256: createHash('sha256').update(text).digest('hex'),
    lines: text.split('\n').length - 1,
    labels: count((unit) => (unit.label ? 1 : 0)),
    words: count((unit) => unit.words.length),
    notes: flat.notes.length,
    calls: count((unit) => unit.calls.length),
  };
}
