/**
 * Workers that make documents side by side, each with the fonts, patterns and shaped words of its earlier documents at hand.
 * A worker makes one document at a time, while the disk still takes the files of the one before, and hands back what was
 * said of it, not its bytes: it has written those itself.
 */
import { Worker } from 'node:worker_threads';
import type { Diagnostic } from '../document.js';
import type { Input } from '../files.js';
import { openOutput } from '../files.js';
import { slugOf } from '../read/slug.js';
import { diagnose, internal } from '../report.js';
import type { Making, Order, World } from './order.js';
import { unmade } from './order.js';

/** Who makes documents, in the order in which they are asked to. */
export interface Crew {
  readonly make: (input: Input) => Promise<Making>;
  readonly close: () => Promise<void>;
}

/** What a worker is told when it begins. */
export interface Briefing {
  readonly order: Order;
  readonly buildDate: string | null;
}

/** What a worker is told after that: a document to make, with a number of its own, or to stop. */
export type Telling = { readonly input: Input; readonly number: number } | 'stop';

/** What a worker says of a document: that the next may come, for only its files are left to be written, or what became of it. */
export interface Answer {
  readonly number: number;
  readonly making: Making | null;
}

/**
 * A worker may die of what it did before, of all that it keeps, or of the next document: only a document of which two die is
 * given up, and the second has no other beside it.
 */
const mostAttempts = 2;

/** Opens a crew; its workers begin when there is work for them, and stop when the build is to stop. */
export function openCrew(size: number, order: Order, world: World): Crew {
  const { buildDate, stop } = world;
  const output = openOutput(order.out, world.owner, world.operations);
  const briefing: Briefing = { order, buildDate };
  const all = new Set<Worker>();
  /** What each was asked for last. */
  const asked = new Map<Worker, Promise<unknown>>();
  const idle: Worker[] = [];
  const waiting: ((worker: Worker) => void)[] = [];
  let numbers = 0;
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
      asked.delete(worker);
      const place = idle.indexOf(worker);
      if (place >= 0) idle.splice(place, 1);
    };
    return worker.on('error', gone).on('exit', gone);
  };
  const take = (): Worker | Promise<Worker> =>
    idle.pop() ?? (all.size < size ? hire() : new Promise((resolve) => waiting.push(resolve)));
  /** One that has no document of which only the files are left to be written. */
  const takeAlone = async (): Promise<Worker> => {
    for (;;) {
      const worker = await take();
      await asked.get(worker)?.catch(() => undefined);
      if (all.has(worker)) return worker;
    }
  };
  const give = (worker: Worker) => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  return {
    make: async (input) => {
      for (let attempt = 1; ; attempt++) {
        const isLast = attempt === mostAttempts;
        const worker = await (isLast ? takeAlone() : take());
        // It may have waited for its turn until the build was to stop, and a worker hired since was not told.
        if (stop?.aborted) {
          give(worker);
          return unmade(input, []);
        }
        let isGiven = false;
        const giveOnce = () => {
          if (!isGiven) give(worker);
          isGiven = true;
        };
        try {
          const asking = ask(worker, { input, number: numbers++ }, isLast ? () => undefined : giveOnce);
          asked.set(worker, asking);
          const making = await asking;
          giveOnce();
          return making;
        } catch (error) {
          // Its turn in the document's folder would be waited for as long as this process runs.
          await output.release(await slugOf(input.file));
          if (waiting.length > 0 && all.size < size) give(hire());
          if (isLast) return unmade(input, [causeOf(error)]);
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

function ask(worker: Worker, telling: Exclude<Telling, 'stop'>, mayGoOn: () => void): Promise<Making> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => {
      settle();
      reject(error);
    };
    const ended = (code: number) => {
      failed(new Error(`a worker ended with ${code}`));
    };
    const heard = ({ number, making }: Answer) => {
      if (number !== telling.number) return;
      if (making === null) {
        mayGoOn();
        return;
      }
      settle();
      resolve(making);
    };
    const settle = () => {
      worker.off('message', heard).off('error', failed).off('exit', ended);
    };
    worker.on('message', heard).on('error', failed).on('exit', ended);
    worker.postMessage(telling);
  });
}
