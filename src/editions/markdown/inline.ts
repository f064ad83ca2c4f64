/** Inline content as mdast phrasing: emphasis nested, calls as footnote references, addresses as they were typed. */
import type { PhrasingContent, Text as MdastText } from 'mdast';
import type { Emphasis, Inline, NoteCall, Text } from '../../document.js';
import { pin } from './pins.js';

/** Characters that stand in the file exactly so: no escape is put before any of them. */
export interface Verbatim {
  type: 'verbatim';
  value: string;
}

/** Text with such characters in it: one node, for a text of a million brackets must not become a million nodes. */
export interface Mixed {
  type: 'mixed';
  pieces: (Verbatim | MdastText)[];
}

declare module 'mdast' {
  interface PhrasingContentMap {
    verbatim: Verbatim;
    mixed: Mixed;
  }
  interface RootContentMap {
    verbatim: Verbatim;
    mixed: Mixed;
  }
  interface ParagraphData {
    /** Pins and indentation: they stand before the paragraph's own text and escape nothing. */
    lead?: string;
  }
  interface HeadingData {
    lead?: string;
  }
}

export const verbatim = (value: string): Verbatim => ({ type: 'verbatim', value });
const plain = (value: string): MdastText => ({ type: 'text', value });

/** What the content's calls look like in Markdown. */
export interface Notes {
  /** The label of a footnote: `1`, or its eId. */
  readonly labelOf: (footnote: string) => string;
  /** The marker of a footnote as it is printed before its text. */
  readonly markerOf: (footnote: string) => string | undefined;
  readonly pins: boolean;
}

/** @param label what is printed before the content, with what parts them */
export function phrasing(label: string, content: readonly Inline[], notes: Notes): PhrasingContent[] {
  const inlines: Inline[] = label === '' ? [...content] : [{ type: 'text', value: label }, ...content];
  const runs = merged(inlines.filter((inline) => inline.type !== 'text' || inline.value !== ''));
  return nested(protectedFrom(runs), 0, notes);
}

/** Neighbouring texts of one emphasis as one text: an escape depends on what stands beside it. */
function merged(inlines: readonly Inline[]): Inline[] {
  const runs: Inline[] = [];
  for (const inline of inlines) {
    const last = runs.at(-1);
    if (inline.type === 'text' && last?.type === 'text' && kindsOf(inline) === kindsOf(last))
      runs[runs.length - 1] = { ...last, value: last.value + inline.value };
    else runs.push(inline);
  }
  return runs;
}

const kindsOf = (text: Text): string => (text.emphasis ?? []).join(' ');

// ------------------------------------------------------------------------------------------------ what is kept as typed

type Run = Text | NoteCall | (Verbatim & Pick<Text, 'emphasis'>);

/**
 * Takes out of the text what remark-stringify would escape without need, or would not escape though some reader of
 * Markdown sees more in it than GFM says.
 */
function protectedFrom(inlines: readonly Inline[]): Run[] {
  const isMath = mayBeMath(inlines.map((inline) => (inline.type === 'text' ? inline.value : '')).join(''));
  const isPlain = inlines.every((inline) => inline.type !== 'text' || !inline.emphasis);
  return inlines.flatMap((inline, at): Run[] => {
    if (inline.type !== 'text') return [inline];
    let runs: Run[] = addressesOf(inline, at === 0, at === inlines.length - 1);
    // `[^1]:` at the start of a line would define the note (GFM footnotes).
    if (at === 1 && inlines[0]?.type === 'noteCall') runs = escaped(runs, /^(:)/, isUnmarked);
    // A bracket needs no escape where nothing can come of it: the file defines nothing but notes (`[^`), and `](` is
    // escaped by its parenthesis. At the very start it could be a definition or a box to tick.
    if (at === 0 && !mayDefine.test(inline.value))
      runs = [...escaped(runs.slice(0, 1), /^(\[)/, isUnmarked, ''), ...runs.slice(1)];
    runs = escaped(runs, /(?<=[^!\\])(\[)(?!\^)/, isUnmarked, '');
    if (isMath) runs = escaped(runs, /(\$)/);
    if (isPlain) return runs;
    // Beside emphasis, an underscore may become one, and an address may swallow its end.
    return escaped(escaped(runs, /(_)/), /(@|:(?=\/\/)|(?<=www)\.)/i, (text) => !isUnmarked(text));
  });
}

/** What could be a note, a box to tick, a definition or a link. */
const mayDefine = /^\[(?:\^|[ xX]?\])|\][:(]/;

const isUnmarked = (text: Text): boolean => text.emphasis === undefined;

/**
 * Writes what a pattern's one group finds in the text as it is, after a backslash.
 * @param isMeant which texts are looked at
 */
function escaped(
  runs: readonly Run[],
  pattern: RegExp,
  isMeant: (text: Text) => boolean = () => true,
  backslash = '\\',
): Run[] {
  return runs.flatMap((run): Run[] => {
    if (run.type !== 'text' || !isMeant(run)) return [run];
    return run.value.split(pattern).flatMap((value, part): Run[] => {
      if (value === '') return [];
      return [part % 2 === 1 ? { ...run, type: 'verbatim', value: backslash + value } : { ...run, value }];
    });
  });
}

/** GitHub sets what stands between two dollar signs as mathematics where no space parts them from it. */
const mayBeMath = (text: string): boolean => /\$\S/.test(text) && /\S\$(?!\d)/.test(text);

const address = /https?:\/\/|www\.|@/i;
/**
 * Nothing in it needs an escape, so that GFM's autolinks (6.9) show it as it is: letters, digits, a few marks, and
 * underscores within words; no-break spaces, for to GitHub they don't end it. (`:smile:` would be a picture there.)
 */
const safeAddress = /^(?:[\p{L}\p{N}/:.,;%?=+@'"()\u00a0\u202f-]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))+$/u;
const emoji = /:[\w+-]+:/;

/** Addresses between spaces as they were typed; all other text, and any address that needs an escape, as text. */
function addressesOf(text: Text, isFirst: boolean, isLast: boolean): Run[] {
  if (text.emphasis || !address.test(text.value)) return [text];
  const parts = text.value.split(/( )/);
  const runs: Run[] = [];
  let pending = '';
  parts.forEach((part, at) => {
    const isApart = (at > 0 || isFirst) && (at < parts.length - 1 || isLast);
    if (isApart && address.test(part) && safeAddress.test(part) && !emoji.test(part)) {
      if (pending !== '') runs.push({ ...text, value: pending });
      runs.push(verbatim(part));
      pending = '';
    } else pending += part;
  });
  if (pending !== '') runs.push({ ...text, value: pending });
  return runs;
}

// ------------------------------------------------------------------------------------------------ emphasis

/** Texts that share their outermost emphasis stand in one node; a call stands outside any. */
function nested(runs: readonly Run[], depth: number, notes: Notes): PhrasingContent[] {
  const out: PhrasingContent[] = [];
  for (let at = 0; at < runs.length;) {
    const run = runs[at];
    if (!run) break;
    const kind = kindAt(run, depth);
    if (kind === undefined) {
      add(out, leaf(run, notes));
      at += 1;
      continue;
    }
    let end = at + 1;
    while (kindAt(runs[end], depth) === kind) end++;
    out.push({ type: kind, children: nested(runs.slice(at, end), depth + 1, notes) });
    at = end;
  }
  return out;
}

/** Appends nodes; texts and verbatim characters that touch become one node. */
function add(out: PhrasingContent[], nodes: readonly PhrasingContent[]): void {
  for (const node of nodes) {
    const last = out.at(-1);
    if (!last || !isPiece(node)) out.push(node);
    else if (last.type === 'mixed') last.pieces.push(node);
    else if (isPiece(last)) out[out.length - 1] = { type: 'mixed', pieces: [last, node] };
    else out.push(node);
  }
}

const isPiece = (node: PhrasingContent): node is MdastText | Verbatim =>
  node.type === 'text' || node.type === 'verbatim';

const kindAt = (run: Run | undefined, depth: number): Emphasis | undefined =>
  run === undefined || run.type === 'noteCall' ? undefined : run.emphasis?.[depth];

function leaf(run: Run, notes: Notes): PhrasingContent[] {
  if (run.type === 'text') return [plain(run.value)];
  if (run.type === 'verbatim') return [verbatim(run.value)];
  const label = notes.labelOf(run.footnote);
  const reference: PhrasingContent = { type: 'footnoteReference', identifier: label.toLowerCase(), label };
  if (!notes.pins || run.marker === notes.markerOf(run.footnote)) return [reference];
  return [verbatim(pin(null, { 'data-marker': run.marker })), reference];
}
