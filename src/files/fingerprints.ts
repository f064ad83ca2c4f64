/**
 * Files told by their content alone, never by their times: what a build looks at before it does any work.
 *
 * Synchronous, for a file takes a few system calls that way and a thread each otherwise: over 200 documents that is most
 * of the time. It only looks: whatever the system refuses here counts as changed, and the build that follows meets it again
 * and reports it.
 */
import { hash } from 'node:crypto';
import { closeSync, constants, existsSync, openSync, readdirSync, readSync } from 'node:fs';

export interface Fingerprint {
  /** In lower-case hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

let room = Buffer.alloc(0);

/** A pipe is opened without waiting for its writer, and a link at the place of an edition is none. Windows knows neither flag. */
const flags: Readonly<Record<string, number | undefined>> = constants;
const reading = constants.O_RDONLY | (flags['O_NONBLOCK'] ?? 0);
const readingNoLink = reading | (flags['O_NOFOLLOW'] ?? 0);

/**
 * The hash and size of a file; null where it can't be read.
 * @param mayBeLink whether a symbolic link is followed: an input may be one, an edition may not
 */
export function fingerprint(path: string, mayBeLink: boolean): Fingerprint | null {
  const bytes = look(path, mayBeLink);
  return bytes && { sha256: hash('sha256', bytes), bytes: bytes.length };
}

/** The bytes of a file until the next look at one; null where it can't be read. */
export function look(path: string, mayBeLink: boolean): Uint8Array | null {
  let file: number | undefined;
  try {
    file = openSync(path, mayBeLink ? reading : readingNoLink);
    let length = 0;
    for (;;) {
      if (length === room.length) {
        const larger = Buffer.allocUnsafe(Math.max(1024 * 1024, room.length * 2));
        room.copy(larger);
        room = larger;
      }
      const got = readSync(file, room, length, room.length - length, null);
      if (got === 0) return room.subarray(0, length);
      length += got;
    }
  } catch {
    return null;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The names in a folder; null where it can't be read. */
export function namesIn(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder);
  } catch {
    return null;
  }
}

/** The folders in a folder, by their names; links to folders are none. */
export function foldersIn(folder: string): ReadonlySet<string> {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return new Set(entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name));
  } catch {
    return new Set();
  }
}

/** Whether anything stands at a path. */
export const stands = (path: string): boolean => existsSync(path);
