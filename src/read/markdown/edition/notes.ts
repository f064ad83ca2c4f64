/** The notes of our own edition: first their eIds and markers, that calls may be read; at the end their words. */
import type { FootnoteDefinition } from 'mdast';
import type { Pin } from '../anchors.js';
import { emSpace } from '../labels.js';
import { noteMark } from '../note-marks.js';
import { endOf, startOf } from '../phrasing.js';
import { readBlock } from './blocks.js';
import { growingNote } from './growing.js';
import { lineOf, wordsOf, type Line } from './line.js';
import type { Reading } from './reading.js';

/** What is known of a note before its words are read. */
export interface NoteHead {
  readonly definition: FootnoteDefinition;
  readonly line: Line;
  readonly pin: Pin | undefined;
  readonly eId: string;
  readonly marker: string;
  /** How many units of its words are the printed marker. */
  readonly length: number;
  /** A label that is no number is a name; then the note prints its marker first. */
  readonly isName: boolean;
}

/** Learns a definition's eId and marker, so that its calls can be read. */
export function announceNote(reading: Reading, definition: FootnoteDefinition): NoteHead {
  const { text, eIds, words } = reading;
  const [first] = definition.children;
  const line =
    first?.type === 'paragraph'
      ? lineOf(text, first.children, startOf(first), endOf(first))
      : lineOf(text, [], endOf(definition), endOf(definition));
  const pin = line.pins.at(-1);
  const label = definition.label ?? definition.identifier;
  const own = wordsOf(line);
  const isName = !/^\d+$/.test(label) && pin !== undefined;
  const length = isName ? markerLength(own, pin) : 0;
  const marker = (isName ? own.slice(0, length) : label).replace(/[[\]()]/g, '');
  const eId = eIds.at(pin, line.start) ?? eIds.claim(eIdOfNote(label));
  if (!words.called.has(definition.identifier))
    words.called.set(definition.identifier, { footnote: eId, marker });
  return { definition, line, pin, eId, marker, length, isName };
}

/** The marker that a note prints ends with a wide space, or with its first word. */
function markerLength(words: string, pin: Pin): number {
  if (pin.get('data-marker') === '') return 0;
  const wide = words.indexOf(emSpace);
  return wide >= 0 ? wide : (/^[^ \r\n]*/.exec(words)?.[0].length ?? 0);
}

const eIdOfNote = (label: string): string =>
  /^\d+$/.test(label) ? `ftn_${label}` : /^[A-Za-z0-9_]+$/.test(label) ? label : 'ftn';

export function readNote(reading: Reading, head: NoteHead): void {
  const { definition, line, pin, length, marker, eId, isName } = head;
  const leaves = noteMark(reading.text, definition, isName);
  const { content, leaves: own } = reading.words.read(line, length, false);
  for (const leaf of own) leaves.push(leaf.kind === 'label' ? { ...leaf, kind: 'marker' } : leaf);
  reading.ledger.enter(leaves);
  const place = { start: startOf(definition), end: endOf(definition) };
  const note = growingNote(reading.ledger, { eId, content, leaves, pin, place }, marker);
  reading.notes.push(note);
  reading.open = [note];
  reading.least = 1;
  reading.bullets = 1;
  const isFirst = definition.children[0]?.type === 'paragraph';
  for (const child of definition.children.slice(isFirst ? 1 : 0)) readBlock(reading, child, 0);
  reading.open = [];
  reading.least = 0;
}
