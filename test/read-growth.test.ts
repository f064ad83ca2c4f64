/**
 * Time grows with the text and no faster, whatever the text is: at most 2.3 times for twice the text, on ordinary
 * documents and on the patterns that make readers hang. Measured in processor time, the least of several runs: other
 * programs on the machine can only add to it, so what seems to grow faster is measured again before it counts, at last
 * with texts of twice and four times the size, where the clearing away of garbage weighs less and growth weighs more.
 *
 * `ENGROSS_LONG=1` goes up to 10 MB, where time is short to 2 MB.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { read } from '../src/read/index.js';
import { Refusal } from '../src/report.js';

const long = Boolean(process.env['ENGROSS_LONG']);
const kb = 1024;
/** The sizes tried, each twice the one before; ordinary texts may be larger. */
const sizes = long ? [1250 * kb, 2500 * kb, 5000 * kb, 10_000 * kb] : [64 * kb, 128 * kb, 256 * kb];
const ordinarySizes = long ? sizes : [256 * kb, 512 * kb, 1024 * kb];
/** The grammar of Markdown is slower; 64 KB hold 16,000 pairs of marks. */
const markdownSizes = sizes.map((size) => size / 4);
const ordinary = new Set(['numbered paragraphs', 'wrapped paragraphs', 'articles with paragraphs', 'notes']);
const most = 2.3;
/** Below this many milliseconds a measurement is noise. */
const noise = 60;
/** How often texts of one size are measured at most. */
const rounds = 3;
/** How many times larger the texts are made, one after the other, while time seems to grow faster. */
const enlargements = [1, 2, 4];

type Pattern = (size: number) => string;

/** A title, then the unit again and again; a function is told how many units came before. */
const repeated =
  (unit: string | ((index: number) => string), head = 'Statement of the Ports\n\n'): Pattern =>
  (size) => {
    const parts = [head];
    for (let length = head.length, index = 0; length < size; index++) {
      const part = typeof unit === 'string' ? unit : unit(index);
      parts.push(part);
      length += part.length;
    }
    return parts.join('');
  };

/** As many paragraphs with a note each as the size holds. */
const noted =
  (call: (index: number) => string, note: (index: number) => string): Pattern =>
  (size) => {
    const count = Math.floor(size / 120);
    const each = (part: (index: number) => string) =>
      Array.from({ length: count }, (_, index) => part(index + 1)).join('');
    return `Statement of the Ports\n\n${each(
      (index) => `${index}. The council of pilots welcomes the new buoy${call(index)} at the harbour.\n\n`,
    )}________\n${each(note)}`;
  };

const sentence = 'The harbour masters note the report on buoys and lights, and welcome what the pilots did.';
const letters = 'abcdefghijklmnopqrstuvwxyz';
const letter = (index: number) => letters[index % 26] ?? 'a';

const roman = (index: number) =>
  `${'x'.repeat(Math.floor((index + 1) / 10))}${['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'][(index + 1) % 10] ?? ''}`;

const patterns: Readonly<Record<string, Pattern>> = {
  'resolutions one behind another': repeated(
    (index) => `RESOLUTION NO. ${index + 1}/12-HRB\n\nRecalling its tides,\n\n1. Decides to sail.\n\n`,
  ),
  'protocols behind signatures': repeated(
    'Protocol on Lamps\n\nThe Parties shall keep their lamps burning from dusk to dawn, and from dawn to noon.\n\nFor Haven\nA. Bell\n\n',
  ),
  'titles behind signatures': repeated('(Signed) A. Bell\n\nProtocol on Lamps\n\n'),
  'symbols above resolutions': repeated(
    (index) => `AB/RES. ${index + 1}/12\n\nLamps\n\nRecalling its tides,\n\n1. Decides to sail.\n\n`,
  ),
  'symbols under each other': repeated((index) => `AB/RES. ${index + 1}/12\n\n`),
  'notes behind abbreviations': noted(
    (index) => ` G20,${index % 999}`,
    (index) => `${index % 999} Of the harbour.\n`,
  ),
  'abbreviations with figures': repeated('AB12.3,4 '),
  'letters one behind another': repeated(
    `II\n\nHaven, 3 May 2011\n\nExcellency,\n\n${'The lamps are lit, and the pilots keep them so. '.repeat(3)}\n\nAccept, Excellency, my thanks.\n\n(Signed) A. Bell\n\n`,
  ),
  salutations: repeated('Excellency,\n\n'),
  'headings in brackets': repeated(
    (index) => `(${roman(index % 20)}) The lamps\n\n${index + 1}. The lamps are old.\n\n`,
  ),
  'numbered paragraphs': repeated((index) => `${index + 1}. ${sentence}\n\n`),
  'wrapped paragraphs': repeated((index) =>
    index % 8 === 7
      ? 'and the pier was built.\n\n'
      : `${index % 8 === 0 ? `${Math.floor(index / 8) + 1}. ` : ''}the harbour and the pier are open to all of the ships that come in\n`,
  ),
  'articles with paragraphs': repeated(
    (index) => `Article ${index + 1}\n\n1. ${sentence}\n\n2. ${sentence}\n\n`,
  ),
  'one line': repeated('harbour and '),
  'one word': repeated('a'),
  'spaces in a line': (size) => `Statement\n\nThe harbour${' '.repeat(size)}is open.`,
  'empty lines': (size) => `Statement\n\nThe harbour${'\n'.repeat(size)}is open.`,
  'no-break spaces': (size) => `Statement\n\nThe harbour${'\u00a0'.repeat(size)}is open.`,
  tabs: repeated('a\t'),
  'form feeds': (size) => `Statement\n\nThe harbour${'\f'.repeat(size)}is open.`,
  pages: repeated('The harbour is open to all\n12\n\fStatement of the Ports\n\n'),
  'lone carriage returns': repeated('The harbour\r'),
  '(((': repeated('('),
  '[[[': repeated('['),
  ']]]': repeated(']'),
  '***': repeated('*'),
  '* * *': repeated('* '),
  ___: repeated('_'),
  '---': repeated('-'),
  '###': repeated('#'),
  '...': repeated('.'),
  '. . .': repeated('. '),
  ',,,': repeated(','),
  ', , ,': repeated(', '),
  '|||': repeated('a | '),
  '>>>': repeated('Home > '),
  '<<<': repeated('<'),
  '<a <a': repeated('<a '),
  '<!--<!--': repeated('<!--'),
  '<!-- lines': repeated('<!--\n'),
  '<sup><sup>': repeated('<sup>'),
  '<sup>1</sup>': repeated('<sup>1</sup>'),
  backslashes: repeated('\\'),
  escapes: repeated('\\*'),
  '**a **b': repeated('**a '),
  emphasis: repeated('**a** *b* _c_ '),
  'emphasis that never ends': repeated('a **b\n'),
  '[a](': repeated('[a]('),
  '](#a)': repeated('](#a)'),
  '<https://a>': repeated('<https://a>'),
  '[1][1]': repeated('[1]'),
  '¹ ¹': repeated('port¹ '),
  'glued digits': repeated('harbour1 '),
  digits: repeated('1'),
  '1. 1. 1.': repeated('1. '),
  '1. on each line': repeated('1.\n'),
  '1. as each paragraph': repeated('1. The same\n\n'),
  'Article 1 again and again': repeated('Article 1\n\nThe harbour is open.\n\n'),
  '第一条 again and again': repeated('第一条 港口开放。\n'),
  'alternating labels': repeated((index) => `${index % 2 ? '(a)' : '1.'} The harbour\n`),
  'four kinds of labels': repeated(
    (index) => `${['(a)', '(i)', '1.', 'A.'][index % 4] ?? ''} The harbour is open\n\n`,
  ),
  '(a) to (z)': repeated((index) => `(${letter(index)}) to keep the harbour open;\n`),
  '(a)(i)(a)(i)': repeated((index) => `${index % 2 ? '(a)' : '(i)'} The harbour\n\n`),
  'deeper and deeper': repeated(
    (index) => `${' '.repeat((index % 60) * 2)}${index % 2 ? '(a)' : '(i)'} The harbour\n`,
  ),
  'labels in the line': repeated('the masters: (a) the harbour; (b) the pier;\n(c) the quay;\n'),
  initials: repeated((index) => `${letter(index).toUpperCase()}. Harbours\n\n`),
  'compound labels': repeated((index) => `${Math.floor(index / 99) % 99}.${(index % 99) + 1} Harbour\n\n`),
  'ordinal words': repeated('First. That the harbour\n\n'),
  'one-line bullets': (size) => `Statement\n\n1. Harbours:\n\n${'- buoy\n'.repeat(size / 7)}`,
  'doubled labels': repeated((index) => `${index + 1}. ${index + 1}.The harbour is open\n`),
  'labels between dashes': repeated((index) => `- ${index + 1} - The harbour is open\n`),
  'short lines above labels': repeated(
    (index) => `the harbour and the pier are open to all of the ships.\nThe Trade\n${index + 1}. Boats\n`,
  ),
  'rows wrapped at gaps': repeated(
    `Mara\nHolm${'\u00a0'.repeat(9)}\nOtto Lind\n\n`,
    'Statement of the Ports\n\n1. The harbour is open.\n\nDone at Sund on 4 May 2012.\n\n',
  ),
  'names below a date': repeated(
    'Master Ewan Reed of the Upper Inn  \n',
    'Statement of the Ports\n\n1. The harbour is open.\n\n4 May 2012\n\n',
  ),
  'bullets with glyphs': (size) => `Statement\n\n1. Harbours:\n\n${'• buoy\n'.repeat(size / 7)}`,
  'plain texts under a label': (size) =>
    `Statement\n\n1. Harbours:\n\n(a) one\n\n${'Text.\n\n'.repeat(size / 7)}2. End.`,
  notes: noted(
    (index) => `[${index}]`,
    (index) => `[${index}] Note of buoy ${index}.\n`,
  ),
  'notes that nothing calls': noted(
    () => '',
    (index) => `[${index}] Note of buoy ${index}.\n`,
  ),
  'notes of one number': noted(
    () => '[1]',
    () => '[1] Note of a buoy.\n',
  ),
  'one note called in one line': (size) =>
    `Statement\n\n${'word harbour[1] and '.repeat(size / 20)}\n\n____\n[1] Note.\n`,
  'one note called after spaces': (size) =>
    `Statement\n\n${'word harbour, 1 and\n\n'.repeat(size / 22)}\n\n____\n1 Note.\n`,
  'notes between paragraphs': repeated('The pilots welcome the buoy[^1] here.\n\n[^1]: Note.\n\n'),
  'notes between paragraphs, one called twice': repeated('The buoy[^1] and the bell[^1].\n\n[^1]: Note.\n\n'),
  'superior figures at the starts of lines': repeated('¹ The buoy¹ is new.\n\n'),
  'heads of notes': repeated('Notes\n1. The buoy2 is new.\n\nThe harbour1 is open.\n\n'),
  'heads of notes without notes': repeated('Notes\n'),
  'romans behind sentences': repeated('The harbour is open.i\n\ni The buoy is new.\n\n'),
  'figures behind years': repeated('since 2011,1 and 2012;2 and (2013)3 the harbour is open 2014.4\n'),
  'numbers before lines': repeated(
    (index) => `${index + 1} the pilots of the harbours welcome the buoy and\n`,
    '',
  ),
  'counted heads': repeated((index) => `the buoy and\n${index + 1}\nSTATEMENT OF THE PORTS\n`),
  'numbers beside the same line': repeated('1\nThe buoy of the harbour\n'),
  'quotations within a text': repeated('The pilots.\nThe bells.\n\n> The buoy\n>\n'),
  hashtags: repeated('#Harbours #Buoys\n'),
  'labels in a column': repeated('Each port shall\na) keep its lamp and\nb) ring its bell.\n\n'),
  'labels in a column without seconds': repeated(
    'Each port shall, as the\n    (i) master says, keep its lamp.\n',
  ),
  'rows with tabs': repeated('Haven\t3\tA. Bell\n'),
  'labels in quotation marks': repeated('“(a) The lamp is lit;\n'),
  'words of menus': repeated('News\n\nThe buoy.\n\n'),
  'words of menus among rules': repeated('____\n\nNews\n\n'),
  'rows of menus': repeated('Topics   Newsroom   About us   Ports\n'),
  'titles with joints alone': repeated('THE HARBOUR\nAND\n', ''),
  'two columns': repeated('The masters of the harbours and       the pilots of the harbours and\n'),
  'heads of mails': repeated('From: the pilots\nTo: the masters\n', 'Subject: Buoys\n'),
  'page feet within sentences': repeated('The pilots and\n1 Note.\n\n- 2 -\n\nthe masters met.\n'),
  'page feet': repeated('The pilots welcome the buoy[1] here.\n\n____\n[1] Note.\n\n\f'),
  rules: repeated('____\n'),
  'rules with numbers': repeated('____\n1 ab c\n'),
  'headings with hashes': repeated((index) => `## Heading ${index}\n\nThe harbour is open.\n\n`),
  'hashes on each line': repeated('# a\n'),
  'headings in capitals': repeated('THE HARBOUR\n\n1. The harbour is open.\n\n'),
  capitals: repeated('HARBOUR '),
  'roman headings': repeated((index) => `${['I', 'II', 'III'][index % 3] ?? ''}. Harbours\n\n`),
  annexes: repeated((index) => `ANNEX ${index}\n\n1. The harbour is open.\n\n`),
  recitals: repeated('Recalling the harbours of the region,\n\n'),
  'closing formulas': repeated('Done at Haven\n\n'),
  'signatures in columns': (size) =>
    `Statement\n\n1. Text.\n\nDone at Haven\n\n${'A. Berg      M. Dahl\n'.repeat(size / 21)}`,
  'columns without end': (size) => `Statement\n\nDone at Haven\n\n${'A. Berg     '.repeat(size / 12)}`,
  contents: repeated((index) => `Harbour ........ ${index}\n`),
  dates: repeated('12 May 2001, '),
  'lines of one letter': repeated('a\n'),
  'paragraphs of one letter': repeated('a\n\n'),
  'Han without end': repeated('港'),
  'soft hyphens': repeated('har\u00ad\n'),
  'control characters': repeated('a\u0001 '),
  emoji: repeated('\u{1f6a2}'),
  'front matter': (size) => `---\ntitle: a\n${'k: v\n'.repeat(size / 5)}---\n\nText.\n`,
};

/**
 * Marks of Markdown without end, in one paragraph of a `.md` text. At each plain letter the grammar looks for an address,
 * at each `&` for a character, and parts the words there.
 */
const markdownPatterns: Readonly<Record<string, Pattern>> = {
  'marks that only open': repeated('*a '),
  'marks that only close': repeated('é* é_ '),
  'marks within words': repeated('_a'),
  'pairs of marks': repeated('*a* __b__ '),
  'pairs without spaces': repeated('*a*'),
  'pairs within pairs': repeated('**a *b* c** '),
  'struck words': repeated('~a~ '),
  'tildes that only close': repeated('é~ é~~ '),
  'marks beside plain letters': repeated('a*b '),
  'underscores within plain words': repeated('a_b '),
  'marks beside ampersands': repeated('*é& '),
  'escapes and plain letters': repeated('\\* a '),
  'code and plain letters': repeated('`a` b '),
  'links and plain letters': repeated('[a](b) c '),
  'tags and plain letters': repeated('<b> a '),
  'lines of plain letters': repeated('a\nb& '),
  'a title of ampersands': (size) => `Text.\n\n[a]: /b "${'\\* a& '.repeat(size / 6)}"\n\nSee [a].\n`,
  'marks of many lengths': repeated((index) => `a${'*'.repeat((index % 7) + 1)} `),
};

/** Clears away what earlier runs have left, lest a later one pays for it. */
const collectGarbage = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();

/** Milliseconds of processor time, the least of a few runs. */
async function cost(text: string, runs: number, file: string): Promise<number> {
  const bytes = new TextEncoder().encode(text);
  let least = Infinity;
  for (let run = 0; run < runs; run++) {
    collectGarbage();
    const before = process.cpuUsage();
    try {
      await read(bytes, { file });
    } catch (error) {
      // No text at all is refused; a broken account is a failure.
      if (!(error instanceof Refusal) || error.diagnostics[0]?.code === 'account-broken') throw error;
    }
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** The cost for each size, measured again while it seems to grow faster than it may. */
async function leastCosts(pattern: Pattern, tried: readonly number[], file: string): Promise<number[]> {
  const costs = tried.map(() => Infinity);
  for (let round = 0; round < rounds && (round === 0 || growthOf(costs) > most); round++) {
    for (const [index, size] of tried.entries()) {
      costs[index] = Math.min(costs[index] ?? Infinity, await cost(pattern(size), long ? 1 : 2, file));
      // What takes long for the smallest text has failed already.
      if (index === 0) expect(costs[0], 'ms for the smallest text').toBeLessThan(long ? 20_000 : 3_000);
    }
  }
  return costs;
}

/** How many times the cost grows from each size to the next, on average; each size is twice the one before. */
function growthOf(costs: readonly number[]): number {
  const [first = 0, last = 0] = [costs[0], costs.at(-1)];
  return (Math.max(last, noise) / Math.max(first, noise)) ** (1 / (costs.length - 1));
}

describe(`time grows at most ${most} times per doubling`, () => {
  const cases = [
    ...Object.entries(patterns).map(([name, pattern]) => [name, pattern, 'pattern.txt'] as const),
    ...Object.entries(markdownPatterns).map(([name, pattern]) => [name, pattern, 'pattern.md'] as const),
  ];
  it.each(cases)(
    '%s',
    async (name, pattern, file) => {
      await cost(pattern(16 * kb), 2, file);
      const tried = file.endsWith('.md') ? markdownSizes : ordinary.has(name) ? ordinarySizes : sizes;
      let costs: readonly number[] = [];
      for (const enlargement of enlargements) {
        costs = await leastCosts(
          pattern,
          tried.map((size) => size * enlargement),
          file,
        );
        if (growthOf(costs) <= most) break;
      }
      expect(growthOf(costs), `${costs.map(Math.round).join(', ')} ms`).toBeLessThanOrEqual(most);
    },
    600_000,
  );
});
