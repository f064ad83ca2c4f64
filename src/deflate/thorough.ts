/**
 * Deflate (RFC 1951) as a bare stream, for texts whose size matters more than the time that they take. The same bytes on
 * every machine: nothing is weighed but in whole numbers.
 *
 * Of the repetitions that begin at a byte the one is taken that saves most, by what letters, lengths and distances cost
 * on the whole; and none where one that begins a byte or two later saves more.
 */
import { distanceCode, distanceExtra, farthest, lengthCodes, lengthExtra, longest } from './alphabet.js';
import { addByte, addRepetition, closed, open, waitingSymbols, writeBlock } from './blocks.js';
import { base, hashBits, heads, links, passStream, scatter } from './places.js';

/** How many earlier places are looked at. */
const places = 64;

/** As many symbols make a block. */
const enough = 1 << 14;

/** What symbols cost in half bits, on the whole: a letter or space is said by fewer than another byte. */
const byteCosts = new Uint8Array(256).fill(14);
byteCosts.fill(10, 0x61, 0x7b);
byteCosts[0x20] = 10;
const lengthCosts = Uint8Array.from(
  lengthCodes,
  (code, own) => 10 + (own > 10 ? 4 : 0) + 2 * (lengthExtra[code] ?? 0),
);
const distanceCosts = Uint8Array.from(distanceExtra, (extra) => 9 + 2 * extra);

/** What was found at a byte: the repetition that saves most, and how much. */
let length = 0;
let distance = 0;
let saving = 0;

/** Some bytes as a bare stream. */
export function thoroughlyDeflated(bytes: Uint8Array): Uint8Array {
  open();
  findRepetitions(bytes);
  passStream(bytes.length);
  return closed().slice();
}

/** The bytes as symbols, block by block. */
function findRepetitions(bytes: Uint8Array): void {
  const end = bytes.length;
  let from = 0;
  let at = 0;
  /** The next byte that is not in the tables. */
  let next = 0;
  const take = () => {
    addRepetition(length, distance);
    for (const stop = at + length; next < stop; next++) enter(bytes, next);
    at = next;
  };
  while (at < end) {
    if (at === next) find(bytes, next++);
    if (length === 0) addByte(bytes[at++] ?? 0);
    else if (length === longest) take();
    else {
      const [own, back, saved] = [length, distance, saving];
      find(bytes, next++);
      if (saving > saved) addByte(bytes[at++] ?? 0);
      else {
        find(bytes, next++);
        if (saving > saved) {
          addByte(bytes[at++] ?? 0);
          addByte(bytes[at++] ?? 0);
        } else {
          [length, distance] = [own, back];
          take();
        }
      }
    }
    if (waitingSymbols() >= enough) {
      writeBlock(bytes, from, at, false);
      from = at;
    }
  }
  writeBlock(bytes, from, end, true);
}

/** Enters a byte into the tables. @returns the last place where the same four stood, or another; or 0 */
function enter(bytes: Uint8Array, at: number): number {
  if (at + 4 > bytes.length) return 0;
  const four =
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24);
  const hash = Math.imul(four, scatter) >>> (32 - hashBits);
  const other = heads[hash] ?? 0;
  heads[hash] = base + at;
  links[(base + at) & (farthest - 1)] = other;
  return other;
}

/** Finds the repetition from this byte on that saves most. */
function find(bytes: Uint8Array, at: number): void {
  let other = enter(bytes, at);
  const place = base + at;
  const lowest = place - farthest > base ? place - farthest : base;
  const most = bytes.length - at < longest ? bytes.length - at : longest;
  /** The longest so far, and what its bytes cost without it. */
  let best = 3;
  let worth = -1;
  length = saving = 0;
  for (let tries = places; tries > 0 && other >= lowest && best < most; tries--) {
    const before = other - base;
    if (bytes[before + best] === bytes[at + best] && bytes[before] === bytes[at]) {
      const same = sameBytes(bytes, before, at, most);
      if (same > best) {
        if (worth < 0) worth = cost(bytes, at, at + 3);
        worth += cost(bytes, at + best, at + same);
        best = same;
        const saved =
          worth - (lengthCosts[same] ?? 0) - (distanceCosts[distanceCode(place - other - 1)] ?? 0);
        if (saved > saving) {
          saving = saved;
          length = same;
          distance = place - other;
        }
      }
    }
    const earlier = links[other & (farthest - 1)] ?? 0;
    // A link that a later place has taken over leads nowhere.
    if (earlier >= other) break;
    other = earlier;
  }
}

/** How many bytes from two places on are the same. */
function sameBytes(bytes: Uint8Array, before: number, at: number, most: number): number {
  let same = 1;
  while (same < most && bytes[before + same] === bytes[at + same]) same++;
  return same;
}

/** What bytes cost one by one. */
function cost(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += byteCosts[bytes[at] ?? 0] ?? 0;
  return sum;
}
