/** The thread of a mate: loads its editions while the first document is still read, and makes them when it comes. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Briefing } from './crew.js';
import { makeEdition } from './edition.js';
import type { Answering, Asking } from './mate.js';
import { openWorkshop } from './workshop.js';
import { thisWorld } from './world.js';

const { order, buildDate } = workerData as Briefing;
const workshop = openWorkshop(order, { ...thisWorld(), buildDate });
const loaded = workshop.then(({ edition }) => Promise.all(order.editions.map(edition)));

/** What it rejects with ends the thread, and the build makes them itself. */
const make = async ({ document, number }: Asking): Promise<void> => {
  await loaded;
  for (const name of order.editions) {
    const edition = await makeEdition(name, document, await workshop);
    parentPort?.postMessage({ number, edition } satisfies Answering);
  }
};

parentPort?.on('message', (asking: Asking) => void make(asking));
