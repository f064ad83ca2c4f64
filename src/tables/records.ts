/**
 * The records of a CSV file that Engross wrote itself, told by its hash: comma, CRLF, quotes doubled within quotes (RFC
 * 4180). Files of others are for a whole parser, and so is proving: `verify` reads the edition by a library.
 */

/** @throws where the text is no such file */
export function recordsIn(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (let at = 0; at < text.length;) {
    let cell: string;
    if (text.charCodeAt(at) === quote) {
      const end = closing(text, at + 1);
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      const end = endOfBare(text, at);
      cell = text.slice(at, end);
      at = end;
    }
    record.push(cell);
    if (text.charCodeAt(at) === comma) {
      at += 1;
      // A comma at the very end of a line has an empty cell behind it; the loop sees to any other.
      if (at === text.length) record.push('');
    } else if (text.startsWith('\r\n', at) || at === text.length) {
      at += 2;
      records.push(record);
      record = [];
    } else throw new Error(`no comma and no end of line at ${at} of a table`);
  }
  if (record.length > 0) records.push(record);
  return records;
}

const comma = 0x2c;
const quote = 0x22;

/** Where the quotes close that opened before a place. */
function closing(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2))
    if (text.charCodeAt(at + 1) !== quote) return at;
  throw new Error('quotes of a table are never closed');
}

function endOfBare(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === comma || (unit === 0x0d && text.charCodeAt(at + 1) === 0x0a)) return at;
  }
  return text.length;
}
