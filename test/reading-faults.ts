/** What must hold of any reading, whatever was read. */
import { isWhiteSpace } from '../src/characters.js';
import type { Block, Document, Paragraph, Span } from '../src/document.js';
import { callsOf, textNodes, textOf } from '../src/document.js';
import type { Reading } from '../src/read/index.js';

function nodesOf(document: Document): { readonly eId: string; readonly source: Span }[] {
  const nodes: { eId: string; source: Span }[] = [];
  const add = (block: Block): void => {
    nodes.push(block);
    if (block.type === 'paragraph') block.children.forEach(add);
    if (block.type === 'signature') block.columns.flat().forEach(add);
    if (block.type === 'table') nodes.push(...block.rows.flatMap(({ cells }) => cells));
  };
  for (const region of ['preface', 'preamble', 'mainBody', 'conclusions'] as const)
    document[region].forEach(add);
  for (const attachment of document.attachments) {
    nodes.push(attachment);
    attachment.children.forEach(add);
  }
  for (const note of document.footnotes) {
    nodes.push(note);
    note.children.forEach((child: Paragraph) => {
      add(child);
    });
  }
  return nodes;
}

/** What is wrong with a reading; empty where all is well. */
export function faultsOf({ account, document, text }: Reading): string[] {
  const faults: string[] = [];
  const isInside = (span: Span) =>
    span.start >= 0 &&
    span.start <= span.end &&
    span.end <= text.length &&
    span.line >= 1 &&
    span.line <= span.lastLine;
  const isMarkdown = document.source.file.endsWith('.md');
  let printing = 0;
  for (const character of text) if (!isWhiteSpace(character.charCodeAt(0))) printing++;
  if (account.lost + account.doubled !== 0) faults.push('the account says that something is lost or doubled');
  if (account.characters !== printing)
    faults.push(`the account counts ${account.characters} characters, the text has ${printing}`);
  const taken = new Set<string>();
  for (const { eId, source } of nodesOf(document)) {
    if (!/^[A-Za-z0-9_]+$/.test(eId)) faults.push(`the eId “${eId}”`);
    if (taken.has(eId.toLowerCase())) faults.push(`the eId ${eId} twice`);
    taken.add(eId.toLowerCase());
    if (!isInside(source)) faults.push(`the span of ${eId}: ${JSON.stringify(source)}`);
  }
  for (const { source } of document.furniture)
    if (!isInside(source)) faults.push(`a span of furniture: ${JSON.stringify(source)}`);
  const notes = new Set(document.footnotes.map(({ eId }) => eId));
  for (const { node } of textNodes(document)) {
    const words = textOf(node.content);
    if (/^\p{White_Space}|\p{White_Space}$|[\t\n\r ]{2}/u.test(words)) faults.push(`blanks in ${node.eId}`);
    for (const call of callsOf(node.content))
      if (!notes.has(call.footnote)) faults.push(`a call of ${call.footnote} in ${node.eId}`);
    for (const leaf of node.leaves)
      // In Markdown a mark may stand before a text, as `>` and a pin do.
      if (
        (leaf.kind !== 'markup' || !isMarkdown) &&
        (leaf.start < node.source.start || leaf.end > node.source.end)
      )
        faults.push(`a leaf of ${node.eId} lies outside its span`);
    if ('num' in node && node.num?.trim() === '') faults.push(`an empty label in ${node.eId}`);
  }
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const { code, line, message } of document.diagnostics)
    if (message === '' || (line !== undefined && (line < 1 || line > lines)))
      faults.push(`the diagnostic ${code} at line ${line ?? 0}`);
  return faults;
}
