/** Symbols alone on a line that head further resolutions in one file: `AG/RES. 13 (LV-O/25)`, `CM/Res(2021)5`. */
import { isOrgan } from './openings.js';
import { between, wordsOf, type Sheet } from './sheet.js';
import { isSymbol } from './titles.js';
import { ownWords, textOfUnit, type Unit } from './unit.js';
import { isEnacting, recitalVerb } from './verbs.js';

/** How many units may stand between a symbol and the first recital: a title, how it was adopted, the organ. */
const mostAbove = 6;

/** What is the same in the symbols of one series: all but the figures. */
const formOf = (symbol: string): string => symbol.replace(/\d+/g, '#').replace(/[\s\u00a0]+/g, ' ');

/**
 * The units that are such heads: symbols of one form with other figures, above a recital or enacting words. Two at
 * least: the first of them may stand in the title block.
 */
export function symbolHeads(sheet: Sheet, units: readonly Unit[]): ReadonlySet<Unit> {
  const found = new Set<Unit>();
  let last: { readonly words: string; readonly unit: Unit | null } | null = null;
  for (const line of sheet.lines.slice(0, units[0]?.line ?? 0)) {
    const words = wordsOf(sheet, line);
    if (!last && words.length < 45 && isSymbol(words)) last = { words, unit: null };
  }
  for (const [index, unit] of units.entries()) {
    if (unit.label !== null || unit.bullet !== null || unit.stretches.length > 1) continue;
    const words = ownWords(sheet, unit);
    if (words.length > 44 || !isSymbol(words) || !headsResolution(sheet, units, index)) continue;
    if (last && (formOf(last.words) !== formOf(words) || last.words === words)) continue;
    if (last?.unit) found.add(last.unit);
    if (last) found.add(unit);
    last = { words, unit };
  }
  return found;
}

/** Whether a recital or enacting words stand below, before anything that is numbered and before another symbol. */
function headsResolution(sheet: Sheet, units: readonly Unit[], index: number): boolean {
  for (const unit of units.slice(index + 1, index + 1 + mostAbove)) {
    if (unit.label !== null || unit.bullet !== null) return false;
    const words = ownWords(sheet, unit);
    if (isSymbol(words)) return false;
    if (isEnacting(words) || (/[,;]["”’»*_]*$/.test(words) && recitalVerb(words) !== null)) return true;
  }
  return false;
}

/** Whether the unit below such a symbol is the resolution's title. */
export function isTitleBelowSymbol(sheet: Sheet, symbol: Unit, unit: Unit | undefined): unit is Unit {
  if (!unit || unit.label !== null || unit.bullet !== null) return false;
  const words = textOfUnit(sheet, unit);
  return (
    words.length <= 260 &&
    !/^[([]/.test(words) &&
    /[\p{L}\p{N})”"’»*_]$/u.test(words) &&
    !isOrgan(words) &&
    between(sheet, symbol.lastLine, unit.line) !== 'page'
  );
}
