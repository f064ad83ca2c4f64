/** What people would use instead, where it is installed; and others that a file names. */
import { readFileSync } from 'node:fs';
import { fileURLToPath, URL } from 'node:url';
import { isInstalled } from './timing.js';

const filter = fileURLToPath(new URL('editions.lua', import.meta.url));
const editions = `pandoc -f markdown -L '${filter}' -t plain -o /dev/null /dev/null`;
const pdfOf = (base) => `groff -k -ms -Tpdf '${base}.ms' > '${base}.pdf'`;

/**
 * All five editions of raw texts, as shell commands. That of one text is told its path (TEXT) and a folder (OUT); that of
 * many is told a folder of texts (TEXTS), a folder (OUT) and how many may run side by side (JOBS).
 */
const own = {
  one: {
    'pandoc and groff': `echo "$TEXT" > "$OUT/list"; LIST="$OUT/list" ${editions} && for ms in "$OUT"/*.ms; do groff -k -ms -Tpdf "$ms" > "$\{ms%.ms}.pdf"; done`,
  },
  many: {
    'pandoc and groff': [
      'find "$TEXTS" -name "*.txt" | sort > "$OUT/all"',
      'split -n "l/$JOBS" "$OUT/all" "$OUT/list."',
      `ls "$OUT"/list.* | xargs -P "$JOBS" -I{} env LIST={} ${editions}`,
      `ls "$OUT"/*.ms | sed 's/[.]ms$//' | xargs -P "$JOBS" -I{} sh -c "${pdfOf('{}').replaceAll("'", '')}"`,
    ].join(' && '),
  },
};

/**
 * The pipelines to measure beside Engross.
 * @param {string | undefined} file more of them, as JSON of the same form
 * @returns {{ one: Record<string, string>, many: Record<string, string> }} shell commands by their names
 */
export function pipelines(file) {
  const more = file === undefined ? {} : JSON.parse(readFileSync(file, 'utf8'));
  const here = isInstalled('pandoc') && isInstalled('groff') ? own : {};
  return { one: { ...here.one, ...more.one }, many: { ...here.many, ...more.many } };
}
