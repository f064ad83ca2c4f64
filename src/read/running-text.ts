/** Running text: what tells a sentence from a title, a name or an office. */
import { once } from './once.js';
import type { Sheet } from './sheet.js';
import { textOfUnit, type Unit } from './unit.js';
import { recitalVerb } from './verbs.js';

/** Shorter words may be a name and an office. */
const shortest = 60;
/** A line of this length that goes on in lower case was broken at the page's width. */
const fullLine = 50;
/** Longer words than these are no office, even without an end mark. */
const longestOffice = 160;

const letters = once(() => /\p{L}/u);
const lower = once(() => /^["“«‘(]*\p{Ll}/u);
const withoutCase = once(() => /^[^\p{Lu}\p{Ll}]+$/u);

/** The share of words that begin in lower case, 0 to 1. */
function shareInLowerCase(words: string): number {
  const all = words.split(/[\s\u00a0]+/).filter((word) => letters().test(word));
  return all.length === 0 ? 0 : all.filter((word) => lower().test(word)).length / all.length;
}

/** Names, offices and titles are mostly in capitals or short; sentences have an end mark and small words. */
export function isRunningText(sheet: Sheet, unit: Unit): boolean {
  const { stretches } = unit;
  const words = textOfUnit(sheet, unit);
  if (
    words.length < shortest ||
    stretches.every((line) => isColumned(sheet.text.slice(line.start, line.end)))
  )
    return false;
  if (withoutCase().test(words)) return /[。．.؟:：]["”»」』]?$/.test(words);
  const share = shareInLowerCase(words);
  if (share < 0.5) return false;
  const broken = stretches.some((line, at) => {
    const next = stretches[at + 1];
    return (
      next !== undefined &&
      line.end - line.start >= fullLine &&
      lower().test(sheet.text.slice(next.start, next.start + 4))
    );
  });
  if (/[.:;]["”’»)\]]*$/.test(words)) return true;
  if (/,["”’»)]*$/.test(words)) return broken || recitalVerb(words) !== null;
  return words.length > longestOffice && (share >= 0.6 || broken);
}

/** A short sentence, such as may stand below a title: `The lamps are red.` */
export function isSentence(words: string): boolean {
  if (!/[.:。：]["”’»)]*$/.test(words)) return false;
  if (withoutCase().test(words)) return words.length > 12;
  return words.split(/[\s\u00a0]+/).length >= 4 && shareInLowerCase(words) >= 0.5;
}

const isColumned = (line: string): boolean => /\S[\s\u00a0]{3,}\S/.test(line);
