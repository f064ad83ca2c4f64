/** What an earlier build has left that still stands is not made anew: told by hashes, never by times. */
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build, type BuiltDocument, type Order, thisWorld } from '../src/build.js';
import { communique, contents, engross, folder, root } from './engross.js';

const doubtful = communique.replace('2. We agree', '3. We agree').replace('3. We shall', '4. We shall');

interface Workplace {
  readonly cwd: string;
  readonly build: (over?: Partial<Order>, buildDate?: string | null) => Promise<readonly BuiltDocument[]>;
}

function workplace(text: string = communique): Workplace {
  const cwd = folder();
  mkdirSync(join(cwd, 'in'));
  writeFileSync(join(cwd, 'in/a.txt'), text);
  const order = {
    inputs: [join(cwd, 'in')],
    out: join(cwd, 'out'),
    editions: ['md', 'csv', 'json'],
    template: 'default',
  };
  return {
    cwd,
    build: async (over = {}, buildDate = null) => {
      const told: BuiltDocument[] = [];
      const { documents } = await build({ ...order, ...over }, { ...thisWorld(), buildDate }, (one) =>
        told.push(one),
      );
      expect(documents.map((one) => one.standing)).toEqual(told.map((one) => one.standing));
      return told;
    },
  };
}

const standing = (documents: readonly BuiltDocument[]) => documents.map((document) => document.standing);

describe('a document stands', () => {
  it('where nothing has changed: it says the same, and nothing is touched', async () => {
    const { cwd, build } = workplace(doubtful);
    const [made] = await build();
    const before = contents(join(cwd, 'out'));
    const [again] = await build();
    expect([made?.standing, again?.standing]).toEqual([false, true]);
    expect(made?.diagnostics.map(({ code }) => code)).toContain('number-skipped');
    for (const key of ['input', 'id', 'account', 'diagnostics', 'fidelity'] as const)
      expect(again?.[key]).toEqual(made?.[key]);
    expect(again?.text).toBe(doubtful);
    const unchanged = made?.files.map((file) => ({ ...file, state: 'unchanged' }));
    expect(again?.files).toEqual(unchanged);
    expect(contents(join(cwd, 'out'))).toEqual(before);
  });

  it('whatever its times say', async () => {
    const { cwd, build } = workplace();
    await build();
    for (const file of ['in/a.txt', 'out/a/a.json', 'out/a/manifest.json'])
      utimesSync(join(cwd, file), new Date(), new Date(Math.random() * 1e12));
    expect(standing(await build())).toEqual([true]);
  });

  it('for editions that are asked for alone, after all were made', async () => {
    const { build } = workplace();
    await build();
    const [csv] = await build({ editions: ['csv'] });
    expect(csv?.standing).toBe(true);
    expect(csv?.files.map(({ edition }) => edition)).toEqual(['csv', 'csv', 'manifest']);
  });

  it('under another SOURCE_DATE_EPOCH only where it bears a date of its own', async () => {
    const dated = workplace();
    await dated.build();
    expect(standing(await dated.build({}, '2020-01-01'))).toEqual([true]);
    const undated = workplace(communique.replace('9 May 2011\n\n', ''));
    await undated.build();
    expect(standing(await undated.build())).toEqual([true]);
    expect(standing(await undated.build({}, '2020-01-01'))).toEqual([false]);
  });

  it('with a proof only where the record is of these very files', async () => {
    const { cwd, build } = workplace();
    const proven = { verify: true };
    await build();
    const [first] = await build(proven);
    expect(first?.standing).toBe(false);
    const [second] = await build(proven);
    expect(second?.standing).toBe(true);
    expect(second?.fidelity).toEqual(first?.fidelity);
    expect(standing(await build())).toEqual([true]);
    const record = join(cwd, 'out/a/a.fidelity.json');
    const whole = readFileSync(record, 'utf8');
    for (const spoilt of [
      whole.replace('"result": "equal"', '"result": "unverified"'),
      whole.replace(/"sha256": "[0-9a-f]{64}"\n/, `"sha256": "${'0'.repeat(64)}"\n`),
      whole.replace('"edition": "csv"', '"edition": "pdf"'),
      '{}',
    ]) {
      expect(spoilt).not.toBe(whole);
      writeFileSync(record, spoilt);
      expect(standing(await build(proven))).toEqual([false]);
      expect(readFileSync(record, 'utf8')).toBe(whole);
    }
    expect(standing(await build({ ...proven, editions: ['csv'] }))).toEqual([false]);
  });
});

describe('a document is made anew', () => {
  const template = (words: object) => JSON.stringify({ extends: 'default', name: 'house', ...words });
  const changes: Readonly<Record<string, (cwd: string) => Partial<Order> | undefined>> = {
    'its text': (cwd) => {
      appendFileSync(join(cwd, 'in/a.txt'), '\n4. More.\n');
    },
    'a sidecar comes': (cwd) => {
      writeFileSync(join(cwd, 'in/a.engross.json'), '{"place": "Tórshavn"}');
    },
    'an edition is gone': (cwd) => {
      rmSync(join(cwd, 'out/a/a.md'));
    },
    'an edition was changed, in one letter': (cwd) => {
      const path = join(cwd, 'out/a/a.footnotes.csv');
      writeFileSync(path, readFileSync(path, 'utf8').replace('marker', 'Marker'));
    },
    'the manifest was changed': (cwd) => {
      const path = join(cwd, 'out/a/manifest.json');
      appendFileSync(path, '\n');
    },
    'the manifest is of another version': (cwd) => {
      const path = join(cwd, 'out/a/manifest.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace(/engross \d/, 'engross 99'));
    },
    'the manifest is gone': (cwd) => {
      rmSync(join(cwd, 'out/a/manifest.json'));
    },
    'a link stands in an edition’s place': (cwd) => {
      renameSync(join(cwd, 'out/a/a.json'), join(cwd, 'elsewhere.json'));
      symlinkSync(join(cwd, 'elsewhere.json'), join(cwd, 'out/a/a.json'));
      return undefined;
    },
    'a build has died in its folder': (cwd) => {
      const left = join(cwd, 'out/a/.engross-x-1-0123456789abcdef.tmp');
      writeFileSync(left, '');
      utimesSync(left, 0, 0);
    },
    '--force': () => ({ force: true }),
    'another template': () => ({ template: 'letter' }),
    '--csv-raw': () => ({ csvRaw: true }),
    'an edition that was not made': () => ({ editions: ['md', 'csv', 'json', 'docx'] }),
    'an encoding that was not stated': () => ({ encoding: 'utf-8' }),
  };
  for (const [what, change] of Object.entries(changes))
    it(`where ${what}`, async () => {
      const { cwd, build } = workplace();
      await build();
      expect(standing(await build())).toEqual([true]);
      const over = change(cwd);
      const [made] = await build(over);
      expect(made?.standing).toBe(false);
      if (what.startsWith('a link'))
        expect(made?.diagnostics.map(({ code }) => code)).toEqual(['output-not-a-file']);
      else expect(standing(await build({ ...over, force: false }))).toEqual([true]);
    });

  it('where a font that the template names was changed', async () => {
    const { cwd, build } = workplace();
    const font = join(
      root,
      'node_modules/@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
    );
    copyFileSync(font, join(cwd, 'face.ttf'));
    writeFileSync(join(cwd, 'house.json'), template({ face: { regular: './face.ttf' } }));
    const order = { template: join(cwd, 'house.json'), editions: ['pdf', 'json'] };
    await build(order);
    expect(standing(await build(order))).toEqual([true]);
    appendFileSync(join(cwd, 'face.ttf'), 'x');
    expect(standing(await build({ ...order, editions: ['json'] }))).toEqual([true]);
    expect(standing(await build(order))).toEqual([false]);
  });

  it('under --strict where there were warnings: it fails each time', async () => {
    const { build } = workplace(doubtful);
    await build();
    for (let times = 0; times < 2; times++) {
      const [made] = await build({ strict: true });
      expect(made?.standing).toBe(false);
      expect(made?.diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
    }
  });

  it('where an edition could not be written: none of its files is listed', async () => {
    const { cwd, build } = workplace();
    mkdirSync(join(cwd, 'out/a/a.footnotes.csv'), { recursive: true });
    await build();
    const manifest = readFileSync(join(cwd, 'out/a/manifest.json'), 'utf8');
    expect(manifest).toContain('a.json');
    expect(manifest).not.toContain('a.csv');
    expect(standing(await build())).toEqual([false]);
  });
});

it('the command says what stands, with its warnings', async () => {
  const { cwd } = workplace(doubtful);
  writeFileSync(join(cwd, 'in/b.txt'), communique);
  const args = ['build', 'in', '--editions', 'csv,json'];
  const first = await engross(args, { cwd });
  const second = await engross(args, { cwd });
  expect(second.err).toBe(first.err);
  expect(second.err).toMatch(/in\/a\.txt:7:1 warning number-skipped: .*\n {2}3\. We agree/);
  expect(first.out).toContain('2 documents, no errors; files: 8 written');
  expect(second.out).toContain('2 documents, 2 unchanged, no errors; files: 8 unchanged');
  const forced = await engross([...args, '--force'], { cwd });
  expect(forced.out).toContain('2 documents, no errors; files: 8 unchanged');
  expect((await engross([...args, '--strict'], { cwd })).code).toBe(1);
});
