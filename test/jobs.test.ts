/** Side by side, in parts, again and again: the same bytes as one document after another on one machine. */
import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isInShard, readShard } from '../src/build/shards.js';
import { progressWords } from '../src/cli/progress.js';
import { communique, contents, engross, root, textsIn } from './engross.js';

const editions = ['--editions', 'md,csv,json', '--verify'];

it('three workers give the bytes, the words and the order of one', async () => {
  const cwd = textsIn(12);
  writeFileSync(join(cwd, 'in/text-5.txt'), ''); // Refused, in its turn.
  const one = await engross(['build', 'in', '--out', 'out', ...editions, '--jobs', '1'], { cwd });
  const alone = contents(join(cwd, 'out'));
  const three = await engross(['build', 'in', '--out', 'out', ...editions, '--jobs', '3', '--force'], {
    cwd,
  });
  expect(contents(join(cwd, 'out'))).toEqual(alone);
  expect(three.err).toBe(one.err);
  expect(three.err).toContain('input-empty');
  expect([one.code, three.code]).toEqual([1, 1]);
  const accounts = (out: string) => out.split('\n').filter((line) => line.startsWith('in/'));
  expect(accounts(three.out)).toEqual(accounts(one.out));
  expect(accounts(three.out)).toHaveLength(11);
});

it('what three machines make in parts is merged to what one makes', async () => {
  const cwd = textsIn(12);
  await engross(['build', 'in', '--out', 'whole', ...editions], { cwd });
  const parts = ['1/3', '2/3', '3/3'];
  for (const part of parts)
    await engross(['build', 'in', '--out', `part-${part[0] ?? ''}`, '--shard', part, ...editions], { cwd });
  const merged = await engross(['merge', 'part-3', 'part-1', 'part-2', '--out', 'merged'], { cwd });
  expect([merged.code, merged.err]).toEqual([0, '']);
  expect(contents(join(cwd, 'merged'))).toEqual(contents(join(cwd, 'whole')));

  const [some = ''] = readdirSync(join(cwd, 'part-1')).filter((name) => /^text-\d+$/.test(name));
  writeFileSync(join(cwd, 'part-1', some, `${some}.md`), 'another text');
  const altered = await engross(['merge', 'part-1', '--out', 'spoilt'], { cwd });
  expect(altered.code).toBe(1);
  expect(altered.err).toContain('edition-altered');
  expect(readdirSync(join(cwd, 'spoilt'))).not.toContain(some);
});

it('every document is in one part and no other', () => {
  const ids = Array.from({ length: 300 }, (_, index) => `document-${index}`);
  const sizes = [1, 2, 3, 4].map((part) => ids.filter((id) => isInShard(id, { part, of: 4 })).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(300);
  expect(Math.min(...sizes)).toBeGreaterThan(40);
  expect(readShard('3/16')).toEqual({ part: 3, of: 16 });
  for (const words of ['0/4', '5/4', '3', '', '1/0', '-1/4'])
    expect(() => readShard(words)).toThrow(/no part/);
});

it.skipIf(process.platform === 'win32')('--watch builds what changes, and Ctrl-C ends it', async () => {
  const cwd = textsIn(2);
  const child = spawn(
    process.execPath,
    [join(root, 'dist/cli.js'), 'build', 'in', '--watch', '--editions', 'json'],
    { cwd, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let out = '';
  const until = (words: RegExp) => expect.poll(() => out, { timeout: 30_000, interval: 50 }).toMatch(words);
  child.stdout.setEncoding('utf8').on('data', (data: string) => (out += data));
  const ended = new Promise((resolve) =>
    child.on('close', (code, signal) => {
      resolve([code, signal]);
    }),
  );
  try {
    await until(/^2 documents, no errors; .*\(\d+\.\d\d s\)$/m);
    out = '';
    writeFileSync(join(cwd, 'in/text-2.txt'), communique);
    await until(/^text-2\.txt: 2 documents, 1 unchanged, no errors; .*\(\d+\.\d\d s\)$/m);
    expect(out).not.toContain('in/text-1.txt');
  } finally {
    child.kill('SIGINT');
  }
  expect(await ended).toEqual([0, null]);
});

it('says how far a build is by what was made, not by what stood', () => {
  const words = progressWords({ done: 150, total: 200, made: 50, toMake: 100 }, 10_000);
  expect(words).toBe('150 of 200 documents, 5.0 a second, 10 s left');
  expect(progressWords({ done: 100, total: 200, made: 0, toMake: 100 }, 1000)).toBe('100 of 200 documents');
});
