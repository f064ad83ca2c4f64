/**
 * The list of editions. To add one: write its file beside this one (it exports `edition`), add its line here.
 * The contract tests then run on it by themselves.
 */
import type { Document } from '../document.js';
import { diagnose, nearest, Refusal } from '../report.js';
import type { Context, Edition, Files } from './edition.js';

export const shelf: Readonly<Record<string, () => Promise<{ readonly edition: Edition }>>> = {
  md: () => import('./markdown.js'),
  pdf: () => import('./pdf.js'),
  docx: () => import('./docx.js'),
  csv: () => import('./csv.js'),
  json: () => import('./json.js'),
};

/** The names of the editions, in the order of the shelf. */
export const editionNames: readonly string[] = Object.keys(shelf);

/** @throws Refusal where the shelf has no edition of this name */
export async function editionNamed(name: string): Promise<Edition> {
  return (await takerOf(name)()).edition;
}

/** @throws Refusal where the shelf has no edition of one of these names */
export function refuseUnknown(names: readonly string[]): void {
  for (const name of names) takerOf(name);
}

function takerOf(name: string): () => Promise<{ readonly edition: Edition }> {
  const take = Object.hasOwn(shelf, name) ? shelf[name] : undefined;
  if (take) return take;
  throw new Refusal(
    diagnose('edition-unknown', `There is no edition “${name}”${nearest(name, editionNames) || '.'}`),
  );
}

/**
 * Renders an edition, which may carry another one inside.
 * @returns the bytes of each file by what follows the document's id in its name
 * @throws Refusal where the edition can't carry the document
 */
export async function filesOf(
  edition: Edition,
  document: Document,
  given: Omit<Context, 'other'>,
): Promise<Files> {
  const context: Context = { ...given, other: (name) => bytesOf(name, document, context) };
  const result = await edition.render(document, context);
  return result instanceof Uint8Array ? new Map([[edition.extension, result]]) : result;
}

async function bytesOf(name: string, document: Document, context: Context): Promise<Uint8Array> {
  const made = await (await editionNamed(name)).render(document, context);
  if (!(made instanceof Uint8Array)) throw new Error(`“${name}” is no edition of a single file`);
  return made;
}
