/**
 * Texts that nobody foresaw, each told by its seed: lines deleted, doubled and swapped, marks and labels put in, line ends
 * and blanks changed, spliced, and strewn with odd characters.
 */
import { randomOf } from './verify-mutants.js';

/** Whole numbers that the seed decides. */
export class Dice {
  readonly #next: () => number;
  constructor(seed: number) {
    this.#next = randomOf(seed);
  }
  below(bound: number): number {
    return Math.floor(this.#next() * bound);
  }
  of<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined) throw new Error('an empty list');
    return one;
  }
}

/** What people, pages and scanners put into a text: labels, marks, mark-up, chrome, odd characters. */
const scraps = [
  '1. ',
  '2.',
  '15\\. ',
  '(a) ',
  'b) ',
  '(i)',
  'II. ',
  'A. ',
  '1.1 ',
  '15 bis. ',
  'Article 3',
  'Article premier',
  '§ 4 ',
  '第三条',
  'المادة 2',
  'Члан 2.',
  '3. cikk',
  'First. ',
  '[1]',
  '[2] ',
  '¹',
  '²',
  '*',
  '**',
  '***',
  '_',
  '__',
  '1',
  ' 2 ',
  '<sup>1</sup>',
  '<sup>\\[1\\]</sup>',
  '<sup>',
  '</sup>',
  '<a href="#_ftn1">[1]</a>',
  '[(1)](#f1)',
  '[^1]',
  '[^1]: ',
  '<!--',
  '-->',
  '<br>',
  '<p>',
  '\\',
  '\\*',
  '# ',
  '### ',
  '\\###',
  '---',
  '________',
  '* * *',
  '\n',
  '\n\n',
  '\n\n\n',
  '\f',
  '\f\n12\n',
  '\r',
  '\t',
  '        ',
  '\u00a0',
  '\u00a0\u00a0\u00a0',
  '\u202f',
  '\u00ad',
  '\u00ad\n',
  '-\n',
  '\u200b',
  '\u200f',
  '\u202e',
  '\ufeff',
  '\ufffd',
  '\u0001',
  '\u2028',
  '\u0085',
  '\v',
  '\u{1f6a2}',
  '第',
  '。\n',
  '(',
  ')',
  '[',
  ']',
  '](',
  '|',
  ' | ',
  '- ',
  '• ',
  '– ',
  '....... 7',
  'Tel: +44 20 555 01 99',
  'Share this page',
  'ANNEX II\n',
  'Annex A',
  'Done at Haven on 3 May 1999',
  'Recalling the harbour,',
  'Decides to sail;',
  'The General Assembly,',
  '3 May 1999',
  'A/RES/73/8',
  '2/5',
  '*1401234*',
  '14-01234 (E)',
  'Page 3 of 4',
  'END',
  '     B. Dahl      C. Berg',
];

export const swap = (lines: string[], one: number, other: number) => {
  [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
};

/** A text with one thing changed. @param all texts to splice in */
export function mutated(text: string, dice: Dice, all: readonly string[]): string {
  const lines = text.split('\n');
  const at = dice.below(lines.length);
  const line = lines[at] ?? '';
  const column = dice.below(line.length + 1);
  switch (dice.below(17)) {
    case 0:
      lines.splice(at, 1 + dice.below(3));
      break;
    case 1:
      lines.splice(at, 0, ...lines.slice(at, at + 1 + dice.below(4)));
      break;
    case 2:
      swap(lines, at, dice.below(lines.length));
      break;
    case 3:
    case 4:
    case 5:
      lines[at] = line.slice(0, column) + dice.of(scraps) + line.slice(column);
      break;
    case 6:
    case 7:
      lines[at] = dice.of(scraps) + line;
      break;
    case 8:
      lines[at] = line + dice.of(scraps);
      break;
    case 9:
      lines.splice(at, 0, dice.of(scraps));
      break;
    case 10:
      lines[at] = line.replace(/ /g, () => (dice.below(3) === 0 ? '\u00a0' : ' '));
      break;
    case 11:
      return lines.join(dice.of(['\r\n', '\r', '\n', '\n\n']));
    case 12:
      lines[at] = line + (lines[at + 1] ?? '');
      lines.splice(at + 1, 1);
      break;
    case 13:
      lines[at] = `${line.slice(0, column)}\n${' '.repeat(dice.below(9))}${line.slice(column)}`;
      break;
    case 14: {
      // The end of another document.
      const other = dice.of(all).split('\n');
      lines.splice(at, lines.length, ...other.slice(dice.below(other.length)));
      break;
    }
    case 15: {
      const strange = Array.from({ length: 1 + dice.below(6) }, () =>
        String.fromCodePoint(dice.of([0x20, 0x80, 0x400, 0x600, 0x3000, 0x1f600]) + dice.below(0x60)),
      );
      lines[at] = line.slice(0, column) + strange.join('') + line.slice(column);
      break;
    }
    default:
      lines[at] = line.slice(0, column) + line.slice(column + 1 + dice.below(5));
  }
  return lines.join('\n');
}

/** A text with one to six things changed. */
export function variant(seed: number, bases: readonly string[], base?: string): string {
  const dice = new Dice(seed);
  let text = base ?? dice.of(bases);
  for (let count = 1 + dice.below(6); count > 0; count--) text = mutated(text, dice, bases);
  return text;
}
