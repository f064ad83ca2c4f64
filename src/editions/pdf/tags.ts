/**
 * The structure tree (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7): what each piece of the page is, in reading order.
 *
 * Elements are made while the document is composed, so that their order is the document's; the pages then add what
 * they drew. Everything is written at the end.
 */
import type { PdfFile, Reference } from './file.js';
import { Pointer, text, type Dictionary, type PdfValue } from './values.js';

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

/** Marked content on a page, by its identifier there, or an annotation. */
interface Drawn {
  readonly page: PageInTree;
  readonly content: number | Pointer;
  next: Element | Drawn | null;
}

/** Its kids are a chain, not an array: a long document has a great many elements of few kids. */
export interface Element {
  readonly tag: Tag;
  readonly parent: Element | null;
  readonly options: ElementOptions | null;
  /** The number of its object, once it has one. */
  id: number;
  first: Element | Drawn | null;
  last: Element | Drawn | null;
  /** The kid of its parent that follows it. */
  next: Element | Drawn | null;
}

export interface PageInTree {
  readonly reference: Reference;
  /** What each marked-content identifier of the page belongs to. */
  readonly owners: Element[];
}

/** The parent tree's values by key: for a page the owners of its marked content, for an annotation its element. */
export type Parents = (Element | readonly Element[])[];

export interface ElementOptions {
  /** BCP 47, where it differs from what surrounds it. */
  readonly language?: string | undefined;
  /** Unique in the file; a Note must have one (ISO 14289-1, 7.9). */
  readonly id?: string;
  readonly attributes?: Readonly<Record<string, PdfValue>>;
  /** What is said in the place of an image. */
  readonly alternative?: string;
}

/** Makes an element, the last kid of its parent so far. */
export function element(tag: Tag, parent: Element | null, options: ElementOptions = {}): Element {
  const { language, id, attributes, alternative } = options;
  const plain =
    language === undefined && id === undefined && attributes === undefined && alternative === undefined;
  const made: Element = {
    tag,
    parent,
    options: plain ? null : options,
    id: 0,
    first: null,
    last: null,
    next: null,
  };
  if (parent) add(parent, made);
  return made;
}

function add(owner: Element, kid: Element | Drawn): void {
  if (owner.last) owner.last.next = kid;
  else owner.first = kid;
  owner.last = kid;
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
  add(owner, { page, content: mcid, next: null });
  return mcid;
}

/** Puts an annotation into an element. */
export function enclose(owner: Element, page: PageInTree, annotation: Reference): void {
  add(owner, { page, content: new Pointer(annotation.id), next: null });
}

const isElement = (kid: Element | Drawn): kid is Element => 'tag' in kid;

function* kidsOf(one: Element): Generator<Element | Drawn> {
  for (let kid = one.first; kid; kid = kid.next) yield kid;
}

/** An element and all below it, in reading order. */
function* treeOf(root: Element): Generator<Element> {
  const waiting: (Element | Drawn)[] = [root];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next !== root && next.next) waiting.push(next.next);
    if (!isElement(next)) continue;
    yield next;
    if (next.first) waiting.push(next.first);
  }
}

/** Writes the tree under a root element, with its parent tree and its tree of identifiers. */
export function writeTags(file: PdfFile, root: Element, parents: Parents): void {
  const tree = file.reference({ Type: 'StructTreeRoot' });
  let count = 0;
  for (const one of treeOf(root)) one.id = ++count;
  const first = file.reserve(count);
  const ids: [string, Pointer][] = [];
  for (const one of treeOf(root)) {
    one.id += first - 1;
    if (one.options?.id !== undefined) ids.push([one.options.id, new Pointer(one.id)]);
  }
  for (const one of treeOf(root)) file.write(one.id, dictionaryOf(one, tree));
  const numbers = parents.map((value, key): readonly [number, Pointer] => {
    if (!Array.isArray(value)) return [key, pointerTo(value as Element)];
    const owners = file.reserve(1);
    file.write(owners, (value as readonly Element[]).map(pointerTo));
    return [key, new Pointer(owners)];
  });
  tree.data['K'] = [pointerTo(root)];
  tree.data['ParentTree'] = balancedTree(file, 'Nums', numbers);
  tree.data['ParentTreeNextKey'] = numbers.length;
  if (ids.length > 0) tree.data['IDTree'] = nameTree(file, ids);
  tree.end();
  file.catalog['StructTreeRoot'] = tree;
}

const pointerTo = (one: Element): Pointer => {
  if (one.id === 0) throw new Error('an element is not in the tree');
  return new Pointer(one.id);
};

function dictionaryOf(one: Element, tree: object): Dictionary {
  const { language, id, attributes, alternative } = one.options ?? {};
  const kids: PdfValue[] = [];
  let page: PageInTree | undefined;
  for (const kid of kidsOf(one)) {
    if (isElement(kid)) kids.push(pointerTo(kid));
    else {
      page ??= kid.page;
      if (kid.content instanceof Pointer)
        kids.push({ Type: 'OBJR', Obj: kid.content, Pg: kid.page.reference });
      else if (kid.page === page) kids.push(kid.content);
      else kids.push({ Type: 'MCR', Pg: kid.page.reference, MCID: kid.content });
    }
  }
  return {
    S: one.tag,
    P: one.parent ? pointerTo(one.parent) : tree,
    ID: id === undefined ? undefined : text(id),
    Lang: language === undefined ? undefined : text(language),
    A: attributes,
    Alt: alternative === undefined ? undefined : text(alternative),
    Pg: page?.reference,
    K: kids.length === 0 ? undefined : kids.length === 1 ? kids[0] : kids,
  };
}

/** A name tree (ISO 32000-1, 7.9.6). Names must be ASCII, and sort by code unit: a locale's order would lose them. */
export function nameTree(file: PdfFile, entries: readonly (readonly [string, PdfValue])[]): Pointer {
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
): Pointer {
  interface Branch {
    readonly pointer: Pointer;
    readonly limits: readonly [PdfValue, PdfValue];
  }
  const written = (data: Dictionary): Pointer => {
    const id = file.reserve(1);
    file.write(id, data);
    return new Pointer(id);
  };
  if (entries.length <= widest) return written({ [key]: entries.flat() });
  /** One level: as many objects as it takes, each with what it says beside its limits. */
  const levelOf = <T>(
    all: readonly T[],
    limitsOf: (one: T) => readonly [PdfValue, PdfValue],
    say: (part: readonly T[]) => Dictionary,
  ): readonly Branch[] => {
    const branches: Branch[] = [];
    for (let at = 0; at < all.length; at += widest) {
      const part = all.slice(at, at + widest);
      const [one, other] = [part[0], part.at(-1)];
      const limits = [one ? limitsOf(one)[0] : null, other ? limitsOf(other)[1] : null] as const;
      branches.push({ pointer: written({ Limits: limits, ...say(part) }), limits });
    }
    return branches;
  };
  let level = levelOf(
    entries,
    ([name]) => [name, name],
    (part) => ({ [key]: part.flat() }),
  );
  while (level.length > widest)
    level = levelOf(
      level,
      ({ limits }) => limits,
      (part) => ({ Kids: part.map(({ pointer }) => pointer) }),
    );
  return written({ Kids: level.map(({ pointer }) => pointer) });
}
