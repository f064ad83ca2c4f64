/**
 * Preloaded by tests (`node --import`): sends the process a signal before its Nth operation on the disk, counted over those
 * that HOOK_OPERATIONS names, and writes down which operations there were.
 */
import promises from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';

const { HOOK_SIGNAL: signal, HOOK_AT: at, HOOK_OPERATIONS: named = '', HOOK_LOG: file } = process.env;
const counted = named === '' ? null : named.split(',');
const log = [];

const before = (name) => {
  if (counted && !counted.includes(name)) return;
  log.push(name);
  if (log.length === Number(at)) process.kill(process.pid, signal);
};

for (const name of ['stat', 'lstat', 'readdir', 'mkdir', 'rename', 'unlink', 'rmdir']) {
  const work = promises[name];
  promises[name] = async (...values) => {
    before(name);
    return work(...values);
  };
}
const { open } = promises;
promises.open = async (path, flags) => {
  before(`open ${flags}`);
  const handle = await open(path, flags);
  for (const name of ['stat', 'read', 'write', 'sync', 'close']) {
    const work = handle[name].bind(handle);
    handle[name] = async (...values) => {
      before(name);
      return work(...values);
    };
  }
  return handle;
};
syncBuiltinESMExports();

if (file) process.on('exit', () => writeFileSync(file, JSON.stringify(log)));
