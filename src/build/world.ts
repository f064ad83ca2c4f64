/** The world as this process finds it. */
import { hostname } from 'node:os';
import { system } from '../files.js';
import { sha256 } from '../manifest.js';
import { diagnose, Refusal } from '../report.js';
import type { World } from './order.js';

/**
 * @param stop see `World`
 * @throws Refusal where SOURCE_DATE_EPOCH (reproducible-builds.org) is no number of seconds
 */
export function thisWorld(stop?: AbortSignal): World {
  return {
    ...(stop && { stop }),
    operations: system,
    owner: {
      host: sha256(hostname()).slice(0, 8),
      pid: process.pid,
      isRunning,
      now: () => Date.now(),
    },
    buildDate: dayOf(process.env['SOURCE_DATE_EPOCH']),
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process that isn't ours to signal runs all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function dayOf(seconds: string | undefined): string | null {
  if (seconds === undefined || seconds === '') return null;
  const time = /^\d{1,12}$/.test(seconds) ? new Date(Number(seconds) * 1000) : null;
  const day = time === null || Number.isNaN(time.getTime()) ? '' : time.toISOString().slice(0, 10);
  if (/^\d{4}-/.test(day)) return day;
  throw new Refusal(
    diagnose(
      'usage',
      `SOURCE_DATE_EPOCH is “${seconds}”, which is no number of seconds since 1970.`,
      undefined,
      'Set it to whole seconds, or unset it.',
    ),
  );
}
