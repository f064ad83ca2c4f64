/** Markdown that a person wrote, or corrected: what it is read as, and that nothing of it is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Document, Inline, Paragraph } from '../src/document.js';
import { textNodes, textOf } from '../src/document.js';
import { settle } from '../src/read/account.js';
import { read, type Reading } from '../src/read/index.js';
import { Refusal } from '../src/report.js';
import { editionOf } from './markdown-documents.js';
import { sample } from './sample.js';

const readText = (text: string): Promise<Reading> =>
  read(new TextEncoder().encode(text), { file: 'hand.md' });
const documentOf = async (text: string): Promise<Document> => (await readText(text)).document;

/** A block in one line: `numbered para_1 |1.| We agree[1] *that*`, its children below it. */
function shown(blocks: readonly Block[], depth = 0): string[] {
  return blocks.flatMap((block): string[] => {
    const lead = '  '.repeat(depth);
    if (block.type === 'table')
      return [
        `${lead}table ${block.eId}`,
        ...block.rows.map((row) => `${lead}  ${row.cells.map((cell) => words(cell.content)).join(' | ')}`),
      ];
    if (block.type === 'signature')
      return [
        `${lead}signature ${block.eId}`,
        ...block.columns.map((lines) => `${lead}  ${lines.map((line) => words(line.content)).join(' / ')}`),
      ];
    const kind =
      block.type === 'paragraph' ? block.role : block.type === 'heading' ? `h${block.level}` : block.type;
    const num = 'num' in block && block.num !== null ? ` |${block.num}|` : '';
    const marker = 'marker' in block ? ` (${block.marker})` : '';
    const own = `${lead}${kind} ${block.eId}${num}${marker} ${words(block.content)}`.trimEnd();
    return [own, ...(block.type === 'paragraph' ? shown(block.children, depth + 1) : [])];
  });
}

const words = (content: readonly Inline[]): string =>
  content
    .map((one) => {
      if (one.type === 'noteCall') return `[${one.marker}>${one.footnote}]`;
      return (one.emphasis ?? []).reduceRight((inner, kind) => {
        const mark = kind === 'strong' ? '**' : '*';
        return mark + inner + mark;
      }, one.value);
    })
    .join('');

const codesOf = (document: Document): string[] => document.diagnostics.map(({ code }) => code);
const body = async (text: string): Promise<string[]> =>
  shown(
    (
      await documentOf(
        `# A title\n\n9 May 2011\n\nThe ministers met, and said what follows in the text below.\n\n${text}`,
      )
    ).mainBody,
  ).slice(1);

describe('Markdown that a person wrote', () => {
  it('is a document of the same regions as plain text', async () => {
    const document = await documentOf(`---
title: Declaration on Harbours
date: 2011-05-09
issuer: The northern ministers
---

# Declaration on **Harbours**

Tórshavn, 9 May 2011

The ministers,

*Recalling* the rules &amp; customs of the coast[^a],

Noting the state of [the piers](https://example.org/piers "Piers"),

Have agreed as follows:

## I. Access

1. We agree that every harbour stays open [^1].
1. We further agree:
   - to ferries;
   - to **ships** in distress;
     and their crews.

## II. Dues

7. A single item.

Done at Tórshavn on 9 May 2011.

For the north:\\
J. á Lakjuni

[^1]: See HNC/2008/1.

    Further words.

[^a]: Adopted *there*.
`);
    expect([document.title, document.date, document.issuer]).toEqual([
      'Declaration on Harbours',
      '2011-05-09',
      'The northern ministers',
    ]);
    expect(shown(document.preface)).toEqual([
      'docTitle docTitle_1 Declaration on **Harbours**',
      'docDate docDate_1 Tórshavn, 9 May 2011',
    ]);
    expect(shown(document.preamble)).toEqual([
      'plain preamble__p_1 The ministers,',
      'preambular preamble__p_2 *Recalling* the rules & customs of the coast[a>ftn_a],',
      'preambular preamble__p_3 Noting the state of the piers,',
      'plain preamble__p_4 Have agreed as follows:',
    ]);
    expect(shown(document.mainBody)).toEqual([
      'h1 sec_I |I.| Access',
      'numbered sec_I__para_1 |1.| We agree that every harbour stays open[1>ftn_1].',
      'numbered sec_I__para_1_2 |1.| We further agree:',
      '  item sec_I__para_1_2__item_1 (-) to ferries;',
      '  item sec_I__para_1_2__item_2 (-) to **ships** in distress; and their crews.',
      'h1 sec_II |II.| Dues',
      'numbered sec_II__para_7 |7.| A single item.',
    ]);
    expect(shown(document.conclusions)).toEqual([
      'plain conclusions__p_1 Done at Tórshavn on 9 May 2011.',
      'signature signature_1',
      '  For the north: / J. á Lakjuni',
    ]);
    expect(
      document.footnotes.map(({ marker, content, children }) => [marker, words(content), ...shown(children)]),
    ).toEqual([
      ['1', 'See HNC/2008/1.', 'plain ftn_1__p_1 Further words.'],
      ['a', 'Adopted *there*.'],
    ]);
    expect(document.furniture.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 5 }, () => 'front matter'),
    );
  });

  it('keeps printed labels, escaped or in lists, as printed', async () => {
    expect(await body('1\\. We agree.\n\n2\\. We note.\n\n4\\. We end.')).toEqual([
      'numbered para_1 |1.| We agree.',
      'numbered para_2 |2.| We note.',
      'numbered para_4 |4.| We end.',
    ]);
    expect(await body('7) Seven.\n8) Eight:\n\n   more of eight.')).toEqual([
      'numbered para_7 |7)| Seven.',
      'numbered para_8 |8)| Eight:',
      'plain p_2 more of eight.',
    ]);
  });

  it('nests numbered lists as Markdown nests them, whatever their numbers', async () => {
    const nested = await body(
      [
        '1. We agree on these:',
        '   1. ferries stay;',
        '   2. ships stay:',
        '      1. the small;',
        '      2. the large;',
        '   3. boats stay.',
        '',
        '   And we say so.',
        '2. We note:',
        '   1) first;',
        '   2) second.',
        '3. We end:',
        '   - in a bullet:',
        '     1. a number;',
        '     2. another.',
        '',
        '4. We go on.',
      ].join('\n'),
    );
    expect(nested).toEqual([
      'numbered para_1 |1.| We agree on these:',
      '  item para_1__subpara_1 |1.| ferries stay;',
      '  item para_1__subpara_2 |2.| ships stay:',
      '    item para_1__subpara_2__subpara_1 |1.| the small;',
      '    item para_1__subpara_2__subpara_2 |2.| the large;',
      '  item para_1__subpara_3 |3.| boats stay.',
      '  wrapUp para_1__wrapup_1 And we say so.',
      'numbered para_2 |2.| We note:',
      '  item para_2__subpara_1 |1)| first;',
      '  item para_2__subpara_2 |2)| second.',
      'numbered para_3 |3.| We end:',
      '  item para_3__item_1 (-) in a bullet:',
      '  item para_3__subpara_1 |1.| a number;',
      '  item para_3__subpara_2 |2.| another.',
      'numbered para_4 |4.| We go on.',
    ]);
  });

  it('takes words from where Markdown says that they are words', async () => {
    expect(
      await body('A `code*` and C:\\\\x, 2 \\* 3, &copy; &#8211; &lt;b&gt;, <https://x.org/a_b>, a_b_c.'),
    ).toEqual(['plain p_2 A code* and C:\\x, 2 * 3, © – <b>, https://x.org/a_b, a_b_c.']);
    expect(await body('We ~~struck~~ ***both*** and *one **two***[^1].\n\n[^1]: x')).toEqual([
      'plain p_2 We struck ***both*** and *one ****two***[1>ftn_1].',
    ]);
    expect(await body('A line\nthat is wrapped\nin three.')).toEqual([
      'plain p_2 A line that is wrapped in three.',
    ]);
    expect(await body('> A quotation\n> of two lines.\n>\n> And another.')).toEqual([
      'plain p_2 A quotation of two lines.',
      'plain p_3 And another.',
    ]);
  });

  it('leaves nothing of a line end within a word and between ideographs', async () => {
    expect(await body('We co-\noperate in the har\u00ad\nbour.\n\n条約\n締結 and\nmore.')).toEqual([
      'plain p_2 We co-operate in the har\u00adbour.',
      'plain p_3 条約締結 and more.',
    ]);
  });

  it('reads tables, with their pipes', async () => {
    expect(
      await body(
        'Before the table, words.\n\n| Harbour | *Depth* |\n|:--|--:|\n| Vágur | 7\\|5 |\n\nAfter the table, words.',
      ),
    ).toEqual([
      'plain p_2 Before the table, words.',
      'table table_1',
      '  Harbour | *Depth*',
      '  Vágur | 7|5',
      'plain p_3 After the table, words.',
    ]);
  });

  it('reads HTML, code and rules', async () => {
    expect(await body('<p align="right">Words <b>here</b>.</p>')).toEqual(['plain p_2 Words here.']);
    const document = await documentOf(
      '# T\n\nWords and words.\n\n***\n\n![A picture](x.png)\n\n[x]: http://example.org\n',
    );
    expect(document.furniture.map(({ reason }) => reason)).toEqual([
      'separator',
      'picture',
      'link definition',
    ]);
  });

  it('reports a call without a note, and prints a note without a call', async () => {
    const document = await documentOf('# T\n\nWords[^9] and words.\n\n[^1]: Nothing calls me.\n');
    expect(codesOf(document)).toEqual(expect.arrayContaining(['call-without-note', 'note-without-call']));
    expect(shown(document.mainBody)).toEqual([
      'plain p_1 Words[^9] and words.',
      'note ftn_1__p |1| Nothing calls me.',
    ]);
    expect(document.footnotes.map(({ leaves }) => leaves)).toEqual([[]]);
  });

  it('says where in the Markdown it doubts', async () => {
    const document = await documentOf('# T\n\n1. a\n\n2. b\n\n> quoted\n\n7\\. We go on.\n\n8\\. We end.\n');
    const doubt = document.diagnostics.find(({ code }) => code === 'number-skipped');
    expect([doubt?.line, doubt?.column]).toEqual([9, 1]);
  });
});

describe('our own edition, corrected by a person', () => {
  const corrected = async (correct: (markdown: string) => string): Promise<Document> =>
    documentOf(correct(await editionOf(sample)));

  it('has the words that the person changed, in the same places', async () => {
    const document = await corrected((text) =>
      text.replace('every harbour', 'each port').replace('*Recalling* the', '*Noting* the'),
    );
    const [, one] = document.mainBody;
    expect(one?.eId).toBe('para_1');
    expect(one && 'content' in one ? textOf(one.content) : '').toContain('each port');
    expect(document.preamble).toHaveLength(2);
  });

  it('has the title of the heading, where the person corrected that alone', async () => {
    const document = await corrected((text) => text.replace(/^(# .*)Harbours/m, '$1Ports'));
    expect(document.title).toBe('Declaration on the Ports of the Northern Coast');
    const stated = await corrected((text) => text.replace(/^title: .*/m, 'title: Stated against the print'));
    expect(stated.title).toBe('Stated against the print');
    const headless = await corrected((text) => text.replace(/^# .*\n\n/m, ''));
    expect(headless.title).toBe('Declaration on the Harbours of the Northern Coast');
  });

  it('gives what the person added a role and an eId', async () => {
    const document = await corrected((text) =>
      text
        .replace(
          '<a id="para_15bis">',
          '5. A list’s own number[^new].\n\nNo number at all.\n\nArticle 7\u2003An article.\n\n<a id="para_15bis">',
        )
        .replace('<a id="conclusions__p_1">', '- a bullet\n\n<a id="conclusions__p_1">')
        .concat('\n[^new]: A new note, *added*.\n'),
    );
    expect(shown(document.mainBody).filter((line) => /list’s|at all|article|bullet/.test(line))).toEqual([
      'numbered para_5 |5.| A list’s own number[new>new].',
      'plain p_2 No number at all.',
      'numbered art_7 |Article 7| An article.',
      '  item ftn_4_1__item_1 (•) a bullet',
    ]);
    expect(document.footnotes.at(-1)?.marker).toBe('new');
    expect(shown(document.conclusions)[0]).toContain('Done at');
  });

  it('survives what the person deleted: a paragraph, the first of a region, a note’s call', async () => {
    const document = await corrected((text) =>
      text
        .replace(/^.*id="preamble__p_1".*\n\n/m, '')
        .replace(/^.*id="sec_I".*\n\n/m, '')
        .replace('[^1]', ''),
    );
    expect(shown(document.preamble).map((line) => line.split(' ')[1])).toEqual(['preamble__p_2']);
    expect(document.mainBody[0]?.eId).toBe('para_1');
    expect(codesOf(document)).toContain('note-without-call');
  });

  it('reports a pin that stands twice, and keeps the eIds apart', async () => {
    const document = await corrected((text) => {
      const line = /^.*id="para_2".*$/m.exec(text)?.[0] ?? '';
      return text.replace(line, `${line}\n\n${line}`);
    });
    expect(codesOf(document)).toEqual(['pin-repeated']);
    const eIds = [...textNodes(document)].map(({ node }) => node.eId.toLowerCase());
    expect(new Set(eIds).size).toBe(eIds.length);
    expect(eIds).toContain('para_2_2');
  });

  it('keeps words, labels and notes where the pins were left out', async () => {
    const pinless = (await editionOf(sample))
      .replace(/<a [^>]*><\/a>/g, '')
      .replace(/^engross:\n(?: .*\n)*/m, '');
    const document = await documentOf(pinless);
    const wordsOf = (one: Document) =>
      [...textNodes(one)].flatMap(({ node }) => [
        ...('num' in node && node.num !== null ? node.num.split(/\s+/) : []),
        ...textOf(node.content).split(/\s+/),
      ]);
    const kept = new Set(wordsOf(document));
    expect(wordsOf(sample).filter((word) => !kept.has(word))).toEqual([]);
    const nums = (one: Document) =>
      [...textNodes(one)].flatMap(({ node }) =>
        node.type === 'paragraph' && /^\d+\.$/.test(node.num ?? '') ? [(node satisfies Paragraph).num] : [],
      );
    expect(nums(document)).toEqual(expect.arrayContaining(nums(sample).filter((num) => num !== '9')));
    expect(document.footnotes.length).toBeGreaterThanOrEqual(3);
  });
});

// ------------------------------------------------------------------------------------------------ the account

const piece = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...'*_[]<>&\\#1.-+|~^$:/@!()"\'`={};?,') },
  { weight: 4, arbitrary: fc.constantFrom(' ', '\n', '\n\n', '\n\n', '\t', '    ', '\r\n', '\r') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('a', 'words', 'é', '条', '😀', '7', 'Annex I', 'Recalling it,', '1. ', '(a) '),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        '\n- ',
        '\n1. ',
        '\n2) ',
        '\n> ',
        '\n# ',
        '\n## II. x',
        '\n```js\n',
        '\n~~~\n',
        '\n---\n',
        '\n===\n',
        '\n* ',
      ],
      ...[
        '\n[^1]: ',
        '\n[^a]: ',
        '[^1]',
        '[^a]',
        '[x](#y)',
        '[1](#n)',
        '[[1]](#_ftn1) ',
        '![alt](u)',
        '\n- [x] ',
        '[ ] ',
      ],
      ...[
        '<b>',
        '</b>',
        '<br>',
        '<sup>1</sup>',
        '<!-- c',
        '-->',
        '\n<div>\n',
        '\n</div>\n',
        '<script>',
        '~~',
        '**',
        '\\*',
      ],
      ...[
        '&amp;',
        '&#65;',
        '&nbsp;',
        '\ufeff\ufeff<div>',
        '*2. *    \n2) \\*',
        '&fjlig;',
        '&bogus;',
        'https://a.b/c_d',
        '<https://x.y>',
        'a@b.c',
        '\\\n',
        '  \n',
      ],
      ...[
        '\n| a | b |\n|---|:-:|\n| c | d\\| |\n',
        '\n\n[x]: http://u "t"\n',
        '[x]',
        '\nDone at X on 9 May 2011.\n',
      ],
      ...['\u00a0', '\u2003', '\ufeff', '\0', '\ue100', '\u2028', '\f'],
      ...[
        '<a id="p_1"></a>',
        '<a id="p_2" class="item" data-num="1."></a>',
        '<a id="t" data-cells="0,1"></a>',
      ],
      ...['<a id="s" class="signature"></a>', '<a id="q" data-column="2"></a>', '<a data-marker="*"></a>'],
    ),
  },
);
const fronts = fc.constantFrom(
  '',
  '',
  '\ufeff',
  '---\ntitle: x\n---\n',
  '---\ntitle: [unclosed\n---\n',
  '---\nengross:\n  version: 1\n  regions: {preface: p_1, mainBody: p_2}\n  bullet: •\n  attachments: [{eId: t, kind: annex, num: A, title: B, first: s}]\n  footnotes: [q]\n---\n',
  '---\nengross: {version: 1, regions: {}}\n---\n',
);

describe('the account', () => {
  it('balances for any Markdown at all', async () => {
    const texts = fc
      .tuple(fronts, fc.array(piece, { maxLength: 60 }))
      .map(([front, pieces]) => front + pieces.join(''));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        try {
          const { account, document } = await readText(text);
          expect([account.lost, account.doubled]).toEqual([0, 0]);
          const eIds = [...textNodes(document)].map(({ node }) => node.eId.toLowerCase());
          expect(new Set(eIds).size).toBe(eIds.length);
        } catch (error) {
          if (!(error instanceof Refusal) || error.diagnostics[0]?.code === 'account-broken') throw error;
        }
      }),
      { seed: 7, numRuns: 3000 },
    );
  }, 180_000);

  it('refuses blocks that are nested thousands deep, and does not crash', async () => {
    await expect(readText(`${'>'.repeat(20_000)} a`)).rejects.toThrow(Refusal);
  });

  it('counts a character reference as printed, and knows a wrong one', async () => {
    const { account, document, text } = await readText('# T\n\nA &amp; B\n');
    const forged = JSON.parse(
      JSON.stringify(document).replace('"replaced":"&"', '"replaced":"&&&"').replace('A & B', 'A &&& B'),
    ) as Document;
    expect(() => settle(forged, text)).toThrow(Refusal);
    expect(account).toEqual({ characters: 9, printed: 8, furniture: 0, markup: 1, lost: 0, doubled: 0 });
  });

  it.each([
    '[^1]\n1. *',
    '2. \n</div>\n-',
    '\n\n[x]: http://u "t"\na\n- ',
    '#[[1]](#_ftn1) \n- ',
    '\n[^1]: 2. ',
    '&nbsp;',
    '\ufeff\ufeff<div>',
    '*2. *    \n2) \\*',
    '(a) \n- ',
  ])('balances for %j (a kept case)', async (text) => {
    const { account } = await readText(text);
    expect(account.lost).toBe(0);
  });
});
