/** Words as runs (ECMA-376 part 1, 17.3.2). */
import type { Document, Emphasis, TextNode } from '../../document.js';
import { Element, value } from './element.js';
import { isRightToLeft, languageAttributes } from './languages.js';

/** What all runs of one node share. */
export interface Voice {
  readonly rightToLeft: boolean;
  /** Attributes of w:lang; empty where the language is the document's own. */
  readonly language: Readonly<Record<string, string>>;
}

/** How the runs of a node differ from the document's own. */
export function voiceOf(node: Pick<TextNode, 'language'>, document: Document): Voice {
  const language = node.language ?? document.language;
  return {
    rightToLeft: isRightToLeft(language),
    language: language === document.language ? {} : languageAttributes(language),
  };
}

/** A run of `children` in a character style. */
export function run(children: readonly Element[], style?: string, voice?: Voice): Element {
  const properties: Element[] = [];
  if (style !== undefined) properties.push(value('w:rStyle', style));
  if (voice?.rightToLeft) properties.push(value('w:rtl'));
  if (voice && Object.keys(voice.language).length > 0) properties.push(new Element('w:lang', voice.language));
  return new Element(
    'w:r',
    {},
    properties.length > 0 ? [new Element('w:rPr', {}, properties), ...children] : children,
  );
}

/** Text that keeps its spaces. */
export const text = (words: string): Element =>
  new Element('w:t', /^\s|\s$/.test(words) ? { 'xml:space': 'preserve' } : {}, [words]);

export const tab = (): Element => value('w:tab');

/**
 * A field with what it last showed (ECMA-376 part 1, 17.16.18); Word counts it anew. In its long form, as Word
 * writes it: other programs overlook the words of a short one (w:fldSimple).
 */
export const field = (code: string, shown: Element): Element[] => [
  fieldMark('begin'),
  instruction(code),
  fieldMark('separate'),
  shown,
  fieldMark('end'),
];

/** Words that lead to a bookmark. */
export const linkTo = (bookmark: string, words: readonly Element[]): Element =>
  new Element('w:hyperlink', { 'w:anchor': bookmark, 'w:history': 1 }, words);

export const fieldMark = (type: 'begin' | 'separate' | 'end'): Element =>
  run([new Element('w:fldChar', { 'w:fldCharType': type })]);

export const instruction = (code: string): Element =>
  run([new Element('w:instrText', { 'xml:space': 'preserve' }, [` ${code} `])]);

/** The character style of emphasised words. */
export function emphasisStyle(emphasis: readonly Emphasis[] | undefined): string | undefined {
  if (!emphasis || emphasis.length === 0) return undefined;
  if (emphasis.includes('strong')) return emphasis.includes('emphasis') ? 'IntenseEmphasis' : 'Strong';
  return 'Emphasis';
}
