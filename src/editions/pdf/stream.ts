/**
 * A page's content stream (ISO 32000-1, 7.8.2, 9 and 14.6): operators, and what is set already.
 */
import type { PathCommand } from 'fontkit';
import type { Shaped } from './faces.js';
import type { FontInFile } from './file.js';

/** Numbers as short as they can be at a thousandth of a point. */
export const number = (value: number): string => String(Math.round(value * 1000) / 1000);

/** `#rrggbb` as an operand of `rg`. */
export function colour(hex: string): string {
  const part = (at: number) => number(parseInt(hex.slice(at, at + 2), 16) / 255);
  return `${part(1)} ${part(3)} ${part(5)}`;
}

/** Some glyphs, and the points that follow each of them on top of their own advance; without glyphs, points alone. */
export interface Shown {
  readonly shaped: Shaped;
  readonly extra: number;
}

/** How glyphs are shown; in points. */
export interface Look {
  readonly font: FontInFile;
  readonly size: number;
  readonly rise: number;
  /** How wide the glyphs are drawn, of their natural width. */
  readonly scale: number;
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

export class Stream {
  private readonly operators: string[] = [];
  private font: FontInFile | null = null;
  private size = 0;
  private rise = 0;
  private scale = 100;
  private fill = '';
  private open = false;
  /** The pen, in points from the page's left and foot. */
  private x = 0;
  private y = 0;
  /** What is to be drawn when the text object has ended. */
  private drawings: string[] = [];

  /** Begins marked content and its text object. */
  begin(tag: string, properties: string): void {
    this.end();
    this.operators.push(`/${tag} ${properties} BDC`, 'BT');
    this.open = true;
  }

  end(): void {
    if (this.open) this.operators.push('ET', ...this.drawings, 'EMC');
    this.drawings = [];
    this.open = false;
  }

  rule(x: number, y: number, width: number, weight: number, hex: string): void {
    this.end();
    this.operators.push(
      `/Artifact <</Type /Layout>> BDC`,
      `${this.paint(hex)}${number(x)} ${number(y - weight / 2)} ${number(width)} ${number(weight)} re f`,
      'EMC',
    );
  }

  /** A row of dots from one place to another, all rows in step. */
  dots(from: number, to: number, y: number, hex: string): void {
    this.end();
    const step = 4;
    const first = Math.ceil(from / step) * step;
    if (first > to) return;
    this.operators.push(
      `/Artifact <</Type /Layout>> BDC`,
      `q 1 J [0 ${step}] 0 d 0.8 w ${colour(hex)} RG`,
      `${number(first)} ${number(y)} m ${number(to)} ${number(y)} l S Q`,
      'EMC',
    );
  }

  /** Draws an image of the page's resources as marked content of its own. */
  image(tag: string, properties: string, name: string, [x, y, width, height]: readonly number[]): void {
    this.end();
    const matrix = [width, 0, 0, height, x, y].map((value) => number(value ?? 0)).join(' ');
    this.operators.push(`/${tag} ${properties} BDC`, `q ${matrix} cm /${name} Do Q`, 'EMC');
  }

  /** Puts the pen at the beginning of a line. */
  move(x: number, y: number): void {
    this.operators.push(`1 0 0 1 ${number(x)} ${number(y)} Tm`);
    [this.x, this.y] = [x, y];
  }

  private paint(hex: string): string {
    if (this.fill === hex) return '';
    this.fill = hex;
    return `${colour(hex)} rg\n`;
  }

  /**
   * Shows glyphs one after the other. One that stands for no character is drawn as an outline: were it written, every
   * reader would make a character of its own of it.
   */
  show(runs: readonly Shown[], { font, size, rise, scale, colour: hex }: Look): void {
    const paint = this.paint(hex);
    if (paint) this.operators.push(paint.trimEnd());
    if (this.font !== font || this.size !== size) this.operators.push(`/${font.name} ${number(size)} Tf`);
    const percent = Math.round(scale * 100_000) / 1000;
    if (this.scale !== percent) this.operators.push(`${percent} Tz`);
    this.scale = percent;
    this.font = font;
    this.size = size;
    let array = '';
    let codes = '';
    const adjust = (thousandths: number) => {
      this.x += (thousandths * size * scale) / 1000;
      const rounded = Math.round(thousandths);
      if (rounded === 0) return;
      array += `${codes === '' ? '' : `(${codes})`}${-rounded} `;
      codes = '';
    };
    const flush = () => {
      if (codes !== '') array += `(${codes})`;
      codes = '';
      if (array !== '') this.operators.push(`[${array.trimEnd()}]TJ`);
      array = '';
    };
    const raise = (up: number) => {
      if (Math.abs(up - this.rise) <= 0.001) return;
      flush();
      this.operators.push(`${number(up)} Ts`);
      this.rise = up;
    };
    for (const { shaped, extra } of runs) {
      const added = (extra * 1000) / (size * scale);
      const { glyphs } = shaped;
      if (glyphs.length === 0) {
        adjust(added);
        continue;
      }
      const { head, middle, tail, plain } = font.encoded(shaped);
      if (plain && extra === 0) {
        raise(rise);
        codes += head;
        if (middle !== '') {
          array += codes === '' ? middle : `(${codes})${middle}`;
          codes = tail;
        }
        this.x += (shaped.width * size * scale) / 1000;
        continue;
      }
      for (const glyph of glyphs) {
        const up = rise + (glyph.yOffset * size) / 1000;
        raise(up);
        if (glyph.outline) {
          const path = pathOf(glyph.outline, this.x + (glyph.xOffset * size) / 1000, this.y + up, size);
          this.drawings.push(`q ${colour(hex)} rg ${path} f Q`);
          adjust(glyph.advance + added);
          continue;
        }
        adjust(glyph.xOffset);
        this.x += (glyph.width * size * scale) / 1000;
        codes += font.code(glyph);
        adjust(glyph.advance - glyph.width - glyph.xOffset + added);
      }
    }
    flush();
  }

  /** The whole stream. What it has set holds for it alone: a page's streams are one (ISO 32000-1, 7.8.2). */
  bytes(): Buffer {
    this.end();
    return Buffer.from(['q', ...this.operators, 'Q'].join('\n'), 'latin1');
  }
}
