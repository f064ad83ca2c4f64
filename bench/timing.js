/** Whole processes, timed in turns: each round runs every command once, so that what else the machine does falls on all. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** GNU time says how much memory a process had at most; without it that is left out. */
const gnuTime = ['/usr/bin/time', '/usr/local/bin/gtime'].find(
  (path) => existsSync(path) && spawnSync(path, ['--version']).stdout?.toString().includes('GNU'),
);

export const isInstalled = (command) =>
  spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;

/**
 * A command to be timed.
 * @typedef {object} Task
 * @property {string} name
 * @property {string[]} command the program and its arguments
 * @property {Record<string, string>} [env]
 * @property {() => void} [before] is done before each run, and not timed
 * @property {number} [rounds] how often at most
 */

/**
 * What came of it.
 * @typedef {object} Timing
 * @property {number} seconds the median of the rounds, from the start of the process to its end
 * @property {number} least the least of the rounds
 * @property {number} rounds
 * @property {number | null} peak the most memory of any of its processes, in MiB; the median of the rounds
 * @property {number | null} processor seconds of all processors; the median of the rounds
 */

/**
 * Times commands in turns.
 * @param {Task[]} tasks
 * @param {object} options
 * @param {number} options.rounds
 * @param {string} options.place a folder
 * @param {boolean} [options.warmUp] runs each once before, so that the files are at hand; that does not count
 * @param {boolean} [options.memory] measures it, too
 * @param {(text: string) => void} [options.say] is told how far it is
 * @returns {Map<string, Timing>} by name
 * @throws Error where a command fails
 */
export function timeInTurns(tasks, { rounds, place, warmUp = true, memory = false, say = () => undefined }) {
  const runs = new Map(tasks.map(({ name }) => [name, []]));
  for (let round = warmUp ? 0 : 1; round <= rounds; round++)
    for (const task of tasks) {
      if (round > (task.rounds ?? rounds)) continue;
      const run = timed(task, memory ? join(place, 'peak') : null);
      if (round > 0) runs.get(task.name).push(run);
      say(`round ${round} of ${rounds}: ${task.name} ${run.seconds.toFixed(2)} s`);
    }
  return new Map([...runs].map(([name, all]) => [name, summed(all)]));
}

function timed({ name, command, env = {}, before }, peakFile) {
  before?.();
  const [program, ...args] =
    peakFile !== null && gnuTime ? [gnuTime, '-o', peakFile, '-f', '%M %U %S', ...command] : command;
  const start = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${error ?? String(stderr).slice(-2000)}`);
  if (peakFile === null || !gnuTime) return { seconds, peak: null, processor: null };
  const [peak, user, system] = readFileSync(peakFile, 'utf8').trim().split(' ').map(Number);
  return { seconds, peak: peak / 1024, processor: user + system };
}

function summed(runs) {
  const seconds = runs.map((run) => run.seconds);
  const known = (value) => (runs.some((run) => value(run) === null) ? null : median(runs.map(value)));
  return {
    seconds: median(seconds),
    least: Math.min(...seconds),
    rounds: runs.length,
    peak: known(({ peak }) => peak),
    processor: known(({ processor }) => processor),
  };
}

function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}
