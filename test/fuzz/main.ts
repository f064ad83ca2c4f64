/**
 * `npm run fuzz -- --count 20000 --from 0 --jobs 2 --pdf 50`: tries so many inputs, from that seed on, in so many
 * processes, every fiftieth with its PDF. What fails is made as small as it still fails and written to test/found, which
 * the tests try ever after. Ends with 1 where anything failed.
 */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { editionNames } from '../../src/editions/index.js';
import { contextFor } from '../context.js';
import { faultIn, lightEditions } from './faults.js';
import { basesIn, inputOf, type Input } from './inputs.js';
import { shrunk } from './shrink.js';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    from: { type: 'string', default: '0' },
    jobs: { type: 'string', default: '1' },
    pdf: { type: 'string', default: '50' },
    root: { type: 'string', default: process.cwd() },
  },
});
const whole = (name: 'count' | 'from' | 'jobs' | 'pdf'): number => {
  const number = Number(values[name]);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} takes a whole number`);
  return number;
};
const [count, from, jobs, pdf] = [whole('count'), whole('from'), Math.max(1, whole('jobs')), whole('pdf')];

async function tryAll(first: number, last: number): Promise<number> {
  const bases = basesIn(values.root);
  const context = await contextFor();
  let found = 0;
  let told = Date.now();
  for (let seed = first; seed < last; seed++) {
    const editions = pdf > 0 && seed % pdf === 0 ? editionNames : lightEditions;
    const input = inputOf(seed, bases);
    const fault = await faultIn(input, context, editions);
    if (fault !== null) {
      found += 1;
      const small = await shrunk(input, (one) => faultIn(one, context, editions), fault);
      process.stdout.write(`seed ${seed}: ${fault}\n  kept as ${keep(small)}\n`);
    }
    if (Date.now() - told > 60_000) {
      told = Date.now();
      process.stdout.write(`${seed + 1 - first} of ${last - first} from ${first}, ${found} failed\n`);
    }
  }
  return found;
}

function keep({ file, bytes }: Input): string {
  const folder = join(values.root, 'test/found');
  mkdirSync(folder, { recursive: true });
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const name = `${hash}${file.slice(file.lastIndexOf('.'))}`;
  writeFileSync(join(folder, name), bytes);
  return `test/found/${name}`;
}

/** One part in a process of its own; 0 where nothing failed. */
const part = (first: number, size: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const options = ['--from', first, '--count', size, '--pdf', pdf, '--root', values.root].map(String);
    const child = fork(fileURLToPath(import.meta.url), options, { stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => {
      resolve(code ?? 1);
    });
  });

const started = Date.now();
if (jobs === 1) {
  const found = await tryAll(from, from + count);
  if (found > 0) process.exitCode = 1;
} else {
  const size = Math.ceil(count / jobs);
  const codes = await Promise.all(
    Array.from({ length: jobs }, (_, index) =>
      part(from + index * size, Math.min(size, Math.max(0, count - index * size))),
    ),
  );
  if (codes.some((code) => code !== 0)) process.exitCode = 1;
}
// A part is summed up by the process that began it.
if (!process.send)
  process.stdout.write(
    `${count} inputs in ${Math.round((Date.now() - started) / 1000)} s: ${process.exitCode === 1 ? 'some failed' : 'none failed'}\n`,
  );
