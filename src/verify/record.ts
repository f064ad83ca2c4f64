/** `<id>.fidelity.json`: what the proof of a document has found. It bears no date: the same build gives the same bytes. */
import { createHash } from 'node:crypto';
import type { Canonical } from './canonical.js';
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
