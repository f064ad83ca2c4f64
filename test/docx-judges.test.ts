/**
 * The DOCX edition of every test document, and where ENGROSS_CORPUS names a folder of each document there, before two
 * judges that share nothing with it: the Open XML SDK finds no error, and LibreOffice prints the labels and notes.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callsOf, textNodes, textOf, type Document } from '../src/document.js';
import { Refusal, render } from '../src/index.js';
import { docxOf, note, withBody, xmlPartsOf } from './docx-context.js';
import { dotx } from './docx-house.js';
import { undefinedIn } from './docx-reading.js';
import { run } from './engross.js';
import { everyDocument } from './every-document.js';
import * as judge from './judge-tools.js';
import { paragraph, sample } from './sample.js';

const made: { readonly document: Document; readonly path: string }[] = [];
const refused: string[] = [];
let place = '';

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'engross-docx-'));
  const put = (document: Document, bytes: Uint8Array) => {
    const path = join(place, `${made.length}-${document.id}.docx`);
    writeFileSync(path, bytes);
    made.push({ document, path });
  };
  // In the styles, heads and pictures of a house; the houses of tests name their styles as a German Word does.
  for (const language of ['en', 'ar'])
    put({ ...sample, language }, await docxOf({ ...sample, language }, { house: dotx() }));
  for await (const document of everyDocument()) {
    try {
      for (const bytes of (await render(document, ['docx'])).values()) put(document, bytes);
    } catch (error) {
      // A character that no Word file can hold is refused by name: nothing else may be.
      if (!(error instanceof Refusal && /^character-forbidden/.test(error.message))) throw error;
      refused.push(document.id);
    }
  }
}, 120_000);

afterAll(() => {
  rmSync(place, { recursive: true, force: true });
});

const inCi = process.env['CI'] === 'true';
const asks = (name: keyof typeof judge.present) => it.runIf(judge.present[name] || inCi);

/** Letters and digits alone. Readers of PDF differ in how they turn letters that run from right to left. */
const bare = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
/** Whether a page shows some words; LibreOffice leaves out East Asian signs where no face of the machine has them. */
const shows = (page: string, words: string) =>
  page.includes(words) ||
  (eastAsian.test(words) && new RegExp(words.replace(new RegExp(eastAsian, 'gu'), '$&?'), 'u').test(page));
const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const turns = (document: Document) => /^(ar|he|fa|ur)/.test(document.language);

describe('the DOCX edition of every document', { timeout: 600_000 }, () => {
  it('is made', () => {
    expect(made.length).toBeGreaterThan(60);
    expect(refused.length).toBeLessThan(3);
  });

  it('uses no style, list, level, note, bookmark or part that is not there', () => {
    const faults = made.flatMap(({ document, path }) =>
      undefinedIn(xmlPartsOf(readFileSync(path))).map((fault) => `${document.id}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  asks('Open XML SDK')('has no errors in the Open XML SDK', async () => {
    const faults: unknown[] = [];
    const left = [...made];
    const worker = async () => {
      for (let next = left.pop(); next; next = left.pop())
        for (const fault of await judge.openXmlOn(next.path)) faults.push([next.document.id, fault]);
    };
    await Promise.all([worker(), worker()]);
    expect(faults).toEqual([]);
  });

  asks('LibreOffice')('shows its labels and notes in LibreOffice', async () => {
    const into = join(place, 'libreoffice');
    mkdirSync(into);
    const profile = `-env:UserInstallation=${pathToFileURL(join(into, 'profile')).href}`;
    const files = made.map(({ path }) => path);
    await run(['soffice', profile, '--headless', '--convert-to', 'pdf', '--outdir', into, ...files]);
    const missing: string[] = [];
    for (const { document, path } of made) {
      if (turns(document)) continue;
      const text = bare(await judge.layoutOfPdf(path.replace(place, into).replace(/docx$/, 'pdf')));
      const marks = new Map<string, string[]>();
      for (const { node } of textNodes(document))
        for (const { footnote, marker } of callsOf(node.content))
          marks.set(footnote, [...(marks.get(footnote) ?? []), marker]);
      for (const { node, region } of textNodes(document)) {
        // Up to the first call, whose mark stands between the words.
        const call = node.content.findIndex(({ type }) => type === 'noteCall');
        const words = bare(textOf(node.content.slice(0, call < 0 ? undefined : call))).slice(0, 12);
        const isCalled = node.type === 'footnote' && region === 'footnotes';
        const label = isCalled
          ? node.marker
          : node.type === 'paragraph' || node.type === 'heading'
            ? node.num
            : null;
        // Before a note of a mark of its own LibreOffice prints the mark of its call, too.
        const labels = [label, ...(isCalled ? (marks.get(node.eId) ?? []) : [])];
        if (label !== null && !labels.some((one) => shows(text, bare(one ?? '') + words)))
          missing.push(`${document.id}: ${label} ${words}`);
      }
    }
    expect(missing).toEqual([]);
  });

  asks('LibreOffice')(
    'has its notes at the foot of the page that calls them, long ones over several',
    async () => {
      const words = (count: number, word: string) =>
        Array.from({ length: count }, (_, index) => `${word}${index + 1}`).join(' ');
      // The last note is longer than a page.
      const notes = Array.from({ length: 14 }, (_, index) =>
        note(`n_${index + 1}`, String(index + 1), words(index === 13 ? 1500 : 20, `n${index + 1}w`)),
      );
      const blocks = notes.map(({ eId, marker }) =>
        paragraph(
          `p_${marker}`,
          `${marker}.`,
          'numbered',
          `${words(40, `p${marker}w`)} here[${marker}>${eId}].`,
        ),
      );
      const path = join(place, 'notes.docx');
      writeFileSync(path, await docxOf(withBody(blocks, { footnotes: notes })));
      const profile = `-env:UserInstallation=${pathToFileURL(join(place, 'profile')).href}`;
      await run(['soffice', profile, '--headless', '--convert-to', 'pdf', '--outdir', place, path]);
      const pages = (await judge.layoutOfPdf(path.replace(/docx$/, 'pdf'))).split('\f');
      const pageOf = (word: string) =>
        pages.findIndex((page) => new RegExp(`(?<![\\w])${word}\\b`).test(page));
      for (const { marker } of notes) {
        expect([marker, pageOf(`n${marker}w1`)]).toEqual([marker, pageOf(`p${marker}w40`)]);
        expect(pageOf(`n${marker}w20`)).toBeGreaterThanOrEqual(0);
      }
      expect(pageOf('n2w1')).toBe(pageOf('n1w1'));
      expect(pageOf('n14w1500')).toBeGreaterThan(pageOf('n14w1'));
    },
  );
});
