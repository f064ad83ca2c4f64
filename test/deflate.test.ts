/** Deflate of our own: what two other readers inflate is what went in, and it is no larger than what libraries make. */
import { readFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { inflateSync as inflateRaw, unzlibSync, zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { deflated } from '../src/deflate/deflate.js';
import { thoroughlyDeflated } from '../src/deflate/thorough.js';
import { openCode, settleCode } from '../src/deflate/huffman.js';

type Sizing = (bytes: Uint8Array) => number;

/** The size of a stream; throws where a reader gives back anything else. */
const sizing =
  (make: (bytes: Uint8Array) => Uint8Array, ...readers: ((stream: Uint8Array) => Uint8Array)[]): Sizing =>
  (bytes) => {
    const stream = make(bytes);
    for (const read of readers)
      // Compared by hand: an assertion on a million bytes takes seconds.
      if (Buffer.compare(read(stream), bytes) !== 0) throw new Error('a reader gives other bytes');
    return stream.length;
  };
const sizeOf = sizing(deflated, inflateSync, unzlibSync);
const thoroughSize = sizing(thoroughlyDeflated, inflateRawSync, inflateRaw);

/** Bytes of which some repeat what stands up to so many bytes before, and the others are of a small or large alphabet. */
function mixed(length: number, seed: number, alphabet: number, back: number): Uint8Array {
  let state = seed + 1;
  // What looks like chance, the same each time (Park and Miller).
  const pick = (below: number) => (state = (state * 48271) % 0x7fffffff) % below;
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;)
    if (at > back && pick(3) === 0)
      for (let some = 3 + pick(400), from = at - 1 - pick(back); some > 0 && at < length; some--)
        bytes[at++] = bytes[from++] ?? 0;
    else bytes[at++] = pick(alphabet);
  return bytes;
}

const text = readFileSync(new URL('../input/nato-2007-12-07-final-communique.txt', import.meta.url));

describe.each([
  ['deflate', sizeOf],
  ['thorough deflate', thoroughSize],
])('%s', (_, size) => {
  it('keeps any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => size(bytes) > 0),
      { seed: 1951, numRuns: 300 },
    );
  });

  it('keeps bytes that repeat, near and as far as a repetition may point, over many blocks', () => {
    for (const length of [0, 1, 2, 3, 4, 5, 258, 259, 32_768, 32_769, 65_536, 65_537, 200_000])
      for (const alphabet of [1, 2, 70, 256])
        for (const back of [1, 7, 32_768, 40_000])
          size(mixed(length, length + alphabet + back, alphabet, back));
  });

  it('keeps what no code makes shorter, in parts', () => {
    const bytes = mixed(300_000, 1950, 256, 300_000);
    expect(size(bytes)).toBeLessThan(bytes.length + 200);
  });
});

describe('thorough deflate', () => {
  it('gives the same bytes whatever it has done before, and such that later work leaves alone', () => {
    const bytes = mixed(50_000, 3, 60, 900);
    const first = thoroughlyDeflated(bytes);
    const copy = first.slice();
    thoroughlyDeflated(mixed(200_000, 4, 200, 30_000));
    deflated(text);
    expect(Buffer.compare(first, copy)).toBe(0);
    expect(Buffer.compare(thoroughlyDeflated(bytes), first)).toBe(0);
  });

  it('makes a text smaller than the strongest level of zlib', () => {
    expect(thoroughSize(text)).toBeLessThan(deflateRawSync(text, { level: 9, memLevel: 9 }).length);
  });
});

describe('deflate', () => {
  it.each([7, 15])('makes no code word longer than %i bits, and leaves no word unused', (most) => {
    const counts = new Uint32Array(19).fill(1);
    for (let symbol = 2; symbol < 19; symbol++)
      counts[symbol] = (counts[symbol - 1] ?? 0) + (counts[symbol - 2] ?? 0);
    const code = openCode(19);
    settleCode(code, counts, most);
    expect(Math.max(...code.lengths)).toBe(most);
    expect(code.lengths.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(1);
    const words = Array.from(code.lengths, (length, symbol) =>
      (code.bits[symbol] ?? 0).toString(2).padStart(length, '0').split('').reverse().join(''),
    );
    for (const word of words) expect(words.filter((other) => other.startsWith(word))).toEqual([word]);
  });

  it('gives the same bytes whatever it has done before', () => {
    const bytes = mixed(50_000, 3, 60, 900);
    const first = deflated(bytes);
    deflated(mixed(200_000, 4, 200, 30_000));
    expect(Buffer.compare(deflated(bytes), first)).toBe(0);
  });

  it('makes a text hardly larger than the library does at its usual level', () => {
    expect(sizeOf(text)).toBeLessThan(zlibSync(text, { level: 6 }).length * 1.03);
  });
});
