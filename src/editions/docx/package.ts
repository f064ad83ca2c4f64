/**
 * The file itself (ECMA-376 part 2): the parts that the document needs, no others, in a fixed order with fixed
 * times.
 */
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';

/** The parts in the order of the file; any other is one that nothing of ours needs. */
const order: readonly RegExp[] = [
  /^\[Content_Types\]\.xml$/,
  /^_rels\/\.rels$/,
  /^docProps\/core\.xml$/,
  /^docProps\/app\.xml$/,
  /^word\/document\.xml$/,
  /^word\/_rels\/document\.xml\.rels$/,
  /^word\/styles\.xml$/,
  /^word\/numbering\.xml$/,
  /^word\/settings\.xml$/,
  /^word\/footnotes\.xml$/,
  /^word\/header\d+\.xml$/,
  /^word\/footer\d+\.xml$/,
];

const rank = (name: string): number => order.findIndex((part) => part.test(name));

/**
 * Makes the file anew from one of the docx library's.
 * @param revise may change a part's text
 */
export function repackaged(bytes: Uint8Array, revise: (name: string, xml: string) => string): Uint8Array {
  const parts = unzipSync(bytes, { filter: ({ name }) => rank(name) >= 0 });
  const names = Object.keys(parts).sort(
    (one, other) => rank(one) - rank(other) || (one < other ? -1 : one > other ? 1 : 0),
  );
  const files: Zippable = {};
  for (const name of names) {
    const xml = revise(name, strFromU8(parts[name] ?? new Uint8Array()));
    files[name] = strToU8(
      name.endsWith('.rels') || name.startsWith('[') ? withoutAbsent(xml, name, names) : xml,
    );
  }
  // A ZIP time is the local clock's: this one is 1980-01-01 00:00 wherever it is made.
  return zipSync(files, { level: 9, mtime: new Date(1980, 0, 1) });
}

/** Leaves out the relationships and content types of parts that are not there. */
function withoutAbsent(xml: string, name: string, names: readonly string[]): string {
  const folder = name === 'word/_rels/document.xml.rels' ? 'word/' : '';
  const extensions = ['rels', 'xml'];
  return xml
    .replace(/<Relationship\b[^>]*\bTarget="([^"]*)"[^>]*\/>/g, (entry, target: string) =>
      names.includes(folder + target) ? entry : '',
    )
    .replace(/<Override\b[^>]*\bPartName="\/([^"]*)"[^>]*\/>/g, (entry, part: string) =>
      names.includes(part) ? entry : '',
    )
    .replace(/<Default\b[^>]*\bExtension="([^"]*)"[^>]*\/>/g, (entry, extension: string) =>
      extensions.includes(extension) ? entry : '',
    );
}
