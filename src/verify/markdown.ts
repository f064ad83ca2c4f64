/**
 * Reads the Markdown edition back with remark's CommonMark and GFM parser: what a reader of Markdown sees, and where the
 * file has pins, the labels that they tell apart.
 */
import type { FootnoteDefinition, Nodes, Parents, PhrasingContent, Root } from 'mdast';
import type { Flat, FlatNote, Unit, UnitKind } from './flat.js';
import { Gatherer, Unreadable } from './flat.js';
import { planIn, titleBlock, Whereabouts, type Attributes } from './markdown/whereabouts.js';

/** What a file says. Without pins nothing tells what a line is for, nor where it stands. */
export interface ReadMarkdown {
  readonly flat: Flat;
  readonly hasPins: boolean;
}

/** @throws Unreadable */
export async function readMarkdown(bytes: Uint8Array): Promise<ReadMarkdown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable('it is not UTF-8');
  }
  const root = await parse(text);
  const [front] = root.children;
  const plan = await planIn(front?.type === 'yaml' ? front.value : '');
  const definitions = root.children.filter((node) => node.type === 'footnoteDefinition');
  const inNotes = new Whereabouts(plan, 'footnotes');
  const notes = definitions.map((node): FlatNote => {
    const [first, ...rest] = node.children;
    const units: Unit[] = [noteUnit(first, node)];
    readAll(first?.type === 'paragraph' ? rest : node.children, units, inNotes, { base: 0, bullets: 1 });
    return { key: node.identifier, pins: units[0]?.pins ?? [], units };
  });
  const markers = new Map(notes.map((note) => [note.key, note.units[0]?.label ?? null]));
  const body: Unit[] = [];
  readAll(
    root.children.filter((node) => node.type !== 'footnoteDefinition'),
    body,
    new Whereabouts(plan, 'preface'),
    { base: 0, bullets: 0 },
  );
  const all = [...body, ...notes.flatMap((note) => note.units)];
  const targets = new Map(all.flatMap(({ pins }) => (pins ?? []).map((pin) => [pin, null] as const)));
  const hasPins = targets.size > 0;
  const marked = (unit: Unit): Unit => ({
    ...unit,
    pins: hasPins ? unit.pins : null,
    standing: hasPins ? unit.standing : undefined,
    calls: unit.calls.map((call) => ({
      ...call,
      // A call says its mark where it isn't its note's, and the file has pins.
      marker: call.marker ?? (hasPins ? (markers.get(call.note ?? '') ?? null) : null),
    })),
  });
  const flat = {
    body: body.map(marked),
    notes: notes.map((note) => ({
      ...note,
      pins: hasPins ? note.pins : null,
      units: note.units.map(marked),
    })),
  };
  return { flat, hasPins };
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

/** Where blocks go, as deep as what holds them, and the depth of a list that comes next. */
interface Place {
  readonly base: number;
  bullets: number;
}

function readAll(
  nodes: readonly Nodes[],
  into: Unit[],
  where: Whereabouts,
  place: Place,
  bullet: string | null = null,
): void {
  let isFirst = true;
  for (const node of nodes) {
    readBlock(node, into, where, place, isFirst ? bullet : null);
    isFirst = false;
  }
}

function readBlock(node: Nodes, into: Unit[], where: Whereabouts, place: Place, bullet: string | null): void {
  if (where.enters(pinsAtStart(node))) place.bullets = 0;
  switch (node.type) {
    case 'yaml':
      return;
    case 'heading': {
      place.bullets = 0;
      const { unit, says } = unitOf(node.children, 'heading', placeOf(node), null, true);
      into.push({ ...unit, ...where.ofHeading(node.depth, says, unit.pins ?? []) });
      return;
    }
    case 'paragraph':
      readParagraph(node.children, placeOf(node), into, where, place, bullet);
      return;
    case 'list':
      for (const item of node.children) {
        const before = into.length;
        // A list that counts prints labels of its own; the edition has none.
        const glyph = node.ordered ? null : '';
        const [first, ...rest] = item.children;
        if (first?.type === 'paragraph') readBlock(first, into, where, place, glyph);
        const depth = into[before]?.standing?.depth ?? place.bullets;
        const inner = { base: depth + 1, bullets: depth + 1 };
        if (first?.type === 'paragraph') readAll(rest, into, where, inner);
        else readAll(item.children, into, where, inner, glyph);
        if (into.length === before) into.push({ ...emptyUnit(item), bullet: glyph });
        if (node.ordered || typeof item.checked === 'boolean') spoil(into, before, 'a mark of its own');
      }
      return;
    case 'table': {
      place.bullets = 0;
      const first = pinsAtStart(node);
      for (const [r, row] of node.children.entries())
        for (const [c, cell] of row.children.entries()) {
          const { unit } = unitOf(cell.children, 'cell', placeOf(cell), null, false);
          // One of the pins in the first cell is the table's; a cell without a pin of its own is named after it.
          const usual = first.map((pin) => `${pin}__cell_${r + 1}_${c + 1}`);
          into.push({ ...unit, pins: [...(unit.pins ?? []), ...usual], standing: where.here() });
        }
      return;
    }
    case 'blockquote':
      readAll(node.children, into, where, place, bullet);
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

/** The pins that a block begins with; a table's stand in its first cell. */
function pinsAtStart(node: Nodes): string[] {
  if (node.type === 'table') {
    const cell = node.children[0]?.children[0];
    return cell ? pinsAtStart(cell) : [];
  }
  if (node.type === 'list') {
    const first = node.children[0]?.children[0];
    return first ? pinsAtStart(first) : [];
  }
  if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableCell') return [];
  return anchorsOf(node.children).flatMap((anchor) => anchor.get('id') ?? []);
}

/** Makes a difference of something that a renderer would add. */
function spoil(units: Unit[], at: number, what: string): void {
  const unit = units[at];
  if (unit) units[at] = { ...unit, words: [`‹${what}›`, ...unit.words] };
}

/** A paragraph; one with hard breaks is a unit for each of its lines. */
function readParagraph(
  nodes: readonly PhrasingContent[],
  at: string,
  into: Unit[],
  where: Whereabouts,
  place: Place,
  bullet: string | null,
): void {
  const lines: PhrasingContent[][] = [[]];
  for (const node of nodes) {
    if (node.type === 'break') lines.push([]);
    else lines.at(-1)?.push(node);
  }
  const anchors = anchorsOf(nodes);
  const isSignature =
    lines.length > 1 || anchors.some((one) => one.get('class') === 'signature' || one.has('data-column'));
  if (isSignature) place.bullets = 0;
  for (const line of lines) {
    const { unit, says, indent } = unitOf(
      line,
      isSignature ? 'signature' : 'paragraph',
      at,
      bullet,
      !isSignature,
    );
    // The lines of a signature bear their bullets unsaid, and a first word that looks like a label is none.
    if (isSignature) into.push({ ...unit, bullet: undefined, standing: where.ofLine(says) });
    else {
      const isLabelled = unit.label !== null && unit.label !== '';
      into.push({
        ...unit,
        standing: where.ofParagraph(says, { indent, isLabelled, isBullet: bullet !== null }, place),
      });
    }
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

function readPhrasing(node: Nodes, line: Line, marks: readonly string[] = []): void {
  switch (node.type) {
    case 'text':
      line.gatherer.add(node.value, marks);
      return;
    case 'emphasis':
    case 'strong':
      for (const child of node.children) readPhrasing(child, line, [...marks, node.type]);
      return;
    case 'link':
      for (const child of node.children) readPhrasing(child, line, marks);
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

interface ReadUnit {
  readonly unit: Unit;
  readonly says: Attributes;
  /** How many levels it is indented. */
  readonly indent: number;
}

/** @param mayGuess whether a first word that looks like a label is one */
function unitOf(
  nodes: readonly PhrasingContent[],
  kind: UnitKind,
  place: string,
  bullet: string | null,
  mayGuess: boolean,
): ReadUnit {
  const line = newLine();
  for (const node of nodes) readPhrasing(node, line);
  const { gatherer, says } = line;
  const { text } = gatherer;
  const indent = /^\u2003*/.exec(text)?.[0].length ?? 0;
  const made = (label: string | null, from: number): ReadUnit => ({
    unit: {
      kind,
      pins: line.pins,
      bullet,
      place,
      label,
      ...gatherer.gathered(from),
      emphasis: { emphasis: gatherer.marked('emphasis', from), strong: gatherer.marked('strong', from) },
    },
    says,
    indent: indent / 2,
  });
  const told = says.get('data-num');
  if (told === '') return made('', indent);
  if (told !== undefined && text.startsWith(told, indent)) return made(told, indent + told.length);
  const space = text.indexOf(emSpace, indent);
  if (space >= 0) return made(text.slice(indent, space), space);
  const first = /^[^ ]*/.exec(text.slice(indent))?.[0] ?? '';
  // Titles and headings are alike but for their level: there the label is at the head of the words.
  const mayBear = mayGuess && !titleBlock.has(says.get('class') ?? '');
  if (line.pins.length > 0 && mayBear && kind === 'paragraph' && looksLikeLabel.test(first))
    return made(first, indent + first.length);
  const isProse = kind === 'paragraph' || kind === 'signature';
  return made(line.pins.length > 0 && isProse ? '' : null, indent);
}

/**
 * A note's marker is its label where that is a number; else it stands before the first EM SPACE of its text, or the first
 * space; an empty `data-marker` says that there is none.
 */
function noteUnit(first: Nodes | undefined, definition: FootnoteDefinition): Unit {
  const label = definition.label ?? definition.identifier;
  const line = newLine();
  if (first?.type === 'paragraph') for (const node of first.children) readPhrasing(node, line);
  const { gatherer } = line;
  const { text } = gatherer;
  const made = (marker: string | null, from = 0): Unit => ({
    kind: 'note',
    pins: line.pins,
    bullet: null,
    place: placeOf(definition),
    label: marker,
    ...gatherer.gathered(from),
    emphasis: { emphasis: gatherer.marked('emphasis', from), strong: gatherer.marked('strong', from) },
    standing: { region: 'footnotes' },
  });
  const told = line.says.get('data-marker');
  if (told !== undefined) return made(told);
  if (/^\d+$/.test(label)) return made(label);
  const end = text.includes(emSpace) ? text.indexOf(emSpace) : text.indexOf(' ');
  const marker = end < 0 ? text : text.slice(0, end);
  return line.pins.length === 0 ? made(null) : made(marker, marker.length);
}
