/** The characters of a PDF as pdf.js finds them: glyph by glyph, by the piece of marked content that they stand in. */
import { Unreadable } from '../flat.js';
import { loadPdfJs, type PdfJs, type PdfPage } from '../packages.js';

/** Characters that one font shows. */
export interface Piece {
  readonly text: string;
  /** Its name in the file, without the subset's six letters: `SourceSerif4-Italic`. */
  readonly font: string;
}

export interface PageText {
  /** By marked-content identifier (ISO 32000-1, 14.6). */
  readonly marked: ReadonlyMap<number, readonly Piece[]>;
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
      pages.push(pageText(await page.getOperatorList(), pdfJs.OPS, fontNames(page)));
      page.cleanup();
    }
    return pages;
  } catch (error) {
    throw new Unreadable(`pdf.js can’t read it (${error instanceof Error ? error.message : String(error)})`);
  } finally {
    await task.destroy();
  }
}

function fontNames({ commonObjs }: PdfPage): (id: unknown) => string {
  const names = new Map<string, string>();
  return (id) => {
    if (typeof id !== 'string') return '';
    let name = names.get(id);
    if (name === undefined) {
      const font = commonObjs.has(id) ? commonObjs.get(id) : null;
      const own = typeof font === 'object' && font !== null && 'name' in font ? font.name : '';
      names.set(id, (name = typeof own === 'string' ? own.replace(/^[A-Z]{6}\+/, '') : ''));
    }
    return name;
  };
}

type OperatorList = Awaited<
  ReturnType<
    Awaited<ReturnType<Awaited<ReturnType<PdfJs['getDocument']>['promise']>['getPage']>>['getOperatorList']
  >
>;

/** Which content an open piece is. */
type Inside = number | 'artifact' | 'untagged';

function pageText(list: OperatorList, operators: PdfJs['OPS'], nameOf: (font: unknown) => string): PageText {
  const marked = new Map<number, Piece[]>();
  let font = '';
  let loose = '';
  const open: Inside[] = [];
  // A hyphen that a line ends in is U+00AD; only what follows shows that it is the line's end.
  let ending: number | null = null;
  const endLine = () => {
    const pieces = ending === null ? undefined : marked.get(ending);
    const last = pieces?.at(-1);
    if (pieces && last?.text.endsWith('\u00ad'))
      pieces[pieces.length - 1] = { ...last, text: last.text.slice(0, -1) };
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
          marked.set(mcid, []);
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
      case operators['setFont']:
        font = nameOf(Array.isArray(values) ? (values as unknown[])[0] : undefined);
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
          marked.get(inside)?.push({ text, font });
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
