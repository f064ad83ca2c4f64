/**
 * Furniture: what the page carried and the document does not. It is found first, because it cuts through sentences
 * at page breaks. Nothing is thrown away: each line keeps its reason, and the JSON edition carries it all.
 */
import { chrome } from './furniture/chrome.js';
import { bracketedFront, frontMatter } from './furniture/front-matter.js';
import { lineNumbers } from './furniture/line-numbers.js';
import { markupLines } from './furniture/markup.js';
import { coverNote, masthead } from './furniture/mastheads.js';
import { pages } from './furniture/pages.js';
import { quotation } from './furniture/quotation.js';
import type { Sheet } from './sheet.js';

/** Marks every line that is furniture, and notes what front matter and mastheads say about the document. */
export function findFurniture(sheet: Sheet): void {
  frontMatter(sheet);
  bracketedFront(sheet);
  quotation(sheet);
  lineNumbers(sheet);
  markupLines(sheet);
  pages(sheet);
  masthead(sheet);
  coverNote(sheet);
  chrome(sheet);
}
