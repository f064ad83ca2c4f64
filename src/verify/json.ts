/** Reads the JSON edition back, by the contract that its schema states. */
import type { Flat, FlatNote, Unit, UnitKind } from './flat.js';
import { Gatherer, Unreadable, wordsIn } from './flat.js';

type Json = Readonly<Record<string, unknown>>;

/** What a JSON edition says of itself. */
export interface ReadJson {
  readonly id: string;
  readonly flat: Flat;
}

const regions = ['preface', 'preamble', 'mainBody', 'conclusions'] as const;

/** Whether some text is a JSON edition of this version, without reading it whole. */
export const isEdition = (text: string): boolean =>
  /"\$schema"\s*:\s*"urn:engross:document:1"/.test(text.slice(0, 400));

/** @throws Unreadable for anything that is not a JSON edition */
export function readJson(bytes: Uint8Array): ReadJson {
  const document = object(parsed(bytes), 'the file');
  if (document['$schema'] !== 'urn:engross:document:1')
    throw new Unreadable('it is no JSON edition of Engross');
  const body: Unit[] = [];
  for (const region of regions)
    for (const [index, block] of list(document, region).entries())
      addBlock(block, `${region}[${index}]`, body);
  for (const [index, one] of list(document, 'attachments').entries())
    addAttachment(one, `attachments[${index}]`, body);
  const notes = list(document, 'footnotes').map((note, index) => noteOf(note, `footnotes[${index}]`));
  const flat = { body, notes };
  agree(list(document, 'footnotes'), document);
  return { id: string(document, 'id', 'the file'), flat };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Unreadable(`it is no JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}

function addBlock(block: Json, at: string, into: Unit[]): void {
  switch (block['type']) {
    case 'docTitle':
      into.push(unit(block, 'title', '', at));
      return;
    case 'subtitle':
    case 'docDate':
    case 'docNumber':
    case 'place':
      into.push(unit(block, 'paragraph', '', at));
      return;
    case 'heading':
      into.push(unit(block, 'heading', orEmpty(block, 'num', at), at));
      return;
    case 'paragraph':
      addParagraph(block, at, into);
      return;
    case 'table':
      for (const [r, row] of list(block, 'rows').entries())
        for (const [c, cell] of list(row, 'cells').entries())
          into.push({ ...unit(cell, 'cell', '', `${at}.rows[${r}].cells[${c}]`), row: `${at} ${r}` });
      return;
    case 'signature':
      for (const [c, column] of lists(block, 'columns').entries())
        for (const [l, line] of column.entries()) addParagraph(line, `${at}.columns[${c}][${l}]`, into);
      return;
    default:
      throw new Unreadable(`${at} is of no known type`);
  }
}

function addParagraph(one: Json, at: string, into: Unit[]): void {
  const hasLabel = one['num'] !== null;
  const marker = one['marker'];
  into.push({
    ...unit(one, 'paragraph', orEmpty(one, 'num', at), at),
    bullet: !hasLabel && typeof marker === 'string' ? marker : null,
  });
  for (const [index, child] of list(one, 'children').entries())
    addParagraph(child, `${at}.children[${index}]`, into);
}

function addAttachment(one: Json, at: string, into: Unit[]): void {
  const children = list(one, 'children');
  const num = one['num'];
  if (typeof num === 'string') {
    const label = wordsIn(num);
    const opening = typeof children[0]?.['text'] === 'string' ? wordsIn(children[0]['text']).join(' ') : '';
    const isHeaded = children.some((block) => block['type'] === 'heading' && block['num'] === num);
    into.push({
      kind: 'label',
      pins: [string(one, 'eId', at)],
      label: '',
      bullet: null,
      words: label,
      calls: [],
      place: at,
      optional: isHeaded || opening.toLowerCase().startsWith(label.join(' ').toLowerCase()),
    });
  }
  for (const [index, block] of children.entries()) addBlock(block, `${at}.children[${index}]`, into);
}

function noteOf(note: Json, at: string): FlatNote {
  const eId = string(note, 'eId', at);
  const units: Unit[] = [unit(note, 'note', string(note, 'marker', at), at)];
  for (const [index, child] of list(note, 'children').entries())
    addParagraph(child, `${at}.children[${index}]`, units);
  return { key: eId, pins: [eId], units };
}

function unit(node: Json, kind: UnitKind, label: string, at: string): Unit {
  const text = string(node, 'text', at);
  const gatherer = new Gatherer();
  let before = 0;
  for (const reference of list(node, 'footnoteReferences')) {
    const offset = reference['offset'];
    if (typeof offset !== 'number' || offset < before || offset > text.length)
      throw new Unreadable(`a call of ${at} stands at no place of its text`);
    gatherer.add(text.slice(before, offset));
    gatherer.call(string(reference, 'marker', at), string(reference, 'footnote', at));
    before = offset;
  }
  gatherer.add(text.slice(before));
  return { kind, pins: [string(node, 'eId', at)], label, bullet: null, ...gatherer.gathered(), place: at };
}

/** A note says where it is called, and the texts say what they call: both must say the same. */
function agree(footnotes: readonly Json[], document: Json): void {
  const called = new Map<string, string[]>();
  const look = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const one of value) look(one, key);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const node = value as Json;
    if (typeof node['text'] === 'string' && typeof node['eId'] === 'string')
      for (const { footnote, offset } of list(node, 'footnoteReferences')) {
        const places = called.get(String(footnote)) ?? [];
        called.set(String(footnote), places);
        places.push(`${node['eId']} ${String(offset)}`);
      }
    for (const [inner, one] of Object.entries(node))
      if (!['footnoteReferences', 'calls', 'source', 'marks'].includes(inner)) look(one, inner);
  };
  for (const key of [...regions, 'attachments', 'footnotes']) look(document[key], key);
  for (const note of footnotes) {
    const says = list(note, 'calls').map(({ eId, offset }) => `${String(eId)} ${String(offset)}`);
    const is = called.get(String(note['eId'])) ?? [];
    if (says.join('\n') !== is.join('\n'))
      throw new Unreadable(`${String(note['eId'])} is not called where its “calls” say`);
  }
}

function object(value: unknown, at: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Unreadable(`${at} is no object`);
  return value as Json;
}

function list(node: Json, key: string): readonly Json[] {
  const value = node[key];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Unreadable(`“${key}” is no list`);
  return value.map((one) => object(one, `an entry of “${key}”`));
}

function lists(node: Json, key: string): readonly (readonly Json[])[] {
  const value = node[key];
  if (!Array.isArray(value)) throw new Unreadable(`“${key}” is no list`);
  return value.map((one) => list({ one: one as unknown }, 'one'));
}

function string(node: Json, key: string, at: string): string {
  const value = node[key];
  if (typeof value !== 'string') throw new Unreadable(`${at} has no “${key}”`);
  return value;
}

const orEmpty = (node: Json, key: string, at: string): string =>
  node[key] === null ? '' : string(node, key, at);
