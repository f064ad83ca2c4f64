/**
 * The proof: published bytes read back by code that shares nothing with their writers, and compared with the document in
 * order, label for label, word for word, call for call.
 */
import type { EditionName, Normalisation } from './allowed.js';
import { manners, normalisations, withoutPins } from './allowed.js';
import { compare, withDerived, type Compared, type Difference } from './compare.js';
import type { Flat } from './flat.js';
import { PackageMissing, Unreadable } from './flat.js';

export { canonicalOf, canonicalText } from './canonical.js';
export type { Difference } from './compare.js';
export type { Flat } from './flat.js';
export { flatOfDocument } from './reference.js';

/** What became of an edition. */
export type Verdict =
  | {
      readonly result: 'equal';
      readonly allowed: readonly Normalisation[];
    }
  | {
      readonly result: 'different';
      readonly allowed: readonly Normalisation[];
      /** How many; `differences` holds the first hundred. */
      readonly count: number;
      readonly differences: readonly Difference[];
    }
  /** It can't be read at all: damaged, or nothing that this edition would be. */
  | { readonly result: 'unreadable'; readonly reason: string }
  /** It was not looked at, for a package is not installed. */
  | { readonly result: 'unverified'; readonly package: string };

/** The files of an edition by what follows the document's id in their names (`.csv`, `.footnotes.csv`). */
export type EditionFiles = ReadonlyMap<string, Uint8Array>;

/**
 * Reads an edition back and compares it with the document.
 * @param name an edition of the shelf
 */
export async function verifyEdition(document: Flat, name: string, files: EditionFiles): Promise<Verdict> {
  if (!isKnown(name)) return { result: 'unreadable', reason: `there is no reader for the edition “${name}”` };
  try {
    const compared = await comparedBy(document, name, files);
    const allowed = namesOf(compared);
    if (compared.count === 0) return { result: 'equal', allowed };
    return { result: 'different', allowed, count: compared.count, differences: compared.differences };
  } catch (error) {
    if (error instanceof Unreadable) return { result: 'unreadable', reason: error.message };
    if (error instanceof PackageMissing) return { result: 'unverified', package: error.package };
    throw error;
  }
}

const isKnown = (name: string): name is EditionName => Object.hasOwn(manners, name);

async function comparedBy(document: Flat, name: EditionName, files: EditionFiles): Promise<Compared> {
  const file = (ending: string): Uint8Array => {
    const bytes = files.get(ending);
    if (bytes === undefined) throw new Unreadable(`its file *${ending} is not there`);
    return bytes;
  };
  const manner = manners[name];
  switch (name) {
    case 'json':
      return compare(document, (await import('./json.js')).readJson(file('.json')).flat, manner);
    case 'md': {
      const { flat, hasPins } = await (await import('./markdown.js')).readMarkdown(file('.md'));
      return compare(document, flat, hasPins ? manner : withoutPins);
    }
    case 'docx':
      return compare(document, (await import('./docx.js')).readDocx(file('.docx')), manner);
    case 'pdf':
      return compare(document, await (await import('./pdf.js')).readPdf(file('.pdf')), manner);
    case 'csv':
      return comparedCsv(document, file('.csv'), file('.footnotes.csv'));
    default:
      throw new Error(`unknown edition: ${String(name satisfies never)}`);
  }
}

/** The tables don't say whether they are guarded: where the guard taken off leaves differences, it may never have been on. */
async function comparedCsv(document: Flat, rows: Uint8Array, notes: Uint8Array): Promise<Compared> {
  const { readCsv } = await import('./csv.js');
  const compared = (guarded: boolean): Compared => {
    const { flat, derivedFrom } = readCsv(rows, notes, guarded);
    return withDerived(compare(document, flat, manners.csv), derivedFrom(document));
  };
  const guarded = compared(true);
  if (guarded.count === 0) return { ...guarded, allowed: new Set([...guarded.allowed, 'formula-guard']) };
  const raw = compared(false);
  return raw.count < guarded.count ? raw : guarded;
}

/** In the order of the table. */
const namesOf = ({ allowed }: Compared): Normalisation[] =>
  (Object.keys(normalisations) as Normalisation[]).filter((name) => allowed.has(name));
