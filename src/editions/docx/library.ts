/**
 * The docx library as far as this edition uses it. The types that it ships can't be read by a program of ECMAScript
 * modules (their imports lack file extensions), so what is used is declared here; this is the only cast.
 */
import * as docx from 'docx';

/** What the `xml` package turns into text: `{ name: [{ _attr: … }, child, 'text'] }`. */
export type Xml = Readonly<Record<string, unknown>>;

/** Anything that stands in a file. */
export interface Component {
  prepForXml(writing: object): Xml | undefined;
}

interface ParagraphComponent extends Component {
  addRunToFront(run: Component): ParagraphComponent;
}

/** A header or footer; its content is read by the library only. */
export interface HeadOrFoot {
  readonly options: { readonly children: readonly Component[] };
}

interface Section {
  readonly properties: {
    readonly page: {
      readonly size: Readonly<Record<'width' | 'height', number>>;
      /** In twips. */
      readonly margin: Readonly<Record<'top' | 'right' | 'bottom' | 'left' | 'header' | 'footer', number>>;
    };
    readonly titlePage: boolean;
  };
  readonly headers: { readonly default?: HeadOrFoot; readonly first?: HeadOrFoot };
  readonly footers: { readonly default?: HeadOrFoot; readonly first?: HeadOrFoot };
  readonly children: readonly Component[];
}

interface Library {
  readonly BaseXmlComponent: new (name: string) => Component;
  readonly Paragraph: new (options: object) => ParagraphComponent;
  readonly Header: new (options: { readonly children: readonly Component[] }) => HeadOrFoot;
  readonly Footer: new (options: { readonly children: readonly Component[] }) => HeadOrFoot;
  readonly Document: new (options: {
    readonly footnotes: Readonly<Record<string, { readonly children: readonly Component[] }>>;
    readonly sections: readonly Section[];
  }) => object;
  readonly Packer: { toBuffer(file: object): Promise<Uint8Array> };
}

export const {
  BaseXmlComponent,
  Paragraph,
  Header,
  Footer,
  Document: WordFile,
  Packer,
} = docx as unknown as Library;
