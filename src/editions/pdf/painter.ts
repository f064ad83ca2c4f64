/**
 * The painter: a page's rows as marked content, with its links and destinations. What is not the document's text
 * is an artifact.
 */
import type { Face } from './faces.js';
import { text, type PdfFile, type PdfValue, type Reference } from './file.js';
import type { Anchor, Page, PlacedImage, PlacedLine, PlacedRow } from './pages.js';
import type { TextStyle } from './items.js';
import { isPlain, type PlainPiece } from './pieces.js';
import { runsOf, shapedOf, type Run } from './runs.js';
import { extraOf } from './spacing.js';
import { Stream } from './stream.js';
import { element, enclose, mark, type Element, type PageInTree, type Parents } from './tags.js';

/** The sheet and its text area; points from the sheet's edges. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  /** The width of the text area. */
  readonly measure: number;
  /** Whether its pages run from right to left. */
  readonly mirrored: boolean;
}

/** A place on a page, in points from its left and foot. */
export interface Spot {
  readonly page: Reference;
  readonly x: number;
  readonly y: number;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** A place as a link leads to it, at the size at which the page is seen (ISO 32000-1, 12.3.2.2). */
export const destination = ({ page, x, y }: Spot): PdfValue => [page, 'XYZ', tenth(x), tenth(y), null];

/** What the painter is told once, and what it learns of the whole file as it goes. */
export interface Ledger {
  readonly file: PdfFile;
  readonly sheet: Sheet;
  /** `#rrggbb`. */
  readonly colours: { readonly rule: string; readonly link: string };
  /** What links say of themselves (ISO 14289-1, 7.18.5). */
  readonly words: { readonly toNote: (marker: string) => string; readonly back: string };
  readonly parents: Parents;
  /** By eId. */
  readonly destinations: Map<string, Spot>;
  readonly bookmarks: { readonly anchor: Anchor; readonly spot: Spot }[];
  /** Where each footnote is first called. */
  readonly calls: Map<string, Spot>;
}

export interface PaintedPage {
  readonly reference: Reference;
  /** The finished stream of the text; the head and foot come in a second one. */
  readonly content: Reference;
  readonly annotations: readonly Reference[];
  /** The key of the page in the parent tree. */
  readonly key: number;
  /** What is still to be printed: the numbers of pages that are not yet known. */
  readonly numbers: readonly NumberToCome[];
  /** The baselines of its lines of text, notes not counted; points from the page's foot. */
  readonly baselines: readonly number[];
}

/** The number of the page on which something stands, as marked content whose place is known before its words. */
export interface NumberToCome {
  readonly mcid: number;
  readonly tag: string;
  /** Of what stands there. */
  readonly eId: string;
  /** Where the number ends (or begins, on a page that runs from right to left), from the sheet's edges. */
  readonly x: number;
  readonly y: number;
  readonly style: TextStyle;
}

/** A page in the making. */
interface Canvas {
  readonly ledger: Ledger;
  readonly stream: Stream;
  readonly tree: PageInTree;
  readonly annotations: Reference[];
  readonly numbers: NumberToCome[];
  /** The element whose marked content is open. */
  current: Element | null;
}

/** Paints the text and notes of one page. */
export function paintPage(page: Page, ledger: Ledger): PaintedPage {
  const { file, sheet } = ledger;
  const owners: Element[] = [];
  const key = ledger.parents.push(owners) - 1;
  const canvas: Canvas = {
    ledger,
    stream: new Stream(),
    tree: { reference: file.reference(), owners },
    annotations: [],
    numbers: [],
    current: null,
  };
  for (const row of page.body) paintRow(canvas, row);
  if (page.notesRule !== null) {
    const y = sheet.height - sheet.top - page.notesRule;
    const x = sheet.left + (sheet.mirrored ? (sheet.measure * 3) / 4 : 0);
    canvas.stream.rule(x, y, sheet.measure / 4, 0.5, ledger.colours.rule);
    canvas.current = null;
  }
  for (const row of page.notes) paintRow(canvas, row);
  const baselines = page.body.flatMap(({ row, y }) => {
    const text = row.lines.at(-1);
    return text ? [sheet.height - sheet.top - y - text.baseline] : [];
  });
  const content = file.reference();
  content.end(canvas.stream.bytes());
  const { annotations, numbers } = canvas;
  return { reference: canvas.tree.reference, content, annotations, numbers, key, baselines };
}

function paintRow(canvas: Canvas, { row, y }: PlacedRow): void {
  const { sheet, colours, destinations, bookmarks } = canvas.ledger;
  const top = sheet.height - sheet.top - y;
  for (const anchor of row.anchors ?? []) {
    const spot = { page: canvas.tree.reference, x: sheet.left, y: top + 4 };
    destinations.set(anchor.name, spot);
    if (anchor.bookmark) bookmarks.push({ anchor, spot });
  }
  for (const image of row.images ?? []) paintImage(canvas, image, top);
  for (const line of row.lines)
    paintLine(canvas, line, leftOf(sheet, line, line.line.width), top - line.baseline);
  for (const rule of row.rules ?? []) {
    canvas.stream.rule(leftOf(sheet, rule, rule.width), top - rule.y, rule.width, rule.weight, colours.rule);
    canvas.current = null;
  }
}

/** Where something of some width begins, from the sheet's left edge. */
const leftOf = (
  sheet: Sheet,
  { x, mirrored }: { readonly x: number; readonly mirrored: boolean },
  width: number,
): number => sheet.left + (mirrored ? sheet.measure - x - width : x);

function paintImage(canvas: Canvas, placed: PlacedImage, top: number): void {
  const { sheet } = canvas.ledger;
  const { image, owner, width, height } = placed;
  const left = leftOf(sheet, placed, width);
  const properties = owner ? `<</MCID ${mark(owner, canvas.tree)}>>` : '<</Type/Layout>>';
  canvas.stream.image(owner?.tag ?? 'Artifact', properties, image.name, [left, top - height, width, height]);
  canvas.current = null;
}

/** Opens the marked content of an element, unless it is open. @returns whether the pen must be put in its place */
function into(canvas: Canvas, owner: Element | null): boolean {
  if (!owner) {
    canvas.stream.begin('Artifact', '<</Type/Pagination>>');
    canvas.current = null;
    return true;
  }
  if (canvas.current === owner) return false;
  canvas.stream.begin(owner.tag, `<</MCID ${mark(owner, canvas.tree)}>>`);
  canvas.current = owner;
  return true;
}

function paintLine(canvas: Canvas, placed: PlacedLine, left: number, y: number): void {
  const { line, owner } = placed;
  if (line.plain && owner && placed.backTo === undefined) {
    into(canvas, owner);
    canvas.stream.move(left, y);
    paintPlainLine(canvas, placed);
  } else paintRuns(canvas, placed, left, y);
  if (placed.leadsTo !== undefined && placed.owner)
    paintLeader(canvas, placed, placed.owner, placed.leadsTo, left, y);
}

/** A line run by run. */
function paintRuns(canvas: Canvas, placed: PlacedLine, left: number, y: number): void {
  let pen: number | null = null;
  for (const run of runsOf(placed.line, placed.style)) {
    const x = left + run.x;
    const { owner: whole } = placed;
    if (!whole) {
      into(canvas, null);
      canvas.stream.move(x, y);
      showRun(canvas, run, placed, placed.style.colour);
    } else if (run.call) {
      paintCall(canvas, placed, whole, run, x, y);
      pen = null;
    } else if (run.link !== undefined) {
      paintAddress(canvas, placed, whole, run, x, y);
      pen = null;
    } else {
      // A label leads back to its call; the space after it need not.
      const back =
        placed.backTo === undefined || pen !== null ? undefined : canvas.ledger.calls.get(placed.backTo);
      const owner = back ? element('Link', whole) : whole;
      if (into(canvas, owner) || pen === null || Math.abs(pen - x) > 0.001) canvas.stream.move(x, y);
      pen = x + run.width;
      showRun(canvas, run, placed, placed.style.colour);
      if (back) {
        const area = [x - 1, y - placed.style.size * 0.2, x + run.width + 1, y + placed.style.size * 0.9];
        link(canvas, owner, area, canvas.ledger.words.back, { Dest: destination(back) });
      }
    }
  }
}

/** The dots after an entry of a table of contents, the place of its number, and the link over both. */
function paintLeader(
  canvas: Canvas,
  placed: PlacedLine,
  owner: Element,
  eId: string,
  left: number,
  y: number,
): void {
  const { sheet } = canvas.ledger;
  const { style, line, mirrored } = placed;
  const room = style.size * 2;
  const [start, end] = [sheet.left, sheet.left + sheet.measure];
  if (mirrored) canvas.stream.dots(start + room, left - style.size * 0.5, y, style.colour);
  else canvas.stream.dots(left + line.width + style.size * 0.5, end - room, y, style.colour);
  canvas.current = null;
  const own = element('Span', owner);
  canvas.numbers.push({
    mcid: mark(own, canvas.tree),
    tag: own.tag,
    eId,
    x: mirrored ? start : end,
    y,
    style,
  });
  const [from, to] = mirrored ? [start, left + line.width] : [left, end];
  const words = line.pieces.map((piece) => ('text' in piece ? piece.text : '')).join('');
  link(canvas, owner, [from, y - style.size * 0.3, to, y + style.size * 0.9], words, { Dest: text(eId) });
}

function paintCall(canvas: Canvas, placed: PlacedLine, owner: Element, run: Run, x: number, y: number): void {
  const { style } = placed;
  const { calls, words, colours } = canvas.ledger;
  const call = run.call;
  if (!call) return;
  const inside = element('Link', element('Reference', owner));
  into(canvas, inside);
  canvas.stream.move(x, y);
  showRun(canvas, run, placed, colours.link);
  const area = [x - 0.5, y - style.size * 0.1, x + run.width + 0.5, y + style.size * 0.85];
  link(canvas, inside, area, words.toNote(call.marker), { Dest: text(call.footnote) });
  if (!calls.has(call.footnote))
    calls.set(call.footnote, {
      page: canvas.tree.reference,
      x: canvas.ledger.sheet.left,
      y: y + style.size * 1.2,
    });
}

function paintAddress(
  canvas: Canvas,
  placed: PlacedLine,
  owner: Element,
  run: Run,
  x: number,
  y: number,
): void {
  const { style } = placed;
  const inside = element('Link', owner);
  into(canvas, inside);
  canvas.stream.move(x, y);
  showRun(canvas, run, placed, canvas.ledger.colours.link);
  const area = [x, y - style.size * 0.25, x + run.width, y + style.size * 0.85];
  const address = run.link ?? '';
  // A URI is ASCII (ISO 32000-1, 12.6.4.7).
  const ascii = address.replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character));
  link(canvas, inside, area, address, { A: { Type: 'Action', S: 'URI', URI: text(ascii) } });
}

function showRun({ stream, ledger }: Canvas, run: Run, { line }: PlacedLine, colour: string): void {
  const { extra, scale } = line;
  for (const { face, size, rise, shown } of run.shows) {
    const spacing = run.call || rise !== 0 ? null : extra;
    stream.look({ font: ledger.file.font(face), size, rise, scale, spacing, colour });
    for (const { shaped, extra: own } of shown) stream.show(shaped, own);
  }
}

/** A line of words and spaces that are read from left to right, of one element. */
function paintPlainLine({ stream, ledger }: Canvas, { line, style }: PlacedLine): void {
  const { extra, scale } = line;
  let face: Face | null = null;
  const show = (piece: PlainPiece, own: number) => {
    if (face !== piece.face) {
      face = piece.face;
      const font = ledger.file.font(face);
      const size = style.size * face.scale;
      stream.look({ font, size, rise: 0, scale, spacing: extra, colour: style.colour });
    }
    stream.show(shapedOf(piece), own);
  };
  for (const piece of line.pieces) if (isPlain(piece)) show(piece, extraOf(piece, line));
  for (const piece of line.trailing) if (isPlain(piece)) show(piece, 0);
}

/** A link annotation (ISO 32000-1, 12.5.6.5), tagged and printed (ISO 19005-2, 6.3.2). */
function link(
  canvas: Canvas,
  owner: Element,
  area: readonly number[],
  contents: string,
  target: Readonly<Record<string, PdfValue>>,
): void {
  const { file, parents } = canvas.ledger;
  const annotation = file.reference({
    Type: 'Annot',
    Subtype: 'Link',
    Rect: area.map(tenth),
    Border: [0, 0, 0],
    F: 4,
    Contents: text(contents),
    ...target,
    StructParent: parents.push(owner) - 1,
  });
  annotation.end();
  canvas.annotations.push(annotation);
  enclose(owner, canvas.tree, annotation);
}
