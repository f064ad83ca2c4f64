/** The command is compiled when the package is built, and works as well where it is not. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { communique, contents, engross, folder, root } from './engross.js';

interface Thread {
  readonly isMainThread: boolean;
  readonly names: readonly string[];
  /** Of these, those that V8 had to compile. */
  readonly compiled: readonly string[];
}

const hook = (name: string) => `--import=${pathToFileURL(join(root, 'test', name)).href}`;

/** Builds two texts with two workers, from this place of the command; what each thread has loaded, and the editions. */
async function built(place: string) {
  const cwd = folder();
  mkdirSync(join(cwd, 'input'));
  for (const name of ['a', 'b', 'c', 'd']) writeFileSync(join(cwd, `input/${name}.txt`), communique);
  const log = folder();
  const ended = await engross(['build', '--jobs', '2'], {
    cwd,
    cli: join(place, 'dist/cli.js'),
    env: {
      NODE_OPTIONS: hook('ahead-hook.js'),
      HOOK_LOG: log,
      HOOK_LOADER: join(place, 'dist/command/load.cjs'),
    },
  });
  expect([ended.code, ended.err]).toEqual([0, '']);
  const threads = readdirSync(log).map((name) => JSON.parse(readFileSync(join(log, name), 'utf8')) as Thread);
  return { threads, editions: contents(join(cwd, 'output')) };
}

/** The package in another place, where its compiled forms can be spoiled. */
function copied(): string {
  const place = folder();
  for (const name of ['dist', 'templates', 'schemas', 'package.json'])
    cpSync(join(root, name), join(place, name), { recursive: true });
  symlinkSync(
    join(root, 'node_modules'),
    join(place, 'node_modules'),
    process.platform === 'win32' ? 'junction' : 'dir',
  );
  return place;
}

const compiledFormsIn = (place: string): string => {
  const command = join(place, 'dist/command');
  const [name = ''] = readdirSync(command).filter((one) => one.startsWith('v8-'));
  return join(command, name);
};

describe('what was compiled when the package was built', () => {
  it('is what the main thread and the workers run', async () => {
    const { threads } = await built(root);
    expect(threads.filter(({ isMainThread }) => isMainThread)).toHaveLength(1);
    expect(threads.length).toBeGreaterThan(1);
    for (const { isMainThread, names, compiled } of threads) {
      expect(names.length).toBeGreaterThan(isMainThread ? 3 : 12);
      expect(compiled).toEqual([]);
    }
  });

  it.each([
    [
      'is cut off',
      (forms: string) => {
        for (const name of readdirSync(forms))
          truncateSync(join(forms, name), statSync(join(forms, name)).size >> 1);
      },
    ],
    [
      'is empty',
      (forms: string) => {
        for (const name of readdirSync(forms)) truncateSync(join(forms, name), 0);
      },
    ],
    [
      'is of other flags or another V8',
      (forms: string) => {
        for (const name of readdirSync(forms)) {
          const bytes = readFileSync(join(forms, name));
          bytes.fill(1, 4, 16);
          writeFileSync(join(forms, name), bytes);
        }
      },
    ],
    [
      'is not there',
      (forms: string) => {
        rmSync(forms, { recursive: true });
      },
    ],
  ])('where it %s the files themselves are compiled, to the same editions', async (_, spoil) => {
    const place = copied();
    const forms = compiledFormsIn(place);
    expect(existsSync(forms)).toBe(true);
    spoil(forms);
    const [whole, spoilt] = [await built(root), await built(place)];
    for (const { names, compiled } of spoilt.threads) expect(compiled).toEqual(names);
    expect(spoilt.editions).toEqual(whole.editions);
  });
});

it('a file that was changed since is run as it is now', async () => {
  const place = copied();
  const file = join(place, 'dist/command/cli.cjs');
  const code = readFileSync(file, 'utf8');
  const changed = code.replace('Usage: engross COMMAND [options]', 'Usage: ENGROSS COMMAND [options]');
  expect(changed).not.toBe(code);
  writeFileSync(file, changed);
  const { out } = await engross(['--help'], { cli: join(place, 'dist/cli.js'), cwd: place });
  expect(out).toContain('Usage: ENGROSS COMMAND [options]');
});

it('patterns that ran before the command began go on working: V8’s flags change while it runs', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'a.txt'), communique);
  const ended = await engross(['build', 'a.txt'], { cwd, env: { NODE_OPTIONS: hook('patterns-hook.js') } });
  expect([ended.code, ended.err]).toEqual([0, '']);
});
