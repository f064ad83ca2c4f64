/** The blocks of a deflate stream (RFC 1951, 3.2.3): symbols are gathered, and written by the codes that fit them. */
import {
  distanceBase,
  distanceCode,
  distanceExtra,
  distances,
  endOfBlock,
  lengthBase,
  lengthCodes,
  lengthExtra,
  lengths,
  literals,
} from './alphabet';
import { reversed, settleCode, weightOf } from './codes';
import { addTo, byteAt, setByte, setShort, setWord, shortAt, wordAt } from './tables';
import { input } from './window';

/** As many symbols make a block. */
export const enough: i32 = 1 << 14;
/** Symbols of one block: a byte, or a length and a distance less one beside each other. */
const symbols = memory.data((1 << 14) * 4 + 64, 4);
let count: i32 = 0;

const literalCounts = memory.data(286 * 4, 4);
const distanceCounts = memory.data(30 * 4, 4);
const headCounts = memory.data(19 * 4, 4);
const literalLengths = memory.data(288);
const literalWords = memory.data(288 * 2, 2);
const distanceLengths = memory.data(32);
const distanceWords = memory.data(32 * 2, 2);
const headLengths = memory.data(20);
const headWords = memory.data(20 * 2, 2);

/** The fixed codes (3.2.6). */
const fixedLiteralLengths = memory.data(288);
const fixedLiteralWords = memory.data(288 * 2, 2);
const fixedDistanceLengths = memory.data(32);
const fixedDistanceWords = memory.data(32 * 2, 2);

export function layFixedCodes(): void {
  layFixed(0, 144, 8, 0x30);
  layFixed(144, 256, 9, 0x190);
  layFixed(256, 280, 7, 0);
  layFixed(280, 288, 8, 0xc0);
  for (let code = 0; code < distances; code++) {
    setByte(fixedDistanceLengths, code, 5);
    setShort(fixedDistanceWords, code, reversed(code, 5));
  }
}

function layFixed(from: i32, to: i32, length: i32, first: i32): void {
  for (let symbol = from; symbol < to; symbol++) {
    setByte(fixedLiteralLengths, symbol, length);
    setShort(fixedLiteralWords, symbol, reversed(first + symbol - from, length));
  }
}

/**
 * What is written: whole bytes, and bits that are none yet. A block takes no more than the bytes that it says, or what
 * its symbols could take (6 bytes each): so much is ever written of what was handed in at once.
 */
export const output = memory.data((1 << 18) + (1 << 12), 8);
let end: usize = output;
let pending: u64 = 0;
let pendingBits: u64 = 0;

/** Begins a stream. */
export function openBlocks(): void {
  count = 0;
  end = output;
  pending = 0;
  pendingBits = 0;
}

/** How many bytes were written since this was last asked. @param last the stream ends */
export function taken(last: bool): i32 {
  if (last) alignToByte();
  const bytes = (end - output) as i32;
  end = output;
  return bytes;
}

/** How many symbols wait for a block. */
export function waitingSymbols(): i32 {
  return count;
}

/** Writes up to 16 bits, the lowest first. */
function put(value: i32, bits: i32): void {
  pending |= (value as u64) << pendingBits;
  pendingBits += bits;
  flush();
}

/** Sets the bits down; what is no pair of bytes waits. */
function flush(): void {
  store<u64>(end, pending, 0, 1);
  const whole = pendingBits & ~15;
  end += (whole >> 3) as usize;
  pending >>= whole;
  pendingBits &= 15;
}

function alignToByte(): void {
  store<u64>(end, pending, 0, 1);
  end += ((pendingBits + 7) >> 3) as usize;
  pending = 0;
  pendingBits = 0;
}

export function addByte(byte: i32): void {
  setWord(symbols, count++, byte);
  addTo(literalCounts, byte, 1);
}

/** @param distance how far back, from 1 */
export function addRepetition(length: i32, distance: i32): void {
  setWord(symbols, count++, (length << 15) | (distance - 1));
  addTo(literalCounts, 257 + byteAt(lengthCodes, length), 1);
  addTo(distanceCounts, distanceCode(distance - 1), 1);
}

/**
 * Writes the symbols so far, by codes of their own, by the fixed ones, or as they are: whichever takes the least.
 * @param from where the bytes that they say begin in the window. They may have left it: so many would not be written as
 * they are
 * @param last no block follows
 */
export function writeBlock(from: i32, to: i32, last: bool): void {
  setWord(literalCounts, endOfBlock, 1);
  settleCode(literalLengths, literalWords, literalCounts, literals, 15);
  settleCode(distanceLengths, distanceWords, distanceCounts, distances, 15);
  const head = describe();
  const extra = extraBits();
  const own =
    head +
    extra +
    weightOf(literalLengths, literalCounts, literals) +
    weightOf(distanceLengths, distanceCounts, distances);
  const fixed =
    extra +
    weightOf(fixedLiteralLengths, literalCounts, literals) +
    weightOf(fixedDistanceLengths, distanceCounts, distances);
  if ((to - from + 5) * 8 < (own < fixed ? own : fixed)) writeStored(from, to, last);
  else {
    put(last ? 1 : 0, 1);
    put(fixed <= own ? 1 : 2, 2);
    if (fixed <= own)
      writeSymbols(fixedLiteralLengths, fixedLiteralWords, fixedDistanceLengths, fixedDistanceWords);
    else {
      writeHead();
      writeSymbols(literalLengths, literalWords, distanceLengths, distanceWords);
    }
  }
  memory.fill(literalCounts, 0, literals * 4);
  memory.fill(distanceCounts, 0, distances * 4);
  count = 0;
}

function extraBits(): i32 {
  let bits = 0;
  for (let code = 0; code < lengths; code++)
    bits += wordAt(literalCounts, 257 + code) * byteAt(lengthExtra, code);
  for (let code = 0; code < distances; code++)
    bits += wordAt(distanceCounts, code) * byteAt(distanceExtra, code);
  return bits;
}

function writeSymbols(ofLiterals: usize, literal: usize, ofDistances: usize, distance: usize): void {
  setWord(symbols, count, endOfBlock);
  for (let index = 0; index <= count; index++) {
    const symbol = wordAt(symbols, index);
    const length = symbol >> 15;
    const code = symbol <= endOfBlock ? symbol : 257 + byteAt(lengthCodes, length);
    pending |= (shortAt(literal, code) as u64) << pendingBits;
    pendingBits += byteAt(ofLiterals, code);
    if (symbol > endOfBlock) {
      // With the 15 bits at most that wait, a length and a distance and all that they have beside their codes are 63.
      const less = symbol & 0x7fff;
      const far = distanceCode(less);
      pending |= ((length - wordAt(lengthBase, code - 257)) as u64) << pendingBits;
      pendingBits += byteAt(lengthExtra, code - 257);
      pending |= (shortAt(distance, far) as u64) << pendingBits;
      pendingBits += byteAt(ofDistances, far);
      pending |= ((less + 1 - wordAt(distanceBase, far)) as u64) << pendingBits;
      pendingBits += byteAt(distanceExtra, far);
    }
    flush();
  }
}

/** Bytes as they are, in parts that 16 bits can count (3.2.4). */
function writeStored(from: i32, to: i32, last: bool): void {
  const most = 0xffff;
  for (let at = from; at < to; at += most) {
    const length = to - at < most ? to - at : most;
    put(last && at + most >= to ? 1 : 0, 1);
    put(0, 2);
    alignToByte();
    put(length, 16);
    put(length ^ 0xffff, 16);
    memory.copy(end, input + at, length);
    end += length;
  }
}

// How the codes of a block are said (3.2.7): their lengths, in which repetitions count, by a code of its own.

const headOrder = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
const described = memory.data(320);
/** A symbol, and what follows it above its lowest 5 bits. */
const headSymbols = memory.data(320 * 2, 2);
let headSymbolCount: i32 = 0;
/** How many lengths of each code are said. */
let saidLiterals: i32 = 0;
let saidDistances: i32 = 0;
let saidHeads: i32 = 0;

function extraOfHead(symbol: i32): i32 {
  return symbol < 16 ? 0 : symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
}

/** Settles what is said before the symbols. @returns how many bits that takes */
function describe(): i32 {
  saidLiterals = literals;
  while (saidLiterals > 257 && byteAt(literalLengths, saidLiterals - 1) == 0) saidLiterals--;
  saidDistances = distances;
  while (saidDistances > 1 && byteAt(distanceLengths, saidDistances - 1) == 0) saidDistances--;
  memory.copy(described, literalLengths, saidLiterals);
  memory.copy(described + saidLiterals, distanceLengths, saidDistances);
  memory.fill(headCounts, 0, 19 * 4);
  headSymbolCount = 0;
  const all = saidLiterals + saidDistances;
  for (let at = 0; at < all;) {
    const value = byteAt(described, at);
    let run = 1;
    while (at + run < all && byteAt(described, at + run) == value) run++;
    at += run;
    if (value != 0) {
      addHead(value, 0);
      run--;
    }
    const most = value == 0 ? 138 : 6;
    while (run >= 3) {
      const some = run < most ? run : most;
      if (value != 0) addHead(16, some - 3);
      else if (some <= 10) addHead(17, some - 3);
      else addHead(18, some - 11);
      run -= some;
    }
    for (; run > 0; run--) addHead(value, 0);
  }
  settleCode(headLengths, headWords, headCounts, 19, 7);
  saidHeads = 19;
  while (saidHeads > 4 && byteAt(headLengths, byteAt(headOrder, saidHeads - 1)) == 0) saidHeads--;
  let bits = 14 + 3 * saidHeads + weightOf(headLengths, headCounts, 19);
  for (let symbol = 16; symbol < 19; symbol++) bits += wordAt(headCounts, symbol) * extraOfHead(symbol);
  return bits;
}

function addHead(symbol: i32, extra: i32): void {
  setShort(headSymbols, headSymbolCount++, symbol | (extra << 5));
  addTo(headCounts, symbol, 1);
}

function writeHead(): void {
  put(saidLiterals - 257, 5);
  put(saidDistances - 1, 5);
  put(saidHeads - 4, 4);
  for (let index = 0; index < saidHeads; index++) put(byteAt(headLengths, byteAt(headOrder, index)), 3);
  for (let index = 0; index < headSymbolCount; index++) {
    const said = shortAt(headSymbols, index);
    const symbol = said & 31;
    put(shortAt(headWords, symbol), byteAt(headLengths, symbol));
    put(said >> 5, extraOfHead(symbol));
  }
}
