/**
 * A reader of Word files for the tests of the DOCX edition. It shares nothing with the writer: it unzips, parses the
 * XML strictly, and works out what Word prints from the standard (ECMA-376 part 1, 17.9 and 17.11).
 */
import { strFromU8, unzipSync } from 'fflate';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

const name = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
const attribute = `\\s+(${name})="([^"<]*)"`;
const tag = new RegExp(`<(/?)(${name})((?:${attribute})*)\\s*(/?)>`, 'y');

/** Parses a part. Throws for anything that isn't well-formed XML 1.0 without DTDs, comments and CDATA. */
export function parseXml(text: string): XmlElement {
  const root: { children: (XmlElement | string)[] } = { children: [] };
  const open: { name: string; children: (XmlElement | string)[] }[] = [];
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const words = text.slice(at, next < 0 ? undefined : next);
    if (words !== '') {
      const into = open.at(-1);
      if (!into) throw new Error(`text outside the root: ${words}`);
      into.children.push(decoded(words));
    }
    if (next < 0) break;
    tag.lastIndex = next;
    const match = tag.exec(text);
    if (!match) throw new Error(`no tag at ${text.slice(next, next + 80)}`);
    at = tag.lastIndex;
    const [, closing, tagName = '', attributeText = '', , , empty] = match;
    if (closing) {
      const last = open.pop();
      if (last?.name !== tagName) throw new Error(`</${tagName}> closes <${last?.name ?? 'nothing'}>`);
      continue;
    }
    const attributes: Record<string, string> = {};
    for (const [, key = '', val = ''] of attributeText.matchAll(new RegExp(attribute, 'g'))) {
      if (key in attributes) throw new Error(`${key} stands twice in <${tagName}>`);
      attributes[key] = decoded(val);
    }
    const element = { name: tagName, attributes, children: [] };
    (open.at(-1) ?? root).children.push(element);
    if (!empty) open.push(element);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)?.name ?? ''}> is not closed`);
  const [only, ...others] = root.children;
  if (typeof only !== 'object' || others.length > 0) throw new Error('not one root');
  return only;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text))
    throw new Error('forbidden character');
  return text.replace(/&([^;]*);?/g, (whole, entity: string) => {
    const character = entities[entity];
    if (character === undefined || !whole.endsWith(';')) throw new Error(`unknown entity ${whole}`);
    return character;
  });
}

export const elements = (element: XmlElement): XmlElement[] =>
  element.children.filter((child) => typeof child === 'object');

export const child = (element: XmlElement | undefined, wanted: string): XmlElement | undefined =>
  element && elements(element).find((one) => one.name === wanted);

export function* all(element: XmlElement, wanted?: string): Generator<XmlElement> {
  if (wanted === undefined || element.name === wanted) yield element;
  for (const one of elements(element)) yield* all(one, wanted);
}

export const val = (element: XmlElement | undefined): string | undefined => element?.attributes['w:val'];

export type Parts = ReadonlyMap<string, XmlElement>;

/** Every part of a Word file, parsed, in the file's order. */
export function partsOf(bytes: Uint8Array): Parts {
  return new Map(
    Object.entries(unzipSync(bytes)).map(([part, content]) => [part, parseXml(strFromU8(content))]),
  );
}

export function part(parts: Parts, wanted: string): XmlElement {
  const found = parts.get(wanted);
  if (!found) throw new Error(`no part ${wanted}`);
  return found;
}

// ------------------------------------------------------------------------------------------------ what is used

const styleUses: Readonly<Record<string, string>> = {
  'w:pStyle': 'paragraph',
  'w:rStyle': 'character',
  'w:tblStyle': 'table',
};

/** What the file uses and does not define, or defines twice: styles, lists and levels, notes, bookmarks, parts. */
export function undefinedIn(parts: Parts): string[] {
  const faults: string[] = [];
  const styles = new Map<string, string>();
  for (const style of all(part(parts, 'word/styles.xml'), 'w:style')) {
    const id = style.attributes['w:styleId'] ?? '';
    if (styles.has(id)) faults.push(`the style ${id} stands twice`);
    styles.set(id, style.attributes['w:type'] ?? '');
  }
  const numbering = part(parts, 'word/numbering.xml');
  const levels = new Map<string, Set<string>>();
  for (const one of all(numbering, 'w:abstractNum'))
    levels.set(
      one.attributes['w:abstractNumId'] ?? '',
      new Set([...all(one, 'w:lvl')].map((level) => level.attributes['w:ilvl'] ?? '')),
    );
  const lists = new Map<string, Set<string> | undefined>();
  for (const one of all(numbering, 'w:num')) {
    const id = one.attributes['w:numId'] ?? '';
    if (lists.has(id)) faults.push(`the list ${id} stands twice`);
    lists.set(id, levels.get(val(child(one, 'w:abstractNumId')) ?? ''));
  }
  const notes = new Set<string>();
  for (const one of all(part(parts, 'word/footnotes.xml'), 'w:footnote')) {
    const id = one.attributes['w:id'] ?? '';
    if (notes.has(id)) faults.push(`the note ${id} stands twice`);
    notes.add(id);
  }
  const bookmarks = new Set<string>();
  const open = new Set<string>();
  const called = new Set<string>();
  const referred: string[] = [];
  for (const [name, xml] of parts) {
    if (!/^word\/[\w/]+\.xml$/.test(name)) continue;
    const relations = parts.get(name.replace(/([^/]*)$/, '_rels/$1.rels'));
    const related = new Set(
      relations && [...all(relations, 'Relationship')].map((one) => one.attributes['Id']),
    );
    for (const one of all(xml)) {
      const used = val(one) ?? '';
      const type = styleUses[one.name];
      if (type !== undefined && styles.get(used) !== type) faults.push(`no ${type} style ${used} (${name})`);
      if (/^w:(basedOn|next|link)$/.test(one.name) && !styles.has(used))
        faults.push(`no style ${used} (${name})`);
      if (one.name === 'w:numPr' && val(child(one, 'w:numId')) !== '0') {
        const list = lists.get(val(child(one, 'w:numId')) ?? '');
        if (!list?.has(val(child(one, 'w:ilvl')) ?? '0')) faults.push(`no such list or level (${name})`);
      }
      if (one.name === 'w:footnoteReference') {
        const id = one.attributes['w:id'] ?? '';
        if (!notes.has(id)) faults.push(`no note ${id}`);
        if (called.has(id)) faults.push(`the note ${id} is called twice`);
        called.add(id);
      }
      if (one.name === 'w:bookmarkStart') {
        const bookmark = (one.attributes['w:name'] ?? '').toLowerCase();
        if (bookmarks.has(bookmark)) faults.push(`the bookmark ${bookmark} stands twice`);
        if (!/^[a-z_]\w{0,39}$/.test(bookmark)) faults.push(`${bookmark} is no name of a bookmark`);
        bookmarks.add(bookmark);
        open.add(one.attributes['w:id'] ?? '');
      }
      if (one.name === 'w:bookmarkEnd' && !open.delete(one.attributes['w:id'] ?? ''))
        faults.push(`a bookmark ends that has not begun (${name})`);
      if (one.name === 'w:hyperlink') referred.push(one.attributes['w:anchor'] ?? '');
      if (one.name === 'w:instrText')
        referred.push(...(/^ (?:NOTE)?REF (\S+)/.exec(one.children.join(''))?.slice(1) ?? []));
      for (const [key, id] of Object.entries(one.attributes))
        if (key.startsWith('r:') && !related.has(id)) faults.push(`no relation ${id} (${name})`);
    }
  }
  for (const bookmark of referred)
    if (!bookmarks.has(bookmark.toLowerCase())) faults.push(`no bookmark ${bookmark}`);
  for (const id of open) faults.push(`the bookmark with the id ${id} does not end`);
  for (const id of notes) if (Number(id) > 0 && !called.has(id)) faults.push(`nothing calls the note ${id}`);
  return faults;
}

// ------------------------------------------------------------------------------------------------ what Word prints

export interface PrintedCall {
  /** As Word prints it: its own count, or the custom mark. */
  readonly marker: string;
  readonly offset: number;
  /** Of the note; null for a mark that is text. */
  readonly id: number | null;
}

export interface PrintedReference {
  readonly bookmark: string;
  readonly words: string;
  readonly field: boolean;
  readonly offset: number;
}

export interface Printed {
  readonly style: string;
  /** What Word's numbering prints before the paragraph; null where it prints nothing. */
  readonly number: string | null;
  /** A bullet's glyph. */
  readonly bullet: string | null;
  /** The paragraph's own text, tabs included, calls left out. */
  readonly text: string;
  readonly calls: readonly PrintedCall[];
  readonly bookmarks: readonly string[];
  /** What the words refer to: where they are a REF field or a link to a paragraph. */
  readonly references: readonly PrintedReference[];
  readonly xml: XmlElement;
}

/** The paragraphs of a part as Word prints them; `numbers` counts on from part to part. */
export function printed(root: XmlElement, numbers: Numbers, marks: Marks): Printed[] {
  return [...ownParagraphs(root)].map((paragraph) => {
    const properties = child(paragraph, 'w:pPr');
    const number = numbers.next(child(properties, 'w:numPr'));
    const content: Content = { text: '', calls: [], bookmarks: [], references: [] };
    for (const element of elements(paragraph))
      if (element.name !== 'w:pPr') readInline(element, content, marks);
    return {
      style: val(child(properties, 'w:pStyle')) ?? '',
      number: number?.bullet === false ? number.text : null,
      bullet: number?.bullet === true ? number.text : null,
      xml: paragraph,
      text: content.text,
      calls: content.calls,
      bookmarks: content.bookmarks,
      references: content.references,
    };
  });
}

/** A table of contents repeats the headings: it is no words of the document. */
function* ownParagraphs(element: XmlElement): Generator<XmlElement> {
  if (element.name === 'w:sdt') return;
  if (element.name === 'w:p') yield element;
  else for (const one of elements(element)) yield* ownParagraphs(one);
}

interface Content {
  text: string;
  calls: PrintedCall[];
  bookmarks: string[];
  references: PrintedReference[];
  field?: { code: string; result: string | null } | undefined;
}

function readInline(element: XmlElement, content: Content, marks: Marks): void {
  const call = (marker: string, id: number | null) =>
    content.calls.push({ marker, offset: content.text.length, id });
  const refer = (bookmark: string, words: string, isField: boolean) => {
    content.references.push({ bookmark, words, field: isField, offset: content.text.length });
    content.text += words;
  };
  const reference = child(element, 'w:footnoteReference');
  const style = val(child(child(element, 'w:rPr'), 'w:rStyle')) ?? '';
  const boundary = child(element, 'w:fldChar')?.attributes['w:fldCharType'];
  const { field } = content;
  if (boundary === 'begin' && !field) content.field = { code: '', result: null };
  else if (boundary === 'separate' && field?.result === null) field.result = '';
  else if (boundary === 'end' && field?.result) {
    content.field = undefined;
    const reference = /^ REF (\S+) \\n \\h $/.exec(field.code)?.[1];
    if (reference === undefined) call(field.result, marks.referred(field.code, field.result));
    else refer(reference, field.result, true);
  } else if (boundary !== undefined) throw new Error(`a field’s ${boundary} out of place`);
  else if (field && field.result === null)
    field.code += child(element, 'w:instrText')?.children.join('') ?? '';
  else if (field) field.result = (field.result ?? '') + textIn(element);
  else if (reference) {
    const id = Number(reference.attributes['w:id']);
    call(marks.mark(id, reference.attributes['w:customMarkFollows'] === '1', textIn(element)), id);
  } else if (style.startsWith('FootnoteReference')) call(textIn(element), null);
  else if (element.name === 'w:bookmarkStart') {
    const bookmark = element.attributes['w:name'] ?? '';
    content.bookmarks.push(bookmark);
    marks.bookmark = bookmark;
  } else if (element.name === 'w:hyperlink' && !element.attributes['w:anchor']?.startsWith('_'))
    refer(element.attributes['w:anchor'] ?? '', textIn(element), false);
  else if (element.name === 'w:r' || element.name === 'w:t') content.text += textIn(element);
  else for (const inner of elements(element)) readInline(inner, content, marks);
}

/** The words of a run: w:t without xml:space="preserve" loses the spaces at its ends. */
export function textIn(element: XmlElement): string {
  let text = '';
  for (const one of all(element)) {
    if (one.name === 'w:tab') text += '\t';
    if (one.name !== 'w:t') continue;
    const words = one.children.join('');
    text += one.attributes['xml:space'] === 'preserve' ? words : words.trim();
  }
  return text;
}

/** How Word marks its notes: it counts those without a custom mark. */
export class Marks {
  bookmark = '';
  #count = 0;
  readonly #bookmarked = new Map<string, { readonly id: number; readonly mark: string }>();

  mark(id: number, custom: boolean, follows: string): string {
    if (!custom && follows !== '') throw new Error('text follows an automatic mark in its run');
    const mark = custom ? follows : String(++this.#count);
    this.#bookmarked.set(this.bookmark, { id, mark });
    return mark;
  }

  /** A NOTEREF prints the mark of the call that its bookmark encloses (17.16.5.38), whatever it showed last. */
  referred(instruction: string, shown: string): number {
    const bookmark = /^ NOTEREF (\S+) \\f \\h $/.exec(instruction)?.[1] ?? '';
    const call = this.#bookmarked.get(bookmark);
    if (call?.mark !== shown)
      throw new Error(`${instruction} shows ${shown} and refers to ${call?.mark ?? 'no call'}`);
    return call.id;
  }
}

interface Level {
  readonly start: number;
  readonly format: string;
  readonly text: string;
}

/** Word's counting (17.9): by definition and level; a level begins anew after a higher one. */
export class Numbers {
  readonly #levels = new Map<string, Map<number, Level>>();
  readonly #definitionOf = new Map<string, string>();
  readonly #counts = new Map<string, (number | undefined)[]>();

  constructor(numbering: XmlElement) {
    for (const definition of all(numbering, 'w:abstractNum')) {
      const levels = new Map<number, Level>();
      for (const level of all(definition, 'w:lvl'))
        levels.set(Number(level.attributes['w:ilvl']), {
          start: Number(val(child(level, 'w:start'))),
          format: val(child(level, 'w:numFmt')) ?? '',
          text: val(child(level, 'w:lvlText')) ?? '',
        });
      this.#levels.set(definition.attributes['w:abstractNumId'] ?? '', levels);
    }
    for (const instance of all(numbering, 'w:num')) {
      if (child(instance, 'w:lvlOverride')) throw new Error('this reader knows no overrides');
      this.#definitionOf.set(
        instance.attributes['w:numId'] ?? '',
        val(child(instance, 'w:abstractNumId')) ?? '',
      );
    }
  }

  next(properties: XmlElement | undefined): { readonly text: string; readonly bullet: boolean } | null {
    if (!properties) return null;
    const definition = this.#definitionOf.get(val(child(properties, 'w:numId')) ?? '');
    if (definition === undefined) throw new Error('a list that is not there');
    const at = Number(val(child(properties, 'w:ilvl')));
    const levels = this.#levels.get(definition);
    const level = levels?.get(at);
    if (!levels || !level) throw new Error(`a list without level ${at}`);
    if (level.format === 'bullet') return { text: level.text, bullet: true };
    const counts = this.#counts.get(definition) ?? [];
    this.#counts.set(definition, counts);
    counts[at] = (counts[at] ?? level.start - 1) + 1;
    counts.length = at + 1;
    const text = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const of = Number(digit) - 1;
      const other = levels.get(of);
      if (!other) throw new Error(`%${digit} of no level`);
      return wordNumeral(counts[of] ?? other.start, other.format);
    });
    return { text, bullet: false };
  }
}

function wordNumeral(count: number, format: string): string {
  const letters = () => {
    let rest = count;
    let times = 1;
    for (; rest > 26; rest -= 26) times++;
    return 'abcdefghijklmnopqrstuvwxyz'.charAt(rest - 1).repeat(times);
  };
  const places = [
    ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'],
    ['', 'x', 'xx', 'xxx', 'xl', 'l', 'lx', 'lxx', 'lxxx', 'xc'],
    ['', 'c', 'cc', 'ccc', 'cd', 'd', 'dc', 'dcc', 'dccc', 'cm'],
    ['', 'm', 'mm', 'mmm'],
  ];
  const roman = () =>
    [...String(count)]
      .reverse()
      .map((digit, place) => places[place]?.[Number(digit)] ?? '?')
      .reverse()
      .join('');
  switch (format) {
    case 'decimal':
      return String(count);
    case 'lowerLetter':
      return letters();
    case 'upperLetter':
      return letters().toUpperCase();
    case 'lowerRoman':
      return roman();
    case 'upperRoman':
      return roman().toUpperCase();
    default:
      throw new Error(`unknown format ${format}`);
  }
}
