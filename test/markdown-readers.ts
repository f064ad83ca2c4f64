/**
 * A Markdown edition as four programs of others read it, and what its document says that they should find: every
 * paragraph with its label, the places of its calls, and the note of each call. Not a test by itself.
 */
import type { Nodes } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { Attachment, Block, Document, Inline } from '../src/document.js';
import { callsOf, textNodes, textOf } from '../src/document.js';
import * as judge from './judge-tools.js';

/** Stands in a text where a note is called. */
const call = '\ue000';

/** What a reader finds; words with single spaces. */
export interface Found {
  /** Paragraphs, headings, items, cells and lines in order, with their labels, and `call` where one stands. */
  readonly blocks: readonly string[];
  /** The text of the note of each call in `blocks`, in order, with its marker where that is text. */
  readonly notes: readonly string[];
  /** The number that each of these calls is given, where the reader says so. */
  readonly numbers?: readonly number[];
}

const spaced = (text: string): string => text.replace(/\p{White_Space}+/gu, ' ').trim();
const kept = (lines: readonly string[]): string[] => lines.map(spaced).filter((line) => line !== '');

// ------------------------------------------------------------------------------------------------ the document

/** What a reader should find in a document's Markdown edition. */
function expectedOf(document: Document): Found {
  const blocks: string[] = [];
  const texts = new Map<string, string>();
  const numbers = new Map<string, number>();
  const called: string[] = [];
  const tops = new Map<unknown, Attachment>(document.attachments.map((one) => [one.children[0], one]));
  let note = '';
  for (const { node, region } of textNodes(document)) {
    const num = 'num' in node ? (node.num ?? '') : '';
    const line = `${num}${textOf(node.content) === '' ? '' : ' '}${words(node.content)}`;
    for (const { footnote } of callsOf(node.content))
      if (!numbers.has(footnote)) numbers.set(footnote, numbers.size + 1);
    if (region === 'footnotes') {
      if (node.type === 'footnote') note = node.eId;
      texts.set(note, `${texts.get(note) ?? ''} ${line}`);
      continue;
    }
    const attachment = tops.get(node);
    if (attachment) blocks.push(titleLine(attachment));
    blocks.push(line);
    called.push(...callsOf(node.content).map(({ footnote }) => footnote));
  }
  blocks.push(...document.attachments.filter(({ children }) => children.length === 0).map(titleLine));
  const printed = linesOfNotes(document);
  for (const one of document.footnotes)
    if (!numbers.has(one.eId) && !printed.has(noteLine(one.marker, one.content)))
      blocks.push(`${one.marker} ${texts.get(one.eId) ?? ''}`);
  const byId = new Map(document.footnotes.map((one) => [one.eId, one]));
  return {
    blocks: kept(blocks),
    notes: called.map((eId) => {
      // A marker that counting the notes gives is not printed: readers count them.
      const marker = byId.get(eId)?.marker ?? '';
      return spaced(`${marker === String(numbers.get(eId)) ? '' : marker} ${texts.get(eId) ?? ''}`);
    }),
    numbers: called.map((eId) => numbers.get(eId) ?? 0),
  };
}

const words = (content: readonly Inline[]): string =>
  content.map((one) => (one.type === 'text' ? one.value : call)).join('');

/** An attachment's label has a line of its own unless a heading in it prints it. */
function titleLine({ num, title, children }: Attachment): string {
  if (children.some((block) => block.type === 'heading' && block.num === num)) return '';
  return `${num ?? ''} ${children.length === 0 ? title : ''}`;
}

/** Notes that nothing calls stand in the text as paragraphs of role `note`, as a rule. */
function linesOfNotes(document: Document): ReadonlySet<string> {
  const lines = new Set<string>();
  for (const { node } of textNodes(document))
    if (node.type === 'paragraph' && node.role === 'note') lines.add(noteLine(node.num, node.content));
  return lines;
}

const noteLine = (marker: string | null, content: readonly Inline[]): string =>
  spaced(`${(marker ?? '').replace(/[^\p{L}\p{N}*†‡§#]/gu, '')} ${words(content)}`);

// ------------------------------------------------------------------------------------------------ remark

function remarkFinds(markdown: string): Found {
  const root = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).parse(markdown);
  const found = new Finding();
  const visit = (node: Nodes): void => {
    switch (node.type) {
      case 'yaml':
      case 'html':
        return;
      case 'text':
        found.text(node.value);
        return;
      case 'break':
        found.block();
        return;
      case 'footnoteReference':
        found.call(node.identifier);
        return;
      case 'paragraph':
      case 'heading':
      case 'tableCell':
        found.block();
        node.children.forEach(visit);
        found.block();
        return;
      case 'footnoteDefinition':
        found.note(node.identifier, () => {
          node.children.forEach(visit);
        });
        return;
      case 'root':
      case 'list':
      case 'listItem':
      case 'table':
      case 'tableRow':
      case 'emphasis':
      case 'strong':
      case 'link':
        node.children.forEach(visit);
        return;
      default:
        throw new Error(`remark found a ${node.type}`);
    }
  };
  visit(root);
  return found.all();
}

/** Gathers what a reader finds, in the order of its tree. */
class Finding {
  private blocks: string[] = [];
  private current = '';
  private readonly called: string[] = [];
  private readonly notes = new Map<string, string>();
  private inNote = false;

  text(words: string): void {
    this.current += words;
  }

  call(identifier: string): void {
    this.current += call;
    if (!this.inNote) this.called.push(identifier);
  }

  block(): void {
    this.blocks.push(this.current);
    this.current = '';
  }

  note(identifier: string, visit: () => void): void {
    const outer = this.blocks;
    this.blocks = [];
    this.inNote = true;
    visit();
    this.block();
    this.notes.set(identifier, spaced(this.blocks.join(' ')));
    this.inNote = false;
    this.blocks = outer;
  }

  all(): Found {
    this.block();
    return {
      blocks: kept(this.blocks),
      notes: this.called.map((identifier) => this.notes.get(identifier) ?? `no note ${identifier}`),
    };
  }
}

// ------------------------------------------------------------------------------------------------ cmark-gfm

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot);/g, (whole, name: string) => entities[name] ?? whole);

/** The parts of cmark's HTML: a tag, or the text between two. */
const htmlParts = /<(\/?)(\w+)((?:[^>"]|"[^"]*")*)>|[^<]+/g;
const isBlock = (name: string): boolean => /^(?:p|h[1-6]|li|ul|ol|t[hdr]|table|thead|tbody|br)$/.test(name);

/** What GitHub's own parser makes of it (`cmark-gfm --unsafe`, with its extensions), and how it numbers the notes. */
async function cmarkGfmFinds(markdown: string): Promise<Found> {
  const html = await judge.cmarkGfmOn(withoutFrontMatter(markdown));
  const found = new Finding();
  const numbers: number[] = [];
  const [body = '', notes = ''] = html.split('<section class="footnotes" data-footnotes>');
  const visit = (part: string): void => {
    // A call is a superior link, and a note ends with links back.
    const marks = /<sup class="footnote-ref"><a href="#fn-([^"]*)"[^>]*>(\d+)<\/a><\/sup>/g;
    for (const [at, piece] of part
      .replace(/ ?<a [^>]*data-footnote-backref[\s\S]*?<\/a>/g, '')
      .split(marks)
      .entries()) {
      if (at % 3 === 1) found.call(decodeURIComponent(piece));
      else if (at % 3 === 2) numbers.push(Number(piece));
      else
        for (const [token, , name] of piece.matchAll(htmlParts))
          if (name === undefined) found.text(unescaped(token));
          else if (isBlock(name)) found.block();
          else if (!/^(?:a|em|strong)$/.test(name)) throw new Error(`cmark-gfm made ${token}`);
    }
  };
  visit(body);
  const numbersInText = [...numbers];
  for (const [, label = '', note = ''] of notes.matchAll(
    /<li id="fn-([^"]*)">([\s\S]*?)(?=<li id="fn-|<\/ol>\n<\/section>)/g,
  ))
    found.note(decodeURIComponent(label), () => {
      visit(note);
    });
  return { ...found.all(), numbers: numbersInText };
}

const withoutFrontMatter = (markdown: string): string => markdown.replace(/^---\n[\s\S]*?\n---\n/, '');

// ------------------------------------------------------------------------------------------------ cmark

/** A head, the rule of dashes below it, and the other rows. */
const table = /^ *\|.*\n *(?:\| --- )+\|\n(?: *\|.*\n)*/gm;

/**
 * What CommonMark alone makes of it. It knows no notes, tables and bare addresses: definitions and tables are taken
 * out before, and calls one character in brackets, which they begin and end with.
 */
async function cmarkFinds(markdown: string): Promise<Found> {
  const lines = withoutFrontMatter(markdown).replace(table, '').split('\n');
  const labels = lines.flatMap((line) => /^\[\^([^\]]+)\]: /.exec(line)?.slice(1) ?? []);
  const end = lines.findIndex((line) => /^\[\^[^\]]+\]: /.test(line));
  const plain = (end < 0 ? lines : lines.slice(0, end)).join('\n');
  const text = plain.replace(/(?<=(?<!\\)(?:\\\\)*)\[\^([^\]\s]+)\]/g, (whole, label: string) =>
    labels.includes(label) ? `[${call}]` : whole,
  );
  const found = new Finding();
  for (const [token, , name] of (await judge.cmarkOn(text)).matchAll(htmlParts))
    if (name === undefined) found.text(unescaped(token).replaceAll(`[${call}]`, call));
    else if (isBlock(name)) found.block();
    else if (!/^(?:a|em|strong)$/.test(name)) throw new Error(`cmark made ${token}`);
  return found.all();
}

/** The part of what is expected that CommonMark alone knows. */
const withoutTablesAndNotes = (document: Document): Found => {
  const bare = (blocks: readonly Block[]) => blocks.filter((block) => block.type !== 'table');
  const { blocks } = expectedOf({
    ...document,
    preface: bare(document.preface),
    preamble: bare(document.preamble),
    mainBody: bare(document.mainBody),
    conclusions: bare(document.conclusions),
    attachments: document.attachments.map((one) => ({ ...one, children: bare(one.children) })),
  });
  return { blocks, notes: [] };
};

// ------------------------------------------------------------------------------------------------ pandoc

interface PandocNode {
  t: string;
  c?: unknown;
}

/** What pandoc finds; it gives a note where it is called, not by a label. */
async function pandocFinds(markdown: string): Promise<Found> {
  const blocks: string[] = [];
  const notes: string[] = [];
  let text = '';
  const end = (): void => {
    blocks.push(text);
    text = '';
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const { t, c } = value as PandocNode;
    if (t === 'Str') text += String(c);
    else if (t === 'Space' || t === 'SoftBreak') text += ' ';
    else if (t === 'LineBreak') end();
    else if (t === 'Note') {
      const [outer, count] = [`${text}${call}`, blocks.length];
      text = '';
      visit(c);
      notes.push(spaced(blocks.splice(count).join(' ')));
      text = outer;
    } else if (t === 'Para' || t === 'Plain' || t === 'Header') {
      end();
      visit(c);
      end();
    } else if (t === 'Link' || t === 'Span') visit((c as unknown[])[1]);
    else if (c !== undefined) visit(c);
    else Object.values(value).forEach(visit);
  };
  visit((JSON.parse(await judge.pandocTreeOf(markdown)) as { blocks: unknown }).blocks);
  return { blocks: kept(blocks), notes };
}

// ------------------------------------------------------------------------------------------------ all of them

export interface Reader {
  readonly name: string;
  /** It is installed, or this is CI, where one that is missing fails. */
  readonly isAsked: boolean;
  readonly finds: (markdown: string) => Found | Promise<Found>;
  /** What of `expectedOf` it can know. */
  readonly expected: (document: Document) => Found;
}

const isAsked = (name: keyof typeof judge.present): boolean => {
  if (judge.present[name] || process.env['CI'] === 'true') return true;
  console.warn(`${name} is not here and was not asked; ${judge.cure}`);
  return false;
};

const uncounted = (document: Document): Found => {
  const { blocks, notes } = expectedOf(document);
  return { blocks, notes };
};

export const readers: readonly Reader[] = [
  { name: 'cmark', isAsked: isAsked('cmark'), finds: cmarkFinds, expected: withoutTablesAndNotes },
  { name: 'cmark-gfm', isAsked: isAsked('cmark-gfm'), finds: cmarkGfmFinds, expected: expectedOf },
  { name: 'pandoc', isAsked: isAsked('pandoc'), finds: pandocFinds, expected: uncounted },
  { name: 'remark', isAsked: true, finds: remarkFinds, expected: uncounted },
];
