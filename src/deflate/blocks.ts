/** The blocks of a deflate stream (RFC 1951, 3.2.3): symbols are gathered, and written by the codes that fit them. */
import {
  distanceBase,
  distanceCode,
  distanceExtra,
  endOfBlock,
  lengthBase,
  lengthCodes,
  lengthExtra,
} from './alphabet.js';
import { openCode, settleCode, type Code } from './huffman.js';

/** Symbols of one block: a byte, or a length and a distance less one beside each other. */
export const mostSymbols = 1 << 16;
const symbols = new Int32Array(mostSymbols);
let count = 0;

const literalCounts = new Uint32Array(286);
const distanceCounts = new Uint32Array(30);
const headCounts = new Uint32Array(19);
const literalCode = openCode(286);
const distancesCode = openCode(30);
const headCode = openCode(19);

/** The fixed codes (3.2.6). */
const fixedLiteral = openCode(288);
const fixedDistance = openCode(30);
{
  const reversed = (word: number, length: number) => {
    let turned = 0;
    for (let bit = 0; bit < length; bit++) turned = (turned << 1) | ((word >> bit) & 1);
    return turned;
  };
  const set = ({ lengths, bits }: Code, from: number, to: number, length: number, first: number) => {
    for (let symbol = from; symbol < to; symbol++) {
      lengths[symbol] = length;
      bits[symbol] = reversed(first + symbol - from, length);
    }
  };
  set(fixedLiteral, 0, 144, 8, 0x30);
  set(fixedLiteral, 144, 256, 9, 0x190);
  set(fixedLiteral, 256, 280, 7, 0);
  set(fixedLiteral, 280, 288, 8, 0xc0);
  set(fixedDistance, 0, 30, 5, 0);
}

/** What is written: whole bytes, and bits that are none yet. */
let out = new Uint8Array(1 << 16);
let length = 0;
let pending = 0;
let pendingBits = 0;

/** Begins a stream. */
export function open(): void {
  length = count = 0;
  pending = pendingBits = 0;
}

/** Ends the stream. The bytes are those of the next one, too: they are to be copied. */
export function closed(): Uint8Array {
  roomFor(8);
  alignToByte();
  const made = out.subarray(0, length);
  // One far larger stream than others must not keep its room.
  if (out.length > 1 << 22) out = new Uint8Array(1 << 16);
  return made;
}

/** How many symbols wait for a block. */
export const waitingSymbols = (): number => count;

function roomFor(bytes: number): void {
  if (length + bytes <= out.length) return;
  const larger = new Uint8Array(Math.max(out.length * 2, length + bytes));
  larger.set(out.subarray(0, length));
  out = larger;
}

/** Writes up to 16 bits, the lowest first. */
function put(value: number, bits: number): void {
  pending |= value << pendingBits;
  pendingBits += bits;
  if (pendingBits < 16) return;
  out[length++] = pending;
  out[length++] = pending >>> 8;
  pending >>>= 16;
  pendingBits -= 16;
}

function alignToByte(): void {
  for (; pendingBits > 0; pendingBits -= 8, pending >>>= 8) out[length++] = pending;
  pending = pendingBits = 0;
}

export function addByte(byte: number): void {
  symbols[count++] = byte;
  literalCounts[byte] = (literalCounts[byte] ?? 0) + 1;
}

/** @param distance how far back, from 1 */
export function addRepetition(own: number, distance: number): void {
  symbols[count++] = (own << 15) | (distance - 1);
  const literal = 257 + (lengthCodes[own] ?? 0);
  literalCounts[literal] = (literalCounts[literal] ?? 0) + 1;
  const code = distanceCode(distance - 1);
  distanceCounts[code] = (distanceCounts[code] ?? 0) + 1;
}

/**
 * Writes the symbols so far, by codes of their own, by the fixed ones, or as they are: whichever takes the least.
 * @param from where the bytes that they say begin
 * @param last no block follows
 */
export function writeBlock(bytes: Uint8Array, from: number, to: number, last: boolean): void {
  literalCounts[endOfBlock] = 1;
  settleCode(literalCode, literalCounts, 15);
  settleCode(distancesCode, distanceCounts, 15);
  const head = describe();
  const extra = extraBits();
  const own = head.bits + extra + weight(literalCode, literalCounts) + weight(distancesCode, distanceCounts);
  const fixed = extra + weight(fixedLiteral, literalCounts) + weight(fixedDistance, distanceCounts);
  const least = Math.min(own, fixed);
  roomFor((least >> 3) + 64);
  if ((to - from + 5) * 8 < least) writeStored(bytes.subarray(from, to), last);
  else {
    put(last ? 1 : 0, 1);
    put(fixed <= own ? 1 : 2, 2);
    if (fixed <= own) writeSymbols(fixedLiteral, fixedDistance);
    else {
      writeHead(head);
      writeSymbols(literalCode, distancesCode);
    }
  }
  literalCounts.fill(0);
  distanceCounts.fill(0);
  count = 0;
}

/** How many bits some symbols take. */
function weight({ lengths }: Code, counts: Uint32Array): number {
  let bits = 0;
  for (let symbol = 0; symbol < counts.length; symbol++)
    bits += (counts[symbol] ?? 0) * (lengths[symbol] ?? 0);
  return bits;
}

function extraBits(): number {
  let bits = 0;
  for (let code = 0; code < lengthExtra.length; code++)
    bits += (literalCounts[257 + code] ?? 0) * (lengthExtra[code] ?? 0);
  for (let code = 0; code < distanceExtra.length; code++)
    bits += (distanceCounts[code] ?? 0) * (distanceExtra[code] ?? 0);
  return bits;
}

function writeSymbols(literals: Code, distances: Code): void {
  const { lengths: literalLengths, bits: literalBits } = literals;
  const { lengths: distanceLengths, bits: distanceBits } = distances;
  const bytes = out;
  const all = count;
  let at = length;
  let held = pending;
  let heldBits = pendingBits;
  for (let index = 0; index <= all; index++) {
    const symbol = index < all ? (symbols[index] ?? 0) : endOfBlock;
    const own = symbol >> 15;
    const code = symbol <= endOfBlock ? symbol : 257 + (lengthCodes[own] ?? 0);
    held |= (literalBits[code] ?? 0) << heldBits;
    heldBits += literalLengths[code] ?? 0;
    if (heldBits >= 16) {
      bytes[at++] = held;
      bytes[at++] = held >>> 8;
      held >>>= 16;
      heldBits -= 16;
    }
    if (symbol <= endOfBlock) continue;
    const less = symbol & 0x7fff;
    const far = distanceCode(less);
    // At most 5 bits of a length beside the 15 at most that wait, then a distance and what it has beside its code.
    held |= (own - (lengthBase[code - 257] ?? 0)) << heldBits;
    heldBits += lengthExtra[code - 257] ?? 0;
    if (heldBits >= 16) {
      bytes[at++] = held;
      bytes[at++] = held >>> 8;
      held >>>= 16;
      heldBits -= 16;
    }
    held |= (distanceBits[far] ?? 0) << heldBits;
    heldBits += distanceLengths[far] ?? 0;
    if (heldBits >= 16) {
      bytes[at++] = held;
      bytes[at++] = held >>> 8;
      held >>>= 16;
      heldBits -= 16;
    }
    held |= (less + 1 - (distanceBase[far] ?? 0)) << heldBits;
    heldBits += distanceExtra[far] ?? 0;
    if (heldBits >= 16) {
      bytes[at++] = held;
      bytes[at++] = held >>> 8;
      held >>>= 16;
      heldBits -= 16;
    }
  }
  length = at;
  pending = held;
  pendingBits = heldBits;
}

/** Bytes as they are, in parts that 16 bits can count (3.2.4). */
function writeStored(bytes: Uint8Array, last: boolean): void {
  const most = 0xffff;
  for (let from = 0; from < bytes.length; from += most) {
    const part = bytes.subarray(from, from + most);
    roomFor(part.length + 16);
    put(last && from + most >= bytes.length ? 1 : 0, 1);
    put(0, 2);
    alignToByte();
    put(part.length, 16);
    put(part.length ^ 0xffff, 16);
    out.set(part, length);
    length += part.length;
  }
}

/** How the codes of a block are said (3.2.7): their lengths, in which repetitions count, by a code of its own. */
interface Head {
  readonly literals: number;
  readonly distances: number;
  /** Of the code for lengths. */
  readonly lengths: number;
  readonly bits: number;
}
const headOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const headExtra = Uint8Array.from({ length: 19 }, (_, symbol) => [2, 3, 7][symbol - 16] ?? 0);
const described = new Uint8Array(320);
/** A symbol, and what follows it above its lowest 5 bits. */
const headSymbols = new Uint16Array(320);
let headLength = 0;

function describe(): Head {
  let literals = 286;
  while (literals > 257 && literalCode.lengths[literals - 1] === 0) literals--;
  let distances = 30;
  while (distances > 1 && distancesCode.lengths[distances - 1] === 0) distances--;
  described.set(literalCode.lengths.subarray(0, literals));
  described.set(distancesCode.lengths.subarray(0, distances), literals);
  headCounts.fill(0);
  headLength = 0;
  const all = literals + distances;
  for (let at = 0, run = 1; at < all; at += run, run = 1) {
    const value = described[at] ?? 0;
    while (at + run < all && described[at + run] === value) run++;
    let rest = run;
    if (value !== 0) {
      addHead(value, 0);
      rest--;
    }
    const [least, most] = value === 0 ? [3, 138] : [3, 6];
    for (; rest >= least; rest -= Math.min(rest, most)) {
      const some = Math.min(rest, most);
      if (value !== 0) addHead(16, some - 3);
      else if (some <= 10) addHead(17, some - 3);
      else addHead(18, some - 11);
    }
    for (; rest > 0; rest--) addHead(value, 0);
  }
  settleCode(headCode, headCounts, 7);
  let lengths = 19;
  while (lengths > 4 && headCode.lengths[headOrder[lengths - 1] ?? 0] === 0) lengths--;
  let bits = 14 + 3 * lengths + weight(headCode, headCounts);
  for (let symbol = 16; symbol < 19; symbol++) bits += (headCounts[symbol] ?? 0) * (headExtra[symbol] ?? 0);
  return { literals, distances, lengths, bits };
}

function addHead(symbol: number, extra: number): void {
  headSymbols[headLength++] = symbol | (extra << 5);
  headCounts[symbol] = (headCounts[symbol] ?? 0) + 1;
}

function writeHead({ literals, distances, lengths }: Head): void {
  put(literals - 257, 5);
  put(distances - 1, 5);
  put(lengths - 4, 4);
  for (const symbol of headOrder.slice(0, lengths)) put(headCode.lengths[symbol] ?? 0, 3);
  for (let index = 0; index < headLength; index++) {
    const said = headSymbols[index] ?? 0;
    const symbol = said & 31;
    put(headCode.bits[symbol] ?? 0, headCode.lengths[symbol] ?? 0);
    put(said >> 5, headExtra[symbol] ?? 0);
  }
}
