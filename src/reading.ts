/** A text and its sidecar, from the disk to the document: what `build` and `inspect` both begin with. */
import { basename } from 'node:path';
import type { Operations } from './files.js';
import { readInput, readSidecar, system } from './files.js';
import type { Reading } from './read/index.js';
import { read } from './read/index.js';

export interface ReadingWithSidecar extends Reading {
  /** The sidecar's text, or null where there is none. */
  readonly sidecar: string | null;
}

/**
 * Reads one input.
 * @param encoding a WHATWG label; overrules what the bytes and the sidecar say
 * @param overruled false leaves its sidecar out
 * @throws Refusal where it can't be read, or its sidecar doesn't fit
 */
export async function readWithSidecar(
  path: string,
  encoding: string | undefined,
  { operations = system, overruled = true }: { operations?: Operations; overruled?: boolean } = {},
): Promise<ReadingWithSidecar> {
  const bytes = await readInput(path, operations);
  const sidecar = overruled ? await readSidecar(path, operations) : null;
  const reading = await read(bytes, {
    file: basename(path),
    ...(encoding === undefined ? {} : { encoding }),
    ...(sidecar === null ? {} : { sidecar }),
  });
  return { ...reading, sidecar: sidecar?.text ?? null };
}
