/** The library's public face does what its documentation says. */
import { expect, it } from 'vitest';
import { editionNames, editions, read, Refusal, render, template, textNodes, textOf } from '../src/index.js';
import { communique } from './engross.js';

const bytes = new TextEncoder().encode(communique);

it('reads bytes and renders bytes', async () => {
  const { document, account } = await read(bytes, { file: 'harbours.txt' });
  expect([document.id, document.title, account.lost]).toEqual([
    'harbours',
    'Communiqué of the harbour ministers',
    0,
  ]);
  expect([...textNodes(document)].map(({ node }) => textOf(node.content))).toContain(
    'We shall meet again next year.',
  );
  const files = await render(document, ['json', 'csv'], { template: await template('letter') });
  expect([...files.keys()]).toEqual(['harbours.json', 'harbours.csv', 'harbours.footnotes.csv']);
});

it('loads an edition by its name', async () => {
  expect(Object.keys(editions)).toEqual(editionNames);
  expect((await editions['json']?.())?.name).toBe('json');
});

it('refuses what it doesn’t know, by name', async () => {
  const { document } = await read(bytes, { file: 'harbours.txt' });
  await expect(render(document, ['jsn'])).rejects.toThrow(/no edition “jsn”; did you mean “json”\?/);
  await expect(render(document, ['json'], { template: 'lettre' })).rejects.toThrow(Refusal);
});
