/** Heads: with what the text of a footnote may begin. */
import { letterValue, romanValue } from '../numerals.js';
import type { TextLine } from '../plain.js';
import type { Sheet, Stretch } from '../sheet.js';
import { isEmphasis, numberOf, plainDigits, superscripts } from './markers.js';

/** The head of a note: all before its words. */
export interface Head {
  readonly marker: string;
  readonly markerAt: Stretch;
  readonly head: Stretch;
  /** Its form leaves no doubt: `[^1]:`, `<sup>1</sup>`, `¹`. */
  readonly explicit: boolean;
  /** `[1]`, `\[1\]`. */
  readonly bracketed: boolean;
  /** The name by which a link calls it, `#` before it: `#_ftn1` for `<a href="#_ftnref1" id="_ftn1">[1]</a>`. */
  readonly anchor?: string;
}

/** What an anchor that begins a note is, by its own name or by that of the place to which it leads back. */
const anchored =
  /^<a\b[^<>]{0,200}?(?:\b(?:id|name)=["']?_?(?:ftn|fn|footnote|note)-?\d|href=["']?#_?(?:ftn|fn|footnote|note)-?ref)/i;
const anchorName = /\b(?:id|name)=["']?([\w-]{1,40})/i;

/** Whether a line begins with an anchor that only a note bears. */
export const beginsWithAnchor = (sheet: Sheet, line: TextLine): boolean =>
  sheet.text.startsWith('<a', line.start) &&
  anchored.test(sheet.text.slice(line.start, Math.min(line.end, line.start + 240)));

const tag = '(?:<[^<>]{1,200}>[\\s\\u00a0]*)';
const headPatterns: readonly {
  /** The characters that it may begin with. */
  readonly begins: string;
  readonly pattern: RegExp;
  readonly explicit: boolean;
  readonly bracketed: boolean;
}[] = [
  { begins: '[', pattern: /^(\[\^)(\w{1,8})(\]:)/, explicit: true, bracketed: false },
  {
    begins: '<',
    pattern: new RegExp(
      `^(${tag}*<(?:sup|a)\\b[^<>]{0,200}>[\\s\\u00a0]*(?:${tag})*[\\\\[(]{0,2})(\\d{1,3}|\\*{1,3}|[a-z])([\\\\\\])]{0,2}[\\s\\u00a0]*(?:</[^<>]{1,20}>[\\s\\u00a0]*)+\\.?)`,
      'i',
    ),
    explicit: true,
    bracketed: false,
  },
  {
    begins: superscripts,
    pattern: new RegExp(`^()([${superscripts}]{1,3})([.)]?)`),
    explicit: true,
    bracketed: false,
  },
  {
    begins: '<',
    pattern:
      /^(<(?:li|p|div)\b[^<>]{0,200}\bid="?(?:_?ftn|fn|footnote|note)[^<>]{0,200}>[\s\u00a0]*\[?)(\d{1,3})(\]?[.)]?)(?=[\s\u00a0])/i,
    explicit: true,
    bracketed: false,
  },
  {
    begins: '[\\',
    pattern: /^(\\?\[)(\d{1,3}|\*{1,3}|[a-z]|[ivxl]{2,6}|[٠-٩۰-۹]{1,3})(\\?\])(?!\()/,
    explicit: false,
    bracketed: true,
  },
  {
    begins: '[',
    pattern: /^(\[\\?[[(]?)(\d{1,3})([\])]?\]\(#[^()\s]{0,60}\)\.?)/,
    explicit: true,
    bracketed: false,
  },
  {
    begins: '*-(0123456789',
    pattern: /^((?:[*-][\s\u00a0]+)?\(?)(\d{1,3})(\\?[.)]{0,2}(?=[\s\u00a0]|$)|\/(?=[\s\u00a0]))/,
    explicit: false,
    bracketed: false,
  },
  {
    begins: '(\\*†‡',
    pattern: /^(\(?)(\\?\*{1,3}|[†‡]{1,2})(\)?)(?=[\s\u00a0(\p{L}])/u,
    explicit: false,
    bracketed: false,
  },
  {
    begins: '(',
    pattern: /^(\()([a-z]|[أ-ي]|[٠-٩۰-۹]{1,3})(\))(?=[\s\u00a0])/u,
    explicit: false,
    bracketed: false,
  },
  // As word processors number endnotes.
  {
    begins: 'ivxl',
    pattern: /^()([ivxl]{1,6})()(?=[\s\u00a0]+[A-ZÀ-ÖØ-ÞА-ЯЁ\d“"(])/,
    explicit: false,
    bracketed: false,
  },
];

/** The head of a note that a person stated. */
function statedHead(start: number, printed: string): Head {
  const marker = printed.replace(/^[[(]|[\])]?\.?$/g, '');
  const at = start + printed.indexOf(marker);
  return {
    marker: plainDigits(marker),
    markerAt: { start: at, end: at + marker.length },
    head: { start, end: start + printed.length },
    explicit: true,
    bracketed: false,
  };
}

export function headAt(sheet: Sheet, index: number): Head | null {
  const line = sheet.lines[index];
  const stated = sheet.overrules.notes.get(index);
  if (!line || stated === null) return null;
  if (stated !== undefined) return statedHead(line.start, stated);
  const words = sheet.text.slice(line.start, Math.min(line.end, line.start + 300));
  const first = words.charAt(0);
  for (const { begins, pattern, explicit, bracketed } of headPatterns) {
    const match = begins.includes(first) ? pattern.exec(words) : null;
    if (!match) continue;
    const [whole, before = '', printed = ''] = match;
    if (isEmphasis(sheet, printed)) continue;
    const at = line.start + before.length + (printed.startsWith('\\') ? 1 : 0);
    const markerAt = { start: at, end: line.start + before.length + printed.length };
    const anchor = whole.startsWith('<a') ? anchorName.exec(whole)?.[1] : undefined;
    return {
      marker: plainDigits(printed.replace('\\', '')),
      markerAt,
      head: { start: line.start, end: line.start + whole.length },
      explicit,
      bracketed,
      ...(anchor === undefined ? {} : { anchor: `#${anchor}` }),
    };
  }
  return null;
}

/** Whether a line is a note's bare number and nothing else. */
export function isLoneMarker(sheet: Sheet, index: number): boolean {
  const line = sheet.lines[index];
  return (
    line !== undefined &&
    line.end - line.start <= 3 &&
    /^\d{1,3}$/.test(sheet.text.slice(line.start, line.end))
  );
}

/** The form of a roman without brackets. */
export const bareRoman = '@';

/** The form of a marker, its number left out: markers of one series share it. */
export const shapeOf = (sheet: Sheet, head: Head): string =>
  plainDigits(sheet.text.slice(head.head.start, head.head.end))
    .replace(/[\d٠-٩۰-۹]+/g, '#')
    .replace(/^[ivxl]+(?=\s|$)/, bareRoman)
    .replace(/^(\(|\\?\[)[a-z]{1,6}(?=\)|\\?\])/, '$1@')
    .replace(/[*†‡]+/g, '*')
    .trim();

/** The value of a marker: a number, a letter, or a roman numeral where it can be one. */
export function valueOfMarker(marker: string, shape: string): number {
  const number = numberOf(marker);
  if (!Number.isNaN(number)) return number;
  if (!/^[a-z]+$/.test(marker)) return NaN;
  const roman = shape.includes('[') || shape === bareRoman || marker.length > 1 ? romanValue(marker) : null;
  return roman ?? letterValue(marker) ?? NaN;
}
