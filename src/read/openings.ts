/** Headings with which texts open. */
import { findDate } from './dates.js';
import { look } from './labels.js';

/** Headings that begin a text and are never its title. */
const openings = new Set(
  [
    'preamble',
    'introduction',
    'preface',
    'summary',
    'executive summary',
    'contents',
    'table of contents',
    'overview',
    'préambule',
    'introduction générale',
    'preámbulo',
    'introducción',
    'präambel',
    'einleitung',
    'preambolo',
    'premessa',
    'preâmbulo',
    'introdução',
    'преамбула',
    'введение',
    'увод',
    'вступ',
    'bevezető',
    'bevezetés',
    'wstęp',
    'preambuła',
    'preambule',
    'inleiding',
    'úvod',
    'preambul',
    'uvod',
    '序言',
    '前言',
    'ديباجة',
    'المقدمة',
  ].map(look),
);

/** Some words without mark-up, folded, without an end mark. */
export const plainWords = (words: string): string =>
  words
    .replace(/[*_#\\]/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/[\s.:]+$/, '')
    .trim();

/** Whether some words are a heading such as "Preamble", "Introduction", "序言". */
export const isOpening = (words: string): boolean =>
  words.length < 60 &&
  openings.has(look(plainWords(words).replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')));

/** The organ that speaks, before its recitals. */
const organAlone =
  /^(?:The |L['’]|La |Le |Der |Die |El )?(?:General Assembly|Security Council|Economic and Social Council|Human Rights Council|Parties|High Contracting Parties|Assemblée générale|Conseil de sécurité|Asamblea General|Consejo de Seguridad)$/i;

/** Whether some words are the organ that speaks, alone on its line. */
export const isOrgan = (words: string): boolean => words.length < 80 && organAlone.test(plainWords(words));

/** `7 Dec. 2007`, `Canberra, 26 February 1980`: a date with at most a place before it. */
export function isDateline(words: string): boolean {
  const date = findDate(words);
  if (!date) return false;
  const rest = plainWords(words.slice(0, date.start) + words.slice(date.end)).replace(
    /^(?:on|le|am|el|il|on the|date|dated)\b:?/i,
    '',
  );
  return (
    rest.length <= 40 &&
    !/\p{Ll}{2,}[\s\u00a0]+\p{Ll}{3,}/u.test(rest.replace(/\b(?:the|of|de|la|le|in|at|à|den|do)\b/gi, ''))
  );
}
