/**
 * Preloaded by tests (`node --import`): sends the process a signal before its Nth operation on the disk, counted over those
 * that HOOK_OPERATIONS names, and writes down which operations there were.
 */
import fs, { writeFileSync } from 'node:fs';
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

const operations = {
  statSync: 'stat',
  lstatSync: 'lstat',
  readdirSync: 'readdir',
  mkdirSync: 'mkdir',
  renameSync: 'rename',
  unlinkSync: 'unlink',
  rmdirSync: 'rmdir',
  fstatSync: 'stat',
  readSync: 'read',
  writeSync: 'write',
  fsync: 'sync',
  closeSync: 'close',
};
for (const [ofNode, name] of Object.entries(operations)) {
  const work = fs[ofNode];
  fs[ofNode] = (...values) => {
    before(name);
    return work(...values);
  };
}
const { openSync } = fs;
fs.openSync = (path, flags, ...rest) => {
  before(`open ${flags}`);
  return openSync(path, flags, ...rest);
};
syncBuiltinESMExports();

if (file) process.on('exit', () => writeFileSync(file, JSON.stringify(log)));
