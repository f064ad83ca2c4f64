/** What is measured. Each section times everything that it compares in one go, and gives rows for the report. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { Bench } from 'tinybench';
import { secondsIn, sizeIn } from './growth-chart.js';
import { asLatex, asMarkdown, asText, differentDocuments, foundingFile, longDocument } from './texts.js';
import { isInstalled, timeInTurns } from './timing.js';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const founding = fileURLToPath(foundingFile);
const editions = ['csv', 'json', 'md', 'docx', 'pdf'];
const allFive = editions.join(',');

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} figure what was measured
 * @property {string} [against] the yardstick and its figure in the same run
 * @property {number} [ratio]
 * @property {string} [goal] in words
 * @property {boolean} [reached]
 */

/**
 * What a section is given.
 * @typedef {object} Bench
 * @property {string} place a folder for what is made
 * @property {boolean} full
 * @property {number} rounds
 * @property {number} roundsOfShort of commands that take a second or so
 * @property {{ one: Record<string, string>, many: Record<string, string> }} pipelines
 * @property {(text: string) => void} say
 */

const node = { name: 'node -e 0', command: [process.execPath, '-e', '0'] };

/** An empty folder, made anew before each run. */
const emptied = (folder) => () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
};

const engross = (name, out, inputs, ...options) => ({
  name,
  command: [process.execPath, cli, 'build', ...inputs, '--out', out, '--quiet', ...options],
  before: emptied(out),
});

const inShell = (name, out, command, env) => ({
  name,
  command: ['sh', '-c', command],
  env: { OUT: out, ...env },
  before: emptied(out),
});

/** @returns {Row} */
function compared(what, timing, yardstickName, yardstick, most) {
  const ratio = timing.seconds / yardstick.seconds;
  return {
    what,
    figure: secondsIn(timing.seconds),
    against: `${yardstickName}: ${secondsIn(yardstick.seconds)}`,
    ratio,
    ...(most === undefined ? {} : { goal: `≤ ${most} ×`, reached: ratio <= most }),
  };
}

/** The founding document in a fresh process, into an empty folder. @param {Bench} bench @returns {Row[]} */
export function cold({ place, roundsOfShort, pipelines, say }) {
  const out = join(place, 'cold');
  const tasks = [
    node,
    ...editions.map((edition) => engross(edition, out, [founding], '--editions', edition)),
    engross('all five', out, [founding]),
    ...Object.entries(pipelines.one).map(([name, command]) =>
      inShell(name, out, command, { TEXT: founding }),
    ),
  ];
  const timings = timeInTurns(tasks, { rounds: roundsOfShort, place, say });
  const most = { csv: 1.3, json: 1.3, md: 1.6 };
  const floor = timings.get(node.name);
  return [
    ...[...editions, 'all five'].map((name) =>
      compared(`${name}, cold`, timings.get(name), node.name, floor, most[name]),
    ),
    ...Object.keys(pipelines.one).map((name) =>
      compared('all five, cold', timings.get('all five'), name, timings.get(name), 1),
    ),
  ];
}

function layDocuments(place, count) {
  const folder = join(place, `texts-${count}`);
  emptied(folder)();
  for (const [index, document] of differentDocuments(count).entries())
    writeFileSync(join(folder, `document-${String(index + 1).padStart(4, '0')}.txt`), asText([document]));
  return folder;
}

/** A build of which nothing has changed since the last one. @param {Bench} bench @returns {Row[]} */
export function unchanged({ place, full, roundsOfShort, say }) {
  const many = full ? 200 : 40;
  const build = (name, inputs, out) => ({
    ...engross(name, out, inputs, '--editions', allFive),
    before: undefined,
  });
  const one = build('1 document', [founding], join(place, 'one'));
  const all = build(`${many} documents`, [layDocuments(place, many)], join(place, 'many'));
  const options = { rounds: roundsOfShort, place, say };
  const timings = timeInTurns([node, one, all], options);
  const floor = timings.get(node.name);
  return [one, all].map(({ name }) =>
    compared(`nothing changed, ${name}`, timings.get(name), node.name, floor, 1.5),
  );
}

/** Many different documents, all five editions of each, in one command. @param {Bench} bench @returns {Row[]} */
export function many({ place, full, rounds, pipelines, say }) {
  const count = full ? 200 : 40;
  const texts = layDocuments(place, count);
  const out = join(place, 'many-made');
  const name = `${count} documents, --jobs 2`;
  const tasks = [
    engross(name, out, [texts], '--jobs', '2'),
    ...Object.entries(pipelines.many).map(([other, command]) =>
      inShell(other, out, command, { TEXTS: texts, JOBS: '2' }),
    ),
  ];
  const timings = timeInTurns(tasks, {
    rounds: full ? rounds : 1,
    place,
    warmUp: false,
    memory: true,
    say,
  });
  const rate = (timing) => `${(count / timing.seconds).toFixed(1)} documents a second`;
  const timing = timings.get(name);
  const peak = timing.peak === null ? '' : `, ${Math.round(timing.peak)} MiB`;
  const alone = { what: name, figure: rate(timing) + peak };
  const rows = Object.keys(pipelines.many).map((other) => {
    const ratio = timings.get(other).seconds / timing.seconds;
    return {
      ...alone,
      against: `${other}: ${rate(timings.get(other))}`,
      ratio,
      goal: '≥ 8 ×',
      reached: ratio >= 8,
    };
  });
  return rows.length > 0 ? rows : [alone];
}

/**
 * How time and memory grow with one document, and how they compare with others at its largest.
 * @param {Bench} bench
 * @returns {{ rows: Row[], lines: { name: string, points: object[] }[] }}
 */
export function growth({ place, full, rounds, say }) {
  const copies = full ? [1, 10, 100, 1000] : [1, 10, 100];
  const largest = copies.at(-1);
  const out = join(place, 'long');
  const sizes = new Map();
  const tasks = [];
  for (const count of copies) {
    const text = join(place, `long-${count}.txt`);
    const document = longDocument(count);
    writeFileSync(text, asText(document));
    sizes.set(count, statSync(text).size);
    for (const edition of ['all five', ...editions])
      tasks.push(
        engross(
          `${edition} × ${count}`,
          out,
          [text],
          '--editions',
          edition === 'all five' ? allFive : edition,
        ),
      );
    if (count !== largest) continue;
    writeFileSync(join(place, 'long.md'), asMarkdown(document));
    writeFileSync(join(place, 'long.tex'), asLatex(document));
  }
  const size = sizeIn(sizes.get(largest));
  const others = [];
  if (isInstalled('pdflatex'))
    others.push(
      inShell('pdflatex', out, 'pdflatex -interaction=batchmode -output-directory="$OUT" "$IN" > /dev/null', {
        IN: join(place, 'long.tex'),
      }),
    );
  if (isInstalled('pandoc'))
    others.push({
      ...inShell('pandoc → DOCX', out, 'pandoc -f markdown "$IN" -o "$OUT/long.docx"', {
        IN: join(place, 'long.md'),
      }),
      ...(full ? { rounds: 1 } : {}),
    });
  const timings = timeInTurns([...tasks, ...others], {
    rounds: full ? rounds : 1,
    place,
    // What one process finds warm or cold is nothing beside a long text.
    warmUp: false,
    memory: true,
    say,
  });

  const lines = ['all five', ...editions].map((name) => ({
    name,
    points: copies.map((count) => ({ bytes: sizes.get(count), ...timings.get(`${name} × ${count}`) })),
  }));
  const rows = lines.map(({ name, points }) => {
    const [least, ...rest] = points;
    const [smaller, larger] = rest.slice(-2);
    // What one short document takes is the start of the process: growth is of what comes on top. What else the machine does
    // is in a process's time, but not in that of its processor.
    const isKnown = points.every(({ processor }) => processor !== null);
    const time = ({ seconds, processor }) => (isKnown ? processor : seconds);
    const exponent = Math.log10((time(larger) - time(least)) / (time(smaller) - time(least)));
    const memory = larger.peak === null ? '' : `, ${Math.round(larger.peak)} MiB`;
    return {
      what: `${name}, ${sizeIn(smaller.bytes)} → ${sizeIn(larger.bytes)}`,
      figure: `${secondsIn(smaller.seconds)} → ${secondsIn(larger.seconds)}${memory}`,
      against: `marginal exponent${isKnown ? ' of processor time' : ''}`,
      ratio: exponent,
      ...(name === 'all five' ? {} : { goal: '≤ 1.05', reached: exponent <= 1.05 }),
    };
  });
  const five = timings.get(`all five × ${largest}`);
  const pdflatex = timings.get('pdflatex');
  const pandoc = timings.get('pandoc → DOCX');
  if (pdflatex)
    rows.push(compared(`all five, ${size}`, five, 'pdflatex, PDF alone', pdflatex, full ? 4 : undefined));
  if (pandoc) rows.push(compared(`all five, ${size}`, five, 'pandoc, DOCX alone', pandoc));
  if (pandoc && five.peak !== null) {
    const ratio = five.peak / pandoc.peak;
    rows.push({
      what: `all five, ${size}, memory`,
      figure: `${Math.round(five.peak)} MiB`,
      against: `pandoc, DOCX alone: ${Math.round(pandoc.peak)} MiB`,
      ratio,
      ...(full ? { goal: '≤ 0.5 ×', reached: ratio <= 0.5 } : {}),
    });
  }
  return { rows, lines };
}

/** @param {Bench} bench @returns {Row[]} */
export function sizes({ place }) {
  const out = join(place, 'sizes');
  const pandocs = join(place, 'founding.docx');
  const document = join(place, 'founding.md');
  writeFileSync(document, asMarkdown(longDocument(1)));
  const tasks = [engross('all five', out, [founding])];
  const hasPandoc = isInstalled('pandoc');
  if (hasPandoc)
    tasks.push({ name: 'pandoc', command: ['pandoc', '-f', 'markdown', document, '-o', pandocs] });
  timeInTurns(tasks, { rounds: 1, place });
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' });
  const weigh = (ending) =>
    statSync(
      join(
        out,
        files.find((name) => name.endsWith(ending)),
      ),
    ).size;
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const pdf = weigh('.pdf');
  const docx = weigh('.docx');
  const rows = [{ what: 'size of the PDF', figure: kilobytes(pdf), goal: '≤ 60 kB', reached: pdf <= 60_000 }];
  if (!hasPandoc) return [...rows, { what: 'size of the DOCX', figure: kilobytes(docx) }];
  const other = statSync(pandocs).size;
  const ratio = docx / other;
  return [
    ...rows,
    {
      what: 'size of the DOCX',
      figure: kilobytes(docx),
      against: `pandoc’s: ${kilobytes(other)}`,
      ratio,
      goal: '≤ 0.8 ×',
      reached: ratio <= 0.8,
    },
  ];
}

/** What the parts of the work take in a process that is warm. @param {Bench} bench @returns {Promise<Row[]>} */
export async function warm({ full }) {
  const { read, render } = await import('../dist/library/index.js');
  const bytes = readFileSync(founding);
  const { document } = await read(bytes, { file: 'founding.txt' });
  const bench = new Bench({ time: full ? 2000 : 500, warmupTime: full ? 1000 : 300 });
  bench.add('reading', async () => {
    await read(bytes, { file: 'founding.txt' });
  });
  for (const edition of editions)
    bench.add(edition, async () => {
      await render(document, [edition]);
    });
  await bench.run();
  return bench.tasks.map(({ name, result }) => {
    if (result.state !== 'completed') throw new Error(`${name}: ${result.state} ${result.error ?? ''}`);
    return { what: `${name}, warm`, figure: `${result.latency.p50.toFixed(1)} ms` };
  });
}

/** The machine in general terms, and whether it had other things to do. */
export function machine() {
  const cores = cpus().length;
  const [load] = loadavg();
  const busy =
    load > cores / 2
      ? `; it was busy with other work (load average ${load.toFixed(1)}), so the times are too long and the ratios rough`
      : '';
  return `Node ${process.versions.node} on ${process.platform}, ${cores} cores${busy}`;
}
