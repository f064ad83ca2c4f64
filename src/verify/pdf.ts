/**
 * Reads the PDF edition back: pdf.js says which characters each piece of marked content shows, and the file's own
 * structure tree (ISO 32000-1, 14.7) what the pieces are and in which order they are read.
 */
import type { Flat, FlatNote, Unit, UnitKind } from './flat.js';
import { Gatherer, Unreadable } from './flat.js';
import { readPages, type PageText } from './pdf/glyphs.js';
import { Name, readObjects, type Dictionary, type Objects, type Value } from './pdf/objects.js';

/** @throws Unreadable, PackageMissing */
export async function readPdf(bytes: Uint8Array): Promise<Flat> {
  const pages = await readPages(bytes);
  const objects = readObjects(bytes);
  const tree = objects.dictionary(objects.catalog.get('StructTreeRoot'));
  if (tree.size === 0) throw new Unreadable('it is not tagged');
  const reading: Reading = {
    objects,
    pages,
    numbers: pageNumbers(objects),
    read: pages.map(() => new Set()),
    body: [],
    notes: [],
    contents: [],
    seen: new Set(),
  };
  for (const kid of objects.list(tree.get('K'))) readElement(objects.dictionary(kid), reading, reading.body);
  for (const [index, page] of pages.entries()) {
    // What is in no element of the tree is read by nobody who needs the tags, and printed all the same.
    const untagged = [...page.marked]
      .filter(([mcid]) => !reading.read[index]?.has(mcid))
      .map(([, text]) => text);
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
  return { body: reading.body, notes: reading.notes, contents: reading.contents };
}

interface Reading {
  readonly objects: Objects;
  readonly pages: readonly PageText[];
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
function readElement(element: Dictionary, reading: Reading, into: Unit[], label?: Label): void {
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
      readText(element, kindOf(tag), reading, into, label);
      return;
    case 'LI':
      readItem(element, reading, into);
      return;
    case 'Note':
      readNote(element, reading);
      return;
    case 'TOC':
      readContents(element, reading);
      return;
    default:
      readGroup(element, reading, into, label);
  }
}

function kindOf(tag: string): UnitKind {
  if (tag.startsWith('H')) return 'heading';
  return tag.startsWith('T') ? 'cell' : 'paragraph';
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
  readonly place: string;
  taken: boolean;
}

function readItem(item: Dictionary, reading: Reading, into: Unit[]): void {
  let label: Label | undefined;
  for (const kid of kidsOf(item, reading)) {
    if (!('tag' in kid)) throw new Unreadable('a list item of it holds text of its own');
    if (kid.tag === 'Lbl') {
      const read = textOf(kid.element, reading);
      label = { text: read.gatherer.text.trim(), place: read.place, taken: false };
    } else readElement(kid.element, reading, into, label);
  }
  if (label && !label.taken) into.push(labelAlone(label));
}

const labelAlone = ({ text, place }: Label): Unit => ({
  kind: 'paragraph',
  pins: null,
  label: text,
  words: [],
  calls: [],
  place,
});

/** What only holds other elements; a label whose body begins with no text stands alone. */
function readGroup(element: Dictionary, reading: Reading, into: Unit[], label?: Label): void {
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
      into.push(labelAlone(label));
      label.taken = true;
    }
    readElement(kid.element, reading, into, tag === 'LBody' ? label : undefined);
  }
}

function readText(element: Dictionary, kind: UnitKind, reading: Reading, into: Unit[], label?: Label): void {
  const { gatherer, place, below } = textOf(element, reading);
  const isLabelled = label !== undefined && !label.taken;
  if (isLabelled) label.taken = true;
  into.push({
    kind,
    pins: null,
    label: isLabelled ? label.text : kind === 'heading' ? null : '',
    ...gatherer.gathered(),
    place,
  });
  for (const one of below) readElement(one, reading, into);
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
      label = { text: read.gatherer.text.trim(), place: read.place, taken: false };
    } else readElement(kid.element, reading, units, label);
  }
  if (label && !label.taken) units.unshift(labelAlone(label));
  const [first, ...rest] = units;
  if (first) reading.notes.push({ key, pins: [key], units: [{ ...first, kind: 'note' }, ...rest] });
}

// ------------------------------------------------------------------------------------------------ text

interface TextRead {
  readonly gatherer: Gatherer;
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
        gatherer.add(kid.text);
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
  return { gatherer, place: page > 0 ? `page ${page}` : 'no page', below };
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
  | { readonly text: string; readonly page: number; readonly place: string };

/** What an element holds, in order: elements, annotations (`OBJR`), and the text of marked content. */
function kidsOf(element: Dictionary, reading: Reading): Kid[] {
  const { objects, numbers } = reading;
  const own = element.get('Pg');
  const content = (pointer: Value | undefined, mcid: Value): Kid => {
    const page = numbers.get(objects.dictionary(pointer)) ?? 0;
    const text = typeof mcid === 'number' ? reading.pages[page - 1]?.marked.get(mcid) : undefined;
    if (typeof mcid !== 'number' || text === undefined)
      throw new Unreadable('its structure tree names content that no page has');
    const read = reading.read[page - 1];
    if (read?.has(mcid)) throw new Unreadable(`its structure tree names content of page ${page} twice`);
    read?.add(mcid);
    return { text, page, place: `page ${page}` };
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
