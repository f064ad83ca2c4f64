/**
 * Paragraphs with their labels, and below them their sub-paragraphs and bullets, each level with its hanging indent.
 * Points.
 */
import { textOf, type Block, type Footnote, type Paragraph } from '../../document.js';
import { anchor, anchorOnly, type Composer } from './composer.js';
import { labelOf, labelText, markerOf } from './labels.js';
import type { Anchor, Row } from './pages.js';
import { textRows, type Place } from './rows.js';
import type { Style } from './styles.js';
import { element, listNumbering, type Element } from './tags.js';

/**
 * A paragraph and what stands below it. One with a label is an LI of the list that `place.container` is; its text
 * and children are in its LBody.
 */
export function* paragraphRows(
  composer: Composer,
  paragraph: Paragraph,
  place: Place,
  depth: number,
  style: Style = composer.styles.body,
): Generator<Row> {
  const { spacing, labelGap } = composer.template.paragraph;
  if (paragraph.role === 'note') {
    yield* uncalledNoteRows(composer, paragraph, place);
    return;
  }
  const before = depth === 0 ? spacing : spacing * 0.5;
  const labelText_ = labelText(paragraph);
  let inner = place;
  if (labelText_ === null) {
    if (paragraph.content.length === 0) yield* anchorOnly(paragraph.eId);
    else
      yield* textRows(
        paragraph,
        {
          style,
          place,
          owner: element('P', place.container, { language: paragraph.language }),
          before,
          anchors: [pinOf(composer, paragraph, depth)],
        },
        composer,
      );
  } else {
    const item = element('LI', place.container, { language: paragraph.language });
    const labelElement = element('Lbl', item);
    const container = element('LBody', item);
    const indent = composer.indent(depth) * (style === composer.styles.note ? 0.75 : 1);
    inner = { x: place.x + indent, measure: place.measure - indent, container };
    const label = labelOf(labelText_, style);
    yield* textRows(
      paragraph,
      {
        style,
        place: inner,
        owner: paragraph.content.length > 0 ? element('P', container) : container,
        before,
        anchors: [pinOf(composer, paragraph, depth)],
        label: {
          label,
          x: place.x,
          gap: labelGap,
          style: { ...style, colour: depth === 0 ? composer.template.colours.label : style.colour },
          owner: labelElement,
          close: label.width + labelGap <= composer.template.paragraph.indent,
        },
      },
      composer,
    );
  }
  yield* childRows(composer, paragraph.children, inner, depth + 1, style);
}

/** The paragraphs below another one: those with labels are lists in `place.container`. */
export function* childRows(
  composer: Composer,
  children: readonly Paragraph[],
  place: Place,
  depth: number,
  style: Style,
): Generator<Row> {
  let first = true;
  for (const { block, container } of inLists(children, place.container)) {
    for (const row of paragraphRows(composer, block, { ...place, container }, depth, style)) {
      yield first && row.break === 'free' ? { ...row, break: 'avoid' } : row;
      first = false;
    }
  }
}

const wordsInBookmark = 8;

function pinOf(composer: Composer, paragraph: Paragraph, depth: number): Anchor {
  if (depth > 0 || paragraph.num === null || paragraph.role === 'item') return anchor(paragraph.eId, null, 0);
  const words = textOf(paragraph.content).split(/\s+/u, wordsInBookmark + 1);
  const start = words.slice(0, wordsInBookmark).join(' ');
  const title = `${paragraph.num} ${start}${words.length > wordsInBookmark ? '…' : ''}`.trim();
  return anchor(paragraph.eId, title, composer.headings.current + 1);
}

/** Each block with the element that holds it: labelled paragraphs that follow each other are items of one list. */
export function* inLists<Kind extends Block>(
  blocks: readonly Kind[],
  around: Element,
): Generator<{ readonly block: Kind; readonly container: Element }> {
  let list: Element | null = null;
  let bulleted = false;
  for (const block of blocks) {
    const labelled = block.type === 'paragraph' && labelText(block) !== null && block.role !== 'note';
    if (!labelled || (list && bulleted !== (block.num === null))) list = null;
    if (labelled) {
      bulleted = block.num === null;
      list ??= listFor(block, around);
    }
    yield { block, container: list ?? around };
  }
}

/** The list that a labelled paragraph begins. */
const listFor = (paragraph: Paragraph, container: Element): Element =>
  element('L', container, { attributes: listNumbering(labelText(paragraph), paragraph.num === null) });

/** How far the text of a note is indented. */
export const noteIndent = (style: Style): number => style.size * 1.3;

/** A note that nothing calls and no paragraph prints, in the type of notes. */
export const strayNoteRows = (composer: Composer, note: Footnote, place: Place): Iterable<Row> =>
  uncalledNoteRows(composer, { ...note, type: 'paragraph', role: 'note', num: note.marker }, place);

/** A note that nothing calls: a paragraph in the type of notes, where it stood. */
function* uncalledNoteRows(composer: Composer, paragraph: Paragraph, place: Place): Generator<Row> {
  const style = composer.styles.note;
  const labelled = labelText(paragraph);
  const indent = labelled === null ? 0 : noteIndent(style);
  const list = labelled === null ? null : listFor(paragraph, place.container);
  const item = list ? element('LI', list, { language: paragraph.language }) : null;
  const labelElement = item && element('Lbl', item);
  const container = item ? element('LBody', item) : place.container;
  const inner: Place = { x: place.x + indent, measure: place.measure - indent, container };
  yield* textRows(
    paragraph,
    {
      style,
      place: inner,
      owner: element('P', container),
      before: composer.template.paragraph.spacing,
      anchors: [anchor(paragraph.eId, null, 0)],
      ...(labelled !== null &&
        labelElement && {
          label: {
            label: markerOf(labelled, style),
            x: place.x,
            gap: style.size * 0.25,
            style,
            owner: labelElement,
            close: false,
          },
        }),
    },
    composer,
  );
  yield* childRows(composer, paragraph.children, inner, 1, style);
}
