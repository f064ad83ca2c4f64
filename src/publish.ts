/**
 * The last step of a build: a document's files and manifests go into the output folder, or with `--check` are compared
 * with what stands there.
 */
import { join } from 'node:path';
import type { Diagnostic } from './document.js';
import type { Output } from './files.js';
import type { Basis, Found, Manifest } from './manifest.js';
import { manifestOf, readManifest, sha256, writeManifest, writeUnion } from './manifest.js';
import { removeGone } from './publish/gone.js';
import type { Published, Report } from './publish/published.js';
import { diagnose, internal, Refusal } from './report.js';
import type { TableMade } from './tables.js';
import { isOfFiles, recordEnding } from './verify/record.js';

export type { Published, Report } from './publish/published.js';

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

/** What is of all documents in the output folder. */
export interface Union {
  /** `manifest.json`; null where no document's files were made. */
  readonly union: Published | null;
  /** The tables and their descriptor; none where they were not asked for. */
  readonly tables: readonly Published[];
}

/**
 * Says what an edition that stands there says otherwise than the one just made, each as files by their names.
 * @returns one sentence without its stop
 */
export type Explain = (
  edition: string,
  standing: ReadonlyMap<string, Uint8Array>,
  made: ReadonlyMap<string, Uint8Array>,
) => Promise<string>;

export interface Publisher {
  /**
   * Puts a document's files and its manifest, while no other build does. What can't be written is reported, and the rest
   * goes on.
   * @param beside the record of a proof, which is no edition, and which the manifest doesn't list
   * @param explain for `--check`
   */
  readonly document: (
    id: string,
    basis: Basis,
    found: Found,
    made: readonly Made[],
    report: Report,
    beside: readonly Made[],
    explain: Explain,
  ) => Promise<Put>;
  /**
   * The documents whose inputs are gone: all but `ids`. Their editions are removed, or with `--check` reported.
   * @param isWanted whether they are to be removed
   */
  readonly gone: (
    ids: ReadonlySet<string>,
    isWanted: boolean,
    report: Report,
  ) => Promise<readonly Published[]>;
  /** Puts the union of the manifests: those of this build, and of other documents that stand in the folder. */
  readonly union: (built: readonly Manifest[], withTables: boolean, report: Report) => Promise<Union>;
}

/** What proves is large, and only a file that is stale asks for it. */
const differingLineOf = async (old: Uint8Array, bytes: Uint8Array): Promise<string> =>
  (await import('./verify/stale.js')).differingLine(old, bytes);

/** Opens the output folder for one build. */
export function openPublisher(output: Output, check: boolean): Publisher {
  const stateOf = async ({ path, bytes, explained }: Putting, report: Report) => {
    const old = await output.read(path);
    if (old && sameBytes(old, bytes)) return 'unchanged';
    const what = old
      ? `differs from what its source gives: ${(await explained?.(old)) ?? (await differingLineOf(old, bytes))}`
      : 'is missing';
    report(diagnose('edition-stale', `“${join(output.root, path)}” ${what}.`));
    return old ? 'stale' : 'missing';
  };

  /** Puts files of one folder, or compares them. */
  const putThem = async (files: readonly Putting[], report: Report): Promise<readonly Published[]> => {
    const published: Published[] = [];
    const outcomes = check ? [] : await output.writeAll(files);
    for (const [index, file] of files.entries()) {
      const doing = `writing ${file.path}`;
      const outcome = outcomes[index];
      if (outcome?.state === 'failed') report(...reasonsOf(outcome.error, doing));
      const state = outcome?.state ?? (await attempt(doing, report, () => stateOf(file, report))) ?? 'failed';
      const { path, edition, bytes, sha256: hash } = file;
      published.push({ path: join(output.root, path), edition, sha256: hash, bytes: bytes.length, state });
    }
    return published;
  };

  /** An edition is listed whole or not at all: by the manifest a later build knows what it need not make. */
  const manifestFor = async (
    { id, basis, found, made }: Whole,
    failed: ReadonlySet<string>,
    report: Report,
  ): Promise<Manifest | null> => {
    const listed = made
      .filter(({ edition }) => !failed.has(edition))
      .map(({ file, edition, bytes, sha256: hash, fonts }) => {
        const listing = { file, edition, sha256: hash, bytes: bytes.length };
        return fonts ? { ...listing, fonts } : listing;
      });
    if (listed.length === 0) return null;
    const path = join(id, 'manifest.json');
    const before = await attempt('reading its manifest', report, () => output.read(path));
    return manifestOf(id, basis, found, listed, readManifest(before ?? null));
  };

  /** Whether everything stands there already: then nothing is written, and no other build is in the way. */
  const stands = async (whole: Whole, beside: readonly Made[]): Promise<boolean> => {
    const manifest = await manifestFor(whole, new Set(), () => undefined);
    const files = [...whole.made, ...beside];
    for (const { file, bytes } of files) {
      const old = await output.read(join(whole.id, file));
      if (!old || !sameBytes(old, bytes)) return false;
    }
    const old = await output.read(join(whole.id, 'manifest.json'));
    if (!manifest || !old || !sameBytes(old, writeManifest(manifest))) return false;
    return beside.length > 0 || (await staleRecord(manifest)) === null;
  };

  /** The record of a proof that speaks of other files than these; null where there is none. */
  const staleRecord = async ({ id, files }: Manifest): Promise<string | null> => {
    const path = join(id, id + recordEnding);
    const bytes = await output.read(path);
    return bytes === null || isOfFiles(bytes, files) ? null : path;
  };

  const dropStaleRecord = async (manifest: Manifest, report: Report): Promise<readonly Published[]> => {
    const path = await staleRecord(manifest);
    if (path === null) return [];
    const shown = join(output.root, path);
    if (check) report(diagnose('edition-stale', `“${shown}” is the proof of other files.`));
    else await output.remove(path);
    return [{ path: shown, edition: 'fidelity', sha256: '', bytes: 0, state: check ? 'stale' : 'removed' }];
  };

  const document: Publisher['document'] = async (id, basis, found, made, report, beside, explain) => {
    const hashed = <T extends Made>(one: T) => ({ ...one, sha256: sha256(one.bytes) });
    const whole = { id, basis, found, made: made.map(hashed) };
    const nothing: Put = { files: [], manifest: null };
    const ready =
      check || (await attempt('preparing its folder', report, () => output.prepare(id).then(() => true)));
    if (!ready) return nothing;
    const inFolder = (file: string) => join(id, file);
    const explained = explaining(explain, made, async (file) => output.read(inFolder(file)));
    const putAll = async (): Promise<Put> => {
      const putting = [...whole.made, ...beside.map(hashed)].map((one) => {
        const why = explained(one.edition);
        return { ...one, path: inFolder(one.file), ...(why && { explained: why }) };
      });
      const files = [...(await putThem(putting, report))];
      const failed = new Set(files.filter((file) => file.state === 'failed').map((file) => file.edition));
      const manifest = await manifestFor(whole, failed, report);
      if (!manifest) return { files, manifest };
      if (beside.length === 0)
        files.push(
          ...((await attempt('removing an old proof', report, () => dropStaleRecord(manifest, report))) ??
            []),
        );
      const bytes = writeManifest(manifest);
      const listing = { path: inFolder('manifest.json'), edition: 'manifest', bytes, sha256: sha256(bytes) };
      files.push(...(await putThem([listing], report)));
      return { files, manifest };
    };
    if (check || (await stands(whole, beside).catch(() => false))) return putAll();
    return (await attempt('writing its files', report, () => output.hold(id, putAll))) ?? nothing;
  };

  const gone: Publisher['gone'] = async (ids, isWanted, report) => {
    const found = await attempt('looking for editions whose input is gone', report, async () => {
      const removed: Published[] = [];
      for (const id of await output.folders(ids))
        removed.push(...(await removeGone(id, output, isWanted && !check, report)));
      return removed;
    });
    return found ?? [];
  };

  const allManifests = async (
    own: ReadonlyMap<string, Manifest>,
    report: Report,
  ): Promise<readonly Manifest[] | null> => {
    const manifests = new Map(own);
    const folders = await attempt('reading the output folder', report, () =>
      output.folders(new Set(own.keys())),
    );
    if (!folders) return null;
    for (const folder of folders) {
      const path = join(folder, 'manifest.json');
      const other = readManifest((await attempt(`reading ${path}`, report, () => output.read(path))) ?? null);
      if (other?.id === folder) manifests.set(folder, other);
    }
    return [...manifests.values()];
  };

  const makeTablesOf = async (
    manifests: readonly Manifest[],
    report: Report,
  ): Promise<readonly TableMade[]> => {
    const made = await attempt('making the tables of the folder', report, async () => {
      const { makeTables, readTables } = await import('./tables.js');
      return makeTables(manifests, output.read, [await readTables(output.read)]);
    });
    return made ?? [];
  };

  const union: Publisher['union'] = async (built, withTables, report) => {
    const nothing = { union: null, tables: [] };
    if (built.length === 0) return nothing;
    const putAll = async (manifests: readonly Manifest[], made: readonly TableMade[]): Promise<Union> => {
      const bytes = writeUnion(manifests);
      const listing = { path: 'manifest.json', edition: 'manifest', bytes, sha256: sha256(bytes) };
      const tables = made.map(({ file, ...one }) => ({ ...one, path: file, edition: 'tables' }));
      const changed = [listing, ...tables.filter(({ stands: stood }) => !stood)];
      const [file = null, ...put] = await putThem(changed, report);
      const standing = tables.map((one): Published => {
        const { edition, sha256: hash, bytes: content, stands: stood } = one;
        const found = { path: join(output.root, one.path), edition, sha256: hash, bytes: content.length };
        return stood ? { ...found, state: 'unchanged' } : (put[changed.indexOf(one) - 1] as Published);
      });
      return { union: file, tables: standing };
    };
    const doubts: Diagnostic[] = [];
    const doubt: Report = (...found) => doubts.push(...found);
    const asFound = async (): Promise<Union | null> => {
      const found = await allManifests(new Map(built.map((manifest) => [manifest.id, manifest])), doubt);
      if (!found) return nothing;
      const old = await output.read('manifest.json').catch(() => null);
      if (!check && !(old && sameBytes(old, writeUnion(found)))) return null;
      const tables = withTables ? await makeTablesOf(found, doubt) : [];
      return check || tables.every((one) => one.stands) ? putAll(found, tables) : null;
    };
    const standing = await asFound();
    if (standing) {
      report(...doubts);
      return standing;
    }
    // Another build may have been there since: what stands in the folders is what is listed.
    const putAnew = async (): Promise<Union> => {
      const now = await allManifests(new Map(), report);
      return now ? putAll(now, withTables ? await makeTablesOf(now, report) : []) : nothing;
    };
    return (await attempt('writing the manifest', report, () => output.hold('', putAnew))) ?? nothing;
  };

  return { document, gone, union };
}

/** What a document's manifest is made of. */
interface Whole {
  readonly id: string;
  readonly basis: Basis;
  readonly found: Found;
  readonly made: readonly (Made & { readonly sha256: string })[];
}

/** A file to be put, relative to the output folder. */
interface Putting {
  readonly path: string;
  readonly edition: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** What the one that stands there says otherwise. */
  readonly explained?: (old: Uint8Array) => Promise<string>;
}

const sameBytes = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

/** Explains each edition once, by all of its files. */
function explaining(
  explain: Explain,
  made: readonly Made[],
  read: (file: string) => Promise<Uint8Array | null>,
): (edition: string) => (() => Promise<string>) | undefined {
  return (edition) => {
    const files = made.filter((one) => one.edition === edition);
    if (files.length === 0) return undefined;
    return async () => {
      const standing = new Map<string, Uint8Array>();
      for (const { file } of files) {
        const bytes = await read(file);
        if (bytes) standing.set(file, bytes);
      }
      return explain(edition, standing, new Map(files.map(({ file, bytes }) => [file, bytes])));
    };
  };
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
    report(...reasonsOf(error, doing));
    return undefined;
  }
}

const reasonsOf = (error: unknown, doing: string): readonly Diagnostic[] =>
  error instanceof Refusal ? error.diagnostics : [internal(error, doing)];
