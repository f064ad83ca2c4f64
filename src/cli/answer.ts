/** What a command has to say, and how it is said. */

/** Text for a person, or the object that `--json` prints. */
export interface Answer {
  readonly exitCode: number;
  readonly text?: string;
  readonly object?: object;
}

/** Standard output and standard error. */
export interface Voice {
  readonly say: (text: string) => void;
  readonly warn: (text: string) => void;
  /** Whether warnings are coloured. */
  readonly colour: boolean;
  /** Writes at once to the terminal that messages go to; null where they go to no terminal, or in CI. */
  readonly terminal: ((text: string) => void) | null;
}
