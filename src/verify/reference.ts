/** A document in the flat form: what every edition is compared with. */
import type { Attachment, Block, Document, Footnote, Inline, Paragraph, TextNode } from '../document.js';
import { regions, unknownNode } from '../document.js';
import type { Flat, FlatNote, Unit, UnitKind } from './flat.js';
import { Gatherer, wordsIn } from './flat.js';

/** The document, every text of it. */
export function flatOfDocument(document: Document): Flat {
  const body: Unit[] = [];
  for (const region of regions) {
    if (region === 'attachments') continue;
    for (const block of document[region]) addBlock(block, body);
  }
  for (const one of document.attachments) {
    if (one.num !== null) body.push(attachmentLabel(one, one.num));
    for (const block of one.children) addBlock(block, body);
  }
  return { body, notes: document.footnotes.map(noteOf) };
}

function addBlock(block: Block, into: Unit[]): void {
  switch (block.type) {
    case 'docTitle':
      into.push(unit(block, 'title', ''));
      return;
    case 'subtitle':
    case 'docDate':
    case 'docNumber':
    case 'place':
      into.push(unit(block, 'paragraph', ''));
      return;
    case 'heading':
      into.push(unit(block, 'heading', block.num ?? ''));
      return;
    case 'paragraph':
      addParagraph(block, into);
      return;
    case 'table':
      for (const [index, row] of block.rows.entries())
        for (const cell of row.cells) into.push({ ...unit(cell, 'cell', ''), row: `${block.eId} ${index}` });
      return;
    case 'signature':
      for (const column of block.columns) for (const line of column) addParagraph(line, into);
      return;
    default:
      unknownNode(block);
  }
}

function addParagraph(one: Paragraph, into: Unit[]): void {
  into.push({
    ...unit(one, 'paragraph', one.num ?? ''),
    bullet: one.num === null ? (one.marker ?? null) : null,
  });
  for (const child of one.children) addParagraph(child, into);
}

function noteOf(note: Footnote): FlatNote {
  const units: Unit[] = [unit(note, 'note', note.marker)];
  for (const child of note.children) addParagraph(child, units);
  return { key: note.eId, pins: [note.eId], units };
}

function unit(node: TextNode, kind: UnitKind, label: string): Unit {
  return {
    kind,
    pins: [node.eId],
    label,
    bullet: null,
    ...gathered(node.content),
    place: `line ${node.source.line}`,
  };
}

function gathered(content: readonly Inline[]): Pick<Unit, 'words' | 'calls'> {
  const gatherer = new Gatherer();
  for (const inline of content)
    if (inline.type === 'text') gatherer.add(inline.value);
    else gatherer.call(inline.marker, inline.footnote);
  return gatherer.gathered();
}

/** An annex's label, which may be left out where a heading of the annex or its first words print it. */
function attachmentLabel(one: Attachment, num: string): Unit {
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
    place: `line ${one.source.line}`,
    optional: isHeaded || opening.toLowerCase().startsWith(wordsIn(num).join(' ').toLowerCase()),
  };
}
