/** The title block: which of the first units are title, subtitle, date, place and symbol. */
import { findDate } from './dates.js';
import { look } from './labels.js';
import { textOfUnit } from './outline.js';
import type { Sheet } from './sheet.js';
import type { Unit } from './units.js';

export type TitleKind = 'docTitle' | 'subtitle' | 'docDate' | 'docNumber' | 'place' | 'paragraph';

export interface TitleUnit {
  readonly kind: TitleKind;
  readonly unit: Unit;
}

/** Headings that begin a text and are never its title. */
const openings = new Set(
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
    '序言',
    '前言',
    'ديباجة',
    'المقدمة',
  ].map(look),
);

/** How many units may stand in a title block, and how long one may be. */
const most = 10;
const longest = 260;

/** The units of the title block, in order; the text proper begins behind them. */
export function titleBlockOf(sheet: Sheet, units: readonly Unit[]): TitleUnit[] {
  const block: Unit[] = [];
  for (const unit of units.slice(0, most)) {
    if (!fitsTitleBlock(sheet, unit)) break;
    block.push(unit);
  }
  const kinds = block.map((unit) => kindByItself(sheet, unit));
  const title = titleAmong(sheet, block, kinds);
  return block.map((unit, index) => ({
    unit,
    kind:
      kinds[index] ?? (index === title ? 'docTitle' : title >= 0 && index > title ? 'subtitle' : 'paragraph'),
  }));
}

function fitsTitleBlock(sheet: Sheet, unit: Unit): boolean {
  if (unit.label !== null || unit.bullet !== null) return false;
  const words = textOfUnit(sheet, unit);
  if (words.length > longest || openings.has(look(plain(words)))) return false;
  if (isDateline(words)) return true;
  return !/[.;:,،؛。；：，]["”’»)*_]*$/u.test(words) || (/\.$/.test(words) && /\p{Lu}\.$/u.test(words));
}

const plain = (words: string): string =>
  words
    .replace(/[*_#\\]/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/[\s.:]+$/, '')
    .trim();

const symbol =
  /^(?:[A-Z]{1,6}(?:\/[A-Z0-9][A-Z0-9.-]*)+(?:[\s\u00a0]?\(\d{4}\))?|Press release[\s\u00a0]*\(\d{4}\)[\s\u00a0]*\d+|[A-Z]{2,8}[\s\u00a0]\d{1,4}\/\d{2,4}|[A-Z]{1,4}[\s-]?\(\d{2,4}\)[\s\u00a0]?\d{1,4})$/i;

/** `7 Dec. 2007`, `Canberra, 26 February 1980`: a date with at most a place before it. */
function isDateline(words: string): boolean {
  const date = findDate(words);
  if (!date) return false;
  const rest = plain(words.slice(0, date.start) + words.slice(date.end)).replace(
    /^(?:on|le|am|el|il|on the|date|dated)\b:?/i,
    '',
  );
  return (
    rest.length <= 40 &&
    !/\p{Ll}{2,}[\s\u00a0]+\p{Ll}{3,}/u.test(rest.replace(/\b(?:the|of|de|la|le|in|at|à|den|do)\b/gi, ''))
  );
}

function kindByItself(sheet: Sheet, unit: Unit): TitleKind | null {
  const words = plain(textOfUnit(sheet, unit));
  if (isDateline(words)) return 'docDate';
  if (symbol.test(words)) return 'docNumber';
  return null;
}

/** The index of the title: the one that says what front matter says, else a Markdown heading, else the first that is free. */
function titleAmong(sheet: Sheet, block: readonly Unit[], kinds: readonly (TitleKind | null)[]): number {
  const stated = sheet.facts.get('title');
  const squash = (words: string) =>
    plain(words)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '');
  if (stated) {
    const same = block.findIndex((unit) => squash(textOfUnit(sheet, unit)) === squash(stated.value));
    if (same >= 0) return same;
  }
  const marked = block.findIndex((unit, index) => unit.hashes !== null && kinds[index] === null);
  if (marked >= 0) return marked;
  return block.findIndex((_, index) => kinds[index] === null);
}

/** The kinds of documents by the words of their titles, the more telling first. */
const types: readonly (readonly [string, RegExp])[] = [
  ['communique', /communiqu|kommuniqu|comunicado|comunicato|коммюнике|公报|公報|البيان الختامي/iu],
  [
    'declaration',
    /d[ée]clara[tcç]|erkl[äa]rung|dichiarazione|verklaring|deklara|декларац|nyilatkozat|宣言|إعلان|διακήρυξη/iu,
  ],
  ['resolution', /r[ée]solu[tcç]|resolution|risoluzione|entschließung|резолюц|决议|決議|قرار/iu],
  ['treaty', /treaty|traité|tratado|trattato|vertrag|verdrag|договор|条约|條約|معاهدة/iu],
  ['convention', /convention|convenci[óo]n|convenzione|übereinkommen|конвенц|公约|公約|اتفاقية/iu],
  ['protocol', /protocol|protocole|protokoll|протокол|议定书|بروتوكول/iu],
  ['charter', /charter|charte|carta\b|устав|хартия|宪章|ميثاق/iu],
  ['agreement', /agreement|accord|acuerdo|accordo|abkommen|overeenkomst|соглашени|协定|協定|اتفاق/iu],
  ['statement', /statement|énoncé|declaración conjunta|stellungnahme|заявлени|声明|聲明|بيان/iu],
  ['conclusions', /conclusions|schlussfolgerungen|conclusioni|conclusiones|выводы/iu],
  ['decision', /decision|décision|decisi[óo]n|beschluss|решени|决定|決定/iu],
];

/** What kind of document some title names, or null. */
export function documentTypeOf(title: string): string | null {
  return types.find(([, pattern]) => pattern.test(title))?.[0] ?? null;
}
