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
import { isShipped, openShelves, packageVersion, type Shelves } from './files.js';
import type { Reading } from './read/index.js';
import { diagnose, Refusal } from './report.js';
import type { Described } from './tables.js';
import { loadTemplate } from './template.js';
import type { Verdict } from './verify/index.js';

export type {
  Attachment,
  Block,
  CalledAt,
  CallInText,
  Diagnostic,
  DocDate,
  DocNumber,
  DocTitle,
  Document,
  Emphasis,
  Footnote,
  Furniture,
  Heading,
  Inline,
  Leaf,
  NoteCall,
  Paragraph,
  Place,
  Placed,
  Region,
  Role,
  Severity,
  Signature,
  Source,
  Span,
  Subtitle,
  Table,
  TableCell,
  TableRow,
  Text,
  TextNode,
} from './document.js';
export { callsByFootnote, callsOf, regions, textNodes, textOf } from './document.js';
export type { Context, Edition, Files } from './editions/edition.js';
export type * from './editions/json/contract.js';
export { editionNames } from './editions/index.js';
export type { Account, Reading, ReadOptions } from './read/index.js';
export { read } from './read/index.js';
export type { Code, PrintOptions, Where } from './report.js';
export { accountLine, print, Refusal } from './report.js';
export type { Strings, Template } from './template.js';
export type { Difference, Verdict } from './verify/index.js';

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
  const { template = 'default', buildDate = null, warn = () => undefined } = options;
  const shelves = typeof template === 'string' && isShipped(template) ? shippedOnes() : openShelves();
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

let shelvesOfShipped: Shelves | undefined;

/** Shelves for the templates that ship with Engross, whose fonts are read once for all that is rendered. */
const shippedOnes = (): Shelves => (shelvesOfShipped ??= openShelves());

/**
 * Loads a template by the name of a shipped one, or by the path of a .json file.
 * @throws Refusal for a template that isn't there or says what may not be said
 */
export const template = (name = 'default'): Promise<Context['template']> =>
  loadTemplate(name, openShelves().template);

/**
 * Reads files back and compares them with the document, word for word, as `engross verify` does.
 * @param files the bytes of editions by their names, as `render` gives them
 * @param reference the document, or the bytes of its JSON edition
 * @returns what became of each edition among the files, by its name; to read a PDF the package pdfjs-dist is needed
 * @throws Refusal (`edition-unreadable`) where the reference is no JSON edition
 */
export async function verify(
  files: ReadonlyMap<string, Uint8Array>,
  reference: Document | Uint8Array,
): Promise<Map<string, Verdict>> {
  const { flatOfDocument, verifyEdition } = await import('./verify/index.js');
  const { id, flat } =
    reference instanceof Uint8Array
      ? await readReference(reference)
      : { id: reference.id, flat: flatOfDocument(reference) };
  const byEdition = new Map<string, Map<string, Uint8Array>>();
  for (const [name, bytes] of files) {
    const ending = name.startsWith(`${id}.`) ? name.slice(id.length) : name.slice(name.indexOf('.'));
    const edition = ending.slice(ending.lastIndexOf('.') + 1);
    byEdition.set(edition, (byEdition.get(edition) ?? new Map<string, Uint8Array>()).set(ending, bytes));
  }
  const verdicts = new Map<string, Verdict>();
  for (const [edition, own] of byEdition) verdicts.set(edition, await verifyEdition(flat, edition, own));
  return verdicts;
}

async function readReference(bytes: Uint8Array) {
  const [{ readJson }, { Unreadable }] = await Promise.all([
    import('./verify/json.js'),
    import('./verify/flat.js'),
  ]);
  try {
    return readJson(bytes);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new Refusal(
      diagnose(
        'edition-unreadable',
        `The reference can’t be read: ${error.message}.`,
        undefined,
        'Give a document that read() has given, or the bytes of its JSON edition.',
      ),
    );
  }
}

/**
 * How a text was understood, as `engross inspect` prints it: every region, label, call, note and doubt with its line.
 * @param reading what `read` gave
 */
export async function inspect(reading: Reading, { colour = false } = {}): Promise<string> {
  const { inspectionAsText } = await import('./inspect.js');
  return inspectionAsText(reading.document.source.file, reading, colour);
}

/** A sidecar to begin with, in which a person overrules a reading, as `engross inspect --sidecar` prints it. */
export async function sidecarFor(reading: Reading): Promise<object> {
  return (await import('./inspect/sidecar.js')).sidecarOf(reading);
}

/**
 * The tables of many documents, as a build writes them into the output folder.
 * @returns `documents.csv`, `paragraphs.csv`, `footnotes.csv` and `datapackage.json`, sorted by the documents' ids
 * @throws Refusal where two documents have one id
 */
export async function tables(
  documents: readonly Document[],
  options: RenderOptions = {},
): Promise<Map<string, Uint8Array>> {
  const { factsOf, sha256 } = await import('./manifest.js');
  const { makeTables } = await import('./tables.js');
  const { template: named = 'default' } = options;
  const loaded = typeof named === 'string' ? await template(named) : named;
  const published = new Map<string, Uint8Array>();
  const described: Described[] = [];
  for (const document of documents) {
    const { id, date, source } = document;
    if (described.some((other) => other.id === id))
      throw new Refusal(diagnose('id-twice', `Two documents have the id “${id}”.`));
    const files: Described['files'][number][] = [];
    for (const [file, bytes] of await render(document, ['csv'], { ...options, template: loaded })) {
      published.set(`${id}/${file}`, bytes);
      files.push({ file, edition: 'csv', sha256: sha256(bytes), bytes: bytes.length });
    }
    described.push({
      id,
      generator: `engross ${packageVersion()}`,
      source: {
        file: source.file,
        sha256: source.sha256,
        bytes: source.bytes,
        encoding: source.encoding,
        sidecar: null,
      },
      found: { date, document: factsOf(document), formulasEscaped: loaded.csv.escapeFormulas },
      files,
    });
  }
  const made = await makeTables(described, (path) => Promise.resolve(published.get(path) ?? null), []);
  return new Map(made.map(({ file, bytes }) => [file, bytes]));
}
