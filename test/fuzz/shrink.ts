/** Makes an input that fails as small as it still fails in the same way. */
import type { Input } from './inputs.js';

/** What tells one fault from another: where it was found, and of a crash its first line. */
const kindOf = (fault: string): string => (fault.split('\n')[0] ?? '').replace(/[0-9“”].*$/, '').slice(0, 60);

/** So many trials are enough. */
const mostTrials = 400;

/** @param faultIn what is wrong with an input */
export async function shrunk(
  input: Input,
  faultIn: (input: Input) => Promise<string | null>,
  fault: string,
): Promise<Input> {
  let best = input;
  let trials = 0;
  const fails = async (bytes: Uint8Array): Promise<boolean> => {
    trials += 1;
    const other = bytes.length > 0 ? await faultIn({ ...input, bytes }) : null;
    return other !== null && kindOf(other) === kindOf(fault);
  };
  // First lines, then bytes, in ever smaller pieces.
  for (const unit of ['\n', ''])
    for (let size = 0.5; trials < mostTrials; size /= 2) {
      const parts = Buffer.from(best.bytes).toString('latin1').split(unit);
      const length = Math.max(1, Math.floor(parts.length * size));
      for (let at = 0; at < parts.length && trials < mostTrials;) {
        const rest = [...parts.slice(0, at), ...parts.slice(at + length)];
        const bytes = Buffer.from(rest.join(unit), 'latin1');
        if (await fails(bytes)) {
          parts.splice(at, length);
          best = { ...input, bytes };
        } else at += length;
      }
      if (length === 1) break;
    }
  return best;
}
