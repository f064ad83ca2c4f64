/**
 * Random documents whose words mean something to one of the formats: labels, mark-up, formulas, addresses, invisible
 * characters; with every kind of node, deep, empty and ragged, and notes that are called often, from anywhere.
 */
import type {
  Attachment,
  Block,
  Document,
  Emphasis,
  Footnote,
  Inline,
  Paragraph,
  Span,
  TableRow,
} from '../src/document.js';
import { sample } from './sample.js';
import { pick } from './verify-mutants.js';

const words =
  `harbour the We 15. (a) 1. =1+1 -x *star* _under_ \`code\` <b> &amp; a|b | $x$ [1] [^1] http://a.org/x_y www.x.org me@x.org ~~no~~ # not --- + > C:\\*x \\ “q” (ii) II. co\u00adop a\u200bb it’s N\u00a0km 100% %1 é Ελλ Дом 1) ! ![x](y) [x](y) '=1 '' @x :smile: *** a*b*c x^2^ H~2~O Article 5 bis • – - a. \u2060 fi ffl AV To`.split(
    ' ',
  );
const markers = ['1', '2', '3', '*', '**', '†', 'a', '10', 'i', '22', '1)', 'a b'];
const labels =
  '1.|2.|3.|(a)|(b)|(i)|(ii)|15 bis.|Article 5|A.|II.|§ 3|12 .|14)|1.1|First.|%|Annex|1|*|0.|(aa)|iv.|C.|D.'.split(
    '|',
  );
const bullets = ['•', '-', '*', '%', '%1', '–', 'o', '1.'];
const emphases: readonly (readonly Emphasis[])[] = [
  ['emphasis'],
  ['strong'],
  ['strong', 'emphasis'],
  ['emphasis', 'strong'],
];

/** A document that the numbers decide. */
export function randomDocument(random: () => number): Document {
  const upTo = (count: number) => Math.floor(random() * count);
  const several = <T>(least: number, most: number, make: (index: number) => T): T[] =>
    Array.from({ length: least + upTo(most - least + 1) }, (_, index) => make(index));
  let id = 0;
  const notes = several(0, 4, (index) => ({
    eId: `ftn_${index + 1}`,
    marker: random() < 0.5 ? String(index + 1) : pick(markers, random),
  }));
  const source = (): Span => ({ start: 0, end: 1, line: ++id, lastLine: id });
  const eId = (kind: string): string =>
    `${kind}_${++id}${random() < 0.03 ? `_${'long'.repeat(12)}${id}` : ''}`;

  const content = (mayBeEmpty: boolean): Inline[] => {
    if (mayBeEmpty && random() < 0.1) return [];
    return several(1, 4, (index): Inline[] => {
      const said = several(1, 8, () => pick(words, random)).join(pick([' ', ' ', ' ', '\u00a0'], random));
      const value = index > 0 && random() < 0.6 ? ` ${said}` : said;
      const text: Inline =
        random() < 0.2 ? { type: 'text', value, emphasis: pick(emphases, random) } : { type: 'text', value };
      const calls: Inline[] = [];
      while (notes.length > 0 && random() < 0.25) {
        const { eId: footnote, marker } = pick(notes, random);
        calls.push({ type: 'noteCall', footnote, marker });
      }
      return [text, ...calls];
    }).flat();
  };
  const node = (kind: string, mayBeEmpty = false) => ({
    eId: eId(kind),
    content: content(mayBeEmpty),
    source: source(),
    leaves: [],
  });

  const paragraph = (depth: number): Paragraph => {
    const kind = random();
    const children = depth < 3 && random() < 0.3 ? several(1, 4, () => paragraph(depth + 1)) : [];
    const plain = { type: 'paragraph', ...node('p', true), num: null, role: 'plain', children } as const;
    if (kind < 0.5) return { ...plain, num: pick(labels, random), role: depth > 0 ? 'item' : 'numbered' };
    if (kind < 0.65) return { ...plain, marker: pick(bullets, random), role: 'item' };
    if (kind < 0.7 && depth > 0) return { ...plain, role: 'wrapUp' };
    return kind < 0.75 ? { ...plain, role: 'preambular' } : { ...plain, role: depth > 0 ? 'item' : 'plain' };
  };
  const table = (): Block => {
    const name = eId('table');
    const width = 1 + upTo(3);
    const rows = several(1, 4, (row): TableRow => {
      const cells = Array.from({ length: random() < 0.1 ? 1 + upTo(3) : width }, (_, column) => ({
        type: 'cell' as const,
        ...node('cell', true),
        eId: `${name}__cell_${row + 1}_${column + 1}`,
      }));
      return { cells };
    });
    return { type: 'table', eId: name, rows, source: source() };
  };
  const block = (): Block => {
    const kind = random();
    if (kind < 0.15)
      return {
        type: 'heading',
        ...node('h', true),
        level: 1 + upTo(4),
        num: random() < 0.5 ? pick(labels, random) : null,
      };
    if (kind < 0.22) return table();
    if (kind >= 0.28) return paragraph(0);
    const columns = several(1, 4, () => several(1, 3, (): Paragraph => ({ ...paragraph(3), role: 'plain' })));
    return { type: 'signature', eId: eId('sig'), columns, source: source() };
  };
  const attachment = (): Attachment => ({
    type: 'attachment',
    eId: eId('att'),
    num: random() < 0.6 ? pick(['Annex I', 'Annex 2', 'ANNEX', 'I.'], random) : null,
    title: 'Annex',
    kind: 'annex',
    children: [{ type: 'docTitle', ...node('t') }, ...several(0, 4, block)],
    source: source(),
  });

  const titles = ['docTitle', 'subtitle', 'docDate', 'docNumber', 'place'] as const;
  const texts = {
    preface: several(0, 4, (): Block => ({ type: pick(titles, random), ...node('t') })),
    preamble: several(0, 3, block),
    mainBody: several(0, 8, block),
    conclusions: several(0, 3, block),
    attachments: several(0, 2, attachment),
  };
  const footnotes = notes.map(({ eId: name, marker }): Footnote => ({
    type: 'footnote',
    marker,
    ...node('x'),
    eId: name,
    children: random() < 0.2 ? [paragraph(2)] : [],
  }));
  return { ...sample, id: 'random', ...texts, footnotes: calledFrom(texts, footnotes) };
}

/** The notes that are called, by texts or by notes that are: another one must be a paragraph of the text as well. */
function calledFrom(texts: object, footnotes: readonly Footnote[]): Footnote[] {
  const called = new Set<string>();
  const look = (value: unknown): void => {
    JSON.stringify(value, (_, inner: unknown) => {
      const call = inner as { type?: unknown; footnote?: unknown } | null;
      if (call?.type === 'noteCall' && typeof call.footnote === 'string' && !called.has(call.footnote)) {
        called.add(call.footnote);
        look(footnotes.find((note) => note.eId === call.footnote));
      }
      return inner;
    });
  };
  look(texts);
  return footnotes.filter((note) => called.has(note.eId));
}
