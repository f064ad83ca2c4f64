/**
 * The PDF edition of every test document, and where ENGROSS_CORPUS names a folder of each document there, before judges
 * that share nothing with it: veraPDF for both standards, and poppler and pdf.js, which must read every text word for
 * word and in order.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '../src/document.js';
import { Refusal, render } from '../src/index.js';
import { everyDocument } from './every-document.js';
import * as judge from './judge-tools.js';
import { expectedLines, foundLines } from './pdf/expected.js';
import { readBack } from './pdf/reading.js';

const made: { readonly document: Document; readonly path: string }[] = [];
/** What could not be set: the document, and the codes of what was said. */
const refused: { readonly id: string; readonly codes: readonly string[] }[] = [];
let place = '';

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'engross-pdf-'));
  for await (const document of everyDocument())
    try {
      for (const [name, bytes] of await render(document, ['pdf'])) {
        const path = join(place, `${made.length}-${name}`);
        writeFileSync(path, bytes);
        made.push({ document, path });
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ id: document.id, codes: error.diagnostics.map(({ code }) => code) });
    }
}, 300_000);

afterAll(() => {
  rmSync(place, { recursive: true, force: true });
});

const inCi = process.env['CI'] === 'true';
const asks = (name: keyof typeof judge.present) => it.runIf(judge.present[name] || inCi);

/** What is printed of a text, without what readers differ in: white space and marks of direction. */
const bare = (text: string) => text.replace(/[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '');

/** The strings of `pdfinfo -struct-text`, but for those of tables of contents. */
function stringsOf(structure: string): string[] {
  const strings: string[] = [];
  let contents = Infinity;
  for (const line of structure.split('\n')) {
    const depth = line.search(/\S/);
    if (depth < 0) continue;
    if (depth <= contents) contents = /^\s*TOC\b/.test(line) ? depth : Infinity;
    const [, string] = /^\s*"(.*)"$/su.exec(line) ?? [];
    if (string !== undefined && contents === Infinity) strings.push(string);
  }
  return strings;
}

/** Every text of a document with its labels and notes, in the order in which it must be read. */
const wordsOf = (document: Document): string =>
  expectedLines(document)
    .filter((line) => !line.startsWith('Note '))
    .map((line) => line.replace(/^\w+ /, '').replace(/\[([^[\]]*)\]/gu, '$1'))
    .join('');

/** Where two texts part, for a message; null where they don't. */
function parting(one: string, other: string): string | null {
  if (one === other) return null;
  let at = 0;
  while (one.charAt(at) === other.charAt(at)) at += 1;
  return `${one.slice(Math.max(0, at - 20), at + 30)} | ${other.slice(Math.max(0, at - 20), at + 30)}`;
}

describe('the PDF edition of every document', { timeout: 600_000 }, () => {
  it('is made, but where a text has characters that no face has', () => {
    expect(made.length).toBeGreaterThan(60);
    expect(refused.length).toBeLessThan(made.length / 10);
    for (const { id, codes } of refused) expect(new Set(codes), id).toEqual(new Set(['glyph-missing']));
  });

  asks('veraPDF')('passes the machine checks of veraPDF for PDF/UA-1 and PDF/A-2a', async () => {
    const verdicts = await judge.veraPdfOn(made.map(({ path }) => path));
    expect(verdicts).toHaveLength(made.length * 2);
    const failed = verdicts.filter((verdict) => !verdict.compliant);
    expect(
      failed.map(
        (verdict) =>
          `${made[verdict.index]?.document.id ?? ''} ${verdict.profile}: ${verdict.failures.join('; ')}`,
      ),
    ).toEqual([]);
  });

  asks('poppler')('reads word for word and in order to poppler, by its structure', async () => {
    const faults: string[] = [];
    for (const { document, path } of made) {
      const found = stringsOf(await judge.structureOfPdf(path))
        .join('')
        .replace(/[[\]]/gu, '');
      const fault = parting(bare(wordsOf(document)).replace(/[[\]]/gu, ''), bare(found));
      if (fault !== null) faults.push(`${document.id}: ${fault}`);
    }
    expect(faults).toEqual([]);
  });

  it('reads word for word and in order to pdf.js, by its structure', async () => {
    for (const { document, path } of made) {
      const { root, pages } = await readBack(new Uint8Array(readFileSync(path)));
      expect(foundLines(root), document.id).toEqual(expectedLines(document));
      expect(pages.map((page) => page.loose).join(''), document.id).toBe('');
    }
  });
});
