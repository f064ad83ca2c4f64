/** `<id>.fidelity.json`: what the proof of a document has found. It bears no date: the same build gives the same bytes. */
import { createHash } from 'node:crypto';
import type { Canonical } from './canonical.js';
import type { Normalisation } from './allowed.js';
import type { EditionFiles, Verdict } from './index.js';

/** What was found of one edition. */
export interface Proven {
  readonly edition: string;
  readonly files: EditionFiles;
  readonly verdict: Verdict;
}

/** What `engross build --verify` found of a document. */
export interface Fidelity {
  readonly canonical: Canonical;
  readonly editions: readonly Proven[];
}

/** What follows the document's id in the record's name. */
export const recordEnding = '.fidelity.json';

/** The record as it is written. */
export function writeRecord(id: string, { canonical, editions }: Fidelity): Uint8Array {
  const record = {
    version: 1,
    id,
    canonical,
    editions: editions.map(({ edition, files, verdict }) => ({
      edition,
      ...asJson(verdict),
      files: [...files].map(([ending, bytes]) => ({ file: id + ending, sha256: hashOf(bytes) })),
    })),
  };
  return new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`);
}

/** A record as it is read back, of editions that were found equal. */
export interface RecordRead {
  readonly id: string;
  readonly canonical: Canonical;
  readonly editions: readonly {
    readonly edition: string;
    readonly result: Verdict['result'];
    readonly normalisations: readonly Normalisation[];
    readonly files: readonly { readonly file: string; readonly sha256: string }[];
  }[];
}

/** Reads a record back; null for anything that is not one of this version's. */
export function readRecord(bytes: Uint8Array): RecordRead | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  if (!('version' in value && value.version === 1 && 'editions' in value && Array.isArray(value.editions)))
    return null;
  const isEdition = (one: unknown) =>
    typeof one === 'object' && one !== null && 'files' in one && Array.isArray(one.files);
  if (!value.editions.every(isEdition)) return null;
  // We wrote it; what a caller relies on it compares.
  return value as unknown as RecordRead;
}

/** Whether a record is a proof of these very files: each that it names is among them, with the same hash. */
export function isOfFiles(
  bytes: Uint8Array,
  files: readonly { readonly file: string; readonly sha256: string }[],
): boolean {
  const hashes = new Map(files.map(({ file, sha256 }) => [file, sha256]));
  const named = readRecord(bytes)?.editions.flatMap((edition) => edition.files);
  return (
    named !== undefined && named.length > 0 && named.every(({ file, sha256 }) => hashes.get(file) === sha256)
  );
}

/** SHA-256 in lower-case hexadecimal. */
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A verdict as data. */
export function asJson(verdict: Verdict): object {
  switch (verdict.result) {
    case 'equal':
      return { result: 'equal', normalisations: verdict.allowed };
    case 'different': {
      const { count, differences, allowed } = verdict;
      return { result: 'different', normalisations: allowed, count, differences };
    }
    case 'unreadable':
      return { result: 'unreadable', reason: verdict.reason };
    case 'unverified':
      return { result: 'unverified', package: verdict.package };
    default:
      throw new Error(`unknown verdict: ${JSON.stringify(verdict satisfies never)}`);
  }
}
