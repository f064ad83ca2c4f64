/** Headings with which texts open. */
import { findDate } from './dates.js';
import { ordinalValue, romanValue } from './numerals.js';
import { look } from './article-words.js';
import { once } from './once.js';

/** Headings that begin a text and are never its title. */
const openings = once(
  () =>
    new Set(
      [
        'preamble',
        'introduction',
        'preface',
        'summary',
        'executive summary',
        'contents',
        'table of contents',
        'overview',
        'préambule',
        'introduction générale',
        'preámbulo',
        'introducción',
        'präambel',
        'einleitung',
        'preambolo',
        'premessa',
        'preâmbulo',
        'introdução',
        'преамбула',
        'введение',
        'увод',
        'вступ',
        'bevezető',
        'bevezetés',
        'wstęp',
        'preambuła',
        'preambule',
        'inleiding',
        'úvod',
        'preambul',
        'uvod',
        'önsöz',
        'başlangıç',
        'giriş',
        '前文',
        'الديباجة',
        '序言',
        '前言',
        'ديباجة',
        'المقدمة',
      ].map(look),
    ),
);

/** Some words without mark-up, folded, without an end mark. */
export const plainWords = (words: string): string =>
  words
    .replace(/[*_#\\]/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/[\s.:]+$/, '')
    .trim();

/** Whether some words are a heading such as "Preamble", "Introduction", "序言". */
export const isOpening = (words: string): boolean =>
  words.length < 60 &&
  openings().has(look(withoutSpacesInHan(plainWords(words)).replace(/^[〈《【［（(<]|[〉》】］）)>]$/g, '')));

const withoutSpacesInHan = (words: string): string =>
  /[^\0-\u2e7f]/.test(words) ? words.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '') : words;

/** The organs that speak, before their recitals. */
const organs = new Set([
  'general assembly',
  'security council',
  'economic and social council',
  'human rights council',
  'parties',
  'high contracting parties',
  'assemblée générale',
  'conseil de sécurité',
  'asamblea general',
  'consejo de seguridad',
]);

/** Whether some words are the organ that speaks, alone on its line. */
export const isOrgan = (words: string): boolean =>
  words.length < 80 &&
  organs.has(
    plainWords(words)
      .toLowerCase()
      .replace(/^(?:the |l['’]|la |le |der |die |el )/, ''),
  );

/** When the page was changed, behind when the text was made: `- Last updated: 19 Jul. 2023 13:50`. */
const pageDate = /[\s\u00a0]*[-–—|(]?[\s\u00a0]*(?:last )?(?:updated|modified)\b.*$/i;

/** More than a place beside a date, where no spaces part words. */
const isClauseInHan = (words: string): boolean =>
  /[^\0-\u2e7f]/.test(words) &&
  /[。；！？]|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{16}/u.test(words);

/** `7 Dec. 2007`, `Canberra, 26 February 1980`: a date with at most a place before it. */
export function isDateline(line: string): boolean {
  const words = /updated|modified/i.test(line) ? line.replace(pageDate, '') : line;
  const date = findDate(words);
  if (!date) return false;
  const rest = plainWords(words.slice(0, date.start) + words.slice(date.end)).replace(
    /^(?:on|le|am|el|il|on the|date|dated)\b:?/i,
    '',
  );
  return (
    rest.length <= 40 &&
    !isClauseInHan(rest) &&
    !(
      rest.length > 5 &&
      /\p{Ll}{2,}[\s\u00a0]+\p{Ll}{3,}/u.test(rest.replace(/\b(?:the|of|de|la|le|in|at|à|den|do)\b/gi, ''))
    )
  );
}

/** Words for a division of a text, by their alternatives. */
const divisions =
  'chapter|part|title|chapitre|partie|titre|capítulo|capitulo|parte|título|sección|secção|kapitel|abschnitt|teil|' +
  'titel|hauptstück|capo|capitolo|titolo|sezione|hoofdstuk|afdeling|deel|глава|раздел|часть|розділ|частина|глава|' +
  'поглавље|део|rozdział|dział|część|hlava|časť|část|oddíl|kapitola|poglavje|poglavlje|glava|dio|fejezet|rész|' +
  'capitolul|titlul|κεφάλαιο|κεφαλαιο|μέρος|μεροσ|τίτλος|bölüm|kısım|chương|phần|mục|bab|bagian|sura|sehemu|' +
  'الفصل|الباب|القسم|الجزء|فصل|باب|بخش|פרק|חלק';
const division = `(?:${divisions})`;
const divisionWords = once(() => new Set(divisions.split('|')));

/** How heads of divisions look, each with what tells most lines that it can't match. */
const divisionPatterns: readonly { readonly may: RegExp; readonly pattern: () => RegExp }[] = [
  {
    may: /^/,
    pattern: once(
      () =>
        new RegExp(
          `^${division}\\s+(?:[ivxlc]{1,7}|\\d{1,3}|[a-z]|[א-ת]['׳]?|\\p{L}{3,12})(?![\\p{L}\\p{N}])[.:]?(?:\\s*[-–—:.]?\\s+(?=[\\p{Lu}\\p{Lo}“"«(])(.*)|$)`,
          'iu',
        ),
    ),
  },
  {
    may: /^[ivxlc\d]{1,7}\.\s/i,
    pattern: once(() => new RegExp(`^(?:[ivxlc]{1,7}|\\d{1,3})\\.\\s+${division}(?!\\p{L})(.{0,80})$`, 'iu')),
  },
  { may: /(?:BÖLÜM|KISIM)$/, pattern: once(() => /^\p{Lu}{4,12} (?:BÖLÜM|KISIM)$/u) },
  {
    may: /^第/,
    pattern: once(
      () =>
        /^第[\s\u00a0]*[0-9０-９〇零一二三四五六七八九十百]{1,4}[\s\u00a0]*[章节節編编部](?:[\s\u3000]+(\P{White_Space}.*))?$/u,
    ),
  },
  { may: /^제/, pattern: once(() => /^제[\s\u00a0]*\d{1,3}[\s\u00a0]*[장절편](?:[\s\u00a0]+(.*))?$/u) },
];

/** Whether the first word of a line is one of ASCII letters alone that names no division; a number is none. */
function beginsOtherwise(line: string): boolean {
  const word = /^[a-z]+(?=\s)|^\d/i.exec(line)?.[0];
  return word !== undefined && !divisionWords().has(word.toLowerCase());
}

/**
 * Whether a line is the head of a chapter or part: `CHAPTER II`, `Rozdział I`, `第一章　总则`, with a title behind it or
 * without. A sentence about one ("Part II of the Agreement …") goes on in lower case or ends with a full stop.
 */
export function isDivision(words: string): boolean {
  const plain = words.replace(/[*_#\\]/g, '').trim();
  if (plain.length > 120 || /[.;,]$/.test(plain.replace(/^\S+\s+\S+$/, ''))) return false;
  const patterns = beginsOtherwise(plain) ? divisionPatterns.slice(1) : divisionPatterns;
  return patterns.some(({ may, pattern }) => {
    const match = may.test(plain) ? pattern().exec(plain) : null;
    if (!match) return false;
    // An ordinal word is one, or stands in capitals: "Part Two", not "Part Time".
    const second = /^\p{L}+\s+(\p{L}{3,12})(?!\p{L})/u.exec(plain)?.[1];
    return (
      second === undefined ||
      romanValue(second) !== null ||
      ordinalValue(second) !== null ||
      /^(?:one|two|three|four|five|six|seven|eight|nine|ten)$/i.test(second) ||
      (plain === plain.toUpperCase() && plain !== plain.toLowerCase()) ||
      /^(?:الأول|الثاني|الثالث|الرابع|الخامس|السادس|اول|دوم|سوم|چهارم)$/u.test(second)
    );
  });
}

/** `（目的）` above an article: its caption. */
export const isCaption = (words: string): boolean => /^[(（][^()（）]{1,40}[)）]$/u.test(words);

/** A resolution's number alone on its line above the title: `73/8.`. */
export const isLoneNumber = (words: string): boolean => /^(?:[A-Z]{1,3}\/)?\d{1,4}\/\d{1,4}\.$/.test(words);

/** What the United Nations print above a resolution's title. */
export const adoptionLine =
  /^(?:Resolution|Decision)s? adopted (?:by|on|at)\b|^\[(?:without reference to|on the report of)\b|^Adopted by the .{3,60} at its\b/i;
