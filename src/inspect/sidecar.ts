/** A first sidecar: what the reader decided, in the form in which a person overrules it. */
import type { Document } from '../document.js';
import { textNodes } from '../document.js';
import type { Reading } from '../read/index.js';

/** How many characters of a line are enough to know it by. */
const firstWords = 30;

/**
 * The reader's own decisions as a sidecar: building with it changes nothing; a person deletes what is right and
 * corrects what is wrong.
 */
export function sidecarOf({ document, text }: Reading): object {
  const starts = (start: number): string =>
    /^[^\r\n]*/.exec(text.slice(start, start + firstWords))?.[0].trimEnd() ?? '';
  const printed = document.footnotes.map((note) => ({ note, start: note.source.start }));
  return {
    $schema: 'urn:engross:sidecar:1',
    title: document.title || null,
    subtitle: document.subtitle,
    date: document.date,
    language: document.language,
    documentType: document.documentType,
    symbol: document.symbol,
    place: document.place,
    issuer: document.issuer,
    furniture: document.furniture
      .filter(({ reason, source }) => reason !== 'front matter' && isWholeLine(text, source.start))
      .map(({ source }) => ({ line: source.line, starts: starts(source.start) })),
    headings: headingsOf(document).map(({ source }) => ({ line: source.line, starts: starts(source.start) })),
    notes: printed.flatMap(({ note, start }) => {
      const words = starts(start);
      const mark = /^\S+/.exec(words)?.[0];
      return mark !== undefined && mark.includes(note.marker) && isWholeLine(text, start)
        ? [{ line: note.source.line, starts: words, printed: mark }]
        : [];
    }),
    calls: callsOf(document, text),
  };
}

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
      if (leaf.kind !== 'call') continue;
      const before = /\S*[\s\u00a0]?$/.exec(text.slice(Math.max(0, leaf.start - 40), leaf.start))?.[0] ?? '';
      if (/[\r\n]/.test(before) || before === '') continue;
      const line = text.slice(0, leaf.start).split(/\r\n|\r|\n/).length;
      calls.push({ line, after: before, marker: text.slice(leaf.start, leaf.end) });
    }
  return calls;
}
