/** The id of a document: its file's name as a slug. Never from the document's text, which may change. */
import { createHash } from 'node:crypto';

/** The most characters of an id. */
const longestId = 80;

/**
 * `[a-z0-9-]`, 80 characters at most: transliterated, lower case, everything else a hyphen. `manifest` takes some more:
 * its JSON edition would be the `manifest.json` that stands beside every edition.
 * @param file the file's name, without folders; its last ending is left out
 */
export async function slugOf(file: string): Promise<string> {
  const stem = file.replace(/\.[^.]+$/, '') || file;
  const slug = (await ascii(stem.normalize('NFC')))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (slug === '') return `document-${hash(stem)}`;
  if (slug === 'manifest' || windowsDevice.test(slug)) return `${slug}-${hash(stem)}`;
  if (slug.length <= longestId) return slug;
  return `${slug.slice(0, longestId - 9).replace(/-+$/, '')}-${hash(stem)}`;
}

/** Names that no file or folder can have on Windows (Microsoft, Naming Files, Paths, and Namespaces). */
const windowsDevice = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** The table of transliterations is half a megabyte: it is loaded for a name that needs it. */
const ascii = async (name: string): Promise<string> =>
  /^[\0-\x7f]*$/.test(name) ? name : (await import('any-ascii')).default(name);

const hash = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 8);
