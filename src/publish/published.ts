/** What became of a file, and who is told of what went wrong. */
import type { Diagnostic } from '../document.js';

export interface Published {
  /** As a person would name it: below the output folder that was asked for. */
  readonly path: string;
  /** The edition's name; `manifest` for a manifest, `fidelity` for the record of a proof. */
  readonly edition: string;
  readonly sha256: string;
  readonly bytes: number;
  /** `stale` and `missing` come of `--check` alone; `failed`: what stood there still does. */
  readonly state: 'written' | 'unchanged' | 'stale' | 'missing' | 'failed' | 'removed';
}

/** Takes diagnostics. */
export type Report = (...found: readonly Diagnostic[]) => void;
