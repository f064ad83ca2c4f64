/** Paragraphs of our own edition: their labels, depths, roles and eIds; pins say them, else the rules here hold. */
import type { Inline, Leaf, Role } from '../../../document.js';
import { textOf } from '../../../document.js';
import { within } from '../../pins.js';
import { operativeVerb, recitalVerb } from '../../verbs.js';
import type { Pin } from '../anchors.js';
import { blanksBefore, flatten } from '../fold.js';
import { eIdOfLabel, emSpace } from '../labels.js';
import { depthAt, isTitleType, languageAt, roleAt, type TitleType } from './attributes.js';
import { growingParagraph } from './growing.js';
import { hasWords, printedLabelLength, type Line } from './line.js';
import { addStrayNote, notePrintedBy } from './printed-notes.js';
import type { Reading } from './reading.js';
import { isColumn, readColumn } from './signatures.js';
import { readEmptyTable } from './tables.js';

/** Reads what Markdown says is a paragraph. @param base its depth where nothing tells another */
export function readParagraph(reading: Reading, line: Line, base: number): void {
  reading.enter(line.pins);
  const pin = line.pins.at(-1);
  const type = pin?.get('class');
  if (isColumn(reading, line)) readColumn(reading, line);
  else if (isTitleType(type)) readTitleLine(reading, line, pin, type);
  else if (type === 'table' && !hasWords(line)) readEmptyTable(reading, line, pin);
  else if (line.pins.length === 0 && !hasWords(line))
    reading.ledger.setAside(line.start, line.end, 'picture');
  else {
    const words = flatten(line.pieces);
    const indent = [...words.slice(0, blanksBefore(words))].filter((one) => one === emSpace).length;
    const depth = depthAt(pin) ?? base + Math.floor(indent / 2) + (type === 'wrapUp' ? 1 : 0);
    addParagraph(reading, { line, pin, depth, glyph: undefined, printed: null });
  }
}

function readTitleLine(reading: Reading, line: Line, pin: Pin | undefined, type: TitleType): void {
  const { eIds, words, ledger } = reading;
  const { content, leaves } = words.read(line);
  const eId = eIds.at(pin, line.start) ?? eIds.next('', type);
  const source = ledger.span(line.start, line.end);
  reading.outermost({ type, eId, content, ...languageAt(pin), source, leaves });
}

/** A paragraph, or an item of a list, that is to be added. */
export interface Entry {
  readonly line: Line;
  readonly pin: Pin | undefined;
  readonly depth: number;
  /** The bullet that stands before it. */
  readonly glyph: string | undefined;
  /** The label that a list's own number is. */
  readonly printed: Leaf | null;
}

/** Adds a paragraph at its depth. */
export function addParagraph(reading: Reading, entry: Entry): void {
  reading.closeSignature();
  const { line, pin, depth, glyph } = entry;
  const { open, eIds, structure } = reading;
  const { content, leaves, num } = labelledWords(reading, entry);
  const at = Math.min(Math.max(depth, reading.least), open.length);
  const parent = at === 0 ? undefined : open[at - 1];
  const marker = glyph === undefined ? undefined : (pin?.get('data-marker') ?? structure.bullet ?? glyph);
  const isItem = at > 0 || marker !== undefined;
  const role = roleAt(pin) ?? (isItem ? 'item' : usualRole(reading, num, pin, content));
  const eId = eIds.at(pin, line.start) ?? freeEId(reading, num, role, marker, parent?.eId);
  const ground = { eId, content, leaves, pin, place: line };
  if (role === 'note' && structure.footnotes.includes(eId)) {
    addStrayNote(reading, ground, num);
    return;
  }
  if (role === 'note') notePrintedBy(reading, line, num, content);
  const node = growingParagraph(reading.ledger, ground, { num, role, marker });
  if (parent) parent.children.push(node);
  else reading.regions.push(node);
  open.length = at;
  open[at] = node;
  reading.bullets = role === 'wrapUp' ? at : at + 1;
}

/** The words of an entry, and its label: a list's own number, or what its words begin with. */
function labelledWords(
  { text, ledger, words }: Reading,
  { line, pin, printed }: Entry,
): { content: Inline[]; leaves: Leaf[]; num: string | null } {
  const read = words.read(line, printed ? 0 : printedLabelLength(line, pin));
  if (!printed) return read;
  read.leaves.unshift(printed);
  ledger.enter(read.leaves, [printed]);
  return { ...read, num: text.slice(printed.start, printed.end) };
}

/** The role of an outermost paragraph whose pin says none. */
function usualRole(
  { regions }: Reading,
  num: string | null,
  pin: Pin | undefined,
  content: readonly Inline[],
): Role {
  const isPreamble = regions.present === 'preamble';
  if (!pin && isPreamble && recitalVerb(textOf(content)) === null) return num === null ? 'plain' : 'numbered';
  if (!pin && !isPreamble && num !== null && regions.blocks.preamble.length > 0)
    return operativeVerb(textOf(content)) === null ? 'numbered' : 'operative';
  if (num !== null && !(isPreamble && !pin)) return 'numbered';
  return isPreamble ? 'preambular' : 'plain';
}

function freeEId(
  { eIds, regions }: Reading,
  num: string | null,
  role: Role,
  marker: string | undefined,
  parent: string | undefined,
): string {
  if (num !== null && num !== '' && role !== 'note') {
    const kind = parent === undefined ? 'para' : 'subpara';
    return eIds.claim(within(parent ?? regions.stem, eIdOfLabel(num, kind)));
  }
  const kind = marker !== undefined ? 'item' : role === 'wrapUp' ? 'wrapup' : 'p';
  return eIds.next(parent ?? regions.prefix, kind);
}
