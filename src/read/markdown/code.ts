/** Code blocks and HTML blocks (CommonMark 4.4 to 4.6) as pieces of the source. */
import { hasInk } from './ink.js';
import { wordsAsWritten, type Piece } from './phrasing.js';

/** The pieces of a code block. */
export function codePieces(
  text: string,
  start: number,
  end: number,
  value: string,
): { pieces: Piece[]; from: number; to: number } {
  const pieces: Piece[] = [];
  let [from, to] = [start, end];
  const fence = /^[\s>]*(`{3,}|~{3,})[^\r\n]*/.exec(text.slice(start, Math.min(end, start + 2000)))?.[0];
  if (fence !== undefined) {
    from = start + fence.length;
    pieces.push({ kind: 'markup', start, end: from, rule: 'code' });
    const closing = /(?:^|[\r\n])[ \t>]*(?:`{3,}|~{3,})[ \t]*$/.exec(text.slice(from, end));
    if (closing) to = from + closing.index;
  }
  const words = fence !== undefined && value !== '' ? `\n${value}` : value;
  for (const piece of wordsAsWritten(text, from, to, words)) pieces.push(piece);
  if (to < end) pieces.push({ kind: 'markup', start: to, end, rule: 'code' });
  return { pieces, from: start, to: end };
}

/** The tags and comments of HTML, and the words between them. */
export function htmlPieces(text: string, start: number, end: number, value: string): Piece[] {
  const pieces: Piece[] = [];
  const source = text.slice(start, end);
  // A script or a style is no text of the document, whatever it holds.
  const tag =
    /<!--[^]*?(?:-->|$)|<(script|style)\b[^]*?(?:<\/\1>|$)|<\/?[A-Za-z][^<>]{0,2000}>|<[!?][^<>]{0,2000}>/gi;
  let at = 0;
  const words = (from: number, to: number): void => {
    const own = hasInk(source, from, to) ? value : '';
    for (const piece of wordsAsWritten(text, start + from, start + to, own)) pieces.push(piece);
  };
  for (const { 0: found, index } of source.matchAll(tag)) {
    words(at, index);
    at = index + found.length;
    pieces.push({ kind: 'tag', start: start + index, end: start + at, value: found });
  }
  words(at, source.length);
  return pieces.filter((piece) => piece.kind !== 'words' || piece.value !== '');
}
