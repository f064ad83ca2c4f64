/** Numbers as official texts print them: digits of several scripts, romans, Chinese numerals, ordinal words. */

const digitZeros = [0x0030, 0x0660, 0x06f0, 0x0966, 0xff10];

/** Any decimal digit that a label may be printed with. */
export const digitClass = '0-9\\u0660-\\u0669\\u06f0-\\u06f9\\u0966-\\u096f\\uff10-\\uff19';

/** The value of a run of decimal digits of one script, or null. */
export function decimalValue(digits: string): number | null {
  let value = 0;
  for (const digit of digits) {
    const code = digit.codePointAt(0) ?? 0;
    const zero = digitZeros.find((first) => code >= first && code <= first + 9);
    if (zero === undefined) return null;
    value = value * 10 + (code - zero);
  }
  return digits === '' ? null : value;
}

const romanDigits: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

/** The value of a roman numeral below 400 in its proper form (`iv`, never `iiii`), in either case; else null. */
export function romanValue(numeral: string): number | null {
  const lower = numeral.toLowerCase();
  if (!/^(?=.)c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/.test(lower)) return null;
  let value = 0;
  for (let index = 0; index < lower.length; index++) {
    const here = romanDigits[lower[index] ?? ''] ?? 0;
    const next = romanDigits[lower[index + 1] ?? ''] ?? 0;
    value += here < next ? -here : here;
  }
  return value;
}

const chineseDigits = '〇一二三四五六七八九';

/** The value of a Chinese numeral below 1,000 (`二十三`), spaces between its characters allowed; else null. */
export function chineseValue(numeral: string): number | null {
  const compact = numeral.replace(/[\s零]/g, '');
  const match = /^(?:([一二三四五六七八九])百)?(?:([一二三四五六七八九]?)十)?([一二三四五六七八九]?)$/.exec(
    compact,
  );
  if (!match || compact === '') return null;
  const [, hundreds, tens, units] = match;
  const digit = (character: string | undefined) => (character ? chineseDigits.indexOf(character) : 0);
  return digit(hundreds) * 100 + (tens === undefined ? 0 : (digit(tens) || 1) * 10) + digit(units);
}

/** Ordinal words that number paragraphs ("First.", "Erstens,"), each list from 1. */
const ordinalLists: readonly (readonly string[])[] = [
  [
    'first',
    'second',
    'third',
    'fourth',
    'fifth',
    'sixth',
    'seventh',
    'eighth',
    'ninth',
    'tenth',
    'eleventh',
    'twelfth',
  ],
  [
    'firstly',
    'secondly',
    'thirdly',
    'fourthly',
    'fifthly',
    'sixthly',
    'seventhly',
    'eighthly',
    'ninthly',
    'tenthly',
  ],
  [
    'premier',
    'deuxième',
    'troisième',
    'quatrième',
    'cinquième',
    'sixième',
    'septième',
    'huitième',
    'neuvième',
    'dixième',
  ],
  ['premièrement', 'deuxièmement', 'troisièmement', 'quatrièmement', 'cinquièmement'],
  ['primero', 'segundo', 'tercero', 'cuarto', 'quinto', 'sexto', 'séptimo', 'octavo', 'noveno', 'décimo'],
  [
    'erstens',
    'zweitens',
    'drittens',
    'viertens',
    'fünftens',
    'sechstens',
    'siebtens',
    'achtens',
    'neuntens',
    'zehntens',
  ],
  ['primo', 'secondo', 'terzo', 'quarto', 'quinto', 'sesto', 'settimo', 'ottavo', 'nono', 'decimo'],
  ['eerste', 'tweede', 'derde', 'vierde', 'vijfde', 'zesde', 'zevende', 'achtste', 'negende', 'tiende'],
  ['первая', 'вторая', 'третья', 'четвертая', 'пятая', 'шестая', 'седьмая', 'восьмая', 'девятая', 'десятая'],
  ['во-первых', 'во-вторых', 'в-третьих', 'в-четвертых', 'в-пятых'],
  ['première', 'seconde'],
  [
    'الأولى',
    'الثانية',
    'الثالثة',
    'الرابعة',
    'الخامسة',
    'السادسة',
    'السابعة',
    'الثامنة',
    'التاسعة',
    'العاشرة',
  ],
  ['unique'],
  ['único'],
  ['einziger'],
];

/** The value of an ordinal word, or null. */
export function ordinalValue(word: string): number | null {
  const lower = word.toLowerCase();
  if (lower === '') return null;
  for (const list of ordinalLists) {
    const at = list.indexOf(lower);
    if (at >= 0) return at + 1;
  }
  return null;
}

/** The alphabets of lettered lists, each in its order of counting. */
const alphabets: readonly string[] = [
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдежзиклмнопрстуфхцчшщэюя',
  'αβγδεζηθικλμνξοπρστυφχψω',
  'أبجدهوزحطيكلمنسعفصقرشت',
  'אבגדהוזחטיכלמנסעפצקרשת',
  '가나다라마바사아자차카타파하',
];
/** Letters that some lists have and others leave out, by the letter that they follow. */
const between: Readonly<Record<string, string>> = {
  đ: 'd',
  ñ: 'n',
  й: 'и',
  і: 'и',
  ї: 'і',
  ј: 'и',
  ђ: 'д',
  љ: 'л',
  њ: 'н',
  ћ: 'т',
  є: 'е',
  ё: 'е',
  ґ: 'г',
  στ: 'ε',
  ch: 'h',
};

/**
 * The value of a letter of a lettered list (`a` is 1) in the alphabets of `alphabets`; doubled letters go on (`aa` is
 * 27). A letter that many lists leave out (`đ`, `й`) counts half a step: what follows it may be the next with or without it.
 */
export function letterValue(letters: string): number | null {
  const lower = letters.toLowerCase().replace(/\u0640/g, '');
  const before = Object.hasOwn(between, lower) ? between[lower] : undefined;
  if (before !== undefined) return (letterValue(before) ?? 0) + 0.5;
  const [first] = lower;
  if (first === undefined || [...lower].some((letter) => letter !== first) || lower.length > 2) return null;
  for (const alphabet of alphabets) {
    const at = alphabet.indexOf(first);
    if (at >= 0) return at + 1 + (lower.length - 1) * alphabet.length;
  }
  return null;
}
