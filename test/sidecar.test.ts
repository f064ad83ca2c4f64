/** The sidecar: each way to overrule the reader, and the refusal of what doesn't fit. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { callsOf, textNodes, textOf, type Document } from '../src/document.js';
import { sidecarOf } from '../src/inspect/sidecar.js';
import { read } from '../src/read/index.js';
import { Refusal } from '../src/report.js';
import { engross, folder } from './engross.js';
import { bytesOf } from './markdown-documents.js';
import { sample } from './sample.js';

const text = `From the event

9 May 2011

Declaration on Lighthouses

1. We welcome the light of Bergen1 and its keepers.

2. We thank the keepers of the north.

Outlook

3. We will meet again.

Tel: +47 55 00 00 00

1. Lit since 1885.
`;

const readWith = async (sidecar: object): Promise<Document> =>
  (
    await read(Buffer.from(text), {
      file: 'x.txt',
      sidecar: { file: 'x.engross.json', text: JSON.stringify(sidecar) },
    })
  ).document;

const paragraphs = (document: Document) =>
  [...textNodes(document)].flatMap(({ node }) =>
    node.type === 'paragraph' ? [`${node.num ?? '-'} ${textOf(node.content)}`] : [],
  );

const refusalOf = async (sidecar: object | string): Promise<string> => {
  const source = typeof sidecar === 'string' ? sidecar : JSON.stringify(sidecar);
  try {
    await read(Buffer.from(text), { file: 'x.txt', sidecar: { file: 'x.engross.json', text: source } });
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return 'nothing refused';
};

describe('a sidecar', () => {
  it('changes nothing where it says nothing', async () => {
    const { document } = await read(Buffer.from(text), { file: 'x.txt' });
    expect(await readWith({})).toEqual(document);
  });

  it('states metadata, and clears it', async () => {
    const document = await readWith({
      title: 'The Bergen Declaration',
      date: '2011-05-10',
      language: 'nb',
      symbol: 'L/1',
      documentType: null,
    });
    expect(document).toMatchObject({
      title: 'The Bergen Declaration',
      date: '2011-05-10',
      language: 'nb',
      symbol: 'L/1',
      documentType: null,
    });
  });

  it('alters no word: what it states otherwise than the text prints is metadata, and that is said', async () => {
    const said = (document: Document) =>
      document.diagnostics.filter(({ code }) => code === 'stated-not-printed').map(({ message }) => message);
    const fields = { title: 'The Bergen Declaration', datePrinted: 'the ninth of May', symbol: 'L/1' };
    const document = await readWith(fields);
    expect(document.preface.flatMap((block) => ('content' in block ? [textOf(block.content)] : []))).toEqual([
      '9 May 2011',
      'Declaration on Lighthouses',
    ]);
    expect(said(document)).toEqual([
      expect.stringMatching(/title “The Bergen Declaration”; the text has “Declaration on Lighthouses”/),
      expect.stringMatching(/printed date “the ninth of May”; the text has “9 May 2011”/),
    ]);
    expect(said(await readWith({ title: null }))).toEqual([expect.stringMatching(/states no title; /)]);
    expect(said(await readWith({ title: 'Declaration on Lighthouses', datePrinted: '9 May 2011' }))).toEqual(
      [],
    );
    const again = await read(await bytesOf(await readWith({})), {
      file: 'x.md',
      sidecar: { file: 'x.engross.json', text: JSON.stringify(fields) },
    });
    expect(said(again.document)).toHaveLength(2);
  });

  it('is answered by the command where the text prints other words, and that is no fault', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'x.txt'), text);
    writeFileSync(join(cwd, 'x.engross.json'), '{ "title": "The Bergen Declaration" }');
    const build = () => engross(['build', 'x.txt', '--editions', 'md', '--strict'], { cwd });
    const first = await build();
    expect([first.code, first.err]).toEqual([0, expect.stringContaining('x.txt note stated-not-printed: ')]);
    const second = await build();
    expect(second.out).toContain('1 unchanged');
    expect(second.err).toBe(first.err);
    const edition = readFileSync(join(cwd, 'output/x/x.md'), 'utf8');
    expect(edition).toContain('title: The Bergen Declaration');
    expect(edition).toMatch(/^# .*Declaration on Lighthouses$/m);
  });

  it('prints a stated title where the text bears none', async () => {
    const { document } = await read(Buffer.from('1. We met.\n\n2. We parted.\n'), {
      file: 'x.txt',
      sidecar: { file: 'x.engross.json', text: '{ "title": "A meeting" }' },
    });
    expect(document.preface.map((block) => block.type)).toEqual(['docTitle']);
    expect(document.diagnostics.map(({ code }) => code)).not.toContain('title-missing');
  });

  it('says what is furniture and what is not', async () => {
    const document = await readWith({
      furniture: [{ line: 11, starts: 'Outlook' }],
      notFurniture: [{ line: 15, starts: 'Tel:' }],
    });
    expect(document.furniture.map((one) => one.text)).toEqual(['From the event', 'Outlook']);
    expect(paragraphs(document).join('\n')).toContain('Tel: +47 55 00 00 00');
  });

  it('says what is a label and what is not', async () => {
    const without = await readWith({ notLabels: [{ line: 9, starts: '2. We' }] });
    expect(paragraphs(without)).toContain('- 2. We thank the keepers of the north.');
    const withOne = await readWith({ labels: [{ line: 11, starts: 'Outlook', printed: 'Outlook' }] });
    expect(withOne.mainBody.some((block) => block.type === 'paragraph' && block.num === 'Outlook')).toBe(
      true,
    );
  });

  it('says what is a heading and what is not', async () => {
    const { document } = await read(Buffer.from(text), { file: 'x.txt' });
    expect(document.mainBody.some((block) => block.type === 'heading')).toBe(true);
    const flat = await readWith({ notHeadings: [{ line: 11, starts: 'Outlook' }] });
    expect(flat.mainBody.some((block) => block.type === 'heading')).toBe(false);
    const more = await readWith({ headings: [{ line: 9, starts: '2. We' }] });
    expect(more.mainBody.filter((block) => block.type === 'heading')).toHaveLength(2);
  });

  it('says which digit calls a note and which does not', async () => {
    const { document } = await read(Buffer.from(text), { file: 'x.txt' });
    expect(document.footnotes).toHaveLength(1);
    const none = await readWith({ notCalls: [{ line: 7, after: 'Bergen', marker: '1' }] });
    expect(paragraphs(none)).toContain('1. We welcome the light of Bergen1 and its keepers.');
  });

  it('makes a note of a line, and calls it where it is said to be called', async () => {
    const plain =
      'Title of a text\n\n1. We met at Bergen 7 and parted.\n\n2. We wrote.\n\n7 A town in Norway.\n';
    const sidecar = {
      notes: [{ line: 7, starts: '7 A town', printed: '7' }],
      calls: [{ line: 3, after: 'Bergen ', marker: '7' }],
    };
    const { document } = await read(Buffer.from(plain), {
      file: 'x.txt',
      sidecar: { file: 'x.engross.json', text: JSON.stringify(sidecar) },
    });
    expect(document.footnotes.map((note) => textOf(note.content))).toEqual(['A town in Norway.']);
    const [first] = document.mainBody;
    expect(first?.type === 'paragraph' && callsOf(first.content)).toEqual([
      { footnote: 'ftn_7', marker: '7', offset: 'We met at Bergen'.length },
    ]);
  });

  it('is refused where it does not fit the text, entry by entry', async () => {
    const refusal = await refusalOf({
      furniture: [
        { line: 11, starts: 'Outlook' },
        { line: 7, starts: 'Nothing of the kind' },
      ],
      calls: [{ line: 7, after: 'Oslo', marker: '1' }],
    });
    expect(refusal.match(/sidecar-unmatched/g)).toHaveLength(2);
    expect(refusal).toContain('line 7');
    expect(await refusalOf({ calls: [{ line: 9, after: 'nort', marker: 'h' }] })).toContain(
      'no note with it',
    );
  });

  it.each([
    ['{', 'x.engross.json:1:2 is not JSON: a name in double quotes is wanted here, not the end of the file.'],
    ['{\n  "title": "A",\n}', 'x.engross.json:2:15 is not JSON: no comma may stand before “}”.'],
    ['[]', 'is not a JSON object'],
    ['{ "titel": "x" }', 'did you mean “title”?'],
    ['{ "date": "9 May 2011" }', 'must be a day like'],
    ['{ "language": "English!" }', 'BCP 47'],
    ['{ "furniture": {} }', 'must be a list'],
    ['{ "furniture": [{ "line": 0, "starts": "x" }] }', 'the number of a line'],
    ['{ "furniture": [{ "line": 1, "begins": "x" }] }', 'there is no key'],
    ['{ "labels": [{ "line": 1, "starts": "x" }] }', 'must be a text'],
    ['{ "__proto__": "x" }', 'there is no key “__proto__”'],
  ])('is refused for %s', async (source, sentence) => {
    expect(await refusalOf(source)).toContain(sentence);
  });
});

describe('a sidecar for hand-written Markdown', () => {
  const markdown = `From the event

# Declaration on *Lighthouses*

9 May 2011

1. We welcome the light
   of **Bergen**1 and its keepers[^x].
2. We thank the keepers of the north.

Outlook

3\\. We will meet again.

Tel: +47 55 00 00 00

\\[1\\] Lit since 1885.

[^x]: All of them.
`;
  const of = async (sidecar: object): Promise<Document> =>
    (
      await read(Buffer.from(markdown), {
        file: 'x.md',
        sidecar: { file: 'x.engross.json', text: JSON.stringify(sidecar) },
      })
    ).document;

  it('changes nothing where it says nothing', async () => {
    expect(await of({})).toEqual((await read(Buffer.from(markdown), { file: 'x.md' })).document);
  });

  it('says what is furniture, a label, a heading, and what is not', async () => {
    const furniture = await of({
      furniture: [{ line: 11, starts: 'Outlook' }],
      notFurniture: [{ line: 15, starts: 'Tel:' }],
    });
    expect(furniture.furniture.map((one) => one.text)).toContain('Outlook');
    expect(paragraphs(furniture).join('\n')).toContain('Tel: +47 55 00 00 00');
    const plain = await of({ notLabels: [{ line: 9, starts: '2. We' }] });
    expect(paragraphs(plain)).toContain('- 2. We thank the keepers of the north.');
    const labelled = await of({ labels: [{ line: 11, starts: 'Outlook', printed: 'Outlook' }] });
    expect(labelled.mainBody.some((block) => block.type === 'paragraph' && block.num === 'Outlook')).toBe(
      true,
    );
    const headings = async (sidecar: object) =>
      (await of(sidecar)).mainBody.flatMap((block) =>
        block.type === 'heading' ? [textOf(block.content)] : [],
      );
    expect(await headings({ headings: [{ line: 13, starts: '3\\. We' }] })).toContain('We will meet again.');
    expect(await headings({ notHeadings: [{ line: 11, starts: 'Outlook' }] })).toEqual([]);
  });

  it('says which digit calls which note, in the middle of a wrapped line', async () => {
    const document = await of({
      notes: [{ line: 17, starts: '[1] Lit', printed: '[1]' }],
      calls: [{ line: 8, after: '**Bergen**', marker: '1' }],
    });
    expect(document.footnotes.map((note) => textOf(note.content))).toEqual([
      'Lit since 1885.',
      'All of them.',
    ]);
    const [first] = document.mainBody;
    expect(first?.type === 'paragraph' && callsOf(first.content).map(({ offset }) => offset)).toEqual([
      'We welcome the light of Bergen'.length,
      'We welcome the light of Bergen and its keepers'.length,
    ]);
  });

  it.each([
    [{ furniture: [{ line: 8, starts: 'of' }] }, 'goes on with a paragraph that begins above it'],
    [{ furniture: [{ line: 11, starts: 'Inlook' }] }, 'begins with “Outlook”'],
    [{ furniture: [{ line: 12, starts: 'x' }] }, 'holds no words'],
    [{ furniture: [{ line: 400, starts: 'x' }] }, 'holds no words'],
    [{ notNotes: [{ line: 19, starts: '[^x]' }] }, 'a note, a table or a mark'],
    [{ calls: [{ line: 9, after: 'Bergen', marker: '1' }] }, 'isn’t there'],
  ])('is refused where it does not fit: %j', async (sidecar, sentence) => {
    await expect(of(sidecar)).rejects.toThrow(sentence);
  });

  it('is refused with the line of the source where no note fits a call', async () => {
    const refusal: unknown = await of({ calls: [{ line: 9, after: 'nort', marker: 'h' }] }).catch(
      (error: unknown) => error,
    );
    expect(refusal instanceof Refusal && refusal.diagnostics.map(({ line }) => line)).toEqual([9]);
  });

  it('states metadata alone for an edition of ours', async () => {
    const bytes = await bytesOf(sample);
    const readWithSidecar = (value: object) =>
      read(bytes, { file: 'x.md', sidecar: { file: 'x.engross.json', text: JSON.stringify(value) } });
    expect((await readWithSidecar({ title: 'Another' })).document.title).toBe('Another');
    await expect(readWithSidecar({ headings: [{ line: 30, starts: 'x' }] })).rejects.toThrow('pins');
    const reading = await read(bytes, { file: 'x.md' });
    expect((await readWithSidecar(sidecarOf(reading))).document).toEqual(reading.document);
  });

  it('as inspect prints it, changes nothing', async () => {
    const reading = await read(Buffer.from(markdown), { file: 'x.md' });
    expect(await of(sidecarOf(reading))).toEqual(reading.document);
  });
});

describe('the sidecar that inspect prints', () => {
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
    JSON.parse(readFileSync(new URL('../schemas/sidecar.schema.json', import.meta.url), 'utf8')) as object,
  );

  it.each(['x', 'founding'])('is valid, and changes nothing (%s)', async (which) => {
    const source =
      which === 'x'
        ? Buffer.from(text)
        : readFileSync(new URL('../input/nato-2007-12-07-final-communique.txt', import.meta.url));
    const reading = await read(source, { file: 'x.txt' });
    const sidecar = sidecarOf(reading);
    expect(validate(sidecar), JSON.stringify(validate.errors)).toBe(true);
    const again = await read(source, {
      file: 'x.txt',
      sidecar: { file: 'x.engross.json', text: JSON.stringify(sidecar) },
    });
    expect(again.document).toEqual(reading.document);
  });
});
