/**
 * Our own Markdown edition, read back: an equal document, and a sensible one where a person has corrected it. What a
 * pin says is believed; where none stands, the rules of `editions/markdown/pins.ts` hold, then those of the reader.
 */
import type { Root } from 'mdast';
import { controlAt } from '../../characters.js';
import type { Document, Source } from '../../document.js';
import { diagnose, Refusal } from '../../report.js';
import { statedOtherwise } from '../metadata.js';
import { listNames, type Sidecar } from '../sidecar.js';
import { definitionsIn } from './blocks.js';
import { assemble } from './edition/assembly.js';
import { readBlock } from './edition/blocks.js';
import { announceNote, readNote } from './edition/notes.js';
import { Reading } from './edition/reading.js';
import type { Metadata, Structure } from './front-matter.js';

/** @param fields the front matter; `structure` is what it says under `engross` */
export function readEdition(
  text: string,
  root: Root,
  fields: Readonly<Record<string, unknown>>,
  structure: Structure,
  id: string,
  source: Source,
  sidecar?: Sidecar,
): Document {
  if (sidecar) refuseLines(sidecar);
  const reading = new Reading(text, structure);
  readBlocks(reading, root);
  reportControls(reading);
  const document = assemble(reading, fields, id, source);
  return sidecar ? overruled(document, sidecar) : document;
}

/** Reads all blocks, then the notes, and closes the ledger. */
function readBlocks(reading: Reading, root: Root): void {
  const heads = definitionsIn(root.children).map((definition) => announceNote(reading, definition));
  for (const block of root.children) readBlock(reading, block, 0);
  reading.closeSignature();
  for (const head of heads) readNote(reading, head);
  for (const { start, end } of reading.words.waiting) reading.ledger.setAside(start, end, 'attachment label');
  reading.ledger.close();
}

/** Reports the first of each kind of character that no reader sees. */
function reportControls({ text, ledger, diagnostics }: Reading): void {
  const seen = new Set<string>();
  for (const { offset, name } of controlAt(text)) {
    if (seen.has(name)) continue;
    seen.add(name);
    const place = ledger.place(offset, offset + 1);
    diagnostics.push(diagnose('character-control', `There is a ${name} in the text.`, place));
  }
}

/** An edition's pins say what each line is: a sidecar states its metadata only. */
function refuseLines(sidecar: Sidecar): void {
  const name = listNames.find((list) => sidecar[list].length > 0);
  if (name === undefined) return;
  throw new Refusal(
    diagnose(
      'sidecar-unmatched',
      `“${name}” names lines, but this text is a Markdown edition of Engross, whose pins say what each line is.`,
      { line: sidecar[name][0]?.line ?? 1 },
      'Correct the Markdown itself and delete the entries; for an edition, a sidecar states metadata alone.',
    ),
  );
}

/** The document with the metadata that a person's sidecar states. */
function overruled(document: Document, sidecar: Sidecar): Document {
  const stated = Object.fromEntries(sidecar.fields) as Partial<Metadata>;
  return {
    ...document,
    ...stated,
    title: stated.title ?? (sidecar.fields.has('title') ? '' : document.title),
    language: stated.language ?? document.language,
    diagnostics: [...document.diagnostics, ...statedOtherwise(document, sidecar)],
  };
}
