/** What the codes of a font of one byte a glyph stand for: a ToUnicode map (ISO 32000-1, 9.10.3). */

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** Characters in UTF-16, the most significant byte first. */
function utf16(characters: string): string {
  let digits = '';
  for (let at = 0; at < characters.length; at++) digits += hex(characters.charCodeAt(at), 4);
  return digits;
}

/** At most this many lines stand in one block of a map. */
const most = 100;

const blocks = (kind: string, lines: readonly string[]): string => {
  let text = '';
  for (let at = 0; at < lines.length; at += most) {
    const some = lines.slice(at, at + most);
    text += `${some.length} begin${kind}\n${some.join('\n')}\nend${kind}\n`;
  }
  return text;
};

/**
 * The map of a font.
 * @param characters what each code stands for, by code
 */
export function toUnicode(characters: readonly (string | undefined)[]): string {
  const ranges: string[] = [];
  const single: string[] = [];
  for (let code = 0; code < characters.length; code++) {
    const own = characters[code];
    if (own === undefined) continue;
    const last = lastOfRange(characters, code);
    if (last > code) ranges.push(`<${hex(code, 2)}> <${hex(last, 2)}> <${utf16(own)}>`);
    else single.push(`<${hex(code, 2)}> <${utf16(own)}>`);
    code = last;
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <<
  /Registry (Adobe)
  /Ordering (UCS)
  /Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <ff>
endcodespacerange
${blocks('bfrange', ranges)}${blocks('bfchar', single)}endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}

/** The last of the codes from one on that stand for one character each, in Unicode's order; only its lowest byte may grow. */
function lastOfRange(characters: readonly (string | undefined)[], first: number): number {
  const own = characters[first] ?? '';
  if (own.length !== 1) return first;
  const unit = own.charCodeAt(0);
  let last = first;
  while (((unit + last - first) & 0xff) !== 0xff) {
    const next = characters[last + 1];
    if (next?.length !== 1 || next.charCodeAt(0) !== unit + last + 1 - first) break;
    last += 1;
  }
  return last;
}
