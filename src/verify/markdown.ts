/**
 * Reads the Markdown edition back with remark's CommonMark and GFM parser: what a reader of Markdown sees, and where the
 * file has pins, the labels that they tell apart.
 */
import type { FootnoteDefinition, Nodes, Parents, PhrasingContent, Root } from 'mdast';
import type { Flat, FlatNote, Unit, UnitKind } from './flat.js';
import { Gatherer, Unreadable } from './flat.js';

/** @throws Unreadable */
export async function readMarkdown(bytes: Uint8Array): Promise<Flat> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable('it is not UTF-8');
  }
  const root = await parse(text);
  const definitions = root.children.filter((node) => node.type === 'footnoteDefinition');
  const notes = definitions.map((node): FlatNote => {
    const [first, ...rest] = node.children;
    const units: Unit[] = [noteUnit(first, node)];
    readAll(first?.type === 'paragraph' ? rest : node.children, units);
    return { key: node.identifier, pins: units[0]?.pins ?? [], units };
  });
  const markers = new Map(notes.map((note) => [note.key, note.units[0]?.label ?? null]));
  const body: Unit[] = [];
  readAll(
    root.children.filter((node) => node.type !== 'footnoteDefinition'),
    body,
  );
  const hasPins = [...body, ...notes.flatMap((note) => note.units)].some(
    (unit) => (unit.pins ?? []).length > 0,
  );
  const marked = (unit: Unit): Unit => ({
    ...unit,
    pins: hasPins && unit.kind !== 'cell' ? unit.pins : null,
    calls: unit.calls.map((call) => ({
      ...call,
      // A call says its mark where it isn't its note's, and the file has pins.
      marker: call.marker ?? (hasPins ? (markers.get(call.note ?? '') ?? null) : null),
    })),
  });
  return {
    body: body.map(marked),
    notes: notes.map((note) => ({
      ...note,
      pins: hasPins ? note.pins : null,
      units: note.units.map(marked),
    })),
  };
}

async function parse(text: string): Promise<Root> {
  const [{ unified }, { default: remarkParse }, { default: remarkGfm }, { default: remarkFrontmatter }] =
    await Promise.all([
      import('unified'),
      import('remark-parse'),
      import('remark-gfm'),
      import('remark-frontmatter'),
    ]);
  return unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter).parse(text);
}

// ------------------------------------------------------------------------------------------------ blocks

function readAll(nodes: readonly Nodes[], into: Unit[], bullet: string | null = null): void {
  let isFirst = true;
  for (const node of nodes) {
    readBlock(node, into, isFirst ? bullet : null);
    isFirst = false;
  }
}

function readBlock(node: Nodes, into: Unit[], bullet: string | null): void {
  switch (node.type) {
    case 'yaml':
      return;
    case 'heading':
      into.push(unitOf(node.children, node.depth === 1 ? 'title' : 'heading', placeOf(node), null, true));
      return;
    case 'paragraph':
      readParagraph(node.children, placeOf(node), into, bullet);
      return;
    case 'list':
      for (const item of node.children) {
        const before = into.length;
        // A list that counts prints labels of its own; the edition has none.
        const glyph = node.ordered ? null : '';
        readAll(item.children, into, glyph);
        if (into.length === before) into.push({ ...emptyUnit(item), bullet: glyph });
        if (node.ordered || typeof item.checked === 'boolean') spoil(into, before, 'a mark of its own');
      }
      return;
    case 'table':
      for (const row of node.children)
        for (const cell of row.children) into.push(unitOf(cell.children, 'cell', placeOf(cell), null, false));
      return;
    case 'blockquote':
      readAll(node.children, into, bullet);
      return;
    default: {
      // Code, raw HTML, rules, definitions: nothing that the edition writes.
      const words = 'value' in node ? node.value : '';
      const gatherer = new Gatherer();
      gatherer.add(`‹${node.type}› ${words}`);
      into.push({ ...emptyUnit(node), ...gatherer.gathered() });
    }
  }
}

/** Makes a difference of something that a renderer would add. */
function spoil(units: Unit[], at: number, what: string): void {
  const unit = units[at];
  if (unit) units[at] = { ...unit, words: [`‹${what}›`, ...unit.words] };
}

/** A paragraph; one with hard breaks is a unit for each of its lines. */
function readParagraph(
  nodes: readonly PhrasingContent[],
  place: string,
  into: Unit[],
  bullet: string | null,
): void {
  const lines: PhrasingContent[][] = [[]];
  for (const node of nodes) {
    if (node.type === 'break') lines.push([]);
    else lines.at(-1)?.push(node);
  }
  const isSignature =
    lines.length > 1 ||
    anchorsOf(nodes).some((one) => one.get('class') === 'signature' || one.has('data-column'));
  for (const line of lines) {
    const unit = unitOf(line, 'paragraph', place, bullet, !isSignature);
    // The lines of a signature bear their bullets unsaid, and a first word that looks like a label is none.
    into.push(isSignature ? { ...unit, bullet: undefined } : unit);
  }
}

const placeOf = (node: Nodes): string => `line ${'position' in node ? (node.position?.start.line ?? 0) : 0}`;

const emptyUnit = (node: Nodes): Unit => ({
  kind: 'paragraph',
  pins: [],
  label: null,
  bullet: null,
  words: [],
  calls: [],
  place: placeOf(node),
});

// ------------------------------------------------------------------------------------------------ lines of words

type Attributes = ReadonlyMap<string, string>;

const anchor = /^<a((?: [a-z-]+="[^"]*")*)>$/;

function attributesIn(html: string): Attributes | null {
  const match = anchor.exec(html);
  if (!match) return null;
  const attributes = new Map<string, string>();
  for (const [, key = '', value = ''] of (match[1] ?? '').matchAll(/ ([a-z-]+)="([^"]*)"/g))
    attributes.set(
      key,
      value.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
    );
  return attributes;
}

const anchorsOf = (nodes: readonly PhrasingContent[]): Attributes[] =>
  nodes.flatMap((node) => (node.type === 'html' ? (attributesIn(node.value) ?? []) : []));

interface Line {
  readonly gatherer: Gatherer;
  readonly pins: string[];
  /** What the last pin before the words says. */
  says: Attributes;
  /** The mark of the call that follows. */
  marker: string | null;
  /** How many pins are open. */
  open: number;
}

const newLine = (): Line => ({
  gatherer: new Gatherer(),
  pins: [],
  says: new Map(),
  marker: null,
  open: 0,
});

function readPhrasing(node: Nodes, line: Line): void {
  switch (node.type) {
    case 'text':
      line.gatherer.add(node.value);
      return;
    case 'emphasis':
    case 'strong':
    case 'link':
      for (const child of node.children) readPhrasing(child, line);
      return;
    case 'footnoteReference':
      line.gatherer.call(line.marker, node.identifier);
      line.marker = null;
      return;
    case 'html': {
      const attributes = attributesIn(node.value);
      if (attributes) {
        const id = attributes.get('id');
        line.open += 1;
        if (id === undefined) line.marker = attributes.get('data-marker') ?? null;
        else {
          line.pins.push(id);
          line.says = attributes;
        }
      } else if (node.value === '</a>' && line.open > 0) line.open -= 1;
      else line.gatherer.add(node.value);
      return;
    }
    default:
      // Struck out, code, pictures: mark-up that the edition never writes.
      line.gatherer.add(`‹${node.type}›`);
      if ('children' in node) for (const child of (node as Parents).children) readPhrasing(child, line);
      else if ('value' in node) line.gatherer.add(node.value);
  }
}

/** What the edition takes for a label where no pin says otherwise: `15.`, `3)`, `(a)`, `(iv)`, `II.`, `b.`. */
const looksLikeLabel = /^(?:\(\p{L}{1,5}\)|\(?\d{1,4}[.)]|[A-Za-z][.)]|[IVXLC]{1,7}\.|[ivxlc]{1,7}[.)])$/u;
const emSpace = '\u2003';
/** What never has a label. */
const unlabelled: ReadonlySet<string> = new Set(['subtitle', 'docDate', 'docNumber', 'place']);

/** @param mayGuess whether a first word that looks like a label is one */
function unitOf(
  nodes: readonly PhrasingContent[],
  kind: UnitKind,
  place: string,
  bullet: string | null,
  mayGuess: boolean,
): Unit {
  const line = newLine();
  for (const node of nodes) readPhrasing(node, line);
  const text = line.gatherer.text;
  const unit = { kind, pins: line.pins, bullet, place };
  const indent = /^\u2003*/.exec(text)?.[0].length ?? 0;
  const told = line.says.get('data-num');
  if (told === '') return { ...unit, label: '', ...line.gatherer.gathered(indent) };
  if (told !== undefined && text.startsWith(told, indent))
    return { ...unit, label: told, ...line.gatherer.gathered(indent + told.length) };
  const space = text.indexOf(emSpace, indent);
  if (space >= 0) return { ...unit, label: text.slice(indent, space), ...line.gatherer.gathered(space) };
  const first = /^[^ ]*/.exec(text.slice(indent))?.[0] ?? '';
  // Titles and headings are alike but for their level: there the label is at the head of the words.
  const mayBear = mayGuess && !unlabelled.has(line.says.get('class') ?? '');
  if (line.pins.length > 0 && mayBear && kind === 'paragraph' && looksLikeLabel.test(first))
    return { ...unit, label: first, ...line.gatherer.gathered(indent + first.length) };
  return {
    ...unit,
    label: line.pins.length > 0 && kind === 'paragraph' ? '' : null,
    ...line.gatherer.gathered(indent),
  };
}

/**
 * A note's marker is its label where that is a number; else it stands before the first EM SPACE of its text, or the first
 * space; an empty `data-marker` says that there is none.
 */
function noteUnit(first: Nodes | undefined, definition: FootnoteDefinition): Unit {
  const label = definition.label ?? definition.identifier;
  const line = newLine();
  if (first?.type === 'paragraph') for (const node of first.children) readPhrasing(node, line);
  const unit = { kind: 'note', pins: line.pins, bullet: null, place: placeOf(definition) } as const;
  const { text } = line.gatherer;
  const told = line.says.get('data-marker');
  if (told !== undefined) return { ...unit, label: told, ...line.gatherer.gathered() };
  if (/^\d+$/.test(label)) return { ...unit, label, ...line.gatherer.gathered() };
  const end = text.includes(emSpace) ? text.indexOf(emSpace) : text.indexOf(' ');
  const marker = end < 0 ? text : text.slice(0, end);
  if (line.pins.length === 0) return { ...unit, label: null, ...line.gatherer.gathered() };
  return { ...unit, label: marker, ...line.gatherer.gathered(marker.length) };
}
