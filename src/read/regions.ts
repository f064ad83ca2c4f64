/**
 * Regions: preface, preamble, main body, conclusions and annexes, after Akoma Ntoso. Where the text doesn't say, it
 * is the main body.
 */
import { findDate } from './dates.js';
import { isClosingFormula } from './closing.js';
import { headingEnd, looksLikeHeading } from './headings.js';
import { isDateline } from './openings.js';
import { isContentsLine } from './evidence.js';
import { between, type Sheet } from './sheet.js';
import { documentTypeOf } from './titles.js';
import { ownWords, textOfUnit, type Unit } from './units.js';
import { isEnacting, recitalVerb } from './verbs.js';

/** An annex, or a further instrument in the same file. */
export interface PartUnits {
  readonly kind: 'annex' | 'instrument';
  readonly heading: Unit;
  readonly preamble: readonly Unit[];
  readonly body: readonly Unit[];
  readonly conclusions: readonly Unit[];
}

export interface Regions {
  readonly preamble: readonly Unit[];
  readonly body: readonly Unit[];
  readonly conclusions: readonly Unit[];
  readonly parts: readonly PartUnits[];
}

/** Divides the units behind the title block. */
export function regionsOf(sheet: Sheet, units: readonly Unit[]): Regions {
  const parts: { kind: 'annex' | 'instrument'; heading: Unit; units: Unit[] }[] = [];
  const main: Unit[] = [];
  const counted = countedResolutions(sheet, units);
  let closed = false;
  for (const [index, unit] of units.entries()) {
    if (counted.has(unit)) {
      parts.push({ kind: 'instrument', heading: unit, units: [] });
      closed = false;
      continue;
    }
    const annex = isAnnexHeading(sheet, units, index) && !isInAnnexList(sheet, units, index);
    if (annex || (closed && isInstrumentTitle(sheet, unit))) {
      parts.push({ kind: annex ? 'annex' : 'instrument', heading: unit, units: [] });
      closed = false;
      continue;
    }
    if (closesText(sheet, unit)) closed = true;
    // Behind its closing formula a text has names and dates; a numbered paragraph shows that it went on.
    else if (unit.label !== null) closed = false;
    (parts.at(-1)?.units ?? main).push(unit);
  }
  return {
    ...divided(sheet, main),
    parts: parts.map(({ kind, heading, units: own }) => ({ kind, heading, ...divided(sheet, own) })),
  };
}

function divided(sheet: Sheet, units: readonly Unit[]): Omit<Regions, 'parts'> {
  const opening = preambleEnd(sheet, units);
  const closing = conclusionsStart(sheet, units, opening);
  return {
    preamble: units.slice(0, opening),
    body: units.slice(opening, closing),
    conclusions: units.slice(closing),
  };
}

/** The closing formula, or a line of place and date alone. */
function closesText(sheet: Sheet, unit: Unit): boolean {
  if (unit.label !== null || unit.bullet !== null) return false;
  const words = textOfUnit(sheet, unit);
  return isClosingFormula(words) || (words.length < 60 && findDate(words) !== null && !/[.;:,]$/.test(words));
}

/** A title behind a closed text: a heading that names a kind of document. */
function isInstrumentTitle(sheet: Sheet, unit: Unit): boolean {
  if (unit.label !== null || unit.bullet !== null) return false;
  const words = ownWords(sheet, unit);
  if (documentTypeOf(words) === null) return false;
  return (
    unit.hashes !== null || looksLikeHeading(sheet, unit, words) || isNamedInCapitals(sheet, unit, words)
  );
}

/** `PROTOCOL` on a line of its own, above `to the Agreement on the Keeping of Lamps`. */
function isNamedInCapitals(sheet: Sheet, { stretches, apart }: Unit, words: string): boolean {
  const [first] = stretches;
  if (!first || !apart || stretches.length < 2 || stretches.length > 4 || /[.;:,]$/.test(words)) return false;
  const name = sheet.text.slice(first.start, first.end);
  return name.length <= 40 && /^[\p{Lu}\s\u00a0]+$/u.test(name) && documentTypeOf(name) !== null;
}

/** `RESOLUTION NO. 2/43-POL`: the word, the number that counts, and what stays the same around it. */
const resolutionHead =
  /^[#*_ ]*(resolution|decision|résolution|décision|resolución|decisión)([ \u00a0]+(?:no?[.°º][ \u00a0]*)?(?:[A-Z]{1,6}[/-])?)(\d{1,4})([/-][^ ]{1,20})?(?= |[*_]*$)/i;

/**
 * Resolutions one behind another without closing formulas: heads of the same form, the first of them the title or the
 * first such head, whose numbers count on by one, each of them above a recital.
 */
function countedResolutions(sheet: Sheet, units: readonly Unit[]): ReadonlySet<Unit> {
  const found = new Set<Unit>();
  const first = sheet.lines
    .slice(0, units[0]?.line ?? 0)
    .map(({ start, end }) => sheet.text.slice(start, end));
  let last: { readonly form: string; readonly number: number; readonly unit: Unit | null } | null = null;
  const read = (words: string) => {
    const match = resolutionHead.exec(words);
    return match
      ? { form: `${match[1] ?? ''}${match[2] ?? ''}#${match[4] ?? ''}`, number: Number(match[3]) }
      : null;
  };
  for (const line of first) {
    const head = read(line.trim());
    if (head && !last) last = { ...head, unit: null };
  }
  for (const [index, unit] of units.entries()) {
    if (unit.label !== null || unit.bullet !== null || !unit.apart) continue;
    const words = ownWords(sheet, unit);
    const head = read(words);
    if (!head || !(unit.hashes !== null || looksLikeHeading(sheet, unit, words))) continue;
    if (!hasRecitalBelow(sheet, units, index)) continue;
    if (last?.form === head.form && head.number === last.number + 1) {
      if (last.unit) found.add(last.unit);
      found.add(unit);
    } else if (last) continue;
    last = { ...head, unit };
  }
  return found;
}

/** Whether a recital stands among the next units, before anything that is numbered. */
function hasRecitalBelow(sheet: Sheet, units: readonly Unit[], index: number): boolean {
  for (const unit of units.slice(index + 1, index + 5)) {
    if (unit.label !== null || unit.bullet !== null) return false;
    const words = ownWords(sheet, unit);
    if (/[,;]["”’»*_]*$/.test(words) && recitalVerb(words) !== null) return true;
  }
  return false;
}

// ------------------------------------------------------------------------------------------------ annexes

const annexWords =
  /^[\s#*_]*(?:annex(?:e|es|ure)?|appendix|anlage|anhang|anexo|allegato|bijlage|приложение|załącznik|bilaga|bilag|liite|附件|附录|附錄|別紙|المرفق|مرفق|ملحق|الملحق|додаток|прилог|příloha|príloha|priloga|παράρτημα|ek|lampiran|phụ lục|별표|부속서|附属書|附表|apéndice|apêndice|attachment|enclosure|schedule|pièce jointe)(?:[\s\u00a0]+(?:[IVXLC]+|\d{1,3}|[A-Z]|[一二三四五六七八九十]+))?(?:[\s.:–—*_-]|$)/iu;

function isAnnexHeading(sheet: Sheet, units: readonly Unit[], index: number): boolean {
  const unit = units[index];
  if (!unit || unit.label !== null || unit.bullet !== null) return false;
  const words = ownWords(sheet, unit);
  if (!annexWords.test(words) || isContentsLine(words)) return false;
  // Words of many uses head an annex only by themselves, or with its number.
  if (/^[\s#*_]*(?:ek|attachment|enclosure|schedule)(?!\p{L})/iu.test(words))
    return /^\P{L}*\p{L}+(?:[\s\u00a0]+(?:[IVXLC]+|\d{1,3}|[A-Z]))?\P{L}*$/u.test(words);
  if (unit.hashes !== null || looksLikeHeading(sheet, unit, words)) return true;
  return unit.apart && words.length <= 140 && headingEnd.test(words);
}

/** A list of annexes ("Annex 1: …" under "Annex 2: …") is none: something must stand in an annex. */
function isInAnnexList(sheet: Sheet, units: readonly Unit[], index: number): boolean {
  const here = units[index];
  const next = units[index + 1];
  if (!here) return false;
  if (next && isAnnexHeading(sheet, units, index + 1)) return next.line - here.lastLine <= 2;
  const before = units[index - 1];
  return before !== undefined && isAnnexHeading(sheet, units, index - 1) && here.line - before.lastLine === 1;
}

// ------------------------------------------------------------------------------------------------ preamble

/** How many of the first units are the preamble: up to the last recital or the enacting words. */
function preambleEnd(sheet: Sheet, units: readonly Unit[]): number {
  let end = 0;
  let recitals = 0;
  for (const [index, unit] of units.entries()) {
    const words = ownWords(sheet, unit);
    const recital =
      (recitals > 0
        ? /[,;.，；。、،؛]["”’»*_\s\d⁰¹²³⁴⁵⁶⁷⁸⁹[\]()]*$/u
        : /[,;，；、،؛]["”’»*_\s\d⁰¹²³⁴⁵⁶⁷⁸⁹[\]()]*$/u
      ).test(words) && recitalVerb(words) !== null;
    if (recital) {
      recitals += 1;
      end = index + 1;
    } else if (
      isEnacting(words) &&
      unit.label === null &&
      (recitals > 0 || (index < 8 && /:[*_\s]*$/.test(words)))
    )
      return index + 1;
    // Numbered recitals are recitals; anything else that is numbered begins the text proper.
    else if (unit.label !== null || (recitals > 0 && index > end + 1)) break;
    else if (recitals === 0 && index > 8) break;
  }
  return recitals > 0 ? end : 0;
}

// ------------------------------------------------------------------------------------------------ conclusions

/** `Salt Harbour, 3 May 2018.` under the text. */
const isDateAlone = (words: string): boolean => words.length < 60 && isDateline(words);

/**
 * The index of the closing formula behind which no numbered paragraph stands, or of a date above nothing but names; or
 * the length.
 */
function conclusionsStart(sheet: Sheet, units: readonly Unit[], from: number): number {
  let start = units.length;
  let names = true;
  for (let index = units.length - 1; index >= from; index--) {
    const unit = units[index];
    if (!unit || unit.label !== null || unit.bullet !== null) break;
    const words = textOfUnit(sheet, unit);
    if (isClosingFormula(words)) start = index;
    else if (index < start - 1 && start < units.length) break;
    else if (names && index > from && index + 1 < start && isDateAlone(words)) start = index;
    else if (!isSignatureLine(sheet, unit)) {
      names = false;
      if (words.length > 700) break;
    }
  }
  // A date alone under the text closes it, too.
  const last = units.at(-1);
  const dated =
    start === units.length && start > from && last?.label === null && isDateAlone(textOfUnit(sheet, last));
  return dated ? start - 1 : start;
}

// ------------------------------------------------------------------------------------------------ signatures

/** Whether a line of a signature block begins with for whom it is signed. */
export const namesParty = (words: string): boolean =>
  /^(?:for|on behalf of|for and on behalf of|pour|für|voor|por|pel[oa]s?|per|за|za|w imieniu|pentru|in the name of|witnessed by)(?!\p{L})/iu.test(
    words,
  );

/** What forms for signatures ask for. */
const signatureField = /^(?:date|name|title|place|signature|signed|by|datum|ort|fecha|nom|lieu)[\s\u00a0]?:/i;

/** Lines of names and offices: short, without the end of a sentence. */
export function isSignatureLine(sheet: Sheet, unit: Unit): boolean {
  if (unit.label !== null || unit.bullet !== null || unit.hashes !== null) return false;
  const words = textOfUnit(sheet, unit);
  const party = namesParty(words) && words.length < 160;
  const perLine = words.length / Math.max(1, unit.stretches.length);
  return (
    perLine <= 110 &&
    (party || !/[;:]$/.test(words) || signatureField.test(words)) &&
    !isClosingFormula(words) &&
    !(/\.$/.test(words) && words.length > 60)
  );
}

/** Whether two units stand close together: one signature block. */
export function isSameBlock(sheet: Sheet, one: Unit, other: Unit): boolean {
  return between(sheet, one.lastLine, other.line) === 'line';
}
