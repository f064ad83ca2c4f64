/** Writing into the output folder: each file is old or new, never torn, and nothing outside is touched. */
import { dirname, join, resolve, sep } from 'node:path';
import { diagnose, Refusal } from '../report.js';
import type { Handle, Kind, Operations } from './disk.js';
import { byCodePoint, codeOf, readAtMost, refusal, system } from './disk.js';
import { aDay, makerOf, ownNameOf, type Owner } from './owner.js';
import { inTurn } from './turns.js';

/** A file to be written. */
export interface Writing {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What became of a file: what it was refused with is what `write` would throw. */
export type Outcome =
  { readonly state: 'written' | 'unchanged' } | { readonly state: 'failed'; readonly error: unknown };

/** The output folder. Paths are relative to it: a file in it, or in a folder directly in it. */
export interface Output {
  readonly root: string;
  /** The names of the folders in it, by code point, but for those that are known; none where it doesn't exist. */
  readonly folders: (known: ReadonlySet<string>) => Promise<readonly string[]>;
  /** The bytes of a plain file; null where nothing stands, or something that Engross did not write. */
  readonly read: (path: string) => Promise<Uint8Array | null>;
  /**
   * Makes the output folder and a folder in it ('' for none) and clears away what dead builds have left there.
   * @throws Refusal
   */
  readonly prepare: (folder: string) => Promise<void>;
  /** @throws Refusal (output-unwritable, output-not-a-file); what stood there then still does */
  readonly write: (path: string, bytes: Uint8Array) => Promise<'written' | 'unchanged'>;
  /**
   * Writes files of one folder. They are made to last side by side, for a disk takes about as long for one as for six.
   * @returns what became of each, in order: one that could not be written keeps none of the others back
   */
  readonly writeAll: (files: readonly Writing[]) => Promise<readonly Outcome[]>;
  /**
   * Removes a plain file; nothing where none stands.
   * @throws Refusal
   */
  readonly remove: (path: string) => Promise<void>;
  /**
   * Removes a folder in it that has become empty; one that holds anything stays.
   * @returns whether it is gone
   * @throws Refusal
   */
  readonly removeFolder: (folder: string) => Promise<boolean>;
  /**
   * Does some work while no other build writes into a folder ('' for the output folder itself), which it prepares. What it
   * has written there lasts through a power cut once this is done, and not before.
   * @throws Refusal (output-busy, output-unwritable), and what the work throws
   */
  readonly hold: <T>(folder: string, work: () => Promise<T>) => Promise<T>;
  /** Takes away what a worker of this very process has left in a folder when it died: no other works there. */
  readonly release: (folder: string) => Promise<void>;
}

/** Opens an output folder, which need not exist yet: nothing is made before the first write. */
export function openOutput(root: string, owner: Owner, operations: Operations = system): Output {
  const prepared = new Set<string>();
  /** The folders that are held, and whether their entries have changed since. */
  const held = new Map<string, boolean>();
  const attempt = async <T>(sentence: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw refusal('output-unwritable', sentence, error);
    }
  };
  const prepare = async (folder: string) => {
    const path = join(root, folder);
    if (prepared.has(path)) return;
    await attempt(`The output folder “${root}” can’t be made`, () => makeFolders(root, operations));
    await attempt(`The folder “${path}” can’t be made`, () => makeFolder(root, path, operations));
    await attempt(`The folder “${path}” can’t be read`, () => sweep(path, owner, operations));
    prepared.add(path);
  };
  /** A folder's entries are synced when its turn ends, once for all of them, or at once where it is not held. */
  const entriesChanged = async (folder: string) => {
    const path = join(root, folder);
    if (held.has(path)) held.set(path, true);
    else await syncFolder(path, operations);
  };
  const writeAll: Output['writeAll'] = async (files) => {
    const outcomes: Outcome[] = [];
    const begun: Begun[] = [];
    const refused = (path: string, error: unknown): Outcome => ({
      state: 'failed',
      error: refusal('output-unwritable', `“${join(root, path)}” can’t be written`, error),
    });
    for (const [index, { path, bytes }] of files.entries())
      try {
        await prepare(dirname(path));
        const target = join(root, path);
        const old = await standing(target, operations);
        outcomes[index] = { state: 'unchanged' };
        if (old && sameBytes(old, bytes)) continue;
        begun.push({ index, ...(await begin(target, bytes, owner, operations)) });
      } catch (error) {
        outcomes[index] = refused(path, error);
      }
    await Promise.all(begun.map(sync));
    const changed = new Set<string>();
    for (const one of begun) {
      const path = files[one.index]?.path ?? '';
      try {
        await finish(one, operations);
        outcomes[one.index] = { state: 'written' };
        changed.add(dirname(path));
      } catch (error) {
        outcomes[one.index] = refused(path, error);
      }
    }
    for (const folder of changed)
      try {
        await entriesChanged(folder);
      } catch (error) {
        for (const { index } of begun) {
          const path = files[index]?.path ?? '';
          if (dirname(path) === folder && outcomes[index]?.state === 'written')
            outcomes[index] = refused(path, error);
        }
      }
    return outcomes;
  };
  return {
    root,
    prepare,
    folders: (known) => foldersIn(root, known, operations),
    read: (path) => readPlain(join(root, path), operations),
    write: async (path, bytes) => {
      const [outcome] = await writeAll([{ path, bytes }]);
      if (outcome?.state === 'failed') throw outcome.error;
      return outcome?.state ?? 'unchanged';
    },
    writeAll,
    remove: (path) =>
      attempt(`“${join(root, path)}” can’t be removed`, async () => {
        const kind = await kindOf(join(root, path), operations);
        if (!kind?.isFile()) return;
        await operations.unlink(join(root, path));
        await entriesChanged(dirname(path));
      }),
    removeFolder: (folder) =>
      attempt(`“${join(root, folder)}” can’t be removed`, async () => {
        try {
          await operations.rmdir(join(root, folder));
        } catch (error) {
          if (['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) return false;
          throw error;
        }
        await syncFolder(root, operations);
        return true;
      }),
    release: async (folder) => {
      const path = join(root, folder);
      for (const name of await operations.readdir(path).catch(() => [])) {
        const maker = makerOf(name);
        if (maker?.host === owner.host && maker.pid === owner.pid)
          await operations.unlink(join(path, name)).catch(() => undefined);
      }
    },
    hold: async (folder, work) => {
      await prepare(folder);
      const path = join(root, folder);
      return attempt(`“${path}” can’t be written into`, () =>
        inTurn(path, owner, operations, async () => {
          held.set(path, false);
          try {
            const done = await work();
            if (held.get(path)) await syncFolder(path, operations);
            return done;
          } finally {
            held.delete(path);
          }
        }),
      );
    },
  };
}

async function foldersIn(
  root: string,
  known: ReadonlySet<string>,
  operations: Operations,
): Promise<readonly string[]> {
  try {
    const names = (await operations.readdir(root)).filter((name) => !known.has(name)).sort(byCodePoint);
    const kinds = await Promise.all(names.map((name) => operations.lstat(join(root, name))));
    return names.filter((_, index) => kinds[index]?.isDirectory());
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw refusal('output-unwritable', `The folder “${root}” can’t be read`, error);
  }
}

async function readPlain(path: string, operations: Operations): Promise<Uint8Array | null> {
  try {
    return (await operations.lstat(path)).isFile()
      ? await readAtMost(path, Number.MAX_SAFE_INTEGER, operations)
      : null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw refusal('output-unwritable', `“${path}” can’t be read`, error);
  }
}

const sameBytes = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

/** Makes a folder and those above it. (Node’s own recursive mkdir never returns where a file system answers ENOENT: /proc.) */
async function makeFolders(path: string, operations: Operations): Promise<void> {
  try {
    await operations.mkdir(path);
  } catch (error) {
    const above = dirname(resolve(path));
    if (codeOf(error) === 'ENOENT' && above !== resolve(path)) {
      await makeFolders(above, operations);
      await operations.mkdir(path);
    } else if (!(await isFolder(path, operations))) {
      throw error;
    }
  }
}

async function isFolder(path: string, operations: Operations): Promise<boolean> {
  try {
    return (await operations.stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** The root may be a symbolic link, for the user named it; a folder in it may not: it would lead out of the root. */
async function makeFolder(root: string, folder: string, operations: Operations): Promise<void> {
  if (resolve(folder) === resolve(root)) return;
  const kind = await kindOf(folder, operations);
  if (kind === null) {
    await operations.mkdir(folder);
    await syncFolder(root, operations);
  } else if (!kind.isDirectory()) {
    throw notAFile(folder, kind, 'folder');
  }
}

/** The bytes of the file in whose place one is to be written; null where nothing stands. */
async function standing(path: string, operations: Operations): Promise<Uint8Array | null> {
  const kind = await kindOf(path, operations);
  if (!kind) return null;
  if (!kind.isFile()) throw notAFile(path, kind, 'file');
  return readAtMost(path, Number.MAX_SAFE_INTEGER, operations);
}

async function kindOf(path: string, operations: Operations): Promise<Kind | null> {
  try {
    return await operations.lstat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function notAFile(path: string, kind: Kind, wanted: 'file' | 'folder'): Refusal {
  const found = kind.isSymbolicLink()
    ? 'a symbolic link'
    : kind.isDirectory()
      ? 'a folder'
      : kind.isFile()
        ? 'a file'
        : 'a device or pipe';
  return new Refusal(
    diagnose('output-not-a-file', `“${path}” is ${found}, and Engross would put a ${wanted} there.`),
  );
}

/** A file that is written, but not yet in its place. */
interface Begun {
  /** Its place among those that are written together. */
  readonly index: number;
  readonly target: string;
  readonly temporary: string;
  readonly handle: Handle;
  /** What its sync was refused with. */
  error?: unknown;
}

/** Writes beside the target, under a name that nobody can guess. */
async function begin(target: string, bytes: Uint8Array, owner: Owner, operations: Operations) {
  const temporary = join(dirname(target), ownNameOf(owner, 'tmp'));
  const handle = await operations.open(temporary, 'wx');
  try {
    for (let written = 0; written < bytes.length;) {
      const { bytesWritten } = await handle.write(bytes, written, bytes.length - written);
      if (bytesWritten <= 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' });
      written += bytesWritten;
    }
  } catch (error) {
    await handle.close().catch(() => undefined);
    await operations.unlink(temporary).catch(() => undefined);
    throw error;
  }
  return { target, temporary, handle };
}

async function sync(begun: Begun): Promise<void> {
  try {
    await begun.handle.sync();
  } catch (error) {
    begun.error = error;
  }
}

/** Moves it into its place in one step, where it could be synced. */
async function finish(begun: Begun, operations: Operations): Promise<void> {
  const { target, temporary, handle } = begun;
  try {
    await handle.close();
    if ('error' in begun) throw begun.error;
    await operations.rename(temporary, target);
  } catch (error) {
    await operations.unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** Makes the folder's entries last through a power cut. Windows has no such operation, nor have some file systems. */
async function syncFolder(folder: string, operations: Operations): Promise<void> {
  if (sep === '\\') return;
  const handle = await operations.open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (codeOf(error) !== 'EINVAL' && codeOf(error) !== 'ENOTSUP') throw error;
  } finally {
    await handle.close();
  }
}

/** Removes what builds that were killed have left: those of this machine at once, those of others after a day. */
async function sweep(folder: string, owner: Owner, operations: Operations): Promise<void> {
  for (const name of await operations.readdir(folder)) {
    const maker = makerOf(name);
    if (maker === null) continue;
    const path = join(folder, name);
    const kind = await kindOf(path, operations);
    if (!kind?.isFile()) continue;
    const old = owner.now() - kind.mtimeMs > aDay;
    if (old || (maker.host === owner.host && !owner.isRunning(maker.pid)))
      await operations.unlink(path).catch(() => undefined);
  }
}
