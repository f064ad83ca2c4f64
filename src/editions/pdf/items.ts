/**
 * The words of a paragraph as boxes, glue and penalties: what may be divided where, and at what price.
 *
 * After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11 (1981).
 * Prices are those of package tex-linebreak: 0 is free, 1000 forbids. No character is ever changed; where a line
 * must not end, the break is forbidden and the character left alone.
 */
import type { NoteCall } from '../../document.js';
import { breakCost, placesIn, price, type Place } from './breaks.js';
import { stretchesOf } from './coverage.js';
import { widthOf, type Face, type Family, type Shaped } from './faces.js';
import type { Hyphenator } from './hyphenate.js';
import { hasIdeographs, jointOf } from './ideographs.js';
import { leftward } from './scripts.js';
import { binding, type Chunks, type Space, type TextPart, type Word } from './words.js';

/** How a text is set. Sizes in points. */
export interface TextStyle {
  readonly family: Family;
  readonly size: number;
  readonly bold: boolean;
  readonly colour: string;
}

/** The mark of a call as it prints: by the face's superior figures where it has them. */
export interface Mark {
  readonly shaped: Shaped;
  readonly face: Face;
  readonly size: number;
  /** Points above the baseline. */
  readonly rise: number;
}

/** What stands between two possible breaks, as it will be drawn. Widths are natural widths in points. */
export type Piece = Levelled &
  (
    | {
        readonly kind: 'text';
        readonly text: string;
        readonly face: Face;
        /** The address that the words are. */
        readonly link?: string | undefined;
      }
    | { readonly kind: 'space'; readonly text: string; readonly face: Face; readonly stretches: boolean }
    /** Between two ideographs, or between one and a Western word: room that may grow, and nothing to read. */
    | { readonly kind: 'gap' }
    | { readonly kind: 'hyphen'; readonly face: Face }
    | { readonly kind: 'call'; readonly call: NoteCall; readonly mark: Mark }
    /** The mark of a note before its text. */
    | { readonly kind: 'mark'; readonly mark: Mark }
  );

interface Levelled {
  readonly width: number;
  /** Of the bidirectional algorithm: odd where it runs from right to left. */
  readonly level: number;
}

/** An item of the total-fit algorithm with what it prints: `piece` always for a box and glue, for a penalty only if the break is taken. */
export interface Item {
  readonly type: 'box' | 'glue' | 'penalty';
  readonly width: number;
  readonly stretch: number;
  readonly shrink: number;
  cost: number;
  readonly flagged: boolean;
  readonly piece: Piece | null;
}
export interface ItemOptions {
  readonly style: TextStyle;
  /** Points. */
  readonly measure: number;
  readonly align: 'justify' | 'left';
  readonly hyphenator: Hyphenator | null;
  /** Points that a label takes from the first line. */
  readonly runIn: number;
  /** Short prepositions must not end a line (Czech, Polish, Slovak). */
  readonly bindsLetters: boolean;
}

/** The mark of a call in some style. */
export function markOf(marker: string, style: TextStyle): Mark {
  const [stretch] = stretchesOf(marker, style.family, undefined, style.bold);
  const main = stretch?.face ?? style.family.regular;
  const face = leftward.test(marker) ? main.leftward : main;
  const size = style.size * face.scale;
  const superior = face.superior(marker);
  if (superior) return { shaped: superior, face, size, rise: 0 };
  // A star or dagger is a superior sign already; anything else that the face has no superior form of is raised.
  const raised = /^[*†‡§¶]+$/.test(marker)
    ? { size, rise: 0 }
    : { size: size * 0.65, rise: style.size * 0.33 };
  return { shaped: face.shape(marker), face, ...raised };
}

/** How much of the measure the last line may leave empty without being a bad line. */
const lastLine = 0.88;

/** The items of some words, the finishing glue and the forced break at the end included. */
export function itemsOf({ chunks }: Chunks, options: ItemOptions): Item[] {
  const items: Item[] = [];
  if (options.runIn > 0) items.push(box(options.runIn, null));
  for (const [index, chunk] of chunks.entries()) {
    // Not in the last two words: the last line must not begin with the end of a word and say little more.
    if (chunk.kind === 'word') pushWord(items, chunk, index < chunks.length - 3, options);
    else pushSpace(items, chunk, chunks[index - 1], chunks[index + 1], options);
  }
  items.push(penalty(price.forbidden), glue(0, options.measure * lastLine, 0, null), penalty(price.forced));
  return items;
}

const box = (width: number, piece: Piece | null): Item => ({
  type: 'box',
  width: Math.max(0, width),
  stretch: 0,
  shrink: 0,
  cost: 0,
  flagged: false,
  piece,
});
const glue = (width: number, stretch: number, shrink: number, piece: Piece | null): Item => ({
  type: 'glue',
  width,
  stretch,
  shrink,
  cost: 0,
  flagged: false,
  piece,
});
const penalty = (cost: number, width = 0, flagged = false, piece: Piece | null = null): Item => ({
  type: 'penalty',
  width,
  stretch: 0,
  shrink: 0,
  cost,
  flagged,
  piece,
});

function pushSpace(
  items: Item[],
  space: Space,
  before: Word | Space | undefined,
  after: Word | Space | undefined,
  { style, align, bindsLetters }: ItemOptions,
): void {
  const { face, text, level } = space;
  const width = widthOf(face, text, style.size);
  const stretches = text === ' ' || text === '\u00a0';
  const piece: Piece = { kind: 'space', text, face, width, stretches, level };
  const cost = binding.test(text)
    ? price.forbidden
    : breakCost(
        before?.kind === 'word' ? before.text : '',
        after?.kind === 'word' ? after.text : '',
        bindsLetters,
      );
  // A penalty before the glue takes over its break; without one the glue itself is the place.
  if (cost > 0) items.push(penalty(cost));
  if (!stretches) items.push(glue(width, 0, 0, piece));
  else if (align === 'left') items.push(glue(width, style.size * 1.1, 0, piece));
  else items.push(glue(width, width * 0.72, width * 0.36, piece));
}
function pushWord(items: Item[], word: Word, divisible: boolean, options: ItemOptions): void {
  const { style, measure, runIn } = options;
  if (hasIdeographs(word.text)) {
    pushIdeographs(items, word, options);
    return;
  }
  const whole = word.parts.reduce(
    (sum, part) => sum + (part.kind === 'text' ? widthOf(part.face, part.text, style.size) : 0),
    0,
  );
  const tooWide = whole > (measure - runIn) * 0.9;
  for (const part of word.parts) {
    if (part.kind === 'call') {
      items.push(callBox(part.call, part.level, style));
      continue;
    }
    const single = word.parts.every((other) => other === part || other.kind === 'call');
    const places = placesIn(part, single && divisible ? options.hyphenator : null, tooWide);
    pushText(items, part, places, style.size);
  }
}

function callBox(call: NoteCall, level: number, style: TextStyle): Item {
  const mark = markOf(call.marker, style);
  const width = (mark.shaped.width * mark.size) / 1000;
  return box(width, { kind: 'call', call, mark, width, level });
}

function pushText(items: Item[], part: TextPart, places: readonly Place[], size: number): void {
  const { face, text, link, level } = part;
  let from = 0;
  let before = 0;
  for (const place of [...places, null]) {
    const to = place ? place.at : text.length;
    if (to <= from) continue;
    // Widths of beginnings, so that the fragments of an undivided word add up to the word with its kerning.
    const upTo = widthOf(face, text.slice(0, to), size);
    const width = upTo - before;
    items.push(box(width, { kind: 'text', text: text.slice(from, to), face, width, link, level }));
    if (place && to < text.length) {
      const hyphen = widthOf(face, '\u00ad', size);
      items.push(
        place.hyphen
          ? penalty(place.cost, hyphen, true, { kind: 'hyphen', face, width: hyphen, level })
          : penalty(place.cost, 0, place.flagged),
      );
    }
    from = to;
    before = upTo;
  }
}

/** A word of ideographs and what is joined to them: each is a box, with a joint before it. */
function pushIdeographs(items: Item[], word: Word, { style, measure, runIn, align }: ItemOptions): void {
  const { size } = style;
  let before = '';
  for (const part of word.parts) {
    if (part.kind === 'call') {
      items.push(callBox(part.call, part.level, style));
      continue;
    }
    for (const text of splitAtJoints(part.text)) {
      const joint = before === '' ? null : jointOf(before, Array.from(text)[0] ?? '');
      if (joint) {
        const gap: Piece = { kind: 'gap', width: joint.width * size, level: part.level };
        if (joint.cost > 0) items.push(penalty(joint.cost));
        const elastic = align === 'justify' ? size : 0;
        if (joint.stretches) items.push(glue(gap.width, elastic * 0.07, elastic * 0.015, gap));
      }
      const western: TextPart = { ...part, text, soft: [] };
      const wide = widthOf(part.face, text, size) > (measure - runIn) * 0.9;
      pushText(items, western, wide ? placesIn(western, null, true) : [], size);
      before = Array.from(text).at(-1) ?? before;
    }
  }
}

/** Each ideograph or syllable alone, with the marks that combine with it; and what stands between them as one. */
function splitAtJoints(text: string): string[] {
  const pieces: string[] = [];
  for (const character of text) {
    const last = pieces.at(-1);
    const joins =
      last !== undefined &&
      (/^\p{M}$/u.test(character) || (!hasIdeographs(last) && !hasIdeographs(character)));
    if (joins) pieces[pieces.length - 1] = last + character;
    else pieces.push(character);
  }
  return pieces;
}
