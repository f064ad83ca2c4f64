/**
 * Hyphenation: where a word may be divided, by Liang's patterns of the document's language (package `hyphen`, the
 * patterns of hyph-utf8). Only the one pattern file that is needed is loaded.
 */
import createHyphenator from 'hyphen';

/**
 * The places at which a word may be divided, as UTF-16 offsets into it, ascending; none for a word that must not be.
 */
export interface Hyphenator {
  (word: string): readonly number[];
  /** The same, and names too: for a line that would be very loose otherwise. */
  readonly withNames?: Hyphenator;
}

interface Patterns {
  readonly file: string;
  /** The least letters before the hyphen. */
  readonly before: number;
  /** Whether nouns are written with a capital. */
  readonly nouns?: boolean;
}

/** By language: the primary subtag, or a longer tag where it has patterns of its own. */
const languages: Readonly<Record<string, Patterns>> = {
  af: { file: 'af', before: 2 },
  be: { file: 'be', before: 2 },
  bg: { file: 'bg', before: 2 },
  ca: { file: 'ca', before: 2 },
  cs: { file: 'cs', before: 2 },
  cy: { file: 'cy', before: 2 },
  da: { file: 'da', before: 2 },
  de: { file: 'de-1996', before: 2, nouns: true },
  el: { file: 'el-monoton', before: 2 },
  en: { file: 'en-gb', before: 2 },
  'en-us': { file: 'en-us', before: 2 },
  es: { file: 'es', before: 2 },
  et: { file: 'et', before: 2 },
  eu: { file: 'eu', before: 2 },
  fi: { file: 'fi', before: 2 },
  fr: { file: 'fr', before: 2 },
  ga: { file: 'ga', before: 2 },
  gl: { file: 'gl', before: 2 },
  hr: { file: 'hr', before: 2 },
  hu: { file: 'hu', before: 2 },
  is: { file: 'is', before: 2 },
  it: { file: 'it', before: 2 },
  la: { file: 'la', before: 2 },
  lt: { file: 'lt', before: 2 },
  lv: { file: 'lv', before: 2 },
  mk: { file: 'mk', before: 2 },
  nb: { file: 'nb', before: 2 },
  nl: { file: 'nl', before: 2 },
  nn: { file: 'nn', before: 2 },
  no: { file: 'no', before: 2 },
  pl: { file: 'pl', before: 2 },
  pt: { file: 'pt', before: 2 },
  ro: { file: 'ro', before: 2 },
  ru: { file: 'ru', before: 2 },
  sk: { file: 'sk', before: 2 },
  sl: { file: 'sl', before: 2 },
  sq: { file: 'sq', before: 2 },
  sr: { file: 'sr-cyrl', before: 2 },
  'sr-latn': { file: 'sh-latn', before: 2 },
  sv: { file: 'sv', before: 2 },
  tr: { file: 'tr', before: 2 },
  uk: { file: 'uk', before: 2 },
};

/** A word must have this many letters to be divided, and at least this many must follow the hyphen. */
const least = { letters: 6, after: 3 };

const loaded = new Map<string, Promise<Hyphenator>>();

/** The hyphenator of a language (BCP 47); null where there are no patterns for it. */
export function hyphenatorFor(language: string): Promise<Hyphenator> | null {
  const tag = language.toLowerCase();
  const entry = languages[tag] ?? languages[tag.split('-')[0] ?? ''];
  if (!entry) return null;
  let hyphenator = loaded.get(entry.file);
  if (!hyphenator) loaded.set(entry.file, (hyphenator = load(entry)));
  return hyphenator;
}

async function load(patterns: Patterns): Promise<Hyphenator> {
  // The package's pattern files are CommonJS data without types; createHyphenator checks nothing and needs nothing else.
  const data = (await import(`hyphen/patterns/${patterns.file}.js`)) as { readonly default: unknown };
  const mark = createHyphenator(data.default, { hyphenChar: '\u00ad', minWordLength: 5, html: false });
  const plain = remembering((word) => divide(word, patterns, mark));
  const withNames = remembering((word) =>
    name.test(word) ? divide(word, { ...patterns, before: 3, nouns: true }, mark) : plain(word),
  );
  return Object.assign(plain, { withNames });
}

function remembering(find: (word: string) => readonly number[]): (word: string) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (word) => {
    let places = known.get(word);
    if (!places) {
      if (known.size >= 100_000) known.clear();
      known.set(word, (places = find(word)));
    }
    return places;
  };
}

/** Letters in lower case only: names and acronyms stay whole. */
const small = /^\p{Ll}+$/u;
/** A name long enough to be divided where nothing else helps. */
const name = /^\p{Lu}\p{Ll}{7,}$/u;
/** In German every noun has a capital, so a capital says nothing. */
const smallOrNoun = /^\p{L}\p{Ll}+$/u;

function divide(
  word: string,
  { before, nouns = false }: Patterns,
  mark: (text: string) => string,
): readonly number[] {
  if (word.length < least.letters || !(nouns ? smallOrNoun : small).test(word)) return [];
  // In lower case already, so that the package's own toLocaleLowerCase can't differ with the machine's locale.
  const marked = mark(word.toLowerCase());
  const places: number[] = [];
  let letters = 0;
  for (const character of marked) {
    if (character === '\u00ad') {
      if (letters >= before && word.length - letters >= least.after) places.push(letters);
    } else letters += character.length;
  }
  return letters === word.length ? places : [];
}
