/**
 * The container of a Word file: a ZIP archive (PKWARE APPNOTE 6.3.10, as far as ECMA-376 part 2, annex B allows), of
 * which every entry is deflated and bears the time 1980-01-01 00:00.
 */
import { thoroughlyDeflated } from '../../deflate/deflate.js';

/** A file as it lies in the archive. */
export interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Before it was deflated. */
  readonly size: number;
  readonly checksum: number;
}

/** Deflates a file. @param name in ASCII, with slashes */
export const entryOf = (name: string, content: Uint8Array): Entry => ({
  name,
  size: content.length,
  ...thoroughlyDeflated(content),
});

/** Joins the entries into an archive, in their order (4.3.6). */
export function archiveOf(entries: readonly Entry[]): Uint8Array {
  const sum = entries.reduce((bytes, entry) => bytes + 76 + 2 * entry.name.length + entry.bytes.length, 22);
  const archive = new Uint8Array(sum);
  const view = new DataView(archive.buffer);
  let at = 0;
  const put16 = (...values: readonly number[]) => {
    for (const value of values) {
      view.setUint16(at, value, true);
      at += 2;
    }
  };
  const put32 = (...values: readonly number[]) => {
    for (const value of values) {
      view.setUint32(at, value, true);
      at += 4;
    }
  };
  /** What the head of an entry and the directory both say of it (4.3.7 and 4.3.12). */
  const describe = ({ name, bytes, size, checksum }: Entry) => {
    // Version 2.0 is needed for deflate; no flags; deflated; midnight of the first day.
    put16(20, 0, 8, 0, (1 << 5) | 1);
    put32(checksum, bytes.length, size);
    put16(name.length, 0);
  };
  const putName = (name: string) => {
    for (let index = 0; index < name.length; index++) archive[at++] = name.charCodeAt(index);
  };
  const starts: number[] = [];
  for (const entry of entries) {
    starts.push(at);
    put32(0x04034b50);
    describe(entry);
    putName(entry.name);
    archive.set(entry.bytes, at);
    at += entry.bytes.length;
  }
  const directory = at;
  for (const [index, entry] of entries.entries()) {
    put32(0x02014b50);
    put16(20);
    describe(entry);
    // No comment, the first disk, no attributes.
    put16(0, 0, 0);
    put32(0, starts[index] ?? 0);
    putName(entry.name);
  }
  const size = at - directory;
  // The end of the directory (4.3.16).
  put32(0x06054b50);
  put16(0, 0, entries.length, entries.length);
  put32(size, directory);
  put16(0);
  return archive;
}
