/** Numbers as texts print them: what is one, and what only looks like one. */
import { describe, expect, it } from 'vitest';
import { chineseValue, decimalValue, letterValue, ordinalValue, romanValue } from '../src/read/numerals.js';

describe('decimal digits', () => {
  it.each([
    ['0', 0],
    ['15', 15],
    ['007', 7],
    ['１２', 12],
    ['٣', 3],
    ['١٥', 15],
    ['۴', 4],
    ['९', 9],
  ])('%s is %i', (digits, value) => {
    expect(decimalValue(digits)).toBe(value);
  });

  it.each(['', 'a', '1a', '1.5', '-1', ' 1', '½', '²', '一'])('“%s” is none', (digits) => {
    expect(decimalValue(digits)).toBeNull();
  });
});

describe('roman numerals', () => {
  it.each([
    ['i', 1],
    ['II', 2],
    ['iv', 4],
    ['V', 5],
    ['vi', 6],
    ['IX', 9],
    ['xiv', 14],
    ['XIX', 19],
    ['xl', 40],
    ['XLIX', 49],
    ['L', 50],
    ['xc', 90],
    ['C', 100],
    ['cccxcix', 399],
  ])('%s is %i', (numeral, value) => {
    expect(romanValue(numeral)).toBe(value);
  });

  it.each(['', 'iiii', 'IIX', 'vx', 'ic', 'xxxx', 'a', 'm', 'd', 'mix', 'i.', '1', 'civil', 'Ⅳ2'])(
    '“%s” is none',
    (numeral) => {
      expect(romanValue(numeral)).toBeNull();
    },
  );

  it('gives every number below 400 its own numeral', () => {
    const tens = ['', 'x', 'xx', 'xxx', 'xl', 'l', 'lx', 'lxx', 'lxxx', 'xc'];
    const units = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'];
    for (let value = 1; value < 400; value++) {
      const numeral = `${'c'.repeat(Math.floor(value / 100))}${tens[Math.floor(value / 10) % 10] ?? ''}${units[value % 10] ?? ''}`;
      expect(romanValue(numeral), numeral).toBe(value);
    }
  });
});

describe('Chinese numerals', () => {
  it.each([
    ['一', 1],
    ['九', 9],
    ['十', 10],
    ['十一', 11],
    ['二十', 20],
    ['二十三', 23],
    ['二 十 三', 23],
    ['九十九', 99],
    ['一百', 100],
    ['一百零一', 101],
    ['一百二十三', 123],
    ['百', null],
    ['三百', 300],
  ])('%s is %s', (numeral, value) => {
    expect(chineseValue(numeral)).toBe(value);
  });

  it.each(['', ' ', '零', '第一', '一二', '千', '3', '十十', 'a'])('“%s” is none', (numeral) => {
    expect(chineseValue(numeral)).toBeNull();
  });
});

describe('ordinal words', () => {
  it.each([
    ['First', 1],
    ['TWELFTH', 12],
    ['secondly', 2],
    ['premier', 1],
    ['première', 1],
    ['deuxième', 2],
    ['PRIMERO', 1],
    ['décimo', 10],
    ['erstens', 1],
    ['Drittens', 3],
    ['terzo', 3],
    ['eerste', 1],
    ['третья', 3],
    ['во-вторых', 2],
  ])('%s is %i', (word, value) => {
    expect(ordinalValue(word)).toBe(value);
  });

  it.each(['', 'one', 'firsts', 'last', 'prime', 'constructor', '1st', 'toString'])(
    '“%s” is none',
    (word) => {
      expect(ordinalValue(word)).toBeNull();
    },
  );
});

describe('letters of a list', () => {
  it.each([
    ['a', 1],
    ['B', 2],
    ['z', 26],
    ['aa', 27],
    ['bb', 28],
    ['а', 1], // Cyrillic
    ['в', 3],
    ['β', 2],
  ])('%s is %i', (letter, value) => {
    expect(letterValue(letter)).toBe(value);
  });

  it.each(['', 'ab', 'aaa', '1', 'é', 'or', '第'])('“%s” is none', (letter) => {
    expect(letterValue(letter)).toBeNull();
  });
});
