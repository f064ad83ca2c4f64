/** Heads and feet of a house template, and the theme: parts that are taken as they are, with their pictures. */
import { strToU8 } from 'fflate';
import { Element, type Node } from '../element.js';
import { extensionOf, pictureTypes, type Part } from '../package.js';
import type { Running } from '../running.js';
import type { Archive } from './archive.js';
import { parseMarkup } from './markup.js';
import { relationsOf, type Relation } from './relations.js';
import { Unfit } from './unfit.js';

/** Collects the pictures of all parts: each is taken once, under a name that says nothing. */
export class Pictures {
  readonly #archive: Archive;
  readonly #taken = new Map<string, Part>();

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  get parts(): readonly Part[] {
    return [...this.#taken.values()];
  }

  take(target: string, user: string): string {
    const known = this.#taken.get(target);
    if (known) return known.name;
    const extension = extensionOf(target);
    const content = this.#archive.read(target);
    if (!content) throw new Unfit(`is damaged: ${user} shows “${target}”, which is not there.`);
    if (!Object.hasOwn(pictureTypes, extension))
      throw new Unfit(`shows “${target}” in ${user}: pictures are ${Object.keys(pictureTypes).join(', ')}.`);
    if (extension === 'svg') refuseActive(content, target);
    const name = `media/image${this.#taken.size + 1}.${extension}`;
    this.#taken.set(target, { name, kind: 'media', content });
    return name;
  }
}

/** An SVG picture may hold programs and links. */
function refuseActive(content: Uint8Array, name: string): void {
  for (const element of parseMarkup(content, name).all()) {
    const attributes = Object.entries(element.attributes);
    const active =
      /(^|:)(script|foreignObject)$/i.test(element.name) || attributes.some(([key]) => /^on/i.test(key));
    if (active) throw new Unfit(`shows “${name}”, which holds a program.`);
    for (const [key, to] of attributes)
      if (/(^|:)href$/.test(key) && !/^(#|data:image\/)/.test(String(to)))
        throw new Unfit(`shows “${name}”, which points outside itself, to “${to}”.`);
  }
}

/** A part as it is, and the media that it relates to; any other relation that it uses is refused. */
export function partWithPictures(
  archive: Archive,
  target: string,
  as: Pick<Part, 'name' | 'kind'>,
  pictures: Pictures,
  revise: (root: Element) => Element = (root) => root,
): Part {
  const bytes = archive.read(target);
  if (!bytes) throw new Unfit(`is damaged: “${target}” is not there.`);
  const root = revise(parseMarkup(bytes, target));
  const relations = new Map<string, Relation>(relationsOf(archive, target).map((one) => [one.id, one]));
  const media = new Map<string, string>();
  for (const element of root.all())
    for (const [key, id] of Object.entries(element.attributes)) {
      if (!/^r:|^o:relid$/.test(key) || id === '') continue;
      const relation = relations.get(String(id));
      if (relation?.kind !== 'image')
        throw new Unfit(
          `shows in “${target}” what is no picture (${element.name}).`,
          'Leave words, fields and pictures there.',
        );
      media.set(relation.id, pictures.take(relation.target, `“${target}”`));
    }
  return {
    ...as,
    content: root.xml(),
    media: [...media].map(([id, name]) => ({ id, name })),
  };
}

/** What a head says in its own words of the document. */
export type Places = Readonly<Record<string, string>>;

/**
 * The heads and feet that the last section of a house template has, or inherits from those before it
 * (ECMA-376 part 1, 17.10.5).
 */
export function headsOf(
  archive: Archive,
  sections: readonly Element[],
  relations: readonly Relation[],
  pictures: Pictures,
): readonly Running[] {
  const used = new Map<string, string>();
  for (const section of sections)
    for (const reference of section.elements)
      if (/^w:(header|footer)Reference$/.test(reference.name))
        used.set(
          `${reference.name.slice(2, 8)} ${reference.attribute('w:type') ?? 'default'}`,
          reference.attribute('r:id') ?? '',
        );
  return (['header', 'footer'] as const).flatMap((kind) => {
    const found = (['default', 'first', 'even'] as const).flatMap((pages) => {
      const id = used.get(`${kind} ${pages}`);
      return id === undefined ? [] : [{ pages, id }];
    });
    return found.map(({ pages, id }, index) => {
      const relation = relations.find((one) => one.id === id && one.kind === kind);
      if (!relation) throw new Unfit(`is damaged: its ${pages} ${kind} is not there.`);
      const as = { name: `${kind}${index + 1}.xml`, kind } as const;
      const part = partWithPictures(archive, relation.target, as, pictures, (root) => {
        if (root.name !== (kind === 'header' ? 'w:hdr' : 'w:ftr'))
          throw new Unfit(`is damaged: “${relation.target}” is no ${kind}.`);
        refuseReaching(root, relation.target);
        return revised(root) ?? root;
      });
      return { pages, part: { ...part, kind } };
    });
  });
}

/** Fields that read another file, start a program or ask for a page (ECMA-376 part 1, 17.16.5). */
const reaching =
  /^[\s"]*(INCLUDE|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|EMBED|DDE|DDEAUTO|DATABASE|MACROBUTTON|GOTOBUTTON|PRINT|HYPERLINK|RD|FILLIN|ASK|ADDIN|CONTROL|HTMLCONTROL|AUTOTEXT|AUTOTEXTLIST|GLOSSARY|MERGEFIELD|NEXT)\b/i;

function refuseReaching(root: Element, target: string): void {
  let code = '';
  const look = () => {
    const field = reaching.exec(code)?.[1];
    if (field !== undefined)
      throw new Unfit(
        `has in “${target}” a ${field.toUpperCase()} field, which reaches outside the document.`,
      );
    code = '';
  };
  for (const element of root.all()) {
    if (element.name === 'w:fldChar') look();
    if (element.name === 'w:instrText') code += element.children.join('');
    if (element.name === 'w:fldSimple') {
      look();
      code = element.attribute('w:instr') ?? '';
      look();
    }
    if (/^w:(object|control|altChunk|subDoc)$|^o:OLEObject$/.test(element.name))
      throw new Unfit(`holds in “${target}” an object of another program (${element.name}).`);
    for (const key of ['src', 'href', 'o:href'])
      if ((element.attribute(key) ?? '') !== '')
        throw new Unfit(`points outside itself: “${target}” leads to “${element.attribute(key) ?? ''}”.`);
  }
  look();
}

/** Belongs to the document that the template was: notes, remarks, pins, numbers. */
const dropped =
  /^w:(bookmark(Start|End)|(footnote|endnote|comment)Reference|commentRange(Start|End)|numPr|proofErr|perm(Start|End))$/;

function revised(element: Element): Element | undefined {
  if (dropped.test(element.name)) return undefined;
  return element.with(
    element.children.flatMap((child): Node[] => {
      const kept = typeof child === 'string' ? child : revised(child);
      return kept === undefined ? [] : [kept];
    }),
  );
}

/** Fills in `{title}`, `{date}` and `{symbol}` in the words of a head. @param content a part that was taken from a house */
export const filledIn = (content: string, places: Places): string =>
  filled(parseMarkup(strToU8(content), 'a head'), places).xml();

function filled(element: Element, places: Places): Element {
  if (element.name !== 'w:t')
    return element.with(
      element.children.map((child) => (typeof child === 'string' ? child : filled(child, places))),
    );
  const words = element.children.join('');
  const whole = words.replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(places, name) ? (places[name] ?? '') : place,
  );
  return whole === words ? element : new Element('w:t', { 'xml:space': 'preserve' }, [whole]);
}
