/**
 * A second thread for a short build: it makes all editions but the page while this one sets the page, which takes as long
 * as all others. Of documents that are many, workers make one each instead (crew.ts).
 */
import { Worker } from 'node:worker_threads';
import type { Document } from '../document.js';
import type { Briefing } from './crew.js';
import type { EditionMade } from './edition.js';
import type { Order, World } from './order.js';

export interface Mate {
  /**
   * Begins the editions that are its part, by their names: each is null where it failed to make it, for another to try.
   * None at all where a document is large: it would be in memory twice.
   */
  readonly make: (document: Document) => ReadonlyMap<string, Promise<EditionMade | null>>;
  readonly close: () => Promise<void>;
}

/** What it is asked for, and what it answers. */
export interface Asking {
  readonly document: Document;
  readonly number: number;
}
export interface Answering {
  readonly number: number;
  readonly edition: EditionMade;
}

/** UTF-16 units of a source. */
const largest = 500_000;

/** @param editions its part */
export function hireMate(editions: readonly string[], order: Order, { buildDate }: World): Mate {
  const briefing: Briefing = { order: { ...order, editions }, buildDate };
  const worker = new Worker(new URL('./mate-thread.js', import.meta.url), { workerData: briefing });
  /** What waits for an answer. */
  const waiting = new Map<string, (edition: EditionMade | null) => void>();
  const keyOf = (number: number, edition: string) => `${number} ${edition}`;
  let isGone = false;
  const gone = () => {
    isGone = true;
    for (const answer of waiting.values()) answer(null);
  };
  worker.on('error', gone).on('exit', gone);
  worker.on('message', ({ number, edition }: Answering) => {
    waiting.get(keyOf(number, edition.name))?.(edition);
  });
  let numbers = 0;
  return {
    make: (document) => {
      if (isGone || document.source.characters > largest) return new Map();
      const number = numbers++;
      worker.postMessage({ document, number } satisfies Asking);
      const ask = (edition: string) =>
        new Promise<EditionMade | null>((resolve) => waiting.set(keyOf(number, edition), resolve));
      return new Map(editions.map((edition) => [edition, ask(edition)]));
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
