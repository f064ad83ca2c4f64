/**
 * The projection: a hand-written Markdown text as the plain text that its author meant, one line a block and an empty
 * line between them, for the stages that read plain text. It is looked at, never printed: every unit of it knows its
 * place in the source, and the words are taken from there.
 *
 * Headings keep their hashes, strong words their stars and list items their marks: they are evidence. Characters that
 * those stages would take for mark-up, though Markdown says that they are words, are replaced by others.
 */
import type {
  BlockContent,
  DefinitionContent,
  List,
  ListItem,
  PhrasingContent,
  Root,
  RootContent,
} from 'mdast';
import { codePieces } from './code.js';
import type { ListPlace } from '../sheet.js';
import { hasInk } from './ink.js';
import type { Ledger } from './ledger.js';
import {
  endOf,
  piecesOf,
  startOf,
  type CallPiece,
  type MarkupPiece,
  type Piece,
  type WordPiece,
} from './phrasing.js';

/** A piece of the source with its place in the projection. */
export interface Item {
  /** Offsets in the projection; equal for what it does not show. */
  readonly from: number;
  readonly to: number;
  /** `words`: what those stages say it is; `sign`: mark-up, whatever they say. */
  readonly kind: 'words' | 'sign';
  readonly piece: WordPiece | MarkupPiece | CallPiece | (Piece & { readonly kind: 'break' });
  /** Counts the blocks. */
  readonly block: number;
}

export interface Projection {
  readonly text: string;
  readonly items: readonly Item[];
  /** By number of line: the label that a list item's own number is, and where its list stands. */
  readonly labels: ReadonlyMap<number, { readonly printed: string; readonly list: ListPlace }>;
  /** Puts the source's own characters back. */
  readonly restore: (words: string) => string;
}

type Flow = RootContent | BlockContent | DefinitionContent;

export function project(source: string, root: Root, ledger: Ledger): Projection {
  const projector = new Projector(source, ledger);
  for (const block of root.children) projector.block(block, 0, '');
  return projector.finish();
}

/** How far a list's items stand to the right of the list around it. */
const step = 4;
/** Longer lines are prose, whose hard breaks say nothing. */
const longestLine = 100;

class Projector {
  readonly #source: string;
  readonly #ledger: Ledger;
  readonly #items: Item[] = [];
  readonly #labels = new Map<number, { printed: string; list: ListPlace }>();
  #lists = 0;
  /** The numbered list in one of whose items the projector is. */
  #inside: number | null = null;
  readonly #standIns: ReadonlyMap<string, string>;
  readonly #parts: string[] = [];
  #length = 0;
  #line = 1;
  #block = 0;

  constructor(source: string, ledger: Ledger) {
    this.#source = source;
    this.#ledger = ledger;
    this.#standIns = standInsFor(source);
  }

  finish(): Projection {
    const back = new Map([...this.#standIns].map(([character, standIn]) => [standIn, character]));
    const pattern = new RegExp(`[${[...back.keys()].join('')}]`, 'gu');
    return {
      text: this.#parts.join(''),
      items: this.#items,
      labels: this.#labels,
      restore: (words) => words.replace(pattern, (standIn) => back.get(standIn) ?? standIn),
    };
  }

  /** @param mark what the block is introduced by: a list's mark, as it stands in the projection */
  block(block: Flow, indent: number, mark: string): void {
    const start = startOf(block);
    const end = endOf(block);
    switch (block.type) {
      case 'yaml':
      case 'html':
        this.#raw(start, end);
        return;
      case 'thematicBreak':
        this.#raw(start, end);
        return;
      case 'heading': {
        const hashes = /^#{1,6}(?=[ \t\r\n]|$)/.exec(this.#source.slice(start, start + 7))?.[0] ?? '';
        this.#open(indent, mark);
        if (hashes === '') this.#put(`${'#'.repeat(block.depth)} `);
        else {
          this.#sign(start, start + hashes.length, 'heading');
          this.#put(' ');
        }
        this.#phrasing(this.#piecesOf(block.children, start + hashes.length, end), ' ');
        this.#close();
        return;
      }
      case 'paragraph': {
        const pieces = this.#piecesOf(block.children, start, end);
        if (
          !pieces.some((piece) => piece.kind === 'call' || piece.kind === 'words' || piece.kind === 'tag')
        ) {
          this.#ledger.setAside(start, end, 'picture');
          return;
        }
        this.#open(indent, mark);
        this.#phrasing(pieces, breaksLines(pieces) ? `\n${' '.repeat(indent)}` : ' ');
        this.#close();
        return;
      }
      case 'code': {
        this.#open(indent, mark);
        this.#phrasing(codePieces(this.#source, start, end, block.value).pieces, ' ', true);
        this.#close();
        return;
      }
      case 'blockquote':
        for (const child of block.children) this.block(child, indent, '');
        return;
      case 'list': {
        const inside = this.#inside;
        const list = block.ordered === true ? this.#lists++ : inside;
        for (const item of block.children) {
          this.#inside = inside;
          this.#item(block, item, indent, list);
        }
        this.#inside = inside;
        return;
      }
      case 'definition':
        this.#ledger.setAside(start, end, 'link definition');
        return;
      default:
        return; // Tables and notes are read by themselves.
    }
  }

  /** @param own the number of the list that holds what stands in the item */
  #item(list: List, item: ListItem, indent: number, own: number | null): void {
    const start = startOf(item);
    const mark = /^(?:\d{1,9}[.)]|[-*+])/.exec(this.#source.slice(start, start + 10))?.[0] ?? '';
    const [first, ...rest] = item.children;
    const isText = first?.type === 'paragraph';
    this.#open(indent, '');
    const line = this.#line;
    if (list.ordered === true && own !== null)
      this.#labels.set(line, { printed: mark, list: { list: own, inside: this.#inside } });
    this.#inside = own;
    // A star or a plus would be a word to the later stages; the glyph that they know is a hyphen.
    if (list.ordered === true) this.#words(start, start + mark.length);
    else this.#bullet(start, start + mark.length);
    this.#put(' ');
    const end = start + mark.length;
    if (isText) {
      const from = startOf(first);
      if (typeof item.checked === 'boolean') this.#between(end, from, 'box');
      const pieces = this.#piecesOf(first.children, from, endOf(first));
      this.#phrasing(pieces, ' ');
    }
    this.#close();
    for (const child of isText ? rest : item.children) this.block(child, indent + step, '');
  }

  #piecesOf(nodes: readonly PhrasingContent[], start: number, end: number): Piece[] {
    return piecesOf(this.#source, nodes, start, end, { keepsLink: isCallLike });
  }

  // ---------------------------------------------------------------------------------------------- writing

  #open(indent: number, mark: string): void {
    this.#block += 1;
    this.#put(' '.repeat(indent) + mark);
  }

  /** An empty line ends a block. */
  #close(): void {
    this.#put('\n\n');
  }

  #put(words: string): void {
    this.#parts.push(words);
    this.#length += words.length;
    for (let at = words.indexOf('\n'); at >= 0; at = words.indexOf('\n', at + 1)) this.#line += 1;
  }

  #show(piece: Item['piece'], kind: Item['kind'], shown: string): void {
    const from = this.#length;
    this.#put(shown);
    this.#items.push({ from, to: this.#length, kind, piece, block: this.#block });
  }

  #words(start: number, end: number): void {
    const value = this.#source.slice(start, end);
    this.#show({ kind: 'words', start, end, value, isReference: false, emphasis: [] }, 'words', value);
  }

  #bullet(start: number, end: number): void {
    const value = this.#source.slice(start, end);
    this.#show({ kind: 'words', start, end, value, isReference: false, emphasis: [] }, 'words', '-');
  }

  #sign(start: number, end: number, rule: string): void {
    this.#show({ kind: 'markup', start, end, rule }, 'sign', this.#source.slice(start, end));
  }

  #hidden(start: number, end: number, rule: string): void {
    this.#show({ kind: 'markup', start, end, rule }, 'sign', '');
  }

  /** What stands between two offsets, as mark-up. */
  #between(start: number, end: number, rule: string): void {
    if (hasInk(this.#source, start, end)) this.#hidden(start, end, rule);
  }

  /** HTML, front matter and rules, line by line as they stand. */
  #raw(start: number, end: number): void {
    this.#open(0, '');
    for (let from = start; from < end;) {
      const line = /[^\r\n]*(?:\r\n|\r|\n)?/y;
      line.lastIndex = from;
      const found = line.exec(this.#source)?.[0] ?? '';
      const to = Math.min(end, from + found.length);
      const words = this.#source.slice(from, to).replace(/[\r\n]+$/, '');
      if (words !== '') this.#words(from, from + words.length);
      if (to < end) this.#put('\n');
      from = Math.max(to, from + 1);
    }
    this.#close();
  }

  /**
   * @param lineBreak what a hard break becomes
   * @param keepsLines whether line ends stay line ends
   */
  #phrasing(pieces: readonly Piece[], lineBreak: string, keepsLines = false): void {
    let isFirst = true;
    let isEscaped = false;
    for (const piece of pieces) {
      switch (piece.kind) {
        case 'words':
          // `\\*` before a note's text: the later stages ask for the backslash.
          if (isFirst && isEscaped && piece.value.startsWith('*')) this.#put('\\');
          this.#show(piece, 'words', this.#shown(piece, isFirst, isEscaped, keepsLines));
          isFirst &&= !/\P{White_Space}/u.test(piece.value);
          isEscaped = false;
          break;
        case 'tag': {
          const { start, end, value } = piece;
          const words: WordPiece = { kind: 'words', start, end, value, isReference: false, emphasis: [] };
          this.#show(words, 'words', value.replace(/[\r\n]/g, ' '));
          break;
        }
        case 'markup': {
          const written = this.#source.slice(piece.start, piece.end);
          const isStrong = piece.rule === 'strong' && (written === '**' || written === '__');
          this.#show(piece, 'sign', isStrong ? '**' : '');
          isEscaped = piece.rule === 'escape';
          break;
        }
        case 'call':
          this.#show(piece, 'sign', '');
          break;
        case 'break':
          this.#show(piece, 'sign', '');
          this.#put(lineBreak);
          break;
      }
    }
  }

  /** Words as the projection shows them: as long as they are. */
  #shown({ value }: WordPiece, isFirst: boolean, isEscaped: boolean, keepsLines: boolean): string {
    const lines = keepsLines ? value : value.replace(/[\r\n]/g, ' ');
    const shown = lines.replace(
      /[<\\_#`]|\](?=\()/g,
      (character) => this.#standIns.get(character) ?? character,
    );
    // `\- words` is no bullet, `\*` no emphasis.
    return isFirst && isEscaped ? shown.replace(/^[-+]/, (sign) => this.#standIns.get(sign) ?? sign) : shown;
  }
}

/** `[1](#note)`, `[[1]](#_ftn1)`: a link that may be a footnote's call or the head of its text. */
const isCallLike = (written: string): boolean =>
  written.length < 120 && /^\[\\?[[(]?(?:\d{1,3}|\*{1,3}|[a-z])\\?[\])]?\]\(#[^()\s]{0,60}\)$/.test(written);

/** Whether the lines of a paragraph are lines on purpose: an address, a title, a signature. */
function breaksLines(pieces: readonly Piece[]): boolean {
  let length = 0;
  let breaks = 0;
  for (const piece of pieces) {
    if (piece.kind === 'break') {
      breaks += 1;
      length = 0;
    } else if (piece.kind === 'words') length += piece.value.length;
    if (length > longestLine) return false;
  }
  return breaks > 0;
}

/** For each character that may not be shown a private one that the text does not hold. */
function standInsFor(source: string): ReadonlyMap<string, string> {
  const standIns = new Map<string, string>();
  let code = 0xe100;
  for (const character of ['<', '\\', '_', '#', '`', ']', '-', '+']) {
    while (code < 0xf8ff && source.includes(String.fromCharCode(code))) code += 1;
    standIns.set(character, String.fromCharCode(code));
    code += 1;
  }
  return standIns;
}
