/** YAML front matter, as web scrapes and our own Markdown have it. */
import { onDemand } from '../on-demand.js';
import { spanOf, wordsOf, type Sheet } from '../sheet.js';
import { mark } from './mark.js';

const yaml = onDemand(() => import('yaml'));

const longestFrontMatter = 300;

/** YAML between two `---` lines at the top; its title and date are facts about the document. */
export function frontMatter(sheet: Sheet): void {
  const [first] = sheet.lines;
  if (!first || wordsOf(sheet, first) !== '---') return;
  const last = sheet.lines.findIndex(
    (line, index) => index > 0 && index < longestFrontMatter && /^(?:---|\.\.\.)$/.test(wordsOf(sheet, line)),
  );
  const closing = sheet.lines[last];
  if (!closing) return;
  const inside = sheet.text.slice(first.end, closing.start);
  if (!/^\s*[\w-]+:/.test(inside)) return;
  for (let index = 0; index <= last; index++) mark(sheet, index, 'front matter');
  const { parse } = yaml();
  let data: unknown;
  try {
    data = parse(inside, { schema: 'failsafe' });
  } catch {
    return; // Not YAML after all: still no words of the document.
  }
  if (typeof data !== 'object' || data === null) return;
  const fields = new Map(Object.entries(data));
  for (const [fact, keys] of factKeys) {
    const key = keys.find((name) => typeof fields.get(name) === 'string' && fields.get(name) !== '');
    if (key === undefined) continue;
    const line = sheet.lines.findIndex((one) => wordsOf(sheet, one).startsWith(`${key}:`));
    const place = sheet.lines[line] ?? first;
    sheet.facts.set(fact, {
      value: String(fields.get(key)).replace(/\s+/g, ' ').trim(),
      span: spanOf(sheet, place.start, place.end),
    });
  }
}

const factKeys = [
  ['title', ['title']],
  ['date', ['doc_date', 'date_adopted', 'date']],
  ['symbol', ['symbol']],
  ['issuer', ['issuer']],
  ['place', ['place']],
  ['language', ['language', 'lang']],
] as const;
