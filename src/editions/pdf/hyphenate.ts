/**
 * Hyphenation: where a word may be divided, by Liang's patterns of the document's language (package `hyphen`, the
 * patterns of hyph-utf8). Only the one pattern file that is needed is loaded.
 */
import { divider, packed, type Patterns, type Published } from './liang.js';

/**
 * The places at which a word may be divided, as UTF-16 offsets into it, ascending; none for a word that must not be.
 */
export interface Hyphenator {
  (word: string): readonly number[];
  /** The same, and names too: for a line that would be very loose otherwise. */
  readonly withNames?: Hyphenator;
}

interface Rules {
  readonly patterns: () => Promise<{ readonly default: unknown }>;
  /** The least letters before the hyphen. */
  readonly before: number;
  /** Whether nouns are written with a capital. */
  readonly nouns?: boolean;
}

/** By language: the primary subtag, or a longer tag where it has patterns of its own. */
const languages: Readonly<Record<string, Rules>> = {
  af: { patterns: () => import('hyphen/patterns/af.js'), before: 2 },
  be: { patterns: () => import('hyphen/patterns/be.js'), before: 2 },
  bg: { patterns: () => import('hyphen/patterns/bg.js'), before: 2 },
  ca: { patterns: () => import('hyphen/patterns/ca.js'), before: 2 },
  cs: { patterns: () => import('hyphen/patterns/cs.js'), before: 2 },
  cy: { patterns: () => import('hyphen/patterns/cy.js'), before: 2 },
  da: { patterns: () => import('hyphen/patterns/da.js'), before: 2 },
  de: { patterns: () => import('hyphen/patterns/de-1996.js'), before: 2, nouns: true },
  el: { patterns: () => import('hyphen/patterns/el-monoton.js'), before: 2 },
  en: { patterns: () => import('hyphen/patterns/en-gb.js'), before: 2 },
  'en-us': { patterns: () => import('hyphen/patterns/en-us.js'), before: 2 },
  es: { patterns: () => import('hyphen/patterns/es.js'), before: 2 },
  et: { patterns: () => import('hyphen/patterns/et.js'), before: 2 },
  eu: { patterns: () => import('hyphen/patterns/eu.js'), before: 2 },
  fi: { patterns: () => import('hyphen/patterns/fi.js'), before: 2 },
  fr: { patterns: () => import('hyphen/patterns/fr.js'), before: 2 },
  ga: { patterns: () => import('hyphen/patterns/ga.js'), before: 2 },
  gl: { patterns: () => import('hyphen/patterns/gl.js'), before: 2 },
  hr: { patterns: () => import('hyphen/patterns/hr.js'), before: 2 },
  hu: { patterns: () => import('hyphen/patterns/hu.js'), before: 2 },
  is: { patterns: () => import('hyphen/patterns/is.js'), before: 2 },
  it: { patterns: () => import('hyphen/patterns/it.js'), before: 2 },
  la: { patterns: () => import('hyphen/patterns/la.js'), before: 2 },
  lt: { patterns: () => import('hyphen/patterns/lt.js'), before: 2 },
  lv: { patterns: () => import('hyphen/patterns/lv.js'), before: 2 },
  mk: { patterns: () => import('hyphen/patterns/mk.js'), before: 2 },
  nb: { patterns: () => import('hyphen/patterns/nb.js'), before: 2 },
  nl: { patterns: () => import('hyphen/patterns/nl.js'), before: 2 },
  nn: { patterns: () => import('hyphen/patterns/nn.js'), before: 2 },
  no: { patterns: () => import('hyphen/patterns/no.js'), before: 2 },
  pl: { patterns: () => import('hyphen/patterns/pl.js'), before: 2 },
  pt: { patterns: () => import('hyphen/patterns/pt.js'), before: 2 },
  ro: { patterns: () => import('hyphen/patterns/ro.js'), before: 2 },
  ru: { patterns: () => import('hyphen/patterns/ru.js'), before: 2 },
  sk: { patterns: () => import('hyphen/patterns/sk.js'), before: 2 },
  sl: { patterns: () => import('hyphen/patterns/sl.js'), before: 2 },
  sq: { patterns: () => import('hyphen/patterns/sq.js'), before: 2 },
  sr: { patterns: () => import('hyphen/patterns/sr-cyrl.js'), before: 2 },
  'sr-latn': { patterns: () => import('hyphen/patterns/sh-latn.js'), before: 2 },
  sv: { patterns: () => import('hyphen/patterns/sv.js'), before: 2 },
  tr: { patterns: () => import('hyphen/patterns/tr.js'), before: 2 },
  uk: { patterns: () => import('hyphen/patterns/uk.js'), before: 2 },
};

/** A word must have this many letters to be divided, and at least this many must follow the hyphen. */
const least = { letters: 6, after: 3 };

const loaded = new Map<Rules, Promise<Hyphenator>>();

/** The hyphenator of a language (BCP 47); null where there are no patterns for it. */
export function hyphenatorFor(language: string): Promise<Hyphenator> | null {
  const tag = language.toLowerCase();
  const rules = languages[tag] ?? languages[tag.split('-')[0] ?? ''];
  if (!rules) return null;
  let hyphenator = loaded.get(rules);
  if (!hyphenator) loaded.set(rules, (hyphenator = load(rules)));
  return hyphenator;
}

async function load(rules: Rules): Promise<Hyphenator> {
  // The package's files are data without types; those of the bundle are packed.
  const found = (await rules.patterns()).default as Published | Patterns;
  const dividedAt = divider('letters' in found ? found : packed(found));
  const plain = remembering((word) => divide(word, rules, dividedAt));
  const withNames = remembering((word) =>
    isName(word) ? divide(word, { ...rules, before: 3, nouns: true }, dividedAt) : plain(word),
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

const ascii = /^[\0-\x7f]*$/;

/** A test of words; for those in ASCII without Unicode's classes, which take milliseconds to compile. */
const matches = (inAscii: RegExp, inAny: RegExp) => (word: string) =>
  (ascii.test(word) ? inAscii : inAny).test(word);

/** Letters in lower case only: names and acronyms stay whole. */
const isSmall = matches(/^[a-z]+$/, /^\p{Ll}+$/u);
/** A name long enough to be divided where nothing else helps. */
const isName = matches(/^[A-Z][a-z]{7,}$/, /^\p{Lu}\p{Ll}{7,}$/u);
/** In German every noun has a capital, so a capital says nothing. */
const isSmallOrNoun = matches(/^[A-Za-z][a-z]+$/, /^\p{L}\p{Ll}+$/u);

function divide(
  word: string,
  { before, nouns = false }: Omit<Rules, 'patterns'>,
  dividedAt: (word: string) => readonly number[],
): readonly number[] {
  if (word.length < least.letters || !(nouns ? isSmallOrNoun : isSmall)(word)) return [];
  const lower = word.toLowerCase();
  if (lower.length !== word.length) return [];
  return dividedAt(lower).filter((at) => at >= before && word.length - at >= least.after);
}
