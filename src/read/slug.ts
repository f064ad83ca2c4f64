/** The id of a document: its file's name as a slug. Never from the document's text, which may change. */
import { createHash } from 'node:crypto';
import anyAscii from 'any-ascii';

/** The most characters of an id. */
const longestId = 80;

/**
 * `[a-z0-9-]`, 80 characters at most: transliterated, lower case, everything else a hyphen.
 * @param file the file's name, without folders; its last ending is left out
 */
export function slugOf(file: string): string {
  const stem = file.replace(/\.[^.]+$/, '') || file;
  const slug = anyAscii(stem.normalize('NFC'))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (slug === '') return `document-${hash(stem)}`;
  if (slug.length <= longestId) return slug;
  return `${slug.slice(0, longestId - 9).replace(/-+$/, '')}-${hash(stem)}`;
}

const hash = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 8);
