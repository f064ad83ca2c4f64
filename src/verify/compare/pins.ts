/** Pins as editions write them, and notes told by them. */
import type { Manner } from '../allowed.js';
import type { FlatNote } from '../flat.js';

/** For the key of each note of the edition, the document's key of the same note. */
export function keysOf(
  expected: readonly FlatNote[],
  got: readonly FlatNote[],
  manner: Manner,
): ReadonlyMap<string, string> {
  const byPin = new Map(expected.flatMap((note) => (note.pins ?? []).map((pin) => [wordPin(pin), note.key])));
  const keys = new Map<string, string>();
  for (const [index, note] of got.entries()) {
    const pinned = (note.pins ?? []).map((pin) => byPin.get(wordPin(pin))).find((key) => key !== undefined);
    // Without pins the notes are told by their order.
    const key = pinned ?? (note.pins === null && manner.notesInOrder ? expected[index]?.key : undefined);
    if (key !== undefined && !keys.has(note.key)) keys.set(note.key, key);
  }
  return keys;
}

/** Word's bookmarks hold 40 characters: of a longer pin its first 31 and eight digits of a hash; the 31 tell enough. */
const wordPin = (pin: string): string => (pin.length <= 40 ? pin : pin.slice(0, 31));

/** Whether a pin of an edition is the document's, as it is or cut for Word. */
export const isSamePin = (expected: string, got: string): boolean =>
  expected === got ||
  (expected.length > 40 &&
    got.length === 40 &&
    /^_[0-9a-f]{8}$/.test(got.slice(31)) &&
    got.startsWith(expected.slice(0, 31)));
