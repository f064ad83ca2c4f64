/** What Word wants to know of a language: a tag with a region, the direction of its script, a face of its own. */
import {
  isEastAsian,
  isRightToLeft as runsLeftward,
  primaryLanguage,
  scriptOfLanguage,
} from '../../characters.js';

/** Word finds its proofing tools and hyphenation by language and region; a bare `en` is no language to it. */
const regional: Readonly<Record<string, string>> = {
  ar: 'ar-SA',
  bg: 'bg-BG',
  bs: 'bs-Latn-BA',
  ca: 'ca-ES',
  cs: 'cs-CZ',
  da: 'da-DK',
  de: 'de-DE',
  el: 'el-GR',
  en: 'en-GB',
  es: 'es-ES',
  et: 'et-EE',
  fa: 'fa-IR',
  fi: 'fi-FI',
  fr: 'fr-FR',
  ga: 'ga-IE',
  he: 'he-IL',
  hr: 'hr-HR',
  hu: 'hu-HU',
  id: 'id-ID',
  is: 'is-IS',
  it: 'it-IT',
  ja: 'ja-JP',
  ko: 'ko-KR',
  lt: 'lt-LT',
  lv: 'lv-LV',
  mt: 'mt-MT',
  nb: 'nb-NO',
  nl: 'nl-NL',
  no: 'nb-NO',
  pl: 'pl-PL',
  pt: 'pt-PT',
  ro: 'ro-RO',
  ru: 'ru-RU',
  sk: 'sk-SK',
  sl: 'sl-SI',
  sq: 'sq-AL',
  sr: 'sr-Cyrl-RS',
  sv: 'sv-SE',
  tr: 'tr-TR',
  uk: 'uk-UA',
  ur: 'ur-PK',
  vi: 'vi-VN',
  zh: 'zh-CN',
};

/** Languages whose script runs from right to left. */
export const isRightToLeft = (language: string): boolean => runsLeftward(scriptOfLanguage(language));

/**
 * The attributes of `w:lang` (ECMA-376 part 1, 17.3.2.20): Word keeps three languages a run, by script. Empty for
 * `und`.
 */
export function languageAttributes(language: string): Readonly<Record<string, string>> {
  if (primaryLanguage(language) === 'und') return {};
  const tag = regional[language.toLowerCase()] ?? language;
  if (isRightToLeft(language)) return { 'w:bidi': tag };
  return isEastAsian(scriptOfLanguage(language)) ? { 'w:eastAsia': tag } : { 'w:val': tag };
}

/** Faces that Word and the office suites have for scripts that the template's face lacks. */
const faces: Readonly<Record<string, string>> = {
  Hans: 'SimSun',
  Hant: 'PMingLiU',
  Jpan: 'MS Mincho',
  Kore: 'Batang',
};

/** The attributes of `w:rFonts` (17.3.2.26) for a document in this language, set in `face` where it has the letters. */
export function fontAttributes(face: string, language: string): Readonly<Record<string, string>> {
  const eastAsian = faces[scriptOfLanguage(language) ?? ''];
  return {
    'w:ascii': face,
    'w:hAnsi': face,
    'w:eastAsia': eastAsian ?? face,
    'w:cs': 'Times New Roman',
    // Quotation marks and dashes that both scripts have take the East Asian face.
    ...(eastAsian === undefined ? {} : { 'w:hint': 'eastAsia' }),
  };
}
