/** How a scholar would cite each row. */
import type { Document } from '../../document.js';
import type { Strings } from '../../template.js';
import { textAt, withLabel, type Place } from './places.js';

/**
 * How to cite each place: title, date as printed, symbol, then the place: `para. 15`, `para. 4 (a)`, `Article 5`,
 * `Annex I, para. 2`; a place without a label by its heading or its pin. Where labels repeat in the document, the
 * innermost heading comes before; where even that leaves two alike, the pin comes after.
 */
export function citations(
  document: Document,
  places: readonly Place[],
  strings: Strings,
): (place: Place) => string {
  const whole = [document.title, document.datePrinted ?? document.date, document.symbol]
    .filter((part) => part !== null && part !== '')
    .join(', ');
  const short = countOf(places.map((place) => locator(place, strings, false)));
  const long = countOf(places.map((place) => locator(place, strings, true)));
  return (place) => {
    let where = locator(place, strings, false);
    if ((short.get(where) ?? 0) > 1) where = locator(place, strings, true);
    if (!titles.has(place.role) && (long.get(where) ?? 0) > 1) where += ` [${place.eId}]`;
    return [whole, where].filter((part) => part !== '').join(', ');
  };
}

function countOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const titles: ReadonlySet<string> = new Set([
  'docTitle',
  'subtitle',
  'docDate',
  'docNumber',
  'place',
  'attachment',
]);

/** A row's place within its document; empty for the parts of the document's own title block. */
function locator(place: Place, strings: Strings, underHeading: boolean): string {
  const parts: string[] = place.attachment === null || place.attachment === '' ? [] : [place.attachment];
  const heading = place.headings.at(-1);
  const isInAttachmentTitle = place.attachment !== null && place.headings.length === 1;
  if (underHeading && heading !== undefined && !isInAttachmentTitle) parts.push(heading);
  const words = place.role === 'heading' ? withLabel(place.num, textAt(place)) : '';
  if (words !== '') parts.push(words);
  else if (place.num !== null && place.role !== 'attachment' && place.role !== 'heading')
    parts.push(
      labelled(
        [...place.labels, place.num].map(withoutStop),
        place.role === 'note' ? strings.note : strings.paragraph,
      ),
    );
  else if (!titles.has(place.role)) parts.push(place.eId);
  return parts.join(', ');
}

const labelled = (labels: readonly string[], kind: string): string =>
  namesItself(labels[0] ?? '') ? labels.join(' ') : `${kind} ${labels.join(' ')}`;

/** `Article 5`, `Art. 5`, `§ 5`, `第二条` say what they are; `15`, `15 bis`, `IV`, `(a)` do not. */
const namesItself = (label: string): boolean => /^(\p{L}{2,}\.?\p{White_Space}|[§¶第])/u.test(label);

/** A label without the stop, colon or closing bracket after it; `(a)` keeps its pair. */
function withoutStop(label: string): string {
  const bare = label.replace(/(?<![.:;,\p{Pd}])[.:;,\p{Pd}]+$/u, '');
  return bare.endsWith(')') && !bare.includes('(') ? bare.slice(0, -1) : bare;
}
