/**
 * Real numbering, where Word prints the label as printed.
 *
 * Word prints a number that it counts, not a label that it is told. So the paragraphs are gone through in Word's
 * order and put into lists, and a paragraph goes into a list only where the count then gives exactly its printed
 * label. A run of consecutive labels is a list of its own, with its own start: nothing that stands between its
 * paragraphs, or that an editor adds to another list, can move its numbers. Sub-paragraphs that begin anew under
 * each number (`(a)`, `(i)`) are further levels of their paragraph's list, as a person would make them, and so are
 * labels that repeat the number above them (`1.1`, `1.2.1`). What Word's numbering can't print is left to stand as text.
 */
import {
  textOf,
  type Block,
  type Document,
  type Footnote,
  type Heading,
  type Paragraph,
} from '../../document.js';
import { compoundIn, readings, sameForm, type Reading } from './labels.js';
import { headingStyle } from './style.js';
import {
  deepestLevel,
  numberingXml,
  usualBullet,
  type BulletList,
  type Looks,
  type NumberLevel,
  type NumberList,
} from './lists.js';

/** A paragraph's place: `w:numId` and `w:ilvl` of ECMA-376 part 1, 17.9.18 and 17.9.3. */
export interface Place {
  readonly numId: number;
  readonly level: number;
}

export interface Numbering {
  /** Of the paragraphs that Word numbers or marks with a bullet; every other label is text. */
  readonly places: ReadonlyMap<Heading | Paragraph, Place>;
  /** The part word/numbering.xml. */
  readonly xml: string;
}

/** A list under way. */
interface List extends NumberList {
  readonly levels: (NumberLevel | undefined)[];
  /** The value last printed at each level; a level is forgotten when a higher one prints. */
  readonly counts: (number | undefined)[];
}

/** What is to be numbered, and how it looks. */
interface Numbered extends Omit<NumberLevel, 'reading'> {
  readonly node: Heading | Paragraph;
  readonly label: string;
}

/** A list and the level in it at which a paragraph is counted. */
interface Position {
  readonly list: List;
  readonly level: number;
}

/** Word's lists are counted in 16 bits; labels of further lists stand as text. */
const mostLists = 30_000;

/** Puts every label of the document into a list, or leaves it as text. */
export function planNumbering(document: Document, looks: Looks): Numbering {
  const planner = new Planner(looks);
  for (const region of ['preface', 'preamble', 'mainBody', 'conclusions'] as const)
    planner.blocks(document[region], region);
  for (const attachment of document.attachments) planner.blocks(attachment.children, attachment.eId);
  for (const note of document.footnotes) planner.note(note);
  return planner.finish();
}

class Planner {
  readonly #places = new Map<Heading | Paragraph, Place>();
  readonly #lists: List[] = [];
  readonly #bullets = new Map<string, BulletList>([
    [`paragraph ${usualBullet}`, { kind: 'paragraph', numId: 1, glyph: usualBullet }],
  ]);
  /** The run that a label of this kind would continue. */
  readonly #open = new Map<string, List>();
  readonly #looks: Looks;
  #last = 1;
  /** The list that last printed a number of the highest level: `1.1` is a level of it. */
  #highest: List | undefined;

  constructor(looks: Looks) {
    this.#looks = looks;
  }

  blocks(blocks: readonly Block[], region: string): void {
    this.#highest = undefined;
    for (const block of blocks)
      switch (block.type) {
        case 'heading':
          // One that is nothing but its label is words to Word: it lists no empty heading in a table of contents.
          if (block.num !== null && textOf(block.content) !== '')
            this.#label(
              { node: block, label: block.num, kind: 'heading', depth: 0, style: headingStyle(block) },
              `${block.level} ${region}`,
            );
          break;
        case 'paragraph':
          this.#paragraph(block, 'paragraph', region, 0, undefined);
          break;
        case 'docTitle':
        case 'subtitle':
        case 'docDate':
        case 'docNumber':
        case 'place':
        case 'table':
        case 'signature':
          break;
        default:
          throw new Error(`unknown block: ${JSON.stringify(block satisfies never)}`);
      }
  }

  note(note: Footnote): void {
    this.#highest = undefined;
    for (const child of note.children) this.#paragraph(child, 'note', note.eId, 1, undefined);
  }

  /**
   * @param parent the eId or region within which a run of labels goes on
   * @param depth how many labelled paragraphs it is below: an unlabelled one indents nothing
   * @param above where the parent's label is counted
   */
  #paragraph(
    paragraph: Paragraph,
    kind: 'paragraph' | 'note',
    parent: string,
    depth: number,
    above: Position | undefined,
  ): void {
    let within: Position | undefined;
    if (paragraph.role !== 'note' && paragraph.num !== null)
      within = this.#label({ node: paragraph, label: paragraph.num, kind, depth }, parent, above);
    else if (paragraph.role !== 'note' && paragraph.marker !== undefined)
      this.#bullet(paragraph, paragraph.marker, kind, depth);
    const deeper = paragraph.num === null && paragraph.marker === undefined ? depth : depth + 1;
    for (const child of paragraph.children) this.#paragraph(child, kind, paragraph.eId, deeper, within);
  }

  #label(numbered: Numbered, parent: string, above?: Position): Position | undefined {
    return this.#compound(numbered) ?? this.#deeper(numbered, above) ?? this.#run(numbered, parent);
  }

  /** Takes `1.2` into the list that has just printed `1` and `1.1`. */
  #compound(numbered: Numbered): Position | undefined {
    const read = compoundIn(numbered.label);
    const list = this.#highest;
    if (!read || !list) return undefined;
    const level = read.numbers.length - 1;
    const follows = read.numbers.every((number, at) =>
      at === level
        ? number === (list.counts[at] ?? 0) + 1
        : number === list.counts[at] && list.levels[at]?.reading.form.format === 'decimal',
    );
    return level <= deepestLevel && follows
      ? this.#at(list, level, { form: read.form, value: (list.counts[level] ?? 0) + 1 }, numbered)
      : undefined;
  }

  /** Takes the label into the parent's list, where the count of its next level gives just this label. */
  #deeper(numbered: Numbered, above: Position | undefined): Position | undefined {
    if (!above || above.level >= deepestLevel) return undefined;
    const { list } = above;
    const level = above.level + 1;
    const next = (list.counts[level] ?? 0) + 1;
    const form = list.levels[level]?.reading.form;
    const reading = readings(numbered.label).find(
      (one) => one.value === next && (form === undefined || sameForm(one.form, form)),
    );
    return reading && this.#at(list, level, reading, numbered);
  }

  /** Counts it at a level, which is made for it or has its form and look. */
  #at(list: List, level: number, reading: Reading, numbered: Numbered): Position | undefined {
    const { kind, depth, style } = numbered;
    const known = (list.levels[level] ??= { reading, kind, depth, style });
    const fits =
      sameForm(known.reading.form, reading.form) &&
      known.kind === kind &&
      known.depth === depth &&
      known.style === style;
    return fits ? this.#count(numbered, list, level, reading.value) : undefined;
  }

  /** Continues the open run of this kind and parent, or begins a new one; a label that is text breaks no run. */
  #run(numbered: Numbered, parent: string): Position | undefined {
    const { kind, depth, style, label } = numbered;
    const level = Math.min(depth, deepestLevel);
    const found = readings(label);
    const key = `${kind} ${parent}`;
    const open = this.#open.get(key);
    const form = open?.levels[level]?.reading.form;
    const next = (open?.counts[level] ?? 0) + 1;
    const continued = found.find((one) => form && one.value === next && sameForm(one.form, form));
    if (open && continued) return this.#count(numbered, open, level, continued.value);
    const first = found[0];
    if (!first || this.#last >= mostLists) return undefined;
    this.#last += 1;
    const list: List = { numId: this.#last, levels: [], counts: [] };
    list.levels[level] = { reading: first, kind, depth, style };
    this.#lists.push(list);
    this.#open.set(key, list);
    return this.#count(numbered, list, level, first.value);
  }

  #count({ node }: Numbered, list: List, level: number, count: number): Position {
    list.counts[level] = count;
    list.counts.length = level + 1;
    if (level === 0) this.#highest = list;
    this.#places.set(node, { numId: list.numId, level });
    return { list, level };
  }

  /** Bullets of one glyph are one list: nothing is counted. */
  #bullet(paragraph: Paragraph, printed: string, kind: 'paragraph' | 'note', depth: number): void {
    // Word would put a number in the place of `%1`.
    const glyph = printed.includes('%') ? usualBullet : printed;
    const key = `${kind} ${glyph}`;
    let list = this.#bullets.get(key);
    if (!list) {
      if (this.#last >= mostLists) return;
      this.#last += 1;
      list = { kind, numId: this.#last, glyph };
      this.#bullets.set(key, list);
    }
    this.#places.set(paragraph, { numId: list.numId, level: Math.min(depth, deepestLevel) });
  }

  finish(): Numbering {
    const lists = [...this.#bullets.values(), ...this.#lists].sort((one, other) => one.numId - other.numId);
    return { places: this.#places, xml: numberingXml(lists, this.#looks) };
  }
}
