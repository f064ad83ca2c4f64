/** Diagnostics about the projection, made diagnostics about the source. */
import type { Diagnostic } from '../../../document.js';
import type { Ledger } from '../ledger.js';
import type { Projection } from '../projection.js';
import { firstFrom } from './places.js';

export function movedToSource(
  diagnostics: readonly Diagnostic[],
  { restore, items, text }: Projection,
  ledger: Ledger,
): Diagnostic[] {
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return diagnostics.map((diagnostic) => {
    const message = restore(diagnostic.message);
    if (diagnostic.line === undefined) return { ...diagnostic, message };
    const offset = (lineStarts[diagnostic.line - 1] ?? 0) + (diagnostic.column ?? 1) - 1;
    const item = items[firstFrom(items, offset)];
    if (!item) return { ...diagnostic, message };
    const last = item.piece.end - item.piece.start - 1;
    const start = item.piece.start + Math.max(0, Math.min(offset - item.from, last));
    const { line, column } = ledger.place(start, start + 1);
    return { ...diagnostic, message, line, ...(diagnostic.column === undefined ? {} : { column }) };
  });
}
