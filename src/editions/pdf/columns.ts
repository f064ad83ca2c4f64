/** Columns: texts that stand side by side, cut into rows across all of them. Points. */
import type { Row } from './pages.js';

/**
 * The rows of several columns as rows across them: the first of each column together, then the second …
 * @param inside whether a page may end between two of them
 */
export function acrossColumns(columns: readonly (readonly Row[])[], inside: Row['break']): Row[] {
  const count = Math.max(0, ...columns.map((column) => column.length));
  return Array.from({ length: count }, (_, index): Row => {
    const rows = columns.flatMap((column) => column[index] ?? []);
    return {
      height: Math.max(0, ...rows.map((row) => row.height)),
      before: Math.max(0, ...rows.map((row) => row.before)),
      lines: rows.flatMap((row) => row.lines),
      rules: rows.flatMap((row) => row.rules ?? []),
      anchors: rows.flatMap((row) => row.anchors ?? []),
      notes: rows.flatMap((row) => row.notes ?? []),
      break: index === 0 ? 'free' : inside,
    };
  });
}
