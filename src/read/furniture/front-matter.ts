/** Front matter: YAML, as web scrapes and our own Markdown have it, and fields in brackets, as archives print them. */
import { onDemand } from '../on-demand.js';
import { spanOf, trimmed, wordsOf, type Fact, type Sheet } from '../sheet.js';
import { learn, mark } from './mark.js';

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

/** The names of fields in brackets, with the fact that each states. */
const bracketedFields: Readonly<Record<string, Fact | null>> = {
  title: 'title',
  文書名: 'title',
  place: 'place',
  場所: 'place',
  date: 'date',
  年月日: 'date',
  source: null,
  出典: null,
  notes: null,
  備考: null,
  'full text': null,
  全文: null,
};

/** The most lines of fields in brackets. */
const mostFields = 12;

/** `[Title] Statement on Lamps`, `[Place] Haven`, `[Date] 7 May 1997`, `[Full text]`: the first must be the title. */
export function bracketedFront(sheet: Sheet): void {
  const first = sheet.lines.findIndex((_, index) => !sheet.furniture.has(index));
  for (let index = first; index >= 0 && index < first + mostFields; index++) {
    const line = sheet.lines[index];
    const field = line ? /^\[([^\]\n]{2,10})\]/.exec(wordsOf(sheet, line)) : null;
    const fact = bracketedFields[field?.[1]?.toLowerCase() ?? ''];
    if (!line || !field || fact === undefined || (index === first && fact !== 'title')) return;
    const own = trimmed(sheet.text, line.start + field[0].length, line.end);
    const value = sheet.text.slice(own.start, own.end);
    if (fact !== null && value !== '') learn(sheet, index, fact, line, value, 'front matter');
    else mark(sheet, index, 'front matter');
  }
}
