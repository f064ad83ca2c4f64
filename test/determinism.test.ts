/** The same input, template and version give the same bytes: in two processes, anywhere (in one: edition-shelf.test.ts). */
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sha256 } from '../src/manifest.js';
import { engross, folder, root } from './engross.js';

/** The SHA-256 of every file below a folder, by its path. */
function hashes(path: string): Record<string, string> {
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(path, name)).isFile(),
  );
  return Object.fromEntries(
    files.sort().map((name) => [name.replaceAll('\\', '/'), sha256(readFileSync(join(path, name)))]),
  );
}

/** A document without a date: its files bear another one. */
const undated = 'Statement on tides\n\n1. The tide comes in.\n\n2. The tide goes out.\n';

async function built(setting: Parameters<typeof engross>[1], name = 'work'): Promise<Record<string, string>> {
  const cwd = join(folder(), name);
  cpSync(join(root, 'input'), join(cwd, 'input'), { recursive: true });
  writeFileSync(join(cwd, 'input/undated.txt'), undated);
  const { code, err } = await engross(['build', '--out', 'out'], { ...setting, cwd });
  expect([code, err]).toEqual([0, expect.not.stringContaining('error')]);
  return hashes(join(cwd, 'out'));
}

it('in other folders, time zones, locales and umasks, and after the clock has moved on', async () => {
  const here = await built({ env: { TZ: 'UTC', LC_ALL: 'C' } });
  expect(Object.keys(here).length).toBeGreaterThan(14);
  expect(
    await built(
      { env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' } },
      'Другая папка',
    ),
  ).toEqual(here);
  if (process.platform !== 'win32')
    expect(await built({ umask: '077', env: { TZ: 'America/Adak' } })).toEqual(here);
});

it('built alone or among others, in whatever order, a document is the same', async () => {
  const cwd = folder();
  mkdirSync(join(cwd, 'input'));
  // Ligatures above all: what the font library remembers of a glyph is its first use.
  const texts = {
    a: undated.replace('tides', 'floods').replace('comes in', 'ﬁnds the ﬂoor'),
    b: undated.replace('tides', 'definitions').replace('comes in', 'finds the floor of the office'),
    c: 'بيان عن البحر\n\n1. الحمد للّه، والسلام على أهل البحر.\n\n2. لا إله إلا الله.\n',
    d: 'بيان عن الأرض\n\n1. لا يجوز الاعتداء على الأرض.\n\n2. الله أعلم.\n',
    undated,
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(cwd, `input/${name}.txt`), text);
  const names = Object.keys(texts);
  const inputs = names.map((name) => `input/${name}.txt`);
  for (const [index, name] of names.entries())
    await engross(['build', inputs[index] ?? '', '--out', `alone-${name}`], { cwd });
  await engross(['build', ...inputs, '--jobs', '1', '--out', 'forth'], { cwd });
  await engross(['build', ...inputs.toReversed(), '--jobs', '1', '--out', 'back'], { cwd });
  for (const name of names) {
    const alone = hashes(join(cwd, `alone-${name}/${name}`));
    expect(Object.keys(alone)).toHaveLength(7);
    expect(hashes(join(cwd, 'forth', name)), name).toEqual(alone);
    expect(hashes(join(cwd, 'back', name)), name).toEqual(alone);
  }
}, 60_000);

it('SOURCE_DATE_EPOCH dates the files of a document without a date, and no other', async () => {
  const plain = await built({});
  const dated = await built({ env: { SOURCE_DATE_EPOCH: '1700000000' } });
  const differing = Object.keys(plain).filter((name) => plain[name] !== dated[name]);
  expect(differing.some((name) => name.startsWith('undated/'))).toBe(true);
  expect(differing.filter((name) => name.startsWith('nato'))).toEqual([]);
});
