/**
 * Liang's algorithm: F. M. Liang, "Word Hy-phen-a-tion by Com-put-er" (1983). Of all patterns that fit a word, the
 * greatest number at each place counts; where it is odd, the word may be divided. Patterns come as the package `hyphen`
 * ships them, and the places are those that it finds.
 */

/** A tree by letters: at each, the index of the numbers of the pattern that ends there, the tree below, or both. */
interface Tree {
  readonly [letter: string]: number | Tree | readonly [Tree, number];
}

export type Patterns = readonly [
  /** The numbers of patterns, before each of their letters and after the last. */
  numbers: readonly (readonly number[])[],
  tree: Tree,
  /** Words that are divided otherwise: the places of each. */
  exceptions?: Readonly<Record<string, readonly number[]>>,
];

/**
 * Where a word may be divided.
 * @param word in lower case
 * @returns UTF-16 offsets, ascending
 */
export function dividedAt(word: string, [numbers, tree, exceptions]: Patterns): readonly number[] {
  if (exceptions && Object.hasOwn(exceptions, word)) return exceptions[word] ?? [];
  const levels = new Array<number>(word.length + 1).fill(0);
  const between = `.${word}.`;
  for (let start = 0; start + 3 <= between.length; start++) {
    const first = Math.max(0, start - 1);
    let below: Tree = tree;
    for (let at = start; at < between.length; at++) {
      const found = below[between.charAt(at)];
      if (found === undefined) break;
      const both = typeof found !== 'number' && isBoth(found);
      const pattern = typeof found === 'number' ? found : both ? found[1] : -1;
      const own = numbers[pattern] ?? nothing;
      for (let index = 0; index < own.length; index++) {
        const level = own[index] ?? 0;
        if (level > (levels[first + index] ?? Infinity)) levels[first + index] = level;
      }
      if (typeof found === 'number') break;
      below = both ? found[0] : found;
    }
  }
  const places: number[] = [];
  // A single letter at either end is never parted.
  for (let at = 2; at < word.length - 1; at++) if (((levels[at] ?? 0) & 1) === 1) places.push(at);
  return places;
}

const nothing: readonly number[] = [];

const isBoth = (found: Tree | readonly [Tree, number]): found is readonly [Tree, number] =>
  Array.isArray(found);
