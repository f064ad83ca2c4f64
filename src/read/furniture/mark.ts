/** What the rooms of furniture share: marking a line, and looking at one. */
import type { TextLine } from '../plain.js';
import { spanOf, wordsOf, type Fact, type Sheet } from '../sheet.js';

/** Marks a line (by index) as furniture; the first reason stands. */
export function mark(sheet: Sheet, index: number, reason: string): void {
  if (!sheet.furniture.has(index)) sheet.furniture.set(index, reason);
}

/** Marks a line that says something about the document, and keeps what it says; the first statement stands. */
export function learn(
  sheet: Sheet,
  index: number,
  fact: Fact,
  line: TextLine,
  value: string,
  reason = 'page chrome',
): void {
  mark(sheet, index, reason);
  if (sheet.facts.has(fact)) return;
  const at = line.start + Math.max(0, wordsOf(sheet, line).indexOf(value));
  sheet.facts.set(fact, { value, span: spanOf(sheet, at, at + value.length) });
}

/** Whether nothing but furniture and empty lines stands next to a line. */
export const isAlone = (sheet: Sheet, index: number): boolean => {
  const line = sheet.lines[index];
  const next = sheet.lines[index + 1];
  return (
    line !== undefined &&
    (line.emptyBefore > 0 || line.pageBefore || index === 0 || sheet.furniture.has(index - 1)) &&
    (next === undefined || next.emptyBefore > 0 || next.pageBefore || sheet.furniture.has(index + 1))
  );
};

/** The words of a line by index; '' where there is none. */
export const wordsAt = (sheet: Sheet, index: number): string => {
  const line = sheet.lines[index];
  return line ? wordsOf(sheet, line) : '';
};

/** The symbol of a document: `A/RES/73/8`, `S/2004/1 (2004)`. */
export const symbolPattern =
  /(?:^|\s)((?:[A-Z]{1,5}(?:\.[A-Z]{1,5})?(?:\/[A-Z0-9][A-Z0-9.]*){1,6}(?:\/\d+)?(?:\/(?:Add|Rev|Corr)\.\d{1,3})*(?:[\s\u00a0]\(\d{4}\))?))(?=\s|$)/;
