/** The marks of footnotes. */
import { decimalValue } from '../numerals.js';
import type { Sheet } from '../sheet.js';

export const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A run of superior figures as plain digits. */
export const plainDigits = (marker: string): string =>
  [...marker].map((one) => (superscripts.includes(one) ? String(superscripts.indexOf(one)) : one)).join('');

/** In a Markdown text a star without a backslash is emphasis. */
export const isEmphasis = (sheet: Sheet, printed: string): boolean =>
  sheet.layout.markdown && printed.startsWith('*');

/** The number that a marker is, in figures of any script; NaN where it is none. */
export const numberOf = (marker: string): number => decimalValue(marker) ?? NaN;
