/**
 * Permanent independent judges: veraPDF, the Open XML SDK validator, qpdf, poppler, pandoc, LibreOffice and Python's
 * csv read the editions of every input, of a text with notes, and of the sample that has every kind of node.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document, Inline } from '../src/document.js';
import { textNodes, textOf } from '../src/document.js';
import { read, render } from '../src/index.js';
import { dotx } from './docx-house.js';
import { communique, root } from './engross.js';
import * as judge from './judge-tools.js';
import { sample } from './sample.js';

const inCi = process.env['CI'] === 'true';

it.runIf(inCi)('every judge is here', () => {
  const missing = Object.entries(judge.present).filter(([, here]) => !here);
  expect(
    missing.map(([name]) => name),
    judge.cure,
  ).toEqual([]);
});

/** A test that runs where the judge is installed, else is skipped; in CI it runs and fails. */
const asks = (name: keyof typeof judge.present) => {
  if (!judge.present[name] && !inCi) console.warn(`${name} is not here and was not asked; ${judge.cure}`);
  return it.runIf(judge.present[name] || inCi);
};

const withNotes = communique
  .replace('northern coast.', 'northern coast.[1]')
  .concat('\n[1] Also called the cold coast.\n');

let place = '';
const subjects: { readonly document: Document; readonly path: string }[] = [];

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'engross-judges-'));
  const put = async (document: Document) => {
    const path = join(place, document.id, document.id);
    mkdirSync(join(place, document.id));
    for (const [name, bytes] of await render(document, ['md', 'pdf', 'docx', 'csv']))
      writeFileSync(join(place, document.id, name), bytes);
    subjects.push({ document, path });
  };
  for (const file of readdirSync(join(root, 'input'))
    .filter((name) => name.endsWith('.txt'))
    .sort())
    await put((await read(readFileSync(join(root, 'input', file)), { file })).document);
  await put((await read(new TextEncoder().encode(withNotes), { file: 'with-notes.txt' })).document);
  await put(sample);
});

afterAll(() => {
  rmSync(place, { recursive: true, force: true });
});

/** The committed editions of a kind, and the ones made here. */
function filesEnding(ending: string): string[] {
  const committed = readdirSync(join(root, 'output'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(root, 'output', name));
  return [...committed.sort(), ...subjects.map(({ path }) => path + ending)];
}

/** Letters and digits alone: what every reader must agree on, wherever it breaks lines and hyphenates. */
const bare = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');

/** The runs of words between calls, bare. */
function runsOf(content: readonly Inline[]): string[] {
  const runs = [''];
  for (const inline of content) {
    if (inline.type === 'text') runs.push((runs.pop() ?? '') + inline.value);
    else runs.push('');
  }
  return runs.map(bare).filter((run) => run !== '');
}

/** What a reader has not found of a document: whole runs, or where pages may break them their beginnings and ends. */
function missing(document: Document, text: string, ends?: number): string[] {
  const found = bare(text);
  return [...textNodes(document)]
    .flatMap(({ node }) => runsOf(node.content))
    .flatMap((run) => (ends === undefined ? [run] : [run.slice(0, ends), run.slice(-ends)]))
    .filter((run) => !found.includes(run));
}

/** The labels that a reader has not found in front of their paragraphs. */
function unlabelled(document: Document, text: string): string[] {
  const found = bare(text);
  return [...textNodes(document)].flatMap(({ node }) => {
    if (node.type !== 'paragraph' || node.num === null || node.role === 'note') return [];
    const start = bare(node.num) + (runsOf(node.content)[0] ?? '').slice(0, 20);
    return found.includes(start) ? [] : [`${node.num} ${textOf(node.content).slice(0, 40)}`];
  });
}

describe('PDF', () => {
  asks('veraPDF')('conforms to PDF/UA-1 and PDF/A-2a', async () => {
    const files = filesEnding('.pdf');
    const verdicts = await judge.veraPdfOn(files);
    expect(verdicts).toHaveLength(files.length * 2);
    const failed = verdicts.filter((verdict) => !verdict.compliant);
    expect(
      failed.map(
        (verdict) => `${files[verdict.index] ?? ''} ${verdict.profile}: ${verdict.failures.join('; ')}`,
      ),
    ).toEqual([]);
  });

  asks('veraPDF')('and the judge finds fault with one that does not', async () => {
    const plain = await judge.uncompressed(filesEnding('.pdf')[0] ?? '', join(place, 'plain.pdf'));
    const faulty = join(place, 'faulty.pdf');
    writeFileSync(
      faulty,
      readFileSync(plain, 'latin1').replace('/DisplayDocTitle true', '/DisplayDocTitle null'),
      'latin1',
    );
    const [whole, broken] = (await judge.veraPdfOn([plain, faulty])).filter(
      ({ profile }) => profile === 'ua1',
    );
    expect(whole?.failures.join()).not.toContain('DisplayDocTitle');
    expect(broken?.failures.join()).toContain('DisplayDocTitle');
  });

  asks('qpdf')('is sound to qpdf', async () => {
    for (const file of filesEnding('.pdf'))
      expect(await judge.qpdfOn(file)).toContain('No syntax or stream encoding errors');
  });

  asks('poppler')('reads as its document to poppler, page by page and by its structure', async () => {
    for (const { document, path } of subjects) {
      const text = await judge.textOfPdf(`${path}.pdf`);
      expect(missing(document, text, 30), document.id).toEqual([]);
      expect(unlabelled(document, text), document.id).toEqual([]);
      const structure = await judge.structureOfPdf(`${path}.pdf`);
      expect(missing(document, structure, 30), document.id).toEqual([]);
    }
  });
});

describe('DOCX', () => {
  asks('Open XML SDK')('has no errors in the Open XML SDK', async () => {
    for (const file of filesEnding('.docx')) expect(await judge.openXmlOn(file), file).toEqual([]);
  });

  asks('Open XML SDK')('has none with a house template either', async () => {
    const template = join(place, 'ministry.json');
    writeFileSync(template, JSON.stringify({ docx: { house: 'ministry.dotx' } }));
    writeFileSync(join(place, 'ministry.dotx'), dotx());
    const file = join(place, 'ministry.docx');
    for (const [, bytes] of await render(sample, ['docx'], { template })) writeFileSync(file, bytes);
    expect(await judge.openXmlOn(file)).toEqual([]);
  });

  asks('pandoc')('reads as its document to pandoc', async () => {
    for (const { document, path } of subjects) {
      const text = await judge.pandocOn(`${path}.docx`, 'docx');
      expect(missing(document, text), document.id).toEqual([]);
    }
  });

  asks('LibreOffice')(
    'opens in LibreOffice, which prints every paragraph, label and note',
    { timeout: 300_000 },
    async () => {
      for (const { document, path } of subjects) {
        const printed = await judge.libreOfficeOn(`${path}.docx`, join(place, 'libreoffice'));
        const text = await judge.textOfPdf(printed);
        expect(missing(document, text, 20), document.id).toEqual([]);
        expect(unlabelled(document, await judge.layoutOfPdf(printed)), document.id).toEqual([]);
      }
    },
  );
});

describe('Markdown', () => {
  asks('pandoc')('reads as its document to pandoc, labels and notes too', async () => {
    for (const { document, path } of subjects) {
      const text = await judge.pandocOn(`${path}.md`, 'gfm');
      expect(missing(document, text), document.id).toEqual([]);
      expect(unlabelled(document, text), document.id).toEqual([]);
    }
  });
});

describe('CSV', () => {
  asks('Python')('reads as its document to Python', async () => {
    for (const { document, path } of subjects) {
      const [head = [], ...rows] = await judge.pythonCsvOn(`${path}.csv`);
      expect(rows.filter((row) => row.length !== head.length)).toEqual([]);
      const notes = await judge.pythonCsvOn(`${path}.footnotes.csv`);
      expect(
        missing(document, [...rows, ...notes].map((row) => row.join('\n')).join('\n')).filter(
          (run) => run.length > 3,
        ),
        document.id,
      ).toEqual([]);
    }
  });
});
