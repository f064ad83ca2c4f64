/** What is asked of a build, what it knows of the world, and what it answers. */
import type { Diagnostic } from '../document.js';
import type { Input, Limits, Operations, Owner } from '../files.js';
import type { Manifest } from '../manifest.js';
import type { Published, Union } from '../publish.js';
import type { Account } from '../report.js';
import type { Fidelity, Proven } from '../verify/record.js';
import type { Shard } from './shards.js';

/** What is to be built. */
export interface Order {
  /** Files and folders. */
  readonly inputs: readonly string[];
  readonly out: string;
  /** Names of the shelf. */
  readonly editions: readonly string[];
  /** A shipped template's name, or a path. */
  readonly template: string;
  /** A WHATWG encoding label for every input. */
  readonly encoding?: string;
  /** Leave the cells of the CSV edition as they are, even where a spreadsheet would run them as formulas. */
  readonly csvRaw?: boolean;
  /** Write nothing; an edition that differs from what would be written is an error. */
  readonly check?: boolean;
  /** Read every edition back before it is written, and write none that says something else than the document. */
  readonly verify?: boolean;
  /** How much is read of an input; `usualLimits` where it isn't said. */
  readonly limits?: Limits;
  /** Warnings are errors. */
  readonly strict?: boolean;
  /** Remove the editions of documents whose input is gone; only where whole folders are built. */
  readonly prune?: boolean;
  /** Make every document anew, even where nothing has changed since it was made. */
  readonly force?: boolean;
  /** How many documents are made side by side; without it as many as there are processors, if there is work for them. */
  readonly jobs?: number;
  /** Only the documents of one part. */
  readonly shard?: Shard;
}

/** What a build knows of the world around it. */
export interface World {
  readonly operations: Operations;
  readonly owner: Owner;
  /** `YYYY-MM-DD` of SOURCE_DATE_EPOCH, or null. */
  readonly buildDate: string | null;
  /** Aborted where the build is to stop: what is being written is finished, and nothing else begun. */
  readonly stop?: AbortSignal;
}

/** What was found when the editions were read back, without their bytes. */
export interface FoundFidelity {
  readonly canonical: Fidelity['canonical'];
  readonly editions: readonly Pick<Proven, 'edition' | 'verdict'>[];
}

/** What became of one input. */
export interface BuiltDocument {
  readonly input: string;
  /** Null where the input could not be read. */
  readonly id: string | null;
  readonly account: Account | null;
  /** The decoded source, for the lines that diagnostics show; empty where there are none. */
  readonly text: string;
  readonly files: readonly Published[];
  /** Null where the editions were not read back. */
  readonly fidelity: FoundFidelity | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether nothing has changed since an earlier build: it was not made anew, and what is said is what was said then. */
  readonly standing: boolean;
}

/** What became of one input, and the manifest of its files; null where there are none. */
export interface Making {
  readonly document: BuiltDocument;
  readonly manifest: Manifest | null;
}

export interface Built extends Union {
  /** In the order of the inputs, without their texts. */
  readonly documents: readonly BuiltDocument[];
  /** The files of documents whose inputs are gone: removed with `prune`, with `check` only found. */
  readonly gone: readonly Published[];
  /** About the build as a whole. */
  readonly diagnostics: readonly Diagnostic[];
}

/** An input of which nothing was made. */
export function unmade(input: Input, diagnostics: readonly Diagnostic[]): Making {
  const nothing = { id: null, account: null, text: '', files: [], fidelity: null, standing: false };
  return { document: { input: input.path, ...nothing, diagnostics }, manifest: null };
}
