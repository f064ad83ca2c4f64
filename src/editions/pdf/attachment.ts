/** The file inside the file: the JSON edition, so that the pages carry the data that they were made of (ISO 19005-3, 6.8). */
import { createHash } from 'node:crypto';
import type { Document } from '../../document.js';
import { fileDate, type Context } from '../edition.js';
import { text, type PdfFile } from './file.js';
import { nameTree } from './tags.js';

/** Embeds the JSON edition as an associated file of the document. */
export async function attachSource(file: PdfFile, document: Document, context: Context): Promise<void> {
  if (!context.other) throw new Error('the context has no other editions to embed');
  const bytes = await context.other('json');
  const name = `${document.id}.json`;
  const stream = file.reference({
    Type: 'EmbeddedFile',
    // `/` is written as a code in a name (ISO 32000-1, 7.3.5).
    Subtype: 'application#2Fjson',
    Params: {
      Size: bytes.length,
      ModDate: new Date(`${fileDate(document, context)}T00:00:00Z`),
      CheckSum: createHash('md5').update(bytes).digest(),
    },
  });
  stream.end(bytes);
  const specification = file.reference({
    Type: 'Filespec',
    F: text(name),
    UF: text(name),
    Desc: text('The document as data: its structure, words and notes.'),
    AFRelationship: 'Alternative',
    EF: { F: stream, UF: stream },
  });
  specification.end();
  file.names['EmbeddedFiles'] = nameTree(file, [[name, specification]]);
  file.catalog['AF'] = [specification];
}
