/** The strings that a content stream shows: what stands in the arrays of its TJ operators (ISO 32000-1, 7.3.4 and 9.4.3). */

import { Name, readObjects } from './objects.js';

/** A string of codes, and where it stands in the stream. */
export interface ShownString {
  readonly index: number;
  readonly length: number;
  /** In hexadecimal: two digits each, or four where the font is a composite one. */
  readonly codes: readonly string[];
}

/** The fonts of a file whose codes are of two bytes, by their names in the resources of its first page. */
export function compositeFonts(bytes: Uint8Array): ReadonlySet<string> {
  const { trailer, dictionary, array } = readObjects(bytes);
  const [page] = array(dictionary(dictionary(trailer['Root'])['Pages'])['Kids']);
  const fonts = dictionary(dictionary(dictionary(page)['Resources'])['Font']);
  const subtypeOf = (name: string) => dictionary(fonts[name])['Subtype'];
  return new Set(
    Object.keys(fonts).filter((name) => {
      const subtype = subtypeOf(name);
      return subtype instanceof Name && subtype.name === 'Type0';
    }),
  );
}

/** What the codes of a ToUnicode map of one or two bytes stand for, in hexadecimal, by code. */
export function charactersIn(map: string): string[] {
  const characters: string[] = [];
  const set = (code: number, digits: string) => (characters[code] = digits.replace(/\s/g, ''));
  for (const [, lines = ''] of map.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g))
    for (const [, code = '', digits = ''] of lines.matchAll(/<(\w+)> <([\w ]+)>/g))
      set(parseInt(code, 16), digits);
  for (const [, lines = ''] of map.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g))
    for (const [, from = '', to = '', list, first = ''] of lines.matchAll(
      /<(\w+)> <(\w+)> (?:\[([^\]]*)\]|<(\w+)>)/g,
    )) {
      const listed = list?.match(/<[^>]*>/g)?.map((one) => one.slice(1, -1));
      for (let code = parseInt(from, 16); code <= parseInt(to, 16); code++) {
        const next = (parseInt(first, 16) + code - parseInt(from, 16)).toString(16).padStart(4, '0');
        set(code, listed?.[code - parseInt(from, 16)] ?? next);
      }
    }
  return characters;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/**
 * @param stream as Latin-1: a character for each byte
 * @param composite the names of fonts whose codes are of two bytes
 */
export function shownArrays(stream: string, composite: ReadonlySet<string>): (readonly ShownString[])[] {
  const arrays: (readonly ShownString[])[] = [];
  // Strings come whole: a bracket in one ends no array.
  const token = /<([0-9a-fA-F]+)>|\(((?:\\[\s\S]|[^\\()])*)\)|\[|\]\s*TJ|\]|\/([\w-]+) [\d.]+ Tf/g;
  let strings: ShownString[] = [];
  let code = /../g;
  for (const match of stream.matchAll(token)) {
    const [whole, hex, literal, font] = match;
    if (font !== undefined) code = composite.has(font) ? /..../g : /../g;
    else if (whole === '[') strings = [];
    else if (whole.startsWith(']')) {
      if (whole.length > 1) arrays.push(strings);
      strings = [];
    } else {
      const digits = hex ?? Buffer.from(unescaped(literal ?? ''), 'latin1').toString('hex');
      strings.push({ index: match.index, length: whole.length, codes: digits.match(code) ?? [] });
    }
  }
  return arrays;
}

const unescaped = (literal: string): string =>
  literal.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, what: string) =>
    /^[0-7]/.test(what) ? String.fromCharCode(parseInt(what, 8)) : (escapes[what] ?? what),
  );
