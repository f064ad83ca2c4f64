/** Words that Markdown, HTML and its readers would make something of, and contents of them; not a test by itself. */
import fc from 'fast-check';
import { foldWhiteSpace } from '../src/characters.js';
import type { Emphasis, Inline } from '../src/document.js';

/** What hostile texts are made of. */
export const unit = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'*_[]<>&\\#1.-+|~^$:/@!()"\'`={};?,') },
  { weight: 3, arbitrary: fc.constantFrom(' ', ' ', ' ', '\u00a0', '\u202f') },
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'x', 'é', '条', '😀', 'A', '7') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['http://', 'https://www.x.org/a_b', 'www.', 'x@y.org', 'mailto:', 'xmpp:', 'ftp://x'],
      ...[
        '&amp;',
        '&#42;',
        '&fjlig;',
        '<b>',
        '</a>',
        '<!--',
        '-->',
        '<a id="x"></a>',
        '<a data-marker="9"></a>',
      ],
      ...['[^1]', '[^1]:', '[x]', '[x]: y', '](', '![', '[ ] ', ' \\', '\\ '],
      ...['- ', '1. ', '(a) ', 'II. ', '# ', '> ', '```', '~~', '**', '__', '| - |', '---'],
      ...[':smile:', '$x$', '\u200b', '\u00ad', '\ufeff', '“', '”'],
    ),
  },
);

/** Words of at most so many units, with single spaces; may be empty. */
export const folded = (maxLength: number) => fc.string({ unit, minLength: 1, maxLength }).map(foldWhiteSpace);

/** Words that are not empty. */
export const words = folded(25).filter((text) => text !== '');

const emphases: Emphasis[][] = [['emphasis'], ['strong'], ['strong', 'emphasis'], ['emphasis', 'strong']];

/** Contents of plain and emphasised words, and calls. */
export const contents = (call: fc.Arbitrary<Inline>): fc.Arbitrary<Inline[]> =>
  fc
    .array(
      fc.oneof(
        {
          weight: 4,
          arbitrary: fc.record({
            type: fc.constant('text' as const),
            value: fc.string({ unit, minLength: 1, maxLength: 15 }),
          }),
        },
        {
          weight: 1,
          arbitrary: fc.record({
            type: fc.constant('text' as const),
            value: folded(8),
            emphasis: fc.constantFrom(...emphases),
          }),
        },
        { weight: 1, arbitrary: call },
      ),
      { maxLength: 5 },
    )
    .map(trimmed);

/** Folds a content as the reader would: no white space at its ends, no two in a row, no empty text. */
export function trimmed(inlines: readonly Inline[]): Inline[] {
  let before = '';
  const values = inlines.map((one): Inline => {
    if (one.type !== 'text') return one;
    let value = one.value.replace(/[ \u00a0\u202f]{2,}/g, ' ');
    if (before === '' || /[ \u00a0\u202f]$/.test(before)) value = value.replace(/^[ \u00a0\u202f]/, '');
    before += value;
    return { ...one, value };
  });
  for (let last = values.length - 1; last >= 0; last--) {
    const one = values[last];
    if (one?.type !== 'text') continue;
    const value = one.value.replace(/[ \u00a0\u202f]$/, '');
    values[last] = { ...one, value };
    if (value !== '') break;
  }
  return values.filter((one) => one.type !== 'text' || one.value !== '');
}
