/** Records of CSV as written by csv-stringify, read by our own short reader and by csv-parse. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordsIn } from '../src/tables/records.js';

const cell = fc.oneof(
  fc.string(),
  fc.constantFrom('', '"', '""', ',', '\r', '\n', '\r\n', 'a,b', '"a"', ' a ', '\u2028', '–', '\ufeff', '=1'),
);

it('reads what csv-stringify writes, as csv-parse does', () => {
  const tables = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
  fc.assert(
    fc.property(tables, (records) => {
      const text = stringify([['a', ...(records[0] ?? []).slice(1).map(String)], ...records], {
        record_delimiter: 'windows',
        quoted_match: /[\r\n]/,
      });
      expect(recordsIn(text)).toEqual(parse(text, { record_delimiter: '\r\n' }));
      expect(recordsIn(text).slice(1)).toEqual(records);
    }),
    { numRuns: 2000, seed: 7 },
  );
});

it('refuses what was not written so', () => {
  expect(() => recordsIn('"a"b,c\r\n')).toThrow('no comma');
  expect(() => recordsIn('"a,b\r\n')).toThrow('never closed');
  expect(recordsIn('')).toEqual([]);
  expect(recordsIn('a,')).toEqual([['a', '']]);
});
