/** The looks that several styles share, from the template. */
import type { Template } from '../../template.js';
import { halfPoints, twips } from './measures.js';

export const colour = (template: Template, name: keyof Template['colours']): string =>
  `<w:color w:val="${template.colours[name].slice(1).toUpperCase()}"/>`;

type Size = keyof Template['leading'];

export const size = (template: Template, name: keyof Template['sizes']): string => {
  const half = halfPoints(template.sizes[name]);
  return `<w:sz w:val="${half}"/><w:szCs w:val="${half}"/>`;
};

/** Space before and after, and lines that grow where a character is higher than the template's leading. */
export const space = (template: Template, name: Size, before: number, after: number): string =>
  `<w:spacing w:before="${twips(before)}" w:after="${twips(after)}" w:line="${twips(template.leading[name])}" w:lineRule="atLeast"/>`;

export const keep = '<w:keepNext/><w:keepLines/>';
export const justified = (template: Template): string =>
  template.paragraph.align === 'justify' ? '<w:jc w:val="both"/>' : '';
