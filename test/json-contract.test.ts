/** The JSON edition's types, its schema and its bytes say the same: every field, whether it may be absent, and in which order. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { Context } from '../src/editions/edition.js';
import { edition } from '../src/editions/json.js';
import { root } from './engross.js';
import { sample } from './sample.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const schemaNamed = (name: string) =>
  JSON.parse(readFileSync(join(root, `schemas/${name}.schema.json`), 'utf8')) as Schema;
const schema = schemaNamed('document');

const path = join(root, 'src/editions/json/contract.ts');
const program = ts.createProgram([path], {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
});
const checker = program.getTypeChecker();

function typeNamed(name: string): ts.Type {
  const file = program.getSourceFile(path);
  const symbol = file && checker.getSymbolAtLocation(file);
  const exported = symbol && checker.getExportsOfModule(symbol).find((one) => one.name === name);
  if (!exported) throw new Error(`there is no type ${name}`);
  return checker.getDeclaredTypeOfSymbol(exported);
}

/** Which type is which part of the schema. */
const parts: Readonly<Record<string, string>> = {
  attachment: 'JsonAttachment',
  cell: 'JsonCell',
  diagnostic: 'JsonDiagnostic',
  docDate: 'JsonTitlePart',
  docNumber: 'JsonTitlePart',
  docTitle: 'JsonTitlePart',
  footnote: 'JsonFootnote',
  footnoteReference: 'JsonFootnoteReference',
  furniture: 'JsonFurniture',
  heading: 'JsonHeading',
  mark: 'JsonMark',
  paragraph: 'JsonParagraph',
  place: 'JsonPlace',
  placeName: 'JsonTitlePart',
  signature: 'JsonSignature',
  subtitle: 'JsonTitlePart',
  table: 'JsonTable',
};

/** `name` for a field that is always there, `name?` for one that may be absent. */
const fieldsOf = (type: ts.Type): string[] =>
  checker
    .getPropertiesOfType(type)
    .map((field) => field.name + ((field.flags & ts.SymbolFlags.Optional) === 0 ? '' : '?'))
    .sort();

const fieldsIn = ({ properties = {}, required = [] }: Schema): string[] =>
  Object.keys(properties)
    .map((name) => (required.includes(name) ? name : `${name}?`))
    .sort();

const resolved = (one: Schema): Schema =>
  one.$ref === undefined ? one : (schema.$defs?.[one.$ref.replace('#/$defs/', '')] ?? {});

/** What a field may hold, roughly: `string`, `string|null`, `number`, `list`, `object`, or its words. */
function kindIn(one: Schema & { readonly const?: unknown; readonly enum?: readonly unknown[] }): string {
  const { type, const: fixed, enum: words } = one;
  if (fixed !== undefined) return JSON.stringify(fixed);
  if (words)
    return words
      .map((word) => JSON.stringify(word))
      .sort()
      .join('|');
  const types = typeof type === 'string' ? [type] : (type ?? ['?']);
  return types
    .map((name) => ({ integer: 'number', array: 'list' })[name] ?? name)
    .sort()
    .join('|');
}

function kindOf(type: ts.Type): string {
  if (type.isUnion())
    return type.types
      .map(kindOf)
      .filter((kind) => kind !== 'undefined')
      .sort()
      .join('|');
  if (checker.isArrayType(type)) return 'list';
  if ((type.flags & ts.TypeFlags.Object) !== 0) return 'object';
  return checker.typeToString(type);
}

describe('the types of the JSON edition', () => {
  it('are those of the schema: the whole file', () => {
    expect(fieldsOf(typeNamed('JsonDocument'))).toEqual(fieldsIn(schema));
  });

  it('name every part of the schema that has fields', () => {
    const withFields = Object.entries(schema.$defs ?? {}).filter(([, part]) => part.properties);
    expect(Object.keys(parts).sort()).toEqual(withFields.map(([name]) => name).sort());
  });

  it.each(Object.entries(parts))('are those of the schema: %s is %s', (part, name) => {
    expect(fieldsOf(typeNamed(name))).toEqual(fieldsIn(schema.$defs?.[part] ?? {}));
  });

  it.each(
    [['the file', 'JsonDocument', schema] as const].concat(
      Object.entries(parts)
        .filter(([, name]) => name !== 'JsonTitlePart')
        .map(([part, name]) => [part, name, schema.$defs?.[part] ?? {}] as const) as never[],
    ),
  )('hold what the schema says: %s', (_, name, part) => {
    for (const field of checker.getPropertiesOfType(typeNamed(name))) {
      const declared = checker.getTypeOfSymbol(field);
      const said = resolved(part.properties?.[field.name] ?? {});
      expect(`${field.name}: ${kindOf(declared)}`).toBe(`${field.name}: ${kindIn(said)}`);
    }
  });

  it('are a block each, as in the schema', () => {
    const blocks = (schema.$defs?.['block']?.oneOf ?? []).map(
      ({ $ref = '' }) => parts[$ref.replace('#/$defs/', '')],
    );
    const union = typeNamed('JsonBlock');
    const names = union.isUnion() ? union.types.map((type) => checker.typeToString(type)) : [];
    expect([...new Set(blocks)].sort()).toEqual(names.sort());
  });
});

describe('every field of a schema is described', () => {
  it.each(['document', 'template', 'sidecar'])('%s', (name) => {
    const whole = schemaNamed(name);
    const bare: string[] = [];
    let seen = 0;
    const visit = (one: Schema, at: string): void => {
      for (const [field, inner] of Object.entries(one.properties ?? {})) {
        seen += 1;
        const target = inner.$ref === undefined ? inner : whole.$defs?.[inner.$ref.replace('#/$defs/', '')];
        if (!/\S/.test(inner.description ?? target?.description ?? '')) bare.push(`${at}.${field}`);
        visit(inner, `${at}.${field}`);
      }
      if (one.items) visit(one.items, `${at}[]`);
      for (const [part, inner] of Object.entries(one.$defs ?? {})) visit(inner, part);
    };
    visit(whole, name);
    expect(bare).toEqual([]);
    expect(seen).toBeGreaterThan(10);
  });
});

it('keys stand in the order of the schema, in every object of the file', async () => {
  const bytes = (await edition.render(sample, {} as Context)) as Uint8Array;
  const file = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  const orders: Readonly<Record<string, readonly string[]>> = Object.fromEntries([
    ['file', Object.keys(schema.properties ?? {})],
    ...Object.entries(schema.$defs ?? {}).map(
      ([name, part]) => [name, Object.keys(part.properties ?? {})] as const,
    ),
  ]);
  const wrong: string[] = [];
  const seen = new Set<string>();
  const check = (value: Record<string, unknown>, name: string): void => {
    seen.add(name);
    const keys = Object.keys(value);
    const expected = (orders[name] ?? []).filter((key) => keys.includes(key));
    if (keys.join() !== expected.join()) wrong.push(`${name}: ${keys.join()}`);
  };
  const visit = (value: unknown, key: string): void => {
    if (Array.isArray(value)) {
      for (const one of value) visit(one, key);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const node = value as Record<string, unknown>;
    const kinds: Readonly<Record<string, string>> = {
      source: 'place',
      marks: 'mark',
      footnoteReferences: 'footnoteReference',
      footnotes: 'footnote',
      furniture: 'furniture',
      diagnostics: 'diagnostic',
    };
    const type = typeof node['type'] === 'string' && key !== 'marks' ? node['type'] : undefined;
    const name = key === 'file' ? 'file' : type === 'place' ? 'placeName' : (type ?? kinds[key]);
    if (name !== undefined && !(name === 'place' && 'sha256' in node)) check(node, name);
    for (const [inner, one] of Object.entries(node)) visit(one, inner);
  };
  visit(file, 'file');
  expect(wrong).toEqual([]);
  expect([...seen].sort()).toEqual(['file', ...Object.keys(parts)].sort());
});
