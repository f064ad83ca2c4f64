/** Labels without words: where an edition marks one and the unlabelled text below it as one, they are parted again. */
import type { Standing, Unit } from '../flat.js';
import { inked, printedWords } from './words.js';

/** Where the text in a label's own body stands when it is taken for one below it. */
const below = (standing: Standing | undefined): Standing | undefined =>
  standing?.indents === undefined ? standing : { ...standing, indents: standing.indents + 1 };

/**
 * Parts each label from the words after it where the document has a label without words and then these.
 * @returns `got` itself where nothing is to be parted
 */
export function labelsApart(expected: readonly Unit[], got: readonly Unit[]): readonly Unit[] {
  /** By what is printed, whether the label stands alone: each time that this comes in the document, in order. */
  const alone = new Map<string, boolean[]>();
  for (const [index, unit] of expected.entries()) {
    const next = expected[index + 1];
    if (unit.kind === 'heading' || unit.words.length > 0 || unit.calls.length > 0) continue;
    if (next && !next.label && !next.bullet) alone.set(inked([...printedWords(unit), ...next.words]), []);
  }
  if (alone.size === 0) return got;
  for (const [index, unit] of expected.entries()) {
    if (unit.kind === 'heading' || !(unit.label || unit.bullet)) continue;
    const isAlone = unit.words.length === 0;
    const after = isAlone ? (expected[index + 1]?.words ?? []) : [];
    alone.get(inked([...printedWords(unit), ...after]))?.push(isAlone);
  }
  const parted = got.flatMap((unit) => {
    if (!unit.label || unit.words.length === 0 || !alone.get(inked(printedWords(unit)))?.shift())
      return [unit];
    return [
      { ...unit, words: [], calls: [], emphasis: undefined },
      { ...unit, label: '', standing: below(unit.standing) },
    ];
  });
  return parted.length > got.length ? parted : got;
}
