/** Bundles main.ts with what it needs of src and test, for Node 20 runs no TypeScript, and runs it. */
import { fileURLToPath, pathToFileURL, URL } from 'node:url';
import { join } from 'node:path';
import { build } from 'rolldown';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dir = join(root, '.cache/fuzz');
await build({
  input: { main: join(root, 'test/fuzz/main.ts') },
  platform: 'node',
  external: (id) => /^[a-z@]/i.test(id) && !/^[a-z]:[\\/]/i.test(id),
  output: { dir, format: 'esm', cleanDir: true },
  logLevel: 'warn',
});
await import(pathToFileURL(join(dir, 'main.js')).href);
