/**
 * The flat form in which a document and its editions are compared: one unit for each text, in reading order, and the
 * notes apart. Every reader of this room makes it, and each by code of its own.
 */

/** What a unit is. `label` is an annex's label on a line of its own; `row` a table row in one piece. */
export type UnitKind = 'title' | 'heading' | 'paragraph' | 'signature' | 'cell' | 'row' | 'label' | 'note';

/** The mark of a footnote in a text. */
export interface Call {
  /** As printed; null where the edition doesn't say it. */
  readonly marker: string | null;
  /** The `key` of the note that it calls; null where the edition doesn't say it. */
  readonly note: string | null;
  /** Its place: how many characters stand before it in the unit's words, inkless ones not counted (`inkOf`). */
  readonly at: number;
}

/** Part of a text, in characters as `Call.at` counts them. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export type Emphasis = 'emphasis' | 'strong';

/** Where a text is emphasised; a kind that the edition doesn't tell here is absent. */
export type Emphasised = Readonly<Partial<Record<Emphasis, readonly Stretch[]>>> & {
  /** Where the edition can't tell: the glyphs of another script. */
  readonly untold?: readonly Stretch[];
};

/** Where a text stands in the document. Absent: the edition doesn't say it. */
export interface Standing {
  /** preface, preamble, mainBody, conclusions, attachments, footnotes */
  readonly region?: string | undefined;
  /** Whether it stands in an attachment. */
  readonly isAttached?: boolean | undefined;
  /** What it does, or the roles that look like this. */
  readonly roles?: readonly string[] | undefined;
  /** Of a heading: 1 is the highest. */
  readonly level?: number | undefined;
  /** The attachment that it stands in, by its pin; null for none. */
  readonly attachment?: string | null | undefined;
  /** The pins of what encloses it, attachments among them. */
  readonly within?: readonly string[] | undefined;
  /** Of a heading: which of H1 to H6 a PDF tags it as, where no level may be skipped on the way down. */
  readonly rank?: number | undefined;
  /** How many paragraphs it stands below. */
  readonly depth?: number | undefined;
  /** How many of these have a label or bullet: what indents it on the page. */
  readonly indents?: number | undefined;
  /** `level` and `indents` may be greater, for the edition has no deeper ones. */
  readonly isDeepest?: boolean | undefined;
}

/** What begins with a text and has no words of its own: an attachment, a table, a signature block. */
export interface Opening {
  readonly pin: string;
  /** How many texts it holds from here on. */
  readonly texts: number;
}

/** What still opens after a text that is not shown. */
export const stillOpening = (opens: readonly Opening[]): readonly Opening[] =>
  opens.flatMap(({ pin, texts }) => (texts > 1 ? [{ pin, texts: texts - 1 }] : []));

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
  readonly emphasis?: Emphasised | undefined;
  readonly standing?: Standing | undefined;
  /** The lines of the source, from 1. */
  readonly lines?: { readonly first: number; readonly last?: number } | undefined;
  readonly opens?: readonly Opening[];
  /** Where its first word is, from 1. */
  readonly page?: number;
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

/** What is known of a document as a whole. */
export interface Facts {
  readonly id: string;
  readonly title: string;
  /** As printed, else in ISO form. */
  readonly date: string | null;
  readonly symbol: string | null;
  readonly attachments: readonly {
    readonly pin: string;
    readonly num: string | null;
    readonly title: string;
  }[];
}

export interface Flat {
  /** Of the document alone. */
  readonly facts?: Facts;
  readonly body: readonly Unit[];
  readonly notes: readonly FlatNote[];
  /** The entries of a table of contents, each with the pin that it leads to; its words repeat those that stand there. */
  readonly contents?: readonly Unit[];
  /** The targets that a link from outside can name, and of each what stands there: a page, where the edition has pages. */
  readonly targets?: ReadonlyMap<string, number | null>;
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

/** Gathers a unit's words, calls and emphasis as a reader meets them. */
export class Gatherer {
  #text = '';
  readonly #calls: { readonly marker: string | null; readonly note: string | null; readonly upTo: number }[] =
    [];
  readonly #marks: { readonly kind: string; readonly start: number; end: number }[] = [];

  /** @param marks the kinds of emphasis that it has */
  add(text: string, marks: readonly string[] = []): void {
    const start = this.#text.length;
    this.#text += text;
    for (const kind of new Set(marks)) {
      const open = this.#marks.findLast((mark) => mark.kind === kind);
      if (open?.end === start) open.end = this.#text.length;
      else this.#marks.push({ kind, start, end: this.#text.length });
    }
  }

  call(marker: string | null, note: string | null): void {
    this.#calls.push({ marker, note, upTo: this.#text.length });
  }

  get text(): string {
    return this.#text;
  }

  /** @param from leaves this many UTF-16 units at the beginning out: the label */
  gathered(from = 0): Pick<Unit, 'words' | 'calls'> {
    const inkAt = this.#inkAt(from);
    const calls = this.#calls.map(({ marker, note, upTo }) => ({ marker, note, at: inkAt(upTo) }));
    return { words: wordsIn(this.#text.slice(from)), calls };
  }

  /** Where the marks of a kind stand. @param from as of `gathered` */
  marked(kind: string, from = 0): readonly Stretch[] {
    const inkAt = this.#inkAt(from);
    const stretches = this.#marks
      .filter((mark) => mark.kind === kind)
      .map(({ start, end }) => ({ from: inkAt(start), to: inkAt(end) }));
    return joined(stretches);
  }

  /** The number of characters with ink before an offset; offsets must be asked for in their order. */
  #inkAt(from: number): (offset: number) => number {
    let ink = 0;
    let counted = from;
    return (offset) => {
      if (offset > counted) {
        ink += inkOf(this.#text.slice(counted, offset));
        counted = offset;
      }
      return ink;
    };
  }
}

/** Stretches in order without the empty ones, those that touch as one. */
export function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const out: Stretch[] = [];
  for (const { from, to } of stretches) {
    const last = out.at(-1);
    if (from >= to) continue;
    if (last && last.to >= from) out[out.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else out.push({ from, to });
  }
  return out;
}

/** Whether a unit says anything; a bullet alone does not. */
export const isEmpty = (unit: Unit): boolean =>
  unit.words.length === 0 && unit.calls.length === 0 && !unit.label;
