/**
 * A face in one file: which code stands for which sign, and what the file says of the font.
 *
 * A prepared face is a simple font (ISO 32000-1, 9.6) of one byte a glyph: half of what a composite font takes, on pages that
 * are written, packed and read. It is symbolic, with no encoding but the map in its font file (9.6.6.4; ISO 14289-1,
 * 7.21.6), and where a text has more signs than a byte tells, the rest are a second font of the same face. Any other face
 * is a composite font of pdfkit's making, of two bytes a glyph.
 */
import type { Face } from './faces.js';
import { PreparedFont } from './prepared.js';
import { signsOf, type Sign, type Signs } from './signs.js';
import { withCharacterMap } from './truetype-subset.js';
import { toUnicode } from './to-unicode.js';
import type { Dictionary, Reference } from './values.js';

/** One face in one file: its signs get their codes as they are used. */
export interface FontInFile {
  readonly signs: Signs;
  /** Whether its codes are of two bytes. */
  readonly wide: boolean;
  /**
   * By the sign's number: its code, or 0 where it has none yet. A code of one byte has the index of its font above it.
   * A longer one takes the place of this list where there are more signs.
   */
  codes: Uint16Array;
  /** Gives a sign its code. */
  readonly codeOf: (sign: number) => number;
  /** What its fonts are called in a page's resources. */
  readonly names: readonly string[];
  readonly references: readonly Reference[];
}

/** What is used of pdfkit's font. */
export interface EmbeddedFont {
  readonly id: string;
  readonly subset: Subset;
  readonly unicode: (readonly number[])[];
  readonly widths: number[];
  ref(): Reference;
  embed(): void;
}

interface Subset {
  readonly glyphs: number[];
  /** Of TrueType fonts alone, as it is written. */
  readonly hmtx?: { readonly metrics: { advance: number }[] };
  includeGlyph(glyph: number): number;
  _addGlyph?(glyph: number): number;
  encode(): Uint8Array;
}

/** What embedding asks of the file. */
export interface FontWriter {
  /** pdfkit's font of a face. */
  readonly open: (font: object) => EmbeddedFont;
  readonly reference: (data?: Dictionary) => Reference;
}

/** Embeds a face; the fonts are written when the file ends. */
export function embed(writer: FontWriter, face: Face): FontInFile {
  const engine = writer.open(face.font);
  const signs = signsOf(face.font);
  const [wide, made] =
    face.font instanceof PreparedFont
      ? ([false, simple(writer, engine, face.font)] as const)
      : ([true, composite(engine, face)] as const);
  const font: FontInFile = {
    signs,
    wide,
    codes: new Uint16Array(256),
    codeOf: (sign) => {
      if (sign >= font.codes.length) {
        const longer = new Uint16Array(Math.max(sign + 1, font.codes.length * 2));
        longer.set(font.codes);
        font.codes = longer;
      }
      return (font.codes[sign] ||= made.take(signs.sign(sign)));
    },
    names: made.names,
    references: made.references,
  };
  return font;
}

/** The fonts of a face. */
interface Fonts {
  readonly take: (sign: Sign) => number;
  readonly names: readonly string[];
  readonly references: readonly Reference[];
}

function composite(engine: EmbeddedFont, face: Face): Fonts {
  const { id, subset, unicode, widths } = engine;
  // .notdef is never drawn; PDF/A-2 (6.2.11.7.2) forbids U+0000 in ToUnicode all the same.
  unicode[0] = [0xfffd];
  const wider = widened(subset, 1000 / face.font.unitsPerEm);
  return {
    names: [id],
    references: [engine.ref()],
    take: ({ glyph, width, characters }) => {
      if (subset.glyphs.length === codeOfSpace) {
        // A code of two bytes is never spaced as a word's end (9.3.3), but some readers take this one for a space.
        subset.glyphs.push(0);
        widths.push(widths[0] ?? 0);
        unicode.push(unicode[0] ?? []);
      }
      const slot = subset.glyphs.push(glyph) - 1;
      widths[slot] = width;
      wider.set(slot, width);
      unicode[slot] = Array.from(characters, (character) => character.codePointAt(0) ?? 0);
      return slot;
    },
  };
}

/**
 * Lets the font in the file say of a glyph what the page says of its width (ISO 19005-2, 6.2.11.5). A subset takes a glyph
 * more than once, each time with what the font says.
 */
function widened(subset: Subset, scale: number): Map<number, number> {
  const widths = new Map<number, number>();
  const add = subset._addGlyph?.bind(subset);
  if (!add) return widths;
  subset._addGlyph = (glyph) => {
    const slot = add(glyph);
    const width = widths.get(slot);
    const metrics = subset.hmtx?.metrics[slot];
    if (metrics && width !== undefined) metrics.advance = Math.round(width / scale);
    return slot;
  };
  return widths;
}

/** The code of the space, the one that word spacing is for (9.3.3). */
export const codeOfSpace = 0x20;
/** The codes that stand for themselves in ASCII. */
const [firstLetter, lastLetter] = [0x21, 0x7e];

/** The codes for what is not in ASCII, and for what finds its own code taken; none of them is a control that ends a line. */
const others: readonly number[] = [
  ...Array.from({ length: 0x80 }, (_, at) => 0x80 + at),
  0x7f,
  ...Array.from({ length: 0x12 }, (_, at) => 0x0e + at),
  ...Array.from({ length: 9 }, (_, at) => 1 + at),
];

/** One simple font of a face. */
interface Part {
  readonly subset: Subset;
  /** By code. */
  readonly signs: (Sign | undefined)[];
  /** By code: the glyph's number in the subset. */
  readonly slots: Uint8Array;
  readonly wider: Map<number, number>;
  /** How many of the other codes are taken. */
  used: number;
}

function simple(writer: FontWriter, engine: EmbeddedFont, font: PreparedFont): Fonts {
  const scale = 1000 / font.unitsPerEm;
  const partOf = (subset: Subset): Part => ({
    subset,
    signs: [],
    slots: new Uint8Array(256),
    wider: widened(subset, scale),
    used: 0,
  });
  const parts = [partOf(engine.subset)];
  const names = [engine.id];
  const references = [engine.ref()];
  engine.embed = () => {
    for (const [index, part] of parts.entries()) {
      const { data } = references[index] ?? {};
      if (data) Object.assign(data, dictionaryOf(part, names[index] ?? '', font, writer));
      references[index]?.end();
    }
  };
  return {
    names,
    references,
    take: (sign) => {
      let index = parts.length - 1;
      let part = parts[index] ?? partOf(engine.subset);
      let code = codeIn(part, sign);
      if (code === null) {
        index = parts.push((part = partOf(font.createSubset()))) - 1;
        names.push(`${engine.id}-${index}`);
        references.push(writer.reference());
        code = codeIn(part, sign) ?? 0;
      }
      part.signs[code] = sign;
      part.slots[code] = slotOf(part, sign, scale * font.getGlyph(sign.glyph).advanceWidth);
      return (index << 8) | code;
    },
  };
}

/** A code that is free for a sign: that of ASCII where it stands for one character of it; null where all are taken. */
function codeIn(part: Part, { characters }: Sign): number | null {
  const own = characters.length === 1 ? characters.charCodeAt(0) : 0;
  if (own === codeOfSpace || (own >= firstLetter && own <= lastLetter)) if (!part.signs[own]) return own;
  const code = others[part.used];
  if (code === undefined) return null;
  part.used += 1;
  return code;
}

/** The number of a sign's glyph in the subset: one for all signs of a glyph that are as wide as the font says. */
function slotOf({ subset, wider }: Part, { glyph, width }: Sign, natural: number): number {
  if (Math.abs(width - natural) < 0.001) return subset.includeGlyph(glyph);
  const slot = subset.glyphs.push(glyph) - 1;
  wider.set(slot, width);
  return slot;
}

/** Of a font's descriptor (table 123). */
const flag = { fixedPitch: 1, serif: 2, symbolic: 4, script: 8, italic: 64 } as const;

/** Six letters that tell this subset from others of the file (9.6.4). */
const tagOf = (name: string): string =>
  Array.from({ length: 6 }, (_, at) => {
    const digit = /^\d$/.exec(name.charAt(at + 1))?.[0];
    return digit === undefined
      ? name.length > at + 1
        ? 'Y'
        : 'Z'
      : String.fromCharCode(0x41 + Number(digit));
  }).join('');

/** Writes what a font consists of. @returns its dictionary */
function dictionaryOf(part: Part, name: string, font: PreparedFont, writer: FontWriter): Dictionary {
  const scale = 1000 / font.unitsPerEm;
  const familyClass = font['OS/2'].sFamilyClass >> 8;
  const fontName = `${tagOf(name)}+${font.postscriptName.replaceAll(' ', '_')}`;
  const file = writer.reference();
  file.end(withCharacterMap(part.subset.encode(), part.slots));
  const descriptor = writer.reference({
    Type: 'FontDescriptor',
    FontName: fontName,
    Flags:
      flag.symbolic |
      (font.post.isFixedPitch ? flag.fixedPitch : 0) |
      (familyClass >= 1 && familyClass <= 7 ? flag.serif : 0) |
      (familyClass === 10 ? flag.script : 0) |
      (font.head.macStyle.italic ? flag.italic : 0),
    FontBBox: [font.bbox.minX, font.bbox.minY, font.bbox.maxX, font.bbox.maxY].map((value) => value * scale),
    ItalicAngle: font.italicAngle,
    Ascent: font.ascent * scale,
    Descent: font.descent * scale,
    CapHeight: (font.capHeight || font.ascent) * scale,
    XHeight: (font.xHeight || 0) * scale,
    StemV: 0,
    FontFile2: file,
  });
  descriptor.end();
  const unicode = writer.reference();
  unicode.end(toUnicode(part.signs.map((sign) => sign?.characters)));
  const first = part.signs.findIndex((sign) => sign !== undefined);
  return {
    Type: 'Font',
    Subtype: 'TrueType',
    BaseFont: fontName,
    FirstChar: first,
    LastChar: part.signs.length - 1,
    Widths: Array.from(part.signs.slice(first), (sign) => sign?.width ?? 0),
    FontDescriptor: descriptor,
    ToUnicode: unicode,
  };
}
