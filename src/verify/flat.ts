/**
 * The flat form in which a document and its editions are compared: one unit for each text, in reading order, and the
 * notes apart. Every reader of this room makes it, and each by code of its own.
 */

/** What a unit is. `label` is an annex's label on a line of its own; `row` a table row in one piece. */
export type UnitKind = 'title' | 'heading' | 'paragraph' | 'cell' | 'row' | 'label' | 'note';

/** The mark of a footnote in a text. */
export interface Call {
  /** As printed; null where the edition doesn't say it. */
  readonly marker: string | null;
  /** The `key` of the note that it calls; null where the edition doesn't say it. */
  readonly note: string | null;
  /** Its place: how many characters stand before it in the unit's words, inkless ones not counted (`inkOf`). */
  readonly at: number;
}

/** One text with its label. */
export interface Unit {
  readonly kind: UnitKind;
  /** The names by which the edition can be linked to here, the `eId` among them; null where it carries none. */
  readonly pins: readonly string[] | null;
  /** The printed label, '' where there is none; null where the edition prints it at the head of the words. */
  readonly label: string | null;
  /** The glyph of a bullet, null where there is none; '' for one whose glyph the edition doesn't say. Absent: not told. */
  readonly bullet?: string | null | undefined;
  /** Split at all White_Space. */
  readonly words: readonly string[];
  readonly calls: readonly Call[];
  /** Where in the file, for messages: `line 14`, `page 3`. */
  readonly place: string;
  /** The keys of the notes that it calls, in the order of their first calls, where the edition says so once more. */
  readonly called?: readonly (string | null)[];
  /** Of a cell: the same for all cells of its row. */
  readonly row?: string;
  /** May be absent, for its words stand in another unit too. */
  readonly optional?: boolean;
}

/** A footnote; the first unit's label is its marker. */
export interface FlatNote {
  /** By which calls name it. */
  readonly key: string;
  readonly pins: readonly string[] | null;
  readonly units: readonly Unit[];
}

export interface Flat {
  readonly body: readonly Unit[];
  readonly notes: readonly FlatNote[];
  /** The entries of a table of contents, each with the pin that it leads to; its words repeat those that stand there. */
  readonly contents?: readonly Unit[];
}

/** Thrown by a reader for a file that is none of its kind, or is damaged. The message is a sentence without its stop. */
export class Unreadable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unreadable';
  }
}

/** Thrown where a package that a reader needs is not installed. */
export class PackageMissing extends Error {
  readonly package: string;
  constructor(name: string) {
    super(`The package ${name} is not installed`);
    this.name = 'PackageMissing';
    this.package = name;
  }
}

const whiteSpace = /\p{White_Space}+/u;
const inkless = /[\p{White_Space}\p{Default_Ignorable_Code_Point}]/gu;

/** The words of a text: what stands between White_Space (Unicode's own property, not JavaScript's `\s`). */
export const wordsIn = (text: string): string[] => text.split(whiteSpace).filter((word) => word !== '');

/** How many UTF-16 units of a text are no White_Space and no Default_Ignorable_Code_Point: what a call's place counts. */
export const inkOf = (text: string): number => text.replace(inkless, '').length;

/** Gathers a unit's words and calls as a reader meets them. */
export class Gatherer {
  #text = '';
  readonly #calls: { readonly marker: string | null; readonly note: string | null; readonly upTo: number }[] =
    [];

  add(text: string): void {
    this.#text += text;
  }

  call(marker: string | null, note: string | null): void {
    this.#calls.push({ marker, note, upTo: this.#text.length });
  }

  get text(): string {
    return this.#text;
  }

  /** @param from leaves this many UTF-16 units at the beginning out: the label */
  gathered(from = 0): Pick<Unit, 'words' | 'calls'> {
    let ink = 0;
    let counted = from;
    const calls = this.#calls.map(({ marker, note, upTo }) => {
      if (upTo > counted) {
        ink += inkOf(this.#text.slice(counted, upTo));
        counted = upTo;
      }
      return { marker, note, at: ink };
    });
    return { words: wordsIn(this.#text.slice(from)), calls };
  }
}

/** Whether a unit says anything; a bullet alone does not. */
export const isEmpty = (unit: Unit): boolean =>
  unit.words.length === 0 && unit.calls.length === 0 && !unit.label;
