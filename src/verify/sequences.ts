/**
 * Where two sequences differ, by their unique common members (patience diff): what stands in both in order is found
 * first, and only what lies between is looked at. Time: n log n.
 */

/** `expected[from, to)` stands where `got[gotFrom, gotTo)` does; one of the two may be empty. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly gotFrom: number;
  readonly gotTo: number;
}

/** The places at which two sequences differ, in order; none where they are equal. */
export function differing(expected: readonly string[], got: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  // Ranges wait here rather than on the call stack: a text of a million words is no reason to fail.
  const waiting: Hunk[] = [{ from: 0, to: expected.length, gotFrom: 0, gotTo: got.length }];
  for (let range = waiting.pop(); range; range = waiting.pop()) {
    let { from, to, gotFrom, gotTo } = range;
    while (from < to && gotFrom < gotTo && expected[from] === got[gotFrom])
      [from, gotFrom] = [from + 1, gotFrom + 1];
    while (from < to && gotFrom < gotTo && expected[to - 1] === got[gotTo - 1])
      [to, gotTo] = [to - 1, gotTo - 1];
    if (from === to && gotFrom === gotTo) continue;
    const anchors =
      from === to || gotFrom === gotTo ? [] : commonIn(expected, got, { from, to, gotFrom, gotTo });
    if (anchors.length === 0) {
      hunks.push({ from, to, gotFrom, gotTo });
      continue;
    }
    const between: Hunk[] = [];
    let at = { from, gotFrom };
    for (const [one, other] of anchors) {
      between.push({ from: at.from, to: one, gotFrom: at.gotFrom, gotTo: other });
      at = { from: one + 1, gotFrom: other + 1 };
    }
    between.push({ from: at.from, to, gotFrom: at.gotFrom, gotTo });
    // Last in, first out.
    waiting.push(...between.reverse());
  }
  return hunks;
}

/** Pairs of places of members that stand once in each range, the longest series of them in the order of both. */
function commonIn(
  expected: readonly string[],
  got: readonly string[],
  { from, to, gotFrom, gotTo }: Hunk,
): (readonly [number, number])[] {
  const places = onlyPlaces(got, gotFrom, gotTo);
  const pairs: (readonly [number, number])[] = [];
  for (const [member, place] of onlyPlaces(expected, from, to)) {
    const other = places.get(member);
    if (place !== null && other !== undefined && other !== null) pairs.push([place, other]);
  }
  return increasing(pairs);
}

/** The place of each member; null for one that stands more than once. In the order of their first places. */
function onlyPlaces(members: readonly string[], from: number, to: number): Map<string, number | null> {
  const places = new Map<string, number | null>();
  for (let at = from; at < to; at++) {
    const member = members[at] ?? '';
    places.set(member, places.has(member) ? null : at);
  }
  return places;
}

/** The longest series whose second numbers increase (patience sorting). */
function increasing(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tops: number[] = [];
  const before: number[] = [];
  for (const [index, [, place]] of pairs.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tops[low - 1] ?? -1) : -1;
    tops[low] = index;
  }
  const series: (readonly [number, number])[] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair) series.push(pair);
  }
  return series.reverse();
}
