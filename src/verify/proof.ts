/** The proof of what a build has made, before any of it is written: an edition that is not faithful is not published. */
import type { Diagnostic, Document } from '../document.js';
import { canonicalOf } from './canonical.js';
import { diagnosticOf } from './findings.js';
import { verifyEdition } from './index.js';
import type { Fidelity, Proven } from './record.js';
import { flatOfDocument } from './reference.js';

export type { Fidelity } from './record.js';
export { recordEnding, writeRecord } from './record.js';

/** A file that a build has made. */
interface File {
  /** Its name: the document's id and what the edition adds. */
  readonly file: string;
  readonly edition: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads every edition back.
 * @param report takes a diagnostic for each edition that is not proven
 */
export async function prove(
  document: Document,
  made: readonly File[],
  report: (found: Diagnostic) => void,
): Promise<Fidelity> {
  const flat = flatOfDocument(document);
  const byEdition = new Map<string, Map<string, Uint8Array>>();
  for (const { file, edition, bytes } of made) {
    const files = byEdition.get(edition) ?? new Map<string, Uint8Array>();
    byEdition.set(edition, files.set(file.slice(document.id.length), bytes));
  }
  const editions: Proven[] = [];
  for (const [edition, files] of byEdition) {
    const verdict = await verifyEdition(flat, edition, files);
    const found = diagnosticOf(verdict, `The ${edition} edition`, false);
    if (found) report(found);
    editions.push({ edition, files, verdict });
  }
  return { canonical: canonicalOf(flat), editions };
}

/** Whether an edition may be published: it says what the document says, or could not be looked at. */
export const isFaithful = ({ editions }: Fidelity, edition: string): boolean =>
  editions.every(
    (one) => one.edition !== edition || one.verdict.result === 'equal' || one.verdict.result === 'unverified',
  );
