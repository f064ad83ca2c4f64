/** Which files are inputs, and reading them. */
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Diagnostic } from '../document.js';
import { diagnose, Refusal } from '../report.js';
import type { Kind, Operations } from './disk.js';
import { byCodePoint, codeOf, largestInput, readAtMost, refusal, system } from './disk.js';

/** A file to be read. */
export interface Input {
  /** As the user named it, or below the folder that the user named. */
  readonly path: string;
  /** Without folders. */
  readonly file: string;
}

/** Files that are found in a folder: plain text and Markdown. */
const isFoundInFolder = (name: string) =>
  /\.(txt|text|md|markdown)$/i.test(name) && !name.startsWith('.') && !/^readme\b/i.test(name);

/** Files that are neither even when they are named: reading them as text would print their mark-up as words. */
const otherKinds = /\.(x?html?|xml|json|csv|tsv|rtf|tex|pdf|docx?|odt|epub|png|jpe?g|gif|zip|gz)$/i;

/**
 * The inputs that files and folders stand for, each once, in the order given and by code point within a folder. A
 * folder stands for the texts in it, not in its subfolders.
 * @throws Refusal for a path that isn't there or is no text, and where nothing at all is found
 */
export async function listInputs(
  paths: readonly string[],
  operations: Operations = system,
): Promise<readonly Input[]> {
  const inputs = new Map<string, Input>();
  const add = (path: string) => {
    const whole = resolve(path);
    if (!inputs.has(whole)) inputs.set(whole, { path, file: basename(path) });
  };
  for (const path of paths) {
    let kind: Kind;
    try {
      kind = await operations.stat(path);
    } catch (error) {
      const code = codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
      if (code) throw new Refusal(missing(path));
      throw refusal('input-unreadable', `“${path}” can’t be read`, error);
    }
    if (kind.isDirectory()) {
      for (const file of await textsIn(path, operations)) add(join(path, file));
    } else if (!kind.isFile()) {
      throw new Refusal(diagnose('input-kind', `“${path}” is neither a file nor a folder.`));
    } else if (otherKinds.test(path)) {
      throw new Refusal(
        diagnose(
          'input-kind',
          `“${path}” is neither plain text nor Markdown: files ending in ${extname(path)} are not read.`,
          undefined,
          'Copy the text out of it into a plain text file (.txt, UTF-8) and give that.',
        ),
      );
    } else {
      add(path);
    }
  }
  if (inputs.size === 0)
    throw new Refusal(
      diagnose(
        'input-none',
        `There is no .txt or .md file in ${paths.map((path) => `“${path}”`).join(', ')}.`,
        undefined,
        'Put a .txt or .md file there, or name one; subfolders are not looked into.',
      ),
    );
  return [...inputs.values()];
}

/** An address of the web is no path: Engross uses no network. */
const missing = (path: string): Diagnostic =>
  /^[a-z]+:\/\//i.test(path)
    ? diagnose(
        'input-missing',
        `“${path}” is an address, and Engross uses no network.`,
        undefined,
        'Copy the text of the page into a plain text file (.txt, UTF-8) and give that.',
      )
    : diagnose('input-missing', `There is no file or folder “${path}”.`);

async function textsIn(folder: string, operations: Operations): Promise<string[]> {
  try {
    const names = (await operations.readdir(folder)).filter(isFoundInFolder).sort(byCodePoint);
    const kinds = await Promise.all(names.map((name) => operations.stat(join(folder, name))));
    return names.filter((_, index) => kinds[index]?.isFile());
  } catch (error) {
    throw refusal('input-unreadable', `The folder “${folder}” can’t be read`, error);
  }
}

/** The largest sidecar. */
const largestSidecar = 1024 * 1024;

/** What a person states about a text, in a file beside it: `communique.txt` has `communique.engross.json`. */
export interface SidecarFile {
  /** Without folders. */
  readonly file: string;
  readonly text: string;
}

/** The name of an input's sidecar, without folders. */
export const sidecarOf = (path: string): string => `${basename(path).replace(/\.[^.]+$/, '')}.engross.json`;

/**
 * The sidecar of an input, or null where it has none.
 * @throws Refusal where it can’t be read, is no UTF-8, or is larger than 1 MiB
 */
export async function readSidecar(
  path: string,
  operations: Operations = system,
): Promise<SidecarFile | null> {
  const file = sidecarOf(path);
  let bytes: Uint8Array | null;
  try {
    bytes = await readAtMost(join(dirname(path), file), largestSidecar, operations);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw refusal('input-unreadable', `“${file}” can’t be read`, error);
  }
  if (bytes === null) throw new Refusal(diagnose('sidecar-invalid', `“${file}” is larger than 1 MiB.`));
  try {
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw new Refusal(diagnose('sidecar-invalid', `“${file}” is not UTF-8.`));
  }
}

/** How much is read of an input. */
export interface Limits {
  /** Bytes of a file. */
  readonly input: number;
  /** Bytes between two line ends. */
  readonly line: number;
}

export const usualLimits: Limits = { input: largestInput, line: 16 * 1024 * 1024 };

/**
 * The bytes of an input.
 * @throws Refusal where it can’t be read, or is larger than the limits say
 */
export async function readInput(
  path: string,
  operations: Operations = system,
  limits: Limits = usualLimits,
): Promise<Uint8Array> {
  let bytes: Uint8Array | null;
  try {
    bytes = await readAtMost(path, limits.input, operations);
  } catch (error) {
    throw refusal('input-unreadable', `“${path}” can’t be read`, error);
  }
  if (bytes === null)
    throw new Refusal(diagnose('input-too-large', `“${path}” is larger than ${sizeOf(limits.input)}.`));
  return bytes;
}

/** @throws Refusal for a text one of whose lines is longer than the limits say, with its number */
export function refuseLongLines(path: string, bytes: Uint8Array, limits: Limits): void {
  if (bytes.length <= limits.line) return;
  let [line, start] = [1, 0];
  for (let at = 0; at <= bytes.length; at++) {
    const isEnd = at === bytes.length || bytes[at] === 10 || bytes[at] === 13;
    if (!isEnd) continue;
    if (at - start > limits.line)
      throw new Refusal(
        diagnose('line-too-long', `Line ${line} of “${path}” is longer than ${sizeOf(limits.line)}.`, {
          line,
        }),
      );
    // CR LF is one end.
    if (!(bytes[at] === 10 && bytes[at - 1] === 13)) line += 1;
    start = at + 1;
  }
}

/** A size as the options take it: `64 MiB`. */
function sizeOf(bytes: number): string {
  const [unit, name] = [
    [1024 ** 3, 'GiB'],
    [1024 ** 2, 'MiB'],
    [1024, 'KiB'],
  ].find(([size]) => bytes >= Number(size) && bytes % Number(size) === 0) ?? [1, 'bytes'];
  return `${bytes / Number(unit)} ${name}`;
}
