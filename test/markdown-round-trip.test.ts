/** Our own Markdown edition, read back: an equal document (DESIGN section 8), for every document that there is. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import type { Document } from '../src/document.js';
import { read } from '../src/read/index.js';
import { Refusal } from '../src/report.js';
import { expectEqual } from './markdown-round-trip.js';
import { sample } from './sample.js';

/** The document that a file holds, or null where it is refused. */
async function documentIn(path: string): Promise<Document | null> {
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
const input = join(here, '..', 'input');
const founding = readdirSync(input)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => ({ name: file, path: join(input, file) }));
const corpus = process.env['ENGROSS_CORPUS'] ?? '';
const others = existsSync(corpus)
  ? readdirSync(corpus)
      .filter((file) => file.endsWith('.txt'))
      .map((file) => ({ name: file, path: join(corpus, file) }))
  : [];

describe('the Markdown edition, read back, is the document', () => {
  it('for a document with a node of every kind', async () => {
    await expectEqual(sample);
  });

  it.each([...documents, ...founding, ...others])('for $name', async ({ path }) => {
    const document = await documentIn(path);
    if (document) await expectEqual(document);
  });
});
