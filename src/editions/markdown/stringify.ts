/**
 * mdast to text: remark-stringify with the marks that a careful typist would choose, and four handlers of ours, for
 * pins must not change what is escaped after them: with and without pins, the text is the same.
 */
import type { Nodes, Root } from 'mdast';
import type { Options } from 'remark-stringify';
import './inline.js';

type Handle = NonNullable<NonNullable<Options['handlers']>['paragraph']>;

/** What a handler of ours is given: the tree has been made by `tree.ts`, and mdast's types end at this seam. */
const paragraph: Handle = (node: Extract<Nodes, { type: 'paragraph' }>, _, state, info) => {
  const exit = state.enter('paragraph');
  const exitPhrasing = state.enter('phrasing');
  const value = state.containerPhrasing(node, info);
  exitPhrasing();
  exit();
  return (node.data?.lead ?? '') + value;
};

/** An ATX heading (CommonMark 4.2) on one line, whatever it holds. */
const heading: Handle = (node: Extract<Nodes, { type: 'heading' }>, _, state, info) => {
  const exit = state.enter('headingAtx');
  const exitPhrasing = state.enter('phrasing');
  const value = state.containerPhrasing(node, { ...info, before: '# ', after: '\n' });
  exitPhrasing();
  exit();
  return `${'#'.repeat(node.depth)} ${node.data?.lead ?? ''}${value.replace(/^[\t ]/, (space) => `&#${space.charCodeAt(0)};`)}`;
};

const verbatim: Handle = (node: Extract<Nodes, { type: 'verbatim' }>) => node.value;

/** Each piece is escaped as what stands beside it asks. */
const mixed: Handle = (node: Extract<Nodes, { type: 'mixed' }>, _, state, info) => {
  const written: string[] = [];
  node.pieces.forEach((piece, at) => {
    const before = written.at(-1)?.slice(-1) ?? info.before;
    const after = node.pieces[at + 1]?.value.charAt(0) ?? info.after;
    written.push(
      piece.type === 'verbatim' ? piece.value : state.safe(piece.value, { ...info, before, after }),
    );
  });
  return written.join('');
};

/** What it begins with, for what stands before it. */
const mixedPeek: Handle = (node: Extract<Nodes, { type: 'mixed' }>, parent, state, info) =>
  mixed({ ...node, pieces: node.pieces.slice(0, 1) }, parent, state, info);

/** How remark-stringify is to write. */
export const stringifyOptions: Options = {
  bullet: '-',
  emphasis: '*',
  strong: '*',
  listItemIndent: 'one',
  handlers: { paragraph, heading, verbatim, mixed: Object.assign(mixed, { peek: mixedPeek }) },
  unsafe: [
    // An address takes in all that follows `www.`, an escape or a call too. (Not as `after`: mdast-util-to-markdown
    // leaves out an escape whose reason is escaped itself.) For GitHub only an ASCII space ends it.
    { character: '.', before: '[Ww]{2}(?=\\.[^\\t-\\r ])', inConstruct: 'phrasing' },
    // `:smile:` is a picture on GitHub and in pandoc's gfm.
    { character: ':', after: '(?=(?:100|1234|[+-]1|[a-z][a-z0-9_+-]{0,40}):)', inConstruct: 'phrasing' },
  ],
};

/** Every cell counts as 3 long: tables are not padded, for their pins would tear them wide, and rules are `---`. */
export const tableOptions = { stringLength: () => 3 };

export async function stringify(tree: Root): Promise<string> {
  const [{ unified }, { default: remarkStringify }, { default: remarkGfm }, { default: remarkFrontmatter }] =
    await Promise.all([
      import('unified'),
      import('remark-stringify'),
      import('remark-gfm'),
      import('remark-frontmatter'),
    ]);
  const text = unified()
    .use(remarkStringify, stringifyOptions)
    .use(remarkGfm, tableOptions)
    .use(remarkFrontmatter)
    .stringify(tree);
  return text.endsWith('\n') ? text : `${text}\n`;
}
