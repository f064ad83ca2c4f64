/**
 * The disk: what is asked of it, what it answers when it refuses, and reading a file up to a limit.
 *
 * Every operation goes through `Operations`, so that a test can make the third write fail.
 */
import {
  closeSync,
  fstatSync,
  fsync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import type { Code } from '../report.js';
import { diagnose, Refusal } from '../report.js';

/** What is asked of an open file. */
export interface Handle {
  readonly stat: () => Promise<{ readonly size: number }>;
  readonly read: (
    into: Uint8Array,
    offset: number,
    length: number,
  ) => Promise<{ readonly bytesRead: number }>;
  readonly write: (
    from: Uint8Array,
    offset: number,
    length: number,
  ) => Promise<{ readonly bytesWritten: number }>;
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What stands at a path. */
export interface Kind {
  readonly isFile: () => boolean;
  readonly isDirectory: () => boolean;
  readonly isSymbolicLink: () => boolean;
  readonly mtimeMs: number;
}

/** Everything that Engross ever asks of a disk; the names and meanings are those of `node:fs/promises`. */
export interface Operations {
  readonly stat: (path: string) => Promise<Kind>;
  readonly lstat: (path: string) => Promise<Kind>;
  readonly readdir: (path: string) => Promise<readonly string[]>;
  /** One folder, not those above it. */
  readonly mkdir: (path: string) => Promise<unknown>;
  /** `r` reads; `wx` makes a new file and fails where anything stands. */
  readonly open: (path: string, flags: 'r' | 'wx') => Promise<Handle>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly unlink: (path: string) => Promise<void>;
  /** An empty folder. */
  readonly rmdir: (path: string) => Promise<void>;
}

/**
 * The disk itself. What the system answers at once is asked at once: handing it to a thread and waiting for that takes ten
 * times as long. Only bringing bytes to the disk is left to a thread, for that alone waits for something that moves.
 */
export const system: Operations = {
  stat: (path) => answered(() => statSync(path)),
  lstat: (path) => answered(() => lstatSync(path)),
  readdir: (path) => answered(() => readdirSync(path)),
  mkdir: (path) =>
    answered(() => {
      mkdirSync(path);
    }),
  open: (path, flags) => answered(() => handleOf(openSync(path, flags))),
  rename: (from, to) =>
    answered(() => {
      renameSync(from, to);
    }),
  unlink: (path) =>
    answered(() => {
      unlinkSync(path);
    }),
  rmdir: (path) =>
    answered(() => {
      rmdirSync(path);
    }),
};

const handleOf = (file: number): Handle => ({
  stat: () => answered(() => fstatSync(file)),
  read: (into, offset, length) => answered(() => ({ bytesRead: readSync(file, into, offset, length, null) })),
  write: (from, offset, length) => answered(() => ({ bytesWritten: writeSync(file, from, offset, length) })),
  sync: () =>
    new Promise((resolve, reject) => {
      fsync(file, (error) => {
        if (error) reject(error);
        else resolve();
      });
    }),
  close: () =>
    answered(() => {
      closeSync(file);
    }),
});

/** What is asked, as a promise: what it throws is what that is rejected with. */
const answered = <Answer>(ask: () => Answer): Promise<Answer> =>
  new Promise((resolve) => {
    resolve(ask());
  });

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EBUSY: 'it is in use by another program',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file stands in a folder’s place',
  EFBIG: 'it is too large for this file system',
  EIO: 'the disk reports an input/output error',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENFILE: 'too many files are open',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file stands in a folder’s place',
  EPERM: 'the operation is not permitted',
  ERR_INVALID_ARG_VALUE: 'no file can have this name',
  EROFS: 'the file system is read-only',
};

/** The system’s word for why an operation failed (`ENOSPC`), or undefined where it wasn’t the system. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Turns what the system refused into a `Refusal`; anything else is our own mistake and goes on as it is. */
export function refusal(code: Code, sentence: string, error: unknown): unknown {
  const systemCode = codeOf(error);
  if (systemCode === undefined || (!Object.hasOwn(reasons, systemCode) && systemCode.startsWith('ERR_')))
    return error;
  return new Refusal(diagnose(code, `${sentence}: ${reasons[systemCode] ?? systemCode}.`));
}

/** The most that is read of an input or a font, in bytes. */
export const largestInput = 64 * 1024 * 1024;

/** The bytes of a file, or null where there are more than `limit`: a file's stated size is not to be relied on. */
export async function readAtMost(
  path: string,
  limit: number,
  operations: Operations,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const handle = await operations.open(path, 'r');
  try {
    const { size } = await handle.stat();
    if (size > limit) return null;
    let bytes = new Uint8Array(size + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
      if (bytesRead === 0) return bytes.subarray(0, length);
      length += bytesRead;
      if (length > limit) return null;
      if (length === bytes.length) {
        const larger = new Uint8Array(Math.min(limit + 1, length * 2 + 4096));
        larger.set(bytes);
        bytes = larger;
      }
    }
  } finally {
    await handle.close();
  }
}

/** The order of names wherever one is needed: never the disk’s, never a locale’s. */
export const byCodePoint = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
