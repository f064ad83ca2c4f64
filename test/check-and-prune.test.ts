/** `--check` says what is stale and how, `--prune` removes what has no input any more, and an unfaithful edition is never published. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, describe, it } from 'vitest';
import { build, thisWorld } from '../src/build.js';
import type { Edition } from '../src/editions/edition.js';
import { editionNames, shelf } from '../src/editions/index.js';
import { exitCodeOf } from '../src/report.js';
import { communique, engross, folder } from './engross.js';

function workplace(...names: readonly string[]): string {
  const cwd = folder();
  mkdirSync(join(cwd, 'input'));
  for (const name of names) writeFileSync(join(cwd, 'input', `${name}.txt`), communique);
  return cwd;
}

describe('--check', () => {
  it('says the first difference of each edition in words', async () => {
    const cwd = workplace('a');
    await engross(['build'], { cwd });
    const input = join(cwd, 'input/a.txt');
    writeFileSync(input, communique.replace('stays open', 'remains open'));
    const before = readdirSync(join(cwd, 'output/a')).map((name) =>
      readFileSync(join(cwd, 'output/a', name)),
    );
    const { code, err } = await engross(['build', '--check'], { cwd });
    expect(code).toBe(1);
    for (const ending of ['md', 'pdf', 'docx', 'csv', 'json'])
      expect(err).toMatch(
        new RegExp(
          `error edition-stale: “output/a/a\\.${ending}” differs from what its source gives: para_2 \\(2\\.\\), .*word 6: expected “remains”, got “stays”\\.\\n`,
        ),
      );
    expect(
      readdirSync(join(cwd, 'output/a')).map((name) => readFileSync(join(cwd, 'output/a', name))),
    ).toEqual(before);
  });

  it('says what differs where no word does', async () => {
    const cwd = workplace('a');
    await engross(['build'], { cwd });
    const { code, err } = await engross(['build', '--check', '--template', 'letter'], { cwd });
    expect(code).toBe(1);
    expect(err).toMatch(/a\.pdf” differs .*: its words are the same; its look or its metadata differ\./);
    expect(err).toMatch(/a\.docx” differs .*: its words are the same; its part word\/\S+\.xml differs\./);
    expect(err).toMatch(/manifest\.json” differs .*: line \d+: expected “.*letter.*”, got “.*default.*”\./);
    expect(err).not.toMatch(/a\.csv”/);
    const file = join(cwd, 'output/a/a.md');
    writeFileSync(file, readFileSync(file, 'utf8').replace('engross', 'egross'));
    writeFileSync(join(cwd, 'output/a/a.docx'), 'no ZIP');
    const other = await engross(['build', '--check'], { cwd });
    expect(other.err).toMatch(/a\.docx” differs .*: it can’t be read \(it is no ZIP file/);
  });

  it('lists the editions whose input is gone, and writes nothing', async () => {
    const cwd = workplace('a', 'b');
    await engross(['build', '--editions', 'json'], { cwd });
    rmSync(join(cwd, 'input/b.txt'));
    const { code, err } = await engross(['build', '--check', '--editions', 'json'], { cwd });
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(
        /error edition-orphaned: No input that was named makes “output\/b” \(of b\.txt\) any more\./,
      ),
    ]);
    expect(existsSync(join(cwd, 'output/b/b.json'))).toBe(true);
    // Of a single file nothing can be told of others.
    const single = await engross(['build', 'input/a.txt', '--check', '--editions', 'json'], { cwd });
    expect(single.err).not.toContain('orphaned');
  });

  it('knows several folders by their being named, and says so where one is not', async () => {
    const cwd = workplace('a');
    mkdirSync(join(cwd, 'other'));
    writeFileSync(join(cwd, 'other/b.txt'), communique);
    const both = ['build', 'input', 'other', '--editions', 'json'];
    await engross(both, { cwd });
    for (const way of ['--check', '--prune']) {
      const { code, err, out } = await engross([...both, way], { cwd });
      expect([code, err, out]).toEqual([0, '', expect.not.stringContaining('removed')]);
    }
    const one = await engross(['build', 'input', '--editions', 'json', '--check'], { cwd });
    expect(one.code).toBe(1);
    expect(one.err).toMatch(
      /edition-orphaned: No input that was named makes “output\/b” [^]*If its text lies in another folder, name that folder, too/,
    );
    expect(existsSync(join(cwd, 'output/b/b.json'))).toBe(true);
  });
});

describe('--prune', () => {
  it('removes the editions, the manifest, the proof and the folder, and the entry of the union', async () => {
    const cwd = workplace('a', 'b');
    await engross(['build', '--verify'], { cwd });
    rmSync(join(cwd, 'input/b.txt'));
    const ended = await engross(['build', '--prune'], { cwd });
    expect([ended.code, ended.err]).toEqual([0, '']);
    expect(ended.out).toMatch(/8 removed\n$/);
    expect(existsSync(join(cwd, 'output/b'))).toBe(false);
    expect(readFileSync(join(cwd, 'output/paragraphs.csv'), 'utf8')).not.toContain('\nb,');
    const union = JSON.parse(readFileSync(join(cwd, 'output/manifest.json'), 'utf8')) as {
      documents: { id: string }[];
    };
    expect(union.documents.map(({ id }) => id)).toEqual(['a']);
    expect((await engross(['build', '--check'], { cwd })).code).toBe(0);
  });

  it('leaves a folder as it is where a file was changed, or the manifest names what is not ours', async () => {
    const cwd = workplace('a', 'b', 'c');
    await engross(['build', '--editions', 'json,csv'], { cwd });
    for (const name of ['b', 'c']) rmSync(join(cwd, `input/${name}.txt`));
    writeFileSync(join(cwd, 'output/b/b.csv'), 'my notes');
    writeFileSync(join(cwd, 'victim'), 'mine');
    const manifest = join(cwd, 'output/c/manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"c.json"', '"../../victim"'));
    const { code, err } = await engross(['build', '--prune', '--editions', 'json'], { cwd });
    expect(code).toBe(1);
    expect(err).toMatch(/prune-refused: “output\/b” was left as it is: “b\.csv” is not the file/);
    expect(err).toMatch(/prune-refused: “output\/c” was left as it is: “\.\.\/\.\.\/victim” is not the file/);
    expect(readdirSync(join(cwd, 'output/b')).length).toBe(4);
    expect(readFileSync(join(cwd, 'victim'), 'utf8')).toBe('mine');
  });

  it('keeps other files, links and folders without a manifest of ours', async () => {
    const cwd = workplace('a', 'b');
    await engross(['build', '--editions', 'json'], { cwd });
    rmSync(join(cwd, 'input/b.txt'));
    writeFileSync(join(cwd, 'output/b/notes.txt'), 'mine');
    mkdirSync(join(cwd, 'output/mine'));
    writeFileSync(join(cwd, 'output/mine/manifest.json'), '{ "version": 1, "id": "mine" }');
    const { code, err } = await engross(['build', '--prune', '--editions', 'json'], { cwd });
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/warning folder-not-empty: “output\/b” holds files/),
    ]);
    expect(readdirSync(join(cwd, 'output/b'))).toEqual(['notes.txt']);
    expect(readdirSync(join(cwd, 'output/mine'))).toEqual(['manifest.json']);
  });

  it('is refused for single files, and only looks with --check', async () => {
    const cwd = workplace('a', 'b');
    await engross(['build', '--editions', 'json'], { cwd });
    rmSync(join(cwd, 'input/b.txt'));
    const single = await engross(['build', 'input/a.txt', '--prune'], { cwd });
    expect([single.code, single.err]).toEqual([2, expect.stringContaining('--prune needs whole folders')]);
    await engross(['build', '--prune', '--check', '--editions', 'json'], { cwd });
    expect(existsSync(join(cwd, 'output/b/b.json'))).toBe(true);
  });
});

describe('the record of a proof', () => {
  it('does not outlive the files that it speaks of', async () => {
    const cwd = workplace('a');
    const record = join(cwd, 'output/a/a.fidelity.json');
    await engross(['build', '--verify'], { cwd });
    expect(existsSync(record)).toBe(true);
    // It still speaks of these very files.
    await engross(['build', '--force'], { cwd });
    expect(existsSync(record)).toBe(true);
    writeFileSync(join(cwd, 'input/a.txt'), communique.replace('stays', 'remains'));
    const check = await engross(['build', '--check'], { cwd });
    expect(check.err).toMatch(/a\.fidelity\.json” is the proof of other files/);
    expect(existsSync(record)).toBe(true);
    const { out } = await engross(['build'], { cwd });
    expect(out).toContain('removed .fidelity.json');
    expect(existsSync(record)).toBe(false);
  });
});

/** The edition with a word less in what it writes. */
const unfaithful: Readonly<Record<string, (files: Map<string, Uint8Array>) => void>> = {
  md: (files) => {
    change(files, '.md', (text) => text.replace('every harbour', 'harbour'));
  },
  csv: (files) => {
    change(files, '.csv', (text) => text.replace('every harbour', 'harbour'));
  },
  json: (files) => {
    change(files, '.json', (text) => text.replace('every harbour', 'harbour'));
  },
  docx: (files) => {
    const parts = unzipSync(files.get('.docx') ?? new Uint8Array());
    const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
    parts['word/document.xml'] = strToU8(xml.replace('every harbour', 'harbour'));
    files.set('.docx', zipSync(parts));
  },
};
const change = (files: Map<string, Uint8Array>, ending: string, work: (text: string) => string) =>
  files.set(ending, strToU8(work(strFromU8(files.get(ending) ?? new Uint8Array()))));

describe('an unfaithful edition', () => {
  it.each(Object.keys(unfaithful))(
    'as %s is not written: its old file stays, the others are made, exit 1',
    async (name) => {
      const cwd = workplace('a');
      mkdirSync(join(cwd, 'output/a'), { recursive: true });
      writeFileSync(join(cwd, `output/a/a.${name}`), 'old');
      const shelved = shelf as Record<string, () => Promise<{ readonly edition: Edition }>>;
      const take = shelved[name];
      if (!take) throw new Error(name);
      shelved[name] = async () => {
        const { edition } = await take();
        return {
          edition: {
            ...edition,
            render: async (document, context) => {
              const result = await edition.render(document, context);
              const files = new Map(result instanceof Uint8Array ? [[edition.extension, result]] : result);
              unfaithful[name]?.(files);
              return files;
            },
          },
        };
      };
      try {
        const order = {
          inputs: [join(cwd, 'input')],
          out: join(cwd, 'output'),
          editions: editionNames,
          template: 'default',
          verify: true,
        };
        const { documents } = await build(order, thisWorld());
        const errors = documents.flatMap(({ diagnostics }) =>
          diagnostics.filter(({ severity }) => severity === 'error'),
        );
        expect(errors.map(({ code }) => code)).toEqual(['edition-unfaithful']);
        expect(errors[0]?.message).toMatch(
          new RegExp(`^The ${name} edition .*para_2 .*expected “every”, got nothing`),
        );
        expect(exitCodeOf(errors.map(({ code }) => code))).toBe(1);
      } finally {
        shelved[name] = take;
      }
      expect(readFileSync(join(cwd, `output/a/a.${name}`), 'utf8')).toBe('old');
      for (const other of editionNames.filter((one) => one !== name))
        expect(existsSync(join(cwd, `output/a/a.${other}`)), other).toBe(true);
      const record = JSON.parse(readFileSync(join(cwd, 'output/a/a.fidelity.json'), 'utf8')) as {
        editions: { edition: string; result: string }[];
      };
      expect(
        record.editions.filter(({ result }) => result !== 'equal').map(({ edition }) => edition),
      ).toEqual([name]);
      // The manifest lists what was published.
      const manifest = readFileSync(join(cwd, 'output/a/manifest.json'), 'utf8');
      expect(manifest).not.toContain(`"a.${name}"`);
    },
    60_000,
  );
});
