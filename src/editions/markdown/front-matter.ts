/**
 * The YAML block at the top: what a catalogue wants to know, in the words that site generators and pandoc use, and
 * under `engross` what the edition needs to be read back into an equal document: where each region begins, and what
 * the attachments are.
 */
import type { Block, Document, Paragraph } from '../../document.js';
import { callsByFootnote, regions } from '../../document.js';

type Value = string | number | readonly Value[] | { readonly [key: string]: Value };
type Fields = Readonly<Record<string, Value | null | undefined>>;

/** @param bullet the glyph that a bullet has where its pin says nothing */
export async function frontMatter(document: Document, pins: boolean, bullet: string | null): Promise<string> {
  const { stringify } = await import('yaml');
  const fields = present({
    title: document.title,
    subtitle: document.subtitle,
    date: document.date,
    datePrinted: document.datePrinted,
    language: document.language,
    type: document.documentType,
    symbol: document.symbol,
    place: document.place,
    issuer: document.issuer,
    engross: pins ? structure(document, bullet) : undefined,
  });
  // `compat`: readers of YAML 1.1 must not take a date for a timestamp, or Norwegian (`no`) for false.
  return stringify(fields, { lineWidth: 0, blockQuote: false, compat: 'yaml-1.1' }).trimEnd();
}

function structure(document: Document, bullet: string | null): Value {
  const begins = Object.fromEntries(
    regions.flatMap((region) => {
      const first = document[region][0];
      return first && region !== 'attachments' ? [[region, first.eId]] : [];
    }),
  );
  return present({
    version: 1,
    regions: begins,
    bullet: bullet ?? undefined,
    attachments: document.attachments.length > 0 ? document.attachments.map(attachmentFields) : undefined,
    footnotes: orderOfNotes(document),
  });
}

const attachmentFields = (one: Document['attachments'][number]): Value =>
  present({
    eId: one.eId,
    kind: one.kind,
    num: one.num,
    title: one.title,
    language: one.language,
    first: one.children[0]?.eId,
  });

/** The eIds of the notes in the document's order, where notes that nothing calls stand among them. */
function orderOfNotes(document: Document): readonly string[] | undefined {
  const calls = callsByFootnote(document);
  const hasUncalled = document.footnotes.some((note) => (calls.get(note.eId) ?? []).length === 0);
  const isPrinted = [...document.mainBody, ...document.preamble, ...document.conclusions, ...document.preface]
    .concat(document.attachments.flatMap((one) => one.children))
    .some(isNote);
  return hasUncalled || isPrinted ? document.footnotes.map((note) => note.eId) : undefined;
}

function isNote(block: Block | Paragraph): boolean {
  return block.type === 'paragraph' && (block.role === 'note' || block.children.some(isNote));
}

function present(fields: Fields): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      (entry): entry is [string, Value] => entry[1] !== null && entry[1] !== undefined,
    ),
  );
}
