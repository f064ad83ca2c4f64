/** Parts of a node: what the later stages and Markdown together say that a portion of the source is. */
import type { NoteCall } from '../../../document.js';
import type { Called, Part } from '../fold.js';
import type { Item } from '../projection.js';
import { placeOf } from './places.js';
import type { Portion } from './shares.js';

/** A part with its place in the projection. */
export interface Placed {
  readonly item: number;
  readonly from: number;
  readonly part: Part;
}

/** Mark-up where either says so; a call of the later stages' finding has no identifier yet. */
export function partOf(text: string, item: Item, { from, to, share: { leaf } }: Portion): Part {
  const place = placeOf(item, from, to);
  const { piece } = item;
  if (item.kind === 'sign' || piece.kind !== 'words')
    return { kind: 'markup', ...place, rule: piece.kind === 'markup' ? piece.rule : 'mark-up' };
  if (leaf.kind === 'markup' && !isInlineRule(leaf.rule, text.slice(piece.start, piece.end)))
    return { kind: 'markup', ...place, rule: leaf.rule ?? 'mark-up' };
  if (leaf.kind === 'marker') return { kind: 'marker', ...place };
  if (leaf.kind === 'call') {
    const isNamed = /^\[\^.*\]$/.test(text.slice(place.start, place.end));
    const label = isNamed ? { start: place.start + 2, end: place.end - 1 } : place;
    return { kind: 'call', ...place, identifier: '', label };
  }
  const value = piece.isReference ? piece.value : text.slice(place.start, place.end);
  const { isReference, emphasis } = piece;
  return { kind: leaf.kind === 'label' ? 'label' : 'words', ...place, value, isReference, emphasis };
}

/** Mark-up that the later stages saw in what Markdown says are words: a star, an escape, an address. */
const isInlineRule = (rule: string | undefined, written: string): boolean =>
  rule === 'emphasis' || rule === 'escape' || (rule === 'link' && !/\]\(#[^()\s]*\)$/.test(written));

/** The identifier of a call that the later stages found: no definition of Markdown has such a one. */
export const ownCall = (call: NoteCall | undefined): string =>
  call ? `\0${call.footnote}\0${call.marker}` : '';

/** What such a call prints; null where it is a call of Markdown's. */
export function ownCallOf(identifier: string): Called | null {
  if (!identifier.startsWith('\0')) return null;
  const [, footnote = '', marker = ''] = identifier.split('\0');
  return { footnote, marker };
}
