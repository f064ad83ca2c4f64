/** A document made to try the paginator: many notes, some longer than a page, and every kind of place for a call. */
import type { Block, Document, Footnote, Inline, Paragraph, Span } from '../../src/document.js';

const source: Span = { start: 0, end: 0, line: 1, lastLine: 1 };

/** Numbers that look like chance and are the same every time (Park and Miller's generator). */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

const words =
  'the ministers reaffirm their commitment to cooperation and security in accordance with international law while maintaining an effective contribution of all responsible organisations towards sustainable development NATO Mediterranean Dialogue UN-mandated long-term 1244 2007 Afghanistan’s efficient offices figuring -- “shared” values'.split(
    ' ',
  );

export function prose(next: (below: number) => number, count: number): string {
  const chosen = Array.from({ length: count }, () => words[next(words.length)] ?? '');
  return `${chosen.join(' ')}.`;
}

const text = (value: string): Inline => ({ type: 'text', value });

/**
 * @param paragraphs how many numbered paragraphs; every second one calls a note
 * @param longest words of the longest notes: every 25th is as long
 */
export function stressDocument(paragraphs: number, longest: number, seed = 7): Document {
  const next = numbers(seed);
  const footnotes: Footnote[] = [];
  const call = (): Inline => {
    const index = footnotes.length + 1;
    const length = index % 25 === 0 ? longest : 3 + next(40);
    footnotes.push({
      type: 'footnote',
      eId: `ftn_${index}`,
      marker: String(index),
      content: [text(prose(next, length))],
      children: [],
      source,
      leaves: [],
    });
    return { type: 'noteCall', footnote: `ftn_${index}`, marker: String(index) };
  };
  const paragraph = (
    eId: string,
    num: string | null,
    content: Inline[],
    children: Paragraph[] = [],
  ): Paragraph => ({
    type: 'paragraph',
    eId,
    num,
    role: num === null ? 'plain' : 'numbered',
    content,
    children,
    source,
    leaves: [],
  });
  const mainBody: Block[] = [];
  for (let index = 1; index <= paragraphs; index++) {
    const noted = index % 2 === 0;
    if (index % 10 === 1)
      mainBody.push({
        type: 'heading',
        level: 1 + (Math.floor(index / 10) % 3),
        eId: `hcontainer_${index}`,
        num: index % 20 === 1 ? `${index}.` : null,
        content: [text(prose(next, 5)), ...(index % 30 === 1 ? [call()] : [])],
        source,
        leaves: [],
      });
    const eId = `para_${index}`;
    const content = [
      text(prose(next, 5 + next(80))),
      ...(noted ? [call(), text(` ${prose(next, 1 + next(30))}`)] : []),
    ];
    const children =
      index % 7 === 0
        ? ['(a)', '(b)', '(c)'].map((label, at) =>
            paragraph(`${eId}__subpara_${at}`, label, [text(prose(next, 4 + next(25)))]),
          )
        : [];
    mainBody.push(paragraph(eId, `${index}.`, content, children));
    if (index % 23 === 0)
      mainBody.push({
        type: 'table',
        eId: `table_${index}`,
        source,
        rows: [0, 1, 2, 3].map((row) => ({
          cells: [0, 1, 2].map((column) => ({
            type: 'cell' as const,
            eId: `table_${index}__cell_${row}_${column}`,
            content: [text(prose(next, 2 + next(9))), ...(row === 2 && column === 1 ? [call()] : [])],
            source,
            leaves: [],
          })),
        })),
      });
  }
  const first = footnotes[0];
  return {
    id: 'stress',
    language: 'en',
    title: 'Stress',
    subtitle: null,
    date: null,
    datePrinted: null,
    documentType: null,
    symbol: null,
    place: null,
    issuer: null,
    preface: [{ type: 'docTitle', eId: 'docTitle_1', content: [text('Stress')], source, leaves: [] }],
    preamble: [],
    mainBody,
    conclusions: first
      ? [
          paragraph('conclusions__p_1', null, [
            text('Once more'),
            { type: 'noteCall', footnote: first.eId, marker: first.marker },
          ]),
        ]
      : [],
    attachments: [],
    footnotes,
    furniture: [],
    diagnostics: [],
    source: { file: 'stress.txt', sha256: '0'.repeat(64), encoding: 'utf-8', bytes: 0, characters: 0 },
  };
}
