/**
 * The PDF edition: tagged, justified by total fit, with the notes at the foot of the page that calls them. One file
 * that claims PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), or 3a (ISO 19005-3) with the JSON edition inside.
 *
 *     document ─ compose ─ rows ─ paginate ─ pages ─ paint ─ streams, links, tags ─ file
 *
 * Rows are composed as pages need them and each page is written at once, so that memory holds the tree of tags and
 * one page of lines, not the whole document set.
 */
import { textNodes, textOf, type Document } from '../../document.js';
import { stringsFor, type Template } from '../../template.js';
import type { Context } from '../edition.js';
import { composeDocument } from './compose.js';
import { attachSource } from './attachment.js';
import { hasContents, titleOfContents } from './contents.js';
import { checkCoverage } from './coverage.js';
import { familyIn, loadFamily } from './faces.js';
import { openFile, type Reference } from './file.js';
import { hyphenatorFor, type Hyphenator } from './hyphenate.js';
import { embedImage } from './images.js';
import { metadataOf } from './metadata.js';
import { writeBookmarks, writeDestinations } from './navigation.js';
import { paginate } from './pages.js';
import { paintPage, type Ledger, type PaintedPage, type Sheet } from './painter.js';
import { fitted, paintFoot, paintHead, runningTexts } from './running.js';
import { isRightToLeft } from './scripts.js';
import { element, writeTags } from './tags.js';

/** ISO 216 and ANSI, in points. */
const sizes = { A4: [595.28, 841.89], LETTER: [612, 792] } as const;

function sheetOf({ page }: Template, mirrored: boolean): Sheet {
  const [width, height] = sizes[page.size];
  const { left, right, top, bottom } = page.margins;
  return { width, height, left, top, bottom, measure: width - left - right, mirrored };
}

/** @throws Refusal where no face that the template names has a character of the document */
export async function render(document: Document, context: Context): Promise<Uint8Array> {
  const { template } = context;
  const running = runningTexts(document, template);
  const title = titleOfContents(document, template);
  const family = await loadFamily(
    template,
    context.font,
    [...wordsIn(document), running.head, running.headRight, title],
    document.language,
  );
  checkCoverage(
    document,
    family,
    [
      { text: `${running.head}${running.headRight}…`, name: 'the running head' },
      { text: `${running.foot(0, 0)}0123456789`, name: 'the foot of the page' },
      { text: title, name: 'the title of the contents' },
    ],
    context.warn,
    (node) => (node?.language === undefined ? family : familyIn(family, node.language, template)),
  );
  const hyphenators = await loadHyphenators(document);
  const file = openFile(metadataOf(document, context));
  const sheet = sheetOf(template, isRightToLeft(family.script));
  const root = element('Document', null, {
    ...(sheet.mirrored && { attributes: { O: 'Layout', WritingMode: 'RlTb' } }),
  });
  if (sheet.mirrored) Object.assign(file.viewerPreferences, { Direction: 'R2L' });
  const ledger: Ledger = {
    file,
    sheet,
    colours: template.colours,
    words: wordsOf(document, template),
    parents: [],
    destinations: new Map(),
    bookmarks: [],
    calls: new Map(),
  };
  const logo =
    template.logo.file === ''
      ? null
      : embedImage(file, template.logo.file, await context.asset(template.logo.file));
  const geometry = { height: sheet.height - sheet.top - sheet.bottom, aboveRule: 10, belowRule: 5 };
  const rows = composeDocument(document, template, family, sheet.measure, hyphenators, root, {
    logo,
    contents: hasContents(document, template, sheet.measure, geometry.height),
  });
  const pages: PaintedPage[] = [];
  for (const page of paginate(rows, geometry)) pages.push(paintPage(page, ledger));
  if (pages.length === 0) pages.push(paintPage({ body: [], notes: [], notesRule: null }, ledger));
  const heads = fitted(running, template, family, sheet.measure);
  const numbers = new Map(pages.map(({ reference }, index) => [reference, index + 1]));
  const pageOf = (eId: string) => {
    const spot = ledger.destinations.get(eId);
    return spot && numbers.get(spot.page);
  };
  const resources = file.reference();
  // One stream for the heads of all pages.
  let head: Reference | null | undefined;
  const headOfPages = (): Reference | null => {
    const painted = paintHead(file, heads, template, sheet);
    if (!painted) return null;
    const reference = file.reference();
    reference.end(painted);
    return reference;
  };
  for (const [index, page] of pages.entries()) {
    const headed = index > 0 || template.running.firstPageHead;
    if (headed && head === undefined) head = headOfPages();
    const foot = file.reference();
    foot.end(paintFoot(file, heads, template, sheet, index + 1, pages.length, page, pageOf));
    page.reference.data = {
      Type: 'Page',
      Parent: file.pages,
      MediaBox: [0, 0, sheet.width, sheet.height],
      Resources: resources,
      Contents: headed && head ? [page.content, head, foot] : [page.content, foot],
      StructParents: page.key,
      Tabs: 'S',
      ...(page.annotations.length > 0 && { Annots: page.annotations }),
    };
    page.reference.end();
  }
  Object.assign(file.pages.data, { Kids: pages.map((page) => page.reference), Count: pages.length });
  resources.data = {
    Font: file.fonts(),
    ...(logo && { XObject: { [logo.name]: logo.reference } }),
  };
  resources.end();
  writeDestinations(file, ledger.destinations);
  writeBookmarks(file, ledger.bookmarks);
  writeTags(file, root, ledger.parents);
  if (template.pdf.attachSource) await attachSource(file, document, context);
  return file.bytes();
}

/** Every text of a document that is printed. */
function* wordsIn(document: Document): Generator<string> {
  for (const { node } of textNodes(document)) {
    yield textOf(node.content);
    if ('num' in node && node.num !== null) yield node.num;
    if ('marker' in node) yield node.marker;
    for (const inline of node.content) if (inline.type === 'noteCall') yield inline.marker;
  }
  for (const { num } of document.attachments) if (num !== null) yield num;
}

function wordsOf(document: Document, template: Template): Ledger['words'] {
  const strings = stringsFor(template, document.language);
  return { toNote: (marker) => `${strings.note} ${marker}`, back: strings.backToText };
}

/** The hyphenators of every language that the document names, by language in lower case. */
async function loadHyphenators(document: Document): Promise<ReadonlyMap<string, Hyphenator | null>> {
  const languages = new Set([document.language.toLowerCase()]);
  for (const { language } of document.attachments) if (language) languages.add(language.toLowerCase());
  for (const { node } of textNodes(document)) if (node.language) languages.add(node.language.toLowerCase());
  const hyphenators = new Map<string, Hyphenator | null>();
  for (const language of languages) hyphenators.set(language, await hyphenatorFor(language));
  return hyphenators;
}
