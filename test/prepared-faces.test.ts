/** Prepared faces against fontkit, which they stand in for: glyphs, shaping, metrics, and subsets byte for byte. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { create, type Font } from 'fontkit';
import { describe, expect, it } from 'vitest';
import { preparedFont } from '../src/editions/pdf/prepared.js';
import faces from '../src/editions/pdf/prepared/faces.json' with { type: 'json' };
import template from '../templates/default.json' with { type: 'json' };

const { resolve } = createRequire(import.meta.url);
const { regular, italic, bold, boldItalic } = template.face;

interface Subset {
  readonly includeGlyph: (glyph: number) => number;
  readonly glyphs: number[];
  readonly encode: () => Uint8Array;
}
/** With the members that pdfkit uses, and fontkit's types don't name. */
type WholeFont = Font & {
  readonly bbox: unknown;
  readonly lineGap: number;
  readonly numGlyphs: number;
  readonly italicAngle: number;
  readonly characterSet: readonly number[];
  readonly createSubset: () => Subset;
  readonly 'OS/2': { readonly sFamilyClass: number };
  readonly post: { readonly isFixedPitch: number };
  readonly head: { readonly macStyle: { readonly italic: boolean }; readonly checkSumAdjustment: number };
};

const glyphsOf = (font: Font, text: string, features?: Record<string, boolean>) => {
  const { glyphs, positions } = font.layout(text, features);
  return glyphs.map(({ id, advanceWidth }, index) => {
    const { xAdvance, xOffset, yOffset, yAdvance } =
      positions[index] ?? expect.fail('a glyph without a place');
    return [id, advanceWidth, xAdvance, xOffset, yOffset, yAdvance];
  });
};

describe.each([regular, italic, bold, boldItalic])('%s', (file) => {
  const bytes = readFileSync(resolve(file));
  const hash = createHash('sha256').update(bytes).digest('hex');
  const whole = create(bytes) as WholeFont;
  const prepared = (preparedFont(hash, bytes) ??
    expect.fail('not prepared: run node bundle/prepare-faces.js')) as WholeFont;
  const facts = faces.find(({ sha256 }) => sha256 === hash);
  const shaped = (facts?.shaped ?? []).flatMap(([first = 0, count = 0]) =>
    Array.from({ length: count }, (_, index) => String.fromCharCode(first + index)),
  );

  it('says of the font what fontkit says', () => {
    const said = ({ postscriptName, unitsPerEm, ascent, descent, lineGap, capHeight, xHeight, italicAngle, bbox }: WholeFont) =>
      ({ postscriptName, unitsPerEm, ascent, descent, lineGap, capHeight, xHeight, italicAngle, bbox: { ...(bbox as object) } }); // prettier-ignore
    expect(said(prepared)).toEqual(said(whole));
    expect([...prepared.availableFeatures].sort()).toEqual([...new Set(whole.availableFeatures)].sort());
    expect(prepared['OS/2'].sFamilyClass).toBe(whole['OS/2'].sFamilyClass);
    expect(prepared.post.isFixedPitch).toBe(whole.post.isFixedPitch);
    expect(prepared.head.macStyle.italic).toBe(whole.head.macStyle.italic);
  });

  it('has the same glyph, as wide, for every character', () => {
    for (const codePoint of [...whole.characterSet, 0, 0xad, 0x2011, 0x4e00, 0x1f600]) {
      const [one, other] = [prepared.glyphForCodePoint(codePoint), whole.glyphForCodePoint(codePoint)];
      expect([codePoint, one.id, one.advanceWidth]).toEqual([codePoint, other.id, other.advanceWidth]);
      expect(prepared.hasGlyphForCodePoint(codePoint)).toBe(whole.hasGlyphForCodePoint(codePoint));
    }
  });

  it('shapes without fontkit all that Latin texts are written with, but for a few signs', () => {
    expect(shaped.length).toBeGreaterThan(330);
    expect(shaped.join('')).toContain('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    expect(shaped.join('')).not.toContain('·');
  });

  it('shapes every pair of ASCII, and every f with what follows, as fontkit does', () => {
    const ascii = shaped.filter((character) => character < '\u007f');
    for (const one of ascii) {
      // Each pair between spaces, which kern too: so many pairs in one run are one test of all of them.
      const text = ascii.map((other) => `${one}${other}f${one}ff${other}`).join(' ');
      expect(glyphsOf(prepared, text)).toEqual(glyphsOf(whole, text));
    }
  });

  it('shapes any words as fontkit does, plain and raised', () => {
    const words = fc.array(fc.constantFrom(...shaped), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(words, fc.boolean(), (characters, sups) => {
        const text = characters.join('');
        // fontkit writes into what it is given.
        const features = () => (sups ? { sups } : undefined);
        expect(glyphsOf(prepared, text, features())).toEqual(glyphsOf(whole, text, features()));
        // fontkit's glyphs remember only the characters that they first stood for, and can't tell.
        const written = prepared.layout(text, features()).glyphs.flatMap(({ codePoints }) => codePoints);
        expect(written).toEqual(Array.from(text, (character) => character.charCodeAt(0)));
      }),
      { numRuns: 1500, seed: 7 },
    );
  });

  it('leaves to fontkit what is more than ligatures and pairs', () => {
    for (const text of ['l·l', 'ı̈', 'é', '1⁄2', 'слово', 'λόγος', 'Ångström\u0308'])
      expect(glyphsOf(prepared, text)).toEqual(glyphsOf(whole, text));
    expect(glyphsOf(prepared, 'fi', { liga: false })).toEqual(glyphsOf(whole, 'fi', { liga: false }));
    expect(prepared.glyphForCodePoint(0x41).path.commands).toEqual(
      whole.glyphForCodePoint(0x41).path.commands,
    );
  });

  it('makes the same subset, byte for byte', () => {
    const glyphs = fc.array(fc.integer({ min: 0, max: whole.numGlyphs - 1 }), { maxLength: 120 });
    fc.assert(
      fc.property(glyphs, (taken) => {
        const made = [prepared, whole].map((font) => {
          const subset = font.createSubset();
          // As pages use it: a glyph once by its number, and once more under a slot of its own.
          for (const glyph of taken) subset.includeGlyph(glyph);
          for (const glyph of taken.slice(0, 3)) subset.glyphs.push(glyph);
          return Buffer.from(subset.encode());
        });
        expect(made[0]?.equals(made[1] ?? Buffer.alloc(0))).toBe(true);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});
