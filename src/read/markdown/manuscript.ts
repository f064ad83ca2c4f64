/**
 * Markdown that a person wrote: the grammar says what are words, the stages that read plain text what they mean. They
 * read a projection of the text (`projection.ts`); then every node gets its words, emphasis and leaves from the source.
 */
import type { FootnoteDefinition, Root } from 'mdast';
import { unified } from 'unified';
import type { Block, Document, Source } from '../../document.js';
import { textNodes, textOf } from '../../document.js';
import { Refusal } from '../../report.js';
import { normalise } from '../normalise.js';
import { Pins } from '../pins.js';
import { engrossParse } from '../plain.js';
import type { Sidecar } from '../sidecar.js';
import { definitionsIn, tablesIn } from './blocks.js';
import type { Called } from './fold.js';
import { metadataOf, type Metadata } from './front-matter.js';
import { Ledger } from './ledger.js';
import { movedToSource } from './manuscript/diagnostics.js';
import { asidesOf, enterAsides } from './manuscript/furniture.js';
import { Nodes } from './manuscript/nodes.js';
import { announcedNote, Notes } from './manuscript/notes.js';
import { overruling } from './manuscript/overruling.js';
import { sharesOf } from './manuscript/shares.js';
import { insertTable, tableOf } from './manuscript/tables.js';
import { Words } from './manuscript/words.js';
import { project, type Projection } from './projection.js';
import { withUncalled } from './uncalled-notes.js';

type Fields = Readonly<Record<string, unknown>>;

export function readManuscript(
  text: string,
  root: Root,
  fields: Fields,
  id: string,
  source: Source,
  sidecar?: Sidecar,
): Document {
  const ledger = new Ledger(text);
  const projection = project(text, root, ledger);
  const read = readProjection(projection, ledger, id, source, overruling(text, projection, sidecar));
  const { pins, ...parts } = partsInSource(text, root, ledger, projection, read);
  ledger.close();
  return withUncalled(
    {
      ...read,
      ...metadataIn(read, parts.preface, projection, fields, sidecar),
      ...parts,
      furniture: ledger.furniture,
      diagnostics: movedToSource(read.diagnostics, projection, ledger),
    },
    pins,
    (note) => note.leaves.length > 0,
  );
}

/** Reads the projection as plain text; what is refused there is said of the source. */
function readProjection(
  projection: Projection,
  ledger: Ledger,
  id: string,
  source: Source,
  sidecar: Sidecar,
): Document {
  try {
    const root = unified().use(engrossParse).parse(projection.text);
    return normalise(projection.text, root, id, source, sidecar);
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(...movedToSource(error.diagnostics, projection, ledger));
    throw error;
  }
}

type Parts = Pick<
  Document,
  'preface' | 'preamble' | 'mainBody' | 'conclusions' | 'attachments' | 'footnotes'
> & { readonly pins: Pins };

/** The parts of a document that was read from the projection, with the words of the source; all words are entered. */
function partsInSource(
  text: string,
  root: Root,
  ledger: Ledger,
  projection: Projection,
  document: Document,
): Parts {
  const pins = pinsIn(document);
  const definitions = definitionsIn(root.children).map((definition) => ({
    definition,
    called: announcedNote(definition, pins),
  }));
  const asides = asidesOf(projection, document.furniture);
  const shares = sharesOf(projection, document, asides.items);
  const words = new Words(text, ledger, projection, shares, calledBy(definitions));
  const nodes = new Nodes(ledger, projection, words);
  const blocksOf = (blocks: readonly Block[]): Block[] => blocks.map((block) => nodes.block(block));
  const preface = blocksOf(document.preface);
  const preamble = blocksOf(document.preamble);
  const mainBody = blocksOf(document.mainBody);
  const conclusions = blocksOf(document.conclusions);
  const attachments = document.attachments.map((one) => nodes.attachment(one));
  const places = [preamble, mainBody, conclusions, ...attachments.map(({ children }) => children)];
  for (const table of tablesIn(root.children))
    insertTable(tableOf(text, table, pins, words, ledger), places, mainBody);
  const printed = document.footnotes.map((note) => nodes.footnote(note));
  const notes = new Notes(text, pins, words, ledger);
  const defined = definitions.map(({ definition, called }) => notes.note(definition, called));
  enterAsides(text, ledger, projection, asides, shares);
  return { preface, preamble, mainBody, conclusions, attachments, footnotes: [...printed, ...defined], pins };
}

/** The eIds that a document has, so that new ones are others. */
function pinsIn(document: Document): Pins {
  const pins = new Pins();
  for (const { node } of textNodes(document)) pins.claim(node.eId);
  for (const one of document.attachments) pins.claim(one.eId);
  return pins;
}

/** By the identifier of a definition, the first where it is defined twice: what its calls print. */
function calledBy(
  definitions: readonly { definition: FootnoteDefinition; called: Called }[],
): ReadonlyMap<string, Called> {
  const byIdentifier = new Map<string, Called>();
  for (const { definition, called } of definitions)
    if (!byIdentifier.has(definition.identifier)) byIdentifier.set(definition.identifier, called);
  return byIdentifier;
}

/** The metadata: what front matter states, unless a sidecar says otherwise; but the title is what the text prints. */
function metadataIn(
  document: Document,
  preface: readonly Block[],
  { restore }: Projection,
  fields: Fields,
  sidecar: Sidecar | undefined,
): Partial<Metadata> {
  const told = Object.fromEntries(
    Object.entries(metadataOf(fields)).filter(
      ([name, value]) =>
        value !== undefined && name !== 'title' && sidecar?.fields.has(name as 'date') !== true,
    ),
  );
  const printed = preface
    .flatMap((block) => (block.type === 'docTitle' ? [textOf(block.content)] : []))
    .join(' ');
  const title = sidecar?.fields.has('title') === true ? document.title : printed;
  const nullable = (value: string | null): string | null => (value === null ? null : restore(value));
  return {
    subtitle: nullable(document.subtitle),
    datePrinted: nullable(document.datePrinted),
    symbol: nullable(document.symbol),
    place: nullable(document.place),
    issuer: nullable(document.issuer),
    ...told,
    title: title === '' ? restore(document.title) : title,
  };
}
