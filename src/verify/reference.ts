/** A document in the flat form: what every edition is compared with. */
import type { Attachment, Block, Document, Footnote, Inline, Paragraph, TextNode } from '../document.js';
import { regions, unknownNode } from '../document.js';
import type { Facts, Flat, FlatNote, Standing, Unit, UnitKind } from './flat.js';
import { Gatherer, wordsIn } from './flat.js';
import { withRanks } from './standing.js';

/** The document, every text of it. */
export function flatOfDocument(document: Document): Flat {
  const body: Unit[] = [];
  for (const region of regions) {
    if (region === 'attachments') continue;
    for (const block of document[region])
      addBlock(block, { region, attachment: null, isAttached: false }, body);
  }
  for (const one of document.attachments) {
    const before = body.length;
    const standing = { region: 'attachments', attachment: one.eId, isAttached: true };
    if (one.num !== null) body.push(attachmentLabel(one, one.num, standing));
    for (const block of one.children) addBlock(block, standing, body);
    open(body, before, one.eId);
  }
  return { body: withRanks(body), notes: document.footnotes.map(noteOf), facts: factsOf(document) };
}

/** Says of the first text of something that it begins there. */
function open(units: Unit[], at: number, pin: string): void {
  const first = units[at];
  if (first) units[at] = { ...first, opens: [{ pin, texts: units.length - at }, ...(first.opens ?? [])] };
}

function factsOf(document: Document): Facts {
  const { id, title, date, datePrinted, symbol } = document;
  const attachments = document.attachments.map(({ eId, num, title: name }) => ({
    pin: eId,
    num,
    title: name,
  }));
  return { id, title, date: datePrinted ?? date, symbol, attachments };
}

function addBlock(block: Block, standing: Standing, into: Unit[]): void {
  const before = into.length;
  const has = (role: string, level?: number): Standing => ({
    ...standing,
    roles: [role],
    ...(level === undefined ? { depth: 0 } : { level }),
  });
  switch (block.type) {
    case 'docTitle':
      into.push(unit(block, 'title', '', has(block.type)));
      return;
    case 'subtitle':
    case 'docDate':
    case 'docNumber':
    case 'place':
      into.push(unit(block, 'paragraph', '', has(block.type)));
      return;
    case 'heading':
      into.push(unit(block, 'heading', block.num ?? '', has(block.type, block.level)));
      return;
    case 'paragraph':
      addParagraph(block, 'paragraph', { ...standing, depth: 0, indents: 0 }, into);
      return;
    case 'table':
      for (const [index, row] of block.rows.entries())
        for (const cell of row.cells)
          into.push({ ...unit(cell, 'cell', '', has('cell')), row: `${block.eId} ${index}` });
      open(into, before, block.eId);
      return;
    case 'signature':
      for (const column of block.columns)
        for (const line of column) addParagraph(line, 'signature', { ...standing, depth: 0 }, into);
      open(into, before, block.eId);
      return;
    default:
      unknownNode(block);
  }
}

function addParagraph(one: Paragraph, kind: UnitKind, standing: Standing, into: Unit[]): void {
  into.push({
    ...unit(one, kind, one.num ?? '', { ...standing, roles: [one.role] }),
    bullet: one.num === null ? (one.marker ?? null) : null,
  });
  const { depth = 0, indents } = standing;
  const isLabelled = one.num !== null || one.marker !== undefined;
  // Below a note that stands as a paragraph pages indent in ways of their own.
  const own = indents === undefined || one.role === 'note' ? undefined : indents + (isLabelled ? 1 : 0);
  for (const child of one.children)
    addParagraph(child, kind, { ...standing, depth: depth + 1, indents: own }, into);
}

function noteOf(note: Footnote): FlatNote {
  const standing = { region: 'footnotes' };
  const units: Unit[] = [unit(note, 'note', note.marker, standing)];
  for (const child of note.children)
    addParagraph(child, 'paragraph', { ...standing, depth: 1, indents: 0 }, units);
  return { key: note.eId, pins: [note.eId], units };
}

function unit(node: TextNode, kind: UnitKind, label: string, standing: Standing): Unit {
  return {
    kind,
    pins: [node.eId],
    label,
    bullet: null,
    ...gathered(node.content),
    standing,
    lines: { first: node.source.line, last: node.source.lastLine },
    place: `line ${node.source.line}`,
  };
}

function gathered(content: readonly Inline[]): Pick<Unit, 'words' | 'calls' | 'emphasis'> {
  const gatherer = new Gatherer();
  for (const inline of content)
    if (inline.type === 'text') gatherer.add(inline.value, inline.emphasis);
    else gatherer.call(inline.marker, inline.footnote);
  return {
    ...gatherer.gathered(),
    emphasis: { emphasis: gatherer.marked('emphasis'), strong: gatherer.marked('strong') },
  };
}

/** An annex's label, which may be left out where a heading of the annex or its first words print it. */
function attachmentLabel(one: Attachment, num: string, standing: Standing): Unit {
  const first = one.children[0];
  const opening = first && 'content' in first ? gathered(first.content).words.join(' ') : '';
  const isHeaded = one.children.some((block) => block.type === 'heading' && block.num === num);
  return {
    kind: 'label',
    pins: [one.eId],
    label: '',
    bullet: null,
    words: wordsIn(num),
    calls: [],
    emphasis: { emphasis: [], strong: [] },
    standing: { ...standing, roles: ['attachment'], depth: 0 },
    lines: { first: one.source.line, last: one.source.line },
    place: `line ${one.source.line}`,
    optional: isHeaded || opening.toLowerCase().startsWith(wordsIn(num).join(' ').toLowerCase()),
  };
}
