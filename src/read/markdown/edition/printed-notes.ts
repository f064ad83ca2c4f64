/** Notes that nothing calls: our own edition prints them as paragraphs, and says so with their pins. */
import type { Inline, Leaf } from '../../../document.js';
import type { Pin } from '../anchors.js';
import { growingNote } from './growing.js';
import type { Line } from './line.js';
import type { Reading } from './reading.js';

/** The words of a note that are printed as a paragraph. */
interface StrayNote {
  readonly eId: string;
  readonly content: readonly Inline[];
  readonly leaves: Leaf[];
  readonly pin: Pin | undefined;
  readonly place: Line;
}

/** Adds a note that nothing calls and no paragraph of the document prints. */
export function addStrayNote(reading: Reading, stray: StrayNote, num: string | null): void {
  const note = growingNote(reading.ledger, stray, num ?? '');
  reading.notes.push(note);
  reading.printedNotes.add(stray.eId);
  reading.open = [note];
  reading.bullets = 1;
}

/** Adds the note that a paragraph prints: the note's own pin stands before the paragraph's. */
export function notePrintedBy(
  reading: Reading,
  line: Line,
  num: string | null,
  content: readonly Inline[],
): void {
  const pin = line.pins.at(-2);
  if (!pin || reading.regions.attachmentOf(pin)) return;
  const eId = reading.eIds.at(pin, line.start);
  if (eId === null) return;
  const marker = pin.get('data-marker') ?? num ?? '';
  reading.notes.push(growingNote(reading.ledger, { eId, content, leaves: [], pin, place: line }, marker));
  reading.printedNotes.add(eId);
}
