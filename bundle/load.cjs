/**
 * Loads the files of the command that lie beside this one, from the form that V8 has made of them when the package was
 * built (bundle/ahead.js) where that is there for the Node that runs: compiling them takes a fifth of what a short run
 * takes. Another Node, or one with flags of its own, compiles the same files as ever.
 *
 * Nothing is written here: what `module.enableCompileCache` keeps in a folder of the user's comes with the package.
 */
'use strict';
const { readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

/**
 * Flags by the major version of V8, which complains of one that it doesn't know:
 *
 * - Patterns are compiled to machine code at once, and not first to the byte code that a long run would soon throw away: of
 *   a short run that is a third. (Not by `--no-regexp-tier-up`: a pattern that has run before would crash.)
 * - A function is optimized after fifteen times as much work as V8 would do it by itself. Of one document's second of work
 *   the optimizing takes a third, and has paid off only in longer runs: they come to it a moment later.
 */
const flags = {
  11: ['--regexp-tier-up-ticks=0', '--interrupt-budget=1000000'],
  12: ['--regexp-tier-up-ticks=0', '--invocation-count-for-turbofan=45000'],
  13: ['--regexp-tier-up-ticks=0', '--invocation-count-for-turbofan=45000'],
};

// Before anything is compiled: V8 takes no code that was compiled under other flags.
for (const flag of flags[process.versions.v8.split('.', 1)[0]] ?? []) setFlagsFromString(flag);

/** Where the compiled forms lie: V8's own check knows its version and flags, not the patches of a Node or a processor. */
const ahead = join(__dirname, `v8-${process.versions.v8}-${process.platform}-${process.arch}`);

/** The scripts that are loaded, by file name. */
const scripts = new Map();
const loaded = new Map();

/** What a CommonJS file beside this one exports. */
function load(name) {
  const before = loaded.get(name);
  if (before) return before.exports;
  const module = { exports: {} };
  loaded.set(name, module);
  const run = scriptOf(name).runInThisContext();
  run(module.exports, requireFrom, module, join(__dirname, name), __dirname, importModule);
  return module.exports;
}

/** The script of a file, not yet run. */
function scriptOf(name) {
  const file = join(__dirname, name);
  const code = readFileSync(file, 'utf8');
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname, importModule) {${code}\n})`,
    { filename: pathToFileURL(file).href, cachedData: compiledForm(name, file) },
  );
  scripts.set(name, script);
  return script;
}

/** V8 knows the text that it has compiled by its length alone: where a file was changed since, its form is not taken. */
function compiledForm(name, file) {
  try {
    const form = join(ahead, name);
    return statSync(file).mtimeMs > statSync(form).mtimeMs ? undefined : readFileSync(form);
  } catch {
    return undefined;
  }
}

const importModule = (specifier) => import(specifier);

const requireFrom = (id) => (id.startsWith('./') ? load(id.slice(2)) : require(id));

module.exports = { load, scriptOf, scripts, ahead };
