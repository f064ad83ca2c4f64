/**
 * A page's content stream (ISO 32000-1, 7.8.2, 9 and 14.6): operators, and what is set already.
 */
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
  /** After every glyph. */
  readonly tracking: number;
  /** `#rrggbb`. */
  readonly colour: string;
}

export class Stream {
  private readonly operators: string[] = [];
  private font: FontInFile | null = null;
  private size = 0;
  private rise = 0;
  private tracking = 0;
  private fill = '';
  private open = false;

  /** Begins marked content and its text object. */
  begin(tag: string, properties: string): void {
    this.end();
    this.operators.push(`/${tag} ${properties} BDC`, 'BT');
    this.open = true;
  }

  end(): void {
    if (this.open) this.operators.push('ET', 'EMC');
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

  /** Draws an image of the page's resources as marked content of its own. */
  image(tag: string, properties: string, name: string, [x, y, width, height]: readonly number[]): void {
    this.end();
    const matrix = [width, 0, 0, height, x, y].map((value) => number(value ?? 0)).join(' ');
    this.operators.push(`/${tag} ${properties} BDC`, `q ${matrix} cm /${name} Do Q`, 'EMC');
  }

  /** Puts the pen at the beginning of a line. */
  move(x: number, y: number): void {
    this.operators.push(`1 0 0 1 ${number(x)} ${number(y)} Tm`);
  }

  private paint(hex: string): string {
    if (this.fill === hex) return '';
    this.fill = hex;
    return `${colour(hex)} rg\n`;
  }

  /** Shows glyphs one after the other. */
  show(runs: readonly Shown[], { font, size, rise, tracking, colour: hex }: Look): void {
    const paint = this.paint(hex);
    if (paint) this.operators.push(paint.trimEnd());
    if (this.font !== font || this.size !== size) this.operators.push(`/${font.name} ${number(size)} Tf`);
    const spacing = Math.round(tracking * 1000) / 1000;
    if (this.tracking !== spacing) this.operators.push(`${spacing} Tc`);
    this.tracking = spacing;
    this.font = font;
    this.size = size;
    let array = '';
    let codes = '';
    const adjust = (thousandths: number) => {
      const rounded = Math.round(thousandths);
      if (rounded === 0) return;
      array += `${codes === '' ? '' : `<${codes}>`}${-rounded} `;
      codes = '';
    };
    const flush = () => {
      if (codes !== '') array += `<${codes}>`;
      codes = '';
      if (array !== '') this.operators.push(`[${array.trimEnd()}]TJ`);
      array = '';
    };
    for (const { shaped, extra } of runs) {
      if (shaped.glyphs.length === 0) adjust((extra * 1000) / size);
      for (const glyph of shaped.glyphs) {
        const up = rise + (glyph.yOffset * size) / 1000;
        if (Math.abs(up - this.rise) > 0.001) {
          flush();
          this.operators.push(`${number(up)} Ts`);
          this.rise = up;
        }
        adjust(glyph.xOffset);
        codes += font.code(glyph.id, glyph.text, glyph.width);
        adjust(glyph.advance - glyph.width - glyph.xOffset + (extra * 1000) / size);
      }
    }
    flush();
  }

  bytes(): Buffer {
    this.end();
    return Buffer.from(this.operators.join('\n'), 'latin1');
  }
}
