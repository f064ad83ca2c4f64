/** The second thread of a short build: what it makes, and what becomes of a build whose mate dies. */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { asideOf } from '../src/build/jobs.js';
import { editionNames } from '../src/editions/index.js';
import { communique, contents, engross, folder, root } from './engross.js';

/** A text with something to say of several of its editions. */
const text = `${communique}\n7. A word: \u0001 and 漢字.\n`;

async function built(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const cwd = folder();
  writeFileSync(join(cwd, 'a.txt'), text);
  const ended = await engross(['build', 'a.txt', ...args], { cwd, env });
  return { ...ended, files: contents(join(cwd, 'output')) };
}

it('makes what one thread makes, and says the same in the same order', async () => {
  const [alone, together] = [await built(['--jobs', '1']), await built([])];
  expect(alone.err).toMatch(/pdf|docx|csv/i);
  expect(together).toEqual(alone);
  expect(Object.keys(alone.files).length).toBeGreaterThan(6);
});

it('is hired for the first build of a process that sets a page among others, unless one thread was asked for', () => {
  const order = { inputs: [], out: 'output', template: 'default', editions: editionNames };
  const others = editionNames.filter((name) => name !== 'pdf');
  expect(asideOf(order)).toEqual(availableParallelism() > 1 ? others : []);
  expect(asideOf({ ...order, jobs: 1 })).toEqual([]);
  expect(asideOf({ ...order, editions: ['pdf'] })).toEqual([]);
  expect(asideOf({ ...order, editions: others })).toEqual([]);
});

it.each(['exit', 'throw', 'memory', 'later'])(
  'where it dies by %s, the build makes all editions itself',
  async (death) => {
    const hook = `--import=${pathToFileURL(join(root, 'test/death-hook.js')).href}`;
    const env = {
      NODE_OPTIONS: `${hook} --max-old-space-size=120`,
      HOOK_DEATH: death,
      HOOK_FILE: 'default.json',
    };
    const { code, err, files } = await built([], env);
    const alone = await built(['--jobs', '1']);
    expect({ code, err, files }).toEqual({ code: alone.code, err: alone.err, files: alone.files });
  },
);
