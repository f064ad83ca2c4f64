/**
 * Every diagnostic that Engross can make, and how one prints. A diagnostic has a code of the closed list below, a
 * sentence that says what is so, and a cure that says what to do.
 */
import type { Diagnostic, Severity } from './document.js';

interface Entry {
  readonly severity: Severity;
  readonly cure: string;
}

/** The closed list of codes. `error`: no edition is made; `warning`: made, but look; `note`: for the record. */
const catalogue = {
  // reading bytes
  'input-empty': { severity: 'error', cure: 'Put the text of the document into the file.' },
  'input-binary': {
    severity: 'error',
    cure: 'Give the text itself: copy it out of the PDF, Word file or page and save it as UTF-8.',
  },
  'encoding-unknown': {
    severity: 'error',
    cure: 'Name the encoding with --encoding, or save the file as UTF-8.',
  },
  'encoding-undecodable': {
    severity: 'error',
    cure: 'Name another encoding with --encoding, or mend the bytes at this place.',
  },
  'input-truncated': { severity: 'warning', cure: 'Compare the end of the text with its original.' },
  'input-too-large': { severity: 'error', cure: 'Split the text into one file a document.' },
  'character-control': { severity: 'warning', cure: 'Delete the character, or find out what stood there.' },
  'character-forbidden': { severity: 'error', cure: 'Replace the character in the source.' },
  // reading structure
  'title-missing': {
    severity: 'warning',
    cure: 'Put the title on a line of its own at the top, with an empty line after it.',
  },
  'date-missing': {
    severity: 'note',
    cure: 'If the document bears a date, put it on a line of its own near the title.',
  },
  'language-unsure': {
    severity: 'warning',
    cure: 'Check the language; hyphenation and the words on the page follow it.',
  },
  'number-skipped': { severity: 'warning', cure: 'Compare with the original: a paragraph may be missing.' },
  'number-repeated': {
    severity: 'warning',
    cure: 'Compare with the original: a paragraph may stand twice, or its label may be wrong.',
  },
  'number-restarted': { severity: 'note', cure: 'Nothing, if the original starts anew here.' },
  'number-doubtful': { severity: 'warning', cure: 'If it is a label, put an empty line before it.' },
  'call-without-note': {
    severity: 'warning',
    cure: 'Add the missing note, or ignore this if the mark is part of the text.',
  },
  'note-without-call': {
    severity: 'warning',
    cure: 'Find the word that the note belongs to and put its mark there.',
  },
  'call-ambiguous': { severity: 'warning', cure: 'Make the mark plain in the source: [1].' },
  'furniture-doubtful': { severity: 'warning', cure: 'Check that this line is not part of the document.' },
  // editions
  'edition-failed': {
    severity: 'error',
    cure: 'The other editions were made; mend the source or leave this edition out.',
  },
  'glyph-missing': {
    severity: 'error',
    cure: 'Choose a face that has the character in the template, or leave the PDF edition out.',
  },
  'edition-approximate': { severity: 'warning', cure: 'Read this place in the edition.' },
  // asking for work
  usage: { severity: 'error', cure: 'Run engross --help.' },
  'edition-unknown': { severity: 'error', cure: 'Run engross editions for the list.' },
  'template-unknown': {
    severity: 'error',
    cure: 'Name a shipped template, or give the path of a .json file.',
  },
  'template-invalid': {
    severity: 'error',
    cure: 'Mend the template; templates/default.json names every key.',
  },
  'input-missing': { severity: 'error', cure: 'Check the path.' },
  'input-none': { severity: 'error', cure: 'Put a .txt file there, or name one.' },
  'input-unreadable': { severity: 'error', cure: 'Check the permissions of the file.' },
  'input-kind': { severity: 'error', cure: 'Give a plain text file (.txt).' },
  'id-twice': { severity: 'error', cure: 'Rename one of the two files.' },
  'output-unwritable': {
    severity: 'error',
    cure: 'Check the folder’s permissions and free space, or name another with --out.',
  },
  'output-not-a-file': { severity: 'error', cure: 'Move away what stands in the edition’s place.' },
  'edition-stale': { severity: 'error', cure: 'Run engross build and commit the result.' },
  // ourselves
  'account-broken': {
    severity: 'error',
    cure: 'This is a defect in Engross and nothing was written; please report it with the input.',
  },
} as const satisfies Record<string, Entry>;

export type Code = keyof typeof catalogue;

/** Where in a source: line and column from 1, `length` in UTF-16 units. */
export interface Where {
  readonly line: number;
  readonly column?: number;
  readonly length?: number;
}

/**
 * Makes a diagnostic.
 * @param message one sentence that says what is so, with the words of the source where they help
 * @param cure overrules the code's usual cure
 */
export function diagnose(code: Code, message: string, where?: Where, cure?: string): Diagnostic {
  return { code, severity: catalogue[code].severity, message, cure: cure ?? catalogue[code].cure, ...where };
}

/** Thrown where the work asked for can't be done for a reason that the user can mend. Never for our own mistakes. */
export class Refusal extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(...diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => `${diagnostic.code}: ${diagnostic.message}`).join('\n'));
    this.name = 'Refusal';
    this.diagnostics = diagnostics;
  }
}

export interface PrintOptions {
  /** The file's path as the user named it. */
  readonly file?: string;
  /** The decoded source, for the line that is printed below the message. */
  readonly text?: string;
  readonly colour?: boolean;
}

const paint = { error: '31;1', warning: '33;1', note: '36;1' } as const satisfies Record<Severity, string>;

/**
 * A diagnostic as a person reads it: `file:line:column severity code: sentence`, then the source line with a
 * caret under the place, then the cure.
 */
export function print(diagnostic: Diagnostic, options: PrintOptions = {}): string {
  const style = (code: string, words: string) =>
    options.colour ? `\u001b[${code}m${words}\u001b[0m` : words;
  const place = [options.file, diagnostic.line, diagnostic.line === undefined ? undefined : diagnostic.column]
    .filter((part) => part !== undefined)
    .join(':');
  const head = `${place ? `${place} ` : ''}${style(paint[diagnostic.severity], diagnostic.severity)} ${diagnostic.code}: ${diagnostic.message}`;
  const lines = [head, ...excerpt(diagnostic, options.text)];
  if (diagnostic.cure) lines.push(`  → ${diagnostic.cure}`);
  return lines.join('\n');
}

/** How many UTF-16 units of a source line are shown on either side of the place. */
const context = 60;

function excerpt(diagnostic: Diagnostic, text: string | undefined): string[] {
  if (text === undefined || diagnostic.line === undefined) return [];
  const whole = text.split(/\r\n|\r|\n/, diagnostic.line)[diagnostic.line - 1] ?? '';
  const at = (diagnostic.column ?? 1) - 1;
  const from = Math.max(0, at - context);
  const shown = whole.slice(from, at + (diagnostic.length ?? 1) + context);
  const visible = (words: string) => words.replace(/\p{Cc}/gu, ' ');
  const before = `${from > 0 ? '…' : ''}${visible(whole.slice(from, at))}`;
  const after = from + shown.length < whole.length ? '…' : '';
  const mark = '^'.repeat(Math.max(1, Math.min(diagnostic.length ?? 1, shown.length - (at - from))));
  const lines = [`  ${from > 0 ? '…' : ''}${visible(shown)}${after}`];
  if (diagnostic.column !== undefined) lines.push(`  ${' '.repeat([...before].length)}${mark}`);
  return lines;
}
