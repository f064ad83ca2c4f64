/**
 * How dist/ is made of src/: dist/library with its types (by tsc), dist/cli.js with dist/command. One file for each thing
 * that is asked for, so that a command loads a few files and not hundreds (docs/benchmarks.md has what that saves).
 *
 * Small libraries that every run needs are taken into those files, with their licences in
 * dist/THIRD-PARTY-LICENSES.txt. What is large, reads files of its own or is seldom needed stays a package.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';
import { URL } from 'node:url';
import { lateImports } from './late-imports.js';
import { latePatterns } from './late-patterns.js';

const apart = ['any-ascii', 'chardet', 'csv-parse', 'fontkit', 'iconv-lite', 'pdfjs-dist'];

/**
 * What pdfkit imports and the PDF edition never asks of it: it gets opened fonts, draws no text, encrypts nothing and has
 * its images written for it. Loading these took a tenth of a second.
 */
const notAsked = {
  fontkit: ['create'],
  linebreak: ['default'],
  'png-js': ['default'],
  '@noble/ciphers/aes': ['cbc', 'ecb'],
};

const isNotAsked = (id, importer) =>
  Object.hasOwn(notAsked, id) && /node_modules\/pdfkit\//.test((importer ?? '').replaceAll('\\', '/'));

const pdfkitAlone = {
  name: 'pdfkit alone',
  resolveId: (id, importer) => (isNotAsked(id, importer) ? `\0not asked:${id}` : null),
  load(id) {
    const [, name] = /^\0not asked:(.*)/.exec(id) ?? [];
    if (!name) return null;
    const refusal = `function refuse() { throw new Error('${name} is no part of this bundle'); }`;
    const names = notAsked[name].map((one) => `refuse as ${one}`).join(', ');
    return { code: `${refusal}\nexport { ${names} };`, moduleType: 'js' };
  },
  /** The colour profile lies beside pdfkit's file, and so beside ours. */
  generateBundle() {
    const folder = dirname(createRequire(import.meta.url).resolve('pdfkit'));
    const profile = 'data/sRGB_IEC61966_2_1.icc';
    this.emitFile({ type: 'asset', fileName: profile, source: readFileSync(join(folder, profile)) });
  },
};

/** Data are parsed as JSON, which takes a fraction of what it takes to run them as a program. */
const dataAsJson = {
  name: 'data as JSON',
  load(id) {
    const path = id.replaceAll('\\', '/');
    if (!/\/src\/.*\.json$/.test(path)) return null;
    const data = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
    return {
      code: `export default /* @__PURE__ */ JSON.parse(${JSON.stringify(data)});`,
      moduleType: 'js',
      moduleSideEffects: false,
    };
  },
};

/** Our code by which patterns of hyphenation are packed. */
const [{ code: liang }] = (
  await build({
    input: 'src/editions/pdf/liang.ts',
    write: false,
    logLevel: 'warn',
    checks: { bundlerTimings: false },
  })
).output;
const { packed } = await import(`data:text/javascript,${encodeURIComponent(liang)}`);

/**
 * Patterns of hyphenation lie in dist/patterns, packed, once for the library and the command, which find them by this path.
 */
const patternsAsJson = {
  name: 'patterns as JSON',
  load(id) {
    const [, name] = /node_modules\/hyphen\/patterns\/([\w-]+)\.js$/.exec(id.replaceAll('\\', '/')) ?? [];
    if (!name) return null;
    const file = join('dist/patterns', `${name}.json`);
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) writeFileSync(file, JSON.stringify(packed(createRequire(import.meta.url)(id))));
    const code = [
      `import { createRequire } from 'node:module';`,
      `export default createRequire(import.meta.url)('../patterns/${name}.json');`,
    ];
    return { code: code.join('\n'), moduleType: 'js', moduleSideEffects: false };
  },
};

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

/**
 * What is loaded together lies in one file, for each file costs a millisecond: what every command and every build needs,
 * what reads a text, and each edition.
 */
const together = [
  {
    name: 'build',
    test: /\/src\/(?:cli\/(?:arguments|answer|building|messages|synonyms|progress)|build|build\/(?!document|edition|worker|crew|merge|watch)[\w-]+|editions\/(?:index|edition)|files|files\/(?!watching)[\w-]+|report|template|manifest|publish|document|characters|tables|tables\/(?:columns|descriptor)|read\/slug|verify\/record)\.ts$/,
  },
  {
    name: 'read',
    test: /\/src\/(?:build\/(?:document|edition)|reading|read\/(?!markdown\b)[\w/-]+)\.ts$/,
  },
  {
    name: 'csv',
    test: /\/src\/(?:editions\/csv|tables\/(?:rows|records))\b|\/node_modules\/csv-stringify\//,
  },
  { name: 'json', test: /\/src\/editions\/json\b/ },
];

/** The packages of which the bundles carry parts, by name and version. */
const carried = new Map();

const licences = {
  name: 'licences',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle))
      for (const [module, { renderedLength }] of Object.entries(chunk.modules ?? {})) {
        const found = renderedLength > 0 ? packageOf(module.replaceAll('\\', '/')) : null;
        if (found) carried.set(`${found.name} ${found.version}`, found);
      }
  },
};

function writeLicences() {
  const texts = [...carried]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([title, { folder }]) => `${title}\n\n${licenceIn(folder)}\n`);
  const head = 'Engross carries parts of these packages in its own files.\n';
  writeFileSync('dist/THIRD-PARTY-LICENSES.txt', [head, ...texts].join(`\n${'-'.repeat(72)}\n\n`));
}

const settings = {
  platform: 'node',
  external: (id, importer) =>
    !isNotAsked(id, importer) && apart.some((name) => id === name || id.startsWith(`${name}/`)),
  logLevel: 'warn',
  checks: { bundlerTimings: false },
};
const written = { comments: false, codeSplitting: { groups: together } };

rmSync('dist', { recursive: true, force: true });

/** The library: ES modules, as those who import it expect them. */
await build({
  ...settings,
  input: { index: 'src/index.ts', unified: 'src/unified.ts' },
  plugins: [pdfkitAlone, dataAsJson, patternsAsJson, licences, latePatterns],
  output: { ...written, dir: 'dist/library', format: 'esm', chunkFileNames: '[name]-[hash].js' },
});

/** The command: CommonJS, which alone can be compiled ahead (load.cjs, ahead.js). */
await build({
  ...settings,
  input: { cli: 'src/cli.ts', worker: 'src/build/worker.ts' },
  plugins: [pdfkitAlone, dataAsJson, patternsAsJson, licences, latePatterns, lateImports],
  output: {
    ...written,
    dir: 'dist/command',
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
  },
});
copyFileSync(new URL('load.cjs', import.meta.url), 'dist/command/load.cjs');
const start = (load, entry) => `require('${load}').load('${entry}');\n`;
writeFileSync('dist/cli.js', `#!/usr/bin/env node\n${start('./command/load.cjs', 'cli.cjs')}`, {
  mode: 0o755,
});
writeFileSync('dist/command/worker.js', start('./load.cjs', 'worker.cjs'));

// Node starts a CommonJS file 2 or 3 ms sooner than a module.
const type = (folder, name) => writeFileSync(`${folder}/package.json`, `{ "type": "${name}" }\n`);
type('dist', 'commonjs');
type('dist/library', 'module');
writeLicences();
