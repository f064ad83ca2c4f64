/** What a PDF edition must say, word for word and in order, reckoned from the model alone. */
import {
  textNodes,
  textOf,
  unknownNode,
  type Block,
  type Document,
  type Footnote,
  type Inline,
  type Paragraph,
} from '../../src/document.js';
import { elementsIn, textIn, type Tagged } from './reading.js';

/** One line a text: `Lbl 15.`, `P As NATO …[1]`, and after it the notes that it calls first. */
export function expectedLines(document: Document): string[] {
  const lines: string[] = [];
  const called = new Set<string>();
  const notes = new Map(document.footnotes.map((note) => [note.eId, note]));
  const say = (tag: string, content: readonly Inline[]) => {
    const text = content.map((one) => (one.type === 'text' ? one.value : `[${one.marker}]`)).join('');
    if (text !== '') lines.push(`${tag} ${text.replace(/ $/, '')}`);
    for (const one of content) {
      const note = one.type === 'noteCall' ? notes.get(one.footnote) : undefined;
      if (!note || called.has(note.eId)) continue;
      called.add(note.eId);
      noteLines(note);
    }
  };
  const noteLines = (note: Footnote) => {
    lines.push(`Note ${note.eId}`, `Lbl ${note.marker}`);
    say('P', note.content);
    note.children.forEach(paragraph);
  };
  const paragraph = (one: Paragraph) => {
    const label = one.num ?? one.marker;
    if (label !== undefined) lines.push(`Lbl ${label}`);
    say('P', one.content);
    one.children.forEach(paragraph);
  };
  const block = (one: Block) => {
    switch (one.type) {
      case 'docTitle':
        say('H', one.content);
        return;
      case 'heading':
        say('H', one.num === null ? one.content : [{ type: 'text', value: `${one.num} ` }, ...one.content]);
        return;
      case 'subtitle':
      case 'docDate':
      case 'docNumber':
      case 'place':
        say('P', one.content);
        return;
      case 'paragraph':
        paragraph(one);
        return;
      case 'table':
        for (const row of one.rows) for (const cell of row.cells) say('T', cell.content);
        return;
      case 'signature':
        for (const column of one.columns) column.forEach(paragraph);
        return;
      default:
        unknownNode(one);
    }
  };
  [...document.preface, ...document.preamble, ...document.mainBody, ...document.conclusions].forEach(block);
  for (const attachment of document.attachments) {
    if (attachment.num !== null) lines.push(`P ${attachment.num}`);
    attachment.children.forEach(block);
  }
  // What nothing calls and no paragraph of the text prints comes last.
  const printed = new Set<string>();
  for (const { node } of textNodes(document)) {
    for (const one of node.content) if (one.type === 'noteCall') called.add(one.footnote);
    if (node.type === 'paragraph' && node.role === 'note') printed.add(textOf(node.content));
  }
  for (const note of document.footnotes) {
    if (called.has(note.eId) || printed.has(textOf(note.content))) continue;
    lines.push(`Lbl ${note.marker}`);
    say('P', note.content);
    note.children.forEach(paragraph);
  }
  return lines;
}

/** The same of a file that was read back. Soft hyphens go, and the space at a line's or label's end. */
export function foundLines(root: Tagged): string[] {
  const lines: string[] = [];
  for (const element of elementsIn(root)) {
    const tag = /^H\d$/.test(element.tag) ? 'H' : /^T[HD]$/.test(element.tag) ? 'T' : element.tag;
    if (tag === 'Note') lines.push(`Note ${element.id ?? ''}`);
    if (!['H', 'P', 'T', 'Lbl'].includes(tag)) continue;
    const text = textIn(element).replaceAll('\u00ad', '').replace(/ $/, '');
    if (text !== '') lines.push(`${tag} ${text}`);
  }
  return lines;
}
