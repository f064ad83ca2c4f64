/**
 * The file itself (ECMA-376 part 2): its parts, what type each is of, and how they relate, in a fixed order with fixed
 * times. Every part is in UTF-8, which XML without a declaration is (XML 1.0, 4.3.3).
 */
import { Element } from './element.js';
import { archiveOf, entryOf, type Entry } from './zip.js';

/** A part that the document relates to. */
export interface Part {
  /** Below `word/`: `styles.xml`, `media/image1.png`. */
  readonly name: string;
  readonly kind: Kind;
  readonly content: string | Uint8Array;
  /** What this part itself relates to; only media are. */
  readonly media?: readonly { readonly id: string; readonly name: string }[];
}

type Kind =
  'styles' | 'numbering' | 'settings' | 'footnotes' | 'header' | 'footer' | 'theme' | 'fontTable' | 'media';

/** The id by which the document refers to a part of its own. */
export const relationId = (part: Pick<Part, 'name'>): string => part.name.replace(/\W.*$/, '');

/** The pictures that a head may hold, by what their names end in (ECMA-376 part 1, 15.2.14). */
export const pictureTypes: Readonly<Record<string, string>> = {
  bmp: 'image/bmp',
  emf: 'image/x-emf',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  wmf: 'image/x-wmf',
};

const office = 'application/vnd.openxmlformats-officedocument.';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

interface Contents {
  readonly core: string;
  readonly document: string;
  readonly parts: readonly Part[];
}

/** Makes the file. */
export function packaged({ core, document, parts }: Contents): Uint8Array {
  const files = new Map<string, string | Uint8Array>([
    ['[Content_Types].xml', contentTypes(parts)],
    [
      '_rels/.rels',
      relations([
        ['document', `${relationships}/officeDocument`, 'word/document.xml'],
        ['core', `${packages}/relationships/metadata/core-properties`, 'docProps/core.xml'],
      ]),
    ],
    ['docProps/core.xml', core],
    ['word/document.xml', document],
    [
      'word/_rels/document.xml.rels',
      relations(
        parts
          .filter(({ kind }) => kind !== 'media')
          .map((part) => [relationId(part), `${relationships}/${part.kind}`, part.name]),
      ),
    ],
  ]);
  for (const { name, content, media = [] } of parts) {
    files.set(`word/${name}`, content);
    const up = name.includes('/') ? '../' : '';
    if (media.length > 0)
      files.set(
        `word/${name.replace(/([^/]*)$/, '_rels/$1.rels')}`,
        relations(media.map((one) => [one.id, `${relationships}/image`, up + one.name])),
      );
  }
  return archiveOf([...files].map(([name, content]) => entry(name, content)));
}

const encoder = new TextEncoder();

/** The parts that are of a document; the others are the same for many, and each is deflated once for those that follow. */
const ofOneDocument = new Set(['docProps/core.xml', 'word/document.xml', 'word/footnotes.xml']);
const lastOnes = new Map<string, { readonly content: string | Uint8Array; readonly entry: Entry }>();

function entry(name: string, content: string | Uint8Array): Entry {
  const last = lastOnes.get(name);
  if (last?.content === content) return last.entry;
  const made = entryOf(name, typeof content === 'string' ? encoder.encode(content) : content);
  if (!ofOneDocument.has(name)) lastOnes.set(name, { content, entry: made });
  return made;
}

function relations(all: readonly (readonly [id: string, type: string, target: string])[]): string {
  const entries = all.map(([Id, Type, Target]) => new Element('Relationship', { Id, Type, Target }));
  return new Element('Relationships', { xmlns: `${packages}/relationships` }, entries).xml();
}

function contentTypes(parts: readonly Part[]): string {
  const override = (name: string, type: string) =>
    new Element('Override', { PartName: `/${name}`, ContentType: type });
  const extensions = new Set(
    parts.filter(({ kind }) => kind === 'media').map(({ name }) => extensionOf(name)),
  );
  return new Element('Types', { xmlns: `${packages}/content-types` }, [
    new Element('Default', {
      Extension: 'rels',
      ContentType: 'application/vnd.openxmlformats-package.relationships+xml',
    }),
    new Element('Default', { Extension: 'xml', ContentType: 'application/xml' }),
    ...[...extensions]
      .sort()
      .map((one) => new Element('Default', { Extension: one, ContentType: pictureTypes[one] ?? '' })),
    override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
    override('word/document.xml', `${office}wordprocessingml.document.main+xml`),
    ...parts
      .filter(({ kind }) => kind !== 'media')
      .map(({ name, kind }) =>
        override(`word/${name}`, `${office}${kind === 'theme' ? '' : 'wordprocessingml.'}${kind}+xml`),
      ),
  ]).xml();
}

/** What a name ends in, in lower case: `png`. */
export const extensionOf = (name: string): string => /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
