/**
 * Preloaded by tests (`node --import`): writes down, in MiB, how much memory the process has (`resident`), four times a second
 * and whenever so many files more (HOOK_EVERY) have come to their places on the main thread; then also what is in use there
 * once everything is collected that can be (`used`). All of it goes at the end to the file that HOOK_LOG names.
 */
import fs, { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { setInterval } from 'node:timers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

const mebibyte = 1024 * 1024;

if (isMainThread) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const every = Number(process.env.HOOK_EVERY);
  const seen = [];
  let files = 0;
  const { renameSync } = fs;
  fs.renameSync = (...paths) => {
    renameSync(...paths);
    files += 1;
    if (files % every > 0) return;
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    seen.push({ resident: rss / mebibyte, used: heapUsed / mebibyte });
  };
  setInterval(() => seen.push({ resident: process.memoryUsage.rss() / mebibyte, used: null }), 250).unref();
  syncBuiltinESMExports();
  process.on('exit', () => writeFileSync(process.env.HOOK_LOG, JSON.stringify(seen)));
}
