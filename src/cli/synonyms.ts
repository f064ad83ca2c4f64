/** What other programs call our options and commands: the word that a person tries first. */

const options: Readonly<Record<string, readonly string[]>> = {
  out: [
    'o',
    'output',
    'output-dir',
    'outdir',
    'out-dir',
    'dest',
    'destination',
    'd',
    'dir',
    'target',
    'to-folder',
  ],
  editions: ['e', 'edition', 'format', 'formats', 'f', 'to', 't', 'type', 'types', 'w', 'write', 'only'],
  template: ['style', 'styles', 'theme', 'look', 'layout', 'reference-doc', 'config', 'c'],
  encoding: ['charset', 'input-encoding', 'from-encoding'],
  'csv-raw': ['raw', 'raw-csv', 'no-escape', 'unescaped'],
  check: ['dry-run', 'n', 'test', 'diff', 'stale'],
  verify: ['prove', 'proof', 'fidelity', 'validate'],
  force: ['rebuild', 'no-cache', 'always', 'all', 'overwrite', 'y'],
  strict: ['werror', 'fail-on-warning', 'fail-on-warnings', 'warnings-as-errors', 'pedantic'],
  quiet: ['silent', 's', 'no-progress'],
  jobs: ['j', 'workers', 'parallel', 'threads', 'concurrency'],
  watch: ['serve', 'live'],
  sidecar: ['overrides', 'corrections', 'annotations'],
  json: ['machine', 'machine-readable', 'as-json', 'porcelain'],
  help: ['?', 'usage', 'man'],
  version: ['v', 'ver'],
};

const commands: Readonly<Record<string, readonly string[]>> = {
  build: ['make', 'convert', 'render', 'compile', 'export', 'publish', 'generate', 'run'],
  inspect: ['show', 'explain', 'parse', 'read', 'view', 'debug', 'info', 'dump', 'analyse', 'analyze'],
  verify: ['check', 'prove', 'validate', 'test', 'audit', 'diff'],
  editions: ['formats', 'list', 'targets', 'outputs', 'writers'],
  schema: ['schemas', 'contract', 'jsonschema', 'json-schema'],
};

const meant = (
  synonyms: Readonly<Record<string, readonly string[]>>,
  word: string,
  known: readonly string[],
): string | null => {
  const found = Object.keys(synonyms).find((name) => synonyms[name]?.includes(word.toLowerCase()));
  return found !== undefined && known.includes(found) ? found : null;
};

/**
 * The option that is meant by another program's word for it, or null.
 * @param word without its hyphens
 * @param known the options that there are
 */
export const optionMeant = (word: string, known: readonly string[]): string | null =>
  meant(options, word, known);

/** The command that is meant by another program's word for it, or null. */
export const commandMeant = (word: string, known: readonly string[]): string | null =>
  meant(commands, word, known);
