/**
 * Printed labels that Word's numbering can print: which number format, with which words before and after, and which
 * value gives exactly this label.
 */

/** Of ECMA-376 part 1, 17.18.59 (ST_NumberFormat), those whose print is the same in every version of Word. */
export type Format = 'decimal' | 'lowerLetter' | 'upperLetter' | 'lowerRoman' | 'upperRoman';

/** How a run of labels looks; Word prints `before`, the number in its format, `after`. */
export interface Form {
  readonly format: Format;
  readonly before: string;
  readonly after: string;
  /** How many numbers of higher levels it prints before its own: 2 in `1.2.3`. */
  readonly higher?: number;
}

/** One way of reading a label as a number. */
export interface Reading {
  readonly form: Form;
  readonly value: number;
}

/** Word's counters end at a signed 16-bit integer; above 3,999 programs differ about romans. */
const greatest: Readonly<Record<Format, number>> = {
  decimal: 32_767,
  lowerLetter: 32_767,
  upperLetter: 32_767,
  lowerRoman: 3_999,
  upperRoman: 3_999,
};

/** A label that repeats the numbers above its own: `1.2.3`, `4.1.`. */
export interface Compound {
  readonly form: Form;
  /** From the highest level to its own. */
  readonly numbers: readonly number[];
}

const compound = /^([([]?)((?:0|[1-9][0-9]{0,4})(?:\.(?:0|[1-9][0-9]{0,4}))+)([.)\]:]{0,2})$/;

/** Reads a compound label; undefined for any other. */
export function compoundIn(label: string): Compound | undefined {
  const parts = compound.exec(label);
  if (!parts) return undefined;
  const [, before = '', printed = '', after = ''] = parts;
  const numbers = printed.split('.').map(Number);
  if (numbers.some((number) => number > greatest.decimal)) return undefined;
  return { form: { format: 'decimal', before, after, higher: numbers.length - 1 }, numbers };
}

/**
 * What stands round the number. A word may go before (`Article 5`), only punctuation after: of `15 bis.` or `11,`
 * Word could print the one label, but its next would be a number that nobody meant. `%` has a meaning of its own.
 */
const anatomy = /^((?:\p{L}+\.?[ \u00a0]|§[ \u00a0]?)?[([]?)(0|[1-9][0-9]{0,4}|[A-Za-z]+)([.)\]:]{0,2})$/u;

/**
 * Every way in which Word can print `label`, likeliest first; empty where it must stand as text. `C.` is a letter
 * before it is a hundred, `i.` a one before it is a letter: what came before decides.
 */
export function readings(label: string): readonly Reading[] {
  const parts = anatomy.exec(label);
  if (!parts) return [];
  const [, before = '', number = '', after = ''] = parts;
  const found: Reading[] = [];
  const offer = (format: Format, value: number) => {
    if (value <= greatest[format] && numeral(value, format) === number)
      found.push({ form: { format, before, after }, value });
  };
  if (/^[0-9]/.test(number)) offer('decimal', Number(number));
  else {
    const lower = number === number.toLowerCase();
    const roman = lower ? 'lowerRoman' : 'upperRoman';
    const letter = lower ? 'lowerLetter' : 'upperLetter';
    const likelyRoman = number.length > 1 || /^i$/i.test(number);
    if (likelyRoman) offer(roman, romanValue(number));
    offer(letter, letterValue(number));
    if (!likelyRoman) offer(roman, romanValue(number));
  }
  return found;
}

export const sameForm = (one: Form, other: Form): boolean =>
  one.format === other.format &&
  one.before === other.before &&
  one.after === other.after &&
  (one.higher ?? 0) === (other.higher ?? 0);

/** The number as Word prints it. */
export function numeral(value: number, format: Format): string {
  switch (format) {
    case 'decimal':
      return String(value);
    case 'lowerLetter':
      return letters(value);
    case 'upperLetter':
      return letters(value).toUpperCase();
    case 'lowerRoman':
      return roman(value).toLowerCase();
    case 'upperRoman':
      return roman(value);
    default:
      throw new Error(`unknown number format: ${String(format satisfies never)}`);
  }
}

/** a … z, then aa, bb … zz, aaa: Word repeats the letter (ST_NumberFormat, lowerLetter). */
function letters(value: number): string {
  if (value < 1) return '';
  const letter = String.fromCharCode(97 + ((value - 1) % 26));
  return letter.repeat(Math.ceil(value / 26));
}

const letterValue = (word: string): number =>
  (word.length - 1) * 26 + (word.toLowerCase().charCodeAt(0) - 96);

const romans: readonly (readonly [string, number])[] = [
  ['M', 1000],
  ['CM', 900],
  ['D', 500],
  ['CD', 400],
  ['C', 100],
  ['XC', 90],
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
];

function roman(value: number): string {
  let left = value;
  let word = '';
  for (const [sign, worth] of romans)
    while (left >= worth) {
      word += sign;
      left -= worth;
    }
  return word;
}

function romanValue(word: string): number {
  let left = word.toUpperCase();
  let value = 0;
  for (const [sign, worth] of romans)
    while (left.startsWith(sign)) {
      value += worth;
      left = left.slice(sign.length);
    }
  return left === '' ? value : 0;
}
