/**
 * A table of contents: a TOC field (ECMA-376 part 1, 17.16.5.68) whose entries stand there already, so that nobody has
 * to update it, and nothing asks to. Each leads to its heading. It has no page numbers (`\n`): only Word, when it has
 * laid the pages out, knows them, and a wrong one is worse than none; whoever wants them takes `\n` out of the field.
 */
import { textOf, type Block, type DocTitle, type Document, type Heading } from '../../document.js';
import { stringsFor } from '../../template.js';
import { Element, value, wordParagraph } from './element.js';
import { bookmarkName } from './pins.js';
import { fieldMark, instruction, linkTo, run, text, voiceOf } from './runs.js';
import { propertiesOf, type Writer } from './writer.js';

interface Entry {
  readonly node: DocTitle | Heading;
  readonly level: number;
  readonly words: string;
}

/** Headings deeper than this are not listed. */
const deepestListed = 3;
/** A single heading needs no table. */
const fewest = 2;

/** The table as one block; nothing where the template wants none or there is nothing to list. */
export function contentsOf(writer: Writer): readonly Element[] {
  const { document, template } = writer;
  const entries = entriesOf(document);
  const wanted = { auto: fewest, always: 1, never: Infinity }[template.docx.contents];
  if (entries.length < wanted || !entries.some(({ node }) => node.type === 'heading')) return [];
  const title = stringsFor(template, document.language).contents;
  const paragraphs = entries.map(({ node, level, words }, index) => {
    const voice = voiceOf(node, document);
    const shown = run([text(words)], undefined, voice);
    const link = linkTo(bookmarkName(node.eId), [shown]);
    const opening =
      index === 0
        ? [
            fieldMark('begin'),
            instruction(`TOC \\o "1-${deepestListed}" \\n \\h \\z \\u`),
            fieldMark('separate'),
          ]
        : [];
    const properties = propertiesOf(document, voice, { style: `TOC${level}` });
    return wordParagraph(properties, [...opening, link]);
  });
  // As Word itself ends the field: in a paragraph that has nothing else.
  paragraphs.push(wordParagraph([value('w:pStyle', 'AfterContents')], [fieldMark('end')]));
  const heading = wordParagraph(
    [value('w:pStyle', 'TOCHeading')],
    [run([text(title)], undefined, voiceOf({}, document))],
  );
  const gallery = new Element('w:docPartObj', {}, [
    value('w:docPartGallery', 'Table of Contents'),
    value('w:docPartUnique'),
  ]);
  return [
    new Element('w:sdt', {}, [
      new Element('w:sdtPr', {}, [gallery]),
      new Element('w:sdtContent', {}, title === '' ? paragraphs : [heading, ...paragraphs]),
    ]),
  ];
}

/** What Word would list: the headings, and the annexes' titles, which are of its first level. */
function entriesOf(document: Document): readonly Entry[] {
  const { preamble, mainBody, conclusions, attachments } = document;
  return [
    ...[preamble, mainBody, conclusions].flatMap((blocks) =>
      blocks.flatMap((block) => entryOf(block, false)),
    ),
    ...attachments.flatMap(({ children }) => children.flatMap((block) => entryOf(block, true))),
  ].filter(({ words }) => words.trim() !== '');
}

function entryOf(block: Block, inAnnex: boolean): readonly Entry[] {
  if (block.type === 'docTitle' && inAnnex) return [{ node: block, level: 1, words: textOf(block.content) }];
  if (block.type !== 'heading') return [];
  const level = Math.max(1, block.level);
  const words = textOf(block.content);
  const labelled = [block.num ?? '', words].filter((part) => part !== '').join(' ');
  return level > deepestListed ? [] : [{ node: block, level, words: labelled }];
}
