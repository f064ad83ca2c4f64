/** Places: where among the trials of a text each number of each form stands. */
import type { Reading } from './labels.js';
import type { OpenList } from './stated-lists.js';
import type { Trial } from './trials.js';

/** The indexes of trials, in order, by form and value. */
export type Places = ReadonlyMap<string, readonly number[]>;

const placeKey = (reading: Reading, value: number) => `${reading.form}\u0000${value}`;

export function placesByValue(trials: readonly Trial[]): Places {
  const places = new Map<string, number[]>();
  for (const [index, trial] of trials.entries())
    for (const reading of trial.candidate.readings) {
      const key = placeKey(reading, Math.floor(reading.value));
      const list = places.get(key);
      if (list) list.push(index);
      else places.set(key, [index]);
    }
  return places;
}

/** The index of the next trial behind `index` that bears a number in a form, or Infinity. */
export const nextPlace = (places: Places, form: string, value: number, index: number): number =>
  firstBehind(places.get(`${form}\u0000${value}`) ?? [], index);

/** The first of some indexes, which ascend, that is greater than another; Infinity where none is. */
export function firstBehind(list: readonly number[], index: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? Infinity) > index) high = middle;
    else low = middle + 1;
  }
  return list[low] ?? Infinity;
}

/** Whether a list's next number stands behind a place before its form begins anew. */
export const runsOn = ({ form, value }: OpenList, index: number, places: Places): boolean =>
  nextPlace(places, form, Math.floor(value) + 1, index) < nextPlace(places, form, 1, index);

/** Whether the next number of the same form stands somewhere after trial `index`. */
export function isFollowed(index: number, reading: Reading, successors: Places): boolean {
  const places = successors.get(placeKey(reading, Math.floor(reading.value) + 1));
  return places !== undefined && (places.at(-1) ?? -1) > index;
}
