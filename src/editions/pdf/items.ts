/**
 * The words of a paragraph as boxes, glue and penalties: what may be divided where, and at what price.
 *
 * After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11 (1981).
 * Prices are those of package tex-linebreak: 0 is free, 1000 forbids. No character is ever changed; where a line
 * must not end, the break is forbidden and the character left alone.
 */
import type { Inline, NoteCall } from '../../document.js';
import { breakCost, placesIn, price, type Place } from './breaks.js';
import { faceThatHas } from './coverage.js';
import type { Face, Family, Shaped } from './faces.js';
import type { Hyphenator } from './hyphenate.js';
import { binding, chunksOf, type Space, type TextPart, type Word } from './words.js';

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
export type Piece =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly face: Face;
      readonly width: number;
      /** The address that the words are. */
      readonly link?: string | undefined;
    }
  | {
      readonly kind: 'space';
      readonly text: string;
      readonly face: Face;
      readonly width: number;
      readonly stretches: boolean;
    }
  | { readonly kind: 'hyphen'; readonly face: Face; readonly width: number }
  | { readonly kind: 'call'; readonly call: NoteCall; readonly mark: Mark; readonly width: number }
  /** The mark of a note before its text. */
  | { readonly kind: 'mark'; readonly mark: Mark; readonly width: number };

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
  const face = faceThatHas(marker, style.family, undefined, style.bold);
  const superior = face.superior(marker);
  if (superior) return { shaped: superior, face, size: style.size, rise: 0 };
  // A star or dagger is a superior sign already; anything else that the face has no superior form of is raised.
  const raised = /^[*†‡§¶]+$/.test(marker)
    ? { size: style.size, rise: 0 }
    : { size: style.size * 0.65, rise: style.size * 0.33 };
  return { shaped: face.shape(marker), face, ...raised };
}

/** How much of the measure the last line may leave empty without being a bad line. */
const lastLine = 0.88;

/** The items of some content, the finishing glue and the forced break at the end included. */
export function itemsOf(content: readonly Inline[], options: ItemOptions): Item[] {
  const items: Item[] = [];
  if (options.runIn > 0) items.push(box(options.runIn, null));
  const chunks = chunksOf(content, options.style);
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
  const width = (space.face.shape(space.text).width * style.size) / 1000;
  const stretches = space.text === ' ' || space.text === '\u00a0';
  const piece: Piece = { kind: 'space', text: space.text, face: space.face, width, stretches };
  const cost = binding.test(space.text)
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
  const scale = style.size / 1000;
  const width = (part: TextPart) => part.face.shape(part.text).width * scale;
  const whole = word.parts.reduce((sum, part) => sum + (part.kind === 'text' ? width(part) : 0), 0);
  const tooWide = whole > (measure - runIn) * 0.9;
  for (const part of word.parts) {
    if (part.kind === 'call') {
      const mark = markOf(part.call.marker, style);
      const markWidth = (mark.shaped.width * mark.size) / 1000;
      items.push(box(markWidth, { kind: 'call', call: part.call, mark, width: markWidth }));
      continue;
    }
    const single = word.parts.every((other) => other === part || other.kind === 'call');
    const places = placesIn(part, single && divisible ? options.hyphenator : null, tooWide);
    pushText(items, part, places, style.size);
  }
}
function pushText(items: Item[], part: TextPart, places: readonly Place[], size: number): void {
  const scale = size / 1000;
  const { face, text, link } = part;
  let from = 0;
  let before = 0;
  for (const place of [...places, null]) {
    const to = place ? place.at : text.length;
    if (to <= from) continue;
    // Widths of beginnings, so that the fragments of an undivided word add up to the word with its kerning.
    const upTo = face.shape(text.slice(0, to)).width * scale;
    items.push(
      box(upTo - before, { kind: 'text', text: text.slice(from, to), face, width: upTo - before, link }),
    );
    if (place && to < text.length) {
      const hyphenWidth = face.shape('\u00ad').width * scale;
      items.push(
        place.hyphen
          ? penalty(place.cost, hyphenWidth, true, { kind: 'hyphen', face, width: hyphenWidth })
          : penalty(place.cost, 0, place.flagged),
      );
    }
    from = to;
    before = upTo;
  }
}
