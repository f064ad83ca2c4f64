/** The part word/numbering.xml: the lists that the paragraphs were put into (ECMA-376 part 1, 17.9). */
import { escaped } from './element.js';
import type { Reading } from './labels.js';
import { deepestInNote, deepestSubParagraph } from './measures.js';
import { styleNumber } from './style.js';

/** What a list numbers. */
export type Kind = 'heading' | 'paragraph' | 'note';

/** A level of a list: its form and start, and what it numbers, which decides where its labels stand. */
export interface NumberLevel {
  readonly reading: Reading;
  readonly kind: Kind;
  /** How many labels the numbered paragraph is below. */
  readonly depth: number;
  /** The style of what it numbers, where kind and depth don't say it: of headings. */
  readonly style?: string | undefined;
}

export interface NumberList {
  readonly numId: number;
  /** The levels that are used; any other is undefined. */
  readonly levels: readonly (NumberLevel | undefined)[];
}

export interface BulletList {
  readonly kind: Kind;
  readonly numId: number;
  /** As the source has it. */
  readonly glyph: string;
}

/** What the levels of a list have of the styles. */
export interface Looks {
  /** The w:ind of a style. */
  readonly indent: (style: string, kind: Kind, level: number) => string;
  /** The style's id in the file. */
  readonly id: (style: string) => string;
}

/** Word has nine levels, 0 to 8. */
export const deepestLevel = 8;
/** The bullet that the List Bullet styles have of themselves: their list is the first. */
export const usualBullet = '•';

/** A definition and an instance for each list: Word counts by definition, so lists that share one disturb each other. */
export function numberingXml(lists: readonly (NumberList | BulletList)[], looks: Looks): string {
  const definitions = lists.map((list) => definition(list, looks)).join('');
  const instances = lists
    .map(({ numId }) => `<w:num w:numId="${numId}"><w:abstractNumId w:val="${numId}"/></w:num>`)
    .join('');
  return (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
    `${definitions}${instances}</w:numbering>`
  );
}

function definition(list: NumberList | BulletList, looks: Looks): string {
  // By this identity Word knows a list again in another file.
  const identity = list.numId.toString(16).toUpperCase().padStart(8, '0');
  return (
    `<w:abstractNum w:abstractNumId="${list.numId}"><w:nsid w:val="${identity}"/>` +
    '<w:multiLevelType w:val="multilevel"/>' +
    `${'glyph' in list ? bulletLevels(list, looks) : numberLevels(list, looks)}</w:abstractNum>`
  );
}

function numberLevels(list: NumberList, looks: Looks): string {
  // Not map: it would skip the levels that are not used.
  return Array.from(list.levels, (one, level) => {
    if (!one) return levelXml(level, { start: 1, format: 'none', text: '', place: '' });
    const { reading, kind, depth, style } = one;
    const { format, before, after, higher = 0 } = reading.form;
    const numbers = Array.from({ length: higher + 1 }, (_, index) => `%${level + 1 - higher + index}`);
    return levelXml(level, {
      start: reading.value,
      format,
      text: `${before}${numbers.join('.')}${after}`,
      place: placeOf(kind, depth, looks, style ?? labelledStyle(kind, depth)),
      // `Article 5` is wider than the space that labels hang in: after a tab texts would begin here and there.
      spaced: kind === 'heading' || /\p{L}/u.test(before),
    });
  }).join('');
}

function bulletLevels({ kind, glyph }: BulletList, looks: Looks): string {
  const styled = kind === 'paragraph' && glyph === usualBullet;
  return Array.from({ length: deepestLevel + 1 }, (_, level) =>
    levelXml(level, {
      start: 1,
      format: 'bullet',
      text: glyph,
      place: placeOf(kind, level, looks, kind === 'note' ? labelledStyle(kind, level) : bulletStyle(level)),
      ...(styled && level < 5 ? { style: looks.id(bulletStyle(level)) } : {}),
    }),
  ).join('');
}

/**
 * The level's own indent, which is its style's: Word would take the style's if this were absent, LibreOffice takes
 * none at all, or one of its own.
 */
const placeOf = (kind: Kind, level: number, looks: Looks, style: string): string =>
  `<w:pPr>${looks.indent(style, kind, level)}</w:pPr>`;

const bulletStyle = (level: number): string => `ListBullet${styleNumber(level + 1)}`;

/** The style of what is numbered at a level. */
function labelledStyle(kind: Kind, level: number): string {
  if (kind === 'note') return `FootnoteSubparagraph${Math.min(Math.max(level, 1), deepestInNote)}`;
  return level === 0 ? 'NumberedParagraph' : `Subparagraph${Math.min(level, deepestSubParagraph)}`;
}

interface Level {
  readonly start: number;
  readonly format: string;
  readonly text: string;
  /** The level's w:pPr. */
  readonly place: string;
  /** A space follows the label, not a tab. */
  readonly spaced?: boolean;
  /** The style that is of this level by itself. */
  readonly style?: string;
}

/** Without w:lvlJc a label begins where its paragraph does, on the left or on the right (ECMA-376 part 1, 17.9.7). */
function levelXml(level: number, { start, format, text, place, spaced, style }: Level): string {
  return (
    `<w:lvl w:ilvl="${level}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/>` +
    (style === undefined ? '' : `<w:pStyle w:val="${style}"/>`) +
    (format === 'none' ? '<w:suff w:val="nothing"/>' : spaced ? '<w:suff w:val="space"/>' : '') +
    `<w:lvlText w:val="${escaped(text)}"/>${place}</w:lvl>`
  );
}
