/** Deflate of our own: what two other readers inflate is what went in, and it is no larger than what libraries make. */
import { existsSync, readFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { inflateSync as inflateRaw, unzlibSync, zlibSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { compiler, prepared } from '../bundle/prepare-deflate.js';
import { deflated, thoroughlyDeflated as withChecksum } from '../src/deflate/deflate.js';

const thoroughlyDeflated = (bytes: Uint8Array): Uint8Array => withChecksum(bytes).bytes;

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

  it('keeps millions of bytes, of which few are looked at together', () => {
    for (const alphabet of [1, 3, 250]) size(mixed(3_000_000, alphabet, alphabet, 32_768));
    const halves = [
      mixed(200_000, 1, 256, 300_000),
      new Uint8Array(1_000_000),
      mixed(200_000, 2, 256, 300_000),
    ];
    size(Uint8Array.from(halves.flatMap((half) => [...half])));
  });

  it('keeps what no code makes shorter, in parts', () => {
    const bytes = mixed(300_000, 1950, 256, 300_000);
    expect(size(bytes)).toBeLessThan(bytes.length + 200);
  });
});

describe('the machine', () => {
  it.skipIf(!existsSync(compiler) && !process.env['CI'])('is what its source gives', () => {
    const folder = new URL('../src/deflate/prepared/', import.meta.url);
    for (const [name, text] of Object.entries(prepared()))
      expect(readFileSync(new URL(name, folder), 'utf8') === text, `${name}: npm run prepare-deflate`).toBe(
        true,
      );
  });

  it('makes the same of any bytes where there is no WebAssembly, and where its memory can’t be had', async () => {
    const refuse = function (): never {
      throw new RangeError('Out of memory: Cannot allocate Wasm memory for new instance');
    };
    for (const instead of [undefined, { Module: Object, Instance: refuse }]) {
      vi.stubGlobal('WebAssembly', instead);
      vi.resetModules();
      const inJavaScript = await import('../src/deflate/deflate.js');
      inJavaScript.deflated(text);
      vi.unstubAllGlobals();
      for (const length of [0, 1, 5, 300, 20_000, 131_072, 131_073, 400_000])
        for (const alphabet of [2, 60, 256])
          for (const back of [9, 32_768]) {
            const bytes = mixed(length, length + alphabet, alphabet, back);
            expect(Buffer.compare(inJavaScript.deflated(bytes), deflated(bytes))).toBe(0);
            const [one, other] = [inJavaScript.thoroughlyDeflated(bytes), withChecksum(bytes)];
            expect(Buffer.compare(one.bytes, other.bytes)).toBe(0);
            expect(one.checksum).toBe(other.checksum);
          }
    }
  });

  it('knows the checksum of an archive', () => {
    // The check value of this checksum, as catalogues of such give it.
    expect(withChecksum(new TextEncoder().encode('123456789')).checksum).toBe(0xcbf43926);
    expect(withChecksum(new Uint8Array()).checksum).toBe(0);
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
