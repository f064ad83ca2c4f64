/** Mark-up that has a line of its own: rules, separators, comments, tags, end marks. */
import { wordsOf, type Sheet } from '../sheet.js';
import { mark } from './mark.js';

/**
 * Whether nothing but a rule stands here: three marks or more, spaced out or not, and a few shorter ones. No pattern
 * repeats a group: one that does runs out of stack on a line of a million stars.
 */
function isRule(words: string): boolean {
  if (/^(?:--|[_\-—–=~·.•]{3,}|[_*]|\*[\s\u00a0]*\*)$/.test(words)) return true;
  return /^[*_\-—–•][*_\-—–•\s\u00a0]*$/.test(words) && words.replace(/[\s\u00a0]+/g, '').length >= 3;
}

/** `#SafeCoasts #Lamps @HarbourMasters`: two at least, and nothing else; one alone may be a heading. */
const isHashtags = (words: string): boolean =>
  words.startsWith('#') &&
  words.length < 200 &&
  /^#\p{L}[\p{L}\p{N}_]+(?:[\s\u00a0]+[#@]\p{L}[\p{L}\p{N}_]+)+$/u.test(words);

/** Rules, comments, tags and end marks that have a line of their own. */
export function markupLines(sheet: Sheet): void {
  let inComment = false;
  let opened = 0;
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index)) continue;
    const words = wordsOf(sheet, line);
    if (inComment) {
      mark(sheet, index, 'comment');
      inComment = !words.includes('-->');
    } else if (/^<!--/.test(words) && (words.endsWith('-->') || !words.includes('-->'))) {
      mark(sheet, index, 'comment');
      inComment = !words.includes('-->');
      opened = index;
    } else if (
      /^<(?:meta|link|hr|br|img|\/?(?:div|html|head|body|article|section|nav|header|footer|main|aside|figure|form|ol|ul|dl|table|tbody|thead|tr|p|span|blockquote))\b[^<>]*>$/i.test(
        words,
      )
    )
      mark(sheet, index, 'tag');
    else if (isHashtags(words)) mark(sheet, index, 'page chrome');
    else if (isRule(words) || (sheet.layout.markdown && isRule(words.replace(/\\/g, ''))))
      mark(sheet, index, /^[\s*•·~.\\]+$/.test(words) ? 'separator' : 'rule');
    else if (
      /^\\?#{1,6}[\s\u00a0]*(?:Begins|Ends)?[.:]?$|^[-*–—\s]*(?:END|ENDS|ENDE|FIN|END OF TEXT|END TEXT|BEGIN TEXT:?)[-*–—\s.]*$/i.test(
        words,
      )
    )
      mark(sheet, index, 'end mark');
  }
  // A comment that never ends is no comment: its lines are words again.
  if (inComment)
    for (let index = opened; index < sheet.lines.length; index++)
      if (sheet.furniture.get(index) === 'comment') sheet.furniture.delete(index);
}
