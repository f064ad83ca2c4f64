/** How a file looks that is made after a house template. */
import type { Document } from '../../../document.js';
import type { Template } from '../../../template.js';
import { partOf } from '../element.js';
import type { Look } from '../look.js';
import { stylesOf } from '../styles.js';
import { filledIn } from './heads.js';
import { openHouse } from './house.js';
import { inPageOrder, widthOn } from './settings.js';
import { houseStyles, renamed } from './styles.js';

/**
 * The look of a house template.
 * @param own what the JSON template alone would make of it: the house's gaps are filled from it
 * @throws Refusal where the house template is not to be taken
 */
export function houseLook(document: Document, template: Template, own: Look, bytes: Uint8Array): Look {
  const house = openHouse(bytes, template.docx.house);
  const { language } = document;
  const styles = houseStyles(house.styles, stylesOf(template, language), language);
  // A size or margins that the house leaves open are the template's.
  const open = own.page.filter(
    ({ name }) => name !== 'w:titlePg' && !house.page.some((one) => one.name === name),
  );
  const page = inPageOrder([...house.page, ...open]);
  const places = {
    title: document.title,
    date: document.datePrinted ?? document.date ?? '',
    symbol: document.symbol ?? '',
  };
  return {
    styles: styles.xml,
    styled: (element) => renamed(element, styles.ids),
    lists: {
      id: (style) => styles.ids.get(style) ?? style,
      indent: (style, kind, level) => styles.indent(style)?.xml() ?? own.lists.indent(style, kind, level),
    },
    settings: house.settings,
    page,
    textWidth: widthOn(page, own.textWidth),
    running: house.running.map(({ pages, part }) => ({
      pages,
      part: { ...part, content: filledIn(String(part.content), places) },
    })),
    parts: [
      ...(house.fonts.length > 0
        ? [{ name: 'fontTable.xml', kind: 'fontTable', content: partOf('w:fonts', house.fonts) } as const]
        : []),
      ...house.parts,
    ],
  };
}
