/** The notes' own texts: what stands in word/footnotes.xml between the separators. */
import type { Diagnostic, Footnote, Paragraph } from '../../document.js';
import { diagnose } from '../../report.js';
import { Element, value, wordParagraph } from './element.js';
import { deepestInNote } from './measures.js';
import { run, tab, text, voiceOf } from './runs.js';
import { paragraphOf, type CallWriter, type Writer } from './writer.js';

/** All that stands in word/footnotes.xml. To be made when the body has been: the calls there give the notes their ids. */
export function footnotesOf(writer: Writer, warn: (diagnostic: Diagnostic) => void): readonly Element[] {
  const notes = writer.notes.placed.map(({ note, id, automatic }) => {
    const mark = automatic ? value('w:footnoteRef') : text(note.marker);
    return new Element('w:footnote', { 'w:id': id }, [...noteParagraphs(writer, note, mark, warn)]);
  });
  return [separator('separator', -1), separator('continuationSeparator', 0), ...notes];
}

/** The rule above the notes. An automatic mark in it would make Word offer a repair. */
function separator(kind: 'separator' | 'continuationSeparator', id: number): Element {
  const rule = wordParagraph([value('w:pStyle', 'FootnoteSeparator')], [run([value(`w:${kind}`)])]);
  return new Element('w:footnote', { 'w:type': kind, 'w:id': id }, [rule]);
}

/** A note, and after it each that it alone calls, with those that this one calls before the next. */
function* noteParagraphs(
  writer: Writer,
  first: Footnote,
  mark: Element,
  warn: (diagnostic: Diagnostic) => void,
): Generator<Element> {
  // A list, not a recursion: notes may call each other in a chain of any length.
  const waiting: { readonly note: Footnote; readonly caller?: Footnote }[] = [{ note: first }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { note, caller } = next;
    if (caller) {
      const message = `The note ${note.marker} is called by the note ${caller.marker} alone: Word has no notes on notes, and it is printed below that.`;
      warn(diagnose('edition-approximate', message, { line: note.source.line }));
    }
    const below: Footnote[] = [];
    const call: CallWriter = (one, voice) => {
      const called = writer.notes.callInNote(one, voice);
      if (called.below) below.push(called.below);
      return called.mark;
    };
    const voice = voiceOf(note, writer.document);
    const opening = [run([caller ? text(note.marker) : mark], 'FootnoteReference', voice), run([tab()])];
    yield paragraphOf(writer, note, { style: 'FootnoteText', opening, call });
    yield* note.children.flatMap((child) => childParagraphs(writer, child, 1, call));
    for (const inner of below.reverse()) waiting.push({ note: inner, caller: note });
  }
}

/** Further paragraphs and items of a note. */
function childParagraphs(writer: Writer, child: Paragraph, depth: number, call: CallWriter): Element[] {
  const place = writer.numbering.places.get(child);
  const labelled = child.num !== null || place !== undefined;
  const style = labelled ? `FootnoteSubparagraph${Math.min(depth, deepestInNote)}` : 'FootnoteContinued';
  const label = place || child.num === null ? undefined : ({ text: child.num, gap: 'tab' } as const);
  return [
    paragraphOf(writer, child, { style, place, label, call }),
    ...child.children.flatMap((grandchild) => childParagraphs(writer, grandchild, depth + 1, call)),
  ];
}

/** A note that nothing calls and no paragraph prints, as paragraphs after the text: Word has notes with calls alone. */
export const strayNoteOf = (writer: Writer, note: Footnote): Element[] => [
  paragraphOf(writer, note, {
    style: 'UncalledNote',
    label: note.marker === '' ? undefined : { text: note.marker, gap: 'tab' },
    call: writer.notes.callInStray,
  }),
  ...note.children.flatMap((child) => childParagraphs(writer, child, 1, writer.notes.callInStray)),
];
