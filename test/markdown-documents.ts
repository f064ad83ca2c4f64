/** The documents that the Markdown edition is tested on, and the edition of one; not a test by itself. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic, Document } from '../src/document.js';
import type { Context } from '../src/editions/edition.js';
import { edition } from '../src/editions/markdown.js';
import { read } from '../src/read/index.js';
import { Refusal } from '../src/report.js';

/** The document that a file holds, or null where it is refused. */
export async function documentIn(path: string): Promise<Document | null> {
  try {
    return (await read(readFileSync(path), { file: path.replace(/^.*[\\/]/, '') })).document;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

const here = import.meta.dirname;
const documents = readdirSync(join(here, 'documents')).flatMap((name) =>
  readdirSync(join(here, 'documents', name))
    .filter((file) => file.startsWith('input.') && !file.endsWith('.json'))
    .map((file) => ({ name, path: join(here, 'documents', name, file) })),
);
const textsIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => /\.(?:txt|md)$/.test(file))
        .map((file) => ({ name: file, path: join(folder, file) }))
    : [];

/** The test documents, the founding document, and those of ENGROSS_CORPUS where that is set. */
export const everyInput = [
  ...documents,
  ...textsIn(join(here, '..', 'input')),
  ...textsIn(process.env['ENGROSS_CORPUS'] ?? ''),
];

/** What the edition warned of, in all tests of one file. */
export const warnings: Diagnostic[] = [];

const contextWith = (pins: boolean) =>
  ({
    template: { markdown: { pins } },
    version: '0.0.0',
    buildDate: null,
    warn: (diagnostic: Diagnostic) => warnings.push(diagnostic),
  }) as unknown as Context; // the edition asks nothing else of it

export const bytesOf = async (document: Document, pins = true) =>
  (await edition.render(document, contextWith(pins))) as Uint8Array;

/** The Markdown edition of a document. */
export const editionOf = async (document: Document, pins = true) =>
  new TextDecoder().decode(await bytesOf(document, pins));
