/** Evidence: what the layout says about where a block begins. */
import { isAscii } from './article-words.js';
import { once } from './once.js';
import type { TextLine } from './plain.js';
import { beginsWithBlockTag, between, edgeAt, endsWithBlockTag, wordsOf, type Sheet } from './sheet.js';

/**
 * How surely a line begins a block: 3 after an empty line (or where every line is a paragraph), 2 after the end of
 * a sentence or clause or a deliberate line end, 1 where it is indented anew, 0 where it runs on.
 */
export function evidenceAt(sheet: Sheet, index: number): number {
  const { lines, layout } = sheet;
  const line = lines[index];
  if (!line) return 0;
  let before = index - 1;
  while (before >= 0 && sheet.furniture.has(before)) before--;
  const previous = lines[before];
  if (!previous) return 3;
  if (between(sheet, before, index) === 'break') return 3;
  if (beginsWithBlockTag(sheet, line) || endsWithBlockTag(sheet, previous)) return 3;
  if (endsItem(sheet, previous) && (!layout.wrapped || endsEarly(sheet, before, index))) return 3;
  if (!layout.wrapped)
    return (isUnfinished(sheet, previous) && !isWideItem(sheet, line)) || hangsBelow(sheet, previous, line)
      ? 0
      : 3;
  const ending = sheet.text.slice(Math.max(previous.start, previous.end - 3), previous.end);
  let evidence = 0;
  const marked = endsInNoteMark(sheet.text.slice(Math.max(previous.start, previous.end - 12), previous.end));
  if (marked || /[.:;!?…。：；]["”’»)\]*_]*$/.test(ending)) evidence = 2;
  else if (/[,，、–—-]$/.test(ending)) evidence = 1;
  if (endsEarly(sheet, before, index)) evidence += 1;
  if (line.indent >= previous.indent + 2) evidence += 1;
  // What stands far to the right (a stray mark, a place and date) is no part of a sentence.
  if (previous.indent > edgeAt(sheet, before) * 0.6 && line.indent < previous.indent / 2) evidence += 2;
  return Math.min(3, evidence);
}

/** A line under a label's or bullet's words, where the one before does not end: it hangs there. */
export function hangsBelow(sheet: Sheet, previous: TextLine, line: TextLine): boolean {
  if (line.indent < previous.indent + 2 || line.emptyBefore > 0) return false;
  const words = wordsOf(sheet, previous);
  const lead = /^(?:\(?[\p{L}\p{N}]{1,4}\\?[.)]|[•·▪–—*-])[\s\u00a0]+/u.exec(words)?.[0].length ?? 0;
  return lead > 0 && Math.abs(line.indent - previous.indent - lead) <= 1 && !/[.:;!?]["”’»)]*$/u.test(words);
}

/** The words that stand behind a list's last item but one, in many languages. */
const joints =
  'and|or|and\\/or|et|ou|et\\/ou|y|e|o|u|ed|und|oder|en|of|og|och|ja|tai|i|a|oraz|lub|nebo|alebo|és|vagy|ve|veya|și|sau|и|или|та|або|и\\/или|και|ή|و|أو';
const lastJoint = once(() => new RegExp(`[;；]\\s+(?:${joints})$`, 'u'));
const anyJoint = once(() => new RegExp(`\\s(?:${joints})$`, 'u'));

/** Whether a line ends in the word between a list's last two items. */
export const endsInJoint = (sheet: Sheet, line: TextLine): boolean =>
  anyJoint().test(sheet.text.slice(Math.max(line.start, line.end - 12), line.end));

/** Whether a line ends like an item of a list that is not the last: `…; and`. */
export function endsItem(sheet: Sheet, line: TextLine): boolean {
  const ending = sheet.text.slice(Math.max(line.start, line.end - 12), line.end);
  return (
    /[;；]/.test(ending) &&
    lastJoint().test(ending) &&
    !/\s\([a-z]{1,4}\)\s/.test(sheet.text.slice(line.start, line.end)) // `(a) …; (b) …; and`: a run within a sentence
  );
}

/** `二　島に…`: a number and a wide space begin a line of their own, whatever stands before. */
const isWideItem = (sheet: Sheet, line: TextLine): boolean =>
  /^[一二三四五六七八九十０-９]{1,3}\u3000/.test(sheet.text.slice(line.start, line.start + 4));

/** A sentence that ends in a footnote's mark: `stability.1`. */
const markedEnd = once(
  () =>
    /(?<=(?:[\p{L}”"’)\]]|(?<!\d)(?:1[89]|20)\d\d)[.!?;:,]["”’»)]{0,2})(?:\d{1,3}|\[\d{1,3}\]|\(\d{1,3}\)|\*{1,3})$|[.!?;:]\(\d{1,3}\)$/u,
);
export const endsInNoteMark = (words: string): boolean => /[\d\])*]$/.test(words) && markedEnd().test(words);

/** Words that no sentence ends with. */
const connectives =
  'a|an|the|of|in|on|at|to|by|for|from|with|and|or|under|that|which|its|their|our|this|these|as|between|de|' +
  'du|des|la|le|les|et|à|au|aux|en|par|pour|sur|dans|del|los|las|y|el|con|por|para|der|die|das|dem|den|des|' +
  'und|im|am|zu|von|mit|seit|bis|auf|für|di|il|e|che|van|het|een|и|в|на|с|по|о|от|для|к|' +
  'until|till|upon|into|within|during|against|among|towards|than|shall|must|zum|zur|vom|beim|ins|della|dello|dei|degli|' +
  'delle|nel|nella|sul|dal|da|do|dos|das|em|na|pelo|pela|w|z|oraz|dla|przez|та|з|у|до|про|від|из|за|при|ve';
const connectiveWords = once(() => new Set(connectives.split('|')));
const connective = once(() => new RegExp(`(?<!\\p{L})(?:${connectives})$`, 'u'));

const endsInConnectiveWord = (ending: string): boolean =>
  isAscii(ending) ? connectiveWords().has(/[a-z]*$/i.exec(ending)?.[0] ?? '') : connective().test(ending);

/** Whether a line ends in a mark (ASCII), so that no pattern need be asked whether its last word is one of some. */
const endsInMark = (sheet: Sheet, line: TextLine): boolean =>
  /^[!-/:-@[-`{-~]$/.test(sheet.text.charAt(line.end - 1));

/** Whether a line ends in a word that no sentence ends with. */
export function endsInConnective(sheet: Sheet, line: TextLine): boolean {
  if (endsInMark(sheet, line)) return false;
  const ending = sheet.text.slice(Math.max(line.start, line.end - 12), line.end);
  if (endsInConnectiveWord(ending)) return true;
  // In a title in capitals; a single capital is a number ("ANNEX A").
  return (
    !/[a-z]$/.test(ending) &&
    /\p{Lu}[\s\u00a0]\p{Lu}{2,7}$/u.test(ending) &&
    endsInConnectiveWord(ending.toLowerCase())
  );
}

/** Words that go on with a line in capitals before them. */
const joint =
  /^(?:OF|ON|AND|FOR|IN|TO|BETWEEN|WITH|DE|DU|DES|ET|SUR|DEL|DELLA|DO|DA|Y|E|DER|UND|ZUR|ÜBER|О|ОБ|И|В)\s/;

/** Such a word alone on its line, as titles of treaties have it. */
const jointAlone =
  /^(?:BETWEEN|AND|ON|FOR|OF|BY AND BETWEEN|BETWEEN THE|AND THE|ON THE|CONCERNING|REGARDING|ENTRE|ET|SUR|Y|SOBRE|E|TRA|FRA|ZWISCHEN|UND|ÜBER|МЕЖДУ|МІЖ|И|ТА|О|ПРО|POMIĘDZY|A|W SPRAWIE)$/;

/** A line in capitals that goes on with one in capitals: `RULES OF PROCEDURE` ⏎ `OF THE ORGANIZATION`. */
export const goesOnInCapitals = (before: string, words: string): boolean =>
  (joint.test(words) || jointAlone.test(words) || jointAlone.test(before)) &&
  (/^\S+\s\p{Lu}/u.test(words) || jointAlone.test(words)) &&
  /^\P{Ll}+$/u.test(words) &&
  (/\p{Lu}{2}/u.test(before) || jointAlone.test(before)) &&
  /^\P{Ll}+$/u.test(before);

/** A long line that ends in a word: where each line is a paragraph, this one goes on with the next. */
export function isUnfinished(sheet: Sheet, line: TextLine): boolean {
  const length = line.end - line.start;
  if (length <= 20 || endsInMark(sheet, line)) return false;
  const ending = sheet.text.slice(Math.max(line.start, line.end - 12), line.end);
  if (endsInConnective(sheet, line)) return true;
  if (endsInNoteMark(ending)) return false;
  if (isAscii(ending)) return length > 45 && /[a-z\d]$/.test(ending);
  return (
    (length > 45 && /[\p{Ll}\p{N}]$/u.test(ending)) ||
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(ending)
  );
}

/** Whether a line ends although the next line's first word would have fitted: its end was meant. */
export function endsEarly(sheet: Sheet, index: number, next: number): boolean {
  const line = sheet.lines[index];
  const following = sheet.lines[next];
  if (!line || !following || !sheet.layout.wrapped) return false;
  const word =
    /^\S+/.exec(sheet.text.slice(following.start, Math.min(following.end, following.start + 60)))?.[0] ?? '';
  const right = line.indent + line.end - line.start;
  return right + 1 + word.length < edgeAt(sheet, index) - 4;
}

/** `Introduction ........ 3`: a line of a contents list. */
export const isContentsLine = (words: string): boolean =>
  words.length < 400 && /(?:\.[\s\u00a0]?){5,}[\s\u00a0]*\d+$/.test(words);
