/**
 * Inputs that nobody foresaw through the whole program, in process: read, made into every edition but the PDF (of every
 * fiftieth that as well), and read back. 300 of them, with `ENGROSS_LONG=1` 20,000; `npm run fuzz -- --count N` tries any
 * number and keeps what fails in test/found, which is tried here each time.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../src/editions/edition.js';
import { editionNames } from '../src/editions/index.js';
import { contextFor } from './context.js';
import { root } from './engross.js';
import { faultIn, lightEditions } from './fuzz/faults.js';
import { basesIn, inputOf } from './fuzz/inputs.js';
import { shrunk } from './fuzz/shrink.js';

const times = process.env['ENGROSS_LONG'] ? 20_000 : 300;

let context: Context;
beforeAll(async () => {
  context = await contextFor();
});

it(`${times} mutated inputs: no crash, nothing lost, every edition faithful`, async () => {
  const bases = basesIn(root);
  const failed: string[] = [];
  for (let seed = 0; seed < times && failed.length < 10; seed++) {
    const editions = seed % 50 === 0 ? editionNames : lightEditions;
    const fault = await faultIn(inputOf(seed, bases), context, editions);
    if (fault !== null) failed.push(`npm run fuzz -- --from ${seed} --count 1: ${fault}`);
  }
  expect(failed).toEqual([]);
}, 3_600_000);

describe('found: inputs that once failed', () => {
  const names = readdirSync(join(root, 'test/found')).filter((name) => /\.(txt|md)$/.test(name));
  it.each(names)('%s', async (name) => {
    const bytes = readFileSync(join(root, 'test/found', name));
    const input = { file: `input${name.slice(name.lastIndexOf('.'))}`, bytes };
    expect(await faultIn(input, context, editionNames)).toBeNull();
  });
});

it('what fails is made small: the one line that makes it fail is left', async () => {
  const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`);
  const input = { file: 'input.txt', bytes: Buffer.from([...lines, 'a © b', ...lines].join('\n')) };
  const faulty = ({ bytes }: { readonly bytes: Uint8Array }) =>
    Promise.resolve(Buffer.from(bytes).includes('©') ? 'read: a crash' : null);
  const small = await shrunk(input, faulty, 'read: a crash');
  expect(Buffer.from(small.bytes).toString()).toBe('©');
});
