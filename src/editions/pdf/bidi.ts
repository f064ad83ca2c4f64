/**
 * Text of both directions: levels by the Unicode Bidirectional Algorithm (UAX #9, package `bidi-js`), and the order in
 * which the pieces of a line stand on the page. What is drawn stays in the order in which it is read.
 */
import bidiFactory from 'bidi-js';
import { leftward } from './scripts.js';

let made: ReturnType<typeof bidiFactory> | undefined;

/** Made when it is first needed, for most texts run from left to right. */
const bidi = () => (made ??= bidiFactory());

/** An odd level runs from right to left. */
export interface Levels {
  /** By UTF-16 unit. */
  readonly of: (index: number) => number;
  /** Of the text as a whole. */
  readonly base: number;
}

/** Letters, but not figures or stops: what tells a text's direction. */
const strong = /\p{L}/u;

/** A space between the thousands of a number: a separator of figures, as a no-break space is (UAX #9, CS). */
const betweenThousands = /(?<=(?<!\d)\d{1,3}) (?=\d{3}(?!\d))/g;

/**
 * The levels of a text.
 * @param rightToLeft whether its language runs from right to left: a text without a letter of such a script does not
 * @returns null where all of it runs from left to right
 */
export function levelsOf(text: string, rightToLeft: boolean): Levels | null {
  const turned = leftward.test(text);
  if (!turned && (!rightToLeft || strong.test(text))) return null;
  const first = strong.exec(text)?.[0];
  const base = rightToLeft || (first !== undefined && leftward.test(first));
  const { levels } = bidi().getEmbeddingLevels(
    text.replace(betweenThousands, '\u00a0'),
    base ? 'rtl' : 'ltr',
  );
  return { of: (index) => levels[index] ?? (base ? 1 : 0), base: base ? 1 : 0 };
}

/** The character that a character looks like where it runs from right to left: `(` for `)`. */
export const mirrored = (character: string): string => bidi().getMirroredCharacter(character) ?? character;

/** The order in which things of some levels stand from left to right (UAX #9, L2), as indices. */
export function visualOrder(levels: readonly number[]): number[] {
  const order = Uint32Array.from(levels, (_, index) => index);
  const highest = levels.reduce((most, level) => Math.max(most, level), 0);
  for (let level = highest; level > 0; level--)
    for (let start = 0; start < order.length; start++) {
      if ((levels[order[start] ?? 0] ?? 0) < level) continue;
      let end = start;
      while (end + 1 < order.length && (levels[order[end + 1] ?? 0] ?? 0) >= level) end += 1;
      order.subarray(start, end + 1).reverse();
      start = end;
    }
  return [...order];
}
