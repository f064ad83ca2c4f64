/** What "equal" means for a document and its Markdown edition read back; not a test by itself. */
import { expect } from 'vitest';
import type { Diagnostic, Document, Inline } from '../src/document.js';
import type { Context } from '../src/editions/edition.js';
import { edition } from '../src/editions/markdown.js';
import { read } from '../src/read/index.js';

const warnings: Diagnostic[] = [];
const context = {
  template: { markdown: { pins: true } },
  version: '0.0.0',
  buildDate: null,
  warn: (diagnostic: Diagnostic) => warnings.push(diagnostic),
} as unknown as Context; // the edition asks nothing else of it

export const bytesOf = async (document: Document) => (await edition.render(document, context)) as Uint8Array;
export const textOfBytes = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** What travels: all but where the words stood, and what was set aside or doubted there. */
export function settled(value: unknown): unknown {
  const left = new Set(['source', 'leaves', 'furniture', 'diagnostics', 'id']);
  if (Array.isArray(value)) return value.map(settled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, one]) => !left.has(key) && one !== undefined)
      .map(([key, one]) => [key, key === 'content' ? merged(one as Inline[]) : settled(one)]),
  );
}

/** Neighbouring texts of one emphasis say the same as one text. */
function merged(content: readonly Inline[]): Inline[] {
  const runs: Inline[] = [];
  for (const inline of content) {
    const last = runs.at(-1);
    if (inline.type === 'text' && inline.value === '') continue;
    if (
      inline.type === 'text' &&
      last?.type === 'text' &&
      (inline.emphasis ?? []).join() === (last.emphasis ?? []).join()
    )
      runs[runs.length - 1] = { ...last, value: last.value + inline.value };
    else runs.push(inline);
  }
  return runs;
}

export async function expectEqual(document: Document): Promise<void> {
  const bytes = await bytesOf(document);
  const again = await read(bytes, { file: 'again.md' });
  expect(settled(again.document), textOfBytes(bytes)).toEqual(settled(document));
  expect(textOfBytes(await bytesOf(again.document))).toBe(textOfBytes(bytes));
  const { account } = again;
  expect([account.lost, account.doubled]).toEqual([0, 0]);
}
