/** What the pages look like, measured: spaces, hyphens, page ends. The founding document is set as it is published. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Heading, Signature } from '../src/document.js';
import { loadFamily } from '../src/editions/pdf/faces.js';
import { hyphenatorFor } from '../src/editions/pdf/hyphenate.js';
import { setLines, type Line } from '../src/editions/pdf/lines.js';
import type { Page, Row } from '../src/editions/pdf/pages.js';
import { stylesOf } from '../src/editions/pdf/styles.js';
import { read } from '../src/read/index.js';
import { contextFor } from './pdf/context.js';
import { looseness, pagesOf, textArea, wordsOf } from './pdf/measure.js';
import { stressDocument } from './pdf/stress.js';
import { paragraph, sample } from './sample.js';

const file = 'nato-2007-12-07-final-communique.txt';
const founding = readFile(new URL(`../input/${file}`, import.meta.url)).then((bytes) =>
  read(bytes, { file }),
);

let pages: readonly Page[] = [];
let stress: readonly Page[] = [];
beforeAll(async () => {
  pages = await pagesOf((await founding).document);
  stress = await pagesOf(stressDocument(150, 1200));
});

const rowsOf = (some: readonly Page[]): Row[] =>
  some.flatMap((page) => [...page.body, ...page.notes].map(({ row }) => row));

/** The lines of running text, paragraph by paragraph: not labels, and not what stands in columns. */
const paragraphsOf = (some: readonly Page[]): Line[][] => {
  const paragraphs = new Map<object, Line[]>();
  for (const row of rowsOf(some)) {
    const line = row.relay ? row.lines.at(-1)?.line : undefined;
    if (!row.relay || !line) continue;
    const lines = paragraphs.get(row.relay.paragraph) ?? [];
    lines.push(line);
    paragraphs.set(row.relay.paragraph, lines);
  }
  return [...paragraphs.values()];
};
const linesOf = (some: readonly Page[]): Line[] => paragraphsOf(some).flat();

describe('the founding document', () => {
  it('has no loose line that a hyphen could cure', () => {
    const lines = linesOf(pages);
    expect(lines.length).toBeGreaterThan(300);
    // One line is above: it stands first, and the short words after it can't be divided.
    const loose = lines.filter((line) => looseness(line) > 1.5).map(wordsOf);
    expect(loose.filter((line) => !line.startsWith('We also paid tribute to'))).toEqual([]);
    expect(Math.max(...lines.map(looseness))).toBeLessThan(1.8);
    expect(lines.filter((line) => looseness(line) < 0.6).map(wordsOf)).toEqual([]);
  });

  it('fills its lines to the edge, but for last ones', () => {
    const places = rowsOf(pages).flatMap((row) => (row.relay ? row.lines.slice(-1) : []));
    for (const lines of paragraphsOf(pages))
      for (const [index, line] of lines.entries()) {
        const placed = places.find((one) => one.line === line);
        const end = (placed?.x ?? 0) + line.width;
        // Marks at a line's end hang over the edge a little.
        const hangs = /[-.,:;\u2019\u201d\u2013\u2014]$/.test(wordsOf(line)) ? 2.2 : 0;
        expect(end, wordsOf(line)).toBeLessThan(textArea.width + hangs + 0.02);
        if (index < lines.length - 1 && placed?.style.size === 10.5)
          expect(end, wordsOf(line)).toBeGreaterThan(textArea.width - 0.02);
      }
  });

  it('has its note on the page of its call', () => {
    const [page] = pages.filter((one) => one.notes.length > 0);
    const calls = (some: readonly { readonly row: Row }[]) =>
      some.flatMap(({ row }) =>
        row.lines.flatMap(({ line }) => line.pieces.filter((piece) => piece.kind === 'call')),
      );
    expect(calls(page?.body ?? [])).toHaveLength(1);
    expect(linesOf(page ? [{ ...page, body: [] }] : []).map(wordsOf)).toEqual([
      'Turkey recognises the Republic of Macedonia with its constitutional name.',
    ]);
  });
});

describe('hyphens', () => {
  it('stand at most twice in a row', () => {
    for (const lines of [...paragraphsOf(pages), ...paragraphsOf(stress)]) {
      let row = 0;
      for (const line of lines) {
        row = line.hyphenated ? row + 1 : 0;
        expect(row, wordsOf(line)).toBeLessThanOrEqual(2);
      }
    }
    expect(linesOf(pages).filter((line) => line.hyphenated).length).toBeGreaterThan(20);
  });

  it('do not end a page, unless nothing else will do', () => {
    const ends = (some: readonly Page[]) =>
      some
        .slice(0, -1)
        .flatMap((page) => page.body.at(-1)?.row.lines.filter(({ line }) => line.hyphenated) ?? [])
        .map(({ line }) => wordsOf(line));
    expect(ends(pages)).toEqual([]);
    expect(ends(stress).length, ends(stress).join('\n')).toBeLessThanOrEqual(stress.length / 15);
  });

  it('go where a paragraph can be broken otherwise into as many lines', async () => {
    const { document } = await founding;
    const { template, font } = await contextFor();
    const style = stylesOf(template, await loadFamily(template, font)).body;
    const hyphenator = (await hyphenatorFor('en')) ?? null;
    let [cured, tried] = [0, 0];
    for (const block of document.mainBody) {
      if (block.type !== 'paragraph') continue;
      const options = {
        style,
        measure: 405,
        align: 'justify',
        hyphenator,
        runIn: 0,
        bindsLetters: false,
      } as const;
      const words = (lines: readonly Line[]) =>
        lines
          .map((line) => wordsOf(line).replace(/-$/, ''))
          .join('')
          .replace(/[\s-]/g, '');
      for (const [index, line] of setLines(block.content, options).lines.entries()) {
        if (line.pieces.at(-1)?.kind !== 'hyphen') continue;
        const setting = setLines(block.content, options);
        const others = setting.withoutHyphen(index, () => true);
        tried += 1;
        if (!others) continue;
        cured += 1;
        expect(others[index]?.hyphenated).toBe(false);
        expect(others).toHaveLength(setting.lines.length);
        expect(words(others)).toBe(words(setting.lines));
      }
    }
    expect(cured / tried).toBeGreaterThan(0.3);
  });

  it('divide words of small letters, six or more, with three or more after the hyphen, and names hardly ever', () => {
    let [divided, names] = [0, 0];
    const paragraphs = [...paragraphsOf(pages), ...paragraphsOf(stress)];
    for (const lines of paragraphs)
      for (const [index, line] of lines.entries()) {
        if (line.pieces.at(-1)?.kind !== 'hyphen') continue;
        divided += 1;
        const before = /(\p{L}+)-$/u.exec(wordsOf(line))?.[1] ?? '';
        const after = /^\p{L}+/u.exec(wordsOf(lines[index + 1] ?? line))?.[0] ?? '';
        expect(`${before}${after}`).toMatch(/^(?:\p{Ll}{6,}|\p{Lu}\p{Ll}{7,})$/u);
        if (/^\p{Lu}/u.test(before)) names += 1;
        expect(after.length, `${before}-${after}`).toBeGreaterThanOrEqual(3);
      }
    expect(divided).toBeGreaterThan(100);
    expect(names).toBeLessThan(divided / 8);
  });

  it('stand in the last word but one where a line would else be loose, and only there', async () => {
    const { template, font } = await contextFor();
    const style = stylesOf(template, await loadFamily(template, font)).body;
    const hyphenator = (await hyphenatorFor('en')) ?? null;
    const text =
      'Takes note of the report of the Harbour Master on the upkeep in compliance with recommendation 42/7;';
    let late = 0;
    for (let measure = 200; measure < 420; measure += 2) {
      const { lines } = setLines([{ type: 'text', value: text }], {
        style,
        measure,
        align: 'justify',
        hyphenator,
        runIn: 0,
        bindsLetters: false,
      });
      const [last] = lines.slice(-1).map(wordsOf);
      if (!lines.at(-2)?.hyphenated || !/^(?!recom)\w*tion 42\/7;$/.test(last ?? '')) continue;
      late += 1;
      const whole = setLines(
        [{ type: 'text', value: text.replace('recommendation', 'r\u2011ecommendation') }],
        {
          style,
          measure,
          align: 'justify',
          hyphenator: null,
          runIn: 0,
          bindsLetters: false,
        },
      );
      expect(Math.max(...whole.lines.map(looseness)), `${measure}`).toBeGreaterThan(1.45);
    }
    expect(late).toBeGreaterThan(2);
  });

  it('follow the patterns of the language, and there are none where there are no patterns', async () => {
    const english = await hyphenatorFor('en-GB');
    const french = await hyphenatorFor('fr');
    const german = await hyphenatorFor('de');
    expect(english?.('cooperation')).toEqual([2, 6, 7]);
    expect(french?.('organisation')).not.toEqual([]);
    expect(german?.('Vereinbarung')).not.toEqual([]);
    expect(english?.withNames?.('Afghanistan')).not.toEqual([]);
    expect(english?.withNames?.('NATO')).toEqual([]);
    for (const word of ['Afghanistan', 'NATO', 'into', 'McDonald', 'x2ation'])
      expect(english?.(word)).toEqual([]);
    expect(hyphenatorFor('und')).toBeNull();
    expect(hyphenatorFor('ja')).toBeNull();
    for (const language of 'bg hr cs da nl et fi el hu ga it lv lt pl pt ro sk sl es sv ru'.split(' '))
      expect(await hyphenatorFor(language), language).not.toBeNull();
  });
});

describe('pages', () => {
  it('neither begin nor end with a single line of a longer paragraph', () => {
    for (const some of [pages, stress]) {
      const lengths = new Map<object, number>();
      for (const { relay } of rowsOf(some))
        if (relay) lengths.set(relay.paragraph, Math.max(lengths.get(relay.paragraph) ?? 0, relay.index + 1));
      for (const page of some.slice(0, -1)) {
        const last = page.body.at(-1)?.row.relay;
        if (!last) continue;
        const length = lengths.get(last.paragraph) ?? 0;
        if (last.index === length - 1) continue;
        expect(last.index, 'a single first line').toBeGreaterThan(0);
        expect(length - 1 - last.index, 'a single last line').toBeGreaterThan(1);
      }
    }
  });

  it('do not end with a heading, wherever it falls', async () => {
    const heading = { ...sample.mainBody[0], eId: 'sec_X' } as Heading;
    for (let lines = 28; lines < 44; lines++) {
      const filler = Array.from({ length: lines }, (_, index) =>
        paragraph(`p_${index}`, null, 'wrapUp', 'A line.'),
      );
      const parent = { ...paragraph('p', null, 'plain', 'A line.'), children: filler };
      const text = paragraph('para_1', '1.', 'numbered', 'Some words for two lines. '.repeat(6).trim());
      const all = await pagesOf({ ...sample, preface: [], preamble: [], mainBody: [parent, heading, text] });
      const at = (name: string) =>
        all.findIndex((page) =>
          page.body.some(({ row }) => row.anchors?.some((anchor) => anchor.name === name)),
        );
      expect(at('para_1'), `${lines} lines above`).toBe(at('sec_X'));
    }
  });

  it('do not end with a heading in a long document', () => {
    const bold = (row: Row | undefined) => row?.lines.at(-1)?.style.bold ?? false;
    expect(stress.slice(0, -1).filter((page) => bold(page.body.at(-1)?.row))).toEqual([]);
  });

  it('hold what they are given: text and notes never meet, and nothing runs over', () => {
    for (const page of [...pages, ...stress]) {
      const bottom = page.body.at(-1);
      const end = bottom ? bottom.y + bottom.row.height : 0;
      expect(end).toBeLessThanOrEqual((page.notesRule ?? textArea.height) + 0.05);
      const foot = page.notes.at(-1);
      if (foot) expect(foot.y + foot.row.height).toBeLessThanOrEqual(textArea.height + 0.05);
    }
  });

  it('begin anew with an annex', async () => {
    const all = await pagesOf(sample);
    const [first] = all.at(-1)?.body ?? [];
    expect(first?.row.anchors?.map((anchor) => anchor.name)).toContain('att_1');
  });
});

describe('signatures', () => {
  const name = 'Mistress Mara Stone of the Mill below the Bridge and its Two Ponds';
  const set = async (columns: number) => {
    const signature: Signature = {
      type: 'signature',
      eId: 'signature_9',
      columns: Array.from({ length: columns }, () => [paragraph('signature_9__p_1', null, 'plain', name)]),
      source: paragraph('p', null, 'plain', name).source,
    };
    const all = rowsOf(await pagesOf({ ...sample, conclusions: [signature], attachments: [] }));
    return all.flatMap((row) => row.lines.map(({ line }) => wordsOf(line)));
  };

  it('have the whole width where they stand under each other, and a column each beside each other', async () => {
    expect(await set(1)).toContain(name);
    const beside = await set(2);
    expect(beside).not.toContain(name);
    expect(beside.filter((line) => line.startsWith('Mistress Mara'))).toHaveLength(2);
  });
});

describe('line ends', () => {
  it('do not part a number from its unit, nor an abbreviation from its number', async () => {
    const words = 'dues of 1 000 kr. under para. 15 and No. 7 over 12 km with Mr. Smith in Article 10';
    const text = `${words} ${words} and ${words} then ${words} so ${words}`;
    const bodies = Array.from({ length: 40 }, (_, index) =>
      paragraph(`p_${index}`, null, 'plain', `${'x'.repeat(index + 1)} ${text}`),
    );
    const all = await pagesOf({ ...sample, mainBody: bodies });
    const ends = linesOf(all).map(wordsOf);
    const parted = ends.filter((line, index) => {
      const next = ends[index + 1] ?? '';
      return (
        (/\b(?:para\.|No\.|Mr\.|Article)$/.test(line) && !line.endsWith('Smith')) ||
        (/\d$/.test(line) && /^(?:000|kr\.|km)\b/.test(next))
      );
    });
    expect(parted).toEqual([]);
    expect(ends.length).toBeGreaterThan(200);
  });
});
