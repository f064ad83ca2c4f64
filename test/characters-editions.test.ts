/**
 * Every character that no reader sees, or that some format can't hold, in a title, a heading, a paragraph, a cell and a
 * note, through every edition: kept, folded, replaced, left out or refused as the table below says (and with it
 * `characters.ts`), never otherwise, and never in silence.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, unzlibSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { characterKinds, isXmlLegal, kindOf, type CharacterKind } from '../src/characters.js';
import type { Diagnostic, Document } from '../src/document.js';
import { textNodes, textOf } from '../src/document.js';
import type { Context } from '../src/editions/edition.js';
import { shelf } from '../src/editions/index.js';
import { read } from '../src/read/index.js';
import { Refusal } from '../src/report.js';
import { flatOfDocument, verifyEdition } from '../src/verify/index.js';
import { contextFor } from './context.js';
import { run } from './engross.js';
import { present } from './judge-tools.js';
import { compositeFonts, shownArrays } from './pdf/shows.js';

type Name = 'md' | 'csv' | 'json' | 'docx' | 'pdf';
/** `replaced`: by U+FFFD, with a warning; `left out`: it has no ink, with a warning; `refused`: that edition isn't made. */
type Fate = 'kept' | 'space' | 'replaced' | 'left out' | 'refused';

interface Row {
  readonly kind: CharacterKind;
  /** Those of the kind that this row is about. */
  readonly characters: readonly string[];
  /** What the reader makes of it: only NUL is refused, for a file that holds one is no text. */
  readonly read: 'kept' | 'space' | 'refused';
  readonly fates: Readonly<Record<Name, Fate>>;
}

/** Every code point of a kind, surrogates too. */
const every: Readonly<Record<CharacterKind, readonly string[]>> = (() => {
  const found = Object.fromEntries(
    Object.keys(characterKinds).map((kind) => [kind, [] as string[]]),
  ) as Record<CharacterKind, string[]>;
  for (let code = 0; code <= 0x10ffff; code++) {
    // Planes 3 to 13 hold nothing but the noncharacters at their ends.
    if (code > 0x2ffff && code < 0xdfffe && (code & 0xffff) < 0xfffe) continue;
    const character = String.fromCodePoint(code);
    if (
      /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) &&
      !/\p{Default_Ignorable_Code_Point}|\ufffd/u.test(character)
    )
      continue;
    const kind = kindOf(character);
    if (kind) found[kind].push(character);
  }
  return found;
})();

const all = (fate: Fate): Row['fates'] => ({ md: fate, csv: fate, json: fate, docx: fate, pdf: fate });
const kept = all('kept');
const nul = '\0';
const legal = every.control.filter((one) => isXmlLegal(one));
const illegal = every.control.filter((one) => !isXmlLegal(one) && one !== nul);
/** The ends of each half of the surrogates, and some within. */
const halves = ['\ud800', '\ud83d', '\udbff', '\udc00', '\ude00', '\udfff'];
/** The ones that a face of the tests has a glyph for, most of them an empty one. */
const inFace = (characters: readonly string[]) => characters.filter((one) => faceHas.has(one));
const faceHas = new Set('\u200b\u061c\u115f\u1160\u3164\uffa0\ufff9\ufffa\ufffb');
const unprinted = (kind: CharacterKind) => every[kind].filter((one) => !faceHas.has(one));

const table: readonly Row[] = [
  { kind: 'separator', characters: every.separator, read: 'space', fates: all('space') },
  { kind: 'noBreakSpace', characters: every.noBreakSpace, read: 'kept', fates: kept },
  {
    kind: 'control',
    characters: [nul],
    read: 'refused',
    fates: { ...kept, md: 'replaced', docx: 'refused', pdf: 'refused' },
  },
  { kind: 'control', characters: illegal, read: 'kept', fates: { ...kept, docx: 'refused', pdf: 'refused' } },
  { kind: 'control', characters: legal, read: 'kept', fates: { ...kept, pdf: 'refused' } },
  {
    kind: 'surrogate',
    characters: halves,
    read: 'kept',
    fates: { json: 'kept', md: 'replaced', csv: 'replaced', docx: 'refused', pdf: 'refused' },
  },
  {
    kind: 'noncharacter',
    characters: ['\ufffe', '\uffff'],
    read: 'kept',
    fates: { ...kept, docx: 'refused', pdf: 'refused' },
  },
  {
    kind: 'noncharacter',
    characters: every.noncharacter.filter((one) => isXmlLegal(one)),
    read: 'kept',
    fates: { ...kept, pdf: 'refused' },
  },
  { kind: 'replacement', characters: every.replacement, read: 'kept', fates: kept },
  ...(['bidi', 'zeroWidth', 'joiner', 'variation', 'softHyphen', 'byteOrderMark', 'tag'] as const).flatMap(
    (kind): Row[] => [
      { kind, characters: unprinted(kind), read: 'kept', fates: { ...kept, pdf: 'left out' } },
      { kind, characters: inFace(every[kind]), read: 'kept', fates: kept },
    ],
  ),
];
const rows = table.filter(({ characters }) => characters.length > 0);

const batches = rows.flatMap((row) => {
  // A refusal names the first 20.
  const size = Object.values(row.fates).includes('refused') ? 20 : 200;
  return Array.from({ length: Math.ceil(row.characters.length / size) }, (_, index) => {
    const characters = row.characters.slice(index * size, (index + 1) * size);
    return { ...row, characters, name: `${row.kind} ${nameOf(characters[0])}…${nameOf(characters.at(-1))}` };
  });
});

function nameOf(character = ''): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

// ------------------------------------------------------------------------------------------------ the text

/** The characters between letters, a word for each five of them. */
const wordsWith = (characters: readonly string[]): string =>
  characters.map((one, index) => `${index % 5 === 4 ? 'se ' : ''}h${one}u`).join('ll');

/** A text with some words in each kind of place. */
const textWith = (words: string): string => `Declaration on the ${words}

Adopted at Haven on 3 May 1999

1. We note that the ${words} lie in the roads of the harbour.[1]

II. The ${words}

2. We agree that the harbour stays open to every ship that asks for shelter:

    Harbour       Room
    Haven         ${words}
    Norwick       40
    Sands         9

3. We thank the pilots of the coast for their work.

[1] Among them the ${words}.
`;

const places = ['cell', 'docTitle', 'footnote', 'heading', 'paragraph'];

/** UTF-16, which can hold half a pair; with a mark, so that nothing is guessed. */
const inUtf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le');

/** The kinds of the nodes in which some words stand. */
function placesOf(document: Document, words: string): string[] {
  const found: string[] = [];
  for (const { node } of textNodes(document)) if (textOf(node.content).includes(words)) found.push(node.type);
  return found.sort();
}

/** So many in one text that its title and heading are still believed. */
const together = 4;

/** A document that bears some words in each place: what reading makes of fewer of them is tried apart. */
async function documentWith(words: string): Promise<Document> {
  const { document } = await read(inUtf16(textWith('placeholder')), { file: 'odd.txt' });
  const quoted = JSON.stringify(words).slice(1, -1);
  return JSON.parse(JSON.stringify(document).replaceAll('placeholder', () => quoted)) as Document;
}

// ------------------------------------------------------------------------------------------------ editions

let context: Context;
const folder = mkdtempSync(join(tmpdir(), 'engross-characters-'));
/** Every part of every DOCX and the metadata of every PDF, for the XML parser. */
let parts = 0;
const keepXml = (bytes: Uint8Array) => {
  writeFileSync(join(folder, `${++parts}.xml`), bytes);
};
beforeAll(async () => {
  context = await contextFor();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Made {
  readonly files: ReadonlyMap<string, Uint8Array> | null;
  readonly said: readonly Diagnostic[];
}

async function made(document: Document, name: Name): Promise<Made> {
  const shelved = await shelf[name]?.();
  if (!shelved) throw new Error(`no edition ${name}`);
  const said: Diagnostic[] = [];
  try {
    const result = await shelved.edition.render(document, { ...context, warn: (one) => said.push(one) });
    const files = result instanceof Uint8Array ? new Map([[shelved.edition.extension, result]]) : result;
    return { files, said };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { files: null, said: error.diagnostics };
  }
}

const utf8 = (bytes: Uint8Array | undefined): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

/** The words of the files as they stand in them. */
function bytesOf(name: Exclude<Name, 'pdf'>, files: ReadonlyMap<string, Uint8Array>): string {
  if (name === 'docx')
    return ['word/document.xml', 'word/footnotes.xml']
      .map((part) => utf8(unzipSync(files.get('.docx') ?? new Uint8Array())[part]))
      .join('');
  if (name === 'json') return JSON.stringify(JSON.parse(utf8(files.get('.json'))));
  return [...files.values()].map(utf8).join('');
}

const codesIn = (said: readonly Diagnostic[]): Set<string> =>
  new Set(said.flatMap(({ message }) => message.match(/U\+[0-9A-F]{4,6}/g) ?? []));

/** Codes of glyphs that the pages show: 00 or 0000 is .notdef. */
function shownCodes(pdf: Uint8Array): string[] {
  const composite = compositeFonts(pdf);
  const source = Buffer.from(pdf).toString('latin1');
  return [...source.matchAll(/\/Length (\d+)[^>]*>>\s*stream\r?\n/g)].flatMap((head) => {
    const start = head.index + head[0].length;
    let text: string;
    try {
      text = Buffer.from(unzlibSync(pdf.subarray(start, start + Number(head[1])))).toString('latin1');
    } catch {
      return [];
    }
    return shownArrays(text, composite).flatMap((strings) => strings.flatMap(({ codes }) => codes));
  });
}

function xmpOf(pdf: Uint8Array): Uint8Array {
  const source = Buffer.from(pdf).toString('latin1');
  const [from, to] = [source.indexOf('<?xpacket begin'), source.indexOf('<?xpacket end')];
  return pdf.subarray(source.indexOf('?>', from) + 3, to);
}

const names: readonly Name[] = ['md', 'csv', 'json', 'docx', 'pdf'];

it.each(rows)('reading keeps or folds, and tells of, $kind', async ({ kind, characters, read: reading }) => {
  for (let at = 0; at < characters.length; at += together) {
    const some = characters.slice(at, at + together);
    const words = some.map((one) => `h${one}u`).join('ll');
    const bytes = inUtf16(textWith(words));
    if (reading === 'refused') {
      await expect(read(bytes, { file: 'odd.txt' })).rejects.toThrow(/NUL/);
      continue;
    }
    const { document, account } = await read(bytes, { file: 'odd.txt' });
    const kept = reading === 'space' ? words.replace(/[^a-z]/gu, ' ') : words;
    expect(placesOf(document, kept), words).toEqual(places);
    expect(account.lost + account.doubled).toBe(0);
    const told = codesIn(document.diagnostics.filter(({ code }) => code === 'character-control'));
    expect([...told].sort()).toEqual(characterKinds[kind].reported ? some.map(nameOf).sort() : []);
  }
});

describe.each(batches.filter(({ read: reading }) => reading !== 'space'))(
  '$name',
  ({ characters, fates }) => {
    it.each(names)('%s', async (name) => {
      const words = wordsWith(characters);
      const document = await documentWith(words);
      expect(placesOf(document, words)).toEqual(places);
      const fate = fates[name];
      const { files, said } = await made(document, name);
      const sorted = characters.map(nameOf).sort();
      if (fate === 'refused') {
        expect(files).toBeNull();
        expect([...codesIn(said)].sort()).toEqual(sorted);
        expect(said.every(({ severity }) => severity === 'error')).toBe(true);
        return;
      }
      if (!files) throw new Error(`refused: ${JSON.stringify(said)}`);
      expect(await verifyEdition(flatOfDocument(document), name, files)).toMatchObject({ result: 'equal' });
      if (fate === 'left out') expect([...codesIn(said)].sort()).toEqual(sorted);
      // Once for each text.
      else if (fate === 'replaced')
        expect(said.map(({ code }) => code)).toEqual(places.map(() => 'edition-approximate'));
      else expect(said).toEqual([]);
      if (name === 'pdf') {
        const pdf = files.get('.pdf') ?? new Uint8Array();
        const codes = shownCodes(pdf);
        expect(codes.length).toBeGreaterThan(100);
        expect(codes.filter((code) => code === '0000')).toEqual([]);
        keepXml(xmpOf(pdf));
        return;
      }
      const shown = fate === 'replaced' ? words.replace(/[\0\p{Cs}]/gu, '\ufffd') : words;
      const wanted = name === 'json' ? JSON.stringify(shown).slice(1, -1) : shown;
      expect(bytesOf(name, files).split(wanted).length - 1).toBeGreaterThanOrEqual(places.length);
      if (name === 'docx')
        for (const [part, bytes] of Object.entries(unzipSync(files.get('.docx') ?? new Uint8Array())))
          if (/\.(xml|rels)$/.test(part)) keepXml(bytes);
    });
  },
);

it('every character without ink has a kind of its own, so that none is kept unseen and unsaid', () => {
  const without: string[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    if (/\p{Default_Ignorable_Code_Point}/u.test(character) && kindOf(character) === null)
      without.push(nameOf(character));
  }
  expect(without).toEqual([]);
});

it('every kind has its row, and every character of it (of half pairs some) is in one', () => {
  for (const [kind, characters] of Object.entries(every)) {
    const tried = new Set(rows.filter((row) => row.kind === kind).flatMap((row) => row.characters));
    expect(tried.size, kind).toBe(kind === 'surrogate' ? halves.length : characters.length);
  }
});

it('in Markdown written by hand they are told of as well', async () => {
  const characters = rows.filter(
    ({ kind, read: reading }) => characterKinds[kind].reported && reading === 'kept',
  );
  const some = characters.map((row) => row.characters[0] ?? '').filter((one) => !/\p{Cs}/u.test(one));
  const text = `# Declaration on the ${wordsWith(some)}\n\nWe note the harbour.[^1]\n\n[^1]: ${wordsWith(some)}\n`;
  const { document } = await read(new TextEncoder().encode(text), { file: 'odd.md' });
  const told = codesIn(document.diagnostics.filter(({ code }) => code === 'character-control'));
  expect([...told].sort()).toEqual(some.map(nameOf).sort());
});

it('every part of every DOCX, and the metadata of every PDF, is XML to a parser that we did not write', async ({
  skip,
}) => {
  if (!present.Python) {
    if (process.env['CI']) throw new Error('python3 is missing');
    skip('python3 is not there');
  }
  expect(parts).toBeGreaterThan(200);
  // expat, with namespaces: an undeclared prefix is an error too.
  const script = `
import sys, xml.parsers.expat as expat
bad = 0
for number in range(1, int(sys.argv[2]) + 1):
    parser = expat.ParserCreate(namespace_separator=' ')
    try:
        parser.Parse(open(f'{sys.argv[1]}/{number}.xml', 'rb').read(), True)
    except expat.ExpatError as error:
        bad += 1
        print(number, error)
print('bad', bad)`;
  const { out } = await run(['python3', '-c', script, folder, String(parts)]);
  expect(out.trim()).toBe('bad 0');
});
