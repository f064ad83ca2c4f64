/** Patterns that the bundle makes late do what their literals do. */
import { runInThisContext } from 'node:vm';
import { parseAst } from 'rolldown/parseAst';
import { describe, expect, it } from 'vitest';
import { withLatePatterns } from '../bundle/late-patterns.js';

const late = (code: string): string => withLatePatterns(code, parseAst(code));

/** What a function gives, called twice: with its patterns as written, and made late. */
function results(body: string): unknown[][] {
  const code = `function run() { ${body} }`;
  const changed = late(code);
  expect(changed).toMatch(/^var latePattern1/);
  return [code, changed].map(
    (one) => runInThisContext(`(() => { ${one}; return [run(), run()]; })()`) as unknown[],
  );
}

describe('patterns made late', () => {
  it.each([
    String.raw`return ['é', '1'].map((one) => /^\p{L}$/u.test(one));`,
    String.raw`return 'a1é2'.replace(/[^\p{L}]/gu, '-');`,
    String.raw`return [...'a1é2'.matchAll(/\p{L}/gu)].map((one) => one.index);`,
    String.raw`return 'É"\\/é'.match(/é"\\\/É/iu);`,
    String.raw`return /(?<=\p{Lu})\/"[\\\]]/u.exec('A/"]')?.index;`,
  ])('does the same: %s', (body) => {
    const [written, made] = results(body);
    expect(made).toEqual(written);
  });

  it('leaves alone what is cheap, what has a memory, and what stands behind a shebang', () => {
    const cheap = 'const a = /[a-z]/; const b = /x/gi;';
    expect(late(cheap)).toBe(cheap);
    const memory = String.raw`const all = /\p{L}/gu; const here = /\p{L}/uy; while (all.exec(text));`;
    expect(late(memory)).toBe(memory);
    expect(
      late(String.raw`#!/usr/bin/env node
f(/\p{L}/u);`),
    ).toMatch(/^#!\/usr\/bin\/env node\nvar latePattern1;\n/);
  });
});
