/** What `npm pack` packs, installed into an empty project as a user installs it: the command, the library, its types. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { communique, root, run } from './engross.js';

const npm = process.platform === 'win32' ? ['cmd', '/c', 'npm'] : ['npm'];
const npx = process.platform === 'win32' ? ['cmd', '/c', 'npx'] : ['npx'];

let place = '';
/** Where the registry can't be reached the dependencies can't be installed. */
let unreachable = '';

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'engross-install-'));
  const packed = await run([...npm, 'pack', '--ignore-scripts', '--pack-destination', place], { cwd: root });
  expect(packed.code, packed.err).toBe(0);
  const [archive = ''] = readdirSync(place).filter((name) => name.endsWith('.tgz'));
  writeFileSync(
    join(place, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  const installed = await run(
    [...npm, 'install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', `./${archive}`],
    { cwd: place },
  );
  if (/ENOTFOUND|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN/.test(installed.err)) unreachable = installed.err;
  else expect(installed.code, installed.err).toBe(0);
  mkdirSync(join(place, 'input'));
  writeFileSync(join(place, 'input/harbours.txt'), communique);
  return () => {
    rmSync(place, { recursive: true });
  };
}, 300_000);

const consumer = `
import { read, render, editions, verify, Refusal, type Document, type JsonDocument } from 'engross';
import { engrossParse, engrossStringify, parsedOf } from 'engross/unified';
import schema from 'engross/schemas/document.schema.json' with { type: 'json' };
import { readFileSync } from 'node:fs';
import { unified } from 'unified';

const bytes: Uint8Array = readFileSync('input/harbours.txt');
const { document, account }: { document: Document; account: { lost: number } } = await read(bytes, { file: 'harbours.txt' });
const files: Map<string, Uint8Array> = await render(document, ['json', 'md', 'csv']);
const json = JSON.parse(new TextDecoder().decode(files.get('harbours.json'))) as JsonDocument;
const verdicts = await verify(files, document);
const file = await unified().use(engrossParse).use(engrossStringify).process(bytes);
// @ts-expect-error: it is read-only
document.title = 'another';
console.log([account.lost, json.version, json.mainBody.length, [...verdicts.keys()].join('+'), Object.keys(editions).length,
  parsedOf(file)?.document.date, String(file).length > 100, schema.$id, typeof Refusal].join(' '));
`;

describe('an installed Engross', () => {
  it('builds with npx, and proves what it built', async ({ skip }) => {
    if (unreachable !== '' && !process.env['CI']) skip('the registry can’t be reached');
    const built = await run(
      [...npx, '--no-install', 'engross', 'build', '--verify', '--editions', 'md,pdf,docx,csv,json'],
      {
        cwd: place,
      },
    );
    expect(built.err).toMatch(/^$|pdfjs-dist/);
    const made = readdirSync(join(place, 'output/harbours'));
    for (const ending of ['md', 'docx', 'csv', 'json']) expect(made).toContain(`harbours.${ending}`);
    expect(readdirSync(join(place, 'output'))).toContain('datapackage.json');
    const schema = await run([...npx, '--no-install', 'engross', 'schema'], { cwd: place });
    expect(JSON.parse(schema.out)).toMatchObject({ $id: 'urn:engross:document:1' });
  });

  it('is a library whose types hold under strict and NodeNext, with those of its dependencies', async ({
    skip,
  }) => {
    if (unreachable !== '' && !process.env['CI']) skip('the registry can’t be reached');
    const path = join(place, 'consumer.ts');
    writeFileSync(path, consumer);
    const program = ts.createProgram([path], {
      target: ts.ScriptTarget.ES2023,
      lib: ['lib.es2023.d.ts'],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true,
      exactOptionalPropertyTypes: true,
      resolveJsonModule: true,
      // Node's types are the consumer's own to install.
      typeRoots: [join(root, 'node_modules/@types')],
      types: ['node'],
    });
    const found = ts
      .getPreEmitDiagnostics(program)
      .map(
        ({ file, messageText }) =>
          `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      );
    expect(found).toEqual([]);
    program.emit();
    const { code, out, err } = await run([process.execPath, 'consumer.js'], { cwd: place });
    expect([code, err.replace(/.*ExperimentalWarning.*\n.*\n/, '')]).toEqual([0, '']);
    expect(out).toBe('0 1 3 json+md+csv 5 2011-05-09 true urn:engross:document:1 function\n');
  });

  it('holds the compiled code, the schemas and the templates, and nothing else', () => {
    const { name, version } = JSON.parse(
      readFileSync(join(place, 'node_modules/engross/package.json'), 'utf8'),
    ) as { name: string; version: string };
    expect([name, version]).toEqual(['engross', expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
    expect(readdirSync(join(place, 'node_modules/engross')).sort()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json', 'schemas', 'templates'].sort(),
    );
  });
});
