/** The notes' own texts: what stands in word/footnotes.xml between the separators. */
import type { Diagnostic, Footnote, Paragraph } from '../../document.js';
import { diagnose } from '../../report.js';
import { Element, value, wordParagraph } from './element.js';
import { deepestInNote } from './measures.js';
import { run, tab, text, voiceOf } from './runs.js';
import { inlines, labelRuns, propertiesOf, type Setting, type Writer } from './writer.js';

/** All that stands in word/footnotes.xml. To be made when the body has been: the calls there give the notes their ids. */
export function footnotesOf(writer: Writer, warn: (diagnostic: Diagnostic) => void): readonly Element[] {
  const notes = writer.notes.placed.map(({ note, id, automatic }) => {
    const mark = automatic ? value('w:footnoteRef') : text(note.marker);
    return new Element('w:footnote', { 'w:id': id }, noteParagraphs(writer, note, mark, warn));
  });
  return [separator('separator', -1), separator('continuationSeparator', 0), ...notes];
}

/** The rule above the notes. An automatic mark in it would make Word offer a repair. */
function separator(kind: 'separator' | 'continuationSeparator', id: number): Element {
  const rule = wordParagraph([value('w:pStyle', 'FootnoteSeparator')], [run([value(`w:${kind}`)])]);
  return new Element('w:footnote', { 'w:type': kind, 'w:id': id }, [rule]);
}

function noteParagraphs(
  writer: Writer,
  note: Footnote,
  mark: Element,
  warn: (diagnostic: Diagnostic) => void,
): Element[] {
  const below: Footnote[] = [];
  const voice = voiceOf(note, writer.document);
  const opening = [run([mark], 'FootnoteReference', voice), run([tab()])];
  const paragraphs = [
    noteParagraph(writer, note, { style: 'FootnoteText' }, opening, below),
    ...note.children.flatMap((child) => childParagraphs(writer, child, 1, below)),
  ];
  for (const inner of below) {
    const message = `The note ${inner.marker} is called by the note ${note.marker} alone: Word has no notes on notes, and it is printed below that.`;
    warn(diagnose('edition-approximate', message, { line: inner.source.line }));
    paragraphs.push(...noteParagraphs(writer, inner, text(inner.marker), warn));
  }
  return paragraphs;
}

function childParagraphs(writer: Writer, child: Paragraph, depth: number, below: Footnote[]): Element[] {
  const place = writer.numbering.places.get(child);
  const labelled = child.num !== null || place !== undefined;
  const style = labelled ? `FootnoteSubparagraph${Math.min(depth, deepestInNote)}` : 'FootnoteContinued';
  const label =
    place || child.num === null
      ? []
      : labelRuns({ text: child.num, gap: 'tab' }, voiceOf(child, writer.document));
  return [
    noteParagraph(writer, child, { style, place }, label, below),
    ...child.children.flatMap((grandchild) => childParagraphs(writer, grandchild, depth + 1, below)),
  ];
}

function noteParagraph(
  writer: Writer,
  node: Footnote | Paragraph,
  setting: Setting,
  opening: readonly Element[],
  below: Footnote[],
): Element {
  const voice = voiceOf(node, writer.document);
  const words = inlines(writer, node, voice, (call) => {
    const called = writer.notes.callInNote(call, voice);
    if (called.below) below.push(called.below);
    return called.mark;
  });
  const content = writer.bookmarks.round(node.eId, [...opening, ...words]);
  return wordParagraph(propertiesOf(writer.document, voice, setting), content);
}
