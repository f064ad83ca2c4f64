/**
 * Labels: printed numbers and bullets that hang before a paragraph. They are text, never a count. Points.
 */
import type { Document, Paragraph } from '../../document.js';
import { widthOf } from './faces.js';
import { markOf, type Piece, type TextStyle } from './items.js';
import { oneLineOf, type Line } from './lines.js';
import { isPlain } from './pieces.js';
import { isRightToLeft } from './scripts.js';
import { unspaced } from './spacing.js';

export interface Label {
  readonly line: Line;
  readonly width: number;
}

/** A label in its paragraph's type. The space after it is printed too: it keeps label and text apart for readers. */
export function labelOf(text: string, style: TextStyle): Label {
  const line = oneLineOf(text, style);
  const space = spaceIn(style);
  return { width: line.width, line: { ...line, trailing: [space], plain: line.plain && isPlain(space) } };
}

/** The marker of a note before its text, as its calls look. */
export function markerOf(marker: string, style: TextStyle): Label {
  const mark = markOf(marker, style);
  const width = (mark.shaped.width * mark.size) / 1000;
  const rightToLeft = isRightToLeft(style.family.script);
  const level = rightToLeft ? 1 : 0;
  const line: Line = {
    pieces: [{ kind: 'mark', mark, width, level }],
    ...unspaced,
    rightToLeft,
    trailing: [spaceIn(style)],
    hyphenated: false,
    plain: false,
    width,
  };
  return { width, line };
}

function spaceIn(style: TextStyle): Piece {
  const face = style.family.regular;
  const level = isRightToLeft(style.family.script) ? 1 : 0;
  return { kind: 'space', text: ' ', face, width: widthOf(face, ' ', style.size), stretches: false, level };
}

/** What hangs before a paragraph: its printed label, or its bullet; null where there is neither. */
export function labelText(paragraph: Paragraph): string | null {
  return paragraph.num ?? paragraph.marker ?? null;
}

/** An indent never takes more of the measure than this; a longer label begins its paragraph's first line instead. */
const widest = 0.28;

/**
 * How far the text of each level is indented from the level above: as the template says, or more where most labels
 * of the level need more.
 */
export function indentsOf(
  document: Document,
  style: TextStyle,
  least: number,
  gap: number,
  measure: number,
): (depth: number) => number {
  const widths: number[][] = [];
  const look = (paragraph: Paragraph, depth: number) => {
    const text = labelText(paragraph);
    if (text !== null && paragraph.role !== 'note') (widths[depth] ??= []).push(labelOf(text, style).width);
    for (const child of paragraph.children) look(child, depth + 1);
  };
  for (const block of [
    ...document.preamble,
    ...document.mainBody,
    ...document.conclusions,
    ...document.attachments.flatMap((attachment) => attachment.children),
  ])
    if (block.type === 'paragraph') look(block, 0);
  const indents = widths.map((level) => {
    const sorted = level.sort((one, other) => one - other);
    const most = sorted[Math.floor((sorted.length - 1) * 0.8)] ?? 0;
    return Math.max(least, most + gap <= measure * widest ? most + gap : least);
  });
  return (depth) => indents[depth] ?? least;
}
