/** What was found, in sentences: for diagnostics, and for the lines below the table. */
import type { Diagnostic } from '../document.js';
import { diagnose, thousands } from '../report.js';
import type { Difference, Verdict } from './index.js';

/** `12 differences` */
export const counted = (count: number, what: string): string =>
  `${thousands(count)} ${what}${count === 1 ? '' : 's'}`;

/** A difference as a line: `para_15 (15.), page 3; line 25: word 12: expected “x”, got “y”` */
export function lineOf({ eId, label, place, sentence }: Difference): string {
  const name = [eId ?? '', label === '' ? '' : `(${label})`].filter((part) => part !== '').join(' ');
  return `${[name, place].filter((part) => part !== '').join(', ')}: ${sentence}`;
}

/**
 * The diagnostic of an edition that is not proven; null where it is.
 * @param what how a sentence names it: `The pdf edition`, `“output/a/a.pdf”`
 * @param isPublished whether it was found on the disk, and not just made
 */
export function diagnosticOf(verdict: Verdict, what: string, isPublished: boolean): Diagnostic | null {
  const anew = isPublished ? 'Make it anew with engross build; do not publish it as it is.' : undefined;
  switch (verdict.result) {
    case 'equal':
      return null;
    case 'different': {
      const [first] = verdict.differences;
      const more = verdict.count > 1 ? `; the first of ${counted(verdict.count, 'difference')}` : '';
      return diagnose(
        'edition-unfaithful',
        `${what} does not say what the document says: ${first ? lineOf(first) : ''}${more}.`,
        undefined,
        anew,
      );
    }
    case 'unreadable':
      return diagnose(
        'edition-unreadable',
        `${what} can’t be read back: ${verdict.reason}.`,
        undefined,
        anew,
      );
    case 'unverified':
      return diagnose(
        'edition-unverified',
        `${what} was not verified: the package ${verdict.package} is not installed.`,
        undefined,
        `Install it: npm install ${verdict.package}.`,
      );
    default:
      throw new Error(`unknown verdict: ${JSON.stringify(verdict satisfies never)}`);
  }
}
