/**
 * Inputs that nobody foresaw, as bytes, each told by its seed: the inputs of test/documents and the founding document with
 * bytes flipped, lines swapped, doubled and cut, random bytes put in, two files joined; or nothing but random bytes.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dice, mutated, swap } from '../variants.js';

export interface Input {
  /** By its ending the reader knows plain text from Markdown. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** What inputs are made of, in the order of their names. @param root the project's folder */
export function basesIn(root: string): readonly Input[] {
  const folder = join(root, 'test/documents');
  const found: Input[] = [];
  for (const name of readdirSync(folder).sort())
    for (const file of ['input.txt', 'input.md']) {
      const path = join(folder, name, file);
      if (existsSync(path)) found.push({ file, bytes: readFileSync(path) });
    }
  for (const name of readdirSync(join(root, 'input')).sort())
    if (/\.(txt|md)$/.test(name))
      found.push({
        file: `input${name.slice(name.lastIndexOf('.'))}`,
        bytes: readFileSync(join(root, 'input', name)),
      });
  return found;
}

/** Bytes as text and back, one character a byte: what is changed so may be no UTF-8 afterwards. */
const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const random = (dice: Dice, length: number): Uint8Array => Uint8Array.from({ length }, () => dice.below(256));

function changed(bytes: Uint8Array, dice: Dice, bases: readonly Input[]): Uint8Array {
  const at = dice.below(bytes.length + 1);
  switch (dice.below(12)) {
    case 0: {
      const flipped = Uint8Array.from(bytes);
      for (let count = 1 + dice.below(8); count > 0 && bytes.length > 0; count--) {
        const place = dice.below(bytes.length);
        flipped[place] = (flipped[place] ?? 0) ^ (1 << dice.below(8));
      }
      return flipped;
    }
    case 1:
      return Buffer.concat([bytes.subarray(0, at), random(dice, 1 + dice.below(12)), bytes.subarray(at)]);
    case 2:
      // A cut, perhaps in the middle of a character.
      return bytes.subarray(0, at);
    case 3:
      return bytes.subarray(at);
    case 4: {
      const other = dice.of(bases).bytes;
      return Buffer.concat([
        bytes,
        dice.of([Buffer.from('\n'), Buffer.from('\n\n\n'), Buffer.from('\f'), Buffer.alloc(0)]),
        other,
      ]);
    }
    case 5: {
      const lines = binary(bytes).split('\n');
      swap(lines, dice.below(lines.length), dice.below(lines.length));
      return Buffer.from(lines.join('\n'), 'latin1');
    }
    case 6: {
      const lines = binary(bytes).split('\n');
      const from = dice.below(lines.length);
      lines.splice(dice.below(lines.length), 0, ...lines.slice(from, from + 1 + dice.below(30)));
      return Buffer.from(lines.join('\n'), 'latin1');
    }
    case 7: {
      const lines = binary(bytes).split('\n');
      lines.splice(dice.below(lines.length), 1 + dice.below(10));
      return Buffer.from(lines.join('\n'), 'latin1');
    }
    case 8: {
      // One line again and again: what grows faster than the text shows here.
      const lines = binary(bytes).split('\n');
      const line = dice.below(lines.length);
      lines[line] = (lines[line] ?? '').slice(0, 200).repeat(1 + dice.below(60));
      return Buffer.from(lines.join('\n'), 'latin1');
    }
    default: {
      const texts = bases.length > 0 ? [new TextDecoder().decode(dice.of(bases).bytes)] : [''];
      return Buffer.from(mutated(new TextDecoder().decode(bytes), dice, texts));
    }
  }
}

/** The input of a seed. */
export function inputOf(seed: number, bases: readonly Input[]): Input {
  const dice = new Dice(seed);
  const base = dice.of(bases);
  // Now and then a text is taken for Markdown, and the other way round.
  const file = dice.below(10) === 0 ? dice.of(['input.txt', 'input.md']) : base.file;
  if (dice.below(50) === 0) return { file, bytes: random(dice, 1 + dice.below(3000)) };
  let { bytes } = base;
  for (let count = 1 + dice.below(5); count > 0; count--) bytes = changed(bytes, dice, bases);
  return { file, bytes };
}
