#!/usr/bin/env node
/**
 * How fast Engross is, against `node -e 0` and, where they are installed, pandoc, groff and pdflatex.
 *
 *     npm run bench                     # in less than two minutes, with smaller texts
 *     npm run bench -- --full           # what docs/benchmarks.md says, in a quarter of an hour or so
 *     npm run bench -- --full --write   # and writes it there
 *
 *     --only LIST        some sections: cold, unchanged, many, growth, sizes, warm
 *     --rounds N         how often each command is timed (5; in full those that take a second or so 11 times)
 *     --pipelines FILE   more to compare with: JSON of shell commands by name, { "one": {…}, "many": {…} }
 *     --place FOLDER     where the files are made (the system's folder for temporary files)
 *
 * Ends with 1 where something failed, not where a goal is missed: the table says that.
 */
import console from 'node:console';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { URL } from 'node:url';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { growthChart } from './growth-chart.js';
import { pipelines } from './pipelines.js';
import { chapter, table, textOfChart } from './report.js';
import * as sections from './sections.js';

const names = ['cold', 'unchanged', 'many', 'growth', 'sizes', 'warm'];
const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    only: { type: 'string', default: names.join(',') },
    rounds: { type: 'string' },
    pipelines: { type: 'string' },
    place: { type: 'string', default: tmpdir() },
  },
});
const chosen = names.filter((name) => values.only.split(',').includes(name));
if (values.write && chosen.length < names.length)
  throw new Error('--write goes without --only: the page shows one whole run');

const place = mkdtempSync(join(values.place, 'engross-bench-'));
process.on('exit', () => rmSync(place, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
const isTerminal = process.stderr.isTTY;
const bench = {
  place,
  full: values.full,
  rounds: Number(values.rounds ?? 5),
  roundsOfShort: Number(values.rounds ?? (values.full ? 11 : 5)),
  pipelines: pipelines(values.pipelines),
  say: (text) => process.stderr.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`),
};

const machine = sections.machine();
const found = [];
let lines = null;
for (const name of chosen) {
  const measured = await sections[name](bench);
  if (isTerminal) process.stderr.write('\r\u001b[K');
  const rows = Array.isArray(measured) ? measured : measured.rows;
  if (!Array.isArray(measured)) lines = measured.lines;
  found.push({ name, rows });
  console.log(`${name}\n\n${await format(table(rows), { parser: 'markdown', printWidth: 200 })}`);
}
if (lines) console.log(await format(textOfChart(lines), { parser: 'markdown', printWidth: 200 }));
console.log(machine);

if (values.write) {
  const page = new URL('../docs/benchmarks.md', import.meta.url);
  const text = readFileSync(page, 'utf8');
  const settings = JSON.parse(readFileSync(new URL('../.prettierrc.json', import.meta.url), 'utf8'));
  const date = new Date().toISOString().slice(0, 10);
  const written = chapter(
    text,
    found,
    lines,
    `${date}, ${machine}${values.full ? '' : '; smaller texts, without --full'}`,
  );
  writeFileSync(page, await format(written, { ...settings, parser: 'markdown' }));
  writeFileSync(new URL('../docs/benchmarks-growth.svg', import.meta.url), growthChart(lines));
}
