/**
 * Texts that nobody foresaw: the fixtures and the founding document with lines deleted, doubled and swapped, marks and
 * labels put in, line ends and blanks changed, spliced, and strewn with odd characters. Whatever comes, reading must
 * not crash, must lose and double nothing, and must give pins, spans and notes that hold together.
 *
 * `ENGROSS_LONG=1` tries 20,000 of them. Each is told by its seed: `ENGROSS_SEED=4711` runs that one alone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isWhiteSpace } from '../src/characters.js';
import type { Block, Document, Paragraph, Span } from '../src/document.js';
import { callsOf, textNodes, textOf } from '../src/document.js';
import { read, type Reading } from '../src/read/index.js';
import { randomOf } from './verify-mutants.js';
import { Refusal } from '../src/report.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const times = process.env['ENGROSS_LONG'] ? 20_000 : 1_500;
const only = process.env['ENGROSS_SEED'];

// ------------------------------------------------------------------------------------------------ the texts

const founding = readdirSync(`${root}input`)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(`${root}input/${name}`));

/** Every fixture that can be read, and the founding document, decoded. */
async function texts(): Promise<readonly string[]> {
  const cases = readdirSync(`${root}test/documents`).map((name) =>
    readFileSync(`${root}test/documents/${name}/input.txt`),
  );
  const found: string[] = [];
  for (const bytes of [...founding, ...cases])
    try {
      found.push((await read(bytes, { file: 'base.txt' })).text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  return found;
}

// ------------------------------------------------------------------------------------------------ mutations

class Dice {
  readonly #next: () => number;
  constructor(seed: number) {
    this.#next = randomOf(seed);
  }
  below(bound: number): number {
    return Math.floor(this.#next() * bound);
  }
  of<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined) throw new Error('an empty list');
    return one;
  }
}

/** What people, pages and scanners put into a text: labels, marks, mark-up, chrome, odd characters. */
const scraps = [
  '1. ',
  '2.',
  '15\\. ',
  '(a) ',
  'b) ',
  '(i)',
  'II. ',
  'A. ',
  '1.1 ',
  '15 bis. ',
  'Article 3',
  'Article premier',
  '§ 4 ',
  '第三条',
  'المادة 2',
  'Члан 2.',
  '3. cikk',
  'First. ',
  '[1]',
  '[2] ',
  '¹',
  '²',
  '*',
  '**',
  '***',
  '_',
  '__',
  '1',
  ' 2 ',
  '<sup>1</sup>',
  '<sup>\\[1\\]</sup>',
  '<sup>',
  '</sup>',
  '<a href="#_ftn1">[1]</a>',
  '[(1)](#f1)',
  '[^1]',
  '[^1]: ',
  '<!--',
  '-->',
  '<br>',
  '<p>',
  '\\',
  '\\*',
  '# ',
  '### ',
  '\\###',
  '---',
  '________',
  '* * *',
  '\n',
  '\n\n',
  '\n\n\n',
  '\f',
  '\f\n12\n',
  '\r',
  '\t',
  '        ',
  '\u00a0',
  '\u00a0\u00a0\u00a0',
  '\u202f',
  '\u00ad',
  '\u00ad\n',
  '-\n',
  '\u200b',
  '\u200f',
  '\u202e',
  '\ufeff',
  '\ufffd',
  '\u0001',
  '\u2028',
  '\u0085',
  '\v',
  '\u{1f6a2}',
  '第',
  '。\n',
  '(',
  ')',
  '[',
  ']',
  '](',
  '|',
  ' | ',
  '- ',
  '• ',
  '– ',
  '....... 7',
  'Tel: +44 20 555 01 99',
  'Share this page',
  'ANNEX II\n',
  'Annex A',
  'Done at Haven on 3 May 1999',
  'Recalling the harbour,',
  'Decides to sail;',
  'The General Assembly,',
  '3 May 1999',
  'A/RES/73/8',
  '2/5',
  '*1401234*',
  '14-01234 (E)',
  'Page 3 of 4',
  'END',
  '     B. Dahl      C. Berg',
];

const swap = (lines: string[], one: number, other: number) => {
  [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
};

function mutated(text: string, dice: Dice, all: readonly string[]): string {
  const lines = text.split('\n');
  const at = dice.below(lines.length);
  const line = lines[at] ?? '';
  const column = dice.below(line.length + 1);
  switch (dice.below(17)) {
    case 0:
      lines.splice(at, 1 + dice.below(3));
      break;
    case 1:
      lines.splice(at, 0, ...lines.slice(at, at + 1 + dice.below(4)));
      break;
    case 2:
      swap(lines, at, dice.below(lines.length));
      break;
    case 3:
    case 4:
    case 5:
      lines[at] = line.slice(0, column) + dice.of(scraps) + line.slice(column);
      break;
    case 6:
    case 7:
      lines[at] = dice.of(scraps) + line;
      break;
    case 8:
      lines[at] = line + dice.of(scraps);
      break;
    case 9:
      lines.splice(at, 0, dice.of(scraps));
      break;
    case 10:
      lines[at] = line.replace(/ /g, () => (dice.below(3) === 0 ? '\u00a0' : ' '));
      break;
    case 11:
      return lines.join(dice.of(['\r\n', '\r', '\n', '\n\n']));
    case 12:
      lines[at] = line + (lines[at + 1] ?? '');
      lines.splice(at + 1, 1);
      break;
    case 13:
      lines[at] = `${line.slice(0, column)}\n${' '.repeat(dice.below(9))}${line.slice(column)}`;
      break;
    case 14: {
      // The end of another document.
      const other = dice.of(all).split('\n');
      lines.splice(at, lines.length, ...other.slice(dice.below(other.length)));
      break;
    }
    case 15: {
      const strange = Array.from({ length: 1 + dice.below(6) }, () =>
        String.fromCodePoint(dice.of([0x20, 0x80, 0x400, 0x600, 0x3000, 0x1f600]) + dice.below(0x60)),
      );
      lines[at] = line.slice(0, column) + strange.join('') + line.slice(column);
      break;
    }
    default:
      lines[at] = line.slice(0, column) + line.slice(column + 1 + dice.below(5));
  }
  return lines.join('\n');
}

function variant(seed: number, bases: readonly string[], base?: string): string {
  const dice = new Dice(seed);
  let text = base ?? dice.of(bases);
  for (let count = 1 + dice.below(6); count > 0; count--) text = mutated(text, dice, bases);
  return text;
}

// ------------------------------------------------------------------------------------------------ what must hold

function nodesOf(document: Document): { readonly eId: string; readonly source: Span }[] {
  const nodes: { eId: string; source: Span }[] = [];
  const add = (block: Block): void => {
    nodes.push(block);
    if (block.type === 'paragraph') block.children.forEach(add);
    if (block.type === 'signature') block.columns.flat().forEach(add);
    if (block.type === 'table') nodes.push(...block.rows.flatMap(({ cells }) => cells));
  };
  for (const region of ['preface', 'preamble', 'mainBody', 'conclusions'] as const)
    document[region].forEach(add);
  for (const attachment of document.attachments) {
    nodes.push(attachment);
    attachment.children.forEach(add);
  }
  for (const note of document.footnotes) {
    nodes.push(note);
    note.children.forEach((child: Paragraph) => {
      add(child);
    });
  }
  return nodes;
}

/** What is wrong with a reading; empty where all is well. */
export function faultsOf({ account, document, text }: Reading): string[] {
  const faults: string[] = [];
  const isInside = (span: Span) =>
    span.start >= 0 &&
    span.start <= span.end &&
    span.end <= text.length &&
    span.line >= 1 &&
    span.line <= span.lastLine;
  let printing = 0;
  for (const character of text) if (!isWhiteSpace(character.charCodeAt(0))) printing++;
  if (account.lost + account.doubled !== 0) faults.push('the account says that something is lost or doubled');
  if (account.characters !== printing)
    faults.push(`the account counts ${account.characters} characters, the text has ${printing}`);
  const taken = new Set<string>();
  for (const { eId, source } of nodesOf(document)) {
    if (!/^[A-Za-z0-9_]+$/.test(eId)) faults.push(`the eId “${eId}”`);
    if (taken.has(eId.toLowerCase())) faults.push(`the eId ${eId} twice`);
    taken.add(eId.toLowerCase());
    if (!isInside(source)) faults.push(`the span of ${eId}: ${JSON.stringify(source)}`);
  }
  for (const { source } of document.furniture)
    if (!isInside(source)) faults.push(`a span of furniture: ${JSON.stringify(source)}`);
  const notes = new Set(document.footnotes.map(({ eId }) => eId));
  for (const { node } of textNodes(document)) {
    const words = textOf(node.content);
    if (/^\p{White_Space}|\p{White_Space}$|[\t\n\r ]{2}/u.test(words)) faults.push(`blanks in ${node.eId}`);
    for (const call of callsOf(node.content))
      if (!notes.has(call.footnote)) faults.push(`a call of ${call.footnote} in ${node.eId}`);
    for (const leaf of node.leaves)
      if (leaf.start < node.source.start || leaf.end > node.source.end)
        faults.push(`a leaf of ${node.eId} lies outside its span`);
    if ('num' in node && node.num?.trim() === '') faults.push(`an empty label in ${node.eId}`);
  }
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const { code, line, message } of document.diagnostics)
    if (message === '' || (line !== undefined && (line < 1 || line > lines)))
      faults.push(`the diagnostic ${code} at line ${line ?? 0}`);
  return faults;
}

/** What is wrong with reading some text, or null. */
async function faultIn(text: string): Promise<string | null> {
  try {
    const faults = faultsOf(await read(new TextEncoder().encode(text), { file: 'variant.txt' }));
    return faults.length === 0 ? null : faults.slice(0, 3).join('; ');
  } catch (error) {
    if (error instanceof Refusal)
      return error.diagnostics[0]?.code === 'account-broken' ? error.message : null;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

describe('texts that nobody foresaw', () => {
  it(`${only === undefined ? times : 'one'} of them: nothing lost, nothing doubled, no crash`, async () => {
    const bases = await texts();
    const failed: string[] = [];
    const [from, to] = only === undefined ? [0, times] : [Number(only), Number(only) + 1];
    for (let seed = from; seed < to && failed.length < 10; seed++) {
      const fault = await faultIn(variant(seed, bases));
      if (fault !== null) failed.push(`ENGROSS_SEED=${seed}: ${fault}`);
    }
    expect(failed).toEqual([]);
  }, 1_800_000);

  it('within 50 ms of processor time each, for a text of 25 KB', async () => {
    const [base] = founding;
    const text = new TextDecoder().decode(base);
    const bases = await texts();
    const variants = Array.from({ length: 60 }, (_, seed) =>
      new TextEncoder().encode(variant(seed, bases, text)),
    );
    for (const bytes of variants.slice(0, 10)) await read(bytes, { file: 'warm.txt' }).catch(() => null);
    const before = process.cpuUsage();
    for (const bytes of variants) await read(bytes, { file: 'variant.txt' }).catch(() => null);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000 / variants.length).toBeLessThan(50);
  });
});

describe('kept: texts that were once read wrongly', () => {
  const kept = readdirSync(`${root}test/kept`).filter((name) => name.endsWith('.txt'));
  it.each(kept)('%s', async (name) => {
    expect(await faultIn(readFileSync(`${root}test/kept/${name}`, 'utf8'))).toBeNull();
  });
});
