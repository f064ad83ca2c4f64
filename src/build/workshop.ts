/** What every document of a build is made with, loaded once. */
import { refuseUnknown } from '../editions/index.js';
import type { Output, Shelves } from '../files.js';
import { openOutput, openShelves, packageVersion } from '../files.js';
import type { Basis } from '../manifest.js';
import { sha256, templateBasis } from '../manifest.js';
import type { Publisher } from '../publish.js';
import { openPublisher } from '../publish.js';
import type { Template } from '../template.js';
import { loadTemplate } from '../template.js';
import type { Order, World } from './order.js';

export interface Workshop {
  readonly order: Order;
  readonly world: World;
  readonly version: string;
  readonly template: Template;
  /** The template with the files that it names, as manifests know it. */
  readonly templateBasis: Basis['template'];
  readonly shelves: Shelves;
  readonly output: Output;
  readonly publisher: Publisher;
  /**
   * The SHA-256 of a font file, by the template's name for it.
   * @throws Refusal where it isn't there
   */
  readonly fontHash: (file: string) => Promise<string>;
}

/** @throws Refusal for an unknown template or edition */
export async function openWorkshop(order: Order, world: World): Promise<Workshop> {
  refuseUnknown(order.editions);
  const shelves = openShelves(world.operations);
  const loaded = await loadTemplate(order.template, shelves.template);
  const template = order.csvRaw ? { ...loaded, csv: { ...loaded.csv, escapeFormulas: false } } : loaded;
  const output = openOutput(order.out, world.owner, world.operations);
  const hashes = new Map<string, Promise<string>>();
  return {
    order,
    world,
    version: packageVersion(),
    template,
    templateBasis: templateBasis(await withItsFiles(template, shelves)),
    shelves,
    output,
    publisher: openPublisher(output, order.check ?? false),
    fontHash: (file) => {
      const known = hashes.get(file) ?? shelves.font(file).then(sha256);
      hashes.set(file, known);
      return known;
    },
  };
}

/** The template and the hashes of the files that it names: the bytes of the editions depend on those, too. */
async function withItsFiles(template: Template, shelves: Shelves): Promise<Template> {
  const named = [template.docx.house, template.logo.file].filter((file) => file !== '');
  if (named.length === 0) return template;
  const files = await Promise.all(named.map((file) => shelves.asset(file).then(sha256, () => null)));
  const whole = { ...template, files };
  return whole;
}
