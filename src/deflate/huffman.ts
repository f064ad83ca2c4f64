/** Huffman codes of a limited length, as deflate has them (RFC 1951, 3.2.2). */

export interface Code {
  /** Of each symbol in bits; 0 for one that never comes. */
  readonly lengths: Uint8Array;
  /** The bits of each symbol, the first to be written lowest. */
  readonly bits: Uint16Array;
}

/** Room for the most symbols of any alphabet. */
const sorted = new Float64Array(320);
const weights = new Int32Array(320);

/** An empty code for so many symbols. */
export const openCode = (symbols: number): Code => ({
  lengths: new Uint8Array(symbols),
  bits: new Uint16Array(symbols),
});

/**
 * Settles a code by how often each symbol comes.
 * @param most the greatest length of a code word, in bits
 */
export function settleCode({ lengths, bits }: Code, counts: Uint32Array, most: number): void {
  lengths.fill(0);
  let used = 0;
  for (let symbol = 0; symbol < counts.length; symbol++) {
    const count = counts[symbol] ?? 0;
    // Sorted by count, and where that is the same by symbol.
    if (count > 0) sorted[used++] = count * 512 + symbol;
  }
  // Some readers ask for two code words at least.
  for (let symbol = 0; used < 2; symbol++) if ((counts[symbol] ?? 0) === 0) sorted[used++] = 512 + symbol;
  const order = sorted.subarray(0, used).sort();
  for (let index = 0; index < used; index++) weights[index] = Math.floor((order[index] ?? 0) / 512);
  leastLengths(weights, used);
  const perLength = limited(weights, used, most);
  let next = used - 1;
  for (let length = 1; length <= most; length++)
    for (let some = perLength[length] ?? 0; some > 0; some--) lengths[(order[next--] ?? 0) % 512] = length;
  assign(lengths, bits, perLength, most);
}

/**
 * The lengths of an optimal code, in the place of ascending weights, by A. Moffat and J. Katajainen, "In-Place Calculation
 * of Minimum-Redundancy Codes" (1995).
 */
function leastLengths(all: Int32Array, count: number): void {
  const at = (index: number) => all[index] ?? 0;
  let root = 0;
  let leaf = 2;
  all[0] = at(0) + at(1);
  for (let next = 1; next < count - 1; next++) {
    if (leaf >= count || at(root) < at(leaf)) {
      all[next] = at(root);
      all[root++] = next;
    } else all[next] = at(leaf++);
    if (leaf >= count || (root < next && at(root) < at(leaf))) {
      all[next] = at(next) + at(root);
      all[root++] = next;
    } else all[next] = at(next) + at(leaf++);
  }
  all[count - 2] = 0;
  for (let next = count - 3; next >= 0; next--) all[next] = at(at(next)) + 1;
  let [open, inner, depth, next] = [1, 0, 0, count - 1];
  for (root = count - 2; open > 0; depth++, inner = 0) {
    for (; root >= 0 && at(root) === depth; root--) inner++;
    for (; open > inner; open--) all[next--] = depth;
    open = 2 * inner;
  }
}

const perLength = new Int32Array(33);

/** How many code words there are of each length, none being longer than the most: what was longer is made up for by others. */
function limited(lengths: Int32Array, count: number, most: number): Int32Array {
  perLength.fill(0);
  for (let index = 0; index < count; index++) {
    const length = Math.min(most, lengths[index] ?? 0);
    perLength[length] = (perLength[length] ?? 0) + 1;
  }
  let filled = 0;
  for (let length = 1; length <= most; length++) filled += (perLength[length] ?? 0) << (most - length);
  for (; filled > 1 << most; filled--) {
    perLength[most] = (perLength[most] ?? 0) - 1;
    let length = most - 1;
    while (perLength[length] === 0) length--;
    perLength[length] = (perLength[length] ?? 0) - 1;
    perLength[length + 1] = (perLength[length + 1] ?? 0) + 2;
  }
  return perLength;
}

const firsts = new Int32Array(17);

/** The code words, in the order of their lengths and symbols. */
function assign(lengths: Uint8Array, bits: Uint16Array, counts: Int32Array, most: number): void {
  let code = 0;
  for (let length = 1; length <= most; length++) {
    code = (code + (length > 1 ? (counts[length - 1] ?? 0) : 0)) << 1;
    firsts[length] = code;
  }
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] ?? 0;
    if (length === 0) continue;
    let word = firsts[length] ?? 0;
    firsts[length] = word + 1;
    let turned = 0;
    for (let bit = 0; bit < length; bit++, word >>= 1) turned = (turned << 1) | (word & 1);
    bits[symbol] = turned;
  }
}
