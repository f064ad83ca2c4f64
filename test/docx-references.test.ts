/** Words that refer to a paragraph of the same document, and the table of contents. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callsOf, textNodes, textOf, type Document } from '../src/document.js';
import { read } from '../src/read/index.js';
import type { Template } from '../src/template.js';
import { docxParts, heading, note, printedIn, standard, withBody } from './docx-context.js';
import { all, child, elements, part, textIn, val, type Printed } from './docx-reading.js';
import { inline, paragraph, sample } from './sample.js';

const partsFor = (document: Document, contents: Template['docx']['contents'] = 'never') =>
  docxParts(document, { template: { ...standard, docx: { ...standard.docx, contents } } });

async function paragraphsOf(document: Document): Promise<Printed[]> {
  const { body, notes } = printedIn(await partsFor(document));
  return [...body, ...notes.flatMap(({ paragraphs }) => paragraphs)];
}

/** Twelve paragraphs, of which the third has sub-paragraphs and the ninth says `words`. */
const communique = (words: string, more: Partial<Document> = {}): Document =>
  withBody(
    [
      ...Array.from({ length: 12 }, (_, index) => {
        const number = index + 1;
        const items = ['(a)', '(b)'].map((label, at) =>
          paragraph(`para_3__subpara_${'ab'.charAt(at)}`, label, 'item', 'Item.'),
        );
        if (number === 9) return paragraph('para_9', '9.', 'numbered', words);
        const says = number === 4 ? 'It (a) begins and (b) ends.' : 'Words.';
        return paragraph(`para_${number}`, `${number}.`, 'numbered', says, number === 3 ? items : []);
      }),
      paragraph('para_15bis', '15 bis.', 'numbered', 'Words.'),
    ],
    more,
  );

/** The references of the paragraph with a pin, as `words → pin`, with `#` where it is a REF field. */
async function references(document: Document, pin: string): Promise<string[]> {
  const found = (await paragraphsOf(document)).find(({ bookmarks }) => bookmarks.includes(pin));
  return (found?.references ?? []).map(
    ({ words, bookmark, field }) => `${field ? '#' : ''}${words} → ${bookmark}`,
  );
}

describe('a reference', () => {
  it.each([
    ['We recall paragraph 3.', ['#3 → para_3']],
    ['As paragraphs 4 and 5 say, so it is.', ['#4 → para_4', '#5 → para_5']],
    ['See paragraphs 1, 2 and 7 to 8 above.', ['#1 → para_1', '#2 → para_2', '#7 → para_7', '#8 → para_8']],
    ['See para. 12, and paras 1–2.', ['#12 → para_12', '#1 → para_1', '#2 → para_2']],
    [
      'Paragraph 3 (a) holds, and so does paragraph 3(b).',
      ['3 (a) → para_3__subpara_a', '3(b) → para_3__subpara_b'],
    ],
    ['Paragraph 4 (b) holds.', ['4 (b) → para_4']],
    ['In paragraph 15 bis we say more.', ['15 bis → para_15bis']],
    ['We note that paragraph 3 of this Declaration applies.', ['#3 → para_3']],
    ['The Treaty and paragraph 3 above apply.', ['#3 → para_3']],
    ['This Declaration, in paragraph 3, says so.', ['#3 → para_3']],
    ['The words of paragraph*s 3* and 4 above.', ['#3 → para_3', '#4 → para_4']],
  ])('is found: %s', async (words, expected) => {
    expect(await references(communique(words), 'para_9')).toEqual(expected);
  });

  it.each([
    'We recall paragraph 3 of the Riga Declaration.',
    'We recall paragraph 3 of Article 5 of the Treaty.',
    'We recall paragraphs 3 and 4 of resolution 1244.',
    'In line with Resolution 1244, paragraph 3, we act.',
    'The Council adopted resolution 1244. Paragraph 3 calls for peace.',
    'As stated in the Bucharest Summit Declaration (paragraph 3), we act.',
    'Its paragraph 3 says so, and preambular paragraph 4 too.',
    'The Protocol’s paragraph 3 says so.',
    'UNSCR paragraph 3 says so.',
    'Under paragraph 3 Annex II applies.',
    'We see paragraph 3.2, paragraph 3/4, paragraph 3rd and 3 paragraphs.',
    'We recall paragraph 13.',
    'We recall paragraphs 3 and 13.',
    'We recall paragraph 3 (c).',
    'We recall paragraph 9.',
    'We recall paragraph 12 above, and paragraph 3 below.',
    'They wrote “we recall paragraph 3” and no more.',
    'We recall Article 5.',
    'The subparagraph 3 and sub-paragraph 3.',
    'We recall paragraph III and paragraph a.',
  ])('is none: %s', async (words) => {
    expect(await references(communique(words), 'para_9')).toEqual([]);
  });

  it.each([
    [
      'fr',
      'Comme le disent les paragraphes 3 et 4 ci-dessus, nous agissons.',
      ['#3 → para_3', '#4 → para_4'],
    ],
    ['fr', 'Nous rappelons le paragraphe 3 de la présente déclaration.', ['#3 → para_3']],
    ['fr', 'Nous rappelons le paragraphe 3 de la résolution 1244.', []],
    ['fr', 'Nous rappelons le paragraphe 3 du Traité.', []],
    ['es', 'Recordamos el párrafo 3 y los párrafos 4 a 5.', ['#3 → para_3', '#4 → para_4', '#5 → para_5']],
    ['es', 'Recordamos el párrafo 3 del Tratado y el párrafo 4 de la resolución 1244.', []],
    [
      'de',
      'Wir erinnern an Absatz 3 und an die Absätze 4 und 5.',
      ['#3 → para_3', '#4 → para_4', '#5 → para_5'],
    ],
    ['de', 'Wir erinnern an Absatz 3 dieser Erklärung.', ['#3 → para_3']],
    ['de', 'Wir erinnern an Absatz 3 der Resolution 1244 und an Artikel 5 Absatz 4 des Vertrags.', []],
    ['pl', 'Przypominamy paragraph 3.', []],
  ])('in %s: %s', async (language, words, expected) => {
    expect(await references(communique(words, { language }), 'para_9')).toEqual(expected);
  });

  it('leads to an article, by its whole name where the label is just that', async () => {
    const article = (number: number, words: string) =>
      paragraph(`art_${number}`, `Article ${number}`, 'numbered', words);
    const document = withBody([
      article(1, 'For the purpose of Article 3, armed means armed, as in Articles 2 and 3; see paragraph 2.'),
      article(2, 'Article 51 of the Charter, and Article 1 of the Treaty.'),
      article(3, 'Words, and Article 2 (1).'),
    ]);
    expect(await references(document, 'art_1')).toEqual(['#Article 3 → art_3', '2 → art_2', '3 → art_3']);
    expect(await references(document, 'art_2')).toEqual([]);
    expect(await references(document, 'art_3')).toEqual([]);
  });

  it('is none where two paragraphs have the label', async () => {
    const twice = [paragraph('a', '3.', 'numbered', 'One.'), paragraph('b', '3.', 'numbered', 'Two.')];
    expect(
      await references(withBody([...twice, paragraph('c', '4.', 'numbered', 'See paragraph 3.')]), 'c'),
    ).toEqual([]);
  });

  it('in a note or a recital is one where the words say so outright; in an annex it is none', async () => {
    const document = (words: string) =>
      communique('We agree.[1>n_1]', {
        footnotes: [note('n_1', '1', words)],
        preamble: [paragraph('r_1', null, 'preambular', `Recalling ${words}`)],
        attachments: [
          {
            ...(sample.attachments[0] as Document['attachments'][number]),
            children: [paragraph('x_1', '20.', 'numbered', words)],
          },
        ],
      });
    for (const [words, expected] of [
      ['paragraph 3 above', ['#3 → para_3']],
      ['paragraph 3', []],
    ] as const) {
      expect(await references(document(words), 'n_1')).toEqual(expected);
      expect(await references(document(words), 'r_1')).toEqual(expected);
      expect(await references(document(words), 'x_1')).toEqual([]);
    }
  });

  it('leaves every word, call and label as it is', async () => {
    const words =
      'See *paragraph 3*[1>n_1] and para. *1*2, **paragraphs 4 and** 5[1>n_1] & paragraph 15 bis.';
    const notes = [note('n_1', '1', 'Note.')];
    const plain = await paragraphsOf(communique(words, { footnotes: notes }));
    const found = plain.find(({ bookmarks }) => bookmarks.includes('para_9'));
    expect(found?.text).toBe(textOf(inline(words)));
    expect(found?.calls.map(({ offset }) => offset)).toEqual(
      callsOf(inline(words)).map(({ offset }) => offset),
    );
    expect(
      found?.references.map(({ words: shown, offset }) => [
        shown,
        found.text.slice(offset, offset + shown.length),
      ]),
    ).toEqual([
      ['3', '3'],
      ['12', '12'],
      ['4', '4'],
      ['5', '5'],
      ['15 bis', '15 bis'],
    ]);
  });

  it('takes time in proportion to the text', async () => {
    const time = async (count: number) => {
      const words = 'As the Treaty and paragraph 3 say, “so” Article 5 is. '.repeat(count);
      const start = performance.now();
      await paragraphsOf(communique(words));
      return performance.now() - start;
    };
    await time(500);
    const short = await time(1000);
    expect(await time(4000)).toBeLessThan(Math.max(short, 20) * 4 * 2.3);
  });
});

describe('a table of contents', () => {
  it('is a field whose entries stand there, each leading to its heading', async () => {
    const parts = await partsFor(sample, 'auto');
    const [table] = [...all(part(parts, 'word/document.xml'), 'w:sdt')];
    if (!table) throw new Error('a table is expected');
    expect([...all(table, 'w:instrText')].map(({ children }) => children.join(''))).toEqual([
      ' TOC \\o "1-3" \\n \\h \\z \\u ',
    ]);
    expect([...all(table, 'w:fldChar')].map(({ attributes }) => attributes)).toEqual([
      { 'w:fldCharType': 'begin' },
      { 'w:fldCharType': 'separate' },
      { 'w:fldCharType': 'end' },
    ]);
    expect(
      [...all(table, 'w:p')].map((one) => [val(child(child(one, 'w:pPr'), 'w:pStyle')), textIn(one)]),
    ).toEqual([
      ['TOCHeading', 'Contents'],
      ['TOC1', 'I. Access to harbours'],
      ['TOC2', 'Dues and charges'],
      ['TOC1', 'Timetable of the harbour works'],
      ['AfterContents', ''],
    ]);
    const bookmarks = [...all(part(parts, 'word/document.xml'), 'w:bookmarkStart')].map(
      (one) => one.attributes['w:name'],
    );
    for (const link of all(table, 'w:hyperlink')) expect(bookmarks).toContain(link.attributes['w:anchor']);
    // After the title block, before the text.
    const body = child(part(parts, 'word/document.xml'), 'w:body');
    const at = body ? elements(body).indexOf(table) : -1;
    const before = body && elements(body)[at - 1];
    expect(before && textIn(before)).toBe('9 May 2011');
    // Nothing asks to be brought up to date.
    expect(child(part(parts, 'word/settings.xml'), 'w:updateFields')).toBeUndefined();
    for (const xml of parts.values())
      for (const one of all(xml)) expect(one.attributes['w:dirty']).toBeUndefined();
  });

  it('lists what Word would list: headings to the third level by their styles, and titles of annexes', async () => {
    const parts = await partsFor(sample, 'always');
    const styles = [...all(part(parts, 'word/styles.xml'), 'w:style')];
    const outlined = styles
      .map((style) => [style.attributes['w:styleId'], val([...all(style, 'w:outlineLvl')][0])])
      .filter(([, level]) => level !== undefined && Number(level) < 3);
    expect(outlined).toEqual([
      ['AnnexTitle', '0'],
      ['Heading1', '0'],
      ['Heading2', '1'],
      ['Heading3', '2'],
    ]);
    const deep = withBody([
      heading('h_1', 1, null, 'One'),
      heading('h_2', 3, 'A.', 'Two'),
      heading('h_3', 4, null, 'Four'),
    ]);
    const [table] = [...all(part(await partsFor(deep, 'auto'), 'word/document.xml'), 'w:sdt')];
    expect(table && [...all(table, 'w:p')].map(textIn)).toEqual(['Contents', 'One', 'A. Two', '']);
  });

  it('is there as the template says, and where there is something to list', async () => {
    const has = async (document: Document, contents: Template['docx']['contents']) =>
      [...all(part(await partsFor(document, contents), 'word/document.xml'), 'w:sdt')].length;
    const one = withBody([heading('h_1', 1, null, 'One'), paragraph('p_1', null, 'plain', 'Words.')]);
    const two = withBody([heading('h_1', 1, null, 'One'), heading('h_2', 1, null, 'Two')]);
    const none = withBody([paragraph('p_1', null, 'plain', 'Words.')]);
    expect(await Promise.all([one, two, none].map((document) => has(document, 'auto')))).toEqual([0, 1, 0]);
    expect(await Promise.all([one, two, none].map((document) => has(document, 'always')))).toEqual([1, 1, 0]);
    expect(await has(two, 'never')).toBe(0);
  });

  it('speaks the document’s language, and has no title where there is no word for it', async () => {
    for (const [language, title] of [
      ['fr', 'Table des matières'],
      ['de', 'Inhalt'],
      ['und', 'I. Access to harbours'],
    ] as const) {
      const [table] = [
        ...all(part(await partsFor({ ...sample, language }, 'auto'), 'word/document.xml'), 'w:sdt'),
      ];
      const [first] = table ? [...all(table, 'w:p')] : [];
      expect(first && textIn(first)).toBe(title);
    }
  });
});

describe('the founding document', () => {
  it('refers to no paragraph of its own: Article 10 is the Treaty’s', async () => {
    const name = 'nato-2007-12-07-final-communique.txt';
    const { document } = await read(readFileSync(`input/${name}`), { file: name });
    expect([...textNodes(document)].some(({ node }) => textOf(node.content).includes('Article 10'))).toBe(
      true,
    );
    expect((await paragraphsOf(document)).flatMap((one) => one.references)).toEqual([]);
  });
});
