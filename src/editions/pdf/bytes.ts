/** Bytes that are written one after the other, in a few large blocks: a file has a great many small pieces. */

const least = 1 << 16;
const most = 1 << 20;

export class Bytes {
  readonly #full: Uint8Array[] = [];
  #block: Buffer = Buffer.alloc(least);
  #used = 0;
  /** How many bytes there are. */
  length = 0;

  /** Room for so many bytes more in one block. */
  #room(count: number): void {
    if (this.#used + count <= this.#block.length) return;
    this.#full.push(this.#block.subarray(0, this.#used));
    this.#block = Buffer.alloc(Math.max(count, Math.min(most, this.#block.length * 2)));
    this.#used = 0;
  }

  /** Adds a text of which each character is a byte. */
  addText(text: string): void {
    this.#room(text.length);
    this.#block.write(text, this.#used, 'latin1');
    this.#used += text.length;
    this.length += text.length;
  }

  add(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#block.set(bytes, this.#used);
    this.#used += bytes.length;
    this.length += bytes.length;
  }

  /** All of them, in order. */
  blocks(): readonly Uint8Array[] {
    return [...this.#full, this.#block.subarray(0, this.#used)];
  }

  all(): Uint8Array {
    const bytes = new Uint8Array(this.length);
    let at = 0;
    for (const block of this.blocks()) {
      bytes.set(block, at);
      at += block.length;
    }
    return bytes;
  }
}
