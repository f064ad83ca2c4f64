/** Definitions: where the texts of footnotes stand, and where each begins. */
import { startsWithMonth } from '../dates.js';
import { letterValue, romanValue } from '../numerals.js';
import { trimmed, type Sheet, type Stretch } from '../sheet.js';
import { isEmphasis, plainDigits, superscripts } from './markers.js';

/** A note's definition as found. */
export interface Definition {
  /** As printed, without dot, brackets and tags. */
  readonly marker: string;
  /** The marker itself in the source. */
  readonly markerAt: Stretch;
  /** Everything before the note's words: marker, dot, brackets, tags. */
  readonly head: Stretch;
  /** The note's words, line by line. */
  readonly body: readonly Stretch[];
  /** The lines (indexes) that it takes. */
  readonly lines: readonly number[];
}

interface Head {
  readonly marker: string;
  readonly markerAt: Stretch;
  readonly head: Stretch;
  /** Its form leaves no doubt: `[^1]:`, `<sup>1</sup>`, `¹`. */
  readonly explicit: boolean;
  /** `[1]`, `\[1\]`. */
  readonly bracketed: boolean;
}

const tag = '(?:<[^<>]{1,200}>[\\s\\u00a0]*)';
const headPatterns: readonly {
  /** The characters that it may begin with. */
  readonly begins: string;
  readonly pattern: RegExp;
  readonly explicit: boolean;
  readonly bracketed: boolean;
}[] = [
  { begins: '[', pattern: /^(\[\^)(\w{1,8})(\]:)/, explicit: true, bracketed: false },
  {
    begins: '<',
    pattern: new RegExp(
      `^(${tag}*<(?:sup|a)\\b[^<>]{0,200}>[\\s\\u00a0]*(?:${tag})*[\\\\[(]{0,2})(\\d{1,3}|\\*{1,3}|[a-z])([\\\\\\])]{0,2}[\\s\\u00a0]*(?:</[^<>]{1,20}>[\\s\\u00a0]*)+\\.?)`,
      'i',
    ),
    explicit: true,
    bracketed: false,
  },
  {
    begins: superscripts,
    pattern: new RegExp(`^()([${superscripts}]{1,3})([.)]?)`),
    explicit: true,
    bracketed: false,
  },
  {
    begins: '<',
    pattern:
      /^(<(?:li|p|div)\b[^<>]{0,200}\bid="?(?:_?ftn|fn|footnote|note)[^<>]{0,200}>[\s\u00a0]*\[?)(\d{1,3})(\]?[.)]?)(?=[\s\u00a0])/i,
    explicit: true,
    bracketed: false,
  },
  {
    begins: '[\\',
    pattern: /^(\\?\[)(\d{1,3}|\*{1,3}|[a-z]|[ivxl]{2,6})(\\?\])(?!\()/,
    explicit: false,
    bracketed: true,
  },
  {
    begins: '[',
    pattern: /^(\[\\?[[(]?)(\d{1,3})([\])]?\]\(#[^()\s]{0,60}\)\.?)/,
    explicit: true,
    bracketed: false,
  },
  {
    begins: '*-(0123456789',
    pattern: /^((?:[*-][\s\u00a0]+)?\(?)(\d{1,3})(\\?[.)]{0,2}(?=[\s\u00a0]|$)|\/(?=[\s\u00a0]))/,
    explicit: false,
    bracketed: false,
  },
  {
    begins: '(\\*†‡',
    pattern: /^(\(?)(\\?\*{1,3}|[†‡]{1,2})(\)?)(?=[\s\u00a0(\p{L}])/u,
    explicit: false,
    bracketed: false,
  },
  { begins: '(', pattern: /^(\()([a-z]|[أ-ي])(\))(?=[\s\u00a0])/u, explicit: false, bracketed: false },
];

/** The head of a note that a person stated. */
function statedHead(start: number, printed: string): Head {
  const marker = printed.replace(/^[[(]|[\])]?\.?$/g, '');
  const at = start + printed.indexOf(marker);
  return {
    marker: plainDigits(marker),
    markerAt: { start: at, end: at + marker.length },
    head: { start, end: start + printed.length },
    explicit: true,
    bracketed: false,
  };
}

function headAt(sheet: Sheet, index: number): Head | null {
  const line = sheet.lines[index];
  const stated = sheet.overrules.notes.get(index);
  if (!line || stated === null) return null;
  if (stated !== undefined) return statedHead(line.start, stated);
  const words = sheet.text.slice(line.start, Math.min(line.end, line.start + 300));
  const first = words.charAt(0);
  for (const { begins, pattern, explicit, bracketed } of headPatterns) {
    const match = begins.includes(first) ? pattern.exec(words) : null;
    if (!match) continue;
    const [whole, before = '', printed = ''] = match;
    if (isEmphasis(sheet, printed)) continue;
    const at = line.start + before.length + (printed.startsWith('\\') ? 1 : 0);
    const markerAt = { start: at, end: line.start + before.length + printed.length };
    return {
      marker: plainDigits(printed.replace('\\', '')),
      markerAt,
      head: { start: line.start, end: line.start + whole.length },
      explicit,
      bracketed,
    };
  }
  return null;
}

/** A run of lines in which notes stand: after a rule, at a page's foot, at the end of the text. */
export interface Zone {
  /** Indexes of its lines. */
  readonly lines: readonly number[];
  /** A rule stands before it, so that even a bare number is a marker. */
  readonly ruled: boolean;
  /** At the foot of a page without a rule: every one must be called on that page. */
  readonly foot?: boolean;
  /** Its first marker is the first of its kind. */
  readonly opens?: boolean;
}

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
      if (lines.length > 0 && endsZone(sheet, lines[0] ?? next, next)) break;
      const furniture = sheet.furniture.get(next);
      if (furniture === 'rule') break;
      if (furniture === undefined) lines.push(next);
    }
    const [first] = lines;
    if (first === undefined || !headAt(sheet, first)) continue;
    for (const line of lines) taken.add(line);
    zones.push({ lines, ruled: true });
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
  zones.push(...starredZones(sheet, taken));
  zones.push(...bracketedZones(sheet, taken));
  // Several series may stand under each other: numbers, then letters.
  let end = endZone(sheet, taken, sheet.lines.length);
  for (let series = 0; end && series < mostSeries; series++) {
    for (const line of end.lines) taken.add(line);
    zones.push(end);
    end = end.opens ? endZone(sheet, taken, end.lines[0] ?? 0) : null;
  }
  zones.push(...pageFootZones(sheet, taken));
  return zones.sort((one, other) => (one.lines[0] ?? 0) - (other.lines[0] ?? 0));
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
      else if (line.emptyBefore > 0 || line.pageBefore) break;
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
  return Number(head.marker) === Number(last.marker) + 1;
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
    zones.push({ lines, ruled: false, foot: true });
  }
  return zones;
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
    if (isNote && (value === Infinity || Number(marker) === value - 1)) {
      first = index;
      value = Number(marker);
    }
    // The notes stand close together, and end the page.
    if (line.emptyBefore > 0) break;
  }
  return first < 0 ? [] : Array.from({ length: to - first }, (_, at) => first + at);
}

/** Behind an empty line a block that is neither a definition nor the rest of one is text again. */
function endsZone(sheet: Sheet, first: number, index: number): boolean {
  const line = sheet.lines[index];
  const start = sheet.lines[first];
  if (!line || !start || line.emptyBefore === 0 || sheet.furniture.has(index)) return false;
  if (headAt(sheet, index) !== null || line.indent > start.indent + 1) return false;
  return !/^["“«(]?\p{Ll}/u.test(sheet.text.slice(line.start, line.start + 4));
}

/** The form of a marker, its number left out: markers of one series share it. */
const shapeOf = (sheet: Sheet, head: Head): string =>
  plainDigits(sheet.text.slice(head.head.start, head.head.end))
    .replace(/\d+/g, '#')
    .replace(/^(\(|\\?\[)[a-z]{1,6}(?=\)|\\?\])/, '$1@')
    .replace(/[*†‡]+/g, '*')
    .trim();

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
    const value = head === null ? NaN : valueOfMarker(head.marker, shape);
    // A bare number at a line's start is a marker only where a block begins, or behind the end of a sentence.
    const placed =
      head === null || head.explicit || head.bracketed || begins || endsSentenceBefore(sheet, index);
    // Upwards, the markers go down by one: what breaks the series is the text.
    const fits =
      head !== null &&
      placed &&
      (shape === '' || shapeOf(sheet, head) === shape) &&
      (Number.isNaN(value) || least === Infinity || value === least - 1);
    if (fits) {
      from = index;
      shape = shapeOf(sheet, head);
      if (!Number.isNaN(value)) least = value;
    } else if (begins || (head !== null && placed)) break;
  }
  if (from < 0) return null;
  const lines: number[] = [];
  for (let index = from; index < to; index++) if (!sheet.furniture.has(index)) lines.push(index);
  return { lines, ruled: false, opens: least === 1 };
}

/** The value of a marker: a number, a letter, or a roman numeral where it can be one. */
function valueOfMarker(marker: string, shape: string): number {
  if (/^\d+$/.test(marker)) return Number(marker);
  if (!/^[a-z]+$/.test(marker)) return NaN;
  const roman = shape.includes('[') || marker.length > 1 ? romanValue(marker) : null;
  return roman ?? letterValue(marker) ?? NaN;
}

function endsSentenceBefore(sheet: Sheet, index: number): boolean {
  const previous = sheet.lines[index - 1];
  return (
    previous !== undefined &&
    /[.!?;:]["”’»)\]]*$/u.test(sheet.text.slice(Math.max(previous.start, previous.end - 4), previous.end))
  );
}

/** A definition in a zone that may not be one of notes. */
export type Candidate = Definition & {
  readonly explicit: boolean;
  readonly bracketed: boolean;
  readonly round: boolean;
};

/** Splits a zone at its markers. Lines before the first marker are none of its notes. */
export function definitionsOf(sheet: Sheet, zone: Zone): Candidate[] {
  const found: { head: Head; lines: number[] }[] = [];
  for (const index of zone.lines) {
    const head = headAt(sheet, index);
    const current = found.at(-1);
    if (head && (current === undefined || follows(sheet, head, current.head, index)))
      found.push({ head, lines: [index] });
    else current?.lines.push(index);
  }
  return found.map(({ head, lines }) => ({
    marker: head.marker,
    markerAt: head.markerAt,
    head: head.head,
    body: lines
      .map((index, at) => {
        const line = sheet.lines[index];
        if (!line) return { start: 0, end: 0 };
        return trimmed(sheet.text, at === 0 ? head.head.end : line.start, line.end);
      })
      .filter((stretch) => stretch.start < stretch.end),
    lines,
    explicit: head.explicit,
    bracketed: head.bracketed,
    round: sheet.text[head.head.start] === '(',
  }));
}

/** Whether a marker begins the next note rather than a line of the present one. */
function follows(sheet: Sheet, head: Head, previous: Head, index: number): boolean {
  if (head.explicit) return true;
  const value = Number(head.marker);
  const before = Number(previous.marker);
  if (head.bracketed && previous.bracketed && /^[ivxl]+$/.test(head.marker)) {
    const roman = romanValue(head.marker);
    if (roman !== null && roman === (romanValue(previous.marker) ?? NaN) + 1) return true;
  }
  // A note's own (a), (b) … are no further notes; nor is a line that only begins with a number.
  if (Number.isNaN(value) !== Number.isNaN(before)) return false;
  if (Number.isNaN(value)) return head.bracketed || head.marker !== previous.marker;
  if (value === before + 1) return true;
  const line = sheet.lines[index];
  return head.bracketed || (value > before && value <= before + 3 && (line?.emptyBefore ?? 0) > 0);
}
