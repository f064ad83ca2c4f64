/** House templates: what is taken of them, and what is refused. */
import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Document } from '../src/document.js';
import { build, thisWorld } from '../src/build.js';
import { render } from '../src/index.js';
import { Refusal } from '../src/report.js';
import { docxOf, printedIn, withBody, xmlPartsOf } from './docx-context.js';
import { dotx, head, ministry, pixel, placeOf, relation, relations, w } from './docx-house.js';
import { all, child, elements, part, textIn, val, type XmlElement } from './docx-reading.js';
import { communique, folder } from './engross.js';
import { paragraph, sample } from './sample.js';

async function partsIn(house: Uint8Array, document: Document = sample) {
  const bytes = await docxOf(document, { house });
  return { files: unzipSync(bytes), parts: xmlPartsOf(bytes) };
}

const stylesIn = (root: XmlElement) =>
  new Map([...all(root, 'w:style')].map((style) => [style.attributes['w:styleId'] ?? '', style]));

describe('a house template', () => {
  it('gives its styles, known by their names; those of ours that it lacks are added', async () => {
    const { parts } = await partsIn(dotx());
    const styles = stylesIn(part(parts, 'word/styles.xml'));
    expect(styles.size).toBe([...all(part(parts, 'word/styles.xml'), 'w:style')].length);
    expect(child(child(styles.get('berschrift1'), 'w:rPr'), 'w:smallCaps')).toBeDefined();
    expect(styles.has('Heading1')).toBe(false);
    expect(val(child(styles.get('Heading2'), 'w:basedOn'))).toBe('Standard');
    expect(val(child(styles.get('Subparagraph1'), 'w:basedOn'))).toBe('Textkoerper');
    expect(val(child(styles.get('TOCHeading'), 'w:basedOn'))).toBe('berschrift1');
    // Neither an id nor a name may stand twice.
    expect(val(child(styles.get('Place'), 'w:name'))).toBe('Ort und Tag');
    expect(val(child(styles.get('PlaceEngross'), 'w:name'))).toBe('Place');
    expect(val(child(styles.get('NumberedRecital'), 'w:name'))).toBe('Numbered Recital (Engross)');
    const names = [...styles.values()].map((style) => val(child(style, 'w:name'))?.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    const uses = ['w:pStyle', 'w:rStyle', 'w:tblStyle', 'w:basedOn', 'w:next'];
    for (const [name, xml] of parts)
      if (name.endsWith('.xml'))
        for (const one of all(xml))
          if (uses.includes(one.name))
            expect(styles.has(val(one) ?? ''), `${name} ${val(one) ?? ''}`).toBe(true);
  });

  it('gives its page, its heads and feet with their pictures, its theme and fonts', async () => {
    const { files, parts } = await partsIn(dotx());
    const [section] = [...all(part(parts, 'word/document.xml'), 'w:sectPr')];
    if (!section) throw new Error('a section is expected');
    expect(
      elements(section).map(({ name, attributes }) => [name, attributes['w:type'] ?? attributes['w:w']]),
    ).toEqual([
      ['w:headerReference', 'default'],
      ['w:headerReference', 'first'],
      ['w:footerReference', 'default'],
      ['w:pgSz', '10000'],
      ['w:pgMar', undefined],
      ['w:titlePg', undefined],
      ['w:docGrid', undefined],
    ]);
    expect(textIn(part(parts, 'word/header1.xml'))).toBe(
      'Declaration on the Harbours of the Northern Coast – HNC/2011/3, 9 May 2011',
    );
    const crest = part(parts, 'word/header2.xml');
    expect([...all(crest, 'wp:docPr')][0]?.attributes['descr']).toBe('The crest of the ministry');
    const [image] = [...all(part(parts, 'word/_rels/header2.xml.rels'), 'Relationship')];
    expect(image?.attributes).toMatchObject({ Id: 'rId7', Target: 'media/image1.png' });
    expect([...all(crest, 'a:blip')][0]?.attributes['r:embed']).toBe('rId7');
    expect(files['word/media/image1.png']).toEqual(pixel);
    expect(strFromU8(files['[Content_Types].xml'] ?? new Uint8Array())).toContain('Extension="png"');
    expect([...all(part(parts, 'word/footer1.xml'), 'w:instrText')].map(({ children }) => children)).toEqual([
      [' PAGE '],
    ]);
    expect(part(parts, 'word/theme/theme1.xml').attributes['name']).toBe('Ministry');
    const [font] = [...all(part(parts, 'word/fontTable.xml'), 'w:font')];
    expect(font && elements(font).map(({ name }) => name)).toEqual(['w:charset', 'w:family']);
    // Tables are as wide as its text: 10,000 less margins of 1,000 and 1,500.
    const [table] = [...all(part(parts, 'word/document.xml'), 'w:tblW')];
    expect(Number(table?.attributes['w:w'])).toBeGreaterThan(7400);
    expect(Number(table?.attributes['w:w'])).toBeLessThanOrEqual(7500);
  });

  it('gives what its settings say of the page, and nothing that asks, protects or counts notes', async () => {
    const { parts } = await partsIn(dotx());
    const settings = elements(part(parts, 'word/settings.xml'));
    expect(settings.map(({ name }) => name)).toEqual([
      'w:zoom',
      'w:mirrorMargins',
      'w:defaultTabStop',
      'w:autoHyphenation',
      'w:footnotePr',
      'w:compat',
      'w:themeFontLang',
      'w:decimalSymbol',
    ]);
    expect(
      settings
        .filter(({ name }) => name === 'w:footnotePr')
        .flatMap(elements)
        .map(({ name }) => name),
    ).toEqual(['w:footnote', 'w:footnote']);
  });

  it('changes no word, label or language of the document', async () => {
    const { parts } = await partsIn(dotx());
    const plain = xmlPartsOf(await docxOf(sample));
    const lines = (from: typeof parts) =>
      printedIn(from).body.map(({ number, bullet, text, calls }) => [number, bullet, text, calls]);
    expect(lines(parts)).toEqual(lines(plain));
    const styles = part(parts, 'word/styles.xml');
    expect([...all(styles, 'w:lang')].map((one) => one.attributes)).toEqual([{ 'w:val': 'en-GB' }]);
    // No numbers but those of the bullets, which are the document's.
    const numbered = [...stylesIn(styles)].filter(([, style]) => [...all(style, 'w:numPr')].length > 0);
    expect(numbered.map(([id]) => id).toSorted()).toEqual([
      'Aufzhlungszeichen',
      'ListBullet2',
      'ListBullet3',
      'ListBullet4',
      'ListBullet5',
    ]);
    expect(val([...all(stylesIn(styles).get('Aufzhlungszeichen') ?? styles, 'w:numId')][0])).toBe('1');
    for (const name of ['word/header1.xml', 'word/footer1.xml'])
      for (const one of all(part(parts, name))) expect(one.name).not.toMatch(/^w:(numPr|bookmark)/);
  });

  it('indents numbers as its styles do', async () => {
    const { parts } = await partsIn(dotx());
    const level = (wanted: string) =>
      [...all(part(parts, 'word/numbering.xml'), 'w:lvl')].find(
        (one) => val(child(one, 'w:lvlText')) === wanted && !child(one, 'w:suff'),
      );
    const indent = (one: XmlElement | undefined) => one && [...all(one, 'w:ind')][0]?.attributes;
    // Its heading 1 has no indent of its own; ours is none.
    const heading = [...all(part(parts, 'word/numbering.xml'), 'w:lvl')].find((one) => child(one, 'w:suff'));
    expect(indent(heading)).toEqual({ 'w:left': '0', 'w:hanging': '0' });
    // By way of Body Text, on which its Numbered Paragraph is based.
    expect(indent(level('%1.'))).toEqual({ 'w:left': '850', 'w:hanging': '850' });
    expect(indent(level('•'))).toEqual({ 'w:left': '999', 'w:hanging': '333' });
  });

  it('turns with the language of the document', async () => {
    const { parts } = await partsIn(dotx(), { ...sample, language: 'ar' });
    const normal = stylesIn(part(parts, 'word/styles.xml')).get('Standard');
    expect(child(child(normal, 'w:pPr'), 'w:bidi')).toBeDefined();
    expect(
      [...all(part(parts, 'word/styles.xml'), 'w:rPrDefault')]
        .flatMap((one) => [...all(one, 'w:lang')])
        .map((one) => one.attributes),
    ).toEqual([{ 'w:bidi': 'ar-SA' }]);
  });

  it('may have neither heads nor settings nor theme; what it leaves open of the page is the template’s', async () => {
    const bare = dotx({
      'word/document.xml': `<w:document ${w}><w:body><w:p/></w:body></w:document>`,
      'word/_rels/document.xml.rels': relations(relation('rId1', 'styles', 'styles.xml')),
      'word/settings.xml': null,
    });
    const { parts } = await partsIn(bare);
    expect([...parts.keys()].filter((name) => /header|footer|theme|fontTable/.test(name))).toEqual([]);
    expect(elements(part(parts, 'word/settings.xml')).map(({ name }) => name)).toEqual([
      'w:footnotePr',
      'w:compat',
    ]);
    const [size] = [...all(part(parts, 'word/document.xml'), 'w:pgSz')];
    expect(size?.attributes['w:w']).toBe('11906');
  });

  it('inherits heads from the section before, and skips what a tracked change remembers', async () => {
    const body = String(ministry['word/document.xml'])
      .replace(
        '<w:p><w:r>',
        '<w:p><w:pPr><w:sectPr><w:headerReference w:type="even" r:id="rId4"/></w:sectPr></w:pPr><w:r>',
      )
      .replace(
        '</w:sectPr></w:body>',
        '<w:sectPrChange w:id="3" w:author="X"><w:sectPr><w:pgSz w:w="5000" w:h="5000"/></w:sectPr></w:sectPrChange></w:sectPr></w:body>',
      );
    const { parts } = await partsIn(dotx({ 'word/document.xml': body }));
    const section = [...all(part(parts, 'word/document.xml'), 'w:sectPr')];
    expect(section.flatMap(elements).map(({ attributes }) => attributes['w:type'] ?? '')).toContain('even');
    expect([...all(part(parts, 'word/document.xml'), 'w:pgSz')].map((one) => one.attributes['w:w'])).toEqual([
      '10000',
    ]);
  });

  it('gives the same bytes each time', async () => {
    const house = dotx();
    const first = await docxOf(sample, { house });
    await docxOf(withBody([paragraph('p_1', null, 'plain', 'Other words.')]), { house });
    expect(Buffer.compare(await docxOf(sample, { house }), first)).toBe(0);
  });

  it('is a part of what the manifest says that the editions are made of; refused, it costs no other edition', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'a.txt'), communique);
    writeFileSync(join(cwd, 'ours.json'), JSON.stringify({ docx: { house: 'ministry.dotx' } }));
    const built = async (house: Uint8Array) => {
      writeFileSync(join(cwd, 'ministry.dotx'), house);
      const order = { inputs: [join(cwd, 'a.txt')], out: join(cwd, 'out'), editions: ['json', 'docx'] };
      return build({ ...order, template: join(cwd, 'ours.json') }, thisWorld());
    };
    const basis = () =>
      (JSON.parse(readFileSync(join(cwd, 'out/a/manifest.json'), 'utf8')) as { template: { sha256: string } })
        .template.sha256;
    await built(dotx());
    const before = basis();
    await built(dotx({ 'word/media/crest.png': Uint8Array.from([...pixel, 0]) }));
    expect(basis()).not.toBe(before);
    const { documents } = await built(dotx({ 'word/vbaProject.bin': 'x' }));
    expect(documents.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).toContain(
      'house-template-refused',
    );
    expect(
      documents.flatMap(({ files }) => files.map(({ path, state }) => [path.replace(/^.*\./, ''), state])),
    ).toContainEqual(['json', 'unchanged']);
  });

  it('is found beside the template that names it, and its absence is told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'engross-house-'));
    try {
      const template = join(folder, 'ours.json');
      writeFileSync(template, JSON.stringify({ extends: 'default', docx: { house: 'ministry.dotx' } }));
      const made = () => render(sample, ['docx'], { template });
      await expect(made()).rejects.toThrow(/asset-missing.*ministry\.dotx/);
      writeFileSync(join(folder, 'ministry.dotx'), dotx());
      expect(Buffer.from((await made()).get('sample.docx') ?? []).includes('word/header2.xml')).toBe(true);
      writeFileSync(template, JSON.stringify({ docx: { house: 'ministry.docm' } }));
      await expect(made()).rejects.toThrow(/template-invalid.*docx\.house.*\.docx or \.dotx/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Bytes with a part of them overwritten. */
function spoilt(bytes: Uint8Array, at: number, over: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy.set(over, at);
  return copy;
}

const directoryEntry = [0x50, 0x4b, 0x01, 0x02];
const renamed = (from: string, to: string) => {
  const bytes = Uint8Array.from(dotx({ [from]: 'x' }));
  const [old, name] = [strToU8(from), strToU8(to)];
  if (old.length !== name.length) throw new Error('names of one length are wanted');
  for (let at = 0; at <= bytes.length - old.length; at++)
    if (old.every((byte, index) => bytes[at + index] === byte)) bytes.set(name, at);
  return bytes;
};

const rels = String(ministry['word/_rels/document.xml.rels']);
const external = relations(
  relation('rId7', 'image', 'https://example.org/crest.png', ' TargetMode="External"'),
);
const fieldHead = (code: string) =>
  head(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>${code}<w:r><w:fldChar w:fldCharType="end"/></w:r>`);
const instr = (code: string) => `<w:r><w:instrText xml:space="preserve">${code}</w:instrText></w:r>`;

describe('is refused for', () => {
  it.each<[string, () => Uint8Array, RegExp]>([
    ['macros', () => dotx({ 'word/vbaProject.bin': 'x' }), /holds macros \(“word\/vbaProject\.bin”\)/],
    ['data of macros', () => dotx({ 'word/vbaData.xml': '<x/>' }), /holds macros/],
    ['controls', () => dotx({ 'word/activeX/activeX1.bin': 'x' }), /holds macros/],
    [
      'a macro-enabled type',
      () =>
        dotx({
          '[Content_Types].xml': String(ministry['[Content_Types].xml']).replace(
            /[^"]*template\.main\+xml/,
            'application/vnd.ms-word.template.macroEnabledTemplate.main+xml',
          ),
        }),
      /holds macros/,
    ],
    [
      'a picture elsewhere',
      () => dotx({ 'word/_rels/header8.xml.rels': external }),
      /points outside itself: word\/_rels\/header8\.xml\.rels leads to “https:\/\/example\.org\/crest\.png”/,
    ],
    [
      'a template elsewhere',
      () =>
        dotx({
          'word/_rels/settings.xml.rels': relations(
            relation('rId1', 'attachedTemplate', 'file:///C:/x.dotm', ' TargetMode="External"'),
          ),
        }),
      /points outside itself.*settings/,
    ],
    [
      'a link in its own words',
      () =>
        dotx({
          'word/_rels/document.xml.rels': rels.replace(
            '</R',
            `${relation('rId99', 'hyperlink', 'https://example.org', ' TargetMode="External"')}</R`,
          ),
        }),
      /points outside itself/,
    ],
    [
      'a DTD',
      () =>
        dotx({ 'word/styles.xml': `<!DOCTYPE x [<!ENTITY a "b">]>${String(ministry['word/styles.xml'])}` }),
      /“word\/styles\.xml”, which has a DTD/,
    ],
    [
      'a DTD in a part that is not taken',
      () =>
        dotx({
          'customXml/item1.xml': Uint8Array.from([
            0xff,
            0xfe,
            ...Array.from('<!DOCTYPE x>', (c) => [c.charCodeAt(0), 0]).flat(),
          ]),
        }),
      /has a DTD/,
    ],
    [
      'an entry over 10 MB',
      () =>
        dotx({
          'word/media/big.png': Uint8Array.from(
            { length: 10 * 1024 * 1024 + 1 },
            (_, i) => (i * 2654435761) >>> 24,
          ),
        }),
      /larger than 10 MB/,
    ],
    [
      'an entry compressed more than 100 : 1',
      () => dotx({ 'word/media/flat.png': new Uint8Array(1_000_000) }),
      /“word\/media\/flat\.png”, which is compressed more than 100 : 1/,
    ],
    [
      'an entry that is larger than it says',
      () => {
        const bytes = dotx({
          'word/styles.xml': `${String(ministry['word/styles.xml'])}${' '.repeat(3000)}`,
        });
        let at = 0;
        while (!strFromU8(bytes.subarray(at + 46, at + 61)).startsWith('word/styles.xml'))
          at = placeOf(bytes, directoryEntry, at + 1);
        return spoilt(bytes, at + 24, [100, 0, 0, 0]);
      },
      /larger than it says/,
    ],
    [
      'more than 50 MB in all',
      () => {
        const noise = Uint8Array.from({ length: 9_000_000 }, (_, i) =>
          i % 97 === 0 ? (i * 2654435761) >>> 24 : 7,
        );
        return dotx(Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`word/media/${n}.png`, noise])));
      },
      /more than 50 MB/,
    ],
    [
      'more entries than 1,000',
      () => dotx(Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`x/${n}`, 'x']))),
      /has 10\d\d entries/,
    ],
    [
      'two entries of one name',
      () => renamed('word/stylez.xml', 'word/styles.xml'),
      /two entries named “word\/styles\.xml”/,
    ],
    ['names that differ in case alone', () => dotx({ 'word/STYLES.xml': 'x' }), /two entries named/],
    [
      'an absolute name',
      () => renamed('word/abs', '/etc/abs'),
      /named “\/etc\/abs”: a name must be a plain path/,
    ],
    ['a drive', () => renamed('word/abs', 'C:/d/abs'), /plain path/],
    ['a name that leads up', () => renamed('word/xx/abs', 'word/../abs'), /named “word\/\.\.\/abs”/],
    ['a name with a backslash', () => renamed('word/xx/abs', 'word\\..\\abs'), /plain path/],
    [
      'another name in its own header',
      () => spoilt(dotx(), placeOf(dotx(), Array.from(strToU8('word/styles.xml'))), [0x57]),
      /two names/,
    ],
    ['encryption', () => spoilt(dotx(), placeOf(dotx(), directoryEntry) + 8, [1]), /is encrypted/],
    [
      'entries that share their bytes',
      () => {
        const bytes = dotx();
        const first = placeOf(bytes, directoryEntry);
        const second = placeOf(bytes, directoryEntry, first + 1);
        return spoilt(bytes, second + 42, Array.from(bytes.subarray(first + 42, first + 46)));
      },
      /is damaged/,
    ],
    [
      'damage',
      () => {
        const bytes = dotx();
        return spoilt(bytes, placeOf(bytes, Array.from(strToU8('word/styles.xml'))) + 40, [0, 1, 2, 3, 4]);
      },
      /is damaged/,
    ],
    ['a cut', () => dotx().subarray(0, 3000), /is not a \.docx or \.dotx file/],
    ['being no ZIP', () => strToU8('PK? no.'), /is not a \.docx or \.dotx file/],
    ['being another ZIP', () => zipSync({ 'a.txt': strToU8('a') }), /is not a \.docx or \.dotx file/],
    ['being a spreadsheet', () => dotx({ 'word/document.xml': '<workbook/>' }), /is not a Word document/],
    ['no styles', () => dotx({ 'word/styles.xml': null }), /has no styles/],
    [
      'XML that is broken',
      () => dotx({ 'word/styles.xml': `<w:styles ${w}><w:style></w:styles>` }),
      /“word\/styles\.xml” is no well-formed XML/,
    ],
    [
      'XML that nests without end',
      () =>
        dotx({
          'word/styles.xml': `<w:styles ${w}>${'<w:x>'.repeat(300)}${'</w:x>'.repeat(300)}</w:styles>`,
        }),
      /nested more than/,
    ],
    [
      'Strict Open XML',
      () =>
        dotx({ 'word/styles.xml': '<w:styles xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>' }),
      /Strict Open XML/,
    ],
    [
      'other prefixes',
      () => dotx({ 'word/styles.xml': String(ministry['word/styles.xml']).replace('xmlns:w=', 'xmlns:x=') }),
      /names its elements otherwise/,
    ],
    [
      'a picture that is not there',
      () => dotx({ 'word/media/crest.png': null }),
      /“word\/media\/crest\.png”, which is not there/,
    ],
    [
      'a picture that is none',
      () =>
        dotx({
          'word/_rels/header8.xml.rels': relations(relation('rId7', 'image', 'media/crest.exe')),
          'word/media/crest.exe': 'x',
        }),
      /pictures are bmp/,
    ],
    [
      'a picture with a program',
      () =>
        dotx({
          'word/_rels/header8.xml.rels': relations(relation('rId7', 'image', 'media/crest.svg')),
          'word/media/crest.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        }),
      /holds a program/,
    ],
    [
      'an object of another program',
      () =>
        dotx({ 'word/_rels/header8.xml.rels': relations(relation('rId7', 'oleObject', 'media/crest.png')) }),
      /what is no picture/,
    ],
    [
      'a field that reads a file',
      () => dotx({ 'word/header7.xml': fieldHead(instr(' INCLUDETEXT "C:\\\\x.docx" ')) }),
      /a INCLUDETEXT field/,
    ],
    [
      'a field that starts a program, cut in two',
      () => dotx({ 'word/header7.xml': fieldHead(instr(' DDE') + instr('AUTO c:\\\\x ')) }),
      /a DDEAUTO field/,
    ],
    [
      'a short field that does',
      () => dotx({ 'word/header7.xml': head('<w:fldSimple w:instr="MACROBUTTON x"/>') }),
      /a MACROBUTTON field/,
    ],
    [
      'a picture by its address',
      () =>
        dotx({
          'word/header7.xml': head(
            '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="https://example.org/x.png"/></v:shape></w:pict></w:r>',
          ),
        }),
      /points outside itself/,
    ],
  ])('%s', async (_, house, message) => {
    const refused = await docxOf(sample, { house: house() }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(Refusal);
    const [diagnostic] = (refused as Refusal).diagnostics;
    expect(diagnostic?.code).toBe('house-template-refused');
    expect(diagnostic?.message).toMatch(/^The house template “house\.dotx” /);
    expect(diagnostic?.message).toMatch(message);
    expect(diagnostic?.cure).toMatch(/\S/);
  });

  it('nothing, where a byte of it is spoilt: it is taken or refused, and nothing else', async () => {
    const bytes = dotx();
    for (let at = 0; at < bytes.length; at += 37) {
      const outcome = await docxOf(sample, { house: spoilt(bytes, at, [(bytes[at] ?? 0) ^ 0x55]) }).then(
        () => 'taken',
        (error: unknown) => (error instanceof Refusal ? 'refused' : error),
      );
      expect(['taken', 'refused']).toContain(outcome);
    }
  });
});
