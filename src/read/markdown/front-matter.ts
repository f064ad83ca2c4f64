/** The front matter of our own Markdown edition: the document's metadata, and where its parts begin. */
import type { Root } from 'mdast';
import { parse as parseYaml } from 'yaml';
import type { Attachment, Document } from '../../document.js';

/** What the front matter states about the document as a whole. */
export type Metadata = Pick<
  Document,
  'title' | 'subtitle' | 'date' | 'datePrinted' | 'language' | 'documentType' | 'symbol' | 'place' | 'issuer'
>;

export interface AttachmentEntry {
  readonly eId: string;
  readonly kind: Attachment['kind'];
  readonly num: string | null;
  readonly title: string;
  readonly language: string | undefined;
  /** The eId of its first block. */
  readonly first: string | undefined;
}

export interface Structure {
  /** By region, the eId of its first block. */
  readonly regions: ReadonlyMap<string, string>;
  /** The glyph that bullets have where nothing else is said. */
  readonly bullet: string | undefined;
  readonly attachments: readonly AttachmentEntry[];
  /** The eIds of the notes, in the document's order; empty where that is the order of their definitions. */
  readonly footnotes: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);
const textAt = (fields: Fields, key: string): string | undefined => {
  const value = fields[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
};

/** The fields of a text's front matter; empty where it has none, or it is not YAML. */
export function frontMatterOf(root: Root): Fields {
  const [first] = root.children;
  if (first?.type !== 'yaml') return {};
  try {
    // Every scalar is a text, but for the version that only we ask for: `no` is Norwegian.
    const value: unknown = parseYaml(first.value, { schema: 'failsafe', maxAliasCount: 10 });
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}

/** What our own edition says of its structure, or null where the text is somebody else's. */
export function structureOf(fields: Fields): Structure | null {
  const own = fields['engross'];
  if (!isFields(own) || textAt(own, 'version') !== '1') return null;
  const regions = isFields(own['regions']) ? own['regions'] : {};
  const notes = own['footnotes'];
  return {
    regions: new Map(Object.keys(regions).map((region) => [region, textAt(regions, region) ?? ''])),
    bullet: textAt(own, 'bullet'),
    attachments: fieldsOf(own['attachments']).map((entry) => ({
      eId: textAt(entry, 'eId') ?? '',
      kind: kindOf(textAt(entry, 'kind')),
      num: textAt(entry, 'num') ?? null,
      title: textAt(entry, 'title') ?? '',
      language: textAt(entry, 'language'),
      first: textAt(entry, 'first'),
    })),
    footnotes: Array.isArray(notes) ? notes.filter((one) => typeof one === 'string') : [],
  };
}

const kindOf = (kind: string | undefined): Attachment['kind'] =>
  kind === 'instrument' || kind === 'languageVersion' ? kind : 'annex';

/** The metadata that front matter states. */
export const metadataOf = (
  fields: Fields,
): { readonly [Key in keyof Metadata]: Metadata[Key] | undefined } => ({
  title: textAt(fields, 'title'),
  subtitle: textAt(fields, 'subtitle'),
  date: isoDate(textAt(fields, 'date')),
  datePrinted: textAt(fields, 'datePrinted'),
  language: textAt(fields, 'language') ?? textAt(fields, 'lang'),
  documentType: textAt(fields, 'type'),
  symbol: textAt(fields, 'symbol'),
  place: textAt(fields, 'place'),
  issuer: textAt(fields, 'issuer'),
});

const isoDate = (date: string | undefined): string | undefined =>
  date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : undefined;
