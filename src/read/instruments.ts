/**
 * Further instruments in one file: protocols, minutes and statements behind the signatures of a text, and resolutions
 * one behind another.
 */
import { findDate } from './dates.js';
import { isClosingFormula } from './closing.js';
import { looksLikeHeading } from './headings.js';
import { once } from './once.js';
import { isDateline } from './openings.js';
import { isRunningText, isSentence } from './running-text.js';
import type { Sheet } from './sheet.js';
import { isSameBlock, isSignatureLine, namesParty, signs } from './signatures.js';
import { documentTypeOf } from './document-types.js';
import { ownWords, textOfUnit, type Unit } from './unit.js';
import { isEnacting, recitalVerb } from './verbs.js';

/** Whether a text is over: a line with a date may end it; a closing formula or signatures do, where there is a text. */
export type Closure = 'empty' | 'open' | 'dated' | 'signed';

/** What a unit makes of it. Behind its closing formula a text has names and dates; a label shows that it went on. */
export function closureBehind(sheet: Sheet, units: readonly Unit[], index: number, before: Closure): Closure {
  const unit = units[index];
  if (!unit || unit.bullet !== null) return before;
  if (unit.label !== null) return 'open';
  const words = textOfUnit(sheet, unit);
  // `Adopted by the Conference …` may stand above the text, too.
  if (isClosingFormula(words) || isSigned(sheet, units, index, words))
    return before === 'empty' ? 'dated' : 'signed';
  if (before === 'empty' || before === 'open') {
    if (words.length < 60 && findDate(words) !== null && !/[.;:,]$/.test(words)) return 'dated';
    return isRunningText(sheet, unit) || isSentence(words) ? 'open' : before;
  }
  // A sentence behind the signatures may be a note on them, or say that the text goes on.
  return isRunningText(sheet, unit) ? 'dated' : before;
}

/** A party's name, an office and a name: how far the next party may stand below. */
const mostToNextParty = 5;

/** `For the Republic of Haven` with a name right below or another party further down, or `(Signed) A. Bell`. */
export function isSigned(sheet: Sheet, units: readonly Unit[], index: number, words: string): boolean {
  const unit = units[index];
  if (!unit || !isSignatureLine(sheet, unit)) return false;
  if (signs(words)) return true;
  if (!isParty(sheet, unit)) return false;
  if (unit.stretches.length > 1 || /\S[\s\u00a0]{3,}\S/.test(words)) return true;
  const next = units[index + 1];
  if (next && isSameBlock(sheet, unit, next) && isSignatureLine(sheet, next)) return true;
  const around = [
    ...units.slice(Math.max(0, index - mostToNextParty), index),
    ...units.slice(index + 1, index + 1 + mostToNextParty),
  ];
  return around.some((other) => isParty(sheet, other) || signs(textOfUnit(sheet, other)));
}

const isParty = (sheet: Sheet, unit: Unit): boolean => {
  const words = textOfUnit(sheet, unit);
  return namesParty(words) && !/[.,]$|[;:](?:\s|$)/.test(words) && isSignatureLine(sheet, unit);
};

/** Whether a unit is the title of a further instrument, behind a text that is over. */
export function isInstrumentTitle(
  sheet: Sheet,
  units: readonly Unit[],
  index: number,
  closure: Closure,
): boolean {
  const unit = units[index];
  if (closure === 'empty' || closure === 'open' || !unit || unit.label !== null || unit.bullet !== null)
    return false;
  const words = ownWords(sheet, unit);
  if (isDateline(words) && words.length < 60) return false;
  const stated = sheet.overrules.headings.get(unit.line);
  if (stated !== undefined && (closure === 'signed' || namesInstrument(words))) return stated;
  if (
    documentTypeOf(words) !== null &&
    (unit.hashes !== null || looksLikeHeading(sheet, unit, words) || isNamedInCapitals(sheet, unit, words))
  )
    return true;
  if (!namesInstrument(words)) return false;
  const before = units[index - 1];
  const free = unit.apart || before === undefined || findDate(textOfUnit(sheet, before)) !== null;
  if (!free && !goesOnBehindKind(words)) return false;
  return (closure === 'signed' ? 2 : 1) + evidenceBelow(sheet, units, index) >= 3;
}

/** How many units of titles, dates and organs may stand between a title and its text. */
const mostBetween = 3;

/**
 * What stands below a title: 2 for recitals, enacting words or numbers that start anew, 1 for a sentence, 0 for names.
 */
function evidenceBelow(sheet: Sheet, units: readonly Unit[], index: number): 0 | 1 | 2 {
  for (const unit of units.slice(index + 1, index + 2 + mostBetween)) {
    const { label } = unit;
    const words = ownWords(sheet, unit);
    if (label) return label.depth === 0 && label.reading.value === 1 ? 2 : 0;
    if (unit.bullet !== null || isClosingFormula(words)) return 0;
    if (isEnacting(words) || (/[,;]["”’»]*$/.test(words) && recitalVerb(words) !== null)) return 2;
    if (isRunningText(sheet, unit) || isSentence(words)) return 1;
    if (signs(words) || (namesParty(words) && isSignatureLine(sheet, unit))) return 0;
  }
  return 0;
}

/** Names of instruments that say no type of document by themselves. */
const furtherKinds = once(
  () =>
    /^(?:minutes|memorand(?:um|a)|mémorandum|memorándum|меморандум|understanding|record|exchange|letter|arrangement|act|akte|schlussakte|acte|acta|atto|акт|procès-verbal|niederschrift|notenwechsel|briefwechsel|échange|canje|scambio|обмен|protok[óo]ł|zápis|undertaking|verbale)$/iu,
);
/** Words of the same letters that name none: `According`, `conventional`. */
const noKinds = once(() => /(?:al|ally|ing|ance)$/iu);
const offices = once(
  () =>
    /^(?:head|chief|secretary|director|chef|jefe|capo|szef|ministr?|minister|ministre|ministro|министр|начальник|секретарь|директор|посол)$/iu,
);
/** Words that go on with the name of an instrument in a title in title case: `Statement By the Chair`. */
const capitalJoints =
  /^(?:On|To|By|Of|For|Between|Among|Concerning|Regarding|Amending|With|In|From|Relating|Establishing|And|No\.?|Nr\.?|N[°º]|№|[IVX]+)$/;
/** Words that join two things of one rank: `Protocol and Liaison` is an office. */
const conjunctions = /^(?:and|et|y|e|und|en|och|og|i|a|и|та|oraz)$/;

const kindOf = (word: string): string | null => {
  const letters = word.replace(/^["“«‘(]+|["”»’),]+$/g, '');
  if (furtherKinds().test(letters)) return letters;
  return noKinds().test(letters) || documentTypeOf(letters) === null ? null : letters;
};

/** The words of a title, and which of them names the kind of instrument; null where none does, or it is no title. */
function kindAmong(words: string): { readonly all: readonly string[]; readonly at: number } | null {
  if (words.length > 300 || !/[\p{L}\p{N})”"’»\]]$/u.test(words) || /\S[\s\u00a0]{3,}\S/.test(words))
    return null;
  if (!/^["“«]?[\p{Lu}\p{Lo}]/u.test(words) || namesParty(words)) return null;
  const all = words.split(/[\s\u00a0]+/);
  const at = all.slice(0, 6).findIndex((word) => kindOf(word) !== null);
  return at < 0 ? null : { all, at };
}

/**
 * Whether some words are a title that names its kind of instrument (`Protocol on the Pilots’ Fund`, `Agreed Minutes`,
 * `Gemeinsame Erklärung`), and not an office (`Chief of Protocol`, `Protocol Department`).
 */
export function namesInstrument(words: string): boolean {
  if (/^[\p{Lo}\p{M}\p{N}\p{P}\s]+$/u.test(words))
    return words.length <= 60 && !/[。．.；：:،؛]$/.test(words) && documentTypeOf(words) !== null;
  const found = kindAmong(words);
  if (!found) return false;
  const { all, at } = found;
  const before = all.slice(0, at);
  if (before.some((word) => !/^["“«(]?[\p{Lu}\d]/u.test(word) || offices().test(word))) return false;
  const kind = all[at] ?? '';
  if (/^\p{Ll}/u.test(kind) && at !== 1) return false;
  const next = all[at + 1];
  if (next === undefined) return true;
  return (
    !conjunctions.test(next) &&
    (!/^\p{Lu}/u.test(next) || capitalJoints.test(next) || /\p{Script=Cyrillic}/u.test(next))
  );
}

/** Whether a title goes on behind the name of its kind: `Protocol to the Agreement …`. */
function goesOnBehindKind(words: string): boolean {
  const found = kindAmong(words);
  return found !== null && found.at + 1 < found.all.length;
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
export function countedResolutions(sheet: Sheet, units: readonly Unit[]): ReadonlySet<Unit> {
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
