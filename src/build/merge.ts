/**
 * The output folders of several machines, each with its part of the documents (`--shard`), joined to what one machine would
 * have made: every file is copied as it is, once its hash is found to be that of its manifest, and the union and
 * the folder's tables are written anew.
 */
import { join, resolve } from 'node:path';
import type { Diagnostic } from '../document.js';
import type { Output } from '../files.js';
import { openOutput } from '../files.js';
import type { Manifest } from '../manifest.js';
import { readManifest, sha256, writeManifest } from '../manifest.js';
import type { Report, Union } from '../publish.js';
import { attempt, openPublisher } from '../publish.js';
import { diagnose, Refusal } from '../report.js';
import { recordEnding } from '../verify/record.js';
import type { World } from './order.js';

/** What came of a merge. */
export interface Merged extends Union {
  /** Documents in the folder that was merged into. */
  readonly documents: number;
  /** Files that were copied, and were not there before. */
  readonly written: number;
  readonly diagnostics: readonly Diagnostic[];
}

interface Part {
  readonly output: Output;
  readonly manifest: Manifest;
}

/**
 * Joins output folders into one.
 * @param folders where the parts lie; the one that is merged into may be among them
 * @throws Refusal where a folder holds no documents
 */
export async function merge(folders: readonly string[], out: string, world: World): Promise<Merged> {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (...found) => diagnostics.push(...found);
  const target = openOutput(out, world.owner, world.operations);
  const parts = new Map<string, Part>();
  for (const folder of folders) {
    const output =
      resolve(folder) === resolve(out) ? target : openOutput(folder, world.owner, world.operations);
    for (const part of await partsIn(output)) {
      const other = parts.get(part.manifest.id);
      if (other && !isSame(other, part)) report(twice(other, part));
      else if (!other) parts.set(part.manifest.id, part);
    }
  }
  let written = 0;
  const merged: Manifest[] = [];
  for (const { output, manifest } of parts.values()) {
    const copied =
      output === target
        ? 0
        : await attempt(`copying ${manifest.id}`, report, () => copy(manifest, output, target));
    if (copied === undefined) continue;
    written += copied;
    merged.push(manifest);
  }
  const withTables = merged.some(({ files }) => files.some(({ edition }) => edition === 'csv'));
  const ofAll = await openPublisher(target, false).union(merged, withTables, report);
  return { documents: merged.length, written, ...ofAll, diagnostics };
}

/** The documents of a folder, by their manifests. */
async function partsIn(output: Output): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (const folder of await output.folders(new Set())) {
    const manifest = readManifest(await output.read(join(folder, 'manifest.json')));
    if (manifest?.id === folder) parts.push({ output, manifest });
  }
  if (parts.length > 0) return parts;
  throw new Refusal(
    diagnose(
      'input-none',
      `There are no documents in “${output.root}”.`,
      undefined,
      'Name folders that engross build has made.',
    ),
  );
}

const isSame = (one: Part, other: Part): boolean =>
  Buffer.compare(writeManifest(one.manifest), writeManifest(other.manifest)) === 0;

const twice = (one: Part, other: Part): Diagnostic =>
  diagnose(
    'id-twice',
    `“${one.output.root}” and “${other.output.root}” have different editions of “${one.manifest.id}”; that of the first is taken.`,
    undefined,
    'Build one of them anew, or leave it out.',
  );

/** Copies a document's files; how many were not there before. */
async function copy(manifest: Manifest, from: Output, to: Output): Promise<number> {
  const { id, files } = manifest;
  let written = 0;
  const put = async (name: string, bytes: Uint8Array) => {
    if ((await to.write(join(id, name), bytes)) === 'written') written += 1;
  };
  const read = await Promise.all(files.map(async ({ file }) => from.read(join(id, file))));
  // All are looked at before any is copied: a document comes whole or not at all.
  for (const [index, { file, sha256: hash }] of files.entries()) {
    const bytes = read[index];
    if (bytes && !/[\\/]/.test(file) && sha256(bytes) === hash) continue;
    throw new Refusal(
      diagnose('edition-altered', `“${join(from.root, id, file)}” is not the file that its manifest lists.`),
    );
  }
  const record = await from.read(join(id, id + recordEnding));
  await to.hold(id, async () => {
    for (const [index, { file }] of files.entries()) {
      const bytes = read[index];
      if (bytes) await put(file, bytes);
    }
    if (record) await put(id + recordEnding, record);
    await put('manifest.json', writeManifest(manifest));
  });
  return written;
}
