/** How many documents are made side by side, and their results in order. */
import { availableParallelism, totalmem } from 'node:os';
import type { Order } from './order.js';

/** So many documents make it worth while to load everything once more. */
const worthAWorker = 8;

/** The most memory that a worker needs for documents of some hundred pages. */
const memoryOfAWorker = 1024 ** 3;

/**
 * How many documents are made side by side.
 * @param documents how many there are to make
 */
export function crewSize({ jobs }: Order, documents: number): number {
  const most = Math.min(availableParallelism(), Math.floor(totalmem() / memoryOfAWorker));
  return Math.max(
    1,
    jobs === undefined ? Math.min(most, Math.floor(documents / worthAWorker)) : Math.min(jobs, documents),
  );
}

/**
 * Does work ahead of its turn and gives the results in order.
 * @param ahead how many pieces are begun before the first of them is taken
 */
export async function* inOrder<T, R>(
  pieces: Iterable<T>,
  ahead: number,
  work: (piece: T) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  for (const piece of pieces) {
    begun.push(work(piece));
    if (begun.length >= ahead) yield await (begun.shift() as Promise<R>);
  }
  for (const piece of begun) yield await piece;
}
