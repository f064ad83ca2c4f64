/**
 * Where a text stops being JSON (RFC 8259), in words for whoever typed it: what the runtime says of that differs from
 * version to version, and gives no line.
 */

/** The first fault of a text: its place (line and column from 1, in UTF-16 units), and a clause that says what it is. */
interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly what: string;
}

/** Deeper than any file that a person writes. */
const deepest = 200;

/**
 * Finds the first fault.
 * @returns null for JSON
 */
function faultInJson(text: string): JsonFault | null {
  const scanner = new Scanner(text);
  try {
    scanner.whole();
    return null;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const lines = text.slice(0, error.at).split(/\r\n|[\n\r]/);
    return { line: lines.length, column: (lines.at(-1) ?? '').length + 1, what: error.message };
  }
}

class Fault extends Error {
  readonly at: number;

  constructor(at: number, what: string) {
    super(what);
    this.at = at;
  }
}

const blank = /[ \t\n\r]*/y;
const word = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const openString = /"(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): void {
    this.#value(0);
    this.#skip(blank);
    if (this.#at < this.#text.length) this.#want('the end of the file');
  }

  #value(depth: number): void {
    if (depth > deepest) throw new Fault(this.#at, `it is nested more than ${deepest} deep`);
    this.#skip(blank);
    const sign = this.#text[this.#at];
    if (sign === '{') this.#members(depth, '}');
    else if (sign === '[') this.#members(depth, ']');
    else if (sign === '"') this.#string();
    else if (!this.#skip(word)) this.#want('a value');
  }

  /** The inside of an object or a list, and its closing bracket. */
  #members(depth: number, closing: string): void {
    this.#at += 1;
    this.#skip(blank);
    if (this.#text[this.#at] === closing) {
      this.#at += 1;
      return;
    }
    for (;;) {
      if (closing === '}') {
        if (this.#text[this.#at] !== '"') this.#want('a name in double quotes');
        this.#string();
        this.#skip(blank);
        if (this.#text[this.#at] !== ':') this.#want('a colon');
        this.#at += 1;
      }
      this.#value(depth + 1);
      this.#skip(blank);
      const sign = this.#text[this.#at];
      if (sign !== ',' && sign !== closing) this.#want(`a comma or “${closing}”`);
      const comma = this.#at;
      this.#at += 1;
      if (sign === closing) return;
      this.#skip(blank);
      if (this.#text[this.#at] === closing) throw new Fault(comma, `no comma may stand before “${closing}”`);
    }
  }

  #string(): void {
    this.#skip(openString);
    const sign = this.#text[this.#at];
    if (sign === '\\') throw new Fault(this.#at, 'in a text, a backslash is written twice');
    if (sign !== '"') this.#want('the double quote that ends the text');
    this.#at += 1;
  }

  /** Passes over what the pattern finds here; says whether that is anything. */
  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const length = pattern.exec(this.#text)?.[0].length ?? 0;
    this.#at += length;
    return length > 0;
  }

  #want(what: string): never {
    const found = this.#text.codePointAt(this.#at);
    const sign = found === undefined ? '' : String.fromCodePoint(found);
    const shown =
      sign === '' ? 'the end of the file' : /[\r\n]/.test(sign) ? 'the end of the line' : `“${sign}”`;
    throw new Fault(this.#at, `${what} is wanted here, not ${shown}`);
  }
}

/** What to do where a file is no JSON. */
export const jsonCure =
  'Mend this place: names and texts stand in double quotes, commas between entries and after none that is the last, and there are no comments.';

/**
 * Reads a file that a person has written.
 * @throws SyntaxError that begins with the file's name, the line and the column, and says what is wrong there
 */
export function parseJsonOf(file: string, text: string): unknown {
  // What has few brackets isn't nested too deep: then it is JSON if the runtime says so.
  if ((text.match(/[[{]/g)?.length ?? 0) <= deepest)
    try {
      return JSON.parse(text);
    } catch {
      // Said in our own words.
    }
  const fault = faultInJson(text);
  if (fault === null) return JSON.parse(text);
  throw new SyntaxError(`${file}:${fault.line}:${fault.column} is not JSON: ${fault.what}.`);
}
