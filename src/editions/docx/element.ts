/** WordprocessingML as a tree of elements by its own names, and how the tree becomes text. */

export type Attributes = Readonly<Record<string, string | number>>;

export type Node = Element | string;

/** One element (of WordprocessingML: ECMA-376 part 1, clause 17). Its children must stand in the schema's order. */
export class Element {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly Node[];

  constructor(name: string, attributes: Attributes = {}, children: readonly Node[] = []) {
    this.name = name;
    this.attributes = attributes;
    this.children = children;
  }

  /** The element as XML. */
  xml(): string {
    let tag = this.name;
    for (const [name, value] of Object.entries(this.attributes))
      tag += ` ${name}="${escaped(String(value))}"`;
    if (this.children.length === 0) return `<${tag}/>`;
    let inner = '';
    for (const child of this.children) inner += typeof child === 'string' ? escaped(child) : child.xml();
    return `<${tag}>${inner}</${this.name}>`;
  }

  /** The same element with other children. */
  with(children: readonly Node[]): Element {
    return new Element(this.name, this.attributes, children);
  }

  /** The children that are elements. */
  get elements(): readonly Element[] {
    return this.children.filter((child) => child instanceof Element);
  }

  /** The first child of this name. */
  child(name: string): Element | undefined {
    return this.elements.find((child) => child.name === name);
  }

  /** An attribute as text. */
  attribute(name: string): string | undefined {
    const value = Object.hasOwn(this.attributes, name) ? this.attributes[name] : undefined;
    return value === undefined ? undefined : String(value);
  }

  /** This element and all below it, in reading order. */
  *all(): Generator<Element> {
    yield this;
    for (const child of this.elements) yield* child.all();
  }
}

/** An element whose whole meaning is its `w:val`, or its presence. */
export const value = (name: string, val?: string | number): Element =>
  new Element(name, val === undefined ? {} : { 'w:val': val });

/**
 * A paragraph.
 * @param properties children of w:pPr in the order of ECMA-376 part 1, 17.3.1.26
 * @param content runs, fields and bookmarks
 */
export const wordParagraph = (properties: readonly Element[], content: readonly Element[]): Element =>
  new Element('w:p', {}, [new Element('w:pPr', {}, properties), ...content]);

/** Text for a place between tags or in a double-quoted attribute (XML 1.0, 2.4 and 3.3.3). */
export const escaped = (text: string): string =>
  text.replace(/[&<>"\t\n\r]/g, (character) => entities[character] ?? `&#${character.charCodeAt(0)};`);

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The name spaces of what is written, by the prefixes that Word gives them. */
export const nameSpaces = {
  'xmlns:w': 'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'xmlns:r': 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
} as const;

/** A whole part with this root, of elements whose names begin with `w:`. */
export const partOf = (root: string, children: readonly Node[]): string =>
  new Element(root, { 'xmlns:w': nameSpaces['xmlns:w'] }, children).xml();

/** The same, for a part that refers to others. */
export const relatingPartOf = (root: string, children: readonly Node[]): string =>
  new Element(root, nameSpaces, children).xml();
