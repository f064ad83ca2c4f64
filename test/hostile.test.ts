/** Names, folders, templates and sizes that mean harm: each is refused or harmless, and nothing outside the output is touched. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { describe, expect, it } from 'vitest';
import { read } from '../src/read/index.js';
import { slugOf } from '../src/read/slug.js';
import { communique, engross, folder, root } from './engross.js';

/** What Windows takes for a device, with any ending (Microsoft, Naming Files, Paths, and Namespaces). */
const isDevice = (name: string) => /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i.test(name);

describe('names', () => {
  it.each(['CON', 'nul', 'aux', 'PRN', 'com1', 'LPT9'])('%s, a Windows device, is no id', async (name) => {
    const id = await slugOf(`${name}.txt`);
    expect(isDevice(id)).toBe(false);
    expect(id).toMatch(/^[a-z0-9-]+$/);
  });

  it.each(['__proto__', 'constructor', 'x..', '-rf', 'a..b', '\\..\\..\\x'])(
    '%s stays in the output folder and is no property',
    async (name) => {
      const cwd = folder();
      mkdirSync(join(cwd, 'input'));
      writeFileSync(join(cwd, 'input', `${name}.txt`), communique);
      const { code, err } = await engross(['build', '--editions', 'json'], { cwd });
      expect([code, err]).toEqual([0, '']);
      expect(readdirSync(cwd).sort()).toEqual(['input', 'output']);
      const id = await slugOf(`${name}.txt`);
      expect(readdirSync(join(cwd, 'output')).sort()).toEqual([id, 'manifest.json'].sort());
    },
  );

  it('of the files that stand beside editions do not make an edition one of them', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'input'));
    const names = ['manifest', 'MANIFEST_', 'documents', 'paragraphs', 'footnotes', 'datapackage'];
    for (const name of names) writeFileSync(join(cwd, 'input', `${name}.txt`), communique);
    const { code, err, out } = await engross(['build', '--verify'], { cwd });
    expect([code, err]).toEqual([0, '']);
    const output = join(cwd, 'output');
    const files = readdirSync(output, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    // Of each: seven files of five editions, the record of their proof among them, and a manifest.
    expect(files).toHaveLength(names.length * 8 + ['manifest.json', 'datapackage.json'].length + 3);
    expect(out).toContain(`${names.length * 8} written`);
    const ids = await Promise.all(names.map((name) => slugOf(`${name}.txt`)));
    for (const id of ids) {
      const json = JSON.parse(readFileSync(join(output, id, `${id}.json`), 'utf8')) as { id: string };
      const manifest = JSON.parse(readFileSync(join(output, id, 'manifest.json'), 'utf8')) as object;
      expect([json.id, Object.keys(manifest)]).toEqual([id, expect.arrayContaining(['found', 'files'])]);
    }
    const again = await engross(['build', '--check'], { cwd });
    expect([again.code, again.err]).toEqual([0, '']);
  });

  it('__proto__ as a label, a mark and a word is text, and as a key of a sidecar or template refused', async () => {
    const text =
      communique.replace('We agree', '__proto__ constructor[1] We agree') + '\n[1] __proto__ is a word.\n';
    const { document } = await read(new TextEncoder().encode(text), { file: '__proto__.txt' });
    expect(JSON.stringify(document.mainBody)).toContain('__proto__ constructor');
    const cwd = folder();
    writeFileSync(join(cwd, 'a.txt'), communique);
    writeFileSync(join(cwd, 'house.json'), '{ "extends": "default", "__proto__": { "polluted": true } }');
    const template = await engross(['build', 'a.txt', '--template', './house.json'], { cwd });
    expect([template.code, template.err]).toEqual([2, expect.stringContaining('no key “__proto__”')]);
    writeFileSync(join(cwd, 'a.engross.json'), '{ "__proto__": { "title": "x" } }');
    const sidecar = await engross(['build', 'a.txt'], { cwd });
    expect([sidecar.code, sidecar.err]).toEqual([1, expect.stringContaining('sidecar-invalid')]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('links in the output folder', () => {
  it('lead nothing out of it: neither a folder, nor an edition, nor a manifest', async () => {
    const cwd = folder();
    const elsewhere = folder();
    writeFileSync(join(cwd, 'a.txt'), communique);
    mkdirSync(join(cwd, 'output'));
    symlinkSync(elsewhere, join(cwd, 'output/a'), 'junction');
    const linked = await engross(['build', 'a.txt', '--editions', 'json'], { cwd });
    expect([linked.code, linked.err]).toEqual([3, expect.stringContaining('output-not-a-file')]);
    expect(readdirSync(elsewhere)).toEqual([]);
    writeFileSync(join(cwd, 'victim'), 'mine');
    symlinkSync('../victim', join(cwd, 'output/manifest.json'));
    writeFileSync(join(cwd, 'b.txt'), communique);
    const manifest = await engross(['build', 'b.txt', '--editions', 'json'], { cwd });
    expect([manifest.code, manifest.err]).toEqual([3, expect.stringContaining('output-not-a-file')]);
    expect(readFileSync(join(cwd, 'victim'), 'utf8')).toBe('mine');
  });
});

describe('templates', () => {
  it.each([
    ['itself', ['{ "extends": "./a.json" }']],
    ['in a circle', ['{ "extends": "./b.json" }', '{ "extends": "./a.json" }']],
  ])('that extend %s are refused', async (_, texts) => {
    const cwd = folder();
    writeFileSync(join(cwd, 'x.txt'), communique);
    for (const [index, text] of texts.entries()) writeFileSync(join(cwd, `${'ab'[index] ?? ''}.json`), text);
    const { code, err } = await engross(['build', 'x.txt', '--template', './a.json'], { cwd });
    expect([code, err]).toEqual([2, expect.stringMatching(/template-invalid: .*extends itself/)]);
  });

  it.each([
    ['face', { face: { regular: './x.txt' } }, /The face .*x\.txt is no TrueType or OpenType font/],
    ['logo', { logo: { file: './x.png' } }, /The image “.*x\.png” is neither a PNG/],
  ])('that name a face or a logo that is none are refused: %s', async (_, keys, message) => {
    const cwd = folder();
    writeFileSync(join(cwd, 'x.txt'), communique);
    writeFileSync(join(cwd, 'x.png'), communique);
    writeFileSync(join(cwd, 'house.json'), JSON.stringify({ extends: 'default', ...keys }));
    const { code, err } = await engross(['build', 'x.txt', '--template', './house.json'], { cwd });
    expect([code !== 0, err]).toEqual([true, expect.stringMatching(message)]);
    expect(existsSync(join(cwd, 'output/x/x.pdf'))).toBe(false);
  });

  it('of 10 MB are refused unread', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'x.txt'), communique);
    writeFileSync(join(cwd, 'large.json'), `{ "name": "${'x'.repeat(10_000_000)}" }`);
    const { code, err } = await engross(['build', 'x.txt', '--template', './large.json'], { cwd });
    expect([code, err]).toEqual([2, expect.stringContaining('is larger than 1 MiB')]);
    expect(existsSync(join(cwd, 'output'))).toBe(false);
  });
});

describe('escape sequences', () => {
  it('reach the terminal as visible characters', async () => {
    const cwd = folder();
    const hostile = '\u001b[31mred\u001b]0;title\u0007 \u009b2J \u202e';
    const name = process.platform === 'win32' ? 'a.txt' : 'a\u001b[31m.txt';
    writeFileSync(join(cwd, name), `Statement ${hostile}\n\n1. We ${hostile} agree.\n\n${hostile}\n`);
    const all: string[] = [];
    for (const args of [['build', name], ['inspect', name], ['verify'], ['build', name, '--check']]) {
      const { out, err } = await engross(args, { cwd });
      all.push(out, err);
    }
    const said = all.join('');
    expect(said).toContain('red');
    // All but line feeds; the colours that a terminal would get are ours, and this is no terminal.
    expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.exec(said)).toBeNull();
  });
});

describe('mark-up, scripts and links', () => {
  it('of the text are words in every edition', async () => {
    const cwd = folder();
    const words =
      'We say <script>alert(1)</script> and <img src=x onerror=alert(2)> and [here](javascript:alert(3)) and javascript:alert(4) and file:///etc/passwd and https://example.org/page now.';
    writeFileSync(join(cwd, 'a.txt'), communique.replace('We agree', `${words} We agree`));
    const { code, err } = await engross(['build', 'a.txt', '--verify'], { cwd });
    expect([code, err]).toEqual([0, expect.not.stringContaining('error')]);
    const file = (ending: string) => readFileSync(join(cwd, `output/a/a${ending}`));
    const addresses: string[] = [];
    visit(unified().use(remarkParse).use(remarkGfm).parse(file('.md').toString()), (node) => {
      // The pins are our own.
      if (node.type === 'html') expect(node.value).toMatch(/^<a id="\w+"(?: class="\w+")?>$|^<\/a>$/);
      if (node.type === 'link' || node.type === 'image') addresses.push(node.url);
    });
    expect(addresses.filter((address) => !address.startsWith('https://example.org/'))).toEqual([]);
    const pdf = file('.pdf').toString('latin1');
    expect(/\/(?:JavaScript|JS|Launch|OpenAction|AA|GoToR)\b/.exec(pdf)).toBeNull();
    const targets = Object.entries(unzipSync(file('.docx')))
      .filter(([name]) => name.endsWith('.rels'))
      .flatMap(([, bytes]) => [
        ...Buffer.from(bytes)
          .toString()
          .matchAll(/Target="([^"]*)"/g),
      ])
      .map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(3);
    expect(
      targets.filter((target) => /^[a-z]+:/i.test(target) && !target.startsWith('https://example.org/')),
    ).toEqual([]);
  });
});

describe('limits', () => {
  it('of the input and of its lines have a message, and can be set', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'a.txt'), `${communique}\n4. ${'We agree. '.repeat(300)}\n`);
    const build = (...args: readonly string[]) =>
      engross(['build', 'a.txt', '--editions', 'json', ...args], { cwd });
    const input = await build('--max-input', '2K');
    expect([input.code, input.err]).toEqual([1, expect.stringContaining('“a.txt” is larger than 2 KiB.')]);
    const line = await build('--max-line', '2000');
    expect([line.code, line.err]).toEqual([
      1,
      expect.stringMatching(/line-too-long: Line 11 of “a\.txt” is longer than 2000 bytes\./),
    ]);
    expect((await engross(['inspect', 'a.txt', '--max-line', '2000'], { cwd })).code).toBe(1);
    for (const size of ['0', 'much', '-1', '2G', '1e3'])
      expect((await build(`--max-input=${size}`)).code, size).toBe(2);
    expect((await build('--max-input', '10KiB', '--max-line', '4K')).code).toBe(0);
  });
});

describe('SECURITY.md', () => {
  const rows = readFileSync(join(root, 'SECURITY.md'), 'utf8')
    .split('\n')
    .filter((line) => /^\| (?!threat|-)/.test(line))
    .map((line) => line.split(' | ').at(-1)?.replace(/ *\|$/, '').replaceAll('\\', '') ?? '');

  it.each(rows)('names a test that there is: %s', (cell) => {
    const [, file = '', title = ''] = /^`([\w-]+)` › (.+)$/.exec(cell) ?? [];
    expect(title).not.toBe('');
    const text = readFileSync(join(root, `test/${file}.test.ts`), 'utf8');
    // Titles stand in quotes or backquotes.
    const titles = [...text.matchAll(/'([^'\n]+)'|`([^`\n]+)`/g)].map(([, one, other]) => one ?? other ?? '');
    expect(
      titles.some((one) => one.includes(title)),
      file,
    ).toBe(true);
  });
});
