/**
 * The texts that are measured: the founding document in input/, many like it, and one that is many times as long. From one
 * text all forms are made that the other programs read.
 */
import { readFileSync } from 'node:fs';
import { URL } from 'node:url';

/** The founding document, where it lies. */
export const foundingFile = new URL('../input/nato-2007-12-07-final-communique.txt', import.meta.url);

/**
 * A text in the form of the founding document.
 * @typedef {object} Communique
 * @property {string[]} head the lines before the first paragraph: heading, date, title, two lines of subtitle
 * @property {string[]} paragraphs without their numbers; one of them holds the call of the note, glued to a word
 * @property {string} contact the line that the web page added
 * @property {string} note without its number
 */

const numbered = /^\s+\d+\. (.*)$/;
const glued = /(\p{L}{4})1(?=[\s,.;])/u;

/** @returns {Communique} */
export function foundingDocument() {
  const lines = readFileSync(foundingFile, 'utf8').split('\n');
  const paragraphs = lines.flatMap((line) => numbered.exec(line)?.[1] ?? []);
  const head = lines
    .slice(
      0,
      lines.findIndex((line) => numbered.test(line)),
    )
    .filter((line) => line !== '');
  const [contact = '', note = ''] = lines.filter((line) => line !== '').slice(-2);
  const calls = paragraphs.filter((paragraph) => glued.test(paragraph)).length;
  if (head.length !== 5 || paragraphs.length !== 35 || calls !== 1 || !note.startsWith('1. '))
    throw new Error('the founding document has another form than this benchmark knows');
  return { head, paragraphs, contact, note: note.slice(3) };
}

/** Numbers that look like chance and are the same each time (Park and Miller's minimal standard). */
export function chance(seed) {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 0x7fffffff;
    return state % below;
  };
}

/**
 * The same form with other words: every third word of small letters is exchanged for another of the text, so that no copy
 * is the other's and what compresses well has no advantage.
 * @param {Communique} communique
 * @param {(below: number) => number} pick
 * @returns {Communique}
 */
export function altered({ paragraphs, ...rest }, pick) {
  const small = /(?<![\p{L}\d])\p{Ll}{4,}(?![\p{L}\d])/gu;
  const words = paragraphs.join(' ').match(small) ?? [];
  const exchange = (word) => (pick(3) === 0 ? words[pick(words.length)] : word);
  return { ...rest, paragraphs: paragraphs.map((paragraph) => paragraph.replace(small, exchange)) };
}

/** So many different documents: 25 to 35 paragraphs in another order, other words, each with a title of its own. */
export function differentDocuments(count) {
  const pick = chance(2007);
  const founding = foundingDocument();
  return Array.from({ length: count }, (_, index) => {
    const { head, paragraphs, ...rest } = altered(founding, pick);
    const kept = [...paragraphs];
    for (let some = pick(11); some > 0; some--) {
      const place = pick(kept.length);
      if (!glued.test(kept[place])) kept.splice(place, 1);
    }
    for (let last = kept.length - 1; last > 0; last--) {
      const place = pick(last + 1);
      [kept[last], kept[place]] = [kept[place], kept[last]];
    }
    const date = `${1 + pick(28)} Dec. ${1990 + pick(30)}`;
    return { ...rest, head: head.with(1, date).with(2, `${head[2]} No. ${index + 1}`), paragraphs: kept };
  });
}

/** One text that is so many documents one after the other, the first of them the founding document. */
export function longDocument(copies) {
  const pick = chance(1949);
  const founding = foundingDocument();
  return Array.from({ length: copies }, (_, index) => (index === 0 ? founding : altered(founding, pick)));
}

/** As it would be copied from a web page. @param {Communique[]} parts */
export const asText = (parts) =>
  parts
    .map(({ head: [heading, date, title, ...subtitle], paragraphs, contact, note }) =>
      [
        `${heading}\n\n\n${date}\n\n${title}\n\n${subtitle.join('\n')}\n\n`,
        ...paragraphs.map((paragraph, index) => `  ${index + 1}. ${paragraph}\n`),
        `\n${contact}\n\n1. ${note}\n`,
      ].join(''),
    )
    .join('\n');

/** As somebody would write it for pandoc. @param {Communique[]} parts */
export function asMarkdown(parts) {
  const escaped = (text) => text.replace(/[\\`*_[\]<>#|~$^]/g, '\\$&');
  return parts
    .map(({ head: [heading, date, title, ...subtitle], paragraphs, contact, note }, part) =>
      [
        `${heading}\n\n${date}\n\n# ${title}\n\n${subtitle.join('\\\n')}\n\n`,
        ...paragraphs.map(
          (text, index) => `${index + 1}. ${escaped(text).replace(glued, `$1[^part${part}]`)}\n\n`,
        ),
        `${escaped(contact)}\n\n[^part${part}]: ${escaped(note)}\n`,
      ].join(''),
    )
    .join('\n');
}

/** As somebody would write it for LaTeX. @param {Communique[]} parts */
export function asLatex(parts) {
  const escaped = (text) => text.replace(/[&%$#_{}]/g, '\\$&');
  const bodies = parts.map(
    ({ head: [heading, date, title, ...subtitle], paragraphs, contact, note }) => `
\\noindent ${escaped(heading)}\n\n\\noindent ${escaped(date)}\n
\\section*{${escaped(title)}}\n
\\noindent ${subtitle.map(escaped).join('\\\\\n')}\n
\\begin{enumerate}
${paragraphs.map((text) => `\\item ${escaped(text).replace(glued, `$1\\footnote{${escaped(note)}}`)}`).join('\n')}
\\end{enumerate}\n
\\noindent ${escaped(contact)}\n
\\setcounter{footnote}{0}\n`,
  );
  return `\\documentclass[11pt,a4paper]{article}
\\usepackage[margin=2.5cm]{geometry}
\\begin{document}
${bodies.join('')}\\end{document}\n`;
}
