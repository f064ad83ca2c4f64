/** Reading: bytes to a settled document, with the account that nothing was lost on the way. */
import type { Document } from '../document.js';

/** The sum of section L6, in non-space characters (Unicode code points) of the decoded source. */
export interface Account {
  readonly characters: number;
  readonly printed: number;
  readonly furniture: number;
  readonly markup: number;
  readonly lost: number;
  readonly doubled: number;
}

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
}

/**
 * Reads an official document.
 * @throws Refusal for bytes that are no text, or whose encoding is in doubt
 */
export function read(_bytes: Uint8Array, _options: ReadOptions): Promise<Reading> {
  throw new Error('under construction');
}
