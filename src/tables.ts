/**
 * The tables of a whole output folder, for programs: `documents.csv`, `paragraphs.csv` and `footnotes.csv`, with
 * `datapackage.json`, which describes them. They are the union of the documents that stand in the folder, as
 * `manifest.json` is, and are made of what was published: each document's CSV edition and its manifest. So it doesn't
 * matter which of the documents a build has made, nor in how many builds or on how many machines.
 *
 * The descriptor says what each document's rows were made of and how long they are. Where that is still so the rows are
 * taken over as they stand; two folders are joined by handing both their rows to `makeTables`.
 */
import type { Manifest } from './manifest.js';
import { sha256 } from './manifest.js';
import { diagnose, Refusal } from './report.js';
import { headOf, tables, type TableName } from './tables/columns.js';
import { descriptorFile, readDescriptor, tableFile, writeDescriptor } from './tables/descriptor.js';
import type { Share } from './tables/descriptor.js';
import type { Known, Slices } from './tables/rows.js';

export { tables } from './tables/columns.js';

/** What the tables need to know of a document: its manifest, or as much of one. */
export interface Described extends Pick<Manifest, 'id' | 'generator' | 'source' | 'files'> {
  readonly found: Known['found'] | null;
}

/** The bytes of a file by its path below the output folder; null where there is none. */
export type ReadPublished = (path: string) => Promise<Uint8Array | null>;

/** The tables that stand in an output folder. */
export interface Standing {
  /** The rows of each document by its id, and what they were made of. */
  readonly rows: ReadonlyMap<string, { readonly from: string; readonly slices: Slices }>;
  /** What a person has added to the descriptor. */
  readonly stated: Readonly<Record<string, unknown>>;
  /** The files by their names, where all are as they were written. */
  readonly files: ReadonlyMap<string, { readonly bytes: Uint8Array; readonly sha256: string }>;
}

/** A file of the tables. */
export interface TableMade {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** That very file stands there already. */
  readonly stands: boolean;
}

/** Reads the tables of an output folder; those that are not as they were written count for nothing. */
export async function readTables(read: ReadPublished): Promise<Standing> {
  const bytes = await read(descriptorFile);
  const descriptor = readDescriptor(bytes);
  const nothing = { rows: new Map(), stated: descriptor?.stated ?? {}, files: new Map() };
  if (bytes === null || descriptor?.files.length !== tables.length) return nothing;
  const whole = new Map<TableName, Uint8Array>();
  const files = new Map([[descriptorFile, { bytes, sha256: sha256(bytes) }]]);
  for (const file of descriptor.files) {
    const table = await read(tableFile(file.name));
    if (table?.length !== file.bytes || sha256(table) !== file.sha256) return nothing;
    whole.set(file.name, table);
    files.set(tableFile(file.name), { bytes: table, sha256: file.sha256 });
  }
  return { rows: rowsIn(whole, descriptor.shares), stated: descriptor.stated, files };
}

function rowsIn(whole: ReadonlyMap<TableName, Uint8Array>, shares: readonly Share[]): Standing['rows'] {
  const at = new Map(tables.map(({ name, columns }) => [name, headOf(columns).length]));
  const rows = new Map<string, { from: string; slices: Slices }>();
  for (const { id, from, bytes } of shares) {
    const take = (name: TableName): Uint8Array => {
      const start = at.get(name) ?? 0;
      at.set(name, start + bytes[name]);
      return whole.get(name)?.subarray(start, start + bytes[name]) ?? new Uint8Array();
    };
    rows.set(id, {
      from,
      slices: {
        documents: take('documents'),
        paragraphs: take('paragraphs'),
        footnotes: take('footnotes'),
      },
    });
  }
  return rows;
}

/**
 * Makes the tables of documents.
 * @param manifests of all documents; those without a CSV edition are in no table
 * @param standing tables to take rows from, of this folder first
 * @returns the files in the order in which they are to be written: the descriptor comes last, for it vouches for the rest
 * @throws Refusal (`table-incomplete`) where a document's CSV edition is not the one that its manifest lists
 */
export async function makeTables(
  manifests: readonly Described[],
  read: ReadPublished,
  standing: readonly Standing[],
): Promise<readonly TableMade[]> {
  const documents = manifests
    .filter((manifest) => filesOf(manifest) !== null)
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const shares: Share[] = [];
  const parts = new Map(tables.map(({ name, columns }) => [name, [headOf(columns)]]));
  for (const manifest of documents) {
    const from = dependenciesOf(manifest);
    const known = standing.map(({ rows }) => rows.get(manifest.id)).find((rows) => rows?.from === from);
    const slices = known?.slices ?? (await freshSlices(manifest, read));
    for (const [name, list] of parts) list.push(slices[name]);
    const { documents, paragraphs, footnotes } = slices;
    const bytes = {
      documents: documents.length,
      paragraphs: paragraphs.length,
      footnotes: footnotes.length,
    };
    shares.push({ id: manifest.id, from, bytes });
  }
  const own = standing[0];
  const made = (file: string, bytes: Uint8Array): TableMade => {
    const hash = sha256(bytes);
    return { file, bytes, sha256: hash, stands: own?.files.get(file)?.sha256 === hash };
  };
  // Where every document's rows stand there already, in this order and no others, so do the tables.
  const ids = [...(own?.rows.keys() ?? [])];
  const allStand =
    ids.length === shares.length &&
    shares.every(({ id, from }, index) => ids[index] === id && own?.rows.get(id)?.from === from);
  const files = [...parts].map(([name, list]): TableMade => {
    const file = tableFile(name);
    const table = allStand ? own?.files.get(file) : undefined;
    return table ? { file, ...table, stands: true } : made(file, joined(list));
  });
  const described = tables.map(({ name }, index) => {
    const { sha256: hash = '', bytes = new Uint8Array() } = files[index] ?? {};
    return { name, sha256: hash, bytes: bytes.length };
  });
  const stated = own?.stated ?? {};
  return [...files, made(descriptorFile, writeDescriptor({ files: described, shares, stated }))];
}

const joined = (parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

const columns = JSON.stringify(tables.map((table) => table.columns.map(({ name }) => name)));

/** The hash of everything that a document's rows depend on: its CSV edition, its metadata, and the columns. */
function dependenciesOf({ found, source, files }: Described): string {
  const hashes = files.filter(({ edition }) => edition === 'csv').map((file) => file.sha256);
  return sha256(
    JSON.stringify([columns, found?.date, found?.document, found?.formulasEscaped, source, hashes]),
  );
}

/** A document's two files of the CSV edition; null where its manifest doesn't list both. */
function filesOf({ id, files }: Described): { paragraphs: Listed; footnotes: Listed } | null {
  const paragraphs = files.find(({ file }) => file === `${id}.csv`);
  const footnotes = files.find(({ file }) => file === `${id}.footnotes.csv`);
  return paragraphs && footnotes ? { paragraphs, footnotes } : null;
}

type Listed = Manifest['files'][number];

async function freshSlices(manifest: Described, read: ReadPublished): Promise<Slices> {
  const listed = filesOf(manifest);
  const bytes = async (file: Listed | undefined): Promise<Uint8Array> => {
    const path = `${manifest.id}/${file?.file ?? ''}`;
    const found = await read(path);
    if (found && sha256(found) === file?.sha256) return found;
    throw incomplete(`“${path}” is ${found ? 'not the file that its manifest lists' : 'missing'}`);
  };
  if (manifest.found === null)
    throw incomplete(`the manifest of “${manifest.id}”, by ${manifest.generator}, says too little of it`);
  const { slicesOf } = await import('./tables/rows.js');
  const { id, source, found } = manifest;
  return slicesOf({ id, source, found }, await bytes(listed?.paragraphs), await bytes(listed?.footnotes));
}

const incomplete = (why: string): Refusal =>
  new Refusal(diagnose('table-incomplete', `The tables of the whole folder can’t be made: ${why}.`));
