/** Liang's algorithm as written here against the package `hyphen`, whose patterns it reads. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import createHyphenator from 'hyphen';
import { expect, it } from 'vitest';
import { hyphenatorFor } from '../src/editions/pdf/hyphenate.js';
import { divider, packed, type Published } from '../src/editions/pdf/liang.js';
import { root } from './engross.js';

/** The words of the test documents, in lower case: of a dozen languages, and divided here by the rules of each. */
const folder = join(root, 'test/documents');
const words = new Set(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /input\.\w+$/.test(name))
    .flatMap(
      (name) =>
        readFileSync(join(folder, name), 'utf8')
          .toLowerCase()
          .match(/\p{L}{5,}/gu) ?? [],
    ),
);

it.each(['en-gb', 'en-us', 'fr', 'de-1996', 'es', 'el-monoton', 'ru', 'hu', 'nb', 'pl', 'tr', 'sr-cyrl'])(
  'finds the places that hyphen finds: %s',
  async (file) => {
    const { default: patterns } = (await import(`hyphen/patterns/${file}.js`)) as { default: Published };
    const mark = createHyphenator(patterns, { hyphenChar: '\u00ad', minWordLength: 5, html: false });
    const dividedAt = divider(packed(patterns));
    expect(words.size).toBeGreaterThan(1000);
    let divided = 0;
    for (const word of words) {
      const parts = mark(word).split('\u00ad');
      const places = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('').length);
      // hyphen parts off a last letter where a pattern goes on behind the word; nobody may.
      const wanted = places.filter((at) => at >= 2 && at < word.length - 1);
      expect([word, ...dividedAt(word)]).toEqual([word, ...wanted]);
      divided += places.length;
    }
    expect(divided).toBeGreaterThan(40);
  },
);

it('divides small words, long names only when asked, and German nouns', async () => {
  const english = (await hyphenatorFor('en')) ?? expect.fail();
  const german = (await hyphenatorFor('de-AT')) ?? expect.fail();
  expect(english('international')).toEqual([2, 5, 7]);
  expect(english('International')).toEqual([]);
  expect(english.withNames?.('International')).toEqual([5, 7]);
  expect(english('NATO')).toEqual([]);
  expect(german('Vereinbarung')).toEqual([3, 6, 8]);
  expect(german('öffentlich')).toEqual([2, 6]);
  expect(hyphenatorFor('ja')).toBeNull();
});
