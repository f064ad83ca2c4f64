/** A line at the foot of a terminal that says how far a long build is. */
import type { Progress } from '../build.js';
import { thousands } from '../report.js';

/** From so many milliseconds on a build is long. */
const long = 1000;
/** The line changes at most so often, in milliseconds. */
const pause = 100;

export interface ProgressLine {
  /** Takes the line away, so that something else can be said in its place. */
  readonly clear: () => void;
  /** Draws it as things stand. */
  readonly draw: (progress: Progress) => void;
}

/**
 * @param write to the terminal
 * @param now milliseconds
 */
export function progressLine(write: (text: string) => void, now: () => number): ProgressLine {
  const start = now();
  let drawn = false;
  let last = start;
  return {
    clear: () => {
      if (drawn) write('\r\u001b[K');
      drawn = false;
    },
    draw: (progress) => {
      if (now() - start < long || (now() - last < pause && !drawn)) return;
      last = now();
      write(`\r\u001b[K${progressWords(progress, now() - start)}`);
      drawn = true;
    },
  };
}

/** `37 of 200 documents, 4.6 a second, 35 s left` */
export function progressWords({ done, total, made, toMake }: Progress, milliseconds: number): string {
  // What stands is told of in no time: only what was made says how long the rest will take.
  const rate = (made * 1000) / milliseconds;
  const words = [`${thousands(done)} of ${thousands(total)} documents`];
  if (made > 0) {
    words.push(`${rate < 10 ? rate.toFixed(1) : thousands(Math.round(rate))} a second`);
    words.push(`${span((toMake - made) / rate)} left`);
  }
  return words.join(', ');
}

function span(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 120) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
