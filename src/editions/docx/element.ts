/**
 * WordprocessingML by its own names, where the docx library has no class for what is meant (a custom mark, a
 * number without a reference of the library's own) or would write direct formatting. The library takes these like
 * its own elements.
 */
import { BaseXmlComponent, Paragraph, type Component, type Xml } from './library.js';

export type Attributes = Readonly<Record<string, string | number>>;

/** One element of WordprocessingML (ECMA-376 part 1, clause 17). Its children must stand in the schema's order. */
export class Element extends BaseXmlComponent {
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly (Component | string)[];

  constructor(name: string, attributes: Attributes = {}, children: readonly (Component | string)[] = []) {
    super(name);
    this.name = name;
    this.attributes = attributes;
    this.children = children;
  }

  override prepForXml(writing: object): Xml {
    return xmlOf(this.name, this.attributes, this.children, writing);
  }
}

/** An element whose whole meaning is its `w:val`, or its presence. */
export const value = (name: string, val?: string | number): Element =>
  new Element(name, val === undefined ? {} : { 'w:val': val });

/** A paragraph that the library accepts wherever it wants one of its own, with properties that we order ourselves. */
export class WordParagraph extends Paragraph {
  readonly properties: Element;
  readonly content: readonly Element[];

  /**
   * @param properties children of w:pPr in the order of ECMA-376 part 1, 17.3.1.26
   * @param content runs, fields and bookmarks
   */
  constructor(properties: readonly Element[], content: readonly Element[]) {
    super({});
    this.properties = new Element('w:pPr', {}, properties);
    this.content = content;
  }

  override prepForXml(writing: object): Xml {
    return xmlOf('w:p', {}, [this.properties, ...this.content], writing);
  }

  /**
   * The library puts an automatic footnote mark before every note; ours stands in the content already, since it may
   * be a printed one.
   */
  override addRunToFront(): this {
    return this;
  }
}

function xmlOf(
  name: string,
  attributes: Attributes,
  children: readonly (Component | string)[],
  writing: object,
): Xml {
  const first = { _attr: attributes };
  if (children.length === 0) return { [name]: first };
  return {
    [name]: [
      first,
      ...children.map((child) => (typeof child === 'string' ? child : child.prepForXml(writing))),
    ],
  };
}

/** Text for a place between tags or in a double-quoted attribute (XML 1.0, 2.4). */
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => entities[character] ?? character);

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
