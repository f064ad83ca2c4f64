/** How the parts of a house template relate (ECMA-376 part 2, clause 6.5), and what none of its parts may be. */
import type { Archive } from './archive.js';
import { dtd, parseMarkup } from './markup.js';
import { Unfit } from './unfit.js';

export interface Relation {
  readonly id: string;
  /** The last word of its type: `styles`, `header`, `image`. */
  readonly kind: string;
  /** The part's name within the file. */
  readonly target: string;
}

/** What a part relates to. @param part its name; the empty string is the file itself */
export function relationsOf(archive: Archive, part: string): readonly Relation[] {
  const name = part.replace(/([^/]*)$/, '_rels/$1.rels');
  const bytes = archive.read(name);
  if (!bytes) return [];
  return parseMarkup(bytes, name).elements.map((entry) => {
    const target = entry.attribute('Target') ?? '';
    if (entry.attribute('TargetMode')?.toLowerCase() === 'external')
      throw new Unfit(
        `points outside itself: ${name} leads to “${target}”.`,
        'Take the link out of it (of a template of your own: File, Options, Add-ins, Templates) and save it.',
      );
    return {
      id: entry.attribute('Id') ?? '',
      kind: /[^/]*$/.exec(entry.attribute('Type') ?? '')?.[0] ?? '',
      target: resolved(part, target),
    };
  });
}

function resolved(from: string, target: string): string {
  const path = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
}

/** Looks at every part, taken or not. @throws Unfit for macros, links to elsewhere, DTDs */
export function refuseDangers(archive: Archive): void {
  for (const name of archive.names) {
    if (/vba(Project|Data)|(^|\/)activeX\//i.test(name))
      throw new Unfit(
        `holds macros (“${name}”).`,
        'Save it in Word as a document or template without macros.',
      );
    if (!/\.(xml|rels|vml|svg)$/i.test(name)) continue;
    // Those that are not taken may be in any encoding: what would be read of them is ASCII.
    const text = new TextDecoder('latin1').decode(archive.read(name)).replaceAll('\0', '');
    if (dtd.test(text)) throw new Unfit(`holds “${name}”, which has a DTD.`);
    if (name.endsWith('.rels')) relationsOf(archive, name.replace(/_rels\/([^/]*)\.rels$/, '$1'));
  }
  const types = archive.read('[Content_Types].xml');
  if (!types)
    throw new Unfit(
      'is not a .docx or .dotx file.',
      'Save it in Word as a Word Document or a Word Template.',
    );
  for (const entry of parseMarkup(types, '[Content_Types].xml').elements)
    if (/macroEnabled|vbaProject|activeX/i.test(entry.attribute('ContentType') ?? ''))
      throw new Unfit('holds macros.', 'Save it in Word as a document or template without macros.');
}
