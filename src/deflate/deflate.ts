/**
 * Deflate (RFC 1951) as a zlib stream (RFC 1950), made for the streams of a page: a great many small ones. The same bytes
 * on every machine; any reader of zlib streams gives back what went in.
 *
 * What repeats is looked for by four bytes at a time; repetitions of three are not taken.
 */
import { farthest, longest } from './alphabet.js';
import { addByte, addRepetition, closed, open, waitingSymbols, writeBlock } from './blocks.js';
import { base, hashBits, heads, links, passStream, scatter } from './places.js';

/** The least repetition that is taken. */
const shortest = 4;
/** How many earlier places are looked at; how long a repetition is looked for no further, nor for a longer one behind it. */
const effort = { places: 8, enough: 96, good: 32 };

/** As many symbols make a block. */
const enough = 1 << 14;

/** Some bytes as a zlib stream. */
export function deflated(bytes: Uint8Array): Uint8Array {
  const raw = deflatedRaw(bytes);
  const made = new Uint8Array(raw.length + 6);
  // Deflate with a window of 32 KiB, compressed by default (RFC 1950, 2.2).
  made.set([0x78, 0x9c]);
  made.set(raw, 2);
  new DataView(made.buffer).setUint32(raw.length + 2, adler32(bytes));
  return made;
}

/** Some bytes as a bare stream, which lasts until the next one. */
export function deflatedRaw(bytes: Uint8Array): Uint8Array {
  open();
  findRepetitions(bytes);
  passStream(bytes.length);
  return closed();
}

/** The bytes as symbols, block by block. What could be repeated longer from the next byte on begins there. */
function findRepetitions(bytes: Uint8Array): void {
  const end = bytes.length;
  const lastHashed = end - shortest;
  let from = 0;
  let waiting = false;
  let waitingLength = 0;
  let waitingDistance = 0;
  // The four bytes that are hashed, the first lowest.
  let four = ((bytes[0] ?? 0) << 8) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 24);
  for (let at = 0; at < end; at++) {
    let best = waitingLength > shortest ? waitingLength : shortest - 1;
    let distance = 0;
    if (at <= lastHashed) {
      four = (four >>> 8) | ((bytes[at + 3] ?? 0) << 24);
      const hash = Math.imul(four, scatter) >>> (32 - hashBits);
      const place = base + at;
      let other = heads[hash] ?? 0;
      heads[hash] = place;
      links[place & (farthest - 1)] = other;
      const first = place - farthest > base ? place - farthest : base;
      if (other >= first && waitingLength < effort.good) {
        const most = end - at < longest ? end - at : longest;
        for (let tries = effort.places; tries > 0 && best < most; tries--) {
          const before = other - base;
          if (bytes[before + best] === bytes[at + best] && bytes[before] === bytes[at]) {
            let same = 1;
            while (same < most && bytes[before + same] === bytes[at + same]) same++;
            if (same > best) {
              best = same;
              distance = at - before;
              if (same >= effort.enough) break;
            }
          }
          const next = links[other & (farthest - 1)] ?? 0;
          // A link that a later place has taken over leads nowhere.
          if (next < first || next >= other) break;
          other = next;
        }
      }
    }
    if (waitingLength > 0 && distance === 0) {
      addRepetition(waitingLength, waitingDistance);
      const stop = at - 1 + waitingLength;
      const lastInside = stop - 1 < lastHashed ? stop - 1 : lastHashed;
      for (let inside = at + 1; inside <= lastInside; inside++) {
        four = (four >>> 8) | ((bytes[inside + 3] ?? 0) << 24);
        const hash = Math.imul(four, scatter) >>> (32 - hashBits);
        const place = base + inside;
        links[place & (farthest - 1)] = heads[hash] ?? 0;
        heads[hash] = place;
      }
      at = stop - 1;
      waiting = false;
      waitingLength = 0;
    } else {
      if (waiting) addByte(bytes[at - 1] ?? 0);
      waiting = true;
      waitingLength = distance > 0 ? best : 0;
      waitingDistance = distance;
    }
    if (waitingSymbols() >= enough - 2) {
      const to = waiting ? at : at + 1;
      writeBlock(bytes, from, to, false);
      from = to;
    }
  }
  if (waiting) addByte(bytes[end - 1] ?? 0);
  writeBlock(bytes, from, end, true);
}

/** The checksum of RFC 1950 (8.2). */
function adler32(bytes: Uint8Array): number {
  let [one, two] = [1, 0];
  for (let at = 0; at < bytes.length;) {
    // So many sums stay below 2 to the 32nd.
    const stop = Math.min(at + 3800, bytes.length);
    for (; at < stop; at++) {
      one += bytes[at] ?? 0;
      two += one;
    }
    one %= 65521;
    two %= 65521;
  }
  return ((two << 16) | one) >>> 0;
}
