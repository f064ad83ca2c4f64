/**
 * The styles of a house template, with those of ours that it lacks. A style is known by its name, as in Word: the id of
 * `heading 1` is `Heading1` in an English Word and `berschrift1` in a German one.
 */
import { strToU8 } from 'fflate';
import { Element, value, type Node } from '../element.js';
import { isRightToLeft, languageAttributes } from '../languages.js';
import type { Style } from '../style.js';
import { styleXml } from '../styles.js';
import { parseMarkup } from './markup.js';
import { Unfit } from './unfit.js';

export interface HouseStyles {
  /** The part word/styles.xml. */
  readonly xml: string;
  /** The id in the file of each style of ours. */
  readonly ids: ReadonlyMap<string, string>;
  /** The ids, as we know them, of the styles that are the house's. */
  readonly theirs: ReadonlySet<string>;
  /** How a style of ours is indented where it is the house's (w:ind), be it by a style that it is based on. */
  readonly indent: (id: string) => Element | undefined;
}

interface Known {
  readonly id: string;
  readonly type: string;
  readonly isDefault: boolean;
  readonly element: Element;
}

export function houseStyles(root: Element, ours: readonly Style[], language: string): HouseStyles {
  if (root.name !== 'w:styles') throw new Unfit('is damaged: its styles are no styles.');
  const known = root.elements.filter(({ name }) => name === 'w:style').map(knownOf);
  const names = new Map(known.map((one) => [nameOf(one.element), one]));
  const taken = new Set(known.map(({ id }) => id.toLowerCase()));
  const ids = new Map<string, string>();
  const theirs = new Set<string>();
  const missing: Style[] = [];
  for (const style of ours) {
    const match = matchOf(style, known, names);
    if (match) {
      ids.set(style.id, match.id);
      theirs.add(style.id);
      continue;
    }
    let id = style.id;
    while (taken.has(id.toLowerCase())) id += 'Engross';
    taken.add(id.toLowerCase());
    ids.set(style.id, id);
    const name = names.has(style.name.toLowerCase()) ? `${style.name} (Engross)` : style.name;
    missing.push({ ...style, name, ...(name === style.name ? {} : { custom: true }) });
  }
  const kept = root.children.map((child) => {
    if (typeof child === 'string') return child;
    if (child.name === 'w:docDefaults') return withLanguage(child, language);
    return child.name === 'w:style' ? revised(child, ours, ids, theirs, language) : child;
  });
  const added = missing.map((style) => renamed(elementOf(style), ids));
  const defaults = root.child('w:docDefaults') ? [] : [withLanguage(new Element('w:docDefaults'), language)];
  return {
    xml: root.with([...defaults, ...kept, ...added]).xml(),
    ids,
    theirs,
    indent: (id) => (theirs.has(id) ? indentOf(ids.get(id), known) : undefined),
  };
}

const nameOf = (style: Element): string => (style.child('w:name')?.attribute('w:val') ?? '').toLowerCase();

function knownOf(element: Element): Known {
  const on = element.attribute('w:default');
  return {
    id: element.attribute('w:styleId') ?? '',
    type: element.attribute('w:type') ?? 'paragraph',
    isDefault: on !== undefined && on !== '0' && on !== 'false',
    element,
  };
}

/** Those that Word applies where none is named are found by that. */
const defaults = ['Normal', 'DefaultParagraphFont', 'TableNormal'];

function matchOf(
  style: Style,
  known: readonly Known[],
  names: ReadonlyMap<string, Known>,
): Known | undefined {
  const byDefault = defaults.includes(style.id)
    ? known.find(({ type, isDefault }) => isDefault && type === style.type)
    : undefined;
  const named = names.get(style.name.toLowerCase());
  return byDefault ?? (named?.type === style.type ? named : undefined);
}

/** Our references to styles, by the ids that they have in the file. */
export function renamed(element: Element, ids: ReadonlyMap<string, string>): Element {
  const { attributes } = element;
  const named = { ...attributes };
  for (const key of referring[element.name] ?? []) {
    const id = element.attribute(key);
    if (id !== undefined) named[key] = ids.get(id) ?? id;
  }
  return new Element(
    element.name,
    named,
    element.children.map((child) => (typeof child === 'string' ? child : renamed(child, ids))),
  );
}

const referring: Readonly<Record<string, readonly string[]>> = {
  'w:style': ['w:styleId'],
  'w:basedOn': ['w:val'],
  'w:next': ['w:val'],
  'w:pStyle': ['w:val'],
  'w:rStyle': ['w:val'],
  'w:tblStyle': ['w:val'],
};

/**
 * A style of the house without what would change the document: numbers of its own (the printed label would stand
 * beside them), and the language. Bullets are the document's; so is the direction.
 */
function revised(
  style: Element,
  ours: readonly Style[],
  ids: ReadonlyMap<string, string>,
  theirs: ReadonlySet<string>,
  language: string,
): Element {
  const own = ours.find(({ id }) => theirs.has(id) && ids.get(id) === style.attribute('w:styleId'));
  const bare = without(style, /^w:(numPr|lang)$/);
  const bullet = own && elementOf(own).child('w:pPr')?.child('w:numPr');
  const direction = own?.id === 'Normal' && isRightToLeft(language) ? value('w:bidi') : undefined;
  const additions = [bullet, direction].filter((one) => one !== undefined);
  return additions.length === 0 ? bare : withProperties(bare, additions);
}

/** A style of ours as an element. */
const elementOf = (style: Style): Element => parseMarkup(strToU8(styleXml(style)), style.id);

const without = (element: Element, names: RegExp): Element =>
  element.with(
    element.children.flatMap((child): Node[] =>
      typeof child === 'string' ? [child] : names.test(child.name) ? [] : [without(child, names)],
    ),
  );

/** What stands before w:numPr and before w:bidi in a w:pPr (ECMA-376 part 1, 17.3.1.26). */
const beforeNumbers = ['pStyle', 'keepNext', 'keepLines', 'pageBreakBefore', 'framePr', 'widowControl'];
const beforeBidi = [
  ...beforeNumbers,
  'numPr',
  'suppressLineNumbers',
  'pBdr',
  'shd',
  'tabs',
  'suppressAutoHyphens',
  'kinsoku',
  'wordWrap',
  'overflowPunct',
  'topLinePunct',
  'autoSpaceDE',
  'autoSpaceDN',
];

function withProperties(style: Element, additions: readonly Element[]): Element {
  let properties = style.child('w:pPr') ?? new Element('w:pPr');
  for (const addition of additions) {
    const before = addition.name === 'w:numPr' ? beforeNumbers : beforeBidi;
    const others = properties.elements.filter(({ name }) => name !== addition.name);
    const at = others.filter(({ name }) => before.includes(name.slice(2))).length;
    properties = properties.with([...others.slice(0, at), addition, ...others.slice(at)]);
  }
  const others = style.elements.filter(({ name }) => name !== 'w:pPr');
  // What describes the style comes before what it does.
  const at = others.findIndex(({ name }) => /^w:(rPr|tblPr|trPr|tcPr|tblStylePr)$/.test(name));
  const first = at < 0 ? others.length : at;
  return style.with([...others.slice(0, first), properties, ...others.slice(first)]);
}

/** The document's language as that of all its words. */
function withLanguage(docDefaults: Element, language: string): Element {
  const outer = docDefaults.child('w:rPrDefault') ?? new Element('w:rPrDefault');
  const inner = without(outer.child('w:rPr') ?? new Element('w:rPr'), /^w:lang$/);
  const attributes = languageAttributes(language);
  const after = inner.elements.findIndex(({ name }) =>
    /^w:(eastAsianLayout|specVanish|oMath)$|^(?!w:)/.test(name),
  );
  const at = after < 0 ? inner.elements.length : after;
  const lang = Object.keys(attributes).length > 0 ? [new Element('w:lang', attributes)] : [];
  const run = inner.with([...inner.elements.slice(0, at), ...lang, ...inner.elements.slice(at)]);
  const others = docDefaults.elements.filter(({ name }) => name !== 'w:rPrDefault');
  return docDefaults.with([outer.with([run]), ...others]);
}

/** A style may be based on itself by a long way round: so many steps are enough. */
const longestBase = 20;

function indentOf(id: string | undefined, known: readonly Known[]): Element | undefined {
  let at = id;
  for (let step = 0; step < longestBase && at !== undefined; step++) {
    const style = known.find((one) => one.id === at)?.element;
    const indent = style?.child('w:pPr')?.child('w:ind');
    if (indent) return indent;
    at = style?.child('w:basedOn')?.attribute('w:val');
  }
  return undefined;
}
