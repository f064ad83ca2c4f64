/**
 * Pins: an `eId` for every place, after Akoma Ntoso's naming convention (OASIS LegalDocML, Naming Convention 1.0):
 * ASCII letters, digits and `_`, unique in the document even where case is ignored.
 */
import { decimalValue, digitClass } from './numerals.js';
import type { Label } from './sequence.js';

/** Hands out eIds and keeps them apart. */
export class Pins {
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();
  readonly #repeats = new Map<string, number>();

  /** The eId itself, or with `_2`, `_3` … where it is taken. */
  claim(eId: string): string {
    let free = eId;
    const key = eId.toLowerCase();
    let again = this.#repeats.get(key) ?? 1;
    while (this.#taken.has(free.toLowerCase())) free = `${eId}_${++again}`;
    // The next one that repeats begins to look where this one ended.
    this.#repeats.set(key, again);
    this.#taken.add(free.toLowerCase());
    return free;
  }

  /** The next `kind_N` inside a parent: `p_3`, `att_1__p_1`. */
  next(parent: string, kind: string): string {
    const stem = within(parent, kind);
    const count = (this.#counts.get(stem) ?? 0) + 1;
    this.#counts.set(stem, count);
    return this.claim(`${stem}_${count}`);
  }
}

/** `att_1` and `para_3` as `att_1__para_3`; an empty parent adds nothing. */
export const within = (parent: string, eId: string): string => (parent === '' ? eId : `${parent}__${eId}`);

const digits = new RegExp(`[${digitClass}]+`, 'gu');

/**
 * The number part of an eId: the printed label without its punctuation, digits made Arabic (`15 bis.` → `15bis`,
 * `第二条` → `2`, `Article premier` → `1`; romans stay: `II`).
 * @param printed the label as printed
 */
export function numberPart(printed: string, label: Label): string {
  const { family, value } = label.reading;
  const arabic = printed.replace(digits, (run) => String(decimalValue(run) ?? run));
  if (family === 'article' || family === 'ordinal') {
    const own = /\d+(?:[\s\u00a0]?(?:bis|ter|quater|quinquies|sexies|[a-zA-Z]))?(?![a-zA-Z])/.exec(
      arabic,
    )?.[0];
    return own === undefined ? String(Math.floor(value)) : own.replace(/[\s\u00a0]/g, '');
  }
  if (family === 'compound') return arabic.replace(/[^0-9]+/g, '_').replace(/^_|_$/g, '');
  const plain = arabic.replace(/[^0-9A-Za-z]/g, '');
  return plain === '' ? String(Math.floor(value)) : plain;
}
