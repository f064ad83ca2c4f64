/**
 * Deflate (RFC 1951) as WebAssembly, which runs as fast the first time as ever after: what a short build deflates took JavaScript
 * eight times as long. Written in AssemblyScript; `npm run prepare-deflate` compiles it into ../prepared, and a test says
 * whether that was done.
 *
 * One stream at a time: `open`, then as often as needed bytes are laid at `place()` and `push`ed, and each time so many
 * bytes of the stream are taken from `output`. Its memory never grows.
 */
import { layAlphabet } from './alphabet';
import { layFixedCodes, openBlocks, output as written, taken } from './blocks';
import { addToAdler, addToCrc, adler, crc, layRemainders, openChecksums } from './checksums';
import { findQuickly, moveQuick, openQuick, quickAt } from './quick';
import { findThoroughly, layCosts, moveThorough, openThorough, thoroughAt } from './thorough';
import { fill, filled, input, leaveBehind, mostAtOnce as most, openWindow } from './window';

layAlphabet();
layFixedCodes();
layCosts();
layRemainders();

/** How many bytes are pushed at most. */
export const mostAtOnce: i32 = most;
/** Where what was written lies. */
export const output: usize = written;

let isThorough: bool = false;

/** Begins a stream. */
export function open(thorough: bool): void {
  isThorough = thorough;
  openWindow();
  openBlocks();
  openChecksums();
  if (thorough) openThorough();
  else openQuick();
}

/** Where the next bytes are to be laid. */
export function place(): usize {
  if (isThorough) moveThorough(leaveBehind(thoroughAt()));
  else moveQuick(leaveBehind(quickAt()));
  return input + filled;
}

/** Takes so many bytes. @param last no others come @returns how many were written */
export function push(length: i32, last: bool): i32 {
  if (isThorough) addToCrc(input + filled, length);
  else addToAdler(input + filled, length);
  fill(length);
  if (isThorough) findThoroughly(last);
  else findQuickly(last);
  return taken(last);
}

/** The checksum of what was pushed: of an archive (APPNOTE 4.4.7) for a thorough stream, else of a zlib stream (RFC 1950). */
export function checksum(): u32 {
  return isThorough ? crc() : adler();
}
