/** What `engross verify` says: a table of the editions of each document, and below it their differences. */
import type { Diagnostic } from '../document.js';
import { print, thousands, visible } from '../report.js';
import { counted, lineOf } from '../verify/findings.js';
import type { VerifiedDocument, VerifiedEdition } from '../verify/published.js';
import { asJson } from '../verify/record.js';

/** How many differences of one edition are printed; `--json` has a hundred. */
const most = 10;

/** A document's table. */
export function verificationResult({ path, canonical, editions }: VerifiedDocument): string {
  if (!canonical) return `${visible(path)}: not verified\n`;
  const { words, labels, notes, calls, sha256 } = canonical;
  const sums = [
    counted(labels, 'label'),
    counted(words, 'word'),
    counted(notes, 'note'),
    counted(calls, 'call'),
  ].join(', ');
  const longest = Math.max(...editions.map(({ edition }) => edition.length));
  const lines = [`${path}: ${sums}`, `  ${'text'.padEnd(longest)}  ${sha256}`];
  for (const edition of editions) {
    lines.push(`  ${edition.edition.padEnd(longest)}  ${verdictOf(edition)}${sealOf(edition)}`);
    if (!('differences' in edition.verdict)) continue;
    for (const one of edition.verdict.differences.slice(0, most)) lines.push(`    ${lineOf(one)}`);
    const rest = edition.verdict.count - Math.min(most, edition.verdict.differences.length);
    if (rest > 0) lines.push(`    … and ${thousands(rest)} more`);
  }
  return lines.map((line) => `${visible(line)}\n`).join('');
}

function verdictOf({ verdict }: VerifiedEdition): string {
  switch (verdict.result) {
    case 'reference':
      return 'the document, with which the others are compared';
    case 'equal':
      return 'equal';
    case 'different':
      return counted(verdict.count, 'difference');
    case 'unreadable':
      return `can’t be read back: ${verdict.reason}`;
    case 'unverified':
      return `not verified: ${verdict.package} is not installed`;
    default:
      throw new Error(`unknown verdict: ${JSON.stringify(verdict satisfies never)}`);
  }
}

/** What the manifest says, where that is not simply that the files are those that were built. */
function sealOf({ files }: VerifiedEdition): string {
  if (files.some((file) => file.seal === 'altered')) return '; not the file that was built';
  return files.some((file) => file.seal === 'unlisted') ? '; in no manifest' : '';
}

/** A document's diagnostics as a person reads them. */
export const verificationMessages = ({ diagnostics }: VerifiedDocument, colour: boolean): string =>
  diagnostics.map((diagnostic: Diagnostic) => `${print(diagnostic, { colour })}\n`).join('');

/** All of it in one line. */
export function verificationSummary(documents: readonly VerifiedDocument[]): string {
  const editions = documents.flatMap((document) => document.editions);
  const sums = (
    [
      ['equal', 'equal'],
      ['different', 'different'],
      ['unreadable', 'unreadable'],
      ['unverified', 'not verified'],
    ] as const
  )
    .map(
      ([result, words]) =>
        [editions.filter(({ verdict }) => verdict.result === result).length, words] as const,
    )
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${thousands(count)} ${words}`);
  const altered = editions.flatMap(({ files }) => files).filter(({ seal }) => seal === 'altered').length;
  if (altered > 0) sums.push(`${counted(altered, 'file')} altered`);
  return `${counted(documents.length, 'document')}; editions: ${sums.join(', ') || 'none but the JSON'}\n`;
}

/** The verification as `--json` prints it. */
export const verificationAsJson = (documents: readonly VerifiedDocument[]): object => ({
  documents: documents.map(({ path, id, canonical, editions, diagnostics }) => ({
    path,
    id,
    canonical,
    editions: editions.map(({ edition, files, verdict }) => ({
      edition,
      ...(verdict.result === 'reference' ? { result: 'reference' } : asJson(verdict)),
      files,
    })),
    diagnostics,
  })),
});
