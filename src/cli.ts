/** Arguments in, exit code out. The pipeline is in `build.ts`, the words of the command line are in `cli/`. */
import type { Answer, Voice } from './cli/answer.js';
import type { Request } from './cli/arguments.js';
import { commands, readArguments, readLimits } from './cli/arguments.js';
import { commandHelp, generalHelp } from './cli/help.js';
import type { Diagnostic } from './document.js';
import { shelf } from './editions/index.js';
import { openShelves, packageVersion, usualLimits } from './files.js';
import { diagnose, exitCodeOf, internal, print, Refusal, nearest } from './report.js';

const wantsColour = (stream: { readonly isTTY?: boolean }) => {
  const { NO_COLOR: no, FORCE_COLOR: force } = process.env;
  if (no) return false;
  return force === undefined || force === '' ? stream.isTTY === true : force !== '0';
};

let unsaid = '';

/** Says it at the latest when the program waits for something: one system call for many documents. */
function say(text: string): void {
  if (unsaid === '') setImmediate(saidNow);
  unsaid += text;
}

function saidNow(): void {
  if (unsaid !== '') process.stdout.write(unsaid);
  unsaid = '';
}

/** After what was said before, where both go to one terminal. */
function warn(text: string): void {
  if (text === '') return;
  saidNow();
  process.stderr.write(text);
}

const voice = (): Voice => ({
  say,
  warn,
  colour: wantsColour(process.stderr),
  terminal: process.stderr.isTTY && !process.env['CI'] ? warn : null,
});

async function run(request: Request): Promise<Answer> {
  const { command, options, positionals } = request;
  if (options.has('version')) return { exitCode: 0, text: `engross ${packageVersion()}\n` };
  if (command === null)
    return { exitCode: options.has('help') ? 0 : exitCodeOf(['usage']), text: generalHelp() };
  if (options.has('help')) return { exitCode: 0, text: commandHelp(command) };
  switch (command.name) {
    case 'build':
      return (await import('./cli/building.js')).runBuild(request, voice());
    case 'merge':
      return (await import('./cli/building.js')).runMerge(request, voice());
    case 'inspect':
      return runInspect(request);
    case 'verify':
      return runVerify(request);
    case 'editions':
      atMost(0, positionals, 'engross editions takes no arguments');
      return listEditions();
    case 'schema':
      atMost(1, positionals, 'engross schema takes one name');
      return printSchema(positionals[0] ?? 'document');
    default:
      atMost(1, positionals, 'engross help takes one command');
      return explain(positionals[0]);
  }
}

function atMost(count: number, positionals: readonly string[], sentence: string): void {
  const extra = positionals[count];
  if (extra !== undefined) throw new Refusal(diagnose('usage', `${sentence}; “${extra}” is one too many.`));
}

async function runInspect({ options, positionals }: Request): Promise<Answer> {
  const [path] = positionals;
  if (path === undefined)
    throw new Refusal(diagnose('usage', 'engross inspect needs a file: engross inspect FILE.'));
  atMost(1, positionals, 'engross inspect takes one file');
  const { inspectFile, inspectionAsJson, inspectionAsText } = await import('./inspect.js');
  const encoding = options.get('encoding');
  const reading = await inspectFile(path, encoding, {
    overruled: !options.has('sidecar'),
    limits: readLimits(options, usualLimits),
  });
  if (options.has('sidecar')) {
    const { sidecarOf } = await import('./inspect/sidecar.js');
    return { exitCode: 0, text: `${JSON.stringify(sidecarOf(reading), null, 2)}\n` };
  }
  return {
    exitCode: exitCodeOf(codesOf(reading.document.diagnostics)),
    text: inspectionAsText(path, reading, wantsColour(process.stdout)),
    object: inspectionAsJson(path, reading),
  };
}

async function runVerify({ options, positionals }: Request): Promise<Answer> {
  const { verifyPublished } = await import('./verify/published.js');
  const messages = await import('./cli/verification.js');
  const quiet = options.has('quiet');
  const forMachines = options.has('json');
  const colour = wantsColour(process.stderr);
  const documents = await verifyPublished(positionals.length > 0 ? positionals : ['output'], (document) => {
    if (forMachines) return;
    warn(messages.verificationMessages(document, colour));
    if (!quiet) say(messages.verificationResult(document));
  });
  return {
    exitCode: exitCodeOf(codesOf(documents.flatMap((document) => document.diagnostics))),
    text: quiet ? '' : messages.verificationSummary(documents),
    object: messages.verificationAsJson(documents),
  };
}

async function listEditions(): Promise<Answer> {
  const editions = await Promise.all(Object.values(shelf).map((take) => take()));
  const list = editions.map(({ edition: { name, extension, summary } }) => ({ name, extension, summary }));
  const longest = Math.max(...list.map(({ name }) => name.length));
  const text = list.map(({ name, summary }) => `${name.padEnd(longest)}  ${summary}\n`).join('');
  return { exitCode: 0, text, object: { editions: list } };
}

async function printSchema(name: string): Promise<Answer> {
  const text = await openShelves().schema(name);
  return { exitCode: 0, text };
}

function explain(word: string | undefined): Answer {
  if (word === undefined) return { exitCode: 0, text: generalHelp() };
  const names = commands.map((command) => command.name);
  const command = commands.find((one) => one.name === word);
  if (command) return { exitCode: 0, text: commandHelp(command) };
  throw new Refusal(diagnose('usage', `There is no command “${word}”${nearest(word, names) || '.'}`));
}

const codesOf = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter((diagnostic) => diagnostic.severity === 'error').map((diagnostic) => diagnostic.code);

/** Runs one command line to its end; never throws. */
async function main(args: readonly string[]): Promise<number> {
  const forMachines = args.includes('--json');
  try {
    const request = readArguments(args);
    const answer = await run(request);
    if (forMachines && answer.object)
      say(
        `${JSON.stringify({ command: request.command?.name, exitCode: answer.exitCode, ...answer.object }, null, 2)}\n`,
      );
    else if (request.command === null && answer.exitCode !== 0) warn(answer.text ?? '');
    else say(answer.text ?? '');
    return answer.exitCode;
  } catch (error) {
    const diagnostics =
      error instanceof Refusal ? error.diagnostics : [internal(error, `running engross ${args[0] ?? ''}`)];
    const exitCode = exitCodeOf(codesOf(diagnostics));
    const colour = wantsColour(process.stderr);
    if (forMachines) say(`${JSON.stringify({ exitCode, diagnostics }, null, 2)}\n`);
    else for (const diagnostic of diagnostics) warn(`${print(diagnostic, { colour })}\n`);
    return exitCode;
  }
}

// A reader that has seen enough (`engross inspect … | head`) is no failure.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

void main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
