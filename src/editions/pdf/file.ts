/**
 * The PDF file itself: the seam to pdfkit, of which the object writer, the font embedding and the sRGB output
 * intent are used. What pdfkit would make differ between machines or runs is replaced here: deflate of our own, the
 * file's identifier from its content, no clock, names sorted by code unit, metadata of our own.
 */
import { createHash } from 'node:crypto';
import PDFDocument from 'pdfkit';
import { Bytes } from './bytes.js';
import { deflated } from '../../deflate/deflate.js';
import { embed, type EmbeddedFont, type FontInFile, type FontWriter } from './embedding.js';
import type { Face } from './faces.js';
import { xmp, type Metadata } from './metadata.js';
import { Pointer, print, type Dictionary, type PdfValue, type Reference } from './values.js';

export { Pointer, text, type PdfValue, type Reference } from './values.js';

/** An indirect object of pdfkit's making. */
interface EngineReference extends Reference {
  compress: boolean;
  readonly buffer: Uint8Array[];
}

/** What is used of pdfkit's insides: its types name only its public face. */
interface Engine {
  readonly info: Record<string, string | Date>;
  readonly _font: EmbeddedFont;
  readonly _root: EngineReference;
  readonly _info: EngineReference;
  _offset: number;
  readonly _offsets: (number | null)[];
  readonly _waiting: number;
  _write(data: string | Uint8Array): void;
  ref(data?: Dictionary): EngineReference;
  font(font: object): void;
  end(): void;
  _finalize(): void;
  endMetadata(): void;
  initOutline(): void;
  endOutline(): void;
  endMarkings(): void;
  _addPdfaMetadata(): void;
}

// The one cast at the seam: pdfkit's published types know none of the members above.
const Base = PDFDocument as unknown as new (options: Record<string, unknown>) => Engine;

/** So many objects share one stream: more gain little and cost whoever wants only one of them. */
const objectsInStream = 200;

class Engrossed extends Base {
  // pdfkit's constructor writes before the fields of this class would be made: hence `declare`, and `??=` where they are used.
  declare private written: Bytes | undefined;
  declare private captured: string[] | undefined;
  declare private waiting: { readonly id: number; readonly body: string }[] | undefined;
  declare private open: number | undefined;
  declare metadata_: Metadata;

  override _write(data: string | Uint8Array): void {
    if (this.captured && typeof data === 'string') {
      this.captured.push(data);
      return;
    }
    this.written ??= new Bytes();
    if (typeof data === 'string') this.written.addText(`${data}\n`);
    else this.written.add(data);
    this._offset = this.written.length;
  }

  /** Objects without a stream of their own go into object streams (ISO 32000-1, 7.5.7): there are a great many of them. */
  override ref(data?: Dictionary): EngineReference {
    const reference = super.ref(data);
    reference.compress = false;
    const end = reference.end.bind(reference);
    reference.end = (chunk) => {
      if (chunk !== undefined) end(prepare(reference.data, chunk));
      else if (reference.buffer.length > 0) end(packed(reference.data, reference.buffer.splice(0)));
      else {
        this.captured = [];
        end();
        // What pdfkit writes: `7 0 obj`, the object, `endobj`.
        const body = this.captured[1] ?? 'null';
        this.captured = undefined;
        this.pack(reference.id, body);
      }
    };
    return reference;
  }

  /** Numbers for so many objects that are written later by `write`. @returns the first of them */
  reserve(count: number): number {
    const first = this._offsets.length + 1;
    for (let index = 0; index < count; index++) this._offsets.push(null);
    this.open = (this.open ?? 0) + count;
    return first;
  }

  /** Writes an object without a stream under a reserved number. */
  write(id: number, value: PdfValue): void {
    this.open = (this.open ?? 0) - 1;
    this.pack(id, print(value));
  }

  /** Writes an object with a stream under a reserved number. */
  writeStream(id: number, data: Dictionary, chunk: Uint8Array | string): void {
    const bytes = prepare(data, chunk);
    data['Length'] = bytes.length;
    this.open = (this.open ?? 0) - 1;
    this._offsets[id - 1] = this._offset;
    this._write(`${id} 0 obj\n${print(data)}\nstream`);
    this._write(bytes);
    this._write('\nendstream\nendobj');
  }

  private pack(id: number, body: string): void {
    this.waiting ??= [];
    this.waiting.push({ id, body });
    if (this.waiting.length >= objectsInStream) this.flush();
  }

  private flush(): void {
    const objects = this.waiting ?? [];
    if (objects.length === 0) return;
    this.waiting = [];
    let offset = 0;
    const heads = objects.map(({ id, body }) => {
      const head = `${id} ${offset}`;
      offset += body.length + 1;
      return head;
    });
    const head = `${heads.join(' ')}\n`;
    const stream = this.reserve(1);
    this.writeStream(
      stream,
      { Type: 'ObjStm', N: objects.length, First: head.length },
      `${head}${objects.map(({ body }) => body).join('\n')}\n`,
    );
    // Where an object stands in a stream of objects: below zero, the stream's number and its own place in it.
    for (const [index, { id }] of objects.entries())
      this._offsets[id - 1] = -(stream * objectsInStream + index);
  }

  /** Writes what remains and the cross-reference stream (ISO 32000-1, 7.5.8); the file's identifier is its hash. */
  finish(): Uint8Array {
    this.end();
    const unwritten = this._waiting + (this.open ?? 0);
    if (unwritten !== 0) throw new Error(`${unwritten} objects of the PDF were never written`);
    this.flush();
    const written = this.written ?? new Bytes();
    const hash = createHash('sha256');
    for (const block of written.blocks()) hash.update(block);
    const id = hash.digest().subarray(0, 16);
    const start = this._offset;
    const size = this._offsets.length + 2;
    const table = new DataView(new ArrayBuffer(size * 7));
    const entry = (number: number, type: number, second: number, third: number) => {
      table.setUint8(number * 7, type);
      table.setUint32(number * 7 + 1, second);
      table.setUint16(number * 7 + 5, third);
    };
    entry(0, 0, 0, 65535);
    for (const [index, offset] of this._offsets.entries()) {
      const packed = -(offset ?? 0);
      if (packed > 0) entry(index + 1, 2, Math.floor(packed / objectsInStream), packed % objectsInStream);
      else entry(index + 1, 1, offset ?? 0, 0);
    }
    entry(size - 1, 1, start, 0);
    const data = { Type: 'XRef', Size: size, W: [1, 4, 2], Root: this._root, Info: this._info, ID: [id, id] };
    this.writeStream(this.reserve(1), data, new Uint8Array(table.buffer));
    this._write(`startxref\n${start}\n%%EOF`);
    return written.all();
  }

  override _finalize(): void {
    // finish() does.
  }

  override endMetadata(): void {
    const packet = this.ref({ Type: 'Metadata', Subtype: 'XML' });
    packet.end(new TextEncoder().encode(xmp(this.metadata_)));
    this._root.data['Metadata'] = packet;
  }
  override _addPdfaMetadata(): void {
    // In our own XMP packet.
  }
  override initOutline(): void {
    // Written by navigation.ts.
  }
  override endOutline(): void {
    // Likewise.
  }
  override endMarkings(): void {
    // Written by tags.ts.
  }
}

/** By the first four bytes of the font file (OpenType 1.9, "Organization of an OpenType font"). */
const isTrueType = (bytes: Uint8Array): boolean =>
  ['\0\u0001\0\0', 'true'].includes(String.fromCharCode(...bytes.subarray(0, 4)));

/** What is written of a stream: compressed, unless it is already or must not be; says so in its dictionary. */
function prepare(data: Dictionary, chunk: Uint8Array | string): Uint8Array {
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk;
  // Metadata must be readable as they stand (ISO 19005-2, 6.6.2.1).
  if (data['Type'] === 'Metadata') return bytes;
  // Compressed already: an image that is carried over as it is.
  if (data['Filter'] !== undefined) return bytes;
  // pdfkit leaves out what a TrueType font file must say (ISO 32000-1, table 127).
  if (isTrueType(bytes)) data['Length1'] = bytes.length;
  data['Filter'] = 'FlateDecode';
  return deflated(bytes);
}

/** What is the same in every file, deflated. */
const packedOnce = new WeakMap<Uint8Array, Uint8Array>();

/** The stream that pdfkit writes by itself: its colour profile. */
function packed(data: Dictionary, chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  if (!only || chunks.length > 1) return prepare(data, Buffer.concat(chunks));
  let bytes = packedOnce.get(only);
  if (!bytes) packedOnce.set(only, (bytes = deflated(only)));
  data['Filter'] = 'FlateDecode';
  return bytes;
}

/** An indirect object that is written straight into the file, without pdfkit. */
class Indirect extends Pointer implements Reference {
  readonly #engine: Engrossed;
  data: Dictionary;
  constructor(engine: Engrossed, data: Dictionary) {
    super(engine.reserve(1));
    this.#engine = engine;
    this.data = data;
  }
  end(chunk?: Uint8Array | string): void {
    if (chunk === undefined) this.#engine.write(this.id, this.data);
    else this.#engine.writeStream(this.id, this.data, chunk);
    // A file has a great many objects: what they said is written.
    this.data = {};
  }
}

export interface PdfFile {
  readonly catalog: Dictionary;
  /** The catalogue's name dictionary. */
  readonly names: Dictionary;
  readonly viewerPreferences: Dictionary;
  readonly pages: Reference;
  readonly reference: (data?: Dictionary) => Reference;
  /** Numbers for objects of which there are a great many, written later. @returns the first of them */
  readonly reserve: (count: number) => number;
  readonly write: (id: number, value: PdfValue) => void;
  readonly font: (face: Face) => FontInFile;
  /** Every font that was asked for, by its name. */
  readonly fonts: () => Record<string, Reference>;
  /** Writes what remains and gives the whole file. */
  readonly bytes: () => Uint8Array;
}

/** Opens a file of PDF 1.7 (ISO 32000-1:2008) for writing. */
export function openFile(metadata: Metadata): PdfFile {
  const engine = new Engrossed({
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    compress: false,
    autoFirstPage: false,
    displayTitle: true,
    font: null,
    lang: metadata.language,
  });
  engine.metadata_ = metadata;
  for (const key of Object.keys(engine.info)) Reflect.deleteProperty(engine.info, key);
  Object.assign(engine.info, metadata.info);
  engine._root.data['MarkInfo'] = { Marked: true };
  // A face and its leftward double are one font.
  const fonts = new Map<object, FontInFile>();
  const writer: FontWriter = {
    open: (font) => {
      engine.font(font);
      return engine._font;
    },
    reference: (data) => new Indirect(engine, data ?? {}),
  };
  return {
    catalog: engine._root.data,
    names: (engine._root.data['Names'] as Reference).data,
    viewerPreferences: (engine._root.data['ViewerPreferences'] as Reference).data,
    pages: engine._root.data['Pages'] as Reference,
    reference: writer.reference,
    reserve: (count) => engine.reserve(count),
    write: (id, value) => {
      engine.write(id, value);
    },
    font: (face) => {
      let font = fonts.get(face.font);
      if (!font) fonts.set(face.font, (font = embed(writer, face)));
      return font;
    },
    fonts: () =>
      Object.fromEntries(
        [...fonts.values()].flatMap(({ names, references }) =>
          references.map((reference, index) => [names[index] ?? '', reference] as const),
        ),
      ),
    bytes: () => engine.finish(),
  };
}
