/** A worker that dies takes no other document with it, and the build ends. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { contents, engross, root, textsIn } from './engross.js';

/** Eight documents with two workers, of which one dies in the way named when it opens the third. */
async function buildWith(death: string, more: Readonly<Record<string, string>> = {}) {
  const cwd = textsIn(8);
  const command = ['build', 'in', '--out', 'out', '--editions', 'md,json', '--jobs', '2'];
  const hook = `--import=${pathToFileURL(join(root, 'test/death-hook.js')).href}`;
  const env = {
    HOOK_DEATH: death,
    HOOK_FILE: 'text-3.txt',
    NODE_OPTIONS: `${hook} ${more['NODE_OPTIONS'] ?? ''}`,
  };
  const ended = await engross(command, { cwd, env });
  await engross([...command.slice(0, 3), 'whole', ...command.slice(4)], { cwd });
  return { ...ended, made: contents(join(cwd, 'out')), whole: contents(join(cwd, 'whole')), cwd };
}

const without = (files: Readonly<Record<string, string>>, id: string) =>
  Object.fromEntries(Object.entries(files).filter(([name]) => /[\\/]/.test(name) && !name.startsWith(id)));

describe('a worker that dies of a document', () => {
  it.each([
    ['exit', {}, /^in\/text-3\.txt error internal: .*a worker ended with 7/m],
    ['throw', {}, /^in\/text-3\.txt error internal: .*the worker was ended on purpose/m],
    ['memory', { NODE_OPTIONS: '--max-old-space-size=64' }, /^in\/text-3\.txt error memory-short: /m],
  ])('by %s: that one is reported, and the others are made', async (death, more, said) => {
    const { code, out, err, made, whole, cwd } = await buildWith(death, more);
    expect(err).toMatch(said);
    expect(code).toBe(1);
    expect(err.match(/ error /g)).toHaveLength(1);
    expect(out.split('\n').filter((line) => line.startsWith('in/'))).toHaveLength(7);
    expect(readdirSync(join(cwd, 'out'))).not.toContain('text-3');
    expect(without(made, 'text-3')).toEqual(without(whole, 'text-3'));
  });
});

it('a worker that dies while it writes a document takes none of the others with it, and leaves nothing of its own', async () => {
  const { code, err, made, whole, cwd } = await buildWith('writing');
  expect(err).toMatch(/^in\/text-3\.txt error internal: .*the worker was ended on purpose/m);
  expect([code, err.match(/ error /g)?.length]).toEqual([1, 1]);
  expect(without(made, 'text-3')).toEqual(without(whole, 'text-3'));
  // Its turn was taken away, and the next build makes it.
  const again = await engross(['build', 'in', '--out', 'out', '--editions', 'md,json'], { cwd });
  expect([again.code, contents(join(cwd, 'out'))]).toEqual([0, whole]);
});

it('a worker that dies when it has nothing to do harms nothing', async () => {
  const { code, err, made, whole } = await buildWith('later');
  expect([code, err]).toEqual([0, '']);
  expect(made).toEqual(whole);
});
