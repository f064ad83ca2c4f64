/** One worker of a crew: makes the documents that it is told of, one after another. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Input } from '../files.js';
import type { Briefing } from './crew.js';
import { makeDocument } from './document.js';
import { openWorkshop } from './workshop.js';
import { thisWorld } from './world.js';

const { order, buildDate } = workerData as Briefing;
const workshop = openWorkshop(order, { ...thisWorld(), buildDate });

parentPort?.on('message', (input: Input) => {
  // What it rejects with ends the worker, and the crew reports it.
  void workshop.then(async (ready) => parentPort?.postMessage(await makeDocument(input, ready)));
});
