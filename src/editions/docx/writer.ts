/** What the parts of one file share while they are written, and how a node becomes a paragraph. */
import type { Document, Inline, TextNode } from '../../document.js';
import type { Template } from '../../template.js';
import { Element, value, WordParagraph } from './element.js';
import { isRightToLeft } from './languages.js';
import type { Notes } from './notes.js';
import type { Numbering, Place } from './numbering.js';
import type { Bookmarks } from './pins.js';
import { emphasisStyle, run, tab, text, voiceOf, type Voice } from './runs.js';

export interface Writer {
  readonly document: Document;
  readonly template: Template;
  readonly numbering: Numbering;
  readonly bookmarks: Bookmarks;
  readonly notes: Notes;
}

export interface Setting {
  readonly style: string;
  /** Word's own number or bullet. */
  readonly place?: Place | undefined;
  /** A printed label that stands as text, and what parts it from the words. */
  readonly label?: { readonly text: string; readonly gap: 'tab' | 'space' } | undefined;
  readonly keepWithNext?: boolean;
  readonly breakBefore?: boolean;
}

/** Writes a node of the text, with its pin round it. */
export function paragraphOf(writer: Writer, node: TextNode, setting: Setting): WordParagraph {
  const voice = voiceOf(node, writer.document);
  const label = setting.label ? labelRuns(setting.label, voice) : [];
  const words = inlines(node.content, voice, (call, beforeAnother) =>
    writer.notes.call(call, voice, beforeAnother),
  );
  const content = writer.bookmarks.round(node.eId, [...label, ...words]);
  return new WordParagraph(propertiesOf(writer.document, voice, setting), content);
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
export function labelRuns(
  label: { readonly text: string; readonly gap: 'tab' | 'space' },
  voice: Voice,
): Element[] {
  return label.gap === 'tab'
    ? [run([text(label.text)], 'ParagraphNumber', voice), run([tab()])]
    : [run([text(label.text)], undefined, voice), run([text(' ')])];
}

/** Text and calls as runs; how a call is written depends on where it stands. */
export function inlines(
  content: readonly Inline[],
  voice: Voice,
  call: (call: Inline & { readonly type: 'noteCall' }, beforeAnother: boolean) => readonly Element[],
): Element[] {
  return content.flatMap((inline, index) => {
    if (inline.type === 'noteCall') return call(inline, content[index + 1]?.type === 'noteCall');
    return [run([text(inline.value)], emphasisStyle(inline.emphasis), voice)];
  });
}
