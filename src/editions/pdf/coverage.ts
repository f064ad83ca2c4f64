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
import { faceFor, symbols, type Face, type Family } from './faces.js';
import { isRightToLeft, plainEurope, scriptOf, wideInEast } from './scripts.js';

/** Characters that have no ink by Unicode's own word (UAX #44, Default_Ignorable_Code_Point). */
const inkless = /^\p{Default_Ignorable_Code_Point}$/u;
const softHyphen = 0xad;

export type Fate = 'printed' | 'dropped' | 'missing';

/** By code point, 0 not having been asked for yet; of each face the characters of the Basic Multilingual Plane and the rest. */
interface Fates {
  readonly basic: Uint8Array;
  readonly others: Map<number, number>;
  /** How many characters have been asked for. */
  asked: number;
  /** Texts of what the face prints of the commonest characters alone; made once it is worth while. */
  common: RegExp | null;
}
const kinds: readonly Fate[] = ['printed', 'printed', 'dropped', 'missing'];
const fates = new WeakMap<Face, Fates>();
const printed = 1;

function fatesOf(face: Face): Fates {
  let known = fates.get(face);
  if (!known)
    fates.set(face, (known = { basic: new Uint8Array(0x10000), others: new Map(), asked: 0, common: null }));
  return known;
}

function look({ basic, others }: Fates, codePoint: number, face: Face): number {
  const known = codePoint < 0x10000 ? basic[codePoint] : others.get(codePoint);
  if (known) return known;
  const found = kinds.lastIndexOf(findFate(String.fromCodePoint(codePoint), face));
  if (codePoint < 0x10000) basic[codePoint] = found;
  else others.set(codePoint, found);
  return found;
}

/** What becomes of a character on the page: printed, left out because it has no ink, or not possible. */
export const fate = (character: string, face: Face): Fate =>
  kinds[look(fatesOf(face), character.codePointAt(0) ?? 0, face)] ?? 'missing';

/** After so many characters a pattern is made of the commonest, which a text is held against faster than one by one. */
const worthWhile = 4000;

/** ASCII, the letters of Western Europe, dashes and quotation marks: the first and last of each. */
const commonest = [
  [0x20, 0x7e],
  [0xa1, 0xac],
  [0xae, 0xff],
  [0x2010, 0x2026],
] as const;

/** Texts of those of the commonest characters that a face prints. */
function commonIn(known: Fates, face: Face): RegExp {
  const ranges: string[] = [];
  const escaped = (codePoint: number) => `\\u${codePoint.toString(16).padStart(4, '0')}`;
  for (const [first, last] of commonest) {
    let from = first;
    for (let codePoint = first; codePoint <= last + 1; codePoint++) {
      if (codePoint <= last && look(known, codePoint, face) === printed) continue;
      if (codePoint > from) ranges.push(`${escaped(from)}-${escaped(codePoint - 1)}`);
      from = codePoint + 1;
    }
  }
  return new RegExp(ranges.length > 0 ? `^[${ranges.join('')}]*$` : '^$');
}

/** Whether every character of a text has a fate that is no worse than some: all are printed, or none is missing. */
function allAre(text: string, face: Face, worst: number): boolean {
  const known = fatesOf(face);
  if (known.common?.test(text)) return true;
  known.asked += text.length;
  if (!known.common && known.asked > worthWhile) known.common = commonIn(known, face);
  const { basic } = known;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const surrogate = unit >= 0xd800 && unit < 0xe000;
    const codePoint = surrogate ? (text.codePointAt(at) ?? 0) : unit;
    if (codePoint > 0xffff) at += 1;
    const end = (surrogate ? 0 : basic[unit]) || look(known, codePoint, face);
    if (end > worst) return false;
  }
  return true;
}

/** Whether a face prints every character of a text. */
export const prints = (text: string, face: Face): boolean => allAre(text, face, printed);

function findFate(character: string, face: Face): Fate {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint === softHyphen) return 'dropped';
  if (isPlainSpace(character)) return 'printed';
  // Some faces have glyphs for controls: of NUL no text of a PDF/A may say it (ISO 19005-2, 6.2.11.7.2), and of the others
  // readers say something else.
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return 'missing';
  if (face.has(codePoint)) return 'printed';
  return inkless.test(character) ? 'dropped' : 'missing';
}

/** White space that prints as an ordinary space. */
export const isPlainSpace = (character: string): boolean =>
  /^[ \t\n\r\f\v\u0085\u2028\u2029]$/.test(character);

/** Characters that follow each other in one face. */
export interface Stretch {
  readonly text: string;
  readonly face: Face;
}

/**
 * A text as stretches of one face each: the one that its emphasis asks for, or where that lacks a character, the
 * upright; and for other scripts the fallback of each. Figures, stops and spaces go with the letters around them.
 */
export function stretchesOf(
  text: string,
  family: Family,
  emphasis: readonly Emphasis[] | undefined,
  bold: boolean,
): readonly Stretch[] {
  const wanted = faceFor(family, emphasis, bold);
  if (plainEurope.test(text) || family.fallbacks.size === 0)
    return [{ text, face: mainFaceFor(text, family, wanted) }];
  const strong = bold || (emphasis?.includes('strong') ?? false);
  const characters = Array.from(text);
  const scripts = characters.map((character) => scriptFor(character, family));
  // What stands after each character: a script, `main` for a letter or figure of the main face, or nothing.
  const after: string[] = [];
  for (let index = characters.length - 1, next = ''; index >= 0; index--) {
    after[index] = next;
    next = scripts[index] ?? (letterOrFigure.test(characters[index] ?? '') ? 'main' : next);
  }
  const stretches: Stretch[] = [];
  let before = '';
  for (const [index, character] of characters.entries()) {
    const neutral = scripts[index] === null && !letterOrFigure.test(character);
    const beside = after[index] ?? '';
    const joined =
      before === beside || before === family.script ? before : beside === family.script ? beside : null;
    const script = neutral && joined !== null && isRightToLeft(joined) ? joined : (scripts[index] ?? null);
    const fallback = script === null ? undefined : family.fallbacks.get(script);
    const own = fallback && (strong ? fallback.bold : fallback.regular);
    const face =
      own && fate(character, own) !== 'missing' ? own : mainFaceFor(character, family, wanted, strong);
    const last = stretches.at(-1);
    if (last?.face === face) stretches[stretches.length - 1] = { face, text: last.text + character };
    else stretches.push({ face, text: character });
    if (!neutral) before = script ?? 'main';
  }
  return stretches;
}
const letterOrFigure = /[\p{L}\p{N}]/u;

/** The script whose face sets a character; null for the main one. */
function scriptFor(character: string, family: Family): string | null {
  const { script, eastAsian, fallbacks } = family;
  if (script !== null && script !== 'Kore' && script === eastAsian && wideInEast.test(character))
    return script;
  // Figures in Arabic and Hebrew are of the same design as the letters.
  if (isRightToLeft(script) && /^[0-9]$/.test(character)) return script;
  return scriptOf(character, eastAsian, fallbacks.keys());
}

/** The first of the faces that has all of a text: wanted, upright, symbols, any other; where none has, the wanted one. */
function mainFaceFor(text: string, family: Family, wanted: Face, strong = false): Face {
  const hasAll = (face: Face) => allAre(text, face, kinds.indexOf('dropped'));
  if (hasAll(wanted)) return wanted;
  if (hasAll(family.regular)) return family.regular;
  for (const key of [symbols, ...family.fallbacks.keys()]) {
    const other = family.fallbacks.get(key);
    const face = other && (strong ? other.bold : other.regular);
    if (face && hasAll(face)) return face;
  }
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
  familyOf: (node: TextNode | undefined) => Family = () => family,
): void {
  const missing = new Map<string, Diagnostic>();
  const examine = (
    text: string,
    place: () => string,
    where?: TextNode,
    emphasis?: readonly Emphasis[],
    bold = false,
  ) => {
    const dropped = new Set<string>();
    for (const { text: stretch, face } of stretchesOf(text, familyOf(where), emphasis, bold)) {
      if (prints(stretch, face)) continue;
      for (const character of stretch) {
        const end = fate(character, face);
        if (end === 'dropped') dropped.add(codeOf(character));
        if (end !== 'missing' || missing.size >= mostNamed) continue;
        const { key, ...diagnostic } = missingGlyph(character, place(), familyOf(where), where);
        if (!missing.has(key)) missing.set(key, diagnostic);
      }
    }
    if (dropped.size > 0)
      warn(
        diagnose(
          'edition-approximate',
          `The PDF leaves out ${[...dropped].join(', ')}, which has no ink, in ${place()}.`,
          where && { line: where.source.line },
        ),
      );
  };
  for (const { node } of textNodes(document)) {
    const place = () => placeOf(node);
    const bold = node.type === 'heading' || node.type === 'docTitle';
    if ('num' in node && node.num !== null) examine(node.num, place, node, undefined, bold);
    if (node.type === 'paragraph' && node.marker !== undefined) examine(node.marker, place, node);
    if (node.type === 'footnote') examine(node.marker, place, node);
    for (const inline of node.content)
      if (inline.type === 'text') examine(inline.value, place, node, inline.emphasis, bold);
      else examine(inline.marker, place, node);
  }
  for (const attachment of document.attachments)
    if (attachment.num !== null)
      examine(attachment.num, () => `the label of ${attachment.eId}`, undefined, undefined, true);
  for (const { text, name } of extra) examine(text, () => name);
  if (missing.size > 0) throw new Refusal(...missing.values());
}

/** What to say of a character that no face has: a script whose face is not installed is named once, by its first. */
function missingGlyph(
  character: string,
  place: string,
  family: Family,
  where: TextNode | undefined,
): Diagnostic & { readonly key: string } {
  const line = where && { line: where.source.line };
  const stands = `${codeOf(character)} (${shown(character)}), which stands in ${place}`;
  const script = scriptOf(character, family.eastAsian, family.absent.keys());
  const key = script ?? symbols;
  const cure = family.absent.get(key);
  if (cure === undefined)
    return {
      key: character,
      ...diagnose('glyph-missing', `The face ${family.name} has no glyph for ${stands}.`, line),
    };
  const asked =
    script === null
      ? 'a face for symbols'
      : script === 'Zyyy'
        ? 'a face with the replacement character'
        : `a face for the script ${script}`;
  return {
    key,
    ...diagnose('glyph-missing', `The PDF needs ${asked} that is not installed: for ${stands}.`, line, cure),
  };
}

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** The character itself, or nothing to look at where it would upset the line. */
const shown = (character: string): string =>
  /^[\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}]$/u.test(character) ? 'no visible character' : character;

function placeOf(node: TextNode): string {
  const num = 'num' in node && node.num !== null ? ` (${node.num})` : '';
  const words = textOf(node.content);
  const start = Array.from(words.slice(0, 48)).slice(0, 24).join('');
  return `${node.eId}${num}: “${start}${start.length < words.length ? '…' : ''}”`;
}
