/**
 * Liang's algorithm: F. M. Liang, "Word Hy-phen-a-tion by Com-put-er" (1983). Of all patterns that fit a word, the
 * greatest number at each place counts; where it is odd, the word may be divided. Patterns come as the package `hyphen`
 * ships them, and the places are those that it finds.
 *
 * They are applied as Liang packed his: as an automaton in which equal ends of patterns are one, its transitions laid into
 * each other's gaps in one row, so that a step takes one look. The bundle packs them when it is made (bundle/index.js).
 */

/** A tree by letters: at each, the index of the numbers of the pattern that ends there, the tree below, or both. */
interface Tree {
  readonly [letter: string]: number | Tree | readonly [Tree, number];
}

/** Words that are divided otherwise: the places of each. */
type Exceptions = Readonly<Record<string, readonly number[]>>;

/** The numbers of patterns, before each of their letters and after the last. */
type Numbers = readonly (readonly number[])[];

/** Patterns as the package ships them. */
export type Published = readonly [numbers: Numbers, tree: Tree, exceptions?: Exceptions];

/** Patterns as they are applied. State 0 is where each begins. */
export interface Patterns {
  readonly numbers: Numbers;
  readonly exceptions: Exceptions;
  /** The letters of the patterns: the code of one is its place, counted from 1. */
  readonly letters: string;
  /** Of each state, what a letter's code is added to for the place of that transition in the row. */
  readonly bases: readonly number[];
  /** Of each state, the index of the numbers of the pattern that ends there, or -1. */
  readonly ends: readonly number[];
  /** The row of transitions: the state that each belongs to, or -1, and the one that it leads to. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** A state of the automaton: what ends there, and where its letters lead. */
interface State {
  readonly end: number;
  readonly steps: readonly (readonly [code: number, to: number])[];
}

/** Packs patterns. */
export function packed([numbers, tree, exceptions = {}]: Published): Patterns {
  const letters = [...lettersOf(tree, new Set())].sort().join('');
  const states: State[] = [{ end: -1, steps: [] }];
  const known = new Map<string, number>();
  const stateOf = (end: number, below: Tree): number => {
    const steps = stepsOf(below);
    const key = `${end} ${steps.join(' ')}`;
    let state = known.get(key);
    if (state === undefined) known.set(key, (state = states.push({ end, steps }) - 1));
    return state;
  };
  const stepsOf = (below: Tree): State['steps'] =>
    Object.entries(below)
      .map(([letter, found]): [number, number] => [letters.indexOf(letter) + 1, stateFor(found)])
      .sort(([one], [other]) => one - other);
  const stateFor = (found: Tree[string]): number =>
    typeof found === 'number'
      ? stateOf(found, {})
      : isBoth(found)
        ? stateOf(found[1], found[0])
        : stateOf(-1, found);
  states[0] = { end: -1, steps: stepsOf(tree) };
  const from: number[] = [];
  const to: number[] = [];
  /** By the number of steps, where the last state with so many was laid: the row is too full for another before that. */
  const tried: number[] = [];
  const bases = states.map(({ steps }, state) => {
    if (steps.length === 0) return 0;
    let base = tried[steps.length] ?? 0;
    while (steps.some(([code]) => (from[base + code] ?? -1) >= 0)) base++;
    tried[steps.length] = base;
    for (const [code, target] of steps) {
      while (from.length <= base + code) {
        from.push(-1);
        to.push(0);
      }
      from[base + code] = state;
      to[base + code] = target;
    }
    return base;
  });
  return { numbers, exceptions, letters, bases, ends: states.map(({ end }) => end), from, to };
}

function lettersOf(tree: Tree, letters: Set<string>): Set<string> {
  for (const [letter, found] of Object.entries(tree)) {
    letters.add(letter);
    if (typeof found !== 'number') lettersOf(isBoth(found) ? found[0] : found, letters);
  }
  return letters;
}

const isBoth = (found: Tree | readonly [Tree, number]): found is readonly [Tree, number] =>
  Array.isArray(found);

/**
 * What tells where a word may be divided, by some patterns.
 * @returns a function from a word in lower case to UTF-16 offsets, ascending
 */
export function divider(patterns: Patterns): (word: string) => readonly number[] {
  const { numbers, exceptions, letters, bases, ends, from, to } = patterns;
  const codes = new Map<number, number>();
  for (let at = 0; at < letters.length; at++) codes.set(letters.charCodeAt(at), at + 1);
  return (word) => {
    if (Object.hasOwn(exceptions, word)) return exceptions[word] ?? [];
    const length = word.length + 2;
    // The word between full stops, which stand for its ends.
    const row = new Array<number>(length).fill(codes.get(0x2e) ?? 0);
    for (let at = 0; at < word.length; at++) row[at + 1] = codes.get(word.charCodeAt(at)) ?? 0;
    const levels = new Array<number>(word.length + 1).fill(0);
    for (let start = 0; start + 3 <= length; start++) {
      const first = Math.max(0, start - 1);
      let state = 0;
      for (let at = start; at < length; at++) {
        const code = row[at] ?? 0;
        const step = (bases[state] ?? 0) + code;
        if (code === 0 || from[step] !== state) break;
        state = to[step] ?? 0;
        const own = numbers[ends[state] ?? -1];
        if (!own) continue;
        for (let index = 0; index < own.length; index++) {
          const level = own[index] ?? 0;
          if (level > (levels[first + index] ?? Infinity)) levels[first + index] = level;
        }
      }
    }
    const places: number[] = [];
    // A single letter at either end is never parted.
    for (let at = 2; at < word.length - 1; at++) if (((levels[at] ?? 0) & 1) === 1) places.push(at);
    return places;
  };
}
