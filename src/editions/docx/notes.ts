/**
 * Footnotes as Word's own (ECMA-376 part 1, 17.11), each with the mark that the source prints.
 *
 * Word counts its notes from 1. Where that count gives the printed mark, Word counts; where it would not (`*`, a
 * first note 22, a restart), the reference says that a custom mark follows, and the printed mark stands in the text
 * and before the note. A further call of a note is a NOTEREF field to the first, or, where the source prints another
 * mark there than at the first call, that mark as a link.
 */
import {
  callsByFootnote,
  callsOf,
  textNodes,
  uncalledNotes,
  type Document,
  type Footnote,
  type NoteCall,
} from '../../document.js';
import { Element } from './element.js';
import { bookmarkName, callBookmark, type Bookmarks } from './pins.js';
import { field, linkTo, run, text, type Voice } from './runs.js';

/** A note that has its place at the foot of a page. */
export interface PlacedNote {
  readonly note: Footnote;
  /** `w:id`: from 1, in the order of the first calls. */
  readonly id: number;
  /** Word counts the mark itself. */
  readonly automatic: boolean;
  /** What the first call prints, which every NOTEREF repeats: the source may have another mark before the note. */
  readonly mark: string;
}

export class Notes {
  /** Notes that neither the text nor a note in it calls, and that no paragraph prints. */
  readonly stray: readonly Footnote[];
  readonly #called: ReadonlySet<string>;
  readonly #byEId: ReadonlyMap<string, Footnote>;
  readonly #calledAgain: ReadonlySet<string>;
  readonly #bookmarks: Bookmarks;
  readonly #placed = new Map<string, PlacedNote>();
  readonly #inside = new Set<string>();
  #counted = 0;

  constructor(document: Document, bookmarks: Bookmarks) {
    this.#byEId = new Map(document.footnotes.map((note) => [note.eId, note]));
    this.#bookmarks = bookmarks;
    const calls = callsByFootnote(document);
    this.#calledAgain = new Set([...calls].filter(([, places]) => places.length > 1).map(([eId]) => eId));
    this.#called = calledFromText(document);
    this.stray = uncalledNotes(document, ({ eId }) => this.#called.has(eId)).stray;
  }

  /** The notes called from the text so far, in the order of their ids. */
  get placed(): readonly PlacedNote[] {
    return [...this.#placed.values()];
  }

  /**
   * The mark of a call in the text. Calls must be asked for in Word's order: Word counts them so.
   * @param beforeAnother the next thing is a call, too: two marks must not read as one number
   */
  readonly call = (call: NoteCall, voice: Voice, beforeAnother: boolean): Element[] => {
    const style = beforeAnother ? 'FootnoteReferenceBeforeAnother' : 'FootnoteReference';
    const placed = this.#placed.get(call.footnote);
    if (placed) return this.#again(call, placed, style, voice);
    const note = this.#byEId.get(call.footnote);
    if (!note) throw new Error(`${call.footnote} is called and isn't there`);
    const automatic = call.marker === note.marker && note.marker === String(this.#counted + 1);
    if (automatic) this.#counted += 1;
    const id = this.#placed.size + 1;
    this.#placed.set(note.eId, { note, id, automatic, mark: call.marker });
    const content = automatic
      ? [new Element('w:footnoteReference', { 'w:id': id })]
      : [new Element('w:footnoteReference', { 'w:customMarkFollows': 1, 'w:id': id }), ...mark(call.marker)];
    const reference = run(content, style, voice);
    if (!this.#calledAgain.has(note.eId)) return [reference];
    const { start, end } = this.#bookmarks.pair(callBookmark(id));
    return [start, reference, end];
  };

  /** The mark of a call inside a stray note: one that leads to a stray note leads to its paragraph. */
  readonly callInStray = (call: NoteCall, voice: Voice, beforeAnother: boolean): Element[] => {
    if (this.#called.has(call.footnote)) return this.call(call, voice, beforeAnother);
    const shown = run([text(call.marker)], 'FootnoteReference', voice);
    return [linkTo(bookmarkName(call.footnote), [shown])];
  };

  /**
   * The mark of a call inside a note. Word has no notes on notes: a note that the text calls as well is referred to,
   * any other is to be printed below the note that calls it, and is returned for that.
   */
  callInNote(call: NoteCall, voice: Voice): { readonly mark: readonly Element[]; readonly below?: Footnote } {
    const placed = this.#placed.get(call.footnote);
    if (placed) return { mark: this.#again(call, placed, 'FootnoteReference', voice) };
    const mark = [run([text(call.marker)], 'FootnoteReference', voice)];
    const note = this.#byEId.get(call.footnote);
    if (!note || this.#inside.has(note.eId)) return { mark };
    this.#inside.add(note.eId);
    return { mark, below: note };
  }

  #again(call: NoteCall, placed: PlacedNote, style: string, voice: Voice): Element[] {
    const shown = run([text(call.marker)], style, voice);
    const bookmark = callBookmark(placed.id);
    return call.marker === placed.mark
      ? field(`NOTEREF ${bookmark} \\f \\h`, shown)
      : [linkTo(bookmark, [shown])];
  }
}

/** Those that a text calls, or a note that is called so. */
function calledFromText(document: Document): ReadonlySet<string> {
  const waiting: string[] = [];
  const callsIn = new Map<string, string[]>();
  let note = '';
  for (const { node, region } of textNodes(document)) {
    if (node.type === 'footnote') note = node.eId;
    const into = region === 'footnotes' ? (callsIn.get(note) ?? []) : waiting;
    for (const { footnote } of callsOf(node.content)) into.push(footnote);
    if (region === 'footnotes') callsIn.set(note, into);
  }
  const called = new Set<string>();
  for (let eId = waiting.pop(); eId !== undefined; eId = waiting.pop()) {
    if (called.has(eId)) continue;
    called.add(eId);
    for (const further of callsIn.get(eId) ?? []) waiting.push(further);
  }
  return called;
}

/**
 * A custom mark, a character an element: Word reads one text, and LibreOffice (7.4) would print a mark of several
 * characters twice.
 */
const mark = (marker: string): Element[] => Array.from(marker, (character) => text(character));
