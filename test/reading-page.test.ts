/** docs/reading.md: every label that its tables name is one, and every pair of a call and a note is attached. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { labelAt } from '../src/read/labels.js';
import { read } from '../src/read/index.js';

const page = readFileSync(fileURLToPath(new URL('../docs/reading.md', import.meta.url)), 'utf8');

/** The rows of the table below a heading, each cell as the code that stands in it. */
const rowsUnder = (heading: string): string[][][] =>
  ((page.split(`${heading}\n`)[1] ?? '').split(/\n#/)[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)),
    );

const labels = rowsUnder('## Labels that are read').flatMap(([, examples = []]) => examples);
const articles = rowsUnder('### Articles by language').flatMap(([, examples = []]) => examples);
const notes = rowsUnder('## Notes').map(([[call = ''] = [], [note = ''] = []]) => [call, note] as const);

describe('the page on reading', () => {
  it('has the tables', () => {
    expect([labels.length > 25, articles.length > 50, notes.length]).toEqual([true, true, 11]);
  });

  it.each(labels)('a label: %s', (line) => {
    expect(labelAt(line, 0, line.length)).not.toBeNull();
  });

  it.each(articles)('the label of an article: %s', (line) => {
    const found = labelAt(line, 0, line.length);
    expect(found?.readings[0]).toMatchObject({ family: 'article' });
    expect(Math.floor(found?.readings[0]?.value ?? 0)).toBe(/premier|1er/.test(line) ? 1 : 5);
    expect(line.slice(found?.textStart)).toBe('');
  });

  it.each(notes)('a call and its note: %s, %s', async (call, note) => {
    const text = `Statement on Lamps\n\n1. The lamps are ${call} and old.\n\n2. The towns agree.\n\n________\n${note}\n`;
    const { document } = await read(new TextEncoder().encode(text), { file: 'lamps.txt' });
    expect(document.footnotes).toHaveLength(1);
    expect(JSON.stringify(document.mainBody)).toContain('"noteCall"');
  });
});
