/** The notes' own texts: what stands in word/footnotes.xml between the separators. */
import type { Diagnostic, Footnote, Paragraph } from '../../document.js';
import { diagnose } from '../../report.js';
import { Element, value, WordParagraph } from './element.js';
import { deepestInNote } from './measures.js';
import { run, tab, text, voiceOf } from './runs.js';
import { inlines, labelRuns, propertiesOf, type Setting, type Writer } from './writer.js';

/** Each note's paragraphs by its id, as the docx library takes them. */
export function footnotesOf(
  writer: Writer,
  warn: (diagnostic: Diagnostic) => void,
): Record<string, { readonly children: readonly WordParagraph[] }> {
  const notes: Record<string, { readonly children: readonly WordParagraph[] }> = {};
  for (const { note, id, automatic } of writer.notes.placed) {
    const mark = automatic ? value('w:footnoteRef') : text(note.marker);
    notes[String(id)] = { children: noteParagraphs(writer, note, mark, warn) };
  }
  return notes;
}

function noteParagraphs(
  writer: Writer,
  note: Footnote,
  mark: Element,
  warn: (diagnostic: Diagnostic) => void,
): WordParagraph[] {
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

function childParagraphs(
  writer: Writer,
  child: Paragraph,
  depth: number,
  below: Footnote[],
): WordParagraph[] {
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
): WordParagraph {
  const voice = voiceOf(node, writer.document);
  const words = inlines(node.content, voice, (call) => {
    const called = writer.notes.callInNote(call, voice);
    if (called.below) below.push(called.below);
    return called.mark;
  });
  const content = writer.bookmarks.round(node.eId, [...opening, ...words]);
  return new WordParagraph(propertiesOf(writer.document, voice, setting), content);
}
