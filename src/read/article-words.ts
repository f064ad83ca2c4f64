/** The words that texts number their articles with, in many languages, and what a word looks like. */

import { once } from './once.js';

/** Words for "article" that stand before the number. Compared letter by letter in their look (see `look`). */
const articleWords =
  'article articles art artikel artículo articulo artigo articolo articol articolul статья стаття член артыкул члан ' +
  'бап články článek článok člen član članak clanak artykuł άρθρο αρθρο artiklu artikolu airteagal madde maddə neni pasal ' +
  'điều ibara kifungu artikulo grein nodaļa հոդված მუხლი अनुच्छेद धारा มาตรา ข้อ المادة مادة البند ماده اصل סעיף ' +
  'rule regulation principle section sektion paragraph clause punkt artikkel artikla';
/** Words for "article" that follow the number. */
const articleWordsAfter =
  'cikk člen pants straipsnis artikla artikkel madde punkts článek článok modda бап artículo §';

/** Cyrillic and Greek letters that look Latin, by what they look like: old files mix them freely. */
const twins: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  к: 'k',
  м: 'm',
  т: 't',
  н: 'h',
  в: 'b',
  α: 'a',
  ο: 'o',
  ρ: 'p',
  υ: 'y',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  τ: 't',
};

/** A word by its look: lower case without accents (capitals drop them), each letter that has a Latin twin as that twin. */
export function look(word: string): string {
  const lower = word.toLowerCase();
  if (isAscii(lower)) return lower;
  return [...lower.normalize('NFD').replace(/\p{M}/gu, '')].map((letter) => twins[letter] ?? letter).join('');
}

/** Whether some words are of ASCII alone: most are, and need no class of Unicode. */
export const isAscii = (words: string): boolean => !/[^\0-\x7f]/.test(words);

const articleLooks = once(() => new Set(articleWords.split(' ').map(look)));
const articleLooksAfter = once(() => new Set(articleWordsAfter.split(' ').map(look)));
const articleBeginnings = once(() => new Set([...articleLooks()].map((word) => word.slice(0, 3))));

/** Whether a word before a number means "article". */
export const isArticleWord = (word: string): boolean => articleLooks().has(look(word));
/** Whether a word behind a number means "article". */
export const isArticleWordAfter = (word: string): boolean => articleLooksAfter().has(look(word));
/** Whether a word for "article" begins, by its look, with three characters (ASCII). */
export const beginsArticleWord = (three: string): boolean => articleBeginnings().has(three.toLowerCase());
