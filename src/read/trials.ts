/** Trials: every place of a text where a label may stand, with the evidence for it. */
import { evidenceAt, isContentsLine } from './evidence.js';
import { labelAt, type LabelCandidate } from './labels.js';
import type { TextLine } from './plain.js';
import { diagnose } from '../report.js';
import { leadingTags, trimmed, whereIs, wordsOf, type Sheet } from './sheet.js';

export interface Trial {
  readonly candidate: LabelCandidate;
  readonly line: number;
  readonly indent: number;
  /** From 0 (runs on from the line before) to 3 (nothing else can be meant). */
  readonly evidence: number;
}

export function trialsOf(sheet: Sheet): Trial[] {
  const trials: Trial[] = [];
  for (let index = 0; index < sheet.lines.length; index++) {
    const line = sheet.lines[index];
    if (!line || sheet.furniture.has(index)) continue;
    const stated = sheet.overrules.labels.get(index);
    if (stated === null) continue;
    if (stated !== undefined) {
      trials.push({
        candidate: statedLabel(sheet, line, stated),
        line: index,
        indent: line.indent,
        evidence: certain,
      });
      continue;
    }
    const candidate = labelBehindTags(sheet, line);
    if (candidate) {
      if (isContentsLine(wordsOf(sheet, line)) || isColumns(sheet.text.slice(candidate.textStart, line.end)))
        continue;
      trials.push({ candidate, line: index, indent: line.indent, evidence: evidenceAt(sheet, index) });
      const second = secondLabel(sheet, candidate, line);
      if (second && !second.bare && second.readings[0]?.odd !== true)
        trials.push({
          candidate: second,
          line: index,
          indent: line.indent + second.start - line.start,
          evidence: candidate.readings[0]?.family === 'article' ? 3 : 2,
        });
      continue;
    }
    const glued = labelAfterHeading(sheet, index);
    if (glued) trials.push(glued);
  }
  return trials.length === 0 ? trialsWithin(sheet) : withoutDoubled(sheet, trials);
}

/**
 * Without the second of two labels that say the same, `2. 2.The boats`: a copy has printed the number of a list that
 * prints its own. It stays text. `1. 1.` alone may begin a list in a list: there `2. 2.` must come next.
 */
function withoutDoubled(sheet: Sheet, trials: readonly Trial[]): Trial[] {
  const doubled = (at: number): boolean => {
    const [first, second] = [trials[at - 1], trials[at]];
    const [one, other] = [first?.candidate.readings[0], second?.candidate.readings[0]];
    return first?.line === second?.line && one?.form === other?.form && one?.value === other?.value;
  };
  const dropped = trials.map(
    (trial, at) => at > 0 && doubled(at) && (trial.candidate.readings[0]?.value !== 1 || doubled(at + 2)),
  );
  for (const [at, { candidate }] of trials.entries())
    if (dropped[at])
      sheet.diagnostics.push(
        diagnose(
          'number-repeated',
          `“${sheet.text.slice(candidate.start, candidate.end)}” stands twice in a row: the second stays text.`,
          whereIs(sheet, candidate),
        ),
      );
  return trials.filter((_, at) => !dropped[at]);
}

/** A label behind the first: `4. (a)`, also behind an article's title in brackets: `제3조(발효) ① 이 …`. */
function secondLabel(sheet: Sheet, first: LabelCandidate, line: TextLine): LabelCandidate | null {
  if (first.textStart >= line.end) return null;
  const title =
    first.readings[0]?.family === 'article'
      ? (/^[(（][^()（）\n]{1,60}[)）][\s\u00a0]*(?=[①(（])/u.exec(
          sheet.text.slice(first.textStart, Math.min(line.end, first.textStart + 80)),
        )?.[0].length ?? 0)
      : 0;
  return labelAt(sheet.text, first.textStart + title, line.end);
}

/** The most lines of a text that lost its line ends. */
const fewestLines = 8;

/** `1. We … . 2. We … .`: a text whose line ends are lost has its labels within its lines, behind ends of sentences. */
function trialsWithin(sheet: Sheet): Trial[] {
  if (sheet.lines.length > fewestLines) return [];
  const trials: Trial[] = [];
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index)) continue;
    const pattern = /(?<=[.;:!?…”"’)\]]\s{1,3})\d{1,3}\\?\.[\s\u00a0]+(?=[\p{Lu}“"])/gu;
    for (const match of wordsOf(sheet, line).matchAll(pattern)) {
      const candidate = labelAt(sheet.text, line.start + match.index, line.end);
      if (candidate && candidate.readings[0]?.odd !== true && !candidate.bare)
        trials.push({ candidate, line: index, indent: 0, evidence: 2 });
    }
  }
  // Three in a row, from 1: less may be an enumeration within a sentence.
  const values = trials.map((trial) => trial.candidate.readings[0]?.value);
  return values[0] === 1 && values[1] === 2 && values[2] === 3 ? trials : [];
}

/** The evidence of a label that a person stated. */
export const certain = 9;

/** A label that a person stated: read as the reader would, or taken letter by letter. */
function statedLabel(sheet: Sheet, line: TextLine, printed: string): LabelCandidate {
  const own = labelAt(sheet.text, line.start, line.end);
  const end = line.start + printed.length;
  if (own && sheet.text.slice(own.start, own.end) === printed) return { ...own, bare: false };
  const value = Number(/\d+/.exec(printed)?.[0] ?? 1);
  const textStart = trimmed(sheet.text, end, line.end).start;
  return {
    start: line.start,
    end,
    textStart,
    readings: [{ family: 'number', form: '1.', value }],
    bare: false,
  };
}

/** The label at a line's start; tags before it belong to it as mark-up. */
function labelBehindTags(sheet: Sheet, line: TextLine): LabelCandidate | null {
  if (!sheet.layout.html) return labelAt(sheet.text, line.start, line.end);
  const tags = leadingTags(sheet, line);
  const candidate = labelAt(sheet.text, line.start + tags, line.end);
  return candidate && tags > 0 ? { ...candidate, start: line.start } : candidate;
}

/** Columns of names, as in signature blocks: `A. Akaev      M. Snegur`. */
const isColumns = (words: string): boolean => words.length < 120 && /\S[\s\u00a0]{4,}\S/.test(words);

/** `SECURITY AND DEFENCE 13. The two Governments…`: a heading in capitals that lost its line end. */
function labelAfterHeading(sheet: Sheet, index: number): Trial | null {
  const line = sheet.lines[index];
  if (!line) return null;
  const words = sheet.text.slice(line.start, Math.min(line.end, line.start + 160));
  if (!/[\s\u00a0]\d{1,3}\\?\./.test(words) || evidenceAt(sheet, index) < 2) return null;
  const match = /^(?:\p{Lu}{2,}[\p{Lu}\s,&'’()-]*?)[\s\u00a0]+(?=\d{1,3}\\?\.[\s\u00a0]*\p{Lu}\p{Ll}?)/u.exec(
    words,
  );
  if (!match) return null;
  const candidate = labelAt(sheet.text, line.start + match[0].length, line.end);
  return candidate && candidate.readings[0]?.odd !== true
    ? { candidate, line: index, indent: line.indent, evidence: 2 }
    : null;
}
