/**
 * Joins: whether a line goes on with the unit above it, by what stands at the end of the one and the beginning of the
 * other, and by how the page is set.
 */
import { startsWithMonth } from './dates.js';
import type { TextLine } from './plain.js';
import { isDateline } from './openings.js';
import {
  endsEarly,
  endsItem,
  endsInConnective,
  endsInNoteMark,
  goesOnInCapitals,
  hangsBelow,
  isUnfinished,
} from './evidence.js';
import { recitalVerb } from './verbs.js';
import { edgeAt, wordsOf, type Sheet } from './sheet.js';
import { lastWords, length, type Unit } from './unit.js';

export const startsLower = (words: string): boolean => /^["“«‘(*_]*\p{Ll}/u.test(words);
export const startsUpper = (words: string): boolean => /^["“«‘(*_]*[\p{Lu}\p{Lo}]/u.test(words);
export const endsSentence = (sheet: Sheet, unit: Unit): boolean =>
  /[.:;!?…。：；！？]["”’»)\]*_\d]*$/u.test(lastWords(sheet, unit));
const endsClause = (sheet: Sheet, unit: Unit): boolean =>
  /[.,:;!?…。：；！？，]["”’»)\]*_]*$/u.test(lastWords(sheet, unit));

export const isWholeBold = (sheet: Sheet, words: string): boolean =>
  sheet.layout.markdown && /^\*\*[^*].*\*\*[\s.:]*$/.test(words) && !/\*\*.*\*\*.*\*\*/.test(words);

export function currentIsBold(sheet: Sheet, unit: Unit): boolean {
  const first = unit.stretches[0];
  const last = unit.stretches.at(-1);
  if (!first || !last || !sheet.layout.markdown || unit.label) return false;
  const words = sheet.text.slice(first.start, last.end);
  return /^\*\*[^*]/.test(words) && /[^*]\*\*[\s.:]*$/.test(words) && !/\*\*[^*]+\*\*[^*]+\*\*/.test(words);
}

/** Whether a line goes on with the one before although each line is a paragraph here. */
export function goesOn(sheet: Sheet, before: TextLine, line: TextLine, current: Unit): boolean {
  const words = wordsOf(sheet, line);
  if (endsItem(sheet, before)) return false;
  if (goesOnInCapitals(wordsOf(sheet, before), words)) return true;
  if (goesOnWithDate(sheet, words, current)) return true;
  // A bracket that is open.
  if (startsLower(words) && /^\([^()]*$/.test(wordsOf(sheet, before))) return true;
  if (startsLower(words)) {
    if (!endsClause(sheet, current)) return !/[\s\u00a0][–—-]$/.test(lastWords(sheet, current));
    if (current.label === null && recitalVerb(words) !== null) return false;
    // After a comma a clause may begin in lower case, but hardly where the one before began with a capital.
    const first = sheet.text.slice(before.start, before.start + 4);
    return /,$/.test(lastWords(sheet, current)) && startsUpper(first) && before.end - before.start > 45;
  }
  if (hangsBelow(sheet, before, line) || hangsUnderLabel(current, before, line)) return true;
  return isUnfinished(sheet, before) && (/^[\p{N}(\p{Lo}]/u.test(words) || endsInConnective(sheet, before));
}

/** `by` ⏎ `1. January 2012 at the latest`: a date that the sentence goes on with; alone it may be a line of its own. */
function goesOnWithDate(sheet: Sheet, words: string, current: Unit): boolean {
  const day = /^\d{1,2}\.?[\s\u00a0]+/.exec(words)?.[0];
  if (day === undefined || !startsWithMonth(words.slice(day.length))) return false;
  return !endsClause(sheet, current) && !isDateline(words);
}

/** A line right below a long one, indented just to the words behind the label. */
function hangsUnderLabel(current: Unit, before: TextLine, line: TextLine): boolean {
  const { label } = current;
  const long = before.end - before.start;
  if (!label || line.emptyBefore > 0 || long < 60 || long > 140 || current.stretches.length === 0)
    return false;
  const column = current.indent + label.candidate.textStart - label.candidate.start;
  return line.indent >= current.indent + 2 && Math.abs(line.indent - column) <= 1;
}

/** Whether a unit's last line is names side by side, as above a page's end. */
function endsInColumns(sheet: Sheet, { stretches, label }: Unit): boolean {
  const last = stretches.at(-1);
  return (
    label === null && last !== undefined && /\S[\s\u00a0]{6,}\S/.test(sheet.text.slice(last.start, last.end))
  );
}

/** Whether a sentence goes on behind page furniture. */
export function runsOn(sheet: Sheet, unit: Unit, index: number): boolean {
  const line = sheet.lines[index];
  if (!line) return false;
  const words = wordsOf(sheet, line);
  if (endsSentence(sheet, unit)) return false;
  if (startsLower(words) || /\p{L}[-\u00ad]$/u.test(lastWords(sheet, unit))) return true;
  if (endsInColumns(sheet, unit)) return false;
  const last = sheet.lines[unit.lastLine];
  if (last && length(unit) > 20 && endsInConnective(sheet, last)) return true;
  if (/^[\p{N}(]/u.test(words) && /\p{Ll}$/u.test(lastWords(sheet, unit)) && length(unit) > 40) return true;
  const next = sheet.lines[index + 1];
  const indented = next?.emptyBefore === 0 && line.indent >= next.indent + 2;
  return (
    length(unit) > 60 &&
    !indented &&
    (unit.label !== null || !/,["”’»)\]]*$/.test(lastWords(sheet, unit))) &&
    (sheet.layout.wrapped ||
      // Where each line is a paragraph, a heading may stand at a page's top: it has no end mark.
      (unit.label !== null && /[.;:]["”’»)]?$/.test(words) && /[\p{Ll}\p{N}]$/u.test(lastWords(sheet, unit))))
  );
}

/**
 * Whether an empty line cuts a sentence in two: it ends in a word and goes on in lower case. After a comma a new
 * clause may begin in lower case too, but hardly where the one before began with a capital.
 */
export function isCut(sheet: Sheet, unit: Unit, index: number): boolean {
  const line = sheet.lines[index];
  const words = line ? wordsOf(sheet, line) : '';
  // What a bracket begins stands for itself: `(adopted by the Committee …)`.
  if (!line || length(unit) < 40 || unit.hashes || !startsLower(words) || words.startsWith('(')) return false;
  const last = lastWords(sheet, unit);
  if (unit.label === null && recitalVerb(wordsOf(sheet, line)) !== null && /[,;–—-]$/.test(last))
    return false;
  if (/(?:[\p{L}\p{N}\u00ad]|\p{L}-)$/u.test(last)) return true;
  const first = unit.stretches[0];
  const from = Math.max(first?.start ?? 0, unit.label?.candidate.textStart ?? 0);
  return /,$/.test(last) && /^["“«‘(*_]*\p{Lu}/u.test(sheet.text.slice(from, from + 8)) && !unit.bullet;
}

/** Whether a line of wrapped text begins a new block: an indented first line, or an early end before it. */
export function brokenOnPurpose(sheet: Sheet, index: number, previous: number, current: Unit): boolean {
  const line = sheet.lines[index];
  const before = sheet.lines[previous];
  const next = sheet.lines[index + 1];
  if (!line || !before) return false;
  const words = wordsOf(sheet, line);
  if (goesOnInCapitals(wordsOf(sheet, before), words) || goesOnWithDate(sheet, words, current)) return false;
  const early = endsEarly(sheet, previous, index) && !endsInConnective(sheet, before);
  const clause = endsClause(sheet, current) || endsInNoteMark(lastWords(sheet, current));
  const single = current.stretches.length === 1;
  const deeper = line.indent >= before.indent + 2;
  const firstLine = next?.emptyBefore === 0 && line.indent >= next.indent + 2;
  if (current.label || current.bullet) {
    // Items hang: their later lines are indented to the words, never to the label.
    if (
      line.indent < before.indent - 1 &&
      single &&
      line.indent <= current.indent &&
      early &&
      endsSentence(sheet, current)
    )
      return true;
    return firstLine && deeper && (clause || early);
  }
  if (deeper && firstLine) return clause || early;
  // A paragraph of one line, indented like this one.
  if (
    firstLine &&
    single &&
    line.indent >= before.indent &&
    endsSentence(sheet, current) &&
    startsUpper(words)
  )
    return true;
  if (deeper && early && clause) return true;
  if (
    early &&
    clause &&
    startsUpper(words) &&
    (endsSentence(sheet, current) || single || line.indent > (next?.indent ?? 0))
  )
    return true;
  // A line that ends long before the margin, and a capital behind it: a title, an address.
  if (early && single && startsUpper(words) && endsFarEarly(sheet, previous)) return true;
  // Short lines under each other (a title, a signature block) are lines, not a paragraph.
  return (
    early &&
    single &&
    !startsLower(words) &&
    length(current) < edgeAt(sheet, index) * 0.6 &&
    isCapital(words) !== isCapital(lastWords(sheet, current))
  );
}

function endsFarEarly(sheet: Sheet, index: number): boolean {
  const line = sheet.lines[index];
  return line !== undefined && line.indent + line.end - line.start < edgeAt(sheet, index) * 0.7;
}

const isCapital = (words: string): boolean => /\p{Lu}{3}/u.test(words) && !/\p{Ll}{2}/u.test(words);
