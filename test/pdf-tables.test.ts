/** Tables over several pages, and columns of figures. */
import { describe, expect, it } from 'vitest';
import type { Document, Table } from '../src/document.js';
import { edition } from '../src/editions/pdf.js';
import { visualOrder } from '../src/editions/pdf/bidi.js';
import { acrossColumns } from '../src/editions/pdf/columns.js';
import type { Page, Row } from '../src/editions/pdf/pages.js';
import { contextFor } from './pdf/context.js';
import { expectedLines, foundLines } from './pdf/expected.js';
import { pagesOf, wordsOf } from './pdf/measure.js';
import { elementsIn, readBack } from './pdf/reading.js';
import { inline, sample } from './sample.js';

const { source } = sample.mainBody[0] as Table;

const tableOf = (rows: readonly (readonly string[])[]): Document => ({
  ...sample,
  preamble: [],
  footnotes: [],
  mainBody: [
    {
      type: 'table',
      eId: 'table_1',
      source,
      rows: rows.map((cells, row) => ({
        cells: cells.map((words, column) => ({
          type: 'cell' as const,
          eId: `table_1__cell_${row}_${column}`,
          content: inline(words),
          source,
          leaves: [],
        })),
      })),
    },
  ],
  conclusions: [],
  attachments: [],
});

const long = tableOf([
  ['State', 'Share of the budget[1>ftn_1]', 'Vessels'],
  ...Array.from({ length: 120 }, (_, index) => [
    `State number ${index + 1}`,
    `${(index * index * 37) % 100000},${index % 10}`,
    String((index * index) % 977),
  ]),
]);

const linesOn = (page: Page | undefined) => page?.body.flatMap(({ row }) => row.lines) ?? [];

describe('a table that goes on', () => {
  it('begins each further page with its head', async () => {
    const pages = await pagesOf(long);
    expect(pages.length).toBeGreaterThan(2);
    const heads = pages.map((page) => linesOn(page).filter(({ line }) => wordsOf(line) === 'State'));
    expect(heads.map((head) => head.length)).toEqual(pages.map(() => 1));
    for (const [index, page] of pages.slice(1).entries()) {
      expect(page.body[0]?.row.lines.map(({ line }) => wordsOf(line).trim())).toContain('State');
      expect(page.body[0]?.row.rules?.length, `page ${index + 2}`).toBeGreaterThan(0);
    }
  });

  it('says its head once: the others are artifacts, without links or pins', async () => {
    const bytes = await edition.render(long, await contextFor());
    const { root, pages } = await readBack(bytes as Uint8Array);
    expect(foundLines(root)).toEqual(expectedLines(long));
    expect([...elementsIn(root)].filter((one) => one.tag === 'TH')).toHaveLength(3);
    for (const page of pages.slice(1)) expect(page.artifacts.join(' ')).toContain('Share of the budget');
    expect(pages[0]?.artifacts.join(' ')).not.toContain('Share of the budget');
  });

  it('without a head has none to repeat', async () => {
    const pages = await pagesOf(tableOf(Array.from({ length: 90 }, (_, index) => ['1', String(index)])));
    for (const page of pages) expect(linesOn(page).filter(({ owner }) => owner === null)).toEqual([]);
  });
});

describe('columns', () => {
  it('may have more rows, and lines more pieces, than a call takes arguments', () => {
    const row: Row = { height: 10, before: 0, lines: [], break: 'free' };
    const rows = acrossColumns([Array.from({ length: 200_000 }, () => row), [row]], 12);
    expect(rows).toHaveLength(200_000);
    expect(rows[1]?.break).toBe('free');
    expect(acrossColumns([[row, row], [row]], 12).map((one) => one.break)).toEqual(['free', 'never']);
    const levels = Array.from({ length: 200_000 }, () => 1);
    expect(visualOrder(levels).slice(0, 2)).toEqual([199_999, 199_998]);
  });
});

describe('a column of figures', () => {
  it('stands at its right edge, with its head; a column of words at its left', async () => {
    const [page] = await pagesOf(long);
    const cells = page?.body.slice(-40).map(({ row }) => row.lines) ?? [];
    const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
    const column = (at: number) => cells.flatMap((lines) => lines[at] ?? []);
    expect(spread(column(0).map(({ x }) => x))).toBe(0);
    for (const at of [1, 2]) {
      expect(spread(column(at).map(({ x }) => x))).toBeGreaterThan(1);
      expect(spread(column(at).map(({ x, line }) => x + line.width))).toBeLessThan(0.01);
    }
  });

  it('is none where one cell has words', async () => {
    const [page] = await pagesOf(tableOf([['A', 'B'], ['x', '1'], ['y', 'none'], ['z', '100']])); // prettier-ignore
    const places = page?.body.flatMap(({ row }) => row.lines.slice(1).map(({ x }) => x)) ?? [];
    expect(new Set(places.slice(-3)).size).toBe(1);
  });
});
