/**
 * Memory stays flat however many documents one run makes: what is kept of a document is what is said of it in the end.
 * 160 documents; with ENGROSS_LONG=1, 2,000, and again with two workers.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { engross, folder, inMemory, root } from './engross.js';

const long = Boolean(process.env['ENGROSS_LONG']);
const count = long ? 2000 : 160;
const time = long ? 1_200_000 : 120_000;

/** What may be kept of each document, in MiB: some 4 KiB are, of its files, their hashes and what its manifest says. */
const keptOfEach = 8 / 1024;
/** What may come at any time, in MiB: code that is used for the first time, tables that are made larger. */
const once = 5;

/** Numbers that look like chance and are the same each time. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48271) % 0x7fffffff) % below;
}

/** Different small documents of 300 words that come again and again: what is kept of words is soon all there. */
function layTexts(folder: string): void {
  const pick = chance(count);
  const syllables = 'ha ri to mel ver an lo ge sti cor pu ne dal fi mo ra'.split(' ');
  const some = <T>(length: number, of: () => T) => Array.from({ length }, of);
  const words = some(300, () => some(2 + pick(3), () => syllables[pick(syllables.length)]).join(''));
  const word = () => words[pick(words.length)] ?? '';
  const sentence = () => `The ${some(8 + pick(20), () => word()).join(' ')}.`;
  for (let number = 1; number <= count; number++) {
    const paragraphs = some(3 + pick(4), sentence).map((text, index) => `${index + 1}. ${text}\n\n`);
    const head = `Communiqué on ${word()} and ${word()}\n\n${1 + pick(28)} May 1990\n\n`;
    const text = `${head}${paragraphs.join('')}${paragraphs.length + 1}. We thank the pilots[1].\n\n[1] ${sentence()}\n`;
    writeFileSync(join(folder, `text-${number}.txt`), text);
  }
}

interface Seen {
  readonly resident: number;
  readonly used: number | null;
}

/** What was seen while all documents were made, in all editions. */
async function watched(jobs: number): Promise<readonly Seen[]> {
  const cwd = folder(inMemory);
  mkdirSync(join(cwd, 'in'));
  layTexts(join(cwd, 'in'));
  const log = join(cwd, 'memory.json');
  const hook = pathToFileURL(join(root, 'test/memory-hook.js')).href;
  const { code } = await engross(['build', 'in', '--out', 'out', '--jobs', String(jobs), '--quiet'], {
    cwd,
    timeout: time,
    env: {
      NODE_OPTIONS: `--import=${hook}`,
      HOOK_LOG: log,
      HOOK_EVERY: String(Math.ceil((count * 7) / 40)),
    },
  });
  expect(code).toBe(0);
  return JSON.parse(readFileSync(log, 'utf8')) as Seen[];
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;

/** The medians of the second and of the last quarter. */
function quarters(numbers: readonly number[]): readonly [middle: number, late: number] {
  const at = (part: number) => Math.floor(numbers.length * part);
  return [median(numbers.slice(at(0.25), at(0.5))), median(numbers.slice(at(0.75)))];
}

it(
  `${count} documents in one run: what is in use does not grow with them`,
  async () => {
    const seen = await watched(1);
    const used = seen.flatMap((one) => one.used ?? []);
    expect(used.length).toBeGreaterThanOrEqual(38);
    const [middle, late] = quarters(used);

    expect(late - middle).toBeLessThan(keptOfEach * (count / 2) + once);
    const [residentMiddle, residentLate] = quarters(seen.map(({ resident }) => resident));
    expect(residentLate).toBeLessThan(residentMiddle * 1.15);
  },
  time,
);

if (long)
  it(
    `${count} documents with two workers: nor does what the process has`,
    async () => {
      const [middle, late] = quarters((await watched(2)).map(({ resident }) => resident));
      expect(late).toBeLessThan(middle * 1.2);
    },
    time,
  );
