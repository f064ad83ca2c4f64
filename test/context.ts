/** The context that a build gives to an edition, with the default template. */
import type { Context } from '../src/editions/edition.js';
import { openShelves } from '../src/files.js';
import { loadTemplate } from '../src/template.js';

export async function contextFor(template = 'default', over: Partial<Context> = {}): Promise<Context> {
  const shelves = openShelves();
  return {
    template: await loadTemplate(template, shelves.template),
    version: '0.1.0',
    buildDate: null,
    font: shelves.font,
    asset: shelves.asset,
    warn: () => undefined,
    ...over,
  };
}
