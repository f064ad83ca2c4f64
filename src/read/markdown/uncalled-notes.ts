/** Notes that nothing calls: each is printed as a paragraph at the end of the main body, and reported. */
import type { Diagnostic, Document, Footnote, Paragraph } from '../../document.js';
import { callsByFootnote } from '../../document.js';
import { diagnose } from '../../report.js';
import type { Pins } from '../pins.js';

/** @param isAwaited whether a note without a call must be printed: no paragraph of the document prints it yet */
export function withUncalled(
  document: Document,
  pins: Pins,
  isAwaited: (note: Footnote) => boolean,
): Document {
  const calls = callsByFootnote(document);
  const lost = document.footnotes.filter(
    (note) => (calls.get(note.eId) ?? []).length === 0 && isAwaited(note),
  );
  const reports = lost.map((note): Diagnostic =>
    diagnose('note-without-call', `Nothing calls note ${note.marker}.`, { line: note.source.line }),
  );
  const paragraphs = lost.map((note): Paragraph => {
    const { content, leaves, source } = note;
    const eId = pins.claim(`${note.eId}__p`);
    const children = note.children.map((child) => ({ ...child, eId: pins.claim(`${child.eId}__p`) }));
    return { type: 'paragraph', eId, num: note.marker, role: 'note', content, leaves, source, children };
  });
  const views = new Map(lost.map((note) => [note.eId, { ...note, leaves: [], children: [] }]));
  return {
    ...document,
    mainBody: [...document.mainBody, ...paragraphs],
    footnotes: document.footnotes.map((note) => views.get(note.eId) ?? note),
    diagnostics: [...document.diagnostics, ...reports].sort(
      (one, other) => (one.line ?? 0) - (other.line ?? 0),
    ),
  };
}
