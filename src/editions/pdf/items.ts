/**
 * The words of a paragraph as boxes, glue and penalties: what may be divided where, and at what price.
 *
 * After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11 (1981).
 * A price of 0 is free, 1000 forbids. No character is ever changed; where a line must not end, the break is forbidden
 * and the character left alone.
 */
import type { NoteCall } from '../../document.js';
import { breakCost, placesIn, price, type Place } from './breaks.js';
import { stretchesOf } from './coverage.js';
import { ideographs, letters, spaces } from './elastic.js';
import { widthOf, widthUpTo, type Face, type Family } from './faces.js';
import type { Hyphenator } from './hyphenate.js';
import { jointOf } from './ideographs.js';
import type { Item, Known, Mark, Piece, Whole, WordSetting } from './pieces.js';
import { hasIdeographs, ideograph, leftward } from './scripts.js';
import { binding, type Chunks, type Space, type TextPart, type Word } from './words.js';

export type { Item, Mark, Piece } from './pieces.js';

/** How a text is set. Sizes in points. */
export interface TextStyle {
  readonly family: Family;
  readonly size: number;
  readonly bold: boolean;
  readonly colour: string;
}

export interface ItemOptions {
  readonly style: TextStyle;
  /** Points. */
  readonly measure: number;
  readonly align: 'justify' | 'left';
  readonly hyphenator: Hyphenator | null;
  /** Whether a line is loose without further hyphens. */
  readonly urgent?: boolean;
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
export function itemsOf({ chunks, flexible }: Chunks, options: ItemOptions): Item[] {
  const items: Item[] = [];
  const flex = flexible ? letters : 0;
  const apart = !flexible && isSetApart(chunks);
  const { style, align } = options;
  const undivided = settingOf({ size: style.size, align, flex, hyphenator: null });
  const divided = settingOf({ size: style.size, align, flex, hyphenator: options.hyphenator });
  // Not in the last word, and in the one before it only where a line would be loose: the last line must not begin
  // with the end of a word and say little more.
  const lastDivided = chunks.length - (options.urgent ? 1 : 3);
  if (options.runIn > 0) items.push(box(options.runIn, null));
  let before: Word | Space | undefined;
  // How far the word before may hang, where that is known.
  let hang: number | null = null;
  for (let index = 0; index < chunks.length; index++) {
    const chunk = chunks[index];
    if (!chunk) break;
    if (chunk.kind === 'word')
      hang = pushWord(items, chunk, index < lastDivided ? divided : undivided, options);
    else {
      const after = chunks[index + 1];
      if (!apart || !pushClosed(items, chunk, before, after, options))
        pushSpace(items, chunk, before, after, options, flex, hang ?? hangOfWord(before, options));
      hang = 0;
    }
    before = chunk;
  }
  items.push(penalty(price.forbidden), glue(0, options.measure * lastLine, 0, null), penalty(price.forced));
  return items;
}

/** The settings that have been met in the process; a book may have a few dozen. */
let settings: WordSetting[] = [];
const mostSettings = 500;

/** The one object for some setting. */
function settingOf(wanted: WordSetting): WordSetting {
  for (const one of settings)
    if (
      one.size === wanted.size &&
      one.align === wanted.align &&
      one.flex === wanted.flex &&
      one.hyphenator === wanted.hyphenator
    )
      return one;
  if (settings.length >= mostSettings) settings = [];
  settings.push(wanted);
  return wanted;
}

/** All items are of one make, so that what reads a great many of them need not tell them apart. */
class Made implements Item {
  readonly type: Item['type'];
  readonly width: number;
  readonly stretch: number;
  readonly shrink: number;
  readonly cost: number;
  readonly flagged: boolean;
  readonly hang: number;
  readonly piece: Piece | null;
  readonly whole: Whole | null;

  constructor(
    type: Item['type'],
    width: number,
    stretch: number,
    shrink: number,
    cost: number,
    flagged: boolean,
    hang: number,
    piece: Piece | null,
    whole: Whole | null,
  ) {
    this.type = type;
    this.width = width;
    this.stretch = stretch;
    this.shrink = shrink;
    this.cost = cost;
    this.flagged = flagged;
    this.hang = hang;
    this.piece = piece;
    this.whole = whole;
  }
}

const box = (own: number, piece: Piece | null, flex = 0, whole: Whole | null = null): Item => {
  const width = Math.max(0, own);
  return new Made('box', width, width * flex, width * flex, 0, false, 0, piece, whole);
};
const glue = (width: number, stretch: number, shrink: number, piece: Piece | null, hang = 0): Item =>
  new Made('glue', width, stretch, shrink, 0, false, hang, piece, null);
const penalty = (cost: number, width = 0, flagged = false, piece: Piece | null = null, hang = 0): Item =>
  new Made('penalty', width, 0, 0, cost, flagged, hang, piece, null);

/** How much of a mark at a line's end hangs over the edge, so that the edge looks straight. */
const hanging: Readonly<Record<string, number>> = {
  '-': 0.5,
  '\u2010': 0.5,
  '.': 0.6,
  ',': 0.6,
  ':': 0.4,
  ';': 0.4,
  '\u2019': 0.5,
  '\u201d': 0.4,
  '\u2013': 0.25,
  '\u2014': 0.15,
};

/** How far the last character of a text may hang, in points. */
function hangOf(text: string, face: Face, { style, align }: ItemOptions): number {
  const last = text.at(-1) ?? '';
  const part = align === 'justify' ? hanging[last] : undefined;
  return part === undefined ? 0 : widthOf(face, last, style.size) * part;
}

function hangOfWord(word: Word | Space | undefined, options: ItemOptions): number {
  const part = word?.kind === 'word' ? word.parts.at(-1) : undefined;
  return part?.kind === 'text' && part.level % 2 === 0 ? hangOf(part.text, part.face, options) : 0;
}

/** Whether a text has a space between most of its ideographs, as some scanners and converters write it. */
function isSetApart(chunks: Chunks['chunks']): boolean {
  const words = chunks.filter((chunk) => chunk.kind === 'word' && chunk.ideographic);
  const single = words.filter(({ text }) => Array.from(text).length <= 2).length;
  return words.length >= 5 && single > words.length * 0.8;
}

/** A space between two ideographs of a text that has them all set apart. @returns false for any other space */
function pushClosed(
  items: Item[],
  { face, text, level }: Space,
  before: Word | Space | undefined,
  after: Word | Space | undefined,
  { style, align }: ItemOptions,
): boolean {
  if (text !== ' ' || before?.kind !== 'word' || after?.kind !== 'word') return false;
  const [last, first] = [Array.from(before.text).at(-1) ?? '', Array.from(after.text)[0] ?? ''];
  const joint = jointOf(last, first);
  if (!joint?.stretches || !ideograph.test(last) || !ideograph.test(first)) return false;
  const width = joint.width * style.size;
  const piece: Piece = { kind: 'space', text, face, width, stretches: false, closed: true, level };
  if (joint.cost > 0) items.push(penalty(joint.cost));
  items.push(glue(width, align === 'justify' ? style.size * ideographs.stretch : 0, 0, piece));
  return true;
}

function pushSpace(
  items: Item[],
  space: Space,
  before: Word | Space | undefined,
  after: Word | Space | undefined,
  options: ItemOptions,
  flex: number,
  hang: number,
): void {
  const cost =
    !space.shared && binding.test(space.text)
      ? price.forbidden
      : breakCost(
          before?.kind === 'word' ? before.text : '',
          after?.kind === 'word' ? after.text : '',
          options.bindsLetters,
        );
  // A penalty before the glue takes over its break; without one the glue itself is the place.
  if (cost > 0) items.push(penalty(cost, 0, false, null, hang));
  items.push(space.shared ? knownGlue(space, options, flex, hang) : glueOf(space, options, flex, hang));
}

function glueOf(
  { face, text, level }: Space,
  { style, align }: ItemOptions,
  flex: number,
  hang: number,
): Item {
  const shaped = face.shape(text);
  const width = (shaped.width * style.size * face.scale) / 1000;
  const stretches = text === ' ' || text === '\u00a0';
  const piece: Piece = { kind: 'space', text, shaped, face, width, stretches, level };
  if (!stretches || align === 'left') return glue(width, 0, 0, piece);
  return glue(width, width * (spaces.stretch + flex), width * (spaces.shrink + flex), piece, hang);
}

/** What a space has become in some setting. */
interface KnownGlue {
  readonly size: number;
  readonly align: string;
  readonly flex: number;
  readonly hang: number;
  readonly glue: Item;
}
const knownGlues = new WeakMap<Space, KnownGlue[]>();
const mostGlues = 100;

/** The glue of a space that many texts share. */
function knownGlue(space: Space, options: ItemOptions, flex: number, hang: number): Item {
  const { style, align } = options;
  let all = knownGlues.get(space);
  if (!all || all.length > mostGlues) knownGlues.set(space, (all = []));
  for (const one of all)
    if (one.hang === hang && one.size === style.size && one.align === align && one.flex === flex)
      return one.glue;
  const made = glueOf(space, options, flex, hang);
  all.push({ size: style.size, align, flex, hang, glue: made });
  return made;
}

/** What a word that many texts share is in some setting; null where it must be put together anew. */
function knownIn(word: Word, setting: WordSetting, options: ItemOptions): Known | null {
  for (const one of word.settings) if (one.setting === setting) return one;
  const { style } = options;
  const items: Item[] = [];
  let width = 0;
  for (const part of word.parts) {
    if (part.kind === 'call') return null;
    width += widthOf(part.face, part.text, style.size);
    const places = placesIn(part, word.parts.length === 1 ? setting.hyphenator : null, false);
    pushText(items, part, places, options, setting.flex);
  }
  const known: Known = { setting, items, width, hang: hangOfWord(word, options) };
  word.settings.push(known);
  return known;
}

/** Adds a word. @returns how far its last character may hang; null where that is still to be asked for */
function pushWord(items: Item[], word: Word, setting: WordSetting, options: ItemOptions): number | null {
  const { style, measure, runIn } = options;
  if (word.ideographic) {
    pushIdeographs(items, word, options);
    return null;
  }
  const widest = (measure - runIn) * 0.9;
  const known = word.shared ? knownIn(word, setting, options) : null;
  // In a measure so narrow, a word must be divided anyhow.
  if (known && known.width <= widest) {
    for (const item of known.items) items.push(item);
    return known.hang;
  }
  const whole = word.parts.reduce(
    (sum, part) => sum + (part.kind === 'text' ? widthOf(part.face, part.text, style.size) : 0),
    0,
  );
  const tooWide = whole > widest;
  for (const part of word.parts) {
    if (part.kind === 'call') {
      items.push(callBox(part.call, part.level, style));
      continue;
    }
    const single = word.parts.every((other) => other === part || other.kind === 'call');
    const places = placesIn(part, single ? setting.hyphenator : null, tooWide);
    pushText(items, part, places, options, setting.flex);
  }
  return null;
}

function callBox(call: NoteCall, level: number, style: TextStyle): Item {
  const mark = markOf(call.marker, style);
  const width = (mark.shaped.width * mark.size) / 1000;
  return box(width, { kind: 'call', call, mark, width, level });
}

function pushText(
  items: Item[],
  part: TextPart,
  places: readonly Place[],
  options: ItemOptions,
  flex: number,
): void {
  const { size } = options.style;
  const { face, text, link, level } = part;
  const shaped = face.shape(text);
  const first = items.length;
  let from = 0;
  let before = 0;
  let wide = 0;
  for (const place of [...places, null]) {
    const to = place ? place.at : text.length;
    if (to <= from) continue;
    // Widths of beginnings, so that the fragments of an undivided word add up to the word with its kerning.
    const end = to === text.length ? text : text.slice(0, to);
    const upTo =
      (((to === text.length ? shaped.width : widthUpTo(shaped, to)) ?? face.shape(end).width) *
        size *
        face.scale) /
      1000;
    const width = upTo - before;
    const own = from === 0 ? end : text.slice(from, to);
    const piece: Piece = {
      kind: 'text',
      text: own,
      shaped: own === text ? shaped : undefined,
      face,
      width,
      link,
      level,
    };
    items.push(box(width, piece, flex));
    wide += width;
    if (place && to < text.length) {
      const hyphen = widthOf(face, '\u00ad', size);
      items.push(
        place.hyphen
          ? penalty(
              place.cost,
              hyphen,
              true,
              { kind: 'hyphen', face, width: hyphen, level },
              hangOf('-', face, options),
            )
          : penalty(place.cost, 0, place.flagged, null, hangOf(end, face, options)),
      );
    }
    from = to;
    before = upTo;
  }
  const start = items[first];
  if (!start || items.length === first + 1) return;
  const piece: Piece = { kind: 'text', text, shaped, face, width: wide, link, level };
  items[first] = box(start.width, start.piece, flex, { piece, items: items.length - first });
}

/** A word of ideographs and what is joined to them: each is a box, with a joint before it. */
function pushIdeographs(items: Item[], word: Word, options: ItemOptions): void {
  const { style, measure, runIn, align } = options;
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
        const gives = joint.gives * ideographs.mark * size;
        const gap: Piece = { kind: 'gap', width: joint.width * size, level: part.level, gives };
        if (joint.cost > 0) items.push(penalty(joint.cost));
        const elastic = align === 'justify' ? 1 : 0;
        if (joint.stretches)
          items.push(glue(gap.width, elastic * size * ideographs.stretch, elastic * gives, gap));
      }
      const western: TextPart = { ...part, text, soft: [] };
      const wide = widthOf(part.face, text, size) > (measure - runIn) * 0.9;
      pushText(items, western, wide ? placesIn(western, null, true) : [], options, 0);
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
