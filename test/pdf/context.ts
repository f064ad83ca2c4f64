/** A context for the PDF edition: the default template, and fonts from the packages. */
import { readFile } from 'node:fs/promises';
import type { Diagnostic } from '../../src/document.js';
import type { Context } from '../../src/editions/edition.js';
import { loadTemplate, type Template } from '../../src/template.js';

const root = new URL('../../', import.meta.url);

export const template: Promise<Template> = loadTemplate('default', async (name) => {
  const path = new URL(`templates/${name}.json`, root);
  return { path: path.pathname, text: await readFile(path, 'utf8') };
});

/** @param warned takes what the edition warns of */
export async function contextFor(warned: Diagnostic[] = []): Promise<Context> {
  return {
    template: await template,
    version: '0.0.0-test',
    buildDate: null,
    font: (file) => readFile(new URL(`node_modules/${file}`, root)),
    warn: (diagnostic) => warned.push(diagnostic),
  };
}
