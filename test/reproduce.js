#!/usr/bin/env node
/**
 * Builds every edition in many surroundings and compares the bytes: on other versions of Node, in other folders, time zones
 * and locales, with other umasks, as another user, on one processor, with more and fewer workers, from files in another
 * order and of another age.
 *
 *     npm run reproduce                      # with the Node at hand
 *     npm run reproduce -- --node 20.19,22,24  # those too, fetched with npx
 *     npm run reproduce -- --every           # every test document, not each fifth
 *
 * Ends with 1 where any byte differs, and names what could not be tried.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import console from 'node:console';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: { node: { type: 'string', default: '' }, every: { type: 'boolean', default: false } },
});

const place = mkdtempSync(join(tmpdir(), 'engross-reproduce-'));
process.on('exit', () => rmSync(place, { recursive: true, force: true }));
// The other user must come in.
chmodSync(place, 0o755);

const isThere = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

/** Texts without a date, too: files of such are dated by the build. */
function layInputs(folder) {
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'input'), folder, { recursive: true });
  const documents = join(root, 'test/documents');
  const all = readdirSync(documents).filter((name) => statSync(join(documents, name)).isDirectory());
  for (const [index, name] of all.sort().entries()) {
    if (!options.every && index % 5 > 0) continue;
    for (const file of readdirSync(join(documents, name)).filter((one) => one.startsWith('input.')))
      cpSync(join(documents, name, file), join(folder, file.replace('input', name)));
  }
}

/** The SHA-256 of every file below a folder, by its path. */
function hashesOf(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(
    files.map((name) => [
      name.replaceAll('\\', '/'),
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

let count = 0;

/**
 * Builds in a folder of its own; with `before`, by another command that runs this one.
 * @param {{ node?: string, before?: string[], args?: string[], env?: Record<string, string>, name?: string, age?: number, backwards?: boolean }} how
 */
function build({
  node = process.execPath,
  before = [],
  args = [],
  env = {},
  name = 'work',
  age,
  backwards = false,
} = {}) {
  const cwd = join(place, String(++count), name);
  layInputs(join(cwd, 'input'));
  if (age !== undefined)
    for (const file of readdirSync(join(cwd, 'input'))) utimesSync(join(cwd, 'input', file), age, age);
  if (backwards)
    args = [
      ...readdirSync(join(cwd, 'input'))
        .sort()
        .reverse()
        .map((file) => join('input', file)),
    ];
  chmodSync(cwd, 0o777);
  const command = [...before, node, join(root, 'dist/cli.js'), 'build', '--json', '--jobs', '1', ...args];
  const ours = { ...process.env };
  delete ours['SOURCE_DATE_EPOCH'];
  const { status, stderr } = spawnSync(command[0], command.slice(1), {
    cwd,
    env: { ...ours, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  // Some test documents have errors on purpose: what matters is that they always have the same.
  if (status !== 0 && status !== 1) throw new Error(`exit ${status}: ${stderr}`);
  // With --json nothing is said there: what is, is Node's or V8's own complaint.
  if (stderr !== '') throw new Error(`said on standard error: ${stderr}`);
  return hashesOf(join(cwd, 'output'));
}

/** Another Node, fetched with npx. */
function fetched(version) {
  const path = execFileSync(
    'npx',
    ['--yes', `--package=node@${version}`, '--', 'node', '-p', 'process.execPath'],
    {
      cwd: place,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    },
  )
    .trim()
    .split('\n')
    .at(-1);
  return [path, execFileSync(path, ['--version'], { encoding: 'utf8' }).trim()];
}

const notTried = [];
const ways = [
  ['a folder with another name', { name: 'Другая папка, “so”' }],
  ['TZ=Pacific/Kiritimati', { env: { TZ: 'Pacific/Kiritimati' } }],
  ['TZ=America/Adak', { env: { TZ: 'America/Adak' } }],
  ['LC_ALL=tr_TR.UTF-8', { env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', LANGUAGE: 'tr' } }],
  ['LC_ALL=C', { env: { LC_ALL: 'C', LANG: 'C' } }],
  ['no environment but PATH', { before: ['env', '-i', `PATH=${process.env['PATH']}`], posix: true }],
  ['umask 077', { before: ['sh', '-c', 'umask 077; exec "$@"', 'sh'], posix: true }],
  ['umask 000', { before: ['sh', '-c', 'umask 000; exec "$@"', 'sh'], posix: true }],
  ['files of 1980', { age: 315532800 }],
  ['two workers', { args: ['--jobs', '2'] }],
  ['three workers', { args: ['--jobs', '3'] }],
  ['the inputs backwards', { backwards: true }],
  ['after reading back', { args: ['--verify'] }],
  ['one processor', { before: ['taskset', '-c', '0'], needs: 'taskset' }],
  [
    'another user',
    {
      before: ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'],
      env: { HOME: '/nonexistent' },
      needs: 'setpriv',
      root: true,
    },
  ],
].filter(([name, { needs, posix, root: byRoot }]) => {
  const why =
    posix && process.platform === 'win32'
      ? 'Windows has none'
      : needs && !isThere(needs)
        ? `there is no ${needs}`
        : byRoot && process.getuid?.() !== 0
          ? 'it needs root'
          : null;
  if (why) notTried.push(`${name}: ${why}`);
  return !why;
});
for (const version of options.node.split(',').filter(Boolean)) {
  try {
    const [node, exact] = fetched(version);
    if (!existsSync(node)) throw new Error('npx gives no path');
    ways.push([`Node ${exact.slice(1)}`, { node }]);
  } catch (error) {
    notTried.push(`Node ${version}: ${error.message.split('\n')[0]}`);
  }
}

const first = build();
console.log(`Node ${process.versions.node}, UTC or as here: ${first.size} files`);
let differing = 0;
for (const [name, how] of ways) {
  const found = build(how);
  const names = [...new Set([...first.keys(), ...found.keys()])].filter(
    // The record of a proof is written by --verify alone.
    (file) => !file.endsWith('.fidelity.json') && first.get(file) !== found.get(file),
  );
  console.log(
    names.length === 0
      ? `  the same  ${name}`
      : `  DIFFERENT ${name}: ${names.length} files, the first ${names[0]}`,
  );
  if (names.length > 0) differing += 1;
}
for (const one of notTried) console.log(`  not tried ${one}`);
console.log(`${ways.length} surroundings, ${differing} different`);
process.exitCode = differing > 0 ? 1 : 0;
