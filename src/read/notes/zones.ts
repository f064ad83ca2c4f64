/** Zones: where the texts of footnotes may stand. */
import { startsWithMonth } from '../dates.js';
import type { TextLine } from '../plain.js';
import type { Sheet } from '../sheet.js';
import {
  bareRoman,
  beginsWithAnchor,
  headAt,
  isLoneMarker,
  shapeOf,
  valueOfMarker,
  type Head,
} from './heads.js';
import { numberOf } from './markers.js';

/** A run of lines in which notes stand: after a rule, at a page's foot, at the end of the text. */
export interface Zone {
  /** Indexes of its lines. */
  readonly lines: readonly number[];
  /** A rule stands before it, so that even a bare number is a marker. */
  readonly ruled: boolean;
  /** At the foot of a page without a rule: most must be called on that page. */
  readonly foot?: boolean;
  /** A page's end is below it, and above it a rule, or a sentence that goes on behind the page's end. */
  readonly enclosed?: boolean;
  /** Its notes stand apart from each other. */
  readonly scattered?: boolean;
  /** Its first marker is the first of its kind. */
  readonly opens?: boolean;
}

/** The most letters of a heading above notes. */
const longestHeadOfNotes = 30;

const headsOfNotes = new Set(
  'notes footnotes endnotes notas notesdebasdepage notasalpie notasdepiedepágina fußnoten anmerkungen fussnoten note voetnoten noten сноски примечания przypisy dipnotlar'.split(
    ' ',
  ),
);

/** Whether a line says that notes follow: `Notes:`. */
export const announcesNotes = (sheet: Sheet, line: TextLine): boolean =>
  headsOfNotes.has(
    sheet.text
      .slice(line.start, line.end)
      .replace(/[*_#:.\s]/g, '')
      .toLowerCase(),
  );

export function zonesOf(sheet: Sheet): Zone[] {
  const zones: Zone[] = [];
  const taken = new Set<number>();
  for (const [index, reason] of [...sheet.furniture].sort((one, other) => one[0] - other[0])) {
    if (reason !== 'rule' || taken.has(index)) continue;
    const lines: number[] = [];
    let behindPage = false;
    for (let next = index + 1; next < sheet.lines.length; next++) {
      const line = sheet.lines[next];
      if (!line || (line.pageBefore && next > index + 1)) break;
      behindPage ||= lines.length > 0 && pageEnds.has(sheet.furniture.get(next) ?? '');
      // Behind a page's end only the very next note can stand.
      if (behindPage && !sheet.furniture.has(next) && !continuesNotes(sheet, lines, next)) break;
      if (lines.length > 0 && !isLoneMarker(sheet, lines.at(-1) ?? 0))
        if (endsZone(sheet, lines[0] ?? next, next)) break;
      const furniture = sheet.furniture.get(next);
      if (furniture === 'rule') break;
      if (furniture === undefined) lines.push(next);
    }
    const [first] = lines;
    if (first === undefined) continue;
    const behind = (lines.at(-1) ?? 0) + 1;
    const enclosed =
      sheet.lines[behind]?.pageBefore === true || pageEnds.has(sheet.furniture.get(behind) ?? '');
    // In reading order a copy may print a note's mark behind its words.
    const inverted = enclosed && lines.some((line) => isLoneMarker(sheet, line));
    if (!headAt(sheet, first) && !inverted) continue;
    for (const line of lines) taken.add(line);
    zones.push({ lines, ruled: true, enclosed });
  }
  for (const [index, stated] of sheet.overrules.notes) {
    if (stated === null || taken.has(index)) continue;
    const lines = [index];
    for (let next = index + 1; next < sheet.lines.length; next++) {
      const line = sheet.lines[next];
      if (!line || line.emptyBefore > 0 || sheet.furniture.has(next) || sheet.overrules.notes.has(next))
        break;
      lines.push(next);
    }
    for (const line of lines) taken.add(line);
    zones.push({ lines, ruled: true });
  }
  // One by one: some 120,000 do not fit into arguments.
  for (const find of [headedZones, anchoredZones, scatteredZone, starredZones, bracketedZones])
    for (const zone of find(sheet, taken)) zones.push(zone);
  // Several series may stand under each other: numbers, then letters.
  let end = endZone(sheet, taken, sheet.lines.length);
  for (let series = 0; end && series < mostSeries; series++) {
    for (const line of end.lines) taken.add(line);
    zones.push(end);
    end = end.opens ? endZone(sheet, taken, end.lines[0] ?? 0) : null;
  }
  for (const zone of pageFootZones(sheet, taken)) zones.push(zone);
  return zones.sort((one, other) => (one.lines[0] ?? 0) - (other.lines[0] ?? 0));
}

/** `FOOTNOTES` on a line of its own: what stands below it, up to the end or to the page's tail, are notes. */
function headedZones(sheet: Sheet, taken: Set<number>): Zone[] {
  const zones: Zone[] = [];
  for (const [index, line] of sheet.lines.entries()) {
    if (line.end - line.start > longestHeadOfNotes || sheet.furniture.has(index) || taken.has(index))
      continue;
    if (!announcesNotes(sheet, line) || headAt(sheet, index + 1) === null) continue;
    const lines: number[] = [];
    for (let next = index + 1; next < sheet.lines.length && !taken.has(next); next++) {
      if (sheet.furniture.has(next)) continue;
      if (endsZone(sheet, index + 1, next)) break;
      lines.push(next);
    }
    for (const one of lines) taken.add(one);
    zones.push({ lines, ruled: true });
  }
  return zones;
}

/** Notes that begin with an anchor, as word processors save them; a mark in brackets among them has lost its own. */
function anchoredZones(sheet: Sheet, taken: Set<number>): Zone[] {
  if (!sheet.layout.html) return [];
  const zones: Zone[] = [];
  for (let index = 0; index < sheet.lines.length; index++) {
    const line = sheet.lines[index];
    if (!line || sheet.furniture.has(index) || taken.has(index) || !beginsWithAnchor(sheet, line)) continue;
    const lines: number[] = [];
    for (let next = index; next < sheet.lines.length && !taken.has(next); next++) {
      if (sheet.furniture.has(next)) continue;
      if (lines.length > 0 && endsZone(sheet, index, next)) break;
      lines.push(next);
    }
    for (const one of lines) taken.add(one);
    zones.push({ lines, ruled: false });
    index = lines.at(-1) ?? index;
  }
  return zones;
}

/**
 * Blocks anywhere whose first mark can only be a note's: `[^1]: At the last count`, `¹ At the last count`; all of them
 * one zone, wherever they stand.
 */
function scatteredZone(sheet: Sheet, taken: Set<number>): Zone[] {
  const lines: number[] = [];
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index) || taken.has(index)) continue;
    const begins = /^(?:\[\^|[⁰¹²³⁴-⁹])/.test(sheet.text.slice(line.start, line.start + 2));
    if (begins && headAt(sheet, index)?.explicit === true) lines.push(index);
    else if (lines.at(-1) === index - 1 && line.emptyBefore === 0 && !line.pageBefore) {
      const before = sheet.lines[index - 1];
      if (sheet.layout.wrapped || line.indent > (before?.indent ?? 0)) lines.push(index);
    }
  }
  for (const one of lines) taken.add(one);
  return lines.length === 0 ? [] : [{ lines, ruled: false, scattered: true }];
}

/** Blocks anywhere that begin with a star right before their first word: `*(Reproduced from …`. No bullet does. */
function starredZones(sheet: Sheet, taken: Set<number>): Zone[] {
  if (sheet.layout.markdown) return [];
  const zones: Zone[] = [];
  for (const [index, line] of sheet.lines.entries()) {
    if (line.emptyBefore === 0 || sheet.furniture.has(index) || taken.has(index)) continue;
    if (sheet.text[line.start] !== '*') continue;
    if (!/^\*{1,3}[\p{L}([“"]/u.test(sheet.text.slice(line.start, line.start + 5))) continue;
    const lines = [index];
    for (let next = index + 1; next < sheet.lines.length; next++) {
      const other = sheet.lines[next];
      if (!other || other.emptyBefore > 0 || other.pageBefore || sheet.furniture.has(next)) break;
      lines.push(next);
    }
    for (const one of lines) taken.add(one);
    zones.push({ lines, ruled: false });
  }
  return zones;
}

/**
 * Blocks that begin with `[1]`, `[2]` … wherever they stand: a page's tail may follow them; and a block `(1) …` by
 * itself, as official journals print it between two instruments.
 */
function bracketedZones(sheet: Sheet, taken: Set<number>): Zone[] {
  const zones: Zone[] = [];
  for (let index = 0; index < sheet.lines.length && zones.length < mostBracketed; index++) {
    if (taken.has(index) || sheet.furniture.has(index)) continue;
    const head = bracketedHead(sheet, index);
    if (!head) continue;
    const lines = [index];
    let value = valueOfMarker(head.marker, '[');
    for (let next = index + 1; next < sheet.lines.length; next++) {
      const line = sheet.lines[next];
      if (!line || taken.has(next)) break;
      if (sheet.furniture.has(next)) continue;
      const other = bracketedHead(sheet, next);
      const goesOn =
        other !== null &&
        valueOfMarker(other.marker, '[') === value + 1 &&
        other.bracketed === head.bracketed;
      if (goesOn) value += 1;
      else if (isItemOfNote(sheet, lines.at(-1) ?? index, next)) {
        lines.push(next);
        continue;
      } else if (line.emptyBefore > 0 || line.pageBefore) break;
      else if (!sheet.layout.wrapped && line.indent <= (sheet.lines[index]?.indent ?? 0)) break;
      lines.push(next);
    }
    const alone = head.bracketed || lines.every((at) => at === index || bracketedHead(sheet, at) === null);
    if (alone && (head.bracketed || (sheet.lines[index]?.emptyBefore ?? 0) > 0)) {
      for (const one of lines) taken.add(one);
      zones.push({ lines, ruled: false });
    }
    index = lines.at(-1) ?? index;
  }
  return zones;
}

/** `(a) …` behind a line that announces items, or behind another item: a note's own list. */
function isItemOfNote(sheet: Sheet, previous: number, index: number): boolean {
  const line = sheet.lines[index];
  const before = sheet.lines[previous];
  if (!line || !before || !/^\(?[a-z]{1,3}\)\s/.test(sheet.text.slice(line.start, line.start + 6)))
    return false;
  return /(?:[:;]|[;,] (?:and|or))$/.test(
    sheet.text.slice(Math.max(before.start, before.end - 6), before.end),
  );
}

/** The most series of notes under each other at the end of a text. */
const mostSeries = 6;
/** The most such blocks of one text: a longer row of them is no row of notes. */
const mostBracketed = 100;

function bracketedHead(sheet: Sheet, index: number): Head | null {
  const line = sheet.lines[index];
  if (!line || !/^\\?(?:[[(]\d|\[[ivxl])/.test(sheet.text.slice(line.start, line.start + 3))) return null;
  const head = headAt(sheet, index);
  return head && !head.explicit && head.head.end < line.end ? head : null;
}

/** Whether a line begins the note that follows the last one of some lines, in the same form. */
function continuesNotes(sheet: Sheet, lines: readonly number[], index: number): boolean {
  const head = headAt(sheet, index);
  const last = lines
    .toReversed()
    .map((line) => headAt(sheet, line))
    .find((one) => one !== null);
  if (!head || !last || shapeOf(sheet, head) !== shapeOf(sheet, last)) return false;
  return numberOf(head.marker) === numberOf(last.marker) + 1;
}

/** What ends a page where no form feed does. */
const pageEnds = new Set(['running head', 'page number', 'job number', 'barcode']);

/**
 * Notes at the foot of a page that no rule sets apart, as reading-order copies of PDF files have them: above a page's
 * end, lines that begin with bare numbers, the numbers going down by one upwards.
 */
function pageFootZones(sheet: Sheet, taken: Set<number>): Zone[] {
  const zones: Zone[] = [];
  let page = 0;
  for (let index = 1; index < sheet.lines.length; index++) {
    const ends = sheet.lines[index]?.pageBefore === true || pageEnds.has(sheet.furniture.get(index) ?? '');
    if (!ends) continue;
    const lines = footLines(sheet, page, index, taken);
    page = index;
    if (lines.length === 0) continue;
    for (const line of lines) taken.add(line);
    zones.push({ lines, ruled: false, foot: true, enclosed: cutsSentence(sheet, lines, index) });
  }
  return zones;
}

/** Whether a sentence runs on from above some lines to behind the page's end below them. */
function cutsSentence(sheet: Sheet, lines: readonly number[], end: number): boolean {
  const above = sheet.lines[(lines[0] ?? 0) - 1];
  let next = end;
  while (sheet.furniture.has(next)) next++;
  const below = sheet.lines[next];
  if (!above || !below || sheet.furniture.has((lines[0] ?? 0) - 1)) return false;
  const ending = sheet.text.slice(Math.max(above.start, above.end - 2), above.end);
  return /[\p{Ll},-]$/u.test(ending) && /^\p{Ll}/u.test(sheet.text.slice(below.start, below.start + 2));
}

/** The most lines of a page's notes. */
const longestFoot = 40;

function footLines(sheet: Sheet, from: number, to: number, taken: ReadonlySet<number>): number[] {
  let first = -1;
  let value = Infinity;
  for (let index = to - 1; index >= Math.max(from, to - longestFoot); index--) {
    const line = sheet.lines[index];
    if (!line || sheet.furniture.has(index) || taken.has(index)) break;
    const words = sheet.text.slice(line.start, line.start + 20);
    const [head = '', marker] = /^(\d{1,3})[\s\u00a0]+(?=[\p{Lu}“"«(])/u.exec(words) ?? [];
    const isNote = marker !== undefined && !startsWithMonth(words.slice(head.length));
    const own = isNote ? Number(marker) : isMarkAbove(sheet, index, to) ? Number(words) : NaN;
    if (own === value - 1 || (value === Infinity && own > 0)) {
      first = index;
      value = own;
    }
    // The notes stand close together, and end the page; a mark alone on its line may stand apart from its words.
    if (
      line.emptyBefore > 0 &&
      !isMarkAbove(sheet, index - 1, to) &&
      !(isMarkAbove(sheet, index, to) && own > 1)
    )
      break;
  }
  return first < 0 ? [] : Array.from({ length: to - first }, (_, at) => first + at);
}

/** Whether a bare number alone on its line stands above words that begin like a note's. */
function isMarkAbove(sheet: Sheet, index: number, to: number): boolean {
  const below = sheet.lines[index + 1];
  if (!below || index + 1 >= to || sheet.furniture.has(index) || sheet.furniture.has(index + 1)) return false;
  return isLoneMarker(sheet, index) && /^[\p{Lu}“"«(]/u.test(sheet.text.slice(below.start, below.start + 2));
}

/** Behind an empty line a block that is neither a definition nor the rest of one is text again. */
function endsZone(sheet: Sheet, first: number, index: number): boolean {
  const line = sheet.lines[index];
  const start = sheet.lines[first];
  if (!line || !start || line.emptyBefore === 0 || sheet.furniture.has(index)) return false;
  if (headAt(sheet, index) !== null || line.indent > start.indent + 1) return false;
  return !/^["“«(]?\p{Ll}/u.test(sheet.text.slice(line.start, line.start + 4));
}

/** The stanzas at the end of the text that begin with a marker each, the first marker the least. */
function endZone(sheet: Sheet, taken: ReadonlySet<number>, to: number): Zone | null {
  let from = -1;
  let least = Infinity;
  let shape = '';
  for (let index = to - 1; index >= 0; index--) {
    if (sheet.furniture.has(index)) continue;
    const line = sheet.lines[index];
    if (!line || taken.has(index)) break;
    const begins = line.emptyBefore > 0 || line.pageBefore || sheet.furniture.has(index - 1);
    const head = headAt(sheet, index);
    const own = head === null ? '' : shapeOf(sheet, head);
    const value = head === null ? NaN : valueOfMarker(head.marker, own === bareRoman ? own : shape);
    // A bare number at a line's start is a marker only where a block begins, or behind the end of a sentence.
    const placed =
      head === null || head.explicit || head.bracketed || begins || endsSentenceBefore(sheet, index);
    // Upwards, the markers go down by one: what breaks the series is the text.
    const fits =
      head !== null &&
      placed &&
      (shape === '' || own === shape) &&
      (Number.isNaN(value) || least === Infinity || value === least - 1);
    if (fits) {
      from = index;
      shape = own;
      if (!Number.isNaN(value)) least = value;
    } else if (begins || (head !== null && placed)) break;
  }
  if (from < 0) return null;
  const lines: number[] = [];
  for (let index = from; index < to; index++) if (!sheet.furniture.has(index)) lines.push(index);
  return { lines, ruled: false, opens: least === 1 };
}

function endsSentenceBefore(sheet: Sheet, index: number): boolean {
  const previous = sheet.lines[index - 1];
  return (
    previous !== undefined &&
    /[.!?;:]["”’»)\]]*$/u.test(sheet.text.slice(Math.max(previous.start, previous.end - 4), previous.end))
  );
}
