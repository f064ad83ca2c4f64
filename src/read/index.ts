/** Reading: bytes to a settled document, with the account that nothing was lost on the way. */
import { createHash } from 'node:crypto';
import type { Document } from '../document.js';
import { settle, type Account } from './account.js';
import { decode } from './decode.js';
import { normalise } from './normalise.js';
import { withLibraries } from './on-demand.js';
import { parsePlainText } from './plain.js';
import { parseSidecar } from './sidecar.js';
import { slugOf } from './slug.js';

export type { Account } from './account.js';
export { decode } from './decode.js';
export { withLibraries } from './on-demand.js';
export { engrossParse } from './plain.js';
export { slugOf } from './slug.js';

/** What reading a text gives. */
export interface Reading {
  readonly document: Document;
  /** The decoded source, without a byte-order mark; spans count in it. */
  readonly text: string;
  readonly account: Account;
}

/** How a text is to be read. */
export interface ReadOptions {
  /** The file's name, without folders: it gives the document its id and the messages their place. */
  readonly file: string;
  /** A WHATWG encoding label; overrules what the bytes say. */
  readonly encoding?: string;
  /** The sidecar `NAME.engross.json`, in which a person overrules the reader: its name and its text. */
  readonly sidecar?: { readonly file: string; readonly text: string };
}

/**
 * Reads an official document.
 * @throws Refusal for bytes that are no text, or whose encoding is in doubt
 */
export function read(bytes: Uint8Array, options: ReadOptions): Promise<Reading> {
  return Promise.resolve().then(async () => {
    const sidecar = options.sidecar && parseSidecar(options.sidecar.text, options.sidecar.file);
    const { text, encoding, diagnostics } = await withLibraries(() =>
      decode(bytes, options.encoding ?? sidecar?.encoding ?? undefined),
    );
    const source = {
      file: options.file,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      encoding,
      bytes: bytes.length,
      characters: text.length,
    };
    const id = await slugOf(options.file);
    const markdown = isMarkdown(options.file) ? await import('./markdown.js') : null;
    const document = await withLibraries(() =>
      markdown
        ? markdown.readMarkdown(text, id, source, sidecar)
        : normalise(text, parsePlainText(text), id, source, sidecar),
    );
    const account = settle(document, text);
    return {
      document: { ...document, diagnostics: [...diagnostics, ...document.diagnostics] },
      text,
      account,
    };
  });
}

/** Whether a file is Markdown, by its name: the grammar is loaded only then. */
const isMarkdown = (file: string): boolean => /\.(?:md|markdown)$/i.test(file);
