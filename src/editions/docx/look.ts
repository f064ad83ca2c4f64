/** How the file looks: as the template says, or as its house template does. */
import type { Document } from '../../document.js';
import type { Template } from '../../template.js';
import type { Context } from '../edition.js';
import { partOf, type Element } from './element.js';
import { openHouse, type House } from './house/house.js';
import { filledIn } from './house/heads.js';
import { inPageOrder, widthOn } from './house/settings.js';
import { houseStyles, renamed } from './house/styles.js';
import type { Looks } from './lists.js';
import { indentXml, labelledIndent, noteIndent, textWidth } from './measures.js';
import type { Part } from './package.js';
import { settingsOf } from './properties.js';
import { runningOf, type Running } from './running.js';
import { pageOf } from './section.js';
import { stylesOf, stylesXml } from './styles.js';

export interface Look {
  /** The part word/styles.xml. */
  readonly styles: string;
  /** Gives an element of ours the ids that its styles have in the file. */
  readonly styled: (element: Element) => Element;
  readonly lists: Looks;
  readonly settings: readonly Element[];
  readonly page: readonly Element[];
  /** In twips. */
  readonly textWidth: number;
  readonly running: readonly Running[];
  /** Theme, font table and pictures. */
  readonly parts: readonly Part[];
}

export async function lookOf(document: Document, context: Context): Promise<Look> {
  const { template } = context;
  const { house } = template.docx;
  return house === ''
    ? templateLook(document, template)
    : houseLook(document, template, openHouse(await context.asset(house), house));
}

function templateLook(document: Document, template: Template): Look {
  return {
    styles: stylesXml(template, document.language),
    styled: (element) => element,
    lists: { id: (style) => style, indent: indentIn(template) },
    settings: settingsOf(template),
    page: pageOf(template),
    textWidth: textWidth(template),
    running: runningOf(document, template),
    parts: [],
  };
}

const indentIn =
  (template: Template): Looks['indent'] =>
  (_, kind, level) => {
    if (kind === 'heading') return indentXml({ left: 0, hanging: 0 });
    return indentXml(kind === 'note' ? noteIndent(template, level) : labelledIndent(template, level));
  };

function houseLook(document: Document, template: Template, house: House): Look {
  const { language } = document;
  const styles = houseStyles(house.styles, stylesOf(template, language), language);
  const usual = indentIn(template);
  // A size or margins that the house leaves open are the template's.
  const open = pageOf(template).filter(
    ({ name }) => name !== 'w:titlePg' && !house.page.some((own) => own.name === name),
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
      indent: (style, kind, level) => styles.indent(style)?.xml() ?? usual(style, kind, level),
    },
    settings: house.settings,
    page,
    textWidth: widthOn(page, textWidth(template)),
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
