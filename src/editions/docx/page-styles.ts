/** The styles of what stands round the text: notes, heads and feet, marks in a line, tables. */
import type { Template } from '../../template.js';
import { colour, justified, keep, size, space } from './looks.js';
import { indentXml, noteIndent, textWidth, twips } from './measures.js';
import type { Style } from './style.js';

export function noteStyles(template: Template): Style[] {
  const prose = space(template, 'note', 0, 2);
  const own = { type: 'paragraph', custom: true, basedOn: 'FootnoteText', priority: 20 } as const;
  return [
    {
      id: 'FootnoteText',
      name: 'footnote text',
      type: 'paragraph',
      basedOn: 'Normal',
      priority: 20,
      paragraph: `${prose}${indentXml(noteIndent(template, 0))}${justified(template)}`,
      run: size(template, 'note'),
    },
    {
      ...own,
      id: 'FootnoteContinued',
      name: 'Footnote Continued',
      paragraph: `<w:ind w:left="${noteIndent(template, 0).left}" w:firstLine="0"/>`,
    },
    // A sub-label needs more room than a mark.
    ...[1, 2, 3].map((level) => ({
      ...own,
      id: `FootnoteSubparagraph${level}`,
      name: `Footnote Sub-paragraph ${level}`,
      paragraph: indentXml(noteIndent(template, level)),
    })),
    { ...own, id: 'UncalledNote', name: 'Uncalled Note', paragraph: space(template, 'note', 4, 6) },
    {
      ...own,
      id: 'FootnoteSeparator',
      name: 'Footnote Separator',
      basedOn: 'Normal',
      paragraph: '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>',
    },
  ];
}

export function pageStyles(template: Template): Style[] {
  const text = textWidth(template);
  const rule = template.colours.rule.slice(1).toUpperCase();
  const run = `${colour(template, 'running')}${size(template, 'running')}`;
  return [
    {
      id: 'Header',
      name: 'header',
      type: 'paragraph',
      basedOn: 'Normal',
      priority: 30,
      paragraph:
        `<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="${rule}"/></w:pBdr>` +
        `<w:tabs><w:tab w:val="right" w:pos="${text}"/></w:tabs><w:suppressAutoHyphens/>` +
        '<w:spacing w:line="240" w:lineRule="auto"/>',
      run,
    },
    {
      id: 'Footer',
      name: 'footer',
      type: 'paragraph',
      basedOn: 'Normal',
      priority: 30,
      paragraph:
        `<w:tabs><w:tab w:val="right" w:pos="${text}"/></w:tabs><w:suppressAutoHyphens/>` +
        '<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>',
      run,
    },
  ];
}

export function characterStyles(template: Template): Style[] {
  const base = { type: 'character', basedOn: 'DefaultParagraphFont' } as const;
  return [
    { id: 'DefaultParagraphFont', name: 'Default Paragraph Font', type: 'character', priority: 1 },
    { ...base, id: 'Emphasis', name: 'Emphasis', priority: 20, run: '<w:i/><w:iCs/>' },
    { ...base, id: 'Strong', name: 'Strong', priority: 22, run: '<w:b/><w:bCs/>' },
    {
      ...base,
      id: 'IntenseEmphasis',
      name: 'Intense Emphasis',
      priority: 21,
      run: '<w:b/><w:bCs/><w:i/><w:iCs/>',
    },
    {
      ...base,
      id: 'Hyperlink',
      name: 'Hyperlink',
      priority: 40,
      run: `${colour(template, 'link')}<w:u w:val="single"/>`,
    },
    {
      ...base,
      id: 'FootnoteReference',
      name: 'footnote reference',
      priority: 40,
      run: '<w:vertAlign w:val="superscript"/>',
    },
    {
      ...base,
      id: 'FootnoteReferenceBeforeAnother',
      name: 'Footnote Reference before Another',
      custom: true,
      basedOn: 'FootnoteReference',
      priority: 40,
      run: '<w:spacing w:val="40"/>',
    },
    {
      ...base,
      id: 'ParagraphNumber',
      name: 'Paragraph Number',
      custom: true,
      priority: 2,
      run: colour(template, 'label'),
    },
  ];
}

export function tableStyles(template: Template): Style[] {
  const rule = template.colours.rule.slice(1).toUpperCase();
  const border = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="${rule}"/>`;
  const margins = (top: number, left: number) =>
    `<w:tblCellMar><w:top w:w="${top}" w:type="dxa"/><w:left w:w="${left}" w:type="dxa"/>` +
    `<w:bottom w:w="${top}" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>`;
  const own = { custom: true, priority: 39 } as const;
  return [
    {
      id: 'TableNormal',
      name: 'Normal Table',
      type: 'table',
      priority: 99,
      table: `<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>${margins(0, 108)}</w:tblPr>`,
    },
    {
      ...own,
      id: 'DocumentTable',
      name: 'Document Table',
      type: 'table',
      basedOn: 'TableNormal',
      table:
        `<w:tblPr><w:tblBorders>${border('top')}${border('bottom')}${border('insideH')}</w:tblBorders>` +
        `${margins(40, 108)}</w:tblPr>`,
    },
    {
      ...own,
      id: 'SignatureTable',
      name: 'Signature Table',
      type: 'table',
      basedOn: 'TableNormal',
      table: `<w:tblPr>${margins(0, 0)}</w:tblPr>`,
    },
    { ...own, id: 'TableText', name: 'Table Text', type: 'paragraph', basedOn: 'Normal' },
    {
      ...own,
      id: 'TableHeading',
      name: 'Table Heading',
      type: 'paragraph',
      basedOn: 'TableText',
      paragraph: keep,
      run: `<w:b/><w:bCs/>${colour(template, 'heading')}`,
    },
    {
      ...own,
      id: 'AfterTable',
      name: 'After Table',
      type: 'paragraph',
      basedOn: 'Normal',
      next: 'BodyText',
      paragraph: `<w:spacing w:line="${twips(template.paragraph.spacing)}" w:lineRule="exact"/>`,
    },
  ];
}
