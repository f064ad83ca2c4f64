/** The page: its size and margins, and which heads and feet it has (ECMA-376 part 1, 17.6). */
import type { Template } from '../../template.js';
import { Element, value } from './element.js';
import { pageSizes, twips } from './measures.js';
import { relationId } from './package.js';
import type { Running } from './running.js';

/** What a template says of the page: children of w:sectPr in the schema's order. */
export function pageOf(template: Template): readonly Element[] {
  const { lineNumbers, margins } = template.page;
  const { top, right, bottom, left } = margins;
  const { width, height } = pageSizes[template.page.size];
  return [
    new Element('w:pgSz', { 'w:w': width, 'w:h': height }),
    new Element('w:pgMar', {
      'w:top': twips(top),
      'w:right': twips(right),
      'w:bottom': twips(bottom),
      'w:left': twips(left),
      'w:header': twips(top / 2),
      'w:footer': twips(bottom / 2),
      'w:gutter': 0,
    }),
    ...(lineNumbers > 0
      ? [new Element('w:lnNumType', { 'w:countBy': lineNumbers, 'w:restart': 'newPage' })]
      : []),
    ...(template.running.firstPageHead ? [] : [value('w:titlePg')]),
  ];
}

/** The section's properties: after the last paragraph, they are those of the whole document. */
export function sectionOf(
  page: readonly Element[],
  running: readonly Running[],
  rightToLeft: boolean,
): Element {
  const references = running.map(
    ({ pages, part }) =>
      new Element(`w:${part.kind}Reference`, { 'w:type': pages, 'r:id': relationId(part) }),
  );
  const own = page.filter(({ name }) => name !== 'w:bidi');
  const after = own.findIndex(({ name }) => name === 'w:rtlGutter' || name === 'w:docGrid');
  const at = after < 0 ? own.length : after;
  const direction = rightToLeft ? [value('w:bidi')] : [];
  return new Element('w:sectPr', {}, [...references, ...own.slice(0, at), ...direction, ...own.slice(at)]);
}
