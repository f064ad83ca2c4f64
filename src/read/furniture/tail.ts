/** The tail of a page: links, contacts and notices behind the text. */
import { wordsOf, type Sheet } from '../sheet.js';
import { mark, wordsAt } from './mark.js';
import { isAmongChrome, isItem } from './phrases.js';

const linksHeading =
  /^(?:(?:related|associated) (?:links|content|news|articles|documents|pages|topics)|see also|read more|more information|voir aussi|liens connexes|documents connexes|siehe auch|véase también|см\. также|tags|schlagworte|mots-clés|etiquetas|теги|verwandte (?:inhalte|themen)|mehr zum thema|à lire aussi|contenus associés|contenido relacionado|enlaces relacionados|documentos relacionados|по теме|материалы по теме|связанные документы|contenuti correlati|conteúdo relacionado|相关新闻|相关链接|関連情報|関連リンク)$/i;
const contactHeading =
  /^(?:(?:press|media) (?:contacts?|enquiries|inquiries|office)|contacts?|contact (?:information|details)|for (?:further|more) information|further information|contacts? presse|pressekontakt|contacto de prensa)$/i;
const reachable = /[\w.+-]+@[\w-]+\.\w|(?:\+|\b00)\d[\d\s()./-]{6,}|https?:\/\/|www\./;

/** The most lines of a page's tail. */
const longestTail = 30;
/** The most lines of a contact block that bears no number and no address. */
const longestContact = 8;

/** Marks what stands behind the text from the heading of links or contacts on, where only short lines follow. */
export function tail(sheet: Sheet): void {
  const from = Math.max(1, sheet.lines.length - longestTail);
  for (let index = from; index < sheet.lines.length; index++) {
    if (sheet.furniture.has(index)) continue;
    if (isItem(wordsAt(sheet, index)) && !isAmongChrome(sheet, index)) continue;
    const words = wordsAt(sheet, index)
      .replace(/[*#_:]/g, '')
      .trim();
    const links = linksHeading.test(words);
    if (!links && !contactHeading.test(words)) continue;
    const rest = sheet.lines
      .slice(index + 1)
      .flatMap((line, at) => (sheet.furniture.has(index + 1 + at) ? [] : [wordsOf(sheet, line)]));
    const short = rest.every(
      (one) => one.length <= 120 && !/[.;]$/.test(one) && !/^(?:\d{1,3}|\(?[a-z])\\?[.)]\s/.test(one),
    );
    if (!short || rest.some((one) => /^\\?\[\d|^[\d⁰¹²³⁴⁵⁶⁷⁸⁹*†]/.test(one) && !reachable.test(one)))
      continue;
    if (!links && rest.length > longestContact && !rest.some((one) => reachable.test(one))) continue;
    for (let at = index; at < sheet.lines.length; at++) mark(sheet, at, links ? 'links' : 'contact line');
    return;
  }
}
