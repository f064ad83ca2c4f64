/**
 * No false alarm: every edition of the sample, of each test document and, where ENGROSS_CORPUS names a folder, of each
 * document there, read back, is equal to the document. What is unequal is a fault of an edition.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import type { Document } from '../src/document.js';
import type { Context } from '../src/editions/edition.js';
import { editionNames, shelf } from '../src/editions/index.js';
import { read } from '../src/read/index.js';
import { Refusal } from '../src/report.js';
import { flatOfDocument, verifyEdition } from '../src/verify/index.js';
import { contextFor } from './context.js';
import { sample } from './sample.js';
import { randomOf } from './verify-mutants.js';
import { randomDocument } from './verify-random.js';

const folder = fileURLToPath(new URL('documents/', import.meta.url));
const corpus = process.env['ENGROSS_CORPUS'];

interface Case {
  readonly name: string;
  readonly path: string;
}

const cases: readonly Case[] = [
  ...readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(join(folder, name))
        .filter((file) => /^input\.(txt|md)$/.test(file))
        .map((file) => ({ name, path: join(folder, name, file) })),
    ),
  ...(corpus === undefined
    ? []
    : readdirSync(corpus)
        .filter((file) => /\.(txt|md)$/.test(file))
        .map((file) => ({ name: file, path: join(corpus, file) }))),
];

let context: Context;
beforeAll(async () => {
  context = await contextFor();
});

/** What is wrong with the editions of a document; one that can't be made is none. */
async function alarmsOf(document: Document): Promise<string[]> {
  const flat = flatOfDocument(document);
  const alarms: string[] = [];
  for (const edition of editionNames) {
    const shelved = await shelf[edition]?.();
    let result;
    try {
      result = await shelved?.edition.render(document, context);
    } catch (error) {
      if (error instanceof Refusal) continue;
      throw error;
    }
    if (!shelved || !result) throw new Error(`no edition ${edition}`);
    const files = result instanceof Uint8Array ? new Map([[shelved.edition.extension, result]]) : result;
    const verdict = await verifyEdition(flat, edition, files);
    if (verdict.result !== 'equal') alarms.push(`${edition}: ${JSON.stringify(verdict).slice(0, 1000)}`);
  }
  return alarms;
}

it('the sample', async () => {
  expect(await alarmsOf(sample)).toEqual([]);
});

it.each(cases)('$name', async ({ path }) => {
  const sidecar = path.replace(/\.[^.]+$/, '.engross.json');
  let document: Document;
  try {
    ({ document } = await read(readFileSync(path), {
      file: basename(path),
      ...(existsSync(sidecar) && {
        sidecar: { file: basename(sidecar), text: readFileSync(sidecar, 'utf8') },
      }),
    }));
  } catch (error) {
    // Inputs that must be refused have no editions.
    if (error instanceof Refusal) return;
    throw error;
  }
  expect(await alarmsOf(document)).toEqual([]);
});

const randomOnes = process.env['ENGROSS_LONG'] ? 1000 : 40;

it(`${randomOnes} random documents full of mark-up`, async () => {
  const random = randomOf(1873);
  for (let made = 0; made < randomOnes; made++)
    expect(await alarmsOf(randomDocument(random)), `document ${made}`).toEqual([]);
}, 600_000);
