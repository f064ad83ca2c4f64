/**
 * Builds that write into one folder take turns, so that what stands there in the end is of one build and no mixture.
 *
 * A build that wants its turn puts a file of its own into the folder and then looks for others’. It has its turn where
 * there is none; else it takes its file away and tries again. Of two builds at least one sees the other’s file, so never
 * do both have their turn; and nobody need ever remove what another has put there: a dead build’s file is passed over,
 * and swept away.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { diagnose, Refusal } from '../report.js';
import type { Operations } from './disk.js';
import { codeOf } from './disk.js';
import { makerOf, mayRun, ownNameOf, type Owner } from './owner.js';

/** How often a build asks for its turn, some 50 ms apart: a minute and a half. */
const mostAttempts = 1800;

/**
 * Does some work while no other build does any in the folder.
 * @throws Refusal (output-busy) where another one has held the folder for a minute and a half
 */
export async function inTurn<T>(
  folder: string,
  owner: Owner,
  operations: Operations,
  work: () => Promise<T>,
): Promise<T> {
  let holder = '';
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const name = ownNameOf(owner, 'turn');
    const path = join(folder, name);
    const handle = await operations.open(path, 'wx');
    try {
      await handle.close();
      const other = await otherIn(folder, name, owner, operations);
      if (other === null) return await work();
      holder = other;
    } finally {
      await takeAway(path, operations);
    }
    // By chance, so that two that wait for each other do not go on doing so.
    await pause(25 + (parseInt(name.slice(-7, -5), 16) % 50));
  }
  throw new Refusal(
    diagnose('output-busy', `Another build has been writing into “${folder}” all the time (${holder}).`),
  );
}

/** The name of a file by which another build has its turn, or wants it; null where there is none. */
async function otherIn(
  folder: string,
  own: string,
  owner: Owner,
  operations: Operations,
): Promise<string | null> {
  for (const name of await operations.readdir(folder)) {
    const maker = name === own ? null : makerOf(name);
    if (maker?.ending !== 'turn') continue;
    try {
      const { mtimeMs } = await operations.lstat(join(folder, name));
      if (mayRun(maker, owner.now() - mtimeMs, owner)) return name;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
  return null;
}

/** Tries twice: what stays would keep other builds waiting for as long as this process runs. */
async function takeAway(path: string, operations: Operations): Promise<void> {
  try {
    await operations.unlink(path);
  } catch {
    await operations.unlink(path).catch(() => undefined);
  }
}
