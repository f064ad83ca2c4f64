/** What the DOCX edition is as a file: its parts, styles, pins, properties, heads and feet, and the same bytes always. */
import { readFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { textNodes, type Document } from '../src/document.js';
import { bookmarkName } from '../src/editions/docx/pins.js';
import { stylesOf as stylesFor } from '../src/editions/docx/styles.js';
import { archiveOf, entryOf } from '../src/editions/docx/zip.js';
import type { Template } from '../src/template.js';
import { docxOf, docxParts, note, standard, withBody } from './docx-context.js';
import { all, child, elements, part, textIn, val, type Parts, type XmlElement } from './docx-reading.js';
import { paragraph, sample } from './sample.js';

const texts = (parts: Parts): XmlElement[] =>
  [...parts]
    .filter(([name]) => /^word\/(document|footnotes|header\d|footer\d)\.xml$/.test(name))
    .map(([, xml]) => xml);

describe('the package', () => {
  it('holds just the parts that are needed, in a fixed order', async () => {
    expect([...(await docxParts(sample)).keys()]).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'docProps/core.xml',
      'word/document.xml',
      'word/_rels/document.xml.rels',
      'word/styles.xml',
      'word/numbering.xml',
      'word/settings.xml',
      'word/footnotes.xml',
      'word/header1.xml',
      'word/footer1.xml',
    ]);
  });

  it('names the type of every part, and relates to parts that are there', async () => {
    const parts = await docxParts(sample);
    const types = part(parts, '[Content_Types].xml');
    const typed = [...all(types, 'Override')].map((one) => one.attributes['PartName']?.slice(1));
    const content = [...parts.keys()].filter((name) => !name.endsWith('.rels') && !name.startsWith('['));
    expect(typed.toSorted()).toEqual(content.toSorted());
    const targets = ['_rels/.rels', 'word/_rels/document.xml.rels'].flatMap((name) =>
      [...all(part(parts, name), 'Relationship')].map(
        (one) => (name.startsWith('word') ? 'word/' : '') + (one.attributes['Target'] ?? ''),
      ),
    );
    expect(targets.toSorted()).toEqual(content.toSorted());
    const ids = [...all(part(parts, 'word/_rels/document.xml.rels'), 'Relationship')].map(
      (one) => one.attributes['Id'],
    );
    for (const element of all(part(parts, 'word/document.xml')))
      if (element.attributes['r:id'] !== undefined) expect(ids).toContain(element.attributes['r:id']);
  });

  it('bears the times of 1980 in its ZIP entries', async () => {
    const bytes = await docxOf(sample);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let entries = 0;
    for (let at = 0; at < bytes.length - 16; at++)
      if (view.getUint32(at, true) === 0x04034b50) {
        expect([view.getUint16(at + 10, true), view.getUint16(at + 12, true)]).toEqual([0, 0x21]);
        entries++;
      }
    expect(entries).toBe(Object.keys(unzipSync(bytes)).length);
  });
});

describe('the archive', () => {
  // The check value of the CRC's catalogue.
  it('has checksums that other programs know', () => {
    expect(entryOf('nine.txt', strToU8('123456789')).checksum).toBe(0xcbf43926);
    expect(entryOf('empty.txt', new Uint8Array()).checksum).toBe(0);
  });

  it('gives its entries back, none of them or many', () => {
    expect(unzipSync(archiveOf([]))).toEqual({});
    const files = Array.from({ length: 300 }, (_, index) => [`word/${index}.xml`, `${index} `.repeat(index)]);
    const archive = archiveOf(files.map(([name = '', words = '']) => entryOf(name, strToU8(words))));
    const read = unzipSync(archive);
    expect(Object.entries(read).map(([name, bytes]) => [name, strFromU8(bytes)])).toEqual(files);
  });

  it('holds a part of many documents as it is in each of them', async () => {
    const first = await docxOf(sample);
    await docxOf(sample, { template: { ...standard, docx: { ...standard.docx, face: 'Georgia' } } });
    expect(Buffer.compare(await docxOf(sample), first)).toBe(0);
  });
});

describe('the bytes', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    vi.useRealTimers();
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it('are the same whatever was built before, whenever and wherever', async () => {
    const first = await docxOf(sample);
    await docxOf(withBody([paragraph('p_1', '1.', 'numbered', 'Other words.')]));
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu']) {
      process.env['TZ'] = timeZone;
      vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-03-04T05:06:07Z') });
      expect(Buffer.compare(await docxOf(sample), first)).toBe(0);
      vi.useRealTimers();
    }
  });

  it('differ where the document, the template or the version does', async () => {
    const first = await docxOf(sample);
    const others = [
      await docxOf({ ...sample, title: 'Another' }),
      await docxOf(sample, { template: { ...standard, docx: { ...standard.docx, face: 'Georgia' } } }),
      await docxOf(sample, { version: '9.9.9' }),
    ];
    for (const other of others) expect(Buffer.compare(other, first)).not.toBe(0);
  });
});

/** The ids of the styles that Word does not have of itself. */
const ourOwn =
  /^(Numbered|Preamb|Operat|Subpara|Document[NT]|Place|Annex|FootnoteReferenceB|Footnote[CS]|Uncalled|ParagraphN|Table[HT]|SignatureT|After)/;

describe('styles', () => {
  const stylesOf = (parts: Parts) =>
    new Map(
      [...all(part(parts, 'word/styles.xml'), 'w:style')].map((style) => [
        style.attributes['w:styleId'],
        style,
      ]),
    );

  it('are all defined, once, with the type that they are used as', async () => {
    const parts = await docxParts(sample);
    const styles = stylesOf(parts);
    expect(styles.size).toBe([...all(part(parts, 'word/styles.xml'), 'w:style')].length);
    const names = [...styles.values()].map((style) => val(child(style, 'w:name'))?.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    const uses = { 'w:pStyle': 'paragraph', 'w:rStyle': 'character', 'w:tblStyle': 'table' } as const;
    let used = 0;
    for (const xml of [...texts(parts), part(parts, 'word/numbering.xml')])
      for (const [element, type] of Object.entries(uses))
        for (const use of all(xml, element)) {
          expect([val(use), styles.get(val(use))?.attributes['w:type']]).toEqual([val(use), type]);
          used++;
        }
    expect(used).toBeGreaterThan(50);
    for (const style of styles.values())
      for (const relation of ['w:basedOn', 'w:next'])
        if (val(child(style, relation)) !== undefined)
          expect(styles.has(val(child(style, relation)))).toBe(true);
  });

  it('say all that is said about the look', async () => {
    const parts = await docxParts(sample);
    const allowed = [
      'w:pStyle',
      'w:keepNext',
      'w:pageBreakBefore',
      'w:numPr',
      'w:bidi',
      'w:rPr',
      'w:rStyle',
      'w:rtl',
      'w:lang',
    ];
    for (const xml of texts(parts))
      for (const properties of [...all(xml, 'w:pPr'), ...all(xml, 'w:rPr')])
        for (const property of elements(properties)) expect(allowed).toContain(property.name);
    for (const xml of texts(parts))
      for (const one of all(xml, 'w:p')) expect(child(child(one, 'w:pPr'), 'w:pStyle')).toBeDefined();
  });

  it('are Word’s own by Word’s own names', async () => {
    const styles = stylesOf(await docxParts(sample));
    const names = new Map([...styles].map(([id, style]) => [id, val(child(style, 'w:name'))]));
    expect(Object.fromEntries(names)).toMatchObject({
      Normal: 'Normal',
      BodyText: 'Body Text',
      Title: 'Title',
      Subtitle: 'Subtitle',
      Date: 'Date',
      Heading1: 'heading 1',
      Heading3: 'heading 3',
      FootnoteText: 'footnote text',
      FootnoteReference: 'footnote reference',
      ListBullet: 'List Bullet',
      ListBullet2: 'List Bullet 2',
      Header: 'header',
      Footer: 'footer',
      Hyperlink: 'Hyperlink',
      Signature: 'Signature',
      NumberedParagraph: 'Numbered Paragraph',
      Subparagraph1: 'Sub-paragraph 1',
    });
    for (const [id, style] of styles) {
      if (id === undefined) throw new Error('a style without an id');
      const own = style.attributes['w:customStyle'] === '1';
      expect([id, own]).toEqual([id, ourOwn.test(id)]);
    }
  });

  it('stand in docs/word.md, every one, with what they are for', () => {
    const rows = [
      ...readFileSync('docs/word.md', 'utf8').matchAll(
        /^\| ([^|]+?) +\| (paragraph|character|table) +\| (yes|) +\| ([^|]+?) +\|$/gm,
      ),
    ];
    expect(rows.map(([, name, type, own]) => [name, type, own === 'yes'])).toEqual(
      stylesFor(standard, 'en').map(({ name, type, custom }) => [name, type, custom !== true]),
    );
    const purposes = rows.map(([, , , , purpose]) => purpose);
    expect(new Set(purposes).size).toBe(purposes.length);
  });

  it('follow the template', async () => {
    const template: Template = {
      ...standard,
      page: { ...standard.page, size: 'LETTER', margins: { top: 72, right: 54, bottom: 90, left: 36 } },
      paragraph: { ...standard.paragraph, align: 'left', hyphenate: false, indent: 30 },
      colours: { ...standard.colours, heading: '#aa5500' },
      sizes: { ...standard.sizes, body: 12.5 },
      docx: { ...standard.docx, face: 'Gill & Sons' },
    };
    const parts = await docxParts(sample, { template });
    const styles = stylesOf(parts);
    const of = (id: string, group: string, name: string) =>
      child(child(styles.get(id), group), name)?.attributes;
    const defaults = child(
      child(child(part(parts, 'word/styles.xml'), 'w:docDefaults'), 'w:rPrDefault'),
      'w:rPr',
    );
    expect(child(defaults, 'w:rFonts')?.attributes['w:ascii']).toBe('Gill & Sons');
    expect(val(child(defaults, 'w:sz'))).toBe('25');
    expect(of('BodyText', 'w:pPr', 'w:jc')).toBeUndefined();
    expect(of('NumberedParagraph', 'w:pPr', 'w:ind')).toEqual({ 'w:left': '600', 'w:hanging': '600' });
    expect(of('Heading1', 'w:rPr', 'w:color')).toEqual({ 'w:val': 'AA5500' });
    const section = [...all(part(parts, 'word/document.xml'), 'w:sectPr')][0];
    expect(child(section, 'w:pgSz')?.attributes).toMatchObject({ 'w:w': '12240', 'w:h': '15840' });
    const margins = { 'w:top': '1440', 'w:right': '1080', 'w:bottom': '1800', 'w:left': '720' };
    expect(child(section, 'w:pgMar')?.attributes).toMatchObject(margins);
    expect(child(part(parts, 'word/settings.xml'), 'w:autoHyphenation')).toBeUndefined();
    const usual = await docxParts(sample);
    expect(child(part(usual, 'word/settings.xml'), 'w:autoHyphenation')).toBeDefined();
    const bodyText = stylesOf(usual).get('BodyText');
    expect(val(child(child(bodyText, 'w:pPr'), 'w:jc'))).toBe('both');
    const [level] = [...all(part(parts, 'word/numbering.xml'), 'w:lvl')];
    expect([...all(level ?? part(parts, 'word/numbering.xml'), 'w:ind')][0]?.attributes).toEqual({
      'w:left': '600',
      'w:hanging': '600',
    });
  });
});

describe('the breaking of lines and pages', () => {
  it('is that of a careful setter: no widows, no heading at a page’s foot, no row cut in two', async () => {
    const parts = await docxParts(sample, {
      template: { ...standard, page: { ...standard.page, lineNumbers: 5 } },
    });
    const having = (wanted: string) =>
      [...all(part(parts, 'word/styles.xml'), 'w:style')].flatMap((style) =>
        child(child(style, 'w:pPr'), wanted) ? [style.attributes['w:styleId']] : [],
      );
    // All others are based on Normal.
    expect(having('w:widowControl')).toEqual(['Normal']);
    const headings = [1, 2, 3, 4, 5, 6].map((level) => `Heading${level}`);
    for (const wanted of ['w:keepNext', 'w:keepLines'])
      expect(having(wanted)).toEqual(expect.arrayContaining(['Title', 'Subtitle', 'Date', ...headings]));
    expect(having('w:suppressAutoHyphens')).toEqual(expect.arrayContaining(['Title', ...headings, 'TOC1']));
    const rows = [...all(part(parts, 'word/document.xml'), 'w:trPr')];
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(child(row, 'w:cantSplit')).toBeDefined();
    const settings = part(parts, 'word/settings.xml');
    expect(elements(settings).map((one) => [one.name, val(one)])).toEqual(
      expect.arrayContaining([
        ['w:autoHyphenation', undefined],
        ['w:consecutiveHyphenLimit', '3'],
        ['w:doNotHyphenateCaps', undefined],
      ]),
    );
    const [lines] = [...all(part(parts, 'word/document.xml'), 'w:lnNumType')];
    expect(lines?.attributes).toEqual({ 'w:countBy': '5', 'w:restart': 'newPage' });
  });
});

describe('pins', () => {
  it('are bookmarks: one for each eId, unique, closed, and short enough for Word', async () => {
    const long = 'att_1__sec_II__para_12__subpara_a__subpara_iv';
    const blocks = [...sample.mainBody, paragraph(long, null, 'plain', 'Far down.')];
    const document = { ...sample, mainBody: blocks };
    const parts = await docxParts(document);
    const starts = texts(parts).flatMap((xml) => [...all(xml, 'w:bookmarkStart')]);
    const ends = texts(parts).flatMap((xml) => [...all(xml, 'w:bookmarkEnd')]);
    const ids = starts.map((start) => start.attributes['w:id']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ends.map((end) => end.attributes['w:id']).toSorted()).toEqual(ids.toSorted());
    const names = starts.map((start) => start.attributes['w:name'] ?? '');
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_]{0,39}$/);
    const uncalled = document.footnotes.filter(({ eId }) => eId === 'ftn_4').map(({ eId }) => eId);
    const expected = [
      ...[...textNodes(document)].map(({ node }) => node.eId).filter((eId) => !uncalled.includes(eId)),
      'table_1',
      'signature_1',
      'att_1',
    ].map(bookmarkName);
    expect(names.filter((name) => !name.startsWith('_')).toSorted()).toEqual(expected.toSorted());
    // By sha256sum of the eId.
    expect(names).toContain('att_1__sec_II__para_12__subpara_d3c7fe2b');
  });
});

describe('properties', () => {
  const core = async (document: Document) =>
    Object.fromEntries(
      elements(part(await docxParts(document), 'docProps/core.xml')).map((one) => [
        one.name,
        one.children.join(''),
      ]),
    );

  it('say what the document is, with its own date and no user’s name', async () => {
    expect(await core({ ...sample, issuer: 'Ministers & Co.' })).toEqual({
      'dc:title': 'Declaration on the Harbours of the Northern Coast',
      'dc:subject': 'Adopted at the third meeting of ministers',
      'dc:creator': 'Ministers & Co.',
      'cp:keywords': 'declaration; HNC/2011/3; Tórshavn',
      'dc:description': `Made by Engross 1.2.3 from sample.txt, SHA-256 ${'0'.repeat(64)}`,
      'dc:language': 'en',
      'dc:identifier': 'HNC/2011/3',
      'cp:category': 'declaration',
      'cp:revision': '1',
      'dcterms:created': '2011-05-09T00:00:00Z',
      'dcterms:modified': '2011-05-09T00:00:00Z',
    });
  });

  it('are left out where there is nothing to say; an undated document bears the build’s date', async () => {
    const bare = {
      title: '',
      subtitle: null,
      date: null,
      documentType: null,
      symbol: null,
      place: null,
      language: 'und',
    };
    const properties = await core({ ...sample, ...bare });
    expect(properties['dc:title']).toBe('sample');
    expect(properties['dcterms:created']).toBe('2020-02-02T00:00:00Z');
    for (const name of [
      'dc:subject',
      'dc:creator',
      'cp:keywords',
      'dc:language',
      'dc:identifier',
      'cp:category',
    ])
      expect(properties).not.toHaveProperty(name);
  });
});

describe('heads and feet', () => {
  const fields = (xml: XmlElement) => [...all(xml, 'w:instrText')].map((one) => one.children.join('').trim());

  it('have the title, the date and fields for the pages, and the first page has no head', async () => {
    const parts = await docxParts(sample);
    expect(textIn(part(parts, 'word/header1.xml'))).toBe(
      'Declaration on the Harbours of the Northern Coast\t9 May 2011',
    );
    expect(textIn(part(parts, 'word/footer1.xml'))).toBe('page 1 of 1');
    expect(fields(part(parts, 'word/footer1.xml'))).toEqual(['PAGE', 'NUMPAGES']);
    const section = [...all(part(parts, 'word/document.xml'), 'w:sectPr')][0];
    expect(child(section, 'w:titlePg')?.attributes).toEqual({});
    const references = section ? elements(section).filter((one) => /Reference$/.test(one.name)) : [];
    expect(references.map((one) => [one.name, one.attributes['w:type'], one.attributes['r:id']])).toEqual([
      ['w:headerReference', 'default', 'header1'],
      ['w:footerReference', 'default', 'footer1'],
      ['w:footerReference', 'first', 'footer1'],
    ]);
  });

  it('speak the document’s language, and are as the template says', async () => {
    const running = { head: '', headRight: '{symbol}', foot: 'Foot {pages}!', firstPageHead: true };
    const parts = await docxParts({ ...sample, language: 'fr' }, { template: { ...standard, running } });
    expect(textIn(part(parts, 'word/header1.xml'))).toBe('\tHNC/2011/3');
    expect(textIn(part(parts, 'word/footer1.xml'))).toBe('Foot page 1 sur 1!');
    const none = await docxParts(sample, {
      template: { ...standard, running: { head: '', headRight: '', foot: '', firstPageHead: true } },
    });
    expect([...none.keys()].filter((name) => /header|footer/.test(name))).toEqual([]);
  });

  it('cut a long title at a word, and say so', async () => {
    const parts = await docxParts({ ...sample, title: 'Declaration on harbours '.repeat(20).trim() });
    expect(textIn(part(parts, 'word/header1.xml'))).toMatch(
      /^(Declaration on harbours )+(Declaration( on( harbours)?)?)?…\t9 May 2011$/,
    );
    expect(textIn(part(parts, 'word/header1.xml')).length).toBeLessThan(120);
  });
});

describe('languages', () => {
  it('are the document’s by style, and a passage’s by run', async () => {
    const foreign = { ...paragraph('p_2', null, 'plain', 'Fait à *Bruxelles*.'), language: 'fr' };
    const parts = await docxParts(withBody([paragraph('p_1', null, 'plain', 'Done.'), foreign]));
    const defaults = [...all(part(parts, 'word/styles.xml'), 'w:rPrDefault')][0];
    expect([...all(defaults ?? part(parts, 'word/styles.xml'), 'w:lang')][0]?.attributes).toEqual({
      'w:val': 'en-GB',
    });
    const [first, second] = [...all(part(parts, 'word/document.xml'), 'w:p')];
    if (!first || !second) throw new Error('two paragraphs are expected');
    expect([...all(first, 'w:lang')]).toEqual([]);
    expect([...all(second, 'w:lang')].map((one) => one.attributes)).toEqual([
      { 'w:val': 'fr-FR' },
      { 'w:val': 'fr-FR' },
      { 'w:val': 'fr-FR' },
    ]);
  });

  it('from right to left turn the page, the paragraphs, the runs and the tables', async () => {
    const table = sample.mainBody.filter((block) => block.type === 'table');
    const english = { ...paragraph('p_2', null, 'plain', 'Done.'), language: 'en' };
    const arabic = paragraph('p_1', '1.', 'numbered', 'نص [1>n_1] آخر');
    const document = withBody([arabic, english, ...table], {
      language: 'ar',
      footnotes: [note('n_1', '1', 'حاشية')],
    });
    const parts = await docxParts(document);
    const normal = [...all(part(parts, 'word/styles.xml'), 'w:style')].find(
      (style) => style.attributes['w:styleId'] === 'Normal',
    );
    expect(child(child(normal, 'w:pPr'), 'w:bidi')?.attributes).toEqual({});
    const body = part(parts, 'word/document.xml');
    const [first, second] = [...all(body, 'w:p')];
    if (!first || !second) throw new Error('paragraphs are expected');
    const runs = (xml: XmlElement) =>
      [...all(xml, 'w:r')].map((run) => child(child(run, 'w:rPr'), 'w:rtl') !== undefined);
    expect(runs(first)).toEqual([true, true, true]);
    expect(runs(second)).toEqual([false]);
    expect(val(child(child(second, 'w:pPr'), 'w:bidi'))).toBe('0');
    expect([...all(second, 'w:lang')][0]?.attributes).toEqual({ 'w:val': 'en-GB' });
    expect([...all(body, 'w:bidiVisual')]).toHaveLength(1);
    const [section] = [...all(body, 'w:sectPr')];
    const order = (section ? elements(section) : []).map(({ name }) => name);
    expect(order.slice(order.indexOf('w:titlePg'))).toEqual(['w:titlePg', 'w:bidi']);
    // A label would stand on the left of its place, not where its paragraph begins.
    expect([...all(part(parts, 'word/numbering.xml'), 'w:lvlJc')]).toEqual([]);
  });

  it('from right to left are told by their script, named or usual, as on the page of the PDF', async () => {
    const turned = async (language: string) =>
      [...all(part(await docxParts({ ...sample, language }), 'word/styles.xml'), 'w:bidi')].length > 0;
    const languages = ['ar', 'ps', 'yi', 'az-Arab', 'ar-Latn', 'en', 'und'];
    expect(await Promise.all(languages.map(turned))).toEqual([true, true, true, true, false, false, false]);
  });

  it('of East Asia have a face of their own', async () => {
    const parts = await docxParts(
      withBody([paragraph('p_1', '第一条', 'numbered', '人人生而自由')], { language: 'zh' }),
    );
    const [fonts] = [...all(part(parts, 'word/styles.xml'), 'w:rFonts')];
    expect(fonts?.attributes).toMatchObject({
      'w:ascii': 'Cambria',
      'w:eastAsia': 'SimSun',
      'w:hint': 'eastAsia',
    });
    expect([...all(part(parts, 'word/styles.xml'), 'w:lang')][0]?.attributes).toEqual({
      'w:eastAsia': 'zh-CN',
    });
  });
});

it('makes a file of a document with nothing in it', async () => {
  const parts = await docxParts(withBody([], { title: '', subtitle: null }));
  expect([...all(part(parts, 'word/document.xml'), 'w:sectPr')]).toHaveLength(1);
});

it('grows no faster than the document', async () => {
  const document = (count: number) =>
    withBody(
      Array.from({ length: count }, (_, index) =>
        paragraph(`p_${index}`, `${index * 2}.`, 'numbered', 'Words.'),
      ),
    );
  const time = async (count: number) => {
    const start = performance.now();
    await docxOf(document(count));
    return performance.now() - start;
  };
  await time(2000);
  const short = await time(2000);
  expect(await time(8000)).toBeLessThan(short * 4 * 2.3);
});
