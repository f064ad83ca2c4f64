/** What a reader of the file's structure finds: tags, links, pins, bookmarks, metadata (ISO 32000-1, 14289-1, 19005-2). */
import { beforeAll, describe, expect, it } from 'vitest';
import { textNodes, type Document } from '../src/document.js';
import { edition } from '../src/editions/pdf.js';
import { contextFor } from './pdf/context.js';
import { Name, type Dictionary, type Value } from './pdf/objects.js';
import { elementsIn, readBack, textIn, type ReadBack, type Tagged } from './pdf/reading.js';
import { stressDocument } from './pdf/stress.js';
import { sample } from './sample.js';

const marked: Document = {
  ...sample,
  title: 'Fish & <chips> in ]]> “Tórshavn”',
  issuer: 'A & B <ministers>',
};

async function read(document: Document): Promise<ReadBack> {
  const bytes = await edition.render(document, await contextFor());
  return readBack(bytes as Uint8Array);
}

let file: ReadBack;
let catalog: Dictionary = {};
let elements: Tagged[] = [];
beforeAll(async () => {
  file = await read(marked);
  catalog = file.objects.dictionary(file.objects.trailer['Root']);
  elements = [...elementsIn(file.root)];
});

const nameOf = (value: Value | undefined) => (value instanceof Name ? value.name : null);

/** The entries of a name tree. */
function names(tree: Value | undefined, { objects }: ReadBack): [string, Value][] {
  const node = objects.dictionary(tree);
  const own = objects.array(node['Names']);
  const below = objects.array(node['Kids']).flatMap((kid) => names(kid, { objects } as ReadBack));
  const pairs: [string, Value][] = [];
  for (let at = 0; at < own.length; at += 2) pairs.push([String(own[at]), own[at + 1] ?? null]);
  return [...pairs, ...below];
}

describe('tags', () => {
  it('make a tree of the kinds that a reader knows', () => {
    const tags = new Set(elements.map((one) => one.tag));
    for (const tag of 'Document H1 H2 P L LI Lbl LBody Note Reference Link Table TR TH TD Sect'.split(' '))
      expect(tags, tag).toContain(tag);
    expect(file.objects.dictionary(catalog['MarkInfo'])['Marked']).toBe(true);
    expect(catalog['Lang']).toBe('en');
  });

  it('have headings that begin with H1 and skip no level', async () => {
    for (const document of [marked, stressDocument(60, 20), { ...stressDocument(60, 20), preface: [] }]) {
      const { root } = await read(document);
      const levels = [...elementsIn(root)].flatMap((one) => /^H(\d)$/.exec(one.tag)?.[1] ?? []).map(Number);
      expect(levels[0]).toBe(1);
      for (const [index, level] of levels.entries())
        expect(level - (levels[index - 1] ?? level)).toBeLessThanOrEqual(1);
    }
  });

  it('give each list item its label and body, and each note an identifier of its own', () => {
    for (const one of elements.filter(({ tag }) => tag === 'LI'))
      expect(one.kids.map((kid) => (typeof kid === 'string' ? kid : kid.tag))).toEqual(['Lbl', 'LBody']);
    for (const one of elements.filter(({ tag }) => tag === 'L')) {
      expect(one.kids.every((kid) => typeof kid !== 'string' && kid.tag === 'LI')).toBe(true);
      expect(nameOf(one.attributes['ListNumbering'])).not.toBeNull();
    }
    const ids = elements.filter(({ tag }) => tag === 'Note').map((one) => one.id);
    expect(ids).toEqual(['ftn_1', 'ftn_2', 'ftn_3']);
    const tree = file.objects.dictionary(catalog['StructTreeRoot']);
    expect(names(tree['IDTree'], file).map(([name]) => name)).toEqual(['ftn_1', 'ftn_2', 'ftn_3']);
  });

  it('keep a paragraph that two pages share one P', async () => {
    const document = stressDocument(60, 20);
    const { root } = await read(document);
    const paragraphs = [...elementsIn(root)].filter((one) => one.tag === 'P').length;
    const called = document.footnotes.length;
    const own = [...textNodes(document)].filter(({ node }) => node.type === 'paragraph').length;
    expect(paragraphs).toBe(own + called);
  });

  it('name the language of what is in another', async () => {
    const [first, ...rest] = sample.mainBody;
    if (first?.type !== 'heading') throw new Error('the sample begins with a heading');
    const { root } = await read({ ...sample, mainBody: [{ ...first, language: 'fr' }, ...rest] });
    expect([...elementsIn(root)].filter((one) => one.language === 'fr').map((one) => one.tag)).toEqual([
      'H2',
    ]);
  });

  it('leave no text outside, and no head or foot inside', () => {
    expect(file.pages.map((page) => page.loose).join('')).toBe('');
    expect(file.pages.flatMap((page) => page.artifacts)).toEqual(
      expect.arrayContaining(['page 1 of 3', 'page 2 of 3', '9 May 2011']),
    );
    expect(textIn(file.root)).not.toContain('page 1 of 3');
  });

  it('lead from every piece of marked content back to its element', () => {
    const { objects } = file;
    const tree = objects.dictionary(objects.dictionary(catalog['StructTreeRoot'])['ParentTree']);
    const numbers = objects.array(tree['Nums']);
    const keys = numbers.filter((_, index) => index % 2 === 0);
    expect(keys).toEqual([...keys].sort((one, other) => Number(one) - Number(other)));
    for (const page of objects.array(objects.dictionary(catalog['Pages'])['Kids'])) {
      const key = objects.dictionary(page)['StructParents'];
      const owners = objects.array(numbers[keys.indexOf(key ?? null) * 2 + 1]);
      for (const owner of owners) expect(nameOf(objects.dictionary(owner)['S'])).not.toBeNull();
      expect(owners.length).toBeGreaterThan(3);
    }
  });
});

describe('a note that nothing calls', () => {
  it('is printed after all else where no paragraph of the text prints it, marker and words', async () => {
    const [note] = sample.footnotes;
    if (!note) throw new Error('the sample has notes');
    const stray = {
      ...note,
      eId: 'ftn_9',
      marker: '9',
      content: [{ type: 'text' as const, value: 'Never called.' }],
    };
    const { root } = await read({ ...sample, footnotes: [...sample.footnotes, stray] });
    const last = [...elementsIn(root)].filter((one) => one.tag === 'L').at(-1);
    expect(textIn(last ?? root)).toBe('9 Never called.');
    expect(root.kids.at(-1)).toBe(last);
  });
});

describe('a table of contents', () => {
  const tablesOf = async (document: Document, contents: 'auto' | 'always' | 'never') => {
    const context = await contextFor();
    const template = { ...context.template, pdf: { ...context.template.pdf, contents } };
    const bytes = await edition.render(document, { ...context, template });
    const back = await readBack(bytes as Uint8Array);
    return { back, table: [...elementsIn(back.root)].find((one) => one.tag === 'TOC') };
  };

  it('lists the headings with their pages, each a link to its own', async () => {
    const { back, table } = await tablesOf(stressDocument(150, 40), 'auto');
    if (!table) throw new Error('there is no table');
    const below = [...elementsIn(table)];
    expect(textIn(below.find((one) => one.tag === 'Caption') ?? table)).toBe('Contents');
    const parents = below.filter((one) =>
      one.kids.some((kid) => typeof kid !== 'string' && kid.tag === 'TOCI'),
    );
    expect(new Set(parents.map((one) => one.tag))).toEqual(new Set(['TOC']));
    const entries = below
      .filter((one) => one.tag === 'Link')
      .map((link) => {
        const words = link.kids
          .filter((kid) => typeof kid === 'string')
          .join('')
          .trim();
        const number = link.kids.flatMap((kid) => (typeof kid === 'string' ? [] : textIn(kid))).join('');
        return { words, page: Number(number), targets: link.annotations.map((one) => one['Dest']) };
      });
    const plain = (text: string) =>
      text
        .replace(/\[\d+\]/g, '')
        .replaceAll('\u00ad', '')
        .trim();
    const headings = [...elementsIn(back.root)].filter((one) => /^H[23]$/.test(one.tag));
    expect(entries.map(({ words, page }) => ({ words, page }))).toEqual(
      headings.map((one) => ({ words: plain(textIn(one)), page: one.page })),
    );
    expect(new Set(entries.map(({ page }) => page)).size).toBeGreaterThan(5);
    const pins = names(
      back.objects.dictionary(back.objects.dictionary(back.objects.trailer['Root'])['Names'])['Dests'],
      back,
    );
    for (const { targets } of entries) {
      expect(targets).toHaveLength(1);
      expect(pins.map(([name]) => name)).toContain(targets[0]);
    }
  });

  it('names an annex before its title', async () => {
    const { table } = await tablesOf(sample, 'always');
    const labels = table ? [...elementsIn(table)].filter((one) => one.tag === 'Lbl') : [];
    expect(labels.map((one) => textIn(one).trim())).toEqual(['Annex I']);
  });

  it('stands only where it is worth its room, or is asked for', async () => {
    expect((await tablesOf(sample, 'auto')).table).toBeUndefined();
    expect((await tablesOf(sample, 'always')).table).toBeDefined();
    expect((await tablesOf(stressDocument(150, 40), 'never')).table).toBeUndefined();
    expect((await tablesOf(stressDocument(10, 40), 'auto')).table).toBeUndefined();
  });
});

describe('links', () => {
  it('have words, an element and a place to go', () => {
    const links = elements.filter((one) => one.tag === 'Link');
    expect(links.length).toBe(4 + 3);
    for (const link of links) {
      expect(link.annotations).toHaveLength(1);
      const annotation = link.annotations[0] ?? {};
      expect(annotation['Contents']).toMatch(/^(?:note \S+|Back to the text)$/);
      expect(annotation['F']).toBe(4);
      expect(typeof annotation['StructParent']).toBe('number');
      expect(file.objects.resolve(annotation['Dest'])).not.toBeNull();
    }
  });

  it('are made of addresses in the text', async () => {
    const [, , , last] = sample.mainBody;
    if (last?.type !== 'paragraph') throw new Error('the sample has paragraphs');
    const content = [
      { type: 'text' as const, value: 'See (https://example.org/a?b=1&c=é), or www.example.org.' },
    ];
    const { root, objects } = await read({ ...sample, mainBody: [{ ...last, content }], footnotes: [] });
    const targets = [...elementsIn(root)].flatMap((one) =>
      one.annotations.flatMap((annotation) => objects.dictionary(annotation['A'])['URI'] ?? []),
    );
    expect(targets).toEqual(['https://example.org/a?b=1&c=%C3%A9', 'https://www.example.org']);
  });
});

describe('navigation', () => {
  it('has a destination for every pin, in the order that readers search by', () => {
    const entries = names(file.objects.dictionary(catalog['Names'])['Dests'], file);
    const found = entries.map(([name]) => name);
    const pins = [...textNodes(marked)].map(({ node }) => node.eId).filter((eId) => eId !== 'ftn_4');
    for (const pin of [...pins, 'att_1', 'table_1', 'signature_1']) expect(found).toContain(pin);
    expect(found).toEqual([...found].sort((one, other) => (one < other ? -1 : 1)));
    for (const [name, value] of entries) expect(file.objects.array(value), name).toHaveLength(5);
  });

  it('finds each of ten thousand names through balanced branches', async () => {
    const document = stressDocument(400, 5);
    const big = await read(document);
    const root = big.objects.dictionary(big.objects.trailer['Root']);
    const tree = big.objects.dictionary(root['Names'])['Dests'];
    const find = (node: Dictionary, name: string): boolean => {
      const own = big.objects.array(node['Names']);
      if (own.length > 0) return own.includes(name);
      return big.objects.array(node['Kids']).some((kid) => {
        const branch = big.objects.dictionary(kid);
        const [from, to] = big.objects.array(branch['Limits']);
        return String(from) <= name && name <= String(to) && find(branch, name);
      });
    };
    for (const { node } of textNodes(document))
      expect(find(big.objects.dictionary(tree), node.eId), node.eId).toBe(true);
  });

  it('has bookmarks for the title, headings and numbered paragraphs, nested', () => {
    const { objects } = file;
    const titles = (node: Dictionary, depth: number): string[] => {
      const found: string[] = [];
      for (let item = node['First']; item !== undefined; item = objects.dictionary(item)['Next']) {
        const dictionary = objects.dictionary(item);
        found.push(`${'  '.repeat(depth)}${String(dictionary['Title'])}`, ...titles(dictionary, depth + 1));
      }
      return found;
    };
    expect(titles(objects.dictionary(catalog['Outlines']), 0)).toEqual([
      'Declaration on the Harbours of the Northern Coast',
      '  I. Access to harbours',
      '    1. We agree that every harbour -- large or…',
      '    Dues and charges',
      '      2. Decides that dues of 1 000 kr. a…',
      '      4. We note, once more:',
      '      15 bis. =1+1 is no formula here. # Nor is…',
      'Annex I Timetable of the harbour works',
      '  1. The survey ends in May.',
      '  2. Dredging begins thereafter.',
    ]);
  });
});

describe('metadata', () => {
  it('say the same in Info and XMP, escaped', () => {
    const info = file.objects.dictionary(file.objects.trailer['Info']);
    const text = (key: string) => file.objects.resolve(info[key]);
    expect(text('Title')).toBe(marked.title);
    expect(text('Author')).toBe('A & B <ministers>');
    expect(text('CreationDate')).toBe('D:20110509000000Z');
    expect(text('ModDate')).toBe('D:20110509000000Z');
    expect(text('Producer')).toBe('Engross 0.0.0-test');
  });

  it('are XML that any reader can read', async () => {
    const bytes = await edition.render(marked, await contextFor());
    const source = Buffer.from(bytes as Uint8Array).toString('utf8');
    const xmp = source.slice(source.indexOf('<x:xmpmeta'), source.indexOf('</x:xmpmeta>'));
    expect(xmp).toContain('>Fish &amp; &lt;chips&gt; in ]]&gt; “Tórshavn”</rdf:li>');
    expect(xmp).toContain('<rdf:li>A &amp; B &lt;ministers&gt;</rdf:li>');
    expect(xmp).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>');
    expect(xmp).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(xmp).toContain('<xmp:CreateDate>2011-05-09T00:00:00Z</xmp:CreateDate>');
  });

  it('take the build’s date where the document has none, and the identifier for a missing title', async () => {
    const context = { ...(await contextFor()), buildDate: '2026-02-03' };
    const bytes = await edition.render({ ...sample, date: null, title: '' }, context);
    const { objects } = await readBack(bytes as Uint8Array);
    const info = objects.dictionary(objects.trailer['Info']);
    expect(objects.resolve(info['CreationDate'])).toBe('D:20260203000000Z');
    expect(objects.resolve(info['Title'])).toBe('sample');
  });

  it('identify the file by what is in it', async () => {
    const idOf = (one: ReadBack) => one.objects.array(one.objects.trailer['ID']).map(String);
    const [first, second] = idOf(file);
    expect(first).toHaveLength(16);
    expect(second).toBe(first);
    expect(idOf(await read(sample))).not.toEqual([first, second]);
  });
});

it('embeds every face that it uses, and no other', () => {
  const { objects } = file;
  const [page] = objects.array(objects.dictionary(catalog['Pages'])['Kids']);
  const fonts = objects.dictionary(objects.dictionary(objects.dictionary(page)['Resources'])['Font']);
  const faces = Object.values(fonts).map((font) => objects.dictionary(font));
  expect(faces.map((font) => nameOf(font['BaseFont'])?.replace(/^\w+\+/, '')).sort()).toEqual([
    'SourceSerif4-Italic',
    'SourceSerif4-Regular',
    'SourceSerif4-SemiBold',
    'SourceSerif4-SemiBoldItalic',
  ]);
  for (const font of faces) {
    const descriptor = objects.dictionary(font['FontDescriptor']);
    expect(Number(objects.dictionary(descriptor['FontFile2'])['Length1'])).toBeGreaterThan(500);
    expect(font['ToUnicode']).toBeDefined();
  }
});

it('prints on the paper that the template names', async () => {
  const { template: base } = await contextFor();
  const letter = { ...base, page: { ...base.page, size: 'LETTER' as const } };
  const bytes = await edition.render(sample, { ...(await contextFor()), template: letter });
  const { objects } = await readBack(bytes as Uint8Array);
  const root = objects.dictionary(objects.trailer['Root']);
  const [page] = objects.array(objects.dictionary(root['Pages'])['Kids']);
  expect(objects.array(objects.dictionary(page)['MediaBox'])).toEqual([0, 0, 612, 792]);
});
