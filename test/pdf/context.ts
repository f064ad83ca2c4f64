/** A context for the PDF edition: a shipped template, and fonts from the packages. */
import type { Diagnostic } from '../../src/document.js';
import type { Context } from '../../src/editions/edition.js';
import { openShelves } from '../../src/files.js';
import { loadTemplate } from '../../src/template.js';

const shelves = openShelves();

/**
 * @param warned takes what the edition warns of
 * @param name a shipped template's
 */
export async function contextFor(warned: Diagnostic[] = [], name = 'default'): Promise<Context> {
  return {
    template: await loadTemplate(name, shelves.template),
    version: '0.0.0-test',
    buildDate: null,
    font: shelves.font,
    asset: shelves.asset,
    other: () => Promise.resolve(new TextEncoder().encode('{"a": 1}\n')),
    warn: (diagnostic) => warned.push(diagnostic),
  };
}
