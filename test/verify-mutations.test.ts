/**
 * The checker checked: mutants of documents are rendered, and mutants are made of the files themselves, and each must be
 * told from the document. 100 of each edition; with ENGROSS_LONG=1, 1,000.
 */
import { readFileSync } from 'node:fs';
import { unzipSync, unzlibSync, zipSync, zlibSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Document } from '../src/document.js';
import type { Context } from '../src/editions/edition.js';
import { editionNames, shelf } from '../src/editions/index.js';
import { read } from '../src/read/index.js';
import type { EditionFiles, Flat } from '../src/verify/index.js';
import { flatOfDocument, verifyEdition } from '../src/verify/index.js';
import { contextFor } from './context.js';
import { sample } from './sample.js';
import { deflated } from '../src/deflate/deflate.js';
import { charactersIn, compositeFonts, shownArrays } from './pdf/shows.js';
import { mutantOf, mutations, pick, randomOf, standingMutantOf, standings } from './verify-mutants.js';

const mutants = process.env['ENGROSS_LONG'] ? 1000 : 100;
/** To be told of each mutant that could not be made: where hardly any can, a test fails and does not go on for ever. */
function patience(): () => void {
  let left = mutants * 200;
  return () => {
    left -= 1;
    if (left < 0) throw new Error('hardly any mutant could be made');
  };
}

const fixtures = ['regions-annexes', 'regions-resolution', 'notes-page-foot', 'bullets-wrap-up'];

let context: Context;
const documents: { readonly document: Document; readonly flat: Flat }[] = [];
beforeAll(async () => {
  context = await contextFor();
  documents.push({ document: sample, flat: flatOfDocument(sample) });
  for (const name of fixtures) {
    const bytes = readFileSync(new URL(`documents/${name}/input.txt`, import.meta.url));
    const { document } = await read(bytes, { file: `${name}.txt` });
    documents.push({ document, flat: flatOfDocument(document) });
  }
});

async function filesOf(document: Document, name: string): Promise<EditionFiles> {
  const shelved = await shelf[name]?.();
  if (!shelved) throw new Error(`no edition ${name}`);
  const result = await shelved.edition.render(document, context);
  return result instanceof Uint8Array ? new Map([[shelved.edition.extension, result]]) : result;
}

it.each(editionNames)('documents that are no mutants give no alarm as %s', async (name) => {
  for (const { document, flat } of documents)
    expect(await verifyEdition(flat, name, await filesOf(document, name)), document.id).toMatchObject({
      result: 'equal',
    });
});

/** The PDF prints no character without ink: such a mutant of a document gives no mutant of its PDF. */
const tellable = (name: string) =>
  Object.keys(mutations).filter((mutation) => name !== 'pdf' || mutation !== 'an invisible character');

describe.each(editionNames)('mutants of documents as %s', (name) => {
  it(`are all told from the document (${mutants})`, async () => {
    const random = randomOf(20071207 + editionNames.indexOf(name));
    const survivors: string[] = [];
    const counts = new Map<string, number>();
    let unreadable = 0;
    const given = patience();
    for (let made = 0; made < mutants;) {
      const mutation = pick(tellable(name), random);
      // The sample holds every kind of node: it takes half of them.
      const { document, flat } =
        random() < 0.5 ? (documents[0] ?? pick(documents, random)) : pick(documents, random);
      const mutant = mutantOf(document, mutation, random);
      if (!mutant) {
        given();
        continue;
      }
      const verdict = await verifyEdition(flat, name, await filesOf(mutant, name));
      if (verdict.result === 'equal') survivors.push(`${document.id}: ${mutation} (mutant ${made})`);
      if (verdict.result === 'unreadable') unreadable += 1;
      counts.set(mutation, (counts.get(mutation) ?? 0) + 1);
      made += 1;
    }
    expect(survivors).toEqual([]);
    // A mutant that is written like any other is read like any other.
    expect(unreadable).toBe(0);
    expect([...counts.keys()].sort()).toEqual([...tellable(name)].sort());
  }, 600_000);
});

/** What each of these changes, every edition that can carry it must show. */
describe.each(editionNames)('mutants of emphasis, levels, roles, regions and pins as %s', (name) => {
  const kinds = Object.keys(standings).filter((kind) => standings[kind]?.in.includes(name));
  it(`are all told from the document (${mutants})`, async () => {
    const random = randomOf(1648 + editionNames.indexOf(name));
    const survivors: string[] = [];
    const counts = new Map<string, number>();
    const given = patience();
    for (let made = 0; made < mutants;) {
      const kind = pick(kinds, random);
      const { document, flat } =
        random() < 0.5 ? (documents[0] ?? pick(documents, random)) : pick(documents, random);
      const mutant = standingMutantOf(document, kind, random);
      if (!mutant) {
        given();
        continue;
      }
      const verdict = await verifyEdition(flat, name, await filesOf(mutant, name));
      if (verdict.result !== 'different') survivors.push(`${document.id}: ${kind} (mutant ${made})`);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      made += 1;
    }
    expect(survivors).toEqual([]);
    expect([...counts.keys()].sort()).toEqual([...kinds].sort());
  }, 600_000);
});

// ------------------------------------------------------------------------------------------------ mutants of files

type Mutate = (files: EditionFiles, random: () => number) => EditionFiles | null;

const decode = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Words of a text dropped, doubled, changed, or with something invisible in them. */
function otherWords(text: string, random: () => number): string {
  const found = [...text.matchAll(/\p{L}{2,}/gu)];
  if (found.length === 0) return text;
  const word = pick(found, random);
  const [before, after] = [text.slice(0, word.index), text.slice(word.index + word[0].length)];
  const instead = pick(
    ['', `${word[0]} ${word[0]}`, `${word[0]}\u200b`, `${word[0]}z`, `\u00ad${word[0]}`],
    random,
  );
  return before + instead + after;
}

const markdown: Mutate = (files, random) => {
  const lines = decode(files.get('.md')).split('\n');
  const end = lines.indexOf('---', 1);
  const places = lines.flatMap((line, index) =>
    index > end && /\p{L}/u.test(line.replace(/<[^>]*>/g, '')) ? [index] : [],
  );
  const index = pick(places, random);
  const line = lines[index] ?? '';
  if (random() < 0.2) lines.splice(index, 1);
  else {
    // Outside pins and labels of notes.
    const parts = line.split(/(<[^>]*>|\[\^[^\]]*\]:?)/);
    const at = pick(
      parts.flatMap((part, place) => (place % 2 === 0 && /\p{L}{2,}/u.test(part) ? [place] : [])).concat(-1),
      random,
    );
    if (at < 0) return null;
    parts[at] = otherWords(parts[at] ?? '', random);
    lines[index] = parts.join('');
    if (lines[index] === line) return null;
  }
  return new Map([['.md', encode(lines.join('\n'))]]);
};

const csv: Mutate = (files, random) => {
  const ending = pick(['.csv', '.footnotes.csv'], random);
  const records: string[][] = parse(decode(files.get(ending)), { bom: true });
  const [head = [], ...rows] = records;
  if (rows.length === 0) return null;
  const column = pick(
    ending === '.csv' ? ['text', 'text', 'num'] : ['text', 'text', 'marker', 'offset', 'called_in'],
    random,
  );
  const at = head.indexOf(column);
  const row = pick(rows, random);
  const cell = row[at] ?? '';
  if (cell === '') return null;
  row[at] =
    column === 'offset'
      ? String(Number(cell) + 3)
      : column === 'text'
        ? otherWords(cell, random)
        : column === 'called_in'
          ? 'nowhere'
          : `${cell}1`;
  if (row[at] === cell) return null;
  const text = stringify([head, ...rows], { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
  return new Map([...files, [ending, encode(text)]]);
};

/** The objects of a JSON edition that bear a text, in order. */
function textsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'text' in value && 'eId' in value ? [value as Record<string, unknown>] : [];
  return [...own, ...Object.values(value).flatMap(textsIn)];
}

const json: Mutate = (files, random) => {
  const document = JSON.parse(decode(files.get('.json'))) as Record<string, unknown>;
  const nodes = textsIn(document);
  const node = pick(nodes, random);
  const key = pick(['text', 'text', 'num', 'marker', 'footnoteReferences'], random);
  const value = node[key];
  if (typeof value === 'string' && value !== '')
    node[key] = key === 'text' ? otherWords(value, random) : `${value}1`;
  else if (Array.isArray(value)) value.splice(0, 1);
  else return null;
  if (node[key] === value && typeof value === 'string') return null;
  return new Map([['.json', encode(JSON.stringify(document))]]);
};

const docx: Mutate = (files, random) => {
  const parts = unzipSync(files.get('.docx') ?? new Uint8Array());
  const name = pick(['word/document.xml', 'word/footnotes.xml', 'word/numbering.xml'], random);
  const xml = decode(parts[name]);
  const pattern =
    name === 'word/numbering.xml'
      ? /(<w:start w:val=")(\d+)("\/><w:numFmt w:val="(?:decimal|lower|upper))/g
      : pick(
          [
            /(<w:t(?: [^>]*)?>)([^<]*)(<\/w:t>)/g,
            /(<w:t(?: [^>]*)?>)([^<]*)(<\/w:t>)/g,
            /()(<w:p>.*?<\/w:p>)()/g,
          ],
          random,
        );
  // A table of contents repeats headings; what it says is tried elsewhere.
  const [from, to] = [xml.indexOf('<w:sdt>'), xml.indexOf('</w:sdt>')];
  const found = [...xml.matchAll(pattern)].filter(
    (one) => !/eparator|w:tcPr/.test(one[0]) && (one.index < from || one.index > to),
  );
  if (found.length === 0) return null;
  const place = pick(found, random);
  const [whole, before = '', inside = '', after = ''] = place;
  const instead =
    name === 'word/numbering.xml'
      ? String(Number(inside) + 1)
      : before === ''
        ? /<w:t[ >]/.test(inside)
          ? pick(['', inside + inside], random)
          : inside
        : otherWords(inside, random);
  if (instead === inside) return null;
  parts[name] = encode(
    xml.slice(0, place.index) + before + instead + after + xml.slice(place.index + whole.length),
  );
  return new Map([['.docx', zipSync(parts)]]);
};

/** The packed streams of a PDF as text, with their places. */
function streamsOf(
  bytes: Buffer,
): { readonly start: number; readonly length: number; readonly text: string }[] {
  return [...bytes.toString('latin1').matchAll(/\/Length (\d+)[^>]*>>\s*stream\r?\n/g)].flatMap((head) => {
    const start = head.index + head[0].length;
    try {
      const packed = bytes.subarray(start, start + Number(head[1]));
      return [{ start, length: Number(head[1]), text: Buffer.from(unzlibSync(packed)).toString('latin1') }];
    } catch {
      return [];
    }
  });
}

/** A PDF with another stream in the place of one, which keeps its length: zeros, which nothing reads, follow. */
function withStream(
  bytes: Buffer,
  { start, length }: { readonly start: number; readonly length: number },
  text: string,
): EditionFiles | null {
  const content = Buffer.from(text, 'latin1');
  const packed = [deflated(content), zlibSync(content, { level: 9 })].find((one) => one.length <= length);
  if (!packed) return null;
  const mutant = Buffer.from(bytes);
  mutant.fill(0, start, start + length);
  mutant.set(packed, start);
  return new Map([['.pdf', new Uint8Array(mutant)]]);
}

/** Shows another glyph in the place of one, or one less. */
const pdf: Mutate = (files, random) => {
  const bytes: Buffer = Buffer.from(files.get('.pdf') ?? []);
  const unpacked = streamsOf(bytes);
  const streams = unpacked.filter(({ text }) => /MCID/.test(text) && /TJ/.test(text));
  // The characters of each font’s codes: a superior 1 is a 1 as well.
  const characters = unpacked.flatMap(({ text }) => (text.includes('begincmap') ? [charactersIn(text)] : []));
  const stream = pick(streams, random);
  const { text } = stream;
  const shows = shownArrays(text, compositeFonts(bytes)).filter((strings) => strings.length > 0);
  const strings = pick(shows, random);
  const shown = pick(strings, random);
  const codes = [...shown.codes];
  const at = Math.floor(random() * codes.length);
  // The space that is printed after a label or at a line’s end may part what is parted already.
  if (shown === strings.at(-1) && at === codes.length - 1) return null;
  const other = pick(shows, random)[0]?.codes[0] ?? '';
  if (other.length !== codes[at]?.length) return null;
  const isSame = (one: string) => {
    const [was, is] = [parseInt(codes[at] ?? '', 16), parseInt(one, 16)];
    return characters.some((map) => map[was] === map[is]);
  };
  const drops = random() < 0.5;
  if (!drops && isSame(other)) return null;
  if (!drops) codes[at] = other;
  else codes.splice(at, 1);
  const changed = `${text.slice(0, shown.index)}<${codes.join('')}>${text.slice(shown.index + shown.length)}`;
  if (changed === text) return null;
  return withStream(bytes, stream, changed);
};

const fileMutants: Readonly<Record<string, Mutate>> = { md: markdown, csv, json, docx, pdf };

describe.each(Object.keys(fileMutants))('mutants of %s files', (name) => {
  it(`are all told from the document (${mutants})`, async () => {
    const random = randomOf(1999 + editionNames.indexOf(name));
    const survivors: string[] = [];
    let different = 0;
    const rendered = await Promise.all(documents.map(({ document }) => filesOf(document, name)));
    const given = patience();
    for (let made = 0; made < mutants;) {
      const index = random() < 0.5 ? 0 : Math.floor(random() * documents.length);
      const [one, files] = [documents[index], rendered[index]];
      if (!one || !files) throw new Error('no document');
      const mutant = fileMutants[name]?.(files, random);
      if (!mutant) {
        given();
        continue;
      }
      const verdict = await verifyEdition(one.flat, name, mutant);
      if (verdict.result === 'equal') survivors.push(`${one.document.id}, mutant ${made}`);
      if (verdict.result === 'different') different += 1;
      made += 1;
    }
    expect(survivors).toEqual([]);
    expect(different).toBeGreaterThan(mutants / 2);
  }, 600_000);
});

// ------------------------------------------------------------------------------------------------ beside the words

/** One place of a text that a pattern finds, changed. */
function changedOnce(
  text: string,
  random: () => number,
  changes: readonly (readonly [RegExp, (found: string) => string])[],
): string | null {
  const [pattern, change] = pick(changes, random);
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return null;
  const { index, 0: whole } = pick(found, random);
  return text.slice(0, index) + change(whole) + text.slice(index + whole.length);
}

const besideInMarkdown: Mutate = (files, random) => {
  const text = decode(files.get('.md'));
  const changed = changedOnce(text, random, [
    // Of a note that nothing calls the pin of the paragraph that prints it is compared.
    [/(?<=<a id=")\w+(?=")(?!"><\/a><a id="\w+" class="note")/g, (pin) => `${pin}_x`],
    [/(?<=class=")operative(?=")/g, () => 'preambular'],
    [/^#+ (?=<a)/gm, (hashes) => `#${hashes}`],
    [/^\u2003\u2003(?=<a)|(?<=<\/a>)\u2003\u2003/gm, () => ''],
    [/(?<=[\w>] |<\/a>)\*{1,2}(\w[^*\n|]*)\*{1,2}/g, (marked) => marked.replaceAll('*', '')],
    [/^ {4}(?:preamble|mainBody|conclusions): \w+$/gm, (line) => line.replace(/: .*/, ': ftn_2')],
  ]);
  return changed === null ? null : new Map([['.md', encode(changed)]]);
};

const besideInCsv: Mutate = (files, random) => {
  const ending = random() < 0.8 ? '.csv' : '.footnotes.csv';
  const [head = [], ...rows] = parse(decode(files.get(ending)), { bom: true });
  if (rows.length === 0) return null;
  const columns =
    ending === '.csv'
      ? ['doc_id', 'region', 'role', 'level', 'heading', 'citation', 'words', 'first_line', 'last_line']
      : ['doc_id', 'after_word', 'first_line', 'last_line'];
  const column = pick(columns, random);
  const at = head.indexOf(column);
  const row = pick(rows, random);
  const cell = row[at] ?? '';
  row[at] = /^\d+$/.test(cell) ? String(Number(cell) + 1) : column === 'citation' ? `x${cell}` : `${cell}x`;
  const text = stringify([head, ...rows], { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ });
  return new Map([...files, [ending, encode(text)]]);
};

const besideInJson: Mutate = (files, random) => {
  const document = JSON.parse(decode(files.get('.json'))) as Record<string, unknown>;
  const nodes = textsIn(document);
  const key = pick(['marks', 'level', 'role', 'eId', 'source'], random);
  const bearing = nodes.filter((node) => node[key] !== undefined);
  if (bearing.length === 0) return null;
  const node = pick(bearing, random);
  const value = node[key];
  if (key === 'marks') delete node['marks'];
  else if (key === 'level') node[key] = Number(value) + 1;
  else if (key === 'role') node[key] = value === 'operative' ? 'preambular' : 'operative';
  else if (key === 'eId') node[key] = `${String(value)}_x`;
  else node[key] = { ...(value as { line: number }), line: (value as { line: number }).line + 1 };
  return new Map([['.json', encode(JSON.stringify(document))]]);
};

const besideInDocx: Mutate = (files, random) => {
  const parts = unzipSync(files.get('.docx') ?? new Uint8Array());
  const xml = decode(parts['word/document.xml']);
  // What a table of contents says is tried elsewhere.
  const from = xml.includes('</w:sdt>') ? xml.indexOf('</w:sdt>') : 0;
  const changed = changedOnce(xml.slice(from), random, [
    [/<w:rStyle w:val="(?:Emphasis|Strong)"\/>/g, () => ''],
    [/<w:r>(?=<w:t(?: [^>]*)?>[^<]*\w)/g, (run) => `${run}<w:rPr><w:b/></w:rPr>`],
    [/(?<=<w:pStyle w:val="Heading)1/g, () => '2'],
    [/(?<=<w:bookmarkStart [^>]*w:name=")[a-z]\w+/g, (pin) => `${pin}x`],
    [/(?<=<w:pStyle w:val=")Subparagraph1/g, () => 'NumberedParagraph'],
    [/(?<=<w:pStyle w:val=")(?:PreambularParagraph|OperativeParagraph)/g, () => 'BodyText'],
    [/(?<=<w:pStyle w:val=")(?:Subtitle|Date|Place|DocumentNumber)(?=")/g, () => 'BodyText'],
  ]);
  if (changed === null) return null;
  parts['word/document.xml'] = encode(xml.slice(0, from) + changed);
  return new Map([['.docx', zipSync(parts)]]);
};

/** Names of destinations and tags of headings, in the object streams; of one length, so that no object moves. */
const besideInPdf: Mutate = (files, random) => {
  const bytes = Buffer.from(files.get('.pdf') ?? []);
  const stream = pick(streamsOf(bytes), random);
  const changed = changedOnce(stream.text, random, [
    [/(?<=\()[A-Za-z]\w*(?=\)\[\d+ 0 R\/XYZ)/g, (pin) => `${pin.slice(0, -1)}_`],
    [/(?<=\/S\/H)\d/g, (level) => (level === '2' ? '3' : '2')],
    [/(?<=\/S\/)TD/g, () => 'LI'],
  ]);
  return changed === null ? null : withStream(bytes, stream, changed);
};

const besides: Readonly<Record<string, Mutate>> = {
  md: besideInMarkdown,
  csv: besideInCsv,
  json: besideInJson,
  docx: besideInDocx,
  pdf: besideInPdf,
};

describe.each(Object.keys(besides))('mutants of %s files beside their words', (name) => {
  it(`are all told from the document (${mutants})`, async () => {
    const random = randomOf(1713 + editionNames.indexOf(name));
    const survivors: string[] = [];
    const rendered = await Promise.all(documents.map(({ document }) => filesOf(document, name)));
    const given = patience();
    for (let made = 0; made < mutants;) {
      const index = random() < 0.7 ? 0 : Math.floor(random() * documents.length);
      const [one, files] = [documents[index], rendered[index]];
      if (!one || !files) throw new Error('no document');
      const mutant = besides[name]?.(files, random);
      if (!mutant) {
        given();
        continue;
      }
      const verdict = await verifyEdition(one.flat, name, mutant);
      if (verdict.result === 'equal') survivors.push(`${one.document.id}, mutant ${made}`);
      made += 1;
    }
    expect(survivors).toEqual([]);
  }, 600_000);
});
