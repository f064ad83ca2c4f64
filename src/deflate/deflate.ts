/**
 * Deflate (RFC 1951): the same bytes on every machine; any reader of such streams gives back what went in.
 *
 * What does it is made of ./assembly when that changes (bundle/prepare-deflate.js): WebAssembly, and the same in
 * JavaScript for a Node that has none (`--jitless`), or too little address space to give it any.
 */
import machine from './prepared/machine.json' with { type: 'json' };
import { open as openInJavaScript } from './prepared/machine.js';

/** What ./assembly/machine.ts exports. */
export interface Machine {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly mostAtOnce: { readonly value: number };
  readonly output: { readonly value: number };
  readonly open: (thorough: number) => void;
  readonly place: () => number;
  readonly push: (length: number, last: number) => number;
  readonly checksum: () => number;
}

/** As much of it as is asked for; a Node may have none. */
declare const WebAssembly:
  | {
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Instance: new (module: object) => { readonly exports: unknown };
    }
  | undefined;

interface Running {
  readonly machine: Machine;
  /** All of its memory, which never grows. */
  readonly memory: Uint8Array;
}

let running: Running | undefined;

/** The machine of this process: it is made when it is first needed. */
function run(): Running {
  if (running) return running;
  const made = inWebAssembly() ?? openInJavaScript();
  running = { machine: made, memory: new Uint8Array(made.memory.buffer) };
  return running;
}

function inWebAssembly(): Machine | null {
  if (typeof WebAssembly === 'undefined') return null;
  try {
    const { exports } = new WebAssembly.Instance(
      new WebAssembly.Module(Buffer.from(machine.webAssembly, 'base64')),
    );
    return exports as Machine;
  } catch {
    // Each memory wants gigabytes of addresses, of which little is ever used: a limit on them may be lower.
    return null;
  }
}

/** Deflated bytes, and the checksum of those that went in. */
interface Stream {
  readonly bytes: Uint8Array;
  readonly checksum: number;
}

/**
 * @param head so many bytes before the stream are left free
 * @param tail and so many behind it
 */
function streamOf(bytes: Uint8Array, thorough: boolean, head: number, tail: number): Stream {
  const { machine, memory } = run();
  const parts: Uint8Array[] = [];
  let size = head + tail;
  const [mostAtOnce, output] = [machine.mostAtOnce.value, machine.output.value];
  machine.open(thorough ? 1 : 0);
  const push = (from: number, to: number): Uint8Array => {
    memory.set(bytes.subarray(from, to), machine.place());
    const made = machine.push(to - from, to === bytes.length ? 1 : 0);
    size += made;
    return memory.subarray(output, output + made);
  };
  let from = 0;
  for (; bytes.length - from > mostAtOnce; from += mostAtOnce)
    parts.push(push(from, from + mostAtOnce).slice());
  parts.push(push(from, bytes.length));
  const made = new Uint8Array(size);
  let at = head;
  for (const part of parts) {
    made.set(part, at);
    at += part.length;
  }
  return { bytes: made, checksum: machine.checksum() >>> 0 };
}

/** Some bytes as a zlib stream (RFC 1950), made for the streams of a page: a great many small ones. */
export function deflated(bytes: Uint8Array): Uint8Array {
  const { bytes: made, checksum } = streamOf(bytes, false, 2, 4);
  // Deflate with a window of 32 KiB, compressed by default (RFC 1950, 2.2).
  made[0] = 0x78;
  made[1] = 0x9c;
  new DataView(made.buffer).setUint32(made.length - 4, checksum);
  return made;
}

/**
 * Some bytes as a bare stream, for texts whose size matters more than the time that they take.
 * @returns with the checksum of the bytes that an archive wants (PKWARE APPNOTE 6.3.10, 4.4.7)
 */
export const thoroughlyDeflated = (bytes: Uint8Array): Stream => streamOf(bytes, true, 0, 0);
