/**
 * Signs: a glyph that stands for some characters, at the width that the file says of it. They are numbered once for each font
 * of the process, so that a shaped word is written into any number of files from one short list of numbers.
 */
import type { Font } from 'fontkit';
import type { Shaped, ShapedGlyph } from './faces.js';

export interface Sign {
  readonly glyph: number;
  /** Thousandths of an em. */
  readonly width: number;
  readonly characters: string;
}

/** A sign and how far the next one is shifted, in whole thousandths of an em, in one small integer. */
const shiftBits = 12;
const noShift = 1 << (shiftBits - 1);
const shiftMask = (1 << shiftBits) - 1;
/** So many signs leave the sum an integer of 31 bits. */
const mostSigns = 1 << 18;

export const signIn = (mark: number): number => mark >> shiftBits;
export const shiftIn = (mark: number): number => (mark & shiftMask) - noShift;

interface Numbered extends Sign {
  readonly number: number;
  /** Another sign of the same glyph. */
  readonly next: Numbered | undefined;
}

export class Signs {
  readonly #byGlyph = new Map<number, Numbered>();
  readonly #all: Sign[] = [];

  /** The number of the sign that a glyph is. */
  numberOf({ id, text, width }: ShapedGlyph): number {
    const first = this.#byGlyph.get(id);
    for (let one = first; one; one = one.next)
      if (one.width === width && one.characters === text) return one.number;
    const made = { glyph: id, width, characters: text, number: this.#all.length, next: first };
    this.#byGlyph.set(id, made);
    this.#all.push(made);
    return made.number;
  }

  /** A sign by its number. */
  sign(number: number): Sign {
    const sign = this.#all[number];
    if (!sign) throw new Error('no glyph has this number');
    return sign;
  }

  /**
   * A shaped word as its signs, each with the shift after it; null where a glyph stands beside its place or above the line,
   * or is drawn as an outline: it is to be shown glyph by glyph.
   */
  marksOf(shaped: Shaped): readonly number[] | null {
    if (shaped.marks === undefined) shaped.marks = this.#marksOf(shaped.glyphs);
    return shaped.marks;
  }

  #marksOf(glyphs: readonly ShapedGlyph[]): readonly number[] | null {
    const marks: number[] = [];
    for (const glyph of glyphs) {
      const shift = Math.round(glyph.advance - glyph.width) + noShift;
      const sign = this.numberOf(glyph);
      const plain = glyph.outline === undefined && glyph.yOffset === 0 && glyph.xOffset === 0;
      if (!plain || shift < 0 || shift > shiftMask || sign >= mostSigns) return null;
      marks.push((sign << shiftBits) | shift);
    }
    return marks;
  }
}

const known = new WeakMap<Font, Signs>();

/** The signs of a font. */
export function signsOf(font: Font): Signs {
  let signs = known.get(font);
  if (!signs) known.set(font, (signs = new Signs()));
  return signs;
}
