/**
 * The comparison of an edition with the document, in order: labels, words, calls, pins, and the words of each note. It
 * ends in a list of differences, each with its place and words.
 */
import { expectedOf, withLabelInWords, type Manner, type Normalisation } from './allowed.js';
import type { Call, Flat, FlatNote, Unit } from './flat.js';
import { inkOf, isEmpty, wordsIn } from './flat.js';
import { differing } from './sequences.js';

/** One place where an edition says something else than the document. */
export interface Difference {
  /** The pin of the place; of what is too much, null. */
  readonly eId: string | null;
  /** The label or marker there, '' where there is none. */
  readonly label: string;
  /** Where in the edition, and where in the document. */
  readonly place: string;
  readonly what: 'label' | 'words' | 'call' | 'kind' | 'pin' | 'order' | 'note';
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
  const shown: Flat = { ...got, body: got.body.filter((unit) => !isEmpty(unit)) };
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

/** For the key of each note of the edition, the document's key of the same note. */
function keysOf(
  expected: readonly FlatNote[],
  got: readonly FlatNote[],
  manner: Manner,
): ReadonlyMap<string, string> {
  const byPin = new Map(expected.flatMap((note) => (note.pins ?? []).map((pin) => [wordPin(pin), note.key])));
  const keys = new Map<string, string>();
  for (const [index, note] of got.entries()) {
    const pinned = (note.pins ?? []).map((pin) => byPin.get(wordPin(pin))).find((key) => key !== undefined);
    // Without pins the notes are told by their order.
    const key = pinned ?? (note.pins === null && manner.notesInOrder ? expected[index]?.key : undefined);
    if (key !== undefined && !keys.has(note.key)) keys.set(note.key, key);
  }
  return keys;
}

/** Word's bookmarks hold 40 characters: of a longer pin its first 31 and eight digits of a hash; the 31 tell enough. */
const wordPin = (pin: string): string => (pin.length <= 40 ? pin : pin.slice(0, 31));

const isSamePin = (expected: string, got: string): boolean =>
  expected === got ||
  (expected.length > 40 &&
    got.length === 40 &&
    /^_[0-9a-f]{8}$/.test(got.slice(31)) &&
    got.startsWith(expected.slice(0, 31)));

class Comparison {
  readonly #manner: Manner;
  readonly allowed = new Set<Normalisation>();
  readonly differences: Difference[] = [];
  count = 0;
  keys: ReadonlyMap<string, string> = new Map();

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
    const got = this.#manner.labelsAlone ? shown : this.#labelsApart(expected, shown);
    const paired = pairs(expected, got, this.#manner);
    for (const [one, other] of paired) {
      if (one && other) this.#unit(one, other);
      else if (one?.optional)
        this.allowed.add(one.kind === 'label' ? 'annex-label-elsewhere' : 'bullet-glyph');
      else if (one) this.say(one, null, 'words', `missing: ${quoted(printedWords(one))}`);
      else if (other)
        this.say(null, other, 'words', `not in the document, or not here: ${quoted(printedWords(other))}`);
    }
  }

  /** A label and the words after it as two texts, where the document has a label without words and then these. */
  #labelsApart(expected: readonly Unit[], got: readonly Unit[]): readonly Unit[] {
    const alone = new Set<string>();
    for (const [index, unit] of expected.entries()) {
      const next = expected[index + 1];
      if (unit.words.length > 0 || unit.calls.length > 0 || !next || next.label || next.bullet) continue;
      alone.add(inked([...printedWords(unit), ...next.words]));
    }
    if (alone.size === 0) return got;
    return got.flatMap((unit) => {
      if (!unit.label || unit.words.length === 0 || !alone.has(inked(printedWords(unit)))) return [unit];
      this.allowed.add('label-with-next');
      return [
        { ...unit, words: [], calls: [] },
        { ...unit, label: '' },
      ];
    });
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
    this.#words(one, other);
    this.#calls(one, other);
    this.#pins(expected, got);
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

  #words(expected: Unit, got: Unit): void {
    if (isSame(expected.words, got.words)) return;
    const wanted = this.#adapted(expected.words, got.words);
    if (isSame(wanted, got.words)) return;
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
    if (pin === undefined || got.pins === null || got.pins.some((one) => isSamePin(pin, one))) return;
    this.say(expected, got, 'pin', `expected the pin ${pin}, got ${got.pins.join(', ') || 'none'}`);
  }
}

// ------------------------------------------------------------------------------------------------ pairing

/** The texts of both sides in order: each with the one that it is, or alone. */
function pairs(
  expected: readonly Unit[],
  got: readonly Unit[],
  { bullets }: Manner,
): (readonly [Unit | null, Unit | null])[] {
  // By the words alone, label first: that is what every edition has.
  const keys = [
    expected.map((unit) =>
      (bullets === 'label' ? printedWords(unit) : withLabelInWords(unit).words).join(' '),
    ),
    got.map((unit) => withLabelInWords(unit).words.join(' ')),
  ] as const;
  const paired: (readonly [Unit | null, Unit | null])[] = [];
  let [at, gotAt] = [0, 0];
  const same = (to: number, gotTo: number) => {
    for (; at < to && gotAt < gotTo; at++, gotAt++) paired.push([expected[at] ?? null, got[gotAt] ?? null]);
  };
  for (const hunk of differing(...keys)) {
    same(hunk.from, hunk.gotFrom);
    paired.push(...pairedWithin(expected.slice(hunk.from, hunk.to), got.slice(hunk.gotFrom, hunk.gotTo)));
    [at, gotAt] = [hunk.to, hunk.gotTo];
  }
  same(expected.length, got.length);
  return paired;
}

const printedWords = (unit: Unit): readonly string[] => [
  ...wordsIn(unit.label === null || unit.label === '' ? (unit.bullet ?? '') : unit.label),
  ...unit.words,
];

/** Texts that are not alike: those of one pin are one text, then those that stand at the same place. */
function pairedWithin(
  expected: readonly Unit[],
  got: readonly Unit[],
): (readonly [Unit | null, Unit | null])[] {
  const pinned = differing(
    expected.map((unit, index) => unit.pins?.[0] ?? ` ${index}`),
    got.map((unit, index) => pinOf(unit, expected) ?? `  ${index}`),
  );
  const paired: (readonly [Unit | null, Unit | null])[] = [];
  let [at, gotAt] = [0, 0];
  const take = (to: number, gotTo: number) => {
    while (at < to || gotAt < gotTo) {
      const one = at < to ? (expected[at++] ?? null) : null;
      // An optional text is not there, unless there are texts enough.
      if (one?.optional && to - at >= gotTo - gotAt) paired.push([one, null]);
      else paired.push([one, gotAt < gotTo ? (got[gotAt++] ?? null) : null]);
    }
  };
  for (const hunk of pinned) {
    take(hunk.from, hunk.gotFrom);
    take(hunk.to, hunk.gotTo);
  }
  take(expected.length, got.length);
  return paired;
}

const pinOf = (unit: Unit, expected: readonly Unit[]): string | undefined => {
  const pins = unit.pins;
  if (pins === null || pins.length === 0) return undefined;
  return expected.length > 200
    ? pins.at(-1)
    : expected.find(({ pins: own }) => pins.some((pin) => isSamePin(own?.[0] ?? '', pin)))?.pins?.[0];
};

// ------------------------------------------------------------------------------------------------ words

const folded = (text: string): string => wordsIn(text).join(' ');

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((word, index) => word === other[index]);

const ignorable = /^\p{Default_Ignorable_Code_Point}$/u;

/** Whether a word is another one without some of its characters that have no ink. */
function lacksInkless(whole: string, part: string): boolean {
  const rest = [...part];
  let at = 0;
  for (const character of whole) {
    if (rest[at] === character) at += 1;
    else if (!ignorable.test(character)) return false;
  }
  return at === rest.length;
}

/** Words without what has no ink: what a page can show of them. */
const inked = (words: readonly string[]): string =>
  words
    .map((word) => word.replace(/\p{Default_Ignorable_Code_Point}/gu, ''))
    .filter((word) => word !== '')
    .join(' ');

const wordsOfNote = (note: FlatNote): readonly string[] => note.units.flatMap(printedWords);

/**
 * Whether a call stands at the same place on both sides. Where words differ, it does if what the texts have in common
 * stands alike about it; a call at words that differ is said by them.
 */
function standsAlike(expected: Unit, one: Call, got: Unit, other: Call): boolean {
  if (one.at === other.at) return true;
  if (isSame(expected.words, got.words)) return false;
  const [place, gotPlace] = [placeOf(expected, one), placeOf(got, other)];
  let shift = 0;
  for (const { from, to, gotFrom, gotTo } of differing(expected.words, got.words)) {
    if (place.word < from && gotPlace.word < gotFrom) break;
    if (place.word < to || gotPlace.word < gotTo) return place.word >= from && gotPlace.word >= gotFrom;
    shift = gotTo - to;
  }
  return gotPlace.word === place.word + shift && gotPlace.within === place.within;
}

/** The word that a call is after or in, counted from 0 (−1 before the first), and how much of it is before the call. */
function placeOf({ words }: Unit, { at }: Call): { readonly word: number; readonly within: number } {
  let ink = 0;
  for (const [index, word] of words.entries()) {
    const length = inkOf(word);
    if (ink + length >= at) return at === 0 ? { word: -1, within: 0 } : { word: index, within: at - ink };
    ink += length;
  }
  return { word: words.length - 1, within: -1 };
}

/** The same in words. */
function afterWord(unit: Unit, call: Call): string {
  const { word, within } = placeOf(unit, call);
  const said = unit.words[word];
  if (said === undefined) return 'before word 1';
  return `${within >= 0 && within < inkOf(said) ? 'in' : 'after'} word ${word + 1} (${quoted([said])})`;
}

/** How many words of a difference are said. */
const mostSaid = 12;

/** Words as a message shows them: nothing in them is unseen. */
export function quoted(words: readonly string[]): string {
  const said = words.slice(0, mostSaid).join(' ');
  const more = words.length > mostSaid ? ` … and ${words.length - mostSaid} more words` : '';
  return `“${seen(said.length > 300 ? `${said.slice(0, 300)}…` : said)}${more}”`;
}

const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
const seen = (text: string): string =>
  text.replace(
    unseen,
    (character) => `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
  );
