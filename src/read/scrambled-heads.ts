/** Heads whose order a copy has scrambled: `I.`, `1.`, `UKRAINE`, the text of 1., each on a line of its own. */
import { diagnose } from '../report.js';
import type { Label } from './sequence.js';
import { lineIndexAt, whereIs, type Sheet, type Stretch } from './sheet.js';
import type { Unit } from './unit.js';

/** The longest head, and the least letters of a text below it. */
const longestHead = 90;
const leastText = 40;

/**
 * Puts heads before the labels that a copy has printed above them: a section's number alone, below it a paragraph's number
 * alone, then a line in capitals, apart, and a text. The capitals are the section's, the text is the paragraph's. A
 * paragraph's number alone above such a head is enough where another section of the text is scrambled so.
 */
export function withHeadsInOrder(sheet: Sheet, units: readonly Unit[]): readonly Unit[] {
  if (!units.some((unit, index) => isScrambled(sheet, unit, units[index + 1], units[index + 2])))
    return units;
  const ordered: Unit[] = [];
  for (let index = 0; index < units.length; index++) {
    const unit = units[index];
    const next = units[index + 1];
    const text = units[index + 2];
    if (unit && next && text && isScrambled(sheet, unit, next, text)) {
      ordered.push(...inOrder(sheet, unit, next, text));
      index += 2;
    } else if (unit && next && isAboveHead(sheet, unit, next)) {
      ordered.push(...inOrder(sheet, null, unit, next));
      index += 1;
    } else if (unit) ordered.push(unit);
  }
  return ordered;
}

const isScrambled = (sheet: Sheet, section: Unit, paragraph?: Unit, text?: Unit): boolean =>
  isSectionAlone(section) &&
  paragraph !== undefined &&
  text !== undefined &&
  isAboveHead(sheet, paragraph, text);

/** `I.` alone on its line. */
function isSectionAlone({ label, stretches }: Unit): boolean {
  const [only] = stretches;
  return (
    label !== null &&
    only !== undefined &&
    stretches.length === 1 &&
    /^[AI]\.$/.test(label.reading.form) &&
    fillsStretch(label, only)
  );
}

/** `1.` alone on its line above a line in capitals, and behind that a text without a label. */
function isAboveHead(sheet: Sheet, { label, stretches }: Unit, text: Unit): boolean {
  const [first, head, ...others] = stretches;
  if (!label || !first || !head || others.length > 1 || !fillsStretch(label, first)) return false;
  if (label.reading.family !== 'number' || text.label !== null || text.bullet !== null || !text.apart)
    return false;
  if (sheet.overrules.headings.get(lineIndexAt(sheet.lines, head.start)) === false) return false;
  const words = [head, ...others].map(({ start, end }) => sheet.text.slice(start, end)).join(' ');
  if (words.length > longestHead || !/\p{Lu}{3}/u.test(words) || !/^[^\p{Ll}]+[\p{L}\p{N})]$/u.test(words))
    return false;
  const [opening] = text.stretches;
  const length = text.stretches.reduce((sum, { start, end }) => sum + end - start, 0);
  return (
    opening !== undefined &&
    length >= leastText &&
    /^["“«(]?\p{Lu}[^\n]{0,60}\p{Ll}/u.test(sheet.text.slice(opening.start, opening.end))
  );
}

const fillsStretch = ({ candidate }: Label, { start, end }: Stretch): boolean =>
  candidate.start === start && candidate.end === end;

/** The head with its section's number, and the paragraph with its own. */
function inOrder(sheet: Sheet, section: Unit | null, paragraph: Unit, text: Unit): Unit[] {
  const [label, ...head] = paragraph.stretches;
  const printed = label ? sheet.text.slice(label.start, label.end) : '';
  const [words] = head;
  if (words)
    sheet.diagnostics.push(
      diagnose(
        'heading-below-label',
        `“${sheet.text.slice(words.start, words.end)}” stands behind “${printed}” in the source; it was taken for a heading above it.`,
        whereIs(sheet, words),
      ),
    );
  return [
    {
      ...(section ?? paragraph),
      label: section?.label ?? null,
      stretches: [...(section?.stretches ?? []), ...head],
      lastLine: paragraph.lastLine,
    },
    {
      ...paragraph,
      stretches: [...(label ? [label] : []), ...text.stretches],
      lastLine: text.lastLine,
    },
  ];
}
