/**
 * A person's sidecar for hand-written Markdown. It names lines of the source, and the stages that it overrules read
 * the projection: each entry is given its place there. What Markdown itself says beyond doubt (`[^1]`, a table) can't
 * be overruled; the text can be changed.
 */
import type { Diagnostic } from '../../../document.js';
import { diagnose, Refusal } from '../../../report.js';
import type { Sidecar } from '../../sidecar.js';
import type { Projection } from '../projection.js';

type LineEntry = Sidecar['furniture'][number];
type CallEntry = Sidecar['calls'][number];

/** The most list items whose numbers are stated to the later stages; beyond, they find them by themselves. */
const mostStated = 2000;

/**
 * What overrules the stages that read the projection: the numbers of its own lists, which are labels without a doubt,
 * and what a person's sidecar states.
 * @throws Refusal (`sidecar-unmatched`), one diagnostic for each entry that doesn't fit the text
 */
export function overruling(text: string, projection: Projection, sidecar: Sidecar | undefined): Sidecar {
  const own =
    projection.labels.size > mostStated
      ? []
      : [...projection.labels].map(([line, { printed, list }]) => ({ line, starts: printed, printed, list }));
  const places = new Places(text, projection);
  const lines = <Entry extends LineEntry>(key: string, entries: readonly Entry[] = []): Entry[] =>
    entries.flatMap((entry) => places.line(key, entry));
  const calls = (key: string, entries: readonly CallEntry[] = []): CallEntry[] =>
    entries.flatMap((entry) => places.call(key, entry));
  const moved: Sidecar = {
    fields: sidecar?.fields ?? new Map(),
    encoding: null,
    furniture: lines('furniture', sidecar?.furniture),
    notFurniture: lines('notFurniture', sidecar?.notFurniture),
    labels: [...own, ...lines('labels', sidecar?.labels)],
    notLabels: lines('notLabels', sidecar?.notLabels),
    headings: lines('headings', sidecar?.headings),
    notHeadings: lines('notHeadings', sidecar?.notHeadings),
    notes: lines('notes', sidecar?.notes),
    notNotes: lines('notNotes', sidecar?.notNotes),
    calls: calls('calls', sidecar?.calls),
    notCalls: calls('notCalls', sidecar?.notCalls),
  };
  if (places.problems.length > 0) throw new Refusal(...places.problems);
  return moved;
}

/** What a line may begin with before its words: quotation, heading, bullet and strong marks, an escape. */
const marks = /^(?:[>\s\\]|#{1,6}\s|[-+*]\s|\*\*|__)+/;
const cure =
  'Correct the entry or delete it. Where Markdown itself says what stands there, as with [^1], change the text.';

class Places {
  readonly problems: Diagnostic[] = [];
  readonly #text: string;
  readonly #projection: Projection;
  #lineStarts: readonly number[] | null = null;

  constructor(text: string, projection: Projection) {
    this.#text = text;
    this.#projection = projection;
  }

  /** An entry that names a line, for the line of the projection that begins with the same words. */
  line<Entry extends LineEntry>(key: string, entry: Entry): Entry[] {
    const named = `“${key}” names line ${entry.line} as beginning with “${entry.starts}”, but`;
    const [start, end] = this.#stretch(entry.line);
    const shown = this.#shown(start, end);
    const written = this.#text.slice(start, end).trim();
    const starts = entry.starts.trim();
    if (!shown) {
      const what = written === '' ? 'it holds no words' : 'what stands there is a note, a table or a mark';
      return this.#fail(`${named} ${what}.`, entry.line);
    }
    const lineStart = this.#projection.text.lastIndexOf('\n', shown.from - 1) + 1;
    const words = this.#projection.text.slice(lineStart, shown.to).trim();
    const candidates = [written, written.replace(marks, ''), this.#projection.restore(words)];
    if (!candidates.some((candidate) => candidate.startsWith(starts)))
      return this.#fail(`${named} it begins with “${written.slice(0, 40)}”.`, entry.line);
    if (this.#projection.text.slice(lineStart, shown.from).trim() !== '')
      return this.#fail(`${named} it goes on with a paragraph that begins above it.`, entry.line);
    return [{ ...entry, line: this.#projection.text.slice(0, lineStart).split('\n').length, starts: words }];
  }

  /** An entry that names a call, with all that its line of the projection holds before it. */
  call(key: string, entry: CallEntry): CallEntry[] {
    const shown = this.#shown(...this.#stretch(entry.line));
    const { text, restore } = this.#projection;
    const words = shown ? restore(text.slice(shown.from, shown.to)) : '';
    const after = [entry.after, entry.after.replace(/[*_\\]/g, '')].find((one) =>
      words.includes(one + entry.marker),
    );
    if (!shown || after === undefined)
      return this.#fail(
        `“${key}” names “${entry.after}${entry.marker}” in line ${entry.line}, but it isn’t there.`,
        entry.line,
      );
    const at = shown.from + words.indexOf(after + entry.marker) + after.length;
    const lineStart = text.lastIndexOf('\n', at - 1) + 1;
    return [
      {
        line: text.slice(0, lineStart).split('\n').length,
        after: text.slice(lineStart, at).trimStart(),
        marker: text.slice(at, at + entry.marker.length),
      },
    ];
  }

  #fail(message: string, line: number): never[] {
    this.problems.push(diagnose('sidecar-unmatched', message, { line }, cure));
    return [];
  }

  /** Where a line of the source, from 1, begins and ends. */
  #stretch(line: number): [start: number, end: number] {
    this.#lineStarts ??= [
      0,
      ...[...this.#text.matchAll(/\r\n|\r|\n/g)].map((one) => one.index + one[0].length),
    ];
    const start = this.#lineStarts[line - 1] ?? this.#text.length;
    return [start, this.#lineStarts[line] ?? this.#text.length];
  }

  /** What the projection shows of a stretch of the source, as offsets in it, or null. */
  #shown(start: number, end: number): { from: number; to: number } | null {
    let from = Infinity;
    let to = -Infinity;
    for (const item of this.#projection.items) {
      const { piece } = item;
      if (item.from === item.to || piece.end <= start || piece.start >= end) continue;
      const isAsLong = piece.end - piece.start === item.to - item.from;
      from = Math.min(from, isAsLong ? item.from + Math.max(0, start - piece.start) : item.from);
      to = Math.max(to, isAsLong ? item.to - Math.max(0, piece.end - end) : item.to);
    }
    return from < to ? { from, to } : null;
  }
}
