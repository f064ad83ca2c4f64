/**
 * House templates: a .docx or .dotx whose look is taken, as pandoc takes its reference document's. Taken are styles,
 * settings of the page, heads, feet, theme, font table and pictures; nothing else of it, and nothing that could run,
 * ask, or lead elsewhere.
 */
import { diagnose, Refusal } from '../../../report.js';
import { Element } from '../element.js';
import type { Part } from '../package.js';
import type { Running } from '../running.js';
import { openArchive, type Archive } from './archive.js';
import { headsOf, partWithPictures, Pictures } from './heads.js';
import { parseMarkup } from './markup.js';
import { refuseDangers, relationsOf } from './relations.js';
import { houseFonts, housePage, houseSettings } from './settings.js';
import { Unfit } from './unfit.js';

export interface House {
  /** The root of its styles. */
  readonly styles: Element;
  /** Children of w:settings. */
  readonly settings: readonly Element[];
  /** Children of w:sectPr. */
  readonly page: readonly Element[];
  readonly running: readonly Running[];
  /** Children of w:fonts. */
  readonly fonts: readonly Element[];
  /** Its theme, and the pictures of all that is taken. */
  readonly parts: readonly Part[];
}

/** A build of many documents opens its house template once. */
const opened = new WeakMap<Uint8Array, House>();

/**
 * Takes from a house template what may be taken.
 * @param name as the template names it
 * @throws Refusal that says what is wrong with it
 */
export function openHouse(bytes: Uint8Array, name: string): House {
  const known = opened.get(bytes);
  if (known) return known;
  try {
    const house = taken(openArchive(bytes));
    opened.set(bytes, house);
    return house;
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    throw new Refusal(
      diagnose(
        'house-template-refused',
        `The house template “${name}” ${error.message}`,
        undefined,
        error.cure,
      ),
    );
  }
}

/** Those in force: a tracked change holds the ones that were. */
function* sectionsIn(element: Element): Generator<Element> {
  for (const child of element.elements)
    if (child.name === 'w:sectPr') yield child;
    else yield* sectionsIn(child);
}

function taken(archive: Archive): House {
  refuseDangers(archive);
  const main = relationsOf(archive, '').find(({ kind }) => kind === 'officeDocument')?.target ?? '';
  const relations = relationsOf(archive, main);
  const root = (part: string): Element | undefined => {
    const bytes = archive.read(part);
    return bytes && parseMarkup(bytes, part);
  };
  const related = (kind: string): string => relations.find((one) => one.kind === kind)?.target ?? '';
  const document = root(main);
  if (document?.name !== 'w:document')
    throw new Unfit('is not a Word document.', 'Save it in Word as a Word Document or a Word Template.');
  const styles = root(related('styles'));
  if (!styles) throw new Unfit('has no styles.', 'Open it in Word and save it.');
  const sections = [...sectionsIn(document)];
  const pictures = new Pictures(archive);
  const running = headsOf(archive, sections, relations, pictures);
  const theme = related('theme');
  const fonts = root(related('fontTable'));
  const themed =
    theme === ''
      ? []
      : [partWithPictures(archive, theme, { name: 'theme/theme1.xml', kind: 'theme' }, pictures)];
  return {
    styles,
    settings: houseSettings(root(related('settings'))),
    page: housePage(sections.at(-1) ?? new Element('w:sectPr')),
    running,
    fonts: fonts ? houseFonts(fonts) : [],
    parts: [...themed, ...pictures.parts],
  };
}
