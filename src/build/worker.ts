/** One worker of a crew: makes the documents that it is told of, one after another. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Briefing, Telling } from './crew.js';
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
  // What it rejects with ends the worker, and the crew reports it.
  void workshop.then(async (ready) => parentPort?.postMessage(await makeDocument(telling.input, ready)));
});
