/** The strings that a content stream shows: what stands in the arrays of its TJ operators (ISO 32000-1, 7.3.4 and 9.4.3). */

/** A string of codes of two bytes, and where it stands in the stream. */
export interface ShownString {
  readonly index: number;
  readonly length: number;
  /** In hexadecimal, four digits each. */
  readonly codes: readonly string[];
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** @param stream as Latin-1: a character for each byte */
export function shownArrays(stream: string): (readonly ShownString[])[] {
  const arrays: (readonly ShownString[])[] = [];
  // Strings come whole: a bracket in one ends no array.
  const token = /<([0-9a-fA-F]+)>|\(((?:\\[\s\S]|[^\\()])*)\)|\[|\]\s*TJ|\]/g;
  let strings: ShownString[] = [];
  for (const match of stream.matchAll(token)) {
    const [whole, hex, literal] = match;
    if (whole === '[') strings = [];
    else if (whole.startsWith(']')) {
      if (whole.length > 1) arrays.push(strings);
      strings = [];
    } else {
      const digits = hex ?? Buffer.from(unescaped(literal ?? ''), 'latin1').toString('hex');
      strings.push({ index: match.index, length: whole.length, codes: digits.match(/.{4}/g) ?? [] });
    }
  }
  return arrays;
}

const unescaped = (literal: string): string =>
  literal.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, what: string) =>
    /^[0-7]/.test(what) ? String.fromCharCode(parseInt(what, 8)) : (escapes[what] ?? what),
  );
