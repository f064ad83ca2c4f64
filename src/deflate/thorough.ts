/**
 * Deflate (RFC 1951) as a bare stream, for a few large texts whose size matters more than the time that they take: of all
 * ways to say the bytes, nearly the cheapest. The same bytes on every machine: nothing is weighed but in whole bits.
 *
 * What repeats is found once. Then the way is settled from the end to the beginning, by what each symbol costs; after
 * the first way is known, by what it costs in that one.
 */
import {
  distanceCode,
  distanceExtra,
  endOfBlock,
  farthest,
  lengthCodes,
  lengthExtra,
  longest,
} from './alphabet.js';
import { addByte, addRepetition, closed, open, writeBlock } from './blocks.js';
import { deflatedRaw } from './deflate.js';
import { openCode, settleCode } from './huffman.js';

/** Above so many bytes the time matters more. */
const tooMany = 1 << 20;
/** The most bytes of a block. */
const mostBytes = 1 << 16;

const effort = {
  /** How many earlier places are looked at. */
  places: 48,
  /** A repetition as long is taken as it is: nothing is looked for inside it. */
  enough: 130,
  /** Inside one as long, only longer ones are looked for. */
  good: 30,
  /** Shorter ways to say a repetition are weighed up to this length. */
  parts: 16,
  /** How often the way is settled. */
  ways: 2,
};

/** The least repetition that is taken, and how far back one that short may lie. */
const shortest = 3;
const nearby = 1 << 12;

const [bitsOfThree, bitsOfFour] = [14, 15];
const scatter = 0x9e3779b1;
/** By hash of three and of four bytes: the last place where they stood; by place: the one before it with the same four. */
const threes = new Int32Array(1 << bitsOfThree);
const fours = new Int32Array(1 << bitsOfFour);
const links = new Int32Array(farthest);
/** The place of the first byte: what lies below is of earlier streams. */
let base = 1;

/** All repetitions of a block, those of one place from the shortest to the longest: length and distance less one. */
const found = new Int32Array(1 << 18);
/** Where those of each place begin. */
const firsts = new Int32Array(mostBytes + 1);
/** What it costs in bits to say all from a place on, and the first symbol of it: 0 for the byte itself. */
const costs = new Int32Array(mostBytes + 1);
const chosen = new Int32Array(mostBytes);

const byteCosts = new Int32Array(256);
const lengthCosts = new Int32Array(longest + 1);
const distanceCosts = new Int32Array(30);
const literalCounts = new Uint32Array(286);
const distanceCounts = new Uint32Array(30);
const literals = openCode(286);
const distances = openCode(30);

/** Some bytes as a bare stream. */
export function thoroughlyDeflated(bytes: Uint8Array): Uint8Array {
  if (bytes.length > tooMany) return deflatedRaw(bytes).slice();
  open();
  const size = Math.ceil(bytes.length / Math.max(1, Math.ceil(bytes.length / mostBytes)));
  let from = 0;
  do {
    const to = findRepetitions(bytes, from, Math.min(bytes.length, from + size));
    firstCosts();
    settleWay(bytes, from, to);
    for (let again = effort.ways; again > 1; again--) {
      costsOfWay(bytes, from, to);
      settleWay(bytes, from, to);
    }
    for (let at = from; at < to;) {
      const symbol = chosen[at - from] ?? 0;
      if (symbol === 0) addByte(bytes[at++] ?? 0);
      else {
        addRepetition(symbol >> 15, (symbol & 0x7fff) + 1);
        at += symbol >> 15;
      }
    }
    writeBlock(bytes, from, to, to === bytes.length);
    from = to;
  } while (from < bytes.length);
  base += bytes.length;
  // Places are numbers of 31 bits: before they run out, all are forgotten.
  if (base > 1 << 29) {
    threes.fill(0);
    fours.fill(0);
    base = 1;
  }
  return closed().slice();
}

/**
 * Finds what repeats, up to `end` or as far as there is room.
 * @returns where it stopped
 */
function findRepetitions(bytes: Uint8Array, from: number, end: number): number {
  const mostFound = found.length - effort.places - 2;
  const length = bytes.length;
  let count = 0;
  let at = from;
  /** How many places still lie in a repetition that was taken as it is. */
  let inside = 0;
  /** What is left of the last long one. */
  let rest = 0;
  let restDistance = 0;
  for (; at < end && count < mostFound; at++) {
    firsts[at - from] = count;
    if (at + 4 > length) continue;
    const place = base + at;
    const three = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
    const four = three | ((bytes[at + 3] ?? 0) << 24);
    const hashOfThree = Math.imul(three, scatter) >>> (32 - bitsOfThree);
    const hashOfFour = Math.imul(four, scatter) >>> (32 - bitsOfFour);
    const near = threes[hashOfThree] ?? 0;
    let other = fours[hashOfFour] ?? 0;
    threes[hashOfThree] = fours[hashOfFour] = place;
    links[place & (farthest - 1)] = other;
    if (inside > 0) {
      inside--;
      continue;
    }
    const lowest = place - farthest > base ? place - farthest : base;
    if (near >= lowest && near !== other && place - near <= nearby) {
      const before = near - base;
      if (
        bytes[before] === bytes[at] &&
        bytes[before + 1] === bytes[at + 1] &&
        bytes[before + 2] === bytes[at + 2]
      )
        found[count++] = (shortest << 15) | (place - near - 1);
    }
    let best = 3;
    if (--rest > effort.good) {
      best = rest;
      found[count++] = (rest << 15) | (restDistance - 1);
    }
    const most = end - at < longest ? end - at : longest;
    for (let tries = effort.places; tries > 0 && other >= lowest && best < most; tries--) {
      const before = other - base;
      if (
        bytes[before + best] === bytes[at + best] &&
        bytes[before] === bytes[at] &&
        bytes[before + 1] === bytes[at + 1]
      ) {
        let same = 2;
        while (same < most && bytes[before + same] === bytes[at + same]) same++;
        if (same > best) {
          best = rest = same;
          restDistance = at - before;
          found[count++] = (same << 15) | (restDistance - 1);
          if (same >= effort.enough) {
            inside = same - 1;
            rest = 0;
            break;
          }
        }
      }
      const next = links[other & (farthest - 1)] ?? 0;
      // A link that a later place has taken over leads nowhere.
      if (next >= other) break;
      other = next;
    }
  }
  firsts[at - from] = count;
  return at;
}

/** What symbols cost before any way is known. */
function firstCosts(): void {
  byteCosts.fill(6);
  for (let own = shortest; own <= longest; own++)
    lengthCosts[own] = 7 + (lengthExtra[lengthCodes[own] ?? 0] ?? 0);
  for (let code = 0; code < distanceCosts.length; code++)
    distanceCosts[code] = 5 + (distanceExtra[code] ?? 0);
}

/** What they cost by the codes of the way that is known. */
function costsOfWay(bytes: Uint8Array, from: number, to: number): void {
  literalCounts.fill(0);
  distanceCounts.fill(0);
  literalCounts[endOfBlock] = 1;
  for (let at = from; at < to;) {
    const symbol = chosen[at - from] ?? 0;
    const own = symbol >> 15;
    const literal = symbol === 0 ? (bytes[at] ?? 0) : 257 + (lengthCodes[own] ?? 0);
    literalCounts[literal] = (literalCounts[literal] ?? 0) + 1;
    at += symbol === 0 ? 1 : own;
    if (symbol === 0) continue;
    const code = distanceCode(symbol & 0x7fff);
    distanceCounts[code] = (distanceCounts[code] ?? 0) + 1;
  }
  settleCode(literals, literalCounts, 15);
  settleCode(distances, distanceCounts, 15);
  // One that never came would make the code longer.
  const lengthOf = (symbol: number) => literals.lengths[symbol] || 12;
  for (let byte = 0; byte < 256; byte++) byteCosts[byte] = lengthOf(byte);
  for (let own = shortest; own <= longest; own++) {
    const code = lengthCodes[own] ?? 0;
    lengthCosts[own] = lengthOf(257 + code) + (lengthExtra[code] ?? 0);
  }
  for (let code = 0; code < distanceCosts.length; code++)
    distanceCosts[code] = (distances.lengths[code] || 8) + (distanceExtra[code] ?? 0);
}

/** Settles by what it costs to say the rest how each byte is best said. */
function settleWay(bytes: Uint8Array, from: number, to: number): void {
  const length = to - from;
  costs[length] = 0;
  let after = firsts[length] ?? 0;
  for (let at = length - 1; at >= 0; at--) {
    let least = (byteCosts[bytes[from + at] ?? 0] ?? 0) + (costs[at + 1] ?? 0);
    let symbol = 0;
    const first = firsts[at] ?? 0;
    let own = shortest;
    for (let index = first; index < after; index++) {
      const repetition = found[index] ?? 0;
      const less = repetition & 0x7fff;
      let most = repetition >> 15;
      if (most > length - at) most = length - at;
      const distance = distanceCosts[distanceCode(less)] ?? 0;
      const lastPart = most < effort.parts ? most : effort.parts;
      for (; own <= lastPart; own++) {
        const cost = distance + (lengthCosts[own] ?? 0) + (costs[at + own] ?? 0);
        if (cost >= least) continue;
        least = cost;
        symbol = (own << 15) | less;
      }
      if (most <= lastPart) continue;
      const cost = distance + (lengthCosts[most] ?? 0) + (costs[at + most] ?? 0);
      if (cost < least) {
        least = cost;
        symbol = (most << 15) | less;
      }
      own = most + 1;
    }
    after = first;
    costs[at] = least;
    chosen[at] = symbol;
  }
}
