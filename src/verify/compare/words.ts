/** Words and places of calls, compared and said. */
import type { Call, FlatNote, Unit } from '../flat.js';
import { inkOf, wordsIn } from '../flat.js';
import { differing } from '../sequences.js';

export const printedWords = (unit: Unit): readonly string[] => [
  ...wordsIn(unit.label === null || unit.label === '' ? (unit.bullet ?? '') : unit.label),
  ...unit.words,
];

export const folded = (text: string): string => wordsIn(text).join(' ');

export const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((word, index) => word === other[index]);

const ignorable = /^\p{Default_Ignorable_Code_Point}$/u;

/** Whether a word is another one without some of its characters that have no ink. */
export function lacksInkless(whole: string, part: string): boolean {
  const rest = [...part];
  let at = 0;
  for (const character of whole) {
    if (rest[at] === character) at += 1;
    else if (!ignorable.test(character)) return false;
  }
  return at === rest.length;
}

/** Words without what has no ink: what a page can show of them. */
export const inked = (words: readonly string[]): string =>
  words
    .map((word) => word.replace(/\p{Default_Ignorable_Code_Point}/gu, ''))
    .filter((word) => word !== '')
    .join(' ');

export const wordsOfNote = (note: FlatNote): readonly string[] => note.units.flatMap(printedWords);

/**
 * Whether a call stands at the same place on both sides. Where words differ, it does if what the texts have in common
 * stands alike about it; a call at words that differ is said by them.
 */
export function standsAlike(expected: Unit, one: Call, got: Unit, other: Call): boolean {
  if (one.at === other.at) return true;
  if (isSame(expected.words, got.words)) return false;
  const [place, gotPlace] = [placeOf(expected, one), placeOf(got, other)];
  let shift = 0;
  for (const { from, to, gotFrom, gotTo } of differing(expected.words, got.words)) {
    if (place.word < from && gotPlace.word < gotFrom) break;
    if (place.word < to || gotPlace.word < gotTo) return place.word >= from && gotPlace.word >= gotFrom;
    shift = gotTo - to;
  }
  return gotPlace.word === place.word + shift && gotPlace.within === place.within;
}

/** The word that a call is after or in, counted from 0 (−1 before the first), and how much of it is before the call. */
function placeOf({ words }: Unit, { at }: Call): { readonly word: number; readonly within: number } {
  let ink = 0;
  for (const [index, word] of words.entries()) {
    const length = inkOf(word);
    if (ink + length >= at) return at === 0 ? { word: -1, within: 0 } : { word: index, within: at - ink };
    ink += length;
  }
  return { word: words.length - 1, within: -1 };
}

/** The same in words. */
export function afterWord(unit: Unit, call: Call): string {
  const { word, within } = placeOf(unit, call);
  const said = unit.words[word];
  if (said === undefined) return 'before word 1';
  return `${within >= 0 && within < inkOf(said) ? 'in' : 'after'} word ${word + 1} (${quoted([said])})`;
}

/** How many words of a difference are said. */
const mostSaid = 12;

/** Words as a message shows them: nothing in them is unseen. */
export function quoted(words: readonly string[]): string {
  const said = words.slice(0, mostSaid).join(' ');
  const more = words.length > mostSaid ? ` … and ${words.length - mostSaid} more words` : '';
  return `“${seen(said.length > 300 ? `${said.slice(0, 300)}…` : said)}${more}”`;
}

const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
const seen = (text: string): string =>
  text.replace(
    unseen,
    (character) => `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
  );
