/** Calls: what among the words may be the mark of a footnote, and how plainly it shows. */
import { once } from '../once.js';
import { wordsOf, type Sheet, type Stretch } from '../sheet.js';
import { hasSuperiors, isEmphasis, plainDigits, superior, superscripts } from './markers.js';

/** How plainly a call shows itself, the plainest last. */
export type Plainness = 'spaced' | 'round' | 'glued' | 'square' | 'explicit';

export interface Possible {
  /** The line (index) that it stands on. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly markerAt: Stretch;
  /** That of its note; where a link says which note it means, the note's name. */
  readonly marker: string;
  readonly plainness: Plainness;
  /** Among spaced ones: how likely. */
  readonly score: number;
  /** The number of the note that a link means, where it prints another one. */
  readonly means?: string;
  /** It ends its line behind a mark that ends a clause: `Convention; 2`. */
  readonly closes: boolean;
}

/** Words that a number of their own may be glued to: never a call. */
const numberedWords = once(
  () =>
    new Set(
      (
        'art article artikel annex appendix chapter phase para paragraph section figure fig table no nr ' +
        'resolution vol volume part step type group level pillar track protocol stage page line item rule note ' +
        'option goal target round tier class category version model unit zone day week year box chart map sheet ' +
        'file form covid mach gate route flight boeing airbus windows agenda title book act schedule clause point ' +
        'list scenario test room hall site reactor block lot sector area district region exhibit document doc tab ' +
        'slide vision horizon'
      ).split(' '),
    ),
);

/** Words shortened with a stop that a number follows: `Add.1`, `Art.5`. */
const abbreviations = once(
  () =>
    new Set(
      (
        'art arts para paras annex fig tab no nos nr num vol sec sect chap ch cap add rev corr amend pp res dec doc docs ' +
        'ser suppl supp ex op cf resp inc'
      ).split(' '),
    ),
);

/** A word's letters in the case that tables are in; the long s is the one letter that lower case leaves beside its like. */
const inTable = (letters: string): string => letters.toLowerCase().replace(/ſ/g, 's');

/** Words before a number in brackets that is a paragraph's: `paragraph (1)`, `Absatz (2)`, `ayat (1)`. */
const referenceWords = once(
  () =>
    /(?<!\p{L})(?:(?:sub-?)?(?:paragraphs?|paras?|sections?|clauses?|items?|points?|articles?|rules?|options?|steps?|numbers?|nos?)|art|and|or|et|und|y|al[ií]n[ée]as?|paragraphes?|abs(?:atz|ätze|\.)?|nummer|nr|satz|apartados?|párrafos?|incisos?|numeral(?:es)?|parágrafos?|commi?a?|lid|leden|ayat|fıkra(?:sı|nın)?|madde|ust|pkt|odst|bekezdés|пункт\p{L}*|част\p{L}*|стат\p{L}*|абзац\p{L}*|الفقرة|المادة|סעיף|קטן)\.?[\s\u00a0]?$/iu,
);

/** A form of calls; `sign` stands in every call of that form. */
interface Form {
  readonly sign: RegExp;
  readonly pattern: () => RegExp;
  readonly plainness: Plainness;
  /** The pattern itself says what stands before a call: no word need be looked at. */
  readonly settled?: true;
  /** None where a word that takes a number stands before: `page G20,12`. */
  readonly numbered?: true;
}

const forms: readonly Form[] = [
  { sign: /\[\^/, pattern: once(() => /(\[\^)(\w{1,8})(\])(?!:)/g), plainness: 'explicit' },
  {
    sign: /<a/i,
    pattern: once(
      () =>
        /(<a\b[^<>]{0,200}>[\s\u00a0]*(?:<sup>)?\\?[[(]?)(\d{1,3}|\*{1,3}|[a-z])(\\?[\])]?(?:<\/sup>)?[\s\u00a0]*<\/a>)/gi,
    ),
    plainness: 'explicit',
  },
  {
    sign: /<sup>/i,
    pattern: once(
      () =>
        /(<sup>[\s\u00a0]*(?:<[^<>]{1,200}>)?\\?[[(]?)(\d{1,3}|\\?\*{1,3}|[a-z])(\\?[\])]?(?:<\/a>)?[\s\u00a0]*<\/sup>)/gi,
    ),
    plainness: 'explicit',
  },
  {
    sign: /\]\(#/,
    pattern: once(() => /(\[\\?[[(])(\d{1,3}|\*{1,3}|[a-z])(\\?[\])]\]\(#[^()\s]{0,60}\))/g),
    plainness: 'explicit',
  },
  { sign: /\]\(#/, pattern: once(() => /(\[)(\d{1,3})(\]\(#[^()\s]{0,60}\))/g), plainness: 'explicit' },
  {
    sign: /[⁰¹²³⁴⁵⁶⁷⁸⁹]/,
    pattern: once(() => new RegExp(`()([${superscripts}]{1,3})()`, 'g')),
    plainness: 'explicit',
  },
  {
    sign: /\]/,
    pattern: once(() => /(\\?\[)(\d{1,3}|\*{1,3}|[a-z]|[ivxl]{2,6}|[٠-٩۰-۹]{1,3})(\\?\])(?![(\p{L}])/gu),
    plainness: 'square',
  },
  {
    sign: /[^\s\d]\d/,
    pattern: once(
      () =>
        /(?<=[\p{Ll}\p{Lu}][.,;:!?”"’»)]{0,2})()(\d{1,3})(\/(?=[\s\u00a0.,;:)]|$))?(?![\p{L}\d%°]|[.,:/-]\d)/gu,
    ),
    plainness: 'glued',
  },
  {
    // `(2030),1` and `9 June 2030;1`: no number goes on so.
    sign: /(?:\d;|[)\]”"»][.,;:]?)\d/,
    pattern: once(() => /(?<=\d;|[)\]”"»][.,;:]?)()(\d{1,3})()(?=[\s\u00a0]|[.,;:)](?![\p{L}\d])|$)/gu),
    plainness: 'glued',
    settled: true,
  },
  {
    // `of 9 June 2030.1`, and `1/CP.16,2` at a line's end: as likely decimals.
    sign: /\d[.,:]\d{1,3}(?=[\s\u00a0]|$)/,
    pattern: once(
      () => /(?<=\d[.,:])()(\d{1,3})()(?:$|(?<=(?<!\d)(?:1[89]|20)\d\d[.,:]\d{1,2})(?=[\s\u00a0]))/g,
    ),
    plainness: 'spaced',
    settled: true,
  },
  {
    // `the G7,6` and `at COP28.4 There`: behind an abbreviation with figures of its own.
    sign: /[A-Z]\d{1,3}[.,;:]["”’»)]?\d/,
    pattern: once(
      () =>
        /(?<=(?<![\p{L}\p{N}])\p{Lu}[\p{Lu}\p{Ll}]{0,5}\d{1,3}(?:[,;:]|\.(?=\d{1,3}(?:$|[\s\u00a0]+["“(]?\p{Lu})))["”’»)]?)()(\d{1,3})()(?=[\s\u00a0]|$)/gu,
    ),
    plainness: 'spaced',
    settled: true,
    numbered: true,
  },
  {
    // `AMERICAS1/2/`: several calls side by side.
    sign: /\d\/[\s\u00a0]?\d{1,3}\//,
    pattern: once(
      () =>
        /(?<=\p{L}{3}[.,;:]?|\p{L}{3}[.,;:]?\d{1,3}\/[\s\u00a0]?)()(\d{1,3})(\/)(?=[\s\u00a0.,;:)]|\d{1,3}\/(?!\d)|$)/gu,
    ),
    plainness: 'glued',
    settled: true,
  },
  {
    // `met in London.ii`, as word processors number endnotes.
    sign: /[.,;:!?”"’»)][ivxl]/,
    pattern: once(() => /(?<=[\p{L}\d%][.,;:!?”"’»)]{1,2})()([ivxl]{1,6})()(?=[\s\u00a0]|$)/gu),
    plainness: 'glued',
    settled: true,
  },
  {
    sign: /[*†‡]/,
    pattern: once(() => /(?<=[\p{L}.,;:!?”"’»)])()(\\?\*{1,3}|[†‡]{1,2})()(?![\p{L}\d*†‡])/gu),
    plainness: 'glued',
  },
  {
    sign: /\((?:[\da-z]{1,3}|\*{1,3}|[أ-ي]|[٠-٩۰-۹]{1,3})\)/,
    pattern: once(
      () =>
        /(?<=(?:[\p{L}.,;:!?”"’»]|(?<!\d)(?:1[89]|20)\d\d)[\s\u00a0]?)(\()(\d{1,3}|\*{1,3}|[a-z]|[أ-ي]|[٠-٩۰-۹]{1,3})(\))(?![\p{L}\d])/gu,
    ),
    plainness: 'round',
  },
  {
    sign: /[\s\u00a0]\d{1,3}(?=[\s\u00a0]|$)/,
    pattern: once(() => /(?<=[\p{L}\p{N}.,;:!?”"’»)][\s\u00a0])()(\d{1,3})()(?=[\s\u00a0]|$)/gu),
    plainness: 'spaced',
  },
];

/**
 * Whether a line has a unit with which one of some markers begins, or a superior figure. Most lines have none, and no
 * pattern is asked about them.
 */
const mayCall = (sheet: Sheet, words: string, wanted: ReadonlySet<string>): boolean =>
  (hasSuperiors(sheet) && superior.test(words)) || beginningsOf(wanted).some((one) => words.includes(one));

/** The first characters of some markers, each once. */
function beginningsOf(wanted: ReadonlySet<string>): readonly string[] {
  const known = beginnings.get(wanted) ?? [...new Set([...wanted].map((marker) => marker.charAt(0)))];
  beginnings.set(wanted, known);
  return known;
}
const beginnings = new WeakMap<ReadonlySet<string>, readonly string[]>();

/** Which units of a line are taken. */
class Taken {
  readonly #start: number;
  readonly #units: Uint8Array;
  constructor(start: number, end: number) {
    this.#start = start;
    this.#units = new Uint8Array(end - start);
  }
  isFree(start: number, end: number): boolean {
    return !this.#units.subarray(start - this.#start, end - this.#start).includes(1);
  }
  take(start: number, end: number): void {
    this.#units.fill(1, start - this.#start, end - this.#start);
  }
}

/** What may be a call among the words of one line. */
export function possibleCalls(sheet: Sheet, index: number, wanted: ReadonlySet<string>): Possible[] {
  const line = sheet.lines[index];
  if (!line) return [];
  const words = wordsOf(sheet, line);
  const found: Possible[] = [];
  if (!mayCall(sheet, words, wanted)) return found;
  const spans = new Taken(line.start, line.end);
  for (const { sign, pattern, plainness, settled, numbered } of forms) {
    if (!sign.test(words)) continue;
    for (const match of words.matchAll(pattern())) {
      const [whole, before = '', printed = ''] = match;
      const target = before.startsWith('<a') ? linkTarget.exec(before)?.[1] : undefined;
      // A link says which note it means, whatever number it prints.
      const marker =
        target !== undefined && wanted.has(target) ? target : plainDigits(printed.replace('\\', ''));
      if (superscript.test(printed) && !wanted.has(marker)) {
        found.push(...severalCalls(printed, index, line.start + match.index, wanted));
        continue;
      }
      if (!wanted.has(marker) || isEmphasis(sheet, printed)) continue;
      const start = line.start + match.index;
      if (sheet.overrules.notCalls.some((no) => start < no.end && no.start < start + whole.length)) continue;
      if (!spans.isFree(start, start + whole.length)) continue;
      const ahead = words.slice(Math.max(0, match.index - 30), match.index);
      // 40 m², 3 km²: a power of a unit.
      if (
        plainness === 'explicit' &&
        /^[23]$/.test(marker) &&
        /\d[\s\u00a0]?(?:[kcdmµ]?m|ft|in|yd|mi|ha)$/u.test(ahead)
      )
        continue;
      if (plainness === 'glued' && !settled && !isGlued(ahead, marker)) continue;
      if (numbered && isNumbered(ahead)) continue;
      if (plainness === 'round' && referenceWords().test(ahead)) continue;
      const markerStart = start + before.length + (printed.startsWith('\\') ? 1 : 0);
      const means = /\d+$/.exec(target ?? '')?.[0];
      const possible = {
        ...(means === undefined || means === plainDigits(printed) ? {} : { means }),
        line: index,
        start,
        end: start + whole.length,
        markerAt: { start: markerStart, end: start + before.length + printed.length },
        marker,
        plainness,
        closes:
          /[;.:]["”’»)]?[\s\u00a0]$/.test(ahead) && words.slice(match.index + whole.length).trim() === '',
        score:
          plainness === 'spaced'
            ? spacedScore(ahead, words.slice(match.index + whole.length), settled === true)
            : 0,
      };
      if (plainness === 'spaced' && possible.score === 0) continue;
      found.push(possible);
      spans.take(possible.start, possible.end);
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

const linkTarget = /href=["']?(#[\w-]{1,40})/i;
const superscript = new RegExp(`^[${superscripts}]{2,3}$`);

/** `²³` where there is no note 23 but notes 2 and 3: two calls side by side. */
function severalCalls(printed: string, line: number, start: number, wanted: ReadonlySet<string>): Possible[] {
  const markers = [...printed].map(plainDigits);
  const inOrder = markers.every((one, at) => at === 0 || Number(one) === Number(markers[at - 1]) + 1);
  if (!inOrder || !markers.every((one) => wanted.has(one))) return [];
  return markers.map((marker, at) => {
    const markerAt = { start: start + at, end: start + at + 1 };
    return { line, ...markerAt, markerAt, marker, plainness: 'explicit', score: 0, closes: false };
  });
}

/** `version COP28`, `Table A1`: what stands before the last word takes a number. */
function isNumbered(ahead: string): boolean {
  const before = /(\p{L}+)\.?[\s\u00a0]+\S+$/u.exec(ahead)?.[1] ?? '';
  const one = inTable(before).replace(/s$/, '');
  return numberedWords().has(one) || numberedWords().has(inTable(before)) || abbreviations().has(one);
}

/** `Macedonia1` and `declaration.1` are calls; `G20`, `CO2`, `H1N1`, `Article5` are words. */
function isGlued(ahead: string, marker: string): boolean {
  if (/^[*†‡]/.test(marker)) return true;
  const [, word = '', marks = ''] = /([\p{L}\p{N}+'’-]+)([.,;:!?”"’»)]{0,2})$/u.exec(ahead) ?? [];
  const last = /\p{L}+$/u.exec(word)?.[0] ?? '';
  if (/\p{N}/u.test(word)) return false;
  // `Year5`, `Art.5`; but `each year;5` and `each year.5` are a clause's end and a call.
  if (marks === '' && numberedWords().has(inTable(last))) return false;
  if (marks === '.' && abbreviations().has(inTable(last))) return false;
  const letters = word.replace(/[^\p{L}]/gu, '');
  if (letters.length < 3) return false;
  return /\p{Ll}$/u.test(letters) || (letters.length >= 6 && /^\p{Lu}+$/u.test(letters));
}

const unitWords =
  /^[\s\u00a0]*(?:million|billion|thousand|hundred|per\b|percent|%|years?|months?|days?|hours?|minutes?|weeks?|times|km|kg|m\b|to \d|and \d|of \d|or \d|o['’]clock|january|february|march|april|may\b|june|july|august|september|october|november|december|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|\(|[-–—]\s?\d|(?:countries|states|members|nations|people|persons|women|men|children|delegations|parties|articles|paragraphs)\b)/i;
const countedWords =
  /(?:\b(?:paragraphs?|paras?|articles?|art|annex|chapter|section|resolutions?|no|nos|nr|and|or|of|the|over|least|about|than|to|by|between|in|on|at|from|for|with|all|under|rule|rules|item|items|part|parts|goal|goals|page|pages|step|phase|january|february|march|april|may|june|july|august|september|october|november|december)\.?|[-–—/])[\s\u00a0]$/i;

/** How likely a number between spaces is a call: after punctuation likely, before a unit or after "paragraph" not. */
function spacedScore(ahead: string, behind: string, settled: boolean): number {
  if (unitWords.test(behind) || /^[\s\u00a0]*\d/.test(behind)) return 0;
  if (settled) return 2;
  if (/[.,;:!?”"’»)][\s\u00a0]$/.test(ahead)) return 3;
  // “Goals 6 and”: the word is one that takes a number, but plural and followed by a lower-case word.
  if (countedWords.test(ahead)) return /\bgoals[\s\u00a0]$/i.test(ahead) ? 1 : 0;
  if (/\d[\s\u00a0]$/.test(ahead)) return /^[\s\u00a0]+\p{Ll}/u.test(behind) ? 1 : 0;
  return /^(?:[\s\u00a0]+\p{Ll}|[\s\u00a0]*$)/u.test(behind) ? 2 : 0;
}
