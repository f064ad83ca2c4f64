/** One worker of a crew: makes the documents that it is told of, and says of each when the next may come and when it is done. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Briefing, Telling } from './crew.js';
import { makeDocument } from './document.js';
import { openWorkshop } from './workshop.js';
import { thisWorld } from './world.js';

const { order, buildDate } = workerData as Briefing;
const stop = new AbortController();
const workshop = openWorkshop(order, { ...thisWorld(stop.signal), buildDate });

parentPort?.on('message', (telling: Telling) => {
  if (telling === 'stop') {
    stop.abort();
    return;
  }
  const { input, number } = telling;
  const answer = (making: Answer['making']) => parentPort?.postMessage({ number, making } satisfies Answer);
  // What it rejects with ends the worker, and the crew reports it.
  void workshop.then(async (ready) => answer(await makeDocument(input, ready, () => answer(null))));
});
