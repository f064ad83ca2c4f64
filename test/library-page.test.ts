/** docs/library.md: every block is compiled with strict types and run, and prints what stands below it. */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { engross, root, run } from './engross.js';
import { perhaps, present } from './judge-tools.js';

const page = readFileSync(join(root, 'docs/library.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly code: string;
  /** The number of its first line in the page. */
  readonly line: number;
}

const blocks: readonly Block[] = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', code = ''], index, all) => ({
    language,
    code,
    line: page.slice(0, all[index]?.index).split('\n').length,
  }),
);

/** The blocks of a language, each with what stands below it. */
const examples = (language: string) =>
  blocks.flatMap((block, index) => {
    const next = blocks[index + 1];
    return block.language === language
      ? [{ ...block, expected: next?.language === 'text' ? next.code : '' }]
      : [];
  });

/** Inside the project, so that its own name is a package's. */
const place = join(root, '.cache', `library-${process.pid}`);

beforeAll(async () => {
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name: 'consumer', type: 'module' }));
  const text = blocks.find(({ language }) => language === 'text')?.code ?? '';
  writeFileSync(join(place, 'communique.txt'), text);
  const { code } = await engross(['build', 'communique.txt', '--editions', 'json'], { cwd: place });
  expect(code).toBe(0);
  mkdirSync(join(place, 'node_modules'));
  symlinkSync(root, join(place, 'node_modules/engross'), process.platform === 'win32' ? 'junction' : 'dir');
  return () => {
    rmSync(place, { recursive: true });
  };
});

describe('TypeScript', () => {
  const programs = examples('ts').map((block) => ({ ...block, path: join(place, `line-${block.line}.ts`) }));

  it('compiles with strict types, as a program that has installed the package', () => {
    expect(programs.length).toBeGreaterThanOrEqual(6);
    for (const { path, code } of programs) writeFileSync(path, code);
    const compiled = ts.createProgram(
      programs.map(({ path }) => path),
      {
        target: ts.ScriptTarget.ES2023,
        lib: ['lib.es2023.d.ts'],
        types: ['node'],
        typeRoots: [join(root, 'node_modules/@types')],
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        strict: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: true,
      },
    );
    const found = ts.getPreEmitDiagnostics(compiled);
    expect(
      found.map(
        ({ file, messageText }) =>
          `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
      ),
    ).toEqual([]);
    compiled.emit();
  });

  it.each(programs)('the block of line $line prints what the page says', async ({ path, expected }) => {
    const { code, out, err } = await run([process.execPath, path.replace(/\.ts$/, '.js')], { cwd: place });
    expect([code, err]).toEqual([0, '']);
    expect(expected).not.toBe('');
    expect(out).toBe(expected);
  });

  it('uses every name that the library has', async () => {
    const used = programs.map(({ code }) => code).join('\n');
    const names = [
      ...Object.keys(await import('../src/index.js')),
      ...Object.keys(await import('../src/unified.js')),
    ];
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(used))).toEqual([]);
  });
});

it.runIf(present.Python)('Python prints what the page says', async () => {
  const [block] = examples('python');
  const { code, out, err } = await run(['python3', '-c', block?.code ?? ''], {
    cwd: place,
    env: { PYTHONIOENCODING: 'utf-8' },
  });
  expect([code, err]).toEqual([0, '']);
  expect(out).toBe(block?.expected);
});

it.runIf(perhaps.jsonlite)('R prints the same', async () => {
  const [block] = examples('r');
  const { code, out } = await run(['Rscript', '-e', block?.code ?? ''], { cwd: place });
  expect(code).toBe(0);
  expect(out.replace(/ \n/g, '\n')).toBe(examples('python')[0]?.expected);
});
