/**
 * Workers that make documents side by side, each with the fonts, patterns and shaped words of its earlier documents at hand.
 * A worker has one document at a time, and hands back what was said of it, not its bytes: it has written those itself.
 */
import { Worker } from 'node:worker_threads';
import type { Input } from '../files.js';
import { internal } from '../report.js';
import type { Making, Order, World } from './order.js';
import { unmade } from './order.js';

export interface Crew {
  readonly make: (input: Input) => Promise<Making>;
  readonly close: () => Promise<void>;
}

/** What a worker is told when it begins. */
export interface Briefing {
  readonly order: Order;
  readonly buildDate: string | null;
}

/** What a worker is told after that: a document to make, or to stop. */
export type Telling = { readonly input: Input } | 'stop';

/** Opens a crew; its workers begin when there is work for them, and stop when the build is to stop. */
export function openCrew(size: number, order: Order, { buildDate, stop }: World): Crew {
  const briefing: Briefing = { order, buildDate };
  const all = new Set<Worker>();
  const idle: Worker[] = [];
  const waiting: ((worker: Worker) => void)[] = [];
  const stopAll = () => {
    for (const worker of all) worker.postMessage('stop' satisfies Telling);
  };
  stop?.addEventListener('abort', stopAll);
  const hire = (): Worker => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: briefing });
    all.add(worker);
    return worker;
  };
  const take = (): Worker | Promise<Worker> =>
    idle.pop() ?? (all.size < size ? hire() : new Promise((resolve) => waiting.push(resolve)));
  const give = (worker: Worker) => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  return {
    make: async (input) => {
      const worker = await take();
      try {
        const making = await ask(worker, input);
        give(worker);
        return making;
      } catch (error) {
        // It has died of this document (its memory, say): another takes its place.
        all.delete(worker);
        if (waiting.length > 0) give(hire());
        return unmade(input, [internal(error, 'making it')]);
      }
    },
    close: async () => {
      stop?.removeEventListener('abort', stopAll);
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

function ask(worker: Worker, input: Input): Promise<Making> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => {
      settle();
      reject(error);
    };
    const ended = (code: number) => {
      failed(new Error(`a worker ended with ${code}`));
    };
    const done = (making: Making) => {
      settle();
      resolve(making);
    };
    const settle = () => {
      worker.off('message', done).off('error', failed).off('exit', ended);
    };
    worker.on('message', done).on('error', failed).on('exit', ended);
    worker.postMessage({ input } satisfies Telling);
  });
}
