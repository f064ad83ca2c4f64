/**
 * Faces: fonts opened once in the process, and words shaped once in the process.
 *
 * Widths are in thousandths of an em. A shaped word says for every glyph which characters it stands for, so that
 * the page's text can be read back: that a glyph serves several characters (space and no-break space, hyphen and
 * soft hyphen) is settled here, not left to the font library, whose glyphs remember only their first use.
 */
import { createHash } from 'node:crypto';
import type { Font, Glyph, PathCommand } from 'fontkit';
import type { Emphasis } from '../../document.js';
import { diagnose, Refusal } from '../../report.js';
import type { Template } from '../../template.js';
import { mirrored } from './bidi.js';
import { fontkit, preparedFont, PreparedFont, type PairedGlyph } from './prepared.js';
import {
  eastAsianScript,
  isEastAsian,
  isSquare,
  plainEurope,
  scriptOf,
  scriptOfLanguage,
} from './scripts.js';

export interface ShapedGlyph {
  readonly id: number;
  /** How far the pen moves on, kerning included; thousandths of an em, like every number here. */
  readonly advance: number;
  /**
   * How wide the file says that the glyph is: as the font says, or as far as the next letter where shaping has put a
   * gap between two letters of a word, which readers would take for a space.
   */
  readonly width: number;
  readonly xOffset: number;
  readonly yOffset: number;
  /** The characters that the glyph stands for: one, several (a ligature), or none (a stroke that joins two letters). */
  readonly text: string;
  /** Of a glyph that stands for no character, which is drawn and not written: its outline, in thousandths of an em. */
  readonly outline?: readonly PathCommand[];
}

export interface Shaped {
  readonly glyphs: readonly ShapedGlyph[];
  readonly width: number;
  /** Whether each glyph depends on the next one alone, so that a beginning is shaped as it is in the whole. */
  readonly byPairs: boolean;
  /** How a file writes it (signs.ts), once that has been asked for. */
  marks: readonly number[] | null | undefined;
}

/** One opened font file. */
export interface Face {
  readonly font: Font;
  /** By how much larger it is set than the type that it stands among. */
  readonly scale: number;
  /** Thousandths of an em above the baseline. */
  readonly capHeight: number;
  /** True where the face can print the character, if need be by the glyph of a character that looks the same. */
  readonly has: (codePoint: number) => boolean;
  /** A word, or a space, as glyphs. Every character must be one that the face has. */
  readonly shape: (text: string) => Shaped;
  /** The same in the face's own superior figures and letters; null where it lacks one of them. */
  readonly superior: (text: string) => Shaped | null;
  /** The face for words that run from right to left. Their glyphs come in the order in which they are read. */
  readonly leftward: Face;
}

/** The faces of a script that the main ones don't have. */
export interface Fallback {
  readonly regular: Face;
  readonly bold: Face;
}

export interface Family {
  /** What the template calls it. */
  readonly name: string;
  readonly regular: Face;
  readonly italic: Face;
  readonly bold: Face;
  readonly boldItalic: Face;
  /** By script (ISO 15924). */
  readonly fallbacks: ReadonlyMap<string, Fallback>;
  /** What to do for the faces that are not installed, by script. */
  readonly absent: ReadonlyMap<string, string>;
  /** The script that the text's language is written in, where it is not one of the main faces'; else null. */
  readonly script: string | null;
  /** The script that ideographs belong to. */
  readonly eastAsian: string;
  /** How much more leading the script asks for. */
  readonly leading: number;
}

/**
 * Opens the faces of a template, of fallbacks only those that the texts need; the context gives the bytes.
 * @throws Refusal for a file that is no font, and for a main face that is not there
 */
export async function loadFamily(
  template: Template,
  bytesOf: (file: string) => Promise<Uint8Array>,
  texts: Iterable<string> = [],
  language = 'und',
): Promise<Family> {
  const { face } = template;
  const open = async (file: string, scale = 1) => openFace(file, await bytesOf(file), scale);
  const [regular, italic, bold, boldItalic] = await Promise.all([
    open(face.regular),
    open(face.italic),
    open(face.bold),
    open(face.boldItalic),
  ]);
  const fallbacks = new Map<string, Fallback>();
  const absent = new Map<string, string>();
  const { needed, eastAsian } = scriptsNeeded(template, texts, language, regular);
  for (const key of [...needed].sort()) {
    const offered = face.fallbacks[key];
    if (!offered) continue;
    try {
      const own = await open(offered.regular, offered.scale);
      fallbacks.set(key, {
        regular: own,
        bold: offered.bold === undefined ? own : await open(offered.bold, offered.scale),
      });
    } catch (error) {
      const [diagnostic] = error instanceof Refusal ? error.diagnostics : [];
      if (diagnostic?.code !== 'font-missing') throw error;
      absent.set(key, diagnostic.cure ?? '');
    }
  }
  const family = { name: face.family, regular, italic, bold, boldItalic, fallbacks, absent, eastAsian };
  return familyIn({ ...family, script: null, leading: 1 }, language, template);
}

/** The scripts of some texts that the template has faces for. */
function scriptsNeeded(template: Template, texts: Iterable<string>, language: string, main: Face) {
  const offered = Object.keys(template.face.fallbacks).sort();
  const own = scriptOfLanguage(language);
  const unusual = new Set<string>();
  for (const text of texts) if (!plainEurope.test(text)) for (const character of text) unusual.add(character);
  const eastAsian = own !== null && isEastAsian(own) ? own : eastAsianScript([...unusual].join(''));
  const needed = new Set<string>();
  for (const character of unusual) {
    const script = scriptOf(character, eastAsian, offered);
    if (script !== null) needed.add(script);
    else if (!main.has(character.codePointAt(0) ?? 0)) needed.add(symbols);
  }
  return { needed, eastAsian };
}

/** The key of the face for whatever no other face has. */
export const symbols = 'Zsym';

/** A family for a text of some language. */
export function familyIn(family: Family, language: string, template: Template): Family {
  const script = scriptOfLanguage(language);
  const eastAsian = script !== null && isEastAsian(script) ? script : family.eastAsian;
  const offered = script === null ? undefined : template.face.fallbacks[script];
  return { ...family, script, eastAsian, leading: offered?.leading ?? 1 };
}

/** The face for some emphasis upon a weight. */
export function faceFor(family: Family, emphasis: readonly Emphasis[] | undefined, bold: boolean): Face {
  const strong = bold || (emphasis?.includes('strong') ?? false);
  const slanted = emphasis?.includes('emphasis') ?? false;
  if (strong) return slanted ? family.boldItalic : family.bold;
  return slanted ? family.italic : family.regular;
}

/** How wide an ideograph is in a style, in points; 0 where the text's script is not one of ideographs. */
export const squareIn = ({ family, size }: { readonly family: Family; readonly size: number }): number =>
  isSquare(family.script) ? size * (family.fallbacks.get(family.script ?? '')?.regular.scale ?? 1) : 0;

/** How wide a text is in a face, in the points of its style's size. */
export const widthOf = (face: Face, text: string, size: number): number =>
  (face.shape(text).width * size * face.scale) / 1000;

/** Faces by the hash of their file and their scale; and by the bytes themselves, so that they are hashed but once. */
const openFaces = new Map<string, Face>();
const hashes = new WeakMap<Uint8Array, string>();

function openFace(file: string, bytes: Uint8Array, scale: number): Face {
  let hash = hashes.get(bytes);
  if (hash === undefined) hashes.set(bytes, (hash = createHash('sha256').update(bytes).digest('hex')));
  const key = `${hash} ${scale}`;
  let face = openFaces.get(key);
  if (!face) openFaces.set(key, (face = makeFace(preparedFont(hash, bytes) ?? openFont(file, bytes), scale)));
  return face;
}

function openFont(file: string, bytes: Uint8Array): Font {
  let font: Partial<Font> | undefined;
  try {
    font = fontkit().create(bytes);
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

function makeFace(font: Font, larger: number): Face {
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
  const face: Omit<Face, 'leftward'> = {
    font,
    scale: larger,
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
  const leftward: Omit<Face, 'leftward'> = {
    ...face,
    shape: (text) => remember(`\u0001${text}`, () => shapeLeftward(font, scale, text, face)),
    superior: () => null,
  };
  const turned: Face = Object.assign(leftward, { leftward: leftward as Face });
  return { ...face, leftward: turned };
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

/**
 * Lets the font library forget its glyphs, each of which remembers the characters of its first use: of a ligature that an
 * earlier document has used, or that was put into a subset, they may be others, or none.
 */
const forgetGlyphs = (font: Font) => Reflect.set(font, '_glyphs', {});

function shape(
  font: Font,
  scale: number,
  text: string,
  features?: Readonly<Record<string, boolean>>,
): Shaped {
  const paired = font instanceof PreparedFont ? font.pairs(text, features?.['sups'] ?? false) : null;
  if (paired) return shapedByPairs(paired, scale);
  const characters = Array.from(text);
  // Shaping hides a soft hyphen, but where a line ends in one it must be seen.
  if (
    text === '\u00ad' ||
    characters.some((character) => !font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0))
  )
    return oneByOne(font, scale, characters);
  let run = font.layout(text, features);
  if (run.glyphs.length !== characters.length) {
    forgetGlyphs(font);
    run = font.layout(text, features);
  }
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
  return { glyphs, width, byPairs: false, marks: undefined };
}

function shapedByPairs(paired: readonly PairedGlyph[], scale: number): Shaped {
  let width = 0;
  const glyphs: ShapedGlyph[] = [];
  for (const { id, text, own, advance: natural } of paired) {
    const advance = natural * scale;
    width += advance;
    glyphs.push({ id, advance, width: own * scale, xOffset: 0, yOffset: 0, text });
  }
  return { glyphs, width, byPairs: true, marks: undefined };
}

/** How wide the first so many UTF-16 units of a shaped word are by themselves; null where only shaping tells. */
export function widthUpTo({ glyphs, byPairs }: Shaped, end: number): number | null {
  if (!byPairs) return null;
  let [at, width] = [0, 0];
  for (const glyph of glyphs) {
    at += glyph.text.length;
    if (at === end) return width + glyph.width;
    if (at > end) return null;
    width += glyph.advance;
  }
  return null;
}

/**
 * A word that runs from right to left, its brackets turned about. The glyphs come in the order in which they are read,
 * each put in its place by its offset from the word's left edge; the last one takes the pen to the right edge.
 */
function shapeLeftward(font: Font, scale: number, text: string, face: Omit<Face, 'leftward'>): Shaped {
  const characters = Array.from(text);
  const printable = characters.map((character) => turnedAbout(font, character));
  const known = printable.every((character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
  if (known) forgetGlyphs(font);
  const run = known ? font.layout(printable.join(''), undefined, undefined, undefined, 'rtl') : undefined;
  const places = run && placesInText(run.glyphs.map((glyph) => glyph.codePoints).reverse(), printable);
  if (!run || !places) {
    const { glyphs, width } = face.shape(text);
    let right = width;
    const turned = glyphs.map((glyph) => ({ ...glyph, xOffset: (right -= glyph.advance) + glyph.xOffset }));
    return { width, glyphs: advancingAtEnd(turned, width), byPairs: false, marks: undefined };
  }
  let pen = 0;
  const glyphs = withoutHoles(
    run.glyphs.map((glyph, index) => {
      const position = run.positions[index];
      const x = pen + (position?.xOffset ?? 0) * scale;
      pen += (position?.xAdvance ?? glyph.advanceWidth) * scale;
      const own = places[run.glyphs.length - 1 - index] ?? [];
      return {
        ...(own.length === 0 && { outline: outlineOf(glyph, scale) }),
        id: glyph.id,
        advance: 0,
        width: glyph.advanceWidth * scale,
        xOffset: x,
        yOffset: (position?.yOffset ?? 0) * scale,
        text: own.map((at) => characters[at] ?? '').join(''),
      };
    }),
  );
  const inOrder = glyphs.reverse();
  const firsts: number[] = [];
  for (const own of places) firsts.push(own[0] ?? firsts.at(-1) ?? 0);
  const order = inOrder.map((glyph, index) => ({ glyph, first: firsts[index] ?? 0 }));
  order.sort((one, other) => one.first - other.first);
  return {
    width: pen,
    byPairs: false,
    marks: undefined,
    glyphs: advancingAtEnd(
      order.map(({ glyph }) => glyph),
      pen,
    ),
  };
}

/** A gap between two letters of a word that readers take for a space, in thousandths of an em. */
const hole = 40;

/** Glyphs from left to right, each as wide as the way to the next letter where there is a gap. */
function withoutHoles(glyphs: readonly ShapedGlyph[]): ShapedGlyph[] {
  const letters = glyphs.filter((glyph) => glyph.outline === undefined && glyph.width > 0);
  const next = new Map(letters.map((glyph, index) => [glyph, letters[index + 1]]));
  return glyphs.map((glyph) => {
    const way = (next.get(glyph)?.xOffset ?? 0) - glyph.xOffset;
    return way - glyph.width > hole ? { ...glyph, width: way } : glyph;
  });
}

const outlineOf = (glyph: Glyph, scale: number): readonly PathCommand[] =>
  glyph.path.commands.map(({ command, args }) => ({ command, args: args.map((value) => value * scale) }));

/** The character whose glyph stands for a bracket that runs from right to left: itself where the font turns it about. */
function turnedAbout(font: Font, character: string): string {
  const other = mirrored(character);
  const [own, turned] = [character.codePointAt(0) ?? 0, other.codePointAt(0) ?? 0];
  if (own === turned || !font.hasGlyphForCodePoint(turned)) return character;
  const [glyph] = font.layout(character, undefined, undefined, undefined, 'rtl').glyphs;
  return glyph?.id === font.glyphForCodePoint(own).id ? other : character;
}

/** Glyphs that are placed by their offsets alone: the pen goes on when the last of them is drawn. */
const advancingAtEnd = (glyphs: readonly ShapedGlyph[], width: number): ShapedGlyph[] =>
  glyphs.map((glyph, index) => ({ ...glyph, advance: index === glyphs.length - 1 ? width : 0 }));

/** How far shaping may move a mark from its place among the characters. */
const farthest = 4;

/**
 * Which characters, by their indices, each glyph stands for, the glyphs being in the order in which they are read.
 * A glyph that stands for none (a dot that the font draws by itself) goes with the one before it.
 */
function placesInText(
  codePoints: readonly (readonly number[])[],
  characters: readonly string[],
): number[][] | null {
  const free = characters.map((_, index) => index);
  const places: number[][] = [];
  for (const own of codePoints) {
    const found: number[] = [];
    for (const codePoint of own) {
      const at = free
        .slice(0, farthest)
        .findIndex((index) => characters[index] === String.fromCodePoint(codePoint));
      if (at < 0) return null;
      found.push(...free.splice(at, 1));
    }
    places.push(found.sort((one, other) => one - other));
  }
  if (free.length > 0) return null;
  return places;
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
  return { glyphs, width, byPairs: false, marks: undefined };
}
