/** Dates as texts print them, in the languages of the United Nations and the European Union, and what is no date. */
import { describe, expect, it } from 'vitest';
import { findDate, monthOf } from '../src/read/dates.js';

/** The words, the ISO date, and what of the words is the date. */
const dates: readonly (readonly [words: string, iso: string, printed?: string])[] = [
  // English
  ['7 Dec. 2007', '2007-12-07'],
  ['7 December 2007', '2007-12-07'],
  ['December 7, 2007', '2007-12-07'],
  ['Canberra, 26 February 1980', '1980-02-26', '26 February 1980'],
  ['Haven, 1st May 1999', '1999-05-01', '1st May 1999'],
  ['Done at Haven this 3rd day of May 1999', '1999-05-03', '3rd day of May 1999'],
  ['the 19th day of December, A.D. 1891', '1891-12-19'],
  ['12-13 June 2021', '2021-06-12'],
  ['June 11–13, 2021', '2021-06-11'],
  ['Sept. 2, 1998', '1998-09-02'],
  ['2018-10-05', '2018-10-05'],
  ['Meeting of 2018-10-05, Linn', '2018-10-05', '2018-10-05'],
  ['05/04/1999', '1999-04-05'],
  ['31.12.1999', '1999-12-31'],
  ['the Twelfth day of November in the Year Two Thousand and Twenty-Two', '2022-11-12'],
  ['this twelfth day of November in the Year Two Thousand and Two, in a single copy', '2002-11-12'],
  ['the twenty-first of May, one thousand nine hundred and forty-four', '1944-05-21'],
  // French
  ['Paris, le 1er juin 1998', '1998-06-01', '1er juin 1998'],
  ['le 10 août 2022', '2022-08-10'],
  ['12 février 2003', '2003-02-12'],
  ['14 déc. 2003', '2003-12-14'],
  // Spanish, Portuguese, Italian
  ['3 de octubre de 2012', '2012-10-03'],
  ['a los 3 días del mes de octubre de 2012', '2012-10-03'],
  ['5 de enero de 2001', '2001-01-05'],
  ['7 de março de 2014', '2014-03-07'],
  ['Roma, 8 maggio 1990', '1990-05-08'],
  ['2 luglio 1990', '1990-07-02'],
  ['4 gennaio 1990', '1990-01-04'],
  // German, Dutch, the north
  ['Zürich, den 21. März 1994', '1994-03-21', '21. März 1994'],
  ['3. Jänner 1994', '1994-01-03'],
  ['2 mei 1950', '1950-05-02'],
  ['9 maart 1950', '1950-03-09'],
  ['15. december 2023', '2023-12-15'],
  ['den 6 juni 1999', '1999-06-06'],
  ['4. toukokuuta 1999', '1999-05-04'],
  // The east
  ['4. května 1999', '1999-05-04'],
  ['4 maja 1999', '1999-05-04'],
  ['1 lipca 2011', '2011-07-01'],
  ['1999. május 4.', '1999-05-04'],
  ['1999. december 10-én', '1999-12-10'],
  ['4 Μαΐου 1999', '1999-05-04'],
  ['4 мая 1999 года', '1999-05-04'],
  ['10 декабря 1948 г.', '1948-12-10'],
  ['12 серпня 2001 року', '2001-08-12'],
  // Chinese, Japanese, Arabic
  ['1998年5月4日', '1998-05-04'],
  ['一九九八年五月四日', '1998-05-04'],
  ['二〇〇一年十二月二十三日', '2001-12-23'],
  ['4 مايو 1999', '1999-05-04'],
  ['١٢ كانون الثاني ٢٠٠٢', '2002-01-12'],
];

describe('dates', () => {
  it.each(dates.map((row) => ({ words: row[0], iso: row[1], printed: row[2] })))(
    '$words',
    ({ words, iso, printed }) => {
      const found = findDate(words);
      expect(found?.iso).toBe(iso);
      if (found && printed !== undefined) expect(words.slice(found.start, found.end)).toBe(printed);
    },
  );

  it('finds the first of several', () => {
    expect(findDate('adopted on 3 May 1999 and amended on 4 June 2001')?.iso).toBe('1999-05-03');
  });
});

describe('what is no date', () => {
  it.each([
    '',
    'May',
    '2007',
    'May 2007',
    '7 December',
    '45 May 1999',
    '3 harbours 1999',
    'paragraph 3 of 2012',
    'resolution 1244 (1999)',
    '13.13.1999',
    '1999-13-01',
    '12 may 10000',
    '3 May 0012',
    'A/RES/73/8',
    'Tel: 12 34 5678',
    '10.30',
    '1.5.7',
    '10 marines 2001',
    '21 provinces 2003',
    '12 decisions 2004',
    '30 tradesmen 2010',
    '12 listopada 2001', // Polish for November, Croatian for October
    '5 boys, 1999',
  ])('“%s”', (words) => {
    expect(findDate(words)).toBeNull();
  });

  it.each([
    ['31 February 1999'],
    ['30 February 2000'],
    ['31 June 2010'],
    ['29 February 2001'],
    ['31/09/2001'],
  ])('no such day: “%s”', (words) => {
    expect(findDate(words)).toBeNull();
  });

  it.each(['ma', 'x', 'constructor', 'harbour', 'the', 'lisp'])('“%s” is no month', (word) => {
    expect(monthOf(word)).toBeNull();
  });
});
