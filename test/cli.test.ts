import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../src/cli/arguments.js';
import { editionNames } from '../src/editions/index.js';
import { communique, engross, folder, run, root } from './engross.js';

/** A folder with input/communique.txt. */
function workplace(text: string | Uint8Array = communique): string {
  const path = folder();
  mkdirSync(join(path, 'input'));
  writeFileSync(join(path, 'input/communique.txt'), text);
  return path;
}

const everything = (path: string): string[] =>
  existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : [];

/** One message: a sentence and a cure, no stack, and nothing on stdout. */
function oneSentence(
  ended: { code: number | null; out: string; err: string },
  code: number,
  message: RegExp,
): void {
  expect(ended.err).toMatch(message);
  expect(ended.code).toBe(code);
  expect(ended.err).not.toMatch(/\n\s+at /);
  expect(ended.err.split('\n').filter((line) => / ?error [\w-]+: /.test(line))).toHaveLength(1);
  expect(ended.err).toMatch(/\n {2}→ /);
}

describe('help', () => {
  it('explains every command, within 100 columns', async () => {
    const each = commands.flatMap(({ name }) => [
      [name, '--help'],
      [name, '-h'],
      ['help', name],
    ]);
    expect(each.length).toBeGreaterThanOrEqual(12);
    for (const args of [['--help'], ['help'], ...each]) {
      const { code, out, err } = await engross(args);
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain('Exit codes');
      for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
    }
  });

  it('without a command says how to ask, on stderr, exit 2', async () => {
    const { code, out, err } = await engross([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: engross COMMAND');
  });

  it('--version is the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(await engross(['--version'])).toEqual({ code: 0, out: `engross ${version}\n`, err: '' });
  });

  it('lists the editions', async () => {
    const { code, out } = await engross(['editions']);
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.split(' ')[0])).toEqual([...editionNames, '']);
    const json = JSON.parse((await engross(['editions', '--json'])).out) as { editions: { name: string }[] };
    expect(json.editions.map((edition) => edition.name)).toEqual(editionNames);
  });
});

it('prints the schemas that the package ships', async () => {
  for (const [args, name] of [
    [[], 'document'],
    [['document'], 'document'],
    [['template'], 'template'],
    [['sidecar'], 'sidecar'],
  ] as const) {
    const { code, out } = await engross(['schema', ...args], { cwd: folder() });
    expect([code, out]).toEqual([0, readFileSync(join(root, `schemas/${name}.schema.json`), 'utf8')]);
  }
});

describe('wrong use gives one clear sentence and exit 2', () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown command', ['biuld'], /There is no command “biuld”; did you mean “build”\?/],
    ['a file for a command', ['input/communique.txt'], /engross build input\/communique\.txt/],
    ['an unknown option', ['build', '--editoins', 'md'], /no option --editoins; did you mean “--editions”\?/],
    ['another program’s word', ['build', '--output', 'x'], /no option --output; did you mean “--out”\?/],
    ['another program’s letter', ['build', '-o', 'x'], /no option -o; did you mean “--out”\?/],
    ['a word with its value', ['build', '--formats=md'], /no option --formats; did you mean “--editions”\?/],
    ['a word for what another command has', ['verify', '-o', 'x'], /engross verify has no option -o\./],
    ['another program’s command', ['convert', 'x.txt'], /no command “convert”; did you mean “build”\?/],
    ['an unknown schema', ['schema', 'documnet'], /no schema “documnet”; did you mean “document”\?/],
    ['an option without its value', ['build', '--out'], /--out needs a value/],
    ['an option in place of a value', ['build', '--out', '--check'], /--out needs a value/],
    ['a value that isn’t taken', ['build', '--check=yes'], /--check takes no value/],
    [
      'an unknown edition',
      ['build', '--editions', 'md,dcx'],
      /There is no edition “dcx”; did you mean “docx”\?/,
    ],
    ['no edition', ['build', '--editions', ','], /names no edition/],
    [
      'an edition named like a property',
      ['build', '--editions', '__proto__'],
      /There is no edition “__proto__”/,
    ],
    [
      'an unknown template',
      ['build', '--template', 'defualt'],
      /There is no template “defualt”; did you mean “default”\?/,
    ],
    [
      'a template that isn’t there',
      ['build', '--template', './no.json'],
      /There is no template file “\.\/no\.json”/,
    ],
    ['inspect without a file', ['inspect'], /needs a file/],
    ['inspect with two', ['inspect', 'a', 'b'], /one too many/],
    ['inspect of a folder', ['inspect', 'input'], /is a folder/],
    ['an unknown word to explain', ['help', 'biuld'], /did you mean “build”/],
    ['a folder without texts', ['build', '.'], /There is no \.txt or \.md file in “\.”/],
    ['an input of another kind', ['build', 'x.pdf'], /files ending in \.pdf are not read/],
  ];
  it.each(cases)('%s', async (_, args, message) => {
    const cwd = workplace();
    writeFileSync(join(cwd, 'x.pdf'), '%PDF');
    const ended = await engross(args, { cwd });
    oneSentence(ended, 2, message);
    expect(everything(join(cwd, 'output'))).toEqual([]);
  });

  it('a template that says what may not be said', async () => {
    const cwd = workplace();
    writeFileSync(join(cwd, 'house.json'), '{ "extends": "default", "sizs": { "body": 11 } }');
    oneSentence(
      await engross(['build', '--template', './house.json'], { cwd }),
      2,
      /no key “sizs”; did you mean “sizes”/,
    );
  });

  it('SOURCE_DATE_EPOCH that is no number', async () => {
    const ended = await engross(['build'], { cwd: workplace(), env: { SOURCE_DATE_EPOCH: 'today' } });
    oneSentence(ended, 2, /SOURCE_DATE_EPOCH is “today”/);
  });
});

describe('bad input gives one clear sentence, and nothing is half-written', () => {
  const binary = new Uint8Array(4096).map((_, index) => (index * 7919) % 256);
  const cases: readonly (readonly [string, string | Uint8Array])[] = [
    ['an empty file', ''],
    ['binary bytes', binary],
    ['a PNG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13])],
  ];
  it.each(cases)('%s: exit 1', async (_, content) => {
    const cwd = workplace(content);
    const ended = await engross(['build'], { cwd });
    oneSentence(ended, 1, /input[\\/]communique\.txt.* error (input|encoding|character)-/);
    expect(everything(join(cwd, 'output'))).toEqual([]);
  });

  it('a file that isn’t there: exit 3', async () => {
    const cwd = folder();
    oneSentence(await engross(['build', 'none.txt'], { cwd }), 3, /There is no file or folder “none\.txt”/);
    oneSentence(await engross(['build'], { cwd }), 3, /There is no file or folder “input”/);
    oneSentence(await engross(['inspect', 'none.txt'], { cwd }), 3, /There is no file or folder “none\.txt”/);
    expect(everything(cwd)).toEqual([]);
  });

  it('two inputs with one id: both named, neither made, the others made', async () => {
    const cwd = workplace();
    for (const name of ['Déclaration 1.txt', 'declaration-1.txt'])
      writeFileSync(join(cwd, 'input', name), communique);
    const { code, err } = await engross(['build', '--editions', 'json'], { cwd });
    expect(code).toBe(1);
    expect(err).toMatch(
      /id-twice: .*Déclaration 1\.txt.*declaration-1\.txt.* would all become “declaration-1”/,
    );
    expect(readdirSync(join(cwd, 'output')).sort()).toEqual(['communique', 'manifest.json']);
  });

  it('one bad document among good ones: the good ones are made, exit 1', async () => {
    const cwd = workplace();
    writeFileSync(join(cwd, 'input/empty.txt'), '');
    const { code, out, err } = await engross(['build', '--editions', 'json'], { cwd });
    expect(code).toBe(1);
    expect(err).toContain('input-empty');
    expect(out).toContain('2 documents, 1 with errors');
    expect(existsSync(join(cwd, 'output/communique/communique.json'))).toBe(true);
  });
});

describe('output that can’t be written: exit 3', () => {
  it('below a plain file', async () => {
    const cwd = workplace();
    writeFileSync(join(cwd, 'file'), 'mine');
    const ended = await engross(['build', '--editions', 'json', '--out', 'file/out'], { cwd });
    oneSentence(ended, 3, /output-unwritable: .*a file stands in a folder’s place/);
    expect(readFileSync(join(cwd, 'file'), 'utf8')).toBe('mine');
  });

  it('is said once for all documents, of which each counts as failed', async () => {
    const cwd = workplace();
    for (const name of ['b', 'c']) writeFileSync(join(cwd, `input/${name}.txt`), communique);
    writeFileSync(join(cwd, 'file'), 'mine');
    const ended = await engross(['build', '--editions', 'json', '--out', 'file'], { cwd });
    oneSentence(ended, 3, /output-unwritable/);
    expect(ended.out).toContain('3 documents, 3 with errors');
  });

  it('where the system makes no folders', { timeout: 20_000 }, async () => {
    if (!existsSync('/proc/self')) return;
    const ended = await engross(['build', '--editions', 'json', '--out', '/proc/engross'], {
      cwd: workplace(),
    });
    oneSentence(ended, 3, /output-unwritable/);
  });

  it('a symbolic link or a folder in an edition’s place: that file stays, the others are made', async () => {
    const cwd = workplace();
    mkdirSync(join(cwd, 'output/communique/communique.json'), { recursive: true });
    writeFileSync(join(cwd, 'victim'), 'mine');
    symlinkSync('../../victim', join(cwd, 'output/communique/communique.md'));
    const { code, err } = await engross(['build', '--editions', 'json,md,csv'], { cwd });
    expect(code).toBe(3);
    expect(err).toMatch(/output-not-a-file: .*communique\.json” is a folder/);
    expect(err).toMatch(/output-not-a-file: .*communique\.md” is a symbolic link/);
    expect(readFileSync(join(cwd, 'victim'), 'utf8')).toBe('mine');
    const made = JSON.parse(readFileSync(join(cwd, 'output/communique/manifest.json'), 'utf8')) as {
      files: { edition: string }[];
    };
    expect(new Set(made.files.map((file) => file.edition))).toEqual(new Set(['csv']));
  });
});

describe('build', () => {
  it('prints the account, and the second time writes nothing', async () => {
    const cwd = workplace();
    const first = await engross(['build'], { cwd });
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toMatch(
      /^input[\\/]communique\.txt: \d+ characters: \d+ printed, 0 furniture, 0 mark-up, 0 lost\n/,
    );
    const files = everything(join(cwd, 'output/communique'));
    expect(files).toEqual(
      ['.csv', '.docx', '.footnotes.csv', '.json', '.md', '.pdf']
        .map((ending) => `communique${ending}`)
        .concat('manifest.json'),
    );
    for (const file of files) utimesSync(join(cwd, 'output/communique', file), 1, 1);
    const second = await engross(['build'], { cwd });
    expect(second.out).toContain('unchanged .md .pdf .docx .csv .footnotes.csv .json manifest.json');
    for (const file of files) expect(statSync(join(cwd, 'output/communique', file)).mtimeMs, file).toBe(1000);
  });

  it('--quiet says nothing where nothing is wrong', async () => {
    expect(await engross(['build', '--quiet', '--editions', 'json'], { cwd: workplace() })).toEqual({
      code: 0,
      out: '',
      err: '',
    });
  });

  it('--json prints one object, on errors too', async () => {
    const cwd = workplace();
    const made = JSON.parse(
      (await engross(['build', '--json', '--editions', 'json'], { cwd })).out,
    ) as Record<string, unknown>;
    expect(made).toMatchObject({
      command: 'build',
      exitCode: 0,
      documents: [
        {
          id: 'communique',
          account: { lost: 0 },
          files: [{ edition: 'json', state: 'written' }, { edition: 'manifest' }],
        },
      ],
      manifest: { state: 'written' },
    });
    const refused = await engross(['build', '--json', '--editions', 'jsn'], { cwd });
    expect([refused.code, refused.err]).toEqual([2, '']);
    expect(JSON.parse(refused.out)).toMatchObject({
      exitCode: 2,
      diagnostics: [{ code: 'edition-unknown' }],
    });
  });

  it('--check writes nothing, and fails with a list of what is stale or missing', async () => {
    const cwd = workplace();
    const check = () => engross(['build', '--check', '--editions', 'json,csv'], { cwd });
    const before = await check();
    expect(before.code).toBe(1);
    expect(before.err).toMatch(/edition-stale: .*communique\.json” is missing/);
    expect(existsSync(join(cwd, 'output'))).toBe(false);
    await engross(['build', '--editions', 'json,csv'], { cwd });
    expect((await check()).code).toBe(0);
    writeFileSync(join(cwd, 'output/communique/communique.csv'), 'tampered');
    const after = await check();
    expect(after.code).toBe(1);
    expect(after.err).toMatch(/edition-stale: .*communique\.csv” differs/);
    expect(after.err).not.toContain('communique.json”');
    expect(readFileSync(join(cwd, 'output/communique/communique.csv'), 'utf8')).toBe('tampered');
  });

  it('--strict takes warnings for errors: nothing of that document is made', async () => {
    const cwd = workplace(communique.replace('3. We', '5. We'));
    const lenient = await engross(['build', '--editions', 'json'], { cwd });
    expect(lenient.code).toBe(0);
    expect(lenient.err).toMatch(
      /input[\\/]communique\.txt:9:1 warning number-skipped: .*\n {2}5\. We shall.*\n {2}\^/,
    );
    const strict = await engross(['build', '--editions', 'json', '--strict', '--out', 'strict'], { cwd });
    expect(strict.code).toBe(1);
    expect(strict.err).toContain('error number-skipped');
    expect(existsSync(join(cwd, 'strict'))).toBe(false);
  });

  it('the manifest keeps what was made of the same source before, and the union every document', async () => {
    const cwd = workplace();
    await engross(['build', '--editions', 'json'], { cwd });
    await engross(['build', '--editions', 'csv'], { cwd });
    type Listed = { files: { edition: string }[] };
    const manifest = () =>
      JSON.parse(readFileSync(join(cwd, 'output/communique/manifest.json'), 'utf8')) as Listed;
    expect(manifest().files.map((file) => file.edition)).toEqual(['csv', 'csv', 'json']);
    writeFileSync(join(cwd, 'other.txt'), communique);
    await engross(['build', 'other.txt', '--editions', 'csv'], { cwd });
    const union = JSON.parse(readFileSync(join(cwd, 'output/manifest.json'), 'utf8')) as {
      documents: { id: string }[];
    };
    expect(union.documents.map((document) => document.id)).toEqual(['communique', 'other']);
    writeFileSync(join(cwd, 'input/communique.txt'), communique.replace('next year', 'in two years'));
    await engross(['build', '--editions', 'csv'], { cwd });
    expect(manifest().files.map((file) => file.edition)).toEqual(['csv', 'csv']);
  });

  it('two builds at once leave whole files and nothing else', async () => {
    const cwd = workplace();
    const ended = await Promise.all([1, 2, 3].map(() => engross(['build'], { cwd })));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect((await engross(['build', '--check'], { cwd })).code).toBe(0);
    expect(everything(join(cwd, 'output')).filter((file) => file.includes('.tmp'))).toEqual([]);
  });
});

describe('inspect', () => {
  it('shows metadata, regions, labels and the account, within 100 columns', async () => {
    const { code, out } = await engross(['inspect', 'input/communique.txt'], { cwd: workplace() });
    expect(code).toBe(0);
    expect(out).toMatch(/title +Communiqué of the harbour ministers/);
    expect(out).toMatch(/5 +para_1 +1\. +numbered +We met at Tórshavn/);
    expect(out).toContain('0 lost');
    for (const line of out.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(100);
  });

  it('--json gives the document', async () => {
    const { out } = await engross(['inspect', '--json', 'input/communique.txt'], { cwd: workplace() });
    expect(JSON.parse(out)).toMatchObject({
      command: 'inspect',
      exitCode: 0,
      document: { id: 'communique' },
    });
  });
});

describe('the terminal', () => {
  const skipped = communique.replace('3. We', '5. We');
  it('colours only where asked or on a terminal', async () => {
    const args = ['build', '--editions', 'json'];
    expect((await engross(args, { cwd: workplace(skipped) })).err).not.toContain('\u001b');
    const forced = await engross(args, { cwd: workplace(skipped), env: { FORCE_COLOR: '1' } });
    expect(forced.err).toContain('\u001b[33;1mwarning');
    const not = await engross(args, { cwd: workplace(skipped), env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    expect(not.err).not.toContain('\u001b');
  });

  it('a reader that goes away is no failure', async () => {
    if (process.platform === 'win32') return;
    const cwd = workplace(communique + '4. And so on.\n\n'.repeat(3000));
    const command = `"${process.execPath}" "${join(root, 'dist/cli.js')}" inspect input/communique.txt | head -1`;
    const { err } = await run(['sh', '-c', command], { cwd });
    expect(err).toBe('');
  });
});
