/** The words of some content and the spaces between them, with what of them prints. */
import type { Inline, NoteCall } from '../../document.js';
import { faceThatHas, fate, isPlainSpace } from './coverage.js';
import type { Face, Family } from './faces.js';

/** A stretch of a word in one face, or a call that stands in it. */
export type Part =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly face: Face;
      readonly soft: readonly number[];
      readonly link?: string;
    }
  | { readonly kind: 'call'; readonly call: NoteCall };

export type TextPart = Part & { readonly kind: 'text' };

/** Everything between two spaces: no line may end in it but where the word itself allows it. */
export interface Word {
  readonly kind: 'word';
  readonly parts: readonly Part[];
  readonly text: string;
}
export interface Space {
  readonly kind: 'space';
  readonly text: string;
  readonly face: Face;
}

/** Spaces at which a line must not end: U+00A0, U+2007, U+202F (UAX #14, class GL). */
export const binding = /[\u00a0\u2007\u202f]/;
const anySpace = /([\s\u0085])/u;

/** Words and spaces in turn, in order. */
export function chunksOf(
  content: readonly Inline[],
  style: { readonly family: Family; readonly bold: boolean },
): (Word | Space)[] {
  const chunks: (Word | Space)[] = [];
  let parts: Part[] = [];
  const endWord = () => {
    const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    if (parts.length > 0) chunks.push({ kind: 'word', parts, text });
    parts = [];
  };
  for (const inline of content) {
    if (inline.type === 'noteCall') {
      parts.push({ kind: 'call', call: inline });
      continue;
    }
    const face = faceThatHas(inline.value, style.family, inline.emphasis, style.bold);
    for (const piece of inline.value.split(anySpace)) {
      if (piece === '') continue;
      if (anySpace.test(piece) && piece.length === 1) {
        endWord();
        chunks.push({ kind: 'space', text: isPlainSpace(piece) ? ' ' : piece, face });
      } else parts.push(...partsOf(piece, face));
    }
  }
  endWord();
  return chunks;
}

/** An address within a word: without the brackets and stops around it. */
const webAddress = /(?:https?:\/\/|www\.)[\p{L}\p{N}][^\s<>"“”«»()[\]{}]*[\p{L}\p{N}/]/u;

function partsOf(piece: string, face: Face): Part[] {
  const found = webAddress.exec(piece);
  if (!found) return [{ kind: 'text', face, ...withoutInkless(piece, face) }];
  const link = found[0].startsWith('www.') ? `https://${found[0]}` : found[0];
  const [before, after] = [piece.slice(0, found.index), piece.slice(found.index + found[0].length)];
  const parts: Part[] = [{ kind: 'text', face, link, ...withoutInkless(found[0], face) }];
  if (before !== '') parts.unshift({ kind: 'text', face, ...withoutInkless(before, face) });
  if (after !== '') parts.push({ kind: 'text', face, ...withoutInkless(after, face) });
  return parts;
}

/** The characters that print, and the places of soft hyphens among them. */
function withoutInkless(
  piece: string,
  face: Face,
): { readonly text: string; readonly soft: readonly number[] } {
  let text = '';
  const soft: number[] = [];
  for (const character of piece)
    if (fate(character, face) === 'printed') text += character;
    else if (character === '\u00ad') soft.push(text.length);
  return { text, soft };
}
