/**
 * The comparison of an edition with the document, in order: labels, words, calls, pins, and the words of each note. It
 * ends in a list of differences, each with its place and words.
 */
import { expectedOf, withLabelInWords, type Manner, type Normalisation } from './allowed.js';
import { labelsApart } from './compare/apart.js';
import { pairs } from './compare/pairing.js';
import { isSamePin, keysOf } from './compare/pins.js';
import {
  afterWord,
  folded,
  isSame,
  lacksInkless,
  printedWords,
  quoted,
  standsAlike,
  wordsOfNote,
} from './compare/words.js';
import { comparedEmphasis } from './emphasis.js';
import type { Call, Flat, FlatNote, Opening, Unit } from './flat.js';
import { isEmpty, stillOpening } from './flat.js';
import { differing } from './sequences.js';
import { misplaced } from './standing.js';

/** One place where an edition says something else than the document. */
export interface Difference {
  /** The pin of the place; of what is too much, null. */
  readonly eId: string | null;
  /** The label or marker there, '' where there is none. */
  readonly label: string;
  /** Where in the edition, and where in the document. */
  readonly place: string;
  readonly what:
    'label' | 'words' | 'emphasis' | 'call' | 'kind' | 'standing' | 'pin' | 'order' | 'note' | 'derived';
  /** One sentence without its stop: `word 12: expected “x”, got “y”`. */
  readonly sentence: string;
}

export interface Compared {
  /** How many there are; `differences` holds no more than the first hundred. */
  readonly count: number;
  readonly differences: readonly Difference[];
  /** What was allowed for, in the order of the table. */
  readonly allowed: ReadonlySet<Normalisation>;
}

/** No more differences than these are kept. */
const most = 100;

/** Compares what was read of an edition with the document. */
export function compare(document: Flat, got: Flat, manner: Manner): Compared {
  const comparison = new Comparison(manner);
  const expected = expectedOf(document, manner);
  const shown: Flat = { ...got, body: saying(got.body) };
  comparison.targets = got.targets;
  comparison.attachments = attachmentsIn(document.body);
  const printed = new Set(shown.notes.map((note) => note.key));
  comparison.keys = keysOf(expected.notes, shown.notes, manner);
  if (printed.size !== shown.notes.length)
    comparison.say(null, shown.notes[0]?.units[0], 'note', 'a note stands twice');
  comparison.units(expected.body, shown.body);
  comparison.notes(expected.notes, shown.notes);
  comparison.contents(document.body, got.contents ?? []);
  if (expected.notes.length < document.notes.length) comparison.allowed.add('note-as-paragraph');
  if (manner.notesJoined && document.notes.some((note) => note.units.length > 1))
    comparison.allowed.add('note-joined');
  if (manner.rowsJoined && document.body.some((unit) => unit.row !== undefined))
    comparison.allowed.add('row-joined');
  for (const one of manner.always) comparison.allowed.add(one);
  const { count, differences, allowed } = comparison;
  return { count, differences, allowed };
}

/** The texts that say anything; the pins of the others are those of the next. */
function saying(units: readonly Unit[]): Unit[] {
  const said: Unit[] = [];
  let waiting: readonly string[] = [];
  for (const unit of units) {
    const pins = unit.pins && [...waiting, ...unit.pins];
    waiting = isEmpty(unit) ? (pins ?? waiting) : [];
    if (!isEmpty(unit)) said.push(pins && pins.length > unit.pins.length ? { ...unit, pins } : unit);
  }
  return said;
}

const attachmentsIn = (body: readonly Unit[]): readonly string[] => [
  ...new Set(body.flatMap(({ standing }) => standing?.attachment ?? [])),
];

/** A comparison with what else was found. */
export function withDerived(
  compared: Compared,
  found: Iterable<{ readonly eId: string; readonly place: string; readonly sentence: string }>,
): Compared {
  const more = Array.from(found, (one): Difference => ({ ...one, label: '', what: 'derived' }));
  return {
    ...compared,
    count: compared.count + more.length,
    differences: [...compared.differences, ...more].slice(0, most),
  };
}

class Comparison {
  readonly #manner: Manner;
  readonly allowed = new Set<Normalisation>();
  readonly differences: Difference[] = [];
  count = 0;
  keys: ReadonlyMap<string, string> = new Map();
  targets: Flat['targets'];
  attachments: readonly string[] = [];
  /** What has begun, and no text of it was met yet. */
  #opening: readonly Opening[] = [];

  constructor(manner: Manner) {
    this.#manner = manner;
  }

  say(expected: Unit | null, got: Unit | undefined | null, what: Difference['what'], sentence: string): void {
    this.count += 1;
    if (this.differences.length >= most) return;
    const place = [got?.place, expected?.place].filter((one) => one !== undefined).join('; ');
    this.differences.push({
      eId: expected?.pins?.[0] ?? got?.pins?.[0] ?? null,
      label: (expected ?? got)?.label ?? '',
      place,
      what,
      sentence,
    });
  }

  /** Pairs the texts of a sequence, and compares each pair. */
  units(expected: readonly Unit[], shown: readonly Unit[]): void {
    const got = this.#manner.labelsAlone ? shown : labelsApart(expected, shown);
    if (got !== shown) this.allowed.add('label-with-next');
    const paired = pairs(expected, got, this.#manner);
    for (const [one, other] of paired) {
      if (one?.opens && this.#manner.opens) this.#opening = [...this.#opening, ...one.opens];
      if (one && !other) this.#opening = stillOpening(this.#opening);
      if (one && other) this.#unit(one, other);
      else if (one?.optional)
        this.allowed.add(one.kind === 'label' ? 'annex-label-elsewhere' : 'bullet-glyph');
      else if (one) this.say(one, null, 'words', `missing: ${quoted(printedWords(one))}`);
      else if (other)
        this.say(null, other, 'words', `not in the document, or not here: ${quoted(printedWords(other))}`);
    }
  }

  notes(expected: readonly FlatNote[], got: readonly FlatNote[]): void {
    const byKey = new Map<string, FlatNote>();
    const spare: FlatNote[] = [];
    for (const note of got) {
      const key = this.keys.get(note.key);
      if (key === undefined || byKey.has(key)) spare.push(note);
      else byKey.set(key, note);
    }
    for (const note of expected) {
      const other = byKey.get(note.key);
      if (other)
        this.units(
          note.units,
          other.units.filter((unit) => unit.kind === 'note' || !isEmpty(unit)),
        );
      else this.say(note.units[0] ?? null, null, 'note', `the note is missing: ${quoted(wordsOfNote(note))}`);
    }
    for (const note of spare)
      this.say(
        null,
        note.units[0],
        'note',
        `a note that the document doesn’t have: ${quoted(wordsOfNote(note))}`,
      );
    if (!this.#manner.notesInOrder) return;
    const order = got.flatMap((note) => this.keys.get(note.key) ?? []);
    const wanted = expected.map((note) => note.key).filter((key) => byKey.has(key));
    const wrong = wanted.findIndex((key, index) => order[index] !== key);
    if (wrong >= 0 && order.length === wanted.length)
      this.say(
        null,
        got[wrong]?.units[0],
        'order',
        `expected the note ${wanted[wrong] ?? ''}, got ${order[wrong] ?? ''}`,
      );
  }

  #unit(expected: Unit, got: Unit): void {
    const { kinds } = this.#manner;
    const kind = kinds[expected.kind] ?? expected.kind;
    if (kind !== (kinds[got.kind] ?? got.kind))
      this.say(expected, got, 'kind', `expected a ${kind}, got a ${got.kind}`);
    const [one, other] = this.#labels(expected, got);
    if (this.#words(one, other)) this.#emphasis(one, other);
    this.#calls(one, other);
    this.#pins(expected, got);
    this.#opens(expected, got);
    this.#stands(expected, got);
  }

  #emphasis(expected: Unit, got: Unit): void {
    const { differences, isUntold } = comparedEmphasis(expected, got);
    if (isUntold) this.allowed.add('emphasis-untold');
    for (const sentence of differences) this.say(expected, got, 'emphasis', sentence);
  }

  #stands(expected: Unit, got: Unit): void {
    const { standing } = expected;
    if (standing && got.standing) {
      const own = { standing, roles: standing.roles ?? [] };
      for (const sentence of misplaced(own, got.standing, this.attachments, isSamePin))
        this.say(expected, got, 'standing', sentence);
    }
    for (const key of ['first', 'last'] as const) {
      const [wanted, is] = [expected.lines?.[key], got.lines?.[key]];
      if (wanted !== undefined && is !== undefined && wanted !== is)
        this.say(expected, got, 'derived', `expected the ${key} line ${wanted}, got ${is}`);
    }
  }

  /** What begins with a text can be linked to where the text stands. */
  #opens(expected: Unit, got: Unit): void {
    const opening = this.#opening;
    this.#opening = [];
    for (const { pin } of opening) {
      if (got.pins !== null) {
        if (!got.pins.some((one) => isSamePin(pin, one)))
          this.say(expected, got, 'pin', `expected ${pin} to begin here`);
      } else if (this.targets) this.#target(pin, expected, got);
    }
  }

  #target(pin: string, expected: Unit, got: Unit): void {
    const page = this.targets?.get(pin);
    if (page === undefined) this.say(expected, got, 'pin', `nothing is there to link to as ${pin}`);
    else if (page !== null && got.page !== undefined && page !== got.page)
      this.say(expected, got, 'pin', `expected ${pin} on page ${got.page}, got page ${page}`);
  }

  /** Compares the labels; where the edition prints one at the head of its words, both sides get it there. */
  #labels(expected: Unit, got: Unit): readonly [Unit, Unit] {
    const label = folded(expected.label ?? '');
    const bullet = expected.bullet ?? null;
    if (got.label === null) {
      if (bullet !== null && got.bullet === null)
        this.say(expected, got, 'label', `expected the bullet ${quoted([bullet])}, got none`);
      if (label !== '') this.allowed.add('label-in-words');
      const withLabel = withLabelInWords(expected);
      if (bullet === null || got.bullet !== undefined) return [withLabel, got];
      const withBullet = withLabelInWords(expected, bullet);
      this.allowed.add('bullet-glyph');
      return [got.words[0] === withBullet.words[0] ? withBullet : withLabel, got];
    }
    const wanted = this.#manner.bullets === 'label' && bullet !== null ? folded(bullet) : label;
    if (folded(got.label) !== wanted && !this.#isInkless(wanted, folded(got.label)))
      this.say(
        expected,
        got,
        'label',
        `expected the label ${quoted([wanted])}, got ${quoted([folded(got.label)])}`,
      );
    if (this.#manner.bullets === 'apart' && got.bullet !== undefined)
      this.#bullet(expected, got, bullet, got.bullet);
    else if (bullet !== null && this.#manner.bullets !== 'label') this.allowed.add('bullet-glyph');
    return [expected, got];
  }

  #bullet(expected: Unit, got: Unit, wanted: string | null, is: string | null): void {
    if (wanted === is) return;
    // Markdown says that it is a bullet; Word’s numbering can’t print a glyph with a per cent sign.
    if (wanted !== null && (is === '' || (is === '•' && wanted.includes('%'))))
      this.allowed.add('bullet-glyph');
    else if (wanted === null)
      this.say(expected, got, 'label', `expected no bullet, got ${quoted([is ?? ''])}`);
    else
      this.say(
        expected,
        got,
        'label',
        `expected the bullet ${quoted([wanted])}, got ${is === null ? 'none' : quoted([is])}`,
      );
  }

  /** @returns whether they are the same */
  #words(expected: Unit, got: Unit): boolean {
    if (isSame(expected.words, got.words)) return true;
    const wanted = this.#adapted(expected.words, got.words);
    if (isSame(wanted, got.words)) return true;
    for (const { from, to, gotFrom, gotTo } of differing(wanted, got.words)) {
      const missing = wanted.slice(from, to);
      const surplus = got.words.slice(gotFrom, gotTo);
      const end = to - from > 1 ? `–${to}` : '';
      const sentence =
        missing.length === 0
          ? `after word ${from}${from > 0 ? ` (${quoted(wanted.slice(from - 1, from))})` : ''}: expected nothing, got ${quoted(surplus)}`
          : `word ${from + 1}${end}: expected ${quoted(missing)}, got ${surplus.length > 0 ? quoted(surplus) : 'nothing'}`;
      this.say(expected, got, 'words', sentence);
    }
    return false;
  }

  /** The expected words, each as the edition has it where it may have it so. */
  #adapted(expected: readonly string[], got: readonly string[]): readonly string[] {
    const { mayDropInkless, replaced } = this.#manner;
    if (!mayDropInkless && !replaced) return expected;
    const adapted: string[] = [];
    let at = 0;
    for (const word of expected) {
      const other = got[at] ?? '';
      // A word without any ink is not there at all.
      if (
        mayDropInkless &&
        word !== other &&
        lacksInkless(word, '') &&
        (other === '' || !lacksInkless(word, other))
      ) {
        this.allowed.add('inkless-character');
        continue;
      }
      const isAllowed = word !== other && (this.#isInkless(word, other) || this.#isReplaced(word, other));
      adapted.push(isAllowed ? other : word);
      at += 1;
    }
    return adapted;
  }

  #isInkless(wanted: string, is: string): boolean {
    if (!this.#manner.mayDropInkless || wanted === is || !lacksInkless(wanted, is)) return false;
    this.allowed.add('inkless-character');
    return true;
  }

  #isReplaced(wanted: string, is: string): boolean {
    const { replaced } = this.#manner;
    if (!replaced || !is.includes('\ufffd')) return false;
    const characters = [...wanted].map((one) => (replaced.test(one) ? '\ufffd' : one));
    if (characters.join('') !== is) return false;
    this.allowed.add('replacement-character');
    return true;
  }

  #calls(expected: Unit, shown: Unit): void {
    const { calls } = expected;
    const got = this.#manner.callsInOrder ? shown : { ...shown, calls: this.#inOrder(expected, shown) };
    if (shown.called) this.#called(expected, shown, shown.called);
    const count = Math.max(calls.length, got.calls.length);
    const told = (call: Call) => `the call ${quoted([call.marker ?? call.note ?? ''])}`;
    // Where one is missing, those after it are paired with the next: said once, by the number of calls.
    if (calls.length !== got.calls.length) {
      const key = (call: Call, of: 'document' | 'edition') =>
        `${call.at} ${(of === 'document' ? call.note : this.keys.get(call.note ?? '')) ?? ''}`;
      const hunks = differing(
        calls.map((call) => key(call, 'document')),
        got.calls.map((call) => key(call, 'edition')),
      );
      for (const { from, to, gotFrom, gotTo } of hunks) {
        for (const call of calls.slice(from, to))
          this.say(expected, got, 'call', `${told(call)} ${afterWord(expected, call)} is missing`);
        for (const call of got.calls.slice(gotFrom, gotTo))
          this.say(expected, got, 'call', `${told(call)} ${afterWord(got, call)} is not in the document`);
      }
      return;
    }
    for (let index = 0; index < count; index++) {
      const [one, other] = [calls[index], got.calls[index]];
      if (!one || !other) continue;
      const target = other.note === null ? null : (this.keys.get(other.note) ?? `no note (${other.note})`);
      if (target !== null && target !== one.note)
        this.say(
          expected,
          got,
          'call',
          `${told(one)} ${afterWord(expected, one)}: expected to lead to ${one.note ?? ''}, got ${target}`,
        );
      if (target === null) this.allowed.add('note-below-note');
      if (other.marker === null) this.allowed.add('marker-untold');
      else if (
        folded(other.marker) !== folded(one.marker ?? '') &&
        !this.#isInkless(one.marker ?? '', other.marker)
      )
        this.say(
          expected,
          got,
          'call',
          `the call ${afterWord(expected, one)}: expected ${quoted([one.marker ?? ''])}, got ${quoted([other.marker])}`,
        );
      if (!standsAlike(expected, one, got, other))
        this.say(
          expected,
          got,
          'call',
          `${told(one)}: expected ${afterWord(expected, one)}, got ${afterWord(got, other)}`,
        );
    }
  }

  /** The calls of each place in the document's order, where the edition has the same ones in any order. */
  #inOrder(expected: Unit, got: Unit): readonly Call[] {
    const rest = [...got.calls];
    const found = expected.calls.map((call) => {
      const at = rest.findIndex((one) => one.at === call.at && this.keys.get(one.note ?? '') === call.note);
      return at < 0 ? undefined : rest.splice(at, 1)[0];
    });
    if (rest.length > 0 || found.includes(undefined)) return got.calls;
    const ordered = found.filter((call) => call !== undefined);
    if (ordered.some((call, index) => call !== got.calls[index])) this.allowed.add('calls-together');
    return ordered;
  }

  /** Compares what the edition says once more: which notes are called, in order. */
  #called(expected: Unit, got: Unit, called: readonly (string | null)[]): void {
    const wanted = [...new Set(expected.calls.map((call) => call.note))].join(', ');
    const is = called.map((key) => this.keys.get(key ?? '') ?? `no note (${key ?? ''})`).join(', ');
    if (wanted !== is)
      this.say(expected, got, 'call', `expected calls of ${wanted || 'no notes'}, got ${is || 'none'}`);
  }

  /** An entry of a table of contents says what stands where it leads to. */
  contents(body: readonly Unit[], entries: readonly Unit[]): void {
    if (entries.length > 0) this.allowed.add('contents-repeated');
    let last = -1;
    for (const entry of entries) {
      const pin = entry.pins?.[0] ?? '';
      const at = body.findIndex((one) => isSamePin(one.pins?.[0] ?? '', pin));
      const unit = body[at];
      if (unit && at <= last) this.say(unit, entry, 'order', 'it stands twice, or out of order');
      last = at;
      const wanted = unit && withLabelInWords(unit).words;
      if (!wanted) this.say(null, entry, 'pin', `it leads to ${pin}, which is not there`);
      else if (!isSame(wanted, entry.words))
        this.say(unit, entry, 'words', `expected ${quoted(wanted)}, got ${quoted(entry.words)}`);
    }
  }

  #pins(expected: Unit, got: Unit): void {
    const pin = expected.pins?.[0];
    if (pin !== undefined && got.pins === null && this.targets) this.#target(pin, expected, got);
    if (pin === undefined || got.pins === null || got.pins.some((one) => isSamePin(pin, one))) return;
    this.say(expected, got, 'pin', `expected the pin ${pin}, got ${got.pins.join(', ') || 'none'}`);
  }
}
