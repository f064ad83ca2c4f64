/** Heads and feet, with fields for the page and the number of pages. */
import type { Document } from '../../document.js';
import { stringsFor, type Template } from '../../template.js';
import { type Element, partOf, value, wordParagraph } from './element.js';
import { isRightToLeft } from './languages.js';
import { textWidth } from './measures.js';
import type { Part } from './package.js';
import { field, run, tab, text, type Voice } from './runs.js';

/** A head or foot, and the pages that it is for (ECMA-376 part 1, 17.18.36). */
export interface Running {
  readonly pages: 'default' | 'first' | 'even';
  readonly part: Part & { readonly kind: 'header' | 'footer' };
}

/** Heads and feet as the template says. */
export const runningOf = (document: Document, template: Template): readonly Running[] => [
  ...headsOf(document, template),
  ...feetOf(document, template),
];

function headsOf(document: Document, template: Template): readonly Running[] {
  const { head, headRight } = template.running;
  if (head === '' && headRight === '') return [];
  const right = lineOf(document, template, headRight);
  const left = lineOf(document, template, head, roomFor(document, template));
  const content = right.length > 0 ? [...left, run([tab()]), ...right] : left;
  const xml = partOf('w:hdr', [wordParagraph([value('w:pStyle', 'Header')], content)]);
  // A first page that differs and names no head of its own has an empty one (ECMA-376 part 1, 17.10.6).
  return [{ pages: 'default', part: { name: 'header1.xml', kind: 'header', content: xml } }];
}

/** The foot stands on every page; a file whose first page differs must be told so twice, of one part. */
function feetOf(document: Document, template: Template): readonly Running[] {
  if (template.running.foot === '') return [];
  const line = lineOf(document, template, template.running.foot);
  const content = partOf('w:ftr', [wordParagraph([value('w:pStyle', 'Footer')], line)]);
  const part = { name: 'footer1.xml', kind: 'footer', content } as const;
  const pages = template.running.firstPageHead ? (['default'] as const) : (['default', 'first'] as const);
  return pages.map((page) => ({ pages: page, part }));
}

/** A line of a template with its `{places}` filled in. */
function lineOf(document: Document, template: Template, line: string, room = Infinity): Element[] {
  const voice: Voice = { rightToLeft: isRightToLeft(document.language), language: {} };
  const pages = stringsFor(template, document.language).pages;
  return line.split(/(\{\w+\})/).flatMap((part): Element[] => {
    switch (part) {
      case '{title}':
        return words(shortened(document.title, room), voice);
      case '{date}':
        return words(document.datePrinted ?? document.date ?? '', voice);
      case '{symbol}':
        return words(document.symbol ?? '', voice);
      case '{pages}':
        return pages.split(/(\{pages?\})/).flatMap((piece) => {
          if (piece === '{page}') return field('PAGE', run([text('1')], undefined, voice));
          if (piece === '{pages}') return field('NUMPAGES', run([text('1')], undefined, voice));
          return words(piece, voice);
        });
      default:
        return words(part, voice);
    }
  });
}

const words = (piece: string, voice: Voice): Element[] =>
  piece === '' ? [] : [run([text(piece)], undefined, voice)];

/** How many characters of the title go on a line beside the date: a letter is about half as wide as its size. */
function roomFor(document: Document, template: Template): number {
  const width = textWidth(template) / 20;
  const beside = (document.datePrinted ?? document.symbol ?? '').length + 4;
  return Math.max(20, Math.floor(width / (template.sizes.running * 0.52)) - beside);
}

/** Cuts at a word, and says so. */
function shortened(title: string, room: number): string {
  if (title.length <= room) return title;
  const cut = title.slice(0, room - 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > room / 2 ? space : undefined).replace(/[\ud800-\udbff]$/, '')}…`;
}
