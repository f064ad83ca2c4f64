/**
 * Engross as a library.
 *
 *     import { read, render } from 'engross';
 *     const { document } = await read(bytes, { file: 'communique.txt' });
 *     const files = await render(document, ['pdf', 'json']);
 *
 * Nothing here writes to the disk.
 */
import type { Diagnostic, Document } from './document.js';
import type { Context, Edition } from './editions/edition.js';
import { editionNamed, editionNames, filesOf } from './editions/index.js';
import { openShelves, packageVersion } from './files.js';
import { loadTemplate } from './template.js';

export type * from './document.js';
export { callsByFootnote, callsOf, regions, textNodes, textOf } from './document.js';
export type { Context, Edition, Files } from './editions/edition.js';
export { editionNames } from './editions/index.js';
export type { Account, Reading, ReadOptions } from './read/index.js';
export { read } from './read/index.js';
export type { Code, PrintOptions, Where } from './report.js';
export { print, Refusal } from './report.js';
export type { Strings, Template } from './template.js';

/** How a document is to be rendered. */
export interface RenderOptions {
  /** A shipped template's name (`default`, `letter`), the path of a .json file, or a template already loaded. */
  readonly template?: string | Context['template'];
  /** `YYYY-MM-DD`: the date that files bear where the document has none; else they bear 1980-01-01. */
  readonly buildDate?: string;
  /** Takes a diagnostic about something that an edition can't carry; without it such are dropped. */
  readonly warn?: (diagnostic: Diagnostic) => void;
}

/** The editions, by the name that `--editions` takes: `editions.pdf()` loads that one. */
export const editions: Readonly<Record<string, () => Promise<Edition>>> = Object.fromEntries(
  editionNames.map((name) => [name, () => editionNamed(name)]),
);

/**
 * Renders editions of a document.
 * @param names of `editionNames`
 * @returns the bytes of each file by its name: `<id>.pdf`, `<id>.csv`, `<id>.footnotes.csv` …
 * @throws Refusal for an unknown edition or template, or where an edition can't carry the document
 */
export async function render(
  document: Document,
  names: readonly string[],
  options: RenderOptions = {},
): Promise<Map<string, Uint8Array>> {
  const shelves = openShelves();
  const { template = 'default', buildDate = null, warn = () => undefined } = options;
  const context = {
    template: typeof template === 'string' ? await loadTemplate(template, shelves.template) : template,
    version: packageVersion(),
    buildDate,
    font: shelves.font,
    asset: shelves.asset,
    warn,
  };
  const files = new Map<string, Uint8Array>();
  for (const name of names)
    for (const [ending, bytes] of await filesOf(await editionNamed(name), document, context))
      files.set(document.id + ending, bytes);
  return files;
}

/**
 * Loads a template by the name of a shipped one, or by the path of a .json file.
 * @throws Refusal for a template that isn't there or says what may not be said
 */
export const template = (name = 'default'): Promise<Context['template']> =>
  loadTemplate(name, openShelves().template);
