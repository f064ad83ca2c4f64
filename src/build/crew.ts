/**
 * Workers that make documents side by side, each with the fonts, patterns and shaped words of its earlier documents at hand.
 * A worker has one document at a time, and hands back what was said of it, not its bytes: it has written those itself.
 */
import { Worker } from 'node:worker_threads';
import type { Diagnostic } from '../document.js';
import type { Input } from '../files.js';
import { openOutput } from '../files.js';
import { slugOf } from '../read/slug.js';
import { diagnose, internal } from '../report.js';
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

/** A worker may die of what it did before, or of all that it keeps: only a document of which two die is given up. */
const mostAttempts = 2;

/** Opens a crew; its workers begin when there is work for them, and stop when the build is to stop. */
export function openCrew(size: number, order: Order, world: World): Crew {
  const { buildDate, stop } = world;
  const output = openOutput(order.out, world.owner, world.operations);
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
    // One that dies while it has nothing to do harms no document: it is given no other.
    const gone = () => {
      all.delete(worker);
      const place = idle.indexOf(worker);
      if (place >= 0) idle.splice(place, 1);
    };
    return worker.on('error', gone).on('exit', gone);
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
      for (let attempt = 1; ; attempt++) {
        const worker = await take();
        // It may have waited for its turn until the build was to stop, and a worker hired since was not told.
        if (stop?.aborted) {
          give(worker);
          return unmade(input, []);
        }
        try {
          const making = await ask(worker, input);
          give(worker);
          return making;
        } catch (error) {
          // Its turn in the document's folder would be waited for as long as this process runs.
          await output.release(await slugOf(input.file));
          if (waiting.length > 0) give(hire());
          if (attempt === mostAttempts) return unmade(input, [causeOf(error)]);
        }
      }
    },
    close: async () => {
      stop?.removeEventListener('abort', stopAll);
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

const causeOf = (error: unknown): Diagnostic =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? diagnose('memory-short', 'There was not enough memory to make it.')
    : internal(error, 'making it');

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
