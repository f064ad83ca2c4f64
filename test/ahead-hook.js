/**
 * Preloaded by tests (`node --import`): each thread says, in a file of the folder that HOOK_LOG names, which files of the
 * command it has loaded, and which of them V8 had to compile; at its end, or 200 times a second, for workers are ended
 * without a word.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { setInterval } from 'node:timers';
import { isMainThread, threadId } from 'node:worker_threads';

const { scripts } = createRequire(import.meta.url)(process.env.HOOK_LOADER);

let said = 0;
function say() {
  if (scripts.size === said) return;
  said = scripts.size;
  const names = [...scripts.keys()];
  const compiled = names.filter((name) => scripts.get(name).cachedDataRejected !== false);
  writeFileSync(
    join(process.env.HOOK_LOG, String(threadId)),
    JSON.stringify({ isMainThread, names, compiled }),
  );
}

process.on('exit', say);
if (!isMainThread) setInterval(say, 5).unref();
