import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Block, Document } from '../src/document.js';
import { callsByFootnote, textNodes, textOf } from '../src/document.js';
import { edition } from '../src/editions/csv.js';
import { guardCell } from '../src/editions/csv/formulas.js';
import type { Context } from '../src/editions/edition.js';
import { loadTemplate, type Template } from '../src/template.js';
import { unguarded } from '../src/verify/csv.js';
import { paragraph, sample } from './sample.js';

let template: Template;
beforeAll(async () => {
  const path = new URL('../templates/default.json', import.meta.url);
  template = await loadTemplate('default', () =>
    Promise.resolve({ path: 'default', text: readFileSync(path, 'utf8') }),
  );
});

const rendered = async (document: Document, csv: Template['csv'] = template.csv) => {
  const context = { template: { ...template, csv }, version: '0.0.0', buildDate: null } as Context;
  const files = (await edition.render(document, context)) as ReadonlyMap<string, Uint8Array>;
  return {
    rows: files.get('.csv') ?? new Uint8Array(),
    notes: files.get('.footnotes.csv') ?? new Uint8Array(),
  };
};

type Rows = Record<string, string>[];
const rowsOf = (bytes: Uint8Array): Rows =>
  parse(Buffer.from(bytes), { bom: true, columns: true, record_delimiter: '\r\n' });

const withBody = (...mainBody: Block[]): Document => ({ ...sample, mainBody });
const words = (text: string) => text.split(/\p{White_Space}+/u).filter((word) => word !== '');

describe('the CSV edition', () => {
  it('has one row for each text-bearing node, in order, with every word once', async () => {
    const rows = rowsOf((await rendered(sample)).rows);
    const expected = [...textNodes(sample)].filter(({ region }) => region !== 'footnotes');
    const cells = new Set(expected.filter(({ node }) => node.type === 'cell').map(({ node }) => node.eId));
    expect(
      rows.filter(({ role }) => role !== 'tableRow' && role !== 'attachment').map(({ eid }) => eid),
    ).toEqual(expected.filter(({ node }) => !cells.has(node.eId)).map(({ node }) => node.eId));
    const said = rows.map(({ role, text }) => (role === 'tableRow' ? text?.replace(' | ', ' ') : text) ?? '');
    expect(said.map((cell) => unguarded(cell)).flatMap(words)).toEqual(
      expected.flatMap(({ node }) => words(textOf(node.content))),
    );
    expect(rows.reduce((sum, row) => sum + Number(row['words']), 0)).toBe(said.flatMap(words).length);
  });

  it('has the columns of the contract', async () => {
    const { rows, notes } = await rendered(sample);
    const firstLine = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8').split('\r\n', 1)[0];
    expect(firstLine(rows)).toBe(
      '\ufeffdoc_id,eid,num,region,role,level,heading,text,footnotes,citation,words,first_line,last_line',
    );
    expect(firstLine(notes)).toBe(
      '\ufeffdoc_id,eid,marker,text,called_in,offset,after_word,first_line,last_line',
    );
  });

  it('says where each row stands', async () => {
    const rows = new Map(rowsOf((await rendered(sample)).rows).map((row) => [row['eid'], row]));
    expect(rows.get('para_1__subpara_a__subpara_i')).toMatchObject({
      doc_id: 'sample',
      num: '(i)',
      region: 'mainBody',
      role: 'item',
      level: '3',
      heading: 'I. Access to harbours',
      text: 'to their crews;',
      footnotes: '',
      words: '3',
    });
    expect(rows.get('hcontainer_1')).toMatchObject({
      role: 'heading',
      level: '2',
      heading: 'I. Access to harbours',
    });
    expect(rows.get('para_2')).toMatchObject({
      role: 'operative',
      heading: 'I. Access to harbours › Dues and charges',
      footnotes: 'ftn_2',
    });
    expect(rows.get('table_1__cell_1_1')).toMatchObject({
      role: 'tableRow',
      text: 'Harbour | Depth | m',
      words: '4',
    });
    expect(rows.get('signature_1__p_4')).toMatchObject({
      role: 'signature',
      text: 'E. Østergård',
      region: 'conclusions',
    });
    expect(rows.get('att_1')).toMatchObject({ role: 'attachment', num: 'Annex I', text: '' });
    expect(rows.get('att_1__para_2')).toMatchObject({
      region: 'attachments',
      heading: 'Annex I Timetable of the harbour works',
    });
  });

  it('cites as a scholar would', async () => {
    const rows = new Map(rowsOf((await rendered(sample)).rows).map((row) => [row['eid'], row['citation']]));
    const whole = 'Declaration on the Harbours of the Northern Coast, 9 May 2011, HNC/2011/3';
    expect(rows.get('docTitle_1')).toBe(whole);
    expect(rows.get('para_1')).toBe(`${whole}, para. 1`);
    expect(rows.get('para_1__subpara_a')).toBe(`${whole}, para. 1 (a)`);
    expect(rows.get('para_1__subpara_a__subpara_i')).toBe(`${whole}, para. 1 (a) (i)`);
    expect(rows.get('para_1__wrapup_1')).toBe(`${whole}, para_1__wrapup_1`);
    expect(rows.get('para_15bis')).toBe(`${whole}, para. 15 bis`);
    expect(rows.get('ftn_4_1')).toBe(`${whole}, note 9`);
    expect(rows.get('sec_I')).toBe(`${whole}, I. Access to harbours`);
    expect(rows.get('att_1__para_2')).toBe(`${whole}, Annex I, para. 2`);
    const placed = [...rows.values()].filter((one) => one !== whole && one !== `${whole}, Annex I`);
    expect(new Set(placed).size).toBe(placed.length);
  });

  it.each([
    ['15.', 'para. 15'],
    ['15', 'para. 15'],
    ['15.-', 'para. 15'],
    ['1)', 'para. 1'],
    ['(1)', 'para. (1)'],
    ['IV.', 'para. IV'],
    ['Article 5', 'Article 5'],
    ['Art. 5.', 'Art. 5'],
    ['Article premier', 'Article premier'],
    ['第二条', '第二条'],
    ['§ 4', '§ 4'],
  ])('cites the label %s as %s', async (label, cited) => {
    const { rows } = await rendered({
      ...withBody(paragraph('x', label, 'numbered', 'Words.')),
      title: 'T',
      symbol: null,
    });
    expect(rowsOf(rows).find(({ eid }) => eid === 'x')?.['citation']).toBe(`T, 9 May 2011, ${cited}`);
  });

  it('tells labels that repeat apart by their headings, and at last by their pins', async () => {
    const heading = (eId: string, num: string, text: string): Block => ({
      ...paragraph(eId, num, 'plain', text),
      type: 'heading',
      level: 1,
    });
    const { rows } = await rendered({
      ...withBody(
        heading('sec_I', 'I.', 'Ports'),
        paragraph('sec_I__para_1', '1.', 'numbered', 'a'),
        heading('sec_II', 'II.', 'Ships'),
        paragraph('sec_II__para_1', '1.', 'numbered', 'b'),
        paragraph('sec_II__para_1_2', '1.', 'numbered', 'c'),
      ),
      title: 'T',
      symbol: null,
      datePrinted: null,
    });
    expect(
      rowsOf(rows)
        .filter(({ role }) => role === 'numbered')
        .slice(0, 3)
        .map(({ citation }) => citation),
    ).toEqual([
      'T, 2011-05-09, I. Ports, para. 1',
      'T, 2011-05-09, II. Ships, para. 1 [sec_II__para_1]',
      'T, 2011-05-09, II. Ships, para. 1 [sec_II__para_1_2]',
    ]);
  });

  it('has one row for each call of a note, and one for a note without', async () => {
    const { notes, rows } = await rendered(sample);
    const found = rowsOf(notes);
    expect(found.map((row) => [row['eid'], row['called_in'], row['offset'], row['after_word']])).toEqual([
      ['ftn_1', 'docTitle_1', '49', 'Coast'],
      ['ftn_2', 'para_1', '60', 'open'],
      ['ftn_2', 'para_2', '81', 'm'],
      ['ftn_3', 'att_1__para_2', '27', 'thereafter'],
      ['ftn_4', '', '', ''],
    ]);
    expect(found[1]?.['text']).toBe('See HNC/2008/1, in particular: (a) chapter two; (b) chapter five.');
    const texts = new Map(rowsOf(rows).map((row) => [row['eid'], row['text'] ?? '']));
    const calls = [...callsByFootnote(sample).values()].flat();
    expect(calls).toHaveLength(4);
    for (const { eId, offset } of calls) expect(texts.get(eId)?.length).toBeGreaterThanOrEqual(offset);
  });

  it('places a call in a table cell in its row’s text, and a call in a note in the note’s', async () => {
    const [table] = sample.mainBody.filter((block) => block.type === 'table');
    const cell = table?.rows[1]?.cells[1];
    const child = sample.footnotes[1]?.children[0];
    if (!table || !cell || !child) throw new Error('the sample has changed');
    const call = { type: 'noteCall', footnote: 'ftn_1', marker: '1' } as const;
    const first = table.rows[1]?.cells[0];
    const called = { ...cell, content: [...cell.content, call] };
    const { notes } = await rendered({
      ...withBody({ ...table, rows: [{ cells: [...(first ? [first] : []), called] }] }),
      footnotes: sample.footnotes.map((note) =>
        note.eId === 'ftn_2'
          ? { ...note, children: [{ ...child, content: [...child.content, call] }] }
          : note,
      ),
    });
    expect(
      rowsOf(notes)
        .filter(({ eid }) => eid === 'ftn_1')
        .map((row) => [row['called_in'], row['offset'], row['after_word']]),
    ).toEqual([
      ['docTitle_1', '49', 'Coast'],
      ['table_1__cell_2_1', '11', '7.5'],
      ['ftn_2', '47', 'two'],
    ]);
  });

  it('is the same every time', async () => {
    expect(await rendered(sample)).toEqual(await rendered(structuredClone(sample)));
  });
});

describe('RFC 4180', () => {
  it('has a byte-order mark, CRLF after every record, and quotes where they are needed', async () => {
    const body = ['a,b', 'say "x"', 'line\nfeed', 'carriage\rreturn', 'a;b', '  spaces  ', 'plain'];
    const { rows } = await rendered(
      withBody(...body.map((text, at) => paragraph(`p_${at}`, null, 'plain', text))),
    );
    const text = Buffer.from(rows).toString('utf8');
    expect([...rows.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.match(/\r\n/g)?.length).toBe(rowsOf(rows).length + 1);
    for (const quoted of ['"a,b"', '"say ""x"""', '"line\nfeed"', '"carriage\rreturn"'])
      expect(text).toContain(quoted);
    expect(rowsOf(rows).map((row) => row['text'])).toEqual(expect.arrayContaining(body));
  });

  it('is read by Python’s csv as it was meant', async ({ skip }) => {
    const python = spawnSync('python3', ['--version']);
    if (python.status !== 0) {
      if (process.env['CI']) throw new Error('python3 is missing');
      skip('python3 is not there');
    }
    const folder = mkdtempSync(join(tmpdir(), 'engross-csv-'));
    try {
      const file = join(folder, 'sample.csv');
      const { rows } = await rendered(sample);
      writeFileSync(file, rows);
      const script =
        'import csv,json,sys; print(json.dumps(list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline=""), strict=True))))';
      expect(JSON.parse(execFileSync('python3', ['-c', script, file], { encoding: 'utf8' }))).toEqual(
        rowsOf(rows),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('formulas', () => {
  const blank = [
    '',
    ' ',
    '  ',
    '\t',
    '\n',
    '\r',
    '\u00a0',
    '\u202f',
    '\u3000',
    '\u2028',
    '\ufeff',
    '\u200b',
    '\u200e',
    '\u202e',
    '\u2066',
    '\u00ad',
    '\0',
    '\u007f',
    '\u0085',
    ' \u200f\t',
  ];
  const dangerous = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'];
  const bodies = ['1+1', 'SUM(A1:A9)', "cmd|' /C calc'!A0", 'HYPERLINK("http://example.org")', ''];
  const cells = blank.flatMap((before) =>
    dangerous.map((sign, at) => `${before}${sign}${bodies[(at + before.length) % bodies.length] ?? ''}`),
  );
  const leading = ['\t', '\r', '\n'].map((first) => `${first}words`);
  const quoted = [...cells, ...leading].map((cell) => `''${cell}`);

  it('are made harmless in some 480 cells, and every one is restored', () => {
    const all = [...cells, ...leading, ...quoted];
    expect(all.length).toBeGreaterThan(400);
    for (const cell of all) {
      const safe = guardCell(cell);
      expect(safe, JSON.stringify(cell)).toBe(`'${cell}`);
      expect(unguarded(safe)).toBe(cell);
    }
  });

  it('leave every other cell alone', () => {
    const harmless = [
      '',
      '15.',
      '(a)',
      'a=b',
      '1-2',
      "'quoted'",
      "'",
      "''s",
      '“=1”',
      '*',
      '–5',
      '−5',
      'x@y.org',
      '#1',
      '%',
      '|',
      '.=1',
      '٪=',
      ' a',
      'Ā=',
      '1=1',
    ];
    for (const cell of harmless) {
      expect(guardCell(cell)).toBe(cell);
      expect(unguarded(cell)).toBe(cell);
    }
  });

  it('are undone by taking one ' + "'" + ' off, whatever the cell', () => {
    const unit = fc.oneof(
      fc.constantFrom(
        "'",
        "'",
        '=',
        '+',
        '-',
        '@',
        '＝',
        '＠',
        ' ',
        '\t',
        '\r',
        '\n',
        '\u00a0',
        '\ufeff',
        '\u200f',
        'a',
        '1',
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (cell) => {
        const safe = guardCell(cell);
        expect(unguarded(safe)).toBe(cell);
        expect(safe).not.toMatch(/^[\p{White_Space}\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u);
      }),
      { seed: 4180, numRuns: 20_000 },
    );
  });

  it('are guarded in every column of the file, unless the template says otherwise', async () => {
    const document: Document = {
      ...withBody(paragraph('p_1', '-', 'numbered', '=1+1'), paragraph('p_2', null, 'plain', "'=1+1")),
      title: '@title',
      footnotes: sample.footnotes.map((note) => ({ ...note, marker: '+' })),
    };
    const safe = await rendered(document);
    const raw = await rendered(document, { escapeFormulas: false });
    expect(rowsOf(safe.rows).find(({ eid }) => eid === 'p_1')).toMatchObject({ num: "'-", text: "'=1+1" });
    expect(rowsOf(safe.rows).find(({ eid }) => eid === 'p_2')).toMatchObject({ text: "''=1+1" });
    expect(rowsOf(safe.notes)[0]).toMatchObject({ marker: "'+" });
    expect(rowsOf(raw.rows).find(({ eid }) => eid === 'p_1')).toMatchObject({ num: '-', text: '=1+1' });
    for (const [one, other] of [
      [safe.rows, raw.rows],
      [safe.notes, raw.notes],
    ] as const)
      expect(rowsOf(one).map((row) => Object.values(row).map((cell) => unguarded(cell)))).toEqual(
        rowsOf(other).map((row) => Object.values(row)),
      );
    expect(
      rowsOf(safe.rows)
        .flatMap((row) => Object.values(row))
        .filter((cell) => /^[=+\-@]/.test(cell)),
    ).toEqual([]);
  });
});
