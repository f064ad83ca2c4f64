/**
 * What each kind of character may do, in one table.
 *
 * Official texts are copied out of PDFs, pages and mails, and bring along characters that no reader sees. None of
 * them is ever changed or dropped in silence: white space is folded by one rule (`foldWhiteSpace`), the kinds that
 * the table marks as reported become diagnostics (`controlAt`), and what a format can't hold is asked for by name
 * (`isXmlLegal`, `isWellFormed`).
 */

export type CharacterKind =
  | 'control'
  | 'surrogate'
  | 'noncharacter'
  | 'replacement'
  | 'bidi'
  | 'zeroWidth'
  | 'joiner'
  | 'variation'
  | 'softHyphen'
  | 'byteOrderMark'
  | 'tag'
  | 'separator'
  | 'noBreakSpace';

interface Kind {
  /** What belongs to it: the inside of a character class, for a regular expression with the flag `u`. */
  readonly characters: string;
  /** Whether a reader of the text must be told of it. */
  readonly reported: boolean;
  /** What one of them is called in a message. */
  readonly name: string;
}

/**
 * Every kind of character that is not simply printed. A character belongs to the first kind that names it.
 *
 * | kind | what it is | what may become of it |
 * |---|---|---|
 * | control | C0 but for TAB LF FF CR, DEL, and C1 but for NEL (Unicode Cc) | stays in the text, reported; no XML, so no DOCX, may hold most of C0 (XML 1.0, 2.2), no face has them, so no PDF either; a file that holds NUL is no text, and from a program it becomes U+FFFD in Markdown (CommonMark 2.3), with a warning |
 * | surrogate | half of a pair, alone (Cs): no character at all | reported; UTF-8 can't hold it: U+FFFD in Markdown and CSV, with a warning, an escape in JSON; no DOCX, no PDF |
 * | noncharacter | U+FDD0..FDEF and the last two of each plane | stays, reported; XML, so DOCX, excludes U+FFFE and U+FFFF; no face has them, so no PDF |
 * | replacement | U+FFFD: somebody before us lost a character | stays, reported |
 * | bidi | embeddings, overrides and isolates: they turn the order of what is seen | stays, reported |
 * | zeroWidth | zero-width space, word joiner, fillers, invisible operators, annotation marks, whatever else has no ink (Default_Ignorable_Code_Point) | stays, reported: a search for the word fails |
 * | joiner | ZWJ, ZWNJ and the direction marks: Persian, Indic and Arabic spelling, emoji | stays, not reported |
 * | variation | variation selectors: which form of an ideograph, emoji or Mongolian letter is meant | stays, not reported |
 * | softHyphen | U+00AD | stays, reported; it is a hyphen that may or may not be seen |
 * | byteOrderMark | U+FEFF that is not the first of the file | stays, reported |
 * | tag | U+E0000..E007F: invisible, could carry hidden words | stays, reported |
 * | separator | line and paragraph separator, NEL, VT: White_Space | folded into a space, not reported |
 * | noBreakSpace | U+00A0, U+202F: White_Space | kept where it stands alone between two words |
 *
 * The PDF leaves out what has no ink and no glyph, with a warning, and is not made where another character has no glyph.
 * `test/characters-editions.test.ts` holds each line for each character and edition.
 */
export const characterKinds: Readonly<Record<CharacterKind, Kind>> = {
  separator: { characters: '\\v\\x85\\u2028\\u2029', reported: false, name: 'line separator' },
  control: {
    characters: '\\0-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f',
    reported: true,
    name: 'control character',
  },
  surrogate: { characters: '\\p{Cs}', reported: true, name: 'unpaired surrogate' },
  noncharacter: { characters: '\\p{Noncharacter_Code_Point}', reported: true, name: 'noncharacter' },
  replacement: { characters: '\\ufffd', reported: true, name: 'replacement character' },
  bidi: { characters: '\\u202a-\\u202e\\u2066-\\u2069', reported: true, name: 'bidirectional control' },
  zeroWidth: {
    characters:
      '\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u2060-\\u2065\\u206a-\\u206f\\u3164\\uffa0\\ufff0-\\ufffb' +
      '\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0080}-\\u{e00ff}\\u{e01f0}-\\u{e0fff}',
    reported: true,
    name: 'invisible character',
  },
  joiner: { characters: '\\u061c\\u200c-\\u200f', reported: false, name: 'joiner' },
  variation: {
    characters: '\\u180b-\\u180d\\u180f\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}',
    reported: false,
    name: 'variation selector',
  },
  softHyphen: { characters: '\\xad', reported: true, name: 'soft hyphen' },
  byteOrderMark: { characters: '\\ufeff', reported: true, name: 'byte-order mark' },
  tag: { characters: '\\u{e0000}-\\u{e007f}', reported: true, name: 'tag character' },
  noBreakSpace: { characters: '\\xa0\\u202f', reported: false, name: 'no-break space' },
};

// Made when first asked for: to make these patterns takes longer than to look through a text.
let kinds: readonly { readonly kind: CharacterKind; readonly pattern: RegExp }[] | undefined;
let reported: RegExp | undefined;

const patternsOfKinds = () =>
  Object.entries(characterKinds).map(([kind, { characters }]) => ({
    // The keys of the table are its type's members.
    kind: kind as CharacterKind,
    pattern: new RegExp(`^[${characters}]`, 'u'),
  }));

const patternOfReported = () =>
  new RegExp(
    `[${Object.values(characterKinds)
      .filter((kind) => kind.reported)
      .map((kind) => kind.characters)
      .join('')}]`,
    'gu',
  );

/** Whether a text holds more than letters of Latin, white space and common punctuation: none of these is reported. */
const holdsOthers = (text: string): boolean =>
  /[^\t-\r\x20-\x7e\x85\xa0-\xac\xae-\u034e\u2010-\u2029\u202f-\u205f]/.test(text);

/** The kind of a character (one code point), or null for one that is simply printed, or is plain white space. */
export function kindOf(character: string): CharacterKind | null {
  kinds ??= patternsOfKinds();
  return kinds.find(({ pattern }) => pattern.test(character))?.kind ?? null;
}

export interface Reported {
  /** UTF-16 units before it. */
  readonly offset: number;
  readonly codePoint: number;
  readonly kind: CharacterKind;
  /** For a message: `soft hyphen U+00AD`. */
  readonly name: string;
}

/** The characters of a text that its reader must be told of, in order. Time and memory: linear, none kept. */
export function* controlAt(text: string): Generator<Reported> {
  if (!holdsOthers(text)) return;
  reported ??= patternOfReported();
  for (const { 0: character, index } of text.matchAll(reported)) {
    const codePoint = character.codePointAt(0) ?? 0;
    const kind = kindOf(character);
    if (kind) yield { offset: index, codePoint, kind, name: nameOf(codePoint, kind) };
  }
}

function nameOf(codePoint: number, kind: CharacterKind): string {
  return `${characterKinds[kind].name} U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

// ---------------------------------------------------------------------------------------------------- white space

/** Runs that are more than one U+0020: only these, and the ends, cost anything. */
const foldable = / \p{White_Space}+|[^\P{White_Space} ]\p{White_Space}*/gu;

/**
 * Whether a UTF-16 unit has the Unicode property White_Space (unlike `\s`: U+0085 has it, U+FEFF has not). All 25
 * characters that have it lie in the Basic Multilingual Plane; NaN, the unit beyond a text's end, is none.
 */
export function isWhiteSpace(code: number): boolean {
  if (code < 0x85) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return (
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x1680 ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The words of a text: what stands between White_Space. */
export function wordsOf(text: string): string[] {
  return text.split(/\p{White_Space}+/u).filter((word) => word !== '');
}

/**
 * Folds white space: a single U+00A0 or U+202F between two non-space characters is kept, every other run becomes
 * one U+0020, and the ends are trimmed. Nothing else is changed. Folding twice changes nothing more.
 */
export function foldWhiteSpace(text: string): string {
  // Most texts are folded already: no space but single ones between words.
  if (!/[^\S ]|\x85|^ | (?: |$)/.test(text)) return text;
  const folded = text.replace(foldable, (run) => (run === '\xa0' || run === '\u202f' ? run : ' '));
  const start = isWhiteSpace(folded.charCodeAt(0)) ? 1 : 0;
  const end =
    folded.length > start && isWhiteSpace(folded.charCodeAt(folded.length - 1)) ? -1 : folded.length;
  return folded.slice(start, end);
}

// ---------------------------------------------------------------------------------------------------- what formats hold

const xmlIllegal = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Whether XML 1.0 (production 2, Char) can hold every character of a text, written out or as a reference. */
export const isXmlLegal = (text: string): boolean => !xmlIllegal.test(text);

/** Whether UTF-8 can hold a text: it has no unpaired surrogate. */
export const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);

// ---------------------------------------------------------------------------------------------------- scripts of languages

/** The first part of a language’s tag: `zh` of `zh-TW`. */
export const primaryLanguage = (language: string): string => language.toLowerCase().split('-')[0] ?? '';

const languagesByScript: Readonly<Record<string, readonly string[]>> = {
  Arab: ['ar', 'fa', 'ur', 'ps', 'ug', 'sd', 'ckb'],
  Hebr: ['he', 'iw', 'yi'],
  Hans: ['zh', 'wuu', 'yue', 'cmn'],
  Jpan: ['ja'],
  Kore: ['ko'],
};

/** The script that a language (BCP 47) is written in, where that is not one of the main face's; else null. */
export function scriptOfLanguage(language: string): string | null {
  const [named] = /(?<=-)[a-z]{4}(?=-|$)/i.exec(language) ?? [];
  if (named !== undefined) {
    const key = `${named.charAt(0).toUpperCase()}${named.slice(1).toLowerCase()}`;
    return key === 'Latn' || key === 'Cyrl' || key === 'Grek' ? null : key;
  }
  if (/^zh-(?:tw|hk|mo)\b/i.test(language)) return 'Hant';
  const own = primaryLanguage(language);
  return Object.keys(languagesByScript).find((key) => languagesByScript[key]?.includes(own)) ?? null;
}

const rightToLeft: readonly (string | null)[] = ['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm'];
/** Whether a script (ISO 15924) runs from right to left. */
export const isRightToLeft = (script: string | null): boolean => rightToLeft.includes(script);

const east: readonly (string | null)[] = ['Hans', 'Hant', 'Jpan', 'Kore'];
/** Whether a script is Chinese, Japanese or Korean. */
export const isEastAsian = (script: string | null): boolean => east.includes(script);
