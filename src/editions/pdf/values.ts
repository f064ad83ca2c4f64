/**
 * The values that a PDF is made of (ISO 32000-1, 7.3), and how they are written: without an object of pdfkit's for each,
 * and with no more white space than keeps them apart.
 */

export type PdfValue = string | number | boolean | null | object | Date | readonly PdfValue[];

export type Dictionary = Record<string, PdfValue | undefined>;

/** An indirect object: numbered at once, written at `end`. */
export interface Reference {
  data: Dictionary;
  readonly id: number;
  end(chunk?: Uint8Array | string): void;
}

/** A PDF string object (a primitive string is a name). */
export const text = (value: string): object => new String(value);

/** Points to an object by its number. */
export class Pointer {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
  toString(): string {
    return `${this.id} 0 R`;
  }
  // pdfkit takes what is no plain object for something that prints itself.
  get [Symbol.toStringTag](): string {
    return 'Pointer';
  }
}

const escapes: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\\': '\\\\',
  '(': '\\(',
  ')': '\\)',
};
const escapable = /[\n\r\t\b\f()\\]/g;
const ascii = /^[\0-\x7f]*$/;

/** A string of bytes, each a character up to U+00FF, as a literal string (7.3.4.2). */
const literal = (bytes: string): string => `(${escaped(bytes)})`;

/** What stands within the brackets of a literal string. */
const escaped = (bytes: string): string =>
  bytes.replace(escapable, (character) => escapes[character] ?? character);

/** A text string: ASCII, or UTF-16 with its mark (7.9.2.2). */
function textString(value: string): string {
  if (ascii.test(value)) return literal(value);
  let bytes = '\xfe\xff';
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    bytes += String.fromCharCode(unit >> 8, unit & 0xff);
  }
  return literal(bytes);
}

/** A moment in universal time (7.9.4). */
const date = (value: Date): string => `(D:${value.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z)`;

/** A value in the file's syntax; each character of the result is a byte. */
export function print(value: PdfValue): string {
  if (typeof value === 'string') return `/${value}`;
  if (typeof value === 'number') return String(Math.round(value * 1e6) / 1e6);
  if (value === null || typeof value === 'boolean') return String(value);
  if (value instanceof Pointer) return value.toString();
  if (Array.isArray(value)) {
    let list = '';
    for (const one of value as readonly PdfValue[]) {
      const part = print(one);
      list += list === '' || isDelimited(part) ? part : ` ${part}`;
    }
    return `[${list}]`;
  }
  if (value instanceof String) return textString(value.valueOf());
  if (value instanceof Uint8Array) return `<${Buffer.from(value).toString('hex')}>`;
  if (value instanceof Date) return date(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype) return printObject(value);
  let body = '<<';
  const dictionary = value as Dictionary;
  for (const key in dictionary) {
    const own = dictionary[key];
    if (own === undefined) continue;
    const part = print(own);
    body += isDelimited(part) ? `/${key}${part}` : `/${key} ${part}`;
  }
  return `${body}>>`;
}

/** Whether a value begins with a character that ends what stands before it (7.2.2): a name, a string, a list or a dictionary. */
const isDelimited = (part: string): boolean => {
  const first = part.charCodeAt(0);
  return first === 0x2f || first === 0x28 || first === 0x3c || first === 0x5b;
};

/** An object of pdfkit's, which prints itself. */
function printObject(value: object): string {
  const { toString } = value as { readonly toString: () => string };
  return toString.call(value);
}
