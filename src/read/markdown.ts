/**
 * The Markdown reader (CommonMark 0.31 with GFM 0.29 and front matter): our own Markdown edition read back into an
 * equal document, and Markdown that a person wrote, by the same later stages as plain text.
 */
import type { Document, Source } from '../document.js';
import { readEdition } from './markdown/edition.js';
import { frontMatterOf, structureOf } from './markdown/front-matter.js';
import { parseMarkdown } from './markdown/grammar.js';
import { readManuscript } from './markdown/manuscript.js';
import { diagnose, Refusal } from '../report.js';
import type { Sidecar } from './sidecar.js';

/**
 * Reads a Markdown text. `source` and `id` are what is known of the file; a sidecar overrules what is found.
 * @throws Refusal (`markdown-too-deep`) where quotations or lists stand in each other thousands of times
 */
export function readMarkdown(text: string, id: string, source: Source, sidecar?: Sidecar): Document {
  try {
    const root = parseMarkdown(text);
    const fields = frontMatterOf(root);
    const structure = structureOf(fields);
    return structure
      ? readEdition(text, root, fields, structure, id, source, sidecar)
      : readManuscript(text, root, fields, id, source, sidecar);
  } catch (error) {
    // The grammar goes down a tree by calling itself.
    if (error instanceof RangeError)
      throw new Refusal(diagnose('markdown-too-deep', 'Its blocks are nested too deeply to be read.'));
    throw error;
  }
}
