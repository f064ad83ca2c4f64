import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Block, Document, Paragraph } from '../src/document.js';
import { callsOf, textNodes, textOf } from '../src/document.js';
import type { Context } from '../src/editions/edition.js';
import { edition } from '../src/editions/json.js';
import { read } from '../src/read/index.js';
import { paragraph, sample } from './sample.js';

const context = { version: '0.0.0', buildDate: null } as unknown as Context; // the edition asks nothing of it

const bytesOf = async (document: Document) => (await edition.render(document, context)) as Uint8Array;
const textFor = async (document: Document) => new TextDecoder().decode(await bytesOf(document));

interface Loose {
  [key: string]: Loose;
}
const parsed = async (document: Document) => JSON.parse(await textFor(document)) as Loose;

let validate: ValidateFunction;
beforeAll(() => {
  const schema = JSON.parse(
    readFileSync(new URL('../schemas/document.schema.json', import.meta.url), 'utf8'),
  ) as object;
  validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);
});

const withBody = (...mainBody: Block[]): Document => ({ ...sample, mainBody });

describe('the JSON edition', () => {
  it('says what the document says, in the order of the contract', async () => {
    const json = await parsed(sample);
    expect(Object.keys(json).join(' ')).toBe(
      '$schema version id language title subtitle date datePrinted documentType symbol place issuer preface ' +
        'preamble mainBody conclusions attachments footnotes furniture diagnostics source',
    );
    expect(json['mainBody']?.[1]).toEqual({
      type: 'paragraph',
      eId: 'para_1',
      num: '1.',
      role: 'numbered',
      text: 'We agree that every harbour -- large or small -- stays open:',
      footnoteReferences: [{ footnote: 'ftn_2', marker: '2', offset: 60 }],
      children: json['mainBody']?.[1]?.['children'],
      source: json['mainBody']?.[1]?.['source'],
    });
    expect(Object.keys(json['mainBody']?.[1] ?? {}).join(' ')).toBe(
      'type eId num role text footnoteReferences children source',
    );
    expect(json['mainBody']?.[4]?.['children']?.[0]).toMatchObject({ num: null, role: 'item', marker: '•' });
    expect(json['footnotes']?.[1]).toMatchObject({
      eId: 'ftn_2',
      marker: '2',
      text: 'See HNC/2008/1, in particular:',
      calls: [
        { eId: 'para_1', offset: 60 },
        { eId: 'para_2', offset: 81 },
      ],
    });
    expect(json['attachments']?.[0]).toMatchObject({ num: 'Annex I', kind: 'annex', language: 'en' });
    expect(json['furniture']?.[0]).toMatchObject({ reason: 'page number', text: '1/2' });
    expect(json['source']).toEqual(sample.source);
  });

  it('carries every text and every call of the document, in order', async () => {
    const found: { text: unknown; calls: unknown }[] = [];
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const node = value as Record<string, unknown>;
      if ('text' in node && !('reason' in node))
        found.push({ text: node['text'], calls: node['footnoteReferences'] ?? [] });
      Object.values(node).forEach(visit);
    };
    visit(await parsed(sample));
    expect(found).toEqual(
      [...textNodes(sample)].map(({ node }) => ({
        text: textOf(node.content),
        calls: callsOf(node.content),
      })),
    );
  });

  it('marks emphasis by its place in the text, and joins what touches', async () => {
    const text = (value: string, ...emphasis: ('emphasis' | 'strong')[]) =>
      ({ type: 'text', value, ...(emphasis.length > 0 && { emphasis }) }) as const;
    const call = { type: 'noteCall', footnote: 'ftn_1', marker: '1' } as const;
    const one: Paragraph = {
      ...paragraph('p_1', null, 'plain', ''),
      content: [
        text('ab '),
        text('cd', 'strong'),
        call,
        text('ef', 'strong', 'emphasis'),
        text(' gh '),
        text('ij', 'strong'),
      ],
    };
    const json = await parsed(withBody(one));
    expect(json['mainBody']?.[0]?.['marks']).toEqual([
      { type: 'strong', start: 3, end: 7 },
      { type: 'emphasis', start: 5, end: 7 },
      { type: 'strong', start: 11, end: 13 },
    ]);
  });

  it('says how Word abbreviates a long pin', async () => {
    const eId = 'att_1__sec_XXIV__para_3__subpara_a__subpara_iii';
    const json = await parsed(
      withBody(paragraph(eId, null, 'plain', 'x'), paragraph('a'.repeat(40), null, 'plain', 'x')),
    );
    // printf %s att_1__sec_XXIV__para_3__subpara_a__subpara_iii | sha256sum
    expect(json['mainBody']?.[0]?.['wordBookmark']).toBe('att_1__sec_XXIV__para_3__subpar_7eec0fec');
    expect(json['mainBody']?.[1]).not.toHaveProperty('wordBookmark');
  });

  it('is UTF-8 without a mark, ends with a line feed, and keeps small objects on one line', async () => {
    const text = await textFor(sample);
    expect((await bytesOf(sample)).slice(0, 2)).toEqual(new Uint8Array([0x7b, 0x0a]));
    expect(text.endsWith('}\n')).toBe(true);
    expect(text).toMatch(/"source": \{ "start": \d+, "end": \d+, "line": \d+ \}/);
    expect(text).toContain('Tórshavn');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(250);
  });

  it('keeps what UTF-8 could not hold, as an escape', async () => {
    const words = 'a\ud800b\u0000c\u2028"\\';
    const json = await parsed(
      withBody({ ...paragraph('p_1', null, 'plain', ''), content: [{ type: 'text', value: words }] }),
    );
    expect(json['mainBody']?.[0]?.['text']).toBe(words);
  });

  it('is the same every time', async () => {
    expect(await textFor(sample)).toBe(await textFor(structuredClone(sample)));
  });
});

describe('the JSON Schema', () => {
  it('accepts the sample', async () => {
    expect(validate(await parsed(sample)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });

  it('accepts the founding document', async ({ skip }) => {
    const file = 'nato-2007-12-07-final-communique.txt';
    const bytes = readFileSync(new URL(`../input/${file}`, import.meta.url));
    const reading = await Promise.resolve()
      .then(() => read(bytes, { file }))
      .catch((error: unknown) => {
        if (String(error).includes('under construction')) return null;
        throw error;
      });
    if (!reading) skip('the reader is under construction');
    else
      expect(validate(await parsed(reading.document)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(
        true,
      );
  });

  it('describes every field', () => {
    const missing: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const node = value as Record<string, unknown>;
      const properties = (node['properties'] ?? {}) as Record<string, Record<string, unknown>>;
      for (const [name, field] of Object.entries(properties))
        if (!('description' in field) && !('$ref' in field)) missing.push(`${path}/${name}`);
      for (const [key, child] of Object.entries(node)) visit(child, `${path}/${key}`);
    };
    visit(validate.schema, '');
    expect(missing).toEqual([]);
  });

  type Change = (json: Loose) => void;
  const set =
    (path: string, value: unknown): Change =>
    (json) => {
      const keys = path.split('.');
      const last = keys.pop() ?? '';
      const node = keys.reduce<Loose>((at, key) => at[key] ?? {}, json) as unknown as Record<string, unknown>;
      if (value === undefined) Reflect.deleteProperty(node, last);
      else node[last] = value;
    };
  const mutations: readonly [string, Change][] = [
    ['another version', set('version', 2)],
    ['another contract', set('$schema', 'urn:engross:document:2')],
    ['no language', set('language', undefined)],
    ['an id with capitals', set('id', 'Sample')],
    ['a date with a time', set('date', '2011-05-09T00:00:00Z')],
    ['a month 13', set('date', '2011-13-09')],
    ['a region that is no list', set('preamble', null)],
    ['a field that is not in the contract', set('author', 'nobody')],
    ['a paragraph without num', set('mainBody.1.num', undefined)],
    ['a paragraph without role', set('mainBody.1.role', undefined)],
    ['a role of no list', set('mainBody.1.role', 'recital')],
    ['a paragraph without children', set('mainBody.1.children', undefined)],
    ['a paragraph without text', set('mainBody.1.text', undefined)],
    ['a number that is a number', set('mainBody.1.num', 1)],
    ['an eId with a hyphen', set('mainBody.1.eId', 'para-1')],
    ['empty marks', set('mainBody.1.marks', [])],
    ['a mark of another kind', set('mainBody.1.marks', [{ type: 'underline', start: 0, end: 2 }])],
    ['a call without its offset', set('mainBody.1.footnoteReferences.0.offset', undefined)],
    ['an offset below nought', set('mainBody.1.footnoteReferences.0.offset', -1)],
    ['a sub-paragraph of another type', set('mainBody.1.children.0.type', 'heading')],
    ['a heading without level', set('mainBody.0.level', undefined)],
    ['a heading of level 0', set('mainBody.0.level', 0)],
    ['a row without cells', set('mainBody.7.rows.0', {})],
    ['a signature without columns', set('conclusions.1.columns', undefined)],
    ['an attachment of another kind', set('attachments.0.kind', 'appendix')],
    ['an attachment without a language', set('attachments.0.language', undefined)],
    ['a footnote without calls', set('footnotes.0.calls', undefined)],
    ['a footnote with a source line 0', set('footnotes.0.source.line', 0)],
    ['furniture without a reason', set('furniture.0.reason', undefined)],
    ['a severity of no list', set('diagnostics.0.severity', 'fatal')],
    ['a hash that is none', set('source.sha256', 'abc')],
    ['a bookmark that is too long', set('mainBody.1.wordBookmark', 'x'.repeat(41))],
  ];
  it.each(mutations)('refuses %s', async (_, change) => {
    const json = await parsed(sample);
    const before = JSON.stringify(json);
    change(json);
    expect(JSON.stringify(json)).not.toBe(before);
    expect(validate(json)).toBe(false);
  });
});
