/** Runs the compiled command as a user would (`npm test` compiles first), and gives tests folders of their own. */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const root = fileURLToPath(new URL('..', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Setting {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another compiled command than this project's. */
  readonly cli?: string;
  readonly umask?: string;
  /** In milliseconds, where two minutes are not enough. */
  readonly timeout?: number;
  /** What it reads from its standard input. */
  readonly input?: string;
}

/** Runs `engross ARGS` to its end, within two minutes as a rule. */
export function engross(args: readonly string[], setting: Setting = {}): Promise<Ended> {
  const command = [process.execPath, setting.cli ?? join(root, 'dist/cli.js'), ...args];
  return run(
    setting.umask === undefined
      ? command
      : ['sh', '-c', `umask ${setting.umask}; exec "$@"`, 'sh', ...command],
    setting,
  );
}

/** Runs any command to its end. */
export function run([command = '', ...args]: readonly string[], setting: Setting = {}): Promise<Ended> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !['NO_COLOR', 'FORCE_COLOR', 'SOURCE_DATE_EPOCH'].includes(name),
    ),
  );
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: setting.cwd ?? root,
      env: { ...env, ...setting.env },
      stdio: 'pipe',
      timeout: setting.timeout ?? 120_000,
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (data: string) => (out += data));
    child.stderr.setEncoding('utf8').on('data', (data: string) => (err += data));
    child.on('error', reject);
    // A command that ends before it has read everything says why by its exit code.
    child.stdin.on('error', () => undefined).end(setting.input);
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
}

/** Where files are kept in memory, if anywhere: a hundred builds that sync every file take their time on a disk. */
export const inMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A new empty folder, removed when the test is over. */
export function folder(place = tmpdir()): string {
  const path = mkdtempSync(join(place, 'engross-test-'));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

/** A small text in the form of a communiqué. It is ours. */
export const communique = `Communiqué of the harbour ministers

9 May 2011

1. We met at Tórshavn to speak of the harbours of the northern coast.

2. We agree that every harbour stays open to ships in distress.

3. We shall meet again next year.
`;

/** A new folder with so many different texts in `in`: `text-1.txt` and so on. */
export function textsIn(count: number): string {
  const cwd = folder();
  mkdirSync(join(cwd, 'in'));
  for (let number = 1; number <= count; number++)
    writeFileSync(join(cwd, `in/text-${number}.txt`), communique.replace('next year', `in ${number} years`));
  return cwd;
}

/** Every file below a folder by its path there, with its bytes in base64. */
export const contents = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(path, name)).isFile())
      .sort()
      .map((name) => [name, readFileSync(join(path, name)).toString('base64')]),
  );
