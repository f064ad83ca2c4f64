/**
 * Lines of Chinese, Japanese and Korean: they may end between any two ideographs, but for stops and brackets
 * (kinsoku shori: JIS X 4051; GB/T 15834; UAX #14).
 */
import { price } from './breaks.js';
import { hangul, ideograph } from './scripts.js';

/** What must not begin a line: closing brackets and quotes, stops, small kana, marks of length and repetition. */
const notFirst =
  /^[\u2019\u201d\u2026\u2025\u2030\u00b0\u00b7\u2014)\]}%,.:;!?\u3001\u3002\u3005\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301b\u301e\u301f\u303b\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e\u3095\u3096\u309b-\u309e\u30a0\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30f5\u30f6\u30fb-\u30fe\u31f0-\u31ff\ufe30-\ufe32\ufe36\ufe38\ufe3a\ufe3c\ufe3e\ufe40\ufe42\ufe44\uff01\uff05\uff09\uff0c-\uff0f\uff1a\uff1b\uff1f\uff3d\uff5d\uff5e\uff60-\uff65\uff70\uff9e\uff9f]/u;
/** What must not end a line: opening brackets and quotes, and signs of currency. */
const notLast =
  /[\u2018\u201c([{$\u00a3\u00a5\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\u301d\ufe35\ufe37\ufe39\ufe3b\ufe3d\ufe3f\ufe41\ufe43\uff04\uff08\uff3b\uff5b\uff5f\uff62\uffe1\uffe5]$/u;
/** Full-width marks, which have room enough of their own beside a Western word. */
const fullWidthMark =
  /[\u3000-\u3004\u3008-\u3020\u3030\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]/u;
const westernWord = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]/u;

/** What stands between two characters of a word that has ideographs. */
export interface Joint {
  /** The price of ending a line here. */
  readonly cost: number;
  /** Whether the space between the two may grow. */
  readonly stretches: boolean;
  /** In ems: room between ideographs and Western words; less than none between two full-width stops or brackets. */
  readonly width: number;
  /** How many blank halves of full-width marks stand here that may become narrower. */
  readonly gives: 0 | 1;
}

/** Between two characters, of which one at least is an ideograph or a syllable of Hangul; null between two others. */
export function jointOf(before: string, after: string): Joint | null {
  const [east, west] = [ideograph.test(before), ideograph.test(after)];
  const korean = hangul.test(before) || hangul.test(after);
  if (!east && !west && !korean) return null;
  const forbidden = notFirst.test(after) || notLast.test(before);
  const besideWestern =
    (east && !west && westernWord.test(after) && !fullWidthMark.test(before)) ||
    (west && !east && westernWord.test(before) && !fullWidthMark.test(after));
  return {
    cost: forbidden ? price.forbidden : korean && !east && !west ? price.inHangul : 0,
    stretches: east || west,
    width: isTwiceBlank(before, after) ? -0.5 : besideWestern ? 0.2 : 0,
    gives: blankRight.test(before) || blankLeft.test(after) ? 1 : 0,
  };
}

/** Full-width stops and closing brackets are blank in their right half, opening brackets in their left one. */
const blankRight =
  /^[\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\uff09\uff0c\uff0e\uff3d\uff5d]$/u;
const blankLeft = /^[\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\uff08\uff3b\uff5b]$/u;

/** Whether two full-width marks have two blank halves in a row or between them, of which one is enough (JIS X 4051, 4.2). */
const isTwiceBlank = (before: string, after: string): boolean =>
  (blankRight.test(before) && (blankRight.test(after) || blankLeft.test(after))) ||
  (blankLeft.test(before) && blankLeft.test(after));
