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
  'encoding-likely': {
    severity: 'warning',
    cure: 'Look at the letters with accents; name another encoding with --encoding if they are wrong.',
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
  'input-too-large': {
    severity: 'error',
    cure: 'Split the text into one file a document, or allow more with --max-input.',
  },
  'line-too-long': { severity: 'error', cure: 'Break the line, or allow more with --max-line.' },
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
  'number-out-of-order': {
    severity: 'warning',
    cure: 'Compare with the original: paragraphs may have changed places.',
  },
  'number-doubtful': { severity: 'warning', cure: 'If it is a label, put an empty line before it.' },
  'text-behind-signatures': {
    severity: 'warning',
    cure: 'If a further text begins here, state its title under "headings" in a sidecar, or put it into a file of its own.',
  },
  'columns-mixed': {
    severity: 'warning',
    cure: 'Copy one column after the other (pdftotext without -layout does so), and read that.',
  },
  'call-without-note': {
    severity: 'warning',
    cure: 'Add the missing note, or ignore this if the mark is part of the text.',
  },
  'note-without-call': {
    severity: 'warning',
    cure: 'Find the word that the note belongs to and put its mark there.',
  },
  'heading-below-label': {
    severity: 'warning',
    cure: 'Compare with the original; if the lines stand there as they do here, say so in a sidecar (notHeadings).',
  },
  'call-misnumbered': {
    severity: 'warning',
    cure: 'Compare with the original: one of the two numbers is wrong.',
  },
  'call-ambiguous': { severity: 'warning', cure: 'Make the mark plain in the source: [1].' },
  'markdown-too-deep': {
    severity: 'error',
    cure: 'Take out quotations and lists that are nested thousands deep.',
  },
  'pin-repeated': {
    severity: 'warning',
    cure: 'Delete one of the two pins; the place without it gets a pin of its own.',
  },
  // what a person states
  'sidecar-invalid': {
    severity: 'error',
    cure: 'Mend the sidecar; engross inspect --sidecar prints one to begin with.',
  },
  'sidecar-unmatched': {
    severity: 'error',
    cure: 'Correct the line and its first words in the sidecar, or delete the entry.',
  },
  'stated-not-printed': {
    severity: 'note',
    cure: 'Nothing, if it is meant so; to have other words printed, change the text.',
  },
  // editions
  'glyph-missing': {
    severity: 'error',
    cure: 'Choose a face that has the character in the template, or leave the PDF edition out.',
  },
  'edition-approximate': { severity: 'warning', cure: 'Read this place in the edition.' },
  // the proof
  'edition-unfaithful': {
    severity: 'error',
    cure: 'The edition was not written. This is a defect in Engross, not in your text; please report it with the input.',
  },
  'edition-unreadable': {
    severity: 'error',
    cure: 'The edition was not written. This is a defect in Engross, not in your text; please report it with the input.',
  },
  'edition-unverified': { severity: 'error', cure: 'Install the package, or leave this edition out.' },
  'edition-altered': {
    severity: 'error',
    cure: 'Make it anew with engross build; if somebody changed it on purpose, keep it elsewhere.',
  },
  'reference-missing': {
    severity: 'error',
    cure: 'Put the JSON edition of the document beside it; engross build --editions json makes it.',
  },
  // asking for work
  usage: { severity: 'error', cure: 'Run engross --help.' },
  'edition-unknown': { severity: 'error', cure: 'Run engross editions for the list.' },
  'template-unknown': {
    severity: 'error',
    cure: 'Name a shipped template, or give the path of a .json file.',
  },
  'template-invalid': {
    severity: 'error',
    cure: 'Mend the template; engross schema template describes every key, and templates/default.json has them all.',
  },
  'font-missing': {
    severity: 'error',
    cure: 'Install the package that has the face, or name another file in the template.',
  },
  'asset-missing': { severity: 'error', cure: 'Name it by its path from the template file.' },
  'house-template-refused': {
    severity: 'error',
    cure: 'Open the house template in Word, save it anew as a Word Template, and try again; docs/word.md says what is taken of it.',
  },
  'input-missing': { severity: 'error', cure: 'Check the path.' },
  'input-none': { severity: 'error', cure: 'Put a .txt or .md file there, or name one.' },
  'input-unreadable': { severity: 'error', cure: 'Check the permissions of the file.' },
  'input-kind': { severity: 'error', cure: 'Give a plain text (.txt) or Markdown (.md) file.' },
  'id-twice': { severity: 'error', cure: 'Rename one of the two files.' },
  'output-unwritable': {
    severity: 'error',
    cure: 'Check the folder’s permissions and free space, or name another with --out.',
  },
  'output-busy': {
    severity: 'error',
    cure: 'Wait until the other build is done, or end it; where none runs, delete the file that is named.',
  },
  'output-not-a-file': { severity: 'error', cure: 'Move away what stands in the edition’s place.' },
  'table-incomplete': { severity: 'error', cure: 'Build that document again, or remove its folder.' },
  'edition-stale': { severity: 'error', cure: 'Run engross build and commit the result.' },
  'edition-orphaned': {
    severity: 'error',
    cure: 'If its text lies in another folder, name that folder, too; if the text is gone, put it back, or run engross build --prune with every input folder of this output folder.',
  },
  'prune-refused': {
    severity: 'error',
    cure: 'Keep the file elsewhere if it is wanted, and delete the folder by hand.',
  },
  'folder-not-empty': { severity: 'warning', cure: 'Look at what is left in it.' },
  interrupted: {
    severity: 'error',
    cure: 'Run the same command again: what is done is not done again, and every file is old or new.',
  },
  'memory-short': {
    severity: 'error',
    cure: 'Build it alone, and give Node more memory: NODE_OPTIONS=--max-old-space-size=8192.',
  },
  // ourselves
  'account-broken': {
    severity: 'error',
    cure: 'This is a defect in Engross and nothing was written; please report it with the input.',
  },
  internal: {
    severity: 'error',
    cure: 'This is a defect in Engross, not in your text; please report it with the input.',
  },
} as const satisfies Record<string, Entry>;

/** The code of a diagnostic: a word of a closed list. */
export type Code = keyof typeof catalogue;

const wrongUse: readonly string[] = [
  'usage',
  'edition-unknown',
  'template-unknown',
  'template-invalid',
  'input-none',
  'input-kind',
] satisfies Code[];
const cantReadOrWrite: readonly string[] = [
  'input-missing',
  'input-unreadable',
  'output-unwritable',
  'output-busy',
  'output-not-a-file',
] satisfies Code[];

/** The exit code of a command that met these errors: 0 none · 1 a document’s or ours · 2 wrong use · 3 can’t read or write. */
export function exitCodeOf(errors: readonly string[]): 0 | 1 | 2 | 3 {
  if (errors.some((code) => cantReadOrWrite.includes(code))) return 3;
  if (errors.some((code) => wrongUse.includes(code))) return 2;
  return errors.length > 0 ? 1 : 0;
}

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

/**
 * Makes the diagnostic of something that went wrong by our own mistake.
 * @param doing what Engross was about to do, as "making the pdf edition"
 */
export function internal(error: unknown, doing: string): Diagnostic {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const thrownIn = /\/(?:dist|src)\/([\w./-]+:\d+):\d+\)?$/m.exec(stack ?? '')?.[1];
  return diagnose(
    'internal',
    `Engross failed while ${doing} (${name}: ${message}${thrownIn ? `, in ${thrownIn}` : ''}).`,
  );
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

/** How a diagnostic is printed. */
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
  const place = [
    options.file && visible(options.file),
    diagnostic.line,
    diagnostic.line === undefined ? undefined : diagnostic.column,
  ]
    .filter((part) => part !== undefined)
    .join(':');
  const head = `${place ? `${place} ` : ''}${style(paint[diagnostic.severity], diagnostic.severity)} ${diagnostic.code}: ${visible(diagnostic.message)}`;
  const lines = [head, ...excerpt(diagnostic, options.text)];
  if (diagnostic.cure) lines.push(`  → ${visible(diagnostic.cure)}`);
  return lines.join('\n');
}

/** How many UTF-16 units of a source line are shown on either side of the place. */
const context = 60;

function excerpt(diagnostic: Diagnostic, text: string | undefined): string[] {
  if (text === undefined || text === '' || diagnostic.line === undefined) return [];
  const whole = lineOf(text, diagnostic.line);
  const at = (diagnostic.column ?? 1) - 1;
  const from = Math.max(0, at - context);
  const shown = whole.slice(from, at + (diagnostic.length ?? 1) + context);
  const before = `${from > 0 ? '…' : ''}${whole.slice(from, at)}`;
  const after = from + shown.length < whole.length ? '…' : '';
  const meant = shown.slice(at - from, at - from + (diagnostic.length ?? 1));
  const lines = [`  ${from > 0 ? '…' : ''}${visible(shown)}${after}`];
  if (diagnostic.column !== undefined)
    lines.push(`  ${' '.repeat(columnsOf(before))}${'^'.repeat(Math.max(1, columnsOf(meant)))}`);
  return lines;
}

const lineBreak = /\r\n|\r|\n/g;

function lineOf(text: string, line: number): string {
  lineBreak.lastIndex = 0;
  let start = 0;
  for (let passed = 1; passed < line; passed++) {
    if (!lineBreak.test(text)) return '';
    start = lineBreak.lastIndex;
  }
  const end = lineBreak.exec(text)?.index;
  return text.slice(start, end);
}

/** Text made safe for a terminal, unit for unit: no control sequences, no reversed lines. */
export const visible = (text: string): string =>
  text.replace(/\p{Cc}/gu, ' ').replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');

/** How many columns of a terminal some text takes: East Asian wide characters two (UAX #11), combining marks none. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text)
    if (!/\p{M}|\u200b|\u200d/u.test(character)) columns += wide.test(character) ? 2 : 1;
  return columns;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** A count as a person reads it: `20,656`. */
export const thousands = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** The account of a reading, in non-space characters (Unicode code points) of the decoded source. */
export interface Account {
  readonly characters: number;
  readonly printed: number;
  readonly furniture: number;
  readonly markup: number;
  /** Always 0, and so is `doubled`: anything else is refused. */
  readonly lost: number;
  readonly doubled: number;
}

/** The account as one sentence: `20,656 characters: 20,606 printed, 50 furniture, 0 mark-up, 0 lost`. */
export function accountLine(account: Account): string {
  const { characters, printed, furniture, markup, lost, doubled } = account;
  const parts = `${thousands(printed)} printed, ${thousands(furniture)} furniture, ${thousands(markup)} mark-up, ${thousands(lost)} lost`;
  return `${thousands(characters)} characters: ${parts}${doubled > 0 ? `, ${thousands(doubled)} doubled` : ''}`;
}

/**
 * The known name that a mistyped one is closest to, as the end of a sentence: `; did you mean “sizes”?`, or nothing
 * where none is near.
 */
export function nearest(word: string, known: readonly string[]): string {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best === undefined ? '' : `; did you mean “${best}”?`;
}

/** Levenshtein's distance, two letters that changed places counted as one slip. */
function editDistance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const swap = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      const changed = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const turned = changed ? (before[j - 2] ?? Infinity) + 1 : Infinity;
      next.push(Math.min(swap, turned, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
