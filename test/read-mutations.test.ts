/**
 * Texts that nobody foresaw: the fixtures and the founding document with lines deleted, doubled and swapped, marks and
 * labels put in, line ends and blanks changed, spliced, and strewn with odd characters. Whatever comes, reading must
 * not crash, must lose and double nothing, and must give pins, spans and notes that hold together. (`fuzz.test.ts` takes
 * bytes, and all editions with it.)
 *
 * `ENGROSS_LONG=1` tries 20,000 of them. Each is told by its seed: `ENGROSS_SEED=4711` runs that one alone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { read } from '../src/read/index.js';
import { Refusal } from '../src/report.js';
import { faultsOf } from './reading-faults.js';
import { variant } from './variants.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const times = process.env['ENGROSS_LONG'] ? 20_000 : 1_500;
const only = process.env['ENGROSS_SEED'];

// ------------------------------------------------------------------------------------------------ the texts

const founding = readdirSync(`${root}input`)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(`${root}input/${name}`));

/** Every fixture that can be read, and the founding document, decoded. */
async function texts(): Promise<readonly string[]> {
  const cases = readdirSync(`${root}test/documents`).map((name) =>
    readFileSync(`${root}test/documents/${name}/input.txt`),
  );
  const found: string[] = [];
  for (const bytes of [...founding, ...cases])
    try {
      found.push((await read(bytes, { file: 'base.txt' })).text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  return found;
}

/** What is wrong with reading some text, or null. */
async function faultIn(text: string): Promise<string | null> {
  try {
    const faults = faultsOf(await read(new TextEncoder().encode(text), { file: 'variant.txt' }));
    return faults.length === 0 ? null : faults.slice(0, 3).join('; ');
  } catch (error) {
    if (error instanceof Refusal)
      return error.diagnostics[0]?.code === 'account-broken' ? error.message : null;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

describe('texts that nobody foresaw', () => {
  it(`${only === undefined ? times : 'one'} of them: nothing lost, nothing doubled, no crash`, async () => {
    const bases = await texts();
    const failed: string[] = [];
    const [from, to] = only === undefined ? [0, times] : [Number(only), Number(only) + 1];
    for (let seed = from; seed < to && failed.length < 10; seed++) {
      const fault = await faultIn(variant(seed, bases));
      if (fault !== null) failed.push(`ENGROSS_SEED=${seed}: ${fault}`);
    }
    expect(failed).toEqual([]);
  }, 1_800_000);

  it('within 50 ms of processor time each, for a text of 25 KB', async () => {
    const [base] = founding;
    const text = new TextDecoder().decode(base);
    const bases = await texts();
    const variants = Array.from({ length: 60 }, (_, seed) =>
      new TextEncoder().encode(variant(seed, bases, text)),
    );
    for (const bytes of variants.slice(0, 10)) await read(bytes, { file: 'warm.txt' }).catch(() => null);
    const before = process.cpuUsage();
    for (const bytes of variants) await read(bytes, { file: 'variant.txt' }).catch(() => null);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000 / variants.length).toBeLessThan(50);
  });
});
