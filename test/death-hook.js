/**
 * Preloaded by tests (`node --import`): ends a worker of a crew in the way that HOOK_DEATH names, when it opens the file that
 * HOOK_FILE names. The main thread is left alone.
 *
 *   exit    it ends
 *   throw   an error that nobody catches
 *   memory  it asks for more memory than there is
 *   writing an error that nobody catches, once only the document's files are left to be written
 *   later   an error that nobody catches, once the document is made and the worker has nothing to do
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { setImmediate, setTimeout } from 'node:timers';
import { isMainThread, parentPort } from 'node:worker_threads';

const { HOOK_DEATH: death, HOOK_FILE: file = '' } = process.env;

const fail = () => {
  throw new Error('the worker was ended on purpose');
};

const deaths = {
  exit: () => process.exit(7),
  throw: () => setImmediate(fail),
  memory: () => {
    const kept = [];
    for (;;) kept.push(new Array(100_000).fill(kept.length));
  },
  writing: () =>
    afterMessage(
      ({ making }) => making === null,
      () => setImmediate(fail),
    ),
  later: () =>
    afterMessage(
      ({ making }) => making !== null,
      () => setTimeout(fail, 20),
    ),
};

/** Does it once such a message was sent. */
function afterMessage(isSuch, then) {
  const post = parentPort.postMessage.bind(parentPort);
  parentPort.postMessage = (message) => {
    post(message);
    if (isSuch(message)) then();
  };
}

if (!isMainThread) {
  const { openSync } = fs;
  fs.openSync = (path, ...rest) => {
    if (String(path).endsWith(file)) deaths[death]();
    return openSync(path, ...rest);
  };
  syncBuiltinESMExports();
}
