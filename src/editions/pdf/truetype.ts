/** The tables of a TrueType file (OpenType 1.9, "Organization of an OpenType font"), of a file that is known to be sound. */

export interface Tables {
  /** The bytes of a table; null where the font has none of this name. */
  readonly table: (tag: string) => Uint8Array | null;
  /** Of a glyph, in font units (table `hmtx`). */
  readonly advanceOf: (glyph: number) => number;
  readonly bearingOf: (glyph: number) => number;
  /** The bytes of a glyph's outline (tables `loca` and `glyf`). */
  readonly outlineOf: (glyph: number) => Uint8Array;
  /** 0: offsets are stored as halves in 16 bits, 1: whole in 32. */
  readonly locaFormat: number;
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Where the tables of a font file are. */
export interface Directory {
  /** In the file's order. */
  readonly tags: readonly string[];
  /** The bytes of a table; null where the font has none of this name, or an empty one. */
  readonly table: (tag: string) => Uint8Array | null;
}

/** Opens the directory of a font file. */
export function openDirectory(bytes: Uint8Array): Directory {
  const view = viewOf(bytes);
  const places = new Map<string, readonly [number, number]>();
  for (let entry = 12; entry < 12 + 16 * view.getUint16(4); entry += 16) {
    const tag = String.fromCharCode(...bytes.subarray(entry, entry + 4));
    places.set(tag, [view.getUint32(entry + 8), view.getUint32(entry + 12)]);
  }
  const table = (tag: string) => {
    const [offset, length] = places.get(tag) ?? [0, 0];
    return length > 0 ? bytes.subarray(offset, offset + length) : null;
  };
  return { tags: [...places.keys()], table };
}

/** Opens the tables of a font file. */
export function openTables(bytes: Uint8Array): Tables {
  const { table } = openDirectory(bytes);
  const viewOfTable = (tag: string) => viewOf(table(tag) ?? new Uint8Array(64));
  const metrics = viewOfTable('hmtx');
  const count = viewOfTable('hhea').getUint16(34);
  const locaFormat = viewOfTable('head').getInt16(50);
  const loca = viewOfTable('loca');
  const offset = (glyph: number) =>
    locaFormat === 0 ? loca.getUint16(glyph * 2) * 2 : loca.getUint32(glyph * 4);
  const outlines = table('glyf') ?? new Uint8Array();
  return {
    table,
    advanceOf: (glyph) => metrics.getUint16(Math.min(glyph, count - 1) * 4),
    bearingOf: (glyph) =>
      glyph < count ? metrics.getInt16(glyph * 4 + 2) : metrics.getInt16(count * 4 + (glyph - count) * 2),
    outlineOf: (glyph) => outlines.subarray(offset(glyph), offset(glyph + 1)),
    locaFormat,
  };
}
