/**
 * Compiles the command ahead: runs it on the texts of input/ and keeps what V8 has made of its files, with every function
 * that was called, beside them in dist/command/ (bundle/load.cjs says what for). For the Node that runs this; a package
 * that is to start quickly on several is given more by running this with each of them.
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const { ahead, load, scriptOf, scripts } = createRequire(import.meta.url)('../dist/command/load.cjs');
const command = join(root, 'dist/command');

const input = join(root, 'input');
const text = join(input, readdirSync(input).find((name) => name.endsWith('.txt')) ?? 'no text');

/** What is run, in a process each; of a file that several load, the form of the first is kept. */
const runs = (place) => [
  ['build', input, '--out', join(place, 'out'), '--force', '--verify', '--quiet'],
  ['build', input, '--out', join(place, 'out'), '--quiet'],
  ['build', place, '--out', join(place, 'out'), '--jobs', '2', '--quiet'],
  ['verify', join(place, 'out')],
  ['inspect', text],
  ['--help'],
];

const [into, ...args] = process.argv.slice(2);
if (into === undefined) compileAhead();
else runInto(into, args);

function compileAhead() {
  const place = mkdtempSync(join(tmpdir(), 'engross-ahead-'));
  const made = mkdtempSync(join(command, 'making-'));
  try {
    rmSync(ahead, { recursive: true, force: true });
    for (const name of ['one.txt', 'other.txt']) copyFileSync(text, join(place, name));
    // Flags of the one who builds the package would make it worthless for the others.
    const env = { ...process.env, NODE_OPTIONS: '' };
    for (const one of runs(place))
      execFileSync(process.execPath, [fileURLToPath(import.meta.url), made, ...one], {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    // What none of them has run, as far as it can be compiled without.
    for (const name of readdirSync(command).filter((one) => one.endsWith('.cjs') && one !== 'load.cjs'))
      if (!existsSync(join(made, name))) writeFileSync(join(made, name), scriptOf(name).createCachedData());
    renameSync(made, ahead);
  } finally {
    for (const folder of [place, made]) rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the command in this process and keeps, when it ends, what has been compiled. */
function runInto(folder, commandLine) {
  process.argv.splice(2, process.argv.length, ...commandLine);
  process.on('exit', () => {
    for (const [name, script] of scripts) {
      const file = join(folder, name);
      if (!existsSync(file)) writeFileSync(file, script.createCachedData());
    }
  });
  load('cli.cjs');
}
