/** The results as tables, and in their place in docs/benchmarks.md. */
import { secondsIn, sizeIn } from './growth-chart.js';

const beginning = '<!-- results: written by npm run bench -- --full --write -->';
const end = '<!-- end of results -->';

const titles = {
  cold: 'One document, cold',
  unchanged: 'Nothing changed',
  many: 'Many documents',
  growth: 'One long document',
  sizes: 'Sizes',
  warm: 'The parts of the work, in a process that is warm',
};

const row = (cells) => `| ${cells.join(' | ')} |`;

/** @param {import('./sections.js').Row[]} rows */
export function table(rows) {
  const columns = [
    ['', ({ what }) => what],
    ['measured', ({ figure }) => figure],
    ['against', ({ against }) => against],
    ['ratio', ({ ratio }) => ratio?.toFixed(2)],
    ['goal', ({ goal }) => goal],
    ['', ({ reached }) => (reached === undefined ? undefined : reached ? 'reached' : '**missed**')],
  ].filter(([, value]) => rows.some((one) => value(one) !== undefined));
  return [
    row(columns.map(([head]) => head)),
    row(columns.map(() => '---')),
    ...rows.map((one) => row(columns.map(([, value]) => value(one) ?? ''))),
  ].join('\n');
}

/** The chart in numbers. */
export function textOfChart(lines) {
  const columns = lines[0].points.map(({ bytes }) => sizeIn(bytes));
  const cell = ({ seconds, peak }) => secondsIn(seconds) + (peak === null ? '' : `, ${Math.round(peak)} MiB`);
  return [
    row(['', ...columns]),
    row(['---', ...columns.map(() => '---')]),
    ...lines.map(({ name, points }) => row([name, ...points.map(cell)])),
  ].join('\n');
}

/**
 * The page with these results in the place of the last ones.
 * @throws Error where the page has no place for them
 */
export function chapter(page, found, lines, when) {
  const from = page.indexOf(beginning);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error('docs/benchmarks.md has no place for results');
  const parts = found.map(({ name, rows }) => {
    const chart =
      name === 'growth'
        ? `\n![Seconds for one document by its size, for each edition; the numbers are in the table below](benchmarks-growth.svg)\n\n${textOfChart(lines)}\n`
        : '';
    return `### ${titles[name]}\n\n${table(rows)}\n${chart}`;
  });
  return `${page.slice(0, from)}${beginning}\n\nMeasured on ${when}.\n\n${parts.join('\n')}\n${page.slice(to)}`;
}
