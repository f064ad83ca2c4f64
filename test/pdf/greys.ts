/**
 * Pages as grids of grey: each page rendered by pdftoppm at a low resolution and averaged over cells, so that what
 * the eye would miss (another version of the renderer) is missed, and what it would see is not.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Pixels to the inch, and pixels on each side of a cell: a cell is eight points high and wide. */
const resolution = 36;
const cell = 4;
/** Of grey, from black to white: a character each. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const levels = digits.length - 1;
const rounding = 255 / levels / 2;

export interface Grid {
  readonly columns: number;
  /** 0 black to 255 white, row by row. */
  readonly greys: readonly number[];
}

/** The pages of a file. Throws where pdftoppm is not installed. */
export function gridsOf(pdf: Uint8Array): Grid[] {
  const folder = mkdtempSync(join(tmpdir(), 'engross-greys-'));
  try {
    writeFileSync(join(folder, 'file.pdf'), pdf);
    execFileSync('pdftoppm', [
      '-gray',
      '-r',
      String(resolution),
      join(folder, 'file.pdf'),
      join(folder, 'page'),
    ]);
    return readdirSync(folder)
      .filter((name) => name.endsWith('.pgm'))
      .sort()
      .map((name) => gridOf(readFileSync(join(folder, name))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A portable greymap (PGM, P5). */
function gridOf(bytes: Buffer): Grid {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 64));
  if (!head) throw new Error('pdftoppm wrote no PGM');
  const [width, height] = [Number(head[1]), Number(head[2])];
  const pixels = bytes.subarray(head[0].length);
  const [columns, rows] = [Math.floor(width / cell), Math.floor(height / cell)];
  const greys: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let y = 0; y < cell; y++)
        for (let x = 0; x < cell; x++) sum += pixels[(row * cell + y) * width + column * cell + x] ?? 255;
      greys.push(sum / (cell * cell));
    }
  return { columns, greys };
}

/** As text, a character a cell: `/` is white. */
export function printed(pages: readonly Grid[]): string {
  return pages
    .map(({ columns, greys }) => {
      const text = greys.map((grey) => digits.charAt(Math.round((grey / 255) * levels))).join('');
      return (text.match(new RegExp(`.{${columns}}`, 'g')) ?? []).join('\n');
    })
    .join('\n\n')
    .concat('\n');
}

export function parsed(text: string): Grid[] {
  return text
    .trim()
    .split('\n\n')
    .map((page) => ({
      columns: page.indexOf('\n'),
      greys: Array.from(page.replaceAll('\n', ''), (digit) => (digits.indexOf(digit) / levels) * 255),
    }));
}

export interface Difference {
  /** Of all cells, in levels of 255. */
  readonly mean: number;
  /** The share of cells that differ plainly. */
  readonly plain: number;
  /** Of the row of cells that differs most, in levels of 255: a single line that has moved. */
  readonly row: number;
}

/** How two pages differ beyond what is lost when one is kept; null where they are not of one size. */
export function differenceOf(one: Grid | undefined, other: Grid | undefined): Difference | null {
  if (!one || !other || one.columns !== other.columns || one.greys.length !== other.greys.length) return null;
  let [sum, plain] = [0, 0];
  const rows: number[] = [];
  for (const [index, grey] of one.greys.entries()) {
    const by = Math.max(0, Math.abs(grey - (other.greys[index] ?? 0)) - rounding);
    const row = Math.floor(index / one.columns);
    rows[row] = (rows[row] ?? 0) + by / one.columns;
    sum += by;
    if (by > 32) plain += 1;
  }
  return { mean: sum / one.greys.length, plain: plain / one.greys.length, row: Math.max(...rows) };
}
