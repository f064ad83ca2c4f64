/**
 * The reader on whole documents. A case is a folder of `test/documents`: `input.txt` (in any encoding; beside it perhaps
 * `input.engross.json`), what `engross inspect` must print of it (`expected.report.txt`) and its JSON edition
 * (`expected.json`; none where the input must be refused). Adding a case adds no code.
 *
 * `UPDATE=1 npx vitest run test/documents.test.ts` writes the expectations anew; read each one before you commit it.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { edition } from '../src/editions/json.js';
import { inspectionAsText } from '../src/inspect.js';
import { read, type Reading } from '../src/read/index.js';
import { print, Refusal } from '../src/report.js';
import { contextFor } from './context.js';

const folder = fileURLToPath(new URL('documents/', import.meta.url));

/** Cases whose right expectation the reader doesn't meet yet: name and what is wrong. */
const knownFailures: ReadonlyMap<string, string> = new Map<string, string>([]);

const update = Boolean(process.env['UPDATE']) && !process.env['CI'];

interface Result {
  readonly report: string;
  readonly json: string | null;
}

async function resultOf(name: string): Promise<Result> {
  const sidecar = `${folder}${name}/input.engross.json`;
  let reading: Reading;
  try {
    reading = await read(readFileSync(`${folder}${name}/input.txt`), {
      file: `${name}.txt`,
      ...(existsSync(sidecar) && {
        sidecar: { file: `${name}.engross.json`, text: readFileSync(sidecar, 'utf8') },
      }),
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const report = error.diagnostics.map((diagnostic) => print(diagnostic, { file: `${name}.txt` }));
    return { report: `${report.join('\n')}\n`, json: null };
  }
  const { account, document } = reading;
  expect(account.lost + account.doubled, 'characters lost or doubled').toBe(0);
  const bytes = await edition.render(document, await contextFor());
  if (!(bytes instanceof Uint8Array)) throw new Error('The JSON edition is one file.');
  return { report: inspectionAsText(`${name}.txt`, reading), json: new TextDecoder().decode(bytes) };
}

const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

for (const name of names) {
  const failure = knownFailures.get(name);
  const test = failure === undefined || update ? it : it.fails;
  test(failure === undefined ? name : `${name} (known: ${failure})`, async () => {
    const result = await resultOf(name);
    expect(await resultOf(name), 'read twice').toEqual(result);
    const files = [
      [`${folder}${name}/expected.report.txt`, result.report],
      [`${folder}${name}/expected.json`, result.json],
    ] as const;
    for (const [path, made] of files) {
      if (update && failure === undefined) {
        if (made === null) rmSync(path, { force: true });
        else writeFileSync(path, made);
      }
      expect(made, path.slice(folder.length)).toBe(existsSync(path) ? readFileSync(path, 'utf8') : null);
    }
  });
}
