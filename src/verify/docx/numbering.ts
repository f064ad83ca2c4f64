/** What Word's numbering prints before each paragraph (ECMA-376 part 1, 17.9). */
import { Unreadable } from '../flat.js';
import { allOf, childOf, valueOf, type XmlElement } from './xml.js';

interface Level {
  readonly start: number;
  readonly format: string;
  readonly text: string;
  readonly style: string | undefined;
}

interface Definition {
  readonly id: string;
  readonly levels: ReadonlyMap<number, Level>;
}

/** What stands before a paragraph. */
export interface Numbered {
  readonly text: string;
  readonly isBullet: boolean;
}

/** Counts through the paragraphs of a file, which must be asked for in Word's order. */
export class Numbering {
  readonly #lists = new Map<string, Definition>();
  /** By definition: lists that share one count together. */
  readonly #counts = new Map<string, (number | undefined)[]>();
  /** The list and level of a paragraph style that has one of its own. */
  readonly #byStyle: ReadonlyMap<string, { readonly list: string; readonly level: number }>;

  constructor(numbering: XmlElement | undefined, styles: XmlElement | undefined) {
    const definitions = new Map<string, Definition>();
    if (numbering) {
      for (const one of allOf(numbering, 'w:abstractNum')) {
        const id = one.attributes.get('w:abstractNumId') ?? '';
        if (childOf(one, 'w:numStyleLink')) throw new Unreadable('a list of it takes its form from a style');
        definitions.set(id, { id, levels: levelsOf(one) });
      }
      for (const one of allOf(numbering, 'w:num')) {
        const definition = definitions.get(valueOf(childOf(one, 'w:abstractNumId')) ?? '');
        if (!definition || childOf(one, 'w:lvlOverride'))
          throw new Unreadable('a list of it counts in a way that this reader doesn’t know');
        this.#lists.set(one.attributes.get('w:numId') ?? '', definition);
      }
    }
    this.#byStyle = listsOfStyles(styles, this.#lists);
  }

  /**
   * @param properties the paragraph's own `w:numPr`
   * @param style the paragraph's style, which may number it too
   */
  next(properties: XmlElement | undefined, style: string): Numbered | null {
    const own = valueOf(childOf(properties, 'w:numId'));
    const place =
      own === undefined
        ? this.#byStyle.get(style)
        : { list: own, level: Number(valueOf(childOf(properties, 'w:ilvl')) ?? 0) };
    if (!place || place.list === '0') return null;
    const definition = this.#lists.get(place.list);
    const level = definition?.levels.get(place.level);
    if (!definition || !level) throw new Unreadable(`it names the list ${place.list}, which is not there`);
    if (level.format === 'none') return null;
    if (level.format === 'bullet') return { text: level.text, isBullet: true };
    const counts = this.#counts.get(definition.id) ?? [];
    this.#counts.set(definition.id, counts);
    counts[place.level] = (counts[place.level] ?? level.start - 1) + 1;
    // A level begins anew after a higher one.
    counts.length = place.level + 1;
    const text = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const other = definition.levels.get(Number(digit) - 1);
      if (!other) throw new Unreadable(`its list ${place.list} prints a level that is not there`);
      return numeralIn(other.format, counts[Number(digit) - 1] ?? other.start);
    });
    return { text, isBullet: false };
  }
}

function levelsOf(definition: XmlElement): ReadonlyMap<number, Level> {
  const levels = new Map<number, Level>();
  for (const one of allOf(definition, 'w:lvl')) {
    if (childOf(one, 'w:lvlRestart') || childOf(one, 'w:isLgl'))
      throw new Unreadable('a list of it counts in a way that this reader doesn’t know');
    levels.set(Number(one.attributes.get('w:ilvl')), {
      start: Number(valueOf(childOf(one, 'w:start')) ?? 0),
      format: valueOf(childOf(one, 'w:numFmt')) ?? 'decimal',
      text: valueOf(childOf(one, 'w:lvlText')) ?? '',
      style: valueOf(childOf(one, 'w:pStyle')),
    });
  }
  return levels;
}

function listsOfStyles(
  styles: XmlElement | undefined,
  lists: ReadonlyMap<string, Definition>,
): ReadonlyMap<string, { readonly list: string; readonly level: number }> {
  const byStyle = new Map<string, { readonly list: string; readonly level: number }>();
  if (!styles) return byStyle;
  const all = new Map(
    [...allOf(styles, 'w:style')].map((one) => [one.attributes.get('w:styleId') ?? '', one]),
  );
  for (const id of all.keys()) {
    const above = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !above.has(at);) {
      above.add(at);
      const style: XmlElement | undefined = all.get(at);
      const properties = childOf(childOf(style, 'w:pPr'), 'w:numPr');
      const list = valueOf(childOf(properties, 'w:numId'));
      if (list !== undefined) {
        // The level is the one that names the style (17.9.23), or as it says itself.
        const linked = [...(lists.get(list)?.levels ?? [])].find(([, level]) => level.style === id)?.[0];
        byStyle.set(id, { list, level: linked ?? Number(valueOf(childOf(properties, 'w:ilvl')) ?? 0) });
        break;
      }
      at = valueOf(childOf(style, 'w:basedOn'));
    }
  }
  return byStyle;
}

const romanPlaces = [
  ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'],
  ['', 'X', 'XX', 'XXX', 'XL', 'L', 'LX', 'LXX', 'LXXX', 'XC'],
  ['', 'C', 'CC', 'CCC', 'CD', 'D', 'DC', 'DCC', 'DCCC', 'CM'],
  ['', 'M', 'MM', 'MMM'],
] as const;

/** A number in one of Word's formats (17.18.59). */
function numeralIn(format: string, count: number): string {
  const digits = [...String(count)].reverse();
  const roman = () =>
    digits
      .map((digit, place) => romanPlaces[place]?.[Number(digit)] ?? '?')
      .reverse()
      .join('');
  // a … z, aa, bb …: the letter is repeated.
  const letters = () => String.fromCharCode(65 + ((count - 1) % 26)).repeat(Math.floor((count - 1) / 26) + 1);
  switch (format) {
    case 'decimal':
      return String(count);
    case 'upperRoman':
      return roman();
    case 'lowerRoman':
      return roman().toLowerCase();
    case 'upperLetter':
      return count < 1 ? '' : letters();
    case 'lowerLetter':
      return count < 1 ? '' : letters().toLowerCase();
    default:
      throw new Unreadable(`it counts in the format ${format}, which this reader doesn’t know`);
  }
}
