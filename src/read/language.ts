/** The language of a text, by its letters and its commonest words. */
import { onDemand } from './on-demand.js';
import { weightsOf } from './small-words.js';

/** A quarter of a megabyte of trigrams. */
const detector = onDemand(() => import('franc'));

export interface FoundLanguage {
  /** BCP 47; `und` where nothing could be told. */
  readonly language: string;
  /** Another language is nearly as likely. */
  readonly doubtful: boolean;
}

/** ISO 639-3 to BCP 47, for the official languages of the United Nations, the European Union and their neighbours. */
const tags: Readonly<Record<string, string>> = {
  eng: 'en',
  fra: 'fr',
  spa: 'es',
  rus: 'ru',
  arb: 'ar',
  cmn: 'zh',
  deu: 'de',
  ita: 'it',
  por: 'pt',
  nld: 'nl',
  dan: 'da',
  swe: 'sv',
  nob: 'nb',
  nno: 'nn',
  fin: 'fi',
  est: 'et',
  lav: 'lv',
  lvs: 'lv',
  lit: 'lt',
  pol: 'pl',
  ces: 'cs',
  slk: 'sk',
  slv: 'sl',
  hrv: 'hr',
  bos: 'bs',
  srp: 'sr',
  mkd: 'mk',
  bul: 'bg',
  ron: 'ro',
  hun: 'hu',
  ell: 'el',
  mlt: 'mt',
  gle: 'ga',
  ukr: 'uk',
  bel: 'be',
  tur: 'tr',
  als: 'sq',
  cat: 'ca',
  isl: 'is',
  heb: 'he',
  pes: 'fa',
  jpn: 'ja',
  kor: 'ko',
  hye: 'hy',
  kat: 'ka',
  kaz: 'kk',
  azj: 'az',
  uzn: 'uz',
  vie: 'vi',
  ind: 'id',
  tha: 'th',
  hin: 'hi',
  swh: 'sw',
};

/** Enough words for the detector to be sure of. */
const sample = 6000;

/** Below so many characters the commonest words are counted, too. */
const few = 600;

/**
 * @param text the document's own words, furniture left out
 * @param near the language of the document that the text stands in: with few words, the likelier one
 */
export function languageOf(text: string, near: string | null = null): FoundLanguage {
  const words = text
    .slice(0, sample * 2)
    .replace(/[\d\p{P}\p{S}]+/gu, ' ')
    .slice(0, sample);
  const script = scriptLanguage(words);
  if (script !== null) return { language: script, doubtful: false };
  if (isPlainEnglish(words)) return { language: 'en', doubtful: false };
  if (words.length < few) return languageOfFew(words, near);
  const ranked = detector().francAll(words, { only: Object.keys(tags), minLength: 20 });
  const [best] = ranked;
  if (!best || best[0] === 'und') return { language: 'und', doubtful: true };
  return { language: tags[best[0]] ?? 'und', doubtful: false };
}

/** The language of a few words: triplets of letters, small words and what official texts are written in, together. */
function languageOfFew(words: string, near: string | null): FoundLanguage {
  const weight = weightsOf(words, near);
  const ranked = detector()
    .francAll(words, { only: Object.keys(tags), minLength: 12 })
    .filter(([code]) => code !== 'und')
    .map(([code, likeness]) => ({
      language: tags[code] ?? 'und',
      likeness: likeness + weight(tags[code] ?? ''),
    }))
    .sort((one, other) => other.likeness - one.likeness);
  const [best, next] = ranked;
  if (!best) return { language: 'und', doubtful: true };
  return {
    language: best.language,
    doubtful: next !== undefined && best.likeness - next.likeness < 0.015 && words.length < 300,
  };
}

/**
 * Whether a text is English beyond doubt, so that no detector need be asked. "The", "of" and "and" are some 15 to 20 of a
 * hundred words of English prose; no other language has them all.
 */
function isPlainEnglish(words: string): boolean {
  const all = words.toLowerCase().split(/\s+/);
  if (all.length < 100) return false;
  const share = (word: string) => all.filter((one) => one === word).length / all.length;
  const [the, of, and] = [share('the'), share('of'), share('and')];
  return Math.min(the, of, and) > 0.01 && the + of + and > 0.12;
}

/** Scripts that settle the language by themselves, or nearly. */
function scriptLanguage(words: string): string | null {
  // Latin letters alone.
  if (!/[^\0-\u036f\u2000-\u206f]/.test(words) && /[a-z]/i.test(words)) return null;
  const count = (pattern: RegExp) => (words.match(pattern) ?? []).length;
  const letters = count(/\p{L}/gu);
  if (letters === 0) return 'und';
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const hanCount = count(/\p{Script=Han}/gu);
  if (kana > letters * 0.05) return 'ja';
  if (hanCount > letters * 0.4) return isTraditional(words) ? 'zh-Hant' : 'zh-Hans';
  if (count(/\p{Script=Hangul}/gu) > letters * 0.4) return 'ko';
  return count(/\p{Script=Cyrillic}/gu) > letters * 0.4 ? cyrillicLanguage(words) : null;
}

/** Letters that only one of the languages written in Cyrillic has; null where they don't say. */
function cyrillicLanguage(words: string): string | null {
  if (/[ђћџ]/iu.test(words)) return 'sr-Cyrl';
  if (/[ѓќѕ]/iu.test(words)) return 'mk';
  if (/ў/iu.test(words)) return 'be';
  if (/[іїєґ]/iu.test(words)) return 'uk';
  // In Russian it stands before a few vowels alone.
  if (/ъ(?![еёюя])/iu.test(words)) return 'bg';
  const letters = (words.match(/\p{Script=Cyrillic}/gu) ?? []).length;
  if ((words.match(/[ыэ]/giu) ?? []).length > letters * 0.005 && !/[әғқңөұүһ]/iu.test(words)) return 'ru';
  return null;
}

/** Characters that only one of the two ways of writing Chinese has. */
const isTraditional = (words: string): boolean =>
  (words.match(/[國與會議發應將這對權關條書義務聯]/gu) ?? []).length >
  (words.match(/[国与会议发应将这对权关条书义务联]/gu) ?? []).length;
