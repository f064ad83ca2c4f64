/**
 * Editions whose input is gone: those of no input that was named, for a manifest doesn't say in which folder its source
 * lay. So whoever builds several folders into one has to name them all. Only what a manifest of ours names is ever removed,
 * and only while it has the hash that the manifest says: a file that somebody has changed may be all that is left of their
 * work.
 */
import { join } from 'node:path';
import type { Output } from '../files.js';
import type { Manifest } from '../manifest.js';
import { readManifest, sha256 } from '../manifest.js';
import { diagnose } from '../report.js';
import { isOfFiles, recordEnding } from '../verify/record.js';
import type { Published, Report } from './published.js';

/**
 * Removes the editions of one document, or reports them.
 * @param id the name of a folder in the output folder; one without a manifest of ours is left alone
 * @param isWanted whether they are to be removed
 * @returns the files that are removed, or would be
 */
export async function removeGone(
  id: string,
  output: Output,
  isWanted: boolean,
  report: Report,
): Promise<readonly Published[]> {
  const bytes = await output.read(join(id, 'manifest.json'));
  const manifest = readManifest(bytes);
  if (bytes === null || manifest?.id !== id) return [];
  const files = await filesOf(manifest, output, report);
  if (files === null) return [];
  const record = await output.read(join(id, id + recordEnding));
  if (record && isOfFiles(record, manifest.files)) files.push([id + recordEnding, 'fidelity', record]);
  files.push(['manifest.json', 'manifest', bytes]);
  if (!isWanted)
    report(
      diagnose(
        'edition-orphaned',
        `No input that was named makes “${join(output.root, id)}” (of ${manifest.source.file}) any more.`,
      ),
    );
  const work = async () => {
    for (const [file] of files) await output.remove(join(id, file));
  };
  if (isWanted) await output.hold(id, work);
  if (isWanted && !(await output.removeFolder(id)))
    report(
      diagnose('folder-not-empty', `“${join(output.root, id)}” holds files that are not ours, and stays.`),
    );
  return files.map(([file, edition, content]) => ({
    path: join(output.root, id, file),
    edition,
    sha256: sha256(content),
    bytes: content.length,
    state: isWanted ? 'removed' : 'stale',
  }));
}

type File = readonly [name: string, edition: string, bytes: Uint8Array];

/** The files that the manifest names and that stand there; null where one of them is not the one that it names. */
async function filesOf({ id, files }: Manifest, output: Output, report: Report): Promise<File[] | null> {
  const found: File[] = [];
  for (const { file, edition, sha256: hash } of files) {
    const isOurs = typeof file === 'string' && /^[a-z0-9.-]+$/.test(file) && file.startsWith(`${id}.`);
    const bytes = isOurs ? await output.read(join(id, file)) : null;
    if (isOurs && bytes === null) continue;
    if (bytes === null || sha256(bytes) !== hash) {
      report(
        diagnose(
          'prune-refused',
          `“${join(output.root, id)}” was left as it is: “${file}” is not the file that its manifest names.`,
        ),
      );
      return null;
    }
    found.push([file, edition, bytes]);
  }
  return found;
}
