/** What every composing function works with: the document, its look, and what has been composed so far. */
import type { Document } from '../../document.js';
import type { Template } from '../../template.js';
import type { Anchor, Row } from './pages.js';
import type { Surroundings } from './rows.js';
import type { Styles } from './styles.js';
import type { Tag } from './tags.js';

export interface Composer extends Surroundings {
  readonly document: Document;
  readonly template: Template;
  readonly styles: Styles;
  /** Of the text area, in points. */
  readonly measure: number;
  readonly indent: (depth: number) => number;
  readonly headings: HeadingLevels;
}

/** The levels of headings in the tree: the first is H1, and none is skipped on the way down (ISO 14289-1, 7.4.2). */
export interface HeadingLevels {
  /** The tag for a heading whose rank is wanted, 1 being the document's title. */
  readonly tag: (wanted: number) => Tag;
  /** The level of the last heading, for the bookmarks below it. */
  current: number;
}

const headingTags = ['H1', 'H2', 'H3', 'H4', 'H5', 'H6'] as const satisfies readonly Tag[];

/** The levels of a document that is about to be composed. */
export function headingLevels(): HeadingLevels {
  let last = 0;
  return {
    current: 0,
    tag: (wanted) => {
      last = Math.max(1, Math.min(wanted, last + 1, 6));
      return headingTags[last - 1] ?? 'H6';
    },
  };
}

/** A pin, with a bookmark where it has a title. `level` 0 is the highest. */
export const anchor = (name: string, title: string | null, level: number): Anchor =>
  title === null || title.trim() === '' ? { name } : { name, bookmark: { title: title.trim(), level } };

/** A text without words still has its pin. */
export const anchorOnly = (name: string): Row[] => [
  { height: 0, before: 0, lines: [], anchors: [{ name }], break: 'free' },
];
