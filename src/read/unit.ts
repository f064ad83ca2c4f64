/** A unit of the text, before it is known what it is, and what it says. */
import type { Label } from './sequence.js';
import type { Sheet, Stretch } from './sheet.js';

export interface Unit {
  /** The unit's words, line by line, its label included and a bullet's glyph not. */
  readonly stretches: Stretch[];
  readonly label: Label | null;
  /** A bullet's glyph. */
  readonly bullet: Stretch | null;
  /** The hashes of a Markdown heading; null where there are none. */
  readonly hashes: Stretch | null;
  /** The first line (index) that it takes. */
  readonly line: number;
  lastLine: number;
  readonly indent: number;
  /** An empty line, or the beginning of the text, stands before it; or its place alone sets it apart. */
  readonly apart: boolean;
}

/** The words of a unit as they stand in the source, its label included. */
export const textOfUnit = (sheet: Sheet, unit: Unit): string =>
  unit.stretches.map((stretch) => sheet.text.slice(stretch.start, stretch.end)).join(' ');

/** The words of a unit without its label. */
export function ownWords(sheet: Sheet, unit: Unit): string {
  const from = unit.label?.candidate.textStart ?? -1;
  return unit.stretches
    .filter((stretch) => stretch.end > from)
    .map((stretch) => sheet.text.slice(Math.max(stretch.start, from), stretch.end))
    .join(' ');
}

/** The words of a unit's first line. */
export const lineWords = (sheet: Sheet, unit: Unit): string => {
  const [first] = unit.stretches;
  return first ? sheet.text.slice(first.start, first.end) : '';
};

/** The last dozen characters of a unit. */
export const lastWords = (sheet: Sheet, unit: Unit): string => {
  const last = unit.stretches.at(-1);
  return last ? sheet.text.slice(Math.max(last.start, last.end - 12), last.end) : '';
};

/** How many characters a unit has. */
export const length = (unit: Unit): number =>
  unit.stretches.reduce((sum, stretch) => sum + stretch.end - stretch.start, 0);
