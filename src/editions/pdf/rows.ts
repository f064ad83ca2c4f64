/**
 * Rows: one text as the lines that the paginator takes, with its label, its notes and its pins. Points.
 */
import type { Footnote, Inline, TextNode } from '../../document.js';
import type { Hyphenator } from './hyphenate.js';
import type { Label } from './labels.js';
import { setLines, type Line } from './lines.js';
import type { Anchor, NoteRows, PlacedLine, Relaying, Row } from './pages.js';
import { baselineIn, type Style } from './styles.js';
import type { Element } from './tags.js';

/** Where a text stands in the text area. */
export interface Place {
  /** From the left edge of the text area. */
  readonly x: number;
  readonly measure: number;
  /** The element that holds the text's own. */
  readonly container: Element;
}

export interface TextOptions {
  readonly style: Style;
  readonly place: Place;
  readonly owner: Element;
  /** Space above the first row. */
  readonly before: number;
  readonly anchors?: readonly Anchor[];
  /** Hangs from `x`, ends where the text begins or, if it is longer, takes the beginning of the first line. */
  readonly label?: {
    readonly label: Label;
    readonly x: number;
    readonly gap: number;
    readonly style: Style;
    readonly owner: Element;
    readonly backTo?: string;
    /** Whether it is put against the text rather than at x. */
    readonly close: boolean;
  };
}

/** What composing a text needs of the document around it. */
export interface Surroundings {
  readonly hyphenator: (language: string | undefined) => Hyphenator | null;
  readonly bindsLetters: (language: string | undefined) => boolean;
  /** Whether places count from the right edge of the text area. */
  readonly mirrored: boolean;
  /** A style for a text of some language of its own. */
  readonly styleIn: (style: Style, language: string | undefined) => Style;
  /** The rows of a footnote that is called here for the first time; null for one that has been called before. */
  readonly noteRows: (footnote: Footnote['eId'], container: Element) => readonly NoteRows[];
}

/** Sets a text. An empty one without a label gives one row of no height, which holds its pins. */
export function textRows(
  node: Pick<TextNode, 'language'> & { readonly content: readonly Inline[] },
  options: TextOptions,
  surroundings: Surroundings,
): Row[] {
  const { place, owner, label } = options;
  const { mirrored } = surroundings;
  const style = surroundings.styleIn(options.style, node.language);
  const hanging = label && label.label.width + label.gap > place.x - label.x ? label : undefined;
  const { lines, withoutHyphen } = setLines(node.content, {
    style,
    measure: place.measure,
    align: style.align,
    hyphenator: style.hyphenate ? surroundings.hyphenator(node.language) : null,
    bindsLetters: surroundings.bindsLetters(node.language),
    runIn: hanging ? hanging.x + hanging.label.width + hanging.gap - place.x : 0,
  });
  const baseline = baselineIn(style.leading, style);
  const paragraph: Relaying = {
    lines: (index, first, last) =>
      withoutHyphen(index, (fresh, current) => sameOutside(first, last, fresh, current)),
  };
  const rows: Row[] = [];
  for (const [index, line] of lines.entries()) {
    const notes = notesOf(line, place, surroundings);
    const runIn = index === 0 && hanging ? hanging.x + hanging.label.width + hanging.gap - place.x : 0;
    // A text that runs against its page begins at the page's other side.
    const against = line.rightToLeft !== mirrored && (line.rightToLeft || node.language !== undefined);
    const x = against ? place.x + place.measure - line.width : place.x + runIn;
    rows.push({
      height: style.leading,
      before: index === 0 ? options.before : 0,
      lines: [{ x, mirrored, baseline, line, style, owner }],
      notes,
      relay: { paragraph, index },
      break: index === 0 ? 'free' : index === 1 || index === lines.length - 1 ? 'never' : 'free',
    });
  }
  const first: Row = rows[0] ?? {
    height: label ? style.leading : 0,
    before: label ? options.before : 0,
    lines: [],
    break: 'free',
  };
  const own: PlacedLine[] = label
    ? [
        {
          x: label.close && !hanging ? place.x - label.gap - label.label.width : label.x,
          mirrored,
          baseline,
          line: label.label.line,
          style: label.style,
          owner: label.owner,
          ...(label.backTo !== undefined && { backTo: label.backTo }),
        },
      ]
    : [];
  rows[0] = { ...first, lines: [...own, ...first.lines], anchors: options.anchors ?? [] };
  return rows;
}

const none: readonly NoteRows[] = [];

/** The rows of the notes that are first called in a line. */
function notesOf({ pieces }: Line, { container }: Place, { noteRows }: Surroundings): readonly NoteRows[] {
  let notes: NoteRows[] | null = null;
  for (const piece of pieces)
    if (piece.kind === 'call') (notes ??= []).push(...noteRows(piece.call.footnote, container));
  return notes ?? none;
}

/** Whether other lines of a paragraph leave those outside a range, and the places of all calls, as they were. */
function sameOutside(first: number, last: number, fresh: readonly Line[], current: readonly Line[]): boolean {
  const calls = (line: Line | undefined) =>
    line?.pieces.map((piece) => (piece.kind === 'call' ? piece.call.footnote : '')).join('');
  const words = (line: Line | undefined) =>
    line?.pieces.map((piece) => ('text' in piece ? piece.text : piece.kind)).join('');
  return current.every(
    (line, index) =>
      calls(line) === calls(fresh[index]) &&
      ((index >= first && index <= last) || words(line) === words(fresh[index])),
  );
}
