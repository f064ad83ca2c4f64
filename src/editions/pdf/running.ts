/** Running heads and feet: artifacts of pagination (ISO 32000-1, 14.8.2.2), never the document's text. Points. */
import type { Document } from '../../document.js';
import { stringsFor, type Template } from '../../template.js';
import { faceThatHas } from './coverage.js';
import type { Face, Family } from './faces.js';
import type { PdfFile } from './file.js';
import type { Sheet } from './painter.js';
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
): Uint8Array {
  const stream = new Stream();
  const { size, colour } = { size: template.sizes.running, colour: template.colours.running };
  const show = (text: string, from: 'left' | 'middle' | 'right', y: number, kind: 'Header' | 'Footer') => {
    if (text === '') return 0;
    const face = faceThatHas(text, family, undefined, false);
    const width = widthOf(face, text, size);
    const spare = sheet.measure - width;
    const x = sheet.left + (from === 'left' ? 0 : from === 'right' ? spare : spare / 2);
    stream.begin(
      'Artifact',
      `<</Type /Pagination /Subtype /${kind} /Attached [/${kind === 'Header' ? 'Top' : 'Bottom'}]>>`,
    );
    stream.move(x, y);
    stream.show([{ shaped: face.shape(text), extra: 0 }], {
      font: file.font(face),
      size,
      rise: 0,
      tracking: 0,
      colour,
    });
    stream.end();
    return width;
  };
  if (page > 1 || template.running.firstPageHead) {
    const y = sheet.height - sheet.top + distance - size;
    const taken = show(shortened(running.headRight, family, size, sheet.measure * 0.4), 'right', y, 'Header');
    show(
      shortened(running.head, family, size, sheet.measure - taken - (taken > 0 ? 24 : 0)),
      'left',
      y,
      'Header',
    );
    if (running.head !== '' || running.headRight !== '')
      stream.rule(sheet.left, y - 6, sheet.measure, 0.4, template.colours.rule);
  }
  show(running.foot(page, pages), 'middle', sheet.bottom - distance - size * 0.5, 'Footer');
  return stream.bytes();
}

const widthOf = (face: Face, text: string, size: number): number => (face.shape(text).width * size) / 1000;

/** A text that is too long ends in an ellipsis after a whole word. */
function shortened(text: string, family: Family, size: number, room: number): string {
  const face = faceThatHas(text, family, undefined, false);
  if (widthOf(face, text, size) <= room) return text;
  const characters = Array.from(text);
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(face, characters.slice(0, middle).join('') + ellipsis, size) <= room) low = middle;
    else high = middle - 1;
  }
  const cut = characters.slice(0, low).join('');
  const whole = cut.slice(0, Math.max(cut.lastIndexOf(' '), 0)) || cut;
  return `${whole.replace(/[\s,;:.\u2013\u2014-]+$/u, '')}${ellipsis}`;
}
