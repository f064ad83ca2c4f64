/** The contract of an edition, held against every one on the shelf; and the proof that a new one takes one file and one line. */
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic, Document } from '../src/document.js';
import type { Edition } from '../src/editions/edition.js';
import { editionNames, shelf } from '../src/editions/index.js';
import { contextFor } from './context.js';
import { communique, engross, folder, root, run } from './engross.js';
import { sample } from './sample.js';

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

async function take(name: string): Promise<Edition> {
  const loaded = await shelf[name]?.();
  if (!loaded) throw new Error(`no edition ${name}`);
  return loaded.edition;
}

async function filesOf(
  edition: Edition,
  document: Document,
  warn: (diagnostic: Diagnostic) => void = () => undefined,
) {
  const result = await edition.render(document, await contextFor('default', { warn }));
  return result instanceof Uint8Array ? new Map([[edition.extension, result]]) : result;
}

const bare: Document = {
  ...sample,
  language: 'und',
  title: '',
  subtitle: null,
  date: null,
  datePrinted: null,
  symbol: null,
  place: null,
  preface: [],
  preamble: [],
  mainBody: sample.mainBody.slice(-1),
  conclusions: [],
  attachments: [],
  footnotes: [],
  furniture: [],
  diagnostics: [],
};

describe.each(editionNames)('the %s edition', (name) => {
  it('is what the shelf calls it', async () => {
    const edition = await take(name);
    expect(edition.name).toBe(name);
    expect(edition.extension).toMatch(/^\.[a-z0-9]+$/);
    expect(edition.summary).toMatch(/\S/);
    expect(edition.summary).not.toContain('\n');
    expect(edition.summary.length).toBeLessThanOrEqual(120);
  });

  it('carries every kind of node, without an error, into files that are not empty', async () => {
    const warnings: Diagnostic[] = [];
    const files = await filesOf(await take(name), sample, (diagnostic) => warnings.push(diagnostic));
    expect(files.size).toBeGreaterThan(0);
    for (const [ending, bytes] of files) {
      expect(ending).toMatch(/^(\.[a-z0-9-]+)+$/);
      expect(bytes.length, ending).toBeGreaterThan(0);
    }
    expect(warnings.filter((warning) => warning.severity === 'error')).toEqual([]);
  });

  it('gives the same bytes twice, whatever was rendered between', async () => {
    const edition = await take(name);
    const first = await filesOf(edition, sample);
    await filesOf(edition, bare);
    const second = await filesOf(edition, sample);
    expect([...second.keys()]).toEqual([...first.keys()]);
    for (const [ending, bytes] of first)
      expect(Buffer.compare(bytes, second.get(ending) ?? new Uint8Array()), ending).toBe(0);
  });

  it('does not change the document, the template or what it is given', async () => {
    const document = frozen(structuredClone(sample));
    const context = await contextFor();
    await (await take(name)).render(document, frozen(context));
    expect(document).toEqual(sample);
  });

  it('carries a document of one paragraph and nothing else', async () => {
    for (const [, bytes] of await filesOf(await take(name), bare)) expect(bytes).toBeInstanceOf(Uint8Array);
  });
});

/** All that adding an edition takes: this file, and a line in `editions/index.ts`. */
const toy = `
import { textNodes, textOf } from '../document.js';
import type { Edition } from './edition.js';
export const edition: Edition = {
  name: 'toy',
  extension: '.toy.txt',
  summary: 'words alone',
  render: (document) =>
    Promise.resolve(new TextEncoder().encode([...textNodes(document)].map(({ node }) => textOf(node.content)).join('\\n'))),
};
`;

it('a new edition takes one new file and one line', async () => {
  const copy = folder();
  for (const name of ['package.json', 'bundle', 'tsconfig.json', 'src'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  for (const name of ['node_modules', 'templates', 'schemas'])
    symlinkSync(join(root, name), join(copy, name), process.platform === 'win32' ? 'junction' : 'dir');
  const index = join(copy, 'src/editions/index.ts');
  writeFileSync(join(copy, 'src/editions/toy.ts'), toy);
  writeFileSync(
    index,
    readFileSync(index, 'utf8').replace(/(shelf: [^\n]*= \{\r?\n)/, "$1  toy: () => import('./toy.js'),\n"),
  );
  expect(await run([process.execPath, join(copy, 'bundle/index.js')], { cwd: copy })).toMatchObject({
    code: 0,
  });
  writeFileSync(join(copy, 'harbours.txt'), communique);
  const cli = join(copy, 'dist/cli.js');
  const ended = await engross(['build', 'harbours.txt', '--editions', 'toy'], { cwd: copy, cli });
  expect([ended.code, ended.err]).toEqual([0, '']);
  const made = join(copy, 'output/harbours/harbours.toy.txt');
  expect(existsSync(made)).toBe(true);
  expect(readFileSync(made, 'utf8')).toContain(
    'We met at Tórshavn to speak of the harbours of the northern coast.',
  );
  expect((await engross(['editions'], { cwd: copy, cli })).out).toMatch(/^toy +words alone$/m);
});
