/** The regions of a document as the body of a Word file: each kind of node in its style. */
import {
  labelIsInHeading,
  textOf,
  type Attachment,
  type Block,
  type Document,
  type Paragraph,
} from '../../document.js';
import { contentsOf } from './contents.js';
import { value, wordParagraph, type Element } from './element.js';
import { strayNoteOf } from './footnotes.js';
import { deepestSubParagraph } from './measures.js';
import { headingStyle, styleNumber } from './style.js';
import { signatureOf, tableOf } from './tables.js';
import { bookmarkName } from './pins.js';
import { paragraphOf, propertiesOf, type Setting, type Writer } from './writer.js';
import { run, text, voiceOf } from './runs.js';

/** Everything between w:body and w:sectPr, in reading order. */
export function bodyOf(writer: Writer, document: Document): Element[] {
  return [
    ...blocksOf(writer, document.preface, 'Title'),
    ...contentsOf(writer),
    ...(['preamble', 'mainBody', 'conclusions'] as const).flatMap((region) =>
      blocksOf(writer, document[region], 'Title'),
    ),
    ...document.attachments.flatMap((attachment) => attachmentOf(writer, attachment)),
    ...writer.notes.stray.flatMap((note) => strayNoteOf(writer, note)),
  ];
}

function blocksOf(writer: Writer, blocks: readonly Block[], title: string, breakFirst = false): Element[] {
  return blocks.flatMap((block, index) => {
    const breakBefore = breakFirst && index === 0;
    switch (block.type) {
      case 'docTitle':
        return [paragraphOf(writer, block, { style: title, breakBefore })];
      case 'subtitle':
        return [paragraphOf(writer, block, { style: 'Subtitle', breakBefore })];
      case 'docDate':
        return [paragraphOf(writer, block, { style: 'Date', breakBefore })];
      case 'docNumber':
        return [paragraphOf(writer, block, { style: 'DocumentNumber', breakBefore })];
      case 'place':
        return [paragraphOf(writer, block, { style: 'Place', breakBefore })];
      case 'heading': {
        const style = headingStyle(block);
        const place = writer.numbering.places.get(block);
        const gap = textOf(block.content) === '' ? 'none' : 'space';
        const label = place || block.num === null ? undefined : ({ text: block.num, gap } as const);
        return [paragraphOf(writer, block, { style, place, label, breakBefore })];
      }
      case 'paragraph':
        return paragraphsOf(writer, block, {
          depth: 0,
          parentLevel: 0,
          breakBefore,
          beforeSignature: blocks[index + 1]?.type === 'signature',
        });
      case 'table':
        return [...pageBreak(breakBefore), ...tableOf(writer, block)];
      case 'signature':
        return [...pageBreak(breakBefore), ...signatureOf(writer, block)];
      default:
        throw new Error(`unknown block: ${JSON.stringify(block satisfies never)}`);
    }
  });
}

/** Only a paragraph can begin a page. */
const pageBreak = (wanted: boolean): Element[] =>
  wanted ? [wordParagraph([value('w:pStyle', 'AfterTable'), value('w:pageBreakBefore')], [])] : [];

interface Standing {
  readonly depth: number;
  /** How many indents in the parent's text stands. */
  readonly parentLevel: number;
  readonly breakBefore?: boolean;
  readonly beforeSignature?: boolean;
}

/** A paragraph and those below it. */
function paragraphsOf(writer: Writer, paragraph: Paragraph, standing: Standing): Element[] {
  const { style, level } = styleOf(paragraph, standing);
  const place = writer.numbering.places.get(paragraph);
  const setting: Setting = {
    style,
    place,
    label: place || paragraph.num === null ? undefined : { text: paragraph.num, gap: 'tab' },
    keepWithNext: paragraph.children.length > 0 || standing.beforeSignature === true || introduces(paragraph),
    breakBefore: standing.breakBefore ?? false,
  };
  return [
    paragraphOf(writer, paragraph, setting),
    ...paragraph.children.flatMap((child) =>
      paragraphsOf(writer, child, { depth: standing.depth + 1, parentLevel: level }),
    ),
  ];
}

/** Whether it ends in a colon: what it announces must not begin another page. */
const introduces = ({ content }: Paragraph): boolean => {
  const last = content.findLast((inline) => inline.type === 'text');
  return last !== undefined && /[:：]\s*$/.test(last.value.slice(-8));
};

/** The style of a paragraph, and how many indents in it sets its text. */
function styleOf(paragraph: Paragraph, { depth, parentLevel }: Standing): { style: string; level: number } {
  if (paragraph.role === 'note') return { style: 'UncalledNote', level: 0 };
  if (paragraph.num !== null && depth === 0)
    return { style: paragraph.role === 'preambular' ? 'NumberedRecital' : 'NumberedParagraph', level: 1 };
  const level = parentLevel;
  if (paragraph.num !== null)
    return {
      style: level === 0 ? 'NumberedParagraph' : `Subparagraph${Math.min(level, deepestSubParagraph)}`,
      level: level + 1,
    };
  if (paragraph.marker !== undefined)
    return { style: `ListBullet${styleNumber(level + 1)}`, level: level + 1 };
  if (level > 0) return { style: `ListContinue${styleNumber(level)}`, level };
  if (paragraph.role === 'preambular') return { style: 'PreambularParagraph', level };
  if (paragraph.role === 'operative') return { style: 'OperativeParagraph', level };
  return { style: 'BodyText', level };
}

/** An annex begins a page, under its label where it has one. */
function attachmentOf(writer: Writer, attachment: Attachment): Element[] {
  const { start, end } = writer.bookmarks.pair(bookmarkName(attachment.eId));
  // Where the title is a heading with the label as its number, the label stands there.
  const label = labelIsInHeading(attachment) ? null : attachment.num;
  const blocks = blocksOf(writer, attachment.children, 'AnnexTitle', label === null);
  if (label === null) return [start, ...blocks, end];
  const voice = voiceOf(attachment, writer.document);
  const properties = propertiesOf(writer.document, voice, { style: 'AnnexNumber' });
  return [start, wordParagraph(properties, [run([text(label)], undefined, voice)]), ...blocks, end];
}
