/**
 * The objects of a PDF file (ISO 32000-1, 7.3 and 7.5), found by going through the file from its beginning: a later
 * object of one number takes the place of an earlier one, as in a file that was changed afterwards. Enough for files
 * without encryption.
 */
import { unzlibSync } from 'fflate';
import { Unreadable } from '../flat.js';

export class Name {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}
export class Pointer {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}
export type Value = null | boolean | number | string | Name | Pointer | readonly Value[] | Dictionary;
export type Dictionary = ReadonlyMap<string, Value>;

export interface Objects {
  readonly catalog: Dictionary;
  /** Follows pointers; null where nothing is there. */
  readonly resolve: (value: Value | undefined) => Value;
  /** An empty one where it is none. The same object for the same place of the file. */
  readonly dictionary: (value: Value | undefined) => Dictionary;
  /** A single value as a list of one; none where it is null. */
  readonly list: (value: Value | undefined) => readonly Value[];
}

const nothing: Dictionary = new Map();

/** @throws Unreadable */
export function readObjects(bytes: Uint8Array): Objects {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!/^%PDF-\d/.test(source)) throw new Unreadable('it is no PDF file');
  const values = new Map<number, Value>();
  let root: Value | undefined;
  const head = /(?<=^|[\r\n ])(\d+) (\d+) obj\b|(?<=^|[\r\n])trailer\b/g;
  for (let match = head.exec(source); match; match = head.exec(source)) {
    const parser = new Parser(source, head.lastIndex);
    const value = parser.value();
    head.lastIndex = parser.at;
    const dictionary = value instanceof Map ? (value as Dictionary) : nothing;
    if (dictionary.has('Encrypt')) throw new Unreadable('it is encrypted');
    if (match[1] === undefined) {
      root = dictionary.get('Root') ?? root;
      continue;
    }
    values.set(Number(match[1]), value);
    const stream = /^\s*stream\r?\n/.exec(source.slice(parser.at, parser.at + 20));
    if (!stream) continue;
    const start = parser.at + stream[0].length;
    const length = lengthOf(dictionary, source, start);
    head.lastIndex = start + length;
    const type = dictionary.get('Type');
    if (!(type instanceof Name)) continue;
    if (type.name === 'XRef') root = dictionary.get('Root') ?? root;
    if (type.name === 'ObjStm') unpack(dictionary, bytes.subarray(start, start + length), values);
  }
  const resolve = (value: Value | undefined): Value => {
    let at = value ?? null;
    for (let steps = 0; at instanceof Pointer && steps < 32; steps++) at = values.get(at.id) ?? null;
    return at instanceof Pointer ? null : at;
  };
  const dictionary = (value: Value | undefined): Dictionary => {
    const resolved = resolve(value);
    return resolved instanceof Map ? (resolved as Dictionary) : nothing;
  };
  const list = (value: Value | undefined): readonly Value[] => {
    const resolved = resolve(value);
    if (Array.isArray(resolved)) return resolved as readonly Value[];
    return resolved === null ? [] : [resolved];
  };
  const catalog = dictionary(root);
  if (catalog.size === 0) throw new Unreadable('it has no catalog');
  return { catalog, resolve, dictionary, list };
}

/** A stream's length may be an object of its own, which may stand later in the file: then its end is looked for. */
function lengthOf(dictionary: Dictionary, source: string, start: number): number {
  const length = dictionary.get('Length');
  if (typeof length === 'number') return length;
  const end = source.indexOf('endstream', start);
  return end < 0 ? 0 : end - start;
}

function unpack(dictionary: Dictionary, packed: Uint8Array, values: Map<number, Value>): void {
  const filter = dictionary.get('Filter');
  if (!(filter instanceof Name) || filter.name !== 'FlateDecode' || dictionary.has('DecodeParms'))
    throw new Unreadable('its objects are packed in a way that this reader doesn’t know');
  let text: string;
  try {
    text = Buffer.from(unzlibSync(packed)).toString('latin1');
  } catch {
    throw new Unreadable('its objects can’t be unpacked');
  }
  const first = Number(dictionary.get('First'));
  const numbers = text.slice(0, first).trim().split(/\s+/).map(Number);
  for (let index = 0; index + 1 < numbers.length; index += 2)
    values.set(numbers[index] ?? 0, new Parser(text, first + (numbers[index + 1] ?? 0)).value());
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
]);

class Parser {
  readonly #source: string;
  at: number;
  #depth = 0;

  constructor(source: string, at: number) {
    this.#source = source;
    this.at = at;
  }

  value(): Value {
    this.#space();
    if (this.#depth > 200) throw new Unreadable('its objects lie too deep in each other');
    const source = this.#source;
    if (source.startsWith('<<', this.at)) return this.#dictionary();
    switch (source[this.at]) {
      case '[':
        return this.#list();
      case '(':
        return decoded(this.#literal());
      case '<':
        return decoded(
          Buffer.from(this.#take(/<[0-9a-fA-F\s]*>/y).replace(/[<>\s]/g, ''), 'hex').toString('latin1'),
        );
      case '/':
        return new Name(this.#name());
      default:
    }
    const pointer = /(\d+)\s+\d+\s+R(?![\w])/y;
    pointer.lastIndex = this.at;
    const found = pointer.exec(source);
    if (found) {
      this.at = pointer.lastIndex;
      return new Pointer(Number(found[1]));
    }
    const word = this.#take(/[^\s/[\]()<>%{}]+/y);
    if (word === 'true' || word === 'false') return word === 'true';
    return word === 'null' ? null : Number(word);
  }

  #name(): string {
    return this.#take(/\/[^\s/[\]()<>%{}]*/y)
      .slice(1)
      .replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  }

  #dictionary(): Dictionary {
    const dictionary = new Map<string, Value>();
    this.at += 2;
    this.#depth += 1;
    while (!this.#source.startsWith('>>', this.#space())) {
      const key = this.#name();
      dictionary.set(key, this.value());
    }
    this.#depth -= 1;
    this.at += 2;
    return dictionary;
  }

  #list(): Value[] {
    const list: Value[] = [];
    this.at += 1;
    this.#depth += 1;
    while (this.#source[this.#space()] !== ']') list.push(this.value());
    this.#depth -= 1;
    this.at += 1;
    return list;
  }

  #literal(): string {
    let text = '';
    let depth = 1;
    for (this.at += 1; ; this.at += 1) {
      const character = this.#source[this.at];
      if (character === undefined) throw new Unreadable('a string of it has no end');
      if (character === '\\') {
        const octal = /^[0-7]{1,3}/.exec(this.#source.slice(this.at + 1, this.at + 4))?.[0];
        if (octal !== undefined) {
          text += String.fromCharCode(parseInt(octal, 8) & 255);
          this.at += octal.length;
          continue;
        }
        this.at += 1;
        const escaped = this.#source[this.at] ?? '';
        text += escaped === '\n' ? '' : (escapes.get(escaped) ?? escaped);
        continue;
      }
      if (character === '(') depth += 1;
      if (character === ')') depth -= 1;
      if (depth === 0) break;
      text += character;
    }
    this.at += 1;
    return text;
  }

  /** Goes past white space and comments. @returns where it is then */
  #space(): number {
    const space = /(?:\s|\0|%[^\r\n]*)*/y;
    space.lastIndex = this.at;
    space.exec(this.#source);
    this.at = space.lastIndex;
    return this.at;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#source);
    if (!found || this.at >= this.#source.length) throw new Unreadable('an object of it can’t be read');
    this.at = pattern.lastIndex;
    return found[0];
  }
}

/** A text string (7.9.2.2): UTF-16 or UTF-8 where it says so; else ASCII and what PDFDocEncoding makes of the rest. */
function decoded(bytes: string): string {
  if (bytes.startsWith('\u00fe\u00ff'))
    return Buffer.from(bytes.slice(2), 'latin1').swap16().toString('utf16le');
  if (bytes.startsWith('\u00ef\u00bb\u00bf')) return Buffer.from(bytes.slice(3), 'latin1').toString('utf8');
  return bytes;
}
