/**
 * A reader of PDF objects for the tests, written from ISO 32000-1 (7.3, 7.5) and sharing nothing with the writer:
 * enough for a file without encryption and without damage.
 */
import { inflateSync } from 'node:zlib';

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
export type Value = null | boolean | number | string | Name | Pointer | Value[] | Dictionary;
export interface Dictionary {
  [key: string]: Value;
}

export interface Objects {
  readonly trailer: Dictionary;
  readonly resolve: (value: Value | undefined) => Value;
  readonly dictionary: (value: Value | undefined) => Dictionary;
  readonly array: (value: Value | undefined) => Value[];
}

const isDictionary = (value: Value): value is Dictionary =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Name) &&
  !(value instanceof Pointer);

/** Reads every object of a file. */
export function readObjects(bytes: Uint8Array): Objects {
  const source = Buffer.from(bytes).toString('latin1');
  const values = new Map<number, Value>();
  const streams: { readonly dictionary: Dictionary; readonly start: number }[] = [];
  let trailer: Dictionary = {};
  const heads = /(?:^|\n)(\d+) 0 obj\n/g;
  for (let head = heads.exec(source); head; head = heads.exec(source)) {
    const parser = new Parser(source, heads.lastIndex);
    const value = parser.value();
    values.set(Number(head[1]), value);
    heads.lastIndex = parser.at;
    const stream = /^\s*stream\r?\n/.exec(source.slice(parser.at, parser.at + 20));
    if (!stream || !isDictionary(value)) continue;
    const start = parser.at + stream[0].length;
    streams.push({ dictionary: value, start });
    heads.lastIndex = start + Number(value['Length']);
    if (value['Type'] instanceof Name && value['Type'].name === 'XRef') trailer = value;
  }
  for (const { dictionary, start } of streams) {
    if (!(dictionary['Type'] instanceof Name) || dictionary['Type'].name !== 'ObjStm') continue;
    const packed = bytes.slice(start, start + Number(dictionary['Length']));
    const text = inflateSync(packed).toString('latin1');
    const first = Number(dictionary['First']);
    const numbers = text.slice(0, first).trim().split(/\s+/).map(Number);
    for (let index = 0; index < numbers.length; index += 2)
      values.set(numbers[index] ?? 0, new Parser(text, first + (numbers[index + 1] ?? 0)).value());
  }
  const resolve = (value: Value | undefined): Value =>
    value instanceof Pointer ? resolve(values.get(value.id) ?? null) : (value ?? null);
  return {
    trailer,
    resolve,
    dictionary: (value) => {
      const resolved = resolve(value);
      return isDictionary(resolved) ? resolved : {};
    },
    array: (value) => {
      const resolved = resolve(value);
      return Array.isArray(resolved) ? resolved : resolved === null ? [] : [resolved];
    },
  };
}

class Parser {
  private readonly source: string;
  at: number;
  constructor(source: string, at: number) {
    this.source = source;
    this.at = at;
  }

  value(): Value {
    this.space();
    const { source } = this;
    if (source.startsWith('<<', this.at)) return this.dictionary();
    const character = source[this.at];
    if (character === '[') return this.list();
    if (character === '(') return decode(this.literal());
    if (character === '<') return decode(this.hexadecimal());
    if (character === '/') return new Name(this.take(/\/[^\s/[\]()<>%]*/y).slice(1));
    const pointer = /(\d+) 0 R\b/y;
    pointer.lastIndex = this.at;
    const found = pointer.exec(source);
    if (found) {
      this.at = pointer.lastIndex;
      return new Pointer(Number(found[1]));
    }
    const word = this.take(/[^\s/[\]()<>%]+/y);
    if (word === 'true' || word === 'false') return word === 'true';
    return word === 'null' ? null : Number(word);
  }

  private dictionary(): Dictionary {
    const dictionary: Dictionary = {};
    this.at += 2;
    for (;;) {
      this.space();
      if (this.source.startsWith('>>', this.at)) break;
      const key = this.take(/\/[^\s/[\]()<>%]*/y).slice(1);
      dictionary[key] = this.value();
    }
    this.at += 2;
    return dictionary;
  }

  private list(): Value[] {
    const list: Value[] = [];
    this.at += 1;
    for (;;) {
      this.space();
      if (this.source[this.at] === ']') break;
      list.push(this.value());
    }
    this.at += 1;
    return list;
  }

  private literal(): string {
    let text = '';
    const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
    for (this.at += 1; this.source[this.at] !== ')'; this.at += 1) {
      if (this.at >= this.source.length) throw new Error('a string without an end');
      if (this.source[this.at] === '\\') {
        this.at += 1;
        const escaped = this.source[this.at] ?? '';
        text += escapes[escaped] ?? escaped;
      } else text += this.source[this.at] ?? '';
    }
    this.at += 1;
    return text;
  }

  private hexadecimal(): string {
    const digits = this.take(/<[0-9a-fA-F\s]*>/y).replace(/[<>\s]/g, '');
    return Buffer.from(digits, 'hex').toString('latin1');
  }

  private space(): void {
    this.take(/\s*/y);
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (!found) throw new Error(`cannot read ${this.source.slice(this.at, this.at + 40)}`);
    this.at = pattern.lastIndex;
    return found[0];
  }
}

function decode(bytes: string): string {
  if (!bytes.startsWith('\u00fe\u00ff')) return bytes;
  return Buffer.from(bytes.slice(2), 'latin1').swap16().toString('utf16le');
}
