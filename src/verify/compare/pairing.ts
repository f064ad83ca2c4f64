/** Which text of an edition is which text of the document. */
import { withLabelInWords, type Manner } from '../allowed.js';
import type { Unit } from '../flat.js';
import { differing } from '../sequences.js';
import { printedWords } from './words.js';

/** The texts of both sides in order: each with the one that it is, or alone. */
export function pairs(
  expected: readonly Unit[],
  got: readonly Unit[],
  { bullets }: Manner,
): (readonly [Unit | null, Unit | null])[] {
  // By the words alone, label first: that is what every edition has.
  const keys = [
    expected.map((unit) =>
      (bullets === 'label' ? printedWords(unit) : withLabelInWords(unit).words).join(' '),
    ),
    got.map((unit) => withLabelInWords(unit).words.join(' ')),
  ] as const;
  const paired: (readonly [Unit | null, Unit | null])[] = [];
  let [at, gotAt] = [0, 0];
  const same = (to: number, gotTo: number) => {
    for (; at < to && gotAt < gotTo; at++, gotAt++) paired.push([expected[at] ?? null, got[gotAt] ?? null]);
  };
  for (const hunk of differing(...keys)) {
    same(hunk.from, hunk.gotFrom);
    paired.push(...pairedWithin(expected.slice(hunk.from, hunk.to), got.slice(hunk.gotFrom, hunk.gotTo)));
    [at, gotAt] = [hunk.to, hunk.gotTo];
  }
  same(expected.length, got.length);
  return paired;
}

/** Texts that are not alike: those of one pin are one text, then those that stand at the same place. */
function pairedWithin(
  expected: readonly Unit[],
  got: readonly Unit[],
): (readonly [Unit | null, Unit | null])[] {
  const known = new Set(expected.flatMap(({ pins }) => pins?.[0] ?? []));
  const pinned = differing(
    expected.map((unit, index) => unit.pins?.[0] ?? ` ${index}`),
    got.map(({ pins }, index) => pins?.findLast((pin) => known.has(pin)) ?? `  ${index}`),
  );
  const paired: (readonly [Unit | null, Unit | null])[] = [];
  let [at, gotAt] = [0, 0];
  const take = (to: number, gotTo: number) => {
    while (at < to || gotAt < gotTo) {
      const one = at < to ? (expected[at++] ?? null) : null;
      // An optional text is not there, unless there are texts enough.
      if (one?.optional && to - at >= gotTo - gotAt) paired.push([one, null]);
      else paired.push([one, gotAt < gotTo ? (got[gotAt++] ?? null) : null]);
    }
  };
  for (const hunk of pinned) {
    take(hunk.from, hunk.gotFrom);
    take(hunk.to, hunk.gotTo);
  }
  take(expected.length, got.length);
  return paired;
}
