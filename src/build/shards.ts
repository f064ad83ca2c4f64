/** Parts of a folder of inputs, for several machines: which part a document belongs to depends on its id alone. */
import { sha256 } from '../manifest.js';
import { diagnose, Refusal } from '../report.js';

/** One of some parts, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/**
 * Reads `3/16`.
 * @throws Refusal where it is nothing of the kind
 */
export function readShard(words: string): Shard {
  const [, part, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(words) ?? [];
  const shard = { part: Number(part), of: Number(of) };
  if (shard.part >= 1 && shard.part <= shard.of) return shard;
  throw new Refusal(
    diagnose(
      'usage',
      `“${words}” is no part of a whole.`,
      undefined,
      'Write --shard 3/16 for the third of sixteen parts.',
    ),
  );
}

/** Whether a document is in a part: by the first 48 bits of its id's SHA-256, modulo the number of parts. */
export const isInShard = (id: string, { part, of }: Shard): boolean =>
  Number.parseInt(sha256(id).slice(0, 12), 16) % of === part - 1;
