/**
 * Composition: the document's blocks as rows for the paginator, with their elements in the structure tree. One
 * small function for each kind of block. Rows are made only as the paginator asks for them.
 */
import {
  callsByFootnote,
  labelIsInHeading,
  textOf,
  uncalledNotes,
  unknownNode,
  type Attachment,
  type Block,
  type Document,
  type Heading,
} from '../../document.js';
import type { Template } from '../../template.js';
import { anchor, anchorOnly, headingLevels, type Composer } from './composer.js';
import { contentsRows, onNewPage } from './contents.js';
import { familyIn, squareIn, type Family } from './faces.js';
import type { Image } from './images.js';
import type { Hyphenator } from './hyphenate.js';
import { indentsOf, labelOf } from './labels.js';
import { noteRows } from './notes.js';
import type { Row } from './pages.js';
import { inLists, paragraphRows, strayNoteRows } from './paragraphs.js';
import { textRows, type Place } from './rows.js';
import { signatureRows } from './signatures.js';
import { isRightToLeft } from './scripts.js';
import { stylesOf, type Style } from './styles.js';
import { tableRows } from './tables.js';
import { element, type Element } from './tags.js';

/** The whole document as rows; `root` is the Document element. */
export function* composeDocument(
  document: Document,
  template: Template,
  family: Family,
  measure: number,
  hyphenators: ReadonlyMap<string, Hyphenator | null>,
  root: Element,
  { logo = null, contents = false }: { readonly logo?: Image | null; readonly contents?: boolean } = {},
): Generator<Row> {
  const notes = new Map(document.footnotes.map((note) => [note.eId, note]));
  const called = new Set<string>();
  const headings = headingLevels();
  const indent = indentsOf(
    document,
    stylesOf(template, family).body,
    template.paragraph.indent,
    template.paragraph.labelGap,
    measure,
  );
  /** For a part of the document in some language. */
  const composerIn = (language: string): Composer => {
    const languageOf = (own: string | undefined) => (own ?? language).toLowerCase();
    const ownFamily = familyIn(family, language, template);
    const mirrored = isRightToLeft(ownFamily.script);
    const styles = stylesOf(template, ownFamily);
    const square = squareIn(styles.body);
    const composer: Composer = {
      document,
      template,
      styles,
      measure,
      mirrored,
      styleIn: (style, own) =>
        own === undefined ? style : { ...style, family: familyIn(style.family, own, template) },
      // Of whole ideographs, so that the lines of all levels end at one edge.
      indent: square > 0 ? (depth) => Math.ceil(indent(depth) / square) * square : indent,
      headings,
      hyphenator: (own) => hyphenators.get(languageOf(own)) ?? null,
      bindsLetters: (own) => /^(?:cs|pl|sk)\b/.test(languageOf(own)),
      noteRows: (eId, container) => {
        const note = notes.get(eId);
        if (!note || called.has(eId)) return [];
        called.add(eId);
        return noteRows(composer, note, container);
      },
    };
    return composer;
  };
  const composer = composerIn(document.language);
  const page: Place = { x: 0, measure, container: root };
  if (logo) yield logoRow(composer, logo, root);
  yield* blocks(composer, document.preface, page);
  const body = [...document.preamble, ...document.mainBody, ...document.conclusions];
  if (document.preface.length > 0 && body.length > 0) yield titleRule(measure, composer.mirrored);
  const text = function* (): Generator<Row> {
    yield* blocks(composer, document.preamble, page);
    yield* blocks(composer, document.mainBody, page);
    yield* blocks(composer, document.conclusions, page, template.paragraph.spacing * 2);
  };
  if (contents) {
    yield* contentsRows(composer, page);
    yield* onNewPage(text());
  } else yield* text();
  for (const attachment of document.attachments)
    yield* attachmentRows(composerIn(attachment.language ?? document.language), attachment, root);
  const calls = callsByFootnote(document);
  const { stray } = uncalledNotes(document, ({ eId }) => (calls.get(eId) ?? []).length > 0);
  for (const note of stray) yield* strayNoteRows(composer, note, page);
}

/** Above the title block. */
function logoRow({ template, measure, mirrored }: Composer, image: Image, root: Element): Row {
  const { alt, height, align } = template.logo;
  const width = Math.min(measure, (image.width / image.height) * height);
  const own = (image.height / image.width) * width;
  const attributes = { O: 'Layout', Placement: 'Block', Width: width, Height: own };
  const owner = alt === '' ? null : element('Figure', root, { alternative: alt, attributes });
  const x = align === 'start' ? 0 : align === 'middle' ? (measure - width) / 2 : measure - width;
  const placed = { image, x, mirrored, width, height: own, owner };
  return { height: own + 14, before: 0, lines: [], images: [placed], break: 'free' };
}

/** Below the title block. */
const titleRule = (measure: number, mirrored: boolean): Row => ({
  height: 8,
  before: 12,
  lines: [],
  rules: [{ x: 0, mirrored, width: measure, y: 2, weight: 0.6 }],
  break: 'never',
});

/** Blocks one after the other. A heading, and the rule below the title, stay with what follows them. */
function* blocks(
  composer: Composer,
  all: readonly Block[],
  place: Place,
  extra = 0,
  inAttachment = false,
): Generator<Row> {
  let keep = false;
  let above = extra;
  for (const { block, container } of inLists(all, place.container)) {
    let first = true;
    for (const row of blockRows(composer, block, { ...place, container }, inAttachment)) {
      const held: Row = first && (keep || block.type === 'signature') ? { ...row, break: 'never' } : row;
      yield first && above > 0 ? { ...held, before: held.before + above } : held;
      first = false;
      above = 0;
    }
    keep = block.type === 'heading' || block.type === 'docTitle';
    above = inAttachment && block.type === 'docTitle' ? 6 : 0;
  }
}

function blockRows(composer: Composer, block: Block, place: Place, inAttachment: boolean): Iterable<Row> {
  switch (block.type) {
    case 'docTitle':
      return titleRows(composer, block, place, inAttachment);
    case 'subtitle':
      return lineRows(composer, block, place, composer.styles.subtitle, 6);
    case 'docDate':
    case 'docNumber':
    case 'place':
      return lineRows(composer, block, place, composer.styles.dateline, 4);
    case 'heading':
      return headingRows(composer, block, place, inAttachment);
    case 'paragraph':
      return paragraphRows(composer, block, place, 0);
    case 'table':
      return tableRows(composer, block, place);
    case 'signature':
      return signatureRows(composer, block, place);
    default:
      return unknownNode(block);
  }
}

// ------------------------------------------------------------------------------------------------ titles and headings

function titleRows(
  composer: Composer,
  block: Exclude<Block, { type: 'table' | 'signature' }>,
  place: Place,
  inAttachment: boolean,
): Row[] {
  const style = inAttachment ? composer.styles.annexTitle : composer.styles.title;
  if (isBlank(block)) return anchorOnly(block.eId);
  composer.headings.current = 0;
  const owner = element(composer.headings.tag(inAttachment ? 2 : 1), place.container, {
    language: block.language,
  });
  const rows = textRows(
    block,
    {
      style,
      place,
      owner,
      before: 8,
      anchors: [anchor(block.eId, inAttachment ? null : textOf(block.content), 0)],
    },
    composer,
  );
  return rows.map((row, index) => (index === 0 ? row : { ...row, break: 'never' }));
}

/** Whether a text has nothing to print: no words, and no call either. */
const isBlank = ({ content }: Pick<Heading, 'content'>): boolean =>
  content.every((inline) => inline.type === 'text' && inline.value.trim() === '');

const lineRows = (
  composer: Composer,
  block: Exclude<Block, { type: 'table' | 'signature' }>,
  place: Place,
  style: Style,
  before: number,
): Row[] => {
  if (block.content.length === 0) return anchorOnly(block.eId);
  const owner = element('P', place.container, { language: block.language });
  return textRows(block, { style, place, owner, before, anchors: [anchor(block.eId, null, 0)] }, composer);
};

const spaceAboveHeading = [18, 13, 10] as const;

function headingRows(composer: Composer, heading: Heading, place: Place, inAttachment: boolean): Row[] {
  const { styles, headings } = composer;
  const index = Math.min(heading.level, 3) - 1;
  const style = styles.headings[index] ?? styles.headings[2];
  const words = textOf(heading.content);
  if (heading.num === null && isBlank(heading)) return anchorOnly(heading.eId);
  headings.current = heading.level + (inAttachment ? 1 : 0);
  const owner = element(headings.tag(heading.level + (inAttachment ? 2 : 1)), place.container, {
    language: heading.language,
  });
  const label = heading.num === null ? null : labelOf(heading.num, style);
  const gap = style.size * 0.55;
  const indent = label ? label.width + gap : 0;
  const hangs = indent < place.measure * 0.4;
  const rows = textRows(
    heading,
    {
      style,
      place: hangs ? { ...place, x: place.x + indent, measure: place.measure - indent } : place,
      owner,
      before: spaceAboveHeading[index] ?? 10,
      anchors: [anchor(heading.eId, [heading.num, words].filter(Boolean).join(' '), headings.current)],
      ...(label && { label: { label, x: place.x, gap, style, owner, close: false } }),
    },
    composer,
  );
  return rows.map((row, at) => (at === 0 ? row : { ...row, break: 'never' }));
}

function* attachmentRows(composer: Composer, attachment: Attachment, root: Element): Generator<Row> {
  const container = element('Sect', root, { language: attachment.language });
  const place: Place = { x: 0, measure: composer.measure, container };
  const rows = function* (): Generator<Row> {
    const name = [attachment.num, attachment.title].filter(Boolean).join(' ');
    const pin = anchor(attachment.eId, name || attachment.eId, 0);
    if (attachment.num !== null && !printsItself(attachment, attachment.num)) {
      const owner = element('P', container);
      const node = { content: [{ type: 'text' as const, value: attachment.num }] };
      yield* textRows(
        node,
        {
          style: { ...composer.styles.subtitle, colour: composer.template.colours.label },
          place,
          owner,
          before: 0,
          anchors: [pin],
        },
        composer,
      );
    } else yield { height: 0, before: 0, lines: [], anchors: [pin], break: 'free' };
    yield* blocks(composer, attachment.children, place, 0, true);
  };
  composer.headings.current = 0;
  let index = 0;
  for (const row of rows()) {
    yield index === 0 ? { ...row, break: 'page' } : index === 1 ? { ...row, break: 'never' } : row;
    index += 1;
  }
}

/** Whether the label of an attachment is printed by a heading in it, or begins its own first words. */
function printsItself(attachment: Attachment, num: string): boolean {
  if (labelIsInHeading(attachment)) return true;
  const [first] = attachment.children;
  if (!first || first.type === 'table' || first.type === 'signature') return false;
  return textOf(first.content).toLowerCase().startsWith(num.toLowerCase());
}
