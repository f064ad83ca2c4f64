/** The mark that the definition of a note begins with: `[^`, its label, `]:` (GFM footnotes). */
import type { FootnoteDefinition } from 'mdast';
import type { Leaf } from '../../document.js';
import { startOf } from './phrasing.js';

/** @param isName whether the label is but a name, and the printed marker stands elsewhere */
export function noteMark(text: string, definition: FootnoteDefinition, isName: boolean): Leaf[] {
  const start = startOf(definition);
  const opening = /^\[\^(?:[^\]\\]|\\.)*\]:/s.exec(text.slice(start, start + 1100))?.[0] ?? '';
  const label = { start: start + 2, end: start + opening.length - 2 };
  return [
    { kind: 'markup', start, end: start + 2, rule: 'note mark' },
    isName ? { kind: 'markup', ...label, rule: 'note label' } : { kind: 'marker', ...label },
    { kind: 'markup', start: label.end, end: label.end + 2, rule: 'note mark' },
  ];
}
