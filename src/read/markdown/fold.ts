/**
 * Folding: pieces of the source to the content and the leaves of one node. White space is folded as everywhere
 * (DESIGN section 6); it keeps the emphasis in which it stands.
 */
import { isWhiteSpace } from '../../characters.js';
import type { Emphasis, Inline, Leaf } from '../../document.js';
import { hasInk } from './ink.js';
import type { CallPiece, Piece, WordPiece } from './phrasing.js';

/** A piece with its job: the words of the printed label are no words of the text. */
export type Part =
  | Piece
  | (Omit<WordPiece, 'kind'> & { readonly kind: 'label' })
  | { readonly kind: 'marker'; readonly start: number; readonly end: number };

/** What is printed where a note is called. */
export interface Called {
  readonly footnote: string;
  readonly marker: string;
}

export interface Folded {
  readonly content: Inline[];
  readonly leaves: Leaf[];
}

/** The words of some pieces as they stand, unfolded; a tag or a break leaves a space where it parts words. */
export const flatten = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (piece.kind === 'words' ? piece.value : '')).join('');

/** How many units of white space some words begin with. */
export function blanksBefore(words: string): number {
  let at = 0;
  while (at < words.length && isWhiteSpace(words.charCodeAt(at))) at++;
  return at;
}

/** Makes the units `from` to `to` of the flattened words a label. */
export function withLabel(pieces: readonly Piece[], from: number, to: number): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (piece.kind !== 'words') {
      parts.push(piece);
      continue;
    }
    const first = Math.max(0, from - at);
    const last = Math.min(piece.value.length, to - at);
    at += piece.value.length;
    if (first >= last) parts.push(piece);
    else if (piece.isReference) parts.push({ ...piece, kind: 'label' });
    else {
      const slice = (start: number, end: number) => ({
        ...piece,
        value: piece.value.slice(start, end),
        start: piece.start + start,
        end: piece.start + end,
      });
      if (first > 0) parts.push(slice(0, first));
      parts.push({ ...slice(first, last), kind: 'label' });
      if (last < piece.value.length) parts.push(slice(last, piece.value.length));
    }
  }
  return parts;
}

/**
 * @param resolve what a call prints; null where it is the call of nothing
 * @param options.isHandWritten a space before a call is no part of the words (`word [^1].`)
 */
export function fold(
  text: string,
  parts: readonly Part[],
  resolve: (call: CallPiece) => Called | null,
  { isHandWritten = false } = {},
): Folded {
  const folding = new Folding(text, isHandWritten);
  for (const [index, part] of parts.entries()) {
    switch (part.kind) {
      case 'words':
        folding.words(part);
        break;
      case 'label':
        folding.label(part);
        break;
      case 'marker':
        folding.marker(part.start, part.end);
        break;
      case 'call':
        folding.call(part, resolve(part), unitAfter(parts, index));
        break;
      case 'break':
        if (hasInk(text, part.start, part.end)) folding.markup(part.start, part.end, 'line break');
        folding.space();
        break;
      case 'tag':
        folding.markup(part.start, part.end, ruleOfTag(part.value));
        if (/^<\/?(?:br|p|div|li|tr|td|th|h[1-6])\b/i.test(part.value)) folding.space();
        break;
      case 'markup':
        folding.markup(part.start, part.end, part.rule);
        break;
    }
  }
  return folding.finish();
}

/** The first unit of the words behind a part. */
function unitAfter(parts: readonly Part[], index: number): string {
  for (let at = index + 1; at < parts.length; at++) {
    const part = parts[at];
    if (part?.kind === 'break') return '\n';
    if (part?.kind === 'words' && part.value !== '') return part.value.slice(0, 1);
  }
  return '';
}

const ruleOfTag = (tag: string): string =>
  tag.startsWith('<!--') ? 'comment' : /^<a (?:id|data-marker)=/.test(tag) ? 'pin' : 'tag';

/** A mark without its brackets, superior figures as plain ones. */
const asMarked = (mark: string): string => mark.replace(/[[\]()]/g, '').normalize('NFKC');

const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

class Folding {
  readonly #text: string;
  readonly #content: Inline[] = [];
  readonly #leaves: Leaf[] = [];
  #run = '';
  #emphasis: readonly Emphasis[] = [];
  /** White space that was read and is not yet written: '' none, else what it folds to. */
  #pending = '';
  #pendingEmphasis: readonly Emphasis[] = [];
  /** The pending space is a soft line end. */
  #lineEnd = false;
  #begun = false;

  readonly #isHandWritten: boolean;

  constructor(text: string, isHandWritten: boolean) {
    this.#text = text;
    this.#isHandWritten = isHandWritten;
  }

  words(piece: WordPiece): void {
    const { value } = piece;
    for (let from = 0; from < value.length;) {
      let to = from;
      while (to < value.length && isWhiteSpace(value.charCodeAt(to))) to++;
      if (to > from) {
        this.#blank(value.slice(from, to), piece.emphasis);
        from = to;
        continue;
      }
      while (to < value.length && !isWhiteSpace(value.charCodeAt(to))) to++;
      this.#put(value.slice(from, to), piece.emphasis);
      if (!piece.isReference) this.#leaf({ kind: 'text', start: piece.start + from, end: piece.start + to });
      from = to;
    }
    if (piece.isReference)
      this.#leaf({
        kind: 'text',
        start: piece.start,
        end: piece.end,
        rule: 'character reference',
        replaced: value,
      });
  }

  #blank(blanks: string, emphasis: readonly Emphasis[]): void {
    if (this.#pending === '') {
      const keeps = blanks === '\u00a0' || blanks === '\u202f';
      this.#pending = keeps ? blanks : ' ';
      this.#pendingEmphasis = emphasis;
      this.#lineEnd = /[\r\n]/.test(blanks);
    } else {
      this.#pending = ' ';
      this.#lineEnd ||= /[\r\n]/.test(blanks);
    }
  }

  space(): void {
    if (this.#pending === '') this.#pendingEmphasis = this.#emphasis;
    this.#pending = ' ';
    this.#lineEnd = false;
  }

  #put(word: string, emphasis: readonly Emphasis[]): void {
    if (this.#pending !== '' && this.#begun && !(this.#lineEnd && this.#isHealed(word)))
      this.#append(this.#pending, this.#pendingEmphasis);
    this.#pending = '';
    this.#lineEnd = false;
    this.#begun = true;
    this.#append(word, emphasis);
  }

  /** A line end that leaves nothing: between ideographs, within a hyphened word. */
  #isHealed(word: string): boolean {
    const before = this.#run.slice(-2);
    return (
      before.endsWith('\u00ad') ||
      (/[\p{L}]-$/u.test(before) && /^\p{Ll}/u.test(word)) ||
      (han.test(before.slice(-1)) && han.test(word.slice(0, 1)))
    );
  }

  #append(words: string, emphasis: readonly Emphasis[]): void {
    if (
      emphasis.length !== this.#emphasis.length ||
      emphasis.some((kind, at) => kind !== this.#emphasis[at])
    ) {
      this.#flush();
      this.#emphasis = emphasis;
    }
    this.#run += words;
  }

  /**
   * White space that a call interrupts is one run: it stands behind the call where any stands there.
   * @param next the first unit of the words behind it; '' at the end
   */
  call(piece: CallPiece, called: Called | null, next: string): void {
    const { start, end, label } = piece;
    if (!called) {
      const value = this.#text.slice(start, end);
      this.words({ kind: 'words', start, end, value, isReference: false, emphasis: this.#emphasis });
      return;
    }
    const isGlued = next !== '' && !isWhiteSpace(next.charCodeAt(0));
    const movesOn = this.#isHandWritten && !/[.,;:!?)\]”’»]/.test(next);
    if (isGlued && !movesOn) {
      if (this.#pending !== '' && this.#begun && !this.#isHandWritten)
        this.#append(this.#pending, this.#pendingEmphasis);
      this.#pending = '';
    }
    if (!this.#begun) this.#pending = '';
    this.#flush();
    // A hand that puts a call before the first word may part the two; the words begin with no space.
    if (!this.#isHandWritten) this.#begun = true;
    this.#content.push({ type: 'noteCall', ...called });
    const written = this.#text.slice(label.start, label.end);
    this.markup(start, label.start, 'note mark');
    this.#leaf({
      kind: 'call',
      ...label,
      ...(asMarked(written) === asMarked(called.marker)
        ? {}
        : { rule: 'note label', replaced: called.marker }),
    });
    this.markup(label.end, end, 'note mark');
  }

  label(piece: Omit<WordPiece, 'kind'>): void {
    if (piece.isReference) {
      this.#leaf({
        kind: 'label',
        start: piece.start,
        end: piece.end,
        rule: 'character reference',
        replaced: piece.value,
      });
      return;
    }
    let { start, end } = piece;
    while (start < end && isWhiteSpace(this.#text.charCodeAt(start))) start++;
    while (end > start && isWhiteSpace(this.#text.charCodeAt(end - 1))) end--;
    if (start < end) this.#leaf({ kind: 'label', start, end });
  }

  marker(start: number, end: number): void {
    if (hasInk(this.#text, start, end)) this.#leaf({ kind: 'marker', start, end });
  }

  markup(start: number, end: number, rule: string): void {
    if (hasInk(this.#text, start, end)) this.#leaf({ kind: 'markup', start, end, rule });
  }

  /** Leaves of words with nothing but white space between them become one. */
  #leaf(leaf: Leaf): void {
    const last = this.#leaves.at(-1);
    const joins =
      leaf.kind === 'text' &&
      last?.kind === 'text' &&
      leaf.rule === undefined &&
      last.rule === undefined &&
      !hasInk(this.#text, last.end, leaf.start);
    if (joins) this.#leaves[this.#leaves.length - 1] = { ...last, end: leaf.end };
    else this.#leaves.push(leaf);
  }

  #flush(): void {
    if (this.#run === '') return;
    this.#content.push({
      type: 'text',
      value: this.#run,
      ...(this.#emphasis.length > 0 ? { emphasis: this.#emphasis } : {}),
    });
    this.#run = '';
  }

  finish(): Folded {
    this.#flush();
    return { content: this.#content, leaves: this.#leaves };
  }
}
