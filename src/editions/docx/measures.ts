/** Lengths as Word counts them: twips (1/20 point) for space, half points for type. Templates say points. */
import type { Template } from '../../template.js';

export const twips = (points: number): number => Math.round(points * 20);
export const halfPoints = (points: number): number => Math.round(points * 2);

/** In twips: ISO 216, and ANSI A. */
export const pageSizes = {
  A4: { width: 11_906, height: 16_838 },
  LETTER: { width: 12_240, height: 15_840 },
} as const;

/** The width of the text on a template's page, in twips. */
export function textWidth(template: Template): number {
  const { left, right } = template.page.margins;
  return pageSizes[template.page.size].width - twips(left) - twips(right);
}

/** Where text stands and how far out its label hangs, in twips. */
export interface Indent {
  readonly left: number;
  readonly hanging: number;
}

/** Sub-paragraphs deeper than this are set like the deepest. */
export const deepestSubParagraph = 5;
/** So are those in notes. */
export const deepestInNote = 3;

/** Of a labelled paragraph: 0 for one at the top, 1 for a sub-paragraph, whose label stands below its parent's text. */
export function labelledIndent(template: Template, depth: number): Indent {
  const step = twips(template.paragraph.indent);
  return { left: (Math.min(depth, deepestSubParagraph) + 1) * step, hanging: step };
}

/** Of a note: its mark hangs in half an indent, its sub-paragraphs' labels in a whole one. */
export function noteIndent(template: Template, depth: number): Indent {
  const step = Math.round(twips(template.paragraph.indent) / 2);
  if (depth === 0) return { left: step, hanging: step };
  return { left: step + Math.min(depth, deepestInNote) * 2 * step, hanging: 2 * step };
}

/** As ECMA-376 part 1, 17.3.1.12 writes it. */
export const indentXml = ({ left, hanging }: Indent): string =>
  `<w:ind w:left="${left}" w:hanging="${hanging}"/>`;
