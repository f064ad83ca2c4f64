/** What a build says: the account of each document, what became of its files, and its diagnostics. */
import { basename, dirname } from 'node:path';
import type { Built, BuiltDocument, Merged } from '../build.js';
import type { Diagnostic } from '../document.js';
import type { Published } from '../publish.js';
import type { Code } from '../report.js';
import { accountLine, print, thousands, visible } from '../report.js';
import { asJson } from '../verify/record.js';

/** How many diagnostics of one document a build prints; `inspect` has them all. */
const most = 40;

/** What is wrong with what all documents of a build share: said of the first that meets it. */
const shared: readonly string[] = [
  'output-unwritable',
  'house-template-refused',
  'asset-missing',
  'font-missing',
] satisfies Code[];

/**
 * A document's diagnostics as a person reads them; notes are for `inspect`, but for what answers a person's words.
 * @param told takes what is wrong for all documents, which is not said again
 */
export function documentMessages(document: BuiltDocument, colour: boolean, told: Set<string>): string {
  const shown = document.diagnostics.filter(({ severity, code, message, line }) => {
    if (severity === 'note') return code === 'stated-not-printed';
    if (line !== undefined || !shared.includes(code)) return true;
    const isNew = !told.has(message);
    told.add(message);
    return isNew;
  });
  const options = { file: document.input, text: document.text, colour };
  const lines = shown.slice(0, most).map((diagnostic) => `${print(diagnostic, options)}\n`);
  if (shown.length > most)
    lines.push(
      `${visible(document.input)} and ${thousands(shown.length - most)} more: engross inspect ${visible(document.input)}\n`,
    );
  return lines.join('');
}

/** A document's account, and below it what became of its files. */
export function documentResult(document: BuiltDocument): string {
  if (!document.account) return '';
  const account = `${visible(document.input)}: ${accountLine(document.account)}\n`;
  const [first] = document.files;
  if (!first) return account + proofLine(document);
  return `${account}  ${statesOf(dirname(first.path), document.files, ending)}${proofLine(document)}`;
}

/** `output/x: written .csv .json; unchanged .md` */
function statesOf(folder: string, files: readonly Published[], nameOf: (file: Published) => string): string {
  const states = [...new Set(files.map((file) => file.state))].map((state) => {
    const names = files.filter((file) => file.state === state).map(nameOf);
    return `${state} ${names.join(' ')}`;
  });
  return visible(`${folder}: ${states.join('; ')}`) + '\n';
}

/** What reading the editions back has found; nothing where it was not asked for. */
function proofLine({ fidelity }: BuiltDocument): string {
  if (!fidelity || fidelity.editions.length === 0) return '';
  const words = {
    equal: 'equal',
    different: 'different',
    unreadable: 'unreadable',
    unverified: 'not verified',
  };
  const results = (Object.keys(words) as (keyof typeof words)[]).flatMap((result) => {
    const names = fidelity.editions
      .filter(({ verdict }) => verdict.result === result)
      .map(({ edition }) => edition);
    return names.length === 0 ? [] : [`${words[result]} ${names.join(' ')}`];
  });
  return `  read back: ${results.join('; ')}\n`;
}

const ending = (file: Published) =>
  file.edition === 'manifest'
    ? 'manifest.json'
    : basename(file.path).slice(basename(dirname(file.path)).length);

/** The tables of the folder, and the build, in one line each. */
export function summary(built: Built): string {
  const files = [...built.documents.flatMap((document) => document.files), ...built.gone];
  const sums = (['written', 'unchanged', 'removed', 'stale', 'missing', 'failed'] as const)
    .map((state) => [state, files.filter((file) => file.state === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${thousands(count)} ${state}`);
  const failed = built.documents.filter((document) => document.diagnostics.some(isError)).length;
  const documents = `${thousands(built.documents.length)} document${built.documents.length === 1 ? '' : 's'}`;
  const standing = built.documents.filter((document) => document.standing).length;
  const left = standing === 0 ? '' : `, ${thousands(standing)} unchanged`;
  return `${tablesResult(built)}${documents}${left}, ${failed === 0 ? 'no errors' : `${thousands(failed)} with errors`}; files: ${sums.join(', ') || 'none'}\n`;
}

/** What became of the folder's tables; nothing where none were made. */
const tablesResult = ({ tables: [first, ...rest] }: Built): string =>
  first ? statesOf(dirname(first.path), [first, ...rest], ({ path }) => basename(path)) : '';

/** A merge in one line. */
export const mergeSummary = ({ documents, written }: Merged, out: string): string =>
  `${visible(out)}: ${thousands(documents)} document${documents === 1 ? '' : 's'}; files: ${thousands(written)} written\n`;

/** The build as `--json` prints it. */
export function buildAsJson(built: Built): object {
  return {
    documents: built.documents.map(({ input, id, standing, account, files, fidelity, diagnostics }) => ({
      input,
      id,
      standing,
      account,
      files,
      fidelity: fidelity && {
        canonical: fidelity.canonical,
        editions: fidelity.editions.map(({ edition, verdict }) => ({ edition, ...asJson(verdict) })),
      },
      diagnostics,
    })),
    manifest: built.union,
    tables: built.tables,
    gone: built.gone,
    diagnostics: built.diagnostics,
  };
}

const isError = (diagnostic: Diagnostic) => diagnostic.severity === 'error';
