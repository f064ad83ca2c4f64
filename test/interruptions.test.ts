/** Builds that are killed, stopped, or not alone, and a disk that fills up: no edition is ever torn. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Order } from '../src/build.js';
import { build, thisWorld } from '../src/build.js';
import { editionNames } from '../src/editions/index.js';
import { openOutput } from '../src/files.js';
import { sha256 } from '../src/manifest.js';
import { communique, engross, folder, inMemory, root, run } from './engross.js';
import { replayEditions } from './replayed-editions.js';

const renewed = communique.replace('next year', 'in two years');

/** The hash of every file below a folder, by its path. */
function hashes(path: string): Map<string, string> {
  const names = existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [];
  return new Map(
    names
      .filter((name) => name.includes('.'))
      .sort()
      .map((name) => [name, sha256(readFileSync(join(path, name)))]),
  );
}

/** What is of all documents is of some as before and of some as after. */
const isOfOne = (name: string) => /[\\/]/.test(name);

const isOwn = (name: string) => name.includes('.engross-');

/** The files that are neither as before nor as after, or are gone; what a build makes for itself apart. */
const torn = (path: string, before: Map<string, string>, after: Map<string, string>): string[] => {
  const now = hashes(path);
  return [...new Set([...before.keys(), ...now.keys()])].filter(
    (name) => !isOwn(name) && now.get(name) !== before.get(name) && now.get(name) !== after.get(name),
  );
};

function workplace(text: string): { readonly cwd: string; readonly order: Order } {
  const cwd = folder(inMemory);
  writeFileSync(join(cwd, 'a.txt'), text);
  const order = {
    inputs: [join(cwd, 'a.txt')],
    out: join(cwd, 'out'),
    editions: editionNames,
    template: 'default',
  };
  return { cwd, order };
}

/** Runs the command with a signal before its Nth operation. */
const hooked = (cwd: string, args: readonly string[], hook: Readonly<Record<string, string>>) =>
  run(
    [
      process.execPath,
      '--import',
      pathToFileURL(join(root, 'test/signal-hook.js')).href,
      join(root, 'dist/cli.js'),
      ...args,
    ],
    { cwd, env: hook },
  );

describe('SIGKILL', () => {
  it('between any two operations on the disk: 0 torn, and the next build sweeps and repairs', async () => {
    replayEditions();
    const { cwd, order } = workplace(communique);
    const out = join(cwd, 'out');
    await build(order, thisWorld());
    const before = hashes(out);
    const old = new Map([...before.keys()].map((name) => [name, readFileSync(join(out, name))]));
    writeFileSync(join(cwd, 'a.txt'), renewed);
    await build(order, thisWorld());
    const after = hashes(out);
    expect([before.size, after.size]).toEqual([12, 12]);

    let leftBehind = 0;
    const killedAt = async (at: number, place: string) => {
      for (const [name, bytes] of old) {
        mkdirSync(join(place, name, '..'), { recursive: true });
        writeFileSync(join(place, name), bytes);
      }
      const hook = { HOOK_SIGNAL: 'SIGKILL', HOOK_AT: String(at), HOOK_LOG: join(cwd, 'log.json') };
      return hooked(cwd, ['build', 'a.txt', '--quiet', '--out', place], hook);
    };
    const whole = await killedAt(0, join(cwd, 'whole'));
    expect([whole.code, whole.err]).toEqual([0, '']);
    expect([...hashes(join(cwd, 'whole'))]).toEqual([...after]);
    const log = JSON.parse(readFileSync(join(cwd, 'log.json'), 'utf8')) as string[];
    // What only looks changes nothing: a kill before it leaves what one before the next change leaves.
    const places = log.flatMap((operation, index) =>
      process.env['ENGROSS_LONG'] || /^(mkdir|open wx|write|sync|rename|unlink)$/.test(operation)
        ? [index + 1]
        : [],
    );
    expect(places.length).toBeGreaterThan(38);
    // Three at a time.
    const lane = async (of: number) => {
      for (const at of places.filter((_, index) => index % 3 === of)) {
        const place = join(cwd, `out${at}`);
        const what = `killed before operation ${at}: ${log[at - 1] ?? ''}`;
        const ended = await killedAt(at, place);
        expect([ended.code, ended.err], what).toEqual([null, '']);
        expect(torn(place, before, after), what).toEqual([]);
        if ([...hashes(place).keys()].some(isOwn)) leftBehind += 1;
        await build({ ...order, out: place }, thisWorld());
        // What the killed build has left is gone, and every edition is new.
        expect([...hashes(place)], what).toEqual([...after]);
      }
    };
    await Promise.all([0, 1, 2].map(lane));
    // It was in the midst of things.
    expect(leftBehind).toBeGreaterThan(25);
  }, 300_000);
});

describe('SIGINT and SIGTERM', () => {
  it('in the midst of writing: exit 130 and 143, every edition whole, no temporary file left', async () => {
    if (process.platform === 'win32') return;
    const cwd = folder(inMemory);
    mkdirSync(join(cwd, 'input'));
    const write = (text: string) => {
      for (const name of ['a.txt', 'b.txt']) writeFileSync(join(cwd, 'input', name), text);
    };
    write(communique);
    await engross(['build'], { cwd });
    const before = hashes(join(cwd, 'output'));
    write(renewed);
    await engross(['build', '--out', 'new'], { cwd });
    const after = hashes(join(cwd, 'new'));
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)
      for (const nth of [1, 4, 7]) {
        write(communique);
        await engross(['build', '--force'], { cwd });
        write(renewed);
        const ended = await hooked(cwd, ['build'], {
          HOOK_SIGNAL: signal,
          HOOK_AT: String(nth),
          HOOK_OPERATIONS: 'open wx',
        });
        expect([ended.code, ended.err], `${signal} ${nth}`).toEqual([
          code,
          expect.stringMatching(/^error interrupted: The build was stopped: [12] of 2 documents are done\./),
        ]);
        // The union has one document as before and one as after.
        expect(torn(join(cwd, 'output'), before, after).filter(isOfOne), `${signal} ${nth}`).toEqual([]);
        expect([...hashes(join(cwd, 'output')).keys()].filter(isOwn)).toEqual([]);
      }
    expect((await engross(['build'], { cwd })).code).toBe(0);
    expect(hashes(join(cwd, 'output'))).toEqual(after);
  }, 120_000);

  it('while a document is read or set: nothing is written', async () => {
    if (process.platform === 'win32') return;
    const cwd = folder(inMemory);
    writeFileSync(join(cwd, 'a.txt'), communique + '4. And so we shall go on meeting.\n\n'.repeat(12_000));
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const child = spawn(process.execPath, [join(root, 'dist/cli.js'), 'build', 'a.txt'], { cwd });
      const ended = new Promise((resolve) => child.on('close', resolve));
      await new Promise((resolve) => setTimeout(resolve, 800));
      child.kill(signal);
      expect(await ended).toBe(code);
      expect(existsSync(join(cwd, 'output'))).toBe(false);
    }
  }, 60_000);
});

describe('a signal to a crew', () => {
  it('stops every worker: what is done is whole and listed, and the next build makes the rest', async () => {
    if (process.platform === 'win32') return;
    const cwd = folder(inMemory);
    mkdirSync(join(cwd, 'input'));
    for (let number = 0; number < 40; number++)
      writeFileSync(join(cwd, 'input', `${number}.txt`), communique.replace('Tórshavn', `Port ${number}`));
    const child = spawn(process.execPath, [join(root, 'dist/cli.js'), 'build', '--jobs', '2'], { cwd });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdout.once('data', () => child.kill('SIGINT'));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code, err).toBe(130);
    const done = Number(/: The build was stopped: (\d+) of 40 documents are done\./.exec(err)?.[1]);
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(40);
    const out = join(cwd, 'output');
    const made = [...hashes(out).keys()];
    expect(made.filter(isOwn)).toEqual([]);
    expect(made.filter((name) => name.endsWith('.pdf'))).toHaveLength(done);
    expect((await engross(['verify'], { cwd })).err).toBe('');
    const again = await engross(['build'], { cwd });
    expect([again.code, again.err]).toEqual([0, '']);
    await engross(['build', '--out', 'alone', '--jobs', '1'], { cwd });
    expect(hashes(out)).toEqual(hashes(join(cwd, 'alone')));
  }, 60_000);
});

describe('two builds at once', () => {
  it('on one output: what stands there in the end is wholly of one of them', async () => {
    replayEditions();
    const { cwd, order } = workplace(communique);
    const orders = ['default', 'letter', 'draft'].map((template) => ({ ...order, template }));
    const expected: string[] = [];
    for (const [index, one] of orders.entries()) {
      await build({ ...one, out: join(cwd, `alone${index}`) }, thisWorld());
      expected.push(JSON.stringify([...hashes(join(cwd, `alone${index}`))]));
    }
    expect(new Set(expected).size).toBe(3);
    const winners = new Set<number>();
    for (let round = 0; round < 30; round++) {
      // In any order, and each some time after the other.
      const ended = orders.map(async (one, index) => {
        await new Promise((resolve) => setTimeout(resolve, ((round * 7 + index * 13) % 5) * 4));
        return build(one, thisWorld());
      });
      const found = (await Promise.all(ended)).flatMap(({ diagnostics, documents }) => [
        ...diagnostics,
        ...documents.flatMap((document) => document.diagnostics),
      ]);
      expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
      const winner = expected.indexOf(JSON.stringify([...hashes(join(cwd, 'out'))]));
      expect(winner, `round ${round}: a mixture`).toBeGreaterThanOrEqual(0);
      winners.add(winner);
    }
    expect(winners.size).toBeGreaterThan(1);
  }, 60_000);

  it('of the command: none fails, and the manifests name the files that stand there', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'a.txt'), communique);
    const ended = await Promise.all(
      ['default', 'letter', 'draft'].map((template) =>
        engross(['build', 'a.txt', '--template', template], { cwd }),
      ),
    );
    expect(ended.map(({ code, err }) => [code, err])).toEqual([0, 1, 2].map(() => [0, '']));
    const verified = await engross(['verify'], { cwd });
    expect([verified.code, verified.err]).toEqual([0, '']);
    expect([...hashes(join(cwd, 'output')).keys()].filter(isOwn)).toEqual([]);
  }, 60_000);

  it('wait for each other, pass over dead ones, and say who holds the folder', async () => {
    const place = folder();
    const owner = (pid: number) => ({
      host: 'here',
      pid,
      isRunning: (one: number) => one !== 99,
      now: () => Date.now(),
    });
    const one = openOutput(place, owner(1));
    const other = openOutput(place, owner(2));
    writeFileSync(join(place, '.engross-here-99-0123456789abcdef.turn'), '');
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 30));
      order.push(`${name} ends`);
    };
    await Promise.all([
      one.hold('', work('one')),
      other.hold('', work('other')),
      one.hold('', work('third')),
    ]);
    expect(order.map((line) => line.split(' ')[1])).toEqual([
      'begins',
      'ends',
      'begins',
      'ends',
      'begins',
      'ends',
    ]);
    for (const [index, line] of order.entries())
      if (index % 2 === 1) expect(line.split(' ')[0]).toBe(order[index - 1]?.split(' ')[0]);
    expect(readdirSync(place)).toEqual([]);
  });
});

describe('a disk that fills up', () => {
  const mounted = (): string | null => {
    const place = folder();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160k', 'tmpfs', place], { stdio: 'ignore' });
    } catch {
      return null;
    }
    onTestFinished(() => {
      execFileSync('umount', [place]);
    });
    return place;
  };

  it('keeps the old editions, leaves no temporary file, exit 3; with room again, all is made', async ({
    skip,
  }) => {
    const place = mounted();
    if (place === null && process.env['CI'] === 'true' && process.getuid?.() === 0)
      expect.fail('root can’t mount a tmpfs here');
    if (place === null) return skip('mounting a tmpfs needs root');
    const cwd = folder();
    const out = join(place, 'out');
    writeFileSync(join(cwd, 'a.txt'), communique);
    const first = await engross(['build', 'a.txt', '--out', out], { cwd });
    expect([first.code, first.err]).toEqual([0, '']);
    const before = hashes(out);
    writeFileSync(join(cwd, 'a.txt'), renewed);
    await engross(['build', 'a.txt', '--out', 'new'], { cwd });
    const after = hashes(join(cwd, 'new'));
    let filling = 0;
    for (const left of [0, 4, 8, 12, 16, 20, 24]) {
      // Fills the disk but for some kilobytes.
      const free = Number(execFileSync('df', ['--output=avail', '-k', place]).toString().split('\n')[1]);
      writeFileSync(join(place, 'ballast'), new Uint8Array(Math.max(0, free - left) * 1024));
      const ended = await engross(['build', 'a.txt', '--out', out], { cwd });
      expect(
        torn(out, before, after).filter((name) => isOfOne(name) && !name.endsWith('manifest.json')),
        `${left} KiB`,
      ).toEqual([]);
      expect([...hashes(out).keys()].filter(isOwn), `${left} KiB`).toEqual([]);
      if (ended.code === 3) {
        filling += 1;
        expect(ended.err).toMatch(/error output-unwritable: .*the disk is full/);
      } else expect(ended.code).toBe(0);
      rmSync(join(place, 'ballast'));
    }
    expect(filling).toBeGreaterThan(1);
    expect((await engross(['build', 'a.txt', '--out', out], { cwd })).code).toBe(0);
    expect(hashes(out)).toEqual(after);
  }, 120_000);
});
