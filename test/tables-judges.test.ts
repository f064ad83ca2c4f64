/** The tables of a folder as others read them: the standard's own implementation, pandas, readr and DuckDB. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { build, thisWorld } from '../src/build.js';
import { tables } from '../src/tables.js';
import { root } from './engross.js';
import * as judge from './judge-tools.js';

let out = '';
/** Only numbered paragraphs, and marks that are all numbers: what a program would take for numbers if it could. */
const allNumbers = `Statement on tides

1. The tide rises.[1]

2. The tide falls.

10. The tide rests.

[1] Twice a day.
`;

beforeAll(async () => {
  const at = mkdtempSync(join(tmpdir(), 'engross-tables-'));
  mkdirSync(join(at, 'input'));
  writeFileSync(join(at, 'input/tides.txt'), allNumbers);
  const names = ['labels-nested', 'notes-star-title', 'tables-plain', 'regions-resolution', 'labels-arabic'];
  for (const name of names)
    for (const file of readdirSync(join(root, 'test/documents', name)))
      if (/^input\./.test(file))
        writeFileSync(
          join(at, 'input', name + file.slice(5)),
          readFileSync(join(root, 'test/documents', name, file)),
        );
  out = join(at, 'out');
  await build({ inputs: [join(at, 'input')], out, editions: ['csv'], template: 'default' }, thisWorld());
  await build(
    {
      inputs: [join(at, 'input/tides.txt')],
      out: join(at, 'tides'),
      editions: ['csv'],
      template: 'default',
    },
    thisWorld(),
  );
  return () => {
    rmSync(at, { recursive: true });
  };
});

const rowsIn = (file: string) => parse<Record<string, string>>(readFileSync(file), { columns: true });

it.runIf(judge.present.Frictionless || process.env['CI'] === 'true')(
  'the Frictionless implementation finds the package valid, and every row, type and key of it',
  async () => {
    const { rows, errors } = await judge.frictionlessOn(join(out, 'datapackage.json'));
    expect(errors).toEqual([]);
    for (const { name } of tables) expect(rows[name]).toBe(rowsIn(join(out, `${name}.csv`)).length);
    // And it does look.
    const path = join(out, 'footnotes.csv');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/#\w+\n/, '#nowhere\n'));
    expect((await judge.frictionlessOn(join(out, 'datapackage.json'))).errors.join()).toMatch(/foreign key/i);
    writeFileSync(path, text.replace(/,\d+,\d+,\d+,/, ',x,y,z,'));
    expect((await judge.frictionlessOn(join(out, 'datapackage.json'))).errors.length).toBeGreaterThan(0);
    writeFileSync(path, text);
  },
);

/** What a type of ours may be guessed as, where the column has values. */
const guesses = {
  pandas: { string: ['object', 'str'], integer: ['int64', 'float64'], date: ['object', 'str'] },
  readr: { string: ['character'], integer: ['numeric'], date: ['Date'] },
  duckdb: { string: ['VARCHAR'], integer: ['BIGINT'], date: ['DATE'] },
};

describe.each([
  ['pandas', judge.pandasOn],
  ['readr', judge.readrOn],
  ['duckdb', judge.duckdbOn],
] as const)('%s, without options', (name, read) => {
  for (const table of tables)
    it.runIf(judge.perhaps[name])(
      `reads every row and cell of ${table.name}, with the right types`,
      async () => {
        for (const folder of [out, join(out, '../tides')]) {
          const file = join(folder, `${table.name}.csv`);
          const expected = rowsIn(file);
          const { types, rows } = await read(file);
          expect(Object.keys(types)).toEqual(table.columns.map((column) => column.name));
          expect(rows).toHaveLength(expected.length);
          for (const [index, { name: column, type }] of table.columns.entries()) {
            const values = expected.map((row) => row[column] ?? '');
            // Said in docs/tables.md: a column without a value has no type, and marks that all are numbers are numbers.
            if (values.every((value) => value === '')) continue;
            const isNumber = column === 'marker' && values.every((value) => /^\d+$/.test(value));
            expect(guesses[name][isNumber ? 'integer' : type], `${table.name}.${column}`).toContain(
              types[column],
            );
            expect(
              rows.map((row) => (type === 'integer' || isNumber ? Number(row[index]) : (row[index] ?? ''))),
            ).toEqual(values.map((value) => (type === 'integer' || isNumber ? Number(value) : value)));
          }
        }
      },
    );
});
