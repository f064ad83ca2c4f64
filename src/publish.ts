/**
 * The last step of a build: a document's files and manifests go into the output folder, or with `--check` are compared
 * with what stands there.
 */
import { join } from 'node:path';
import type { Diagnostic } from './document.js';
import type { Output } from './files.js';
import type { Basis, Found, Manifest } from './manifest.js';
import { manifestOf, readManifest, sha256, writeManifest, writeUnion } from './manifest.js';
import { diagnose, internal, Refusal } from './report.js';

/** One file of an edition, in memory. */
export interface Made {
  /** Its name, without folders. */
  readonly file: string;
  /** The edition's name. */
  readonly edition: string;
  readonly bytes: Uint8Array;
  /** The hashes of the font files that it was made with, by the template's names. */
  readonly fonts?: Readonly<Record<string, string>>;
}

/** A document's files as they were put, and the manifest that lists them; null where none could be listed. */
export interface Put {
  readonly files: readonly Published[];
  readonly manifest: Manifest | null;
}

/** What became of a file. */
export interface Published {
  /** As a person would name it: below the output folder that was asked for. */
  readonly path: string;
  /** The edition's name; `manifest` for a manifest, `fidelity` for the record of a proof, `tables` for those of the folder. */
  readonly edition: string;
  readonly sha256: string;
  readonly bytes: number;
  /** `stale` and `missing` come of `--check` alone; `failed`: what stood there still does. */
  readonly state: 'written' | 'unchanged' | 'stale' | 'missing' | 'failed';
}

/** What is of all documents in the output folder. */
export interface Union {
  /** `manifest.json`; null where no document's files were made. */
  readonly union: Published | null;
  /** The tables and their descriptor; none where they were not asked for. */
  readonly tables: readonly Published[];
}

/** Takes diagnostics. */
export type Report = (...found: readonly Diagnostic[]) => void;

export interface Publisher {
  /**
   * Puts a document's files and its manifest. What can't be written is reported, and the rest goes on.
   * @param beside files that are no editions, and that the manifest doesn't list
   */
  readonly document: (
    id: string,
    basis: Basis,
    found: Found,
    made: readonly Made[],
    report: Report,
    beside?: readonly Made[],
  ) => Promise<Put>;
  /** Puts the union of the manifests: those of this build, and of other documents that stand in the folder. */
  readonly union: (built: readonly Manifest[], withTables: boolean, report: Report) => Promise<Union>;
}

/** Opens the output folder for one build. */
export function openPublisher(output: Output, check: boolean): Publisher {
  const put = async (
    path: string,
    edition: string,
    bytes: Uint8Array,
    report: Report,
  ): Promise<Published> => {
    const shown = join(output.root, path);
    const state = await attempt(`writing ${path}`, report, async () => {
      if (!check) return output.write(path, bytes);
      const old = await output.read(path);
      if (old && Buffer.compare(old, bytes) === 0) return 'unchanged';
      const what = old ? 'differs from what its source gives' : 'is missing';
      report(diagnose('edition-stale', `“${shown}” ${what}.`));
      return old ? 'stale' : 'missing';
    });
    return { path: shown, edition, sha256: sha256(bytes), bytes: bytes.length, state: state ?? 'failed' };
  };

  const document: Publisher['document'] = async (id, basis, found, made, report, beside = []) => {
    const ready =
      check || (await attempt('preparing its folder', report, () => output.prepare(id).then(() => true)));
    if (!ready) return { files: [], manifest: null };
    const files: Published[] = [];
    for (const { file, edition, bytes } of [...made, ...beside])
      files.push(await put(join(id, file), edition, bytes, report));
    // An edition is listed whole or not at all: by the manifest a later build knows what it need not make.
    const failed = new Set(files.filter((file) => file.state === 'failed').map((file) => file.edition));
    const listed = made
      .filter(({ edition }) => !failed.has(edition))
      .map(({ file, edition, bytes, fonts }) => {
        const listing = { file, edition, sha256: sha256(bytes), bytes: bytes.length };
        return fonts ? { ...listing, fonts } : listing;
      });
    if (listed.length === 0) return { files, manifest: null };
    const path = join(id, 'manifest.json');
    const before = await attempt('reading its manifest', report, () => output.read(path));
    const manifest = manifestOf(id, basis, found, listed, readManifest(before ?? null));
    files.push(await put(path, 'manifest', writeManifest(manifest), report));
    return { files, manifest };
  };

  const putTables = async (manifests: readonly Manifest[], report: Report): Promise<readonly Published[]> => {
    const made = await attempt('making the tables of the folder', report, async () => {
      const { makeTables, readTables } = await import('./tables.js');
      return makeTables(manifests, output.read, [await readTables(output.read)]);
    });
    const files: Published[] = [];
    for (const { file, bytes, sha256: hash, stands } of made ?? []) {
      const standing = {
        path: join(output.root, file),
        edition: 'tables',
        sha256: hash,
        bytes: bytes.length,
      };
      files.push(stands ? { ...standing, state: 'unchanged' } : await put(file, 'tables', bytes, report));
    }
    return files;
  };

  const union: Publisher['union'] = async (built, withTables, report) => {
    const nothing = { union: null, tables: [] };
    if (built.length === 0) return nothing;
    const manifests = new Map(built.map((manifest) => [manifest.id, manifest]));
    const known = new Set(manifests.keys());
    const folders = await attempt('reading the output folder', report, () => output.folders(known));
    if (!folders) return nothing;
    for (const folder of folders) {
      const path = join(folder, 'manifest.json');
      const other = readManifest((await attempt(`reading ${path}`, report, () => output.read(path))) ?? null);
      if (other?.id === folder) manifests.set(folder, other);
    }
    const all = [...manifests.values()];
    return {
      union: await put('manifest.json', 'manifest', writeUnion(all), report),
      tables: withTables ? await putTables(all, report) : [],
    };
  };

  return { document, union };
}

/** Does something; what is refused, and what goes wrong by our own mistake, is reported, and the build goes on. */
export async function attempt<T>(
  doing: string,
  report: Report,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    report(...(error instanceof Refusal ? error.diagnostics : [internal(error, doing)]));
    return undefined;
  }
}
