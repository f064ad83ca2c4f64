/** Seeded mutants of a document: each says something else than the document does, in a way that a proof must notice. */
import type { Block, Document, Inline, NoteCall, Text } from '../src/document.js';
import { callsByFootnote, textOf } from '../src/document.js';

/** Numbers from 0 to 1 that the seed decides (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const pick = <T>(list: readonly T[], random: () => number): T => {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
};

/** What of a document a mutant changes; the copy is its own. */
interface Site {
  content: Inline[];
  num?: string | null;
  marker?: string;
}
type Mutable = { -readonly [Key in keyof Document]: Document[Key] };

/** Changes the copy, or says that it has nothing to change. */
type Mutation = (document: Document, random: () => number) => boolean;

const arraysOf = (document: Document): Block[][] => {
  const found: Block[][] = [
    document.preface,
    document.preamble,
    document.mainBody,
    document.conclusions,
    ...document.attachments.map((one) => one.children),
  ] as Block[][];
  for (let at = 0; at < found.length; at++)
    for (const block of found[at] ?? [])
      if (block.type === 'paragraph') found.push(block.children as unknown as Block[]);
  for (const note of document.footnotes) found.push(note.children as unknown as Block[]);
  return found.filter((one) => one.length > 0);
};

/** Every text that every edition prints: a note that nothing calls is printed by the paragraph in its place. */
function sitesOf(document: Document): Site[] {
  const sites: Site[] = [];
  for (const blocks of arraysOf(document))
    for (const block of blocks) {
      if (block.type === 'table')
        for (const row of block.rows) sites.push(...(row.cells as unknown as Site[]));
      else if (block.type === 'signature') sites.push(...(block.columns.flat() as unknown as Site[]));
      else sites.push(block as unknown as Site);
    }
  const calls = callsByFootnote(document);
  for (const note of document.footnotes)
    if ((calls.get(note.eId) ?? []).length > 0) sites.push(note as unknown as Site);
  return sites;
}

const words = /[^\s]+/g;

function inText(
  document: Document,
  random: () => number,
  least: number,
  change: (value: string, found: readonly RegExpMatchArray[]) => string,
): boolean {
  const places = sitesOf(document).flatMap(({ content }) =>
    content.flatMap((inline, index) =>
      inline.type === 'text' && (inline.value.match(words) ?? []).length >= least ? [{ content, index }] : [],
    ),
  );
  if (places.length === 0) return false;
  const { content, index } = pick(places, random);
  const text = content[index] as Text;
  const value = change(text.value, [...text.value.matchAll(words)]);
  content[index] = { ...text, value };
  return value !== text.value;
}

const at = (match: RegExpMatchArray): number => match.index ?? 0;

const invisible = ['\u200b', '\u00ad', '\u2060', '\ufeff', '\u200d', '\u180e'];

export const mutations: Readonly<Record<string, Mutation>> = {
  'a word dropped': (document, random) =>
    inText(document, random, 2, (value, found) => {
      const word = pick(found, random);
      return value.slice(0, at(word)) + value.slice(at(word) + word[0].length).replace(/^ /, '');
    }),
  'a word doubled': (document, random) =>
    inText(document, random, 1, (value, found) => {
      const word = pick(found, random);
      return `${value.slice(0, at(word))}${word[0]} ${value.slice(at(word))}`;
    }),
  'two words swapped': (document, random) =>
    inText(document, random, 2, (value, found) => {
      const index = Math.floor(random() * (found.length - 1));
      const [one, other] = [found[index], found[index + 1]];
      if (!one || !other || one[0] === other[0]) return value;
      const between = value.slice(at(one) + one[0].length, at(other));
      return `${value.slice(0, at(one))}${other[0]}${between}${one[0]}${value.slice(at(other) + other[0].length)}`;
    }),
  'a letter changed': (document, random) =>
    inText(document, random, 1, (value, found) => {
      const word = pick(found, random);
      const place = at(word) + Math.floor(random() * word[0].length);
      if (/[\ud800-\udfff]/.test(value.charAt(place))) return value;
      return value.slice(0, place) + (value.charAt(place) === 'x' ? 'y' : 'x') + value.slice(place + 1);
    }),
  'an invisible character': (document, random) =>
    inText(document, random, 1, (value, found) => {
      const word = pick(found, random);
      const place = at(word) + 1;
      return value.slice(0, place) + pick(invisible, random) + value.slice(place);
    }),
  'a call moved by a word': (document, random) => {
    const sites = sitesOf(document).filter(
      ({ content }) => content.some((one) => one.type === 'noteCall') && /\s/.test(textOf(content)),
    );
    if (sites.length === 0) return false;
    const site = pick(sites, random);
    const calls = site.content.flatMap((one, index) => (one.type === 'noteCall' ? [index] : []));
    const from = pick(calls, random);
    const call = site.content[from] as NoteCall;
    const offset = textOf(site.content.slice(0, from)).length;
    const ends = [...textOf(site.content).matchAll(words)].map((word) => at(word) + word[0].length);
    const near = ends.filter(
      (end) =>
        end !== offset &&
        textOf(site.content).slice(Math.min(end, offset), Math.max(end, offset)).trim() !== '',
    );
    if (near.length === 0) return false;
    const to = near.reduce((best, end) => (Math.abs(end - offset) < Math.abs(best - offset) ? end : best));
    const rest = site.content.filter((_, index) => index !== from);
    site.content.splice(0, site.content.length, ...withCallAt(rest, call, to));
    return true;
  },
  'a call dropped': (document, random) => {
    const sites = sitesOf(document).filter(({ content }) => content.some((one) => one.type === 'noteCall'));
    if (sites.length === 0) return false;
    const { content } = pick(sites, random);
    content.splice(
      content.findIndex((one) => one.type === 'noteCall'),
      1,
    );
    return true;
  },
  'a label changed': (document, random) => {
    const sites = sitesOf(document).filter(({ num }) => typeof num === 'string' && num !== '');
    if (sites.length === 0) return false;
    const site = pick(sites, random);
    const num = site.num ?? '';
    site.num = /\d/.test(num)
      ? num.replace(/\d+/, (digits) => String(Number(digits) + 1))
      : num.replace(/[\p{L}\p{N}*]/u, (letter) => (letter === 'q' ? 'p' : 'q'));
    return site.num !== num;
  },
  'a note’s marker changed': (document, random) => {
    const notes = calledNotes(document);
    if (notes.length === 0) return false;
    const note = pick(notes, random) as unknown as { marker: string };
    note.marker = note.marker === '7' ? '8' : '7';
    return true;
  },
  'notes’ texts exchanged': (document, random) => {
    const notes = calledNotes(document);
    if (notes.length < 2) return false;
    const index = Math.floor(random() * (notes.length - 1));
    const [one, other] = [notes[index], notes[index + 1]] as unknown as [Site, Site];
    if (textOf(one.content) === textOf(other.content)) return false;
    [one.content, other.content] = [other.content, one.content];
    return true;
  },
  'a paragraph out of order': (document, random) => {
    const arrays = arraysOf(document).filter((blocks) => blocks.length > 1);
    if (arrays.length === 0) return false;
    const blocks = pick(arrays, random);
    const index = Math.floor(random() * (blocks.length - 1));
    const [one, other] = [blocks[index], blocks[index + 1]];
    if (!one || !other || saying(one) === saying(other)) return false;
    [blocks[index], blocks[index + 1]] = [other, one];
    return true;
  },
  'a paragraph dropped': (document, random) => {
    const arrays = arraysOf(document);
    const blocks = pick(arrays, random);
    const index = Math.floor(random() * blocks.length);
    if (saying(blocks[index] ?? null) === '') return false;
    blocks.splice(index, 1);
    return true;
  },
};

/** A document with one run of words emphasised that was not, or the other way round. */
const emphasisChanged = (document: Document, random: () => number, wanted: (text: Text) => Text | null) => {
  const places = proseOf(document).flatMap(({ content }) =>
    content.flatMap((inline, index) => {
      const changed = inline.type === 'text' && /[\p{L}\p{N}]/u.test(inline.value) ? wanted(inline) : null;
      return changed ? [{ content, index, changed }] : [];
    }),
  );
  if (places.length === 0) return false;
  const { content, index, changed } = pick(places, random);
  content[index] = changed;
  return true;
};

/** Paragraphs and notes: titles, headings and heads of tables are bold as a whole. */
const proseOf = (document: Document): Site[] =>
  sitesOf(document).filter((site) => {
    const { type } = site as { type?: string };
    return type === 'paragraph' || type === 'footnote';
  });

type Loose = Record<string, unknown>;

/** All blocks of some type, with the list that holds each. */
const blocksOf = (document: Document, type: Block['type']): { blocks: Block[]; index: number }[] =>
  arraysOf(document).flatMap((blocks) =>
    blocks.flatMap((block, index) => (block.type === type ? [{ blocks, index }] : [])),
  );

/**
 * Changes that not every edition can tell: by which editions each is told. Words, labels and notes stay.
 */
export const standings: Readonly<
  Record<string, { readonly in: readonly string[]; readonly make: Mutation }>
> = {
  'emphasis dropped': {
    in: ['md', 'docx', 'json', 'pdf'],
    make: (document, random) =>
      emphasisChanged(document, random, ({ emphasis, ...plain }) => (emphasis ? plain : null)),
  },
  'emphasis added': {
    in: ['md', 'docx', 'json', 'pdf'],
    make: (document, random) =>
      emphasisChanged(document, random, (text) =>
        text.emphasis ? null : { ...text, emphasis: [random() < 0.5 ? 'emphasis' : 'strong'] },
      ),
  },
  'emphasis of another kind': {
    in: ['md', 'docx', 'json', 'pdf'],
    make: (document, random) =>
      emphasisChanged(document, random, (text) =>
        text.emphasis?.length === 1
          ? { ...text, emphasis: [text.emphasis[0] === 'strong' ? 'emphasis' : 'strong'] }
          : null,
      ),
  },
  'a heading of another level': {
    in: ['md', 'docx', 'json', 'csv'],
    make: (document, random) => {
      const headings = blocksOf(document, 'heading');
      if (headings.length === 0) return false;
      const { blocks, index } = pick(headings, random);
      const heading = blocks[index] as unknown as Loose;
      heading['level'] = heading['level'] === 1 ? 2 : Number(heading['level']) - 1;
      return true;
    },
  },
  'a sub-paragraph raised': {
    in: ['md', 'docx', 'json', 'csv', 'pdf'],
    make: (document, random) => {
      // What follows a labelled paragraph below it, now beside it.
      const parents = blocksOf(document, 'paragraph').filter(({ blocks, index }) => {
        const parent = blocks[index];
        return (
          parent?.type === 'paragraph' &&
          parent.role !== 'note' &&
          parent.children.length > 0 &&
          (parent.num !== null || parent.marker !== undefined)
        );
      });
      if (parents.length === 0) return false;
      const { blocks, index } = pick(parents, random);
      const parent = blocks[index] as unknown as { children: Block[] };
      const last = parent.children.pop();
      if (last) blocks.splice(index + 1, 0, last);
      return last !== undefined;
    },
  },
  'another role': {
    in: ['md', 'json', 'csv'],
    make: (document, random) => {
      const paragraphs = blocksOf(document, 'paragraph').filter(
        ({ blocks, index }) => (blocks[index] as unknown as Loose)['role'] !== 'note',
      );
      const shown = paragraphs.filter(
        ({ blocks }) => !document.footnotes.some((note) => (note.children as unknown) === blocks),
      );
      if (shown.length === 0) return false;
      const { blocks, index } = pick(shown, random);
      const one = blocks[index] as unknown as Loose;
      one['role'] = one['role'] === 'operative' ? 'preambular' : 'operative';
      return true;
    },
  },
  'a block in the next region': {
    in: ['md', 'json', 'csv'],
    make: (document, random) => {
      const order = ['preamble', 'mainBody', 'conclusions'] as const;
      const moves = [0, 1].filter((at) => document[order[at] ?? 'preamble'].length > 0);
      if (moves.length === 0) return false;
      const at = pick(moves, random);
      const [from, to] = [document[order[at] ?? 'preamble'], document[order[at + 1] ?? 'mainBody']];
      const block = (from as Block[]).pop();
      if (block) (to as Block[]).unshift(block);
      return block !== undefined && saying(block) !== '';
    },
  },
  'the first block of an annex before it': {
    in: ['md', 'docx', 'json', 'csv', 'pdf'],
    make: (document) => {
      const [annex] = document.attachments;
      const blocks = annex?.children as Block[] | undefined;
      // The title stays; what comes next goes to the end of the text, which an annex's label parts from it.
      const at = blocks?.findIndex((block) => block.type === 'paragraph') ?? -1;
      if (!annex || !blocks || at < 0 || at !== 1 || annex.num === null) return false;
      const [title] = blocks.splice(0, 1);
      if (title) (document.conclusions as Block[]).push(title);
      return title !== undefined;
    },
  },
  'a pin renamed': {
    in: ['md', 'docx', 'json', 'csv', 'pdf'],
    make: (document, random) => {
      // A table has no pins for the further paragraphs of a note.
      const inNotes = new Set<unknown>(document.footnotes.flatMap((note) => note.children));
      const sites = sitesOf(document).filter(
        (site) => (site as { type?: string }).type === 'paragraph' && !inNotes.has(site),
      );
      if (sites.length === 0) return false;
      const site = pick(sites, random) as unknown as Loose;
      site['eId'] = `${String(site['eId'])}_x`;
      return textOf((site as unknown as Site).content) !== '';
    },
  },
};

/** A mutant by one of `standings`. */
export function standingMutantOf(document: Document, name: string, random: () => number): Document | null {
  const mutant: Mutable = structuredClone(document);
  return standings[name]?.make(mutant, random) === true ? mutant : null;
}

const calledNotes = (document: Document) => {
  const calls = callsByFootnote(document);
  return document.footnotes.filter((note) => (calls.get(note.eId) ?? []).length > 0);
};

/** What a block says, as a string to compare. */
const saying = (block: Block | null): string =>
  JSON.stringify(block, (key, value: unknown) =>
    ['eId', 'source', 'leaves', 'type', 'role', 'level'].includes(key) ? undefined : value,
  ).replace(/[^\p{L}\p{N}]/gu, '');

function withCallAt(content: readonly Inline[], call: NoteCall, to: number): Inline[] {
  const out: Inline[] = [];
  let before = 0;
  let isPlaced = false;
  for (const inline of content) {
    const length = inline.type === 'text' ? inline.value.length : 0;
    if (!isPlaced && inline.type === 'text' && to <= before + length) {
      const cut = to - before;
      out.push({ ...inline, value: inline.value.slice(0, cut) }, call, {
        ...inline,
        value: inline.value.slice(cut),
      });
      isPlaced = true;
    } else out.push(inline);
    before += length;
  }
  if (!isPlaced) out.push(call);
  return out.filter((inline) => inline.type !== 'text' || inline.value !== '');
}

/** A mutant of a document by one of the mutations; null where it has nothing to change there. */
export function mutantOf(document: Document, name: string, random: () => number): Document | null {
  const mutant: Mutable = structuredClone(document);
  return mutations[name]?.(mutant, random) === true ? mutant : null;
}
