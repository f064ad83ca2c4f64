/**
 * A ZIP file that a stranger made (APPNOTE 6.3), read with suspicion: its directory is looked through before anything
 * is inflated, and what is inflated can't grow past what was promised.
 */
import { Inflate } from 'fflate';
import { Unfit } from './unfit.js';

const largestEntry = 10 * 1024 * 1024;
const largestWhole = 50 * 1024 * 1024;
const highestRatio = 100;
const mostEntries = 1000;

export interface Archive {
  /** Every entry, in the order of the directory. */
  readonly names: readonly string[];
  /** An entry's bytes; undefined where there is none of this name (case ignored, as OPC does). */
  readonly read: (name: string) => Uint8Array | undefined;
}

interface Entry {
  readonly name: string;
  readonly deflated: boolean;
  readonly checksum: number;
  readonly size: number;
  /** Where its header begins. */
  readonly offset: number;
  /** Where its data has ended. */
  readonly after: number;
  readonly data: Uint8Array;
}

/** @throws Unfit for anything that a Word file made by Word is not */
export function openArchive(bytes: Uint8Array): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map<string, Entry>();
  let whole = 0;
  try {
    const { count, start, end } = directoryOf(view);
    let at = start;
    for (let index = 0; index < count; index++) {
      const { entry, next } = entryAt(bytes, view, at, start, end);
      const key = entry.name.toLowerCase();
      if (entries.has(key)) throw new Unfit(`has two entries named “${entry.name}”.`);
      entries.set(key, entry);
      whole += entry.size;
      if (whole > largestWhole) throw new Unfit('unpacks to more than 50 MB.', 'Make its pictures smaller.');
      at = next;
    }
    refuseOverlap([...entries.values()]);
  } catch (error) {
    if (error instanceof RangeError) throw new Unfit('is damaged: its directory points outside the file.');
    throw error;
  }
  return {
    names: [...entries.values()].map(({ name }) => name),
    read: (name) => {
      const entry = entries.get(name.toLowerCase());
      return entry && contentOf(entry);
    },
  };
}

/** The record at the end says where the directory stands (4.3.16). */
function directoryOf(view: DataView): { count: number; start: number; end: number } {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    if (at + 22 + view.getUint16(at + 20, true) !== view.byteLength) continue;
    const count = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 12, true);
    const start = view.getUint32(at + 16, true);
    if (count === 0xffff || start === 0xffffffff)
      throw new Unfit('is a ZIP64 file, which Word does not make.');
    if (view.getUint16(at + 4, true) !== 0 || view.getUint16(at + 8, true) !== count)
      throw new Unfit('is a part of a split ZIP file.');
    if (count > mostEntries) throw new Unfit(`has ${count} entries; a template has ${mostEntries} at most.`);
    if (start + size > at) throw new Unfit('is damaged: its directory points outside the file.');
    return { count, start, end: at };
  }
  throw new Unfit('is not a .docx or .dotx file.', 'Save it in Word as a Word Document or a Word Template.');
}

/** An entry of the directory (4.3.12), and its own header (4.3.7), which must agree. */
function entryAt(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  directory: number,
  end: number,
): { entry: Entry; next: number } {
  if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50)
    throw new Unfit('is damaged: its directory ends early.');
  const method = view.getUint16(at + 10, true);
  const packed = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const nameLength = view.getUint16(at + 28, true);
  const offset = view.getUint32(at + 42, true);
  const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const name = nameIn(bytes.subarray(at + 46, at + 46 + nameLength));
  if ((view.getUint16(at + 8, true) & 1) !== 0)
    throw new Unfit(`is encrypted (“${name}”).`, 'Save it without a password.');
  if (method !== 0 && method !== 8) throw new Unfit(`packs “${name}” in a way that Word does not.`);
  if (size > largestEntry)
    throw new Unfit(`holds “${name}”, which is larger than 10 MB.`, 'Make its pictures smaller.');
  if (size > packed * highestRatio)
    throw new Unfit(`holds “${name}”, which is compressed more than ${highestRatio} : 1.`);
  if (method === 0 && size !== packed) throw new Unfit(`is damaged: “${name}” has two sizes.`);
  if (view.getUint32(offset, true) !== 0x04034b50)
    throw new Unfit(`is damaged: “${name}” is not where it should be.`);
  const ownName = view.getUint16(offset + 26, true);
  const data = offset + 30 + ownName + view.getUint16(offset + 28, true);
  if (nameIn(bytes.subarray(offset + 30, offset + 30 + ownName)) !== name)
    throw new Unfit(`is damaged: “${name}” has two names.`);
  if (data + packed > directory) throw new Unfit(`is damaged: “${name}” runs into the directory.`);
  const checksum = view.getUint32(at + 16, true);
  const content = bytes.subarray(data, data + packed);
  const entry = { name, deflated: method === 8, checksum, size, offset, after: data + packed, data: content };
  return { entry, next };
}

function nameIn(bytes: Uint8Array): string {
  let name;
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unfit('has an entry whose name is not UTF-8.');
  }
  if (name === '' || /[\p{Cc}\\]/u.test(name) || /^[/]|^[A-Za-z]:|(^|\/)\.{1,2}(\/|$)|\/\//.test(name))
    throw new Unfit(`has an entry named “${name}”: a name must be a plain path within the file.`);
  return name;
}

/** Entries that share bytes make a small file unpack without end. */
function refuseOverlap(entries: readonly Entry[]): void {
  let end = 0;
  for (const { name, offset, after } of entries.toSorted((one, other) => one.offset - other.offset)) {
    if (offset < end) throw new Unfit(`is damaged: “${name}” overlaps another entry.`);
    end = after;
  }
}

/** How much is unpacked at a time: at most some 4 MB can come of it before the promised size is looked at. */
const slice = 4096;

function contentOf({ name, deflated, checksum, size, data }: Entry): Uint8Array {
  const content = new Uint8Array(size);
  let length = 0;
  const take = (chunk: Uint8Array) => {
    if (length + chunk.length > size) throw new Unfit(`holds “${name}”, which is larger than it says.`);
    content.set(chunk, length);
    length += chunk.length;
  };
  if (!deflated) take(data);
  else {
    const inflate = new Inflate(take);
    try {
      for (let at = 0; at < data.length; at += slice)
        inflate.push(data.subarray(at, at + slice), at + slice >= data.length);
    } catch (error) {
      if (error instanceof Unfit) throw error;
      throw new Unfit(`is damaged: “${name}” can’t be unpacked.`);
    }
  }
  if (length !== size || crc32(content) !== checksum) throw new Unfit(`is damaged: “${name}” is not whole.`);
  return content;
}

/** ISO 3309, as ZIP uses it. */
const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder & 1 ? 0xedb88320 : 0) ^ (remainder >>> 1);
  return remainder;
});

function crc32(bytes: Uint8Array): number {
  let remainder = -1;
  for (const byte of bytes) remainder = (table[(remainder ^ byte) & 255] ?? 0) ^ (remainder >>> 8);
  return ~remainder >>> 0;
}
