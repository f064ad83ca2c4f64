/** What the tests of the DOCX edition share: a file made without a build, its parts, and small documents for it. */
import { readFileSync } from 'node:fs';
import { unzipSync, zipSync } from 'fflate';
import type { Block, Diagnostic, Document, Footnote, Heading, Paragraph } from '../src/document.js';
import { edition } from '../src/editions/docx.js';
import type { Template } from '../src/template.js';
import { all, Marks, Numbers, part, partsOf, printed, type Parts, type Printed } from './docx-reading.js';
import { inline, sample } from './sample.js';

/** The default template. */
export const standard = JSON.parse(readFileSync('templates/default.json', 'utf8')) as Template;

/** What a test may want otherwise. */
export interface Making {
  readonly template?: Template;
  readonly version?: string;
  /** The bytes of a house template, which the template then names. */
  readonly house?: Uint8Array;
  /** Takes the warnings. */
  readonly warnings?: Diagnostic[];
}

/** The DOCX edition of a document, with the default template. */
export async function docxOf(document: Document, making: Making = {}): Promise<Uint8Array> {
  const { template = standard, version = '1.2.3', house, warnings = [] } = making;
  const bytes = await edition.render(document, {
    template: house ? { ...template, docx: { ...template.docx, house: 'house.dotx' } } : template,
    version,
    buildDate: '2020-02-02',
    font: () => Promise.reject(new Error('no font is needed')),
    asset: (file) =>
      house && file === 'house.dotx' ? Promise.resolve(house) : Promise.reject(new Error(file)),
    warn: (diagnostic) => warnings.push(diagnostic),
  });
  if (!(bytes instanceof Uint8Array)) throw new Error('one file is expected');
  return bytes;
}

/** The XML parts of the edition: a picture is none. */
export async function docxParts(document: Document, making?: Making): Promise<Parts> {
  return xmlPartsOf(await docxOf(document, making));
}

export function xmlPartsOf(bytes: Uint8Array): Parts {
  const xml = Object.entries(unzipSync(bytes)).filter(([name]) => !name.includes('/media/'));
  return partsOf(zipSync(Object.fromEntries(xml)));
}

export interface PrintedNote {
  readonly id: number;
  readonly paragraphs: readonly Printed[];
}

/** The text and the notes as Word prints them. */
export function printedIn(parts: Parts): { body: Printed[]; notes: PrintedNote[] } {
  const numbers = new Numbers(part(parts, 'word/numbering.xml'));
  const marks = new Marks();
  const body = printed(part(parts, 'word/document.xml'), numbers, marks);
  const notes = [...all(part(parts, 'word/footnotes.xml'), 'w:footnote')]
    .filter((one) => Number(one.attributes['w:id']) > 0)
    .map((one) => ({ id: Number(one.attributes['w:id']), paragraphs: printed(one, numbers, marks) }));
  return { body, notes };
}

/** The sample with this text alone. */
export const withBody = (mainBody: readonly Block[], more: Partial<Document> = {}): Document => ({
  ...sample,
  preface: [],
  preamble: [],
  mainBody,
  conclusions: [],
  attachments: [],
  footnotes: [],
  ...more,
});

const unplaced = { source: { start: 0, end: 1, line: 7, lastLine: 7 }, leaves: [] } as const;

export const note = (
  eId: string,
  marker: string,
  words: string,
  children: readonly Paragraph[] = [],
): Footnote => ({ type: 'footnote', marker, eId, content: inline(words), children, ...unplaced });

export const heading = (eId: string, level: number, num: string | null, words: string): Heading => ({
  type: 'heading',
  level,
  num,
  eId,
  content: inline(words),
  ...unplaced,
});
