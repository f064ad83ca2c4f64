/**
 * Libraries that few texts need, loaded where one does. The stages of reading are synchronous: one that finds such a
 * library missing says so by throwing, it is loaded, and the text is read anew with it.
 */

class Wanted extends Error {
  readonly load: () => Promise<void>;
  constructor(load: () => Promise<void>) {
    super('a library is wanted that is not loaded; read by way of withLibraries');
    this.name = 'Wanted';
    this.load = load;
  }
}

/** @returns gives the library, or throws so that `withLibraries` loads it */
export function onDemand<T>(load: () => Promise<T>): () => T {
  let loaded: { readonly library: T } | undefined;
  return () => {
    if (loaded) return loaded.library;
    throw new Wanted(async () => {
      loaded = { library: await load() };
    });
  };
}

/** Does some work, as often as libraries are wanted for it; the work has no effects but its result. */
export async function withLibraries<T>(work: () => T): Promise<T> {
  for (;;)
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Wanted)) throw error;
      await error.load();
    }
}
