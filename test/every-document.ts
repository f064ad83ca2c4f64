/**
 * Every document that there is to try an edition on: the cases of test/documents that are not there to be refused, and
 * where ENGROSS_CORPUS names a folder each text in it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from '../src/document.js';
import { read, Refusal } from '../src/index.js';
import { root } from './engross.js';

const folder = join(root, 'test/documents');
const isText = (name: string) => /\.(txt|md)$/.test(name);

/** The documents, one after the other. */
export async function* everyDocument(): AsyncGenerator<Document> {
  const corpus = process.env['ENGROSS_CORPUS'];
  const sources = [
    ...readdirSync(folder).flatMap((id) =>
      ['txt', 'md'].map((ending) => ({ id, path: join(folder, id, `input.${ending}`) })),
    ),
    ...(corpus === undefined ? [] : readdirSync(corpus).filter(isText)).map((name) => ({
      id: name.replace(/\.\w+$/, ''),
      path: join(corpus ?? '', name),
    })),
  ].filter(({ path }) => existsSync(path));
  for (const { id, path } of sources.sort((one, other) => (one.path < other.path ? -1 : 1))) {
    try {
      yield (await read(readFileSync(path), { file: `${id}.${path.replace(/^.*\./, '')}` })).document;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
