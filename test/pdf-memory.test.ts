/**
 * The PDF of a long document needs little memory: its pages are written as they are set. A child process has so much
 * and no more; before paragraphs were slices of their source and what was set was let go, it ran out of it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { engross, folder } from './engross.js';
import { numbers, prose } from './pdf/stress.js';

const paragraphs = 4000;
/** Of the heap's old generation, in MiB: the text in memory is 7 of them, and fonts and code some 40. */
const most = 60;

it(`sets ${paragraphs} paragraphs within ${most} MiB`, async () => {
  const cwd = folder();
  const next = numbers(7);
  const text = Array.from(
    { length: paragraphs },
    (_, index) => `${index + 1}. We note: ${prose(next, 100)}\n`,
  );
  mkdirSync(join(cwd, 'in'));
  writeFileSync(
    join(cwd, 'in/text.txt'),
    ['Communiqué of the harbour ministers\n', '9 May 2011\n', ...text].join('\n'),
  );
  const env = { NODE_OPTIONS: `--max-old-space-size=${most}` };
  const { code, err } = await engross(['build', 'in', '--editions', 'pdf'], { cwd, env });
  expect({ code, err }).toMatchObject({ code: 0 });
});
