/**
 * Engross in a unified pipeline, as `engross/unified`: a parser that takes an official text, and a compiler that writes
 * Markdown as Engross does. Between them stands mdast, so that any remark or rehype plugin can work on it.
 *
 *     const file = await unified().use(engrossParse).use(remarkRehype).use(rehypeStringify).process(text);
 */
import type { Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified, type Plugin, type Transformer } from 'unified';
import type { Node } from 'unist';
import type { Document } from './document.js';
import { editionNamed, filesOf } from './editions/index.js';
import { stringifyOptions, tableOptions } from './editions/markdown/stringify.js';
import { openShelves, packageVersion } from './files.js';
import { read, type Account } from './read/index.js';
import { parseMarkdown } from './read/markdown/grammar.js';
import { parsePlainText } from './read/plain.js';
import { loadTemplate } from './template.js';

/** How a text is to be parsed. */
export interface ParseOptions {
  /**
   * The file's name, without folders: it gives the document its id, and a name in .md says that it is Markdown. Else it is
   * the vfile's own, or `document.txt`.
   */
  readonly file?: string;
  /** Whether each paragraph begins with its pin, an `html` node `<a id="para_15"></a>`. */
  readonly pins?: boolean;
}

/** What was read of a file. */
export interface Parsed {
  readonly document: Document;
  readonly account: Account;
}

const parsed = new WeakMap<object, Parsed>();

/** What `engrossParse` has read of a file (the document, and the account that nothing was lost), or undefined. */
export const parsedOf = (file: object): Parsed | undefined => parsed.get(file);

/**
 * A unified plugin that reads an official text into mdast: headings, paragraphs with their labels as printed, bullets,
 * tables, footnotes. What the reader doubted are messages of the file; the settled document is in `parsedOf(file)`.
 *
 * `parse` gives the lines alone (`textRoot`); `run` and `process` settle them, asynchronously. The nodes have no positions,
 * for one may be made of several places of the source: those are in the document.
 */
export const engrossParse: Plugin<[ParseOptions?], string, Root> = function (options = {}) {
  this.parser = parsePlainText;
  const transformer: Transformer<Root, Root> = async (_, file) => {
    const bytes = typeof file.value === 'string' ? new TextEncoder().encode(file.value) : file.value;
    const name = options.file ?? file.basename ?? 'document.txt';
    const { document, account } = await read(bytes, { file: name });
    for (const { code, message, line, column } of document.diagnostics) {
      const place = line === undefined ? undefined : { line, column: column ?? 1 };
      file.message(message, { place, source: 'engross', ruleId: code });
    }
    parsed.set(file, { document, account });
    return treeOf(document, options.pins ?? false);
  };
  // A plugin may be a parser and a transformer both; unified's types know it as one of them.
  return transformer as unknown as undefined;
};

/** The Markdown edition as a tree, without its front matter: mdast knows no YAML of itself. */
async function treeOf(document: Document, pins: boolean): Promise<Root> {
  const shelves = openShelves();
  const template = await loadTemplate('default', shelves.template);
  const files = await filesOf(await editionNamed('md'), document, {
    template: { ...template, markdown: { ...template.markdown, pins } },
    version: packageVersion(),
    buildDate: null,
    font: shelves.font,
    asset: shelves.asset,
    warn: () => undefined,
  });
  const root = parseMarkdown(new TextDecoder().decode(files.get('.md')));
  root.children = root.children.filter(({ type }) => type !== 'yaml');
  forgetPositions(root);
  return root;
}

function forgetPositions(node: Node): void {
  delete node.position;
  if ('children' in node) for (const child of node.children as Node[]) forgetPositions(child);
}

/**
 * A unified plugin that writes mdast as the Markdown edition does: GitHub Flavored Markdown with footnotes and front
 * matter, a paragraph's label escaped so that no renderer counts it anew, no table padded.
 */
export const engrossStringify: Plugin<[], Root, string> = function () {
  this.compiler = (tree) =>
    unified()
      .use(remarkStringify, stringifyOptions)
      .use(remarkGfm, tableOptions)
      .use(remarkFrontmatter)
      .stringify(tree as Root);
};
