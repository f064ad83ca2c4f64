/** Places of the projection, and where they stand in the source. */
import type { Span } from '../../../document.js';
import { hasInk } from '../ink.js';
import type { Ledger } from '../ledger.js';
import type { Item } from '../projection.js';

/** The first item that ends behind an offset. */
export function firstFrom(items: readonly Item[], offset: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.to ?? Infinity) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A part of an item in the source: all of it where the two are not equally long. */
export function placeOf(item: Item, from: number, to: number): { start: number; end: number } {
  const { start, end } = item.piece;
  if (end - start !== item.to - item.from) return { start, end };
  return { start: start + from - item.from, end: end - (item.to - to) };
}

/** A span of the projection in the source. */
export function spanIn(ledger: Ledger, items: readonly Item[], place: Span): Span {
  const first = items[firstFrom(items, place.start)];
  const last = items[firstFrom(items, Math.max(place.start, place.end - 1))];
  const start = first?.piece.start ?? 0;
  return ledger.span(start, Math.max(start, last?.piece.end ?? start));
}

/** The later stages see nothing of it: mark-up that the projection leaves out, a reference to white space. */
export const isUnseen = ({ from, to, piece }: Item): boolean =>
  from === to || (piece.kind === 'words' && piece.isReference && !hasInk(piece.value, 0, piece.value.length));
