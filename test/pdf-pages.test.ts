/** The paginator alone, on rows made for the case. */
import { describe, expect, it } from 'vitest';
import type { Line } from '../src/editions/pdf/lines.js';
import { paginate, type NoteRows, type Row } from '../src/editions/pdf/pages.js';
import { contextFor } from './pdf/context.js';
import { loadFamily } from '../src/editions/pdf/faces.js';
import { stylesOf } from '../src/editions/pdf/styles.js';
import { element } from '../src/editions/pdf/tags.js';

const { template, font } = await contextFor();
const style = stylesOf(template, await loadFamily(template, font)).body;
const owner = element('P', null);

const line = (hyphenated: boolean): Line => ({
  pieces: [],
  extra: 0,
  scale: 1,
  spread: 0,
  closing: 0,
  rightToLeft: false,
  trailing: [],
  hyphenated,
  plain: true,
  width: 0,
});

const row = (name: string, rest: Partial<Row> = {}, hyphenated = false): Row => ({
  height: 10,
  before: 0,
  lines: [{ x: 0, mirrored: false, baseline: 7, line: line(hyphenated), style, owner }],
  anchors: [{ name }],
  break: 'free',
  ...rest,
});

const rows = (count: number, make: (index: number) => Row = (index) => row(`r${index}`)) =>
  Array.from({ length: count }, (_, index) => make(index));

const note = (name: string, count: number): NoteRows => ({
  footnote: name,
  rows: rows(count, (index) => row(`${name}.${index}`)),
});

const geometry = { height: 100, aboveRule: 6, belowRule: 4 };

/** The names of what stands on each page: `text | notes`. */
const pages = (all: readonly Row[]): string[] =>
  [...paginate(all, geometry)].map((page) => {
    const names = (some: typeof page.body) =>
      some.map((placed) => placed.row.anchors?.[0]?.name ?? '').join(' ');
    return page.notes.length > 0 ? `${names(page.body)} | ${names(page.notes)}` : names(page.body);
  });

describe('pages', () => {
  it('are filled', () => {
    expect(pages(rows(12))).toEqual(['r0 r1 r2 r3 r4 r5 r6 r7 r8 r9', 'r10 r11']);
    expect(pages([])).toEqual([]);
  });

  it('end where they may, and where they must', () => {
    const never = rows(12, (index) =>
      row(`r${index}`, index === 10 || index === 9 ? { break: 'never' } : {}),
    );
    expect(pages(never)[0]).toBe('r0 r1 r2 r3 r4 r5 r6 r7');
    const must = rows(4, (index) => row(`r${index}`, index === 1 ? { break: 'page' } : {}));
    expect(pages(must)).toEqual(['r0', 'r1 r2 r3']);
  });

  it('end somewhere even where nothing allows it', () => {
    const all = rows(25, (index) => row(`r${index}`, { break: 'never' }));
    expect(pages(all).join(' ').split(' ')).toHaveLength(25);
    expect(pages([row('tall', { height: 500 }), row('r1')])).toEqual(['tall', 'r1']);
  });

  it('end in no hyphen where the paragraph can be broken otherwise, and one line earlier where it can’t', () => {
    const divided = (lines: readonly Line[] | null) => {
      const paragraph = { lines: () => lines };
      return rows(14, (index) => row(`r${index}`, { relay: { paragraph, index } }, index === 9));
    };
    const [first] = [...paginate(divided(rows(14).map(() => line(false))), geometry)];
    expect(first?.body).toHaveLength(10);
    expect(first?.body.at(-1)?.row.lines[0]?.line.hyphenated).toBe(false);
    expect(pages(divided(null))[0]).toBe('r0 r1 r2 r3 r4 r5 r6 r7 r8');
  });
});

describe('notes', () => {
  it('stand on the page of their call, below the text', () => {
    const all = rows(9, (index) => row(`r${index}`, index === 1 ? { notes: [note('n', 2)] } : {}));
    expect(pages(all)).toEqual(['r0 r1 r2 r3 r4 r5 r6 | n.0 n.1', 'r7 r8']);
  });

  it('take the line that calls them along where they don’t fit', () => {
    const all = rows(12, (index) => row(`r${index}`, index === 8 ? { notes: [note('n', 2)] } : {}));
    expect(pages(all)[0]).toBe('r0 r1 r2 r3 r4 r5 r6 r7');
    expect(pages(all)[1]).toBe('r8 r9 r10 r11 | n.0 n.1');
  });

  it('that are longer than a page begin on it and go on, and later ones wait for their own line', () => {
    const all = rows(8, (index) =>
      row(
        `r${index}`,
        index === 1 ? { notes: [note('n', 20)] } : index === 4 ? { notes: [note('m', 1)] } : {},
      ),
    );
    const found = pages(all);
    expect(found[0]).toMatch(/^r0 r1.* \| n\.0 n\.1/);
    const text = found
      .map((page) => page.split(' | ')[0])
      .join(' ')
      .trim()
      .split(/\s+/);
    expect(text).toEqual(rows(8).map((one) => one.anchors?.[0]?.name));
    const notes = found
      .map((page) => page.split(' | ')[1] ?? '')
      .join(' ')
      .trim()
      .split(/\s+/);
    expect(notes).toEqual([...Array.from({ length: 20 }, (_, index) => `n.${index}`), 'm.0']);
    expect(found.find((page) => page.includes('r4'))).toContain('m.0');
  });

  it('of one line that are more than a page all come, in order', () => {
    const all = [row('r0', { notes: [note('a', 8), note('b', 8), note('c', 8)] }), row('r1')];
    const notes = pages(all)
      .map((page) => page.split(' | ')[1] ?? '')
      .join(' ')
      .trim()
      .split(/\s+/);
    expect(notes).toEqual(['a', 'b', 'c'].flatMap((name) => rows(8).map((_, index) => `${name}.${index}`)));
    expect(pages(all).join(' ')).toContain('r1');
  });
});
