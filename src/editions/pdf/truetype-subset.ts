/**
 * A TrueType font of those glyphs alone that are used, with the tables that PDF asks for (ISO 32000-1, 9.9): the bytes
 * that fontkit's subset gives, glyph by glyph and table by table.
 */
import { openDirectory, viewOf, type Tables } from './truetype.js';

/** In place of fontkit's subset, with the members that are used here and by pdfkit. */
export interface TrueTypeSubset {
  /** The font's glyphs in the order of the subset's. */
  readonly glyphs: number[];
  /** Once it is being written. */
  readonly hmtx?: { readonly metrics: { advance: number; bearing: number }[] };
  readonly includeGlyph: (glyph: number) => number;
  /** Writes a glyph. @returns its number in the subset */
  readonly _addGlyph: (glyph: number) => number;
  readonly encode: () => Uint8Array;
}

/** Of a composite glyph (OpenType 1.9, table `glyf`). */
const flag = { wordArguments: 1, scale: 8, more: 32, twoScales: 64, matrix: 128 } as const;

/** Opens a subset of nothing but the missing glyph. */
export function openSubset(tables: Tables): TrueTypeSubset {
  const glyphs: number[] = [];
  const slots = new Map<number, number>();
  let outlines: Uint8Array[] = [];
  const includeGlyph = (glyph: number): number => {
    const known = slots.get(glyph);
    if (known !== undefined) return known;
    const slot = glyphs.push(glyph) - 1;
    slots.set(glyph, slot);
    return slot;
  };
  includeGlyph(0);
  const subset = {
    glyphs,
    hmtx: { metrics: [] as { advance: number; bearing: number }[] },
    includeGlyph,
    _addGlyph: (glyph: number): number => {
      outlines.push(withComponents(tables.outlineOf(glyph), includeGlyph));
      subset.hmtx.metrics.push({ advance: tables.advanceOf(glyph), bearing: tables.bearingOf(glyph) });
      return outlines.length - 1;
    },
    encode: (): Uint8Array => {
      outlines = [];
      subset.hmtx = { metrics: [] };
      // The components of a glyph are added while it is written, so the list grows.
      for (let at = 0; at < glyphs.length; at++) subset._addGlyph(glyphs[at] ?? 0);
      return fontFile(tables, outlines, subset.hmtx.metrics);
    },
  };
  return subset;
}

/** An outline, its components by their numbers in the subset. */
function withComponents(outline: Uint8Array, numberOf: (glyph: number) => number): Uint8Array {
  if (outline.length === 0 || viewOf(outline).getInt16(0) >= 0) return outline;
  const written = new Uint8Array(outline);
  const view = viewOf(written);
  for (let at = 10, flags: number = flag.more; (flags & flag.more) !== 0;) {
    flags = view.getUint16(at);
    view.setUint16(at + 2, numberOf(view.getUint16(at + 2)));
    at += 4 + ((flags & flag.wordArguments) !== 0 ? 4 : 2);
    if ((flags & flag.scale) !== 0) at += 2;
    else if ((flags & flag.twoScales) !== 0) at += 4;
    else if ((flags & flag.matrix) !== 0) at += 8;
  }
  return written;
}

function fontFile(
  tables: Tables,
  outlines: readonly Uint8Array[],
  metrics: readonly { readonly advance: number; readonly bearing: number }[],
): Uint8Array {
  const changed = (tag: string, offset: number, value: number): Uint8Array | null => {
    const table = tables.table(tag);
    const copy = table && new Uint8Array(table);
    if (copy) viewOf(copy).setUint16(offset, value);
    return copy;
  };
  const written: readonly (readonly [string, Uint8Array | null])[] = [
    ['head', changed('head', 50, tables.locaFormat)],
    ['hhea', changed('hhea', 34, metrics.length)],
    ['loca', locations(outlines, tables.locaFormat)],
    ['maxp', changed('maxp', 4, outlines.length)],
    ['cvt ', tables.table('cvt ')],
    ['prep', tables.table('prep')],
    ['glyf', joined(outlines)],
    ['hmtx', metricsTable(metrics)],
    ['fpgm', tables.table('fpgm')],
  ];
  return assembled(written.flatMap(([tag, table]) => (table ? [[tag, table] as const] : [])));
}

function locations(outlines: readonly Uint8Array[], format: number): Uint8Array {
  const view = new DataView(new ArrayBuffer((outlines.length + 1) * (format === 0 ? 2 : 4)));
  let offset = 0;
  for (let index = 0; index <= outlines.length; index++) {
    if (format === 0) view.setUint16(index * 2, offset / 2);
    else view.setUint32(index * 4, offset);
    offset += outlines[index]?.length ?? 0;
  }
  return new Uint8Array(view.buffer);
}

function metricsTable(
  metrics: readonly { readonly advance: number; readonly bearing: number }[],
): Uint8Array {
  const view = new DataView(new ArrayBuffer(metrics.length * 4));
  for (const [index, { advance, bearing }] of metrics.entries()) {
    view.setUint16(index * 4, advance);
    view.setInt16(index * 4 + 2, bearing);
  }
  return new Uint8Array(view.buffer);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A font file of some tables, as fontkit writes one: signed `true`, without checksums, the tables end to end. */
function assembled(tables: readonly (readonly [tag: string, bytes: Uint8Array])[]): Uint8Array {
  const head = new DataView(new ArrayBuffer(12 + 16 * tables.length));
  const sign = (offset: number, text: string) => {
    for (let at = 0; at < 4; at++) head.setUint8(offset + at, text.charCodeAt(at));
  };
  const exponent = Math.floor(Math.log2(tables.length));
  sign(0, 'true');
  head.setUint16(4, tables.length);
  head.setUint16(6, 2 ** exponent * 16);
  head.setUint16(8, exponent);
  head.setUint16(10, tables.length * 16 - 2 ** exponent * 16);
  let offset = head.byteLength;
  for (const [index, [tag, bytes]] of tables.entries()) {
    const entry = 12 + 16 * index;
    sign(entry, tag);
    head.setUint32(entry + 8, offset);
    head.setUint32(entry + 12, bytes.length);
    offset += bytes.length;
  }
  return joined([new Uint8Array(head.buffer), ...tables.map(([, bytes]) => bytes)]);
}

/**
 * A font file, as it is assembled here or by fontkit, with a map of its characters: from codes of one byte, for a font that
 * has no encoding (ISO 32000-1, 9.6.6.4, of platform 1 and encoding 0, in format 0).
 * @param glyphs by code: the glyph's number, 0 where there is none
 */
export function withCharacterMap(file: Uint8Array, glyphs: Uint8Array): Uint8Array {
  const map = new DataView(new ArrayBuffer(12 + 6 + 256));
  map.setUint16(2, 1);
  map.setUint16(4, 1);
  map.setUint32(8, 12);
  map.setUint16(14, 6 + 256);
  const bytes = new Uint8Array(map.buffer);
  bytes.set(glyphs, 18);
  const { tags, table } = openDirectory(file);
  return assembled([
    ...tags.map((tag) => [tag, table(tag) ?? new Uint8Array()] as const),
    ['cmap', bytes] as const,
  ]);
}
