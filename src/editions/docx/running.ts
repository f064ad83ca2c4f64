/** Heads and feet, with fields for the page and the number of pages. */
import { Footer, Header, type HeadOrFoot } from './library.js';
import type { Document } from '../../document.js';
import { stringsFor, type Template } from '../../template.js';
import { type Element, value, WordParagraph } from './element.js';
import { isRightToLeft } from './languages.js';
import { textWidth } from './measures.js';
import { field, run, tab, text, type Voice } from './runs.js';

interface Running {
  readonly default?: HeadOrFoot;
  readonly first?: HeadOrFoot;
}

/** What stands at the head of the pages. */
export function headsOf(document: Document, template: Template): Running {
  const { head, headRight } = template.running;
  if (head === '' && headRight === '') return {};
  const right = lineOf(document, template, headRight);
  const left = lineOf(document, template, head, roomFor(document, template));
  const content = right.length > 0 ? [...left, run([tab()]), ...right] : left;
  const running = new Header({ children: [new WordParagraph([value('w:pStyle', 'Header')], content)] });
  // A first page that differs and names no head of its own has an empty one (ECMA-376 part 1, 17.10.6).
  return { default: running };
}

/** The foot stands on every page; a file whose first page differs must be told so twice. */
export function feetOf(document: Document, template: Template): Running {
  if (template.running.foot === '') return {};
  const foot = () =>
    new Footer({
      children: [
        new WordParagraph([value('w:pStyle', 'Footer')], lineOf(document, template, template.running.foot)),
      ],
    });
  return template.running.firstPageHead ? { default: foot() } : { default: foot(), first: foot() };
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
