/**
 * What is made when it is first asked for, and then kept: tables, and patterns with classes of the Unicode tables. Such a
 * pattern (`\p{L}`) takes 0.1 to 0.4 ms to make and as much again at its first use, and a text needs few of them all.
 */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
