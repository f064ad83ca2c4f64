/** Where the same four bytes stood before: tables of the process, so that a small stream costs no more than its own length. */
import { farthest } from './alphabet.js';

export const hashBits = 15;
/** Spreads four bytes over all hashes (the golden ratio's part of 2 to the 32nd). */
export const scatter = 0x9e3779b1;
/** By hash: the last place where such bytes stood; by place: the one before it. Places count through all streams. */
export const heads = new Int32Array(1 << hashBits);
export const links = new Int32Array(farthest);
/** The place of the stream's first byte: what lies below is of earlier streams. */
export let base = 1;

/** Ends a stream of so many bytes. */
export function passStream(length: number): void {
  base += length;
  // Places are numbers of 31 bits: before they run out, all are forgotten.
  if (base <= 1 << 29) return;
  heads.fill(0);
  base = 1;
}
