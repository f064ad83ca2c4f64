/**
 * The styles: all that a house changes to change the look.
 *
 * Word's own styles are used under Word's own names wherever it has one for the purpose; the others are named after
 * what an official document has. No paragraph or run of the edition says what a style says (exceptions: the
 * language, the direction, a page break before an annex, keeping a paragraph with its items).
 *
 * Lengths in Word: twips (1/20 point) for space, half points for type sizes.
 */
import type { Template } from '../../template.js';
import { escaped } from './element.js';
import { fontAttributes, languageAttributes } from './languages.js';
import { colour, size } from './looks.js';
import { characterStyles, noteStyles, pageStyles, tableStyles } from './page-styles.js';
import { contentsStyles, headingStyles, listStyles, proseStyles, titleStyles } from './prose-styles.js';
import type { Style } from './style.js';

const attributes = (all: Readonly<Record<string, string>>): string =>
  Object.entries(all)
    .map(([name, text]) => ` ${name}="${escaped(text)}"`)
    .join('');

/** Builds every style from the template. */
export function stylesOf(template: Template, language: string): readonly Style[] {
  return [
    ...proseStyles(template, language),
    ...titleStyles(template),
    ...headingStyles(template),
    ...contentsStyles(template),
    ...listStyles(template),
    ...noteStyles(template),
    ...pageStyles(template),
    ...characterStyles(template),
    ...tableStyles(template),
  ];
}

/** The part word/styles.xml (ECMA-376 part 1, 17.7). */
export function stylesXml(template: Template, language: string): string {
  const fonts = `<w:rFonts${attributes(fontAttributes(template.docx.face, language))}/>`;
  const tongue = attributes(languageAttributes(language));
  const defaults =
    `<w:docDefaults><w:rPrDefault><w:rPr>${fonts}${colour(template, 'text')}${size(template, 'body')}` +
    `${tongue === '' ? '' : `<w:lang${tongue}/>`}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`;
  return (
    `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${defaults}` +
    latentStyles +
    `${stylesOf(template, language).map(styleXml).join('')}</w:styles>`
  );
}

/**
 * Word's other styles stand after ours (17.7.4.5). That nothing else is said of them is what the standard takes for
 * granted; the order it does, too, but Word does not.
 */
const latentStyles = '<w:latentStyles w:defUIPriority="99"/>';

/** Those that Word applies where a paragraph, run or table names none. */
const defaultStyles = ['Normal', 'DefaultParagraphFont', 'TableNormal'];

/** One style. */
export function styleXml(style: Style): string {
  const isDefault = defaultStyles.includes(style.id);
  const hidden = style.id === 'DefaultParagraphFont' || style.id === 'TableNormal';
  return (
    `<w:style w:type="${style.type}"${isDefault ? ' w:default="1"' : ''}${style.custom ? ' w:customStyle="1"' : ''} w:styleId="${style.id}">` +
    `<w:name w:val="${style.name}"/>` +
    (style.basedOn === undefined ? '' : `<w:basedOn w:val="${style.basedOn}"/>`) +
    (style.next === undefined ? '' : `<w:next w:val="${style.next}"/>`) +
    (style.priority === undefined ? '' : `<w:uiPriority w:val="${style.priority}"/>`) +
    (hidden ? '<w:semiHidden/><w:unhideWhenUsed/>' : '<w:qFormat/>') +
    (style.paragraph ? `<w:pPr>${style.paragraph}</w:pPr>` : '') +
    (style.run ? `<w:rPr>${style.run}</w:rPr>` : '') +
    (style.table ?? '') +
    '</w:style>'
  );
}
