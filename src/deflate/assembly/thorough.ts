/**
 * Deflate for texts whose size matters more than the time that they take. The same bytes on every machine: nothing is
 * weighed but in whole numbers.
 *
 * Of the repetitions that begin at a byte the one is taken that saves most, by what letters, lengths and distances cost
 * on the whole; and none where one that begins a byte or two later saves more.
 */
import { distanceCode, distanceExtra, distances, lengthCodes, lengthExtra, longest } from './alphabet';
import { addByte, addRepetition, enough, waitingSymbols, writeBlock } from './blocks';
import { byteAt, setByte } from './tables';
import { ahead, base, before, earliestFrom, enter, filled, inputByte, placeOf, sameFrom } from './window';

/** How many earlier places are looked at. */
const mostPlaces: i32 = 64;

/** What symbols cost in half bits, on the whole: a letter or space is said by fewer than another byte. */
const byteCosts = memory.data(256);
const lengthCosts = memory.data(264);
const distanceCosts = memory.data(32);

export function layCosts(): void {
  for (let byte = 0; byte < 256; byte++)
    setByte(byteCosts, byte, (byte >= 0x61 && byte <= 0x7a) || byte == 0x20 ? 10 : 14);
  for (let length = 0; length <= longest; length++) {
    const extra = byteAt(lengthExtra, byteAt(lengthCodes, length));
    setByte(lengthCosts, length, 10 + (length > 10 ? 4 : 0) + 2 * extra);
  }
  for (let code = 0; code < distances; code++)
    setByte(distanceCosts, code, 9 + 2 * byteAt(distanceExtra, code));
}

/** The next byte; the next that is not in the tables; and where the bytes of the block begin. */
let at: i32 = 0;
let next: i32 = 0;
let from: i32 = 0;
/** What was found at the last byte in the tables: the repetition that saves most, and how much. */
let length: i32 = 0;
let distance: i32 = 0;
let saving: i32 = 0;

export function openThorough(): void {
  at = next = from = 0;
}

export function thoroughAt(): i32 {
  return at;
}

export function moveThorough(some: i32): void {
  at -= some;
  next -= some;
  from -= some;
}

/** The bytes of the window as symbols, block by block. @param last no others come */
export function findThoroughly(last: bool): void {
  const stop = last ? filled : filled - ahead;
  while (at < stop) {
    if (at == next) find(next++);
    if (length == 0) addByte(inputByte(at++));
    else takeBest();
    if (waitingSymbols() >= enough) {
      writeBlock(from, at, false);
      from = at;
    }
  }
  if (last) writeBlock(from, filled, true);
}

/** Takes the repetition that was found, or the bytes before one that saves more. */
function takeBest(): void {
  const own = length;
  const back = distance;
  if (own < longest) {
    const saved = saving;
    for (let later = 1; later <= 2; later++) {
      find(next++);
      if (saving <= saved) continue;
      for (; later > 0; later--) addByte(inputByte(at++));
      return;
    }
  }
  addRepetition(own, back);
  for (const behind = at + own; next < behind; next++) if (next + 4 <= filled) enter(next);
  at = next;
}

/** Finds the repetition from a byte on that saves most. */
function find(here: i32): void {
  length = 0;
  saving = 0;
  let other = here + 4 <= filled ? enter(here) : 0;
  const place = placeOf(here);
  const first = earliestFrom(place);
  const most = filled - here < longest ? filled - here : longest;
  /** The longest so far, and what its bytes cost without it. */
  let best = 3;
  let worth = -1;
  for (let tries = mostPlaces; tries > 0 && other >= first && best < most; tries--) {
    const earlier = other - base;
    if (inputByte(earlier + best) == inputByte(here + best) && inputByte(earlier) == inputByte(here)) {
      const same = sameFrom(earlier, here, most);
      if (same > best) {
        if (worth < 0) worth = cost(here, here + 3);
        worth += cost(here + best, here + same);
        best = same;
        const far = distanceCode(place - other - 1);
        const saved = worth - byteAt(lengthCosts, same) - byteAt(distanceCosts, far);
        if (saved > saving) {
          saving = saved;
          length = same;
          distance = place - other;
        }
      }
    }
    const next = before(other);
    if (next >= other) break;
    other = next;
  }
}

/** What bytes cost one by one. */
function cost(one: i32, to: i32): i32 {
  let sum = 0;
  for (let here = one; here < to; here++) sum += byteAt(byteCosts, inputByte(here));
  return sum;
}
