/**
 * Navigation: named destinations for every pin (`file.pdf#para_15`), and bookmarks (ISO 32000-1, 12.3).
 */
import { text, type PdfFile, type Reference } from './file.js';
import { destination, type Ledger, type Spot } from './painter.js';
import { nameTree } from './tags.js';

/** Writes the name tree of destinations. */
export function writeDestinations(file: PdfFile, destinations: Ledger['destinations']): void {
  const entries = [...destinations].map(([name, spot]) => [name, destination(spot)] as const);
  file.names['Dests'] = nameTree(file, entries);
}

interface Bookmark {
  readonly title: string;
  readonly spot: Spot;
  readonly children: Bookmark[];
}

/** Writes the bookmarks, nested by their levels. */
export function writeBookmarks(file: PdfFile, bookmarks: Ledger['bookmarks']): void {
  const roots: Bookmark[] = [];
  const path: { readonly level: number; readonly children: Bookmark[] }[] = [{ level: -1, children: roots }];
  for (const { anchor, spot } of bookmarks) {
    if (!anchor.bookmark) continue;
    const { title, level } = anchor.bookmark;
    while (path.length > 1 && (path.at(-1)?.level ?? -1) >= level) path.pop();
    const made: Bookmark = { title, spot, children: [] };
    path.at(-1)?.children.push(made);
    path.push({ level, children: made.children });
  }
  if (roots.length === 0) return;
  const outlines = file.reference({ Type: 'Outlines' });
  const { first, last, open } = writeLevel(file, roots, outlines);
  Object.assign(outlines.data, { First: first, Last: last, Count: open });
  outlines.end();
  file.catalog['Outlines'] = outlines;
  file.catalog['PageMode'] = 'UseOutlines';
}

/** Writes siblings. @returns the first and last, and how many items are open among them and below */
function writeLevel(
  file: PdfFile,
  level: readonly Bookmark[],
  parent: Reference,
): { readonly first: Reference | undefined; readonly last: Reference | undefined; readonly open: number } {
  const references = level.map(() => file.reference());
  let open = level.length;
  for (const [index, bookmark] of level.entries()) {
    const reference = references[index];
    if (!reference) continue;
    Object.assign(reference.data, {
      Title: text(bookmark.title),
      Parent: parent,
      Prev: references[index - 1],
      Next: references[index + 1],
      Dest: destination(bookmark.spot),
    });
    if (bookmark.children.length > 0) {
      const below = writeLevel(file, bookmark.children, reference);
      open += below.open;
      Object.assign(reference.data, { First: below.first, Last: below.last, Count: below.open });
    }
    reference.end();
  }
  return { first: references[0], last: references.at(-1), open };
}
