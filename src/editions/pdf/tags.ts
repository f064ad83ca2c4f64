/**
 * The structure tree (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7): what each piece of the page is, in reading order.
 *
 * Elements are made while the document is composed, so that their order is the document's; the pages then add what
 * they drew. Everything is written at the end.
 */
import { Pointer, text, type PdfFile, type PdfValue, type Reference } from './file.js';

export type Tag =
  | 'Document'
  | 'Sect'
  | 'Div'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'H4'
  | 'H5'
  | 'H6'
  | 'P'
  | 'L'
  | 'LI'
  | 'Lbl'
  | 'LBody'
  | 'Note'
  | 'Figure'
  | 'TOC'
  | 'TOCI'
  | 'Caption'
  | 'Span'
  | 'Reference'
  | 'Link'
  | 'Table'
  | 'TR'
  | 'TH'
  | 'TD';

/** Marked content on a page (`mcid`), or an annotation. */
interface Drawn {
  readonly page: PageInTree;
  readonly mcid: number | null;
  readonly annotation: Reference | null;
}

export interface Element {
  readonly tag: Tag;
  readonly parent: Element | null;
  readonly kids: (Element | Drawn)[];
  /** BCP 47, where it differs from what surrounds it. */
  readonly language: string | undefined;
  /** Unique in the file; a Note must have one (ISO 14289-1, 7.9). */
  readonly id: string | undefined;
  readonly attributes: Readonly<Record<string, PdfValue>> | undefined;
  /** What is said in the place of an image. */
  readonly alternative: string | undefined;
}

export interface PageInTree {
  readonly reference: Reference;
  /** What each marked-content identifier of the page belongs to. */
  readonly owners: Element[];
}

/** The parent tree's values by key: for a page the owners of its marked content, for an annotation its element. */
export type Parents = (Element | readonly Element[])[];

export interface ElementOptions {
  readonly language?: string | undefined;
  readonly id?: string;
  readonly attributes?: Readonly<Record<string, PdfValue>>;
  readonly alternative?: string;
}

/** Makes an element, the last kid of its parent so far. */
export function element(tag: Tag, parent: Element | null, options: ElementOptions = {}): Element {
  const made: Element = {
    tag,
    parent,
    kids: [],
    language: options.language,
    id: options.id,
    attributes: options.attributes,
    alternative: options.alternative,
  };
  parent?.kids.push(made);
  return made;
}

/** The attributes of a list, by what its first label looks like (ISO 32000-1, 14.8.5.5). */
export function listNumbering(label: string | null, bullet: boolean): Readonly<Record<string, PdfValue>> {
  const kind = (): string => {
    if (bullet)
      return label === '•' || label === '●' ? 'Disc' : label === '◦' || label === '○' ? 'Circle' : 'Square';
    const core = (label ?? '').replace(/[^\p{L}\p{N}]/gu, '');
    if (/^[ivxlc]+$/.test(core)) return 'LowerRoman';
    if (/^[IVXLC]+$/.test(core)) return 'UpperRoman';
    if (/^[a-z]$/.test(core)) return 'LowerAlpha';
    if (/^[A-Z]$/.test(core)) return 'UpperAlpha';
    return 'Decimal';
  };
  return { O: 'List', ListNumbering: kind() };
}

/** Starts marked content of an element on a page. @returns its identifier on the page */
export function mark(owner: Element, page: PageInTree): number {
  const mcid = page.owners.push(owner) - 1;
  owner.kids.push({ page, mcid, annotation: null });
  return mcid;
}

/** Puts an annotation into an element. */
export function enclose(owner: Element, page: PageInTree, annotation: Reference): void {
  owner.kids.push({ page, mcid: null, annotation });
}

const isElement = (kid: Element | Drawn): kid is Element => 'tag' in kid;

/** Writes the tree under a root element, with its parent tree and its tree of identifiers. */
export function writeTags(file: PdfFile, root: Element, parents: Parents): void {
  const tree = file.reference({ Type: 'StructTreeRoot' });
  const elements: Element[] = [];
  const stack: Element[] = [root];
  for (let next = stack.pop(); next; next = stack.pop()) {
    elements.push(next);
    for (let at = next.kids.length - 1; at >= 0; at--) {
      const kid = next.kids[at];
      if (kid && isElement(kid)) stack.push(kid);
    }
  }
  const first = file.reserve(elements.length);
  const places = new Map(elements.map((one, index) => [one, first + index]));
  const referenceOf = (one: Element): Pointer => {
    const id = places.get(one);
    if (id === undefined) throw new Error('an element is not in the tree');
    return new Pointer(id);
  };
  const ids: [string, Pointer][] = [];
  for (const [index, one] of elements.entries()) {
    if (one.id !== undefined) ids.push([one.id, new Pointer(first + index)]);
    file.write(first + index, dictionaryOf(one, one.parent ? referenceOf(one.parent) : tree, referenceOf));
  }
  const numbers = parents.map((value, key): readonly [number, object] => {
    if (!Array.isArray(value)) return [key, referenceOf(value as Element)];
    const owners = file.reference();
    // An array where the seam's type says dictionary: pdfkit writes any value.
    owners.data = value.map(referenceOf) as unknown as Record<string, PdfValue>;
    owners.end();
    return [key, owners];
  });
  tree.data['K'] = [referenceOf(root)];
  tree.data['ParentTree'] = balancedTree(file, 'Nums', numbers);
  tree.data['ParentTreeNextKey'] = numbers.length;
  if (ids.length > 0) tree.data['IDTree'] = nameTree(file, ids);
  tree.end();
  file.catalog['StructTreeRoot'] = tree;
}

function dictionaryOf(
  one: Element,
  parent: object,
  referenceOf: (one: Element) => object,
): Record<string, PdfValue | undefined> {
  const first = one.kids.find((kid) => !isElement(kid));
  const page = first && !isElement(first) ? first.page : undefined;
  const kids = one.kids.map((kid): PdfValue => {
    if (isElement(kid)) return referenceOf(kid);
    if (kid.annotation) return { Type: 'OBJR', Obj: kid.annotation, Pg: kid.page.reference };
    if (kid.page === page && kid.mcid !== null) return kid.mcid;
    return { Type: 'MCR', Pg: kid.page.reference, MCID: kid.mcid };
  });
  return {
    S: one.tag,
    P: parent,
    ID: one.id === undefined ? undefined : text(one.id),
    Lang: one.language === undefined ? undefined : text(one.language),
    A: one.attributes,
    Alt: one.alternative === undefined ? undefined : text(one.alternative),
    Pg: page?.reference,
    K: kids.length === 0 ? undefined : kids.length === 1 ? kids[0] : kids,
  };
}

/** A name tree (ISO 32000-1, 7.9.6). Names must be ASCII, and sort by code unit: a locale's order would lose them. */
export function nameTree(file: PdfFile, entries: readonly (readonly [string, PdfValue])[]): Reference {
  const sorted = [...entries].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  return balancedTree(
    file,
    'Names',
    sorted.map(([name, value]) => [text(name), value] as const),
  );
}

const widest = 64;

/** A name or number tree of entries that are sorted already. */
function balancedTree(
  file: PdfFile,
  key: 'Names' | 'Nums',
  entries: readonly (readonly [PdfValue, PdfValue])[],
): Reference {
  interface Branch {
    readonly reference: Reference;
    readonly limits: readonly [PdfValue, PdfValue];
  }
  let level: Branch[] = [];
  for (let at = 0; at < entries.length; at += widest) {
    const part = entries.slice(at, at + widest);
    const limits = [part[0]?.[0] ?? null, part.at(-1)?.[0] ?? null] as const;
    level.push({ reference: file.reference({ Limits: limits, [key]: part.flat() }), limits });
  }
  if (level.length <= 1) {
    const root = level[0]?.reference ?? file.reference({ [key]: [] });
    delete root.data['Limits'];
    root.end();
    return root;
  }
  for (;;) {
    for (const branch of level) branch.reference.end();
    if (level.length <= widest) {
      const root = file.reference({ Kids: level.map((branch) => branch.reference) });
      root.end();
      return root;
    }
    const above: Branch[] = [];
    for (let at = 0; at < level.length; at += widest) {
      const part = level.slice(at, at + widest);
      const limits = [part[0]?.limits[0] ?? null, part.at(-1)?.limits[1] ?? null] as const;
      above.push({
        reference: file.reference({ Limits: limits, Kids: part.map((branch) => branch.reference) }),
        limits,
      });
    }
    level = above;
  }
}
