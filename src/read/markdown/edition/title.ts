/**
 * The title of our own edition: what its front matter says, or the words of its heading, where a person corrected
 * those alone. A title may have been stated against the print, so a heading that is another altogether, or the same
 * in other letters or with other white space, corrects nothing.
 */
import { foldWhiteSpace } from '../../../characters.js';
import type { Block } from '../../../document.js';
import { textOf } from '../../../document.js';

/** @param told the title that the front matter states; '' says that the document has none */
export function titleOf(told: string | undefined, preface: readonly Block[]): string {
  const printed = preface
    .flatMap((block) => (block.type === 'docTitle' ? [textOf(block.content)] : []))
    .join(' ');
  return told === undefined || isCorrection(told, printed) ? printed : told;
}

/** The fewest words that a title shares with its correction. */
const fewestShared = 3;

/** Whether a title is another one with some words corrected: most words of the longer of the two are the same. */
function isCorrection(before: string, after: string): boolean {
  const [words, corrected] = [wordsOf(before), wordsOf(after)];
  if (words.join(' ') === corrected.join(' ')) return false;
  const left = new Map<string, number>();
  for (const word of words) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of corrected) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    shared++;
  }
  return shared >= fewestShared && shared * 2 > Math.max(words.length, corrected.length);
}

const wordsOf = (title: string): string[] =>
  foldWhiteSpace(title)
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '');
