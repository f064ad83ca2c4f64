/** Definitions: the footnotes of a zone, and where each begins. */
import { romanValue } from '../numerals.js';
import { trimmed, type Sheet, type Stretch } from '../sheet.js';
import { bareRoman, headAt, isLoneMarker, shapeOf, type Head } from './heads.js';
import { numberOf } from './markers.js';
import type { Zone } from './zones.js';

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

/** A definition in a zone that may not be one of notes. */
export type Candidate = Definition & {
  readonly explicit: boolean;
  readonly bracketed: boolean;
  readonly round: boolean;
  /** A number with neither dot nor bracket: a paragraph's bears one. */
  readonly bare: boolean;
  /** The name by which a link calls it. */
  readonly anchor?: string;
};

/** Splits a zone at its markers. Lines before the first marker are none of its notes. */
export function definitionsOf(sheet: Sheet, zone: Zone): Candidate[] {
  const found: Found[] = [];
  const unmarked: number[] = [];
  const wordless = wordlessMarker(sheet, zone);
  for (const index of zone.lines) {
    if (index === wordless) continue;
    const head = headAt(sheet, index);
    const current = found.at(-1);
    const begins = wordless !== null && isLoneMarker(sheet, index);
    if (head && (current === undefined || begins || follows(sheet, head, current.head, index)))
      found.push({ head, lines: [index] });
    else (current?.lines ?? unmarked).push(index);
  }
  if (wordless !== null) giveWords(sheet, found, wordless, unmarked);
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
    bare: shapeOf(sheet, head) === '#',
    ...(head.anchor === undefined ? {} : { anchor: head.anchor }),
  }));
}

/** A note as its zone is split: its head, and its lines, that of the head first. */
interface Found {
  readonly head: Head;
  readonly lines: number[];
}

/**
 * The one line of a page's notes that is a bare number without words, before another number or at the end: reading-order
 * copies print a mark behind its words, or behind those of all notes.
 */
function wordlessMarker(sheet: Sheet, { lines, enclosed }: Zone): number | null {
  if (enclosed !== true) return null;
  const lone = lines.filter(
    (index, at) =>
      isLoneMarker(sheet, index) && (lines[at + 1] === undefined || isLoneMarker(sheet, lines[at + 1] ?? 0)),
  );
  return lone.length === 1 ? (lone[0] ?? null) : null;
}

/**
 * Gives a number without words those that no number stands before, if it is the next to come; else what stands behind the
 * one full stop at a line's end within the note before it.
 */
function giveWords(sheet: Sheet, found: Found[], marker: number, unmarked: readonly number[]): void {
  const head = headAt(sheet, marker);
  if (!head) return;
  const value = numberOf(head.marker);
  const [first] = found;
  if (unmarked.length > 0) {
    if (first && numberOf(first.head.marker) !== value + 1) return;
    found.unshift({ head, lines: [marker, ...unmarked] });
    return;
  }
  const at = found.findIndex((one) => numberOf(one.head.marker) === value - 1);
  const before = found[at];
  if (!before) return;
  const ends = before.lines.flatMap((index, place) => {
    const line = sheet.lines[index];
    const above = sheet.lines[before.lines[place - 1] ?? -1];
    if (!line || !above || place < 2) return [];
    const parted =
      sheet.text.charAt(above.end - 1) === '.' &&
      /^\p{Lu}/u.test(sheet.text.slice(line.start, line.start + 2));
    return parted ? [place] : [];
  });
  const [end] = ends;
  if (end === undefined || ends.length > 1) return;
  found.splice(at + 1, 0, { head, lines: [marker, ...before.lines.splice(end)] });
}

/** Whether a marker begins the next note rather than a line of the present one. */
function follows(sheet: Sheet, head: Head, previous: Head, index: number): boolean {
  if (head.explicit) return true;
  const value = numberOf(head.marker);
  const before = numberOf(previous.marker);
  if (head.bracketed && previous.bracketed && /^[ivxl]+$/.test(head.marker)) {
    const roman = romanValue(head.marker);
    if (roman !== null && roman === (romanValue(previous.marker) ?? NaN) + 1) return true;
  }
  if (shapeOf(sheet, head) === bareRoman)
    return romanValue(head.marker) === (romanValue(previous.marker) ?? NaN) + 1;
  // A note's own (a), (b) … are no further notes; nor is a line that only begins with a number.
  if (Number.isNaN(value) !== Number.isNaN(before)) return false;
  if (Number.isNaN(value)) return head.bracketed || head.marker !== previous.marker;
  if (value === before + 1) return true;
  const line = sheet.lines[index];
  return head.bracketed || (value > before && value <= before + 3 && (line?.emptyBefore ?? 0) > 0);
}
