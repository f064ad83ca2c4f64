/** Nodes of our own edition as they grow: children and leaves come in later. */
import type { Footnote, Inline, Leaf, Paragraph, Role } from '../../../document.js';
import { textOf } from '../../../document.js';
import type { Pin } from '../anchors.js';
import type { Ledger } from '../ledger.js';
import { languageAt, verbOf } from './attributes.js';

export type Growing<Kind> = Omit<Kind, 'children' | 'leaves'> & {
  readonly children: Growing<Paragraph>[];
  readonly leaves: Leaf[];
};

/** What every node has: its words, its pin and its place in the source. */
interface Ground {
  readonly eId: string;
  readonly content: readonly Inline[];
  readonly leaves: Leaf[];
  readonly pin: Pin | undefined;
  readonly place: { readonly start: number; readonly end: number };
}

export const growingParagraph = (
  ledger: Ledger,
  { eId, content, leaves, pin, place }: Ground,
  { num, role, marker }: { num: string | null; role: Role; marker: string | undefined },
): Growing<Paragraph> => {
  const verb = verbOf(role, pin, textOf(content));
  return {
    type: 'paragraph',
    eId,
    num,
    role,
    ...(verb === undefined ? {} : { verb }),
    ...(marker === undefined ? {} : { marker }),
    content,
    ...languageAt(pin),
    source: ledger.span(place.start, place.end),
    leaves,
    children: [],
  };
};

export const growingNote = (
  ledger: Ledger,
  { eId, content, leaves, pin, place }: Ground,
  marker: string,
): Growing<Footnote> => ({
  type: 'footnote',
  eId,
  marker,
  content,
  ...languageAt(pin),
  source: ledger.span(place.start, place.end),
  leaves,
  children: [],
});
