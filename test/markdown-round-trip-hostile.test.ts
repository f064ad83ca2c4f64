/** Documents that chance made, of hostile words and every shape: written as Markdown and read back, they are equal. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attachment, Block, Document, Footnote, Inline, Paragraph, Role } from '../src/document.js';
import { contents, trimmed, words } from './markdown-hostile.js';
import { expectEqual } from './markdown-round-trip.js';
import { sample } from './sample.js';

const source = { start: 0, end: 1, line: 1, lastLine: 1 };
const common = { source, leaves: [] };

/** A call of the nth note; the notes are made later. */
const content = contents(
  fc.record({
    type: fc.constant('noteCall' as const),
    footnote: fc.nat(5).map(String),
    marker: fc.constantFrom('', '', '', '†'),
  }),
);

// ------------------------------------------------------------------------------------------------ blocks

const num = fc.constantFrom(
  null,
  null,
  '1.',
  '15.',
  '(a)',
  '(iv)',
  'Article 5',
  '15 bis.',
  '*',
  '#',
  '第二条',
  '-',
  '1',
  '>',
  'II.',
  '&',
);
const language = fc.constantFrom(undefined, undefined, undefined, 'fr', 'sr-Cyrl');
const withLanguage = <Node>(node: Node, tag: string | undefined): Node =>
  tag === undefined ? node : { ...node, language: tag };

const role = fc.constantFrom<Role>('numbered', 'preambular', 'operative', 'item', 'plain', 'wrapUp');
const glyph = fc.constantFrom(undefined, undefined, undefined, '•', '–', '-');
const verb = fc.constantFrom(undefined, undefined, 'Recalling', 'a');

const paragraphs = (depth: number): fc.Arbitrary<Paragraph> =>
  fc
    .record({
      num,
      role,
      glyph,
      verb,
      language,
      content,
      children:
        depth >= 3 ? fc.constant([]) : fc.array(paragraphs(depth + 1), { maxLength: depth === 0 ? 3 : 2 }),
    })
    .map((one): Paragraph => {
      const isBullet = one.glyph !== undefined;
      const node: Paragraph = {
        type: 'paragraph',
        eId: '',
        num: one.num,
        role: one.role === 'wrapUp' && (depth === 0 || isBullet) ? 'plain' : one.role,
        ...(one.verb === undefined ? {} : { verb: one.verb }),
        ...(one.glyph === undefined ? {} : { marker: one.glyph }),
        content: one.content,
        children: one.children,
        ...common,
      };
      // A verb is a part of the words.
      return withLanguage(
        one.verb === undefined
          ? node
          : {
              ...node,
              content: [
                { type: 'text', value: `${one.verb} ` },
                ...node.content.slice(0, 1),
                { type: 'text', value: 'x' },
              ],
            },
        one.language,
      );
    });

const heading = fc
  .record({ num, level: fc.integer({ min: 1, max: 8 }), content, language })
  .map(({ language: tag, ...one }): Block =>
    withLanguage({ type: 'heading', eId: '', ...one, ...common }, tag),
  );
const title = fc
  .record({
    type: fc.constantFrom(
      'docTitle' as const,
      'subtitle' as const,
      'docDate' as const,
      'docNumber' as const,
      'place' as const,
    ),
    content,
    language,
  })
  .map(({ language: tag, ...one }): Block => withLanguage({ eId: '', ...one, ...common }, tag));
const table = fc
  .array(fc.array(fc.record({ content, language }), { maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((rows): Block => ({
    type: 'table',
    eId: '',
    rows: rows.map((cells) => ({
      cells: cells.map((one) =>
        withLanguage({ type: 'cell' as const, eId: '', content: one.content, ...common }, one.language),
      ),
    })),
    source,
  }));
const signature = fc
  .array(fc.array(paragraphs(2), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((columns): Block => ({ type: 'signature', eId: '', columns, source }));
const blocks = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: paragraphs(0) },
    { weight: 2, arbitrary: heading },
    { weight: 1, arbitrary: table },
    { weight: 1, arbitrary: signature },
    { weight: 1, arbitrary: title },
  ),
  { maxLength: 5 },
);
const attachment = fc
  .record({
    num: fc.constantFrom(null, 'Annex I', '#'),
    title: fc.oneof(words, fc.constant('')),
    kind: fc.constantFrom<Attachment['kind']>('annex', 'instrument', 'languageVersion'),
    children: blocks,
    language,
  })
  .map(({ language: tag, ...one }): Attachment =>
    withLanguage({ type: 'attachment', eId: '', ...one, source }, tag),
  );
const note = fc
  .record({
    marker: fc.constantFrom('1', '2', '3', '*', '**', '22', 'a', '1-bis', '†'),
    content: content.filter((inlines) => inlines.some((one) => one.type === 'text')),
    children: fc.array(paragraphs(2), { maxLength: 2 }),
  })
  .map((one): Footnote => ({ type: 'footnote', eId: '', ...one, ...common }));

const optional = fc.oneof(fc.constant(null), words);

const documents = fc
  .record({
    title: fc.oneof(words, fc.constant('')),
    subtitle: optional,
    date: fc.constantFrom(null, '2011-05-09'),
    datePrinted: optional,
    language: fc.constantFrom('en', 'no', 'und', 'zh-Hans'),
    documentType: fc.constantFrom(null, 'declaration'),
    symbol: optional,
    place: optional,
    issuer: optional,
    preface: blocks,
    preamble: blocks,
    mainBody: blocks,
    conclusions: blocks,
    attachments: fc.array(attachment, { maxLength: 2 }),
    footnotes: fc.array(note, { maxLength: 4 }),
    printed: fc.boolean(),
  })
  .map(({ printed, ...parts }) => finished({ ...sample, ...parts }, printed));

// ------------------------------------------------------------------------------------------------ finishing

/** Gives every node an eId, every call a note, and every note that nothing calls a place. */
function finished(document: Document, printed: boolean): Document {
  let count = 0;
  const eIdOf = (kind: string): string => `${kind}_${++count}`;
  const notes = document.footnotes.map((one) => ({ ...one, eId: eIdOf('ftn') }));
  const called = new Set<string>();
  const contentOf = (inlines: readonly Inline[]): Inline[] =>
    inlines.flatMap((one): Inline[] => {
      if (one.type !== 'noteCall') return [one];
      const target = notes[Number(one.footnote) % Math.max(1, notes.length)];
      if (!target) return [];
      called.add(target.eId);
      return [{ type: 'noteCall', footnote: target.eId, marker: one.marker || target.marker }];
    });
  const paragraphOf = (one: Paragraph): Paragraph => ({
    ...one,
    eId: eIdOf('p'),
    content: trimmed(contentOf(one.content)),
    children: one.children.map(paragraphOf),
  });
  const blockOf = (block: Block): Block => {
    if (block.type === 'paragraph') return paragraphOf(block);
    const eId = eIdOf(block.type);
    if (block.type === 'table')
      return {
        ...block,
        eId,
        rows: block.rows.map((row, r) => ({
          cells: row.cells.map((cell, c) => ({
            ...cell,
            eId: c === 1 ? eIdOf('c') : `${eId}__cell_${r + 1}_${c + 1}`,
            content: trimmed(contentOf(cell.content)),
          })),
        })),
      };
    if (block.type === 'signature')
      return { ...block, eId, columns: block.columns.map((lines) => lines.map(paragraphOf)) };
    return { ...block, eId, content: trimmed(contentOf(block.content)) };
  };
  const preface = document.preface.map(blockOf);
  const preamble = document.preamble.map(blockOf);
  const mainBody = document.mainBody.map(blockOf);
  const conclusions = document.conclusions.map(blockOf);
  const attachments = document.attachments.map((one) => ({
    ...one,
    eId: eIdOf('att'),
    children: one.children.map(blockOf),
  }));
  const footnotes = notes.map((one) => ({
    ...one,
    content: trimmed(contentOf(one.content)),
    children: one.children.map(paragraphOf),
  }));
  const lost = footnotes.filter(({ eId }) => !called.has(eId));
  const paragraphsOfLost = lost.map((one): Paragraph => ({
    type: 'paragraph',
    eId: eIdOf('p'),
    num: one.marker,
    role: 'note',
    content: one.content,
    children: [],
    ...common,
  }));
  return {
    ...document,
    preface,
    preamble,
    mainBody: printed ? [...mainBody, ...paragraphsOfLost] : mainBody,
    conclusions,
    attachments,
    footnotes: printed
      ? footnotes.map((one) => (called.has(one.eId) ? one : { ...one, children: [] }))
      : footnotes,
  };
}

describe('documents that chance made', () => {
  it('come back equal from their Markdown edition', async () => {
    await fc.assert(fc.asyncProperty(documents, expectEqual), {
      seed: Number(process.env['SEED'] ?? 11),
      numRuns: Number(process.env['RUNS'] ?? 400),
    });
  }, 300_000);

  it('hold what the generator promises', () => {
    const made = fc.sample(documents, { seed: 4, numRuns: 200 });
    const kinds = new Set(made.flatMap((one) => [...one.preface, ...one.mainBody].map(({ type }) => type)));
    expect(kinds.size).toBe(9);
  });
});
