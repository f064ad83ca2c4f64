/** What the DOCX edition says: every word, label and note of the document, as Word prints them. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  callsOf,
  textNodes,
  textOf,
  type Block,
  type Diagnostic,
  type Document,
  type Paragraph,
  type Role,
  type TextNode,
} from '../src/document.js';
import { read } from '../src/read/index.js';
import { Refusal } from '../src/report.js';
import { docxParts, heading, note, printedIn, withBody } from './docx-context.js';
import { all, child, part, textIn, val, type Parts, type Printed } from './docx-reading.js';
import { inline, paragraph, sample } from './sample.js';

async function file(document: Document, warnings: Diagnostic[] = []) {
  const parts = await docxParts(document, { warnings });
  return { parts, ...printedIn(parts) };
}

/** A labelled paragraph as one string: Word's number and a tab, or the label that stands in the text. */
function line(paragraph: Printed): string {
  if (paragraph.number === null) return paragraph.text;
  return `${paragraph.number}${paragraph.style.startsWith('Heading') ? ' ' : '\t'}${paragraph.text}`;
}

/** The indent of the level that a paragraph is counted or marked in; undefined where it is in no list. */
function indentOfList(parts: Parts, { xml }: Printed) {
  const [numId, ilvl] = ['w:numId', 'w:ilvl'].map((name) => val([...all(xml, name)][0]));
  const [list] = [...all(part(parts, 'word/numbering.xml'), 'w:abstractNum')].filter(
    (one) => one.attributes['w:abstractNumId'] === numId,
  );
  const level = list && [...all(list, 'w:lvl')].find((one) => one.attributes['w:ilvl'] === ilvl);
  return level && [...all(level, 'w:ind')][0]?.attributes;
}

function expectedLine(node: TextNode): string {
  const words = textOf(node.content);
  if (node.type === 'heading') return node.num === null ? words : `${node.num} ${words}`;
  if (node.type === 'paragraph' && node.num !== null) return `${node.num}\t${words}`;
  return words;
}

const bodyNodes = (document: Document): TextNode[] =>
  [...textNodes(document)].filter(({ region }) => region !== 'footnotes').map(({ node }) => node);

const pinned = (paragraphs: readonly Printed[], eId: string): Printed => {
  const found = paragraphs.filter(({ bookmarks }) => bookmarks.includes(eId));
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} paragraphs with the pin ${eId}`);
  return found[0];
};

describe('words', () => {
  it('prints every node once, in order, word for word, with its label', async () => {
    const { body } = await file(sample);
    const lines = body.map(line).filter((words) => words !== '');
    const expected = bodyNodes(sample).map(expectedLine);
    // The label of the annex stands above its title.
    expected.splice(expected.indexOf('Timetable of the harbour works'), 0, 'Annex I');
    expect(lines).toEqual(expected);
  });

  it('keeps no-break spaces, quotes, dashes and spaces beside emphasis', async () => {
    const words = 'of 1\u00a0000\u202fkr -- “so” *it* \'is\' & <b> ]]> **said** "here"…';
    const { body } = await file(withBody([paragraph('p_1', null, 'plain', words)]));
    expect(pinned(body, 'p_1').text).toBe(words.replace(/\*/g, ''));
  });

  it('marks emphasis with character styles', async () => {
    const { body } = await file(sample);
    const recital = pinned(body, 'preamble__p_2');
    const styled = [...all(recital.xml, 'w:r')].map((run) => [
      val(child(child(run, 'w:rPr'), 'w:rStyle')),
      textIn(run),
    ]);
    expect(styled[0]).toEqual(['Emphasis', 'Recalling']);
  });

  it('gives each kind of node its style', async () => {
    const { body } = await file(sample);
    const styles = Object.fromEntries(
      body.flatMap(({ bookmarks, style }) => bookmarks.map((pin) => [pin, style])),
    );
    expect(styles).toMatchObject({
      docNumber_1: 'DocumentNumber',
      docTitle_1: 'Title',
      subtitle_1: 'Subtitle',
      place_1: 'Place',
      docDate_1: 'Date',
      preamble__p_1: 'BodyText',
      preamble__p_2: 'PreambularParagraph',
      sec_I: 'Heading1',
      para_1: 'NumberedParagraph',
      para_1__subpara_a: 'Subparagraph1',
      para_1__subpara_a__subpara_i: 'Subparagraph2',
      para_1__wrapup_1: 'ListContinue',
      hcontainer_1: 'Heading2',
      para_4__item_1: 'ListBullet2',
      table_1__cell_1_1: 'TableHeading',
      table_1__cell_2_1: 'TableText',
      ftn_4_1: 'UncalledNote',
      signature_1__p_1: 'Signature',
      att_1__docTitle_1: 'AnnexTitle',
    });
  });

  it('sets what stands below a paragraph by the labels above it, its list as its style', async () => {
    const item = (eId: string, below: readonly Paragraph[] = []) => ({
      ...paragraph(eId, null, 'item', 'item', below),
      marker: '•',
    });
    const blocks = [
      paragraph('p_1', null, 'plain', 'Without a label', [
        item('i_1', [paragraph('s_1', '(a)', 'item', 'x')]),
      ]),
      paragraph('p_2', '2.', 'numbered', 'With one', [
        paragraph('c_1', null, 'item', 'which goes on'),
        paragraph('s_2', '(a)', 'item', 'x', [item('i_2')]),
      ]),
      heading('h_1', 3, 'II.', 'Title'),
    ];
    const { body, parts } = await file(withBody(blocks));
    expect(body.map(({ style }) => style)).toEqual([
      'BodyText',
      'ListBullet',
      'Subparagraph1',
      'NumberedParagraph',
      'ListContinue',
      'Subparagraph1',
      'ListBullet3',
      'Heading3',
    ]);
    const indents = new Map(
      [...all(part(parts, 'word/styles.xml'), 'w:style')].map((style) => [
        style.attributes['w:styleId'],
        [...all(style, 'w:ind')][0]?.attributes,
      ]),
    );
    // LibreOffice takes the list's indent, Word the style's.
    for (const { style, indent } of body.map((one) => ({ ...one, indent: indentOfList(parts, one) })))
      if (indent)
        expect([style, indent]).toEqual([style, indents.get(style) ?? { 'w:left': '0', 'w:hanging': '0' }]);
  });

  it('keeps what announces with what it announces', async () => {
    const blocks = [
      paragraph('p_1', null, 'plain', 'We agree on these[1>n_1]: '),
      paragraph('p_2', null, 'plain', '我们同意：'),
      paragraph('p_3', null, 'plain', 'On more.', [paragraph('p_4', '(a)', 'item', 'x')]),
      paragraph('p_5', null, 'plain', 'Here: it ends.'),
    ];
    const { body } = await file(withBody(blocks, { footnotes: [note('n_1', '1', 'One.')] }));
    expect(body.map(({ xml }) => child(child(xml, 'w:pPr'), 'w:keepNext') !== undefined)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('begins an annex on a page of its own, whether or not it has a label', async () => {
    const [annex] = sample.attachments;
    if (!annex) throw new Error('the sample has an annex');
    const second = {
      ...annex,
      eId: 'att_2',
      num: null,
      children: [paragraph('att_2__p_1', null, 'plain', 'Alone.')],
    };
    const { body, parts } = await file({
      ...sample,
      attachments: [annex, second],
      mainBody: [],
      footnotes: sample.footnotes,
    });
    const styles = [...all(part(parts, 'word/styles.xml'), 'w:style')];
    const number = styles.find((style) => style.attributes['w:styleId'] === 'AnnexNumber');
    expect(child(child(number, 'w:pPr'), 'w:pageBreakBefore')).toBeDefined();
    expect(body.filter(({ style }) => style === 'AnnexNumber').map(({ text }) => text)).toEqual(['Annex I']);
    expect(child(child(pinned(body, 'att_2__p_1').xml, 'w:pPr'), 'w:pageBreakBefore')).toBeDefined();
  });

  it('prints an annex’s label once where its heading bears it', async () => {
    const [annex] = sample.attachments;
    if (!annex) throw new Error('the sample has an annex');
    const children = [heading('att_1__h', 1, 'Annex I', 'Works')];
    const { body } = await file({ ...withBody([]), attachments: [{ ...annex, children }] });
    expect(body.map(line)).toEqual(['Annex I Works']);
  });

  it('repeats a table’s first row, and sets signatories beside each other', async () => {
    const { parts } = await file(sample);
    const [table, signatures] = [...all(part(parts, 'word/document.xml'), 'w:tbl')];
    if (!table || !signatures) throw new Error('two tables are expected');
    expect([...all(table, 'w:tr')].map((row) => [...all(row, 'w:tblHeader')].length)).toEqual([1, 0]);
    expect([...all(signatures, 'w:tc')].map((cell) => [...all(cell, 'w:p')].map(textIn))).toEqual([
      ['For the north:', 'J. á Lakjuni'],
      ['For the south:', 'E. Østergård'],
    ]);
    expect(val(child(child(signatures, 'w:tblPr'), 'w:tblStyle'))).toBe('SignatureTable');
  });

  it('fills the last cell of a short row to the table’s edge', async () => {
    const { parts } = await file({
      ...sample,
      mainBody: sample.mainBody.map((block) =>
        block.type === 'table'
          ? { ...block, rows: [...block.rows, { cells: (block.rows[1]?.cells ?? []).slice(1) }] }
          : block,
      ),
    });
    const [table] = [...all(part(parts, 'word/document.xml'), 'w:tbl')];
    const spans =
      table && [...all(table, 'w:tc')].map((cell) => val(child(child(cell, 'w:tcPr'), 'w:gridSpan')));
    expect(spans).toEqual([undefined, undefined, undefined, undefined, '2']);
  });
});

describe('labels', () => {
  const numbered = (labels: readonly string[], role: Role = 'numbered') =>
    labels.map((label, index) => paragraph(`x_${index + 1}`, label, role, `Words ${index + 1}.`));

  /** Each label as it prints, with `#` where Word counts it. */
  async function labels(blocks: readonly Block[]): Promise<string[]> {
    const { body } = await file(withBody(blocks));
    return body.map((one) => (one.number === null ? (one.text.split('\t')[0] ?? '') : `#${one.number}`));
  }

  it.each([
    ['a run', '1. 2. 3.', '#1. #2. #3.'],
    ['any start', '22. 23.', '#22. #23.'],
    ['zero', '0. 1.', '#0. #1.'],
    ['a gap', '1. 2. 4. 5.', '#1. #2. #4. #5.'],
    ['a restart', '1. 2. 1. 2.', '#1. #2. #1. #2.'],
    ['a repeat', '1. 2. 2. 3.', '#1. #2. #2. #3.'],
    ['backwards', '3. 2. 1.', '#3. #2. #1.'],
    ['letters past z', '(y) (z) (aa) (bb)', '#(y) #(z) #(aa) #(bb)'],
    ['romans, not letters', '(h) (i) (j) I. II. III. IV. V.', '#(h) #(i) #(j) #I. #II. #III. #IV. #V.'],
    ['letters that look like romans', 'B. C. D.', '#B. #C. #D.'],
    ['words before', 'Article_5 Article_6 §_7', '#Article_5 #Article_6 #§_7'],
    [
      'what Word would not print',
      '15bis. 11, 01. ab) 二、 1.1. 99999.',
      '15bis. 11, 01. ab) 二、 1.1. 99999.',
    ],
    ['a label that is text between two numbers', '15. 15bis. 16.', '#15. 15bis. #16.'],
    ['another mark after', '1. 2) 3.', '#1. #2) #3.'],
    ['what could be a place holder', '%1. 1%', '%1. 1%'],
    [
      'numbers that repeat those above them',
      '1. 1.1 1.2 1.2.1 1.2.2 1.3 2. 2.1 2.1.1',
      '#1. #1.1 #1.2 #1.2.1 #1.2.2 #1.3 #2. #2.1 #2.1.1',
    ],
    [
      'them as text where Word would count otherwise',
      '1. 1.2 1.1 1.3 1.1. 3.1 1.01 II. II.1 2.1',
      '#1. 1.2 #1.1 1.3 1.1. 3.1 1.01 #II. II.1 2.1',
    ],
    ['what goes on after them', '7. 7.1. 7.2. 8. 8.1. 15bis. 8.2.', '#7. #7.1. #7.2. #8. #8.1. 15bis. #8.2.'],
  ])('prints %s', async (_, source, expected) => {
    const spaced = (words: string) => words.split(' ').map((word) => word.replaceAll('_', ' '));
    expect(await labels(numbered(spaced(source)))).toEqual(spaced(expected));
  });

  it('prints words that are no numbers as text', async () => {
    expect(await labels(numbered(['15 bis.', 'Article premier', '第二条']))).toEqual([
      '15 bis.',
      'Article premier',
      '第二条',
    ]);
  });

  it('makes one list of a run, and a new one of what a gap begins', async () => {
    const { body } = await file(withBody(numbered(['1.', '2.', '4.', '5.'])));
    const lists = body.map(({ xml }) => val([...all(xml, 'w:numId')][0]));
    expect(lists[0]).toBe(lists[1]);
    expect(lists[2]).toBe(lists[3]);
    expect(lists[0]).not.toBe(lists[2]);
  });

  it('makes sub-paragraphs that begin anew a level of their paragraph’s list', async () => {
    const items = (parent: string) => [
      paragraph(`${parent}_a`, '(a)', 'item', 'one'),
      paragraph(`${parent}_b`, '(b)', 'item', 'two'),
    ];
    const blocks = [
      paragraph('x_1', '1.', 'numbered', 'First:', items('x_1')),
      paragraph('x_2', '2.', 'numbered', 'Second:', items('x_2')),
    ];
    const { body } = await file(withBody(blocks));
    expect(body.map((one) => one.number)).toEqual(['1.', '(a)', '(b)', '2.', '(a)', '(b)']);
    expect(new Set(body.map(({ xml }) => val([...all(xml, 'w:numId')][0]))).size).toBe(1);
    expect(body.map(({ xml }) => val([...all(xml, 'w:ilvl')][0]))).toEqual(['0', '1', '1', '0', '1', '1']);
  });

  it('makes numbers that repeat those above them levels of one list, whatever bears them', async () => {
    const items = [paragraph('x_a', '(a)', 'item', 'one'), paragraph('x_b', '(b)', 'item', 'two')];
    const blocks = [
      heading('h_1', 1, '1.', 'Towers'),
      heading('h_2', 2, '1.1', 'Height'),
      paragraph('x_1', '1.1.1', 'numbered', 'It is stated:', items),
      paragraph('x_2', '1.1.2', 'numbered', 'It is kept.'),
      heading('h_3', 1, '2.', 'Lamps'),
      paragraph('x_3', '2.1', 'numbered', 'They are lit.'),
      heading('h_4', 2, '2.2', 'Oil'),
    ];
    const { body, parts } = await file(withBody(blocks));
    expect(body.filter(({ style }) => !style.startsWith('TOC')).map(({ number }) => number)).toEqual([
      '1.',
      '1.1',
      '1.1.1',
      '(a)',
      '(b)',
      '1.1.2',
      '2.',
      // A level of headings numbers no paragraph: it would look like a heading. Nor could Word then count 2.2.
      null,
      null,
    ]);
    expect(new Set(body.flatMap(({ xml }) => [...all(xml, 'w:numId')].map(val))).size).toBe(1);
    expect([...all(part(parts, 'word/numbering.xml'), 'w:lvlText')].map(val)).toEqual(
      expect.arrayContaining(['%1.', '%1.%2', '%1.%2.%3']),
    );
    // A level stands where the style of what it numbers does.
    expect(indentOfList(parts, pinned(body, 'x_1'))).toEqual({ 'w:left': '520', 'w:hanging': '520' });
    expect(indentOfList(parts, pinned(body, 'h_2'))).toEqual({ 'w:left': '0', 'w:hanging': '0' });
  });

  it('leaves the label of a heading without words as its words, which Word lists in a table of contents', async () => {
    const { body } = await file(
      withBody([heading('h_1', 2, 'Article 1', ''), heading('h_2', 2, 'Article 2', 'x')]),
    );
    expect(body.map(({ number, text }) => [number, text])).toEqual([
      [null, 'Article 1'],
      ['Article 2', 'x'],
    ]);
  });

  it('numbers headings apart from paragraphs, and annexes apart from the text', async () => {
    const blocks = [
      heading('h_1', 1, '1.', 'Title'),
      ...numbered(['1.', '2.']),
      heading('h_2', 1, '2.', 'Title'),
      paragraph('y_1', '3.', 'numbered', 'More.'),
    ];
    expect(await labels(blocks)).toEqual(['#1.', '#1.', '#2.', '#2.', '#3.']);
  });

  it('prints any labels at all as they are', async () => {
    const label = fc.oneof(
      fc.integer({ min: 0, max: 40 }).map((n) => `${n}.`),
      fc.constantFrom(
        '(a)',
        '(b)',
        '(c)',
        '(i)',
        '(ii)',
        '(iii)',
        '(x)',
        'I.',
        'II.',
        'A.',
        'B.',
        'C.',
        'D.',
      ),
      fc.constantFrom('1.1', '1.2', '2.1', '1.1.1', '2.1.'),
      fc.constantFrom('15 bis.', 'Article 1', 'Article 2', 'Article II', '(1)', '1)', 'aa.', 'cc.', 'MMXX.'),
    );
    interface Tree {
      readonly label: string;
      readonly children: readonly Tree[];
    }
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        label.map((own) => ({ label: own, children: [] })),
        fc.record({ label, children: fc.array(tie('tree'), { maxLength: 4 }) }),
      ),
    }));
    const build = (trees: readonly Tree[], parent: string): Paragraph[] =>
      trees.map((one, index) => {
        const eId = `${parent}_${index + 1}`;
        return paragraph(
          eId,
          one.label,
          parent === 'x' ? 'numbered' : 'item',
          'Words.',
          build(one.children, eId),
        );
      });
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { maxLength: 8 }), async (trees) => {
        const document = withBody(build(trees, 'x'));
        const { body } = await file(document);
        expect(body.map(line)).toEqual(bodyNodes(document).map(expectedLine));
      }),
      { seed: 20071207, numRuns: 60 },
    );
  });

  it('has labels at any depth', async () => {
    const nested = (depth: number): Paragraph =>
      paragraph(`d_${depth}`, '(a)', 'item', 'Deep.', depth === 12 ? [] : [nested(depth + 1)]);
    const { body } = await file(withBody([nested(0)]));
    expect(body.map(line)).toEqual(Array.from({ length: 13 }, () => '(a)\tDeep.'));
  });

  it('has a bullet’s glyph from the source, but for the sign that would be a place holder', async () => {
    const item = (eId: string, marker: string) => ({ ...paragraph(eId, null, 'item', 'Words.'), marker });
    const blocks = [
      paragraph('p_1', null, 'plain', 'So:', [item('i_1', '•'), item('i_2', '–'), item('i_3', '%')]),
    ];
    const { body } = await file(withBody(blocks));
    expect(body.map(({ bullet }) => bullet)).toEqual([null, '•', '–', '•']);
  });
});

describe('notes', () => {
  it('are Word’s own, called where the document calls them', async () => {
    const { body, notes } = await file(sample);
    const byId = new Map(notes.map(({ id, paragraphs }) => [id, paragraphs]));
    for (const node of bodyNodes(sample)) {
      const calls = pinned(body, node.eId).calls;
      const expected = callsOf(node.content);
      const label = pinned(body, node.eId).number === null && expectedLine(node) !== textOf(node.content);
      const shift = label ? expectedLine(node).length - textOf(node.content).length : 0;
      expect(calls.map(({ marker, offset }) => [marker, offset - shift])).toEqual(
        expected.map(({ marker, offset }) => [marker, offset]),
      );
      expect(calls.map(({ id }) => byId.get(id ?? 0)?.[0]?.bookmarks[0])).toEqual(
        expected.map(({ footnote }) => footnote),
      );
    }
  });

  it('have their mark, their words, their paragraphs and items', async () => {
    const { notes } = await file(sample);
    expect(notes.map(({ paragraphs }) => paragraphs.map(line))).toEqual([
      ['\tAlso called the Tórshavn declaration.'],
      ['\tSee HNC/2008/1, in particular:', '(a)\tchapter two;', '(b)\tchapter five.'],
      ['\tWeather permitting.'],
    ]);
    const first = notes.map(({ paragraphs }) => paragraphs[0]?.xml);
    expect(first.map((xml) => xml && [...all(xml, 'w:footnoteRef')].length)).toEqual([1, 1, 0]);
    expect(notes[2]?.paragraphs[0]?.calls).toMatchObject([{ marker: '*', offset: 0 }]);
  });

  it('keep printed marks that Word would not count', async () => {
    const blocks = [
      paragraph('p_1', null, 'plain', 'One[*>n_1] two[1>n_2] three[3>n_3] four[2>n_4] five[1>n_5].'),
      paragraph('p_2', null, 'plain', 'Six[3>n_6][4>n_7]'),
    ];
    const notes = ['*', '1', '3', '2', '1', '3', '4'].map((marker, index) =>
      note(`n_${index + 1}`, marker, `Note ${index + 1}.`),
    );
    const { body, notes: written, parts } = await file(withBody(blocks, { footnotes: notes }));
    expect(body.flatMap(({ calls }) => calls.map(({ marker }) => marker))).toEqual([
      '*',
      '1',
      '3',
      '2',
      '1',
      '3',
      '4',
    ]);
    const custom = [...all(part(parts, 'word/document.xml'), 'w:footnoteReference')].map(
      (reference) => reference.attributes['w:customMarkFollows'] === '1',
    );
    expect(custom).toEqual([true, false, true, false, true, false, false]);
    const automatic = written.map(
      ({ paragraphs }) => paragraphs[0] && [...all(paragraphs[0].xml, 'w:footnoteRef')].length === 1,
    );
    expect(automatic).toEqual(custom.map((own) => !own));
  });

  it('number their own items as real lists', async () => {
    const { notes } = await file(sample);
    expect(notes[1]?.paragraphs.map(({ number }) => number)).toEqual([null, '(a)', '(b)']);
  });

  it('called beside each other do not read as one number', async () => {
    const notes = [note('n_1', '1', 'One.'), note('n_2', '2', 'Two.')];
    const { body } = await file(
      withBody([paragraph('p_1', null, 'plain', 'Word[1>n_1][2>n_2].')], { footnotes: notes }),
    );
    const styles = [...all(pinned(body, 'p_1').xml, 'w:rStyle')].map(val);
    expect(styles).toEqual(['FootnoteReferenceBeforeAnother', 'FootnoteReference']);
  });

  it('called again under another mark keep that mark, and lead to the first call', async () => {
    const blocks = [paragraph('p_1', null, 'plain', 'One[1>n_1] and two[a>n_1].')];
    const { body } = await file(withBody(blocks, { footnotes: [note('n_1', '1', 'One.')] }));
    const { calls, xml } = pinned(body, 'p_1');
    expect(calls.map(({ marker, offset }) => [marker, offset])).toEqual([
      ['1', 3],
      ['a', 11],
    ]);
    expect([...all(xml, 'w:hyperlink')].map((one) => one.attributes['w:anchor'])).toEqual(['_Ref_note_1']);
  });

  it('called again under the mark of the first call are fields, though the note has another mark', async () => {
    const blocks = [paragraph('p_1', null, 'plain', 'One[a>n_1], two[a>n_1] and three[1>n_1].')];
    const { body, notes } = await file(withBody(blocks, { footnotes: [note('n_1', '1', 'One.')] }));
    const { calls, xml } = pinned(body, 'p_1');
    expect(calls.map(({ marker, id }) => [marker, id])).toEqual([
      ['a', 1],
      ['a', 1],
      ['1', null],
    ]);
    expect([...all(xml, 'w:instrText')].map(({ children }) => children.join(''))).toEqual([
      ' NOTEREF _Ref_note_1 \\f \\h ',
    ]);
    expect([...all(xml, 'w:hyperlink')].map(textIn)).toEqual(['1']);
    expect(notes[0]?.paragraphs[0]?.calls[0]).toMatchObject({ marker: '1', offset: 0 });
  });

  it('refer to the first call from the second', async () => {
    const { body, parts } = await file(sample);
    expect(pinned(body, 'para_2').calls).toMatchObject([{ marker: '2', id: 2 }]);
    expect([...all(part(parts, 'word/document.xml'), 'w:footnoteReference')]).toHaveLength(3);
    const hidden = body.flatMap(({ bookmarks }) => bookmarks.filter((name) => name.startsWith('_')));
    expect(hidden).toEqual(['_Ref_note_2']);
    expect(pinned(body, 'para_1').bookmarks).toContain('_Ref_note_2');
  });

  it('are called from titles, headings and cells', async () => {
    const [table] = sample.mainBody.filter((block) => block.type === 'table');
    const cell = table?.rows[0]?.cells[0];
    if (!table || !cell) throw new Error('the sample has a table');
    const rows = [{ cells: [{ ...cell, content: inline('In a cell[2>n_2]') }] }];
    const blocks = [heading('h_1', 2, 'I.', 'Title[1>n_1]'), { ...table, rows }];
    const document = withBody(blocks, { footnotes: [note('n_1', '1', 'One.'), note('n_2', '2', 'Two.')] });
    const { body } = await file(document);
    expect(pinned(body, 'h_1').calls).toMatchObject([{ marker: '1', offset: 5, id: 1 }]);
    expect(pinned(body, cell.eId).calls).toMatchObject([{ marker: '2', offset: 9, id: 2 }]);
  });

  it('on notes are printed below the note that calls them, with a warning', async () => {
    const warnings: Diagnostic[] = [];
    const blocks = [paragraph('p_1', null, 'plain', 'Word[1>n_1].')];
    const notes = [note('n_1', '1', 'See[2>n_2] there[1>n_1].'), note('n_2', '2', 'Where[2>n_2]?')];
    const { notes: written } = await file(withBody(blocks, { footnotes: notes }), warnings);
    expect(written).toHaveLength(1);
    expect(written[0]?.paragraphs.map(({ text }) => text)).toEqual(['\tSee there.', '\tWhere?']);
    expect(written[0]?.paragraphs[1]?.calls[0]).toMatchObject({ marker: '2', offset: 0 });
    expect(warnings.map(({ code }) => code)).toEqual(['edition-approximate']);
  });

  it('that nothing calls and no paragraph prints stand after the text, marker, words and all', async () => {
    const item = paragraph('n_2__item', '(a)', 'item', 'its first item;');
    const footnotes = [
      note('n_1', '1', 'Called.'),
      note('n_2', '**', 'Never called[1>n_1], nor[3>n_3] this:', [item]),
      note('n_3', '3', 'Nor is this.'),
      note('n_4', '4', 'Printed where it stood.'),
    ];
    const blocks = [
      paragraph('p_1', null, 'plain', 'One[1>n_1].'),
      paragraph('n_4_1', '4.', 'note', 'Printed where it stood.'),
    ];
    const { body, notes } = await file(withBody(blocks, { footnotes }));
    expect(notes).toHaveLength(1);
    expect(body.map((one) => [one.style, one.bookmarks.at(-1), line(one)])).toEqual([
      ['BodyText', '_Ref_note_1', 'One.'],
      ['UncalledNote', 'n_4_1', '4.\tPrinted where it stood.'],
      ['UncalledNote', 'n_2', '**\tNever called, nor3 this:'],
      ['FootnoteSubparagraph1', 'n_2__item', '(a)\tits first item;'],
      ['UncalledNote', 'n_3', '3\tNor is this.'],
    ]);
    expect(pinned(body, 'n_2').calls).toMatchObject([{ marker: '1', id: 1 }]);
    expect(pinned(body, 'n_2').references).toMatchObject([{ bookmark: 'n_3', words: '3', field: false }]);
  });

  it('leave the separators clean', async () => {
    const { parts } = await file(sample);
    const separators = [...all(part(parts, 'word/footnotes.xml'), 'w:footnote')].slice(0, 2);
    expect(separators.map((one) => [one.attributes['w:id'], one.attributes['w:type']])).toEqual([
      ['-1', 'separator'],
      ['0', 'continuationSeparator'],
    ]);
    for (const one of separators) {
      expect([...all(one)].map(({ name }) => name)).toEqual([
        'w:footnote',
        'w:p',
        'w:pPr',
        'w:pStyle',
        'w:r',
        `w:${one.attributes['w:type'] ?? ''}`,
      ]);
    }
  });
});

describe('characters', () => {
  it.each(['\u0000', '\u0008', '\u000c', '\u001f', '\ufffe', '\uffff', '\ud800', '\udc00'])(
    'that XML forbids are refused by name (%j)',
    async (character) => {
      const rendered = file(withBody([paragraph('para_9', '9.', 'numbered', `Some ${character} words`)]));
      const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      await expect(rendered).rejects.toThrow(Refusal);
      await expect(rendered).rejects.toThrow(new RegExp(`character-forbidden.*para_9.*U\\+${code}`));
    },
  );

  it.each([
    ['a label', withBody([paragraph('p_1', '1\u0001', 'numbered', 'x')])],
    ['a bullet', withBody([{ ...paragraph('p_1', null, 'item', 'x'), marker: '\u0001' }])],
    ['the title', { ...sample, title: 'x\u0001' }],
    [
      'a note’s mark',
      withBody([paragraph('p_1', null, 'plain', 'x')], { footnotes: [note('n_1', '\u0001', 'y')] }),
    ],
  ])('are refused in %s', async (_, document) => {
    await expect(file(document)).rejects.toThrow(/character-forbidden.*U\+0001/);
  });

  it('that XML can hold are all kept', async () => {
    const odd = '\u007f\u0085\u00ad\u200b\u200f\u2028\ufeff\ufffd𝒜👩‍🚀e\u0301';
    const { body } = await file(withBody([paragraph('p_1', null, 'plain', `a${odd}z`)]));
    expect(pinned(body, 'p_1').text).toBe(`a${odd}z`);
  });
});

describe('the founding document', () => {
  it('has its 35 numbers in one list of Word’s own, and its note after the word', async () => {
    const name = 'nato-2007-12-07-final-communique.txt';
    const { document } = await read(readFileSync(`input/${name}`), { file: name });
    const { body, notes } = await file(document);
    expect(body.map(line)).toEqual(bodyNodes(document).map(expectedLine));
    const numbered = body.filter(({ number }) => number !== null);
    expect(numbered.map(({ number }) => number)).toEqual(
      Array.from({ length: 35 }, (_, index) => `${index + 1}.`),
    );
    expect(new Set(numbered.map(({ xml }) => val([...all(xml, 'w:numId')][0]))).size).toBe(1);
    const { text, calls } = pinned(body, 'para_15');
    expect(calls).toHaveLength(1);
    expect(text.slice(0, calls[0]?.offset)).toMatch(/Macedonia$/);
    expect(calls[0]).toMatchObject({ marker: '1', id: 1 });
    expect(notes.map(({ paragraphs }) => paragraphs.map(line))).toEqual([
      ['\tTurkey recognises the Republic of Macedonia with its constitutional name.'],
    ]);
  });
});
