/** What "equal" means for a document and its Markdown edition read back; not a test by itself. */
import { expect } from 'vitest';
import type { Document, Inline } from '../src/document.js';
import { read } from '../src/read/index.js';
import { bytesOf } from './markdown-documents.js';

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
  const text = new TextDecoder().decode(bytes);
  const again = await read(bytes, { file: 'again.md' });
  expect(settled(again.document), text).toEqual(settled(document));
  expect(new TextDecoder().decode(await bytesOf(again.document))).toBe(text);
  const { account } = again;
  expect([account.lost, account.doubled]).toEqual([0, 0]);
}
