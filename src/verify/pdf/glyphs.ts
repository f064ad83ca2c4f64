/** The characters of a PDF as pdf.js finds them: glyph by glyph, by the piece of marked content that they stand in. */
import { Unreadable } from '../flat.js';
import { loadPdfJs, type PdfJs } from '../packages.js';

export interface PageText {
  /** By marked-content identifier (ISO 32000-1, 14.6). */
  readonly marked: ReadonlyMap<number, string>;
  /** What stands in no marked content, or in some that is neither tagged nor an artifact. */
  readonly loose: string;
}

interface Glyph {
  readonly unicode?: string;
  readonly isInFont?: boolean;
}

/**
 * What a glyph says. Of one that its font doesn't have pdf.js would say its code; no reader of the page could see it.
 * (Of what has no outline it says the same.)
 */
const characterOf = ({ unicode = '', isInFont }: Glyph): string =>
  isInFont === false && !/^[\p{White_Space}\p{Default_Ignorable_Code_Point}]*$/u.test(unicode)
    ? '\ufffd'
    : unicode;

/** Of pdf.js: errors alone are said. */
const quiet = 0;

/** @throws Unreadable, PackageMissing */
export async function readPages(bytes: Uint8Array): Promise<PageText[]> {
  const pdfJs = await loadPdfJs();
  const task = pdfJs.getDocument({
    // It takes the memory for itself.
    data: bytes.slice(),
    verbosity: quiet,
    useSystemFonts: false,
    isEvalSupported: false,
  });
  try {
    const document = await task.promise;
    const pages: PageText[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      pages.push(pageText(await page.getOperatorList(), pdfJs.OPS));
      page.cleanup();
    }
    return pages;
  } catch (error) {
    throw new Unreadable(`pdf.js can’t read it (${error instanceof Error ? error.message : String(error)})`);
  } finally {
    await task.destroy();
  }
}

type OperatorList = Awaited<
  ReturnType<
    Awaited<ReturnType<Awaited<ReturnType<PdfJs['getDocument']>['promise']>['getPage']>>['getOperatorList']
  >
>;

/** Which content an open piece is. */
type Inside = number | 'artifact' | 'untagged';

function pageText(list: OperatorList, operators: PdfJs['OPS']): PageText {
  const marked = new Map<number, string>();
  let loose = '';
  const open: Inside[] = [];
  // A hyphen that a line ends in is U+00AD; only what follows shows that it is the line's end.
  let ending: number | null = null;
  const endLine = () => {
    if (ending !== null) marked.set(ending, (marked.get(ending) ?? '').replace(/\u00ad$/, ''));
    ending = null;
  };
  for (const [index, operator] of list.fnArray.entries()) {
    const values = list.argsArray[index];
    switch (operator) {
      case operators['beginMarkedContentProps']:
      case operators['beginMarkedContent']: {
        endLine();
        const [tag, mcid] = Array.isArray(values) ? (values as unknown[]) : [];
        if (typeof mcid === 'number') {
          if (marked.has(mcid)) throw new Error(`the content ${mcid} stands twice on a page`);
          marked.set(mcid, '');
          open.push(mcid);
        } else
          open.push(
            tag === 'Artifact' || open.includes('artifact') ? 'artifact' : (open.at(-1) ?? 'untagged'),
          );
        break;
      }
      case operators['endMarkedContent']:
        endLine();
        open.pop();
        break;
      case operators['setTextMatrix']:
      case operators['moveText']:
      case operators['setLeadingMoveText']:
      case operators['nextLine']:
      case operators['endText']:
        endLine();
        break;
      case operators['showText']: {
        const [glyphs] = Array.isArray(values) ? (values as [unknown]) : [];
        const text = Array.isArray(glyphs) ? (glyphs as Glyph[]).map(characterOf).join('') : '';
        const inside = open.at(-1) ?? 'untagged';
        if (typeof inside === 'number') {
          marked.set(inside, (marked.get(inside) ?? '') + text);
          ending = inside;
        } else if (inside === 'untagged') loose += text;
        break;
      }
      default:
    }
  }
  endLine();
  return { marked, loose };
}
