/** A first sidecar: what the reader decided, in the form in which a person overrules it. */
import type { Document } from '../document.js';
import { textNodes } from '../document.js';
import type { Reading } from '../read/index.js';

/** How many characters of a line are enough to know it by. */
const firstWords = 30;

/**
 * The reader's own decisions as a sidecar: building with it changes nothing; a person deletes what is right and
 * corrects what is wrong. What Markdown itself says beyond doubt is no decision: notes written as `[^1]`, and every
 * line of a Markdown edition of ours.
 */
export function sidecarOf({ document, text }: Reading): object {
  return { ...statedBy(document), ...(isEdition(document, text) ? {} : linesOf(document, text)) };
}

const isMarkdown = ({ source }: Document): boolean => /\.(?:md|markdown)$/i.test(source.file);
const isEdition = (document: Document, text: string): boolean =>
  isMarkdown(document) && /^\ufeff?---[ \t]*\r?\n(?:(?!---)[^\n]*\n)*?engross:/.test(text);

const statedBy = (document: Document) => ({
  $schema: 'urn:engross:sidecar:1',
  title: document.title || null,
  subtitle: document.subtitle,
  date: document.date,
  language: document.language,
  documentType: document.documentType,
  symbol: document.symbol,
  place: document.place,
  issuer: document.issuer,
});

function linesOf(document: Document, text: string) {
  const starts = (start: number): string =>
    /^[^\r\n]*/.exec(text.slice(start, start + firstWords))?.[0].trimEnd() ?? '';
  const printed = document.footnotes.map((note) => ({ note, start: note.source.start }));
  return {
    furniture: document.furniture
      .filter(({ reason, source }) => !isCertain(document, reason) && isWholeLine(text, source.start))
      .map(({ source }) => ({ line: source.line, starts: starts(source.start) })),
    headings: headingsOf(document).map(({ source }) => ({ line: source.line, starts: starts(source.start) })),
    notes: printed.flatMap(({ note, start }) => {
      const words = starts(start);
      const mark = /^\S+/.exec(words)?.[0];
      return mark?.includes(note.marker) === true && !mark.startsWith('[^') && isWholeLine(text, start)
        ? [{ line: note.source.line, starts: words, printed: mark }]
        : [];
    }),
    calls: callsOf(document, text),
  };
}

/** Furniture that nobody doubts: front matter, and what the Markdown grammar sets aside. */
const isCertain = (document: Document, reason: string): boolean =>
  reason === 'front matter' ||
  (isMarkdown(document) && ['picture', 'link definition', 'rule', 'attachment label'].includes(reason));

/** Whether nothing but white space stands before a place on its line. */
const isWholeLine = (text: string, start: number): boolean =>
  /^\s*$/.test(
    text.slice(Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1, start),
  );

function headingsOf(document: Document) {
  return [...textNodes(document)].map(({ node }) => node).filter((node) => node.type === 'heading');
}

/** Each call as printed: the word before it and its mark. */
function callsOf(document: Document, text: string): object[] {
  const calls: object[] = [];
  for (const { node } of textNodes(document))
    for (const leaf of node.leaves) {
      if (leaf.kind !== 'call' || text.slice(Math.max(0, leaf.start - 2), leaf.end).includes('[^')) continue;
      const before = /\S*[\s\u00a0]?$/.exec(text.slice(Math.max(0, leaf.start - 40), leaf.start))?.[0] ?? '';
      if (/[\r\n]/.test(before) || before === '') continue;
      const line = text.slice(0, leaf.start).split(/\r\n|\r|\n/).length;
      calls.push({ line, after: before, marker: text.slice(leaf.start, leaf.end) });
    }
  return calls;
}
