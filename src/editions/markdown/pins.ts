/**
 * Pins: `<a id="para_15"></a>` at the start of a paragraph, a heading, a note. A pin makes the place a target of
 * links, and says what the words after it do not: an attribute stands there only where the rules below, which
 * whoever reads the edition back applies too, would guess otherwise.
 *
 * | what | by rule | else |
 * |---|---|---|
 * | type | `#` is the docTitle; `##` in an attachment too; other headings are headings; a table is a table; text is a paragraph | `class` |
 * | role | a list item and what stands deeper than its parent is `item`; else, with a label `numbered`; else in the preamble `preambular`, in the rest `plain` | `class` |
 * | num | what stands before the first EM SPACE; else, but in signatures, a first word that looks like a label (`labelled`) | `data-num`, empty for none |
 * | level | the number of `#`, less 1, less 2 in an attachment | `data-level` |
 * | depth | two EM SPACEs before the words for each level; a `wrapUp` is one deeper than it stands; what stands in a list item is deeper than the item; a list's items are one deeper than the paragraph before it (as deep, after a `wrapUp`), or 0 after anything else | `data-depth` |
 * | verb | of a `preambular` or `operative` paragraph its first word, behind a quotation mark; of others none | `data-verb`, empty for none |
 * | marker | of a bullet the front matter's `bullet`; of a note its label where that is a number, else what stands before its first space or EM SPACE; of a note that nothing calls the num of the paragraph that prints it | `data-marker` |
 * | language | the document's | `lang` |
 * | eId of a table's cell | `<table>__cell_<row>_<column>`, from 1 | a pin of its own |
 *
 * A table without cells is a pin alone, `class="table"`, and `data-rows` counts its rows. A note that nothing calls
 * has its pin before that of the paragraph of role `note` that prints it, or, where no paragraph does, stands in such a
 * paragraph's place, under its own pin.
 *
 * A signature is one paragraph for each column, its lines parted by hard breaks; its own pin stands before the first
 * line's, and `data-column` says where another column begins.
 */

/** U+2003: it indents sub-paragraphs and parts a label of several words from its text. Folded text holds none. */
export const emSpace = '\u2003';

export type Attributes = Readonly<Record<string, string | undefined>>;

/** @param eId null for an anchor that only says something and is no target */
export function pin(eId: string | null, attributes: Attributes = {}): string {
  const all = Object.entries({ id: eId ?? undefined, ...attributes })
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(
      ([name, value]) =>
        ` ${name}="${value.replace(/[&<>"|]|[^\S ]/g, (unit) => `&#${unit.charCodeAt(0)};`)}"`,
    );
  return `<a${all.join('')}></a>`;
}

/** A first word that is taken for a label without being told: `15.`, `3)`, `(a)`, `(iv)`, `II.`, `b.`. */
const looksLikeLabel = /^(\(\p{L}{1,5}\)|\(?\d{1,4}[.)]|[A-Za-z][.)]|[IVXLC]{1,7}\.|[ivxlc]{1,7}[.)])$/u;

export interface Labelled {
  /** The label and what parts it from the text: to be written before the text. */
  readonly label: string;
  /** The value of `data-num`, where the rule would guess wrong. */
  readonly num: string | undefined;
}

/**
 * How a label is written before its text: `15.` and one space, `Article 5` and an EM SPACE.
 * @param text the words after it; '' where there are none
 * @param isGuessed false where a first word is never taken for a label: a signature's `J. Smith`
 */
export function labelled(num: string | null, text: string, isGuessed = true): Labelled {
  if (num === null || num === '') {
    const first = /^[^ ]*/.exec(text)?.[0] ?? '';
    return { label: '', num: isGuessed && looksLikeLabel.test(first) ? '' : undefined };
  }
  if (isGuessed && looksLikeLabel.test(num)) return { label: text === '' ? num : `${num} `, num: undefined };
  return text === '' ? { label: num, num } : { label: num + emSpace, num: undefined };
}
