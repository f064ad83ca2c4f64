/** What a command loads: an edition that is not asked for costs nothing, and where nothing has changed no text is read. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { engross, folder, root } from './engross.js';

const text = join(root, 'input/nato-2007-12-07-final-communique.txt');

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

/** The modules of ours and the packages that a command runs, by the scripts that Node says it has loaded. */
async function loadedBy(args: readonly string[]) {
  const scripts = folder();
  const ended = await engross(args, { env: { NODE_V8_COVERAGE: scripts } });
  expect(ended).toMatchObject({ code: 0 });
  const ours = new Set<string>();
  const packages = new Set<string>();
  const files = new Set<string>();
  for (const file of readdirSync(scripts)) {
    const { result } = JSON.parse(readFileSync(join(scripts, file), 'utf8')) as Coverage;
    for (const { url } of result) if (url.startsWith('file:')) files.add(fileURLToPath(url));
  }
  const packageIn = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/;
  for (const file of files) {
    const [, apart] = packageIn.exec(file.split(sep).join('/')) ?? [];
    if (apart !== undefined) packages.add(`${apart}, from its own folder`);
    // The bundler heads modules with their paths, but for a few that are CommonJS.
    else
      for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(
        /^\/\/ ((?:src|node_modules)\/.+)$/gm,
      )) {
        const [, name] = packageIn.exec(path) ?? [];
        if (name === undefined) ours.add(path);
        else packages.add(name);
      }
  }
  return { ours: [...ours].sort(), packages: [...packages].sort(), files: files.size };
}

const editionsIn = (ours: readonly string[]) => [
  ...new Set(
    ours.flatMap((path) => /^src\/editions\/(csv|json|markdown|pdf|docx)[./]/.exec(path)?.[1] ?? []),
  ),
];

const isReader = (path: string) => path.startsWith('src/read/') && path !== 'src/read/slug.ts';

it.each([
  ['csv', ['csv'], ['csv-stringify'], 12],
  ['json', ['json'], [], 8],
  ['docx', ['docx'], [], 12],
  ['pdf', ['pdf'], ['@noble/hashes', 'bidi-js', 'hyphen', 'pdfkit'], 14],
])('%s loads what it needs and no more', async (edition, rooms, packages, most) => {
  const loaded = await loadedBy(['build', text, '--out', folder(), '--editions', edition]);
  expect(editionsIn(loaded.ours)).toEqual(rooms);
  expect(loaded.packages).toEqual(packages);
  expect(loaded.ours.filter(isReader).length).toBeGreaterThan(20);
  expect(loaded.files).toBeLessThanOrEqual(most);
});

it('md loads what writes Markdown, and nothing of the others', async () => {
  const { ours, packages } = await loadedBy(['build', text, '--out', folder(), '--editions', 'md']);
  expect(editionsIn(ours)).toEqual(['markdown']);
  expect(packages).toContain('remark-stringify');
  expect(packages.filter((name) => /pdf|font|fflate|csv|hyphen|docx|folder/.test(name))).toEqual([]);
});

it('a build that changes nothing loads neither what reads nor what writes', async () => {
  const out = folder();
  await engross(['build', text, '--out', out]);
  const { ours, packages, files } = await loadedBy(['build', text, '--out', out]);
  expect(ours.filter(isReader)).toEqual([]);
  expect(packages).toEqual([]);
  expect(files).toBeLessThanOrEqual(8);
});

it('the version is said without loading a build', async () => {
  const { ours } = await loadedBy(['--version']);
  expect(ours.filter(isReader)).toEqual([]);
  expect(editionsIn(ours)).toEqual([]);
});
