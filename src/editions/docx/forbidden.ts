/** Characters that no XML file may hold (XML 1.0, 2.2): they are refused by name, never dropped. */
import { textNodes, textOf, type Diagnostic, type Document, type Paragraph } from '../../document.js';
import { diagnose, Refusal } from '../../report.js';

/** With the flag u a surrogate matches only where it stands alone. */
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/gu;

/** Beyond these many the user has understood. */
const mostNamed = 20;

/** @throws Refusal that names each forbidden character's code point and place, once for each place */
export function refuseForbidden(document: Document): void {
  const found: Diagnostic[] = [];
  const said = new Set<string>();
  const look = (text: string | null | undefined, place: string, line?: number) => {
    for (const [character] of (text ?? '').matchAll(forbidden)) {
      if (found.length >= mostNamed) return;
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      const message = `${place} holds U+${code}, which no Word file can hold.`;
      if (said.has(message)) continue;
      said.add(message);
      found.push(diagnose('character-forbidden', message, line === undefined ? undefined : { line }));
    }
  };
  for (const { node } of textNodes(document)) {
    const { line } = node.source;
    look(textOf(node.content), node.eId, line);
    for (const inline of node.content)
      if (inline.type === 'noteCall') look(inline.marker, `a call in ${node.eId}`, line);
    if (node.type === 'paragraph') lookAtLabel(node, look);
    if (node.type === 'heading') look(node.num, `the label of ${node.eId}`, line);
    if (node.type === 'footnote') look(node.marker, `the mark of ${node.eId}`, line);
  }
  for (const attachment of document.attachments)
    look(attachment.num, `the label of ${attachment.eId}`, attachment.source.line);
  for (const field of [
    'title',
    'subtitle',
    'datePrinted',
    'symbol',
    'place',
    'issuer',
    'documentType',
  ] as const)
    look(document[field], `the document’s ${field}`);
  look(document.source.file, 'the file’s name');
  if (found.length > 0) throw new Refusal(...found);
}

function lookAtLabel(
  paragraph: Paragraph,
  look: (text: string | null | undefined, place: string, line: number) => void,
): void {
  look(paragraph.num, `the label of ${paragraph.eId}`, paragraph.source.line);
  look(paragraph.marker, `the bullet of ${paragraph.eId}`, paragraph.source.line);
}
