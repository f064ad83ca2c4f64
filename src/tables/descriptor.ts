/**
 * `datapackage.json`: the folder-wide tables described for programs, by the Frictionless Data Package standard, version
 * 2 (datapackage.org), with what tools of version 1 look for. It bears no date: the same tables give the same bytes.
 */
import { tables, type Column, type Table, type TableName } from './columns.js';

/** What a table's file is. */
export interface TableFile {
  readonly name: TableName;
  readonly sha256: string;
  readonly bytes: number;
}

/** The part of each table that one document has. */
export interface Share {
  readonly id: string;
  /** The hash of everything that its rows depend on. */
  readonly from: string;
  /** The lengths of its rows in each table. */
  readonly bytes: Readonly<Record<TableName, number>>;
}

export interface Descriptor {
  readonly files: readonly TableFile[];
  readonly shares: readonly Share[];
  /** What a person has added: the licence, the title, who made it. */
  readonly stated: Readonly<Record<string, unknown>>;
}

export const descriptorFile = 'datapackage.json';
export const tableFile = (name: TableName): string => `${name}.csv`;

/** What is known of no text, and so is a person's to say: it is kept. */
const peoples = [
  'id',
  'title',
  'description',
  'homepage',
  'version',
  'contributors',
  'keywords',
  'image',
  'licenses',
  'sources',
] as const;

const shares = 'engross:documents';

/** A descriptor as it is written. */
export function writeDescriptor(descriptor: Descriptor): Uint8Array {
  const value = {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    profile: 'tabular-data-package',
    name: 'official-documents',
    ...descriptor.stated,
    resources: tables.map((table) => resource(table, descriptor.files)),
    [shares]: descriptor.shares,
  };
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

function resource(table: Table, files: readonly TableFile[]): object {
  const { sha256, bytes } = files.find(({ name }) => name === table.name) ?? { sha256: '', bytes: 0 };
  return {
    name: table.name,
    type: 'table',
    profile: 'tabular-data-resource',
    title: table.title,
    description: table.description,
    path: tableFile(table.name),
    scheme: 'file',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    bytes,
    hash: `sha256:${sha256}`,
    dialect: { delimiter: ',', lineTerminator: '\n', quoteChar: '"', doubleQuote: true, header: true },
    schema: {
      fields: table.columns.map(field),
      missingValues: [''],
      primaryKey: table.primaryKey,
      ...(table.uniqueKeys.length > 0 && { uniqueKeys: table.uniqueKeys }),
      ...(table.foreignKeys.length > 0 && { foreignKeys: table.foreignKeys }),
    },
  };
}

function field({ name, type, description, empty, missing, constraints }: Column): object {
  const states =
    empty === undefined ? '' : ` ${missing === undefined ? 'Empty' : `“${missing}”`} where ${empty}.`;
  return {
    name,
    type,
    description: description + states,
    ...(missing !== undefined && { missingValues: ['', missing] }),
    constraints: { required: empty === undefined, ...constraints },
  };
}

/** Reads a descriptor back; null for anything that is not one of ours. What a person added is in it all the same. */
export function readDescriptor(bytes: Uint8Array | null): Descriptor | null {
  const value = parsed(bytes);
  if (value === null) return null;
  const stated = Object.fromEntries(
    peoples.filter((key) => value[key] !== undefined).map((key) => [key, value[key]]),
  );
  const resources = listOf(value['resources']);
  const files = tables.flatMap(({ name }): TableFile[] => {
    const found = resources.find((one) => one['name'] === name);
    const [hash, length] = [found?.['hash'], found?.['bytes']];
    return typeof hash === 'string' && typeof length === 'number'
      ? [{ name, sha256: hash.replace(/^sha256:/, ''), bytes: length }]
      : [];
  });
  // We wrote them; where somebody else did, their hashes or lengths don't fit and nothing is taken from them.
  return { files, shares: listOf(value[shares]) as unknown as Share[], stated };
}

function parsed(bytes: Uint8Array | null): Readonly<Record<string, unknown>> | null {
  if (bytes === null) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
