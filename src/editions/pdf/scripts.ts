/**
 * Scripts: which characters ask for a face of their own, and how the languages that are written in them run. Keys are
 * ISO 15924 codes, as in a template's `face.fallbacks`: `Hans` Chinese, `Hant` Chinese in traditional characters,
 * `Jpan` Japanese, `Kore` Korean, `Zsym` symbols, `Zyyy` U+FFFD, which stands for what could not be decoded; any other
 * is the script itself (`Arab`, `Hebr`).
 *
 * Ranges are written out where Unicode's own properties have grown from version to version: the page must not differ
 * with the version of Node.
 */
import { isEastAsian, isRightToLeft, scriptOfLanguage } from '../../characters.js';

/** Arabic letters, marks, figures and stops. */
const arabic = /[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]/u;
const hebrew = /[\u0591-\u05f4\ufb1d-\ufb4f]/u;
const kana = /[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]/u;
/** Syllables and letters of Hangul. */
export const hangul = /[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]/u;
/** Ideographs, kana, and the stops and full-width forms that go with them: lines may end between any two. */
export const ideograph =
  /[\u2e80-\u2fdf\u2ff0-\u303f\u3040-\u312f\u3190-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u;
/** Whether a text has a character at which lines may end without a space. */
export const hasIdeographs = (text: string): boolean => ideograph.test(text) || hangul.test(text);

/** Marks that Chinese and Japanese share with the West, but set as wide as an ideograph. */
export const wideInEast = /[\u2018\u2019\u201c\u201d\u2014\u2026\u00b7]/u;

/** Letters that run from right to left, and the marks that make others do so (UAX #9). */
export const leftward =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Texts of these characters alone need no look at scripts: Latin, Greek, Cyrillic, and the marks between them. */
export const plainEurope = /^[\t-\r -\u058f\u1e00-\u200a\u2010-\u2027\u202f-\u205f\u2070-\u22ff]*$/;

export { isEastAsian, isRightToLeft, scriptOfLanguage };

/** Whether every character of a script is as wide as it is high, so that lines of whole ems need no filling. */
export const isSquare = (script: string | null): boolean => isEastAsian(script) && script !== 'Kore';

/** The script of a text in which ideographs stand, where its language doesn't say: by kana and Hangul, else Chinese. */
export const eastAsianScript = (text: string): string =>
  kana.test(text) ? 'Jpan' : hangul.test(text) ? 'Kore' : 'Hans';

const others = new Map<string, RegExp | null>();

/** Whether a character belongs to a script that has no rule of its own above. */
function isOf(key: string, character: string): boolean {
  let pattern = others.get(key);
  if (pattern === undefined) {
    try {
      pattern = new RegExp(`^\\p{Script=${key}}$`, 'u');
    } catch {
      pattern = null;
    }
    others.set(key, pattern);
  }
  return pattern?.test(character) ?? false;
}

/**
 * The script that a character asks a face for, or null where the main face serves.
 * @param eastAsian the script that ideographs belong to here
 * @param offered the scripts that the template has faces for
 */
export function scriptOf(character: string, eastAsian: string, offered: Iterable<string>): string | null {
  if (plainEurope.test(character)) return null;
  if (character === '\ufffd') return 'Zyyy';
  if (arabic.test(character)) return 'Arab';
  if (hebrew.test(character)) return 'Hebr';
  if (hangul.test(character)) return 'Kore';
  if (kana.test(character)) return 'Jpan';
  if (ideograph.test(character)) return eastAsian;
  // Codes that begin with Z are no scripts: common characters, symbols.
  for (const key of offered) if (!key.startsWith('Z') && isOf(key, character)) return key;
  return null;
}
