/**
 * Character references (CommonMark 6.2): `&#8211;`, `&#x2013;`, `&ndash;`. They are the one place where the words of
 * a Markdown text are not the letters of its source; the account knows them by the rule `character reference`.
 */

/** A numeric or a named reference, nothing else. */
const reference = /^&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{0,31}));$/;

/** The most UTF-16 units that a named reference stands for. */
const longestNamed = 2;

/**
 * The character that a numeric reference stands for, by the table of CommonMark's reference implementation: what no
 * document may hold (controls, halves of pairs, noncharacters) is U+FFFD.
 * @returns null where it is no numeric reference
 */
export function numericReference(written: string): string | null {
  const [, decimal, hexadecimal] = reference.exec(written) ?? [];
  if (decimal === undefined && hexadecimal === undefined) return null;
  const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : parseInt(decimal, 10);
  const forbidden =
    code < 0x09 ||
    code === 0x0b ||
    (code > 0x0d && code < 0x20) ||
    (code > 0x7e && code < 0xa0) ||
    (code > 0xd7ff && code < 0xe000) ||
    (code > 0xfdcf && code < 0xfdf0) ||
    (code & 0xfffe) === 0xfffe ||
    code > 0x10ffff;
  return forbidden ? '\ufffd' : String.fromCodePoint(code);
}

/** Whether a piece of the source may stand for these words: the account's own check. */
export function mayStandFor(written: string, words: string): boolean {
  if (!reference.test(written)) return false;
  const numeric = numericReference(written);
  return numeric === null ? words !== '' && words.length <= longestNamed : numeric === words;
}
