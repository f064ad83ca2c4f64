/**
 * What the fonts of a PDF tell of emphasis, by their names: a slanted one where the words around are upright, a bold one
 * where they are not.
 */
import type { PageText } from './glyphs.js';

/** What the fonts of a file can tell. */
export interface Fonts {
  /** Whether it has a slanted, and a bold font of its main family, and the usual one is neither. */
  readonly tells: { readonly emphasis: boolean; readonly strong: boolean };
  /** What a font marks; `untold` for one of another family, which may have no other faces. */
  readonly marksOf: (font: string) => readonly string[];
}

/** The part of a font's name before the style, and the style. */
function partsOf(font: string): { readonly family: string; readonly style: string } {
  const at = font.search(/[-,][^-,]*$/);
  return at < 0 ? { family: font, style: '' } : { family: font.slice(0, at), style: font.slice(at + 1) };
}

// Adobe's fonts are called It and BoldIt.
const slanted = /ital|obli|(?:^|bold|black|light|medium|book)it$/i;
const bold = /bold|black|heavy|demi/i;

/** The fonts of some pages. */
export function fontsOf(pages: readonly PageText[]): Fonts {
  const shown = new Map<string, number>();
  for (const { marked } of pages)
    for (const pieces of marked.values())
      for (const { text, font } of pieces) shown.set(font, (shown.get(font) ?? 0) + text.length);
  const usual = [...shown].reduce<readonly [string, number]>(
    (most, one) => (one[1] > most[1] ? one : most),
    ['', 0],
  );
  const { family, style } = partsOf(usual[0]);
  const own = [...shown.keys()].map(partsOf).filter((one) => one.family === family);
  const tells = (pattern: RegExp) => !pattern.test(style) && own.some((one) => pattern.test(one.style));
  return {
    tells: { emphasis: tells(slanted), strong: tells(bold) },
    marksOf: (font) => {
      const parts = partsOf(font);
      if (parts.family !== family) return ['untold'];
      return [
        ...(slanted.test(parts.style) ? ['emphasis'] : []),
        ...(bold.test(parts.style) ? ['strong'] : []),
      ];
    },
  };
}
