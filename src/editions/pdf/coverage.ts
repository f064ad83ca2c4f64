/**
 * Which characters can be printed: asked before anything is set, so that a missing glyph is named with its place
 * and never printed as a blank or a box.
 */
import {
  textNodes,
  textOf,
  type Diagnostic,
  type Document,
  type Emphasis,
  type TextNode,
} from '../../document.js';
import { diagnose, Refusal } from '../../report.js';
import { faceFor, type Face, type Family } from './faces.js';

/** Characters that have no ink by Unicode's own word (UAX #44, Default_Ignorable_Code_Point). */
const inkless = /^\p{Default_Ignorable_Code_Point}$/u;
const softHyphen = 0xad;

export type Fate = 'printed' | 'dropped' | 'missing';
const fates = new WeakMap<Face, Map<string, Fate>>();

/** What becomes of a character on the page: printed, left out because it has no ink, or not possible. */
export function fate(character: string, face: Face): Fate {
  let known = fates.get(face);
  if (!known) fates.set(face, (known = new Map<string, Fate>()));
  let end = known.get(character);
  if (end === undefined) known.set(character, (end = findFate(character, face)));
  return end;
}

function findFate(character: string, face: Face): Fate {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint === softHyphen) return 'dropped';
  if (isPlainSpace(character) || face.has(codePoint)) return 'printed';
  return inkless.test(character) ? 'dropped' : 'missing';
}

/** White space that prints as an ordinary space. */
export const isPlainSpace = (character: string): boolean =>
  /^[ \t\n\r\f\v\u0085\u2028\u2029]$/.test(character);

/** The face that sets some text: the one that its emphasis asks for, or where that lacks a character, the upright. */
export function faceThatHas(
  text: string,
  family: Family,
  emphasis: readonly Emphasis[] | undefined,
  bold: boolean,
): Face {
  const wanted = faceFor(family, emphasis, bold);
  for (const character of text)
    if (fate(character, wanted) === 'missing' && fate(character, family.regular) === 'printed')
      return family.regular;
  return wanted;
}

/** At most this many characters are named: a text in a script that the face lacks would name thousands. */
const mostNamed = 20;

/**
 * Looks at every character that will be printed.
 * @param extra further texts of the page (heads, feet) and how a message names them
 * @param warn takes a diagnostic for each node of which a character without ink is left out
 * @throws Refusal naming every character that the faces lack, with the first place of each
 */
export function checkCoverage(
  document: Document,
  family: Family,
  extra: readonly { readonly text: string; readonly name: string }[],
  warn: (diagnostic: Diagnostic) => void,
): void {
  const missing = new Map<string, Diagnostic>();
  const look = (
    text: string,
    place: string,
    where?: TextNode,
    emphasis?: readonly Emphasis[],
    bold = false,
  ) => {
    const face = faceThatHas(text, family, emphasis, bold);
    const dropped = new Set<string>();
    for (const character of text) {
      const end = fate(character, face);
      if (end === 'dropped') dropped.add(codeOf(character));
      if (end !== 'missing' || missing.has(character) || missing.size >= mostNamed) continue;
      missing.set(
        character,
        diagnose(
          'glyph-missing',
          `The face has no glyph for ${codeOf(character)} (${shown(character)}), which stands in ${place}.`,
          where && { line: where.source.line },
        ),
      );
    }
    if (dropped.size > 0)
      warn(
        diagnose(
          'edition-approximate',
          `The PDF leaves out ${[...dropped].join(', ')}, which has no ink, in ${place}.`,
          where && { line: where.source.line },
        ),
      );
  };
  for (const { node } of textNodes(document)) {
    const place = placeOf(node);
    const bold = node.type === 'heading' || node.type === 'docTitle';
    if ('num' in node && node.num !== null) look(node.num, place, node, undefined, bold);
    if (node.type === 'paragraph' && node.marker !== undefined) look(node.marker, place, node);
    if (node.type === 'footnote') look(node.marker, place, node);
    for (const inline of node.content)
      if (inline.type === 'text') look(inline.value, place, node, inline.emphasis, bold);
      else look(inline.marker, place, node);
  }
  for (const attachment of document.attachments)
    if (attachment.num !== null)
      look(attachment.num, `the label of ${attachment.eId}`, undefined, undefined, true);
  for (const { text, name } of extra) look(text, name);
  if (missing.size > 0) throw new Refusal(...missing.values());
}

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** The character itself, or nothing to look at where it would upset the line. */
const shown = (character: string): string =>
  /^[\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}]$/u.test(character) ? 'no visible character' : character;

function placeOf(node: TextNode): string {
  const num = 'num' in node && node.num !== null ? ` (${node.num})` : '';
  const words = textOf(node.content);
  const start = Array.from(words).slice(0, 24).join('');
  return `${node.eId}${num}: “${start}${start.length < words.length ? '…' : ''}”`;
}
