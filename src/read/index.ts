/** Reading: bytes to a settled document, with the account that nothing was lost on the way. */
import { createHash } from 'node:crypto';
import { unified } from 'unified';
import type { Document } from '../document.js';
import { settle, type Account } from './account.js';
import { decode } from './decode.js';
import { normalise } from './normalise.js';
import { engrossParse } from './plain.js';
import { parseSidecar } from './sidecar.js';
import { slugOf } from './slug.js';

export type { Account } from './account.js';
export { engrossParse } from './plain.js';
export { slugOf } from './slug.js';

export interface Reading {
  readonly document: Document;
  /** The decoded source, without a byte-order mark; spans count in it. */
  readonly text: string;
  readonly account: Account;
}

export interface ReadOptions {
  /** The file's name, without folders: it gives the document its id and the messages their place. */
  readonly file: string;
  /** A WHATWG encoding label; overrules what the bytes say. */
  readonly encoding?: string;
  /** The text of the sidecar `NAME.engross.json`, in which a person overrules the reader. */
  readonly sidecar?: string;
}

/**
 * Reads an official document.
 * @throws Refusal for bytes that are no text, or whose encoding is in doubt
 */
export function read(bytes: Uint8Array, options: ReadOptions): Promise<Reading> {
  return Promise.resolve().then(() => {
    const sidecar =
      options.sidecar === undefined ? undefined : parseSidecar(options.sidecar, sidecarName(options.file));
    const { text, encoding, diagnostics } = decode(bytes, options.encoding ?? sidecar?.encoding ?? undefined);
    const source = {
      file: options.file,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      encoding,
      bytes: bytes.length,
      characters: text.length,
    };
    const root = unified().use(engrossParse).parse(text);
    const document = normalise(text, root, slugOf(options.file), source, sidecar);
    const account = settle(document, text);
    return {
      document: { ...document, diagnostics: [...diagnostics, ...document.diagnostics] },
      text,
      account,
    };
  });
}

/** The name of a text's sidecar: `communique.txt` has `communique.engross.json`. */
export const sidecarName = (file: string): string => `${file.replace(/\.[^.]+$/, '')}.engross.json`;
