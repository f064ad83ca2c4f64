/** Running heads and feet: artifacts of pagination (ISO 32000-1, 14.8.2.2), never the document's text. Points. */
import type { Document } from '../../document.js';
import { stringsFor, type Template } from '../../template.js';
import type { Family } from './faces.js';
import type { PdfFile } from './file.js';
import type { TextStyle } from './items.js';
import { oneLineOf, type Line } from './lines.js';
import type { PaintedPage, Sheet } from './painter.js';
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

/** What stands at the head of every page, made to fit; and how all of it is set. */
export interface Fitted {
  readonly running: Running;
  readonly style: TextStyle;
  readonly head: Line | null;
  readonly headRight: Line | null;
}

/** Between the two texts of a head. */
const betweenHeads = 24;

/** Fits the heads of a document's pages into a measure. */
export function fitted(running: Running, template: Template, family: Family, measure: number): Fitted {
  const style: TextStyle = {
    family,
    size: template.sizes.running,
    bold: false,
    colour: template.colours.running,
  };
  const lineIn = (text: string, room: number) =>
    text === '' ? null : oneLineOf(shortened(text, style, room), style);
  const headRight = lineIn(running.headRight, measure * 0.4);
  const room = measure - (headRight ? headRight.width + betweenHeads : 0);
  return { running, style, headRight, head: lineIn(running.head, room) };
}

/** What a stream of running texts is painted with. */
interface Brush {
  readonly file: PdfFile;
  readonly stream: Stream;
  readonly sheet: Sheet;
}

function print({ file, stream }: Brush, line: Line, x: number, y: number, style: TextStyle): void {
  for (const run of runsOf(line, style)) {
    stream.move(x + run.x, y);
    for (const { face, size, rise, shown } of run.shows) {
      stream.look({ font: file.font(face), size, rise, scale: 1, spacing: 0, colour: style.colour });
      for (const { shaped, extra } of shown) stream.show(shaped, extra);
    }
  }
  stream.end();
}

function printRunning(
  brush: Brush,
  line: Line | null,
  from: 'start' | 'middle' | 'end',
  y: number,
  kind: 'Header' | 'Footer',
  style: TextStyle,
): void {
  if (!line) return;
  const { stream, sheet } = brush;
  const spare = sheet.measure - line.width;
  const left = from === 'middle' ? spare / 2 : (from === 'start') === sheet.mirrored ? spare : 0;
  const edge = kind === 'Header' ? 'Top' : 'Bottom';
  stream.begin('Artifact', `<</Type/Pagination/Subtype/${kind}/Attached[/${edge}]>>`);
  print(brush, line, sheet.left + left, y, style);
}

/** The head of pages as a content stream, the same for all that have one; null where there is nothing to print. */
export function paintHead(
  file: PdfFile,
  { style, head, headRight }: Fitted,
  template: Template,
  sheet: Sheet,
): Uint8Array | null {
  if (!head && !headRight) return null;
  const brush = { file, stream: new Stream(), sheet };
  const y = sheet.height - sheet.top + distance - style.size;
  printRunning(brush, headRight, 'end', y, 'Header', style);
  printRunning(brush, head, 'start', y, 'Header', style);
  brush.stream.rule(sheet.left, y - 6, sheet.measure, 0.4, template.colours.rule);
  return brush.stream.bytes();
}

/** The foot of one page, the numbers of its lines and those that it still lacks, as a content stream. */
export function paintFoot(
  file: PdfFile,
  { running, style }: Fitted,
  template: Template,
  sheet: Sheet,
  page: number,
  pages: number,
  { baselines, numbers }: Pick<PaintedPage, 'baselines' | 'numbers'>,
  pageOf: (eId: string) => number | undefined,
): Uint8Array {
  const stream = new Stream();
  const brush = { file, stream, sheet };
  const every = template.page.lineNumbers;
  for (const [index, baseline] of baselines.entries())
    if (every > 0 && (index + 1) % every === 0) {
      const line = oneLineOf(String(index + 1), style);
      const x = sheet.mirrored
        ? sheet.left + sheet.measure + besideText
        : sheet.left - besideText - line.width;
      stream.begin('Artifact', '<</Type/Pagination>>');
      print(brush, line, x, baseline, style);
    }
  for (const { mcid, tag, eId, x, y, style: own } of numbers) {
    const line = oneLineOf(String(pageOf(eId) ?? ''), own);
    stream.begin(tag, `<</MCID ${mcid}>>`);
    print(brush, line, sheet.mirrored ? x : x - line.width, y, own);
  }
  const foot = running.foot(page, pages);
  if (foot !== '') {
    const y = sheet.bottom - distance - style.size * 0.5;
    printRunning(brush, oneLineOf(foot, style), 'middle', y, 'Footer', style);
  }
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
