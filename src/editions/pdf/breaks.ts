/**
 * Where a line may end, and at what price: between two words, and within one. No character is ever changed; where a
 * line must not end, the break is forbidden and the character left alone.
 */
import type { Hyphenator } from './hyphenate.js';
import type { TextPart } from './words.js';

/** Prices of breaks, 1000 forbidding. */
export const price = {
  forbidden: 1000,
  forced: -1000,
  /** Within a word. */
  hyphen: 60,
  /** Added in a name. */
  inName: 120,
  /** Added where only two letters stand before the hyphen. */
  afterTwoLetters: 60,
  /** Within a part of a word that has hyphens of its own. */
  hyphenInCompound: 180,
  /** After a hyphen that is printed anyway. */
  afterHyphen: 45,
  afterDash: 20,
  afterSlash: 150,
  inAddress: 120,
  /** Before a dash that stands between spaces. */
  beforeDash: 400,
  /** Between a small number and what it counts: `26 October`, `five of 40 per cent`. */
  afterNumber: 70,
  /** Between two syllables of Hangul. */
  inHangul: 35,
  /** Between any two letters of a word that is wider than the line. */
  anywhere: 900,
};
/** Words that a number, or whatever follows them, must not be parted from. */
const leading =
  /^[([«„“"']*(?:para|paras|art|arts|no|nos|nr|n°|nº|№|p|pp|vol|ch|sec|fig|cf|mr|mrs|ms|dr|st|res|doc|párr|párrs|núm|par|abs|ziff|ст|п|пп|г|№)\.?$/iu;
const leadingWords =
  /^(?:article|articles|paragraph|paragraphs|section|chapter|annex|no\.?|artikel|artículo|annexe|статья|статьи|пункт|المادة|مادة|الفقرة|فقرة|סעיף|§|§§|¶)$/iu;
const units =
  /^(?:%|‰|°C?|€|\$|£|¥|kg|g|mg|t|km²?|m[²³]?|cm|mm|km\/h|ha|kr|s|h|min|MW|GW|kW|kWh|Hz|MHz|GHz|bn|million|billion|Mio|Mrd|EUR|USD|GBP)[.,;:)]*$/u;
const closing = /^(?:[:;!?»›]|%|\.\.\.|…)/u;
const opening = /[«‹]$/u;
const dash = /^(?:--|–|—)$/u;

/** Whether a character is one of a to z. */
const isSmall = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a;

/** The price of ending a line between two words. */
export function breakCost(before: string, after: string, bindsLetters: boolean): number {
  // No rule below asks for a word of letters that is followed by another.
  if (before.length > 1 && isSmall(before.charCodeAt(before.length - 1)) && isSmall(after.charCodeAt(0)))
    return 0;
  if (closing.test(after) || opening.test(before)) return price.forbidden;
  if (/^[([]*[\dIVXLC]/u.test(after) && (leading.test(before) || leadingWords.test(before)))
    return price.forbidden;
  if (/^(?:mr|mrs|ms|dr|st)\.$/iu.test(before) || /^(?:\p{Lu}\.)+$/u.test(before)) return price.forbidden;
  if (
    /\d$/.test(before) &&
    (units.test(after) || (/^\d{3}\b/.test(after) && /(?:^|[^\d.,])\d{1,3}$/.test(before)))
  )
    return price.forbidden;
  if (bindsLetters && /^\p{L}$/u.test(before)) return price.forbidden;
  if (/^\(?\d{1,2}\.?$/.test(before) && /^\p{L}{3,}/u.test(after)) return price.afterNumber;
  return dash.test(after) ? price.beforeDash : 0;
}
/** A place within a word. */
export interface Place {
  readonly at: number;
  readonly cost: number;
  /** Whether a hyphen is added where the line ends here. */
  readonly hyphen: boolean;
  /** Whether it counts as a hyphen at the line's end. */
  readonly flagged: boolean;
}
/** The places of words that have been met, by hyphenator: a text says the same words again and again. */
const knownPlaces = new WeakMap<object, Map<string, readonly Place[]>>();
const noHyphenator = {};

/** The places within a word, from left to right; `tooWide` for a word that must be divided anyhow. */
export function placesIn(part: TextPart, hyphenator: Hyphenator | null, tooWide: boolean): readonly Place[] {
  if (tooWide || part.soft.length > 0) return findPlaces(part, hyphenator, tooWide);
  const key = hyphenator ?? noHyphenator;
  let known = knownPlaces.get(key);
  if (!known || known.size > 100_000) knownPlaces.set(key, (known = new Map<string, readonly Place[]>()));
  let places = known.get(part.text);
  if (!places) known.set(part.text, (places = findPlaces(part, hyphenator, false)));
  return places;
}

const address = /:\/\/|^www\.|@/;

function findPlaces(part: TextPart, hyphenator: Hyphenator | null, tooWide: boolean): readonly Place[] {
  const { text } = part;
  const found = new Map<number, Place>();
  const add = (place: Place) => {
    const known = found.get(place.at);
    if (place.at > 0 && place.at < text.length && (!known || known.cost > place.cost))
      found.set(place.at, place);
  };
  if (address.test(text)) {
    for (const match of text.matchAll(/(?<!^www|:\/)[/.?&_=#-](?=[\p{L}\d])/gu))
      add({ at: match.index + 1, cost: price.inAddress, hyphen: false, flagged: false });
  } else {
    if (joint.test(text)) addJoints(text, add);
    if (hyphenator) addHyphens(text, hyphenator, add);
  }
  for (const at of part.soft) add({ at, cost: price.hyphen / 2, hyphen: true, flagged: true });
  for (let at = text.indexOf('\u200b'); at >= 0; at = text.indexOf('\u200b', at + 1))
    add({ at: at + 1, cost: 0, hyphen: false, flagged: false });
  if (tooWide) {
    let at = 0;
    for (const character of text) {
      if (!/\p{M}/u.test(character)) add({ at, cost: price.anywhere, hyphen: false, flagged: false });
      at += character.length;
    }
  }
  return [...found.values()].sort((one, other) => one.at - other.at);
}

/** What stands between the parts of a word; asked first, for the patterns below take long to compile and few words need them. */
const joint = /[-\u2010–—/]/;

/** After the hyphens, dashes and strokes that are printed within a word. */
function addJoints(text: string, add: (place: Place) => void): void {
  for (const match of text.matchAll(/(?<=[\p{L}\d]{2})[-\u2010](?=[\p{L}\d]{3})/gu))
    add({ at: match.index + 1, cost: price.afterHyphen, hyphen: false, flagged: true });
  for (const match of text.matchAll(/(?<=[\p{L}\d,.)])(?:--+|—|–)(?=[\p{L}\d(])/gu))
    add({ at: match.index + match[0].length, cost: price.afterDash, hyphen: false, flagged: false });
  if (!text.includes('/')) return;
  for (const match of text.matchAll(/(?<=\p{L}{3})\/(?=\p{L}{3})/gu))
    add({ at: match.index + 1, cost: price.afterSlash, hyphen: false, flagged: false });
}

/** A word of ASCII letters alone. */
const plain = /^[A-Za-z]+$/;

function addHyphens(text: string, hyphenator: Hyphenator, add: (place: Place) => void): void {
  if (plain.test(text)) {
    addHyphensOf(text, 0, price.hyphen, hyphenator, add);
    return;
  }
  if (/\d/.test(text)) return;
  const cost = /[\p{L}][-\u2010\u2011/][\p{L}]/u.test(text) ? price.hyphenInCompound : price.hyphen;
  for (const run of text.matchAll(/\p{L}+/gu)) addHyphensOf(run[0], run.index, cost, hyphenator, add);
}

/** @param from where the letters stand in their word */
function addHyphensOf(
  letters: string,
  from: number,
  cost: number,
  hyphenator: Hyphenator,
  add: (place: Place) => void,
): void {
  const asName = !hyphenator.withNames && /^(?:[A-Z]|[^\0-\x7f])/.test(letters) && /^\p{Lu}/u.test(letters);
  for (const at of hyphenator(letters))
    add({
      at: from + at,
      cost: cost + (at < 3 ? price.afterTwoLetters : 0) + (asName ? price.inName : 0),
      hyphen: true,
      flagged: true,
    });
}
