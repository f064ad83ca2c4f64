/**
 * Which words refer to a paragraph of the document itself: "paragraph 3", "paragraphs 4 and 5", "para. 12 (a)",
 * "Article 5".
 *
 * Official texts cite other texts all the time, so only what is sure is a reference: exactly one paragraph of the main
 * body has the label; nothing after it says of what other text ("of the Treaty"), and no other text is spoken of before
 * it, unless the words say outright that this text is meant ("above", "of this Declaration"). All else stays text.
 */
import {
  callsByFootnote,
  callsOf,
  textOf,
  type Block,
  type Document,
  type Heading,
  type Paragraph,
  type TextNode,
} from '../../document.js';

export interface Reference {
  /** UTF-16 units of `textOf(content)`. */
  readonly start: number;
  readonly end: number;
  readonly target: Heading | Paragraph;
}

export type References = ReadonlyMap<TextNode, readonly Reference[]>;

type Kind = 'paragraph' | 'article';

/** The words of a language, as parts of regular expressions; they are compared without regard to case. */
interface Words {
  readonly paragraph: string;
  readonly article: string;
  /** Between two numbers. */
  readonly and: string;
  /** After the number: it is of this text, and which way to look. */
  readonly above: string;
  readonly below: string;
  readonly ofThis: string;
  /** After the number: it is of a text that is named now. */
  readonly of: string;
  /** Other texts. */
  readonly texts: string;
  /** Before the name of a text: it is this one. */
  readonly own: string;
  /** Before the number: it is of something else. */
  readonly others: string;
}

const latinTexts =
  'resoluci[oó]n(?:es)?|r[eé]solutions?|d[eé]cisions?|trait[eé]s?|conventions?|chartes?|protocoles?|accords?|statuts?|d[eé]clarations?|communiqu[eé]s?|pacte?s?|r[eè]glements?|directives?|constitutions?|ibid|id\\.|op\\. cit|loc\\. cit';

const languages: Readonly<Record<string, Words>> = {
  en: {
    paragraph: 'paragraphs?|paras?\\.?',
    article: 'articles?|arts?\\.',
    and: 'and|or|to|through|and/or',
    above: 'above|supra',
    below: 'below|infra',
    ofThis:
      'hereof|of (?:this|the present) (?:declaration|communiqu[eé]|statement|resolution|agreement|treaty|convention|protocol|charter|document|text|decision|covenant|constitution|memorandum|act|pact)',
    of: 'of|in|from|under|contained|adopted|set out',
    texts: `treat(?:y|ies)|conventions?|charter|covenants?|protocols?|agreements?|statutes?|memorand(?:um|a)|acts?|rules?|regulations?|plans?|programmes?|programs?|agenda|reports?|letters?|summit|guidelines?|roadmap|concepts?|strateg(?:y|ies)|constitutional|UNSCRs?|A/\\w+|S/\\w+|${latinTexts}`,
    own: 'this|present|our',
    others: 'preambular|preamble|its|their|his|whose|same|said|latter',
  },
  fr: {
    paragraph: 'paragraphes?|par\\.',
    article: 'articles?|art\\.',
    and: 'et|ou|à|et/ou',
    above: 'ci-dessus|ci-avant|supra|précédents?',
    below: 'ci-dessous|ci-après|infra',
    ofThis:
      '(?:du présent|de la présente|de cette|de ce|des présents) (?:déclaration|communiqué|résolution|accord|traité|convention|protocole|charte|document|texte|décision|pacte|mémorandum|constitution|statut)s?',
    of: 'de|du|des|dans|en',
    texts: `rapports?|lettres?|programmes?|plans?|concepts?|lois?|mémorandums?|${latinTexts}`,
    own: 'présente?s?|cette|ce|cet|notre',
    others: 'son|sa|ses|leurs?|préambule|dit|dudit|même',
  },
  es: {
    paragraph: 'párrafos?|párrs?\\.|apartados?',
    article: 'artículos?|arts?\\.',
    and: 'y|e|o|u|a|al|y/o',
    above: 'supra|anterior(?:es)?|precedentes?|que anteceden?',
    below: 'infra|siguientes?',
    ofThis:
      '(?:del presente|de la presente|de este|de esta) (?:declaración|comunicado|resolución|acuerdo|tratado|convención|convenio|protocolo|carta|documento|texto|decisión|pacto|memorando|constitución|estatuto)',
    of: 'de|del|en',
    texts: `tratados?|convenci[oó]n(?:es)?|convenios?|carta|protocolos?|acuerdos?|estatutos?|declaraci[oó]n(?:es)?|decisi[oó]n(?:es)?|pactos?|reglamentos?|leyes|ley|informes?|programas?|constituci[oó]n|${latinTexts}`,
    own: 'presente|este|esta|nuestra|nuestro',
    others: 'su|sus|dicho|dicha|mismo|preámbulo',
  },
  de: {
    paragraph: 'Abs(?:atz|ätzen?|\\.)|Ziff(?:ern?|\\.)|Nummern?',
    article: 'Artikeln?|Art\\.',
    and: 'und|oder|bis|sowie',
    above: 'oben|weiter oben|supra',
    below: 'unten|weiter unten|infra',
    ofThis:
      '(?:dieser|dieses|der vorliegenden|des vorliegenden) (?:Erklärung|Kommuniqués?|Resolution|Abkommens|Vertrag(?:e?s)?|Übereinkommens|Protokolls|Charta|Dokuments|Beschlusses|Pakts)',
    of: 'der|des|dem|im|in|aus|vom|von|zum|zur|eines|einer',
    texts:
      '\\p{L}*(?:verträgen?|vertrag(?:e?s)?|abkommens?|übereinkommens?|charta|protokolle?n?s?|resolution(?:en)?|beschl(?:uss|üsse)(?:es|n)?|erklärung(?:en)?|kommuniqués?|satzung|verordnung(?:en)?|richtlinien?|gesetz(?:e?s)?|grundgesetz(?:e?s)?|berichte?s?|pakte?s?|verfassung|statuts?|konvention(?:en)?)|ebenda|a\\. ?a\\. ?O',
    own: 'dies\\p{L}*|vorliegende[nr]?|unser\\p{L}*',
    others: 'sein\\p{L}*|ihr\\p{L}*|dess\\p{L}*|gleichen|Präambel',
  },
};

const suffix = '(?:[ \\u00a0](?:bis|ter|quater|quinquies))?';
const parts = '(?:[ \\u00a0]?\\([A-Za-z0-9]{1,4}\\))*';
const numberOf: Readonly<Record<Kind, string>> = {
  paragraph: `[0-9]{1,3}${suffix}${parts}`,
  article: `(?:[0-9]{1,3}|[IVXLC]{1,7}|premier|1er)${suffix}${parts}`,
};

interface Grammar {
  readonly patterns: Readonly<Record<Kind, RegExp>>;
  /** What may follow on the number before it is said of what. */
  readonly chain: RegExp;
  readonly above: RegExp;
  readonly below: RegExp;
  readonly ofThis: RegExp;
  readonly of: RegExp;
  readonly texts: RegExp;
  readonly own: RegExp;
  readonly others: RegExp;
}

const grammars = new Map<string, Grammar>();

function grammarOf(language: string): Grammar | undefined {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  const words = Object.hasOwn(languages, primary) ? languages[primary] : undefined;
  if (!words) return undefined;
  const known = grammars.get(primary);
  if (known) return known;
  const between = `(?:,?[ \\u00a0](?:${words.and})[ \\u00a0]|, ?|[-–—])`;
  const list = (kind: Kind) =>
    new RegExp(
      `(?<![\\p{L}\\p{N}-])(?:${words[kind]})[ \\u00a0](${numberOf[kind]}(?:${between}${numberOf[kind]})*)(?![\\p{L}\\p{N}%°/-]|[.,][0-9]| ?\\()`,
      'giu',
    );
  const after = (what: string) => new RegExp(`^[ \\u00a0]?,?[ \\u00a0](?:${what})(?![\\p{L}\\p{N}])`, 'iu');
  const link = `,|[ \\u00a0](?:${words.and}|${words.paragraph}|${words.article}|sub-?paragraphs?)(?=[ \\u00a0])|[ \\u00a0]?(?:${numberOf.article})(?![\\p{L}\\p{N}])`;
  const grammar: Grammar = {
    patterns: { paragraph: list('paragraph'), article: list('article') },
    chain: new RegExp(`^(?:${link}){0,12}`, 'iu'),
    above: after(words.above),
    below: after(words.below),
    ofThis: after(words.ofThis),
    of: after(words.of),
    texts: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.texts})(?![\\p{L}\\p{N}])`, 'giu'),
    own: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.own})[ \\u00a0]$`, 'iu'),
    others: new RegExp(`(?:(?<![\\p{L}\\p{N}])(?:${words.others})|[’']s?)[ \\u00a0]$`, 'iu'),
  };
  grammars.set(primary, grammar);
  return grammar;
}

/** What of the main body has a label, and what stands below and around it. */
interface Targets {
  /** By kind and number (`paragraph 15 bis`); null where several have it. */
  readonly byLabel: ReadonlyMap<string, Heading | Paragraph | null>;
  /** Of a node that is referred to: what is below it, by the bare label; null where several have it. */
  readonly below: Map<TextNode, ReadonlyMap<string, Paragraph | null>>;
  /** Of such a node: the labels that run on within its own text. */
  readonly within: Map<TextNode, ReadonlySet<string>>;
  /** Where each labelled node stands, counted in reading order. */
  readonly order: ReadonlyMap<TextNode, number>;
  /** The labelled top of each node. */
  readonly top: ReadonlyMap<TextNode, TextNode>;
  readonly hasArticles: boolean;
}

/** Finds every sure reference to a paragraph of the main body. */
export function referencesIn(document: Document): References {
  const targets = targetsIn(document.mainBody);
  const found = new Map<TextNode, readonly Reference[]>();
  if (targets.byLabel.size === 0) return found;
  const look = (node: TextNode, sureAlone: boolean) => {
    const grammar = grammarOf(node.language ?? document.language);
    const references = grammar ? referencesOf(node, grammar, targets, sureAlone) : [];
    if (references.length > 0) found.set(node, references);
  };
  const lookThrough = (blocks: readonly Block[], sureAlone: boolean) => {
    for (const block of blocks)
      if (block.type === 'paragraph')
        walk(block, (node) => {
          look(node, sureAlone);
        });
  };
  lookThrough(document.mainBody, true);
  lookThrough(document.preamble, false);
  lookThrough(document.conclusions, false);
  const inBody = new Set([...targets.order.keys()].map(({ eId }) => eId));
  const calls = callsByFootnote(document);
  for (const note of document.footnotes)
    if (calls.get(note.eId)?.some((call) => inBody.has(call.eId))) look(note, false);
  return found;
}

function walk(paragraph: Paragraph, visit: (node: Paragraph) => void): void {
  visit(paragraph);
  for (const child of paragraph.children) walk(child, visit);
}

const articleWords = /^(?:art(?:icle|ículo|ikel)?s?\.?)$/i;
const labelParts =
  /^(?:(\p{L}+\.?)[ \u00a0])?[([]?([0-9]{1,3}|[IVXLC]{1,7}|premier|1er)((?:[ \u00a0](?:bis|ter|quater|quinquies))?)[.)\]:]*$/iu;

/** `15.` is a paragraph's, `Article 5` an article's; of any other label nothing can be said to refer to it. */
function labelKey(label: string): string | undefined {
  const [, word, number = '', more = ''] = labelParts.exec(label) ?? [];
  if (number === '') return undefined;
  const kind: Kind | undefined =
    word === undefined ? 'paragraph' : articleWords.test(word) ? 'article' : undefined;
  if (kind === undefined || (kind === 'paragraph' && !/^[0-9]/.test(number))) return undefined;
  return keyOf(kind, number + more);
}

const keyOf = (kind: Kind, number: string): string =>
  `${kind} ${number
    .toLowerCase()
    .replace(/^(premier|1er)/, '1')
    .replace(/\u00a0/g, ' ')}`;

function targetsIn(blocks: readonly Block[]): Targets {
  const byLabel = new Map<string, Heading | Paragraph | null>();
  const order = new Map<TextNode, number>();
  const top = new Map<TextNode, TextNode>();
  for (const block of blocks) {
    if (block.type !== 'heading' && block.type !== 'paragraph') continue;
    const key = block.num === null ? undefined : labelKey(block.num);
    // A numbered heading is no paragraph.
    if (key !== undefined && !(block.type === 'heading' && key.startsWith('paragraph')))
      byLabel.set(key, byLabel.has(key) ? null : block);
    if (block.type === 'heading') order.set(block, order.size);
    else
      walk(block, (node) => {
        order.set(node, order.size);
        top.set(node, block);
      });
  }
  const hasArticles = [...byLabel.keys()].some((key) => key.startsWith('article'));
  return { byLabel, below: new Map(), within: new Map(), order, top, hasArticles };
}

function labelsBelow(node: Heading | Paragraph, { below }: Targets): ReadonlyMap<string, Paragraph | null> {
  const known = below.get(node);
  if (known) return known;
  const labels = new Map<string, Paragraph | null>();
  for (const child of node.type === 'paragraph' ? node.children : []) {
    const label = child.num?.replace(/[().\]:[]/g, '');
    if (label !== undefined) labels.set(label, labels.has(label) ? null : child);
  }
  below.set(node, labels);
  return labels;
}

function labelsWithin(node: Heading | Paragraph, { within }: Targets): ReadonlySet<string> {
  const known = within.get(node);
  if (known) return known;
  const labels = new Set([...textOf(node.content).matchAll(/\((\w+)\)/g)].map(([, label = '']) => label));
  within.set(node, labels);
  return labels;
}

function referencesOf(
  node: TextNode,
  grammar: Grammar,
  targets: Targets,
  sureAlone: boolean,
): readonly Reference[] {
  const text = textOf(node.content);
  const calls = callsOf(node.content).map(({ offset }) => offset);
  const found: Reference[] = [];
  for (const kind of ['paragraph', 'article'] as const) {
    // "Paragraph 2" in a text of articles is one of some article.
    if (kind === 'paragraph' && targets.hasArticles) continue;
    for (const match of text.matchAll(grammar.patterns[kind])) {
      const numbers = numbersIn(match, kind);
      const references = numbers.map((one) => referenceTo(one, kind, node, targets));
      const whole = references.filter((one) => one !== undefined);
      if (whole.length < references.length || whole.length === 0) continue;
      const end = match.index + match[0].length;
      if (!isSure(text, match.index, end, grammar, sureAlone, directions(node, whole, targets))) continue;
      if (whole.some((one) => isCut(calls, one))) continue;
      for (const one of whole) found.push(one);
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

/** Whether a call stands within a reference; `calls` are offsets in order. */
function isCut(calls: readonly number[], { start, end }: Reference): boolean {
  let from = 0;
  let to = calls.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((calls[middle] ?? 0) > start) to = middle;
    else from = middle + 1;
  }
  return (calls[from] ?? Infinity) < end;
}

interface NumberInText {
  readonly start: number;
  readonly end: number;
  readonly number: string;
  /** `(a)`, `(i)`: what below the paragraph is meant. */
  readonly below: readonly string[];
  /** The only one of its list, with the word before it: `Article 5`. */
  readonly withWord?: { readonly start: number; readonly words: string };
}

function numbersIn(match: RegExpExecArray, kind: Kind): NumberInText[] {
  const [whole, list = ''] = match;
  const start = match.index + whole.length - list.length;
  const one = new RegExp(`(?<![\\p{L}\\p{N}(])(${numberOf[kind].replace(parts, '')})(${parts})`, 'giu');
  const all = [...list.matchAll(one)].map((found) => ({
    start: start + found.index,
    end: start + found.index + found[0].length,
    number: found[1] ?? '',
    below: [...(found[2] ?? '').matchAll(/\((\w+)\)/g)].map(([, label = '']) => label),
  }));
  const [only] = all;
  return all.length === 1 && only ? [{ ...only, withWord: { start: match.index, words: whole } }] : all;
}

function referenceTo(
  { start, end, number, below, withWord }: NumberInText,
  kind: Kind,
  node: TextNode,
  targets: Targets,
): Reference | undefined {
  const target = targets.byLabel.get(keyOf(kind, number));
  if (!target) return undefined;
  // What speaks of its own number speaks of another text's.
  if (target === node || target === targets.top.get(node)) return undefined;
  let at: Heading | Paragraph = target;
  for (const label of below) {
    const child = labelsBelow(at, targets).get(label);
    const isAlone = at.type !== 'paragraph' || at.children.length === 0;
    if (child) at = child;
    // It may run on within the paragraph's own text.
    else if (isAlone && labelsWithin(at, targets).has(label)) break;
    else return undefined;
  }
  // Where the words are the whole label, they are the reference.
  return withWord && target.num?.toLowerCase().replace(/\.+$/, '') === withWord.words.toLowerCase()
    ? { start: withWord.start, end, target: at }
    : { start, end, target: at };
}

type Direction = 'above' | 'below' | 'mixed';

function directions(node: TextNode, references: readonly Reference[], { order }: Targets): Direction {
  const here = order.get(node);
  if (here === undefined) return 'mixed';
  const all = new Set(references.map(({ target }) => ((order.get(target) ?? 0) < here ? 'above' : 'below')));
  const [only] = all;
  return all.size === 1 && only !== undefined ? only : 'mixed';
}

function isSure(
  text: string,
  start: number,
  end: number,
  grammar: Grammar,
  sureAlone: boolean,
  direction: Direction,
): boolean {
  const before = text.slice(Math.max(0, start - farthest), start);
  if (isQuoted(before) || grammar.others.test(before)) return false;
  const chained = text.slice(end, end + farthest);
  const after = chained.slice(grammar.chain.exec(chained)?.[0].length ?? 0);
  const rest = /^[ \u00a0]/.test(after) ? after : ` ${after}`;
  for (const [way, words] of [
    ['above', grammar.above],
    ['below', grammar.below],
  ] as const)
    if (words.test(rest)) return direction === way || direction === 'mixed';
  if (grammar.ofThis.test(rest)) return true;
  if (!sureAlone || grammar.of.test(rest)) return false;
  // The name of a text may follow at once, and so may one go before.
  if (/^[ \u00a0]+\p{Lu}/u.test(after) || /^\(?\p{Lu}/u.test(after)) return false;
  if (/(?<![.!?:;][ \u00a0]*)[ \u00a0]\p{Lu}[\p{L}\p{N}.-]*[ \u00a0]$/u.test(before)) return false;
  if (/(?:^|[ \u00a0(])\p{Lu}{2,}[ \u00a0]$/u.test(before)) return false;
  for (const named of before.matchAll(grammar.texts))
    if (!grammar.own.test(before.slice(0, named.index))) return false;
  return true;
}

/** How far before a reference the name of another text counts, and how far after it one is looked for, in UTF-16 units. */
const farthest = 2000;

/** Within quotation marks another text speaks. */
function isQuoted(before: string): boolean {
  const count = (mark: RegExp) => [...before.matchAll(mark)].length;
  if (before.includes('„')) return count(/„/g) > count(/[“”]/g);
  return count(/[“«„]/g) > count(/[”»]/g) || count(/"/g) % 2 === 1;
}
