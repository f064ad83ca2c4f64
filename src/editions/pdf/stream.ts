/**
 * A page's content stream (ISO 32000-1, 7.8.2, 9 and 14.6): operators, and what is set already.
 */
import type { PathCommand } from 'fontkit';
import { codeOfSpace, type FontInFile } from './embedding.js';
import type { Shaped } from './faces.js';
import { shiftIn, signIn } from './signs.js';
import { Writing } from './writing.js';

/** Numbers as short as they can be at a thousandth of a point. */
export const number = (value: number): string => String(Math.round(value * 1000) / 1000);

/** `#rrggbb` as an operand of `rg`. */
export function colour(hex: string): string {
  const part = (at: number) => number(parseInt(hex.slice(at, at + 2), 16) / 255);
  return `${part(1)} ${part(3)} ${part(5)}`;
}

/** How glyphs are shown; in points. */
export interface Look {
  readonly font: FontInFile;
  readonly size: number;
  readonly rise: number;
  /** How wide the glyphs are drawn, of their natural width. */
  readonly scale: number;
  /** What most of the spaces to come get on top of their own advance; null where there are none. */
  readonly spacing: number | null;
  /** `#rrggbb`. */
  readonly colour: string;
}

/** An outline as path operators (ISO 32000-1, 8.5.2), its origin at a place on the page. */
function pathOf(outline: readonly PathCommand[], x: number, y: number, size: number): string {
  let [fromX, fromY] = [0, 0];
  return outline
    .map(({ command, args }) => {
      if (command === 'closePath') return 'h';
      const points = [...args];
      if (command === 'quadraticCurveTo') {
        // PDF knows cubic curves alone.
        const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = args;
        const third = (end: number, control: number) => end + ((control - end) * 2) / 3;
        points.splice(0, 2, third(fromX, x1), third(fromY, y1), third(x2, x1), third(y2, y1));
      }
      [fromX = 0, fromY = 0] = points.slice(-2);
      const operands = points.map((value, at) => number((at % 2 === 0 ? x : y) + (value * size) / 1000));
      return `${operands.join(' ')} ${pathOperators[command]}`;
    })
    .join(' ');
}

const pathOperators = { moveTo: 'm', lineTo: 'l', quadraticCurveTo: 'c', bezierCurveTo: 'c' } as const;

/** What has been written of the array of an operator TJ (9.4.3): nothing, up to a shift, or up to a code in a string. */
const none = 0;
const afterShift = 1;
const inString = 2;

export class Stream {
  readonly #out = new Writing();
  #font: FontInFile | null = null;
  /** Which of the face's fonts. */
  #part = 0;
  #look: Look | null = null;
  /** Thousandths of a point. */
  #size = 0;
  /** Points. */
  #rise = 0;
  /** Thousandths of a hundredth. */
  #scale = 100_000;
  /** Of the word spacing: millionths of a point. */
  #spacing = 0;
  #fill = '';
  #open = false;
  /** Where the line that is being written began (9.4.2), in thousandths of a point. */
  #lineX = 0;
  #lineY = 0;
  /** From a line to the next one below (9.3.5), in thousandths of a point. */
  #leading = 0;
  #array = none;
  /** Thousandths of an em by which the next glyph is to be shifted. */
  #shift = 0;
  /** The pen, in points from the page's left and foot. */
  #x = 0;
  #y = 0;
  /** What is to be drawn when the text object has ended. */
  #drawings: string[] = [];

  constructor() {
    this.#out.text('q\n');
  }

  /** Begins marked content and its text object. */
  begin(tag: string, properties: string): void {
    this.end();
    this.#out.text(`/${tag}${properties}BDC\nBT\n`);
    this.#open = true;
    this.#lineX = this.#lineY = 0;
  }

  end(): void {
    if (!this.#open) return;
    this.#endLine();
    this.#out.text('ET\n');
    for (const drawing of this.#drawings) this.#out.text(drawing);
    this.#out.text('EMC\n');
    this.#drawings = [];
    this.#open = false;
  }

  rule(x: number, y: number, width: number, weight: number, hex: string): void {
    this.end();
    this.#out.text('/Artifact<</Type/Layout>>BDC\n');
    this.#paint(hex);
    this.#out.text(`${number(x)} ${number(y - weight / 2)} ${number(width)} ${number(weight)} re f\nEMC\n`);
  }

  /** A row of dots from one place to another, all rows in step. */
  dots(from: number, to: number, y: number, hex: string): void {
    this.end();
    const step = 4;
    const first = Math.ceil(from / step) * step;
    if (first > to) return;
    this.#out.text(
      `/Artifact<</Type/Layout>>BDC
q 1 J [0 ${step}] 0 d 0.8 w ${colour(hex)} RG
${number(first)} ${number(y)} m ${number(to)} ${number(y)} l S Q
EMC
`,
    );
  }

  /** Draws an image of the page's resources as marked content of its own. */
  image(tag: string, properties: string, name: string, [x, y, width, height]: readonly number[]): void {
    this.end();
    const matrix = [width, 0, 0, height, x, y].map((value) => number(value ?? 0)).join(' ');
    this.#out.text(`/${tag}${properties}BDC\nq ${matrix} cm /${name} Do Q\nEMC\n`);
  }

  /** Puts the pen at the beginning of a line. */
  move(x: number, y: number): void {
    this.#endLine();
    const [left, foot] = [Math.round(x * 1000), Math.round(y * 1000)];
    const [right, down] = [left - this.#lineX, this.#lineY - foot];
    if (right === 0 && down > 0 && down === this.#leading) this.#out.text('T*\n');
    else {
      this.#out.thousandths(right);
      this.#out.byte(0x20);
      this.#out.thousandths(-down);
      // The next line down at once becomes the leading.
      const leads = right === 0 && down > 0;
      this.#out.text(leads ? ' TD\n' : ' Td\n');
      if (leads) this.#leading = down;
    }
    [this.#lineX, this.#lineY] = [left, foot];
    [this.#x, this.#y] = [x, y];
  }

  #paint(hex: string): void {
    if (this.#fill === hex) return;
    this.#fill = hex;
    this.#out.text(`${colour(hex)} rg\n`);
  }

  /** How the glyphs to come are shown. */
  look(look: Look): void {
    const { font, size, rise, scale, spacing, colour: hex } = look;
    this.#look = look;
    const thousandths = Math.round(size * 1000);
    const percent = Math.round(scale * 100_000);
    const between =
      font.wide || spacing === null
        ? this.#spacing
        : Math.round((spacing * 1000) / (size * scale)) * thousandths;
    if (
      this.#font === font &&
      this.#size === thousandths &&
      this.#scale === percent &&
      this.#spacing === between &&
      this.#fill === hex &&
      Math.abs(rise - this.#rise) <= 0.001
    )
      return;
    this.#endArray();
    this.#paint(hex);
    if (this.#font !== font || this.#size !== thousandths) {
      this.#font = font;
      this.#size = thousandths;
      this.#select(0);
    }
    if (this.#scale !== percent) {
      this.#scale = percent;
      this.#out.thousandths(percent);
      this.#out.text(' Tz\n');
    }
    if (this.#spacing !== between) {
      this.#spacing = between;
      this.#out.millionths(between);
      this.#out.text(' Tw\n');
    }
    this.#raise(rise);
  }

  /** Takes one of the face's fonts. */
  #select(part: number): void {
    this.#part = part;
    this.#out.text(`/${this.#font?.names[part] ?? ''} `);
    this.#out.thousandths(this.#size);
    this.#out.text(' Tf\n');
  }

  #raise(rise: number): void {
    if (Math.abs(rise - this.#rise) <= 0.001) return;
    this.#endArray();
    this.#out.text(`${number(rise)} Ts\n`);
    this.#rise = rise;
  }

  /**
   * Shows glyphs one after the other, and after each of them some points on top of its own advance; without glyphs, those
   * points alone. A glyph that stands for no character is drawn as an outline: were it written, every reader would make a
   * character of its own of it.
   */
  show(shaped: Shaped, extra: number): void {
    const look = this.#look;
    if (!look) return;
    const { font, size, scale } = look;
    const added = extra === 0 ? 0 : (extra * 1000) / (size * scale);
    if (shaped.glyphs.length === 0) {
      this.#x += extra;
      this.#shift += Math.round(added);
      return;
    }
    const marks = font.signs.marksOf(shaped);
    if (marks && (extra === 0 || marks.length === 1)) {
      this.#x += (shaped.width * size * scale) / 1000 + extra;
      for (let at = 0; at < marks.length; at++) {
        // Most glyphs follow one another without a shift.
        if (this.#array === inString && this.#shift === 0 && !font.wide) {
          at = this.#out.codes(marks, at, font.codes, this.#part);
          if (at >= marks.length) break;
        }
        const mark = marks[at] ?? 0;
        const sign = signIn(mark);
        this.#code(font, font.codes[sign] || font.codeOf(sign));
        this.#shift += shiftIn(mark);
      }
      this.#shift += Math.round(added);
      return;
    }
    this.#showEach(look, shaped, added);
  }

  #showEach({ font, size, scale, rise }: Look, { glyphs }: Shaped, added: number): void {
    const adjust = (thousandths: number) => {
      this.#x += (thousandths * size * scale) / 1000;
      this.#shift += Math.round(thousandths);
    };
    for (const glyph of glyphs) {
      const up = rise + (glyph.yOffset * size) / 1000;
      this.#raise(up);
      if (glyph.outline) {
        const path = pathOf(glyph.outline, this.#x + (glyph.xOffset * size) / 1000, this.#y + up, size);
        this.#drawings.push(`q ${colour(this.#fill)} rg ${path} f Q\n`);
        adjust(glyph.advance + added);
        continue;
      }
      adjust(glyph.xOffset);
      this.#x += (glyph.width * size * scale) / 1000;
      this.#code(font, font.codeOf(font.signs.numberOf(glyph)));
      adjust(glyph.advance - glyph.width - glyph.xOffset + added);
    }
    this.#raise(rise);
  }

  /** Writes a code into the array that is open. */
  #code(font: FontInFile, code: number): void {
    const out = this.#out;
    if (!font.wide && code >> 8 !== this.#part) {
      this.#endArray();
      this.#select(code >> 8);
    }
    if (this.#shift !== 0) this.#writeShift();
    if (this.#array !== inString) {
      if (this.#array === none) out.byte(0x5b);
      out.byte(0x28);
      this.#array = inString;
    }
    if (font.wide) out.escaped(code >> 8);
    out.escaped(code & 0xff);
    if (code === codeOfSpace && !font.wide) this.#shift -= this.#spacing / this.#size;
  }

  #writeShift(): void {
    const rounded = Math.round(this.#shift);
    this.#shift = 0;
    if (rounded === 0) return;
    if (this.#array === none) this.#out.byte(0x5b);
    else this.#out.byte(this.#array === inString ? 0x29 : 0x20);
    this.#out.integer(-rounded);
    this.#array = afterShift;
  }

  /** Ends an array, and with it what is shifted. */
  #endArray(): void {
    this.#writeShift();
    if (this.#array === none) return;
    this.#out.text(this.#array === inString ? ')]TJ\n' : ']TJ\n');
    this.#array = none;
  }

  /** Ends the last array of a line: what would follow it need not be shifted. */
  #endLine(): void {
    this.#shift = 0;
    this.#endArray();
  }

  /** The whole stream. What it has set holds for it alone: a page's streams are one (ISO 32000-1, 7.8.2). */
  bytes(): Uint8Array {
    this.end();
    this.#out.text('Q');
    return this.#out.bytes();
  }
}
