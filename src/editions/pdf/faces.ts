/**
 * Faces: fonts opened once in the process, and words shaped once in the process.
 *
 * Widths are in thousandths of an em. A shaped word says for every glyph which characters it stands for, so that
 * the page's text can be read back: that a glyph serves several characters (space and no-break space, hyphen and
 * soft hyphen) is settled here, not left to the font library, whose glyphs remember only their first use.
 */
import { createHash } from 'node:crypto';
import { create, type Font } from 'fontkit';
import type { Emphasis } from '../../document.js';
import { diagnose, Refusal } from '../../report.js';
import type { Template } from '../../template.js';

export interface ShapedGlyph {
  readonly id: number;
  /** How far the pen moves on, kerning included; thousandths of an em, like every number here. */
  readonly advance: number;
  /** What the font itself says of the glyph's width. */
  readonly width: number;
  readonly xOffset: number;
  readonly yOffset: number;
  /** The characters that the glyph stands for: one, several (a ligature), or none (a mark that joined another). */
  readonly text: string;
}

export interface Shaped {
  readonly glyphs: readonly ShapedGlyph[];
  readonly width: number;
}

/** One opened font file. */
export interface Face {
  readonly font: Font;
  /** Thousandths of an em above the baseline. */
  readonly capHeight: number;
  /** True where the face can print the character, if need be by the glyph of a character that looks the same. */
  readonly has: (codePoint: number) => boolean;
  /** A word, or a space, as glyphs. Every character must be one that the face has. */
  readonly shape: (text: string) => Shaped;
  /** The same in the face's own superior figures and letters; null where it lacks one of them. */
  readonly superior: (text: string) => Shaped | null;
}

export interface Family {
  readonly regular: Face;
  readonly italic: Face;
  readonly bold: Face;
  readonly boldItalic: Face;
}

/**
 * Opens the four faces of a template; the context gives the bytes.
 * @throws Refusal for a file that is no font
 */
export async function loadFamily(
  template: Template,
  bytesOf: (file: string) => Promise<Uint8Array>,
): Promise<Family> {
  const [regular, italic, bold, boldItalic] = await Promise.all(
    [template.face.regular, template.face.italic, template.face.bold, template.face.boldItalic].map(
      async (file) => openFace(file, await bytesOf(file)),
    ),
  );
  if (!regular || !italic || !bold || !boldItalic) throw new Error('a family has four faces');
  return { regular, italic, bold, boldItalic };
}

/** The face for some emphasis upon a weight. */
export function faceFor(family: Family, emphasis: readonly Emphasis[] | undefined, bold: boolean): Face {
  const strong = bold || (emphasis?.includes('strong') ?? false);
  const slanted = emphasis?.includes('emphasis') ?? false;
  if (strong) return slanted ? family.boldItalic : family.bold;
  return slanted ? family.italic : family.regular;
}

const openFaces = new Map<string, Face>();

function openFace(file: string, bytes: Uint8Array): Face {
  const key = createHash('sha256').update(bytes).digest('hex');
  let face = openFaces.get(key);
  if (!face) openFaces.set(key, (face = makeFace(openFont(file, bytes))));
  return face;
}

function openFont(file: string, bytes: Uint8Array): Font {
  let font: Partial<Font> | undefined;
  try {
    font = create(bytes);
  } catch {
    // Said below, with the file's name.
  }
  // A collection (.ttc) opens too, but is no single face.
  if (!font || typeof font.layout !== 'function')
    throw new Refusal(
      diagnose('template-invalid', `The face ${file} is no TrueType or OpenType font of a single face.`),
    );
  return font as Font;
}

/** A process that sets a great many documents must not keep every word that it has ever seen. */
const mostWords = 200_000;

function makeFace(font: Font): Face {
  const scale = 1000 / font.unitsPerEm;
  const words = new Map<string, Shaped>();
  const known = new Map<number, boolean>();
  const superiors = font.availableFeatures.includes('sups');
  const remember = (key: string, make: () => Shaped): Shaped => {
    let shaped = words.get(key);
    if (shaped) return shaped;
    shaped = make();
    if (words.size >= mostWords) words.clear();
    words.set(key, shaped);
    return shaped;
  };
  const face: Face = {
    font,
    capHeight: (font.capHeight || font.ascent * 0.7) * scale,
    has: (codePoint) => {
      let answer = known.get(codePoint);
      if (answer === undefined)
        known.set(
          codePoint,
          (answer = font.hasGlyphForCodePoint(codePoint) || standIn(font, codePoint) !== undefined),
        );
      return answer;
    },
    shape: (text) => remember(text, () => shape(font, scale, text)),
    superior: (text) => {
      if (!superiors) return null;
      const raised = remember(`\u0000${text}`, () => shape(font, scale, text, { sups: true }));
      const plain = face.shape(text);
      const changed = raised.glyphs.every((glyph, index) => glyph.id !== plain.glyphs[index]?.id);
      return changed ? raised : null;
    },
  };
  return face;
}

/** Characters that look the same: printed by the other's glyph where the face lacks their own, and read back as themselves. */
const lookAlikes: ReadonlyMap<number, readonly { readonly codePoint: number; readonly width?: number }[]> =
  new Map([
    [0x00a0, [{ codePoint: 0x20 }]],
    [0x2009, [{ codePoint: 0x20, width: 200 }]],
    [0x202f, [{ codePoint: 0x2009 }, { codePoint: 0x20, width: 200 }]],
    [0x00ad, [{ codePoint: 0x2010 }, { codePoint: 0x2d }]],
    [0x2010, [{ codePoint: 0x2d }]],
    [0x2011, [{ codePoint: 0x2010 }, { codePoint: 0x2d }]],
    [0x2015, [{ codePoint: 0x2014 }]],
    [0x2212, [{ codePoint: 0x2013 }]],
    [0x2126, [{ codePoint: 0x03a9 }]],
    [0x212b, [{ codePoint: 0x00c5 }]],
    [0x00b5, [{ codePoint: 0x03bc }]],
  ]);

function standIn(font: Font, codePoint: number) {
  return lookAlikes.get(codePoint)?.find((other) => font.hasGlyphForCodePoint(other.codePoint));
}

function shape(
  font: Font,
  scale: number,
  text: string,
  features?: Readonly<Record<string, boolean>>,
): Shaped {
  const characters = Array.from(text);
  // Shaping hides a soft hyphen, but where a line ends in one it must be seen.
  if (
    text === '\u00ad' ||
    characters.some((character) => !font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0))
  )
    return oneByOne(font, scale, characters);
  const run = font.layout(text, features);
  const texts = textsOfGlyphs(
    run.glyphs.map((glyph) => glyph.codePoints),
    characters,
  );
  if (!texts || run.glyphs.some((glyph) => glyph.id === 0)) return oneByOne(font, scale, characters);
  let width = 0;
  const glyphs = run.glyphs.map((glyph, index) => {
    const position = run.positions[index];
    const advance = (position?.xAdvance ?? glyph.advanceWidth) * scale;
    width += advance;
    return {
      id: glyph.id,
      advance,
      width: glyph.advanceWidth * scale,
      xOffset: (position?.xOffset ?? 0) * scale,
      yOffset: (position?.yOffset ?? 0) * scale,
      text: texts[index] ?? '',
    };
  });
  return { glyphs, width };
}

/** Which characters each glyph stands for; null where that can't be told. */
function textsOfGlyphs(
  codePoints: readonly (readonly number[])[],
  characters: readonly string[],
): string[] | null {
  if (codePoints.length === characters.length) return [...characters];
  const texts: string[] = [];
  let at = 0;
  for (const own of codePoints) {
    texts.push(characters.slice(at, at + own.length).join(''));
    at += own.length;
  }
  return at === characters.length && texts.every((text) => text !== '') ? texts : null;
}

/** Without shaping: each character its own glyph. For characters that borrow a glyph, and for what shaping can't tell. */
function oneByOne(font: Font, scale: number, characters: readonly string[]): Shaped {
  let width = 0;
  const glyphs = characters.map((text) => {
    const codePoint = text.codePointAt(0) ?? 0;
    const itself = font.hasGlyphForCodePoint(codePoint) && codePoint !== 0xad;
    const other = itself ? undefined : standIn(font, codePoint);
    const glyph = font.glyphForCodePoint(other?.codePoint ?? codePoint);
    const own = glyph.advanceWidth * scale;
    const advance = other?.width ?? own;
    width += advance;
    return { id: glyph.id, advance, width: own, xOffset: 0, yOffset: 0, text };
  });
  return { glyphs, width };
}
