/** What ships: the compiled code with its types, the templates and the schemas, and nothing of the workshop. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root, run } from './engross.js';

interface Manifest {
  readonly name: string;
  readonly main: string;
  readonly types: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

it('the package holds what a user needs and nothing else', async () => {
  const npm = process.platform === 'win32' ? ['cmd', '/c', 'npm'] : ['npm'];
  const { code, out } = await run([...npm, 'pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
  expect(code).toBe(0);
  const [packed] = JSON.parse(out.slice(out.indexOf('['))) as { files: { path: string }[] }[];
  const files = packed?.files.map((file) => file.path) ?? [];
  for (const needed of [
    'dist/cli.js',
    'dist/library/index.js',
    'dist/library/index.d.ts',
    'templates/default.json',
    'templates/letter.json',
    'LICENSE',
    'README.md',
    'CHANGELOG.md',
    'package.json',
  ])
    expect(files).toContain(needed);
  expect(files.some((file) => /^schemas\/.+\.json$/.test(file))).toBe(true);
  expect(
    files.filter(
      (file) => !/^(dist|templates|schemas)\/|^(LICENSE|README\.md|CHANGELOG\.md|package\.json)$/.test(file),
    ),
  ).toEqual([]);
  expect(files.filter((file) => /\.test\.|\.ts$/.test(file) && !file.endsWith('.d.ts'))).toEqual([]);
});

it('what package.json names is there, and the command can be run', () => {
  for (const path of [manifest.main, manifest.types, ...Object.values(manifest.bin)])
    expect(existsSync(join(root, path)), path).toBe(true);
  expect(readFileSync(join(root, manifest.bin['engross'] ?? ''), 'utf8')).toMatch(
    /^#!\/usr\/bin\/env node\n/,
  );
});

it('every version is pinned, and nothing runs when the package is installed', () => {
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
    expect(manifest.scripts).not.toHaveProperty(script);
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; hasInstallScript?: boolean }>;
  };
  const installed = Object.entries(packages).filter(([, { dev }]) => !dev);
  expect(installed.length).toBeGreaterThan(50);
  expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
});

it('the library’s face can be imported, and carries its types', async () => {
  const script =
    "import('./dist/library/index.js').then((engross) => console.log(Object.keys(engross).sort().join()))";
  const { out } = await run([process.execPath, '-e', script], { cwd: root });
  for (const name of ['editions', 'read', 'render', 'Refusal', 'textNodes'])
    expect(out.trim().split(',')).toContain(name);
});
