/** Who bears what: every item of the projection is given to the nodes that bear it. */
import { isWhiteSpace } from '../../../characters.js';
import type { Document, Leaf, TextNode } from '../../../document.js';
import { textNodes } from '../../../document.js';
import type { Projection } from '../projection.js';
import { isUnseen } from './places.js';

/** A part of the projection that a node bears. */
interface Share {
  readonly leaf: Leaf;
  readonly node: TextNode;
}

/** A part of an item that a node bears. */
export interface Portion {
  readonly item: number;
  readonly from: number;
  readonly to: number;
  readonly share: Share;
}

export interface Shares {
  readonly portions: ReadonlyMap<TextNode, readonly Portion[]>;
  /** What the projection does not show, by the node that it goes to: the one beside it in its block. */
  readonly hidden: ReadonlyMap<TextNode, readonly number[]>;
}

/** @param aside the items that are furniture */
export function sharesOf(projection: Projection, document: Document, aside: ReadonlySet<number>): Shares {
  const portions = portionsOf(projection, document);
  const byNode = new Map<TextNode, Portion[]>();
  const byBlock = new Map<number, Portion[]>();
  const borne = new Set<number>();
  for (const portion of portions) {
    add(byNode, portion.share.node, portion);
    add(byBlock, projection.items[portion.item]?.block ?? 0, portion);
    borne.add(portion.item);
  }
  const hidden = new Map<TextNode, number[]>();
  /** By block: how far its portions are passed. */
  const passed = new Map<number, number>();
  for (const [index, item] of projection.items.entries()) {
    if (!isUnseen(item) || borne.has(index) || aside.has(index)) continue;
    const inBlock = byBlock.get(item.block);
    if (!inBlock) continue;
    let at = passed.get(item.block) ?? 0;
    while ((inBlock[at + 1]?.item ?? Infinity) < index) at++;
    passed.set(item.block, at);
    const owner = inBlock[at]?.share.node;
    if (owner) add(hidden, owner, index);
  }
  return { portions: byNode, hidden };
}

/** All portions, in the order of the projection. */
function portionsOf({ items, text }: Projection, document: Document): Portion[] {
  const shares: Share[] = [];
  for (const { node } of textNodes(document)) for (const leaf of node.leaves) shares.push({ leaf, node });
  shares.sort((one, other) => one.leaf.start - other.leaf.start || one.leaf.end - other.leaf.end);
  const portions: Portion[] = [];
  let next = 0;
  for (const [index, share] of shares.entries()) {
    const { start, end } = withBlanks(text, share, shares[index - 1], shares[index + 1]);
    while (next < items.length && (items[next]?.to ?? Infinity) <= start) next++;
    for (let at = next; at < items.length; at++) {
      const item = items[at];
      if (!item || item.from >= end) break;
      if (item.to <= item.from) continue;
      const portion = { item: at, from: Math.max(start, item.from), to: Math.min(end, item.to), share };
      if (portion.from < portion.to) portions.push(portion);
    }
  }
  return portions;
}

/** A leaf of words with the white space between it and its neighbours in the node: words bear it. */
function withBlanks(
  text: string,
  { leaf, node }: Share,
  before: Share | undefined,
  after: Share | undefined,
): { start: number; end: number } {
  if (leaf.kind !== 'text') return leaf;
  let { start, end } = leaf;
  if (before?.node === node && before.leaf.kind !== 'text')
    while (start > before.leaf.end && isWhiteSpace(text.charCodeAt(start - 1))) start--;
  if (after?.node === node) while (end < after.leaf.start && isWhiteSpace(text.charCodeAt(end))) end++;
  return { start, end };
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
