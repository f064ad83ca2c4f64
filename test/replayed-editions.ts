/**
 * Editions made once and then taken from memory, with the fonts asked for as when they were made: the disk sees the same
 * build, and a thousand builds take no longer than ten.
 */
import { onTestFinished } from 'vitest';
import type { Context, Edition } from '../src/editions/edition.js';
import { editionNames, shelf } from '../src/editions/index.js';
import type { Document } from '../src/document.js';

interface Kept {
  readonly fonts: readonly string[];
  readonly assets: readonly string[];
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** By the edition, and what it was made of. */
const replay = new Map<string, Kept>();

async function keep(edition: Edition, document: Document, context: Context): Promise<Kept> {
  const fonts: string[] = [];
  const assets: string[] = [];
  const result = await edition.render(document, {
    ...context,
    font: (file) => {
      fonts.push(file);
      return context.font(file);
    },
    asset: (file) => {
      assets.push(file);
      return context.asset(file);
    },
  });
  return {
    fonts,
    assets,
    files: result instanceof Uint8Array ? new Map([[edition.extension, result]]) : result,
  };
}

/** Puts such editions on the shelf until the test is over. */
export function replayEditions(): void {
  const shelved = shelf as Record<string, () => Promise<{ readonly edition: Edition }>>;
  for (const name of editionNames) {
    const take = shelved[name];
    if (!take) continue;
    shelved[name] = async () => {
      const { edition } = await take();
      return {
        edition: {
          ...edition,
          render: async (document, context) => {
            const key = [name, context.template.name, document.id, document.source.sha256].join(' ');
            let kept = replay.get(key);
            if (kept) {
              for (const file of kept.fonts) await context.font(file);
              for (const file of kept.assets) await context.asset(file);
            } else replay.set(key, (kept = await keep(edition, document, context)));
            return kept.files;
          },
        },
      };
    };
    onTestFinished(() => {
      shelved[name] = take;
    });
  }
}
