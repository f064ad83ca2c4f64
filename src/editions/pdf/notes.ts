/** Footnotes for the foot of the page. */
import type { Footnote } from '../../document.js';
import { anchor, type Composer } from './composer.js';
import { markerOf } from './labels.js';
import type { NoteRows } from './pages.js';
import { childRows, noteIndent } from './paragraphs.js';
import { textRows, type Place } from './rows.js';
import { element, type Element } from './tags.js';

/** A footnote for the foot of the page, and after it those that its own text calls first. */
export function noteRows(composer: Composer, note: Footnote, container: Element): readonly NoteRows[] {
  const owner = element('Note', container, { id: note.eId, language: note.language });
  const style = composer.styles.note;
  const indent = noteIndent(style);
  const place: Place = { x: indent, measure: composer.measure - indent, container: owner };
  const label = element('Lbl', owner);
  const rows = [
    ...textRows(
      note,
      {
        style,
        place,
        owner: element('P', owner),
        before: 2,
        anchors: [anchor(note.eId, null, 0)],
        label: {
          label: markerOf(note.marker, style),
          x: 0,
          gap: style.size * 0.25,
          style,
          owner: label,
          close: false,
          backTo: note.eId,
        },
      },
      composer,
    ),
    ...childRows(composer, note.children, place, 1, style),
  ];
  const inner = rows.flatMap((row) => row.notes ?? []);
  return [{ footnote: note.eId, rows }, ...inner];
}
