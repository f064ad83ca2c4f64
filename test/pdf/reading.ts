/**
 * Reads a PDF edition back: the characters of each piece of marked content as pdf.js finds them (by the fonts'
 * ToUnicode), put together by the file's own structure tree.
 */
import { getDocument, OPS, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { Name, readObjects, type Dictionary, type Objects, type Value } from './objects.js';

/** An element of the structure tree. */
export interface Tagged {
  readonly tag: string;
  readonly id: string | null;
  readonly language: string | null;
  readonly attributes: Dictionary;
  /** Text is as printed: a soft hyphen where a word is divided, a space at the end of a line. */
  readonly kids: readonly (Tagged | string)[];
  /** The annotations that it encloses. */
  readonly annotations: readonly Dictionary[];
  /** Of its first content, counted from 1; 0 where it has none. */
  readonly page: number;
}

export interface ReadBack {
  readonly objects: Objects;
  readonly root: Tagged;
  readonly pages: readonly ReadPage[];
}

export interface ReadPage {
  /** By marked-content identifier. */
  readonly marked: ReadonlyMap<number, string>;
  /** The text of artifacts, one string each. */
  readonly artifacts: readonly string[];
  /** Text that stands in no marked content at all: there must be none. */
  readonly loose: string;
}

interface GlyphOfPdfJs {
  readonly unicode: string;
}

/** Reads a file. */
export async function readBack(bytes: Uint8Array): Promise<ReadBack> {
  const objects = readObjects(bytes);
  const pages = await readPages(bytes);
  const pageNumbers = new Map<Dictionary, number>();
  const catalog = objects.dictionary(objects.trailer['Root']);
  for (const [index, page] of objects.array(objects.dictionary(catalog['Pages'])['Kids']).entries())
    pageNumbers.set(objects.dictionary(page), index + 1);
  const [root] = objects.array(objects.dictionary(catalog['StructTreeRoot'])['K']);
  return { objects, pages, root: tagged(objects.dictionary(root), { objects, pages, pageNumbers }) };
}

interface Setting {
  readonly objects: Objects;
  readonly pages: readonly ReadPage[];
  readonly pageNumbers: ReadonlyMap<Dictionary, number>;
}

function tagged(element: Dictionary, setting: Setting): Tagged {
  const { objects, pages, pageNumbers } = setting;
  const own = pageNumbers.get(objects.dictionary(element['Pg'])) ?? 0;
  let first = 0;
  const content = (page: number, mcid: Value | undefined): string => {
    first ||= page;
    const text = pages[page - 1]?.marked.get(Number(mcid));
    if (text === undefined) throw new Error(`no content ${String(mcid)} on page ${page}`);
    return text;
  };
  const annotations: Dictionary[] = [];
  const kids = objects.array(element['K']).flatMap((kid): (Tagged | string)[] => {
    if (typeof kid === 'number') return [content(own, kid)];
    const dictionary = objects.dictionary(kid);
    const type = dictionary['Type'];
    if (type instanceof Name && type.name === 'OBJR') {
      annotations.push(objects.dictionary(dictionary['Obj']));
      return [];
    }
    if (type instanceof Name && type.name === 'MCR')
      return [content(pageNumbers.get(objects.dictionary(dictionary['Pg'])) ?? 0, dictionary['MCID'])];
    const below = tagged(dictionary, setting);
    first ||= below.page;
    return [below];
  });
  const tag = element['S'];
  return {
    tag: tag instanceof Name ? tag.name : '',
    id: typeof element['ID'] === 'string' ? element['ID'] : null,
    language: typeof element['Lang'] === 'string' ? element['Lang'] : null,
    attributes: objects.dictionary(element['A']),
    kids,
    annotations,
    page: first,
  };
}

async function readPages(bytes: Uint8Array): Promise<ReadPage[]> {
  const task = getDocument({
    data: bytes.slice(),
    verbosity: VerbosityLevel.ERRORS,
    useSystemFonts: false,
    isEvalSupported: false,
  });
  const document = await task.promise;
  const pages: ReadPage[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const list = await page.getOperatorList();
    const marked = new Map<number, string>();
    const artifacts: string[] = [];
    let loose = '';
    const open: (number | 'artifact')[] = [];
    for (const [index, operator] of list.fnArray.entries()) {
      const values = list.argsArray[index] as unknown[] | null;
      if (operator === OPS.beginMarkedContentProps) {
        const mcid = values?.[1];
        open.push(typeof mcid === 'number' ? mcid : 'artifact');
        if (typeof mcid === 'number') marked.set(mcid, '');
        else artifacts.push('');
      } else if (operator === OPS.endMarkedContent) open.pop();
      else if (operator === OPS.showText) {
        const glyphs = (values?.[0] ?? []) as (GlyphOfPdfJs | number)[];
        const text = glyphs.map((glyph) => (typeof glyph === 'number' ? '' : glyph.unicode)).join('');
        const inside = open.at(-1);
        if (typeof inside === 'number') marked.set(inside, (marked.get(inside) ?? '') + text);
        else if (inside === 'artifact') artifacts.push((artifacts.pop() ?? '') + text);
        else loose += text;
      }
    }
    pages.push({
      marked,
      artifacts: artifacts.filter((text) => text !== ''),
      loose,
    });
  }
  await task.destroy();
  return pages;
}

/** All text below an element, notes included only where it is a note's own. */
export function textIn(element: Tagged): string {
  let text = '';
  for (const kid of element.kids) {
    if (typeof kid === 'string') text += kid;
    else if (kid.tag === 'Reference') text += `[${textIn(kid).trim()}]`;
    else if (kid.tag !== 'Note') text += textIn(kid);
  }
  return text;
}

/** Every element below one, itself included, in reading order. */
export function* elementsIn(element: Tagged): Generator<Tagged> {
  yield element;
  for (const kid of element.kids) if (typeof kid !== 'string') yield* elementsIn(kid);
}
