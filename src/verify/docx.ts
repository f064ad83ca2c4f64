/**
 * Reads the DOCX edition back from its XML (ECMA-376 part 1): every part is parsed strictly, labels and marks are worked
 * out as Word will print them, and what Word would not show is left out.
 */
import { unzipSync } from 'fflate';
import { Numbering } from './docx/numbering.js';
import { kindOf, standingOf, stylesIn } from './docx/styles.js';
import { allOf, childOf, elementsOf, isOn, readXml, valueOf, type XmlElement } from './docx/xml.js';
import type { Flat, FlatNote, Unit, UnitKind } from './flat.js';
import { Gatherer, Unreadable } from './flat.js';

/** @throws Unreadable */
export function readDocx(bytes: Uint8Array): Flat {
  const parts = partsOf(bytes);
  const document = parts.get('word/document.xml');
  const body = childOf(document, 'w:body');
  if (!body) throw new Unreadable('it has no body');
  const settings = parts.get('word/settings.xml');
  for (const part of [document, settings])
    for (const one of part ? allOf(part, 'w:footnotePr') : [])
      if (childOf(one, 'w:numFmt') ?? childOf(one, 'w:numStart') ?? childOf(one, 'w:numRestart'))
        throw new Unreadable('it counts its notes in a way that this reader doesn’t know');
  const reading: Reading = {
    numbering: new Numbering(parts.get('word/numbering.xml'), parts.get('word/styles.xml')),
    marks: new Map(),
    counted: 0,
    marked: new Map(),
    pins: [],
    open: new Map(),
    bookmarks: new Map(),
    paragraphs: 0,
    part: 'word/document.xml',
    inner: [],
    styles: stylesIn(parts.get('word/styles.xml')),
    numbers: new Map(),
    references: [],
    contents: [],
  };
  const units: Unit[] = [];
  readBlocks(body, 'paragraph', units, reading);
  const notes = readNotes(parts.get('word/footnotes.xml'), reading);
  for (const { bookmark, shown, paragraph } of reading.references) {
    // A number without the stop after it (17.16.5.59, \\n).
    const number = reading.numbers.get(bookmark)?.replace(/\.$/, '');
    if (number !== shown)
      throw new Unreadable(
        `in ${paragraph} a field shows “${shown}” and Word will print “${number ?? 'an error'}”`,
      );
  }
  return { body: units, notes, contents: reading.contents, targets: reading.bookmarks };
}

/** A bookmark's name stands once, whatever its case: Word keeps the first alone. */
function bookmarked(element: XmlElement, { bookmarks }: Reading): string {
  const name = element.attributes.get('w:name') ?? '';
  if (bookmarks.has(name)) throw new Unreadable(`the bookmark ${name} stands in it twice`);
  bookmarks.set(name, null);
  return name;
}

/** The name of the style that a paragraph, run or table says it has; '' for none. */
const styleOf = (properties: XmlElement | undefined, element: string, { styles }: Reading): string => {
  const id = valueOf(childOf(properties, element));
  return id === undefined ? '' : (styles.get(id) ?? '');
};

function partsOf(bytes: Uint8Array): ReadonlyMap<string, XmlElement> {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes);
  } catch (error) {
    throw new Unreadable(`it is no ZIP file (${error instanceof Error ? error.message : String(error)})`);
  }
  return new Map(
    Object.entries(files)
      .filter(([name]) => /\.(xml|rels)$/.test(name))
      .map(([name, content]) => [name, readXml(content, name)]),
  );
}

/** Stands in a note’s opening for the mark that Word counts. */
const counted = '\ufffc';

/** What is known of the file while it is read, in Word's order. */
interface Reading {
  readonly numbering: Numbering;
  /** The printed mark of each note by its id; a note that is called twice has the first. */
  readonly marks: Map<string, string>;
  /** How many notes Word has counted. */
  counted: number;
  /** The notes whose first call a bookmark encloses. */
  readonly marked: Map<string, string>;
  /** Bookmarks that stand between paragraphs and name the next. */
  pins: string[];
  /** Those of them that are open, by their ids. */
  readonly open: Map<string, string>;
  /** Every bookmark so far. */
  readonly bookmarks: Map<string, null>;
  paragraphs: number;
  part: string;
  /** Notes that are printed within another one, for notes have no notes in Word. */
  inner: readonly { readonly key: string; readonly marker: string }[];
  readonly styles: ReadonlyMap<string, string>;
  /** The printed numbers of paragraphs by the bookmarks in them. */
  readonly numbers: Map<string, string>;
  /** Fields that show a paragraph's number. */
  readonly references: { readonly bookmark: string; readonly shown: string; readonly paragraph: string }[];
  readonly contents: Unit[];
}

// ------------------------------------------------------------------------------------------------ blocks

function readBlocks(parent: XmlElement, kind: UnitKind, into: Unit[], reading: Reading): void {
  for (const element of elementsOf(parent))
    switch (element.name) {
      case 'w:p':
        into.push(readParagraph(element, kind, reading));
        break;
      case 'w:tbl': {
        const style = styleOf(childOf(element, 'w:tblPr'), 'w:tblStyle', reading);
        for (const row of elementsOf(element).filter((one) => one.name === 'w:tr'))
          for (const cell of elementsOf(row).filter((one) => one.name === 'w:tc'))
            readBlocks(cell, style === 'signaturetable' ? 'paragraph' : 'cell', into, reading);
        break;
      }
      case 'w:sdt':
        readContents(element, reading);
        break;
      case 'w:bookmarkStart': {
        const name = bookmarked(element, reading);
        reading.pins.push(name);
        reading.open.set(element.attributes.get('w:id') ?? '', name);
        break;
      }
      case 'w:bookmarkEnd':
        reading.open.delete(element.attributes.get('w:id') ?? '');
        break;
      case 'w:sectPr':
      case 'w:tcPr':
        break;
      default:
        throw new Unreadable(`it holds <${element.name}>, which this reader doesn’t know`);
    }
}

/** A table of contents: each entry is a link to what it repeats. */
function readContents(block: XmlElement, reading: Reading): void {
  const gallery = [...allOf(block, 'w:docPartGallery')][0];
  if (valueOf(gallery) !== 'Table of Contents')
    throw new Unreadable('it holds a <w:sdt> that is no table of contents');
  for (const paragraph of allOf(block, 'w:p')) {
    const style = styleOf(childOf(paragraph, 'w:pPr'), 'w:pStyle', reading);
    const links = elementsOf(paragraph).filter((one) => one.name === 'w:hyperlink');
    const besides = elementsOf(paragraph)
      .filter((one) => one.name === 'w:r' && !childOf(one, 'w:fldChar') && !childOf(one, 'w:instrText'))
      .map(shownIn);
    if (style !== 'tocheading' && besides.join('').trim() !== '')
      throw new Unreadable(`its table of contents says “${besides.join('')}”, which leads nowhere`);
    for (const link of links) {
      const gatherer = new Gatherer();
      for (const run of elementsOf(link)) gatherer.add(shownIn(run));
      reading.contents.push({
        kind: 'paragraph',
        pins: [link.attributes.get('w:anchor') ?? ''],
        label: null,
        ...gatherer.gathered(),
        place: 'the table of contents',
      });
    }
  }
}

function readParagraph(paragraph: XmlElement, kind: UnitKind, reading: Reading): Unit {
  const properties = childOf(paragraph, 'w:pPr');
  const style = styleOf(properties, 'w:pStyle', reading);
  const number = reading.numbering.next(
    childOf(properties, 'w:numPr'),
    valueOf(childOf(properties, 'w:pStyle')) ?? '',
  );
  reading.paragraphs += 1;
  const line = new Line(reading, reading.part === 'word/footnotes.xml');
  line.pins.push(...reading.pins);
  reading.pins = [];
  for (const element of elementsOf(paragraph)) if (element.name !== 'w:pPr') line.read(element);
  if (number && !number.isBullet) for (const pin of line.pins) reading.numbers.set(pin, number.text);
  if (line.field) throw new Unreadable(`a field of paragraph ${reading.paragraphs} has no end`);
  const tab = line.content.text.indexOf('\t');
  const isTold = number === null && tab >= 0;
  return {
    kind: kindOf(style, kind),
    pins: line.pins,
    label: number && !number.isBullet ? number.text : isTold ? line.content.text.slice(0, tab) : null,
    ...(number?.isBullet ? { bullet: number.text, label: '' } : number ? { bullet: null } : {}),
    ...line.content.gathered(isTold ? tab + 1 : 0),
    emphasis: {
      emphasis: line.content.marked('emphasis', isTold ? tab + 1 : 0),
      strong: line.content.marked('strong', isTold ? tab + 1 : 0),
    },
    // The styles of notes indent in ways of their own.
    standing:
      reading.part === 'word/document.xml' ? standingOf(style, [...reading.open.values()]) : undefined,
    place: `paragraph ${reading.paragraphs} of ${reading.part}`,
  };
}

// ------------------------------------------------------------------------------------------------ lines

interface Field {
  code: string;
  result: string | null;
  /** How the words that it shows are emphasised. */
  marks: readonly string[];
}

/** The words and calls of one paragraph. */
class Line {
  readonly content = new Gatherer();
  readonly pins: string[] = [];
  field: Field | null = null;
  #isBegun = false;
  readonly #reading: Reading;
  readonly #inNote: boolean;
  /** Bookmarks that are open: one of them may enclose a call. */
  readonly #open = new Map<string, string>();

  constructor(reading: Reading, inNote: boolean) {
    this.#reading = reading;
    this.#inNote = inNote;
  }

  read(element: XmlElement): void {
    switch (element.name) {
      case 'w:r':
        this.#run(element);
        return;
      case 'w:bookmarkStart': {
        const bookmark = bookmarked(element, this.#reading);
        this.#open.set(element.attributes.get('w:id') ?? '', bookmark);
        this.pins.push(bookmark);
        return;
      }
      case 'w:bookmarkEnd':
        this.#open.delete(element.attributes.get('w:id') ?? '');
        return;
      case 'w:hyperlink': {
        const anchor = element.attributes.get('w:anchor');
        const note = anchor === undefined ? undefined : this.#reading.marked.get(anchor);
        if (note === undefined) for (const child of elementsOf(element)) this.read(child);
        else this.#call(elementsOf(element).map(shownIn).join(''), note);
        return;
      }
      case 'w:ins':
      case 'w:smartTag':
        for (const child of elementsOf(element)) this.read(child);
        return;
      case 'w:del':
      case 'w:proofErr':
        return;
      default:
        throw new Unreadable(`it holds <${element.name}>, which this reader doesn’t know`);
    }
  }

  #call(marker: string, note: string | null): void {
    this.#isBegun = true;
    this.content.call(marker, note);
  }

  #run(run: XmlElement): void {
    const boundary = childOf(run, 'w:fldChar')?.attributes.get('w:fldCharType');
    const field = this.field;
    if (boundary !== undefined) this.#boundary(boundary);
    else if (field && field.result === null)
      field.code += elementsOf(run)
        .filter((one) => one.name === 'w:instrText')
        .map((one) => one.children.join(''))
        .join('');
    else if (field) {
      field.result = (field.result ?? '') + shownIn(run);
      field.marks = marksOf(run, this.#reading);
    } else this.#words(run);
  }

  #boundary(type: string): void {
    const field = this.field;
    if (type === 'begin' && !field) this.field = { code: '', result: null, marks: [] };
    else if (type === 'separate' && field?.result === null) field.result = '';
    else if (type === 'end' && field) {
      this.field = null;
      const [, kind, bookmark = '', switches = ''] = /^\s*(\w+)\s+(\S+)(.*)$/.exec(field.code) ?? [];
      const shown = field.result ?? '';
      const note = this.#reading.marked.get(bookmark);
      if (kind === 'NOTEREF') {
        if (note === undefined) throw new Unreadable(`a field refers to ${bookmark}, which encloses no call`);
        // Word will print the first call's mark, whatever the field showed last: one that differs is not as printed.
        const mark = this.#reading.marks.get(note) ?? '';
        this.#call(mark === shown ? mark : `${shown} (${mark})`, note);
        return;
      }
      if (kind === 'REF' && /\\[nrw]/.test(switches))
        this.#reading.references.push({
          bookmark,
          shown,
          paragraph: `paragraph ${this.#reading.paragraphs} of ${this.#reading.part}`,
        });
      else throw new Unreadable(`it has a field ${kind ?? ''}, which this reader doesn’t know`);
      this.content.add(shown, field.marks);
    } else throw new Unreadable(`a field’s ${type} is out of place`);
  }

  #words(run: XmlElement): void {
    const reference = childOf(run, 'w:footnoteReference');
    if (reference) {
      if (isHidden(run)) return;
      const id = reference.attributes.get('w:id') ?? '';
      const follows = shownIn(run);
      const isCustom = ['1', 'true', 'on'].includes(reference.attributes.get('w:customMarkFollows') ?? '');
      if (!isCustom) this.#reading.counted += 1;
      const mark = isCustom ? follows : String(this.#reading.counted);
      if (!this.#reading.marks.has(id)) this.#reading.marks.set(id, mark);
      for (const bookmark of this.#open.values()) this.#reading.marked.set(bookmark, id);
      this.#call(mark, id);
      if (!isCustom) this.content.add(follows);
      return;
    }
    const style = styleOf(childOf(run, 'w:rPr'), 'w:rStyle', this.#reading);
    const text = shownIn(run);
    if (!this.#inNote || !style.startsWith('footnotereference')) {
      if (text !== '') this.#isBegun = true;
      this.content.add(text, marksOf(run, this.#reading));
    } else if (this.#isBegun) {
      const inner = this.#reading.inner.findLast((one) => one.marker === text);
      this.#call(text, inner?.key ?? null);
    } else {
      this.#isBegun = true;
      this.content.add(childOf(run, 'w:footnoteRef') ? counted : text);
    }
  }
}

/** How a run is emphasised: by its character style, or by itself (17.3.2). */
function marksOf(run: XmlElement, reading: Reading): readonly string[] {
  const properties = childOf(run, 'w:rPr');
  const style = styleOf(properties, 'w:rStyle', reading);
  const marks: string[] = [];
  if (style === 'emphasis' || style === 'intenseemphasis' || isOn(childOf(properties, 'w:i')))
    marks.push('emphasis');
  if (style === 'strong' || style === 'intenseemphasis' || isOn(childOf(properties, 'w:b')))
    marks.push('strong');
  return marks;
}

const isHidden = (run: XmlElement): boolean => {
  const properties = childOf(run, 'w:rPr');
  return isOn(childOf(properties, 'w:vanish')) || isOn(childOf(properties, 'w:specVanish'));
};

/** The words that a run shows; a w:t that doesn't say otherwise loses the spaces at its ends. */
function shownIn(run: XmlElement): string {
  if (isHidden(run)) return '';
  let text = '';
  for (const one of elementsOf(run))
    switch (one.name) {
      case 'w:t': {
        const words = one.children.map((child) => (typeof child === 'string' ? child : '')).join('');
        text +=
          one.attributes.get('xml:space') === 'preserve' ? words : words.replace(/^[ \t\n]+|[ \t\n]+$/g, '');
        break;
      }
      case 'w:tab':
      case 'w:ptab':
        text += '\t';
        break;
      case 'w:br':
      case 'w:cr':
        text += ' ';
        break;
      case 'w:noBreakHyphen':
        text += '\u2011';
        break;
      case 'w:softHyphen':
        text += '\u00ad';
        break;
      case 'w:rPr':
      case 'w:footnoteReference':
      case 'w:footnoteRef':
      case 'w:delText':
      case 'w:lastRenderedPageBreak':
        break;
      default:
        throw new Unreadable(`it holds <${one.name}>, which this reader doesn’t know`);
    }
  return text;
}

// ------------------------------------------------------------------------------------------------ notes

/** A note is a w:footnote of the part, or printed below the one that calls it, with its own mark in front. */
function readNotes(part: XmlElement | undefined, reading: Reading): FlatNote[] {
  if (!part) return [];
  reading.part = 'word/footnotes.xml';
  const notes: FlatNote[] = [];
  for (const note of elementsOf(part)) {
    if (note.name !== 'w:footnote') throw new Unreadable(`its notes hold <${note.name}>`);
    if (/eparator$/.test(note.attributes.get('w:type') ?? '')) continue;
    const id = note.attributes.get('w:id') ?? '';
    // Notes within it are named before its text is read, for the text calls them.
    const inner = innerNotes(note, id, reading);
    reading.inner = [...inner.values()];
    const units: Unit[] = [];
    readBlocks(note, 'paragraph', units, reading);
    const found: { readonly key: string; readonly units: Unit[] }[] = [{ key: id, units: [] }];
    for (const [index, unit] of units.entries()) {
      const key = inner.get(index)?.key;
      if (key !== undefined) found.push({ key, units: [] });
      const into = found.at(-1)?.units;
      const label = unit.label === counted ? (reading.marks.get(id) ?? '') : unit.label;
      into?.push(into.length > 0 ? unit : { ...unit, kind: 'note', label });
    }
    notes.push(...found.map((one) => ({ ...one, pins: one.units[0]?.pins ?? [] })));
  }
  return notes;
}

/** Notes that stand within another one, by the index of their first paragraphs. */
function innerNotes(
  note: XmlElement,
  id: string,
  reading: Reading,
): ReadonlyMap<number, { key: string; marker: string }> {
  const inner = new Map<number, { key: string; marker: string }>();
  for (const [index, paragraph] of elementsOf(note).entries()) {
    const first = elementsOf(paragraph).find((one) => one.name === 'w:r');
    const style = styleOf(childOf(first, 'w:rPr'), 'w:rStyle', reading);
    const ofParagraph = styleOf(childOf(paragraph, 'w:pPr'), 'w:pStyle', reading);
    if (index > 0 && first && style.startsWith('footnotereference') && ofParagraph === 'footnotetext')
      inner.set(index, { key: `${id}.${index}`, marker: shownIn(first) });
  }
  return inner;
}
