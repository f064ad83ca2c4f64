/**
 * Labels in our own Markdown edition: where the printed label ends and the text begins. The rules are those of the
 * edition's pins (`editions/markdown/pins.ts`); they are written down here again, for a reader shares nothing with
 * the writer that it checks.
 */
import { labelAt } from '../labels.js';
import { numberPart } from '../pins.js';

/** U+2003: it indents sub-paragraphs and parts a label of several words from its text. */
export const emSpace = '\u2003';

/** A first word that is a label without being told: `15.`, `3)`, `(a)`, `(iv)`, `II.`, `b.`. */
const looksLikeLabel = /^(\(\p{L}{1,5}\)|\(?\d{1,4}[.)]|[A-Za-z][.)]|[IVXLC]{1,7}\.|[ivxlc]{1,7}[.)])$/u;

/**
 * How many units of some words are the label.
 * @param told what the pin says: '' for no label
 * @param isGuessed false where a first word is never taken for a label
 */
export function labelLength(words: string, told: string | undefined, isGuessed: boolean): number {
  if (told !== undefined && words.startsWith(told)) {
    const next = words.slice(told.length, told.length + 1);
    if (told === '' || next === '' || /\p{White_Space}/u.test(next)) return told.length;
  }
  const wide = words.indexOf(emSpace);
  if (wide >= 0) return wide;
  const first = /^[^ \r\n]*/.exec(words)?.[0] ?? '';
  return isGuessed && looksLikeLabel.test(first) ? first.length : 0;
}

/** The label of a paragraph that somebody added without a pin: as above, or `Article 5`. */
export function freeLabelLength(words: string): number {
  const own = labelLength(words, undefined, true);
  if (own > 0) return own;
  const found = labelAt(words, 0, words.length);
  const [reading] = found?.readings ?? [];
  return found && !found.bare && reading?.odd !== true && reading?.family === 'article' ? found.end : 0;
}

/** `para_15`, `art_5`, `sec_II`: what a printed label is in an eId. */
export function eIdOfLabel(num: string, kind: 'para' | 'sec' | 'subpara'): string {
  const reading = labelAt(num, 0, num.length)?.readings[0] ?? { family: 'number', form: '1.', value: 1 };
  const isArticle = reading.family === 'article' && kind !== 'subpara';
  const candidate = { start: 0, end: num.length, textStart: num.length, readings: [reading], bare: false };
  const part = numberPart(num, { candidate, reading, line: 0, depth: 0, list: 0, inside: null });
  return `${isArticle ? 'art' : kind}_${part}`;
}
