/** The grammar: remark with GitHub's extensions and front matter, every node with its place in the source. */
import type { Root } from 'mdast';
import type { Node, Parent } from 'unist';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified, type Plugin } from 'unified';
import { pairedEmphasis } from './emphasis.js';
import { numericReference } from './references.js';
import { joinedStretches } from './stretches.js';

/**
 * GFM 6.9 finds addresses in words once more after parsing, and the nodes that it makes have no positions. An address
 * is words to us in either case: that second look is left out.
 */
const withoutSecondLook: Plugin<[], Root> = function () {
  const { fromMarkdownExtensions } = this.data();
  const strip = (extension: unknown): void => {
    if (Array.isArray(extension)) extension.forEach(strip);
    else if (typeof extension === 'object' && extension !== null && 'transforms' in extension)
      delete extension.transforms;
  };
  strip(fromMarkdownExtensions);
};

/** Marks of emphasis are paired, and words joined, in time that grows with the text (`emphasis.ts`, `stretches.ts`). */
const withoutSquares: Plugin<[], Root> = function () {
  (this.data().micromarkExtensions ??= []).push(pairedEmphasis, joinedStretches);
};

/** Made once: to make it takes longer than to parse a paragraph. */
const processor = unified()
  .use(remarkParse)
  .use(remarkFrontmatter, ['yaml'])
  .use(remarkGfm)
  .use(withoutSquares)
  .use(withoutSecondLook)
  .freeze();

/**
 * Parses a Markdown text (CommonMark 0.31, GFM 0.29).
 * @param text decoded; a byte-order mark at its start is read as a space, so that offsets stay
 */
export function parseMarkdown(text: string): Root {
  const source = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text;
  const root = processor.parse(source);
  const first: Node | undefined = root.children[0];
  // HTML begins with the white space before it: here with the mark.
  if (source !== text && first?.position?.start.offset === 0) first.position.start.offset = 1;
  partHeadings(root);
  return root;
}

/** An underlined heading right behind link definitions is given their start, too: it begins where they end. */
function partHeadings(root: Root): void {
  const parents: Parent[] = [root];
  for (let parent = parents.pop(); parent; parent = parents.pop()) {
    let before: Node | undefined;
    for (const child of parent.children as readonly Node[]) {
      if (child.type === 'heading' && child.position && before?.position)
        if ((before.position.end.offset ?? 0) > (child.position.start.offset ?? 0))
          child.position.start = { ...before.position.end };
      before = child;
      if ('children' in child && isContainer(child.type)) parents.push(child as Parent);
    }
  }
}

const isContainer = (type: string): boolean =>
  type === 'blockquote' || type === 'list' || type === 'listItem' || type === 'footnoteDefinition';

const named = new Map<string, string | null>();
/** HTML names 2,125 characters; what else looks like a name is remembered as none, up to this many in all. */
const mostRemembered = 10_000;

/** What a character reference stands for, or null where the grammar takes it for plain characters. */
export function referenced(written: string): string | null {
  const numeric = numericReference(written);
  if (numeric !== null) return numeric;
  const known = named.get(written);
  if (known !== undefined) return known;
  const [block] = parseMarkdown(`x${written}`).children;
  const [only] = block?.type === 'paragraph' ? block.children : [];
  const words = only?.type === 'text' ? only.value.slice(1) : written;
  const meant = words === written ? null : words;
  if (named.size < mostRemembered) named.set(written, meant);
  return meant;
}
