/** What the parts of one file share while they are written, and how a node becomes a paragraph. */
import { textOf, type Document, type NoteCall, type TextNode } from '../../document.js';
import type { Template } from '../../template.js';
import { Element, value, wordParagraph } from './element.js';
import { isRightToLeft } from './languages.js';
import type { Notes } from './notes.js';
import type { Numbering, Place } from './numbering.js';
import { bookmarkName, type Bookmarks } from './pins.js';
import type { Reference, References } from './references.js';
import { emphasisStyle, field, linkTo, run, tab, text, voiceOf, type Voice } from './runs.js';

export interface Writer {
  readonly document: Document;
  readonly template: Template;
  /** In twips. */
  readonly textWidth: number;
  readonly numbering: Numbering;
  readonly bookmarks: Bookmarks;
  readonly references: References;
  readonly notes: Notes;
}

interface Label {
  readonly text: string;
  readonly gap: 'tab' | 'space' | 'none';
}

export interface Setting {
  readonly style: string;
  /** Word's own number or bullet. */
  readonly place?: Place | undefined;
  /** A printed label that stands as text, and what parts it from the words. */
  readonly label?: Label | undefined;
  /** What else stands before the words: the mark of a note. */
  readonly opening?: readonly Element[];
  /** How a call is written here; absent in the text. */
  readonly call?: CallWriter;
  readonly keepWithNext?: boolean;
  readonly breakBefore?: boolean;
}

/** @param beforeAnother the next thing is a call, too */
export type CallWriter = (call: NoteCall, voice: Voice, beforeAnother: boolean) => readonly Element[];

/** Writes a node of the text or of a note, with its pin round it. */
export function paragraphOf(writer: Writer, node: TextNode, setting: Setting): Element {
  const voice = voiceOf(node, writer.document);
  const { opening = [], label, call = writer.notes.call } = setting;
  const labelled = label ? labelRuns(label, voice) : [];
  const words = inlines(writer, node, voice, call);
  const content = writer.bookmarks.round(node.eId, [...opening, ...labelled, ...words]);
  return wordParagraph(propertiesOf(writer.document, voice, setting), content);
}

/** The children of w:pPr in the schema's order (ECMA-376 part 1, 17.3.1.26). */
export function propertiesOf(document: Document, voice: Voice, setting: Setting): Element[] {
  const properties = [value('w:pStyle', setting.style)];
  if (setting.keepWithNext) properties.push(value('w:keepNext'));
  if (setting.breakBefore) properties.push(value('w:pageBreakBefore'));
  if (setting.place) {
    const { numId, level } = setting.place;
    properties.push(new Element('w:numPr', {}, [value('w:ilvl', level), value('w:numId', numId)]));
  }
  // The direction of the document's own language is the Normal style's.
  if (voice.rightToLeft !== isRightToLeft(document.language))
    properties.push(voice.rightToLeft ? value('w:bidi') : value('w:bidi', 0));
  // A number looks like its paragraph's mark; in a heading or a note it looks like the words.
  if (setting.place && !/^(Heading|Footnote)/.test(setting.style))
    properties.push(new Element('w:rPr', {}, [value('w:rStyle', 'ParagraphNumber')]));
  return properties;
}

/** A label before a tab looks like a number of Word's own; before a space, in a heading, like the words. */
function labelRuns({ text: words, gap }: Label, voice: Voice): Element[] {
  if (gap === 'tab') return [run([text(words)], 'ParagraphNumber', voice), run([tab()])];
  return [run([text(words)], undefined, voice), ...(gap === 'space' ? [run([text(' ')])] : [])];
}

/** Text and calls as runs. */
function inlines(writer: Writer, node: TextNode, voice: Voice, call: CallWriter): Element[] {
  const references = writer.references.get(node) ?? [];
  const whole = references.length > 0 ? textOf(node.content) : '';
  const written: (readonly Element[])[] = [];
  let at = 0;
  let next = 0;
  let referring: Element[] = [];
  node.content.forEach((inline, index) => {
    if (inline.type === 'noteCall') {
      written.push(call(inline, voice, node.content[index + 1]?.type === 'noteCall'));
      return;
    }
    const style = emphasisStyle(inline.emphasis);
    const until = at + inline.value.length;
    for (let from = at; from < until;) {
      const reference = references[next];
      const within = reference !== undefined && from >= reference.start;
      const to = Math.min(until, reference ? (within ? reference.end : reference.start) : until);
      const words = run([text(inline.value.slice(from - at, to - at))], style, voice);
      if (within) referring.push(words);
      else written.push([words]);
      if (within && to === reference.end) {
        written.push(referenceTo(writer, reference, referring, whole));
        referring = [];
        next += 1;
      }
      from = to;
    }
    at = until;
  });
  return written.flat();
}

/**
 * A reference shows the words of the source. Where Word would print just these as the number of the paragraph it is a
 * REF field, which follows the paragraph when it is renumbered; else it is a link.
 */
function referenceTo(
  { numbering: { places } }: Writer,
  { start, end, target }: Reference,
  words: readonly Element[],
  whole: string,
): readonly Element[] {
  const bookmark = bookmarkName(target.eId);
  const [only] = words;
  // Word leaves the full stops at the label's end away (ECMA-376 part 1, 17.16.5.51).
  if (
    words.length === 1 &&
    only &&
    places.has(target) &&
    target.num?.replace(/\.+$/, '') === whole.slice(start, end)
  )
    return field(`REF ${bookmark} \\n \\h`, only);
  return [linkTo(bookmark, words)];
}
