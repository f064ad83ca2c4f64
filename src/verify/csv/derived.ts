/**
 * The columns of the CSV edition that follow from the others and from the document: whose row it is, the headings above it,
 * its count of words, how it is cited, and the word before a call. Worked out anew by what docs/tables.md says of them.
 */
import type { Facts, Flat, Unit } from '../flat.js';
import { wordsIn } from '../flat.js';

/** A row by its columns, guards taken off. */
export type Row = ReadonlyMap<string, string>;

export interface Derived {
  readonly eId: string;
  readonly place: string;
  readonly sentence: string;
}

/** What the derived columns say otherwise. */
export function* derivedDifferences(
  document: Flat,
  paragraphs: readonly Row[],
  footnotes: readonly Row[],
): Generator<Derived> {
  const { facts } = document;
  if (!facts) return;
  const wanted = new Map(placesIn(document, facts).map((place) => [place.eId, place]));
  const cited = new Map<string, string>();
  for (const [index, row] of paragraphs.entries()) {
    const eId = row.get('eid') ?? '';
    const at = (sentence: string): Derived => ({ eId, place: `row ${index + 2}`, sentence });
    const expected = wanted.get(eId);
    // Said by the comparison of the texts.
    if (!expected) continue;
    for (const [column, value] of [
      ['doc_id', facts.id],
      ['words', String(expected.words)],
      ['heading', expected.headings.join(' › ')],
    ] as const)
      if (folded(row.get(column) ?? '') !== folded(value))
        yield at(`column ${column}: expected “${value}”, got “${row.get(column) ?? ''}”`);
    const citation = row.get('citation') ?? '';
    const fault = citationFault(citation, expected, facts);
    if (fault !== null) yield at(`column citation: ${fault}, got “${citation}”`);
    const other = cited.get(citation);
    if (other !== undefined && !expected.isTitle)
      yield at(`column citation: ${other} is cited alike, “${citation}”`);
    if (!expected.isTitle) cited.set(citation, eId);
  }
  const texts = new Map(
    [...paragraphs, ...footnotes].map((row) => [row.get('eid') ?? '', row.get('text') ?? '']),
  );
  for (const [index, row] of footnotes.entries()) {
    const at = (sentence: string): Derived => ({
      eId: row.get('eid') ?? '',
      place: `row ${index + 2} of the footnotes`,
      sentence,
    });
    if (row.get('doc_id') !== facts.id)
      yield at(`column doc_id: expected “${facts.id}”, got “${row.get('doc_id') ?? ''}”`);
    const place = row.get('called_in') ?? '';
    const word = place === '' ? '' : wordBefore(texts.get(place) ?? '', Number(row.get('offset')));
    if (row.get('after_word') !== word)
      yield at(`column after_word: expected “${word}”, got “${row.get('after_word') ?? ''}”`);
  }
}

// ------------------------------------------------------------------------------------------------ the rows

interface Place {
  readonly eId: string;
  readonly words: number;
  /** Of those above, outermost first. */
  readonly headings: readonly string[];
  /** What its citation must end in; '' for what is cited by the document or annex alone. */
  readonly cited: string;
  /** Its annex by label or title. */
  readonly attachment: string;
  readonly isTitle: boolean;
}

const titles: ReadonlySet<string> = new Set([
  'docTitle',
  'subtitle',
  'docDate',
  'docNumber',
  'place',
  'attachment',
]);

const spoken = (parts: readonly (string | null | undefined)[], between: string): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(between);

function placesIn({ body }: Flat, facts: Facts): Place[] {
  const attachments = new Map(facts.attachments.map((one) => [one.pin, one]));
  const headed = new Set(
    body.flatMap(({ kind, words, standing }) => {
      const title = attachments.get(standing?.attachment ?? '')?.title;
      return kind === 'heading' && title !== undefined && words.join(' ') === wordsIn(title).join(' ')
        ? (standing?.attachment ?? [])
        : [];
    }),
  );
  const places: Place[] = [];
  let part = '';
  let headings = new Map<number, string>();
  let labels: { readonly depth: number; readonly label: string }[] = [];
  for (const [index, unit] of body.entries()) {
    // A row of a table is one row.
    if (unit.row !== undefined && body[index - 1]?.row === unit.row) continue;
    const { standing, pins, label } = unit;
    const pin = standing?.attachment ?? null;
    const attachment = pin === null ? undefined : attachments.get(pin);
    if (part !== `${standing?.region ?? ''} ${pin ?? ''}`) {
      part = `${standing?.region ?? ''} ${pin ?? ''}`;
      const title = spoken([attachment?.num, attachment?.title], ' ');
      headings = new Map(title === '' || headed.has(pin ?? '') ? [] : [[0, title]]);
    }
    const { level = 1, depth = 0, roles: [role = ''] = [] } = standing ?? {};
    if (unit.kind === 'heading')
      for (const key of [...headings.keys()]) if (key >= level) headings.delete(key);
    labels = labels.filter((one) => one.depth < depth);
    const isProse = unit.kind === 'paragraph' || unit.kind === 'signature';
    const own = isProse && label ? [...labels.map((one) => one.label), label].map(withoutStop).join(' ') : '';
    const said = spoken([label, unit.words.join(' ')], ' ');
    const isTitle = titles.has(role);
    places.push({
      eId: pins?.[0] ?? '',
      words: wordsOfRow(body, index),
      headings: unit.kind === 'label' ? [] : [...headings.values()],
      cited: isTitle ? '' : (unit.kind === 'heading' ? said : own) || (pins?.[0] ?? ''),
      attachment: attachment ? (attachment.num ?? attachment.title) : '',
      isTitle,
    });
    if (unit.kind === 'heading') headings.set(level, said);
    if (isProse && label) labels.push({ depth, label });
  }
  return places;
}

/** The bars between cells are no words. The label of an annex is in a column of its own. */
function wordsOfRow(body: readonly Unit[], index: number): number {
  const unit = body[index];
  if (!unit || unit.kind === 'label') return 0;
  let words = 0;
  for (
    let at = index;
    body[at] && (at === index || (unit.row !== undefined && body[at]?.row === unit.row));
    at++
  )
    words += body[at]?.words.length ?? 0;
  return words;
}

/** A label without the stop, colon, dash or closing bracket after it; `(a)` keeps its pair. */
function withoutStop(label: string): string {
  let end = label.length;
  while (end > 0 && /[.:;,]|\p{Pd}/u.test(label.charAt(end - 1))) end -= 1;
  const bare = label.slice(0, end);
  return bare.endsWith(')') && !bare.includes('(') ? bare.slice(0, -1) : bare;
}

// ------------------------------------------------------------------------------------------------ citations

/** White space and half surrogate pairs are allowed to be others, as in the texts. */
const folded = (text: string): string =>
  wordsIn(text)
    .join(' ')
    .replace(/\p{Cs}/gu, '\ufffd');

/** The document first, then its annex, and at the end the place; null where it is so. */
function citationFault(citation: string, place: Place, facts: Facts): string | null {
  const said = folded(citation);
  const whole = folded(spoken([facts.title, facts.date, facts.symbol], ', '));
  if (!said.startsWith(whole)) return `expected it to begin with “${whole}”`;
  const rest = said.slice(whole.length);
  if (!rest.includes(folded(place.attachment))) return `expected it to name “${place.attachment}”`;
  // Where labels repeat, the pin comes after.
  const bare = rest.endsWith(` [${place.eId}]`) ? rest.slice(0, -` [${place.eId}]`.length) : rest;
  const end = folded(place.cited === '' ? place.attachment : place.cited);
  return bare.endsWith(end) ? null : `expected it to end in “${end}”`;
}

/** The word that ends at an offset, or before the white space there, without the punctuation about it. */
function wordBefore(text: string, offset: number): string {
  const word = wordsIn(text.slice(0, offset)).at(-1) ?? '';
  const characters = Array.from(word);
  const isMark = (character: string | undefined) => character !== undefined && /^\p{P}$/u.test(character);
  while (isMark(characters[0])) characters.shift();
  while (isMark(characters.at(-1))) characters.pop();
  return characters.length === 0 ? word : characters.join('');
}
