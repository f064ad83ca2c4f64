/**
 * The XML of a house template, read strictly: UTF-8, well-formed, no DTD (and so no entities but the five), and the
 * name spaces by the prefixes that Word writes.
 */
import { Element, nameSpaces, type Node } from '../element.js';
import { Unfit } from './unfit.js';

const name = '[\\p{L}_][\\p{L}\\p{N}_.-]*(?::[\\p{L}_][\\p{L}\\p{N}_.-]*)?';
const tag = new RegExp(`<(/?)(${name})((?:\\s+${name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, 'uy');
const attribute = new RegExp(`(${name})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'gu');

/** Deeper than any head or style, and shallow enough for every walk through it. */
const deepest = 200;

/**
 * Parses a part.
 * @param part its name, for messages
 */
export function parseMarkup(bytes: Uint8Array, part: string): Element {
  const text = decodeMarkup(bytes, part);
  const broken = () => new Unfit(`is damaged: “${part}” is no well-formed XML.`);
  const roots: Node[] = [];
  const open: { name: string; attributes: Record<string, string>; children: Node[] }[] = [];
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const words = text.slice(at, next < 0 ? undefined : next);
    if (words !== '') {
      const into = open.at(-1)?.children;
      if (into) into.push(decoded(words, broken));
      else if (words.trim() !== '') throw broken();
    }
    if (next < 0) break;
    const passed = passedOver(text, next);
    if (passed) {
      if (passed.end < 0) throw broken();
      if (passed.words !== undefined) (open.at(-1)?.children ?? roots).push(passed.words);
      at = passed.end;
      continue;
    }
    tag.lastIndex = next;
    const match = tag.exec(text);
    if (!match) throw broken();
    at = tag.lastIndex;
    const [, closing, tagName = '', attributeText = '', empty] = match;
    if (closing) {
      const last = open.pop();
      if (last?.name !== tagName) throw broken();
      (open.at(-1)?.children ?? roots).push(new Element(last.name, last.attributes, last.children));
      continue;
    }
    const attributes = attributesIn(attributeText, broken);
    refuseOtherNames(attributes, part);
    if (empty) (open.at(-1)?.children ?? roots).push(new Element(tagName, attributes));
    else open.push({ name: tagName, attributes, children: [] });
    if (open.length > deepest) throw new Unfit(`holds “${part}”, which is nested more than ${deepest} deep.`);
  }
  const [root, ...others] = roots;
  if (open.length > 0 || !(root instanceof Element) || others.length > 0) throw broken();
  return root;
}

export const dtd = /<!(?:DOCTYPE|ENTITY)/i;

/** The text of a part without a DTD. */
function decodeMarkup(bytes: Uint8Array, part: string): string {
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unfit(`holds “${part}”, which is not UTF-8.`);
  }
  if (dtd.test(text)) throw new Unfit(`holds “${part}”, which has a DTD.`);
  return text;
}

/** Comments and processing instructions, which say nothing, and character data. */
function passedOver(text: string, at: number): { end: number; words?: string } | undefined {
  const until = (closing: string, from: number) => {
    const found = text.indexOf(closing, from);
    return found < 0 ? -1 : found + closing.length;
  };
  if (text.startsWith('<!--', at)) return { end: until('-->', at + 4) };
  if (text.startsWith('<?', at)) return { end: until('?>', at + 2) };
  if (!text.startsWith('<![CDATA[', at)) return undefined;
  const end = until(']]>', at + 9);
  return { end, words: text.slice(at + 9, end - 3) };
}

function attributesIn(text: string, broken: () => Unfit): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, key = '', double, single] of text.matchAll(attribute)) {
    if (Object.hasOwn(attributes, key)) throw broken();
    Object.defineProperty(attributes, key, {
      value: decoded(double ?? single ?? '', broken),
      enumerable: true,
    });
  }
  return attributes;
}

const strict = 'http://purl.oclc.org/ooxml/';

/** A prefix that means another thing than in Word's own files would be taken for what it is not. */
function refuseOtherNames(attributes: Readonly<Record<string, string>>, part: string): void {
  for (const [key, uri] of Object.entries(attributes)) {
    if (!key.startsWith('xmlns')) continue;
    if (uri.startsWith(strict))
      throw new Unfit(
        'is a Strict Open XML document.',
        'Save it in Word as a Word Document or a Word Template.',
      );
    const ours = Object.entries(nameSpaces).find(([prefix, space]) => prefix === key || space === uri);
    if (ours && (ours[0] !== key || ours[1] !== uri))
      throw new Unfit(
        `holds “${part}”, which names its elements otherwise than Word does.`,
        'Open it in Word and save it.',
      );
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function decoded(text: string, broken: () => Unfit): string {
  const words = text.replace(/&([^;&]*)(;?)/g, (_, entity: string, end: string) => {
    const number = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(entity);
    const code = number ? (number[1] === undefined ? Number(number[2]) : parseInt(number[1], 16)) : undefined;
    const character =
      code === undefined ? entities[entity] : code > 0x10ffff ? undefined : String.fromCodePoint(code);
    if (character === undefined || end === '') throw broken();
    return character;
  });
  if (forbidden.test(words)) throw broken();
  return words;
}
