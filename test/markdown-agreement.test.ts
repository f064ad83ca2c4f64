/**
 * CommonMark (cmark), GitHub (cmark-gfm), pandoc and remark agree with each document about every paragraph, label and
 * note of its Markdown edition, with pins and without. With ENGROSS_CORPUS=DIR, for each .txt and .md there too.
 */
import { describe, expect, it } from 'vitest';
import type { Document } from '../src/document.js';
import { documentIn, editionOf, everyInput } from './markdown-documents.js';
import { readers } from './markdown-readers.js';
import { sample } from './sample.js';

describe.each(readers)('$name finds what the document says', ({ isAsked, finds, expected }) => {
  const asks = it.runIf(isAsked);

  async function expectAgreement(document: Document): Promise<void> {
    for (const pins of [true, false]) {
      const markdown = await editionOf(document, pins);
      expect(await finds(markdown), markdown).toEqual(expected(document));
    }
  }

  asks('in a document with a node of every kind', async () => {
    await expectAgreement(sample);
  });

  asks.each(everyInput)('in $name', async ({ path }) => {
    const document = await documentIn(path);
    if (document) await expectAgreement(document);
  });
});
