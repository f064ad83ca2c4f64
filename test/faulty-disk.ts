/** A disk that fails: the Nth operation on it is refused, or a write stops short. */
import type { Handle, Operations } from '../src/files.js';
import { system } from '../src/files.js';

export interface FaultyDisk extends Operations {
  /** How many operations were asked for so far. */
  readonly count: () => number;
  /** The operations asked for, in order. */
  readonly log: readonly string[];
}

/**
 * @param failing the operation that fails, counted from 1; 0 for none
 * @param code what the system answers: ENOSPC, EIO …
 * @param most how many bytes one write takes at most: short writes are no failure
 */
export function faultyDisk(failing: number, code: string, most = Number.MAX_SAFE_INTEGER): FaultyDisk {
  const log: string[] = [];
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    log.push(name);
    if (log.length === failing) throw Object.assign(new Error(`${code}: ${name}`), { code });
    return work();
  };
  const handle = (file: Handle): Handle => ({
    stat: () => step('fstat', () => file.stat()),
    read: (into, offset, length) => step('read', () => file.read(into, offset, length)),
    write: async (from, offset, length) => {
      // A disk that fills up takes some of it first.
      if (log.length + 1 === failing) await file.write(from, offset, Math.min(length, 7));
      return step('write', () => file.write(from, offset, Math.min(length, most)));
    },
    sync: () => step('sync', () => file.sync()),
    // The file is closed all the same: that is what systems do.
    close: async () => {
      await file.close();
      await step('close', () => Promise.resolve());
    },
  });
  return {
    count: () => log.length,
    log,
    stat: (path) => step('stat', () => system.stat(path)),
    lstat: (path) => step('lstat', () => system.lstat(path)),
    readdir: (path) => step('readdir', () => system.readdir(path)),
    mkdir: (path) => step('mkdir', () => system.mkdir(path)),
    open: async (path, flags) => handle(await step(`open ${flags}`, () => system.open(path, flags))),
    rename: (from, to) => step('rename', () => system.rename(from, to)),
    unlink: (path) => step('unlink', () => system.unlink(path)),
    rmdir: (path) => step('rmdir', () => system.rmdir(path)),
  };
}
