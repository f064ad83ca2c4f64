/**
 * Footnotes in Markdown. Renderers number notes by themselves, 1, 2, 3 … in the order of their first calls: where
 * that prints the marker that the document prints, the marker is the note's label (`[^1]`); elsewhere (`*`, a restart,
 * a first note 22) the label is the note's eId and the printed marker stands at the beginning of its text.
 *
 * A note that nothing calls has no definition, which GitHub would not show: the paragraph of role `note` that stands
 * in its place carries its pin. Where there is none, the note is printed as such a paragraph at the end.
 */
import type { Document, Footnote, UncalledNotes } from '../../document.js';
import { callsByFootnote, textNodes, uncalledNotes } from '../../document.js';

export interface NotePlan extends UncalledNotes {
  readonly labelOf: (footnote: string) => string;
  readonly markerOf: (footnote: string) => string | undefined;
  /** The notes that have definitions, in the document's order. */
  readonly called: readonly Footnote[];
}

export function planNotes(document: Document): NotePlan {
  const calls = callsByFootnote(document);
  const isCalled = (note: Footnote) => (calls.get(note.eId) ?? []).length > 0;
  const labels = labelsOf(document);
  const byId = new Map(document.footnotes.map((note) => [note.eId, note]));
  return {
    labelOf: (footnote) => labels.get(footnote) ?? footnote,
    markerOf: (footnote) => byId.get(footnote)?.marker,
    called: document.footnotes.filter(isCalled),
    ...uncalledNotes(document, isCalled),
  };
}

function labelsOf(document: Document): ReadonlyMap<string, string> {
  const markers = new Map(document.footnotes.map((note) => [note.eId, note.marker]));
  const labels = new Map<string, string>();
  for (const { node } of textNodes(document))
    for (const inline of node.content) {
      if (inline.type !== 'noteCall' || labels.has(inline.footnote)) continue;
      const ordinal = String(labels.size + 1);
      const isOrdinal = markers.get(inline.footnote) === ordinal;
      labels.set(inline.footnote, isOrdinal ? ordinal : notANumber(inline.footnote));
    }
  return labels;
}

/** An eId that is a number could be another note's label. */
const notANumber = (eId: string): string => (/^\d+$/.test(eId) ? `ftn_${eId}` : eId);
