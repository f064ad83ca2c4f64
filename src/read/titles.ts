/** The title block: which of the first units are title, subtitle, date, place and symbol. */
import { findDate } from './dates.js';
import {
  adoptionLine,
  isCaption,
  isDateline,
  isDivision,
  isLoneNumber,
  isOpening,
  isOrgan,
  plainWords as plain,
} from './openings.js';
import { documentTypeOf } from './document-types.js';
import { once } from './once.js';
import { isOrganisation, namesBody } from './organisations.js';
import { between, type Sheet } from './sheet.js';
import { textOfUnit, type Unit } from './unit.js';

export type TitleKind = 'docTitle' | 'subtitle' | 'docDate' | 'docNumber' | 'place' | 'paragraph';

export interface TitleUnit {
  readonly kind: TitleKind;
  readonly unit: Unit;
}

/** How many units may stand in a title block, and how long one may be. */
const most = 10;
const longest = 260;

/** A resolution's number before its title: `73/8.`. */
const resolutionNumber = /^(?:[A-Z]{1,3}\/)?\d{1,4}\/\d{1,4}\.?(?:[\s\u00a0]+(?=\S)|$)/;

export interface TitleBlock {
  readonly parts: readonly TitleUnit[];
  /** How many of the first units it takes; the text proper begins behind them. */
  readonly taken: number;
  /** Units before the title that only announce it ("The text of the following declaration was released by …"). */
  readonly announcements: readonly Unit[];
  /** Lines of a masthead above the title: organ, session, the formula of adoption. */
  readonly mastheads: readonly Unit[];
  /** Further copies of the title. */
  readonly repeated: readonly Unit[];
}

/** The title block: the short units before the text proper. */
export function titleBlockOf(sheet: Sheet, units: readonly Unit[]): TitleBlock {
  const announced = announcementsBefore(sheet, units);
  const block: Unit[] = [];
  for (const [at, unit] of units.slice(announced, announced + most).entries()) {
    if (at === 0 && isReference(sheet, unit, units[announced + 1])) {
      block.push(unit);
      continue;
    }
    const next = units[announced + at + 1];
    if (!(at === 0 && isDatedSentence(sheet, unit, next)) && !fitsTitleBlock(sheet, unit)) break;
    if (isSection(sheet, block, unit, units)) break;
    block.push(unit);
  }
  const kinds = block.map((unit, at): TitleKind | null =>
    at === 0 && isReference(sheet, unit, block[1]) ? 'paragraph' : kindByItself(sheet, unit),
  );
  const title = titleAmong(sheet, block, kinds);
  for (const [index, kind] of kinds.entries())
    if (kind === null && index !== title && isPlaceBeside(sheet, block, kinds, index)) kinds[index] = 'place';
  const titled = block[title];
  const titleWords = titled ? squash(textOfUnit(sheet, titled)) : '';
  const isPageTitled = isPageTitle(block.map((unit) => textOfUnit(sheet, unit)));
  const repeated = block.filter(
    (unit, index) =>
      (index === 0 && isPageTitled) ||
      (index > title && titleWords !== '' && squash(textOfUnit(sheet, unit)) === titleWords),
  );
  const mastheads = block.filter(
    (unit, index) => index < title && kinds[index] === null && isMasthead(textOfUnit(sheet, unit)),
  );
  const parts = block.flatMap((unit, index): TitleUnit[] => {
    const kind = kinds[index];
    if (mastheads.includes(unit) || repeated.includes(unit)) return [];
    if (kind) return [{ kind, unit }];
    if (index === title) return dividedTitle(sheet, unit);
    // `I` below a title numbers the letter or section that begins.
    const isNumber = /^[IVX]{1,4}\.?$/.test(textOfUnit(sheet, unit));
    if (
      index === title - 1 &&
      titled &&
      isOneInCapitals(sheet, unit, titled) &&
      events().test(textOfUnit(sheet, unit))
    )
      return [{ kind: 'subtitle', unit }];
    return [{ kind: index > title && title >= 0 && !isNumber ? 'subtitle' : 'paragraph', unit }];
  });
  return {
    parts,
    taken: announced + block.length,
    announcements: units.slice(0, announced),
    mastheads,
    repeated,
  };
}

/** What meets is named above a title as its organ; a meeting of it belongs to the title. */
const events = once(
  () =>
    /(?<!\p{L})(?:meeting|session|summit|round|talks|consultations|visit|dialogue|réunion|sommet|rencontre|reunión|cumbre|sesión|treffen|gipfel\p{L}*|tagung|sitzung|riunione|vertice|incontro|reunião|cimeira|cúpula|встреча|саммит|сессия|совещание)(?!\p{L})/iu,
);

/** `THIRD MEETING OF MINISTERS` ⏎ `JOINT STATEMENT`: lines in capitals right below each other, of one title page. */
export function isOneInCapitals(sheet: Sheet, above: Unit, below: Unit): boolean {
  if (below.label !== null || below.bullet !== null || between(sheet, above.lastLine, below.line) !== 'line')
    return false;
  return [above, below].every((unit) => {
    const words = textOfUnit(sheet, unit);
    return /\p{Lu}{4}/u.test(words) && !/\p{Ll}|[.;:,]$/u.test(words) && words.length <= longest;
  });
}

/** `No. 143, 7 April 2011, on the statement of the ports.`: a sentence above a title that only names the document. */
function isReference(sheet: Sheet, unit: Unit, next: Unit | undefined): boolean {
  if (!next || unit.label !== null || unit.bullet !== null || next.label !== null) return false;
  const words = textOfUnit(sheet, unit);
  if (
    !words.endsWith('.') ||
    words.length > 160 ||
    findDate(words) === null ||
    !/\d/.test(words.slice(0, 16))
  )
    return false;
  const below = textOfUnit(sheet, next);
  return fitsTitleBlock(sheet, next) && (documentTypeOf(below) !== null || /^\P{Ll}+$/u.test(below));
}

/**
 * `Declaration of the ferrymen of Sund, on the lamps, Holm, 5 May 1990.`: a title that an archive has closed with a stop.
 * It begins with the kind of document, names its date, and stands apart.
 */
function isDatedSentence(sheet: Sheet, unit: Unit, next: Unit | undefined): boolean {
  if (!unit.apart || !next?.apart || unit.label !== null || unit.bullet !== null) return false;
  const words = textOfUnit(sheet, unit);
  return (
    words.length <= longest &&
    words.endsWith('.') &&
    !/[.!?;] /.test(words.replace(/(?<!\p{L})\p{L}{1,3}\. /gu, '')) &&
    documentTypeOf(/^\P{White_Space}+/u.exec(words)?.[0] ?? '') !== null &&
    findDate(words) !== null
  );
}

/** A line of a place and its country beside a line that is a date and nothing else: `Haven, Northland`. */
function isPlaceBeside(
  sheet: Sheet,
  block: readonly Unit[],
  kinds: readonly (TitleKind | null)[],
  index: number,
): boolean {
  const unit = block[index];
  if (!unit || unit.hashes !== null || unit.stretches.length > 1) return false;
  const words = textOfUnit(sheet, unit);
  if (words.length > 45 || !/, | \(/.test(words) || !placeAndCountry().test(words) || namesBody(words))
    return false;
  if (documentTypeOf(words) !== null) return false;
  return [index - 1, index + 1].some((beside) => {
    const other = block[beside];
    if (!other || kinds[beside] !== 'docDate') return false;
    const dated = plain(textOfUnit(sheet, other));
    const date = findDate(dated);
    return date !== null && date.end - date.start >= dated.length - 4;
  });
}

const placeAndCountry = once(
  () =>
    /^\p{Lu}[\p{L}.'’-]*(?: (?:de|da|do|del|la|le|of|and|\p{Lu}[\p{L}.'’-]*))*(?:, \p{Lu}[\p{L}.'’-]*(?: (?:de|da|do|of|and|the|\p{Lu}[\p{L}.'’-]*))*| \(\p{Lu}[\p{L}.'’ -]*\))$/u,
);

/** A heading below the title: of a deeper level in Markdown, or on one line with the label that follows it. */
function isSection(sheet: Sheet, block: readonly Unit[], unit: Unit, units: readonly Unit[]): boolean {
  const next = units[units.indexOf(unit) + 1];
  if (next?.label && next.line === unit.line) return true;
  if (block.length > 0 && next?.label?.reading.family === 'article' && isCaption(textOfUnit(sheet, unit)))
    return true;
  const title = block.find((one) => one.hashes !== null);
  const level = (one: Unit): number => (one.hashes ? one.hashes.end - one.hashes.start : 0);
  return title !== undefined && level(unit) > level(title) && next?.label?.depth === 0;
}

const announcement =
  /^(?:for immediate release|the (?:full )?text of the following|(?:the )?following (?:is|are) the (?:full )?text|below is the (?:full )?text|the following .{3,60} (?:was|were) (?:released|issued|adopted|made public))\b|\b(?:was|were) (?:released|issued) by\b/i;

/** Whether a line above the title is the masthead's. */
const isMasthead = (words: string): boolean => isOrganisation(words) || adoptionLine.test(words);

/** The title of a web page: its own words and the site's, with the document's title among them, which stands below. */
function isPageTitle([first = '', ...others]: readonly string[]): boolean {
  if (!/[\s\u00a0][|–—-][\s\u00a0]/.test(first)) return false;
  const letters = squash(first);
  return others.some((one) => {
    const own = squash(one);
    return own.length >= leastTitle && own.length < letters.length && letters.includes(own);
  });
}

/** The least letters of a title that a page's title repeats. */
const leastTitle = 14;

/** How many of the first units only announce a title that front matter states, and that stands behind them. */
function announcementsBefore(sheet: Sheet, units: readonly Unit[]): number {
  const stated = sheet.facts.get('title');
  if (!stated) return 0;
  const at = units.slice(0, 6).findIndex((unit) => squash(textOfUnit(sheet, unit)) === squash(stated.value));
  const before = units.slice(0, Math.max(0, at));
  return before.every((unit) => announcement.test(textOfUnit(sheet, unit))) ? before.length : 0;
}

/**
 * A title that shares its line: a resolution's number stands before it (`73/8.      Necessity of …`), or front
 * matter says that it is only the beginning (`Draft Declaration PREPARED BY …`).
 */
function dividedTitle(sheet: Sheet, unit: Unit): TitleUnit[] {
  const [first, ...others] = unit.stretches;
  if (!first) return [];
  const words = sheet.text.slice(first.start, first.end);
  const number = resolutionNumber.exec(words)?.[0];
  if (number !== undefined && number.length < words.length)
    return [
      {
        kind: 'docNumber',
        unit: {
          ...unit,
          hashes: null,
          stretches: [{ start: first.start, end: first.start + number.trimEnd().length }],
        },
      },
      {
        kind: 'docTitle',
        unit: { ...unit, stretches: [{ start: first.start + number.length, end: first.end }, ...others] },
      },
    ];
  const stated = sheet.facts.get('title')?.value;
  if (
    stated !== undefined &&
    words.length > stated.length &&
    words.toLowerCase().startsWith(`${stated.toLowerCase()} `)
  ) {
    const from = first.start + stated.length;
    return [
      { kind: 'docTitle', unit: { ...unit, stretches: [{ start: first.start, end: from }] } },
      {
        kind: 'subtitle',
        unit: { ...unit, hashes: null, stretches: [{ start: from + 1, end: first.end }, ...others] },
      },
    ];
  }
  return [{ kind: 'docTitle', unit }];
}

const squash = (words: string) =>
  plain(words)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** A sentence with a call after its stop: `We met in Haven.1` */
const endsInCalledSentence = /\p{Ll}["”’»)]?[.;:,]["”’»)]?\s?(?:[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\[\d{1,3}\])$/u;

/** A title with a number, whose stop is that of an abbreviation: `Final communiqué No. 1`. */
const endsInNumber =
  /(?<!\p{L})(?:nos?|nr|núm|num|nro|rev|add|corr|vol|dec|res|bd|tom|št|čís|č|sz)\.[\s\u00a0]?\d{1,3}$/iu;

/** `… of the U.S.`, or all in capitals; a sentence may end in a name such as `called HARBOUR.` */
const endsInAbbreviation = (words: string): boolean =>
  words.endsWith('.') &&
  /\p{Lu}\.$/u.test(words) &&
  (/(?<!\p{L})\p{Lu}\.$/u.test(words) || !/\p{Ll}/u.test(words));

function fitsTitleBlock(sheet: Sheet, unit: Unit): boolean {
  const words = textOfUnit(sheet, unit);
  if (unit.label !== null || unit.bullet !== null) return false;
  if (words.length > longest || isOpening(words) || isDivision(words)) return false;
  // The organ that speaks; without an article or a comma it is the masthead's.
  if (isOrgan(words) && /^(?:the|l['’]|la|le|der|die|el)\b|,$/i.test(words)) return false;
  // The first section of the text.
  if (/^I\.[\s\u00a0]+\S/.test(words)) return false;
  if (isDateline(words) || isLoneNumber(words)) return true;
  if (/[\d⁰¹²³⁴⁵⁶⁷⁸⁹\]]$/.test(words) && endsInCalledSentence.test(words) && !endsInNumber.test(words))
    return false;
  // `Die Regierung … -`: the recitals follow.
  if (/[\s\u00a0][-–—]$/.test(words)) return false;
  // `MINISTERIAL DECLARATION ON THE PROCESS:`, its second part below.
  if (words.endsWith(':') && !/\p{Ll}/u.test(words) && documentTypeOf(words) !== null) return true;
  return !/[.;:,،؛。、；：，][-–—]?["”’»)*_]*$/u.test(words) || endsInAbbreviation(words);
}

const symbol =
  /^(?:[A-Z]{1,6}(?:\/[A-Z0-9][A-Z0-9.-]*)+(?:[\s\u00a0]?\(\d{4}\))?|Press release[\s\u00a0]*(?:No\.?[\s\u00a0]*)?(?:\(\d{4}\)[\s\u00a0]*\d+|\d+(?:\/\d+)?)|[A-Z]{2,8}[\s\u00a0]\d{1,4}\/\d{2,4}|[A-Z]{1,4}[\s-]?\(\d{2,4}\)[\s\u00a0]?\d{1,4})$/i;

/**
 * Whether some words are a document's symbol: short, with a number, their parts set together by strokes, dots and
 * brackets (`Assembly/AU/Dec.1(I)`, `AG/RES. 1234 (XX-O/90)`, `MC.DEC/9/17`, `CM/Rec(2010)5`).
 */
export function isSymbol(words: string): boolean {
  if (symbol.test(words)) return true;
  if (words.length > 44 || !/\d/.test(words) || !/\p{Lu}[\p{L}.]*\//u.test(words)) return false;
  const [first = '', ...others] = words.split(/[\s\u00a0]+/);
  return (
    others.length <= 3 &&
    /^\p{Lu}[\p{L}\d]*(?:[./()-]{1,2}[\p{L}\d]*)+$/u.test(first) &&
    others.every((one) => /^[\d(][\p{L}\d./()-]*$|^(?:Rev|Add|Corr)\.?\d*$|^N[°º.o]+$/iu.test(one))
  );
}

/** Whether a line with a date begins with what kind of document it is. */
function namesDocument(words: string): boolean {
  const date = findDate(words);
  if (!date || date.start < 4) return false;
  const before = words.slice(0, date.start);
  return (
    /^\p{L}/u.test(words) &&
    !/^(?:adopted|issued|done|signed|declaration issued)(?!\p{L})/iu.test(before) &&
    (documentTypeOf(before) !== null || laws.test(before))
  );
}

const laws =
  /^(?:ustawa|uchwała|rozporządzenie|zákon|nařízení|vyhláška|törvény|gesetz|verordnung|loi|décret|arrêté|ley|decreto|lei|legge|law|act|закон|указ|постановление|наказ)(?!\p{L})/iu;

function kindByItself(sheet: Sheet, unit: Unit): TitleKind | null {
  const words = plain(textOfUnit(sheet, unit));
  // `Joint statement, 5 May 2015`: the date is a part of the title.
  if (isDateline(words) && !namesDocument(words)) return 'docDate';
  if (isSymbol(words) || isLoneNumber(textOfUnit(sheet, unit))) return 'docNumber';
  return null;
}

/**
 * The index of the title: the unit that says what front matter says, else one with a resolution's number, else a
 * Markdown heading, else the first that names a kind of document, else the first that is free.
 */
function titleAmong(sheet: Sheet, block: readonly Unit[], kinds: readonly (TitleKind | null)[]): number {
  const words = block.map((unit) => textOfUnit(sheet, unit));
  const find = (fits: (words: string, index: number) => boolean): number =>
    words.findIndex(
      (one, index) =>
        kinds[index] === null &&
        !isOrganisation(one) &&
        !(index === 0 && isPageTitle(words)) &&
        fits(one, index),
    );
  const stated = sheet.facts.get('title');
  const tests = [
    (one: string) =>
      stated !== undefined &&
      (squash(one) === squash(stated.value) ||
        one.toLowerCase().startsWith(`${stated.value.toLowerCase()} `)),
    (one: string) => resolutionNumber.test(one) && /\p{L}{3}/u.test(one),
    (_: string, index: number) => isLoneNumber(words[index - 1] ?? ''),
    (_: string, index: number) => block[index]?.hashes !== null,
    (one: string) => documentTypeOf(one) !== null && !/^\[/.test(one),
    () => true,
  ];
  for (const test of tests) {
    const found = find(test);
    if (found >= 0) return found;
  }
  return kinds.indexOf(null);
}
