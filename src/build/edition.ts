/** One edition of a document, with what is said of it. */
import type { Diagnostic, Document } from '../document.js';
import { editionNamed, filesOf } from '../editions/index.js';
import type { Made } from '../publish.js';
import { attempt } from '../publish.js';
import type { Workshop } from './workshop.js';

export interface EditionMade {
  readonly name: string;
  /** None where it can’t carry the document, or with `--strict` not wholly. */
  readonly made: readonly Made[];
  readonly said: readonly Diagnostic[];
}

/** Makes it. What lies in the document, or in us, is said. */
export async function makeEdition(
  name: string,
  document: Document,
  workshop: Workshop,
): Promise<EditionMade> {
  const said: Diagnostic[] = [];
  const doubts: Diagnostic[] = [];
  const used: string[] = [];
  const context = {
    template: workshop.template,
    version: workshop.version,
    buildDate: workshop.world.buildDate,
    font: (file: string) => {
      used.push(file);
      return workshop.shelves.font(file);
    },
    asset: workshop.shelves.asset,
    warn: (diagnostic: Diagnostic) => doubts.push(diagnostic),
  };
  const report = (...found: readonly Diagnostic[]) => said.push(...found);
  const files = await attempt(`making the ${name} edition`, report, async () =>
    filesOf(await editionNamed(name), document, context),
  );
  report(...doubts);
  const isRefused = workshop.order.strict && doubts.some(({ severity }) => severity === 'warning');
  if (files === undefined || isRefused) return { name, made: [], said };
  const fonts = await hashesOf(used, workshop);
  const made = [...files].map(([ending, bytes]) => ({
    file: document.id + ending,
    edition: name,
    bytes,
    ...(fonts && { fonts }),
  }));
  return { name, made, said };
}

async function hashesOf(fonts: readonly string[], { fontHash }: Workshop) {
  if (fonts.length === 0) return null;
  const files = [...new Set(fonts)].sort((one, other) => (one < other ? -1 : 1));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await fontHash(file)] as const)),
  );
}
