/** What a template or sidecar that is no JSON is told: the file, the line, the column, and what is wrong there. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonOf } from '../src/report/json-faults.js';
import { communique, engross, folder } from './engross.js';

const told = (text: string): string => {
  try {
    return `JSON: ${JSON.stringify(parseJsonOf('t.json', text))}`;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
};

describe('a fault in JSON', () => {
  it.each([
    ['', '1:1', 'a value is wanted here, not the end of the file'],
    ['{\n  "a": 1,\n}', '2:9', 'no comma may stand before “}”'],
    ['[1, 2,]', '1:6', 'no comma may stand before “]”'],
    ['{\r\n  "a": 1\r\n  "b": 2\r\n}', '3:3', 'a comma or “}” is wanted here, not “"”'],
    ["{ 'a': 1 }", '1:3', "a name in double quotes is wanted here, not “'”"],
    ['{ a: 1 }', '1:3', 'a name in double quotes is wanted here, not “a”'],
    ['{ "a" 1 }', '1:7', 'a colon is wanted here, not “1”'],
    ['{ "a": “b” }', '1:8', 'a value is wanted here, not ““”'],
    ['{ // so\n "a": 1 }', '1:3', 'a name in double quotes is wanted here, not “/”'],
    ['{ "a": "b\n" }', '1:10', 'the double quote that ends the text is wanted here, not the end of the line'],
    ['{ "a": "C:\\x" }', '1:11', 'in a text, a backslash is written twice'],
    ['{ "a": 1 } x', '1:12', 'the end of the file is wanted here, not “x”'],
    ['{ "a": 01 }', '1:9', 'a comma or “}” is wanted here, not “1”'],
    ['{ "a": 1', '1:9', 'a comma or “}” is wanted here, not the end of the file'],
    ['['.repeat(300), '1:202', 'it is nested more than 200 deep'],
  ])('%j is at %s', (text, place, what) => {
    expect(told(text)).toBe(`t.json:${place} is not JSON: ${what}.`);
  });

  it('is found where the runtime finds one, and nowhere else', () => {
    const spoilt = fc
      .tuple(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', '{', '1', '\\', ' ', 'e', '\n', ':'),
      )
      .map(([json, at, sign]) => {
        const place = at % (json.length + 1);
        return json.slice(0, place) + sign + json.slice(place + (at % 3));
      });
    let faults = 0;
    fc.assert(
      fc.property(spoilt, (text) => {
        let parsed: string;
        try {
          parsed = `JSON: ${JSON.stringify(JSON.parse(text))}`;
        } catch {
          faults += 1;
          expect(told(text)).toMatch(/^t\.json:\d+:\d+ is not JSON: /);
          return;
        }
        expect(told(text)).toBe(parsed);
      }),
      { seed: 20071207, numRuns: 3000 },
    );
    expect(faults).toBeGreaterThan(500);
    expect(faults).toBeLessThan(2900);
  });

  it('is told by the command, with the cure, of a template and of a sidecar', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'a.txt'), communique);
    writeFileSync(join(cwd, 'house.json'), '{\n  "extends": "default",\n  "sizes": { "body": 12, }\n}\n');
    const template = await engross(['build', 'a.txt', '--template', './house.json'], { cwd });
    expect(template.code).toBe(2);
    expect(template.err).toContain(
      'error template-invalid: ./house.json:3:24 is not JSON: no comma may stand before “}”.',
    );
    expect(template.err).toContain('→ Mend this place');
    writeFileSync(join(cwd, 'a.engross.json'), '{\n  "title": "A" "date": "2011-05-09"\n}\n');
    const sidecar = await engross(['build', 'a.txt', '--editions', 'md'], { cwd });
    expect(sidecar.code).toBe(1);
    expect(sidecar.err).toContain('a.engross.json:2:16 is not JSON: a comma or “}” is wanted here, not “"”.');
    expect(sidecar.err).toContain('→ Mend this place');
  });

  it('leads to the keys of a template', async () => {
    expect((await engross(['build', '--help'])).out.replace(/\s+/g, ' ')).toContain(
      'engross schema template describes its keys',
    );
  });
});
