/**
 * Words that stand side by side become one stretch of words in one pass. The grammar parts words wherever a construct
 * might begin and begins none, before `&` or the first letter of an address, and joins them again group by group; for
 * each group it moves the rest of the paragraph. 8,000 groups in a paragraph of 64 KB took it 2 seconds, four times as
 * many 30. Here the first group that is joined has all that follow joined with it, to the same events.
 */
import type { Data } from 'unified';

type Extension = NonNullable<Data['micromarkExtensions']>[number];
type Constructs = NonNullable<NonNullable<Extension['document']>[string]>;
type Construct = Exclude<Constructs, readonly unknown[]>;
type Parser = ThisParameterType<Construct['tokenize']>['parser'];
type Event = ThisParameterType<Construct['tokenize']>['events'][number];

const isWords = (event: Event | undefined, step: Event[0]): boolean =>
  event?.[0] === step && event[1].type === 'data';

/**
 * Has a list of events join words in one pass, where it is told to take the second and later words of a group out of it.
 * Whatever else is done to it is done as ever.
 */
function joinAtOnce(events: Event[]): void {
  const splice = (start: number, count: number, ...others: Event[]): Event[] => {
    const isGroup =
      others.length === 0 &&
      count > 0 &&
      isWords(events[start - 1], 'exit') &&
      isWords(events[start], 'enter') &&
      isWords(events[start + count - 1], 'exit');
    if (!isGroup) return Array.prototype.splice.call(events, start, count, ...others) as Event[];
    joinFrom(events, start);
    Reflect.deleteProperty(events, 'splice');
    return [];
  };
  Object.defineProperty(events, 'splice', { value: splice, configurable: true, writable: true });
}

/** Joins words to the words right before them. */
function joinFrom(events: Event[], from: number): void {
  let kept = from;
  for (let at = from; at < events.length; at++) {
    const event = events[at];
    const last = events[kept - 1];
    if (!event) continue;
    if (isWords(event, 'enter') && last && isWords(last, 'exit')) {
      last[1].end = event[1].end;
      at += 1; // its own exit
    } else events[kept++] = event;
  }
  events.length = kept;
}

const prepared = new WeakSet<Parser>();

/** Prepares the parser at the first line that it reads, and takes nothing of it. */
const preparing: Construct = {
  name: 'stretches',
  tokenize(_, __, nok) {
    const { parser } = this;
    if (!prepared.has(parser)) {
      prepared.add(parser);
      for (const content of ['text', 'string'] as const) {
        const create = parser[content];
        parser[content] = (from) => {
          const context = create(from);
          joinAtOnce(context.events);
          return context;
        };
      }
    }
    return nok;
  },
};

/** The extension of the grammar. */
export const joinedStretches: Extension = { document: { null: [preparing] } };
