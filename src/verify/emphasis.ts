/** Which words are emphasised: compared where the words are the same. */
import type { Emphasis, Stretch, Unit } from './flat.js';
import { inkOf, joined } from './flat.js';

const kinds: readonly Emphasis[] = ['emphasis', 'strong'];

/** What was compared. */
export interface EmphasisCompared {
  /** In sentences. */
  readonly differences: readonly string[];
  /** Whether something that is emphasised in the document is something of which the edition doesn't tell it. */
  readonly isUntold: boolean;
}

/** Compares the emphasis of a text whose words are the same in the edition. */
export function comparedEmphasis(expected: Unit, got: Unit): EmphasisCompared {
  const differences: string[] = [];
  let isUntold = false;
  for (const kind of kinds) {
    const wanted = expected.emphasis?.[kind];
    if (!wanted || !got.emphasis) continue;
    const is = got.emphasis[kind];
    const untold = is ? (got.emphasis.untold ?? []) : null;
    const all = untold === null ? [] : without(wanted, untold);
    isUntold ||= untold === null ? wanted.length > 0 : all.length !== wanted.length || !same(all, wanted);
    if (!is) continue;
    const shown = without(is, untold ?? []);
    for (const stretch of without(all, shown))
      differences.push(`expected ${names[kind]} on ${wordsAt(expected, stretch)}, got none`);
    for (const stretch of without(shown, all))
      differences.push(`expected no ${names[kind]} on ${wordsAt(expected, stretch)}, got some`);
  }
  return { differences, isUntold };
}

const names: Readonly<Record<Emphasis, string>> = { emphasis: 'emphasis', strong: 'strong emphasis' };

const same = (one: readonly Stretch[], other: readonly Stretch[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What of some stretches lies in none of others; both are in order. */
function without(stretches: readonly Stretch[], others: readonly Stretch[]): readonly Stretch[] {
  const left: Stretch[] = [];
  let next = 0;
  for (const { from, to } of stretches) {
    let at = from;
    while (next < others.length && (others[next]?.to ?? 0) <= at) next++;
    for (let index = next; index < others.length; index++) {
      const other = others[index];
      if (!other || other.from >= to) break;
      left.push({ from: at, to: other.from });
      at = Math.max(at, other.to);
    }
    left.push({ from: at, to });
  }
  return joined(left);
}

/** The words that a stretch lies in, the first and the last of them. */
function wordsAt({ words }: Unit, { from, to }: Stretch): string {
  let ink = 0;
  let [first, last] = [-1, -1];
  for (const [index, word] of words.entries()) {
    const end = ink + inkOf(word);
    if (first < 0 && end > from) first = index;
    if (ink < to && end > from) last = index;
    ink = end;
  }
  const said = words[first] ?? '';
  if (last <= first) return `word ${first + 1} (“${said}”)`;
  return `words ${first + 1}–${last + 1} (“${said} … ${words[last] ?? ''}”)`;
}
