/** The alphabets of deflate (RFC 1951, 3.2.5): how lengths and distances are said by codes and further bits. */

/** How far back a repetition may point, and how long it may be. */
export const farthest = 1 << 15;
export const longest = 258;

export const endOfBlock = 256;

/** The least length of each code. */
export const lengthBase = Int32Array.from([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
]);
/** How many bits follow the code of a length, and of a distance. */
export const lengthExtra = Uint8Array.from(lengthBase, (_, code) =>
  code < 8 || code === 28 ? 0 : (code >> 2) - 1,
);
export const distanceExtra = Uint8Array.from({ length: 30 }, (_, code) => (code < 2 ? 0 : (code >> 1) - 1));
/** The least distance of each code. */
export const distanceBase = Int32Array.from({ length: 30 }, (_, code) =>
  code < 2 ? code + 1 : ((2 + (code & 1)) << ((code >> 1) - 1)) + 1,
);

/** The code of each length. */
export const lengthCodes = new Uint8Array(longest + 1);
for (const [code, first] of lengthBase.entries()) lengthCodes.fill(code, first);
/** The code of each distance less one: those below 256 by themselves, the others by what lies above their lowest 7 bits. */
const distanceCodes = new Uint8Array(512);
for (const [code, first] of distanceBase.entries())
  if (first <= 256) distanceCodes.fill(code, first - 1, 256);
  else distanceCodes.fill(code, 256 + ((first - 1) >> 7));

/** @param less the distance less one */
export const distanceCode = (less: number): number =>
  distanceCodes[less < 256 ? less : 256 + (less >> 7)] ?? 0;
