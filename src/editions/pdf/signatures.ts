/** Signature blocks: a column for each signatory or party, in bands of at most three; a single one has the whole width. */
import type { Signature } from '../../document.js';
import { acrossColumns } from './columns.js';
import type { Composer } from './composer.js';
import { paragraphRows } from './paragraphs.js';
import { labelText } from './labels.js';
import type { Row } from './pages.js';
import type { Place } from './rows.js';
import { element } from './tags.js';

const mostColumns = 3;
const gap = 24;
const spaceAbove = 14;
/** A band of more rows than this may be divided between pages. */
const mostTogether = 20;

/** A signature block as rows. */
export function* signatureRows(composer: Composer, signature: Signature, place: Place): Generator<Row> {
  const block = element('Div', place.container);
  const style = composer.styles.ragged;
  const across = Math.min(mostColumns, signature.columns.length);
  const width = (place.measure - gap * (across - 1)) / across;
  for (let from = 0; from < signature.columns.length; from += across) {
    const band = signature.columns.slice(from, from + across).map((column, index) => {
      const container = element('Div', block);
      const own: Place = { x: place.x + index * (width + gap), measure: width, container };
      return column.flatMap((paragraph, at) => {
        const list = labelText(paragraph) === null ? container : element('L', container);
        const rows = [...paragraphRows(composer, paragraph, { ...own, container: list }, 0, style)];
        return rows.map((row) => (at === 0 ? row : { ...row, before: row.before / 4 }));
      });
    });
    const rows = acrossColumns(band, mostTogether);
    for (const [index, row] of rows.entries())
      yield index > 0
        ? row
        : {
            ...row,
            before: spaceAbove,
            anchors: [...(from === 0 ? [{ name: signature.eId }] : []), ...(row.anchors ?? [])],
          };
  }
}
