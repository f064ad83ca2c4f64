/** Metadata: date, language and what a masthead says; views of the text, each found where the text states it. */
import { controlAt } from '../characters.js';
import type { Block, Diagnostic, Document, Furniture } from '../document.js';
import { textOf } from '../document.js';
import { diagnose } from '../report.js';
import { findDate, findDates, type FoundDate } from './dates.js';
import { languageOf } from './language.js';
import { isDateline } from './openings.js';
import { namesBody } from './organisations.js';
import { isClosingFormula } from './closing.js';
import { spanOf, whereIs, type Sheet } from './sheet.js';
import type { FieldName, Sidecar } from './sidecar.js';
import type { TitleBlock } from './titles.js';
import { textOfUnit, type Unit } from './unit.js';

/** What a masthead says was adopted. */
export function adoptedIn(sheet: Sheet, block: TitleBlock): string {
  return block.mastheads.map((unit) => textOfUnit(sheet, unit)).join(' ');
}

/** Makes furniture of units. */
export function setAside(sheet: Sheet, units: readonly Unit[], reason: string): void {
  for (const { line, lastLine } of units)
    for (let index = line; index <= lastLine; index++)
      if (!sheet.furniture.has(index)) sheet.furniture.set(index, reason);
}

/** A masthead's date and organ are facts about the document. */
export function learnFrom(sheet: Sheet, unit: Unit): void {
  const { facts } = sheet;
  const words = textOfUnit(sheet, unit);
  const start = unit.stretches[0]?.start ?? 0;
  const span = spanOf(sheet, start, unit.stretches.at(-1)?.end ?? start);
  const date = findDate(words);
  if (date && !facts.has('date')) facts.set('date', { value: words.slice(date.start, date.end), span });
  else if (!date && !facts.has('issuer') && !words.startsWith('['))
    facts.set('issuer', { value: words.replace(/\s{2,}.*$/s, ''), span });
}

/** Enough words of some units to tell their language by. */
export function sampleOf(sheet: Sheet, units: readonly Unit[]): string {
  let words = '';
  for (const unit of units) {
    words += `${textOfUnit(sheet, unit)} `;
    if (words.length > 12_000) break;
  }
  return words;
}

/** Shorter texts are told with their titles; in longer ones a title may be in another language. */
const fewWords = 300;

/** The language of some units; says so where it is unsure. */
export function tellLanguage(sheet: Sheet, units: readonly Unit[], titles: readonly Unit[]): string {
  const own = sampleOf(sheet, units);
  const { language, doubtful } = languageOf(own.length < fewWords ? own + sampleOf(sheet, titles) : own);
  if (doubtful)
    sheet.diagnostics.push(
      diagnose(
        'language-unsure',
        language === 'und'
          ? 'The language could not be told.'
          : `The language seems to be “${language}”, but the text is short.`,
      ),
    );
  return language;
}

/** The date: of the date line, of front matter or masthead, else of the closing formula or the opening words. */
export function dateOf(
  sheet: Sheet,
  preface: readonly Block[],
  conclusions: readonly Block[],
  opening: Block | undefined,
): { date: string | null; datePrinted: string | null } {
  // `[Done at Minsk, 8 December 1991, and at Alma Ata, 21 December 1991]`: the last of the days on which it was done.
  for (const block of preface) {
    const words = 'content' in block ? textOf(block.content) : '';
    const last = findDates(words).reduce<FoundDate | null>(
      (latest, one) => (latest && latest.iso > one.iso ? latest : one),
      null,
    );
    if (!last || /^\d/.test(words)) continue;
    if (/^[\s[(]*(?:done|signed|adopted|concluded|fait|signé|adopté|hecho|geschehen)(?!\p{L})/iu.test(words))
      return { date: last.iso, datePrinted: words.slice(last.start, last.end) };
  }
  const wordsOf = (block: Block | undefined): string =>
    block && 'content' in block ? textOf(block.content) : '';
  const datelines = preface.filter((block) => block.type === 'docDate');
  // When the page was put up, or looked at, says less than any other date.
  const dateline =
    datelines.find((block) => !isPageStamp(wordsOf(block), block === preface[0])) ?? datelines[0];
  const stated = sheet.facts.get('date')?.value ?? '';
  const found =
    firstDateIn([wordsOf(dateline), stated, ...preface.map(wordsOf)]) ??
    firstDateIn(
      conclusions
        .map(wordsOf)
        .filter((words) => isClosingFormula(words) || (words.length < 60 && isDateline(words))),
    );
  if (found) return found;
  const inDateline = dateInOpening(wordsOf(opening));
  if (inDateline) return inDateline;
  // "… made and concluded at … on the 19th day of December, 1891, by and between …"
  const first = wordsOf(opening);
  const tells =
    /\b(?:made|done|signed|concluded|adopted|met|meeting|gathered|assembled|agreed|réunis|réunies|reunidos|versammelt|riuniti)(?!\p{L})/iu.test(
      first,
    );
  return (tells ? firstDateIn([first]) : null) ?? { date: null, datePrinted: null };
}

/** A date with the time of day, or with the day of the week where it stands above all else. */
const isPageStamp = (words: string, first: boolean): boolean =>
  /(?<!\d)\d{1,2}:\d{2}(?!\d)/.test(words) ||
  (first && /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/i.test(words));

/** `HAVEN, 2 December 2029 – The heads of delegation …`: place and date before a dash, as agencies begin. */
function dateInOpening(words: string): { date: string; datePrinted: string } | null {
  const start = words.slice(0, 100);
  if (!/[–—-]/.test(start)) return null;
  const date = findDate(start);
  if (!date || !/^\p{Lu}[\p{L}\s.'’-]{1,40}[\s,(]*$/u.test(start.slice(0, date.start))) return null;
  if (!/^\)?[\s\u00a0,.]*(?:[–—]|--?)[\s\u00a0]/.test(start.slice(date.end))) return null;
  return { date: date.iso, datePrinted: start.slice(date.start, date.end) };
}

function firstDateIn(places: readonly string[]): { date: string; datePrinted: string } | null {
  for (const words of places) {
    const found = findDate(words);
    if (found) return { date: found.iso, datePrinted: words.slice(found.start, found.end) };
  }
  return null;
}

/** Words before a date that are no place. */
const noPlace =
  /^(?:on|the|le|am|el|il|den|du|vom|as of|as at|dated?|datum|dato|fecha|data|дата|publi\p{L}*|veröffentlicht|опубликовано|updated|uppdaterad|adopted|issued|done|press|release|\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo)/iu;
/** The first day of several, before the last: `les 26 et` before `27 mai 2011`. */
const firstDay =
  /[\s\u00a0,]+(?:(?:du|les|vom|del?|from|dal|den|am)[\s\u00a0]+)?\d{1,2}\.?(?:er)?[\s\u00a0]*(?:[-–—]|and|et|und|y|e|to|au|al|bis|a)[\s\u00a0]*$/iu;
/** The place: as stated, as the date line bears it (`Canberra, 26 February 1980`), or as the closing formula does. */
export function placeOf(
  sheet: Sheet,
  preface: readonly Block[],
  conclusions: readonly Block[],
): string | null {
  const stated = sheet.facts.get('place')?.value ?? textOfAll(preface, 'place');
  if (stated !== '') return stated;
  for (const block of preface) {
    if (block.type !== 'docDate') continue;
    const words = textOf(block.content);
    if (isPageStamp(words, block === preface[0])) continue;
    const ahead = words.slice(0, findDate(words)?.start ?? 0);
    if (ahead === '' || /:\s*$|\s(?:z dnia|ze dne|zo dňa)\s*$/.test(ahead)) continue;
    const before = ahead
      .replace(firstDay, '')
      .replace(
        /^(?:signed|done|adopted|issued|adoptée?|fait|hecho|geschehen|gedaan) (?:at|in|à|en|zu|te) /iu,
        '',
      )
      .replace(/[\s,.:–—-]*(?:(?<!\p{L})(?:on|the|le|am|den|el|il|du|vom|op))?[\s,.:–—-]*$/u, '');
    if (/^\p{Lu}[\p{L}\s.'’,-]{2,40}$/u.test(before) && !noPlace.test(before) && !namesBody(before))
      return before;
  }
  for (const block of conclusions) {
    const words = 'content' in block ? textOf(block.content) : '';
    const place =
      /^(?:[Dd]one|DONE|[Ss]igned|SIGNED|[Aa]dopted|ADOPTED) (?:at|in) (\p{Lu}[\p{L}'’.-]+(?:[\s,]+\p{Lu}[\p{L}'’.-]+){0,3}?)(?=,? (?:on|this|the)\b|,|\.$)/u.exec(
        words,
      )?.[1];
    if (place !== undefined) return place;
  }
  return null;
}

/** The furniture in source order: whole lines, and scraps of lines. */
export function furnitureOf(sheet: Sheet): Furniture[] {
  const pieces = [...sheet.furniture].flatMap(([index, reason]) => {
    const line = sheet.lines[index];
    return line ? [{ reason, start: line.start, end: line.end }] : [];
  });
  return [...pieces, ...sheet.scraps]
    .sort((one, other) => one.start - other.start)
    .map(({ reason, start, end }) => ({
      reason,
      text: sheet.text.slice(start, end),
      source: spanOf(sheet, start, end),
    }));
}

/** Characters that no reader sees are kept, and told of: the first of each kind, and how many there are. */
export function reportCharacters(sheet: Sheet): void {
  const seen = new Map<string, { first: number; times: number }>();
  for (const { offset, name } of controlAt(sheet.text)) {
    const one = seen.get(name);
    if (one) one.times += 1;
    else seen.set(name, { first: offset, times: 1 });
  }
  for (const [name, { first, times }] of seen)
    sheet.diagnostics.push(
      diagnose(
        'character-control',
        times === 1
          ? `There is ${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name} in the text.`
          : `${name} stands ${times} times in the text, the first time here.`,
        whereIs(sheet, { start: first, end: first + 1 }),
      ),
    );
}

/** The words of all nodes of a type, in order. */
export const textOfAll = (blocks: readonly Block[], type: Block['type']): string =>
  blocks
    .flatMap((block) => (block.type === type && 'content' in block ? [textOf(block.content)] : []))
    .join(' ');

/** The document with the metadata that a person stated. A title that no line of the text bears is printed all the same. */
export function stated(document: Document, sidecar: Sidecar): Document {
  const fields = Object.fromEntries(sidecar.fields) as Partial<Record<FieldName, string | null>>;
  const { title } = fields;
  const hasTitle = document.preface.some((block) => block.type === 'docTitle');
  const untold = new Set(
    ['title-missing', 'date-missing', 'language-unsure'].filter(
      (_, at) => fields[(['title', 'date', 'language'] as const)[at] ?? 'title'] !== undefined,
    ),
  );
  const view: Block[] =
    typeof title === 'string' && !hasTitle
      ? [
          {
            type: 'docTitle',
            eId: 'docTitle_1',
            content: [{ type: 'text', value: title }],
            source: { start: 0, end: 0, line: 1, lastLine: 1 },
            leaves: [],
          },
        ]
      : [];
  return {
    ...document,
    ...fields,
    title: title === undefined ? document.title : (title ?? ''),
    language: fields.language ?? document.language,
    preface: [...view, ...document.preface],
    diagnostics: [
      ...document.diagnostics.filter(({ code }) => !untold.has(code)),
      ...statedOtherwise(document, sidecar),
    ],
  };
}

/** What the title block prints, by the key that a sidecar states it under. */
const printedAs = {
  title: ['docTitle', 'title'],
  subtitle: ['subtitle', 'subtitle'],
  datePrinted: ['docDate', 'printed date'],
  symbol: ['docNumber', 'symbol'],
  place: ['place', 'place'],
} as const satisfies Partial<Record<FieldName, readonly [Block['type'], string]>>;

/**
 * What a person states is metadata: the words of the text are printed as they stand. Says so of each thing that is
 * stated otherwise than the text, as it was read, prints it.
 */
export function statedOtherwise(document: Document, sidecar: Sidecar): Diagnostic[] {
  return (Object.keys(printedAs) as (keyof typeof printedAs)[]).flatMap((name) => {
    const given = sidecar.fields.get(name);
    const [type, what] = printedAs[name];
    const words = textOfAll(document.preface, type);
    if (given === undefined || words === '' || given === document[name]) return [];
    const told = given === null ? `no ${what}` : `the ${what} “${given}”`;
    const shown = words.length > 90 ? `${words.slice(0, 80)}…` : words;
    return diagnose(
      'stated-not-printed',
      `The sidecar states ${told}; the text has “${shown}”, which is printed as it stands, and what is stated is metadata alone.`,
    );
  });
}
