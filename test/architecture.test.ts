/** The rules of direction (DESIGN, rooms) as tests: who may import whom, and who may know the world outside. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { root } from './engross.js';

const source = join(root, 'src');

interface SourceFile {
  /** Below src/, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Everything imported or re-exported, whether values or types: ours as paths below src/, others by name. */
  readonly imports: readonly string[];
}

const files: readonly SourceFile[] = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ts$/.test(name) && !name.endsWith('.d.ts'))
  .map((name) => {
    const path = name.split(sep).join('/');
    const text = readFileSync(join(source, name), 'utf8');
    return { path, text, imports: importsOf(path, text) };
  });

function importsOf(path: string, text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) =>
    fileName.startsWith('.')
      ? // AssemblyScript names no extension.
        posix.normalize(posix.join(dirname(path), fileName)).replace(/\.js$|(?<=\/[^./]+)$/, '.ts')
      : fileName,
  );
}

/** The room that a file is in: `files.ts` and what lies in `files/` are one. */
const roomOf = (path: string) => path.replace(/\/.*$/, '').replace(/\.ts$/, '');

/** Which rooms a room may import, itself aside. What stands below imports nothing from above. */
const directions: Readonly<Record<string, readonly string[]>> = {
  document: [],
  // Bytes to fewer bytes, for the editions that hold such streams; it knows no document.
  deflate: [],
  characters: ['document', 'report'],
  report: ['document'],
  template: ['document', 'report'],
  manifest: ['document', 'report', 'template'],
  files: ['document', 'report', 'template'],
  read: ['document', 'report', 'characters'],
  editions: ['document', 'report', 'characters', 'template', 'deflate'],
  // Not characters, nor anything else that a writer uses: the proof shares nothing with what it proves.
  verify: ['document', 'report', 'files'],
  reading: ['files', 'read'],
  tables: ['report', 'manifest', 'editions'],
  publish: ['document', 'report', 'manifest', 'files', 'tables', 'verify'],
  build: [
    'document',
    'report',
    'template',
    'manifest',
    'files',
    'read',
    'editions',
    'verify',
    'reading',
    'publish',
  ],
  inspect: ['document', 'report', 'files', 'read', 'reading'],
  unified: ['document', 'template', 'files', 'read', 'editions'],
  index: [
    'document',
    'report',
    'template',
    'files',
    'read',
    'editions',
    'inspect',
    'verify',
    'manifest',
    'tables',
  ],
  cli: ['document', 'report', 'template', 'files', 'editions', 'publish', 'build', 'inspect', 'verify'],
};

/** Every import of one of our files by another, as `from → to`. */
const edges = files.flatMap((file) =>
  file.imports.filter((name) => name.endsWith('.ts')).map((to) => [file.path, to] as const),
);

describe('the rooms', () => {
  it('are those that the table of directions knows', () => {
    expect(
      [...new Set(files.map((file) => roomOf(file.path)))].filter((room) => !(room in directions)),
    ).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
    expect(edges.length).toBeGreaterThan(40);
  });

  it('import only downwards', () => {
    const wrong = edges.filter(
      ([from, to]) => roomOf(from) !== roomOf(to) && !directions[roomOf(from)]?.includes(roomOf(to)),
    );
    expect(wrong.map((edge) => edge.join(' → '))).toEqual([]);
  });

  it('document.ts imports nothing', () => {
    expect(files.find((file) => file.path === 'document.ts')?.imports).toEqual([]);
  });

  it('no edition imports another', () => {
    // An edition is a file of editions/, or a folder of it; the contract serves them all.
    const editionOf = (path: string) => path.split('/')[1]?.replace(/\.ts$/, '') ?? '';
    const wrong = edges.filter(
      ([from, to]) =>
        from.startsWith('editions/') &&
        to.startsWith('editions/') &&
        editionOf(from) !== 'index' &&
        editionOf(to) !== 'edition' &&
        editionOf(from) !== editionOf(to),
    );
    expect(wrong.map((edge) => edge.join(' → '))).toEqual([]);
  });

  it('have no circles among files', () => {
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, above: readonly string[]): void => {
      if (above.includes(path)) circles.push([...above.slice(above.indexOf(path)), path].join(' → '));
      if (done.has(path) || above.includes(path)) return;
      for (const [from, next] of edges) if (from === path) visit(next, [...above, path]);
      done.add(path);
    };
    for (const file of files) visit(file.path, []);
    expect(circles).toEqual([]);
  });

  it('have names that say what is in them', () => {
    const empty = /(^|\/)(utils?|helpers?|common|core|managers?|misc|shared|lib)(\.ts|\/)/;
    expect(files.filter((file) => empty.test(file.path)).map((file) => file.path)).toEqual([]);
  });
});

/** The names that a file uses freely, or from `globalThis`: identifiers that are no property, key or declaration. */
function globalsIn({ path, text }: SourceFile): Set<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isProperty = ts.isPropertyAccessExpression(parent) && parent.name === node;
      const isKey =
        (ts.isPropertyAssignment(parent) ||
          ts.isPropertySignature(parent) ||
          ts.isPropertyDeclaration(parent)) &&
        parent.name === node;
      if (!isKey && (!isProperty || parent.expression.getText() === 'globalThis')) found.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true));
  return found;
}

const importing = (name: RegExp) =>
  files
    .filter((file) => file.imports.some((imported) => name.test(imported)))
    .map((file) => roomOf(file.path));
const using = (name: string) =>
  files.filter((file) => globalsIn(file).has(name)).map((file) => roomOf(file.path));
const only = (rooms: readonly string[], allowed: readonly string[]) =>
  [...new Set(rooms)].filter((room) => !allowed.includes(room));

describe('the world outside', () => {
  it('the disk is known to files.ts alone', () => {
    expect(only(importing(/^(node:)?fs(\/|$)/), ['files'])).toEqual([]);
    expect(importing(/^node:fs/)).toContain('files');
  });

  it('the process, its environment and the console are known to cli.ts and build.ts alone', () => {
    expect(only(using('process'), ['cli', 'build'])).toEqual([]);
    expect(only(using('console'), ['cli', 'build'])).toEqual([]);
    expect(only(importing(/^(node:)?(process|os|tty|readline)(\/|$)/), ['cli', 'build'])).toEqual([]);
    expect(using('process')).toContain('cli');
  });

  it('so is the clock', () => {
    // `new Date(text)` and `Date.UTC(…)` reckon, they don't look at a clock.
    const looks = files.filter((file) =>
      /\bnew Date\(\s*\)|\bDate\.now\(|\bDate\(\)|\bperformance\b/.test(file.text),
    );
    expect(
      only(
        looks.map((file) => roomOf(file.path)),
        ['cli', 'build'],
      ),
    ).toEqual([]);
  });

  it('nothing speaks to the network or starts another process', () => {
    expect(importing(/^(node:)?(http|https|http2|net|dgram|tls|dns|child_process|cluster|vm)(\/|$)/)).toEqual(
      [],
    );
    expect(only(importing(/^(node:)?worker_threads$/), ['build'])).toEqual([]);
    for (const name of ['fetch', 'WebSocket', 'eval', 'Function'])
      expect(only(using(name), []), name).toEqual([]);
  });

  it('nothing that is written depends on a locale or on chance', () => {
    const wrong = files.filter((file) =>
      /\bIntl\.|\.localeCompare\(|\.toLocale\w+\(|Math\.random\(/.test(file.text),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
    // The name of a temporary file is the one thing that nobody may guess, and it is written nowhere.
    expect(files.filter((file) => /\brandom(Bytes|UUID)\b/.test(file.text)).map((file) => file.path)).toEqual(
      ['files/owner.ts'],
    );
  });

  it('every package that is imported is a dependency', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const known = new Set(Object.keys(dependencies));
    const types = new Set(['mdast', 'unist', 'hast']);
    const missing = files.flatMap((file) =>
      file.imports
        .filter((name) => !/\.(ts|json)$/.test(name) && !name.startsWith('node:'))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((name) => !known.has(name) && !types.has(name))
        .map((name) => `${file.path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('the command starts light', () => {
  it('cli.ts reaches no heavy package but by import() on demand', () => {
    const reached = new Set<string>();
    const visit = (path: string): void => {
      if (reached.has(path)) return;
      reached.add(path);
      const file = files.find((one) => one.path === path);
      const tree = ts.createSourceFile(path, file?.text ?? '', ts.ScriptTarget.ES2023, true);
      for (const statement of tree.statements) {
        if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
        const typeOnly = ts.isImportDeclaration(statement)
          ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
          : statement.isTypeOnly;
        const name = statement.moduleSpecifier;
        if (typeOnly || !name || !ts.isStringLiteral(name)) continue;
        const [to = ''] = importsOf(path, `import ${name.getText()};`);
        if (to.endsWith('.ts')) visit(to);
        else reached.add(to);
      }
    };
    visit('cli.ts');
    expect([...reached].filter((name) => !name.endsWith('.ts') && !name.startsWith('node:'))).toEqual([]);
    expect(reached).toContain('editions/index.ts');
    expect(reached).not.toContain('build.ts');
  });
});

it('the project names no other folder of ours in absolute terms', () => {
  expect(
    files
      .filter((file) => /["'`]\/(home|root|Users|tmp)\//.test(file.text))
      .map((file) => relative(root, file.path)),
  ).toEqual([]);
});
