/**
 * The pipeline, on one screen: for each input, read → editions → files. What fails stays as it was and is reported;
 * everything else goes on. What nothing has changed of is not made anew.
 */
import { crewSize, inOrder } from './build/jobs.js';
import type { BuiltDocument, Built, Making, Order, World } from './build/order.js';
import { unmade } from './build/order.js';
import { isInShard } from './build/shards.js';
import { whatStands } from './build/standing.js';
import type { Workshop } from './build/workshop.js';
import { openWorkshop } from './build/workshop.js';
import type { Diagnostic } from './document.js';
import type { Input } from './files.js';
import { listInputs, look, system } from './files.js';
import type { Manifest } from './manifest.js';
import { slugOf } from './read/slug.js';
import { diagnose, Refusal } from './report.js';

export { merge, type Merged } from './build/merge.js';
export type { Built, BuiltDocument, Order, World } from './build/order.js';
export { readShard } from './build/shards.js';
export { watchInputs } from './build/watch.js';
export { thisWorld } from './build/world.js';

/** How far a build is. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Of those done, how many were made; the others stand. */
  readonly made: number;
  readonly toMake: number;
}

/**
 * Builds every edition of every input.
 * @param tell is given each document as soon as it is done, in the order of the inputs
 * @throws Refusal where nothing can be built at all: an input that isn't there, an unknown template or edition
 */
export async function build(
  order: Order,
  world: World,
  tell: (document: BuiltDocument, progress: Progress) => void = () => undefined,
): Promise<Built> {
  const workshop = await openWorkshop(order, world);
  const inputs = await listInputs(order.inputs, world.operations);
  const isWhole = inputs.every(({ path }) => !order.inputs.includes(path));
  if (order.prune && !isWhole) throw new Refusal(pruneOfFiles());
  const { ids, looked } = await lookAt(inputs, workshop);
  const toMake = looked.filter(({ known }) => known === null).length;
  const size = world.operations === system ? crewSize(order, toMake) : 1;
  const crew = size > 1 ? (await import('./build/crew.js')).openCrew(size, order, world) : null;
  const make = crew ? crew.make : alone(workshop);
  const work = async ({ input, known }: Looked): Promise<Making> => known ?? make(input);
  const documents: BuiltDocument[] = [];
  const manifests: Manifest[] = [];
  let made = 0;
  try {
    const ahead = crew ? size * waitingForEach : world.operations === system ? 2 : 1;
    for await (const { document, manifest } of inOrder(untilStopped(looked, world), ahead, work)) {
      const shown = manifest && document.standing ? await withText(document, manifest) : document;
      documents.push({ ...document, text: '' });
      if (!looked[documents.length - 1]?.known) made += 1;
      tell(shown, { done: documents.length, total: looked.length, made, toMake });
      if (manifest) manifests.push(manifest);
    }
  } finally {
    await crew?.close();
  }
  const diagnostics: Diagnostic[] = [];
  const report = (...found: readonly Diagnostic[]) => diagnostics.push(...found);
  const { publisher } = workshop;
  const gone =
    isWhole && (order.prune || order.check) && !world.stop?.aborted
      ? await publisher.gone(ids, order.prune ?? false, report)
      : [];
  const ofAll = await publisher.union(manifests, order.editions.includes('csv'), report);
  if (world.stop?.aborted) report(interrupted(documents, looked.length));
  return { documents, ...ofAll, gone, diagnostics };
}

/** Makes documents in this process: the next is begun once only the files of the one before are left to be written. */
function alone(workshop: Workshop): (input: Input) => Promise<Making> {
  let free: Promise<void> = Promise.resolve();
  return async (input) => {
    const before = free;
    let leave: () => void = () => undefined;
    free = new Promise((resolve) => (leave = resolve));
    await before;
    try {
      if (workshop.world.stop?.aborted) return unmade(input, []);
      return await (await import('./build/document.js')).makeDocument(input, workshop, leave);
    } finally {
      leave();
    }
  };
}

/** So many documents are begun for each worker before the first is told of: a long one does not hold up the others. */
const waitingForEach = 4;

/** An input, and what is known of it before anything is made: null where it is to be made. */
interface Looked {
  readonly input: Input;
  readonly known: Making | null;
}

/**
 * Tells what stands and what can't be made from what is to be made.
 * @returns the ids of all inputs, and what was found of those that are of this part
 */
async function lookAt(
  inputs: readonly Input[],
  workshop: Workshop,
): Promise<{ readonly ids: ReadonlySet<string>; readonly looked: readonly Looked[] }> {
  const { shard } = workshop.order;
  const named = await Promise.all(inputs.map(async (input) => ({ input, id: await slugOf(input.file) })));
  const byId = new Map<string, Input[]>();
  for (const { input, id } of named) byId.set(id, [...(byId.get(id) ?? []), input]);
  const stands = whatStands(workshop);
  const looked: Looked[] = [];
  for (const { input, id } of named) {
    if (shard && !isInShard(id, shard)) continue;
    const twins = byId.get(id) ?? [];
    const known = twins.length > 1 ? unmade(input, [sameId(id, twins)]) : await stands(input, id);
    looked.push({ input, known });
  }
  return { ids: new Set(byId.keys()), looked };
}

/** Once the build is to stop, no document is begun. */
function* untilStopped<T>(pieces: readonly T[], { stop }: World): Generator<T> {
  for (const piece of pieces) {
    if (stop?.aborted) return;
    yield piece;
  }
}

/** Where two inputs would have one id, neither is made. */
function sameId(id: string, twins: readonly Input[]): Diagnostic {
  const names = twins.map(({ path }) => `“${path}”`).join(' and ');
  return diagnose('id-twice', `${names} would all become “${id}”; none of them was made.`);
}

const pruneOfFiles = () =>
  diagnose(
    'usage',
    '--prune needs whole folders: of a single file it can’t be told which inputs are gone.',
    undefined,
    'Name every input folder whose editions are in the output folder, or leave --prune out.',
  );

const interrupted = (documents: readonly BuiltDocument[], all: number) =>
  diagnose(
    'interrupted',
    `The build was stopped: ${documents.filter(({ files }) => files.length > 0).length} of ${all} documents are done.`,
  );

/** The text of a document that was not read, where its diagnostics show lines of it. */
async function withText(document: BuiltDocument, { source }: Manifest): Promise<BuiltDocument> {
  if (document.diagnostics.every(({ line, severity }) => line === undefined || severity === 'note'))
    return document;
  const bytes = look(document.input, true);
  if (bytes === null) return document;
  // What reads is large, and this is all that it would do.
  if (source.encoding === 'utf-8') return { ...document, text: new TextDecoder().decode(bytes) };
  const { decode, withLibraries } = await import('./read/index.js');
  const { text } = await withLibraries(() => decode(bytes, source.encoding));
  return { ...document, text };
}
