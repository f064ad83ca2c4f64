/** What a committed edition says otherwise than the one that its source gives now: for `engross build --check`. */
import { unzipSync } from 'fflate';
import type { Document } from '../document.js';
import { counted, lineOf } from './findings.js';
import { verifyEdition, type EditionFiles } from './index.js';
import { quoted } from './compare/words.js';
import { flatOfDocument } from './reference.js';
import { hashOf } from './record.js';

/**
 * The first difference, in words where the words differ.
 * @param old the edition's files as they stand there, by what follows the document's id in their names
 * @param made the same as they were just made
 * @returns a sentence without its stop
 */
export async function differenceOf(
  document: Document,
  edition: string,
  old: EditionFiles,
  made: EditionFiles,
): Promise<string> {
  const verdict = await verifyEdition(flatOfDocument(document), edition, old);
  switch (verdict.result) {
    case 'different': {
      const [first] = verdict.differences;
      const more = verdict.count > 1 ? `; the first of ${counted(verdict.count, 'difference')}` : '';
      return `${first ? lineOf(first) : ''}${more}`;
    }
    case 'unreadable':
      return `it can’t be read (${verdict.reason})`;
    case 'unverified':
      return `its words were not compared, for ${verdict.package} is not installed`;
    case 'equal':
      return `its words are the same; ${besidesWords(edition, old, made)}`;
    default:
      throw new Error(`unknown verdict: ${JSON.stringify(verdict satisfies never)}`);
  }
}

function besidesWords(edition: string, old: EditionFiles, made: EditionFiles): string {
  if (edition === 'pdf') return 'its look or its metadata differ';
  for (const [ending, bytes] of made) {
    const other = old.get(ending);
    if (!other || hashOf(other) === hashOf(bytes)) continue;
    return edition === 'docx' ? differingPart(other, bytes) : differingLine(other, bytes);
  }
  return 'a file of it is missing';
}

/** Of two ZIP files, what the first one has otherwise. */
function differingPart(old: Uint8Array, made: Uint8Array): string {
  const [before, now] = [unzipSync(old), unzipSync(made)];
  const names = [...new Set([...Object.keys(now), ...Object.keys(before)])];
  const part = names.find((name) => {
    const [one, other] = [before[name], now[name]];
    return !one || !other || hashOf(one) !== hashOf(other);
  });
  return part === undefined ? 'its parts are packed otherwise' : `its part ${part} differs`;
}

/** How much of a line is shown before the place, and in all. */
const [before, shown] = [20, 60];

/**
 * Of two texts, the first line that differs.
 * @returns `line 27: expected “open”, got “opened”`, or where they are no texts, that they differ
 */
export function differingLine(old: Uint8Array, made: Uint8Array): string {
  const [is, wanted] = [linesOf(old), linesOf(made)];
  if (is === null || wanted === null) return 'it is no text in UTF-8';
  const index = wanted.findIndex((line, at) => line !== is[at]);
  if (index < 0)
    return `line ${wanted.length + 1}: expected nothing, got ${quoted([is[wanted.length] ?? ''])}`;
  const [one, other] = [wanted[index] ?? '', is[index]];
  if (other === undefined) return `line ${index + 1}: expected ${excerpt(one, 0)}, got nothing`;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return `line ${index + 1}: expected ${excerpt(one, at)}, got ${excerpt(other, at)}`;
}

const excerpt = (line: string, at: number): string => {
  const from = Math.max(0, at - before);
  return quoted([`${from > 0 ? '…' : ''}${line.slice(from, from + shown)}`]);
};

function linesOf(bytes: Uint8Array): readonly string[] | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).split('\n');
  } catch {
    return null;
  }
}
