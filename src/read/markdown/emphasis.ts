/**
 * Which marks of emphasis belong together (CommonMark 0.31, 6.2; GFM 6.5 for `~`). The grammar's own way looks back
 * from each closing mark over all that stands before it, and moves the rest of the paragraph for each pair: 16,000
 * pairs in one paragraph took it 6 to 20 seconds. Here every mark is pushed and popped once, and a closing mark
 * looks no further back than the last one of its kind that found nothing.
 */
import type { Data } from 'unified';

type Extension = NonNullable<Data['micromarkExtensions']>[number];
type Constructs = NonNullable<NonNullable<Extension['text']>[string]>;
type Construct = Exclude<Constructs, readonly unknown[]>;
type Resolver = NonNullable<Construct['resolveAll']>;
type Event = Parameters<Resolver>[0][number];
type Context = Event[2];
type Token = Event[1];
type Point = Token['start'];

/** A run of marks: what is left of it, and the pairs that its marks close and open, in the order of their finding. */
interface Run {
  readonly token: Token;
  readonly mark: string;
  readonly closes: Event[];
  readonly opens: Event[][];
}

/** Sequences of `*` and `_`, and of `~`, by the names that the grammar gives them. */
const sequences = new Set<string>(['attentionSequence', 'strikethroughSequenceTemporary']);

const lengthOf = ({ start, end }: Token): number => end.offset - start.offset;

/** Whether a run may open what another closes: "rule of three" (CommonMark 6.2, 9 and 10); `~` by its length. */
function isPair(opener: Run, closer: Run): boolean {
  if (opener.mark !== closer.mark) return false;
  const [opened, closed] = [lengthOf(opener.token), lengthOf(closer.token)];
  if (opener.mark === '~') return opened === closed;
  const mayBeBoth = opener.token._close === true || closer.token._open === true;
  return !mayBeBoth || closed % 3 === 0 || (opened + closed) % 3 !== 0;
}

/** Closing runs of one kind are refused by the same openers. */
const kindOf = ({ mark, token }: Run): string =>
  mark === '~' ? `~${lengthOf(token)}` : `${mark}${token._open === true}${lengthOf(token) % 3}`;

/** Pairs the marks in the events of a paragraph, a cell, a link's text; what has no partner is words. */
const pair: Resolver = (events, context) => {
  const runs = new Map<number, Run>();
  for (const [index, [step, token]] of events.entries())
    if (step === 'enter' && sequences.has(token.type))
      runs.set(index, { token, mark: context.sliceSerialize(token).charAt(0), closes: [], opens: [] });
  if (runs.size === 0) return events;
  match(runs.values(), context);
  const paired: Event[] = [];
  for (let index = 0; index < events.length; index++) {
    const run = runs.get(index);
    const event = events[index];
    if (!run) {
      if (event) append(paired, event);
      continue;
    }
    for (const one of run.closes) paired.push(one);
    if (lengthOf(run.token) > 0) {
      run.token.type = 'data';
      append(paired, ['enter', run.token, context]);
      append(paired, ['exit', run.token, context]);
    }
    for (const opening of run.opens.reverse()) for (const one of opening) paired.push(one);
    index += 1; // the run's own exit
  }
  // In place: the grammar holds on to the list.
  for (const [index, event] of paired.entries()) events[index] = event;
  events.length = paired.length;
  return events;
};

/** Adds an event; words behind words become one stretch of words, or the grammar would join them one by one. */
function append(events: Event[], event: Event): void {
  const [step, token, context] = event;
  const last = events.at(-1);
  if (token.type !== 'data' || last?.[1].type !== 'data') events.push(event);
  else if (step === 'enter') events.pop();
  else {
    const words = last[1];
    if (words !== token) words.end = { ...token.end };
    events.push(['exit', words, context]);
  }
}

function match(runs: Iterable<Run>, context: Context): void {
  const openers: Run[] = [];
  /** For each kind of closing run: how many of the openers have refused it. */
  const refused = new Map<string, number>();
  for (const closer of runs) {
    while (closer.token._close === true && lengthOf(closer.token) > 0) {
      const kind = kindOf(closer);
      const least = refused.get(kind) ?? 0;
      let at = openers.length - 1;
      for (let opener = openers[at]; at >= least && opener && !isPair(opener, closer); opener = openers[at])
        at -= 1;
      const opener = at >= least ? openers[at] : undefined;
      if (!opener) {
        refused.set(kind, openers.length);
        break;
      }
      join(opener, closer, context);
      openers.length = lengthOf(opener.token) > 0 ? at + 1 : at;
      // What is left of the opener is another one, and what stood behind it is gone.
      for (const [one, count] of refused) if (count > at) refused.set(one, at);
    }
    if (closer.token._open === true && lengthOf(closer.token) > 0) openers.push(closer);
  }
}

/** Takes the inner marks of two runs, and notes what they open and close. */
function join(opener: Run, closer: Run, context: Context): void {
  const isStruck = opener.mark === '~';
  const shorter = Math.min(lengthOf(opener.token), lengthOf(closer.token));
  const taken = isStruck ? shorter : Math.min(2, shorter);
  const name = isStruck ? 'strikethrough' : taken === 2 ? 'strong' : 'emphasis';
  const inner = { start: { ...opener.token.end }, end: { ...closer.token.start } };
  const outer = { start: moved(inner.start, -taken), end: moved(inner.end, taken) };
  const group: Token = { type: name, ...outer };
  const text: Token = { type: `${name}Text`, ...inner };
  const opening: Token = { type: `${name}Sequence`, start: { ...outer.start }, end: { ...inner.start } };
  const closing: Token = { type: `${name}Sequence`, start: { ...inner.end }, end: { ...outer.end } };
  opener.token.end = { ...outer.start };
  closer.token.start = { ...outer.end };
  opener.opens.push([
    ['enter', group, context],
    ['enter', opening, context],
    ['exit', opening, context],
    ['enter', text, context],
  ]);
  closer.closes.push(
    ['exit', text, context],
    ['enter', closing, context],
    ['exit', closing, context],
    ['exit', group, context],
  );
}

/** A point so many marks further within one run. */
const moved = (point: Point, by: number): Point => ({
  ...point,
  column: point.column + by,
  offset: point.offset + by,
  _bufferIndex: point._bufferIndex + by,
});

/** The grammar's own construct for a mark still says where a run may open and close; only the pairing is ours. */
const marks = (code: 42 | 95 | 126, name: string): Construct => ({
  name: `${name}Paired`,
  tokenize(effects, ok, nok) {
    const all = [this.parser.constructs.text[String(code)] ?? []].flat();
    const own = all.find((one) => one.name === name)?.tokenize.call(this, effects, ok, nok) ?? nok;
    // An address may begin with `_`, and goes before it.
    const others = all.filter((one) => one.name !== name && one.name !== `${name}Paired`);
    return others.length > 0 ? effects.attempt(others, ok, own) : own;
  },
  resolveAll: pair,
});

const [star, underscore, tilde] = [
  marks(42, 'attention'),
  marks(95, 'attention'),
  marks(126, 'strikethrough'),
];

/** The extension of the grammar; it must stand behind GFM's, so that its constructs are tried first. */
export const pairedEmphasis: Extension = {
  text: { 42: star, 95: underscore, 126: tilde },
  insideSpan: { null: [star] },
};
