/** The styles of the text: title block, headings, paragraphs, lists. */
import type { Template } from '../../template.js';
import { isRightToLeft } from './languages.js';
import { colour, justified, keep, size, space } from './looks.js';
import { deepestSubParagraph, halfPoints, indentXml, labelledIndent, twips } from './measures.js';
import { styleNumber, type Style } from './style.js';

export function proseStyles(template: Template, language: string): Style[] {
  const gap = template.paragraph.spacing;
  const direction = isRightToLeft(language) ? '<w:bidi/>' : '';
  const own = { type: 'paragraph', custom: true, basedOn: 'BodyText' } as const;
  return [
    {
      id: 'Normal',
      name: 'Normal',
      type: 'paragraph',
      priority: 0,
      paragraph: `<w:widowControl/>${direction}${space(template, 'body', 0, 0)}`,
    },
    {
      id: 'BodyText',
      name: 'Body Text',
      type: 'paragraph',
      basedOn: 'Normal',
      priority: 1,
      paragraph: `${space(template, 'body', 0, gap)}${justified(template)}`,
    },
    {
      ...own,
      id: 'NumberedParagraph',
      name: 'Numbered Paragraph',
      priority: 1,
      paragraph: indentXml(labelledIndent(template, 0)),
    },
    { ...own, id: 'PreambularParagraph', name: 'Preambular Paragraph', priority: 1 },
    {
      ...own,
      id: 'NumberedRecital',
      name: 'Numbered Recital',
      basedOn: 'PreambularParagraph',
      priority: 1,
      paragraph: indentXml(labelledIndent(template, 0)),
    },
    { ...own, id: 'OperativeParagraph', name: 'Operative Paragraph', priority: 1 },
    {
      id: 'Signature',
      name: 'Signature',
      type: 'paragraph',
      basedOn: 'Normal',
      priority: 9,
      paragraph: `${keep}${space(template, 'body', gap, 0)}`,
    },
  ];
}

export function titleStyles(template: Template): Style[] {
  const opening = '<w:suppressAutoHyphens/>';
  const dateline = `${colour(template, 'running')}${size(template, 'dateline')}`;
  const line = `${keep}${opening}${space(template, 'dateline', 0, 6)}`;
  const title = `${keep}${opening}${space(template, 'title', 6, 8)}<w:contextualSpacing/>`;
  const titleRun = `<w:b/><w:bCs/>${colour(template, 'title')}${size(template, 'title')}`;
  const own = { type: 'paragraph', custom: true, next: 'BodyText', priority: 10 } as const;
  return [
    {
      id: 'Title',
      name: 'Title',
      type: 'paragraph',
      basedOn: 'Normal',
      next: 'BodyText',
      priority: 10,
      paragraph: title,
      run: titleRun,
    },
    {
      id: 'Subtitle',
      name: 'Subtitle',
      type: 'paragraph',
      basedOn: 'Normal',
      next: 'BodyText',
      priority: 11,
      paragraph: `${keep}${opening}${space(template, 'subtitle', 0, 14)}`,
      run: `${colour(template, 'title')}${size(template, 'subtitle')}`,
    },
    {
      id: 'Date',
      name: 'Date',
      type: 'paragraph',
      basedOn: 'Normal',
      next: 'BodyText',
      priority: 10,
      paragraph: line,
      run: dateline,
    },
    { ...own, id: 'DocumentNumber', name: 'Document Number', basedOn: 'Date' },
    { ...own, id: 'Place', name: 'Place', basedOn: 'Date' },
    {
      ...own,
      id: 'AnnexNumber',
      name: 'Annex Number',
      basedOn: 'Date',
      paragraph: '<w:pageBreakBefore/>',
      run: '<w:b/><w:bCs/>',
    },
    {
      ...own,
      id: 'AnnexTitle',
      name: 'Annex Title',
      basedOn: 'Title',
      paragraph: `${space(template, 'heading1', 0, 12)}<w:outlineLvl w:val="0"/>`,
      run: halfway(template),
    },
  ];
}

/** An annex's title: between the document's and a heading. */
function halfway(template: Template): string {
  const half = halfPoints((template.sizes.title + template.sizes.heading1) / 2);
  return `<w:sz w:val="${half}"/><w:szCs w:val="${half}"/>`;
}

export function headingStyles(template: Template): Style[] {
  const before = { 1: 18, 2: 14, 3: 12 } as const;
  return ([1, 2, 3, 4, 5, 6] as const).map((level) => {
    const look = level === 1 ? 1 : level === 2 ? 2 : 3;
    return {
      id: `Heading${level}`,
      name: `heading ${level}`,
      type: 'paragraph',
      basedOn: 'Normal',
      next: 'BodyText',
      priority: 9,
      paragraph:
        `${keep}<w:suppressAutoHyphens/>${space(template, `heading${look}`, before[look], 6)}` +
        `<w:outlineLvl w:val="${level - 1}"/>`,
      run: `<w:b/><w:bCs/>${level > 3 ? '<w:i/><w:iCs/>' : ''}${colour(template, 'heading')}${size(template, `heading${look}`)}`,
    };
  });
}

/** Of a table of contents. */
export function contentsStyles(template: Template): Style[] {
  return [
    {
      id: 'TOCHeading',
      name: 'TOC Heading',
      type: 'paragraph',
      basedOn: 'Heading1',
      next: 'BodyText',
      priority: 39,
      paragraph: '<w:outlineLvl w:val="9"/>',
    },
    {
      id: 'AfterContents',
      name: 'After Contents',
      type: 'paragraph',
      custom: true,
      basedOn: 'Normal',
      next: 'BodyText',
      paragraph: `<w:spacing w:line="${twips(template.paragraph.spacing * 2)}" w:lineRule="exact"/>`,
    },
    ...([1, 2, 3] as const).map((level): Style => ({
      id: `TOC${level}`,
      name: `toc ${level}`,
      type: 'paragraph',
      basedOn: 'Normal',
      next: 'Normal',
      priority: 39,
      paragraph:
        `<w:suppressAutoHyphens/>${space(template, 'body', level === 1 ? 3 : 0, 0)}` +
        `<w:ind w:left="${(level - 1) * Math.round(twips(template.paragraph.indent) / 2)}"/>`,
    })),
  ];
}

/** How far in the text of each list style stands: a sub-paragraph of level 1 hangs below the text of its parent. */
export function listStyles(template: Template): Style[] {
  const styles: Style[] = [];
  for (let level = 1; level <= deepestSubParagraph; level++)
    styles.push(
      {
        id: `Subparagraph${level}`,
        name: `Sub-paragraph ${level}`,
        type: 'paragraph',
        custom: true,
        basedOn: 'BodyText',
        priority: 2,
        paragraph: indentXml(labelledIndent(template, level)),
      },
      {
        id: `ListBullet${styleNumber(level)}`,
        name: `List Bullet${level > 1 ? ` ${level}` : ''}`,
        type: 'paragraph',
        basedOn: 'BodyText',
        priority: 3,
        paragraph: `<w:numPr>${level > 1 ? `<w:ilvl w:val="${level - 1}"/>` : ''}<w:numId w:val="1"/></w:numPr>${indentXml(labelledIndent(template, level - 1))}`,
      },
      {
        id: `ListContinue${styleNumber(level)}`,
        name: `List Continue${level > 1 ? ` ${level}` : ''}`,
        type: 'paragraph',
        basedOn: 'BodyText',
        priority: 3,
        paragraph: `<w:ind w:left="${labelledIndent(template, level - 1).left}" w:firstLine="0"/>`,
      },
    );
  return styles;
}
