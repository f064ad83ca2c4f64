/** Huffman codes of a limited length, as deflate has them (RFC 1951, 3.2.2). */
import { addTo, byteAt, setByte, setShort, setWord, wordAt } from './tables';

/** Room for the most symbols of any alphabet. */
const sorted = memory.data(320 * 4, 4);
const weights = memory.data(320 * 4, 4);
const perLength = memory.data(33 * 4, 4);
const firsts = memory.data(17 * 4, 4);

/**
 * Settles a code by how often each symbol comes.
 * @param lengths receives the length of each symbol's word in bits, a byte each; 0 for one that never comes
 * @param words receives the bits of each symbol, two bytes each, the first to be written lowest
 * @param counts how often each symbol comes, in words
 * @param most the greatest length of a code word, in bits
 */
export function settleCode(lengths: usize, words: usize, counts: usize, symbols: i32, most: i32): void {
  memory.fill(lengths, 0, symbols);
  let used = 0;
  for (let symbol = 0; symbol < symbols; symbol++) {
    const count = wordAt(counts, symbol);
    // Sorted by count, and where that is the same by symbol.
    if (count > 0) setWord(sorted, used++, (count << 9) | symbol);
  }
  // Some readers ask for two code words at least.
  for (let symbol = 0; used < 2; symbol++)
    if (wordAt(counts, symbol) == 0) setWord(sorted, used++, (1 << 9) | symbol);
  sort(used);
  for (let index = 0; index < used; index++) setWord(weights, index, wordAt(sorted, index) >> 9);
  leastLengths(used);
  limit(used, most);
  let next = used - 1;
  for (let length = 1; length <= most; length++)
    for (let some = wordAt(perLength, length); some > 0; some--)
      setByte(lengths, wordAt(sorted, next--) & 511, length);
  assign(lengths, words, symbols, most);
}

/** Sorts the symbols that come, by shrinking gaps (D. L. Shell). No two are the same. */
function sort(count: i32): void {
  for (let gap = count >> 1; gap > 0; gap >>= 1)
    for (let from = gap; from < count; from++) {
      const moved = wordAt(sorted, from);
      let to = from;
      for (; to >= gap && wordAt(sorted, to - gap) > moved; to -= gap)
        setWord(sorted, to, wordAt(sorted, to - gap));
      setWord(sorted, to, moved);
    }
}

/**
 * The lengths of an optimal code, in the place of ascending weights, by A. Moffat and J. Katajainen, "In-Place Calculation
 * of Minimum-Redundancy Codes" (1995).
 */
function leastLengths(count: i32): void {
  let root = 0;
  let leaf = 2;
  setWord(weights, 0, wordAt(weights, 0) + wordAt(weights, 1));
  for (let next = 1; next < count - 1; next++) {
    if (leaf >= count || wordAt(weights, root) < wordAt(weights, leaf)) {
      setWord(weights, next, wordAt(weights, root));
      setWord(weights, root++, next);
    } else setWord(weights, next, wordAt(weights, leaf++));
    if (leaf >= count || (root < next && wordAt(weights, root) < wordAt(weights, leaf))) {
      addTo(weights, next, wordAt(weights, root));
      setWord(weights, root++, next);
    } else addTo(weights, next, wordAt(weights, leaf++));
  }
  setWord(weights, count - 2, 0);
  for (let next = count - 3; next >= 0; next--)
    setWord(weights, next, wordAt(weights, wordAt(weights, next)) + 1);
  let open = 1;
  let depth = 0;
  let next = count - 1;
  for (root = count - 2; open > 0; depth++) {
    let inner = 0;
    for (; root >= 0 && wordAt(weights, root) == depth; root--) inner++;
    for (; open > inner; open--) setWord(weights, next--, depth);
    open = 2 * inner;
  }
}

/** How many code words there are of each length, none being longer than the most: what was longer is made up for by others. */
function limit(count: i32, most: i32): void {
  memory.fill(perLength, 0, 33 * 4);
  for (let index = 0; index < count; index++) {
    const length = wordAt(weights, index);
    addTo(perLength, length < most ? length : most, 1);
  }
  let filled = 0;
  for (let length = 1; length <= most; length++) filled += wordAt(perLength, length) << (most - length);
  for (; filled > 1 << most; filled--) {
    addTo(perLength, most, -1);
    let length = most - 1;
    while (wordAt(perLength, length) == 0) length--;
    addTo(perLength, length, -1);
    addTo(perLength, length + 1, 2);
  }
}

/** The code words, in the order of their lengths and symbols. */
function assign(lengths: usize, words: usize, symbols: i32, most: i32): void {
  let first = 0;
  for (let length = 1; length <= most; length++) {
    first = (first + (length > 1 ? wordAt(perLength, length - 1) : 0)) << 1;
    setWord(firsts, length, first);
  }
  for (let symbol = 0; symbol < symbols; symbol++) {
    const length = byteAt(lengths, symbol);
    if (length == 0) continue;
    setShort(words, symbol, reversed(wordAt(firsts, length), length));
    addTo(firsts, length, 1);
  }
}

export function reversed(word: i32, length: i32): i32 {
  let turned = 0;
  for (let bit = 0; bit < length; bit++, word >>= 1) turned = (turned << 1) | (word & 1);
  return turned;
}

/** How many bits some symbols take. */
export function weightOf(lengths: usize, counts: usize, symbols: i32): i32 {
  let bits = 0;
  for (let symbol = 0; symbol < symbols; symbol++) bits += wordAt(counts, symbol) * byteAt(lengths, symbol);
  return bits;
}
