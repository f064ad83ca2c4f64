/** Headings with which texts open. */
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
