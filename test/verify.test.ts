/** The proof: what it says of differences, what it allows, the canonical text, and the two commands. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Document, Inline } from '../src/document.js';
import type { Context } from '../src/editions/edition.js';
import { shelf } from '../src/editions/index.js';
import { manners, normalisations } from '../src/verify/allowed.js';
import { readXml } from '../src/verify/docx/xml.js';
import type { EditionFiles, Verdict } from '../src/verify/index.js';
import { canonicalOf, canonicalText, flatOfDocument, verifyEdition } from '../src/verify/index.js';
import { isFaithful, prove } from '../src/verify/proof.js';
import { differing } from '../src/verify/sequences.js';
import { contextFor } from './context.js';
import { dotx } from './docx-house.js';
import { communique, engross, folder, root } from './engross.js';
import { inline, paragraph, sample } from './sample.js';

let context: Context;
beforeAll(async () => {
  context = await contextFor();
});

async function filesOf(document: Document, name: string, over: Partial<Context> = {}): Promise<EditionFiles> {
  const shelved = await shelf[name]?.();
  const result = await shelved?.edition.render(document, { ...context, ...over });
  if (!shelved || !result) throw new Error(`no edition ${name}`);
  return result instanceof Uint8Array ? new Map([[shelved.edition.extension, result]]) : result;
}

const verified = async (document: Document, name: string, files?: EditionFiles): Promise<Verdict> =>
  verifyEdition(flatOfDocument(document), name, files ?? (await filesOf(document, name)));

const sentences = (verdict: Verdict): string[] =>
  verdict.result === 'different' ? verdict.differences.map(({ sentence }) => sentence) : [verdict.result];

const withBody = (...mainBody: Document['mainBody']): Document => ({ ...sample, mainBody });
/** The sample saying something else, with the notes that it then calls: of the title, the annex, and these words. */
const said = (words: string): Document => ({
  ...withBody({
    ...paragraph('para_1', '1.', 'numbered', words),
    source: { start: 0, end: 1, line: 9, lastLine: 9 },
  }),
  footnotes: sample.footnotes.filter(
    ({ eId }) => eId === 'ftn_1' || eId === 'ftn_3' || words.includes(`>${eId}]`),
  ),
});

describe('a difference', () => {
  const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
    [
      'a word is dropped',
      'We agree on harbours today.',
      'We agree on today.',
      ['word 4: expected “harbours”, got nothing'],
    ],
    [
      'a word is too much',
      'We agree today.',
      'We all agree today.',
      ['after word 1 (“We”): expected nothing, got “all”'],
    ],
    [
      'a word is another',
      'We agree today.',
      'We disagree today.',
      ['word 2: expected “agree”, got “disagree”'],
    ],
    [
      'words are many',
      'We agree today.',
      'We shall not agree.',
      ['word 2–3: expected “agree today.”, got “shall not agree.”'],
    ],
    [
      'a character is unseen',
      'We agree today.',
      'We ag\u200bree today.',
      ['word 2: expected “agree”, got “ag‹U+200B›ree”'],
    ],
    [
      'a call is moved',
      'We agree[1>ftn_1] on harbours today.',
      'We agree on[1>ftn_1] harbours today.',
      ['the call “1”: expected after word 2 (“agree”), got after word 3 (“on”)'],
    ],
    [
      'a call is dropped',
      'We agree[1>ftn_1] today.',
      'We agree today.',
      ['the call “1” after word 2 (“agree”) is missing'],
    ],
    [
      'a call leads elsewhere',
      'We agree[1>ftn_1] today[2>ftn_2].',
      'We agree[1>ftn_2] today[2>ftn_1].',
      [
        'the call “1” after word 2 (“agree”): expected to lead to ftn_1, got ftn_2',
        'the call “2” in word 3 (“today.”): expected to lead to ftn_2, got ftn_1',
      ],
    ],
    [
      'a word before a call is dropped: the call itself stands where it stood',
      'We all agree[1>ftn_1] today.',
      'We agree[1>ftn_1] today.',
      ['word 2: expected “all”, got nothing'],
    ],
  ];
  it.each(cases)('is said with its place and words where %s', async (_, expected, got, differences) => {
    const verdict = await verified(said(expected), 'json', await filesOf(said(got), 'json'));
    expect(sentences(verdict)).toEqual(differences);
    expect(verdict).toMatchObject({
      differences: differences.map(() => ({
        eId: 'para_1',
        label: '1.',
        place: expect.stringMatching(/^mainBody\[0\]; line \d+$/) as unknown,
      })),
    });
  });

  it('of a label, a note and the order is said too', async () => {
    const other: Document = {
      ...sample,
      footnotes: sample.footnotes.map((note) =>
        note.eId === 'ftn_1' ? { ...note, content: inline('Also called the Bergen declaration.') } : note,
      ),
      conclusions: [...sample.conclusions].reverse(),
      mainBody: sample.mainBody.map((block) => (block.type === 'heading' ? { ...block, num: 'V.' } : block)),
    };
    const verdict = await verified(sample, 'json', await filesOf(other, 'json'));
    if (verdict.result !== 'different') throw new Error(verdict.result);
    expect(verdict.differences.map(({ eId, what }) => `${eId ?? ''} ${what}`)).toEqual(
      expect.arrayContaining(['sec_I label', 'ftn_1 words', 'hcontainer_1 label', 'conclusions__p_1 words']),
    );
  });

  it('of many is a hundred and the count', async () => {
    const words = Array.from({ length: 1000 }, (_, index) => `w${index}`);
    const others = words.map((word, index) => (index % 2 === 0 ? `${word}x` : word));
    const verdict = await verified(
      said(words.join(' ')),
      'json',
      await filesOf(said(others.join(' ')), 'json'),
    );
    expect(verdict).toMatchObject({ result: 'different', count: 500 });
    expect(sentences(verdict)).toHaveLength(100);
  });

  it('is found in time that grows with the text alone', () => {
    const words = Array.from({ length: 200_000 }, (_, index) => (index % 7 === 0 ? `w${index}` : 'the'));
    const others = words.map((word, index) => (index % 100 === 3 ? 'x' : word)).slice(5);
    const before = process.cpuUsage().user;
    const hunks = differing(words, others);
    expect(hunks.length).toBeGreaterThan(1000);
    expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(5);
  });

  it('is found exactly: what the hunks leave is alike on both sides', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 30 });
    fc.assert(
      fc.property(list, list, (one, other) => {
        let [at, otherAt] = [0, 0];
        for (const { from, to, gotFrom, gotTo } of differing(one, other)) {
          expect(one.slice(at, from)).toEqual(other.slice(otherAt, gotFrom));
          [at, otherAt] = [to, gotTo];
        }
        expect(one.slice(at)).toEqual(other.slice(otherAt));
      }),
      { seed: 6 },
    );
  });
});

describe('what is allowed', () => {
  it('is named by each edition', async () => {
    for (const name of Object.keys(manners)) {
      const verdict = await verified(sample, name);
      expect(verdict, name).toMatchObject({ result: 'equal' });
      if (verdict.result === 'equal') expect(verdict.allowed).toContain('white-space');
    }
    expect(await verified(sample, 'csv')).toMatchObject({
      allowed: expect.arrayContaining([
        'note-joined',
        'row-joined',
        'bullet-glyph',
        'formula-guard',
        'marker-untold',
      ]) as unknown,
    });
    expect(await verified(sample, 'pdf')).toMatchObject({
      allowed: expect.arrayContaining(['label-in-words', 'line-end-hyphen']) as unknown,
    });
  });

  it('stands in docs/fidelity.md, every name of it', () => {
    const page = readFileSync(join(root, 'docs/fidelity.md'), 'utf8');
    for (const name of Object.keys(normalisations)) expect(page).toContain(`\`${name}\``);
  });

  it('is a missing character without ink in the PDF, never one too many, and nowhere else', async () => {
    const [plain, marked] = [said('We co-operate today.'), said('We co\u200b-oper\u00adate today.')];
    const pdf = await filesOf(plain, 'pdf');
    const verdict = await verified(marked, 'pdf', pdf);
    expect(sentences(verdict)).toEqual(['equal']);
    expect(verdict).toMatchObject({
      result: 'equal',
      allowed: expect.arrayContaining(['inkless-character']) as unknown,
    });
    for (const name of ['md', 'docx', 'csv', 'json'])
      expect((await verified(marked, name, await filesOf(plain, name))).result, name).toBe('different');
  });

  it('is U+FFFD for what a format can’t hold, and for nothing else', async () => {
    const [lone, replaced, other] = [said('A \ud800b c.'), said('A \ufffdb c.'), said('A xb c.')];
    expect((await verified(lone, 'md')).result).toBe('equal');
    expect((await verified(lone, 'csv')).result).toBe('equal');
    expect((await verified(other, 'md', await filesOf(replaced, 'md'))).result).toBe('different');
    expect((await verified(lone, 'json')).result).toBe('equal');
  });

  it('is the guard of the CSV, on or off', async () => {
    const document = withBody(
      paragraph('para_1', '-1', 'numbered', "'=1+1 and \t@x"),
      paragraph('para_2', null, 'plain', '=SUM(A1)'),
      paragraph('para_3', null, 'plain', "''+x"),
    );
    const { template } = context;
    for (const escapeFormulas of [true, false]) {
      const raw = { template: { ...template, csv: { ...template.csv, escapeFormulas } } };
      expect((await verified(document, 'csv', await filesOf(document, 'csv', raw))).result).toBe('equal');
    }
  });

  it('is no pin in Markdown without pins, where words, labels and notes remain', async () => {
    const { template } = context;
    const bare = { template: { ...template, markdown: { ...template.markdown, pins: false } } };
    expect(await verified(sample, 'md', await filesOf(sample, 'md', bare))).toMatchObject({
      result: 'equal',
    });
    const other = { ...sample, footnotes: [...sample.footnotes].reverse() };
    expect((await verified(sample, 'md', await filesOf(other, 'md', bare))).result).toBe('different');
  });
});

describe('files that are damaged', () => {
  it.each(Object.keys(manners))('as %s are unreadable, whatever their bytes', async (name) => {
    const whole = await filesOf(sample, name);
    const cut = new Map([...whole].map(([ending, bytes]) => [ending, bytes.slice(0, bytes.length / 2)]));
    const noise = new Map([...whole].map(([ending]) => [ending, new Uint8Array([1, 2, 3, 200, 0])]));
    for (const files of [cut, noise, new Map<string, Uint8Array>()])
      expect(['unreadable', 'different']).toContain((await verified(sample, name, files)).result);
  });

  it('are never a crash: 200 random changes of bytes', async () => {
    for (const name of Object.keys(manners)) {
      const whole = await filesOf(said('We agree[1>ftn_1] on harbours.'), name);
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.nat(255), async (place, byte) => {
          const files = new Map(
            [...whole].map(([ending, bytes]) => {
              const changed = bytes.slice();
              changed[place % changed.length] = byte;
              return [ending, changed];
            }),
          );
          await verified(said('We agree[1>ftn_1] on harbours.'), name, files);
        }),
        { seed: 7, numRuns: name === 'pdf' ? 40 : 200 },
      );
    }
  });

  it('as XML are refused where XML is not strict', () => {
    const read = (text: string) => () => readXml(strToU8(text), 'x.xml');
    for (const text of [
      '<a>',
      '<a></b>',
      '<a/><b/>',
      'x<a/>',
      '<a b="1" b="2"/>',
      '<a b=1/>',
      '<a>&nbsp;</a>',
      '<a>&#0;</a>',
      '<a>& b</a>',
      '<a>]]></a>',
      '<a>\u0001</a>',
      '<!DOCTYPE a><a/>',
      '<a><!-- -- --></a>',
      '<a><![CDATA[b]]></a>',
      '<a><?b c?></a>',
      '<w:a/>',
      '<a b="<"/>',
      '',
    ])
      expect(read(text), text).toThrow(/no XML/);
    expect(read('<?xml version="1.0" encoding="UTF-8"?>\n<a b="&lt;&#x41;">&amp;&#65;</a>')()).toMatchObject({
      name: 'a',
      children: ['&A'],
    });
  });

  it('are not those that a house template has changed the look of', async () => {
    const house = { ...context.template.docx, house: 'house.dotx' };
    const files = await filesOf(sample, 'docx', {
      template: { ...context.template, docx: house },
      asset: () => Promise.resolve(dotx()),
    });
    expect(sentences(await verified(sample, 'docx', files))).toEqual(['equal']);
  });

  it('as DOCX are told by what Word would not show, or show otherwise', async () => {
    const document = said('We agree[1>ftn_1] on harbours[1>ftn_1] today.');
    const bytes = (await filesOf(document, 'docx')).get('.docx') ?? new Uint8Array();
    const changed = (part: string, change: (xml: string) => string): EditionFiles => {
      const parts = unzipSync(bytes);
      const xml = strFromU8(parts[part] ?? new Uint8Array());
      expect(change(xml)).not.toBe(xml);
      return new Map([['.docx', zipSync({ ...parts, [part]: strToU8(change(xml)) })]]);
    };
    const results = [
      changed('word/document.xml', (xml) =>
        xml.replace(/<w:r>(<w:t[^>]*>We agree)/, '<w:r><w:rPr><w:vanish/></w:rPr>$1'),
      ),
      changed('word/document.xml', (xml) => xml.replace('NOTEREF _Ref_note_1', 'NOTEREF _Ref_note_9')),
      changed('word/numbering.xml', (xml) =>
        xml.replace('<w:lvlText w:val="%1."/>', '<w:lvlText w:val="%1)"/>'),
      ),
      changed('word/settings.xml', (xml) =>
        xml.replace('<w:footnotePr>', '<w:footnotePr><w:numStart w:val="3"/>'),
      ),
      changed('word/footnotes.xml', (xml) => xml.replace('Tórshavn', 'Bergen')),
    ].map((files) => verified(document, 'docx', files));
    expect((await Promise.all(results)).map(({ result }) => result)).not.toContain('equal');
  });
});

describe('the canonical text', () => {
  it('is one label and one text a line, with the places of the calls', () => {
    const content: Inline[] = [
      { type: 'text', value: 'We  agree' },
      { type: 'noteCall', footnote: 'ftn_1', marker: '1' },
      { type: 'text', value: ' on\u00a0this.' },
    ];
    const flat = flatOfDocument({
      ...sample,
      preface: [],
      preamble: [],
      mainBody: [{ ...paragraph('para_1', '15 bis.', 'numbered', ''), content }],
      conclusions: [],
      attachments: [],
      footnotes: sample.footnotes.slice(0, 1),
    });
    expect(canonicalText(flat)).toBe(
      '15 bis.\tWe agree on this.\t1@7\n1\tAlso called the Tórshavn declaration.\n',
    );
    expect(canonicalOf(flat)).toMatchObject({ lines: 2, labels: 2, words: 9, notes: 1, calls: 1 });
  });

  it('has another hash for every other text', () => {
    const hashes = ['We agree.', 'We agree .', 'We agree[1>ftn_1].', 'We agree.[1>ftn_1]', 'Weagree.'].map(
      (words) => canonicalOf(flatOfDocument(said(words))).sha256,
    );
    expect(new Set(hashes).size).toBe(5);
    expect(hashes).toContain(canonicalOf(flatOfDocument(said('We\n agree.'))).sha256);
  });
});

describe('the proof of a build', () => {
  it('names editions that are not faithful, and keeps them from being published', async () => {
    const files = [
      ...[...(await filesOf(sample, 'md'))].map(([ending, bytes]) => ({
        file: `sample${ending}`,
        edition: 'md',
        bytes,
      })),
      {
        file: 'sample.json',
        edition: 'json',
        bytes: strToU8(
          strFromU8((await filesOf(sample, 'json')).get('.json') ?? new Uint8Array()).replace(
            'every harbour',
            'Every harbour',
          ),
        ),
      },
    ];
    const found: string[] = [];
    const fidelity = await prove(sample, files, ({ code, message }) => found.push(`${code}: ${message}`));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^edition-unfaithful: The json edition .*para_1 \(1\.\).*“every”, got “Every”/);
    expect([isFaithful(fidelity, 'md'), isFaithful(fidelity, 'json')]).toEqual([true, false]);
  });
});

// ------------------------------------------------------------------------------------------------ the commands

async function published(): Promise<string> {
  const path = folder();
  mkdirSync(join(path, 'input'));
  writeFileSync(join(path, 'input/communique.txt'), communique);
  const { code, out } = await engross(['build', '--verify'], { cwd: path });
  expect([code, out]).toEqual([0, expect.stringContaining('read back: equal md pdf docx csv json')]);
  return path;
}

describe('engross build --verify and engross verify', () => {
  it('prove what they have made, and write down the proof', async () => {
    const path = await published();
    const record = JSON.parse(
      readFileSync(join(path, 'output/communique/communique.fidelity.json'), 'utf8'),
    ) as {
      canonical: { sha256: string };
      editions: { edition: string; result: string; files: { file: string }[] }[];
    };
    expect(record.editions.map(({ edition, result }) => `${edition} ${result}`)).toEqual(
      ['md', 'pdf', 'docx', 'csv', 'json'].map((edition) => `${edition} equal`),
    );
    const { code, out, err } = await engross(['verify'], { cwd: path });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(record.canonical.sha256);
    expect(out).toMatch(/pdf +equal\n/);
    expect(out).toMatch(/1 document; editions: 4 equal\n$/);
    // The record is no edition.
    const manifest = readFileSync(join(path, 'output/communique/manifest.json'), 'utf8');
    expect(manifest).not.toContain('fidelity');
    const again = await engross(['build', '--verify', '--check'], { cwd: path });
    expect(again.code).toBe(0);
    const json = JSON.parse((await engross(['verify', '--json'], { cwd: path })).out) as { exitCode: number };
    expect(json).toMatchObject({
      command: 'verify',
      exitCode: 0,
      documents: [
        {
          id: 'communique',
          editions: [
            { edition: 'json', result: 'reference' },
            { edition: 'csv', result: 'equal' },
            {},
            {},
            {},
          ],
        },
      ],
    });
  });

  it('tell what somebody has changed: place, words, and the hash', async () => {
    const path = await published();
    const file = join(path, 'output/communique/communique.md');
    writeFileSync(file, readFileSync(file, 'utf8').replace('every harbour', 'each harbour'));
    const { code, out, err } = await engross(['verify'], { cwd: path });
    expect(code).toBe(1);
    expect(out).toMatch(
      /md +1 difference; not the file that was built\n {4}.*expected “every”, got “each”\n/,
    );
    expect(err).toMatch(/error edition-unfaithful: “output\/communique\/communique\.md” .*\n {2}→ /);
    expect(err).toMatch(/error edition-altered: /);
  });

  it('take a file that somebody has sent, beside the JSON edition', async () => {
    const path = await published();
    const sent = folder();
    for (const name of ['communique.json'])
      copyFileSync(join(path, 'output/communique', name), join(sent, name));
    copyFileSync(join(path, 'output/communique/communique.pdf'), join(sent, 'sent.pdf'));
    const good = await engross(['verify', 'sent.pdf'], { cwd: sent });
    expect([good.code, good.out]).toEqual([0, expect.stringMatching(/pdf +equal; in no manifest/)]);
    rmSync(join(sent, 'communique.json'));
    const alone = await engross(['verify', 'sent.pdf'], { cwd: sent });
    expect(alone.code).toBe(1);
    expect(alone.err).toMatch(/error reference-missing: .*“sent\.pdf”.*\n {2}→ /);
  });

  it('say what is missing, and where nothing is', async () => {
    const path = await published();
    rmSync(join(path, 'output/communique/communique.docx'));
    const missing = await engross(['verify', 'output/communique'], { cwd: path });
    expect([missing.code, missing.err]).toEqual([
      1,
      expect.stringContaining('communique.docx” is in the manifest'),
    ]);
    rmSync(join(path, 'output/communique'), { recursive: true });
    const gone = await engross(['verify'], { cwd: path });
    expect([gone.code, gone.err]).toEqual([
      1,
      expect.stringContaining('“output/communique” are in the manifest'),
    ]);
    expect((await engross(['verify', 'nowhere'], { cwd: path })).code).toBe(3);
    expect((await engross(['verify', 'input'], { cwd: path })).code).toBe(2);
    expect((await engross(['verify', 'input/communique.txt'], { cwd: path })).code).toBe(2);
  });

  it('are found in an output folder that holds other files, too', async () => {
    const path = await published();
    for (const name of ['README.md', 'index.csv']) writeFileSync(join(path, 'output', name), 'Read me.');
    const { code, out } = await engross(['verify'], { cwd: path });
    expect([code, out]).toEqual([0, expect.stringContaining('1 document; editions: 4 equal')]);
  });

  it('say that a PDF was not verified where only the package’s own dependencies are installed, exit 1', async () => {
    const path = await published();
    const other = folder();
    for (const name of ['dist', 'templates', 'package.json'])
      cpSync(join(root, name), join(other, name), { recursive: true });
    mkdirSync(join(other, 'node_modules'));
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Readonly<Record<string, string>>;
    };
    for (const name of readdirSync(join(root, 'node_modules')))
      if (!Object.hasOwn(devDependencies, name))
        symlinkSync(join(root, 'node_modules', name), join(other, 'node_modules', name));
    const cli = join(other, 'dist/cli.js');
    const { code, out, err } = await engross(['verify'], { cwd: path, cli });
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(/csv +equal\n.*md +equal\n *pdf +not verified: pdfjs-dist is not installed\n/s),
    ]);
    expect(err).toMatch(/^error edition-unverified: .*\n {2}→ Install it: npm install pdfjs-dist\.\n$/);
    // It is written all the same: nothing is known against it.
    const built = await engross(['build', '--verify', '--out', 'other'], { cwd: path, cli });
    expect([built.code, existsSync(join(path, 'other/communique/communique.pdf'))]).toEqual([1, true]);
  });

  it('write no record without --verify', async () => {
    const path = folder();
    mkdirSync(join(path, 'input'));
    writeFileSync(join(path, 'input/communique.txt'), communique);
    expect((await engross(['build', '--editions', 'md'], { cwd: path })).code).toBe(0);
    expect(readdirSync(join(path, 'output/communique')).filter((name) => name.includes('fidelity'))).toEqual(
      [],
    );
    expect(existsSync(join(path, 'output/communique/communique.md'))).toBe(true);
  });
});
