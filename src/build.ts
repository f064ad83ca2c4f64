/**
 * The pipeline, on one screen: for each input, read → editions → files. What fails stays as it was and is reported;
 * everything else goes on. What nothing has changed of is not made anew.
 */
import type { BuiltDocument, Built, Making, Order, World } from './build/order.js';
import { whatStands } from './build/standing.js';
import type { Workshop } from './build/workshop.js';
import { openWorkshop } from './build/workshop.js';
import type { Diagnostic } from './document.js';
import type { Input } from './files.js';
import { listInputs, look } from './files.js';
import type { Manifest } from './manifest.js';
import { slugOf } from './read/slug.js';
import { diagnose } from './report.js';

export type { Built, BuiltDocument, Order, World } from './build/order.js';
export { thisWorld } from './build/world.js';

/**
 * Builds every edition of every input.
 * @param tell is given each document as soon as it is done, in the order of the inputs
 * @throws Refusal where nothing can be built at all: an input that isn't there, an unknown template or edition
 */
export async function build(
  order: Order,
  world: World,
  tell: (document: BuiltDocument) => void = () => undefined,
): Promise<Built> {
  const workshop = await openWorkshop(order, world);
  const inputs = await listInputs(order.inputs, world.operations);
  const named = await Promise.all(inputs.map(async (input) => ({ input, id: await slugOf(input.file) })));
  const byId = new Map<string, Input[]>();
  for (const { input, id } of named) byId.set(id, [...(byId.get(id) ?? []), input]);
  const stands = whatStands(workshop);
  const documents: BuiltDocument[] = [];
  const manifests: Manifest[] = [];
  for (const { input, id } of named) {
    const twins = byId.get(id) ?? [];
    const { document, manifest } =
      twins.length > 1
        ? refused(input, id, twins)
        : ((await stands(input, id)) ?? (await make(input, workshop)));
    tell(manifest && document.standing ? await withText(document, manifest) : document);
    documents.push({ ...document, text: '' });
    if (manifest) manifests.push(manifest);
  }
  const diagnostics: Diagnostic[] = [];
  const ofAll = await workshop.publisher.union(manifests, order.editions.includes('csv'), (...found) =>
    diagnostics.push(...found),
  );
  return { documents, ...ofAll, diagnostics };
}

/** What reads and what makes is loaded when there is something to make. */
const make = async (input: Input, workshop: Workshop): Promise<Making> =>
  (await import('./build/document.js')).makeDocument(input, workshop);

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

/** Where two inputs would have one id, neither is made. */
function refused(input: Input, id: string, twins: readonly Input[]): Making {
  const names = twins.map(({ path }) => `“${path}”`).join(' and ');
  const diagnostics = [diagnose('id-twice', `${names} would all become “${id}”; none of them was made.`)];
  const nothing = { id: null, account: null, text: '', files: [], fidelity: null, standing: false };
  return { document: { input: input.path, ...nothing, diagnostics }, manifest: null };
}
