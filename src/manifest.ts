/**
 * Manifests: what was made of what. `output/<id>/manifest.json` has the hashes of a document's source, template and
 * editions; `output/manifest.json` is the union of all. They bear no date of their own: the same build gives the
 * same bytes.
 */
import { createHash } from 'node:crypto';
import type { Document } from './document.js';
import type { Template } from './template.js';

export interface ManifestFile {
  readonly file: string;
  /** The edition's name as `--editions` takes it. */
  readonly edition: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Everything that an edition's bytes depend on. */
export interface Basis {
  /** `engross 0.1.0` */
  readonly generator: string;
  readonly source: {
    readonly file: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly encoding: string;
    /** Of the sidecar beside it; null where there is none. */
    readonly sidecar: string | null;
  };
  readonly template: { readonly name: string; readonly sha256: string };
  /** The day of SOURCE_DATE_EPOCH where it stands in the files, which is where the document has no date; else null. */
  readonly buildDate: string | null;
}

export interface Manifest extends Basis {
  readonly id: string;
  /** By name, in the order of code points. */
  readonly files: readonly ManifestFile[];
}

/** SHA-256 in lower-case hexadecimal. */
export const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');

/** What a document's editions depend on, apart from the editions' own code, for which the version stands. */
export function basisOf(
  document: Document,
  template: Template,
  version: string,
  buildDate: string | null,
  sidecar: string | null,
): Basis {
  const { file, sha256: hash, bytes, encoding } = document.source;
  return {
    generator: `engross ${version}`,
    source: { file, sha256: hash, bytes, encoding, sidecar: sidecar === null ? null : sha256(sidecar) },
    template: { name: template.name, sha256: sha256(JSON.stringify(sortedKeys(template))) },
    buildDate: document.date === null ? buildDate : null,
  };
}

/**
 * The manifest of a document after a build.
 * @param made the files that this build has made
 * @param before the manifest that stood there: its other files stay listed only where they were made of the same
 */
export function manifestOf(
  id: string,
  basis: Basis,
  made: readonly ManifestFile[],
  before: Manifest | null,
): Manifest {
  const files = new Map(made.map((file) => [file.file, file]));
  if (before && JSON.stringify(basisIn(before)) === JSON.stringify(basis))
    for (const file of before.files) if (!files.has(file.file)) files.set(file.file, file);
  return { id, ...basis, files: [...files.values()].sort((one, other) => (one.file < other.file ? -1 : 1)) };
}

const basisIn = ({ generator, source, template, buildDate }: Basis): Basis => ({
  generator,
  source,
  template,
  buildDate,
});

/** A manifest as it is written. */
export function writeManifest(manifest: Manifest): Uint8Array {
  return encode({ version: 1, ...manifest });
}

/** The union of manifests, by id, as it is written. */
export function writeUnion(manifests: readonly Manifest[]): Uint8Array {
  const documents = [...manifests].sort((one, other) => (one.id < other.id ? -1 : 1));
  return encode({ version: 1, documents });
}

/** Reads a manifest back; null for anything that is not one of this version's. */
export function readManifest(bytes: Uint8Array | null): Manifest | null {
  if (bytes === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (!('version' in value && value.version === 1 && 'id' in value && 'files' in value)) return null;
  if (!Array.isArray(value.files)) return null;
  // We wrote it; one that somebody else wrote in this shape does no harm: it names no path that is written to.
  const { id, files, ...basis } = value as unknown as Manifest;
  return { id, ...basisIn(basis), files };
}

const encode = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sortedKeys(inner)]),
  );
}
