/**
 * Units: lines to blocks. A unit is one heading, one paragraph or one bullet, with the lines that it takes: wrapped
 * lines are joined, sentences that a page break cut are healed.
 */
import type { Label } from './sequence.js';
import type { TextLine } from './plain.js';
import { isDateline, isDivision, isLoneNumber, isOrgan, adoptionLine } from './openings.js';
import { endsEarly, evidenceAt, endsInConnective } from './evidence.js';
import { isClosingFormula } from './closing.js';
import { linkAcross } from './links.js';
import { once } from './once.js';
import { recitalVerb } from './verbs.js';
import {
  beginsWithBlockTag,
  between,
  edgeAt,
  endsWithBlockTag,
  trimmed,
  wordsOf,
  type Sheet,
} from './sheet.js';
import {
  brokenOnPurpose,
  currentIsBold,
  endsSentence,
  goesOn,
  isCut,
  isWholeBold,
  runsOn,
  startsLower,
  startsUpper,
} from './joins.js';
import { lastWords, length, lineWords, type Unit } from './unit.js';

const bulletPattern = once(
  () => /^(?:[•·▪▫◦‣⁃●○■□►▶✓➢❖\uf0b7\uf0a7]\p{White_Space}*|[-–—*o](?:\p{White_Space}+|$))/u,
);

/** Whether a line begins with a bullet. A small `o` is one only where the language has no such word. */
function isBulleted(sheet: Sheet, words: string): boolean {
  if (!/^[•·▪▫◦‣⁃●○■□►▶✓➢❖\uf0b7\uf0a7–—*o-]/.test(words) || !bulletPattern().test(words)) return false;
  if (!words.startsWith('o') || /^o(?:\t|[\s\u00a0]{2})/.test(words)) return true;
  sheet.smallWord ??= /[\p{L},][\s\u00a0]o[\s\u00a0]\p{L}/u.test(sheet.text);
  return !sheet.smallWord;
}

/**
 * @param claimed lines (indexes) that notes take
 */
export function unitsOf(sheet: Sheet, labels: readonly Label[], claimed: ReadonlySet<number>): Unit[] {
  const units: Unit[] = [];
  const byLine = new Map<number, Label[]>();
  for (const label of labels) {
    const list = byLine.get(label.line);
    if (list) list.push(label);
    else byLine.set(label.line, [label]);
  }
  let previous = -1;
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index) || claimed.has(index)) continue;
    const here = byLine.get(index) ?? [];
    const current = units.at(-1);
    const start =
      startOf(sheet, index, previous, here[0] ?? null, current) ??
      (current && byLine.has(index + 1) && isHeadAboveLabel(sheet, index, previous, current) ? 'head' : null);
    if (start === null && current) {
      current.stretches.push({ start: line.start, end: line.end });
      current.lastLine = index;
    } else
      units.push(
        ...opened(sheet, index, here, previous).map((unit) => ({
          ...unit,
          apart: unit.apart || start === 'head',
        })),
      );
    previous = index;
  }
  return units.filter((unit) => unit.stretches.length > 0);
}

/**
 * `… and their universality.` ⏎ `The Trade of the Coast` ⏎ `2. The growth of …`: behind a sentence's end a short line
 * without an end mark, with a label right below it, is the head of what follows, and no end of the paragraph above.
 */
function isHeadAboveLabel(sheet: Sheet, index: number, previous: number, current: Unit): boolean {
  const line = sheet.lines[index];
  const next = sheet.lines[index + 1];
  if (!line || !sheet.layout.wrapped || next?.emptyBefore !== 0) return false;
  const words = wordsOf(sheet, line);
  return (
    between(sheet, previous, index) === 'line' &&
    /^[\p{Lu}]/u.test(words) &&
    /[\p{L}\p{N})”"’]$/u.test(words) &&
    words.length < edgeAt(sheet, index) * 0.7 &&
    words.length < longestHeadLine &&
    endsEarly(sheet, index, index + 1) &&
    endsSentence(sheet, current) &&
    !endsInConnective(sheet, line)
  );
}

/** A head on one line says no more. */
const longestHeadLine = 80;

/** The units that begin on a line: more than one where a label stands in its middle. */
function opened(sheet: Sheet, index: number, labels: readonly Label[], previous: number): Unit[] {
  const line = sheet.lines[index];
  if (!line) return [];
  const apart = previous < 0 || line.emptyBefore > 0 || !sheet.layout.wrapped;
  const units: Unit[] = [];
  const cuts = labels.map((label) => label.candidate.start);
  const bounds = [line.start, ...cuts.filter((cut) => cut > line.start), line.end];
  for (let at = 0; at + 1 < bounds.length; at++) {
    const [start = 0, end = 0] = [bounds[at], bounds[at + 1]];
    const label = labels.find((one) => one.candidate.start === start) ?? null;
    const words = sheet.text.slice(start, end);
    const bullet = label === null && isBulleted(sheet, words) ? bulletPattern().exec(words) : null;
    const hashes =
      label === null && /^\\?#/.test(words)
        ? /^\\?#{1,6}\p{White_Space}*(?=\P{White_Space})/u.exec(words)
        : null;
    const glyph = bullet ? trimmed(sheet.text, start, start + bullet[0].length) : null;
    const hash = hashes ? trimmed(sheet.text, start, start + hashes[0].length) : null;
    const from = start + (bullet ?? hashes ?? [''])[0].length;
    units.push({
      stretches: [trimmed(sheet.text, from, end)].filter((stretch) => stretch.start < stretch.end),
      label,
      bullet: glyph,
      hashes: hash,
      line: index,
      lastLine: index,
      indent: line.indent,
      apart,
    });
  }
  // A bullet alone on its line takes its words from the next: keep it although it is empty yet.
  const last = units.at(-1);
  if (last?.stretches.length === 0 && last.bullet) last.stretches.push({ start: line.end, end: line.end });
  return units;
}

const quotedLabel = /^["“„«](?:\([a-z\d]{1,4}\)|\d{1,3}\.|[a-z]\))[\s\u00a0]/;

/** Among so many first lines one of place and date stands by itself. */
const firstLines = 14;

/** Why a line begins a unit, or null where it goes on with the current one. */
function startOf(
  sheet: Sheet,
  index: number,
  previous: number,
  label: Label | null,
  current: Unit | undefined,
): string | null {
  const line = sheet.lines[index];
  const before = sheet.lines[previous];
  if (!line || !before || !current) return 'first';
  if (label) return 'label';
  if (isEmpty(current)) return null; // a label or bullet alone on its line
  const words = wordsOf(sheet, line);
  if (/^#{1,6}[\s\u00a0]*\S/.test(words) && sheet.layout.markdown) return 'heading';
  if (isDivision(words) && (evidenceAt(sheet, index) >= 1 || isDivision(wordsOf(sheet, before))))
    return 'division';
  if (current.stretches.length === 1 && isDivision(wordsOf(sheet, before)) && startsUpper(words))
    return 'title of a division';
  // `“(a) Refrain …`: the label of what is quoted.
  if (/^["“„«]/.test(words) && quotedLabel.test(words) && /[.:;,]\S{0,3}$/.test(lastWords(sheet, current)))
    return 'quoted label';
  const gap = between(sheet, previous, index);
  const evidence = evidenceAt(sheet, index);
  if (isBulleted(sheet, words) && (evidence >= 2 || /^[•·▪▫◦‣⁃●○■□►▶✓➢❖\uf0b7\uf0a7]/u.test(words)))
    return 'bullet';
  if (isBulleted(sheet, words) && current.bullet && /^[-*–]/.test(words) && line.indent === current.indent)
    return 'bullet';
  if (current.hashes) return 'after a heading';
  if (isWholeBold(sheet, words) !== currentIsBold(sheet, current)) {
    if (currentIsBold(sheet, current) || (isWholeBold(sheet, words) && evidence >= 1)) return 'bold';
  }
  if (beginsWithBlockTag(sheet, line) || endsWithBlockTag(sheet, before)) return 'tag';
  // `Recalling …` under `… of 21 December 2012,`: a recital begins with its verb and a capital, and ends in a comma.
  if (
    current.label === null &&
    current.bullet === null &&
    /[,;]["”’»)]?[\s\d⁰¹²³⁴-⁹[\]()]*$/u.test(lastWords(sheet, current))
  )
    if (recitalVerb(words) !== null && gap !== 'break')
      if (/^[*_]*\p{Lu}/u.test(words) || endsEarly(sheet, previous, index)) return 'recital';
  if (sheet.layout.wrapped && gap === 'line' && index < longestHead) {
    if (isHeadLine(words)) return 'masthead';
    if (current.stretches.length === 1 && isLoneNumber(lineWords(sheet, current))) return 'behind a number';
  }
  if (
    sheet.layout.wrapped &&
    gap !== 'break' &&
    words.length < 60 &&
    isClosingFormula(words) &&
    endsSentence(sheet, current)
  )
    return 'closing formula';
  if (gap === 'line' && isDateBelowFormula(sheet, before, current, words)) return 'date below a formula';
  if (sheet.layout.wrapped && gap === 'line' && isOrganLine(words)) return 'organ';
  if (
    sheet.layout.wrapped &&
    gap === 'line' &&
    current.stretches.length === 1 &&
    isOrganLine(lineWords(sheet, current))
  )
    return 'after the organ';
  if (gap === 'page') return runsOn(sheet, current, index) ? null : 'after a page break';
  if (gap === 'break') return isCut(sheet, current, index) ? null : 'empty line';
  if (
    index < firstLines &&
    words.length < 60 &&
    isDateline(words) &&
    !startsLower(words) &&
    !endsInConnective(sheet, before)
  )
    return 'date line';
  if (sheet.layout.markdown && linkAcross(sheet, before, line) !== null) return null;
  if (!sheet.layout.wrapped) return goesOn(sheet, before, line, current) ? null : 'line';
  return brokenOnPurpose(sheet, index, previous, current) ? 'layout' : null;
}

/** `5th plenary meeting`, and on the next line `10 May 2018`. */
const isDateBelowFormula = (sheet: Sheet, before: TextLine, current: Unit, words: string): boolean =>
  current.stretches.length === 1 &&
  length(current) < shortFormula &&
  words.length < shortFormula &&
  isDateline(words) &&
  isClosingFormula(lineWords(sheet, current)) &&
  !endsInConnective(sheet, before) &&
  !/,$/.test(lastWords(sheet, current));

/** A line of a formula that says so little is not wrapped. */
const shortFormula = 45;

/** A label or bullet with no words yet. */
function isEmpty(unit: Unit): boolean {
  const [only] = unit.stretches;
  if (unit.stretches.length > 1 || !only) return unit.stretches.length === 0;
  if (unit.bullet) return only.start === only.end;
  return unit.label !== null && unit.label.candidate.textStart >= only.end;
}

/** Within so many first lines a masthead ends and the title stands. */
const longestHead = 40;
/** `Resolution adopted by …`, `[on the report of …]`, `68/910. Title`: each has a line of its own. */
const isHeadLine = (words: string): boolean =>
  adoptionLine.test(words) || /^(?:[A-Z]{1,3}\/)?\d{1,4}\/\d{1,4}\.(?:[\s\u00a0]+\p{Lu}|$)/u.test(words);

/** `The General Assembly,` on a line of its own. */
const isOrganLine = (words: string): boolean => /,$/.test(words) && isOrgan(words.replace(/,$/, ''));
