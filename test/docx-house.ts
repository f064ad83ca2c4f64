/** House templates made for a test: a .dotx as Word would write it, and ways to spoil it. */
import { strToU8, zipSync, type Zippable } from 'fflate';

export const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const types = 'application/vnd.openxmlformats-officedocument';

export type Parts = Readonly<Record<string, string | Uint8Array>>;

const relation = (id: string, kind: string, target: string, more = '') =>
  `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"${more}/>`;

export const relations = (...entries: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries.join('')}</Relationships>`;

export { relation };

/** A PNG of one pixel. */
export const pixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);

const drawing =
  '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">' +
  '<wp:extent cx="360000" cy="360000"/><wp:docPr id="1" name="Crest" descr="The crest of the ministry"/>' +
  '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">' +
  '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="crest.png"/><pic:cNvPicPr/></pic:nvPicPr>' +
  '<pic:blipFill><a:blip r:embed="rId7"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>' +
  '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>' +
  '</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>';

const field = (code: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${code} </w:instrText></w:r>` +
  '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>';

export const head = (content: string) =>
  `<w:hdr ${w} ${r}><w:p><w:pPr><w:pStyle w:val="Kopfzeile"/><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr>${content}</w:p></w:hdr>`;

const foot = (content: string) =>
  `<w:ftr ${w} ${r}><w:p><w:bookmarkStart w:id="1" w:name="para_1"/>${content}<w:bookmarkEnd w:id="1"/></w:p></w:ftr>`;

const style = (id: string, name: string, rest: string, more = '') =>
  `<w:style w:type="paragraph" w:styleId="${id}"${more}><w:name w:val="${name}"/>${rest}</w:style>`;

const many = (count: number, content: string) => content.repeat(count);
const fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>';
const theme =
  '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Ministry"><a:themeElements><a:clrScheme name="Ministry">' +
  [
    'dk1',
    'lt1',
    'dk2',
    'lt2',
    'accent1',
    'accent2',
    'accent3',
    'accent4',
    'accent5',
    'accent6',
    'hlink',
    'folHlink',
  ]
    .map((name) => `<a:${name}><a:srgbClr val="123456"/></a:${name}>`)
    .join('') +
  '</a:clrScheme><a:fontScheme name="Ministry">' +
  ['major', 'minor']
    .map(
      (name) =>
        `<a:${name}Font><a:latin typeface="Garamond"/><a:ea typeface=""/><a:cs typeface=""/></a:${name}Font>`,
    )
    .join('') +
  `</a:fontScheme><a:fmtScheme name="Ministry"><a:fillStyleLst>${many(3, fill)}</a:fillStyleLst>` +
  `<a:lnStyleLst>${many(3, `<a:ln w="6350">${fill}</a:ln>`)}</a:lnStyleLst>` +
  `<a:effectStyleLst>${many(3, '<a:effectStyle><a:effectLst/></a:effectStyle>')}</a:effectStyleLst>` +
  `<a:bgFillStyleLst>${many(3, fill)}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`;

/** A ministry's template as a German Word names its styles: with numbered headings, a crest, a theme, a font table. */
export const ministry: Parts = {
  '[Content_Types].xml':
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>' +
    `<Override PartName="/word/document.xml" ContentType="${types}.wordprocessingml.template.main+xml"/>` +
    `<Override PartName="/word/styles.xml" ContentType="${types}.wordprocessingml.styles+xml"/></Types>`,
  '_rels/.rels': relations(relation('rId1', 'officeDocument', 'word/document.xml')),
  'word/document.xml':
    `<w:document ${w} ${r}><w:body><w:p><w:r><w:t>Words of the template, which are not taken.</w:t></w:r></w:p>` +
    '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>' +
    '<w:footnotePr><w:numFmt w:val="upperRoman"/></w:footnotePr>' +
    '<w:pgSz w:w="10000" w:h="14000"/><w:pgMar w:top="2000" w:right="1000" w:bottom="1500" w:left="1500" w:header="700" w:footer="600" w:gutter="0"/>' +
    '<w:titlePg/><w:docGrid w:linePitch="360"/></w:sectPr></w:body></w:document>',
  'word/_rels/document.xml.rels': relations(
    relation('rId1', 'styles', 'styles.xml'),
    relation('rId2', 'settings', 'settings.xml'),
    relation('rId3', 'theme', 'theme/theme1.xml'),
    relation('rId4', 'header', 'header7.xml'),
    relation('rId5', 'header', 'header8.xml'),
    relation('rId6', 'footer', 'footer9.xml'),
    relation('rId7', 'fontTable', 'fontTable.xml'),
    relation('rId8', 'numbering', 'numbering.xml'),
  ),
  'word/styles.xml':
    `<w:styles ${w}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Garamond" w:hAnsi="Garamond"/><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>` +
    style('Standard', 'Normal', '<w:pPr><w:spacing w:after="60"/></w:pPr>', ' w:default="1"') +
    '<w:style w:type="character" w:default="1" w:styleId="Absatz-Standardschriftart"><w:name w:val="Default Paragraph Font"/></w:style>' +
    style(
      'berschrift1',
      'heading 1',
      '<w:basedOn w:val="Standard"/><w:pPr><w:keepNext/><w:numPr><w:numId w:val="4"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:smallCaps/></w:rPr>',
    ) +
    style(
      'Titel',
      'Title',
      '<w:basedOn w:val="Standard"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="60"/></w:rPr>',
    ) +
    style('Kopfzeile', 'header', '<w:basedOn w:val="Standard"/>') +
    style(
      'Aufzhlungszeichen',
      'List Bullet',
      '<w:basedOn w:val="Standard"/><w:pPr><w:keepLines/><w:numPr><w:numId w:val="2"/></w:numPr><w:ind w:left="999" w:hanging="333"/></w:pPr>',
    ) +
    style('Nummeriert', 'Numbered Paragraph', '<w:basedOn w:val="Textkoerper"/>', ' w:customStyle="1"') +
    style(
      'Textkoerper',
      'Body Text',
      '<w:basedOn w:val="Standard"/><w:pPr><w:ind w:left="850" w:hanging="850"/></w:pPr><w:rPr><w:lang w:val="de-DE"/></w:rPr>',
    ) +
    // The id of ours, the name of another.
    style('Place', 'Ort und Tag', '<w:basedOn w:val="Standard"/>', ' w:customStyle="1"') +
    // The name of ours, of another type.
    '<w:style w:type="character" w:customStyle="1" w:styleId="RecitalChar"><w:name w:val="Numbered Recital"/></w:style></w:styles>',
  'word/settings.xml':
    `<w:settings ${w}><w:zoom w:percent="90"/><w:mirrorMargins/><w:trackRevisions/><w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:defaultTabStop w:val="708"/>` +
    '<w:autoHyphenation w:val="0"/><w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr><w:themeFontLang w:val="de-DE"/><w:decimalSymbol w:val=","/></w:settings>',
  'word/theme/theme1.xml': theme,
  'word/fontTable.xml': `<w:fonts ${w} ${r}><w:font w:name="Garamond"><w:charset w:val="00"/><w:family w:val="roman"/><w:embedRegular r:id="rId1"/></w:font></w:fonts>`,
  'word/numbering.xml': `<w:numbering ${w}/>`,
  'word/header7.xml': head('<w:r><w:t>{title} – {symbol}, {date}</w:t></w:r>'),
  'word/header8.xml': head(drawing),
  'word/_rels/header8.xml.rels': relations(relation('rId7', 'image', 'media/crest.png')),
  'word/media/crest.png': pixel,
  'word/footer9.xml': foot(field('PAGE')),
};

/** The template as a file; a part that is null is left out. */
export function dotx(changes: Readonly<Record<string, string | Uint8Array | null>> = {}): Uint8Array {
  const files: Zippable = {};
  for (const [name, content] of Object.entries({ ...ministry, ...changes }))
    if (content !== null) files[name] = typeof content === 'string' ? strToU8(content) : content;
  return zipSync(files, { mtime: new Date(2020, 5, 5) });
}

/** The place of some bytes in others, from `from`. */
export function placeOf(bytes: Uint8Array, wanted: readonly number[], from = 0): number {
  for (let at = from; at <= bytes.length - wanted.length; at++)
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  throw new Error('not there');
}
