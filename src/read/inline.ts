/**
 * Inline: the words of one block out of its stretches of the source. Mark-up that the source bears (emphasis,
 * escapes, tags, links) is told from words; calls become `noteCall`s; white space is folded; every character ends in
 * one leaf. Plain text has no mark-up: there a `*` is a `*`.
 */
import { foldWhiteSpace, isWhiteSpace } from '../characters.js';
import type { Emphasis, Inline, Leaf } from '../document.js';
import { linkAcross } from './links.js';
import type { Call } from './notes.js';
import type { Sheet, Stretch } from './sheet.js';

export interface Words {
  readonly content: readonly Inline[];
  readonly leaves: readonly Leaf[];
  /** The printed label's text, where a label stretch was given; else ''. */
  readonly label: string;
}

export interface InlineOptions {
  /** The calls within the stretches, in order. */
  readonly calls?: readonly Call[];
  /** The `eId` of a definition's note. */
  readonly noteOf?: (definition: number) => string;
  /** The stretch (within the given ones) that is the printed label; its words go to `label`. */
  readonly label?: Stretch | null;
}

/** One token of the source: words, or mark-up. */
interface Token {
  readonly start: number;
  readonly end: number;
  /** Absent for words. */
  readonly rule?: string;
  readonly emphasis?: Emphasis;
  /** How many blanks it stands for: a line break that mark-up asks for. */
  readonly breaks?: boolean;
}

/** Reads the stretches as one run of words. */
export function inlineOf(sheet: Sheet, stretches: readonly Stretch[], options: InlineOptions = {}): Words {
  const writer = new Writer(sheet);
  const calls = options.calls ?? [];
  const tokens = pairEmphasis(
    sheet,
    stretches.map((stretch, index) => tokensOf(sheet, stretch, calls, stretches[index + 1])),
  );
  let nextCall = 0;
  const open: Emphasis[] = [];
  for (const [index, stretch] of stretches.entries()) {
    if (index > 0) writer.lineEnd(stretches[index - 1], stretch);
    for (const token of tokens[index] ?? []) {
      while ((calls[nextCall]?.end ?? Infinity) <= token.start) nextCall++;
      const call = calls[nextCall];
      if (call && token.start === call.start && token.rule === 'call') {
        writer.call(call, options.noteOf?.(call.definition) ?? '');
      } else if (token.rule !== undefined) {
        writer.markup(token);
        if (token.emphasis) toggle(open, token.emphasis);
        if (token.breaks) writer.space();
      } else if (options.label && token.start < options.label.end && token.end > options.label.start) {
        // A label never shares a token with words: its end cuts the token.
        const cut = Math.min(token.end, options.label.end);
        writer.label(token.start, cut);
        if (cut < token.end) writer.words(cut, token.end, open);
      } else writer.words(token.start, token.end, open);
    }
  }
  return writer.finish();
}

function toggle(open: Emphasis[], emphasis: Emphasis): void {
  const at = open.indexOf(emphasis);
  if (at >= 0) open.splice(at, 1);
  else open.push(emphasis);
}

// ------------------------------------------------------------------------------------------------ tokens

const markdownTokens =
  /\\[!-/:-@[-`{-~]|\\$|\*\*|__|[*_]|!?\[(?=[^\][\n]{0,300}\]\([^()\s]{0,300}\))|\]\([^()\s]{0,300}\)|<https?:\/\/[^\s<>]{1,500}>/g;
const htmlTokens =
  /<\/?(?:sup|sub|a|b|i|em|strong|u|p|br|span|div|meta|small|font|li|ul|ol|table|tbody|thead|tr|td|th|h[1-6]|blockquote)\b[^<>\n]{0,500}>|<!--[^\n]{0,2000}?-->/gi;

function tokensOf(
  sheet: Sheet,
  stretch: Stretch,
  calls: readonly Call[],
  next: Stretch | undefined,
): Token[] {
  const text = sheet.text.slice(stretch.start, stretch.end);
  const marks: Token[] = [];
  for (let at = firstCallFrom(calls, stretch.start); at < calls.length; at++) {
    const call = calls[at];
    if (!call || call.end > stretch.end) break;
    marks.push({ start: call.start, end: call.end, rule: 'call' });
  }
  if (sheet.layout.html)
    for (const match of text.matchAll(htmlTokens))
      if (isClosed(sheet, match[0])) marks.push(htmlToken(stretch.start + match.index, match[0]));
  if (sheet.layout.markdown) {
    for (const match of text.matchAll(markdownTokens))
      marks.push(...markdownToken(sheet, stretch, stretch.start + match.index, match[0]));
    const cut = next ? linkAcross(sheet, stretch, next) : null;
    if (cut !== null) marks.push({ start: cut, end: cut + 1, rule: 'link' });
    const hashes = /^#{1,6}(?!#)/.exec(text);
    if (hashes) marks.push({ start: stretch.start, end: stretch.start + hashes[0].length, rule: 'heading' });
  }
  if (text.endsWith('\u00ad')) marks.push({ start: stretch.end - 1, end: stretch.end, rule: 'soft hyphen' });
  if (next && isBrokenWord(sheet, stretch, next))
    marks.push({ start: stretch.end - 1, end: stretch.end, rule: 'line-end hyphen' });
  // Where two overlap the first stands, but for a call: its brackets are no mark-up of their own.
  marks.sort((one, other) => one.start - other.start);
  const tokens: Token[] = [];
  let at = stretch.start;
  for (const [index, mark] of marks.entries()) {
    const behind = marks[index + 1];
    if (mark.start < at || (mark.rule !== 'call' && behind?.rule === 'call' && behind.start < mark.end))
      continue;
    if (mark.start > at) tokens.push({ start: at, end: mark.start });
    tokens.push(mark);
    at = mark.end;
  }
  if (at < stretch.end) tokens.push({ start: at, end: stretch.end });
  return tokens;
}

/**
 * Whether a line's hyphen only broke a word: the whole word stands elsewhere in the text, and never with a hyphen.
 * Without that evidence the hyphen stays, and the word is joined behind it.
 */
function isBrokenWord(sheet: Sheet, stretch: Stretch, next: Stretch): boolean {
  if (sheet.text[stretch.end - 1] !== '-') return false;
  const head = /(?<![\p{L}\p{N}-])\p{L}+(?=-$)/u.exec(
    sheet.text.slice(Math.max(stretch.start, stretch.end - 40), stretch.end),
  )?.[0];
  const tail = /^\p{Ll}+/u.exec(sheet.text.slice(next.start, Math.min(next.end, next.start + 40)))?.[0];
  if (head === undefined || tail === undefined) return false;
  sheet.vocabulary ??= new Set(
    (sheet.text.match(/\p{L}+(?:-\p{L}+)*/gu) ?? []).map((word) => word.toLowerCase()),
  );
  const word = (head + tail).toLowerCase();
  return sheet.vocabulary.has(word) && !sheet.vocabulary.has(`${head}-${tail}`.toLowerCase());
}

/** The index of the first call at or behind an offset; calls are in order. */
function firstCallFrom(calls: readonly Call[], offset: number): number {
  let low = 0;
  let high = calls.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((calls[middle]?.start ?? Infinity) >= offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether a tag that needs another one has it: a `<b>` that nothing closes is text. */
function isClosed(sheet: Sheet, tag: string): boolean {
  const match = /^<(\/?)(sup|sub|a|b|i|em|strong|u|small|font|span)\b/i.exec(tag);
  if (!match || tag.endsWith('/>')) return true;
  const name = (match[2] ?? '').toLowerCase();
  const known = sheet.closedTags.get(name);
  if (known !== undefined) return known;
  const pair =
    new RegExp(`<${name}\\b[^<>]*>`, 'i').test(sheet.text) &&
    new RegExp(`</${name}\\s*>`, 'i').test(sheet.text);
  sheet.closedTags.set(name, pair);
  return pair;
}

function htmlToken(start: number, tag: string): Token {
  const name = /^<\/?(\w+)/.exec(tag)?.[1]?.toLowerCase() ?? '';
  const emphasis: Emphasis | undefined =
    name === 'b' || name === 'strong' ? 'strong' : name === 'i' || name === 'em' ? 'emphasis' : undefined;
  return {
    start,
    end: start + tag.length,
    rule: tag.startsWith('<!--') ? 'comment' : 'tag',
    ...(emphasis ? { emphasis } : {}),
    ...(name === 'br' || name === 'p' ? { breaks: true } : {}),
  };
}

function markdownToken(sheet: Sheet, stretch: Stretch, start: number, found: string): Token[] {
  const end = start + found.length;
  if (found.startsWith('\\'))
    return [{ start, end: start + 1, rule: found === '\\' ? 'line break' : 'escape' }];
  if (found.startsWith('<'))
    return [
      { start, end: start + 1, rule: 'link' },
      { start: end - 1, end, rule: 'link' },
    ];
  if (found === '**' || found === '__') return [{ start, end, rule: 'emphasis', emphasis: 'strong' }];
  if (found === '*' || found === '_') {
    const before = start > stretch.start ? (sheet.text[start - 1] ?? ' ') : ' ';
    const after = end < stretch.end ? (sheet.text[end] ?? ' ') : ' ';
    const word = /[\p{L}\p{N}]/u;
    // A star between blanks is a star; an underscore inside a word is an underscore.
    if (/\s/.test(before) && /\s/.test(after)) return [];
    if (found === '_' && word.test(before) && word.test(after)) return [];
    return [{ start, end, rule: 'emphasis', emphasis: 'emphasis' }];
  }
  return [{ start, end, rule: 'link' }];
}

/** Emphasis marks come in pairs: one that is left over is a character of the text. */
function pairEmphasis(sheet: Sheet, lines: readonly Token[][]): Token[][] {
  const left = new Map<string, Token>();
  const closesWithout = new Set<Token>();
  for (const token of lines.flat()) {
    if (token.rule !== 'emphasis' || token.emphasis === undefined) continue;
    const kind = sheet.text.slice(token.start, token.end);
    const opener = left.get(kind);
    if (opener) left.delete(kind);
    else left.set(kind, token);
  }
  for (const token of left.values()) closesWithout.add(token);
  if (closesWithout.size === 0) return lines as Token[][];
  return lines.map((tokens) =>
    tokens.map((token) => (closesWithout.has(token) ? { start: token.start, end: token.end } : token)),
  );
}

// ------------------------------------------------------------------------------------------------ writing

/** Superior figures as plain ones: an edition sets them as it sets every call. */
const plainFigures = (marker: string): string =>
  marker.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (figure) => String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(figure)));

/** Characters between which a joined line leaves nothing: Han and Kana, and their punctuation. */
const isHan = (character: string): boolean =>
  character >= '\u2e80' &&
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u.test(character);

/** White space that is not printed as it is: all but a single space before another word. */
const folds =
  /[\t-\r\x85\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]|[ \xa0\u202f](?=[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]|$)/g;

class Writer {
  readonly #sheet: Sheet;
  readonly #content: Inline[] = [];
  readonly #leaves: Leaf[] = [];
  #label = '';
  /** Words not yet put into `#content`, and their emphasis. */
  #run = '';
  #emphasis: readonly Emphasis[] = [];
  /** White space that was read and is not yet written: '' none, else what it folds to. */
  #pending = '';
  #afterCall = false;
  #begun = false;

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  /** Folded words; a single no-break space between two characters stays what it is. */
  words(start: number, end: number, open: readonly Emphasis[]): void {
    if (open.length !== this.#emphasis.length || open.some((one, index) => one !== this.#emphasis[index])) {
      this.#flush();
      this.#emphasis = [...open];
    }
    const { text } = this.#sheet;
    const own = text.slice(start, end);
    let from = start;
    while (from < end) {
      let to = from;
      while (to < end && isWhiteSpace(text.charCodeAt(to))) to++;
      if (to > from) {
        const only = to - from === 1 && this.#pending === '' ? text[from] : undefined;
        this.#pending = only === '\u00a0' || only === '\u202f' ? only : ' ';
        from = to;
        continue;
      }
      // Words with nothing to fold between them are one slice: put together word by word, a long text takes many times its size.
      folds.lastIndex = from - start;
      to = folds.test(own) ? start + folds.lastIndex - 1 : end;
      this.#put(text.slice(from, to));
      this.#leaf('text', from, to);
      from = to;
    }
  }

  #put(word: string): void {
    if (this.#pending !== '' && this.#begun) {
      // A space before a call belongs behind it, unless punctuation follows.
      if (!this.#afterCall || !/^[.,;:!?)\]”’»]/.test(word)) this.#space();
    }
    this.#pending = '';
    this.#afterCall = false;
    this.#begun = true;
    this.#run += word;
  }

  /** The space between two runs belongs to the plainer one. */
  #space(): void {
    const last = this.#content.at(-1);
    if (this.#run === '' && last?.type === 'text' && (last.emphasis?.length ?? 0) < this.#emphasis.length)
      this.#content[this.#content.length - 1] = { ...last, value: last.value + this.#pending };
    else this.#run += this.#pending;
  }

  space(): void {
    this.#pending = ' ';
  }

  /** A line end folds to a space, but for a healed word and between ideographs. */
  lineEnd(before: Stretch | undefined, after: Stretch): void {
    if (!before) return;
    const { text } = this.#sheet;
    const last = text.slice(Math.max(before.start, before.end - 2), before.end);
    const first = text.slice(after.start, after.start + 1);
    if (last.endsWith('\u00ad')) return;
    if (last.endsWith('-') && /[\p{L}]-$/u.test(last) && /^\p{Ll}/u.test(first)) return;
    if (isHan(last.slice(-1)) && isHan(first)) return;
    this.#pending = ' ';
  }

  call(call: Call, footnote: string): void {
    this.#flush();
    const { text } = this.#sheet;
    const { start, end, markerAt } = call;
    const marker = plainFigures(text.slice(markerAt.start, markerAt.end));
    this.#content.push({ type: 'noteCall', footnote, marker });
    // Brackets are printed with the mark; tags, escapes and link targets are mark-up.
    const bare = !/[<\\/]|\]\(/.test(text.slice(start, end));
    if (bare) this.#leaf('call', start, end);
    else {
      if (start < markerAt.start) this.#leaf('markup', start, markerAt.start, 'note mark');
      this.#leaf('call', markerAt.start, markerAt.end);
      if (markerAt.end < end) this.#leaf('markup', markerAt.end, end, 'note mark');
    }
    this.#afterCall = this.#pending !== '';
  }

  label(start: number, end: number): void {
    const { text } = this.#sheet;
    let from = start;
    let to = end;
    while (from < to && isWhiteSpace(text.charCodeAt(from))) from++;
    while (to > from && isWhiteSpace(text.charCodeAt(to - 1))) to--;
    if (from === to) return;
    const words = foldWhiteSpace(text.slice(from, to));
    // Mark-up may split a label (`15\.`): its pieces belong together unless a space stood between them.
    const gap = this.#label !== '' && /\s/.test(text.slice(this.#labelEnd, from));
    this.#label += (gap ? ' ' : '') + words;
    this.#labelEnd = to;
    this.#leaf('label', from, to);
  }
  #labelEnd = 0;

  markup(token: Token): void {
    this.#leaf('markup', token.start, token.end, token.rule);
  }

  /** Leaves of one kind with nothing but white space between them become one. */
  #leaf(kind: Leaf['kind'], start: number, end: number, rule?: string): void {
    const last = this.#leaves.at(-1);
    if (last?.kind === kind && kind === 'text' && this.#blankBetween(last.end, start))
      this.#leaves[this.#leaves.length - 1] = { kind, start: last.start, end };
    else this.#leaves.push({ kind, start, end, ...(rule === undefined ? {} : { rule }) });
  }

  #blankBetween(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (!isWhiteSpace(this.#sheet.text.charCodeAt(at))) return false;
    return true;
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

  finish(): Words {
    this.#flush();
    return { content: this.#content, leaves: this.#leaves, label: this.#label };
  }
}
