/**
 * Normalise: the parsed lines become the settled `Document`. The order of work is that of the evidence: furniture
 * first (it cuts through sentences), then notes, then labels, then blocks, then regions and metadata.
 */
import { textOf, type Block, type Document, type Source } from '../document.js';
import { diagnose } from '../report.js';
import { reportColumns } from './columns.js';
import { findFurniture } from './furniture.js';
import {
  adoptedIn,
  dateOf,
  furnitureOf,
  learnFrom,
  placeOf,
  reportCharacters,
  setAside,
  stated,
  tellLanguage,
  textOfAll,
} from './metadata.js';
import { Nodes } from './nodes.js';
import { findNotes, type Notes } from './notes.js';
import type { TextRoot } from './plain.js';
import { regionsOf } from './regions.js';
import { withHeadsInOrder } from './scrambled-heads.js';
import { labelsOf } from './sequence.js';
import { openSheet, type Sheet } from './sheet.js';
import { overrulesOf, type Sidecar } from './sidecar.js';
import { documentTypeOf } from './document-types.js';
import { titleBlockOf } from './titles.js';
import { type Unit } from './unit.js';
import { unitsOf } from './units.js';

/** Settles a parsed text. `source` and `id` are what is known of the file; a sidecar overrules what is found. */
export function normalise(
  text: string,
  root: TextRoot,
  id: string,
  source: Source,
  sidecar?: Sidecar,
): Document {
  const sheet = openSheet(text, root);
  if (sidecar) sheet.overrules = overrulesOf(sidecar, sheet);
  findFurniture(sheet);
  for (const [index, stated] of sheet.overrules.furniture)
    if (stated) sheet.furniture.set(index, sheet.furniture.get(index) ?? 'stated');
    else sheet.furniture.delete(index);
  const notes = findNotes(sheet);
  const claimed = new Set(notes.definitions.flatMap((definition) => definition.lines));
  const units = withHeadsInOrder(sheet, unitsOf(sheet, labelsOf(withoutNotes(sheet, claimed)), claimed));
  const document = settle(sheet, notes, units, id, source);
  return sidecar ? stated(document, sidecar) : document;
}

/** The found parts, put together. */
function settle(sheet: Sheet, notes: Notes, units: readonly Unit[], id: string, source: Source): Document {
  const nodes = new Nodes(sheet, notes);
  const block = titleBlockOf(sheet, units);
  setAside(sheet, block.announcements, 'announcement');
  setAside(sheet, block.mastheads, 'masthead');
  setAside(sheet, block.repeated, 'repeated title');
  for (const unit of block.mastheads) learnFrom(sheet, unit);
  const preface = nodes.preface(block.parts);
  const regions = regionsOf(sheet, units.slice(block.taken));
  const language =
    sheet.facts.get('language')?.value ??
    tellLanguage(
      sheet,
      [...regions.preamble, ...regions.body],
      block.parts.map(({ unit }) => unit),
    );
  const { preamble, body, conclusions } = nodes.divisions(regions, '');
  const attachments = regions.parts.map((part, index) => nodes.attachment(part, index, language));
  const footnotes = nodes.footnotes();
  const mainBody = nodes.withUncalled(body);
  const title = textOfAll(preface, 'docTitle');
  const subtitle = textOfAll(preface, 'subtitle');
  const symbol = sheet.facts.get('symbol')?.value ?? (symbolsOf(preface) || null);
  const dated = dateOf(sheet, preface, conclusions, preamble[0] ?? body[0]);
  if (title === '')
    sheet.diagnostics.push(
      diagnose('title-missing', 'The document has no title that could be told from its text.'),
    );
  if (dated.date === null)
    sheet.diagnostics.push(diagnose('date-missing', 'No date was found in the title block.'));
  reportCharacters(sheet);
  reportColumns(sheet);
  return {
    id,
    language,
    title,
    subtitle: subtitle === '' ? null : subtitle,
    ...dated,
    documentType:
      documentTypeOf(title) ??
      documentTypeOf(subtitle) ??
      documentTypeOf(adoptedIn(sheet, block)) ??
      documentTypeOf(symbol ?? ''),
    symbol,
    place: placeOf(sheet, preface, conclusions),
    issuer: sheet.facts.get('issuer')?.value ?? null,
    preface,
    preamble,
    mainBody,
    conclusions,
    attachments,
    footnotes,
    furniture: furnitureOf(sheet),
    diagnostics: [...sheet.diagnostics].sort((one, other) => (one.line ?? 0) - (other.line ?? 0)),
    source,
  };
}

/** The symbols of a title block; one that another repeats (`85/214.` below `A/RES/85/214`) once. */
function symbolsOf(preface: readonly Block[]): string {
  const symbols = preface.flatMap((block) =>
    block.type === 'docNumber' ? [textOf(block.content).replace(/\.$/, '')] : [],
  );
  return symbols
    .filter(
      (one, at) =>
        !symbols.some((other, place) => place !== at && other.length > one.length && other.endsWith(one)),
    )
    .join(' ');
}

/** The sheet as the labels see it: the lines of notes are out of sight. */
function withoutNotes(sheet: Sheet, claimed: ReadonlySet<number>): Sheet {
  if (claimed.size === 0) return sheet;
  const furniture = new Map(sheet.furniture);
  for (const line of claimed) furniture.set(line, 'note');
  return { ...sheet, furniture };
}
