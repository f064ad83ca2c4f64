/** Anchors: the pins of our own Markdown edition, as HTML in the text (`<a id="para_15" lang="fr"></a>`). */
import type { Piece } from './phrasing.js';

/** What a pin says; `id` where it is a target. */
export type Pin = ReadonlyMap<string, string>;

/** An eId: ASCII letters, digits and `_`. */
const eId = /^[A-Za-z0-9_]{1,200}$/;

/** The pin that an HTML tag is, or null. */
export function pinOf(tag: string): Pin | null {
  if (!tag.startsWith('<a ') || tag.length > 4000) return null;
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of tag.matchAll(/ ([a-z-]{1,20})="([^"]*)"/g))
    attributes.set(
      name,
      value.replace(/&#(\d{1,5});/g, (_, code: string) => String.fromCharCode(Number(code))),
    );
  const id = attributes.get('id');
  if (id === undefined ? attributes.has('data-marker') : eId.test(id)) return attributes;
  return null;
}

/** The pins at the start of some pieces, before any word; else the first one in their first line. */
export function pinsOf(pieces: readonly Piece[]): Pin[] {
  const pins: Pin[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'tag') {
      const pin = pinOf(piece.value);
      if (pin?.has('id')) pins.push(pin);
    } else if (piece.kind === 'break') break;
    else if (piece.kind === 'call' || (piece.kind === 'words' && /\P{White_Space}/u.test(piece.value))) {
      if (pins.length > 0) break;
    }
  }
  return pins;
}

/** Every eId that a text pins, in order. */
export const pinnedIn = (text: string): string[] =>
  [...text.matchAll(/<a id="([A-Za-z0-9_]{1,200})"/g)].map(([, id = '']) => id);
