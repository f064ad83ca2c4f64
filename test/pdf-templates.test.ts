/** Templates: the shipped ones build, the schema and the documentation say what `src/template.ts` does. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import type { Document } from '../src/document.js';
import { edition } from '../src/editions/pdf.js';
import { filesOf } from '../src/editions/index.js';
import { openShelves } from '../src/files.js';
import { read } from '../src/read/index.js';
import { Refusal } from '../src/report.js';
import { loadTemplate } from '../src/template.js';
import { root } from './engross.js';
import * as judge from './judge-tools.js';
import { contextFor } from './pdf/context.js';
import { expectedLines, foundLines } from './pdf/expected.js';
import { Name, type Dictionary } from './pdf/objects.js';
import { elementsIn, readBack } from './pdf/reading.js';
import { keysOf, tableOf, type Schema } from './pdf/template-table.js';
import { sample } from './sample.js';

const shipped = readdirSync(join(root, 'templates'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''))
  .sort();

const schema = JSON.parse(readFileSync(join(root, 'schemas/template.schema.json'), 'utf8')) as Schema;
const standard = JSON.parse(readFileSync(join(root, 'templates/default.json'), 'utf8')) as Record<
  string,
  unknown
>;
const validate = new Ajv2020({ strict: true }).compile(schema as object);

const founding = async (): Promise<Document> => {
  const file = 'nato-2007-12-07-final-communique.txt';
  return (await read(readFileSync(join(root, 'input', file)), { file })).document;
};

async function render(document: Document, name: string): Promise<Uint8Array> {
  const bytes = (await filesOf(edition, document, await contextFor([], name))).get(edition.extension);
  if (!bytes) throw new Error('the PDF edition is one file');
  return bytes;
}

/** Whether a template that says this and nothing else is taken. */
async function accepts(value: object): Promise<boolean> {
  try {
    await loadTemplate('./probe.json', (name) =>
      Promise.resolve({ path: name, text: JSON.stringify(name === 'default' ? standard : value) }),
    );
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

describe('the shipped templates', () => {
  it('are these', () => {
    expect(shipped).toEqual(['default', 'draft', 'house-example', 'large-print', 'letter']);
  });

  it.each(shipped)('%s fits the schema and says its own name', (name) => {
    const value = JSON.parse(readFileSync(join(root, `templates/${name}.json`), 'utf8')) as { name: string };
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
    expect(value.name).toBe(name);
  });

  it.each(shipped)('%s carries the sample and the founding document word for word', async (name) => {
    for (const document of [sample, await founding()])
      expect(foundLines((await readBack(await render(document, name))).root)).toEqual(
        expectedLines(document),
      );
  });

  it.runIf(judge.present.veraPDF || process.env['CI'] === 'true')(
    'pass the machine checks of veraPDF',
    { timeout: 120_000 },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'engross-templates-'));
      const files = new Map<string, string[]>();
      for (const name of shipped)
        for (const document of [sample, await founding()]) {
          const path = join(folder, `${name}-${document.id}.pdf`);
          writeFileSync(path, await render(document, name));
          const profiles = name === 'house-example' ? 'ua1,3a' : 'ua1,2a';
          files.set(profiles, [...(files.get(profiles) ?? []), path]);
        }
      for (const [profiles, paths] of files) {
        const verdicts = await judge.veraPdfOn(paths, profiles);
        expect(verdicts).toHaveLength(paths.length * 2);
        expect(verdicts.filter((verdict) => !verdict.compliant)).toEqual([]);
      }
      rmSync(folder, { recursive: true });
    },
  );

  it('draft numbers every fifth line and says DRAFT, as artifacts', async () => {
    const { pages } = await readBack(await render(await founding(), 'draft'));
    for (const page of pages.slice(0, -1)) {
      expect(page.artifacts).toEqual(expect.arrayContaining(['5', '10', '15', '20']));
      expect(page.artifacts.join('\n')).toContain('DRAFT');
      expect(page.loose).toBe('');
    }
  });

  it('house-example has a face and a logo of its own, and the JSON edition inside', async () => {
    const document = await founding();
    const { root: tree, objects } = await readBack(await render(document, 'house-example'));
    expect([...elementsIn(tree)].filter((one) => one.tag === 'Figure')).toHaveLength(1);
    const catalog = objects.dictionary(objects.trailer['Root']);
    const [specification] = objects.array(catalog['AF']).map((one) => objects.dictionary(one));
    expect(specification).toMatchObject({
      UF: `${document.id}.json`,
      AFRelationship: { name: 'Alternative' },
    });
    const [first] = objects.array(objects.dictionary(catalog['Pages'])['Kids']);
    const resources = objects.dictionary(objects.dictionary(first)['Resources']);
    const fonts = Object.values(objects.dictionary(resources['Font'])).map((font) =>
      nameOf(objects.dictionary(font)),
    );
    expect(fonts.length).toBeGreaterThan(1);
    expect(fonts.every((name) => name.includes('Libertinus'))).toBe(true);
  });

  const nameOf = (font: Dictionary): string =>
    font['BaseFont'] instanceof Name ? font['BaseFont'].name : '';
});

describe('the schema for editors', () => {
  const leaves = (value: unknown, path: string[] = []): { path: string[]; value: unknown }[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key]))
      : [{ path, value }];
  const saying = (path: readonly string[], value: unknown): object =>
    path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;

  it('knows every key of the default template with its value, and no other', () => {
    const own = leaves(standard).filter(({ path }) => path[0] !== 'strings' && path[1] !== 'fallbacks');
    const known = new Map(keysOf(schema).map(({ path, schema: one }) => [path, one.default]));
    for (const { path, value } of own) expect(known.get(path.join('.')), path.join('.')).toEqual(value);
    const open = [...known.keys()].filter((path) => path.includes('*'));
    expect(known.size - open.length - 2).toBe(own.length);
    const below = (path: string) =>
      open.filter((key) => key.startsWith(path)).map((key) => key.split('.').at(-1));
    const strings = standard['strings'] as Record<string, object>;
    expect(below('strings.*')).toEqual(Object.keys(strings['en'] ?? {}));
    const { fallbacks } = standard['face'] as { fallbacks: Record<string, object> };
    expect(below('face.fallbacks.*')).toEqual(Object.keys(fallbacks['Arab'] ?? {}));
  });

  const probes: readonly unknown[] = [
    '', ' ', 'x', 'A4', 'LETTER', 'justify', 'left', 'start', 'middle', 'end', 'auto', 'always', 'never', '#16324f',
    '#16324', '#16324g', 'a.png', 'a.JPG', 'a.gif', 'a.docx', 'a.dotx', 'a.doc', '/', 'x'.repeat(61), true, false,
    null, [], {}, -1, 0, 0.4, 0.5, 1, 2, 2.1, 3.5, 3.9, 4, 17, 18, 50, 51, 96, 96.5, 97, 200, 201,
  ]; // prettier-ignore

  it('accepts and refuses what the program accepts and refuses', async () => {
    let refused = 0;
    const every = leaves(standard).filter(
      ({ path }) =>
        (path[0] !== 'strings' || path[1] === 'en') && (path[1] !== 'fallbacks' || path[2] === 'Arab'),
    );
    for (const { path } of every)
      for (const probe of probes) {
        const template = saying(path, probe);
        const taken = await accepts(template);
        expect(validate(template), JSON.stringify(template)).toBe(taken);
        if (!taken) refused += 1;
      }
    for (const template of [
      { nonsense: 1 },
      { page: { nonsense: 1 } },
      { strings: { xx: { nonsense: '' } } },
      { strings: { XX: {} } },
      { face: { fallbacks: { Deva: { regular: 'x.ttf' } } } },
      { face: { fallbacks: { deva: {} } } },
      { strings: { xx: { pages: '' } } },
      { extends: '' },
      { extends: 1 },
      { page: 'A4' },
    ])
      // prettier-ignore
      if (!('extends' in template))
        expect(validate(template), JSON.stringify(template)).toBe(await accepts(template));
      else expect(validate(template)).toBe(false);
    expect(refused).toBeGreaterThan(1000);
  });
});

describe('docs/templates.md', () => {
  it('has the table of every key', async () => {
    const path = join(root, 'docs/templates.md');
    const text = readFileSync(path, 'utf8');
    const options = await resolveConfig(path);
    const whole = text.replace(
      /(<!-- keys: .*? -->\n)[^]*(\n?<!-- end of keys -->)/,
      (_, start: string, end: string) => `${start}\n${tableOf(schema)}\n\n${end.trimStart()}`,
    );
    const expected = await format(whole, { ...options, parser: 'markdown' });
    if (process.env['UPDATE'] === '1') writeFileSync(path, expected);
    else expect(text).toBe(expected);
  });

  it('names every shipped template, and the package of every fallback', () => {
    const text = readFileSync(join(root, 'docs/templates.md'), 'utf8');
    for (const name of shipped) expect(text).toContain(`| \`${name}\``);
    const { fallbacks } = standard['face'] as { fallbacks: Record<string, { regular: string }> };
    for (const [script, { regular }] of Object.entries(fallbacks)) {
      expect(text).toContain(`\`${script}\``);
      expect(text).toContain(`npm install ${/^@[^/]+\/[^/]+/.exec(regular)?.[0] ?? ''}\``);
    }
  });
});

describe('a logo', () => {
  const withLogo = async (bytes: Uint8Array, alt: string) => {
    const context = await contextFor();
    const logo = { ...context.template.logo, file: 'logo.png', alt };
    return edition.render(sample, {
      ...context,
      template: { ...context.template, logo },
      asset: () => Promise.resolve(bytes),
    });
  };

  it('without words is an artifact', async () => {
    const bytes = await withLogo(readFileSync(join(root, 'templates/house-example/logo.png')), '');
    const { root: tree } = await readBack(bytes as Uint8Array);
    expect([...elementsIn(tree)].filter((one) => one.tag === 'Figure')).toEqual([]);
  });

  it('that is no image is refused', async () => {
    const refused = withLogo(new TextEncoder().encode('<svg/>'), '');
    await expect(refused).rejects.toThrow(/logo\.png.*neither a PNG/);
  });

  it('that is not there is refused', async () => {
    await expect(openShelves().asset('not-there.png')).rejects.toThrow(Refusal);
  });
});
