/**
 * The tables of the machine, each a stretch of its memory, and how they are read and written. Nothing is ever asked of the
 * system: all there is to know of a stream lies here, whatever its size.
 */

export function byteAt(table: usize, index: i32): i32 {
  return load<u8>(table + index) as i32;
}
export function setByte(table: usize, index: i32, value: i32): void {
  store<u8>(table + index, value as u8);
}
export function shortAt(table: usize, index: i32): i32 {
  return load<u16>(table + (index << 1)) as i32;
}
export function setShort(table: usize, index: i32, value: i32): void {
  store<u16>(table + (index << 1), value as u16);
}
export function wordAt(table: usize, index: i32): i32 {
  return load<i32>(table + (index << 2));
}
export function setWord(table: usize, index: i32, value: i32): void {
  store<i32>(table + (index << 2), value);
}
export function addTo(table: usize, index: i32, some: i32): void {
  setWord(table, index, wordAt(table, index) + some);
}
