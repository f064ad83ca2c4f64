/**
 * Our own Markdown edition, read back: an equal document (DESIGN section 8), for every document that there is. With
 * ENGROSS_CORPUS=DIR, for each .txt and .md there too.
 */
import { describe, it } from 'vitest';
import { documentIn, everyInput } from './markdown-documents.js';
import { expectEqual } from './markdown-round-trip.js';
import { sample } from './sample.js';

describe('the Markdown edition, read back, is the document', () => {
  it('for a document with a node of every kind', async () => {
    await expectEqual(sample);
  });

  it.each(everyInput)('for $name', async ({ path }) => {
    const document = await documentIn(path);
    if (document) await expectEqual(document);
  });
});
