/**
 * A small document that holds every kind of node: what the contract tests give to every edition. The text is ours.
 */
import type {
  Attachment,
  Document,
  Emphasis,
  Footnote,
  Inline,
  Paragraph,
  Role,
  Span,
  TableCell,
} from '../src/document.js';

let position = 0;
let line = 0;

/** Spans that follow each other: no source stands behind the sample, but editions print lines and offsets. */
function span(length: number): Span {
  line += 1;
  const start = position;
  position += length + 1;
  return { start, end: start + length, line, lastLine: line };
}

/** `[1>ftn_1]` calls the note ftn_1 with the mark 1; `*words*` and `**words**` are emphasis. */
export function inline(source: string): Inline[] {
  const content: Inline[] = [];
  for (const part of source.split(/(\[[^\]\s]+>\w+\]|\*\*[^*]+\*\*|\*[^*]+\*)/)) {
    const call = /^\[([^\]\s]+)>(\w+)\]$/.exec(part);
    if (call) content.push({ type: 'noteCall', marker: call[1] ?? '', footnote: call[2] ?? '' });
    else if (part.startsWith('**')) content.push(emphasised(part.slice(2, -2), 'strong'));
    else if (part.startsWith('*') && part.length > 2) content.push(emphasised(part.slice(1, -1), 'emphasis'));
    else if (part !== '') content.push({ type: 'text', value: part });
  }
  return content;
}

const emphasised = (value: string, emphasis: Emphasis): Inline => ({
  type: 'text',
  value,
  emphasis: [emphasis],
});

const prose = (eId: string, words: string) => ({
  eId,
  content: inline(words),
  source: span(words.length),
  leaves: [],
});

export const paragraph = (
  eId: string,
  num: string | null,
  role: Role,
  words: string,
  children: readonly Paragraph[] = [],
): Paragraph => ({ type: 'paragraph', num, role, ...prose(eId, words), children });

const bullet = (eId: string, words: string): Paragraph => ({
  ...paragraph(eId, null, 'item', words),
  marker: '•',
});

const cell = (eId: string, words: string): TableCell => ({ type: 'cell', ...prose(eId, words) });

const note = (eId: string, marker: string, words: string, children: readonly Paragraph[] = []): Footnote => ({
  type: 'footnote',
  marker,
  ...prose(eId, words),
  children,
});

const annex: Attachment = {
  type: 'attachment',
  eId: 'att_1',
  num: 'Annex I',
  title: 'Timetable of the harbour works',
  kind: 'annex',
  children: [
    { type: 'docTitle', ...prose('att_1__docTitle_1', 'Timetable of the harbour works') },
    paragraph('att_1__para_1', '1.', 'numbered', 'The survey ends in May.'),
    paragraph('att_1__para_2', '2.', 'numbered', 'Dredging begins *thereafter*.[*>ftn_3]'),
  ],
  source: span(1),
};

export const sample: Document = {
  id: 'sample',
  language: 'en',
  title: 'Declaration on the Harbours of the Northern Coast',
  subtitle: 'Adopted at the third meeting of ministers',
  date: '2011-05-09',
  datePrinted: '9 May 2011',
  documentType: 'declaration',
  symbol: 'HNC/2011/3',
  place: 'Tórshavn',
  issuer: null,
  preface: [
    { type: 'docNumber', ...prose('docNumber_1', 'HNC/2011/3') },
    {
      type: 'docTitle',
      ...prose('docTitle_1', 'Declaration on the Harbours of the Northern Coast[1>ftn_1]'),
    },
    { type: 'subtitle', ...prose('subtitle_1', 'Adopted at the third meeting of ministers') },
    { type: 'place', ...prose('place_1', 'Tórshavn') },
    { type: 'docDate', ...prose('docDate_1', '9 May 2011') },
  ],
  preamble: [
    paragraph('preamble__p_1', null, 'plain', 'The ministers,'),
    paragraph(
      'preamble__p_2',
      null,
      'preambular',
      '*Recalling* the declaration of 2008 & the "Bergen rules" <1999>,',
    ),
  ],
  mainBody: [
    { type: 'heading', level: 1, num: 'I.', ...prose('sec_I', 'Access to harbours') },
    paragraph(
      'para_1',
      '1.',
      'numbered',
      'We agree that every harbour -- large or small -- stays open:[2>ftn_2]',
      [
        paragraph('para_1__subpara_a', '(a)', 'item', 'to ships in distress, at any hour; and', [
          paragraph('para_1__subpara_a__subpara_i', '(i)', 'item', 'to their crews;'),
        ]),
        paragraph('para_1__subpara_b', '(b)', 'item', 'to ferries, on 365 days a year.'),
        paragraph('para_1__wrapup_1', null, 'wrapUp', 'Nothing in this paragraph limits paragraph 3.'),
      ],
    ),
    { type: 'heading', level: 2, num: null, ...prose('hcontainer_1', 'Dues *and* charges') },
    paragraph(
      'para_2',
      '2.',
      'operative',
      '**Decides** that dues of 1 000 kr. a day, or more, are waived for vessels under 12 m.[2>ftn_2] Further dues are set in *Annex I*.',
    ),
    paragraph('para_4', '4.', 'numbered', 'We note, once more:', [
      bullet('para_4__item_1', 'the pilots’ report;'),
      bullet('para_4__item_2', 'its findings [sic].'),
    ]),
    paragraph('para_15bis', '15 bis.', 'numbered', '=1+1 is no formula here. # Nor is this a heading.'),
    paragraph('p_1', null, 'plain', '1. This looks like a list item, and is none.'),
    {
      type: 'table',
      eId: 'table_1',
      rows: [
        { cells: [cell('table_1__cell_1_1', 'Harbour'), cell('table_1__cell_1_2', 'Depth | m')] },
        { cells: [cell('table_1__cell_2_1', 'Vágur'), cell('table_1__cell_2_2', '7.5')] },
      ],
      source: span(1),
    },
    paragraph('ftn_4_1', '9', 'note', 'Adopted without a vote.'),
  ],
  conclusions: [
    paragraph('conclusions__p_1', null, 'plain', 'Done at Tórshavn on 9 May 2011.'),
    {
      type: 'signature',
      eId: 'signature_1',
      columns: [
        [
          paragraph('signature_1__p_1', null, 'plain', 'For the north:'),
          paragraph('signature_1__p_2', null, 'plain', 'J. á Lakjuni'),
        ],
        [
          paragraph('signature_1__p_3', null, 'plain', 'For the south:'),
          paragraph('signature_1__p_4', null, 'plain', 'E. Østergård'),
        ],
      ],
      source: span(1),
    },
  ],
  attachments: [annex],
  footnotes: [
    note('ftn_1', '1', 'Also called the Tórshavn declaration.'),
    note('ftn_2', '2', 'See HNC/2008/1, in particular:', [
      paragraph('ftn_2__subpara_a', '(a)', 'item', 'chapter *two*;'),
      paragraph('ftn_2__subpara_b', '(b)', 'item', 'chapter five.'),
    ]),
    note('ftn_3', '*', 'Weather permitting.'),
    note('ftn_4', '9', 'Adopted without a vote.'),
  ],
  furniture: [{ reason: 'page number', text: '1/2', source: span(3) }],
  diagnostics: [
    {
      code: 'number-skipped',
      severity: 'warning',
      message: 'Paragraph 4 follows paragraph 2.',
      cure: 'Compare with the original: a paragraph may be missing.',
      line: 16,
      column: 1,
    },
  ],
  source: { file: 'sample.txt', sha256: '0'.repeat(64), encoding: 'utf-8', bytes: 2048, characters: 2000 },
};
