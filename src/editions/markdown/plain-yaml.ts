/**
 * Front matter of the plainest kind, as the library `yaml` writes it: to load and run that for ten lines takes longer
 * than to write the rest of a short document. Whatever might need more than this is left to the library.
 */

export type Value = string | number | readonly Value[] | { readonly [key: string]: Value };

/** Words that are no strings to readers of YAML 1.1 or 1.2. */
const others = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null']);

/**
 * Names and what they stand for as a YAML mapping in block style (YAML 1.2, 8.2.2); null where one of them is no plain
 * string (7.3.3), date, number or mapping of such.
 */
export function plainYaml(fields: Readonly<Record<string, Value>>, indent = ''): string | null {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'object') {
      const inner = 'length' in value ? null : plainYaml(value, `${indent}  `);
      if (inner === null) return null;
      lines.push(`${indent}${name}:\n${inner}`);
    } else {
      const scalar = scalarOf(value);
      if (scalar === null) return null;
      lines.push(`${indent}${name}: ${scalar}`);
    }
  }
  return lines.length === 0 ? null : lines.join('\n');
}

function scalarOf(value: string | number): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : null;
  // Readers of YAML 1.1 take a bare one for a time.
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return `"${value}"`;
  const isPlain =
    /^[A-Za-z\xc0-\u024f\u0370-\u1fff\u3041-\ud7ff][ -~\xa1-\u1fff\u2010-\u2027\u2030-\u205e\u3001-\ud7ff]*$/.test(
      value,
    ) &&
    !/: | #|[ :-]$|^e[-+\d]/i.test(value) &&
    !others.has(value.toLowerCase());
  // `7 Dec. 2007`: a letter behind the space, so that it is no number and no time.
  return isPlain || /^\d{1,2} [A-Za-z][A-Za-z. \d]*[A-Za-z.\d]$/.test(value) ? value : null;
}
