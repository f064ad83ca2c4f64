/**
 * Manifests: what was made of what. `output/<id>/manifest.json` has the hashes of a document's source, template and
 * editions; `output/manifest.json` is the union of all. They bear no date of their own: the same build gives the
 * same bytes.
 */
import { hash } from 'node:crypto';
import type { Diagnostic, Document } from './document.js';
import type { Account } from './report.js';
import type { Template } from './template.js';

export interface ManifestFile {
  readonly file: string;
  /** The edition's name as `--editions` takes it. */
  readonly edition: string;
  readonly sha256: string;
  readonly bytes: number;
  /** The hashes of the font files that it was made with, by the names that the template has for them. */
  readonly fonts?: Readonly<Record<string, string>>;
}

/** A diagnostic, and the edition that it is about; null where it is about the reading. */
export interface Said {
  readonly edition: string | null;
  readonly diagnostic: Diagnostic;
}

/** What a build found: a later one that finds nothing changed has it to say again. */
export interface Found {
  /** What `--encoding` said. */
  readonly encodingStated: string | null;
  /** Of the document. */
  readonly date: string | null;
  /** What the document says of itself: its row in the table of documents. */
  readonly document: Facts;
  /** Whether the cells of the CSV edition are guarded against being run as formulas. */
  readonly formulasEscaped: boolean;
  readonly account: Account;
  /** Null where there were more than a manifest should hold: such a document is always made anew. */
  readonly diagnostics: readonly Said[] | null;
}

/** A document's metadata, as a catalogue has it. */
export interface Facts extends Pick<
  Document,
  'title' | 'subtitle' | 'datePrinted' | 'language' | 'documentType' | 'symbol' | 'place' | 'issuer'
> {
  /** How many doubts the reader had. */
  readonly warnings: number;
}

/** A document's metadata. */
export const factsOf = (document: Document): Facts => ({
  title: document.title,
  subtitle: document.subtitle,
  datePrinted: document.datePrinted,
  language: document.language,
  documentType: document.documentType,
  symbol: document.symbol,
  place: document.place,
  issuer: document.issuer,
  warnings: document.diagnostics.filter(({ severity }) => severity === 'warning').length,
});

/** The most diagnostics that a manifest holds. */
const mostSaid = 100;

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
  /** Null in a manifest of an earlier version. */
  readonly found: Found | null;
  /** By name, in the order of code points. */
  readonly files: readonly ManifestFile[];
}

/** SHA-256 in lower-case hexadecimal. */
export const sha256 = (data: Uint8Array | string): string => hash('sha256', data);

/** What a document's editions depend on, apart from the editions' own code, for which the version stands. */
export function basisOf(
  document: Document,
  template: Basis['template'],
  version: string,
  buildDate: string | null,
  sidecar: string | null,
): Basis {
  const { file, sha256: hash, bytes, encoding } = document.source;
  return {
    generator: `engross ${version}`,
    source: { file, sha256: hash, bytes, encoding, sidecar: sidecar === null ? null : sha256(sidecar) },
    template,
    buildDate: document.date === null ? buildDate : null,
  };
}

/** A template's part in the basis. */
export const templateBasis = (template: Template): Basis['template'] => ({
  name: template.name,
  sha256: sha256(JSON.stringify(sortedKeys(template))),
});

/** Whether two builds had the same basis. */
export const sameBasis = (one: Basis, other: Basis): boolean =>
  JSON.stringify(basisIn(one)) === JSON.stringify(basisIn(other));

/**
 * The manifest of a document after a build.
 * @param found what this build found of the document and of the editions that it has made
 * @param made the files that this build has made
 * @param before the manifest that stood there: its other files stay listed only where they were made of the same
 */
export function manifestOf(
  id: string,
  basis: Basis,
  found: Found,
  made: readonly ManifestFile[],
  before: Manifest | null,
): Manifest {
  const files = new Map(made.map((file) => [file.file, file]));
  const kept = before && sameBasis(before, basis) ? before.files.filter((file) => !files.has(file.file)) : [];
  for (const file of kept) files.set(file.file, file);
  return {
    id,
    ...basisIn(basis),
    found: withDoubtsOf(kept, found, before?.found ?? null),
    files: [...files.values()].sort((one, other) => (one.file < other.file ? -1 : 1)),
  };
}

/** What was said of editions that stay listed is said still. */
function withDoubtsOf(kept: readonly ManifestFile[], found: Found, before: Found | null): Found {
  const editions = new Set(kept.map((file) => file.edition));
  const still =
    editions.size === 0
      ? []
      : (before?.diagnostics?.filter(({ edition }) => edition !== null && editions.has(edition)) ?? null);
  const all = found.diagnostics && still && [...found.diagnostics, ...still];
  return { ...found, diagnostics: all && all.length <= mostSaid ? all : null };
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

/** The union of manifests, by id, as it is written: what was found is in each one's own. */
export function writeUnion(manifests: readonly Manifest[]): Uint8Array {
  const documents = manifests
    .map(({ id, files, ...basis }) => ({ id, ...basisIn(basis), files }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  return encode({ version: 1, documents });
}

const utf8 = new TextDecoder();

/** Reads a manifest back; null for anything that is not one of this version's. */
export function readManifest(bytes: Uint8Array | null): Manifest | null {
  if (bytes === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (!('version' in value && value.version === 1 && 'id' in value && 'files' in value)) return null;
  if (!Array.isArray(value.files)) return null;
  // We wrote it; one that somebody else wrote in this shape does no harm: it names no path that is written to.
  const { id, found, files, ...basis } = value as unknown as Omit<Manifest, 'found'> & Partial<Manifest>;
  return { id, ...basisIn(basis), found: found && 'document' in found ? found : null, files };
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
