/**
 * The document as mdast. One paragraph a line; labels are text; only bullets are lists; everything that the words
 * don't say is in pins (`pins.ts` has the rules).
 */
import type { BlockContent, DefinitionContent, List, PhrasingContent, RootContent, TableRow } from 'mdast';
import type {
  Attachment,
  Block,
  Document,
  Footnote,
  Heading,
  Inline,
  Paragraph,
  Region,
  Role,
  Signature,
  Table,
} from '../../document.js';
import { labelIsInHeading, regions, textOf, unknownNode } from '../../document.js';
import { phrasing, verbatim, type Notes } from './inline.js';
import type { NotePlan } from './notes.js';
import { emSpace, labelled, pin, type Attributes } from './pins.js';

type Flow = BlockContent | DefinitionContent;

/** What the walk needs to know about where it is. */
interface At {
  readonly plan: NotePlan;
  readonly notes: Notes;
  readonly bullet: string | null;
  readonly region: Region | 'footnotes';
  /** What `#`s are left to headings: 1 below the title, 2 in an attachment that has a title line of its own. */
  readonly shift: number;
}

/** Where blocks go: the document, a list item, or a note. */
interface Place {
  readonly blocks: Flow[];
  /** The depth that needs no indentation here. */
  readonly base: number;
  /** The depth of a bullet that follows. */
  bullets: number;
  /** Pins that wait for the next block to carry them. */
  pending: string;
}

const place = (base: number, bullets: number): Place => ({ blocks: [], base, bullets, pending: '' });

export function tree(
  document: Document,
  plan: NotePlan,
  pins: boolean,
  bullet: string | null,
): RootContent[] {
  const notes: Notes = { labelOf: plan.labelOf, markerOf: plan.markerOf, pins };
  const at = (region: At['region'], shift = 1): At => ({ plan, notes, bullet, region, shift });
  const into = place(0, 0);
  for (const region of regions) {
    if (region === 'attachments') continue;
    into.bullets = 0;
    for (const block of document[region]) addBlock(block, into, at(region));
  }
  for (const one of document.attachments) addAttachment(one, into, at('attachments', 2));
  for (const note of plan.stray) addParagraph(strayNote(note), 0, into, at('mainBody'));
  for (const note of plan.called) into.blocks.push(definition(note, at('footnotes')));
  return into.blocks;
}

/** Gives the pins that wait, and this one, to the block that is about to be made. */
function lead(into: Place, at: At, eId: string, attributes: Attributes): string {
  const pins = at.notes.pins ? into.pending + pin(eId, attributes) : '';
  into.pending = '';
  return pins;
}

// ------------------------------------------------------------------------------------------------ blocks

function addBlock(block: Block, into: Place, at: At): void {
  switch (block.type) {
    case 'docTitle': {
      addHeading(block, null, at.region === 'attachments' ? 2 : 1, {}, into, at);
      return;
    }
    case 'subtitle':
    case 'docDate':
    case 'docNumber':
    case 'place': {
      const start = lead(into, at, block.eId, { class: block.type, lang: block.language });
      into.bullets = 0;
      addText(start, phrasing('', block.content, at.notes), into);
      return;
    }
    case 'heading': {
      addNumberedHeading(block, into, at);
      return;
    }
    case 'paragraph': {
      addParagraph(block, 0, into, at);
      return;
    }
    case 'table': {
      addTable(block, into, at);
      return;
    }
    case 'signature': {
      addSignature(block, into, at);
      return;
    }
    default:
      return unknownNode(block);
  }
}

/** A block that would print nothing, not even a pin, is left out. */
function addText(start: string, children: PhrasingContent[], into: Place): void {
  if (start.trim() === '' && children.length === 0) return;
  into.blocks.push({ type: 'paragraph', data: { lead: start }, children });
}

function addNumberedHeading(block: Heading, into: Place, at: At): void {
  const depth = Math.min(6, block.level + at.shift);
  const usual = at.region === 'attachments' ? 2 : 1;
  const attributes = {
    class: depth === usual ? 'heading' : undefined,
    'data-level': depth - usual === block.level ? undefined : String(block.level),
  };
  addHeading(block, block.num, depth, attributes, into, at);
}

function addHeading(
  block: Pick<Heading, 'eId' | 'content' | 'language'>,
  num: string | null,
  depth: number,
  attributes: Attributes,
  into: Place,
  at: At,
): void {
  const isTitle = !('num' in block);
  const { label, num: told } = labelled(num, textOf(block.content));
  const start = lead(into, at, block.eId, {
    ...attributes,
    'data-num': isTitle ? undefined : told,
    lang: block.language,
  });
  const children = phrasing(label, block.content, at.notes);
  into.bullets = 0;
  if (start === '' && children.length === 0) return;
  into.blocks.push({ type: 'heading', depth: headingDepth(depth), data: { lead: start }, children });
}

const depths = [1, 2, 3, 4, 5, 6] as const;
const headingDepth = (depth: number): (typeof depths)[number] => depths[depth - 1] ?? 6;

/** An attachment's label stands on a line of its own, unless a heading in it prints it. */
function addAttachment(one: Attachment, into: Place, at: At): void {
  const words = one.children.length === 0 ? one.title : '';
  const label = labelIsInHeading(one) ? '' : [one.num ?? '', words].filter((part) => part !== '').join(' ');
  const start = at.notes.pins ? pin(one.eId, { lang: one.language }) : '';
  into.bullets = 0;
  if (label === '') into.pending += start;
  else
    into.blocks.push({
      type: 'heading',
      depth: 2,
      data: { lead: start },
      children: phrasing('', [{ type: 'text', value: label }], at.notes),
    });
  const hasTitleLine = label !== '' || one.children[0]?.type === 'docTitle';
  for (const block of one.children) addBlock(block, into, hasTitleLine ? at : { ...at, shift: 1 });
}

// ------------------------------------------------------------------------------------------------ paragraphs

function addParagraph(one: Paragraph, depth: number, into: Place, at: At): void {
  if (one.marker !== undefined) {
    addBullet(one, depth, into, at);
    return;
  }
  const shown = one.role === 'wrapUp' ? depth - 1 : depth;
  const indent = Math.max(0, shown - into.base);
  const isDepth = indent + into.base === shown;
  const { start, children } = words(one, depth, isDepth ? undefined : depth, into, at);
  addText(start + emSpace.repeat(2 * indent), children, into);
  into.bullets = one.role === 'wrapUp' ? depth : depth + 1;
  for (const child of one.children) addParagraph(child, depth + 1, into, at);
}

/** A bullet goes into the list that the place ends with, or begins one; what belongs to it goes into its item. */
function addBullet(one: Paragraph, depth: number, into: Place, at: At): void {
  const last = into.blocks.at(-1);
  const list: List =
    last?.type === 'list' ? last : { type: 'list', ordered: false, spread: false, children: [] };
  if (list !== last) into.blocks.push(list);
  const { start, children } = words(one, depth, depth === into.bullets ? undefined : depth, into, at);
  const item = place(depth + 1, depth + 1);
  item.blocks.push({ type: 'paragraph', data: { lead: start }, children });
  for (const child of one.children) addParagraph(child, depth + 1, item, at);
  const isSpread = item.blocks.some((block, index) => index > 0 && block.type !== 'list');
  list.children.push({ type: 'listItem', spread: isSpread, children: item.blocks });
  list.spread ||= isSpread;
}

/** A paragraph's pins and words; the pins say what the rules don't. */
function words(
  one: Paragraph,
  depth: number,
  toldDepth: number | undefined,
  into: Place,
  at: At,
): { start: string; children: PhrasingContent[] } {
  const { label, num } = labelled(one.num, textOf(one.content));
  const note = at.plan.printedAt.get(one.eId);
  if (note && at.notes.pins && note.eId !== one.eId)
    into.pending += pin(note.eId, { 'data-marker': note.marker === one.num ? undefined : note.marker });
  const start = lead(into, at, one.eId, {
    class: one.role === usualRole(one, depth, at.region) ? undefined : one.role,
    'data-num': num,
    'data-marker': one.marker === undefined || one.marker === at.bullet ? undefined : one.marker,
    'data-verb': toldVerb(one),
    'data-depth': toldDepth === undefined ? undefined : String(toldDepth),
    lang: one.language,
  });
  return { start, children: phrasing(label, one.content, at.notes) };
}

/** The verb where it is not the first word of a paragraph that has one by its role; '' where there is none. */
function toldVerb({ role, verb, content }: Paragraph): string | undefined {
  const bearsVerb = role === 'preambular' || role === 'operative';
  const usual = bearsVerb ? /^["“«]?(\p{L}+)/u.exec(textOf(content))?.[1] : undefined;
  return verb === usual ? undefined : (verb ?? '');
}

function usualRole(one: Paragraph, depth: number, region: At['region']): Role {
  if (depth > 0 || one.marker !== undefined) return 'item';
  if (one.num !== null) return 'numbered';
  return region === 'preamble' ? 'preambular' : 'plain';
}

// ------------------------------------------------------------------------------------------------ tables, signatures

/** GFM 4.10: the first row is the head, and says how many cells every row has. */
function addTable(table: Table, into: Place, at: At): void {
  const width = table.rows.reduce((most, row) => Math.max(most, row.cells.length), 0);
  const isRagged = table.rows.some((row) => row.cells.length !== width);
  const attributes = {
    'data-cells': isRagged ? table.rows.map((row) => row.cells.length).join(',') : undefined,
    class: width === 0 ? 'table' : undefined,
    'data-rows': width === 0 ? String(table.rows.length) : undefined,
  };
  let own = lead(into, at, table.eId, attributes);
  const rows = table.rows.map((row, r): TableRow => {
    const cells = Array.from({ length: width }, (_, c) => {
      const cell = row.cells[c];
      const isUsual = cell?.eId === `${table.eId}__cell_${r + 1}_${c + 1}` && cell.language === undefined;
      const pins = own + (!cell || isUsual || !at.notes.pins ? '' : pin(cell.eId, { lang: cell.language }));
      own = '';
      const content = cell ? phrasing('', cell.content, at.notes) : [];
      return { type: 'tableCell' as const, children: pins === '' ? content : [verbatim(pins), ...content] };
    });
    return { type: 'tableRow', children: cells };
  });
  into.bullets = 0;
  if (width > 0) into.blocks.push({ type: 'table', children: rows });
  else addText(own, [], into);
}

/** One paragraph for each column, one line for each line (hard breaks, CommonMark 6.7). */
function addSignature(signature: Signature, into: Place, at: At): void {
  if (at.notes.pins) into.pending += pin(signature.eId, { class: 'signature' });
  signature.columns.forEach((lines, index) => {
    const column: SignatureLine[] = [];
    for (const line of lines) addLine(line, 0, index, column, into, at);
    const [first, ...rest] = column.filter((line) => line.start !== '' || line.children.length > 0);
    if (!first) return;
    const more = rest.flatMap((line, at): PhrasingContent[] => [
      // An address would take in the backslash of the break.
      ...((at === 0 ? first : rest[at - 1])?.isAddress === true ? [verbatim(' ')] : []),
      { type: 'break' },
      ...(line.start === '' ? [] : [verbatim(line.start)]),
      ...line.children,
    ]);
    addText(first.start, [...first.children, ...more], into);
  });
  into.bullets = 0;
}

interface SignatureLine {
  readonly start: string;
  readonly children: PhrasingContent[];
  /** It ends with what may be an address. */
  readonly isAddress: boolean;
}

function addLine(
  line: Paragraph,
  depth: number,
  column: number,
  lines: SignatureLine[],
  into: Place,
  at: At,
): void {
  const { label, num } = labelled(line.num, textOf(line.content), false);
  const start = lead(into, at, line.eId, {
    class: line.role === 'plain' ? undefined : line.role,
    'data-num': num,
    'data-marker': line.marker,
    'data-verb': toldVerb(line),
    'data-depth': depth > 0 ? String(depth) : undefined,
    'data-column': column > 0 && lines.length === 0 ? String(column + 1) : undefined,
    lang: line.language,
  });
  const text = textOf(line.content);
  lines.push({
    start,
    children: phrasing(label, line.content, at.notes),
    isAddress: /:\/\/|www\.|@/i.test(text.slice(text.lastIndexOf(' ') + 1)),
  });
  for (const child of line.children) addLine(child, depth + 1, column, lines, into, at);
}

// ------------------------------------------------------------------------------------------------ notes

function definition(note: Footnote, at: At): DefinitionContent {
  const label = at.plan.labelOf(note.eId);
  const into = place(0, 1);
  const start = lead(into, at, note.eId, {
    'data-marker': note.marker === '' && label !== '' ? '' : undefined,
    lang: note.language,
  });
  const children = phrasing(label === note.marker ? '' : markerBefore(note.marker), note.content, at.notes);
  into.blocks.push({ type: 'paragraph', data: { lead: start }, children });
  for (const child of note.children) addParagraph(child, 1, into, at);
  return { type: 'footnoteDefinition', identifier: label.toLowerCase(), label, children: into.blocks };
}

const markerBefore = (marker: string): string =>
  marker === '' ? '' : marker + (/\p{White_Space}/u.test(marker) ? emSpace : ' ');

const strayNote = (note: Footnote): Paragraph => ({
  type: 'paragraph',
  eId: note.eId,
  num: note.marker === '' ? null : note.marker,
  role: 'note',
  content: note.content,
  children: note.children,
  source: note.source,
  leaves: note.leaves,
  ...(note.language !== undefined && { language: note.language }),
});

/** The glyph of most of a document's bullets, the first of them in a draw; null where there are none. */
export function usualBullet(document: Document): string | null {
  const counts = new Map<string, number>();
  const count = (one: Paragraph): void => {
    if (one.marker !== undefined) counts.set(one.marker, (counts.get(one.marker) ?? 0) + 1);
    one.children.forEach(count);
  };
  const blocks = regions.flatMap((region) =>
    region === 'attachments' ? document.attachments.flatMap((one) => one.children) : document[region],
  );
  for (const block of blocks) if (block.type === 'paragraph') count(block);
  for (const note of document.footnotes) note.children.forEach(count);
  let usual: string | null = null;
  for (const [marker, times] of counts) if (times > (counts.get(usual ?? '') ?? 0)) usual = marker;
  return usual;
}

/** The words of some content that Markdown can't hold: CommonMark 2.3 replaces NUL, UTF-8 has no lone surrogates. */
export const unfit = (content: readonly Inline[]): boolean => /[\0\p{Cs}]/u.test(textOf(content));
