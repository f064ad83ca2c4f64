/** Building again whenever an input, its sidecar or the template changes: what has not changed stands. */
import { sidecarOf, stands, watchPaths } from '../files.js';
import type { Order } from './order.js';

/** Editors write a file in several steps: changes that follow each other so closely (in milliseconds) are one. */
const settling = 80;

/**
 * Calls `again` at once, and then after each change, one call at a time, until `stop` is called.
 * @returns resolves when the watching has ended and the last call is over
 */
export function watchInputs(
  { inputs, template }: Order,
  again: (changed: readonly string[]) => Promise<void>,
): { readonly ended: Promise<void>; readonly stop: () => void } {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const { promise: ended, resolve: end } = withResolvers();
  const build = () => {
    const names = [...changed].sort();
    changed = new Set();
    running = running.then(() => again(names));
  };
  const close = watchPaths(watched(inputs, template), (name) => {
    if (
      name !== '' &&
      !/\.(?:txt|text|md|markdown|json)$/i.test(name) &&
      !inputs.some((one) => one.endsWith(name))
    )
      return;
    changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(build, settling);
  });
  build();
  const stop = () => {
    close();
    clearTimeout(timer);
    void running.then(end);
  };
  return { ended, stop };
}

/** The inputs with their sidecars, and the template where it is no shipped one. */
function watched(inputs: readonly string[], template: string): string[] {
  const sidecars = inputs
    .filter((path) => /\.\w+$/.test(path))
    .map((path) => path.replace(/[^\\/]+$/, sidecarOf(path)));
  return [...inputs, ...sidecars, ...(stands(template) ? [template] : [])];
}

function withResolvers() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
