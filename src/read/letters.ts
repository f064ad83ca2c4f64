/** Exchanges of notes: each letter behind the first is an instrument of its own. */
import { isClosingFormula } from './closing.js';
import { isSigned } from './instruments.js';
import { once } from './once.js';
import { isDateline } from './openings.js';
import type { Sheet } from './sheet.js';
import { textOfUnit, type Unit } from './unit.js';

const salutation = once(
  () =>
    /^(?:(?:your )?excellenc(?:y|ies)|sirs?|madam|dear \p{L}.{0,60}|mr\.? \p{L}.{0,60}|monsieur(?: l(?:e|['’]).{0,60})?|madame(?: l(?:a|e|['’]).{0,60})?|excellence|señora?(?: \p{L}.{0,60})?|excelencia|excelentísim\p{L}+ señora?.{0,60}|excelência|senhora? \p{L}.{0,60}|eccellenza|signor \p{L}.{0,60}|exzellenz|herr \p{L}.{0,60}|sehr geehrte.{0,60}|excellentie|(?:ваше )?превосходительство|уважаем\p{L}+ .{0,60}|господин \p{L}.{0,60})[,:!]$/iu,
);

/** What numbers or names a letter: `II`, `No. 2`, `Letter from …`, `The Minister of Haven to the Ambassador of Northport`. */
const numbered = /^(?:[IVX]{1,4}|\(?[A-Z]\)|[A-Z]\.|(?:no|nr|n°|nº)\.? ?\d{1,2})\.?$/i;
const named = once(
  () =>
    /^(?:(?:letter|note|reply|answer|response|lettre|réponse|nota|carta|respuesta|schreiben|antwort\p{L}*|brief|нота|письмо|ответ)(?!\p{L})|(?:from |the |l[ea] |l['’]|el |der |die )\P{Ll}.{4,120} (?:to|à|au|aux|al|a la|an(?: den| die)?) (?:the |l[ea]s? |l['’]|his |her |mr|ms|\p{Lu}))/iu,
);

/** The most lines of numbers, names and dates above a salutation. */
const mostAbove = 6;

/**
 * The units that head letters, but for the first: for each, the units that make its title. A letter begins with a
 * salutation, and the one before it has ended with its closing formula or signature.
 */
export function lettersAmong(sheet: Sheet, units: readonly Unit[]): ReadonlyMap<Unit, readonly Unit[]> {
  const found = new Map<Unit, readonly Unit[]>();
  let opened = false;
  let ended = -1;
  for (const [index, unit] of units.entries()) {
    if (unit.label !== null || unit.bullet !== null) continue;
    const words = textOfUnit(sheet, unit);
    if (isSalutation(words)) {
      if (opened && ended >= 0) {
        const title = titleOfLetter(sheet, units.slice(Math.max(ended + 1, index - mostAbove), index + 1));
        const [head] = title;
        if (head) found.set(head, title);
      }
      opened = true;
      ended = -1;
    } else if (isClosingFormula(words) || (ended >= 0 && isSigned(sheet, units, index, words))) ended = index;
  }
  return found;
}

const isSalutation = (words: string): boolean => words.length <= 80 && salutation().test(words);

/** The number and the name of a letter, else its date, else its salutation; `above` ends with the salutation. */
function titleOfLetter(sheet: Sheet, above: readonly Unit[]): readonly Unit[] {
  const words = above.map((unit) => textOfUnit(sheet, unit));
  const first = words.findIndex((one) => numbered.test(one) || (named().test(one) && !isDateline(one)));
  if (first >= 0) {
    const second = words[first + 1] ?? '';
    const goesOn = numbered.test(words[first] ?? '') && named().test(second);
    return above.slice(first, first + (goesOn ? 2 : 1));
  }
  const dated = words.findLastIndex((one) => one.length < 60 && isDateline(one));
  return above.slice(dated >= 0 ? dated : -1).slice(0, 1);
}
