/**
 * Real numbering, where Word prints the label as printed.
 *
 * Word prints a number that it counts, not a label that it is told. So the paragraphs are gone through in Word's
 * order and put into lists, and a paragraph goes into a list only where the count then gives exactly its printed
 * label. A run of consecutive labels is a list of its own, with its own start: nothing that stands between its
 * paragraphs, or that an editor adds to another list, can move its numbers. Sub-paragraphs that begin anew under
 * each number (`(a)`, `(i)`) are further levels of their paragraph's list, as a person would make them. What Word's
 * numbering can't print is left to stand as text.
 */
import {
  textOf,
  type Block,
  type Document,
  type Footnote,
  type Heading,
  type Paragraph,
} from '../../document.js';
import { readings, sameForm, type Reading } from './labels.js';
import { headingStyle } from './style.js';
import {
  deepestLevel,
  numberingXml,
  usualBullet,
  type BulletList,
  type Kind,
  type Looks,
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
  readonly levels: (Reading | undefined)[];
  /** The value last printed at each level; a level is forgotten when a higher one prints. */
  readonly counts: (number | undefined)[];
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

  constructor(looks: Looks) {
    this.#looks = looks;
  }

  blocks(blocks: readonly Block[], region: string): void {
    for (const block of blocks)
      switch (block.type) {
        case 'heading':
          // One that is nothing but its label is words to Word: it lists no empty heading in a table of contents.
          if (block.num !== null && textOf(block.content) !== '')
            this.#run(block, block.num, 'heading', `${block.level} ${region}`, 0, headingStyle(block));
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
    for (const child of note.children) this.#paragraph(child, 'note', note.eId, 1, undefined);
  }

  /**
   * @param parent the eId or region within which a run of labels goes on
   * @param depth how many labelled paragraphs it is below: an unlabelled one indents nothing
   * @param above the list that the parent's label is counted in, one level higher
   */
  #paragraph(paragraph: Paragraph, kind: Kind, parent: string, depth: number, above: List | undefined): void {
    let within: List | undefined;
    if (paragraph.role !== 'note' && paragraph.num !== null)
      within =
        this.#deeper(paragraph, paragraph.num, depth, above) ??
        this.#run(paragraph, paragraph.num, kind, parent, depth);
    else if (paragraph.role !== 'note' && paragraph.marker !== undefined)
      this.#bullet(paragraph, paragraph.marker, kind, depth);
    const deeper = paragraph.num === null && paragraph.marker === undefined ? depth : depth + 1;
    for (const child of paragraph.children) this.#paragraph(child, kind, paragraph.eId, deeper, within);
  }

  /** Takes the label into the parent's list, where the count of its next level gives just this label. */
  #deeper(paragraph: Paragraph, label: string, depth: number, above: List | undefined): List | undefined {
    if (!above || depth > deepestLevel || above.levels[depth - 1] === undefined) return undefined;
    const known = above.levels[depth];
    const next = (above.counts[depth] ?? 0) + 1;
    const reading = readings(label).find(
      (one) => one.value === next && (known === undefined || sameForm(one.form, known.form)),
    );
    if (!reading) return undefined;
    above.levels[depth] ??= reading;
    return this.#count(paragraph, above, depth, reading.value);
  }

  /** Continues the open run of this kind and parent, or begins a new one; a label that is text breaks no run. */
  #run(
    node: Heading | Paragraph,
    label: string,
    kind: Kind,
    parent: string,
    depth: number,
    style?: string,
  ): List | undefined {
    const level = Math.min(depth, deepestLevel);
    const found = readings(label);
    const key = `${kind} ${parent}`;
    const open = this.#open.get(key);
    const form = open?.levels[level]?.form;
    const next = (open?.counts[level] ?? 0) + 1;
    const continued = found.find((one) => form && one.value === next && sameForm(one.form, form));
    if (open && continued) return this.#count(node, open, level, continued.value);
    const first = found[0];
    if (!first || this.#last >= mostLists) return undefined;
    this.#last += 1;
    const list: List = {
      kind,
      ...(style !== undefined && { style }),
      numId: this.#last,
      levels: [],
      counts: [],
    };
    list.levels[level] = first;
    this.#lists.push(list);
    this.#open.set(key, list);
    return this.#count(node, list, level, first.value);
  }

  #count(node: Heading | Paragraph, list: List, level: number, count: number): List {
    list.counts[level] = count;
    list.counts.length = level + 1;
    this.#places.set(node, { numId: list.numId, level });
    return list;
  }

  /** Bullets of one glyph are one list: nothing is counted. */
  #bullet(paragraph: Paragraph, printed: string, kind: Kind, depth: number): void {
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
