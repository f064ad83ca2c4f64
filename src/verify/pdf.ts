/**
 * Reads the PDF edition back: pdf.js says which characters each piece of marked content shows, and the file's own
 * structure tree (ISO 32000-1, 14.7) what the pieces are and in which order they are read.
 */
import type { Flat, FlatNote, Standing, Unit, UnitKind } from './flat.js';
import { Gatherer, Unreadable } from './flat.js';
import { destinationsIn } from './pdf/destinations.js';
import { fontsOf, type Fonts } from './pdf/fonts.js';
import { readPages, type PageText, type Piece } from './pdf/glyphs.js';
import { Name, readObjects, type Dictionary, type Objects, type Value } from './pdf/objects.js';

/** @throws Unreadable, PackageMissing */
export async function readPdf(bytes: Uint8Array): Promise<Flat> {
  const pages = await readPages(bytes);
  const objects = readObjects(bytes);
  const tree = objects.dictionary(objects.catalog.get('StructTreeRoot'));
  if (tree.size === 0) throw new Unreadable('it is not tagged');
  const numbers = pageNumbers(objects);
  const reading: Reading = {
    objects,
    pages,
    fonts: fontsOf(pages),
    numbers,
    read: pages.map(() => new Set()),
    body: [],
    notes: [],
    contents: [],
    seen: new Set(),
  };
  for (const kid of objects.list(tree.get('K')))
    readElement(objects.dictionary(kid), reading, top, reading.body);
  for (const [index, page] of pages.entries()) {
    // What is in no element of the tree is read by nobody who needs the tags, and printed all the same.
    const untagged = [...page.marked]
      .filter(([mcid]) => !reading.read[index]?.has(mcid))
      .map(([, pieces]) => textIn(pieces));
    const text = [...untagged, page.loose].join(' ');
    const gatherer = new Gatherer();
    gatherer.add(text);
    if (text.trim() !== '')
      reading.body.push({
        kind: 'paragraph',
        pins: null,
        label: null,
        ...gatherer.gathered(),
        place: `page ${index + 1}, untagged`,
      });
  }
  const { body, notes, contents } = reading;
  return { body, notes, contents, targets: destinationsIn(objects, numbers) };
}

const textIn = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('');

/** What encloses an element. */
interface Inside {
  /** How many bodies of list items. */
  readonly indents: number;
  /** A Sect, which is an attachment. */
  readonly isAttached: boolean;
  /** A Div, which is a block of signatures. */
  readonly isSignature: boolean;
}

const top: Inside = { indents: 0, isAttached: false, isSignature: false };

interface Reading {
  readonly objects: Objects;
  readonly pages: readonly PageText[];
  readonly fonts: Fonts;
  readonly numbers: ReadonlyMap<Dictionary, number>;
  /** Which marked content has been read, by page. */
  readonly read: readonly Set<number>[];
  readonly body: Unit[];
  readonly notes: FlatNote[];
  readonly contents: Unit[];
  readonly seen: Set<Dictionary>;
}

/** The pages by their dictionaries, from 1. */
function pageNumbers(objects: Objects): ReadonlyMap<Dictionary, number> {
  const numbers = new Map<Dictionary, number>();
  const look = (node: Dictionary, depth: number): void => {
    if (depth > 50) throw new Unreadable('its pages lie too deep in each other');
    if (!node.has('Kids')) numbers.set(node, numbers.size + 1);
    else for (const kid of objects.list(node.get('Kids'))) look(objects.dictionary(kid), depth + 1);
  };
  look(objects.dictionary(objects.catalog.get('Pages')), 0);
  return numbers;
}

const tagOf = (element: Dictionary, { objects }: Reading): string => {
  const tag = objects.resolve(element.get('S'));
  return tag instanceof Name ? tag.name : '';
};

// ------------------------------------------------------------------------------------------------ elements

/** @param label the label of the list item that this is the body of, until a unit has taken it */
function readElement(
  element: Dictionary,
  reading: Reading,
  inside: Inside,
  into: Unit[],
  label?: Label,
): void {
  once(element, reading);
  const tag = tagOf(element, reading);
  switch (tag) {
    case 'P':
    case 'TD':
    case 'TH':
    case 'H':
    case 'H1':
    case 'H2':
    case 'H3':
    case 'H4':
    case 'H5':
    case 'H6':
      readText(element, tag, reading, inside, into, label);
      return;
    case 'LI':
      readItem(element, reading, inside, into);
      return;
    case 'Note':
      readNote(element, reading);
      return;
    case 'TOC':
      readContents(element, reading);
      return;
    default:
      readGroup(
        element,
        reading,
        {
          indents: inside.indents + (tag === 'LBody' ? 1 : 0),
          isAttached: inside.isAttached || tag === 'Sect',
          isSignature: inside.isSignature || tag === 'Div',
        },
        into,
        label,
      );
  }
}

function kindOf(tag: string, { isSignature }: Inside): UnitKind {
  if (tag.startsWith('H')) return 'heading';
  if (tag.startsWith('T')) return 'cell';
  return isSignature ? 'signature' : 'paragraph';
}

/** @param isLabelled it stands in the body of its own label */
function standingOf(tag: string, { indents, isAttached }: Inside, isLabelled: boolean): Standing {
  if (/^H\d$/.test(tag)) return { isAttached, rank: Number(tag.slice(1)) };
  return { isAttached, indents: indents - (isLabelled ? 1 : 0) };
}

/** An element stands in the tree once; a tree that says otherwise has no end. */
function once(element: Dictionary, reading: Reading): void {
  if (element.size > 0 && reading.seen.has(element))
    throw new Unreadable('an element of its structure tree stands twice');
  reading.seen.add(element);
}

/** A printed label, and whether a unit has it already. */
interface Label {
  readonly text: string;
  readonly page: number;
  readonly place: string;
  taken: boolean;
}

function readItem(item: Dictionary, reading: Reading, inside: Inside, into: Unit[]): void {
  let label: Label | undefined;
  for (const kid of kidsOf(item, reading)) {
    if (!('tag' in kid)) throw new Unreadable('a list item of it holds text of its own');
    if (kid.tag === 'Lbl') {
      const read = textOf(kid.element, reading);
      label = { text: read.gatherer.text.trim(), page: read.page, place: read.place, taken: false };
    } else readElement(kid.element, reading, inside, into, label);
  }
  if (label && !label.taken) into.push(labelAlone(label, inside));
}

const labelAlone = ({ text, place, page }: Label, inside: Inside): Unit => ({
  kind: kindOf('P', inside),
  pins: null,
  label: text,
  words: [],
  calls: [],
  standing: { isAttached: inside.isAttached },
  page,
  place,
});

/** What only holds other elements; a label whose body begins with no text stands alone. */
function readGroup(element: Dictionary, reading: Reading, inside: Inside, into: Unit[], label?: Label): void {
  const tag = tagOf(element, reading);
  for (const kid of kidsOf(element, reading)) {
    if (!('tag' in kid)) {
      const { text, place } = kid;
      const gatherer = new Gatherer();
      gatherer.add(text);
      if (text.trim() !== '')
        into.push({ kind: 'paragraph', pins: null, label: null, ...gatherer.gathered(), place });
      continue;
    }
    if (label && !label.taken && kid.tag !== 'P') {
      into.push(labelAlone(label, inside));
      label.taken = true;
    }
    readElement(kid.element, reading, inside, into, tag === 'LBody' ? label : undefined);
  }
}

function readText(
  element: Dictionary,
  tag: string,
  reading: Reading,
  inside: Inside,
  into: Unit[],
  label?: Label,
): void {
  const { gatherer, place, page, below } = textOf(element, reading);
  const isLabelled = label !== undefined && !label.taken;
  if (isLabelled) label.taken = true;
  const kind = kindOf(tag, inside);
  // Titles, headings and heads of tables are bold as a whole.
  const isBold = kind === 'heading' || tag === 'TH';
  const { tells } = reading.fonts;
  into.push({
    kind,
    pins: null,
    label: isLabelled ? label.text : kind === 'heading' ? null : '',
    ...gatherer.gathered(),
    emphasis: {
      ...(tells.emphasis && { emphasis: gatherer.marked('emphasis') }),
      ...(tells.strong && !isBold && { strong: gatherer.marked('strong') }),
      untold: gatherer.marked('untold'),
    },
    standing: standingOf(tag, inside, isLabelled),
    ...(page > 0 && { page: isLabelled ? label.page : page }),
    place,
  });
  for (const one of below) readElement(one, reading, inside, into);
}

/** A table of contents: each entry is a link to what it repeats, with the number of its page beside it. */
function readContents(table: Dictionary, reading: Reading): void {
  const { objects } = reading;
  for (const kid of kidsOf(table, reading)) {
    if (!('tag' in kid)) throw new Unreadable('its table of contents holds text of its own');
    once(kid.element, reading);
    if (kid.tag === 'TOC' || kid.tag === 'TOCI' || kid.tag === 'Reference')
      readContents(kid.element, reading);
    else if (kid.tag === 'Link') {
      const gatherer = new Gatherer();
      let [pin, number, place] = ['', '', ''];
      for (const part of kidsOf(kid.element, reading)) {
        if (!('tag' in part)) {
          gatherer.add(part.text);
          place ||= part.place;
        } else if (part.tag === 'OBJR') {
          const target = objects.resolve(objects.dictionary(part.element.get('Obj')).get('Dest'));
          if (typeof target === 'string') pin = target;
        } else number += textOf(part.element, reading).gatherer.text;
      }
      if (!/^\d+$/.test(number.trim()))
        throw new Unreadable(`its table of contents says “${number}” where the number of a page should be`);
      reading.contents.push({ kind: 'paragraph', pins: [pin], label: null, ...gatherer.gathered(), place });
    } else textOf(kid.element, reading);
  }
}

function readNote(note: Dictionary, reading: Reading): void {
  const { objects } = reading;
  const id = objects.resolve(note.get('ID'));
  const key = typeof id === 'string' ? id : '';
  const units: Unit[] = [];
  let label: Label | undefined;
  // Notes that this one calls stand beside it, or in it.
  for (const kid of kidsOf(note, reading)) {
    if (!('tag' in kid)) throw new Unreadable('a note of it holds text of its own');
    if (kid.tag === 'Lbl') {
      const read = textOf(kid.element, reading);
      label = { text: read.gatherer.text.trim(), page: read.page, place: read.place, taken: false };
    } else readElement(kid.element, reading, top, units, label);
  }
  if (label && !label.taken) units.unshift(labelAlone(label, top));
  const [first, ...rest] = units;
  if (first) {
    const own = { ...first, kind: 'note', standing: undefined } as const;
    const below = rest.map((unit) => ({ ...unit, standing: { ...unit.standing, isAttached: undefined } }));
    reading.notes.push({ key, pins: [key], units: [own, ...below] });
  }
}

// ------------------------------------------------------------------------------------------------ text

interface TextRead {
  readonly gatherer: Gatherer;
  /** 0 where it shows nothing. */
  readonly page: number;
  readonly place: string;
  /** Elements within that are no part of the text. */
  readonly below: readonly Dictionary[];
}

/** The words of an element with those of the Links and Spans in it; a Reference is a call. */
function textOf(element: Dictionary, reading: Reading): TextRead {
  const gatherer = new Gatherer();
  const below: Dictionary[] = [];
  let page = 0;
  const read = (one: Dictionary): void => {
    for (const kid of kidsOf(one, reading)) {
      if (!('tag' in kid)) {
        page ||= kid.page;
        for (const { text, font } of kid.pieces) gatherer.add(text, reading.fonts.marksOf(font));
      } else if (kid.tag === 'Reference') {
        once(kid.element, reading);
        const call = callOf(kid.element, reading);
        gatherer.call(call.marker, call.note);
      } else if (kid.tag === 'Link' || kid.tag === 'Span') {
        once(kid.element, reading);
        read(kid.element);
      } else below.push(kid.element);
    }
  };
  read(element);
  return { gatherer, page, place: page > 0 ? `page ${page}` : 'no page', below };
}

function callOf(reference: Dictionary, reading: Reading): { marker: string; note: string | null } {
  const { objects } = reading;
  let marker = '';
  let note: string | null = null;
  const read = (one: Dictionary): void => {
    for (const kid of kidsOf(one, reading)) {
      if (!('tag' in kid)) marker += kid.text;
      else if (kid.tag === 'OBJR') {
        const target = objects.resolve(objects.dictionary(kid.element.get('Obj')).get('Dest'));
        if (typeof target === 'string') note = target;
      } else {
        once(kid.element, reading);
        read(kid.element);
      }
    }
  };
  read(reference);
  return { marker: marker.trim(), note };
}

type Kid =
  | { readonly tag: string; readonly element: Dictionary }
  | {
      readonly text: string;
      readonly pieces: readonly Piece[];
      readonly page: number;
      readonly place: string;
    };

/** What an element holds, in order: elements, annotations (`OBJR`), and the text of marked content. */
function kidsOf(element: Dictionary, reading: Reading): Kid[] {
  const { objects, numbers } = reading;
  const own = element.get('Pg');
  const content = (pointer: Value | undefined, mcid: Value): Kid => {
    const page = numbers.get(objects.dictionary(pointer)) ?? 0;
    const pieces = typeof mcid === 'number' ? reading.pages[page - 1]?.marked.get(mcid) : undefined;
    if (typeof mcid !== 'number' || pieces === undefined)
      throw new Unreadable('its structure tree names content that no page has');
    const read = reading.read[page - 1];
    if (read?.has(mcid)) throw new Unreadable(`its structure tree names content of page ${page} twice`);
    read?.add(mcid);
    return { text: textIn(pieces), pieces, page, place: `page ${page}` };
  };
  return objects.list(element.get('K')).map((kid): Kid => {
    const resolved = objects.resolve(kid);
    if (typeof resolved === 'number') return content(own, resolved);
    const below = objects.dictionary(kid);
    const type = objects.resolve(below.get('Type'));
    if (type instanceof Name && type.name === 'OBJR') return { tag: 'OBJR', element: below };
    if (type instanceof Name && type.name === 'MCR')
      return content(below.get('Pg') ?? own, objects.resolve(below.get('MCID')));
    return { tag: tagOf(below, reading), element: below };
  });
}
