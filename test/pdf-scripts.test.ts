/** Scripts beyond Latin, Greek and Cyrillic: what is drawn, what is read, and what is said where a face is missing. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textNodes, type Document } from '../src/document.js';
import type { Context } from '../src/editions/edition.js';
import { levelsOf, visualOrder } from '../src/editions/pdf/bidi.js';
import { edition } from '../src/editions/pdf.js';
import { loadFamily } from '../src/editions/pdf/faces.js';
import { jointOf } from '../src/editions/pdf/ideographs.js';
import { setLines, type Line } from '../src/editions/pdf/lines.js';
import { stylesOf } from '../src/editions/pdf/styles.js';
import { read } from '../src/read/index.js';
import { Refusal } from '../src/report.js';
import * as judge from './judge-tools.js';
import { contextFor } from './pdf/context.js';
import { expectedLines, foundLines } from './pdf/expected.js';
import { pagesOf, wordsOf } from './pdf/measure.js';
import { readBack } from './pdf/reading.js';
import { paragraph, sample } from './sample.js';

const names = ['arabic', 'chinese', 'hebrew', 'japanese', 'korean', 'russian'] as const;

const textNamed = async (name: (typeof names)[number]): Promise<Document> => {
  const file = `${name}.txt`;
  return (await read(readFileSync(new URL(`pdf/texts/${file}`, import.meta.url)), { file })).document;
};

const render = async (document: Document, over: Partial<Context> = {}): Promise<Uint8Array> => {
  const bytes = await edition.render(document, { ...(await contextFor()), ...over });
  if (!(bytes instanceof Uint8Array)) throw new Error('the PDF edition is one file');
  return bytes;
};

const saying = (language: string, words: string): Document => ({
  ...sample,
  language,
  preface: [],
  preamble: [],
  mainBody: [paragraph('para_1', '1.', 'numbered', words)],
  conclusions: [],
  attachments: [],
  footnotes: [],
});

const refusalOf = async (document: Document, over: Partial<Context> = {}): Promise<Refusal> => {
  const outcome = await render(document, over).catch((error: unknown) => error);
  if (outcome instanceof Refusal) return outcome;
  throw new Error('the edition was made');
};

describe('every script', () => {
  it.each(names)('%s reads back word for word, in the order in which it is read', async (name) => {
    const document = await textNamed(name);
    const { root, pages } = await readBack(await render(document));
    expect(foundLines(root)).toEqual(expectedLines(document));
    expect(pages.map((page) => page.loose).join('')).toBe('');
  });

  it.runIf(judge.present.veraPDF || process.env['CI'] === 'true')(
    'passes the machine checks of veraPDF',
    { timeout: 120_000 },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'engross-scripts-'));
      const files: string[] = [];
      for (const name of names) {
        const path = join(folder, `${name}.pdf`);
        writeFileSync(path, await render(await textNamed(name)));
        files.push(path);
      }
      const verdicts = await judge.veraPdfOn(files);
      rmSync(folder, { recursive: true });
      expect(verdicts).toHaveLength(files.length * 2);
      expect(verdicts.filter((verdict) => !verdict.compliant)).toEqual([]);
    },
  );

  it('reads no face that a document has no use for', async () => {
    const context = await contextFor();
    const asked: string[] = [];
    const font = (file: string) => {
      asked.push(file);
      return context.font(file);
    };
    await render(sample, { font });
    expect(asked.filter((file) => !file.includes('source-serif'))).toEqual([]);
    await render(saying('ja', '灯台'), { font });
    expect(
      asked.filter((file) => !file.includes('source-serif')).every((file) => file.includes('-jp/')),
    ).toBe(true);
  });
});

describe('text from right to left', () => {
  it('hangs its labels at the right', async () => {
    const document = await textNamed('arabic');
    const [page] = await pagesOf(document);
    const labelled = page?.body.filter(({ row }) => row.lines.length === 2) ?? [];
    expect(labelled.length).toBeGreaterThan(0);
    for (const { row } of labelled) {
      const [label, text] = row.lines;
      expect(label?.mirrored && text?.mirrored).toBe(true);
      expect((label?.x ?? 0) + (label?.line.width ?? 0)).toBeLessThan(text?.x ?? 0);
    }
  });

  it('says so in the file', async () => {
    const { objects, root } = await readBack(await render(await textNamed('hebrew')));
    const catalog = objects.dictionary(objects.trailer['Root']);
    expect(objects.dictionary(catalog['ViewerPreferences'])['Direction']).toMatchObject({ name: 'R2L' });
    expect(root.attributes['WritingMode']).toMatchObject({ name: 'RlTb' });
  });

  it('turns brackets about and joins letters', async () => {
    const { template, font } = await contextFor();
    const { fallbacks } = await loadFamily(template, font, ['\u0628'], 'ar');
    const face = fallbacks.get('Arab')?.regular;
    if (!face) throw new Error('no face');
    const idOf = (character: string) => face.font.glyphForCodePoint(character.codePointAt(0) ?? 0).id;
    const { glyphs } = face.leftward.shape('(\u0628\u0628\u0628)');
    expect(glyphs.map((glyph) => glyph.text).join('')).toBe('(\u0628\u0628\u0628)');
    expect([glyphs[0]?.id, glyphs.at(-1)?.id]).toEqual([idOf(')'), idOf('(')]);
    expect(new Set(glyphs.slice(1, -1).map((glyph) => glyph.id)).size).toBe(3);
    const places = glyphs.map((glyph) => glyph.xOffset);
    expect([...places].sort((one, other) => other - one)).toEqual(places);
  });

  it('leaves numbers and Western words as they are', () => {
    const text = '\u05d0 1 250 000 abc';
    const levels = levelsOf(text, true);
    expect(levels?.base).toBe(1);
    expect([...text].map((_, index) => levels?.of(index))).toEqual([
      1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2,
    ]);
    expect(visualOrder([1, 1, 2, 2, 1])).toEqual([4, 2, 3, 1, 0]);
    expect(levelsOf('Only Western words.', true)).toBeNull();
    expect(levelsOf('Western words, and \u05d0.', false)?.base).toBe(0);
  });

  it.runIf(judge.present.poppler || process.env['CI'] === 'true')(
    'is read by poppler without a space in a word that shaping has spread',
    async () => {
      const words = 'الإسكندرية تقرير أكتوبر تشرين تقريرا والتقرير وقرية الكتب';
      const folder = mkdtempSync(join(tmpdir(), 'engross-words-'));
      const path = join(folder, 'words.pdf');
      writeFileSync(path, await render(saying('ar', words)));
      const text = (await judge.textOfPdf(path)).replace(/[\u200e\u200f\u202a-\u202e]/g, '');
      rmSync(folder, { recursive: true });
      for (const word of words.split(' ')) expect(text).toContain(word);
    },
  );

  it('is never hyphenated or letterspaced, and fills its lines', async () => {
    for (const page of await pagesOf(await textNamed('arabic')))
      for (const { row } of page.body)
        for (const { line } of row.lines) expect([line.hyphenated, line.scale]).toEqual([false, 1]);
  });
});

describe('ideographs', () => {
  const linesAt = async (name: 'chinese' | 'japanese', measure: number): Promise<Line[]> => {
    const document = await textNamed(name);
    const { template, font } = await contextFor();
    const texts = [...textNodes(document)].map(({ node }) => node.content);
    const style = stylesOf(
      template,
      await loadFamily(template, font, [JSON.stringify(texts)], document.language),
    ).body;
    return texts.flatMap((content) => [
      ...setLines(content, {
        style,
        measure,
        align: 'justify',
        hyphenator: null,
        bindsLetters: false,
        runIn: 0,
      }).lines,
    ]);
  };

  it.each(['chinese', 'japanese'] as const)(
    '%s: no closing mark begins a line, no opening one ends it',
    async (name) => {
      let count = 0;
      for (let measure = 90; measure < 430; measure += 7)
        for (const line of await linesAt(name, measure)) {
          const words = wordsOf(line);
          expect(words).not.toMatch(/^[、。，．；：！？」』）》】ーっょゅゃ々…”]/u);
          expect(words).not.toMatch(/[「『（《【“]$/u);
          count += 1;
        }
      expect(count).toBeGreaterThan(300);
    },
  );

  it('are set on a grid: lines of whole ems, with hardly any room between characters', async () => {
    const lines = await linesAt('chinese', 300);
    const full = lines.filter((line) => line.spread !== 0 || line.closing !== 0);
    expect(full.length).toBeGreaterThan(3);
    const widest = Math.max(...lines.map((line) => line.width));
    expect(widest).toBeGreaterThan(300 - 10.5);
    for (const line of full) {
      expect(line.width).toBeCloseTo(widest, 1);
      expect(line.spread).toBeLessThan(10.5 * 0.06);
      expect(line.scale).toBe(1);
    }
  });

  it('whose source sets every one apart stand as if it did not, and are read as it has them', async () => {
    const words = '各 国 代 表 团 应 当 保 持 灯 塔 的 明 亮 ， 因 为 船 舶 日 夜 经 过 海 岸 。 '
      .repeat(4)
      .trim();
    const document = saying('zh', words);
    const { root } = await readBack(await render(document));
    expect(foundLines(root)).toEqual(expectedLines(document));
    const close = await pagesOf(saying('zh', words.replaceAll(' ', '')));
    const apart = await pagesOf(document);
    const places = (pages: typeof close) => pages.flatMap((page) => page.body.map(({ y }) => y));
    expect(places(apart)).toEqual(places(close));
  });

  it('stand closer where two full-width marks would leave a hole, and a little off Western words', () => {
    expect(jointOf('）', '，')).toMatchObject({ width: -0.5, cost: 1000 });
    expect(jointOf('，', '（')).toMatchObject({ width: -0.5, cost: 0 });
    expect(jointOf('年', '1')).toMatchObject({ width: 0.2, cost: 0 });
    expect(jointOf('灯', '台')).toMatchObject({ width: 0, cost: 0 });
    expect(jointOf('a', 'b')).toBeNull();
  });
});

describe('a character that cannot be printed', () => {
  /** A template whose face for a script is not there. */
  const without = async (script: string): Promise<Partial<Context>> => {
    const { template } = await contextFor();
    const { fallbacks } = template.face;
    const own = fallbacks[script];
    if (!own) throw new Error(`there is no fallback for ${script}`);
    const absent = { ...own, regular: `${own.regular}.absent` };
    return {
      template: { ...template, face: { ...template.face, fallbacks: { ...fallbacks, [script]: absent } } },
    };
  };

  it.each([
    ['ar', 'منارة', 'amiri', 'U+0645', 'Arab'],
    ['he', 'מגדלור', 'noto-serif-hebrew', 'U+05DE', 'Hebr'],
    ['zh', '灯塔', 'noto-serif-sc', 'U+706F', 'Hans'],
    ['ja', '灯台', 'noto-serif-jp', 'U+706F', 'Jpan'],
    ['ko', '등대', 'noto-serif-kr', 'U+B4F1', 'Kore'],
    ['zh-Hant', '燈塔', 'noto-serif-tc', 'U+71C8', 'Hant'],
  ])(
    'names the package of a face that is not installed (%s)',
    async (language, words, name, code, script) => {
      const { diagnostics } = await refusalOf(saying(language, words), await without(script));
      expect(diagnostics).toHaveLength(1);
      expect(diagnostics[0]).toMatchObject({ code: 'glyph-missing', severity: 'error' });
      expect(diagnostics[0]?.message).toContain(script);
      expect(diagnostics[0]?.message).toContain(code);
      expect(diagnostics[0]?.message).toContain('para_1');
      expect(diagnostics[0]?.cure).toContain(`npm install @expo-google-fonts/${name},`);
    },
  );

  it('is set in the face for symbols where that has it', async () => {
    const document = saying('en', 'A star ★ and a tick ✔.');
    const { root } = await readBack(await render(document));
    expect(foundLines(root)).toEqual(expectedLines(document));
    const { diagnostics } = await refusalOf(document, await without('Zsym'));
    expect(diagnostics[0]?.cure).toContain('npm install @expo-google-fonts/noto-sans-symbols-2');
  });

  it('U+FFFD is set where a face for it is installed, and else names its package', async () => {
    const document = saying('hu', 'Senkinek c\ufffd');
    const { root } = await readBack(await render(document));
    expect(foundLines(root)).toEqual(expectedLines(document));
    const { diagnostics } = await refusalOf(document, await without('Zyyy'));
    expect(diagnostics[0]?.cure).toContain('npm install @expo-google-fonts/libertinus-serif');
  });

  it('is named with its code point and place where no face has it', async () => {
    const { diagnostics } = await refusalOf(saying('en', 'What \ue122 and \ue123 are.'));
    expect(diagnostics.map((one) => one.code)).toEqual(['glyph-missing', 'glyph-missing']);
    expect(diagnostics[0]?.message).toContain('U+E122');
    expect(diagnostics[0]?.message).toContain('para_1 (1.): “What');
  });
});
