/**
 * Compiles src/deflate/assembly, which is AssemblyScript, to WebAssembly, and that to JavaScript for a Node without it:
 * writes src/deflate/prepared. The compilers are set up with `npm ci --ignore-scripts --prefix test/judges`.
 *
 *     node bundle/prepare-deflate.js
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compilers = join(root, 'test/judges/node_modules');
export const compiler = join(compilers, 'assemblyscript/bin/asc.js');
const converter = join(compilers, 'binaryen/bin/wasm2js');

/** What the source gives, by the file's name in src/deflate/prepared. */
export function prepared() {
  const folder = mkdtempSync(join(tmpdir(), 'engross-deflate-'));
  try {
    const [binary, script] = [join(folder, 'machine.wasm'), join(folder, 'machine.js')];
    const run = (...args) =>
      execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    // No runtime, for nothing is ever allocated; nothing is imported, and no place is checked twice.
    run(
      compiler,
      'src/deflate/assembly/machine.ts',
      '-o',
      binary,
      '-O3',
      '--runtime',
      'stub',
      '--noAssert',
      '--use',
      'abort=',
    );
    run(converter, binary, '--all-features', '-O3', '-o', script);
    const webAssembly = readFileSync(binary).toString('base64');
    return {
      'machine.json': `${JSON.stringify({ webAssembly })}\n`,
      'machine.js': whenAsked(readFileSync(script, 'utf8')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A module that makes the machine when it is loaded becomes one that makes it when it is asked to. */
function whenAsked(script) {
  const [made, ...rest] = script.split(/^var retasmFunc = asmFunc\(\{\s*\}\);$/m);
  if (rest.length !== 1) throw new Error('the converter writes another form than before');
  const head = '// Made of ../assembly by bundle/prepare-deflate.js.\n';
  return `${head}export function open() {\n${made.trim()}\nreturn asmFunc({});\n}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [name, text] of Object.entries(prepared()))
    writeFileSync(join(root, 'src/deflate/prepared', name), text);
