/** What of a house template's settings and page is taken: what the page looks like, nothing that asks or protects. */
import { Element } from '../element.js';
import { compatibility, notesSetting } from '../properties.js';

/**
 * Of CT_Settings (ECMA-376 part 1, 17.15.1.78), in the schema's order. How notes are counted and where they stand is
 * the document's own: their printed marks depend on it.
 */
const taken = [
  'zoom',
  'mirrorMargins',
  'alignBordersAndEdges',
  'bordersDoNotSurroundHeader',
  'bordersDoNotSurroundFooter',
  'gutterAtTop',
  'defaultTabStop',
  'autoHyphenation',
  'consecutiveHyphenLimit',
  'hyphenationZone',
  'doNotHyphenateCaps',
  'evenAndOddHeaders',
  'bookFoldRevPrinting',
  'bookFoldPrinting',
  'bookFoldPrintingSheets',
  'noPunctuationKerning',
  'characterSpacingControl',
  'strictFirstAndLastChars',
  'noLineBreaksAfter',
  'noLineBreaksBefore',
  'footnotePr',
  'compat',
  'themeFontLang',
  'clrSchemeMapping',
  'decimalSymbol',
  'listSeparator',
] as const;

export function houseSettings(root: Element | undefined): readonly Element[] {
  const theirs = (root?.elements ?? []).filter(({ name }) => name !== 'w:footnotePr').map(plain);
  const own = theirs.some(({ name }) => name === 'w:compat') ? [notesSetting] : [notesSetting, compatibility];
  return sortedBy(taken, [...theirs, ...own]);
}

/** Of CT_SectPr (17.6.17), in the schema's order. */
const page = [
  'pgSz',
  'pgMar',
  'pgBorders',
  'lnNumType',
  'pgNumType',
  'cols',
  'vAlign',
  'titlePg',
  'textDirection',
  'rtlGutter',
  'docGrid',
] as const;

export const inPageOrder = (all: readonly Element[]): readonly Element[] => sortedBy(page, all);

export const housePage = (section: Element): readonly Element[] => inPageOrder(section.elements.map(plain));

/** Once each, in this order; what is not in it is left. */
const sortedBy = (order: readonly string[], all: readonly Element[]): Element[] =>
  order.flatMap((name) => all.find((one) => one.name === `w:${name}`) ?? []);

/** Without what other name spaces add. */
export function plain(element: Element): Element {
  return new Element(
    element.name,
    Object.fromEntries(Object.entries(element.attributes).filter(([key]) => key.startsWith('w:'))),
    element.elements.filter(({ name }) => name.startsWith('w:')).map(plain),
  );
}

/** The width of the text on such a page, in twips: of its first column where it has several. */
export function widthOn(all: readonly Element[], usual: number): number {
  const of = (name: string, attribute: string) => {
    const found = Number(all.find((one) => one.name === name)?.attribute(attribute));
    return Number.isFinite(found) ? found : undefined;
  };
  const width = of('w:pgSz', 'w:w');
  if (width === undefined) return usual;
  const text =
    width -
    (of('w:pgMar', 'w:left') ?? 0) -
    (of('w:pgMar', 'w:right') ?? 0) -
    (of('w:pgMar', 'w:gutter') ?? 0);
  const columns = all.find(({ name }) => name === 'w:cols');
  const first = Number(columns?.child('w:col')?.attribute('w:w'));
  const count = of('w:cols', 'w:num') ?? 1;
  const column = first > 0 ? first : (text - (count - 1) * (of('w:cols', 'w:space') ?? 720)) / count;
  return column >= 1000 ? Math.floor(column) : usual;
}

/** A font table without the faces themselves, which are not taken. */
export const houseFonts = (root: Element): readonly Element[] =>
  root.elements
    .filter(({ name }) => name === 'w:font')
    .map(plain)
    .map((font) => font.with(font.elements.filter(({ name }) => !name.startsWith('w:embed'))));
