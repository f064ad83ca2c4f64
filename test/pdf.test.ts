/** The PDF edition carries every word, in order, and says what it can't carry. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Diagnostic, Document, Inline, Paragraph } from '../src/document.js';
import { edition } from '../src/editions/pdf.js';
import { Refusal } from '../src/report.js';
import { contextFor } from './pdf/context.js';
import { expectedLines, foundLines } from './pdf/expected.js';
import { elementsIn, readBack, textIn, type Tagged } from './pdf/reading.js';
import { numbers, prose, stressDocument } from './pdf/stress.js';
import { inline, paragraph, sample } from './sample.js';

async function render(document: Document, warned: Diagnostic[] = []): Promise<Uint8Array> {
  const bytes = await edition.render(document, await contextFor(warned));
  if (!(bytes instanceof Uint8Array)) throw new Error('the PDF edition is one file');
  return bytes;
}

/** The sample with other paragraphs for a main body. */
const withBody = (...mainBody: readonly Paragraph[]): Document => ({
  ...sample,
  preamble: [],
  mainBody,
  conclusions: [],
  attachments: [],
});

const read = async (document: Document) => readBack(await render(document));

describe('word for word', () => {
  it('carries a document with every kind of node', async () => {
    const { root } = await read(sample);
    expect(foundLines(root)).toEqual(expectedLines(sample));
    expect(expectedLines(sample).length).toBeGreaterThan(40);
  });

  it('carries 120 paragraphs with their notes, some longer than a page', async () => {
    const stress = stressDocument(120, 1500);
    const { root, pages } = await read(stress);
    expect(foundLines(root)).toEqual(expectedLines(stress));
    expect(pages.length).toBeGreaterThan(20);
  });

  it(
    'carries paragraphs of several pages, whose lines are broken again at page ends',
    { timeout: 180_000 },
    async () => {
      for (const seed of [1, 2, 3, 4]) {
        const next = numbers(seed);
        const document = withBody(
          ...[900, 2500, 1800].map((count, index) =>
            paragraph(`para_${index}`, `${index}.`, 'numbered', prose(next, count)),
          ),
        );
        const { root } = await read(document);
        expect(foundLines(root)).toEqual(expectedLines(document));
      }
    },
  );

  it('keeps every kind of space and dash, and joins words that a line divides', async () => {
    const words = 'a\u00a0b \u2013 1\u202f000 -- c\u2011d \u2014 office\u2019s ﬁ \u0065\u0301 “x”';
    const document = withBody(paragraph('para_1', '1.', 'numbered', `${words} `.repeat(40).trim()));
    const { root, pages } = await read(document);
    expect(foundLines(root)).toEqual(expectedLines(document));
    expect(pages.map((page) => page.loose).join('')).toBe('');
  });

  it('divides words at line ends by soft hyphens only', async () => {
    const { pages } = await read(stressDocument(10, 10));
    const text = pages.flatMap((page) => [...page.marked.values()]).join('');
    expect(text).toContain('\u00ad');
    expect(text).not.toContain('\u2010');
  });
});

describe('notes', () => {
  it('begin on the page of their first call, in order', async () => {
    const { root } = await read(stressDocument(350, 1500));
    const elements = [...elementsIn(root)];
    const calls = elements.filter((one) => one.tag === 'Reference');
    const notes = new Map(elements.filter((one) => one.tag === 'Note').map((one) => [one.id, one]));
    expect(notes.size).toBeGreaterThanOrEqual(175);
    const targetOf = (call: Tagged) => {
      const [link] = call.kids;
      const target = link !== undefined && typeof link !== 'string' ? link.annotations[0]?.['Dest'] : null;
      return typeof target === 'string' ? target : '';
    };
    const first = new Map<string, Tagged>();
    for (const call of calls) if (!first.has(targetOf(call))) first.set(targetOf(call), call);
    // Other references are those of the table of contents.
    for (const id of first.keys()) if (!id.startsWith('ftn_')) first.delete(id);
    expect([...first.keys()]).toEqual([...notes.keys()]);
    const astray = [...first].filter(([id, call]) => notes.get(id)?.page !== call.page).map(([id]) => id);
    expect(astray).toEqual([]);
  });

  it('that are called again are printed once, and the second call leads to them too', async () => {
    const { root } = await read(sample);
    const links = [...elementsIn(root)].filter((one) => one.tag === 'Reference');
    expect(links.map((one) => textIn(one).trim())).toEqual(['1', '2', '2', '*']);
    expect([...elementsIn(root)].filter((one) => one.id === 'ftn_2')).toHaveLength(1);
  });
});

describe('characters', () => {
  it('that the face lacks are named with their place, each once', async () => {
    const document = withBody(
      paragraph('para_1', '1.', 'numbered', 'Plain.'),
      paragraph('para_2', '2.', 'numbered', 'In กข and \u{1f600} and ก.'),
    );
    const failure = await render(document).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Refusal);
    const { diagnostics } = failure as Refusal;
    expect(diagnostics.map((one) => one.code)).toEqual(['glyph-missing', 'glyph-missing', 'glyph-missing']);
    expect(diagnostics[0]?.message).toMatch(/U\+0E01 \(ก\).*para_2 \(2\.\)/);
    expect(diagnostics[2]?.message).toContain('U+1F600');
    expect(diagnostics[0]?.line).toBe(document.mainBody[1]?.source.line);
  });

  it('without ink are left out with a warning', async () => {
    const document = withBody(
      paragraph('para_1', '1.', 'numbered', 'co\u00adoperation and word\u2060joiner and \u200edirection.'),
    );
    const warned: Diagnostic[] = [];
    const { root } = await readBack(await render(document, warned));
    expect(warned.map((one) => one.code)).toEqual(['edition-approximate']);
    expect(warned[0]?.message).toMatch(/U\+00AD, U\+2060, U\+200E.*para_1/);
    expect(foundLines(root)).toContain('P cooperation and wordjoiner and direction.');
  });

  it('that share a glyph are read back as themselves', async () => {
    const text = 'A\u00a0B C\u2011D E-F G\u202fH \u2126 \u03a9 \u00b5 \u03bc';
    const document = withBody(paragraph('para_1', '1.', 'numbered', text));
    expect(foundLines((await read(document)).root)).toContain(`P ${text}`);
  });
});

it('a face that is no font is refused by name', async () => {
  const context = { ...(await contextFor()), font: () => Promise.resolve(new Uint8Array(100)) };
  await expect(edition.render(sample, context)).rejects.toThrow(
    /template-invalid: The face .*SourceSerif4.* is no/,
  );
});

describe('odd documents', () => {
  const odd: readonly (readonly [string, Document])[] = [
    ['nothing at all', { ...withBody(), title: '', preface: [], footnotes: [] }],
    ['no title', { ...withBody(paragraph('p_1', null, 'plain', 'Words.')), title: '', preface: [] }],
    ['a paragraph without words', withBody(paragraph('para_1', '1.', 'numbered', ''))],
    ['a paragraph without words or label', withBody(paragraph('p_1', null, 'plain', ''))],
    [
      'a word longer than a page is wide',
      withBody(paragraph('p_1', null, 'plain', `x ${'Donaudampf'.repeat(60)} y`)),
    ],
    [
      'an address',
      withBody(paragraph('p_1', null, 'plain', `see https://example.org/${'a-long/path?'.repeat(30)}x.`)),
    ],
    [
      'a long label',
      withBody(paragraph('art_1', 'Article premier et unique de la convention', 'numbered', 'Les parties.')),
    ],
    [
      'a label wider than the page',
      withBody(paragraph('art_1', 'Article '.repeat(40).trim(), 'numbered', 'Parties.')),
    ],
    ['spaces only', withBody(paragraph('p_1', null, 'plain', '   '))],
    ['a call alone', withBody(paragraph('p_1', null, 'plain', '[1>ftn_1]'))],
    [
      'forty calls in a row',
      withBody(paragraph('p_1', null, 'plain', `Words${'[1>ftn_1][2>ftn_2]'.repeat(20)}.`)),
    ],
    ['a deep nest', withBody(nest(30))],
  ];
  it.each(odd)('%s: whole', async (name, document) => {
    const { root } = await read(document);
    if (name === 'spaces only') return;
    const dashless = (lines: string[]) => lines.map((line) => line.trimEnd());
    expect(dashless(foundLines(root))).toEqual(dashless(expectedLines(document)));
  });

  function nest(depth: number): Paragraph {
    const words = 'Words enough to fill a line or two of the narrow measure that remains at this level.';
    return paragraph(`d_${depth}`, '(a)', 'item', words, depth > 0 ? [nest(depth - 1)] : []);
  }
});

describe('bytes', () => {
  const hash = async (document: Document) =>
    createHash('sha256')
      .update(await render(document))
      .digest('hex');

  it('are the same for two renders, in any time zone', async () => {
    const zone = process.env['TZ'];
    const first = await hash(sample);
    process.env['TZ'] = 'Pacific/Kiritimati';
    const second = await hash(sample);
    process.env['TZ'] = 'America/Los_Angeles';
    const third = await hash(sample);
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect([second, third]).toEqual([first, first]);
  });

  it('do not depend on what was rendered before', async () => {
    const before = await hash(sample);
    await hash(stressDocument(20, 50, 99));
    expect(await hash(sample)).toBe(before);
  });

  it('change with the words', async () => {
    const content: Inline[] = inline('Other words.');
    const [first] = sample.preamble;
    if (first?.type !== 'paragraph') throw new Error('the sample has a preamble');
    expect(await hash({ ...sample, preamble: [{ ...first, content }] })).not.toBe(await hash(sample));
  });
});

it('takes time in proportion to the length', async () => {
  const time = async (paragraphs: number) => {
    const document = stressDocument(paragraphs, 100);
    const start = performance.now();
    await render(document);
    return performance.now() - start;
  };
  await time(100);
  const short = Math.min(await time(150), await time(150));
  const long = Math.min(await time(1200), await time(1200));
  expect(long / short).toBeLessThan(8 * 2);
});
