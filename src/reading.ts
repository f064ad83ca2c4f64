/** A text and its sidecar, from the disk to the document: what `build` and `inspect` both begin with. */
import { basename } from 'node:path';
import type { Limits, Operations } from './files.js';
import { readInput, readSidecar, refuseLongLines, system, usualLimits } from './files.js';
import type { Reading } from './read/index.js';
import { read } from './read/index.js';

export interface ReadingWithSidecar extends Reading {
  /** The sidecar's text, or null where there is none. */
  readonly sidecar: string | null;
}

/** How an input is read. */
export interface How {
  readonly operations?: Operations;
  /** False leaves the sidecar out. */
  readonly overruled?: boolean;
  readonly limits?: Limits;
}

/**
 * Reads one input.
 * @param encoding a WHATWG label; overrules what the bytes and the sidecar say
 * @throws Refusal where it can't be read or is too large, or its sidecar doesn't fit
 */
export async function readWithSidecar(
  path: string,
  encoding: string | undefined,
  { operations = system, overruled = true, limits = usualLimits }: How = {},
): Promise<ReadingWithSidecar> {
  const bytes = await readInput(path, operations, limits);
  refuseLongLines(path, bytes, limits);
  const sidecar = overruled ? await readSidecar(path, operations) : null;
  const reading = await read(bytes, {
    file: basename(path),
    ...(encoding === undefined ? {} : { encoding }),
    ...(sidecar === null ? {} : { sidecar }),
  });
  return { ...reading, sidecar: sidecar?.text ?? null };
}
