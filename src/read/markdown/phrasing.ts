/**
 * Phrasing: the inline content of one Markdown block as pieces of the source, in order, that leave no character out:
 * words, and the mark-up around them (CommonMark 6, GFM 6).
 */
import type { PhrasingContent } from 'mdast';
import type { Node } from 'unist';
import type { Emphasis } from '../../document.js';
import { hasInk } from './ink.js';
import { referenced } from './grammar.js';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Words. `isReference`: the source writes a character reference for them; elsewhere `value` is the source's own. */
export interface WordPiece extends Place {
  readonly kind: 'words';
  readonly value: string;
  readonly isReference: boolean;
  readonly emphasis: readonly Emphasis[];
}
export interface MarkupPiece extends Place {
  readonly kind: 'markup';
  readonly rule: string;
}
/** One HTML tag or comment (CommonMark 6.6). */
export interface TagPiece extends Place {
  readonly kind: 'tag';
  readonly value: string;
}
/** The call of a footnote (GFM footnotes): `[^` and `]` around its label. */
export interface CallPiece extends Place {
  readonly kind: 'call';
  readonly identifier: string;
  readonly label: Place;
}
/** A hard line break (CommonMark 6.7). */
export interface BreakPiece extends Place {
  readonly kind: 'break';
}
export type Piece = WordPiece | MarkupPiece | TagPiece | CallPiece | BreakPiece;

export const startOf = (node: Node): number => node.position?.start.offset ?? 0;
export const endOf = (node: Node): number => node.position?.end.offset ?? 0;

/** What else the reader of some phrasing must know. */
export interface Setting {
  /** A table's cell: there `\|` is a pipe even in code (GFM 4.10). */
  readonly inCell?: boolean;
  /** Links to keep as they are written, as words: `[1](#note-1)` may be the call of a note. */
  readonly keepsLink?: (written: string) => boolean;
}

/** The pieces of some phrasing that lies between two offsets. */
export function piecesOf(
  text: string,
  nodes: readonly PhrasingContent[],
  start: number,
  end: number,
  setting: Setting = {},
): Piece[] {
  const reader = new PhrasingReader(text, setting);
  reader.walk(nodes, start, end, 'mark-up', [], false);
  return reader.pieces;
}

/** Words that no inline mark-up is looked for in: code, the inside of HTML. */
export function wordsAsWritten(text: string, start: number, end: number, value: string): Piece[] {
  const reader = new PhrasingReader(text, {});
  reader.words(start, end, value, [], true);
  return reader.pieces;
}

class PhrasingReader {
  readonly pieces: Piece[] = [];
  readonly #text: string;
  readonly #setting: Setting;

  constructor(text: string, setting: Setting) {
    this.#text = text;
    this.#setting = setting;
  }

  /** @param rule what stands between the nodes */
  walk(
    nodes: readonly PhrasingContent[],
    start: number,
    end: number,
    rule: string,
    emphasis: readonly Emphasis[],
    isRaw: boolean,
  ): void {
    let at = start;
    for (const node of nodes) {
      this.#markup(at, startOf(node), rule);
      this.#visit(node, emphasis, isRaw);
      at = Math.max(at, endOf(node));
    }
    this.#markup(at, end, rule);
  }

  #visit(node: PhrasingContent, emphasis: readonly Emphasis[], isRaw: boolean): void {
    const start = startOf(node);
    const end = endOf(node);
    switch (node.type) {
      case 'text':
        this.words(start, end, node.value, emphasis, isRaw);
        return;
      case 'emphasis':
      case 'strong':
        this.walk(node.children, start, end, node.type, [...emphasis, node.type], isRaw);
        return;
      case 'delete':
        this.walk(node.children, start, end, 'strikethrough', emphasis, isRaw);
        return;
      case 'link': {
        const written = this.#text.slice(start, end);
        if (this.#setting.keepsLink?.(written) === true) {
          this.#push({ kind: 'tag', start, end, value: written });
          return;
        }
        // An address that stands by itself has no escapes and no references (CommonMark 6.5, GFM 6.9).
        this.walk(node.children, start, end, 'link', emphasis, isRaw || !written.startsWith('['));
        return;
      }
      case 'linkReference':
        this.walk(node.children, start, end, 'link', emphasis, isRaw);
        return;
      case 'inlineCode': {
        const fence = /^`+/.exec(this.#text.slice(start, end))?.[0].length ?? 0;
        this.#markup(start, start + fence, 'code');
        this.words(start + fence, end - fence, node.value, emphasis, true);
        this.#markup(end - fence, end, 'code');
        return;
      }
      case 'html':
        this.#push({ kind: 'tag', start, end, value: this.#text.slice(start, end) });
        return;
      case 'break':
        this.#push({ kind: 'break', start, end });
        return;
      case 'footnoteReference':
        this.#push({
          kind: 'call',
          start,
          end,
          identifier: node.identifier,
          label: { start: start + 2, end: end - 1 },
        });
        return;
      case 'image':
      case 'imageReference':
        this.#markup(start, end, 'image');
        return;
      default:
        this.#markup(start, end, node.type);
    }
  }

  #push(piece: Piece): void {
    if (piece.end > piece.start) this.pieces.push(piece);
  }

  #markup(start: number, end: number, rule: string): void {
    if (hasInk(this.#text, start, end)) this.#push({ kind: 'markup', start, end, rule });
  }

  /**
   * Words with their escapes (CommonMark 2.4), references and line ends. Behind a line end stand the marks of the
   * containers again: as many `>` as the grammar took off.
   */
  words(start: number, end: number, value: string, emphasis: readonly Emphasis[], isRaw: boolean): void {
    const text = this.#text;
    const lines = value.includes('\n') ? value.split('\n') : [value];
    const special = /[\\&\r\n]/g;
    let line = 0;
    let from = start;
    const flush = (to: number): void => {
      if (to > from) this.#words(from, to, emphasis);
    };
    // Looked for in these words alone: the next one may stand a megabyte behind them.
    const own = text.slice(start, end);
    for (let match = special.exec(own); match; match = special.exec(own)) {
      const at = start + match.index;
      const next = text[at + 1] ?? '';
      if (match[0] === '\\') {
        const escapes =
          at + 1 < end &&
          (isRaw ? next === '|' && this.#setting.inCell === true : /[!-/:-@[-`{-~]/.test(next));
        if (!escapes) continue;
        flush(at);
        this.#push({ kind: 'markup', start: at, end: at + 1, rule: 'escape' });
        from = at + 1;
        special.lastIndex = at + 2 - start;
      } else if (match[0] === '&') {
        if (isRaw) continue;
        const written = /^&#?[A-Za-z0-9]{1,32};/.exec(text.slice(at, Math.min(end, at + 40)))?.[0];
        const meant = written === undefined ? null : referenced(written);
        if (written === undefined || meant === null) continue;
        flush(at);
        from = at + written.length;
        this.#push({ kind: 'words', start: at, end: from, value: meant, isReference: true, emphasis });
        line += meant.split('\n').length - 1;
        special.lastIndex = from - start;
      } else {
        const lineEnd = at + (match[0] === '\r' && next === '\n' ? 2 : 1);
        flush(Math.min(end, lineEnd));
        line += 1;
        from = this.#prefix(lineEnd, end, lines[line] ?? '');
        special.lastIndex = from - start;
      }
    }
    flush(end);
  }

  #words(start: number, end: number, emphasis: readonly Emphasis[]): void {
    this.#push({
      kind: 'words',
      start,
      end,
      value: this.#text.slice(start, end),
      isReference: false,
      emphasis,
    });
  }

  /** Takes the marks of block quotations off a line's start. @returns where its words begin */
  #prefix(start: number, end: number, value: string): number {
    const quotes = (words: string) => (/^[\s>]*/.exec(words)?.[0] ?? '').replace(/\s/g, '').length;
    const limit = Math.min(end, start + 400);
    let left = quotes(this.#text.slice(start, limit)) - quotes(value.slice(0, 400));
    let at = start;
    while (left > 0 && at < end) {
      if (this.#text[at] === '>') {
        this.#push({ kind: 'markup', start: at, end: at + 1, rule: 'block quotation' });
        left -= 1;
      }
      at += 1;
    }
    return at;
  }
}
