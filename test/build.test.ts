/** The pipeline as a whole under faults: whichever operation on the disk fails, no edition is torn. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Order } from '../src/build.js';
import { build } from '../src/build.js';
import type { Operations } from '../src/files.js';
import { system } from '../src/files.js';
import { exitCodeOf, Refusal } from '../src/report.js';
import { communique, folder } from './engross.js';
import { faultyDisk } from './faulty-disk.js';

/** `manifest.json` and the tables are of all documents, and so neither old nor new where only one was made. */
const isOfAll = (name: string) => !/[\\/]/.test(name);
const linesIn = (files: Map<string, string>, name: string) => files.get(name)?.split('\n') ?? [];

const renewed = communique.replace('next year', 'in two years');

const world = (operations: Operations) => ({
  operations,
  owner: { host: 'here', pid: 1, isRunning: () => true, now: () => 0 },
  buildDate: null,
});

const orderIn = (cwd: string, over: Partial<Order> = {}): Order => ({
  inputs: [join(cwd, 'a.txt'), join(cwd, 'b.txt')],
  out: join(cwd, 'out'),
  editions: ['csv', 'json'],
  template: 'letter',
  ...over,
});

function workplace(text: string): string {
  const cwd = folder();
  writeFileSync(join(cwd, 'a.txt'), text);
  writeFileSync(join(cwd, 'b.txt'), text);
  return cwd;
}

/** Every file below a folder with its text. */
function contents(path: string): Map<string, string> {
  const names = existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [];
  return new Map(
    names.filter((name) => name.includes('.')).map((name) => [name, readFileSync(join(path, name), 'utf8')]),
  );
}

/** Builds, and gives the exit code that the command would end with. */
async function exitOf(order: Order, operations: Operations): Promise<number> {
  try {
    const { documents, diagnostics } = await build(order, world(operations));
    const all = [...diagnostics, ...documents.flatMap((document) => document.diagnostics)];
    return exitCodeOf(all.filter(({ severity }) => severity === 'error').map(({ code }) => code));
  } catch (error) {
    if (error instanceof Refusal) return exitCodeOf(error.diagnostics.map(({ code }) => code));
    throw error;
  }
}

describe('whichever operation fails', () => {
  for (const code of ['ENOSPC', 'EIO', 'EACCES'])
    it(`${code}: every file is old or new, no temporary file is left, and the exit code is 3`, async () => {
      const cwd = workplace(communique);
      await exitOf(orderIn(cwd), system);
      const before = contents(join(cwd, 'out'));
      const fresh = workplace(renewed);
      await exitOf(orderIn(fresh), system);
      const after = contents(join(fresh, 'out'));
      expect(before.size).toBe(13);

      for (let failing = 1; ; failing++) {
        for (const name of ['a.txt', 'b.txt']) writeFileSync(join(cwd, name), renewed);
        for (const [name, text] of before) writeFileSync(join(cwd, 'out', name), text);
        const disk = faultyDisk(failing, code);
        const exit = await exitOf(orderIn(cwd), disk);
        const what = `operation ${failing}: ${disk.log[failing - 1] ?? 'none'}`;
        const now = contents(join(cwd, 'out'));
        expect([...now.keys()].sort(), what).toEqual([...before.keys()].sort());
        // The union lists a document as it was made, or as it stood: it is whole in any case.
        JSON.parse(now.get('manifest.json') ?? '');
        const torn = [...now].filter(
          ([name, text]) =>
            !isOfAll(name) &&
            !name.endsWith('/manifest.json') &&
            text !== before.get(name) &&
            text !== after.get(name),
        );
        expect(
          torn.map(([name]) => name),
          what,
        ).toEqual([]);
        for (const name of ['documents.csv', 'paragraphs.csv', 'footnotes.csv'])
          expect([...linesIn(before, name), ...linesIn(after, name)], what).toEqual(
            expect.arrayContaining(linesIn(now, name)),
          );
        if (disk.count() < failing) {
          expect(exit).toBe(0);
          expect(now).toEqual(after);
          break;
        }
        // A folder that stands there already need not be made.
        if (disk.log[failing - 1] !== 'mkdir') expect(exit, what).toBe(3);
      }
    }, 300_000);
});

it('a first build that is interrupted leaves whole files or none', async () => {
  for (let failing = 1; failing < 200; failing += 3) {
    const cwd = workplace(communique);
    const disk = faultyDisk(failing, 'ENOSPC');
    await exitOf(orderIn(cwd), disk);
    const made = contents(join(cwd, 'out'));
    await exitOf(orderIn(cwd), system);
    const whole = contents(join(cwd, 'out'));
    for (const [name, text] of made)
      if (!isOfAll(name) && !name.endsWith('manifest.json')) expect(text).toBe(whole.get(name));
    if (disk.count() < failing) break;
  }
});

it('an edition that fails by our own mistake leaves its old file, and the others are made', async () => {
  const cwd = workplace(communique);
  mkdirSync(join(cwd, 'out/a'), { recursive: true });
  writeFileSync(join(cwd, 'out/a/a.json'), 'old');
  const { shelf } = (await import('../src/editions/index.js')) as unknown as {
    shelf: Record<string, () => Promise<unknown>>;
  };
  const json = shelf['json'];
  shelf['json'] = () =>
    Promise.resolve({
      edition: {
        name: 'json',
        extension: '.json',
        summary: '',
        render: () => Promise.reject(new TypeError('x is not a function')),
      },
    });
  try {
    const { documents } = await build(orderIn(cwd), world(system));
    expect(documents.map((document) => document.diagnostics.map(({ code }) => code))).toEqual([
      ['internal'],
      ['internal'],
    ]);
    expect(documents[0]?.diagnostics[0]?.message).toMatch(
      /Engross failed while making the json edition \(TypeError: x is not a function/,
    );
  } finally {
    if (json) shelf['json'] = json;
  }
  expect(readFileSync(join(cwd, 'out/a/a.json'), 'utf8')).toBe('old');
  expect(existsSync(join(cwd, 'out/a/a.csv'))).toBe(true);
});
