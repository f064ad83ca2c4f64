/**
 * An edition takes time in proportion to the document, whatever there is many of: at most 2.3 times for twice as much.
 * Measured in processor time; what seems to grow faster is measured again before it counts.
 */
import { describe, expect, it } from 'vitest';
import type { Document, Footnote, Inline, Paragraph, TableCell } from '../src/document.js';
import { editionNamed } from '../src/editions/index.js';
import { contextFor } from './context.js';
import { note, withBody } from './docx-context.js';
import { paragraph } from './sample.js';

const most = 2.3;
const sizes = [5000, 20_000] as const;
/** Below this many milliseconds a measurement is noise. */
const noise = 100;
const rounds = 4;

const many = <Of>(count: number, make: (number: number) => Of): Of[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

const text = (value: string, isEmphasised = false): Inline =>
  isEmphasised ? { type: 'text', value, emphasis: ['emphasis'] } : { type: 'text', value };
const call = (number: number): Inline => ({
  type: 'noteCall',
  footnote: `ftn_${number}`,
  marker: String(number),
});
const saying = (eId: string, content: readonly Inline[], num: string | null = null): Paragraph => ({
  ...paragraph(eId, num, num === null ? 'plain' : 'numbered', ''),
  content,
});
const notes = (count: number, words = 'A note.'): Footnote[] =>
  many(count, (number) => note(`ftn_${number}`, String(number), words));
const cell = (eId: string): TableCell => ({ ...paragraph(eId, null, 'plain', 'Depth'), type: 'cell' });

const shapes: Readonly<Record<string, (count: number) => Document>> = {
  'one label again and again, referred to': (count) =>
    withBody(many(count, (n) => paragraph(`para_${n}`, '3.', 'numbered', 'As paragraph 3 says.'))),
  'references in one paragraph, between runs and calls': (count) =>
    withBody(
      [
        ...many(12, (n) => paragraph(`para_${n}`, `${n}.`, 'numbered', 'So (a) it is.')),
        saying(
          'para_13',
          many(count, (n) => [text('As paragraph 3 '), call(n), text('or 4 (a) says. ', true)]).flat(),
          '13.',
        ),
      ],
      { footnotes: notes(count) },
    ),
  bullets: (count) =>
    withBody([
      paragraph(
        'p_1',
        null,
        'plain',
        'So:',
        many(count, (n) => ({
          ...paragraph(`item_${n}`, null, 'item', 'a buoy'),
          marker: String.fromCodePoint(0x4e00 + (n % 9000)),
        })),
      ),
    ]),
  'notes that refer to paragraphs': (count) =>
    withBody(
      many(count, (n) => saying(`para_${n}`, [text('Buoy'), call(n), text('.')], `${n}.`)),
      { footnotes: notes(count, 'See paragraph 3 above.') },
    ),
  'notes of one text, called by nothing': (count) =>
    withBody(
      many(count, (n) => paragraph(`ftn_${n}_1`, '*', 'note', 'A note.')),
      { footnotes: many(count + 10, (n) => note(`ftn_${n}`, '*', 'A note.')) },
    ),
  'notes that call each other in a chain': (count) =>
    withBody([saying('p_1', [text('Buoy'), call(1)])], {
      footnotes: notes(count).map((one, index) => ({
        ...one,
        content: index + 1 === count ? [text('End.')] : [text('See '), call(index + 2)],
      })),
    }),
  'rows of a table': (count) =>
    withBody([
      {
        type: 'table',
        eId: 'table_1',
        rows: many(count, (n) => ({ cells: [cell(`table_1__cell_${n}_1`)] })),
        source: { start: 0, end: 1, line: 1, lastLine: 1 },
      },
    ]),
};

/** Milliseconds of processor time. */
async function cost(name: string, document: Document): Promise<number> {
  const edition = await editionNamed(name);
  const context = await contextFor();
  const before = process.cpuUsage();
  await edition.render(document, context);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const growthOf = ([few, all]: readonly [number, number]): number =>
  (Math.max(all, noise) / Math.max(few, noise)) ** (1 / Math.log2(sizes[1] / sizes[0]));

describe.each(['md', 'docx', 'csv', 'json'])('the %s edition', (edition) => {
  it.each(Object.entries(shapes))(`grows at most ${most} times per doubling: %s`, async (_, shape) => {
    const [few, all] = [shape(sizes[0]), shape(sizes[1])];
    let costs: [number, number] = [Infinity, Infinity];
    for (let round = 0; round < rounds && (round === 0 || growthOf(costs) > most); round++)
      costs = [Math.min(costs[0], await cost(edition, few)), Math.min(costs[1], await cost(edition, all))];
    expect(growthOf(costs), `${costs.map(Math.round).join(', ')} ms`).toBeLessThanOrEqual(most);
  });
});
