/** Reads the JSON edition back, by the contract that its schema states. */
import type { Facts, Flat, FlatNote, Standing, Unit, UnitKind } from './flat.js';
import { Gatherer, Unreadable, wordsIn } from './flat.js';
import { withRanks } from './standing.js';

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
      addBlock(block, `${region}[${index}]`, { region, attachment: null, isAttached: false }, body);
  for (const [index, one] of list(document, 'attachments').entries())
    addAttachment(one, `attachments[${index}]`, body);
  const notes = list(document, 'footnotes').map((note, index) => noteOf(note, `footnotes[${index}]`));
  const facts = factsOf(document);
  agree(list(document, 'footnotes'), document);
  return { id: facts.id, flat: { body: withRanks(body), notes, facts } };
}

function factsOf(document: Json): Facts {
  const orNull = (key: string) => (typeof document[key] === 'string' ? document[key] : null);
  return {
    id: string(document, 'id', 'the file'),
    title: string(document, 'title', 'the file'),
    date: orNull('datePrinted') ?? orNull('date'),
    symbol: orNull('symbol'),
    attachments: list(document, 'attachments').map((one) => ({
      pin: string(one, 'eId', 'an attachment'),
      num: typeof one['num'] === 'string' ? one['num'] : null,
      title: string(one, 'title', 'an attachment'),
    })),
  };
}

/** Says of the first text of something that it begins there. */
function open(units: Unit[], at: number, pin: string): void {
  const first = units[at];
  if (first)
    units[at] = {
      ...first,
      opens: [{ pin, texts: units.length - at }, ...(first.opens ?? [])],
      pins: [...(first.pins ?? []), pin],
    };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Unreadable(`it is no JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}

function addBlock(block: Json, at: string, standing: Standing, into: Unit[]): void {
  const before = into.length;
  const type = string(block, 'type', at);
  const has = (role: string, level?: number): Standing => ({
    ...standing,
    roles: [role],
    ...(level === undefined ? { depth: 0 } : { level }),
  });
  switch (type) {
    case 'docTitle':
      into.push(unit(block, 'title', '', at, has(type)));
      return;
    case 'subtitle':
    case 'docDate':
    case 'docNumber':
    case 'place':
      into.push(unit(block, 'paragraph', '', at, has(type)));
      return;
    case 'heading':
      into.push(unit(block, 'heading', orEmpty(block, 'num', at), at, has(type, Number(block['level']))));
      return;
    case 'paragraph':
      addParagraph(block, at, 'paragraph', { ...standing, depth: 0, indents: 0 }, into);
      return;
    case 'table':
      for (const [r, row] of list(block, 'rows').entries())
        for (const [c, cell] of list(row, 'cells').entries())
          into.push({
            ...unit(cell, 'cell', '', `${at}.rows[${r}].cells[${c}]`, has('cell')),
            row: `${at} ${r}`,
          });
      open(into, before, string(block, 'eId', at));
      return;
    case 'signature':
      for (const [c, column] of lists(block, 'columns').entries())
        for (const [l, line] of column.entries())
          addParagraph(line, `${at}.columns[${c}][${l}]`, 'signature', { ...standing, depth: 0 }, into);
      open(into, before, string(block, 'eId', at));
      return;
    default:
      throw new Unreadable(`${at} is of no known type`);
  }
}

function addParagraph(one: Json, at: string, kind: UnitKind, standing: Standing, into: Unit[]): void {
  const hasLabel = one['num'] !== null;
  const marker = one['marker'];
  const role = string(one, 'role', at);
  into.push({
    ...unit(one, kind, orEmpty(one, 'num', at), at, { ...standing, roles: [role] }),
    bullet: !hasLabel && typeof marker === 'string' ? marker : null,
  });
  const { depth = 0, indents } = standing;
  const isLabelled = hasLabel || typeof marker === 'string';
  const own = indents === undefined || role === 'note' ? undefined : indents + (isLabelled ? 1 : 0);
  for (const [index, child] of list(one, 'children').entries())
    addParagraph(
      child,
      `${at}.children[${index}]`,
      kind,
      { ...standing, depth: depth + 1, indents: own },
      into,
    );
}

function addAttachment(one: Json, at: string, into: Unit[]): void {
  const before = into.length;
  const children = list(one, 'children');
  const num = one['num'];
  const eId = string(one, 'eId', at);
  const standing = { region: 'attachments', attachment: eId, isAttached: true };
  if (typeof num === 'string') {
    const label = wordsIn(num);
    const opening = typeof children[0]?.['text'] === 'string' ? wordsIn(children[0]['text']).join(' ') : '';
    const isHeaded = children.some((block) => block['type'] === 'heading' && block['num'] === num);
    into.push({
      kind: 'label',
      pins: [eId],
      label: '',
      bullet: null,
      words: label,
      calls: [],
      emphasis: { emphasis: [], strong: [] },
      standing: { ...standing, roles: ['attachment'], depth: 0 },
      lines: lineOf(one),
      place: at,
      optional: isHeaded || opening.toLowerCase().startsWith(label.join(' ').toLowerCase()),
    });
  }
  for (const [index, block] of children.entries())
    addBlock(block, `${at}.children[${index}]`, standing, into);
  open(into, before, eId);
}

function noteOf(note: Json, at: string): FlatNote {
  const eId = string(note, 'eId', at);
  const standing = { region: 'footnotes' };
  const units: Unit[] = [unit(note, 'note', string(note, 'marker', at), at, standing)];
  for (const [index, child] of list(note, 'children').entries())
    addParagraph(
      child,
      `${at}.children[${index}]`,
      'paragraph',
      { ...standing, depth: 1, indents: 0 },
      units,
    );
  return { key: eId, pins: [eId], units };
}

function unit(node: Json, kind: UnitKind, label: string, at: string, standing: Standing): Unit {
  const text = string(node, 'text', at);
  const marks = list(node, 'marks').map(({ type, start, end }) => {
    if (
      typeof start !== 'number' ||
      typeof end !== 'number' ||
      !(start < end && end <= text.length && start >= 0)
    )
      throw new Unreadable(`a mark of ${at} stands at no place of its text`);
    return { type: String(type), start, end };
  });
  const references = list(node, 'footnoteReferences').map((reference) => {
    const offset = reference['offset'];
    if (typeof offset !== 'number' || !(offset >= 0 && offset <= text.length))
      throw new Unreadable(`a call of ${at} stands at no place of its text`);
    return { offset, marker: string(reference, 'marker', at), note: string(reference, 'footnote', at) };
  });
  const gatherer = new Gatherer();
  const cuts = new Set([0, text.length, ...references.map((one) => one.offset)]);
  for (const { start, end } of marks) cuts.add(start).add(end);
  const places = [...cuts].sort((one, other) => one - other);
  let next = 0;
  for (const [index, place] of places.entries()) {
    for (; references[next]?.offset === place; next++) {
      const { marker = '', note = '' } = references[next] ?? {};
      gatherer.call(marker, note);
    }
    const to = places[index + 1];
    if (to !== undefined)
      gatherer.add(
        text.slice(place, to),
        marks.filter(({ start, end }) => start <= place && end >= to).map(({ type }) => type),
      );
  }
  if (next < references.length) throw new Unreadable(`the calls of ${at} are not in order`);
  return {
    kind,
    pins: [string(node, 'eId', at)],
    label,
    bullet: null,
    ...gatherer.gathered(),
    emphasis: { emphasis: gatherer.marked('emphasis'), strong: gatherer.marked('strong') },
    standing,
    lines: lineOf(node),
    place: at,
  };
}

/** It says where a text begins in the source, not where it ends. */
function lineOf(node: Json): Unit['lines'] {
  const source = node['source'];
  const line = typeof source === 'object' && source !== null && 'line' in source ? source.line : undefined;
  return typeof line === 'number' ? { first: line } : undefined;
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
