/**
 * The working state of one reading: the lines of the text, and what has been found out about them so far. Each stage
 * of `normalise` reads it and adds to it; only the finished `Document` leaves this folder.
 */
import { isWhiteSpace } from '../characters.js';
import type { Diagnostic, Span } from '../document.js';
import type { TextLine, TextRoot } from './plain.js';

/** A stretch of the source, in UTF-16 units; white space trimmed at both ends. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** How the text was laid out by whoever made it. */
export interface Layout {
  /** Lines are broken at a page width, so that a line end says nothing; else each line is a paragraph. */
  readonly wrapped: boolean;
  /** The column that wrapped lines run to. */
  readonly edge: number;
  /** The text bears Markdown: escapes, bold, headings with hashes. */
  readonly markdown: boolean;
  /** The text bears HTML tags. */
  readonly html: boolean;
}

/** A list by its number in the text, and the list in one of whose items it stands; null at the top. */
export interface ListPlace {
  readonly list: number;
  readonly inside: number | null;
}

/** What a person stated about the lines of a text (`sidecar.ts`), by index of the line, or by offsets. */
export interface Overrules {
  readonly furniture: ReadonlyMap<number, boolean>;
  /** The printed label, or null: none begins here. */
  readonly labels: ReadonlyMap<number, string | null>;
  /** Where a list's own mark-up says which list a label stands in. */
  readonly lists: ReadonlyMap<number, ListPlace>;
  readonly headings: ReadonlyMap<number, boolean>;
  /** The note's marker as printed, or null: no note begins here. */
  readonly notes: ReadonlyMap<number, string | null>;
  readonly calls: readonly (Stretch & { readonly marker: string })[];
  readonly notCalls: readonly Stretch[];
}

const noOverrules: Overrules = {
  furniture: new Map(),
  labels: new Map(),
  lists: new Map(),
  headings: new Map(),
  notes: new Map(),
  calls: [],
  notCalls: [],
};

export interface Sheet {
  readonly text: string;
  readonly lines: TextLine[];
  readonly layout: Layout;
  /** Why a line (by index) is furniture. */
  readonly furniture: Map<number, string>;
  /** Furniture that is only a part of its line. */
  readonly scraps: (Stretch & { readonly reason: string })[];
  /** What furniture told about the document: front matter, mastheads. */
  readonly facts: Map<Fact, Stated>;
  readonly diagnostics: Diagnostic[];
  overrules: Overrules;
  /** Which tags (by name) the text both opens and closes, as far as was asked. */
  readonly closedTags: Map<string, boolean>;
  /** The words of the text in lower case, once somebody asked for them. */
  vocabulary?: Set<string>;
  /** Whether `o` is a word of the text, once somebody asked. */
  smallWord?: boolean;
  /** The letters of the running heads, once somebody asked for them. */
  headWords?: string;
}

export type Fact = 'title' | 'date' | 'symbol' | 'issuer' | 'place' | 'language';

/** A fact as the source states it, with its place. */
export interface Stated {
  readonly value: string;
  readonly span: Span;
}

/** Lays the lines of a parsed text out for reading. */
export function openSheet(text: string, root: TextRoot): Sheet {
  const lines = singleSpaced(
    text,
    root.children.flatMap((stanza) => stanza.children),
  );
  return {
    text,
    lines,
    layout: layoutOf(text, lines),
    furniture: new Map(),
    scraps: [],
    facts: new Map(),
    diagnostics: [],
    overrules: noOverrules,
    closedTags: new Map(),
  };
}

/**
 * Some copies have an empty line behind every line. There an empty line says nothing, and each gap counts for one
 * less: only where most gaps are so, and most lines are full and end within a sentence.
 */
function singleSpaced(text: string, lines: TextLine[]): TextLine[] {
  if (lines.length < 8) return lines;
  const gaps = lines.slice(1).filter((line) => line.emptyBefore >= 1 && line.emptyBefore <= 2).length;
  if (gaps < (lines.length - 1) * 0.9) return lines;
  const widths = lines.map((line) => line.end - line.start).sort((one, other) => one - other);
  const median = widths[widths.length >> 1] ?? 0;
  if (median < 40 || median > widest) return lines;
  const edge = widths[Math.floor(widths.length * 0.95)] ?? 0;
  // Lines that go on, many of them in lower case, behind a full line that ends in a word: sentences run across the gaps.
  let unfinished = 0;
  let full = 0;
  let across = 0;
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (!before || !/[\p{L}\p{N},]$/u.test(text.slice(before.end - 2, before.end))) continue;
    unfinished += 1;
    if (before.end - before.start > edge * 0.7) full += 1;
    if (/^\p{Ll}/u.test(text.slice(line.start, line.start + 2))) across += 1;
  }
  const { length } = lines;
  const runsOn = unfinished >= length * 0.4 && full >= unfinished * 0.75 && across >= length * 0.2;
  if (across < length * 0.4 && !runsOn) return lines;
  return lines.map((line) => ({ ...line, emptyBefore: Math.max(0, line.emptyBefore - 1) }));
}

/**
 * Whether a text is a Markdown scrape: escaped labels or brackets, headings with hashes, links to places, or several
 * words in bold. A lone star or backslash is a star or backslash.
 */
function isMarkdown(text: string): boolean {
  const mayBear = text.includes('\\') || text.includes('#');
  if (
    mayBear &&
    /^[ \t]*(?:\d{1,3}\\[.)]|\\?#{1,6} ?\p{L}(?!\S*[ \t]+[#@]\p{L})|\\#)|\\\[\w{1,3}\\\]|\]\(#\w/mu.test(text)
  )
    return true;
  if (!text.includes('**')) return false;
  return (text.match(/(?<![\p{L}\p{N}*])\*\*[^*\s](?:[^*\n]{0,200}[^*\s])?\*\*(?!\*)/gu) ?? []).length >= 2;
}

const widest = 140;

function layoutOf(text: string, lines: readonly TextLine[]): Layout {
  const rightEdges = lines.map((line) => line.indent + line.end - line.start);
  const narrow = rightEdges.filter((edge) => edge <= widest).sort((one, other) => one - other);
  const edge = narrow[Math.floor(narrow.length * 0.95)] ?? 0;
  // In a wrapped text hardly a character stands on a line that is wider than a page, and many lines are full.
  const total = rightEdges.reduce((sum, width) => sum + width, 0);
  const wide = rightEdges.reduce((sum, width) => sum + (width > widest ? width : 0), 0);
  const full = lines.filter((_, index) => {
    const next = lines[index + 1];
    return next?.emptyBefore === 0 && (rightEdges[index] ?? 0) > edge * 0.8;
  }).length;
  return {
    wrapped: edge >= 40 && wide < total * 0.3 && full >= 1 && full > lines.length * 0.15,
    edge,
    markdown: isMarkdown(text),
    html:
      text.includes('<') &&
      /<\/?(?:sup|sub|a|b|i|em|strong|u|p|br|span|div|meta|li|ul|ol|table|tr|td|h[1-6]|blockquote)\b[^<>\n]{0,300}>|<!--/i.test(
        text,
      ),
  };
}

/** Reasons that mark a page break: a sentence may go on behind such furniture. */
const pageReasons = new Set(['page number', 'running head', 'job number', 'barcode', 'note']);

/**
 * What stands between two lines that hold words: nothing but line ends, a page break (in a sentence, perhaps), or
 * something that ends every block (an empty line, a rule, a comment).
 */
export function between(sheet: Sheet, previous: number, index: number): 'line' | 'page' | 'break' {
  const line = sheet.lines[index];
  let page = line?.pageBefore === true;
  let empty = (line?.emptyBefore ?? 0) > 0;
  for (let at = previous + 1; at < index; at++) {
    const reason = sheet.furniture.get(at);
    if (reason !== undefined && pageReasons.has(reason)) page = true;
    else if (reason === 'rule') page ||= sheet.furniture.get(at + 1) === 'note';
    else empty = true;
    empty ||= (sheet.lines[at]?.emptyBefore ?? 0) > 0 && !page;
  }
  return page ? 'page' : empty ? 'break' : 'line';
}

/** How many units of a line are tags (and white space between them) before its first word. */
export function leadingTags(sheet: Sheet, line: TextLine): number {
  const words = sheet.text.slice(line.start, Math.min(line.end, line.start + 400));
  return (
    /^(?:<\/?(?:p|div|li|ul|ol|td|tr|span|b|strong|i|em|h[1-6]|blockquote)\b[^<>]{0,200}>[\s\u00a0]*)*/i.exec(
      words,
    )?.[0].length ?? 0
  );
}

/** Whether HTML begins a block with this line. */
export const beginsWithBlockTag = (sheet: Sheet, line: TextLine): boolean =>
  sheet.layout.html &&
  /^<(?:p|div|li|ul|ol|tr|h[1-6]|blockquote)\b/i.test(sheet.text.slice(line.start, line.start + 12));

/** Whether HTML ends a block, or a line, with this line. */
export const endsWithBlockTag = (sheet: Sheet, line: TextLine): boolean =>
  sheet.layout.html &&
  /<\/(?:p|div|li|ul|ol|tr|h[1-6]|blockquote)>$|<br ?\/?>$/i.test(
    sheet.text.slice(Math.max(line.start, line.end - 14), line.end),
  );

/** The column that the lines around a line run to: page indents vary. */
export function edgeAt(sheet: Sheet, index: number): number {
  const { lines } = sheet;
  const edges: number[] = [];
  for (let at = Math.max(0, index - 12); at <= Math.min(lines.length - 1, index + 12); at++) {
    const line = lines[at];
    const edge = line ? line.indent + line.end - line.start : 0;
    if (!sheet.furniture.has(at) && edge <= widest) edges.push(edge);
  }
  edges.sort((one, other) => one - other);
  return edges[Math.floor((edges.length - 1) * 0.9)] ?? sheet.layout.edge;
}

/** A stretch without the white space (Unicode White_Space, and nothing else) at its ends. */
export function trimmed(text: string, start: number, end: number): Stretch {
  let from = start;
  let to = end;
  while (from < to && isWhiteSpace(text.charCodeAt(from))) from++;
  while (to > from && isWhiteSpace(text.charCodeAt(to - 1))) to--;
  return { start: from, end: to };
}

/** The words of a line, without the white space around them. */
export function wordsOf(sheet: Sheet, line: TextLine): string {
  return sheet.text.slice(line.start, line.end);
}

/** The number of the line that holds an offset, by binary search. */
export function lineIndexAt(lines: readonly TextLine[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.position.start.offset ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** The span from `start` to `end`, with its lines. */
export function spanOf(sheet: Sheet, start: number, end: number): Span {
  const first = sheet.lines[lineIndexAt(sheet.lines, start)]?.number ?? 1;
  const last = sheet.lines[lineIndexAt(sheet.lines, Math.max(start, end - 1))]?.number ?? first;
  return { start, end, line: first, lastLine: last };
}

/** Line and column of a stretch, for a diagnostic. */
export function whereIs(sheet: Sheet, stretch: Stretch): { line: number; column: number; length: number } {
  const line = sheet.lines[lineIndexAt(sheet.lines, stretch.start)];
  const lineStart = line ? (line.position.start.offset ?? line.start) - (line.position.start.column - 1) : 0;
  return {
    line: line?.number ?? 1,
    column: stretch.start - lineStart + 1,
    length: Math.max(1, stretch.end - stretch.start),
  };
}
