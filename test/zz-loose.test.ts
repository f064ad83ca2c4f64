import { readFile } from 'node:fs/promises';
import { it } from 'vitest';
import { read } from '../src/read/index.js';
import { looseness, pagesOf, wordsOf } from './pdf/measure.js';
it('x', async () => {
  const file = 'nato-2007-12-07-final-communique.txt';
  const { document } = await read(await readFile(new URL(`../input/${file}`, import.meta.url)), { file });
  const lines = (await pagesOf(document)).flatMap((p) => p.body.map(({ row }) => row)).filter((r) => r.relay).map((r) => r.lines.at(-1)!.line);
  const l = lines.map((x) => [looseness(x), x] as const).sort((a, b) => b[0] - a[0]);
  console.log(lines.length, lines.filter((x) => x.hyphenated).length, [1.3,1.4,1.5,1.6,1.8,2,2.5].map((b) => b + ':' + l.filter(([a]) => a > b).length).join(' '));
  for (const [a, x] of l.slice(0, 22)) console.log(a.toFixed(2), wordsOf(x));
  console.log(l.slice(-4).map(([a, x]) => a.toFixed(2) + ' ' + wordsOf(x)).join('\n'));
});
