/**
 * The list of editions. To add one: write its file beside this one (it exports `edition`), add its line here.
 * The contract tests then run on it by themselves.
 */
import type { Document } from '../document.js';
import type { Context, Edition } from './edition.js';

export const shelf: Readonly<Record<string, () => Promise<{ readonly edition: Edition }>>> = {
  md: () => import('./markdown.js'),
  pdf: () => import('./pdf/edition.js'),
  docx: () => import('./docx/edition.js'),
  csv: () => import('./csv.js'),
  json: () => import('./json.js'),
};

/** The bytes of an edition that is one file, for another edition that carries it inside. */
export async function bytesOf(name: string, document: Document, context: Context): Promise<Uint8Array> {
  const made = await (await shelf[name]?.())?.edition.render(document, context);
  if (!(made instanceof Uint8Array)) throw new Error(`“${name}” is no edition of a single file`);
  return made;
}

export const editionNames: readonly string[] = Object.keys(shelf);
