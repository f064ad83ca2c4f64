/** What the file says of itself: its core properties, and the settings of the document. */
import type { Document } from '../../document.js';
import type { Template } from '../../template.js';
import { fileDate, type Context } from '../edition.js';
import { Element, escaped, value } from './element.js';
import { twips } from './measures.js';

const element = (name: string, words: string | null): string =>
  words === null || words === '' ? '' : `<${name}>${escaped(words)}</${name}>`;

/**
 * The part docProps/core.xml (ECMA-376 part 2, clause 11): no clock, no user's name. There are no extended properties
 * (part 1, 15.2.12.3): what made the file stands here, and counts of pages and words are Word's.
 */
export function coreXml(document: Document, context: Context): string {
  const date = `${fileDate(document, context)}T00:00:00Z`;
  const keywords = [document.documentType, document.symbol, document.place].filter((word) => word !== null);
  const { file, sha256 } = document.source;
  return (
    `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    element('dc:title', document.title === '' ? document.id : document.title) +
    element('dc:subject', document.subtitle) +
    element('dc:creator', document.issuer) +
    element('cp:keywords', keywords.join('; ')) +
    element('dc:description', `Made by Engross ${context.version} from ${file}, SHA-256 ${sha256}`) +
    element('dc:language', document.language === 'und' ? null : document.language) +
    element('dc:identifier', document.symbol) +
    element('cp:category', document.documentType) +
    element('cp:revision', '1') +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${date}</dcterms:created>` +
    `<dcterms:modified xsi:type="dcterms:W3CDTF">${date}</dcterms:modified>` +
    '</cp:coreProperties>'
  );
}

/** Children of w:settings as the template says (ECMA-376 part 1, 17.15.1.78), in the schema's order. */
export function settingsOf(template: Template): readonly Element[] {
  const hyphenation = [
    value('w:autoHyphenation'),
    value('w:consecutiveHyphenLimit', 3),
    value('w:doNotHyphenateCaps'),
  ];
  return [
    value('w:defaultTabStop', Math.max(twips(template.paragraph.indent), 120)),
    ...(template.paragraph.hyphenate ? hyphenation : []),
    value('w:characterSpacingControl', 'doNotCompress'),
    notesSetting,
    compatibility,
  ];
}

/** Which notes are the rule above the others. */
export const notesSetting = new Element(
  'w:footnotePr',
  {},
  [-1, 0].map((id) => new Element('w:footnote', { 'w:id': id })),
);

/** Laid out as by Word 2013 and later, not in a mode for older files. */
export const compatibility = new Element(
  'w:compat',
  {},
  (
    [
      ['compatibilityMode', 15],
      ['overrideTableStyleFontSizeAndJustification', 1],
      ['enableOpenTypeFeatures', 1],
      ['doNotFlipMirrorIndents', 1],
      ['differentiateMultirowTableHeaders', 1],
    ] as const
  ).map(
    ([name, val]) =>
      new Element('w:compatSetting', {
        'w:name': name,
        'w:uri': 'http://schemas.microsoft.com/office/word',
        'w:val': val,
      }),
  ),
);
