/** The alphabets of deflate (RFC 1951, 3.2.5): how lengths and distances are said by codes and further bits. */
import { byteAt, setByte, setWord, wordAt } from './tables';

/** How far back a repetition may point, and how long it may be. */
export const farthest: i32 = 1 << 15;
export const longest: i32 = 258;

export const endOfBlock: i32 = 256;
/** How many symbols there are: bytes, the end of a block and lengths; and distances. */
export const literals: i32 = 286;
export const distances: i32 = 30;
export const lengths: i32 = 29;

/** The least length of each code. */
export const lengthBase = memory.data<i32>([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
]);
/** How many bits follow the code of a length, and of a distance. */
export const lengthExtra = memory.data(32);
export const distanceExtra = memory.data(32);
/** The least distance of each code, in words. */
export const distanceBase = memory.data(32 * 4, 4);
/** The code of each length. */
export const lengthCodes = memory.data(264);
/** The code of each distance less one: those below 256 by themselves, the others by what lies above their lowest 7 bits. */
const distanceCodes = memory.data(512);

/** @param less the distance less one */
export function distanceCode(less: i32): i32 {
  return byteAt(distanceCodes, less < 256 ? less : 256 + (less >> 7));
}

export function layAlphabet(): void {
  for (let code = 0; code < lengths; code++) {
    setByte(lengthExtra, code, code < 8 || code == 28 ? 0 : (code >> 2) - 1);
    for (let own = wordAt(lengthBase, code); own <= longest; own++) setByte(lengthCodes, own, code);
  }
  for (let code = 0; code < distances; code++) {
    const extra = code < 2 ? 0 : (code >> 1) - 1;
    const first = code < 2 ? code + 1 : ((2 + (code & 1)) << extra) + 1;
    setByte(distanceExtra, code, extra);
    setWord(distanceBase, code, first);
    const from = first <= 256 ? first - 1 : 256 + ((first - 1) >> 7);
    for (let less = from, end = first <= 256 ? 256 : 512; less < end; less++)
      setByte(distanceCodes, less, code);
  }
}
