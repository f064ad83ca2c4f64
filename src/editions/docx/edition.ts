/**
 * The DOCX edition: a Word file with Word's own footnotes, styles, numbers, bookmarks and fields.
 *
 * The docx library writes the body, the notes, the heads and feet and their relationships; styles, numbering,
 * settings and properties are ours, since there the library has defaults of its own. It follows ECMA-376 (ISO/IEC
 * 29500), transitional.
 */
import { Packer, WordFile } from './library.js';
import type { Document } from '../../document.js';
import type { Context, Edition } from '../edition.js';
import { bodyOf } from './body.js';
import { footnotesOf } from './footnotes.js';
import { refuseForbidden } from './forbidden.js';
import { isRightToLeft } from './languages.js';
import { Notes } from './notes.js';
import { planNumbering } from './numbering.js';
import { repackaged } from './package.js';
import { Bookmarks } from './pins.js';
import { appXml, coreXml, settingsXml } from './properties.js';
import { feetOf, headsOf } from './running.js';
import { pageSizes, twips } from './measures.js';
import { stylesXml } from './styles.js';
import type { Writer } from './writer.js';

export const edition: Edition = {
  name: 'docx',
  extension: '.docx',
  summary: 'Word: native footnotes, named styles, real numbering, bookmarks as pins',
  render,
};

/** @throws Refusal where the document holds a character that XML forbids */
async function render(document: Document, context: Context): Promise<Uint8Array> {
  refuseForbidden(document);
  const { template } = context;
  const bookmarks = new Bookmarks();
  const notes = new Notes(document, bookmarks);
  const writer: Writer = {
    document,
    template,
    numbering: planNumbering(document, template),
    bookmarks,
    notes,
  };
  const children = bodyOf(writer, document);
  const { top, right, bottom, left } = template.page.margins;
  const file = new WordFile({
    footnotes: footnotesOf(writer, context.warn),
    sections: [
      {
        properties: {
          page: {
            size: pageSizes[template.page.size],
            margin: {
              top: twips(top),
              right: twips(right),
              bottom: twips(bottom),
              left: twips(left),
              header: twips(top / 2),
              footer: twips(bottom / 2),
            },
          },
          titlePage: !template.running.firstPageHead,
        },
        headers: headsOf(document, template),
        footers: feetOf(document, template),
        children,
      },
    ],
  });
  const parts = new Map([
    ['docProps/core.xml', coreXml(document, context)],
    ['docProps/app.xml', appXml],
    ['word/styles.xml', stylesXml(template, document.language)],
    ['word/numbering.xml', writer.numbering.xml],
    ['word/settings.xml', settingsXml(template)],
  ]);
  const written = await Packer.toBuffer(file);
  return repackaged(written, (name, xml) => parts.get(name) ?? revised(name, xml, document.language));
}

/** Mends what the library can't be told. */
function revised(name: string, whole: string, language: string): string {
  const xml = whole.replace(/^(<\?xml[^>]*\?>)?<w:\w+[^>]*>/, withoutSpareNamespaces);
  // Its separators hold an automatic footnote mark, at which Word may offer a repair, and direct formatting.
  if (name === 'word/footnotes.xml')
    return xml.replace(
      /(<w:footnote w:type="(?:separator|continuationSeparator)" w:id="(?:-1|0)">)<w:p>.*?(<w:r><w:(?:separator|continuationSeparator)\/><\/w:r>)<\/w:p>/g,
      '$1<w:p><w:pPr><w:pStyle w:val="FootnoteSeparator"/></w:pPr>$2</w:p>',
    );
  if (name === 'word/document.xml' && isRightToLeft(language))
    return xml.replace('<w:docGrid', '<w:bidi/><w:docGrid');
  return xml;
}

/** The library declares every name space that Word knows, thirty of them in each part; two are used. */
const withoutSpareNamespaces = (opening: string): string =>
  opening.replace(/ (?:xmlns:(?!w=|r=)\w+|mc:Ignorable)="[^"]*"/g, '');
