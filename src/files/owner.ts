/** Who writes, and the names of the files that a build makes for itself and takes away again. */
import { randomBytes } from 'node:crypto';

/** Who writes: by it the files that builds which died have left are told from those of builds that run. */
export interface Owner {
  /** Of the machine; a process id means nothing on another one. */
  readonly host: string;
  readonly pid: number;
  readonly isRunning: (pid: number) => boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** `tmp`: an edition that is being written. `turn`: a build that writes into the folder, or waits to. */
export type OwnEnding = 'tmp' | 'turn';

const ownName = /^\.engross-([0-9a-z]+)-(\d+)-[0-9a-f]{16}\.(tmp|turn)$/;

/** A name that nobody can guess. */
export const ownNameOf = ({ host, pid }: Owner, ending: OwnEnding): string =>
  `.engross-${host}-${pid}-${randomBytes(8).toString('hex')}.${ending}`;

/** Whose a name is; null for one that no build has given. */
export function makerOf(name: string): { host: string; pid: number; ending: OwnEnding } | null {
  const [, host, pid, ending] = ownName.exec(name) ?? [];
  if (host === undefined || pid === undefined) return null;
  return { host, pid: Number(pid), ending: ending === 'tmp' ? 'tmp' : 'turn' };
}

export const aDay = 24 * 60 * 60 * 1000;
const tenMinutes = 10 * 60 * 1000;

/**
 * Whether the build that has made a file may still run. Of another machine’s nothing is known but the file’s age: no
 * build holds a folder for ten minutes.
 * @param age of the file, in milliseconds
 */
export function mayRun({ host, pid }: { host: string; pid: number }, age: number, owner: Owner): boolean {
  return host === owner.host ? age <= aDay && owner.isRunning(pid) : age <= tenMinutes;
}
