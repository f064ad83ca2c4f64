/** The blocks of our own edition's Markdown tree, each given to its reader; lists and quotations are gone into. */
import type { BlockContent, DefinitionContent, List, ListItem, RootContent } from 'mdast';
import type { Leaf } from '../../../document.js';
import { codePieces, htmlPieces } from '../code.js';
import { endOf, startOf } from '../phrasing.js';
import { depthAt } from './attributes.js';
import { readHeading } from './headings.js';
import { lineOf, lineWith } from './line.js';
import { addParagraph, readParagraph } from './paragraphs.js';
import type { Reading } from './reading.js';
import { readTable } from './tables.js';

/** @param base the depth of a paragraph here */
export function readBlock(
  reading: Reading,
  block: RootContent | BlockContent | DefinitionContent,
  base: number,
): void {
  const start = startOf(block);
  const end = endOf(block);
  switch (block.type) {
    case 'yaml':
      reading.ledger.setAside(start, end, 'front matter');
      return;
    case 'heading':
      readHeading(reading, block.depth, lineOf(reading.text, block.children, start, end));
      return;
    case 'paragraph':
      readParagraph(reading, lineOf(reading.text, block.children, start, end), base);
      return;
    case 'list':
      readList(reading, block, base);
      return;
    case 'blockquote':
      for (const child of block.children) readBlock(reading, child, base);
      return;
    case 'table':
      readTable(reading, block);
      return;
    case 'code':
      readCode(reading, block.value, start, end, base);
      return;
    case 'html':
      readHtml(reading, block.value, start, end, base);
      return;
    case 'thematicBreak':
      reading.ledger.setAside(start, end, 'rule');
      return;
    case 'definition':
      reading.ledger.setAside(start, end, 'link definition');
      return;
    default:
      return; // Notes are read at the end, by themselves.
  }
}

/** CommonMark 4.4 and 4.5: fences are mark-up, what they say of the language too. */
function readCode(reading: Reading, value: string, start: number, end: number, base: number): void {
  const { pieces, from, to } = codePieces(reading.text, start, end, value);
  readParagraph(reading, { pieces, pins: [], start: from, end: to }, base);
}

/** CommonMark 4.6. Tags alone are no document. */
function readHtml(reading: Reading, value: string, start: number, end: number, base: number): void {
  const line = lineWith(htmlPieces(reading.text, start, end, value), start, end);
  if (line.pins.length === 0 && !line.pieces.some(({ kind }) => kind === 'words'))
    reading.ledger.setAside(start, end, reading.text.startsWith('<!--', start) ? 'comment' : 'tag');
  else readParagraph(reading, line, base);
}

function readList(reading: Reading, list: List, base: number): void {
  const isOrdered = list.ordered === true;
  for (const item of list.children) {
    const [first] = item.children;
    const lead = itemLead(reading.text, item, isOrdered);
    const isFirst = first?.type === 'paragraph';
    const line = isFirst
      ? lineOf(reading.text, first.children, Math.max(lead.end, startOf(first)), endOf(first))
      : lineOf(reading.text, [], lead.end, lead.end);
    reading.enter(line.pins);
    const before = reading.bullets;
    const pin = line.pins.at(-1);
    const depth = depthAt(pin) ?? (isOrdered ? base : before);
    const glyph = isOrdered ? undefined : reading.text.slice(lead.start, lead.start + 1);
    reading.words.wait(lead.markup);
    addParagraph(reading, { line, pin, depth, glyph, printed: lead.label });
    const at = reading.open.length - 1;
    for (const child of item.children.slice(isFirst ? 1 : 0)) readBlock(reading, child, at + 1);
    reading.bullets = before;
  }
  if (isOrdered) reading.bullets = base + 1;
}

/** What a list item begins with. */
interface ItemLead {
  readonly start: number;
  readonly end: number;
  /** Its number, as printed. */
  readonly label: Leaf | null;
  readonly markup: readonly Leaf[];
}

/** CommonMark 5.2: a bullet, a number; GFM 5.3: a box to tick. */
function itemLead(text: string, item: ListItem, isOrdered: boolean): ItemLead {
  const start = startOf(item);
  const stop = Math.min(endOf(item), start + 40);
  const marker = /^(?:\d{1,9}[.)]|[-*+])/.exec(text.slice(start, stop))?.[0] ?? '';
  const markup: Leaf[] = [];
  let end = start + marker.length;
  if (!isOrdered && marker !== '') markup.push({ kind: 'markup', start, end, rule: 'bullet' });
  const label: Leaf | null = isOrdered && marker !== '' ? { kind: 'label', start, end } : null;
  if (item.checked === true || item.checked === false) {
    const box = /^[\s>]*(\[[ \txX\r\n]\])/.exec(text.slice(end, end + 400));
    if (box?.[1] !== undefined) {
      const at = end + box[0].length - box[1].length;
      markup.push({ kind: 'markup', start: at, end: at + box[1].length, rule: 'box' });
      end = at + box[1].length;
    }
  }
  return { start, end, label, markup };
}
