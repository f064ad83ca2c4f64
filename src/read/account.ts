/**
 * The account: the proof that reading lost nothing and doubled nothing, made on every run from the finished document
 * and the source alone. Every non-space character of the source lies in exactly one leaf or piece of furniture (L1),
 * each node says what its leaves say (L2), and labels and marks are as printed (L3).
 */
import { isWhiteSpace } from '../characters.js';
import { textNodes, textOf, type Document, type Leaf, type TextNode } from '../document.js';
import { diagnose, Refusal, type Account } from '../report.js';
import { mayStandFor } from './markdown/references.js';

export type { Account } from '../report.js';

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly kind: Leaf['kind'] | 'furniture';
  /** For a message: what it belongs to. */
  readonly owner: string;
}

/**
 * Settles the account.
 * @param text the decoded source
 * @throws Refusal (`account-broken`) where a character is lost, doubled or altered: a defect of ours
 */
export function settle(document: Document, text: string): Account {
  const pieces: Piece[] = document.furniture.map(({ source, reason }) => ({
    start: source.start,
    end: source.end,
    kind: 'furniture',
    owner: reason,
  }));
  for (const { node } of textNodes(document)) {
    for (const leaf of node.leaves)
      pieces.push({ start: leaf.start, end: leaf.end, kind: leaf.kind, owner: node.eId });
    compare(node, text);
  }
  pieces.sort((one, other) => one.start - other.start || one.end - other.end);
  return partition(pieces, text);
}

function partition(pieces: readonly Piece[], text: string): Account {
  const sums = { printed: 0, furniture: 0, markup: 0 };
  let at = 0;
  for (const piece of pieces) {
    if (piece.start < at && count(text, piece.start, Math.min(at, piece.end)) > 0)
      throw broken(
        text,
        piece.start,
        `“${text.slice(piece.start, piece.start + 30)}” stands twice, the second time in ${piece.owner}`,
      );
    refuseLost(text, at, piece.start);
    const size = count(text, Math.max(at, piece.start), piece.end);
    if (piece.kind === 'furniture' || piece.kind === 'markup') sums[piece.kind] += size;
    else sums.printed += size;
    at = Math.max(at, piece.end);
  }
  refuseLost(text, at, text.length);
  return { characters: sums.printed + sums.furniture + sums.markup, ...sums, lost: 0, doubled: 0 };
}

function refuseLost(text: string, from: number, to: number): void {
  for (let at = from; at < to; at++)
    if (!isWhiteSpace(text.charCodeAt(at)))
      throw broken(text, at, `“${text.slice(at, at + 30)}” is in no part of the document`);
}

const broken = (text: string, offset: number, what: string): Refusal => {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return new Refusal(
    diagnose('account-broken', `The account does not balance: ${what}.`, {
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
    }),
  );
};

/** Code points that are no white space. */
function count(text: string, from: number, to: number): number {
  const words = text.slice(from, to);
  if (!/[\ud800-\udfff]/.test(words)) return solid(words).length;
  let sum = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (isWhiteSpace(code)) continue;
    // The second half of a pair is no character of its own.
    const second =
      code >= 0xdc00 && code <= 0xdfff && at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
    if (!second) sum++;
  }
  return sum;
}

const solid = (words: string): string => words.replace(/\p{White_Space}+/gu, '');

/** A text with its lines joined and its spaces single, as they mostly are. */
const joined = (words: string): string => words.replace(/[ \t]*[\r\n][ \t\r\n]*|[ \t]{2,}/g, ' ').trim();

/** Whether two texts are the same but for white space; most are the same with it, or once their lines are joined. */
const isSame = (source: string, settled: string): boolean =>
  source === settled || joined(source) === settled || solid(source) === solid(settled);

/** The words that a leaf prints: its slice of the source, but for the two edits that Markdown asks for. */
function printed(leaf: Leaf, text: string): string {
  const slice = text.slice(leaf.start, leaf.end);
  if (leaf.replaced === undefined) return slice;
  const isReference =
    leaf.kind !== 'call' && leaf.rule === 'character reference' && mayStandFor(slice, leaf.replaced);
  // A note's label is a name, not its mark; the mark is accounted for where the note prints it.
  const isLabel =
    leaf.kind === 'call' && leaf.rule === 'note label' && text.slice(leaf.start - 2, leaf.start) === '[^';
  if (!isReference && !isLabel) throw broken(text, leaf.start, `“${slice}” is not “${leaf.replaced}”`);
  return leaf.replaced;
}

/** L2 and L3: the node's words, label and marks are those of its leaves, letter by letter. */
function compare(node: TextNode, text: string): void {
  // A view: its words are accounted for elsewhere (a title that only the front matter holds).
  if (node.leaves.length === 0) return;
  const slices = (kind: Leaf['kind']) =>
    node.leaves
      .filter((leaf) => leaf.kind === kind)
      .map((leaf) => printed(leaf, text))
      .join('');
  const [first] = node.leaves;
  const at = first?.start ?? 0;
  if (!isSame(slices('text'), textOf(node.content)))
    throw broken(text, at, `the words of ${node.eId} are not those of the source`);
  if (
    'num' in node &&
    node.num !== null &&
    !(node.type === 'paragraph' && node.role === 'note') &&
    !isSame(slices('label'), node.num)
  )
    throw broken(text, at, `the label of ${node.eId} is not as printed`);
  const marks = node.content
    .flatMap((inline) => (inline.type === 'noteCall' ? [inline.marker] : []))
    .join('');
  const calls = slices('call').replace(/[[\]()^]/g, '');
  if (!isSame(calls, marks) && solid(calls).normalize('NFKC') !== solid(marks).normalize('NFKC'))
    throw broken(text, at, `a call in ${node.eId} is not as printed`);
}
