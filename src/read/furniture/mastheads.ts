/** Mastheads: whose symbol, date and organ become facts about the document. */
import { findDate } from '../dates.js';
import { spanOf, trimmed, wordsOf, type Sheet } from '../sheet.js';
import { isOrganisation } from '../organisations.js';
import { learn, mark, symbolPattern } from './mark.js';

/** `From:`, `To:`, `Subject:` above a note of the Council: a masthead up to the line that hands the text over. */
export function coverNote(sheet: Sheet): void {
  const head = sheet.lines.slice(0, 40);
  const fields = head.flatMap((line, index) => {
    const field =
      /^(From|To|Subject|No\. (?:prev|Cion) doc\.|De|À|Objet|Origine|Destinataire|Von|An|Absender|Empfänger|Betr\.|Betreff|Origen|Destinatario|Asunto|Oggetto)[\s\u00a0]*:/.exec(
        wordsOf(sheet, line),
      )?.[1];
    return field === undefined ? [] : [{ index, field }];
  });
  const subject = fields.find(({ field }) => /^(?:Subject|Objet|Betr\.|Betreff|Asunto|Oggetto)$/.test(field));
  if (fields.length < 2 || !subject) return;
  let last = subject.index;
  while (sheet.lines[last + 1]?.emptyBefore === 0) last++;
  const attached = sheet.lines[last + 1];
  if (
    attached &&
    /^(?:Delegations will find|Les délégations trouveront|Die Delegationen erhalten)/.test(
      wordsOf(sheet, attached),
    )
  )
    do last++;
    while (sheet.lines[last + 1]?.emptyBefore === 0);
  last = nestedHead(sheet, last);
  learnSubject(sheet, subject.index);
  for (let index = 0; index <= last; index++) {
    const one = sheet.lines[index];
    if (!one || sheet.furniture.has(index)) continue;
    const words = wordsOf(sheet, one);
    const symbol = /^[A-Z]{2,8}[\s\u00a0]\d{1,5}\/\d{2}(?:\s+.*)?$/.exec(words)?.[0].split(/\s{2,}/)[0];
    if (symbol !== undefined) learn(sheet, index, 'symbol', one, symbol);
    const date = findDate(words);
    if (date && words.length < 40) learn(sheet, index, 'date', one, words.slice(date.start, date.end));
    sheet.furniture.set(index, 'masthead');
  }
}

const mailField =
  /^(?:From|Sent|Date|To|Cc|Subject|Von|Gesendet|An|Betreff|De|Envoyé|À|Objet|Enviado|Para|Asunto|Da|Inviato|A|Oggetto|Van|Verzonden|Aan|Onderwerp)[\s\u00a0]?:[\s\u00a0]/;

/** The last line of the head of a mail within a mail, right behind a head; at least two of its fields must stand there. */
function nestedHead(sheet: Sheet, last: number): number {
  let end = last;
  let fields = 0;
  for (let index = last + 1; index < sheet.lines.length; index++) {
    if (sheet.furniture.has(index)) continue;
    const line = sheet.lines[index];
    if (!line || !mailField.test(wordsOf(sheet, line))) break;
    fields += 1;
    end = index;
  }
  return fields >= 2 ? end : last;
}

/** What a note is about, on its line and on those indented below it, is the title; `Fwd:` is the mail's. */
function learnSubject(sheet: Sheet, index: number): void {
  const line = sheet.lines[index];
  if (!line) return;
  const words = wordsOf(sheet, line);
  const own = words.replace(/^[^:]+:[\s\u00a0]*(?:(?:fwd?|re|aw|wg|tr)[\s\u00a0]?:[\s\u00a0]*)*/i, '');
  const start = line.end - own.length;
  let end = line.end;
  for (let next = index + 1; next < sheet.lines.length; next++) {
    const below = sheet.lines[next];
    if (!below || below.emptyBefore > 0) break;
    // `– Conclusions`, at the margin.
    const goesOn = below.indent >= line.indent + 4 || /^[-–—][\s\u00a0]\p{Lu}/u.test(wordsOf(sheet, below));
    if (!goesOn) break;
    end = below.end;
  }
  // The subject may stand on the lines below alone.
  const subject = trimmed(sheet.text, start, end);
  if (subject.start === subject.end) return;
  sheet.facts.set('title', {
    value: sheet.text.slice(subject.start, subject.end).replace(/\s+/g, ' '),
    span: spanOf(sheet, subject.start, subject.end),
  });
}

/** The head of a United Nations document: its symbol and organ are facts, its lines are furniture. */
export function masthead(sheet: Sheet): void {
  const first = sheet.lines.findIndex((_, index) => !sheet.furniture.has(index));
  const line = sheet.lines[first];
  if (!line) return;
  // By its form: an organisation, and in the right column the symbol; below it, how it is distributed.
  const words = wordsOf(sheet, line);
  const symbol = symbolPattern.exec(words)?.[1];
  if (closeMasthead(sheet, first, words)) return;
  if (symbol === undefined || !/^\p{L}[^/]*[\s\u00a0]{3,}\S+(?:[\s\u00a0]\(\d{4}\))?$/u.test(words)) return;
  const known = /^(?:United Nations|Nations Unies|Naciones Unidas|Организация Объединенных Наций)\b/.test(
    words,
  );
  if (!known && isOrganisation(words.slice(0, words.indexOf(symbol)).trim())) {
    columnedMasthead(sheet, first, symbol);
    return;
  }
  if (
    !known &&
    !sheet.lines.slice(first, first + 4).some((one) => /\bDistr(?:\.|ibution)\s*:/.test(wordsOf(sheet, one)))
  )
    return;
  const at = line.start + wordsOf(sheet, line).indexOf(symbol);
  sheet.facts.set('symbol', { value: symbol, span: spanOf(sheet, at, at + symbol.length) });
  mark(sheet, first, 'masthead');
  const organ = sheet.lines.slice(first + 1, first + 4).find((one) => one.indent < 40);
  for (let index = first + 1; index < sheet.lines.length; index++) {
    const next = sheet.lines[index];
    if (!next || next.emptyBefore > 0) break;
    mark(sheet, index, 'masthead');
  }
  if (organ) {
    const name = /^(.+?)(?:[\s\u00a0]{3,}|$)/.exec(wordsOf(sheet, organ))?.[1];
    if (name !== undefined && /^\p{Lu}/u.test(name) && name.length < 60)
      sheet.facts.set('issuer', { value: name, span: spanOf(sheet, organ.start, organ.start + name.length) });
  }
  for (let index = first + 1; index < Math.min(first + 14, sheet.lines.length); index++) {
    const next = sheet.lines[index];
    if (
      next &&
      (/^(?:(?:[\w-]+|[\w-]+ [\w-]+) session|Agenda items? [\d(a-z) ,and]+|(?:\p{L}[\p{L} ]+[\s\u00a0]{3,})?Distr\.: .*)$/iu.test(
        wordsOf(sheet, next),
      ) ||
        (next.indent > 40 && isDate(wordsOf(sheet, next))))
    )
      mark(sheet, index, 'masthead');
  }
}

/** Another organisation's head in two columns: only lines with two cells, or far to the right, belong to it. */
function columnedMasthead(sheet: Sheet, first: number, symbol: string): void {
  for (let index = first; index < Math.min(first + 8, sheet.lines.length); index++) {
    const line = sheet.lines[index];
    if (!line || (index > first && line.emptyBefore > 0)) return;
    const [left = '', right] = wordsOf(sheet, line).split(/[\s\u00a0]{3,}/);
    if (right === undefined && line.indent < 40) return;
    const cell = right ?? left;
    if (index === first) learn(sheet, index, 'symbol', line, symbol, 'masthead');
    else if (isDate(cell)) learn(sheet, index, 'date', line, cell, 'masthead');
    if (right !== undefined && /^\p{Lu}/u.test(left)) learn(sheet, index, 'issuer', line, left, 'masthead');
    mark(sheet, index, 'masthead');
  }
}

const unitedNations =
  /^(?:United Nations|Nations Unies|Naciones Unidas|Организация Объединенных Наций)(?:\s|$)/;
/** What stands below the name and symbol in a masthead whose columns are lost. */
const mastheadLine =
  /^(?:(?:General Assembly|Security Council|Economic and Social Council|Human Rights Council|Assemblée générale|Conseil de sécurité|Asamblea General|Consejo de Seguridad)(?:\s.*)?|Distr\.\s?:.*|Original\s?:.*|(?:[\w-]+|[\w-]+ [\w-]+) (?:emergency special )?session|(?:Agenda items?|Point \d|Tema \d|Items?) .{1,40}|Please recycle.*|[A-Z]{1,4}\/\S+)$/i;

/**
 * The head of a United Nations document in reading order, as `pdftotext -raw` and copies by hand have it: the name, the
 * symbol beside or below it, then organ, distribution, date, session and item, a line each.
 */
function closeMasthead(sheet: Sheet, first: number, words: string): boolean {
  const second = sheet.lines[first + 1];
  if (!unitedNations.test(words) || words.length > 60 || !second) return false;
  const own = words.replace(unitedNations, '').trim();
  const below = symbolPattern.exec(wordsOf(sheet, second))?.[1];
  const symbol = own === '' ? below : symbolPattern.exec(own)?.[1];
  if (symbol?.includes('/') !== true || (own !== '' && symbol !== own)) return false;
  const line = own === '' ? second : sheet.lines[first];
  if (line) learn(sheet, own === '' ? first + 1 : first, 'symbol', line, symbol, 'masthead');
  mark(sheet, first, 'masthead');
  for (let index = first + 1; index < Math.min(first + 16, sheet.lines.length); index++) {
    const next = sheet.lines[index];
    if (!next || sheet.furniture.has(index)) continue;
    const own = wordsOf(sheet, next);
    if (!mastheadLine.test(own) && !isDate(own)) break;
    const organ = /^(.+?)(?:\s+Distr\b.*)?$/.exec(own)?.[1];
    if (
      organ !== undefined &&
      /^\p{Lu}[\p{L} ]+$/u.test(organ) &&
      !/session$/i.test(organ) &&
      !/recycle/i.test(organ)
    )
      learn(sheet, index, 'issuer', next, organ, 'masthead');
    mark(sheet, index, 'masthead');
  }
  return true;
}

/** Whether some words are a date and nothing else. */
function isDate(words: string): boolean {
  const date = findDate(words);
  return date !== null && date.start === 0 && date.end === words.length;
}
