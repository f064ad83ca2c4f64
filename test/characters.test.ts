import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  characterKinds,
  controlAt,
  foldWhiteSpace,
  isWellFormed,
  isWhiteSpace,
  isXmlLegal,
  kindOf,
  wordsOf,
} from '../src/characters.js';

const spaces =
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';

describe('white space', () => {
  it('is Unicode’s White_Space: all 25 characters and no other of the Basic Multilingual Plane', () => {
    let found = '';
    for (let code = 0; code < 0x10000; code++) if (isWhiteSpace(code)) found += String.fromCharCode(code);
    expect(found).toBe(spaces);
    expect([...found].every((character) => /\p{White_Space}/u.test(character))).toBe(true);
    expect(isWhiteSpace(NaN)).toBe(false);
  });

  it.each([
    ['a  b', 'a b'],
    [' a b ', 'a b'],
    ['a\u00a0b', 'a\u00a0b'],
    ['a\u202fb', 'a\u202fb'],
    ['a\u00a0\u00a0b', 'a b'],
    ['a \u00a0b', 'a b'],
    ['a\u00a0 b', 'a b'],
    ['a\u202f\u00a0b', 'a b'],
    ['\u00a0a\u202f', 'a'],
    ['a\r\n\tb', 'a b'],
    ['a\u0085b\u2028c\u3000d', 'a b c d'],
    ['a\ufeffb', 'a\ufeffb'],
    ['--  “x” ﬁ', '-- “x” ﬁ'],
    ['\u00a0', ''],
    [' ', ''],
    [' \n ', ''],
    ['', ''],
  ])('folds %j to %j', (text, folded) => {
    expect(foldWhiteSpace(text)).toBe(folded);
  });

  it('keeps every word, leaves one separator, trims, and folds once for all', () => {
    const character = fc.constantFrom('a', '-', '\u200b', '\ufeff', ...spaces);
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 30 }), (text) => {
        const folded = foldWhiteSpace(text);
        expect(wordsOf(folded)).toEqual(wordsOf(text));
        expect(folded).not.toMatch(/\p{White_Space}{2}|^\p{White_Space}|\p{White_Space}$/u);
        expect(folded.replace(/[ \u00a0\u202f]/g, '')).not.toMatch(/\p{White_Space}/u);
        expect(foldWhiteSpace(folded)).toBe(folded);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });
});

describe('characters that are reported', () => {
  it('are found with their offset, kind and name', () => {
    const text = 'a\u0000b\ud83d\ude00\u00adc\ud800d\u202ee\ufefff\u{1fffe}';
    expect([...controlAt(text)].map(({ offset, kind, name }) => [offset, kind, name])).toEqual([
      [1, 'control', 'control character U+0000'],
      [5, 'softHyphen', 'soft hyphen U+00AD'],
      [7, 'surrogate', 'unpaired surrogate U+D800'],
      [9, 'bidi', 'bidirectional control U+202E'],
      [11, 'byteOrderMark', 'byte-order mark U+FEFF'],
      [13, 'noncharacter', 'noncharacter U+1FFFE'],
    ]);
  });

  it('are found wherever their kind says so, and no others, whatever stands alone in a text', () => {
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      const kind = kindOf(character);
      const found = [...controlAt(`a${character}b`)].map((one) => [one.offset, one.kind]);
      if (kind === null || !characterKinds[kind].reported) {
        if (found.length > 0) expect.fail(`${code.toString(16)} is reported`);
      } else expect(found).toEqual([[1, kind]]);
    }
  });

  it('are not what ordinary texts are made of', () => {
    expect([...controlAt('Tab\tline\r\n\f“é” \u00a0 می\u200cخواهم 👩\u200d🚀 第二条 \u2028')]).toEqual([]);
  });

  it('have one kind each: no two rows of the table name one character', () => {
    const rows = Object.values(characterKinds).map(({ characters }) => new RegExp(`^[${characters}]$`, 'u'));
    for (let code = 0; code < 0x110000; code += code === 0xffff ? 0xd0000 : 1) {
      const character = String.fromCodePoint(code);
      // Letters, figures and signs, and what is not assigned: each is simply printed.
      if (
        /[\p{L}\p{N}\p{M}\p{S}\p{Co}]|(?=\p{Cn})\P{Noncharacter_Code_Point}/u.test(character) &&
        code !== 0xfffd
      )
        continue;
      const owners = rows.filter((row) => row.test(character)).length;
      if (owners > 1) expect.fail(`U+${code.toString(16)} has ${owners} kinds`);
      expect(kindOf(character) === null).toBe(owners === 0);
    }
  }, 120_000);
});

describe('what formats hold', () => {
  it('knows XML 1.0', () => {
    expect(isXmlLegal('\t\n\r a\u0085\ufffd\u{10ffff}')).toBe(true);
    for (const bad of ['\0', '\x08', '\v', '\f', '\x1f', '\ufffe', '\uffff', '\ud800', 'a\udc00b'])
      expect(isXmlLegal(bad)).toBe(false);
  });

  it('knows what UTF-8 can hold', () => {
    expect(isWellFormed('a\u{1f600}')).toBe(true);
    expect(isWellFormed('a\ud83d')).toBe(false);
  });
});
