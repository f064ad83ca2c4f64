/**
 * What an earlier build has left that still stands: documents that need not be made anew. Told by content alone, never by
 * times: the hashes of the source, its sidecar, the template with the files that it names, the fonts and every edition on
 * the disk, the options and the version are those of the manifest; with `--verify` a record of the proof of these very
 * files is there.
 *
 * Nothing that reads documents or makes editions is imported here: where nothing has changed, none of it is loaded.
 */
import { basename, dirname, join } from 'node:path';
import type { Input } from '../files.js';
import { fingerprint, foldersIn, look, namesIn, sidecarOf, stands } from '../files.js';
import type { Found, Manifest, ManifestFile } from '../manifest.js';
import { readManifest, sha256, writeManifest } from '../manifest.js';
import type { Published } from '../publish.js';
import type { Fidelity } from '../verify/record.js';
import { readRecord, recordEnding } from '../verify/record.js';
import type { FoundFidelity, Making } from './order.js';
import type { Workshop } from './workshop.js';

/** Finds what still stands of an input; null where it must be made. */
export type Standing = (input: Input, id: string) => Promise<Making | null>;

/** Looks at the output folder as it is before the build. */
export function whatStands(workshop: Workshop): Standing {
  const { order, output } = workshop;
  if (order.check || order.force) return () => Promise.resolve(null);
  const folders = foldersIn(output.root);
  return (input, id) => (folders.has(id) ? standing(input, id, workshop) : Promise.resolve(null));
}

async function standing(input: Input, id: string, workshop: Workshop): Promise<Making | null> {
  const { order, output } = workshop;
  const folder = join(output.root, id);
  const path = join(folder, 'manifest.json');
  const bytes = look(path, false);
  if (bytes === null) return null;
  const written = Buffer.from(bytes);
  const manifest = readManifest(written);
  if (!manifest?.found || manifest.id !== id || !written.equals(writeManifest(manifest))) return null;
  if (!isOfSameBasis(manifest, manifest.found, workshop) || !isOfSameSource(manifest, input)) return null;
  const said = manifest.found.diagnostics?.filter(
    ({ edition }) => edition === null || order.editions.includes(edition),
  );
  if (!said || (order.strict && said.some(({ diagnostic }) => diagnostic.severity === 'warning')))
    return null;

  const listed = order.editions.map((edition) => manifest.files.filter((file) => file.edition === edition));
  const files = listed.flat();
  if (listed.some((ones) => ones.length === 0) || !(await haveSameFonts(files, workshop))) return null;
  const names = namesIn(folder);
  // A build that died there has left something to be swept.
  if (!names || names.some((name) => name.startsWith('.engross-'))) return null;
  const published: Published[] = [];
  for (const { file, edition, sha256: hash, bytes: size } of files) {
    const shown = join(folder, file);
    const found = basename(file) === file ? fingerprint(shown, false) : null;
    if (found?.sha256 !== hash || found.bytes !== size) return null;
    published.push({ path: shown, edition, sha256: hash, bytes: size, state: 'unchanged' });
  }
  const record = order.verify ? proofOf(id, folder, listed) : null;
  if (order.verify && !record) return null;
  if (record) published.push(record.file);
  const hash = sha256(written);
  published.push({ path, edition: 'manifest', sha256: hash, bytes: written.length, state: 'unchanged' });
  const document = {
    input: input.path,
    id,
    account: manifest.found.account,
    text: '',
    files: published,
    fidelity: record && record.fidelity,
    diagnostics: said.map(({ diagnostic }) => diagnostic),
    standing: true,
  };
  return { document, manifest };
}

function isOfSameBasis(manifest: Manifest, found: Found, workshop: Workshop): boolean {
  const { order, world, version, templateBasis } = workshop;
  return (
    manifest.generator === `engross ${version}` &&
    manifest.template.name === templateBasis.name &&
    manifest.template.sha256 === templateBasis.sha256 &&
    found.encodingStated === (order.encoding ?? null) &&
    manifest.buildDate === (found.date === null ? world.buildDate : null)
  );
}

function isOfSameSource({ source }: Manifest, { path, file }: Input): boolean {
  if (source.file !== file) return false;
  const found = fingerprint(path, true);
  if (found?.sha256 !== source.sha256 || found.bytes !== source.bytes) return false;
  const sidecar = join(dirname(path), sidecarOf(path));
  if (!stands(sidecar)) return source.sidecar === null;
  const text = look(sidecar, true);
  return text !== null && sha256(new TextDecoder().decode(text)) === source.sidecar;
}

async function haveSameFonts(files: readonly ManifestFile[], { fontHash }: Workshop): Promise<boolean> {
  for (const { fonts = {} } of files)
    for (const [font, hash] of Object.entries(fonts))
      if ((await fontHash(font).catch(() => null)) !== hash) return false;
  return true;
}

/** The record of a proof of these very files, each edition of them equal to the document; null where there is none. */
function proofOf(
  id: string,
  folder: string,
  listed: readonly (readonly ManifestFile[])[],
): { readonly fidelity: FoundFidelity; readonly file: Published } | null {
  const path = join(folder, id + recordEnding);
  const bytes = look(path, false);
  if (bytes === null) return null;
  const record = readRecord(bytes);
  if (record === null || record.id !== id || record.editions.length !== listed.length) return null;
  const isOfThese = record.editions.every(({ edition, result, files }, index) => {
    const expected = listed[index] ?? [];
    return (
      result === 'equal' &&
      files.length === expected.length &&
      expected.every((file) =>
        files.some((one) => one.file === file.file && one.sha256 === file.sha256 && edition === file.edition),
      )
    );
  });
  if (!isOfThese) return null;
  const editions: Pick<Fidelity['editions'][number], 'edition' | 'verdict'>[] = record.editions.map(
    ({ edition, normalisations }) => ({ edition, verdict: { result: 'equal', allowed: normalisations } }),
  );
  return {
    fidelity: { canonical: record.canonical, editions },
    file: { path, edition: 'fidelity', sha256: sha256(bytes), bytes: bytes.length, state: 'unchanged' },
  };
}
