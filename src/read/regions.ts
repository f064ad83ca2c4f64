/**
 * Regions: preface, preamble, main body, conclusions and annexes, after Akoma Ntoso. Where the text doesn't say, it
 * is the main body.
 */
import { isClosingFormula } from './closing.js';
import { headingEnd, looksLikeHeading } from './headings.js';
import { isDateline, isDivision, isOpening, isOrgan } from './openings.js';
import { isContentsLine } from './evidence.js';
import {
  closureBehind,
  countedResolutions,
  isInstrumentTitle,
  isSigned,
  type Closure,
} from './instruments.js';
import { isRunningText } from './running-text.js';
import { lettersAmong } from './letters.js';
import { diagnose } from '../report.js';
import { whereIs, type Sheet } from './sheet.js';
import { isSignatureLine } from './signatures.js';
import { isTitleBelowSymbol, symbolHeads } from './symbol-heads.js';
import { isOneInCapitals } from './titles.js';
import { ownWords, textOfUnit, type Unit } from './unit.js';
import { isEnacting, recitalVerb } from './verbs.js';

/** An annex, or a further instrument in the same file. */
export interface PartUnits {
  readonly kind: 'annex' | 'instrument';
  /** Of a resolution: its symbol, on a line above its title. */
  readonly symbol: Unit | null;
  readonly heading: Unit;
  /** Of an instrument: a line in capitals right below its title. */
  readonly subtitle: Unit | null;
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
  const parts: (Pick<PartUnits, 'kind' | 'symbol' | 'heading' | 'subtitle'> & { units: Unit[] })[] = [];
  const main: Unit[] = [];
  const counted = countedResolutions(sheet, units);
  const symbols = symbolHeads(sheet, units);
  const letters = lettersAmong(sheet, units);
  let closure: Closure = 'empty';
  let taken = 0;
  for (const [index, unit] of units.entries()) {
    if (index < taken) continue;
    const next = units[index + 1];
    const letter = letters.get(unit);
    const stated = counted.has(unit) || symbols.has(unit) || letter !== undefined;
    const annex = !stated && isAnnexHeading(sheet, units, index) && !isInAnnexList(sheet, units, index);
    if (annex || stated || isInstrumentTitle(sheet, units, index, closure)) {
      const titled = symbols.has(unit) && isTitleBelowSymbol(sheet, unit, next);
      const subtitle = annex || letter ? null : subtitleBelow(sheet, units, titled ? index + 1 : index);
      parts.push({
        kind: annex ? 'annex' : 'instrument',
        symbol: titled ? unit : null,
        heading: titled ? next : letter ? joined(letter) : unit,
        subtitle,
        units: [],
      });
      taken = index + (titled ? 2 : (letter?.length ?? 1)) + (subtitle ? 1 : 0);
      closure = 'empty';
      continue;
    }
    closure = closureBehind(sheet, units, index, closure);
    (parts.at(-1)?.units ?? main).push(unit);
  }
  return {
    ...divided(sheet, main),
    parts: parts.map(({ units: own, ...part }) => ({ ...part, ...divided(sheet, own) })),
  };
}

function subtitleBelow(sheet: Sheet, units: readonly Unit[], index: number): Unit | null {
  const [title, below] = [units[index], units[index + 1]];
  const isBelow =
    title && below && isOneInCapitals(sheet, title, below) && !isOrgan(textOfUnit(sheet, below));
  return isBelow && !isDivision(textOfUnit(sheet, below)) && !isOpening(textOfUnit(sheet, below))
    ? below
    : null;
}

/** Units under each other as one: `II` and `The Minister of Haven to the Ambassador of Northport`. */
function joined(units: readonly Unit[]): Unit {
  const [first, ...others] = units;
  if (!first) throw new Error('A letter has a head.');
  const stretches = [first, ...others].flatMap((unit) => unit.stretches);
  return { ...first, stretches, lastLine: units.at(-1)?.lastLine ?? first.lastLine };
}

function divided(sheet: Sheet, units: readonly Unit[]): Omit<Regions, 'parts'> {
  const opening = preambleEnd(sheet, units);
  const closing = conclusionsStart(sheet, units, opening);
  reportText(sheet, units.slice(closing));
  return {
    preamble: units.slice(0, opening),
    body: units.slice(opening, closing),
    conclusions: units.slice(closing),
  };
}

/** Tells of running text behind signatures: perhaps a further text, whose title was taken for a name. */
function reportText(sheet: Sheet, conclusions: readonly Unit[]): void {
  let signed = false;
  for (const [index, unit] of conclusions.entries()) {
    const words = textOfUnit(sheet, unit);
    signed ||= isSigned(sheet, conclusions, index, words) || isName(sheet, unit, words);
    const [first] = unit.stretches;
    if (!signed || !first || !isRunningText(sheet, unit)) continue;
    // What says how the text was adopted or signed, or stands in brackets, belongs to the signatures.
    if (isClosingFormula(words) || /^[[(*]/.test(words)) continue;
    const message = 'Running text stands behind the signatures; it was left with them.';
    sheet.diagnostics.push(diagnose('text-behind-signatures', message, whereIs(sheet, first)));
    return;
  }
}

/** `A. Bell` on a line of its own. */
const isName = (sheet: Sheet, unit: Unit, words: string): boolean =>
  words.length < 60 && isSignatureLine(sheet, unit) && !isClosingFormula(words) && !isDateAlone(words);

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

/** How many lines of names and offices one signatory may have. */
const mostNames = 4;

/**
 * The index of the closing formula or the signatures behind which no numbered paragraph stands, or of a date above
 * nothing but names; or the length.
 */
function conclusionsStart(sheet: Sheet, units: readonly Unit[], from: number): number {
  let start = units.length;
  let names = true;
  for (let index = units.length - 1; index >= from; index--) {
    const unit = units[index];
    if (!unit || unit.label !== null || unit.bullet !== null) break;
    const words = textOfUnit(sheet, unit);
    const dated = names && start === units.length && index > from && index + 1 < start && isDateAlone(words);
    // Names under a sentence are not the text's signatures without a closing formula: the text may go on.
    if (isClosingFormula(words) || dated || (names && isSigned(sheet, units, index, words))) start = index;
    else if (!isSignatureLine(sheet, unit)) {
      names = false;
      if (words.length > 700 || (start < units.length && index < start - 1)) break;
    } else if (start < units.length && index < start - mostNames) break;
  }
  // A date alone under the text closes it, too.
  const last = units.at(-1);
  const dated =
    start === units.length && start > from && last?.label === null && isDateAlone(textOfUnit(sheet, last));
  return dated ? start - 1 : start;
}
