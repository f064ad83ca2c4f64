/**
 * How dist/ is made of src/: one file for each thing that is asked for, so that a command loads a few files and not
 * hundreds (docs/benchmarks.md has what that saves). Types come from tsc.
 *
 * Small libraries that every run needs are taken into those files, with their licences in
 * dist/THIRD-PARTY-LICENSES.txt. What is large, reads files of its own or is seldom needed stays a package.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';

const apart = [
  'any-ascii',
  'bidi-js',
  'chardet',
  'csv-parse',
  'fflate',
  'fontkit',
  'hyphen',
  'iconv-lite',
  'pdfjs-dist',
  'pdfkit',
];

/** The folder and package.json of the package that a module lies in; null for ours. */
function packageOf(module) {
  if (!module.includes('/node_modules/')) return null;
  for (let folder = dirname(module); folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (!existsSync(path)) continue;
    const { name, version } = JSON.parse(readFileSync(path, 'utf8'));
    if (name && version) return { folder, name, version };
  }
  throw new Error(`${module} lies in no package`);
}

/** The words of a package's licence: its file, or what its readme says of it. */
function licenceIn(folder) {
  const named = (pattern) => readdirSync(folder).find((name) => pattern.test(name));
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  const file = named(/^licen[cs]e/i);
  if (file) return read(file).trim();
  const readme = named(/^readme/i);
  const [said] = (readme && /^#*\s*licen[cs]e\b[^]*/im.exec(read(readme))) || [];
  if (said) return said.trim();
  throw new Error(`no licence was found in ${folder}`);
}

const licences = {
  name: 'licences',
  generateBundle(_, bundle) {
    const packages = new Map();
    for (const chunk of Object.values(bundle))
      for (const [module, { renderedLength }] of Object.entries(chunk.modules ?? {})) {
        const found = renderedLength > 0 ? packageOf(module.replaceAll('\\', '/')) : null;
        if (found) packages.set(`${found.name} ${found.version}`, found);
      }
    const texts = [...packages]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([title, { folder }]) => `${title}\n\n${licenceIn(folder)}\n`);
    const head = 'Engross carries parts of these packages in its own files.\n';
    this.emitFile({
      type: 'asset',
      fileName: 'THIRD-PARTY-LICENSES.txt',
      source: [head, ...texts].join(`\n${'-'.repeat(72)}\n\n`),
    });
  },
};

await build({
  input: {
    cli: 'src/cli.ts',
    index: 'src/index.ts',
    unified: 'src/unified.ts',
    worker: 'src/build/worker.ts',
  },
  platform: 'node',
  external: (id) => apart.some((name) => id === name || id.startsWith(`${name}/`)),
  plugins: [licences],
  output: { dir: 'dist', format: 'esm', chunkFileNames: '[name]-[hash].js', comments: false, cleanDir: true },
  logLevel: 'warn',
});
