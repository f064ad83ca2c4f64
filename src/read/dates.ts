/** Dates as official texts print them, in the languages of the United Nations and the European Union. */
import { chineseValue, decimalValue, ordinalValue } from './numerals.js';

export interface FoundDate {
  /** ISO 8601, `YYYY-MM-DD`. */
  readonly iso: string;
  /** Offsets in the words that were searched. */
  readonly start: number;
  readonly end: number;
}

/** The beginnings of month names by month; a word belongs to the first month one of whose beginnings it has. */
const monthStems: readonly (readonly string[])[] = [
  [
    'jan',
    'ene',
    'gen',
    'янв',
    'січ',
    'sty',
    'led',
    'sij',
    'tammi',
    'ιαν',
    'ean',
    'sau',
    'jān',
    'яну',
    'ocak',
  ],
  [
    'feb',
    'fév',
    'fev',
    'фев',
    'лют',
    'lut',
    'úno',
    'vel',
    'helmi',
    'φεβ',
    'vas',
    'veebr',
    'feabh',
    'fra',
    'şubat',
  ],
  ['mar', 'mär', 'maa', 'märts', 'мар', 'бер', 'bře', 'ožu', 'μαρ', 'kov', 'már', 'mrt', 'márta'],
  ['apr', 'avr', 'abr', 'апр', 'кві', 'kwi', 'dub', 'tra', 'huhti', 'απρ', 'bal', 'aibr', 'ápr', 'nisan'],
  [
    'may',
    'mai',
    'maj',
    'maggio',
    'magg',
    'mag',
    'май',
    'мая',
    'тра',
    'kvě',
    'svi',
    'touko',
    'μαΐ',
    'μαϊ',
    'geg',
    'bealt',
    'máj',
    'mei',
    'mejj',
  ],
  [
    'jun',
    'juin',
    'giu',
    'июн',
    'чер',
    'cze',
    'červn',
    'lip',
    'kesä',
    'ιουν',
    'bir',
    'meith',
    'jún',
    'юни',
    'ġun',
  ],
  [
    'jul',
    'juil',
    'lug',
    'июл',
    'lipc',
    'červenc',
    'srp',
    'heinä',
    'ιουλ',
    'lie',
    'iúil',
    'júl',
    'юли',
    'lul',
  ],
  ['aug', 'aoû', 'aout', 'ago', 'авг', 'сер', 'sie', 'kol', 'elo', 'αυγ', 'rugp', 'lún', 'aww'],
  ['sep', 'set', 'сен', 'вер', 'wrz', 'zář', 'ruj', 'syys', 'σεπ', 'rugs', 'meán', 'szept', 'sett'],
  ['oct', 'okt', 'out', 'ott', 'окт', 'жов', 'paź', 'říj', 'lis', 'loka', 'οκτ', 'spa', 'deireadh', 'ott'],
  ['nov', 'ноя', 'ное', 'листоп', 'listop', 'stu', 'marras', 'νοε', 'lapk', 'samh'],
  [
    'dec',
    'déc',
    'dic',
    'dez',
    'дек',
    'груд',
    'gru',
    'pro',
    'joulu',
    'δεκ',
    'gruod',
    'nollaig',
    'dets',
    'diċ',
  ],
];
/** Names that would be taken for another month by a shorter stem, looked at first. */
const wholeMonths: Readonly<Record<string, number>> = {
  marzo: 3,
  mars: 3,
  mart: 3,
  maart: 3,
  марта: 3,
  март: 3,
  березня: 3,
  marca: 3,
  března: 3,
  maaliskuuta: 3,
  mai: 5,
  mayo: 5,
  maja: 5,
  maio: 5,
  maggio: 5,
  травня: 5,
  svibnja: 5,
  května: 5,
  lipca: 7,
  července: 7,
  červenec: 7,
  června: 6,
  červen: 6,
  липня: 7,
  lipnja: 6,
  srpnja: 7,
  srpna: 8,
  серпня: 8,
  червня: 6,
  listopada: 11,
  listopad: 11,
  августа: 8,
  settembre: 9,
  set: 9,
  rugpjūčio: 8,
  rugsėjo: 9,
  travnja: 4,
  kovo: 3,
  июня: 6,
  июля: 7,
  juni: 6,
  juli: 7,
  jun: 6,
  jul: 7,
  prosince: 12,
  prosinca: 12,
  октября: 10,
  sijecnja: 1,
};

const arabicMonths = [
  'يناير',
  'فبراير',
  'مارس',
  'أبريل',
  'مايو',
  'يونيو',
  'يوليو',
  'أغسطس',
  'سبتمبر',
  'أكتوبر',
  'نوفمبر',
  'ديسمبر',
];
const arabicEastern = [
  'كانون الثاني',
  'شباط',
  'آذار',
  'نيسان',
  'أيار',
  'حزيران',
  'تموز',
  'آب',
  'أيلول',
  'تشرين الأول',
  'تشرين الثاني',
  'كانون الأول',
];

/** The month (1 to 12) that a word names, or null. */
export function monthOf(word: string): number | null {
  const lower = word.toLowerCase().replace(/\.$/, '');
  if (lower.length < 3) return null;
  const whole = Object.hasOwn(wholeMonths, lower) ? wholeMonths[lower] : undefined;
  if (whole !== undefined) return whole;
  for (const list of [arabicMonths, arabicEastern]) {
    const at = list.indexOf(lower);
    if (at >= 0) return at + 1;
  }
  const at = monthStems.findIndex((stems) =>
    stems.some((stem) => lower.startsWith(stem) && lower.length <= stem.length + 9),
  );
  return at < 0 ? null : at + 1;
}

const day = '(\\d{1,2})(?:st|nd|rd|th|er|re|º|ª|\\.)?';
const dash = '(?:\\s?[-–—/]\\s?\\d{1,2})?';
const patterns = {
  iso: /\b(\d{4})-(\d{2})-(\d{2})\b/,
  dayFirst: new RegExp(
    `(?<![\\d/])(?:the\\s+)?${day}${dash}\\s+(?:day\\s+of\\s+|días\\s+del\\s+mes\\s+de\\s+|de\\s+|d['’]\\s?|of\\s+)?(\\p{L}{3,14}\\.?)[,\\s]+(?:de\\s+|del\\s+)?(?:A\\.?D\\.?\\s+)?(\\d{4})(?!\\d)`,
    'iu',
  ),
  monthFirst: new RegExp(`(?<!\\p{L})(\\p{L}{3,14}\\.?)\\s+${day}${dash},?\\s*(\\d{4})(?!\\d)`, 'iu'),
  yearFirst:
    /(\d{4}|[〇零一二三四五六七八九]{4})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日/u,
  era: /(明治|大正|昭和|平成|令和)\s*(元|\d{1,2}|[一二三四五六七八九十]{1,3})年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})日/u,
  hungarian: /\b(\d{4})\.\s+(\p{L}{3,12})\s+(\d{1,2})(?:\.|-)/u,
  numeric: /(?<![\d./])(\d{1,2})[./](\d{1,2})[./](\d{4})(?![\d/])/,
  arabic:
    /(\d{1,2}|[٠-٩]{1,2})\s+(?:من\s+)?([\u0621-\u064a]+(?:\s(?:الثاني|الأول))?)(?:\/[\u0621-\u064a]+)?\s+(\d{4}|[٠-٩]{4})/u,
  words:
    /\b(?:(?:the|this)\s+)?(?!this\b|the\b)([a-z-]{4,15}(?:[\s-]+[a-z]{4,8})?)\s+(?:day\s+)?of\s+(\p{L}{3,12}),?\s+(?:in\s+the\s+year\s+)?(?:of\s+our\s+lord\s+)?(\d{4}|(?:one|two)\s+thousand[a-z\s-]*?(?=[.,;\n)]|$|\sin\s|\sat\s))/iu,
} as const;

/** The first date in some words, or null. A day before a month before a year is what texts print; `7/12/2007` is read so too. */
export function findDate(words: string): FoundDate | null {
  const found: FoundDate[] = [];
  const add = (
    match: RegExpExecArray | null,
    year: number | null,
    month: number | null,
    dayOfMonth: number | null,
  ) => {
    if (!match || year === null || month === null || dayOfMonth === null) return;
    if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31 || year < 1000 || year > 2200) return;
    const iso = `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
    found.push({ iso, start: match.index, end: match.index + match[0].length });
  };
  const iso = patterns.iso.exec(words);
  add(iso, Number(iso?.[1]), Number(iso?.[2]), Number(iso?.[3]));
  const dayFirst = patterns.dayFirst.exec(words);
  add(dayFirst, Number(dayFirst?.[3]), monthOf(dayFirst?.[2] ?? ''), Number(dayFirst?.[1]));
  const monthFirst = patterns.monthFirst.exec(words);
  add(monthFirst, Number(monthFirst?.[3]), monthOf(monthFirst?.[1] ?? ''), Number(monthFirst?.[2]));
  const yearFirst = patterns.yearFirst.exec(words);
  add(
    yearFirst,
    hanYear(yearFirst?.[1] ?? ''),
    anyNumber(yearFirst?.[2] ?? ''),
    anyNumber(yearFirst?.[3] ?? ''),
  );
  const era = patterns.era.exec(words);
  add(era, eraYear(era?.[1] ?? '', era?.[2] ?? ''), anyNumber(era?.[3] ?? ''), anyNumber(era?.[4] ?? ''));
  const hungarian = patterns.hungarian.exec(words);
  add(hungarian, Number(hungarian?.[1]), monthOf(hungarian?.[2] ?? ''), Number(hungarian?.[3]));
  const numeric = patterns.numeric.exec(words);
  add(numeric, Number(numeric?.[3]), Number(numeric?.[2]), Number(numeric?.[1]));
  const arabic = patterns.arabic.exec(words);
  add(arabic, decimalValue(arabic?.[3] ?? ''), monthOf(arabic?.[2] ?? ''), decimalValue(arabic?.[1] ?? ''));
  const spelt = patterns.words.exec(words);
  add(
    spelt,
    spelt ? yearInWords(spelt[3] ?? '') : null,
    monthOf(spelt?.[2] ?? ''),
    dayInWords(spelt?.[1] ?? ''),
  );
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  return found[0] ?? null;
}

const anyNumber = (words: string): number | null => decimalValue(words) ?? chineseValue(words);

/** The year before the first of each Japanese era. */
const eras: Readonly<Record<string, number>> = { 明治: 1867, 大正: 1911, 昭和: 1925, 平成: 1988, 令和: 2018 };

function eraYear(era: string, year: string): number | null {
  const before = Object.hasOwn(eras, era) ? eras[era] : undefined;
  const number = year === '元' ? 1 : anyNumber(year);
  return before === undefined || number === null ? null : before + number;
}

function hanYear(year: string): number | null {
  if (/^\d{4}$/.test(year)) return Number(year);
  const digits = [...year].map((one) => '〇一二三四五六七八九'.indexOf(one.replace('零', '〇')));
  return digits.length === 4 && digits.every((digit) => digit >= 0) ? Number(digits.join('')) : null;
}

const units = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

function belowHundred(words: string): number | null {
  let value = 0;
  for (const word of words.split(/[\s-]+/).filter((one) => one !== '' && one !== 'and')) {
    const unit = units.indexOf(word);
    const ten = tens.indexOf(word);
    if (unit >= 0) value += unit;
    else if (ten > 1) value += ten * 10;
    else return null;
  }
  return value;
}

/** `Two Thousand and Twenty-Two`, `one thousand nine hundred and forty-four`. */
function yearInWords(words: string): number | null {
  if (/^\d{4}$/.test(words)) return Number(words);
  const match = /^(one|two)\s+thousand(?:,?\s+([a-z]+)\s+hundred)?(?:\s+and)?\s*([a-z\s-]*)$/.exec(
    words.toLowerCase().trim(),
  );
  if (!match) return null;
  const hundreds = match[2] === undefined ? 0 : units.indexOf(match[2]);
  const rest = belowHundred(match[3] ?? '');
  if (hundreds < 0 || rest === null) return null;
  return (match[1] === 'one' ? 1000 : 2000) + hundreds * 100 + rest;
}

/** `fourth`, `Twelfth`, `twenty-first`, `thirtieth`. */
function dayInWords(words: string): number | null {
  const [first = '', second] = words.toLowerCase().split(/[\s-]+/);
  if (second !== undefined) {
    const ten = tens.indexOf(first);
    const unit = ordinalValue(second);
    return ten > 1 && unit !== null ? ten * 10 + unit : null;
  }
  const plain = ordinalValue(first);
  if (plain !== null) return plain;
  const teens: Readonly<Record<string, number>> = {
    thirteenth: 13,
    fourteenth: 14,
    fifteenth: 15,
    sixteenth: 16,
    seventeenth: 17,
    eighteenth: 18,
    nineteenth: 19,
    twentieth: 20,
    thirtieth: 30,
  };
  return Object.hasOwn(teens, first) ? (teens[first] ?? null) : null;
}
