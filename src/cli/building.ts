/** `engross build`, once or again whenever something changes, and `engross merge`. */
import { build, merge, readShard, thisWorld, watchInputs } from '../build.js';
import type { Built, BuiltDocument, Order, Progress } from '../build.js';
import type { Diagnostic } from '../document.js';
import { editionNames } from '../editions/index.js';
import { usualLimits } from '../files.js';
import { diagnose, exitCodeOf, internal, print, Refusal, visible } from '../report.js';
import type { Answer, Voice } from './answer.js';
import type { Request } from './arguments.js';
import { readCount, readEditions, readLimits } from './arguments.js';
import { buildAsJson, documentMessages, documentResult, mergeSummary, summary } from './messages.js';
import { progressLine } from './progress.js';

/** @throws Refusal */
export async function runBuild(request: Request, voice: Voice): Promise<Answer> {
  const order = orderIn(request);
  if (request.options.has('watch')) return watch(request, order, voice);
  const quiet = request.options.has('quiet');
  const stop = stopOnSignal();
  const built = await tellingOf(request, order, voice, stop, () => true);
  return {
    exitCode: stop.aborted ? Number(stop.reason) : exitCodeIn(built),
    text: quiet ? '' : summary(built),
    object: buildAsJson(built),
  };
}

/**
 * Aborted by SIGINT and SIGTERM, for a reason that is the exit code of a program that they end. Once: a second signal ends the
 * process at once, and leaves the next build to sweep up.
 */
function stopOnSignal(): AbortSignal {
  const stop = new AbortController();
  for (const [signal, exitCode] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => {
      stop.abort(exitCode);
    });
  return stop.signal;
}

function orderIn({ options, positionals }: Request): Order {
  const encoding = options.get('encoding');
  const jobs = options.get('jobs');
  const shard = options.get('shard');
  return {
    inputs: positionals.length > 0 ? positionals : ['input'],
    out: options.get('out') ?? 'output',
    editions: readEditions(options.get('editions') ?? editionNames.join(','), editionNames),
    template: options.get('template') ?? 'default',
    ...(encoding === undefined ? {} : { encoding }),
    csvRaw: options.has('csv-raw'),
    check: options.has('check'),
    prune: options.has('prune'),
    limits: readLimits(options, usualLimits),
    verify: options.has('verify'),
    strict: options.has('strict'),
    force: options.has('force'),
    ...(jobs === undefined ? {} : { jobs: readCount('jobs', jobs) }),
    ...(shard === undefined ? {} : { shard: readShard(shard) }),
  };
}

/** Builds, and says what becomes of each document that is wanted, with a line of progress below where there is a terminal. */
async function tellingOf(
  { options }: Request,
  order: Order,
  { say, warn, colour, terminal }: Voice,
  stop: AbortSignal,
  isWanted: (document: BuiltDocument) => boolean,
): Promise<Built> {
  const quiet = options.has('quiet');
  const forMachines = options.has('json');
  const line = terminal && !quiet && !forMachines ? progressLine(terminal, Date.now) : null;
  const told = new Set<string>();
  const built = await build(order, thisWorld(stop), (document: BuiltDocument, progress: Progress) => {
    if (!forMachines && isWanted(document)) {
      line?.clear();
      warn(documentMessages(document, colour, told));
      if (!quiet) say(documentResult(document));
    }
    if (progress.done < progress.total) line?.draw(progress);
  });
  line?.clear();
  if (!forMachines) for (const diagnostic of built.diagnostics) warn(`${print(diagnostic, { colour })}\n`);
  return built;
}

/**
 * Builds until the terminal's interrupt, which stops a build that is under way. What one build can't do is said, and the next
 * may.
 */
async function watch(request: Request, order: Order, voice: Voice): Promise<Answer> {
  if (order.check || request.options.has('json'))
    throw new Refusal(diagnose('usage', '--watch goes with neither --check nor --json.'));
  const stop = stopOnSignal();
  let first = true;
  let exitCode = 0;
  const again = async (changed: readonly string[]) => {
    const start = Date.now();
    const what = changed.length === 0 ? '' : `${visible(changed.filter((name) => name !== '').join(', '))}: `;
    try {
      const all = first;
      first = false;
      // --force is for the first build: what changes later is told by its hashes.
      const built = await tellingOf(
        request,
        all ? order : { ...order, force: false },
        voice,
        stop,
        (document) => all || !document.standing,
      );
      if (stop.aborted) exitCode = Number(stop.reason);
      const seconds = ((Date.now() - start) / 1000).toFixed(2);
      voice.say(`${what}${summary(built).trimEnd()} (${seconds} s)\n`);
    } catch (error) {
      const found = error instanceof Refusal ? error.diagnostics : [internal(error, 'building')];
      for (const diagnostic of found) voice.warn(`${print(diagnostic, { colour: voice.colour })}\n`);
    }
  };
  const watching = watchInputs(order, again);
  stop.addEventListener('abort', watching.stop, { once: true });
  await watching.ended;
  return { exitCode, text: '' };
}

/** @throws Refusal */
export async function runMerge({ options, positionals }: Request, { warn, colour }: Voice): Promise<Answer> {
  if (positionals.length === 0)
    throw new Refusal(diagnose('usage', 'engross merge needs output folders: engross merge FOLDER….'));
  const out = options.get('out') ?? 'output';
  const merged = await merge(positionals, out, thisWorld());
  if (!options.has('json'))
    for (const diagnostic of merged.diagnostics) warn(`${print(diagnostic, { colour })}\n`);
  return {
    exitCode: exitCodeOf(merged.diagnostics.map(({ code }) => code)),
    text: options.has('quiet') ? '' : mergeSummary(merged, out),
    object: merged,
  };
}

function exitCodeIn(built: Built): number {
  const all = [...built.diagnostics, ...built.documents.flatMap((document) => document.diagnostics)];
  const errors = all.filter((diagnostic: Diagnostic) => diagnostic.severity === 'error');
  return exitCodeOf(errors.map((diagnostic) => diagnostic.code));
}
