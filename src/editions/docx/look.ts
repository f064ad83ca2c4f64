/** How the file looks: as the template says, or as its house template does. */
import type { Document } from '../../document.js';
import type { Template } from '../../template.js';
import type { Element } from './element.js';
import type { Looks } from './lists.js';
import { indentXml, labelledIndent, noteIndent, textWidth } from './measures.js';
import type { Part } from './package.js';
import { settingsOf } from './properties.js';
import { runningOf, type Running } from './running.js';
import { pageOf } from './section.js';
import { stylesXml } from './styles.js';

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

/** As the JSON template says. */
export function templateLook(document: Document, template: Template): Look {
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
