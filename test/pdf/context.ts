/** A context for the PDF edition: a shipped template, and fonts from the packages. */
import type { Diagnostic } from '../../src/document.js';
import type { Context } from '../../src/editions/edition.js';
import * as shared from '../context.js';

/**
 * @param warned takes what the edition warns of
 * @param name a shipped template's
 */
export const contextFor = (warned: Diagnostic[] = [], name = 'default'): Promise<Context> =>
  shared.contextFor(name, {
    version: '0.0.0-test',
    other: () => Promise.resolve(new TextEncoder().encode('{"a": 1}\n')),
    warn: (diagnostic) => warned.push(diagnostic),
  });
