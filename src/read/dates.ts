/** Dates as official texts print them, in the languages of the United Nations and the European Union. */
import { once } from './once.js';
import { chineseValue, decimalValue, ordinalValue } from './numerals.js';

export interface FoundDate {
  /** ISO 8601, `YYYY-MM-DD`. */
  readonly iso: string;
  /** Offsets in the words that were searched. */
  readonly start: number;
  readonly end: number;
}

/** The names of the months, January first, in the forms that dates use. */
const monthNames: readonly string[] = [
  'january february march april may june july august september october november december',
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'januar februar märz april mai juni juli august september oktober november dezember',
  'jänner feber märz april mai juni juli august september oktober november dezember',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'januar februar marts april maj juni juli august september oktober november december',
  'januari februari mars april maj juni juli augusti september oktober november december',
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь',
  'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня',
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
  'ledna února března dubna května června července srpna září října listopadu prosince',
  'januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra',
  'januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra',
  'siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca',
  'јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра',
  'januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra',
  'január február március április május június július augusztus szeptember október november december',
  'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
  'jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember',
  'jaanuaril veebruaril märtsil aprillil mail juunil juulil augustil septembril oktoobril novembril detsembril',
  'janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris',
  'janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī',
  'sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio',
  'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie',
  'януари февруари март април май юни юли август септември октомври ноември декември',
  'ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου',
  'jannar frar marzu april mejju ġunju lulju awwissu settembru ottubru novembru diċembru',
  'eanáir feabhra márta aibreán bealtaine meitheamh iúil lúnasa meánfómhair deireadh-fómhair samhna nollag',
  'ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık',
  'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر',
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

/** The least letters of an abbreviation. */
const shortest = 3;

/** Names and their abbreviations to months; 0 where two languages mean different ones (`listopada`). */
const months = once((): ReadonlyMap<string, number> => {
  const map = new Map<string, number>();
  const lists = monthNames.map((names) => names.split(' '));
  for (const names of [...lists, arabicEastern])
    for (const [index, name] of names.entries()) {
      const before = map.get(name);
      map.set(name, before === undefined || before === index + 1 ? index + 1 : 0);
    }
  // Abbreviations are the first three to five letters; the languages that print them stand first in the list.
  for (const names of lists)
    for (const [index, name] of names.entries())
      for (let length = shortest; length <= 5 && length < name.length; length++) {
        const short = name.slice(0, length);
        if (!map.has(short)) map.set(short, index + 1);
      }
  return map;
});

/** The month (1 to 12) that a word names, or null where it names none, or different ones in different languages. */
export function monthOf(word: string): number | null {
  return months().get(word.toLowerCase().replace(/\.$/, '')) || null;
}

/** Whether some words begin with the name of a month. */
export const startsWithMonth = (words: string): boolean => {
  const first = /^\p{L}{3,14}(?!\p{L})/u.exec(words)?.[0];
  return first !== undefined && monthOf(first) !== null;
};

/**
 * A letter of the scripts in which months are named above: `\p{L}` says no more here, and takes some milliseconds to
 * compile each time that it stands in a pattern.
 */
const letter = '[A-Za-z\\u00c0-\\u024f\\u0370-\\u03ff\\u0400-\\u052f\\u0620-\\u064a\\u1e00-\\u1fff]';
const day = '(\\d{1,2})(?:st|nd|rd|th|er|re|º|ª|°|\\.)?';
const dash = '(?:\\s?[-–—/]\\s?\\d{1,2})?';
/** A form of dates: where `sign` is not found, none stands. `parts` are year, month and day as far as they can be told. */
interface DateForm {
  readonly sign: RegExp;
  readonly pattern: () => RegExp;
  readonly parts: (match: RegExpExecArray) => readonly [number | null, number | null, number | null];
}

const forms: readonly DateForm[] = [
  {
    sign: /-/,
    pattern: once(() => /\b(\d{4})-(\d{2})-(\d{2})\b/),
    parts: ([, year, month, date]) => [Number(year), Number(month), Number(date)],
  },
  {
    // `7 Dec. 2007`
    sign: /\d\D{5,}\d{4}/,
    pattern: once(
      () =>
        new RegExp(
          `(?<![\\d/])(?:the\\s+)?${day}${dash}\\s+(?:day\\s+of\\s+|d[ií]as\\s+d(?:el|o)\\s+m[eê]s\\s+de\\s+|de\\s+|d['’]\\s?|of\\s+)?(${letter}{3,14}\\.?)[,\\s]+(?:de\\s+|del\\s+)?(?:A\\.?D\\.?\\s+)?(\\d{4})(?!\\d)`,
          'iu',
        ),
    ),
    parts: ([, date, month = '', year]) => [Number(year), monthOf(month), Number(date)],
  },
  {
    // `December 7, 2007`
    sign: /\s\d{1,2}(?:\D|\d{4})/,
    pattern: once(
      () => new RegExp(`(?<!${letter})(${letter}{3,14}\\.?)\\s+${day}${dash},?\\s*(\\d{4})(?!\\d)`, 'iu'),
    ),
    parts: ([, month = '', date, year]) => [Number(year), monthOf(month), Number(date)],
  },
  {
    sign: /年/,
    pattern: once(
      () =>
        /(\d{4}|[〇零一二三四五六七八九]{4})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日/u,
    ),
    parts: ([, year = '', month = '', date = '']) => [hanYear(year), anyNumber(month), anyNumber(date)],
  },
  {
    // `2007년 12월 7일`, `2007. 12. 7.`
    sign: /\d{4}(?:년|\.)[\s\u00a0]?\d/,
    pattern: once(
      () => /(?<![\d./])(\d{4})(?:년|\.)[\s\u00a0]?(\d{1,2})(?:월|\.)[\s\u00a0]?(\d{1,2})(?:일|\.|(?![\d.]))/,
    ),
    parts: ([, year, month, date]) => [Number(year), Number(month), Number(date)],
  },
  {
    // `07-12-2007`
    sign: /\d-\d{1,2}-\d{4}/,
    pattern: once(() => /(?<![\d./-])(\d{1,2})-(\d{1,2})-(\d{4})(?![\d/-])/),
    parts: ([, date, month, year]) => [Number(year), Number(month), Number(date)],
  },
  {
    sign: /年/,
    pattern: once(
      () =>
        /(明治|大正|昭和|平成|令和)\s*(元|\d{1,2}|[一二三四五六七八九十]{1,3})年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})日/u,
    ),
    parts: ([, era = '', year = '', month = '', date = '']) => [
      eraYear(era, year),
      anyNumber(month),
      anyNumber(date),
    ],
  },
  {
    // `2007. december 7.`
    sign: /\d{4}\.\s/,
    pattern: once(() => new RegExp(`\\b(\\d{4})\\.\\s+(${letter}{3,12})\\s+(\\d{1,2})(?:\\.|-)`, 'u')),
    parts: ([, year, month = '', date]) => [Number(year), monthOf(month), Number(date)],
  },
  {
    sign: /\d[./]/,
    pattern: once(
      () => /(?<![\d./])(\d{1,2})(?:[./]|\.[\s\u00a0])(\d{1,2})(?:[./]|\.[\s\u00a0])(\d{4})(?![\d/])/,
    ),
    parts: ([, date, month, year]) => [Number(year), Number(month), Number(date)],
  },
  {
    sign: /[\u0621-\u064a]/,
    pattern: once(
      () =>
        /(\d{1,2}|[٠-٩]{1,2})\s+(?:من\s+)?([\u0621-\u064a]+(?:\s(?:الثاني|الأول))?)(?:\/[\u0621-\u064a]+)?\s+(\d{4}|[٠-٩]{4})/u,
    ),
    parts: ([, date = '', month = '', year = '']) => [decimalValue(year), monthOf(month), decimalValue(date)],
  },
  {
    // `twelfth day of December, two thousand and seven`
    sign: /\sof\s/i,
    pattern: once(
      () =>
        new RegExp(
          `\\b(?:(?:the|this)\\s+)?(?!this\\b|the\\b)([a-z-]{4,15}(?:[\\s-]+[a-z]{4,8})?)\\s+(?:day\\s+)?of\\s+(${letter}{3,12}),?\\s+(?:(?:in|of)\\s+the\\s+year\\s+)?(?:of\\s+our\\s+lord\\s+)?(\\d{4}|(?:one|two)\\s+thousand[a-z\\s-]*?(?=[.,;\\n)]|$|\\sin\\s|\\sat\\s))`,
          'iu',
        ),
    ),
    parts: ([, date = '', month = '', year = '']) => [yearInWords(year), monthOf(month), dayInWords(date)],
  },
];

/** Every date has a year: this tells the lines that need not be searched. */
const mayHoldYear = /\d{4}|[年٠-٩]|thousand/i;

/** The first date in some words, or null. A day before a month before a year is what texts print; `7/12/2007` is read so too. */
export function findDate(words: string): FoundDate | null {
  if (!mayHoldYear.test(words)) return null;
  const found: FoundDate[] = [];
  for (const { sign, pattern, parts } of forms) {
    const match = sign.test(words) ? pattern().exec(words) : null;
    if (!match) continue;
    const [year, month, dayOfMonth] = parts(match);
    if (year === null || month === null || dayOfMonth === null) continue;
    if (month < 1 || month > 12 || year < 1000 || year > 2200) continue;
    if (dayOfMonth < 1 || dayOfMonth > daysIn(year, month)) continue;
    const iso = `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
    found.push({ iso, start: match.index, end: match.index + match[0].length });
  }
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  return found[0] ?? null;
}

/** The days of a month in the Gregorian calendar. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** All dates in some words, in order. */
export function findDates(words: string): FoundDate[] {
  const dates: FoundDate[] = [];
  let from = 0;
  for (let date = findDate(words); date; date = findDate(words.slice(from))) {
    dates.push({ iso: date.iso, start: from + date.start, end: from + date.end });
    from += date.end;
  }
  return dates;
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
