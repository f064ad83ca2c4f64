/** How a text was understood, shown to a person: every region, label, call, note and doubt, each with its line. */
import type { Block, Document, Footnote, Inline, Paragraph } from './document.js';
import { callsByFootnote, regions, textOf, unknownNode } from './document.js';
import { listInputs } from './files.js';
import type { Reading } from './read/index.js';
import { readWithSidecar, type How } from './reading.js';
import { accountLine, columnsOf, diagnose, print, Refusal, thousands, visible } from './report.js';

/**
 * Reads one file.
 * @param encoding a WHATWG label; overrules what the bytes say
 * @param overruled false leaves the text's sidecar out
 * @throws Refusal where it isn't there, is a folder, or can't be read
 */
export async function inspectFile(path: string, encoding?: string, how: How = {}): Promise<Reading> {
  const inputs = await listInputs([path]);
  const [input] = inputs;
  if (input?.path !== path)
    throw new Refusal(diagnose('input-kind', `“${path}” is a folder; engross inspect takes one file.`));
  return readWithSidecar(path, encoding, how);
}

/** What `engross inspect --json` prints. */
export function inspectionAsJson(path: string, { document, account }: Reading): object {
  return { file: path, account, document, diagnostics: document.diagnostics };
}

/** The width of the page, in columns. */
const width = 100;

/** One row of the listing: a place in the document. */
interface Row {
  readonly line: number;
  readonly eId: string;
  readonly label: string;
  readonly role: string;
  readonly words: string;
  /** Printed below it: the calls in its words. */
  readonly calls: readonly string[];
}

/** A reading as a person sees it, at 100 columns. */
export function inspectionAsText(path: string, reading: Reading, colour = false): string {
  const { document, account, text } = reading;
  const strong = (words: string) => (colour ? `\u001b[1m${words}\u001b[0m` : words);
  const faint = (words: string) => (colour ? `\u001b[2m${words}\u001b[0m` : words);
  const sections = sectionsOf(document);
  const all = sections.flatMap((section) => section.rows);
  const columns = {
    line: longest(
      all.map((row) => String(row.line)),
      4,
      7,
    ),
    eId: longest(
      all.map((row) => row.eId),
      3,
      32,
    ),
    label: longest(
      all.map((row) => row.label),
      0,
      12,
    ),
    role: longest(
      all.map((row) => row.role),
      4,
      14,
    ),
  };
  const lines = [strong(visible(path)), accountLine(account), '', ...metadata(document), ''];
  for (const { title, rows } of sections) {
    lines.push(strong(title));
    for (const row of rows) {
      const left = [
        String(row.line).padStart(columns.line),
        pad(row.eId, columns.eId),
        pad(row.label, columns.label),
        pad(row.role, columns.role),
      ].join('  ');
      const room = Math.max(24, width - columnsOf(left) - 2);
      lines.push(`${faint(left)}  ${firstAndLast(row.words, room)}`.trimEnd());
      const under = ' '.repeat(columnsOf(left) + 2);
      for (const call of row.calls) lines.push(under + faint(firstAndLast(call, room)));
    }
    lines.push('');
  }
  const { diagnostics } = document;
  lines.push(strong(diagnostics.length === 0 ? 'No doubts' : `Doubts (${thousands(diagnostics.length)})`));
  for (const diagnostic of diagnostics) lines.push(print(diagnostic, { file: path, text, colour }));
  return `${lines.join('\n')}\n`;
}

function metadata(document: Document): string[] {
  const { source } = document;
  const date = document.date === null ? null : `${document.date}, printed “${document.datePrinted ?? ''}”`;
  const rows: readonly (readonly [string, string | null])[] = [
    ['id', document.id],
    ['title', document.title === '' ? null : document.title],
    ['subtitle', document.subtitle],
    ['date', date],
    ['language', document.language],
    ['type', document.documentType],
    ['symbol', document.symbol],
    ['place', document.place],
    ['issuer', document.issuer],
    [
      'source',
      `${source.encoding}, ${thousands(source.bytes)} bytes, SHA-256 ${source.sha256.slice(0, 16)}…`,
    ],
  ];
  return rows.map(
    ([name, value]) => `${name.padEnd(10)}${value === null ? '-' : firstAndLast(value, width - 10)}`,
  );
}

function sectionsOf(document: Document): { readonly title: string; readonly rows: readonly Row[] }[] {
  const sections: { title: string; rows: Row[] }[] = [];
  for (const region of regions) {
    if (region === 'attachments') continue;
    const blocks = document[region];
    if (blocks.length > 0)
      sections.push({ title: region, rows: blocks.flatMap((block) => rowsOf(block, 0)) });
  }
  for (const attachment of document.attachments)
    sections.push({
      title: `attachments · ${attachment.eId} · ${attachment.kind}${attachment.num === null ? '' : ` · ${attachment.num}`}`,
      rows: attachment.children.flatMap((block) => rowsOf(block, 0)),
    });
  if (document.footnotes.length > 0) sections.push({ title: 'footnotes', rows: noteRows(document) });
  if (document.furniture.length > 0)
    sections.push({
      title: 'furniture (kept in the JSON edition, printed in none)',
      rows: document.furniture.map(({ source, reason, text }) => ({
        line: source.line,
        eId: '',
        label: '',
        role: reason,
        words: text,
        calls: [],
      })),
    });
  return sections;
}

function rowsOf(block: Block, depth: number): Row[] {
  switch (block.type) {
    case 'paragraph':
      return [
        row(block, block.num ?? block.marker ?? '', block.role, depth),
        ...block.children.flatMap((child) => rowsOf(child, depth + 1)),
      ];
    case 'heading':
      return [row(block, block.num ?? '', `heading ${block.level}`, depth)];
    case 'docTitle':
    case 'subtitle':
    case 'docDate':
    case 'docNumber':
    case 'place':
      return [row(block, '', block.type, depth)];
    case 'table':
      return block.rows.map(({ cells }, index) => ({
        line: cells[0]?.source.line ?? block.source.line,
        eId: block.eId,
        label: '',
        role: `row ${index + 1}`,
        words: cells.map((cell) => textOf(cell.content)).join(' | '),
        calls: cells.flatMap((cell) => callsIn(cell.content)),
      }));
    case 'signature':
      return block.columns.flatMap((column) => column.map((line) => row(line, '', 'signature', depth)));
    default:
      return unknownNode(block);
  }
}

function row(
  node: Pick<Paragraph, 'eId' | 'content' | 'source'>,
  label: string,
  role: string,
  depth: number,
): Row {
  return {
    line: node.source.line,
    eId: node.eId,
    label: ' '.repeat(depth) + label,
    role,
    words: textOf(node.content),
    calls: callsIn(node.content),
  };
}

/** `1 after “Macedonia” → ftn_1`, one for each call. */
function callsIn(content: readonly Inline[]): string[] {
  const calls: string[] = [];
  let before = '';
  for (const inline of content) {
    if (inline.type === 'text') before += inline.value;
    else calls.push(`call ${inline.marker} after “${lastWord(before)}” → ${inline.footnote}`);
  }
  return calls;
}

const lastWord = (text: string) => /\S+\s*$/.exec(text.slice(-60))?.[0] ?? '';

function noteRows(document: Document): Row[] {
  const calls = callsByFootnote(document);
  return document.footnotes.flatMap((note: Footnote) => {
    const places = [...new Set(calls.get(note.eId)?.map((call) => call.eId))];
    const called = places.length === 0 ? 'called nowhere' : `called in ${places.join(', ')}`;
    return [
      { ...row(note, note.marker, 'footnote', 0), calls: [...callsIn(note.content), called] },
      ...note.children.flatMap((child) => rowsOf(child, 1)),
    ];
  });
}

const longest = (words: readonly string[], least: number, most: number) =>
  Math.min(most, Math.max(least, ...words.map(columnsOf)));

function pad(words: string, columns: number): string {
  const shown = visible(words);
  const fits = columnsOf(shown) <= columns ? shown : `${cut(shown, columns - 1)}…`;
  return fits + ' '.repeat(Math.max(0, columns - columnsOf(fits)));
}

/** The first and last words, where all would not fit. */
function firstAndLast(words: string, columns: number): string {
  const shown = visible(words);
  if (columnsOf(shown) <= columns) return shown;
  const first = cut(shown, Math.ceil((columns - 3) * 0.65));
  const last = [...cut([...shown].reverse().join(''), columns - 3 - columnsOf(first))].reverse().join('');
  return `${atWord(first, /\s\S*$/)} … ${atWord(last, /^\S*\s/)}`;
}

/** Cuts at a space where one is near. */
function atWord(words: string, rest: RegExp): string {
  const shorter = words.replace(rest, '').trim();
  return shorter === '' ? words.trim() : shorter;
}

function cut(words: string, columns: number): string {
  let taken = '';
  let count = 0;
  for (const character of words) {
    count += columnsOf(character);
    if (count > columns) break;
    taken += character;
  }
  return taken;
}
