/**
 * Navigation: named destinations for every pin (`file.pdf#para_15`), and bookmarks (ISO 32000-1, 12.3).
 */
import type { PdfFile } from './file.js';
import { destination, type Ledger, type Spot } from './painter.js';
import { nameTree } from './tags.js';
import { Pointer, text } from './values.js';

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
  const { first, last, open } = writeLevel(file, roots, outlines.id);
  Object.assign(outlines.data, { First: first, Last: last, Count: open });
  outlines.end();
  file.catalog['Outlines'] = outlines;
  file.catalog['PageMode'] = 'UseOutlines';
}

/** Writes siblings. @returns the first and last, and how many items are open among them and below */
function writeLevel(
  file: PdfFile,
  level: readonly Bookmark[],
  parent: number,
): { readonly first: Pointer; readonly last: Pointer; readonly open: number } {
  const start = file.reserve(level.length);
  let open = level.length;
  for (const [index, { title, spot, children }] of level.entries()) {
    const id = start + index;
    const below = children.length > 0 ? writeLevel(file, children, id) : undefined;
    if (below) open += below.open;
    file.write(id, {
      Title: text(title),
      Parent: new Pointer(parent),
      Prev: index > 0 ? new Pointer(id - 1) : undefined,
      Next: index < level.length - 1 ? new Pointer(id + 1) : undefined,
      Dest: destination(spot),
      First: below?.first,
      Last: below?.last,
      Count: below?.open,
    });
  }
  return { first: new Pointer(start), last: new Pointer(start + level.length - 1), open };
}
