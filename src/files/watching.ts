/** Being told that files have changed. */
import { statSync, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { stands } from './fingerprints.js';

/**
 * Watches folders, and files by way of their folders, for editors put a new file in the old one's place.
 * @param paths what is not there yet is watched as soon as the folder above is
 * @param changed is told the name of what changed, without folders
 * @returns ends it
 */
export function watchPaths(paths: readonly string[], changed: (name: string) => void): () => void {
  /** By folder: the names that matter there; null for all. */
  const folders = new Map<string, Set<string> | null>();
  for (const path of paths) {
    const whole = resolve(path);
    const isFolder = stands(whole) && statSync(whole).isDirectory();
    const folder = isFolder ? whole : dirname(whole);
    const known = folders.get(folder);
    if (isFolder) folders.set(folder, null);
    else if (known !== null) folders.set(folder, (known ?? new Set()).add(basename(whole)));
  }
  const watchers = [...folders].map(([folder, names]) =>
    watch(folder, (_, name) => {
      if (name === null || names === null || names.has(name)) changed(name ?? '');
    }),
  );
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}
