/** The words of some content and the spaces between them, with what of them prints. */
import type { Inline, NoteCall } from '../../document.js';
import { levelsOf, type Levels } from './bidi.js';
import { fate, isPlainSpace, prints, stretchesOf } from './coverage.js';
import type { Face, Family } from './faces.js';
import type { Known } from './pieces.js';
import { hasIdeographs, isRightToLeft } from './scripts.js';

/** A stretch of a word in one face, or a call that stands in it. */
export type Part =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly face: Face;
      readonly soft: readonly number[];
      readonly link?: string;
      /** Of the bidirectional algorithm: odd where it runs from right to left. */
      readonly level: number;
    }
  | { readonly kind: 'call'; readonly call: NoteCall; readonly level: number };

export type TextPart = Part & { readonly kind: 'text' };

/** Everything between two spaces: no line may end in it but where the word itself allows it. */
export interface Word {
  readonly kind: 'word';
  readonly parts: readonly Part[];
  readonly text: string;
  /** Whether there is an ideograph or a syllable of Hangul in it. */
  readonly ideographic: boolean;
  /** Whether this is the one object for all words of this text and face. */
  readonly shared: boolean;
  /** Of one that is shared: what it has become in the settings that it has been met in. */
  readonly settings: Known[];
}
export interface Space {
  readonly kind: 'space';
  readonly text: string;
  readonly face: Face;
  readonly level: number;
  /** Whether this is the one object for all ordinary spaces of this face. */
  readonly shared: boolean;
}

/** Spaces at which a line must not end: U+00A0, U+2007, U+202F (UAX #14, class GL). */
export const binding = /[\u00a0\u2007\u202f]/;
const anySpace = /[\s\u0085]/u;

export interface Chunks {
  /** Words and spaces in turn, in the order in which they are read. */
  readonly chunks: readonly (Word | Space)[];
  /** Whether the text as a whole runs from right to left. */
  readonly rightToLeft: boolean;
  /** Whether letters may give way: not where they join, nor beside ideographs. */
  readonly flexible: boolean;
}

/** Stands for a call among the characters whose direction is looked for: an object (UAX #9, ON). */
const object = '\ufffc';

/** The words and spaces of some content. */
export function chunksOf(
  content: readonly Inline[],
  style: { readonly family: Family; readonly bold: boolean },
): Chunks {
  const chunks: (Word | Space)[] = [];
  const rightToLeft = isRightToLeft(style.family.script);
  const levels = levelsOf(
    content.map((inline) => (inline.type === 'text' ? inline.value : object)).join(''),
    rightToLeft,
  );
  let at = 0;
  let parts: Part[] = [];
  // A word that stands between two spaces as it is: then `parts` is empty.
  let whole: Word | null = null;
  const addParts = (...more: readonly Part[]) => {
    if (whole) parts = [...whole.parts];
    whole = null;
    parts.push(...more);
  };
  const endWord = () => {
    if (whole) chunks.push(whole);
    else if (parts.length > 0) chunks.push(wordOf(parts));
    whole = null;
    parts = [];
  };
  for (const inline of content) {
    if (inline.type === 'noteCall') {
      addParts({ kind: 'call', call: inline, level: levels?.of(at) ?? 0 });
      at += 1;
      continue;
    }
    for (const { text, face } of stretchesOf(inline.value, style.family, inline.emphasis, style.bold)) {
      const ordinary = !unusualSpace.test(text);
      for (let from = 0; from < text.length;) {
        const to = ordinary ? nextSpace(text, from) : wordEnd(text, from);
        const piece = to === from ? text.charAt(from) : text.slice(from, to);
        if (to === from) {
          endWord();
          chunks.push(spaceOf(piece, face, levels?.of(at) ?? 0));
        } else if (!levels) {
          const word = plainWord(piece, face);
          if (parts.length > 0 || whole) addParts(...word.parts);
          else whole = word;
        } else
          for (const run of runsOfLevel(piece, at, levels))
            addParts(...partsOf(run.text, run.level % 2 === 1 ? face.leftward : face, run.level));
        at += piece.length;
        from += piece.length;
      }
    }
  }
  endWord();
  return {
    chunks,
    rightToLeft: levels ? levels.base % 2 === 1 : false,
    flexible: chunks.every(levels ? mayGiveWay : isNotIdeographic),
  };
}

const isNotIdeographic = (chunk: Word | Space): boolean => chunk.kind === 'space' || !chunk.ideographic;

const mayGiveWay = (chunk: Word | Space): boolean =>
  chunk.kind === 'space'
    ? chunk.level % 2 === 0
    : !chunk.ideographic && chunk.parts.every(({ level }) => level % 2 === 0);

/** Any space but U+0020. */
const unusualSpace = /[\t-\r\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;

/** Where the next U+0020 stands, or the text's end. */
function nextSpace(text: string, from: number): number {
  const to = text.indexOf(' ', from);
  return to < 0 ? text.length : to;
}

/** Where the next space stands, or the text's end. */
function wordEnd(text: string, from: number): number {
  let to = from;
  while (to < text.length && !isSpace(text, to)) to += 1;
  return to;
}

function isSpace(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit <= 0x20
    ? unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)
    : unit > 0x7e && anySpace.test(text.charAt(at));
}

/** Ordinary spaces that run from left to right, by face: a text has a great many. */
const knownSpaces = new WeakMap<Face, Space>();

function spaceOf(character: string, face: Face, level: number): Space {
  const text = isPlainSpace(character) ? ' ' : character;
  if (text !== ' ' || level !== 0) return { kind: 'space', text, face, level, shared: false };
  let space = knownSpaces.get(face);
  if (!space) knownSpaces.set(face, (space = { kind: 'space', text, face, level, shared: true }));
  return space;
}

function wordOf(parts: readonly Part[], shared = false): Word {
  const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  return { kind: 'word', parts, text, ideographic: hasIdeographs(text), shared, settings: [] };
}

/** Words that run from left to right, by face: a text says the same ones again and again. */
const knownWords = new WeakMap<Face, Map<string, Word>>();

function plainWord(text: string, face: Face): Word {
  let known = knownWords.get(face);
  if (!known || known.size > 100_000) knownWords.set(face, (known = new Map<string, Word>()));
  let word = known.get(text);
  if (!word) {
    // A copy, as a slice would hold on to the whole text that it was cut from; shorter ones are cut as copies anyway.
    const own = text.length < 13 ? text : Array.from(text).join('');
    known.set(own, (word = wordOf(partsOf(own, face, 0), true)));
  }
  return word;
}

function runsOfLevel(piece: string, from: number, levels: Levels) {
  const runs: { text: string; readonly level: number }[] = [];
  for (let index = 0; index < piece.length; index++) {
    const level = levels.of(from + index);
    const last = runs.at(-1);
    // Both halves of a surrogate pair have one level.
    if (last && (last.level === level || /[\udc00-\udfff]/.test(piece.charAt(index))))
      last.text += piece.charAt(index);
    else runs.push({ text: piece.charAt(index), level });
  }
  return runs;
}

/** An address within a word: without the brackets and stops around it. */
const webAddress = /(?:https?:\/\/|www\.)[\p{L}\p{N}][^\s<>"“”«»()[\]{}]*[\p{L}\p{N}/]/u;

function partsOf(piece: string, face: Face, level: number): Part[] {
  const found = webAddress.exec(piece);
  if (!found) return [{ kind: 'text', face, level, ...withoutInkless(piece, face) }];
  const link = found[0].startsWith('www.') ? `https://${found[0]}` : found[0];
  const [before, after] = [piece.slice(0, found.index), piece.slice(found.index + found[0].length)];
  const parts: Part[] = [{ kind: 'text', face, level, link, ...withoutInkless(found[0], face) }];
  if (before !== '') parts.unshift({ kind: 'text', face, level, ...withoutInkless(before, face) });
  if (after !== '') parts.push({ kind: 'text', face, level, ...withoutInkless(after, face) });
  return parts;
}

const none: readonly number[] = [];

/** The characters that print, and the places of soft hyphens among them. */
function withoutInkless(
  piece: string,
  face: Face,
): { readonly text: string; readonly soft: readonly number[] } {
  if (prints(piece, face)) return { text: piece, soft: none };
  let text = '';
  const soft: number[] = [];
  for (const character of piece)
    if (fate(character, face) === 'printed') text += character;
    else if (character === '\u00ad') soft.push(text.length);
  return { text, soft };
}
