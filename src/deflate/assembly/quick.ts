/**
 * Deflate for the streams of a page: a great many small ones. What repeats is looked for by four bytes at a time;
 * repetitions of three are not taken. What could be repeated longer from the next byte on begins there.
 */
import { longest } from './alphabet';
import { addByte, addRepetition, enough, waitingSymbols, writeBlock } from './blocks';
import { ahead, base, before, earliestFrom, enter, filled, inputByte, placeOf, sameFrom } from './window';

/** The least repetition that is taken. */
const shortest: i32 = 4;
/** How many earlier places are looked at. */
const mostPlaces: i32 = 8;
/** How long a repetition is looked for no further, and nor for a longer one behind it. */
const longEnough: i32 = 96;
const good: i32 = 32;

/** The next byte; and where the bytes of the block begin. */
let at: i32 = 0;
let from: i32 = 0;
/** Whether the byte before it waits, and the repetition that begins there; a length of 0 for none. */
let waiting: bool = false;
let waitingLength: i32 = 0;
let waitingDistance: i32 = 0;

export function openQuick(): void {
  at = from = waitingLength = 0;
  waiting = false;
}

export function quickAt(): i32 {
  return at;
}

export function moveQuick(some: i32): void {
  at -= some;
  from -= some;
}

/** The bytes of the window as symbols, block by block. @param last no others come */
export function findQuickly(last: bool): void {
  const end = filled;
  const lastEntered = end - shortest;
  const stop = last ? end : end - ahead;
  for (; at < stop; at++) {
    let best = waitingLength > shortest ? waitingLength : shortest - 1;
    let distance = 0;
    if (at <= lastEntered) {
      let other = enter(at);
      const first = earliestFrom(placeOf(at));
      if (other >= first && waitingLength < good) {
        const most = end - at < longest ? end - at : longest;
        for (let tries = mostPlaces; tries > 0 && best < most; tries--) {
          const earlier = other - base;
          if (inputByte(earlier + best) == inputByte(at + best) && inputByte(earlier) == inputByte(at)) {
            const same = sameFrom(earlier, at, most);
            if (same > best) {
              best = same;
              distance = at - earlier;
              if (same >= longEnough) break;
            }
          }
          const next = before(other);
          if (next < first || next >= other) break;
          other = next;
        }
      }
    }
    if (waitingLength > 0 && distance == 0) {
      addRepetition(waitingLength, waitingDistance);
      const behind = at - 1 + waitingLength;
      const lastInside = behind - 1 < lastEntered ? behind - 1 : lastEntered;
      for (let inside = at + 1; inside <= lastInside; inside++) enter(inside);
      at = behind - 1;
      waiting = false;
      waitingLength = 0;
    } else {
      if (waiting) addByte(inputByte(at - 1));
      waiting = true;
      waitingLength = distance > 0 ? best : 0;
      waitingDistance = distance;
    }
    if (waitingSymbols() >= enough - 2) {
      const to = waiting ? at : at + 1;
      writeBlock(from, to, false);
      from = to;
    }
  }
  if (!last) return;
  if (waiting) addByte(inputByte(end - 1));
  writeBlock(from, end, true);
}
