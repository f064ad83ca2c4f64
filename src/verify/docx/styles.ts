/** What the names of styles say of a paragraph. */
import type { Standing, UnitKind } from '../flat.js';
import { allOf, childOf, valueOf, type XmlElement } from './xml.js';

/**
 * Styles by their ids: the names, by which Word knows them in any language, small and without spaces. (A name that a
 * house template has for a style of its own is told apart by “(Engross)”.)
 */
export function stylesIn(part: XmlElement | undefined): ReadonlyMap<string, string> {
  const styles = new Map<string, string>();
  for (const style of part ? allOf(part, 'w:style') : [])
    styles.set(
      style.attributes.get('w:styleId') ?? '',
      (valueOf(childOf(style, 'w:name')) ?? '').replace(/ \(Engross\)$| /g, '').toLowerCase(),
    );
  return styles;
}

/** What a paragraph of a style is. @param kind what it is by its place */
export function kindOf(style: string, kind: UnitKind): UnitKind {
  if (style === 'title' || style === 'annextitle') return 'title';
  if (style === 'annexnumber') return 'label';
  if (style === 'signature' && kind === 'paragraph') return 'signature';
  return /^heading\d$/.test(style) ? 'heading' : kind;
}

/** What a style says of where a paragraph of the text stands. @param within the bookmarks around it */
export function standingOf(style: string, within: readonly string[]): Standing {
  const role = rolesByStyle.get(style);
  if (role !== undefined) {
    const isTold = role !== 'note' && !role.startsWith('doc');
    return { within, roles: [role], ...(isTold && { indents: 0 }) };
  }
  const [, heading] = /^heading(\d)$/.exec(style) ?? [];
  if (heading !== undefined) return { within, level: Number(heading), isDeepest: heading === '6' };
  const [, list, number] = /^(sub-paragraph|listbullet|listcontinue)(\d?)$/.exec(style) ?? [];
  if (list === undefined) {
    if (style === 'bodytext') return { within, roles: bare, indents: 0 };
    return { within, ...(style === 'numberedparagraph' && { roles: prose, indents: 0 }) };
  }
  const level = Number(number ?? '') || 1;
  return {
    within,
    roles: prose,
    indents: list === 'listbullet' ? level - 1 : level,
    isDeepest: level === 5,
  };
}

/** By the names of styles. */
const rolesByStyle: ReadonlyMap<string, string> = new Map([
  ['title', 'docTitle'],
  ['annextitle', 'docTitle'],
  ['subtitle', 'subtitle'],
  ['date', 'docDate'],
  ['documentnumber', 'docNumber'],
  ['place', 'place'],
  ['preambularparagraph', 'preambular'],
  ['numberedrecital', 'preambular'],
  ['operativeparagraph', 'operative'],
  ['uncallednote', 'note'],
]);
/** What has no style of its own for its role. */
const bare = ['plain', 'numbered', 'item', 'wrapUp'];
/** With a label or below others these look like them. */
const prose = [...bare, 'operative', 'preambular'];
