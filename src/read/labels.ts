/**
 * Labels: what at the start of a line may be the printed label of a paragraph. This room only sees one line and
 * says what it could be; `sequence.ts` weighs the candidates of the whole text against each other.
 */
import { beginsArticleWord, isArticleWord, isArticleWordAfter, look } from './article-words.js';
import { chineseValue, decimalValue, digitClass, letterValue, ordinalValue, romanValue } from './numerals.js';
import { once } from './once.js';
import { trimmed } from './sheet.js';

/** What counts the paragraphs: articles hold numbers, numbers hold letters, letters hold romans. */
export type Family = 'article' | 'number' | 'compound' | 'letter' | 'roman' | 'ordinal';

export interface Reading {
  readonly family: Family;
  /**
   * The label's shape without its number: `1.`, `(a)`, `A.`, `article член`. Labels of one list share it.
   */
  readonly form: string;
  /** 15 for `15.`; 15.01 for `15 bis.`, so that it stands between 15 and 16. */
  readonly value: number;
  /** A typing error stands in for the usual punctuation: `11,`. Only a perfect place in a list excuses it. */
  readonly odd?: boolean;
}

export interface LabelCandidate {
  /** Offsets of the label in the source, mark-up around it included, white space after it not. */
  readonly start: number;
  readonly end: number;
  /** Where the paragraph's own words begin: the same line's next word, or the line's end. */
  readonly textStart: number;
  /** What it may be; `i)` is a roman one and the letter after h. The likeliest stands first. */
  readonly readings: readonly Reading[];
  /** No punctuation at all: bold or a line of its own must vouch for it. */
  readonly bare: boolean;
}

const number = `[${digitClass}]{1,4}`;
const suffix = '(?:[\\s\\u00a0-]?(?:bis|ter|quater|quinquies|sexies)\\b|[a-zA-Z](?![\\p{L}\\p{N}]))?';

const emphasis = '(?:\\*\\*|__|[*_])*';
const opening = `(?:#{1,6}[ \\t]*)?${emphasis}`;

const patterns = {
  articleBefore: once(
    () =>
      new RegExp(
        `^(${opening})([\\p{L}\\p{M}]{3,12})(\\.?)[\\s\\u00a0]*(?:(?:ya|nr?[.°º]?|no\\.)[\\s\\u00a0]*)?(?:([(（]?)(${number})(?:er|re|\\.?[º°])?(${suffix})[)）]?|([ivxlcIVXLC]{1,7})(?![\\p{L}])|([\\p{L}-]{4,14}))[\\s\\u00a0]?([.:)]?-?)(${emphasis})`,
        'u',
      ),
  ),
  articleAfter: once(
    () =>
      new RegExp(`^(${opening})(${number})[.]?[\\s\\u00a0]+(\\p{L}{3,10})([.:]?)(${emphasis})(?=$|\\s)`, 'u'),
  ),
  articleHan: once(
    () =>
      /^((?:#{1,6}[ \t]*)?(?:\*\*)?)第[\s\u00a0]*([0-9０-９〇零一二三四五六七八九十百\s\u00a0]{1,12}?)[\s\u00a0]*(条|條|조|款|项)(?:[のノ之]([一二三四五六七八九十]|\d)(?![\p{N}\p{L}]))?[:：]?(\**)/u,
  ),
  articleHangul:
    /^((?:#{1,6}[ \t]*)?(?:\*\*)?)제[\s\u00a0]*(\d{1,3})[\s\u00a0]*조(?:의[\s\u00a0]?(\d{1,2}))?[:.]?(\**)/u,
  section: once(
    () => new RegExp(`^(${opening})§{1,2}[\\s\\u00a0]*(${number})(${suffix})([.)]?)(${emphasis})`, 'u'),
  ),
  sectionBehind: once(
    () => new RegExp(`^(${opening})(${number})(${suffix})\\.[\\s\\u00a0]?§[.:]?(${emphasis})`, 'u'),
  ),
  compound: once(
    () =>
      new RegExp(
        `^(${opening})((?:${number}\\\\?\\.)+${number})(\\\\?[.)])?(${emphasis})(?=[\\s\\u00a0]|$)`,
        'u',
      ),
  ),
  numbered: once(
    () =>
      new RegExp(
        `^(${opening})(\\\\?[(（][ ]?)?(${number})(${suffix})(${emphasis})(\\.[\\s\\u00a0]?[-–—](?![-–—])|[.][)]|[ ]?\\\\?[.)）．、。,:]|[°º](?:[.)]|\\.?-)?|[ ]?[-–](?=[\\s\\u00a0]|[\\u0621-\\u064a]))?(${emphasis})`,
        'u',
      ),
  ),
  /** `- 1 - The boats`; alone on its line it is a page's number. */
  dashed: /^()[-–—][ \u00a0]?(\d{1,3})[ \u00a0]?[-–—](?=[\s\u00a0]+["“«(]?[\p{Lu}\p{Lo}])/u,
  lettered: once(
    () =>
      /^((?:#{1,6}[ \t]*)?(?:\*\*|__|[*_])*)(\\?[(（])?([\p{L}]{1,7})(\\?\.[\s\u00a0]?[-–—](?![-–—])|\\?[.)）．、]|(?<=[\u0621-\u064aא-ת])[ ]?[-–](?=[\s\u00a0]))((?:\*\*|__|[*_])*)(?=[\s\u00a0]|$|[\p{L}\p{N}([“"«„])/u,
  ),
  enclosed: /^()([㈠-㈩①-⑳⑴-⒇])/u,
  hanNumber: once(() => /^()([（(])?([一二三四五六七八九十百]{1,4})([）)、．.]|\u3000+(?=\P{White_Space}))/u),
  ordinalWord: once(() => /^((?:\*\*|__|[*_])*)([\p{L}-]{5,14})((?:\*\*|__|[*_])*)([.,:]-?)/u),
} as const;

/**
 * What must stand at a line's start, or in it, for one of the patterns above to match; most lines are told by it, and of
 * the patterns most texts then compile two or three.
 */
const needs = {
  articleAfter: new RegExp(`^[#*_ \\t]*[${digitClass}]{1,4}\\.?[\\s\\u00a0]+\\S{3,14}(?:\\s|$)`),
  compound: new RegExp(`[${digitClass}]\\\\?\\.[${digitClass}]`),
  hanNumber: /^[（(]?[^\0-\x7f]/,
  numbered: new RegExp(`^[#*_\\\\(（ \\t]*[${digitClass}]`),
  lettered: /^[#*_\\(（ \t]*[^\s.)）．、]{1,14} ?\\?[.)）．、–—-]/,
  ordinalWord: /^[*_]*[^\s.,:]{5,}[.,:]/,
} as const;

/** Whether a word for "article" may stand behind a line's mark-up: its first three characters tell, where all are ASCII. */
function mayBeArticle(words: string): boolean {
  const start = words.replace(/^[#*_ \t]+/, '').slice(0, 3);
  return /[^\0-\x7f]/.test(start) || beginsArticleWord(start);
}

/**
 * What may be a label at `start`, where the line's words end at `end`; the likeliest first in its readings.
 * @param text the source
 * @returns null where nothing there looks like a label
 */
export function labelAt(text: string, start: number, end: number): LabelCandidate | null {
  const words = text.slice(start, Math.min(end, start + 90));
  return (
    article(text, words, start, end) ??
    numbered(text, words, start, end) ??
    lettered(text, words, start, end) ??
    ordinal(text, words, start, end)
  );
}

function candidate(
  text: string,
  start: number,
  length: number,
  end: number,
  readings: readonly Reading[],
  bare = false,
): LabelCandidate {
  const textStart = trimmed(text, start + length, end).start;
  const labelEnd = trimmed(text, start, start + length).end;
  return { start, end: labelEnd, textStart, readings, bare };
}

function article(text: string, words: string, start: number, end: number): LabelCandidate | null {
  const han = words.includes('第') ? patterns.articleHan().exec(words) : null;
  if (han) {
    const value = hanOrDecimal(han[2] ?? '');
    const inserted = han[4] === undefined ? 0 : (hanOrDecimal(han[4]) ?? 0);
    if (value !== null)
      return candidate(text, start, han[0].length, end, [
        { family: 'article', form: `article ${han[3] ?? ''}`, value: value + inserted / 100 },
      ]);
  }
  const hangul = patterns.articleHangul.exec(words);
  if (hangul)
    return candidate(text, start, hangul[0].length, end, [
      { family: 'article', form: 'article 조', value: Number(hangul[2]) + Number(hangul[3] ?? 0) / 100 },
    ]);
  const section = words.includes('§')
    ? (patterns.section().exec(words) ?? patterns.sectionBehind().exec(words))
    : null;
  if (section)
    return candidate(text, start, section[0].length, end, [
      { family: 'article', form: 'article §', value: valueOf(section[2] ?? '', section[3] ?? '') },
    ]);
  const after = needs.articleAfter.test(words) ? patterns.articleAfter().exec(words) : null;
  if (
    after &&
    isArticleWordAfter(after[3] ?? '') &&
    // Alone on its line, or with a stop: `1. pants. Katrs …`
    (after[0].length === words.trimEnd().length ||
      (after[4] === '.' && /^[\s\u00a0]+["“«„(]?[\p{Lu}\d]/u.test(words.slice(after[0].length))))
  )
    return candidate(text, start, after[0].length, end, [
      {
        family: 'article',
        form: `article ${look(after[3] ?? '')}`,
        value: decimalValue(after[2] ?? '') ?? 0,
      },
    ]);
  const before = mayBeArticle(words) ? patterns.articleBefore().exec(words) : null;
  if (!before || !isArticleWord(before[2] ?? '')) return null;
  const [whole, , word, , , digits, more, roman, ordinalWord, punctuation] = before;
  const value =
    digits !== undefined
      ? valueOf(digits, more ?? '')
      : roman !== undefined
        ? romanValue(roman)
        : ordinalValue(ordinalWord ?? '');
  if (value === null) return null;
  const rest = words.slice(whole.length);
  // "Article 10 of the Treaty" is a reference that a line happens to begin with.
  const standsAlone =
    rest.trim() === '' ||
    punctuation !== '' ||
    /^\s*(?:[-–—[]|\((?!(?:\p{L}{1,4}|\d{1,2})\)))/u.test(rest) ||
    /^[\s\u00a0]{2,}\S/.test(rest);
  if (!standsAlone && !/^[\s\u00a0]*[\p{Lu}\p{Lo}“"«„]/u.test(rest)) return null;
  // `ARTICLE I – DEFINITIONS`, `MADDE 1 – (1) Bu …`: the dash is the label's.
  const dash = /^[\s\u00a0]*[-–—](?=[\s\u00a0]+[\p{Lu}\p{Lo}(])/u.exec(rest)?.[0] ?? '';
  return candidate(text, start, whole.length + dash.length, end, [
    // The Arabic word stands with its article (المادة) or without.
    { family: 'article', form: `article ${look(word ?? '').replace(/^\u0627\u0644/, '')}`, value },
  ]);
}

const hanOrDecimal = (digits: string): number | null =>
  chineseValue(digits) ?? decimalValue(digits.replace(/\s/g, ''));

/** `15` and `bis` as one value that sorts after 15 and before 16. */
function valueOf(digits: string, more: string): number {
  const base = decimalValue(digits) ?? 0;
  const latin = more.replace(/^[\s\u00a0-]+/, '').toLowerCase();
  if (latin === '') return base;
  const at = ['bis', 'ter', 'quater', 'quinquies', 'sexies'].indexOf(latin);
  return base + (at >= 0 ? (at + 1) / 100 : (letterValue(latin) ?? 0) / 100);
}

const months = once(
  () =>
    /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|avril|mai|juin|juil|août|déc|enero|febr|abril|mayo|agosto|dic|genn|magg|giug|lugl|sett|ott|jän|mär|okt|dez|januar|februar|märz|dezember|янв|февр|марта|апр|мая|июн|июл|авг|сент|окт|нояб|дек)/iu,
);

function numbered(text: string, words: string, start: number, end: number): LabelCandidate | null {
  const compound = needs.compound.test(words) ? patterns.compound().exec(words) : null;
  if (compound) {
    const parts = (compound[2] ?? '').replace(/\\/g, '').split('.');
    const value = decimalValue(parts.at(-1) ?? '') ?? 0;
    const rest = words.slice(compound[0].length);
    // `1.5 billion`, `8.10.2008`: a decimal, a date.
    if (compound[3] === undefined && (!/^[\s\u00a0]+[\p{Lu}\p{Lo}“"«]/u.test(rest) || parts.length > 4))
      return null;
    if (parts.some((part) => part.length > 2)) return null;
    return candidate(text, start, compound[0].length, end, [
      {
        family: 'compound',
        form: `${'1.'.repeat(parts.length - 1)}1${(compound[3] ?? '').replace('\\', '')} ${parts.slice(0, -1).join('.')}`,
        value,
      },
    ]);
  }
  const enclosed = patterns.enclosed.exec(words);
  if (enclosed) {
    const code = words.codePointAt(0) ?? 0;
    const base = [0x3220, 0x2460, 0x2474].find((first) => code >= first && code < first + 20) ?? code;
    return candidate(text, start, enclosed[0].length, end, [
      { family: 'letter', form: `enclosed ${base}`, value: code - base + 1 },
    ]);
  }
  const han = needs.hanNumber.test(words) ? patterns.hanNumber().exec(words) : null;
  if (han) {
    const value = chineseValue(han[3] ?? '');
    const opened = han[2] !== undefined;
    // `一　岸に…`, behind a wide space: an item of a Japanese paragraph.
    const wide = /^\u3000/.test(han[4] ?? '');
    if (value !== null && opened === /[）)]/.test(han[4] ?? ''))
      return candidate(text, start, han[0].length, end, [
        {
          family: opened || wide ? 'letter' : 'number',
          form: `han ${han[2] ?? ''}${wide ? '\u3000' : (han[4] ?? '')}`,
          value,
        },
      ]);
  }
  const dashed = patterns.dashed.exec(words);
  if (dashed)
    return candidate(text, start, dashed[0].length, end, [
      { family: 'number', form: '- 1 -', value: Number(dashed[2]) },
    ]);
  const match = needs.numbered.test(words) ? patterns.numbered().exec(words) : null;
  if (!match) return null;
  const [whole, before, open, digits, more, inner, close] = match;
  const value = valueOf(digits ?? '', more ?? '');
  const after = words.slice(whole.length);
  const mark = (close ?? '').replace('\\', '').trim();
  const bold = (before ?? '').includes('*') || (before ?? '').includes('_') || (inner ?? '') !== '';
  if (open !== undefined && !/[)）]/.test(mark)) return null;
  if (mark === '') {
    // No punctuation: a line of its own, or bold, or columns of space must vouch for it.
    if (value >= 1000 || (more ?? '').trim() !== '') return null;
    if (after.trim() === '')
      return candidate(
        text,
        start,
        whole.length,
        end,
        [{ family: 'number', form: bold ? '*1' : '1', value }],
        true,
      );
    const boldAcross = bold && /^[\s\u00a0]+\*{0,2}[\p{Lu}“"]/u.test(after);
    const column =
      /^(?:[\s\u00a0]{3}|\t|\u3000)/.test(after) &&
      /^(?:[\s\u00a0]{3,}|\t|\u3000)[\p{Lu}\p{Lo}“"«(]/u.test(after);
    if (!boldAcross && !column) return null;
    return candidate(
      text,
      start,
      whole.length,
      end,
      [{ family: 'number', form: bold ? '*1' : /^\u3000/.test(after) ? '1\u3000' : '1 ', value }],
      true,
    );
  }
  if (/^\d/.test(after)) return null; // 1.5, 10,000, 12:30
  // `1- تلتزم`, `1 – The`: a dash between the number and the words.
  if (/^[-–]$/.test(mark))
    return open === undefined && /^[\s\u00a0]*["“«(]?[\p{Lu}\p{Lo}]/u.test(after)
      ? candidate(text, start, whole.length, end, [{ family: 'number', form: '1-', value }])
      : null;
  if (/^[°º]/.test(mark) && (open !== undefined || !/^[\s\u00a0]+(?![CF](?!\p{L}))\p{L}/u.test(after)))
    return null; // 20 °C, 5° N
  // `( 1 ) We`: spaces within both brackets.
  const spaced = /^\s/.test(close ?? '') && !/\s$/.test(open ?? '');
  if (mark === ':' || spaced || (mark === ',' && open === undefined)) {
    if (!/^[\s\u00a0]+[\p{Lu}]/u.test(after)) return null;
    return candidate(text, start, whole.length, end, [{ family: 'number', form: '1.', value, odd: true }]);
  }
  if (
    /^[\s\u00a0]/.test(after) &&
    value <= 31 &&
    /^\S+[\s\u00a0]+\d{4}/.test(after.trimStart()) &&
    months().test(after.trimStart())
  )
    return null; // 15. december 2023
  if (mark === '.' && /^[\s\u00a0]+(?:Jahrhundert|century|siècle)/u.test(after)) return null;
  const shape = mark
    .replace(/[．。]/, '.')
    .replace('）', ')')
    .replace(/^\.[\s\u00a0]?[-–—]$/, '.-')
    .replace(/^[°º].*$/, '°');
  const readings: Reading[] = [
    { family: 'number', form: `${open === undefined ? '' : '('}1${shape}`, value },
  ];
  // `14)` and `15.-` among `13.` and `16.`
  if ((shape === ')' || shape === '.-') && open === undefined)
    readings.push({ family: 'number', form: '1.', value, odd: true });
  return candidate(text, start, whole.length, end, readings);
}

function lettered(text: string, words: string, start: number, end: number): LabelCandidate | null {
  const match = needs.lettered.test(words) ? patterns.lettered().exec(words) : null;
  if (!match) return null;
  const [whole, , open, letters = '', close = ''] = match;
  const mark = close
    .replace('\\', '')
    .replace('）', ')')
    .replace(/[\s\u00a0]?[-–—]$/, '-');
  if (open !== undefined && mark !== ')') return null;
  const upper = letters === letters.toUpperCase() && letters !== letters.toLowerCase();
  const shape = (letter: string) =>
    `${open === undefined ? '' : '('}${upper ? letter.toUpperCase() : letter}${mark}`;
  const after = words.slice(whole.length);
  // `A.B.C.`, `e.g.`: an abbreviation; a label is followed by a space, or (closed by a bracket) by a word.
  if (mark === '.' && /^[\p{L}\p{N}]/u.test(after)) return null;
  const readings: Reading[] = [];
  const roman = romanValue(letters);
  const letter = letterValue(letters);
  if (roman !== null) readings.push({ family: 'roman', form: shape('i'), value: roman });
  if (letter !== null) readings.push({ family: 'letter', form: shape('a'), value: letter });
  if (letters.length === 1 && !/^[ivx]$/i.test(letters)) readings.reverse();
  return readings.length === 0 ? null : candidate(text, start, whole.length, end, readings);
}

function ordinal(text: string, words: string, start: number, end: number): LabelCandidate | null {
  const match = needs.ordinalWord.test(words) ? patterns.ordinalWord().exec(words) : null;
  if (!match) return null;
  const value = ordinalValue(match[2] ?? '');
  if (value === null || !/^\p{Lu}/u.test(match[2] ?? '')) return null;
  if (!/^(?:\*\*)?[\s\u00a0]/.test(words.slice(match[0].length))) return null;
  return candidate(text, start, match[0].length, end, [
    { family: 'ordinal', form: `ordinal ${match[4] ?? ''}`, value },
  ]);
}
