/** Running heads and feet: artifacts of pagination (ISO 32000-1, 14.8.2.2), never the document's text. Points. */
import type { Document } from '../../document.js';
import { stringsFor, type Template } from '../../template.js';
import type { Family } from './faces.js';
import type { PdfFile } from './file.js';
import type { TextStyle } from './items.js';
import { oneLineOf } from './lines.js';
import type { Sheet } from './painter.js';
import { runsOf } from './runs.js';
import { Stream } from './stream.js';

/** The texts of a document's pages. */
export interface Running {
  readonly head: string;
  readonly headRight: string;
  readonly foot: (page: number, pages: number) => string;
}

/** Fills in what the template asks for. */
export function runningTexts(document: Document, template: Template): Running {
  const line = (text: string) => text.replace(/\s+/gu, ' ').trim();
  const fill = (pattern: string, pages: string) =>
    line(
      pattern.replace(/\{(title|date|symbol|pages)\}/g, (_, key: string) =>
        key === 'title'
          ? document.title
          : key === 'date'
            ? (document.datePrinted ?? document.date ?? '')
            : key === 'symbol'
              ? (document.symbol ?? '')
              : pages,
      ),
    );
  const strings = stringsFor(template, document.language);
  return {
    head: fill(template.running.head, ''),
    headRight: fill(template.running.headRight, ''),
    foot: (page, pages) =>
      fill(
        template.running.foot,
        strings.pages.replace('{page}', String(page)).replace('{pages}', String(pages)),
      ),
  };
}

const distance = 30;
/** Between the numbers of lines and the text. */
const besideText = 12;
const ellipsis = '…';

/** The head and foot of one page as a content stream. */
export function paintRunning(
  file: PdfFile,
  running: Running,
  template: Template,
  family: Family,
  sheet: Sheet,
  page: number,
  pages: number,
  baselines: readonly number[],
): Uint8Array {
  const stream = new Stream();
  const { colours, running: wanted } = template;
  const style: TextStyle = { family, size: template.sizes.running, bold: false, colour: colours.running };
  const show = (text: string, from: 'start' | 'middle' | 'end', y: number, kind: 'Header' | 'Footer') => {
    if (text === '') return 0;
    const line = oneLineOf(text, style);
    const spare = sheet.measure - line.width;
    const left = from === 'middle' ? spare / 2 : (from === 'start') === sheet.mirrored ? spare : 0;
    stream.begin(
      'Artifact',
      `<</Type /Pagination /Subtype /${kind} /Attached [/${kind === 'Header' ? 'Top' : 'Bottom'}]>>`,
    );
    for (const run of runsOf(line, style)) {
      stream.move(sheet.left + left + run.x, y);
      for (const { face, size, rise, shown } of run.shows)
        stream.show(shown, { font: file.font(face), size, rise, scale: 1, colour: style.colour });
    }
    stream.end();
    return line.width;
  };
  if (page > 1 || wanted.firstPageHead) {
    const y = sheet.height - sheet.top + distance - style.size;
    const taken = show(shortened(running.headRight, style, sheet.measure * 0.4), 'end', y, 'Header');
    const room = sheet.measure - taken - (taken > 0 ? 24 : 0);
    show(shortened(running.head, style, room), 'start', y, 'Header');
    if (running.head !== '' || running.headRight !== '')
      stream.rule(sheet.left, y - 6, sheet.measure, 0.4, colours.rule);
  }
  const every = template.page.lineNumbers;
  for (const [index, baseline] of baselines.entries())
    if (every > 0 && (index + 1) % every === 0) {
      const line = oneLineOf(String(index + 1), style);
      const x = sheet.mirrored
        ? sheet.left + sheet.measure + besideText
        : sheet.left - besideText - line.width;
      stream.begin('Artifact', '<</Type /Pagination>>');
      stream.move(x, baseline);
      for (const run of runsOf(line, style))
        for (const { face, size, rise, shown } of run.shows)
          stream.show(shown, { font: file.font(face), size, rise, scale: 1, colour: style.colour });
      stream.end();
    }
  show(running.foot(page, pages), 'middle', sheet.bottom - distance - style.size * 0.5, 'Footer');
  return stream.bytes();
}

/** A text that is too long ends in an ellipsis after a whole word. */
function shortened(text: string, style: TextStyle, room: number): string {
  const fits = (some: string) => oneLineOf(some, style).width <= room;
  if (fits(text)) return text;
  const characters = Array.from(text);
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(characters.slice(0, middle).join('') + ellipsis)) low = middle;
    else high = middle - 1;
  }
  const cut = characters.slice(0, low).join('');
  const whole = cut.slice(0, Math.max(cut.lastIndexOf(' '), 0)) || cut;
  return `${whole.replace(/[\s,;:.\u2013\u2014-]+$/u, '')}${ellipsis}`;
}
