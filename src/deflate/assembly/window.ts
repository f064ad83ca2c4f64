/**
 * The bytes of a stream that the machine has in memory: those that a repetition may still point to, and those that were
 * handed in since. Places count from the window's first byte; they move down where bytes are left behind.
 */
import { farthest, longest } from './alphabet';
import { setWord, wordAt } from './tables';

/** So many bytes at most are handed in at once. */
export const mostAtOnce: i32 = 1 << 17;
/**
 * So many that are done with stay: more than a repetition may point back, and more than a block would ever write as they
 * are (6 bytes for each of its symbols; blocks.ts).
 */
const kept: i32 = 1 << 17;
/** What is looked at from a byte on: a repetition that begins two bytes later, and the four bytes behind it. */
export const ahead: i32 = longest + 2 + 4;

export const input = memory.data((1 << 18) + 1024, 8);
/** How many bytes there are in the window. */
export let filled: i32 = 0;

/**
 * Where the same four bytes stood before: tables that last from stream to stream, so that a small one costs no more than
 * its own length. By hash: the last place where such bytes stood; by place: the one before it. What they say counts
 * through all streams.
 */
const hashBits = 15;
const heads = memory.data((1 << hashBits) * 4, 4);
const links = memory.data((1 << 15) * 4, 4);
/** What they say of the window's first byte: what lies below is of earlier streams, or too far back. */
export let base: i32 = 1;

/** Begins a stream. */
export function openWindow(): void {
  base += filled;
  filled = 0;
  // What the tables say are numbers of 31 bits: before they run out, all is forgotten.
  if (base <= 1 << 29) return;
  memory.fill(heads, 0, (1 << hashBits) * 4);
  base = 1;
}

/** Makes room for what comes. @param at the first byte that is not yet done with @returns how many were left behind */
export function leaveBehind(at: i32): i32 {
  const some = at - kept;
  if (some <= 0) return 0;
  filled -= some;
  memory.copy(input, input + some, filled);
  base += some;
  return some;
}

export function fill(length: i32): void {
  filled += length;
}

/** A place as the tables say it. */
export function placeOf(at: i32): i32 {
  return base + at;
}

/** The earliest place, as the tables say it, that may be pointed to from another. */
export function earliestFrom(place: i32): i32 {
  return place - farthest > base ? place - farthest : base;
}

/** Enters a place, of which there are four bytes, into the tables. @returns the last one like it, as they say it */
export function enter(at: i32): i32 {
  // Spread over all hashes by the golden ratio's part of 2 to the 32nd.
  const hash = ((load<u32>(input + at, 0, 1) * 0x9e3779b1) >>> (32 - hashBits)) as i32;
  const place = base + at;
  const other = wordAt(heads, hash);
  setWord(heads, hash, place);
  setWord(links, place & (farthest - 1), other);
  return other;
}

/** The place before another like it. Where a later one has taken its link over, it is no earlier. */
export function before(place: i32): i32 {
  return wordAt(links, place & (farthest - 1));
}

export function inputByte(at: i32): i32 {
  return load<u8>(input + at) as i32;
}

/** How many bytes from two places on are the same, of which the first are. */
export function sameFrom(one: i32, other: i32, most: i32): i32 {
  let same = 1;
  while (same < most && inputByte(one + same) == inputByte(other + same)) same++;
  return same;
}
