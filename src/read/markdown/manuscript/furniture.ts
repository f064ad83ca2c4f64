/** Furniture of a hand-written text: what the later stages set aside of its projection, in the source. */
import type { Furniture } from '../../../document.js';
import type { Ledger } from '../ledger.js';
import type { Projection } from '../projection.js';
import { firstFrom, isUnseen } from './places.js';
import type { Shares } from './shares.js';

/** A piece of the source that is furniture. */
interface Aside {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/** What is set aside: pieces of the source, and the items (indexes) that they are. */
export interface Asides {
  readonly pieces: readonly Aside[];
  readonly items: ReadonlySet<number>;
}

export function asidesOf({ items }: Projection, furniture: readonly Furniture[]): Asides {
  const pieces: Aside[] = [];
  const taken = new Set<number>();
  for (const { reason, source: place } of furniture) {
    let at = firstFrom(items, place.start);
    for (let item = items[at]; item && item.from < place.end; item = items[++at]) {
      if (item.to <= place.start) continue;
      taken.add(at);
      const { piece, from, to } = item;
      const isWhole = piece.end - piece.start !== to - from;
      const start = isWhole ? piece.start : piece.start + Math.max(0, place.start - from);
      const end = isWhole ? piece.end : piece.end - Math.max(0, to - place.end);
      pieces.push({ start, end, reason });
    }
  }
  return { pieces, items: taken };
}

/** Enters furniture, each line of it once, and what stands in a block of which nobody bears a word. */
export function enterAsides(
  text: string,
  ledger: Ledger,
  { items }: Projection,
  asides: Asides,
  { portions }: Shares,
): void {
  const borne = new Set<number>();
  for (const some of portions.values()) for (const { item } of some) borne.add(items[item]?.block ?? 0);
  const reasons = new Map(asides.pieces.map(({ start, reason }) => [start, reason]));
  const pieces = [...asides.pieces];
  let reason = 'mark-up';
  for (const [index, item] of items.entries()) {
    const { start, end } = item.piece;
    reason = reasons.get(start) ?? reason;
    if (isUnseen(item) && !borne.has(item.block) && !asides.items.has(index))
      pieces.push({ start, end, reason });
  }
  pieces.sort((one, other) => one.start - other.start);
  for (const run of runsOf(text, pieces)) ledger.setAside(run.start, run.end, run.reason);
}

/** Pieces with nothing but spaces between them, made one. */
function runsOf(text: string, pieces: readonly Aside[]): Aside[] {
  const runs: Aside[] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (last?.reason === piece.reason && /^ *$/.test(text.slice(last.end, piece.start)))
      runs[runs.length - 1] = { ...last, end: Math.max(last.end, piece.end) };
    else runs.push(piece);
  }
  return runs;
}
