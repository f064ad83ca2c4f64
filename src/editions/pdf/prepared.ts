/**
 * Faces that were prepared when Engross was made (bundle/prepare-faces.js): opened without parsing their layout tables, and
 * words of Latin letters shaped by ligatures and pairs of glyphs. Of such words these are all that the tables ask for, and
 * the result is fontkit's, number for number. Whatever else is asked, fontkit is loaded for and answers.
 */
import { createRequire } from 'node:module';
import type { Font, Glyph, GlyphPosition, GlyphRun } from 'fontkit';
import faces from './prepared/faces.json' with { type: 'json' };
import { openTables, type Tables } from './truetype.js';
import { openSubset, type TrueTypeSubset } from './truetype-subset.js';

type Facts = (typeof faces)[number];

/** By the SHA-256 of the file, in lower-case hexadecimal; null where it was not prepared. */
export function preparedFont(sha256: string, bytes: Uint8Array): Font | null {
  const facts = faces.find((face) => face.sha256 === sha256);
  return facts ? new PreparedFont(facts, bytes) : null;
}

const none: readonly number[] = [];

/** What shapes: from characters to glyphs, and what glyphs become beside one another. */
interface Shaping {
  /** By UTF-16 unit; 0 for those that were not prepared. */
  readonly glyphs: Uint16Array;
  readonly superiors: ReadonlyMap<number, number>;
  /** By the first part. */
  readonly ligatures: ReadonlyMap<number, readonly Ligature[]>;
  /** By glyph: 1 where ligatures begin with it, as with few. */
  readonly joins: Uint8Array;
  /** How much nearer the second glyph stands to the first, in font units. */
  readonly kern: (left: number, right: number) => number;
}

interface Ligature {
  /** Without the first. */
  readonly parts: readonly number[];
  readonly id: number;
}

/** A glyph among others. */
export interface PairedGlyph {
  readonly id: number;
  /** The characters that it stands for. */
  readonly text: string;
  /** In font units, as the font says. */
  readonly own: number;
  /** The same with the kerning towards the next glyph. */
  readonly advance: number;
}

function shapingOf(facts: Facts, glyphOf: (codePoint: number) => number): Shaping {
  const [lastFirst = 0, lastCount = 0] = facts.shaped.at(-1) ?? [];
  const glyphs = new Uint16Array(lastFirst + lastCount);
  for (const [first = 0, count = 0] of facts.shaped)
    for (let codePoint = first; codePoint < first + count; codePoint++)
      glyphs[codePoint] = glyphOf(codePoint);
  const ligatures = new Map<number, Ligature[]>();
  for (const [parts, id] of facts.ligatures as [number[], number][]) {
    const [first = 0, ...rest] = parts;
    ligatures.set(first, [...(ligatures.get(first) ?? []), { parts: rest, id }]);
  }
  const { kerned, left, right, values } = facts;
  // By glyph: where its row of values begins, and its place in each row; the last glyph is the one of the greatest number.
  const width = values[0]?.length ?? 0;
  const rows = new Int32Array((kerned.at(-1) ?? 0) + 1).fill(-1);
  const columns = new Int32Array(rows.length).fill(-1);
  for (const [index, glyph] of kerned.entries()) {
    rows[glyph] = (left[index] ?? 0) * width;
    columns[glyph] = right[index] ?? 0;
  }
  const flat = Int16Array.from(values.flat());
  return {
    glyphs,
    superiors: new Map(facts.superiors as [number, number][]),
    ligatures,
    joins: Uint8Array.from({ length: Math.max(0, ...ligatures.keys()) + 1 }, (_, glyph) =>
      ligatures.has(glyph) ? 1 : 0,
    ),
    kern: (one, other) => {
      const row = rows[one] ?? -1;
      const column = columns[other] ?? -1;
      return row < 0 || column < 0 ? 0 : (flat[row + column] ?? 0);
    },
  };
}

/** In place of fontkit's font, with those of its members that are used here and by pdfkit. */
export class PreparedFont implements Font {
  readonly head: { readonly macStyle: { readonly italic: boolean } };
  readonly post: { readonly isFixedPitch: number };
  readonly 'OS/2': { readonly sFamilyClass: number };
  /** By these pdfkit tells whether two fonts of one name are the same. */
  readonly _tables: { readonly head: { readonly checkSumAdjustment: number } };
  readonly postscriptName: string;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly lineGap: number;
  readonly capHeight: number;
  readonly xHeight: number;
  readonly italicAngle: number;
  readonly bbox: Facts['bbox'];
  readonly availableFeatures: readonly string[];
  readonly #facts: Facts;
  readonly #bytes: Uint8Array;
  readonly #tables: Tables;
  #shaping: Shaping | undefined;
  #glyphs: Uint16Array | undefined;
  #whole: Font | undefined;

  constructor(facts: Facts, bytes: Uint8Array) {
    this.head = { macStyle: { italic: facts.italic } };
    this.post = { isFixedPitch: facts.isFixedPitch };
    this['OS/2'] = { sFamilyClass: facts.familyClass };
    this._tables = { head: { checkSumAdjustment: facts.checkSumAdjustment } };
    this.postscriptName = facts.postscriptName;
    this.unitsPerEm = facts.unitsPerEm;
    this.ascent = facts.ascent;
    this.descent = facts.descent;
    this.lineGap = facts.lineGap;
    this.capHeight = facts.capHeight;
    this.xHeight = facts.xHeight;
    this.italicAngle = facts.italicAngle;
    this.bbox = facts.bbox;
    this.availableFeatures = facts.availableFeatures;
    this.#facts = facts;
    this.#bytes = bytes;
    this.#tables = openTables(bytes);
  }

  hasGlyphForCodePoint(codePoint: number): boolean {
    return this.#glyphOf(codePoint) !== 0;
  }

  glyphForCodePoint(codePoint: number): Glyph {
    return this.#glyph(this.#glyphOf(codePoint), [codePoint]);
  }

  getGlyph(id: number): Glyph {
    return this.#glyph(id, none);
  }

  createSubset(): TrueTypeSubset {
    return openSubset(this.#tables);
  }

  layout(...asked: Parameters<Font['layout']>): GlyphRun {
    return this.#layoutByPairs(...asked) ?? this.#fontkit().layout(...asked);
  }

  /** Null where the text needs more than ligatures and kerning. */
  #layoutByPairs(
    text: string,
    features?: Readonly<Record<string, boolean>>,
    ...more: unknown[]
  ): GlyphRun | null {
    const { sups = false, ...others } = features ?? {};
    if (Object.keys(others).length > 0 || more.some((one) => one !== undefined)) return null;
    const paired = this.pairs(text, sups);
    return (
      paired && {
        glyphs: paired.map(({ id, text: own }) =>
          this.#glyph(
            id,
            Array.from(own, (character) => character.charCodeAt(0)),
          ),
        ),
        positions: paired.map(({ advance }): GlyphPosition => ({
          xAdvance: advance,
          yAdvance: 0,
          xOffset: 0,
          yOffset: 0,
        })),
      }
    );
  }

  /**
   * The glyphs of a text by ligatures and kerning alone; null where it needs more.
   * @param raised in the face's superior figures and letters, where it has them
   */
  pairs(text: string, raised: boolean): PairedGlyph[] | null {
    const shaping = (this.#shaping ??= shapingOf(this.#facts, (codePoint) => this.#glyphOf(codePoint)));
    const plain: number[] = [];
    for (let at = 0; at < text.length; at++) {
      const glyph = shaping.glyphs[text.charCodeAt(at)] ?? 0;
      if (glyph === 0) return null;
      plain.push(raised ? (shaping.superiors.get(glyph) ?? glyph) : glyph);
    }
    const paired: PairedGlyph[] = [];
    for (let at = 0, next = ligatureAt(shaping, plain, 0); at < plain.length;) {
      const { id, end } = next;
      const own = this.#tables.advanceOf(id);
      let advance = own;
      if (end < plain.length) {
        next = ligatureAt(shaping, plain, end);
        advance += shaping.kern(id, next.id);
      }
      paired.push({ id, text: text.slice(at, end), own, advance });
      at = end;
    }
    return paired;
  }

  #glyph(id: number, codePoints: readonly number[]): Glyph {
    return new PreparedGlyph(id, codePoints, this.#tables.advanceOf(id), () => this.#fontkit().getGlyph(id));
  }

  #glyphOf(codePoint: number): number {
    if (codePoint > 0xffff) return this.#search(codePoint);
    return (this.#glyphs ??= this.#basicGlyphs())[codePoint] ?? 0;
  }

  /** The glyphs of the Basic Multilingual Plane. */
  #basicGlyphs(): Uint16Array {
    const table = new Uint16Array(0x10000);
    for (const [first, , glyphs] of this.#facts.characters as [number, number, number[]][])
      if (first < table.length) table.set(glyphs.slice(0, table.length - first), first);
    return table;
  }

  #search(codePoint: number): number {
    const runs = this.#facts.characters as [number, number, number[]][];
    let [from, to] = [0, runs.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const [first = 0, count = 0, glyphs = []] = runs[middle] ?? [];
      if (codePoint < first) to = middle;
      else if (codePoint >= first + count) from = middle + 1;
      else return glyphs[codePoint - first] ?? 0;
    }
    return 0;
  }

  #fontkit(): Font {
    // At once, for a word is shaped where it is met; and from the package, for this is seldom needed.
    return (this.#whole ??= fontkit().create(this.#bytes));
  }
}

/** The ligature that begins at a place, or the glyph there by itself; and where the next one begins. */
function ligatureAt(
  { ligatures, joins }: Shaping,
  plain: readonly number[],
  at: number,
): { readonly id: number; readonly end: number } {
  const first = plain[at] ?? 0;
  if (joins[first] !== 1) return { id: first, end: at + 1 };
  for (const { parts, id } of ligatures.get(first) ?? [])
    if (parts.every((part, index) => plain[at + 1 + index] === part))
      return { id, end: at + 1 + parts.length };
  return { id: first, end: at + 1 };
}

class PreparedGlyph implements Glyph {
  readonly id: number;
  readonly codePoints: readonly number[];
  readonly advanceWidth: number;
  readonly #drawn: () => Glyph;

  constructor(id: number, codePoints: readonly number[], advanceWidth: number, drawn: () => Glyph) {
    this.id = id;
    this.codePoints = codePoints;
    this.advanceWidth = advanceWidth;
    this.#drawn = drawn;
  }

  get path(): Glyph['path'] {
    return this.#drawn().path;
  }
}

let library: typeof import('fontkit') | undefined;

/** The library, loaded when it is first needed. */
export const fontkit = (): typeof import('fontkit') =>
  (library ??= createRequire(import.meta.url)('fontkit') as typeof import('fontkit'));
