/**
 * A table of contents after the title block: the headings with the pages on which they stand, each a link to its own
 * (ISO 32000-1, 14.8.4.3.2: TOC, TOCI). The pages are known when all are set; until then only their place is. Points.
 */
import { textNodes, textOf, type Block, type Document } from '../../document.js';
import { stringsFor, type Template } from '../../template.js';
import type { Composer } from './composer.js';
import { widthOf } from './faces.js';
import type { Row } from './pages.js';
import { textRows, type Place } from './rows.js';
import { element, type Element } from './tags.js';

interface Entry {
  readonly eId: string;
  /** From 1. */
  readonly level: number;
  /** What an annex is called above its title. */
  readonly label: string | null;
  readonly words: string;
}

/** Headings deeper than this are not listed. */
const deepest = 2;
/** So many entries, and about so many pages, make a table worth its room. */
const fewest = { entries: 6, pages: 5 };

/** Whether a document has a table of contents, its text area being so wide and high. */
export function hasContents(
  document: Document,
  template: Template,
  measure: number,
  height: number,
): boolean {
  const wanted = template.pdf.contents;
  const entries = wanted === 'never' ? [] : entriesOf(document);
  if (wanted !== 'auto' || entries.length < fewest.entries) return wanted === 'always' && entries.length > 0;
  let characters = 0;
  for (const { node } of textNodes(document)) characters += textOf(node.content).length;
  const { sizes, leading } = template;
  // A letter is about half as wide as it is high.
  const inPage = (measure / (sizes.body * 0.48)) * (height / leading.body);
  return characters >= fewest.pages * inPage;
}

/** What stands above the entries, in the document's language; empty for nothing. */
export const titleOfContents = (document: Document, template: Template): string =>
  stringsFor(template, document.language).contents;

function entriesOf({ preamble, mainBody, conclusions, attachments }: Document): Entry[] {
  const inBody = [preamble, mainBody, conclusions].flatMap((blocks) =>
    blocks.flatMap((one) => headingOf(one)),
  );
  const inAnnexes = attachments.flatMap(({ num, children }) => {
    const title = children.find((block) => block.type === 'docTitle');
    const words = title ? textOf(title.content) : '';
    const own = num !== null && words.toLowerCase().startsWith(num.toLowerCase()) ? null : num;
    return [
      ...(title ? [{ eId: title.eId, level: 1, label: own, words }] : []),
      ...children.flatMap((one) => headingOf(one).map((entry) => ({ ...entry, level: entry.level + 1 }))),
    ];
  });
  const all = [...inBody, ...inAnnexes].filter(({ words }) => words.trim() !== '');
  const highest = all.reduce((least, { level }) => Math.min(least, level), Infinity);
  return all
    .map((entry) => ({ ...entry, level: entry.level - highest + 1 }))
    .filter(({ level }) => level <= deepest);
}

const headingOf = (block: Block): Entry[] =>
  block.type === 'heading'
    ? [
        {
          eId: block.eId,
          level: Math.max(1, block.level),
          label: null,
          words: [block.num, textOf(block.content)].filter(Boolean).join(' '),
        },
      ]
    : [];

/** The table as rows. */
export function* contentsRows(composer: Composer, place: Place): Generator<Row> {
  const { styles, document, template } = composer;
  const [heading] = styles.headings;
  const table = element('TOC', place.container);
  const title = titleOfContents(document, template);
  if (title !== '') {
    const owner = element('Caption', table);
    yield* textRows(
      { content: [{ type: 'text', value: title }] },
      { style: heading, place, owner, before: 6 },
      composer,
    );
  }
  const style = { ...styles.ragged, hyphenate: false };
  const numbers = widthOf(style.family.regular, '0000', style.size) + style.size;
  const step = style.size * 1.6;
  const tables: Element[] = [table];
  let last: Element | null = null;
  let first = true;
  for (const { eId, level, label, words } of entriesOf(document)) {
    while (tables.length > level) tables.pop();
    while (tables.length < level) tables.push(element('TOC', last ?? table));
    const item: Element = element('TOCI', tables.at(-1) ?? table);
    const indent = (level - 1) * step;
    const inner = { ...place, x: place.x + indent, measure: place.measure - indent - numbers };
    const named =
      label === null
        ? []
        : textRows(
            { content: [{ type: 'text', value: label }] },
            { style, place: inner, owner: element('Lbl', item), before: 6 },
            composer,
          );
    const owner = element('Link', element('Reference', item));
    const entry = textRows(
      { content: [{ type: 'text', value: words }] },
      { style, place: inner, owner, before: label !== null ? 0 : level === 1 ? 4 : 1 },
      composer,
    );
    const rows = [...named, ...entry];
    for (const [index, row] of rows.entries()) {
      const isLast = index === rows.length - 1;
      const lines = isLast ? row.lines.map((line) => ({ ...line, leadsTo: eId })) : row.lines;
      yield { ...row, lines, break: index > 0 || first ? 'never' : 'free' };
    }
    last = item;
    first = false;
  }
}

/** The same rows, the first of them on a new page. */
export function* onNewPage(rows: Iterable<Row>): Generator<Row> {
  let first = true;
  for (const row of rows) {
    yield first ? { ...row, break: 'page' } : row;
    first = false;
  }
}
