/** The marks of footnotes. */
import { decimalValue } from '../numerals.js';
import type { Sheet } from '../sheet.js';

export const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Finds a superior figure. */
export const superior = new RegExp(`[${superscripts}]`);

/** A run of superior figures as plain digits. */
export const plainDigits = (marker: string): string =>
  superior.test(marker)
    ? [...marker]
        .map((one) => (superscripts.includes(one) ? String(superscripts.indexOf(one)) : one))
        .join('')
    : marker;

/** Texts that have been asked for a superior figure. */
const withSuperiors = new WeakMap<Sheet, boolean>();

/** Whether there is a superior figure anywhere in the text. */
export function hasSuperiors(sheet: Sheet): boolean {
  let has = withSuperiors.get(sheet);
  if (has === undefined) withSuperiors.set(sheet, (has = superior.test(sheet.text)));
  return has;
}

/** In a Markdown text a star without a backslash is emphasis. */
export const isEmphasis = (sheet: Sheet, printed: string): boolean =>
  sheet.layout.markdown && printed.startsWith('*');

/** The number that a marker is, in figures of any script; NaN where it is none. */
export const numberOf = (marker: string): number => decimalValue(marker) ?? NaN;
