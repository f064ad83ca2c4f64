/** Labels: what at a line's start may be one, and what only looks like one. Which are believed is the sequence's matter. */
import { describe, expect, it } from 'vitest';
import { labelAt } from '../src/read/labels.js';
import { read } from '../src/read/index.js';
import { textOf, type Paragraph } from '../src/document.js';

/** The line, its label as it stands there, the family and the value. */
const labels: readonly (readonly [string, string, string, number])[] = [
  ['1. As the harbours', '1.', 'number', 1],
  ['15.\u00a0\u00a0\u00a0\u00a0The leaders', '15.', 'number', 15],
  ['24.We welcome', '24.', 'number', 24],
  ['1\\. We, the leaders', '1\\.', 'number', 1],
  ['2.', '2.', 'number', 2],
  ['(3) The keeper', '(3)', 'number', 3],
  ['3) The keeper', '3)', 'number', 3],
  ['11, We are determined', '11,', 'number', 11],
  ['**1 WE,** the keepers', '**1', 'number', 1],
  ['**2** **APPRECIATING** the work', '**2**', 'number', 2],
  ['**3.** The keepers', '**3.**', 'number', 3],
  ['2', '2', 'number', 2],
  ['15 bis. They give', '15 bis.', 'number', 15.01],
  ['15bis. They give', '15bis.', 'number', 15.01],
  ['15 ter. Where', '15 ter.', 'number', 15.02],
  ['16a. A list', '16a.', 'number', 16.01],
  ['１２．港口', '１２．', 'number', 12],
  ['١٥. الميناء', '١٥.', 'number', 15],
  ['2.1 The gauge', '2.1', 'compound', 1],
  ['1.1.1 On slopes', '1.1.1', 'compound', 1],
  ['1.2. On roofs', '1.2.', 'compound', 2],
  ['Article 5', 'Article 5', 'article', 5],
  ['Article 5. The keeper', 'Article 5.', 'article', 5],
  ['ARTICLE IV', 'ARTICLE IV', 'article', 4],
  ['ARTICLE II.', 'ARTICLE II.', 'article', 2],
  ['Article premier', 'Article premier', 'article', 1],
  ['Article 3 bis', 'Article 3 bis', 'article', 3.01],
  ['###Article 1', '###Article 1', 'article', 1],
  ['**Article 7**', '**Article 7**', 'article', 7],
  ['Artikel 2', 'Artikel 2', 'article', 2],
  ['Artículo 4.-', 'Artículo 4.', 'article', 4],
  ['Art. 6', 'Art. 6', 'article', 6],
  ['Artigo 7.º', 'Artigo 7.º', 'article', 7],
  ['Artigo 7.º-A', 'Artigo 7.º', 'article', 7],
  ['Član 2.', 'Član 2.', 'article', 2],
  ['3 бап', '3 бап', 'article', 3],
  ['Статья 1', 'Статья 1', 'article', 1],
  ['Члан 1.', 'Члан 1.', 'article', 1],
  ['Члaн 2.', 'Члaн 2.', 'article', 2], // with a Latin a
  ['第二条', '第二条', 'article', 2],
  ['第 十 一 条', '第 十 一 条', 'article', 11],
  ['第２条', '第２条', 'article', 2],
  ['제3조', '제3조', 'article', 3],
  ['المادة 1', 'المادة 1', 'article', 1],
  ['المادة ٣', 'المادة ٣', 'article', 3],
  ['1. cikk', '1. cikk', 'article', 1],
  ['Άρθρο 2', 'Άρθρο 2', 'article', 2],
  ['§ 5 Die Kuppel', '§ 5', 'article', 5],
  ['§ 2a Kinder', '§ 2a', 'article', 2.01],
  ['(a) to keep', '(a)', 'letter', 1],
  ['\\(b\\) to keep', '\\(b\\)', 'letter', 2],
  ['c) to keep', 'c)', 'letter', 3],
  ['(iv) to keep', '(iv)', 'roman', 4],
  ['ii) to keep', 'ii)', 'roman', 2],
  ['II. Fish', 'II.', 'roman', 2],
  ['A. Lending', 'A.', 'letter', 1],
  ['б) хранить', 'б)', 'letter', 2],
  ['㈠ 人人', '㈠', 'letter', 1],
  ['（二）书籍', '（二）', 'letter', 2],
  ['First. That a pilot', 'First.', 'ordinal', 1],
  ['Second, that no pilot', 'Second,', 'ordinal', 2],
  ['PRIMERO.- Que los faros', 'PRIMERO.', 'ordinal', 1],
];

describe('what may be a label', () => {
  it.each(labels)('%s', (line, label, family, value) => {
    const candidate = labelAt(line, 0, line.length);
    const [reading] = candidate?.readings ?? [];
    expect(reading && { family: reading.family, value: reading.value }).toEqual({ family, value });
    expect(line.slice(candidate?.start, candidate?.end).startsWith(label)).toBe(true);
  });
});

describe('what is none', () => {
  it.each([
    ['', 'nothing'],
    ['The harbour', 'a word'],
    ['1.5 °C above', 'a decimal'],
    ['81.6 million crowns', 'a decimal'],
    ['10.30 in the morning', 'a time'],
    ['12:30 The boats', 'a time'],
    ['5.07.2025 08:15', 'a date with a time'],
    ['8.10.2008', 'a date'],
    ['2 March 2022', 'a date'],
    ['15. Dezember 2023', 'a German date'],
    ['15. december 2023', 'a Danish date'],
    ['21. Jahrhunderts', 'a German ordinal'],
    ['12th time', 'an ordinal'],
    ['12<sup>th</sup> brigade', 'an ordinal'],
    ['15% of the boats', 'a percentage'],
    ['10,000 boats', 'a large number'],
    ['2011 (S/TIDE/68).', 'a year'],
    ['3 places', 'a count'],
    ['5 and 6 of the report', 'a count'],
    ['Article 10 of the Treaty', 'a reference'],
    ['Articles 3 and 4 hold', 'a reference'],
    ['e.g. a boat', 'an abbreviation'],
    ['U.S. boats', 'an abbreviation'],
    ['i.e. the port', 'an abbreviation'],
    ['mix) of boats', 'no roman numeral'],
    ['or) of boats', 'no letter'],
    ['First we sailed', 'an ordinal in a sentence'],
    ['first. that', 'an ordinal in lower case'],
    ['第三方', 'a Chinese word'],
    ['-', 'a bullet'],
  ])('“%s”: %s', (line) => {
    expect(labelAt(line, 0, line.length)).toBeNull();
  });
});

// ------------------------------------------------------------------------------------------------ in sequence

async function numbersIn(text: string): Promise<(string | null)[]> {
  const { document } = await read(new TextEncoder().encode(`Statement of the Ports\n\n${text}\n`), {
    file: 'a.txt',
  });
  const all = (block: Paragraph): (string | null)[] => [block.num, ...block.children.flatMap(all)];
  return document.mainBody.flatMap((block) => (block.type === 'paragraph' ? all(block) : []));
}

const filler = 'The harbour masters welcome the report on the state of the lights.';

describe('labels in sequence', () => {
  it.each<[string, string[], (string | null)[]]>([
    ['one after the other', ['1.', '2.', '3.'], ['1.', '2.', '3.']],
    ['from 50', ['50.', '51.', '52.'], ['50.', '51.', '52.']],
    ['a gap', ['1.', '2.', '4.'], ['1.', '2.', '4.']],
    ['a repeat', ['1.', '2.', '2.', '3.'], ['1.', '2.', '2.', '3.']],
    ['all the same', ['1.', '1.', '1.'], ['1.', '1.', '1.']],
    ['a restart', ['1.', '2.', '1.', '2.'], ['1.', '2.', '1.', '2.']],
    ['brackets', ['(1)', '(2)', '(3)'], ['(1)', '(2)', '(3)']],
    ['a typing error', ['10.', '11,', '12.'], ['10.', '11,', '12.']],
    ['bis and ter', ['15.', '15 bis.', '15 ter.', '16.'], ['15.', '15 bis.', '15 ter.', '16.']],
    ['a number alone', ['1.', ''], ['1.', null]],
    ['no labels', ['', ''], [null, null]],
  ])('%s', async (_, printed, expected) => {
    const text = printed.map((label) => `${label} ${filler}`.trim()).join('\n\n');
    const numbers = await numbersIn(text);
    // A text behind a numbered paragraph may be its child or stand by itself.
    expect(numbers).toEqual(expected);
  });

  it('finds sub-paragraphs in the paragraph that they stand in', async () => {
    const { document } = await read(
      new TextEncoder().encode(
        'Statement of the Ports\n\n1. Every port shall:\n\n(a) keep a light;\n\n(b) keep a book:\n\n(i) of ships;\n\n(ii) of storms;\n\n2. No port is closed.\n',
      ),
      { file: 'a.txt' },
    );
    const shape = (block: Paragraph): unknown => [block.eId, ...block.children.map(shape)];
    expect(
      document.mainBody.map((block) => (block.type === 'paragraph' ? shape(block) : block.type)),
    ).toEqual([
      [
        'para_1',
        ['para_1__subpara_a'],
        ['para_1__subpara_b', ['para_1__subpara_b__subpara_i'], ['para_1__subpara_b__subpara_ii']],
      ],
      ['para_2'],
    ]);
  });

  it('leaves a sentence whole that a line begins with a number', async () => {
    const { document } = await read(
      new TextEncoder().encode(
        [
          'Statement of the Ports',
          '',
          '1. The conference recalls that the great flood came on the night of',
          '2. March 1927, and that the sea wall at Haven was then raised to about',
          '3. 5 metres above the mean tide, and that the towns have paid for it in',
          '1953. The wall was repaired at the cost of the towns, as was decided by',
          'the conference, and it has been watched by the keepers since that day.',
          '',
          '2. The conference thanks the keepers for their work of all these years.',
        ].join('\n'),
      ),
      { file: 'a.txt' },
    );
    const paragraphs = document.mainBody.filter((block) => block.type === 'paragraph');
    expect(paragraphs.map(({ num }) => num)).toEqual(['1.', '2.']);
    expect(textOf(paragraphs[0]?.content ?? [])).toContain('night of 2. March 1927');
  });
});
