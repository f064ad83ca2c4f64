/** Columns: texts that stand side by side, cut into rows across all of them. Points. */
import type { Row } from './pages.js';

/** The greatest of some numbers, of which there may be a great many; 0 of none. */
export const greatest = (numbers: readonly number[]): number =>
  numbers.reduce((most, one) => Math.max(most, one), 0);

/**
 * The rows of several columns as rows across them: the first of each column together, then the second …
 * @param mostTogether where there are more of them, a page may end between two
 */
export function acrossColumns(columns: readonly (readonly Row[])[], mostTogether: number): Row[] {
  const count = greatest(columns.map((column) => column.length));
  const inside = count > mostTogether ? 'free' : 'never';
  return Array.from({ length: count }, (_, index): Row => {
    const rows = columns.flatMap((column) => column[index] ?? []);
    return {
      height: greatest(rows.map((row) => row.height)),
      before: greatest(rows.map((row) => row.before)),
      lines: rows.flatMap((row) => row.lines),
      rules: rows.flatMap((row) => row.rules ?? []),
      anchors: rows.flatMap((row) => row.anchors ?? []),
      notes: rows.flatMap((row) => row.notes ?? []),
      break: index === 0 ? 'free' : inside,
    };
  });
}
