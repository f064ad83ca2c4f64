/** The document that our own edition is, put together from its front matter and from what was read. */
import type { Block, Document, Footnote, Source } from '../../../document.js';
import { textOf } from '../../../document.js';
import { findDate } from '../../dates.js';
import { languageOf } from '../../language.js';
import { documentTypeOf } from '../../document-types.js';
import { metadataOf } from '../front-matter.js';
import { withUncalled } from '../uncalled-notes.js';
import type { Growing } from './growing.js';
import type { Reading } from './reading.js';
import { titleOf } from './title.js';

export function assemble(
  reading: Reading,
  fields: Readonly<Record<string, unknown>>,
  id: string,
  source: Source,
): Document {
  const { ledger, regions, eIds, diagnostics, printedNotes } = reading;
  const told = metadataOf(fields);
  const title = titleOf(told.title, regions.blocks.preface);
  const printed = told.datePrinted ?? null;
  const document: Document = {
    id,
    language: told.language ?? languageIn([...regions.blocks.preamble, ...regions.blocks.mainBody]),
    title,
    subtitle: told.subtitle ?? null,
    date: told.date ?? (printed === null ? null : (findDate(printed)?.iso ?? null)),
    datePrinted: printed,
    documentType: told.documentType ?? (fields['type'] === undefined ? null : documentTypeOf(title)),
    symbol: told.symbol ?? null,
    place: told.place ?? null,
    issuer: told.issuer ?? null,
    ...regions.blocks,
    attachments: regions.attachments(ledger),
    footnotes: notesInOrder(reading),
    furniture: ledger.furniture,
    diagnostics,
    source,
  };
  return withUncalled(document, eIds.pins, (note) => !printedNotes.has(note.eId));
}

/** The notes in the document's order, where the front matter says one; else in that of their definitions. */
function notesInOrder({ structure, notes }: Reading): Growing<Footnote>[] {
  const order = new Map(structure.footnotes.map((eId, index) => [eId, index]));
  return notes
    .map((note, index) => ({ note, at: order.get(note.eId) ?? structure.footnotes.length + index }))
    .sort((one, other) => one.at - other.at)
    .map(({ note }) => note);
}

function languageIn(blocks: readonly Block[]): string {
  const words = blocks.map((block) => ('content' in block ? textOf(block.content) : ''));
  return languageOf(words.join(' ').slice(0, 12000)).language;
}
