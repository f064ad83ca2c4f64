/** The rows of a document: what stands where, in reading order, before it is written or cited. */
import type {
  Attachment,
  Block,
  Document,
  Inline,
  Paragraph,
  Region,
  Signature,
  Span,
  Table,
  TableRow,
} from '../../document.js';
import { callsOf, labelIsInHeading, regions, textOf, unknownNode } from '../../document.js';

/** One row before it is cited: a node, or the cells of a table row, with what stands above it. */
export interface Place {
  readonly eId: string;
  readonly num: string | null;
  readonly region: Region;
  readonly role: string;
  readonly level: number;
  /** The headings above, outermost first; an attachment's label is the first of its. */
  readonly headings: readonly string[];
  /** The labels of the paragraphs above, outermost first. */
  readonly labels: readonly string[];
  /** The label of the attachment that it is in, or its title. */
  readonly attachment: string | null;
  /** Several for the cells of a table row. */
  readonly contents: readonly (readonly Inline[])[];
  readonly source: Span;
}

export const cellSeparator = ' | ';
export const textAt = (place: Place): string => place.contents.map(textOf).join(cellSeparator);

/** The calls of a row with their offsets in the row's text. */
export function callsAt(place: Place): { footnote: string; offset: number }[] {
  let before = 0;
  return place.contents.flatMap((content) => {
    const calls = callsOf(content).map(({ footnote, offset }) => ({ footnote, offset: before + offset }));
    before += textOf(content).length + cellSeparator.length;
    return calls;
  });
}

/** The headings that are open at some point of a region, by level. */
type Headings = Map<number, string>;

export const placesOf = (document: Document): Place[] => [...placesIn(document)];

function* placesIn(document: Document): Generator<Place> {
  for (const region of regions) {
    if (region === 'attachments') continue;
    const headings: Headings = new Map();
    for (const block of document[region]) yield* placesOfBlock(block, region, headings, null);
  }
  for (const one of document.attachments) yield* placesOfAttachment(one);
}

function* placesOfAttachment(one: Attachment): Generator<Place> {
  const name = one.num ?? one.title;
  const title = [one.num, one.title].filter((part) => part !== null && part !== '').join(' ');
  const headings: Headings = new Map(title === '' || isHeadedBy(one) ? [] : [[0, title]]);
  if (one.num !== null && !labelIsInHeading(one))
    yield {
      ...nowhere(one.eId, one.source, 'attachments', 'attachment'),
      num: one.num,
      attachment: name,
      source: { ...one.source, lastLine: one.source.line },
    };
  for (const block of one.children) yield* placesOfBlock(block, 'attachments', headings, name);
}

/** Whether an attachment's title is a heading in it: then that heading stands above the rest by itself. */
const isHeadedBy = (one: Attachment): boolean =>
  one.children.some((block) => block.type === 'heading' && textOf(block.content) === one.title);

const nowhere = (eId: string, source: Span, region: Region, role: string): Place => ({
  eId,
  num: null,
  region,
  role,
  level: 1,
  headings: [],
  labels: [],
  attachment: null,
  contents: [],
  source,
});

function* placesOfBlock(
  block: Block,
  region: Region,
  headings: Headings,
  attachment: string | null,
): Generator<Place> {
  const at = {
    ...nowhere(block.eId, block.source, region, block.type),
    headings: [...headings.values()],
    attachment,
  };
  switch (block.type) {
    case 'docTitle':
    case 'subtitle':
    case 'docDate':
    case 'docNumber':
    case 'place':
      yield { ...at, contents: [block.content] };
      return;
    case 'heading':
      for (const level of [...headings.keys()]) if (level >= block.level) headings.delete(level);
      yield {
        ...at,
        num: block.num,
        level: block.level,
        headings: [...headings.values()],
        contents: [block.content],
      };
      headings.set(block.level, withLabel(block.num, textOf(block.content)));
      return;
    case 'paragraph':
      yield* placesOfParagraph(block, at, block.role);
      return;
    case 'table':
      yield* placesOfTable(block, at);
      return;
    case 'signature':
      yield* placesOfSignature(block, at);
      return;
    default:
      unknownNode(block);
  }
}

export const withLabel = (label: string | null, text: string): string =>
  label === null || text === '' ? `${label ?? ''}${text}` : `${label} ${text}`;

function* placesOfParagraph(one: Paragraph, at: Place, role: string): Generator<Place> {
  const { eId, num, source } = one;
  yield { ...at, eId, num, role, contents: [one.content], source };
  const below = { ...at, level: at.level + 1, labels: num === null ? at.labels : [...at.labels, num] };
  for (const child of one.children)
    yield* placesOfParagraph(child, below, role === 'signature' ? role : child.role);
}

function* placesOfTable(table: Table, at: Place): Generator<Place> {
  for (const row of table.rows) {
    const [first] = row.cells;
    if (first)
      yield {
        ...at,
        eId: first.eId,
        role: 'tableRow',
        contents: row.cells.map((cell) => cell.content),
        source: { ...first.source, lastLine: lastLineOf(row) },
      };
  }
}

const lastLineOf = (row: TableRow): number =>
  row.cells.reduce((last, cell) => Math.max(last, cell.source.lastLine), 0);

function* placesOfSignature(signature: Signature, at: Place): Generator<Place> {
  for (const lines of signature.columns)
    for (const line of lines) yield* placesOfParagraph(line, at, 'signature');
}
