/**
 * Published files, proven from themselves: in each document's folder the JSON edition is the document, every other
 * edition beside it is compared with it, and each file's hash with the manifest's.
 */
import { basename, dirname, join } from 'node:path';
import type { Diagnostic } from '../document.js';
import type { Kind, Operations } from '../files.js';
import { byCodePoint, codeOf, readInput, refusal, system } from '../files.js';
import { diagnose, Refusal } from '../report.js';
import { canonicalOf, type Canonical } from './canonical.js';
import { diagnosticOf } from './findings.js';
import { Unreadable, type Flat } from './flat.js';
import { verifyEdition, type EditionFiles, type Verdict } from './index.js';
import { isEdition, readJson } from './json.js';
import { hashOf, recordEnding } from './record.js';

/** The files of each edition by what follows the document's id in their names; the first one names the edition. */
const endings: Readonly<Record<string, readonly [string, ...string[]]>> = {
  md: ['.md'],
  pdf: ['.pdf'],
  docx: ['.docx'],
  csv: ['.csv', '.footnotes.csv'],
};

/** What a file's hash says: that of the manifest, another, or there is none to compare it with. */
export type Seal = 'as built' | 'altered' | 'unlisted';

export interface VerifiedFile {
  readonly path: string;
  readonly sha256: string;
  readonly seal: Seal;
}

export interface VerifiedEdition {
  readonly edition: string;
  readonly files: readonly VerifiedFile[];
  /** `reference` for the JSON edition: it is what the others are compared with. */
  readonly verdict: Verdict | { readonly result: 'reference' };
}

export interface VerifiedDocument {
  /** The folder, or the file that was named. */
  readonly path: string;
  /** Null where there is no JSON edition to compare with. */
  readonly id: string | null;
  readonly canonical: Canonical | null;
  readonly editions: readonly VerifiedEdition[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Verifies what stands in folders and files.
 * @param paths output folders, folders of one document, or single files beside the JSON edition of their document
 * @param tell is given each document as soon as it is done
 * @throws Refusal for a path that isn't there, and where nothing at all is found
 */
export async function verifyPublished(
  paths: readonly string[],
  tell: (document: VerifiedDocument) => void = () => undefined,
  operations: Operations = system,
): Promise<readonly VerifiedDocument[]> {
  const documents: VerifiedDocument[] = [];
  const add = (document: VerifiedDocument) => {
    documents.push(document);
    tell(document);
  };
  for (const path of paths) {
    const kind = await kindOf(path, operations);
    if (!kind.isDirectory()) add(await verifyFile(path, operations));
    else if (await isDocumentFolder(path, operations)) add(await verifyFolder(path, operations));
    else for await (const document of verifyOutput(path, operations)) add(document);
  }
  if (documents.length > 0) return documents;
  throw new Refusal(
    diagnose(
      'input-none',
      `There are no editions in ${paths.map((path) => `“${path}”`).join(', ')}.`,
      undefined,
      'Name the output folder, the folder of a document in it, or a file.',
    ),
  );
}

/** The documents of an output folder, and those that its manifest has and that are not there. */
async function* verifyOutput(output: string, operations: Operations): AsyncGenerator<VerifiedDocument> {
  const seen = new Set<string>();
  const names = await namesIn(output, operations);
  for (const name of names) {
    const folder = join(output, name);
    if (!(await kindOf(folder, operations)).isDirectory() || !(await isDocumentFolder(folder, operations)))
      continue;
    seen.add(name);
    yield await verifyFolder(folder, operations);
  }
  for (const id of listIn(await manifestIn(output, names, operations), 'documents', 'id').keys())
    if (!seen.has(id)) {
      const path = join(output, id);
      const gone = diagnose(
        'edition-altered',
        `The editions in “${path}” are in the manifest and not in the folder.`,
      );
      yield { path, id: null, canonical: null, editions: [], diagnostics: [gone] };
    }
}

async function kindOf(path: string, operations: Operations): Promise<Kind> {
  try {
    return await operations.stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR')
      throw new Refusal(diagnose('input-missing', `There is no file or folder “${path}”.`));
    throw refusal('input-unreadable', `“${path}” can’t be read`, error);
  }
}

async function namesIn(folder: string, operations: Operations): Promise<readonly string[]> {
  try {
    return [...(await operations.readdir(folder))].sort(byCodePoint);
  } catch (error) {
    throw refusal('input-unreadable', `The folder “${folder}” can’t be read`, error);
  }
}

/**
 * A folder that holds a JSON edition, or editions that lack theirs. An output folder is none: what else lies in it, as a
 * README.md, is no edition. (A manifest alone is that of an output folder too.)
 */
async function isDocumentFolder(folder: string, operations: Operations): Promise<boolean> {
  const names = await namesIn(folder, operations);
  // The tables of an output folder; but the document “datapackage” has a JSON edition of that name.
  if (names.includes('datapackage.json') && basename(folder) !== 'datapackage') return false;
  if (names.some(mayBeReference)) return true;
  if (!names.some((name) => editionOf(name) !== null)) return false;
  for (const name of names) {
    const below = join(folder, name);
    if (
      (await kindOf(below, operations)).isDirectory() &&
      (await namesIn(below, operations)).some(mayBeReference)
    )
      return false;
  }
  return true;
}

const mayBeReference = (name: string): boolean => name.endsWith('.json') && !isOurOwn(name);

/** JSON files beside the editions that are none. */
const isOurOwn = (name: string): boolean =>
  name === 'manifest.json' ||
  name.endsWith(recordEnding) ||
  name.endsWith('.engross.json') ||
  name.startsWith('.');

/** The edition that a file's name says, and the name without its ending. */
function editionOf(name: string): { readonly edition: string; readonly stem: string } | null {
  if (name.startsWith('.')) return null;
  for (const [edition, [first, ...further]] of Object.entries(endings)) {
    if (further.some((ending) => name.endsWith(ending))) return null;
    if (name.endsWith(first) && name.length > first.length)
      return { edition, stem: name.slice(0, -first.length) };
  }
  return null;
}

// ------------------------------------------------------------------------------------------------ the reference

interface Reference {
  readonly name: string;
  readonly stem: string;
  readonly bytes: Uint8Array;
  readonly flat: Flat;
  readonly id: string;
}

/** The JSON editions of a folder, by name; what can't be read is said. */
async function referencesIn(
  folder: string,
  names: readonly string[],
  operations: Operations,
  report: (found: Diagnostic) => void,
): Promise<readonly Reference[]> {
  const references: Reference[] = [];
  for (const name of names) {
    if (!mayBeReference(name)) continue;
    const path = join(folder, name);
    const bytes = await readInput(path, operations);
    if (!isEdition(new TextDecoder().decode(bytes.subarray(0, 400)))) continue;
    try {
      references.push({ name, stem: name.slice(0, -'.json'.length), bytes, ...readJson(bytes) });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const found = diagnosticOf({ result: 'unreadable', reason: error.message }, `“${path}”`, true);
      if (found) report(found);
    }
  }
  return references;
}

const referenceMissing = (path: string) =>
  diagnose('reference-missing', `There is no JSON edition that “${path}” could be compared with.`);

// ------------------------------------------------------------------------------------------------ a folder

async function verifyFolder(folder: string, operations: Operations): Promise<VerifiedDocument> {
  const diagnostics: Diagnostic[] = [];
  const report = (found: Diagnostic) => diagnostics.push(found);
  const nothing = { path: folder, id: null, canonical: null, editions: [], diagnostics };
  const names = await namesIn(folder, operations);
  const references = await referencesIn(folder, names, operations, report);
  const own = references.find(({ stem }) => stem === basename(folder)) ?? references[0];
  if (!own) {
    if (diagnostics.length === 0) report(referenceMissing(folder));
    return nothing;
  }
  const seals = await sealsIn(folder, names, operations);
  const editions: VerifiedEdition[] = [
    {
      edition: 'json',
      files: [sealed(join(folder, own.name), own.bytes, seals, report)],
      verdict: { result: 'reference' },
    },
  ];
  for (const name of names) {
    const found = editionOf(name);
    // Several documents may lie in one folder: each edition beside the JSON of its own name.
    const reference = references.find(({ stem }) => stem === found?.stem) ?? own;
    if (found) editions.push(await verifyOne(folder, names, found, reference, seals, report, operations));
  }
  for (const name of seals?.keys() ?? [])
    if (!names.includes(name))
      report(
        diagnose('edition-altered', `“${join(folder, name)}” is in the manifest and not in the folder.`),
      );
  return { path: folder, id: own.id, canonical: canonicalOf(own.flat), editions, diagnostics };
}

async function verifyFile(path: string, operations: Operations): Promise<VerifiedDocument> {
  const diagnostics: Diagnostic[] = [];
  const report = (found: Diagnostic) => diagnostics.push(found);
  const [folder, name] = [dirname(path), basename(path)];
  const found = name.endsWith('.footnotes.csv')
    ? { edition: 'csv', stem: name.slice(0, -'.footnotes.csv'.length) }
    : editionOf(name);
  const names = await namesIn(folder, operations);
  const references = await referencesIn(folder, names, operations, report);
  const isReference = references.find((one) => one.name === name);
  const reference =
    isReference ??
    references.find(({ stem }) => stem === found?.stem) ??
    (references.length === 1 ? references[0] : undefined);
  if (!reference || !(found ?? isReference)) {
    if (!found && !isReference)
      throw new Refusal(
        diagnose(
          'input-kind',
          `“${path}” is no edition that can be read back.`,
          undefined,
          'Name a .md, .pdf, .docx, .csv or .json file, or a folder.',
        ),
      );
    report(referenceMissing(path));
    return { path, id: null, canonical: null, editions: [], diagnostics };
  }
  const seals = await sealsIn(folder, names, operations);
  const editions: VerifiedEdition[] = [
    {
      edition: 'json',
      files: [sealed(join(folder, reference.name), reference.bytes, seals, report)],
      verdict: { result: 'reference' },
    },
  ];
  if (found) editions.push(await verifyOne(folder, names, found, reference, seals, report, operations));
  return { path, id: reference.id, canonical: canonicalOf(reference.flat), editions, diagnostics };
}

async function verifyOne(
  folder: string,
  names: readonly string[],
  { edition, stem }: { readonly edition: string; readonly stem: string },
  reference: Reference,
  seals: Seals | null,
  report: (found: Diagnostic) => void,
  operations: Operations,
): Promise<VerifiedEdition> {
  const files = new Map<string, Uint8Array>();
  for (const ending of endings[edition] ?? [])
    if (names.includes(stem + ending))
      files.set(ending, await readInput(join(folder, stem + ending), operations));
  const verdict = await verifyEdition(reference.flat, edition, files);
  const first = join(folder, stem + (endings[edition]?.[0] ?? ''));
  const found = diagnosticOf(verdict, `“${first}”`, true);
  if (found) report(found);
  return { edition, files: filesOf(folder, stem, files, seals, report), verdict };
}

const filesOf = (
  folder: string,
  stem: string,
  files: EditionFiles,
  seals: Seals | null,
  report: (found: Diagnostic) => void,
): VerifiedFile[] =>
  [...files].map(([ending, bytes]) => sealed(join(folder, stem + ending), bytes, seals, report));

// ------------------------------------------------------------------------------------------------ the manifest

/** The hashes of a folder's manifest by the names of the files. */
type Seals = ReadonlyMap<string, string>;

/** Null where there is no manifest. */
async function sealsIn(
  folder: string,
  names: readonly string[],
  operations: Operations,
): Promise<Seals | null> {
  const manifest = await manifestIn(folder, names, operations);
  return manifest === null ? null : listIn(manifest, 'files', 'file', 'sha256');
}

/** A folder's manifest as it stands; null where there is none, or nothing that could be one. */
async function manifestIn(
  folder: string,
  names: readonly string[],
  operations: Operations,
): Promise<unknown> {
  if (!names.includes('manifest.json')) return null;
  const bytes = await readInput(join(folder, 'manifest.json'), operations);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** Of the entries of a list in a manifest one field by another, where both are words. */
function listIn(manifest: unknown, list: string, key: string, field = key): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const entries = fieldOf(manifest, list);
  for (const entry of Array.isArray(entries) ? (entries as readonly unknown[]) : []) {
    const [name, value] = [fieldOf(entry, key), fieldOf(entry, field)];
    if (typeof name === 'string' && typeof value === 'string') found.set(name, value);
  }
  return found;
}

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;

function sealed(
  path: string,
  bytes: Uint8Array,
  seals: Seals | null,
  report: (found: Diagnostic) => void,
): VerifiedFile {
  const sha256 = hashOf(bytes);
  const listed = seals?.get(basename(path));
  const seal: Seal = listed === undefined ? 'unlisted' : listed === sha256 ? 'as built' : 'altered';
  if (seal === 'altered')
    report(diagnose('edition-altered', `“${path}” is not the file whose hash the manifest has.`));
  return { path, sha256, seal };
}
