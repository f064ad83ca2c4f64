/** What the attributes of a pin say of its node: role, type, language, depth, verb. */
import type { Role } from '../../../document.js';
import { operativeVerb, recitalVerb } from '../../verbs.js';
import type { Pin } from '../anchors.js';

const roles: readonly string[] = ['numbered', 'preambular', 'operative', 'item', 'wrapUp', 'note', 'plain'];
const isRole = (name: string | undefined): name is Role => name !== undefined && roles.includes(name);

/** The role that a pin states. */
export function roleAt(pin: Pin | undefined): Role | undefined {
  const stated = pin?.get('class');
  return isRole(stated) ? stated : undefined;
}

const titleTypes = ['docTitle', 'subtitle', 'docDate', 'docNumber', 'place'] as const;
export type TitleType = (typeof titleTypes)[number];
export const isTitleType = (name: string | undefined): name is TitleType =>
  titleTypes.some((type) => type === name);

export const languageAt = (pin: Pin | undefined): { language?: string } => {
  const language = pin?.get('lang');
  return language === undefined ? {} : { language };
};

export function depthAt(pin: Pin | undefined): number | undefined {
  const told = pin?.get('data-depth');
  return told !== undefined && /^\d{1,3}$/.test(told) ? Number(told) : undefined;
}

/** What a paragraph's verb is: its first word, unless the pin says another; without a pin by the reader's own list. */
export function verbOf(role: Role, pin: Pin | undefined, words: string): string | undefined {
  const told = pin?.get('data-verb');
  if (told === '') return undefined;
  if (told !== undefined && words.includes(told)) return told;
  if (role !== 'preambular' && role !== 'operative') return undefined;
  if (pin && told === undefined) return firstWord(words);
  return (role === 'preambular' ? recitalVerb(words) : operativeVerb(words)) ?? undefined;
}

/** The letters that some words begin with, quotation marks left out. */
const firstWord = (words: string): string | undefined => /^["“«]?(\p{L}+)/u.exec(words)?.[1];
