/** Faces in the file: codes of one byte, a second font where a text has more signs than a byte tells, and what they stand for. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { edition } from '../src/editions/pdf.js';
import { toUnicode } from '../src/editions/pdf/to-unicode.js';
import type { Document } from '../src/document.js';
import * as judge from './judge-tools.js';
import { contextFor } from './pdf/context.js';
import { expectedLines, foundLines } from './pdf/expected.js';
import { readBack } from './pdf/reading.js';
import { charactersIn, compositeFonts } from './pdf/shows.js';
import { paragraph, sample } from './sample.js';

const range = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => String.fromCodePoint(from + at)).join('');

/** Latin letters of all Europe and of Vietnam, Greek, Cyrillic: some 500 glyphs. */
const letters = [
  range(0xc0, 0x12c) + range(0x134, 0x166) + range(0x168, 0x180),
  range(0x391, 0x3a2),
  range(0x3b1, 0x3ca),
  range(0x410, 0x450),
  range(0x1ea0, 0x1efa),
];
const document: Document = {
  ...sample,
  mainBody: letters.flatMap((some, index) => [
    paragraph(
      `para_${2 * index + 1}`,
      `${2 * index + 1}.`,
      'numbered',
      `The letters ${some} are shown here.`,
    ),
    paragraph(`para_${2 * index + 2}`, `${2 * index + 2}.`, 'numbered', some.replace(/(.{7})/gu, '$1 (so) ')),
  ]),
};

const rendered = async () => (await edition.render(document, await contextFor())) as Uint8Array;

it('gives a face a second font where a byte does not tell its signs, and every letter reads back', async () => {
  const bytes = await rendered();
  const { root, pages, objects } = await readBack(bytes);
  expect(foundLines(root)).toEqual(expectedLines(document));
  expect(pages.map((page) => page.loose).join('')).toBe('');
  expect(compositeFonts(bytes).size).toBe(0);
  const [page] = objects.array(
    objects.dictionary(objects.dictionary(objects.trailer['Root'])['Pages'])['Kids'],
  );
  const fonts = objects.dictionary(objects.dictionary(objects.dictionary(page)['Resources'])['Font']);
  const regular = Object.keys(fonts).filter((name) =>
    /-Regular$/.test(nameIn(objects.dictionary(fonts[name]))),
  );
  expect(regular.length).toBeGreaterThan(1);
  expect(new Set(regular.map((name) => nameIn(objects.dictionary(fonts[name])))).size).toBe(regular.length);
});

const nameIn = (font: Readonly<Record<string, unknown>>): string =>
  (font['BaseFont'] as { readonly name: string } | undefined)?.name ?? '';

it.runIf(judge.present.veraPDF || process.env['CI'] === 'true')(
  'and veraPDF passes it',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'engross-embedding-'));
    const path = join(folder, 'letters.pdf');
    writeFileSync(path, await rendered());
    const verdicts = await judge.veraPdfOn([path]);
    rmSync(folder, { recursive: true });
    expect(verdicts.map(({ compliant, failures }) => (compliant ? 'passed' : failures))).toEqual([
      'passed',
      'passed',
    ]);
  },
  60_000,
);

it('says what codes stand for in ranges and one by one', () => {
  const characters: (string | undefined)[] = [];
  for (const character of 'ABC xyz~') characters[character.charCodeAt(0)] = character;
  characters[0x80] = 'fi';
  characters[0x81] = '\u{1d11e}';
  // The lowest byte of a range must not run over.
  for (let at = 0; at < 4; at++) characters[0x90 + at] = String.fromCharCode(0xfe + at);
  const found = charactersIn(toUnicode(characters)).map((digits) =>
    (digits.match(/..../g) ?? []).map((unit) => String.fromCharCode(parseInt(unit, 16))).join(''),
  );
  expect(found.length).toBe(characters.length);
  for (const [code, character] of characters.entries()) expect(found[code], String(code)).toBe(character);
  expect(toUnicode(characters)).toContain('<90> <91> <00fe>');
});
