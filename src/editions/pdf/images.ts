/**
 * Images: a PNG or JPEG file as an image object (ISO 32000-1, 8.9.5), its own compressed bytes carried over. PNG's
 * filters and deflate, and JPEG's coding, are what PDF reads too (7.4.4.4, 7.4.8), so that nothing is decoded here.
 */
import { diagnose, Refusal } from '../../report.js';
import type { PdfFile, PdfValue, Reference } from './file.js';

export interface Image {
  readonly name: string;
  readonly reference: Reference;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * Puts an image into a file.
 * @param path how messages name it
 * @throws Refusal for a file that is no PNG without transparency and no JPEG of one or three components
 */
export function embedImage(file: PdfFile, path: string, bytes: Uint8Array): Image {
  const parsed = png(bytes) ?? jpeg(bytes);
  if (!parsed)
    throw new Refusal(
      diagnose(
        'template-invalid',
        `The image “${path}” is neither a PNG of 8 bits a channel, without transparency and not interlaced, nor a JPEG in RGB or grey.`,
      ),
    );
  const { width, height, colours, filter, parameters, data } = parsed;
  const reference = file.reference({
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    BitsPerComponent: 8,
    ColorSpace: colours,
    Filter: filter,
    ...(parameters && { DecodeParms: parameters }),
    Interpolate: false,
  });
  reference.end(data);
  return { name: `Im${reference.id}`, reference, width, height };
}

interface Parsed {
  readonly width: number;
  readonly height: number;
  readonly colours: PdfValue;
  readonly filter: 'FlateDecode' | 'DCTDecode';
  readonly parameters?: PdfValue;
  readonly data: Uint8Array;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A PNG (W3C PNG, third edition): grey, RGB or with a palette. */
function png(bytes: Uint8Array): Parsed | null {
  if (!signature.every((byte, index) => bytes[index] === byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Uint8Array[] = [];
  let palette: Uint8Array | null = null;
  let head: { readonly width: number; readonly height: number; readonly kind: number } | null = null;
  for (let at = signature.length; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (body.length < length || type === 'tRNS') return null;
    if (type === 'IHDR') {
      const [depth, kind, interlaced] = [body[8], body[9] ?? -1, body[12]];
      if (depth !== 8 || interlaced !== 0) return null;
      head = { width: view.getUint32(at + 8), height: view.getUint32(at + 12), kind };
    } else if (type === 'PLTE') palette = body;
    else if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  const channels = head ? { 0: 1, 2: 3, 3: 1 }[head.kind] : undefined;
  if (!head || channels === undefined || data.length === 0 || (head.kind === 3 && !palette)) return null;
  const colours: PdfValue =
    head.kind === 0
      ? 'DeviceGray'
      : head.kind === 2 || !palette
        ? 'DeviceRGB'
        : ['Indexed', 'DeviceRGB', palette.length / 3 - 1, Buffer.from(palette)];
  return {
    width: head.width,
    height: head.height,
    colours,
    filter: 'FlateDecode',
    parameters: { Predictor: 15, Colors: channels, BitsPerComponent: 8, Columns: head.width },
    data: Buffer.concat(data),
  };
}

/** A JPEG (ITU-T T.81) with its size from the frame header. */
function jpeg(bytes: Uint8Array): Parsed | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker < 0xc0 || marker > 0xc2) continue;
    const components = bytes[at + 9];
    if (bytes[at + 4] !== 8 || (components !== 1 && components !== 3)) return null;
    const colours = components === 1 ? 'DeviceGray' : 'DeviceRGB';
    const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
    return { width, height, colours, filter: 'DCTDecode', data: bytes };
  }
  return null;
}
