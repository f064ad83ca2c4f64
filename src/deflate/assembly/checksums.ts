/** The checksums that stand beside deflated bytes. */
import { setWord, wordAt } from './tables';

let one: u32 = 1;
let two: u32 = 0;
let rest: u32 = ~0;

/** What each byte does to the checksum of an archive. */
const remainders = memory.data(256 * 4, 4);

export function layRemainders(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++)
      remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
    setWord(remainders, byte as i32, remainder as i32);
  }
}

export function openChecksums(): void {
  one = 1;
  two = 0;
  rest = ~0;
}

/** The checksum of a zlib stream (RFC 1950, 8.2) goes on with some bytes. */
export function addToAdler(bytes: usize, length: i32): void {
  for (let at = 0; at < length;) {
    // So many sums stay below 2 to the 32nd.
    const stop = at + 3800 < length ? at + 3800 : length;
    for (; at < stop; at++) {
      one += load<u8>(bytes + at);
      two += one;
    }
    one %= 65521;
    two %= 65521;
  }
}

export function adler(): u32 {
  return (two << 16) | one;
}

/** The checksum of a ZIP archive (APPNOTE 4.4.7) goes on with some bytes. */
export function addToCrc(bytes: usize, length: i32): void {
  for (let at = 0; at < length; at++)
    rest = (wordAt(remainders, (rest ^ load<u8>(bytes + at)) & 255) as u32) ^ (rest >>> 8);
}

export function crc(): u32 {
  return ~rest;
}
