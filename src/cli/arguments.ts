/** The words of the command line: every command and option, and the refusal of anything else. */
import { parseArgs } from 'node:util';
import type { Limits } from '../files.js';
import { diagnose, Refusal, nearest } from '../report.js';
import { commandMeant, optionMeant } from './synonyms.js';

export interface Option {
  readonly name: string;
  readonly short?: string;
  /** What its value is called in the help; an option without one is a switch. */
  readonly value?: string;
  readonly help: string;
}

export interface Command {
  readonly name: string;
  /** Its arguments, as the help shows them. */
  readonly takes: string;
  readonly summary: string;
  /** Paragraphs of the help. */
  readonly about: readonly string[];
  readonly options: readonly Option[];
  /** What `--json` prints. */
  readonly json?: string;
  readonly examples: readonly string[];
}

const encoding: Option = {
  name: 'encoding',
  value: 'LABEL',
  help: 'the encoding of the text, where Engross can’t tell: windows-1252, iso-8859-5 …',
};
const limits: readonly Option[] = [
  { name: 'max-input', value: 'SIZE', help: 'the largest input that is read (default: 64M)' },
  { name: 'max-line', value: 'SIZE', help: 'the longest line of an input that is read (default: 16M)' },
];
const json: Option = { name: 'json', help: 'print one JSON object for machines instead (see below)' };
const help: Option = { name: 'help', short: 'h', help: 'print this' };

export const commands: readonly Command[] = [
  {
    name: 'build',
    takes: '[INPUT…]',
    summary: 'make the editions of official texts',
    about: [
      'Makes the editions of each input, in a folder of its own: output/NAME/NAME.pdf and so on.',
      'INPUT is a text file, or a folder: then every .txt and .md file in it, but not in its subfolders. Without an INPUT it is the folder “input”.',
      'With the CSV edition, the output folder gets tables of all documents in it, for programs: documents.csv, paragraphs.csv, footnotes.csv, and datapackage.json, which describes them.',
      'An edition that can’t be made leaves its old file as it was; everything else is still made.',
      'A document of which nothing has changed is not made anew: its source, sidecar, template, fonts, options, the version of Engross and the editions that stand there all have the hashes of its manifest. No time is looked at. Its account and warnings are printed all the same; --check and --force make everything.',
    ],
    options: [
      { name: 'out', value: 'FOLDER', help: 'where the editions go (default: output)' },
      {
        name: 'editions',
        value: 'LIST',
        help: 'which editions, with commas between them (default: all; see engross editions)',
      },
      {
        name: 'template',
        value: 'NAME',
        help: 'the look: default, letter, large-print, draft, house-example, or the path of a template of your own; engross schema template describes its keys, docs/templates.md how to begin',
      },
      encoding,
      ...limits,
      {
        name: 'csv-raw',
        help: 'CSV: leave cells as they are, even where a spreadsheet would run them as formulas',
      },
      {
        name: 'check',
        help: 'write nothing; fail where an edition differs from what its source gives, and say where it first does; fail also on the editions of no input that is named: name every input folder of the output folder',
      },
      {
        name: 'prune',
        help: 'remove the editions of no input that is named: files that a manifest names, and that nobody has changed since; only where whole folders are built, and every input folder of the output folder is to be named',
      },
      {
        name: 'verify',
        help: 'read every edition back before it is written; one that says something else than the document is not written',
      },
      {
        name: 'force',
        help: 'make every document anew, also where nothing has changed since it was made',
      },
      {
        name: 'jobs',
        short: 'j',
        value: 'N',
        help: 'how many documents are made side by side (default: one for each processor, if there are many)',
      },
      {
        name: 'shard',
        value: 'K/N',
        help: 'make only the Kth of N parts, as one of N machines; engross merge joins them',
      },
      {
        name: 'watch',
        short: 'w',
        help: 'go on, and build again whenever an input, its sidecar or the template changes; Ctrl-C ends it',
      },
      { name: 'strict', help: 'take warnings for errors: a document with one is not made' },
      { name: 'quiet', short: 'q', help: 'say nothing but warnings and errors' },
      json,
      help,
    ],
    json: '{ command, exitCode, documents: [{ input, id, standing, account, files: [{ path, edition, sha256, bytes, state }], fidelity, diagnostics }], manifest, tables, gone: [{ path, edition, sha256, bytes, state }], diagnostics }',
    examples: [
      'engross build',
      'engross build communique.txt --out published --editions pdf,docx',
      'engross build --check --strict',
      'engross build --watch --editions md,pdf',
      'engross build archive --shard 3/16 --out part-3',
    ],
  },
  {
    name: 'inspect',
    takes: 'FILE',
    summary: 'show how a text was understood, and every doubt',
    about: [
      'Shows the structure of one text as Engross reads it, each place with its line number: title and date, regions, labels, calls and notes, what was left out as page furniture, and every doubt. It writes nothing.',
    ],
    options: [
      encoding,
      ...limits,
      {
        name: 'sidecar',
        help: 'print a sidecar to begin with instead: save it as NAME.engross.json beside the text and change in it what was misread',
      },
      json,
      help,
    ],
    json: '{ command, exitCode, file, account, document, diagnostics }',
    examples: [
      'engross inspect input/communique.txt',
      'engross inspect input/communique.txt --sidecar > input/communique.engross.json',
    ],
  },
  {
    name: 'merge',
    takes: 'FOLDER…',
    summary: 'join what several machines have made to one output folder',
    about: [
      'Joins output folders that were made in parts (engross build --shard 1/16 … 16/16) to what one machine would have made of all inputs, byte for byte. Each file is copied as it is, once its hash is found to be that of its manifest; the list of all documents and the tables of the folder are written anew.',
      'FOLDER is an output folder. The one that is merged into may be among them, and is none of them as a rule.',
    ],
    options: [
      { name: 'out', value: 'FOLDER', help: 'the folder that they are merged into (default: output)' },
      { name: 'quiet', short: 'q', help: 'say nothing but errors' },
      json,
      help,
    ],
    json: '{ command, exitCode, documents, written, union, tables, diagnostics }',
    examples: ['engross merge part-1 part-2 part-3 --out output', 'engross merge parts/*'],
  },
  {
    name: 'verify',
    takes: '[OUTPUT…]',
    summary: 'prove that published editions say the same, word for word',
    about: [
      'Reads published files back with code that shares nothing with what wrote them. The JSON edition in a document’s folder is the document; every other edition beside it is compared with it in order: labels, words, notes, and the place of each call. Each file’s hash is compared with the manifest’s.',
      'OUTPUT is an output folder, the folder of one document, or a file that stands beside a document’s JSON edition, as a PDF that somebody has sent. Without an OUTPUT it is the folder “output”. To read a PDF it needs the package pdfjs-dist.',
    ],
    options: [{ name: 'quiet', short: 'q', help: 'say nothing but errors' }, json, help],
    json: '{ command, exitCode, documents: [{ path, id, canonical, editions: [{ edition, result, normalisations, count, differences, files: [{ path, sha256, seal }] }], diagnostics }] }',
    examples: [
      'engross verify',
      'engross verify published/communique',
      'engross verify published/communique/sent.pdf',
    ],
  },
  {
    name: 'editions',
    takes: '',
    summary: 'list the editions',
    about: ['Lists the editions that can be made, by the names that --editions takes.'],
    options: [json, help],
    json: '{ command, exitCode, editions: [{ name, extension, summary }] }',
    examples: ['engross editions'],
  },
  {
    name: 'schema',
    takes: '[NAME]',
    summary: 'print a JSON Schema: of the JSON edition, a template or a sidecar',
    about: [
      'Prints the JSON Schema (draft 2020-12) of what Engross writes or reads, every field described: of the JSON edition of a document, which is “document”, of a “template”, or of a “sidecar”. Without a NAME it is that of the document.',
    ],
    options: [help],
    examples: ['engross schema > document.schema.json', 'engross schema template'],
  },
  {
    name: 'help',
    takes: '[COMMAND]',
    summary: 'explain a command',
    about: ['Explains a command, as COMMAND --help does.'],
    options: [help],
    examples: ['engross help build'],
  },
];

/** What was asked for on the command line. */
export interface Request {
  /** Null where only `--help` or `--version` was asked for. */
  readonly command: Command | null;
  readonly positionals: readonly string[];
  /** The options given, by name; a switch has the value ''. */
  readonly options: ReadonlyMap<string, string>;
}

const usage = (message: string, cure?: string) => new Refusal(diagnose('usage', message, undefined, cure));

const globalOptions: readonly Option[] = [help, { name: 'version', short: 'V', help: 'print the version' }];

/**
 * Reads a command line.
 * @param args what follows the program's name
 * @throws Refusal (usage) for a command or option that doesn't exist, naming the nearest that does
 */
export function readArguments(args: readonly string[]): Request {
  const [first = '', ...rest] = args;
  if (first === '' || first.startsWith('-')) {
    const request = readOptions(args, globalOptions, 'engross', null);
    if (request.positionals.length === 0) return request;
    throw usage(`The command comes first: engross ${request.positionals[0] ?? ''} …`, 'Run engross --help.');
  }
  const command = commands.find((one) => one.name === first);
  if (!command) throw unknownCommand(first);
  return readOptions(rest, command.options, `engross ${command.name}`, command);
}

const didYouMean = (name: string) => `; did you mean “${name}”?`;

function unknownCommand(word: string): Refusal {
  const names = commands.map((command) => command.name);
  const meant = commandMeant(word, names);
  const near = meant === null ? nearest(word, names) : didYouMean(meant);
  return near === '' && /[./\\]/.test(word)
    ? usage(`There is no command “${word}”.`, `To make its editions: engross build ${word}`)
    : usage(`There is no command “${word}”${near || '.'}`, 'Run engross --help for the commands.');
}

function readOptions(
  args: readonly string[],
  known: readonly Option[],
  whose: string,
  command: Command | null,
): Request {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      known.map(({ name, short, value }) => [
        name,
        { type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) },
      ]),
    ),
  });
  const positionals: string[] = [];
  const options = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = known.find((one) => one.name === token.name);
    if (!option) throw unknownOption(token.rawName, known, whose);
    if (option.value === undefined) {
      if (token.value !== undefined) throw usage(`${token.rawName} takes no value.`, `Run ${whose} --help.`);
      options.set(option.name, '');
    } else if (!token.value || (!token.inlineValue && /^-./.test(token.value))) {
      throw usage(`${token.rawName} needs a value: ${token.rawName} ${option.value}.`, option.help);
    } else {
      options.set(option.name, token.value);
    }
  }
  return { command, positionals, options };
}

function unknownOption(word: string, known: readonly Option[], whose: string): Refusal {
  const names = known.map((option) => option.name);
  const meant = optionMeant(word.replace(/^-+/, ''), names);
  const near =
    meant === null
      ? nearest(
          word,
          names.map((name) => `--${name}`),
        )
      : didYouMean(`--${meant}`);
  return usage(`${whose} has no option ${word}${near || '.'}`, `Run ${whose} --help.`);
}

/**
 * A count as an option gives it.
 * @throws Refusal for anything but a whole number from 1 to 1,000
 */
export function readCount(option: string, words: string): number {
  const count = /^\d{1,4}$/.test(words) ? Number(words) : 0;
  if (count >= 1 && count <= 1000) return count;
  throw usage(`--${option} takes a number from 1 to 1000, not “${words}”.`);
}

/**
 * The names in a list with commas, each once, in the order of `known`.
 * @throws Refusal for a name that isn't known, or none at all
 */
export function readEditions(list: string, known: readonly string[]): string[] {
  const names = list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0)
    throw usage('--editions names no edition.', `The editions are ${known.join(', ')}.`);
  for (const name of names)
    if (!known.includes(name))
      throw new Refusal(
        diagnose(
          'edition-unknown',
          `There is no edition “${name}”${nearest(name, known) || '.'}`,
          undefined,
          `The editions are ${known.join(', ')}.`,
        ),
      );
  return known.filter((name) => names.includes(name));
}

/**
 * The limits that options state, over the usual ones: bytes, or with K, M or G as many KiB, MiB or GiB.
 * @throws Refusal (usage)
 */
export function readLimits(options: ReadonlyMap<string, string>, usual: Limits): Limits {
  const size = (name: string): number | null => {
    const value = options.get(name);
    if (value === undefined) return null;
    const [, count, unit = ''] = /^([1-9]\d{0,9})([KMG])?(?:i?B)?$/i.exec(value) ?? [];
    const bytes = Number(count) * 1024 ** ' KMG'.indexOf(unit === '' ? ' ' : unit.toUpperCase());
    if (count === undefined || bytes > largestLimit)
      throw usage(
        `--${name} is “${value}”, which is no size up to 1G.`,
        `As --${name} 64M, or a number of bytes.`,
      );
    return bytes;
  };
  return { input: size('max-input') ?? usual.input, line: size('max-line') ?? usual.line };
}

/** No string of JavaScript’s holds much more. */
const largestLimit = 1024 ** 3;
