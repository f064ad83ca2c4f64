/** Bytes of a content stream as they are written: text, numbers as short as they can be, and the codes of strings. */

import { shiftIn, signIn } from './signs.js';

const least = 1 << 14;

/** What a stream was last written on, for the next one. */
let spare: Uint8Array | null = null;
/** A stream far longer than others must not keep its room. */
const mostKept = 1 << 20;

/** Which bytes of a literal string are escaped, and by what letter (ISO 32000-1, 7.3.4.2): brackets, and what a reader would fold. */
const escapes = new Uint8Array(256);
for (const [character, letter] of ['((', '))', '\\\\', '\rr'])
  if (character !== undefined && letter !== undefined)
    escapes[character.charCodeAt(0)] = letter.charCodeAt(0);

export class Writing {
  #bytes: Uint8Array;
  #length = 0;

  constructor() {
    this.#bytes = spare ?? new Uint8Array(least);
    spare = null;
  }

  #grow(more: number): void {
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  byte(byte: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = byte;
  }

  /** Writes characters up to U+00FF. */
  text(text: string): void {
    if (this.#length + text.length > this.#bytes.length) this.#grow(text.length);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let index = 0; index < text.length; index++) bytes[at++] = text.charCodeAt(index);
    this.#length = at;
  }

  /** Writes a byte of a literal string. */
  escaped(byte: number): void {
    const escape = escapes[byte] ?? 0;
    if (escape === 0) {
      this.byte(byte);
      return;
    }
    this.byte(0x5c);
    this.byte(escape);
  }

  /**
   * Writes the codes of a word's signs (signs.ts) into an open string, up to the first that has a shift after it, is of
   * another font of its face, is a space, must be escaped or has no code yet.
   * @returns the index of that one; how many there are, where all are written
   */
  codes(marks: readonly number[], from: number, codes: Uint16Array, part: number): number {
    if (this.#length + marks.length > this.#bytes.length) this.#grow(marks.length);
    const bytes = this.#bytes;
    let to = this.#length;
    let at = from;
    for (; at < marks.length; at++) {
      const mark = marks[at] ?? 0;
      if (shiftIn(mark) !== 0) break;
      const code = codes[signIn(mark)] ?? 0;
      const byte = code & 0xff;
      if (byte <= 0x20 || code >> 8 !== part || escapes[byte] !== 0) break;
      bytes[to++] = byte;
    }
    this.#length = to;
    return at;
  }

  /** Writes a whole number. */
  integer(value: number): void {
    this.#decimal(value, 1);
  }

  /** Writes a number of thousandths. */
  thousandths(value: number): void {
    this.#decimal(value, 1000);
  }

  /** Writes a number of millionths. */
  millionths(value: number): void {
    this.#decimal(value, 1_000_000);
  }

  /** Writes a whole number of parts. @param parts how many make one: a power of ten */
  #decimal(value: number, parts: number): void {
    if (this.#length + 24 > this.#bytes.length) this.#grow(24);
    let rest = value;
    if (rest < 0) {
      this.#bytes[this.#length++] = 0x2d;
      rest = -rest;
    }
    const whole = Math.floor(rest / parts);
    let fraction = rest - whole * parts;
    if (whole > 0 || fraction === 0) this.#digits(whole);
    if (fraction === 0) return;
    this.#bytes[this.#length++] = 0x2e;
    for (let unit = parts / 10; fraction > 0; unit /= 10) {
      const digit = Math.floor(fraction / unit);
      this.#bytes[this.#length++] = 0x30 + digit;
      fraction -= digit * unit;
    }
  }

  #digits(value: number): void {
    let unit = 1;
    while (value / unit >= 10) unit *= 10;
    let rest = value;
    for (; unit >= 1; unit /= 10) {
      const digit = Math.floor(rest / unit);
      this.#bytes[this.#length++] = 0x30 + digit;
      rest -= digit * unit;
    }
  }

  /** All that has been written; nothing more can be. */
  bytes(): Uint8Array {
    const written = this.#bytes.slice(0, this.#length);
    if (this.#bytes.length <= mostKept) spare = this.#bytes;
    this.#bytes = written;
    return written;
  }
}
