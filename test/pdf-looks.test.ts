/**
 * What the pages look like, compared with kept ones (test/pdf/kept, grids of grey as text). After a change that is
 * meant, look at the pages, then run this with UPDATE=1 and commit the new ones.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Document } from '../src/document.js';
import { edition } from '../src/editions/pdf.js';
import { read } from '../src/read/index.js';
import type { Template } from '../src/template.js';
import { root } from './engross.js';
import * as judge from './judge-tools.js';
import { contextFor } from './pdf/context.js';
import { differenceOf, gridsOf, parsed, printed, type Grid } from './pdf/greys.js';
import { sample } from './sample.js';

const inCi = process.env['CI'] === 'true';
const present = spawnSync('pdftoppm', ['-v']).status === 0;
if (!present && !inCi) console.warn('pdftoppm is not here and no pages were compared; install poppler-utils');
const compares = it.runIf(present || inCi);

const documentAt = async (path: string): Promise<Document> => {
  const file = path.replace(/^.*\//, '');
  return (await read(readFileSync(join(root, path)), { file })).document;
};

async function gridsFor(document: Document, name: string, over: Partial<Template> = {}): Promise<Grid[]> {
  const context = await contextFor([], name);
  const other = () => Promise.resolve(new Uint8Array());
  const whole = { ...context, other, template: { ...context.template, ...over } };
  const bytes = await edition.render(document, whole);
  return gridsOf(bytes as Uint8Array);
}

/** What is kept: the document, the template, how many of its first pages. */
const kept: readonly (readonly [string, () => Promise<Document>, string, number])[] = [
  ['founding', () => documentAt('input/nato-2007-12-07-final-communique.txt'), 'default', 3],
  ['sample', () => Promise.resolve(sample), 'default', 3],
  ['russian', () => documentAt('test/pdf/texts/russian.txt'), 'default', 1],
  ['arabic', () => documentAt('test/pdf/texts/arabic.txt'), 'default', 1],
  ['chinese', () => documentAt('test/pdf/texts/chinese.txt'), 'default', 1],
  ['large-print', () => documentAt('test/pdf/texts/russian.txt'), 'large-print', 1],
  ['draft', () => Promise.resolve(sample), 'draft', 1],
  ['house-example', () => Promise.resolve(sample), 'house-example', 1],
];

describe('pages', () => {
  compares.each(kept)('%s look as they did', async (name, make, template, count) => {
    const path = join(root, 'test/pdf/kept', `${name}.txt`);
    const pages = (await gridsFor(await make(), template)).slice(0, count);
    if (process.env['UPDATE'] === '1') writeFileSync(path, printed(pages));
    expect(existsSync(path), 'run with UPDATE=1 to keep the pages').toBe(true);
    const before = parsed(readFileSync(path, 'utf8'));
    expect(pages.length).toBe(before.length);
    for (const [index, page] of pages.entries()) {
      const difference = differenceOf(before[index], page);
      expect(difference, `page ${index + 1}`).not.toBeNull();
      expect(difference?.mean, `page ${index + 1}`).toBeLessThan(tolerance.mean);
      expect(difference?.plain, `page ${index + 1}`).toBeLessThan(tolerance.plain);
      expect(difference?.row, `page ${index + 1}`).toBeLessThan(tolerance.row);
    }
  });

  it.runIf((present && judge.present.qpdf) || inCi)(
    'and a single line that has moved by a point is seen',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'engross-moved-'));
      const [path, plain] = [join(folder, 'file.pdf'), join(folder, 'plain.pdf')];
      writeFileSync(path, (await edition.render(sample, await contextFor())) as Uint8Array);
      spawnSync('qpdf', ['--object-streams=disable', '--stream-data=uncompress', path, plain]);
      const bytes = readFileSync(plain, 'latin1');
      rmSync(folder, { recursive: true });
      // The first glyphs of a line far down the first page; the number keeps its length, and the file its offsets.
      const lines = [...bytes.matchAll(/BT\n[\d.]+ (\d{3})\.\d+ Td/g)].filter(
        (line) => Number(line[1]) < 400,
      );
      const line = lines[0];
      if (!line) throw new Error('there is no such line');
      const moved = line[0].replace(` ${line[1] ?? ''}.`, ` ${Number(line[1]) - 1}.`);
      const [page] = gridsOf(Buffer.from(bytes, 'latin1'));
      const [changed] = gridsOf(Buffer.from(bytes.replace(line[0], moved), 'latin1'));
      const difference = differenceOf(page, changed);
      expect(difference?.row, JSON.stringify(difference)).toBeGreaterThan(tolerance.row);
    },
  );

  compares('and a small change is seen', async () => {
    const { template } = await contextFor();
    const [page] = await gridsFor(sample, 'default');
    const changes: readonly Partial<Template>[] = [
      { paragraph: { ...template.paragraph, spacing: template.paragraph.spacing + 1 } },
      { paragraph: { ...template.paragraph, indent: template.paragraph.indent + 3 } },
      { leading: { ...template.leading, body: template.leading.body + 0.25 } },
      { sizes: { ...template.sizes, title: template.sizes.title + 1 } },
      { face: { ...template.face, regular: template.face.italic } },
    ];
    for (const over of changes) {
      const [changed] = await gridsFor(sample, 'default', over);
      const difference = differenceOf(page, changed);
      expect(
        (difference?.mean ?? 255) > tolerance.mean || (difference?.plain ?? 1) > tolerance.plain,
        `${JSON.stringify(over)}: ${JSON.stringify(difference)}`,
      ).toBe(true);
    }
  });
});

/** What another version of the renderer may do. */
const tolerance = { mean: 0.3, plain: 0.002, row: 3 };
