/** Marks of emphasis paired and words joined as the grammar does it, only in time that grows with the text. */
import fc from 'fast-check';
import type { Node } from 'unist';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../src/read/markdown/grammar.js';

const grammar = unified().use(remarkParse).use(remarkGfm).freeze();
/** The grammar without its second look for addresses, which is no part of ours. */
const oneLook = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(function () {
    for (const extension of (this.data().fromMarkdownExtensions ?? []).flat(2)) delete extension.transforms;
  })
  .freeze();

/** A tree with its places; words that are parted in one tree and whole in the other are joined by both. */
const places = (node: Node & { children?: Node[] }): unknown => ({
  ...node,
  ...(node.children ? { children: node.children.map(places) } : {}),
});

const seed = 20_261_124;
const runs = process.env['ENGROSS_LONG'] ? 50_000 : 1_000;

describe('marks of emphasis', () => {
  it.each([
    [
      'stars and underscores',
      ['*', '*', '**', '***', '_', '__', 'a', 'b', ' ', '.', '\n', '[', '](u)', '\\'],
    ],
    ['tildes', ['~', '~~', '~~~', 'a', 'b', ' ', '.', '\n', '[', '](u)', '\\']],
    ['stars around tildes', ['*', ' *', '* ', '**', ' ~~a~~ ', 'a', ' ', '.']],
  ])('%s are paired as the grammar pairs them', (_, parts) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 24 }), (some) => {
        const text = `x${some.join('')}`;
        expect(places(parseMarkdown(text))).toEqual(places(grammar.parse(text)));
      }),
      { seed, numRuns: runs },
    );
  });

  it('stretches of words are joined as the grammar joins them, whatever parts them', () => {
    const parts = [
      ...[
        'a',
        'é',
        ' ',
        '.',
        '&',
        '&amp;',
        '*',
        '_',
        '~~',
        '`',
        '``',
        '<',
        '<b>',
        '>',
        '\\',
        '\\*',
        '\n',
        '  \n',
        '\t',
      ],
      ...[
        '[',
        ']',
        '](u)',
        '](/u "t& a&amp;")',
        '![',
        '[^1]',
        '[a]',
        'https://a.b',
        'www.a.b',
        'a@b.c',
        '@',
        '|',
        '\n\n',
      ],
      ...['\n[a]: /u "t& \\* a"\n\n', '\n\n[^1]: a& b\n\n', '\n\n| a& b | c |\n|--|--|\n| d& e | f |\n\n'],
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 80 }), (some) => {
        const text = `x${some.join('')}`;
        expect(places(parseMarkdown(text))).toEqual(places(oneLook.parse(text)));
      }),
      { seed, numRuns: runs },
    );
  });

  it.each([
    ['*a **b** c*', ['emphasis', 'strong']],
    ['***a** b*', ['emphasis', 'strong']],
    ['~~a *b* c~~', ['delete', 'emphasis']],
    // The mark that closes first wins; what stands between the two is words.
    ['*a ~b* c~', ['emphasis']],
    ['~a *b~ c*', ['delete']],
    ['a* b_ c~', []],
    ['[*a](u) b*', ['link']],
  ])('%s', (text, types) => {
    const found: string[] = [];
    const walk = (node: Node & { children?: Node[] }): void => {
      if (!['root', 'paragraph', 'text'].includes(node.type)) found.push(node.type);
      node.children?.forEach(walk);
    };
    walk(parseMarkdown(text));
    expect(found).toEqual(types);
  });
});
