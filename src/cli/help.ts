/** The help, set so that it reads well aloud and in 100 columns. */
import type { Command, Option } from './arguments.js';
import { commands } from './arguments.js';

const width = 100;

const exitCodes = [
  'Exit codes',
  '  0  everything asked for was made',
  '  1  a document has errors, an edition is stale, unfaithful or could not be made, or Engross failed',
  '  2  wrong use: an unknown command, option, edition or template, or nothing to do',
  '  3  something can’t be read or written',
];

/** What `engross --help` prints. */
export function generalHelp(): string {
  return [
    'engross: turns the raw text of official documents into citable editions.',
    '',
    'Usage: engross COMMAND [options]',
    '',
    'Commands',
    ...inColumns(commands.map((command) => [`${command.name} ${command.takes}`.trim(), command.summary])),
    '',
    'Options',
    ...inColumns([
      ['--help, -h', 'print this; engross COMMAND --help explains a command'],
      ['--version, -V', 'print the version'],
    ]),
    '',
    ...exitCodes,
    '',
    'Results go to standard output, messages to standard error. Colour is used on a terminal, unless',
    'NO_COLOR is set. SOURCE_DATE_EPOCH dates the files of documents that bear no date.',
    '',
  ].join('\n');
}

/** What `engross COMMAND --help` prints. */
export function commandHelp(command: Command): string {
  const lines = [
    `Usage: ${['engross', command.name, command.takes, '[options]'].filter((word) => word !== '').join(' ')}`,
    '',
    ...command.about.flatMap((paragraph) => [...wrap(paragraph, width), '']),
    'Options',
    ...inColumns(command.options.map((option) => [spelling(option), option.help])),
    '',
  ];
  if (command.json !== undefined) lines.push('--json prints', ...wrap(command.json, width - 2, '  '), '');
  lines.push(...exitCodes, '');
  lines.push('Examples', ...command.examples.map((example) => `  ${example}`), '');
  return lines.join('\n');
}

const spelling = ({ name, short, value }: Option) =>
  `--${name}${value === undefined ? '' : ` ${value}`}${short === undefined ? '' : `, -${short}`}`;

function inColumns(rows: readonly (readonly [string, string])[]): string[] {
  const left = Math.max(...rows.map(([word]) => word.length)) + 4;
  return rows.flatMap(([word, words]) =>
    wrap(words, width - left).map((line, index) =>
      index === 0 ? `  ${word.padEnd(left - 2)}${line}` : ' '.repeat(left) + line,
    ),
  );
}

/** Breaks words into lines of at most `columns` characters. */
function wrap(words: string, columns: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line];
}
