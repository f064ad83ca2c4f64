/**
 * XML as an office file may hold it, read strictly (XML 1.0): no DTD, no CDATA, no processing instruction
 * after the first line, no entity but the five and numbers, no name twice in a tag, no forbidden character.
 */
import { Unreadable } from '../flat.js';

export interface XmlElement {
  /** With its prefix, as written: the prefixes of an office file are part of its convention. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (XmlElement | string)[];
}

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (XmlElement | string)[];
  /** The prefixes that may be used here. */
  readonly prefixes: ReadonlySet<string>;
}

const declaration =
  /^<\?xml version="1\.0"(?: encoding="[Uu][Tt][Ff]-8")?(?: standalone="(?:yes|no)")?\?>\s*/;
const name = '[\\p{L}_][\\p{L}\\p{N}_.-]*(?::[\\p{L}_][\\p{L}\\p{N}_.-]*)?';
const tag = new RegExp(`<(/?)(${name})((?:\\s+${name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, 'uy');
const attribute = new RegExp(`(${name})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'gu');

/** @throws Unreadable for anything that is not well-formed in this narrow sense */
export function readXml(bytes: Uint8Array, part: string): XmlElement {
  const fail = (what: string): never => {
    throw new Unreadable(`its part ${part} is no XML: ${what}`);
  };
  let source: string;
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail('not UTF-8');
  }
  if (forbidden.test(source)) fail('a character that XML forbids');
  const text = source.replace(declaration, '').replace(/\r\n?/g, '\n');
  let root: XmlElement | null = null;
  const open: Open[] = [];
  for (let at = 0; at < text.length;) {
    const next = text.indexOf('<', at);
    const words = text.slice(at, next < 0 ? undefined : next);
    if (words !== '') {
      const into = open.at(-1);
      if (into) into.children.push(decoded(words, fail));
      else if (/\S/.test(words)) fail('text outside the root');
    }
    if (next < 0) break;
    if (text.startsWith('<!--', next)) {
      const end = text.indexOf('--', next + 4);
      if (end < 0 || text[end + 2] !== '>') fail('a comment without its end');
      at = end + 3;
      continue;
    }
    tag.lastIndex = next;
    const match = tag.exec(text);
    if (!match) return fail(`no tag at “${text.slice(next, next + 40)}”`);
    at = tag.lastIndex;
    const [, closing, tagName = '', attributeText = '', empty] = match;
    if (closing) {
      const last = open.pop();
      if (last?.name !== tagName || attributeText !== '' || empty)
        return fail(`</${tagName}> closes <${last?.name ?? 'nothing'}>`);
      continue;
    }
    const attributes = attributesOf(attributeText, tagName, fail);
    const prefixes = prefixesOf(attributes, open.at(-1)?.prefixes ?? usual);
    for (const used of [tagName, ...attributes.keys()]) {
      const prefix = /^(.*):/.exec(used)?.[1];
      if (prefix !== undefined && !prefixes.has(prefix)) fail(`the prefix ${prefix} is not declared`);
    }
    const element: Open = { name: tagName, attributes, children: [], prefixes };
    const above = open.at(-1);
    if (above) above.children.push(element);
    else if (root) fail('a second root');
    else root = element;
    if (!empty) open.push(element);
  }
  const last = open.at(-1);
  if (last) fail(`<${last.name}> is not closed`);
  return root ?? fail('no root');
}

const usual: ReadonlySet<string> = new Set(['xml', 'xmlns']);
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function prefixesOf(
  attributes: ReadonlyMap<string, string>,
  above: ReadonlySet<string>,
): ReadonlySet<string> {
  const own = [...attributes.keys()].filter((key) => key.startsWith('xmlns:'));
  return own.length === 0 ? above : new Set([...above, ...own.map((key) => key.slice('xmlns:'.length))]);
}

function attributesOf(text: string, tagName: string, fail: (what: string) => never): Map<string, string> {
  const attributes = new Map<string, string>();
  if (text === '') return attributes;
  for (const [, key = '', double, single] of text.matchAll(attribute)) {
    if (attributes.has(key)) fail(`${key} stands twice in <${tagName}>`);
    attributes.set(key, decoded(double ?? single ?? '', fail).replace(/[\t\n]/g, ' '));
  }
  return attributes;
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decoded(text: string, fail: (what: string) => never): string {
  if (text.includes(']]>')) fail('“]]>” in a text');
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]*)(;?)/g, (whole, entity: string, end: string) => {
    const number = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(entity);
    const code = number ? parseInt(number[1] ?? number[2] ?? '', number[1] === undefined ? 10 : 16) : -1;
    const character = number ? (code <= 0x10ffff ? String.fromCodePoint(code) : '\0') : entities.get(entity);
    if (character === undefined || end === '' || forbidden.test(character))
      return fail(`no such entity: ${whole}`);
    return character;
  });
}

// ------------------------------------------------------------------------------------------------ looking

export const elementsOf = (element: XmlElement): XmlElement[] =>
  element.children.filter((child): child is XmlElement => typeof child === 'object');

export const childOf = (element: XmlElement | undefined, wanted: string): XmlElement | undefined =>
  element && elementsOf(element).find((child) => child.name === wanted);

/** Every element of a name, in document order. */
export function* allOf(element: XmlElement, wanted: string): Generator<XmlElement> {
  if (element.name === wanted) yield element;
  for (const child of element.children) if (typeof child === 'object') yield* allOf(child, wanted);
}

/** `w:val`, which says most of what WordprocessingML says. */
export const valueOf = (element: XmlElement | undefined): string | undefined =>
  element?.attributes.get('w:val');

/** Whether a toggle is on (ECMA-376 part 1, 17.17.4): it is there and doesn't say that it is off. */
export const isOn = (element: XmlElement | undefined): boolean =>
  element !== undefined && !['0', 'false', 'off'].includes(valueOf(element) ?? '1');
