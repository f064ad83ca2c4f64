/**
 * The Markdown edition: GitHub Flavored Markdown (GFM 0.29) with YAML front matter and real footnotes, that reads as
 * if a careful person had typed it, and can be read back into an equal document.
 *
 * - One paragraph a line, unwrapped. A printed label is the paragraph's first word, escaped where Markdown would make
 *   a list of it (`15\. We …`), for renderers count lists anew. Only bullets are lists.
 * - Sub-paragraphs are indented by EM SPACEs, two for each level: no code block, no quotation, and every reader of
 *   Markdown shows them.
 * - Pins (`<a id="para_15"></a>`) stand at the start of each paragraph, heading and note. `template.markdown.pins`
 *   leaves them and what else is there for programs out: then words, labels and notes remain.
 * - No smart punctuation, no change to any character; addresses stay as typed and become links.
 */
import type { Root } from 'mdast';
import type { Document } from '../document.js';
import { textNodes } from '../document.js';
import { diagnose } from '../report.js';
import type { Context, Edition } from './edition.js';
import { frontMatter } from './markdown/front-matter.js';
import { planNotes } from './markdown/notes.js';
import { stringify } from './markdown/stringify.js';
import { tree, unfit, usualBullet } from './markdown/tree.js';

export const edition: Edition = {
  name: 'md',
  extension: '.md',
  summary: 'GitHub Flavored Markdown with front matter, real footnotes and pins; readable as text',
  render,
};

async function render(document: Document, context: Context): Promise<Uint8Array> {
  warnOfUnfit(document, context);
  const { pins } = context.template.markdown;
  const bullet = usualBullet(document);
  const root: Root = {
    type: 'root',
    children: [
      { type: 'yaml', value: await frontMatter(document, pins, bullet) },
      ...tree(document, planNotes(document), pins, bullet),
    ],
  };
  // NUL is no character of Markdown (CommonMark 2.3); half a surrogate pair becomes U+FFFD as UTF-8.
  return new TextEncoder().encode((await stringify(root)).replaceAll('\0', '\ufffd'));
}

function warnOfUnfit(document: Document, context: Context): void {
  for (const { node } of textNodes(document))
    if (unfit(node.content))
      context.warn(
        diagnose(
          'edition-approximate',
          `Markdown can’t hold a character of ${node.eId} (NUL or half a surrogate pair): U+FFFD stands in its place.`,
          { line: node.source.line },
        ),
      );
}
