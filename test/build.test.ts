/** The pipeline as a whole under faults: whichever operation on the disk fails, no edition is torn. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Order } from '../src/build.js';
import { build } from '../src/build.js';
import { editionNames } from '../src/editions/index.js';
import type { Operations } from '../src/files.js';
import { system } from '../src/files.js';
import { exitCodeOf, Refusal } from '../src/report.js';
import { communique, folder, inMemory } from './engross.js';
import { faultyDisk } from './faulty-disk.js';
import { replayEditions } from './replayed-editions.js';

/** `manifest.json` and the tables are of all documents, and so neither old nor new where only one was made. */
const isOfAll = (name: string) => !/[\\/]/.test(name);
const linesIn = (files: ReadonlyMap<string, string>, name: string) => files.get(name)?.split('\n') ?? [];

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
  const cwd = folder(inMemory);
  writeFileSync(join(cwd, 'a.txt'), text);
  writeFileSync(join(cwd, 'b.txt'), text);
  return cwd;
}

/** Every file below a folder with its bytes, as a text of one character a byte. */
function contents(path: string): Map<string, string> {
  const names = existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [];
  return new Map(
    names
      .filter((name) => name.includes('.'))
      .map((name) => [name, readFileSync(join(path, name), 'latin1')]),
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

/** What stands below a folder and is neither as before nor as after. */
function torn(
  path: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const now = contents(path);
  const strangers = [...now.keys()].filter((name) => !before.has(name) && !after.has(name));
  const gone = [...before.keys()].filter((name) => !now.has(name));
  const changed = [...now]
    .filter(
      ([name, text]) =>
        !isOfAll(name) &&
        !name.endsWith('manifest.json') &&
        before.has(name) &&
        after.has(name) &&
        text !== before.get(name) &&
        text !== after.get(name),
    )
    .map(([name]) => name);
  // A manifest lists what was made, or what stood there: it is whole in any case.
  const cut = [...now].filter(([name, text]) => name.endsWith('manifest.json') && !text.endsWith('\n}\n'));
  // A row of the tables is old or new.
  const mixed = ['documents.csv', 'paragraphs.csv', 'footnotes.csv'].filter((name) => {
    const known = new Set([...linesIn(before, name), ...linesIn(after, name)]);
    return linesIn(now, name).some((line) => !known.has(line));
  });
  return [...strangers, ...gone, ...changed, ...cut.map(([name]) => name), ...mixed];
}

/** The editions of a text before and after it was changed, and a place in which to change it. */
async function changing(over: Partial<Order>) {
  const cwd = workplace(communique);
  await exitOf(orderIn(cwd, over), system);
  const before = contents(join(cwd, 'out'));
  const fresh = workplace(renewed);
  await exitOf(orderIn(fresh, over), system);
  const after = contents(join(fresh, 'out'));
  const reset = () => {
    for (const name of ['a.txt', 'b.txt']) writeFileSync(join(cwd, name), renewed);
    for (const name of contents(join(cwd, 'out')).keys())
      if (!before.has(name)) rmSync(join(cwd, 'out', name));
    for (const [name, text] of before) writeFileSync(join(cwd, 'out', name), text, 'latin1');
  };
  return { cwd, before, after, reset };
}

describe('whichever operation fails', () => {
  const everyEdition = { editions: editionNames, verify: false };
  for (const code of ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EMFILE'])
    it(`${code}: every file is old or new, no temporary file is left, and the exit code is 3`, async () => {
      replayEditions();
      const { cwd, before, after, reset } = await changing(everyEdition);
      expect(before.size).toBe(19);
      const kinds = new Set<string>();
      let failures = 0;
      for (let failing = 1; ; failing++) {
        reset();
        // A third of the disks take few bytes at a time.
        const disk = faultyDisk(failing, code, failing % 3 === 0 ? 4000 : undefined);
        const exit = await exitOf(orderIn(cwd, { ...everyEdition, inputs: [join(cwd, 'a.txt')] }), disk);
        const what = `operation ${failing}: ${disk.log[failing - 1] ?? 'none'}`;
        expect(torn(join(cwd, 'out'), before, after), what).toEqual([]);
        const ofA = (files: ReadonlyMap<string, string>) =>
          [...files].filter(([name]) => name.startsWith('a/')).sort();
        // What was got over does no harm, and leaves everything made.
        if (exit === 0) expect(ofA(contents(join(cwd, 'out'))), what).toEqual(ofA(after));
        else expect(exit, what).toBe(3);
        if (disk.count() < failing) {
          expect(exit).toBe(0);
          break;
        }
        kinds.add(disk.log[failing - 1] ?? '');
        if (exit === 3) failures += 1;
      }
      expect([...kinds].sort()).toEqual([
        'close',
        'fstat',
        'lstat',
        'mkdir',
        'open r',
        'open wx',
        'read',
        'readdir',
        'rename',
        'stat',
        'sync',
        'unlink',
        'write',
      ]);
      expect(failures).toBeGreaterThan(80);
    }, 120_000);

  it('is noticed where the writer is naive', async () => {
    replayEditions();
    const { cwd, before, after, reset } = await changing(everyEdition);
    let tears = 0;
    for (let failing = 1; failing < 60; failing++) {
      reset();
      await exitOf(orderIn(cwd, everyEdition), naive(faultyDisk(failing * 5, 'ENOSPC', 4000)));
      if (torn(join(cwd, 'out'), before, after).length > 0) tears += 1;
    }
    expect(tears).toBeGreaterThan(5);
  }, 120_000);
});

/** The control: a disk that moves a file as one does without thinking, by writing it anew where it is to be. */
const naive = (disk: Operations): Operations => ({
  ...disk,
  rename: async (from, to) => {
    const bytes = readFileSync(from);
    await disk.unlink(to).catch(() => undefined);
    const handle = await disk.open(to, 'wx');
    await handle.write(bytes, 0, bytes.length);
    await handle.close();
    await disk.unlink(from);
  },
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
