/** Sets a document as the PDF edition does and gives its pages before they are painted: for what a page looks like. */
import type { Document } from '../../src/document.js';
import { composeDocument } from '../../src/editions/pdf/compose.js';
import { loadFamily } from '../../src/editions/pdf/faces.js';
import { hyphenatorFor } from '../../src/editions/pdf/hyphenate.js';
import type { Line } from '../../src/editions/pdf/lines.js';
import { paginate, type Page } from '../../src/editions/pdf/pages.js';
import { element } from '../../src/editions/pdf/tags.js';
import { contextFor } from './context.js';

export const textArea = { width: 595.28 - 164, height: 841.89 - 164 };

/** The pages of a document in the default template. */
export async function pagesOf(document: Document): Promise<Page[]> {
  const { template, font } = await contextFor();
  const family = await loadFamily(template, font, [], document.language);
  const language = document.language.toLowerCase();
  const hyphenators = new Map([[language, await hyphenatorFor(language)]]);
  const root = element('Document', null);
  const rows = composeDocument(document, template, family, textArea.width, hyphenators, root);
  return [...paginate(rows, { height: textArea.height, aboveRule: 10, belowRule: 5 })];
}

/** How wide the word spaces of a line are, as a share of their natural width; 1 for a line without spaces. */
export function looseness(line: Line): number {
  const space = line.pieces.find((piece) => piece.kind === 'space' && piece.stretches);
  return space ? (space.width + line.extra) / space.width : 1;
}

/** The words of a line. */
export const wordsOf = (line: Line): string =>
  line.pieces.map((piece) => ('text' in piece ? piece.text : piece.kind === 'hyphen' ? '-' : '')).join('');
