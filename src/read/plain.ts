/**
 * The parser for plain text, as a unified `Parser`: text to lines, and lines to stanzas, every node with its
 * position. It decides nothing that needs a second look: what a line means is settled by `normalise`. Raw text never
 * goes through a Markdown grammar: that would take `C:\*x` for `C:*x` and renumber a list.
 *
 *     textRoot
 *       stanza          a run of lines with no empty line between them
 *         textLine      one physical line: its indentation and the place of its words
 */
import type { Node, Parent, Position } from 'unist';
import type { Plugin } from 'unified';
import { isWhiteSpace } from '../characters.js';

export interface TextLine extends Node {
  readonly type: 'textLine';
  /** The line's number, from 1. */
  readonly number: number;
  /** Offsets of the first character that is no white space, and one past the last such. */
  readonly start: number;
  readonly end: number;
  /** Columns before the first word; a tab goes to the next multiple of 8. */
  readonly indent: number;
  /** How many empty lines stand before it. */
  readonly emptyBefore: number;
  /** A form feed stands before it, or at its start. */
  readonly pageBefore: boolean;
  readonly position: Position;
}

export interface Stanza extends Parent {
  readonly type: 'stanza';
  readonly children: TextLine[];
  readonly position: Position;
}

export interface TextRoot extends Parent {
  readonly type: 'textRoot';
  readonly children: Stanza[];
  readonly position: Position;
}

/** A unified plugin: `unified().use(engrossParse).parse(text)` gives a `TextRoot`. */
export const engrossParse: Plugin<[], string, TextRoot> = function () {
  this.parser = (text) => parsePlainText(text);
};

/**
 * Splits a text into lines and stanzas. Line ends are LF, CRLF and a lone CR (and, inside a line, a form feed ends
 * a page but no line).
 * @param text decoded, without a byte-order mark
 */
export function parsePlainText(text: string): TextRoot {
  const stanzas: Stanza[] = [];
  let lines: TextLine[] = [];
  let emptyBefore = 0;
  let pageBefore = false;
  let number = 0;
  const close = () => {
    const [first] = lines;
    const last = lines.at(-1);
    if (first && last)
      stanzas.push({
        type: 'stanza',
        children: lines,
        position: { start: first.position.start, end: last.position.end },
      });
    lines = [];
  };
  for (let from = 0; from <= text.length;) {
    const to = lineEnd(text, from);
    number += 1;
    const line = textLine(text, from, to, number, emptyBefore, pageBefore);
    if (line === null) {
      if (lines.length > 0) close();
      emptyBefore += 1;
      pageBefore ||= text.slice(from, to).includes('\f');
    } else {
      if (line.pageBefore && lines.length > 0) close();
      lines.push(line);
      emptyBefore = 0;
      pageBefore = false;
    }
    if (to >= text.length) break;
    from = to + (text.charCodeAt(to) === 0x0d && text.charCodeAt(to + 1) === 0x0a ? 2 : 1);
  }
  close();
  return {
    type: 'textRoot',
    children: stanzas,
    position: {
      start: { line: 1, column: 1, offset: 0 },
      end: { line: number, column: 1, offset: text.length },
    },
  };
}

const lineEnds = /[\n\r]/g;

/** The offset of the line end at or after `from`, or the text's length. */
function lineEnd(text: string, from: number): number {
  lineEnds.lastIndex = from;
  return lineEnds.test(text) ? lineEnds.lastIndex - 1 : text.length;
}

function textLine(
  text: string,
  from: number,
  to: number,
  number: number,
  emptyBefore: number,
  pageBefore: boolean,
): TextLine | null {
  let start = from;
  let indent = 0;
  let page = pageBefore;
  while (start < to && isWhiteSpace(text.charCodeAt(start))) {
    const code = text.charCodeAt(start);
    if (code === 0x0c) [indent, page] = [0, true];
    else indent = code === 0x09 ? (Math.floor(indent / 8) + 1) * 8 : indent + 1;
    start++;
  }
  if (start === to) return null;
  let end = to;
  while (isWhiteSpace(text.charCodeAt(end - 1))) end--;
  return {
    type: 'textLine',
    number,
    start,
    end,
    indent,
    emptyBefore,
    pageBefore: page,
    position: {
      start: { line: number, column: start - from + 1, offset: start },
      end: { line: number, column: end - from + 1, offset: end },
    },
  };
}
