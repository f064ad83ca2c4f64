/**
 * What an edition may print otherwise than the document has it, by name. Everything else is a difference. The list is
 * explained in docs/fidelity.md, and each edition's record names those that were made use of.
 */
import type { Emphasised, Flat, FlatNote, Opening, Stretch, Unit, UnitKind } from './flat.js';
import { inkOf, isEmpty, stillOpening } from './flat.js';

export const normalisations = {
  'white-space': 'Words are parted by any White_Space, of whatever kind and length.',
  'label-in-words': 'A label is printed at the head of the words and not marked as a label.',
  'annex-label-elsewhere':
    'The label of an annex has no line of its own where a heading of the annex or its first words print it.',
  'marker-untold': 'A call doesn’t say its own mark, only its note.',
  'note-joined': 'The paragraphs of a note are printed as one text, with their labels.',
  'row-joined': 'The cells of a table row are printed as one text, with bars between.',
  'note-as-paragraph': 'A note that nothing calls is printed as a paragraph.',
  'bullet-glyph': 'A bullet is marked as one and its glyph not printed, or another one printed.',
  'formula-guard': 'A cell that a spreadsheet would run as a formula has a ' + "“'”" + ' before it.',
  'inkless-character': 'A character without ink (Default_Ignorable_Code_Point) is left out.',
  'line-end-hyphen': 'A word that is divided at a line’s end has a soft hyphen there.',
  'replacement-character': 'U+FFFD stands for NUL or half a surrogate pair, which the format can’t hold.',
  'label-with-next': 'A label without words and the unlabelled text below it are marked as one.',
  'calls-together': 'The order of calls that stand at one place is not said.',
  'contents-repeated': 'A table of contents repeats the words of headings.',
  'emphasis-untold':
    'What is emphasised is not told: in bold titles and heads of tables, in glyphs of another face, or where there is no such face.',
  'note-below-note': 'A note that a note calls is printed below that, and the call is its mark.',
} as const;

export type Normalisation = keyof typeof normalisations;

export type EditionName = 'md' | 'pdf' | 'docx' | 'csv' | 'json';

/** How an edition shows what the document says. */
export interface Manner {
  /** Kinds that it doesn't tell apart become one. */
  readonly kinds: Readonly<Partial<Record<UnitKind, UnitKind>>>;
  /** `label`: a bullet's glyph stands as its label; `apart`: it is told apart; `none`: it is not printed. */
  readonly bullets: 'label' | 'apart' | 'none';
  readonly rowsJoined: boolean;
  readonly notesJoined: boolean;
  /** `all` notes stand as notes, or only those that are called; then one that nothing calls must be a paragraph. */
  readonly notes: 'all' | 'called' | 'called, others appended';
  /** Whether a label without words is told from one whose words come next. */
  readonly labelsAlone: boolean;
  /** Whether the order of calls at one place is said. */
  readonly callsInOrder: boolean;
  /** Whether notes stand in the document's order. */
  readonly notesInOrder: boolean;
  readonly mayDropInkless: boolean;
  /** Whether it says where an attachment, a table or a signature block begins. */
  readonly opens: boolean;
  /** What of the text U+FFFD may stand for. */
  readonly replaced: RegExp | null;
  /** Those that every edition of the name makes use of. */
  readonly always: readonly Normalisation[];
}

const plain: Manner = {
  kinds: {},
  bullets: 'apart',
  rowsJoined: false,
  notesJoined: false,
  notes: 'all',
  labelsAlone: true,
  callsInOrder: true,
  notesInOrder: true,
  mayDropInkless: false,
  opens: true,
  replaced: null,
  always: ['white-space'],
};

export const manners: Readonly<Record<EditionName, Manner>> = {
  json: plain,
  csv: {
    ...plain,
    bullets: 'none',
    rowsJoined: true,
    notesJoined: true,
    callsInOrder: false,
    opens: false,
    replaced: /^\p{Cs}$/u,
  },
  md: {
    ...plain,
    notes: 'called, others appended',
    replaced: /^[\0\p{Cs}]$/u,
  },
  docx: { ...plain, notes: 'called', notesInOrder: false },
  pdf: {
    ...plain,
    kinds: { title: 'heading', label: 'paragraph' },
    bullets: 'label',
    labelsAlone: false,
    notes: 'called',
    notesInOrder: false,
    mayDropInkless: true,
    always: ['white-space', 'line-end-hyphen'],
  },
};

/** Markdown without pins: titles are headings, and nothing says what a line is for. */
export const withoutPins: Manner = {
  ...manners.md,
  kinds: { title: 'heading', label: 'heading', signature: 'paragraph' },
};

/** The document as an edition of some manner must show it. */
export function expectedOf(document: Flat, manner: Manner): Flat {
  const called = calledIn(document, manner);
  const isShown = (note: FlatNote) => manner.notes === 'all' || called.has(note.key);
  const notes = document.notes.filter(isShown);
  const others = document.notes.filter((note) => !isShown(note));
  const printed = printedIn(document.body, others);
  const strays = others.filter((note) => !printed.has(note)).flatMap(asParagraphs);
  const body = [...document.body, ...strays];
  const shown = (unit: Unit): Unit[] => {
    const isUnseen = manner.mayDropInkless && !unit.label && inkOf(unit.words.join('')) === 0;
    if (!isEmpty(unit)) return [isUnseen && unit.calls.length === 0 ? { ...unit, optional: true } : unit];
    // A bullet before nothing is printed where it is a label, and perhaps elsewhere.
    return unit.bullet ? [{ ...unit, optional: manner.bullets !== 'label' }] : [];
  };
  return {
    body: opening((manner.rowsJoined ? rowsJoined(body) : body).map((unit) => [unit, shown(unit)] as const)),
    notes: manner.notesJoined
      ? notes.map(noteJoined)
      : notes.map((note) => ({
          ...note,
          units: note.units.flatMap((unit) => (unit.kind === 'note' ? [unit] : shown(unit))),
        })),
  };
}

/** What begins with a text that is not shown begins with the next one. */
function opening(texts: readonly (readonly [Unit, readonly Unit[]])[]): Unit[] {
  const all: Unit[] = [];
  let waiting: readonly Opening[] = [];
  for (const [unit, [shown]] of texts) {
    const opens = [...waiting, ...(unit.opens ?? [])];
    waiting = shown ? [] : stillOpening(opens);
    if (shown) all.push(opens.length > 0 ? { ...shown, opens } : shown);
  }
  return all;
}

/** The notes that are called, by texts or by notes that are; Markdown has a note for any call. */
function calledIn(document: Flat, { notes }: Manner): ReadonlySet<string> {
  const called = new Set<string>();
  const byKey = new Map(document.notes.map((note) => [note.key, note]));
  const waiting = document.body.flatMap((unit) => unit.calls);
  if (notes === 'called, others appended')
    waiting.push(...document.notes.flatMap((note) => note.units.flatMap((unit) => unit.calls)));
  for (let call = waiting.pop(); call; call = waiting.pop()) {
    if (call.note === null || called.has(call.note)) continue;
    called.add(call.note);
    waiting.push(...(byKey.get(call.note)?.units ?? []).flatMap((unit) => unit.calls));
  }
  return called;
}

const bare = (marker: string | null): string => (marker ?? '').replace(/[^\p{L}\p{N}*†‡§#]/gu, '');

/** The notes that a paragraph of their role prints: it says the same after the same mark. Each paragraph prints one. */
function printedIn(body: readonly Unit[], notes: readonly FlatNote[]): ReadonlySet<FlatNote> {
  const key = (unit: Unit | undefined) => `${bare(unit?.label ?? '')} ${unit?.words.join(' ') ?? ''}`;
  const paragraphs = new Map<string, number>();
  for (const unit of notes.length > 0 ? body : []) {
    if (!unit.standing?.roles?.includes('note')) continue;
    paragraphs.set(key(unit), (paragraphs.get(key(unit)) ?? 0) + 1);
  }
  const printed = new Set<FlatNote>();
  for (const note of notes) {
    const left = paragraphs.get(key(note.units[0])) ?? 0;
    if (left === 0) continue;
    paragraphs.set(key(note.units[0]), left - 1);
    printed.add(note);
  }
  return printed;
}

const asParagraphs = (note: FlatNote): Unit[] =>
  note.units.map((unit) => ({
    ...unit,
    kind: unit.kind === 'note' ? 'paragraph' : unit.kind,
    standing: undefined,
    lines: undefined,
  }));

// ------------------------------------------------------------------------------------------------ joined texts

/** A table's cells as rows: a row is named by its first cell. */
function rowsJoined(body: readonly Unit[]): Unit[] {
  const joined: Unit[] = [];
  for (const unit of body) {
    const last = joined.at(-1);
    if (unit.row === undefined) joined.push(unit);
    else if (last?.row === unit.row) joined[joined.length - 1] = appended(last, unit, ['|']);
    else joined.push({ ...unit, kind: 'row' });
  }
  return joined;
}

function noteJoined(note: FlatNote): FlatNote {
  const [first, ...rest] = note.units;
  if (!first) return note;
  let joined = first;
  for (const unit of rest) joined = appended(joined, withLabelInWords(unit), []);
  return { ...note, units: [joined] };
}

/** One text after another, with words between that neither has. */
export function appended(one: Unit, other: Unit, between: readonly string[]): Unit {
  const before = inkOf([...one.words, ...between].join(''));
  const last = Math.max(one.lines?.last ?? 0, other.lines?.last ?? 0);
  return {
    ...one,
    words: [...one.words, ...between, ...other.words],
    calls: [...one.calls, ...other.calls.map((call) => ({ ...call, at: call.at + before }))],
    // No edition that joins texts tells emphasis.
    emphasis: undefined,
    lines: one.lines && (last > 0 ? { ...one.lines, last } : one.lines),
  };
}

/** A text whose label is its first word. */
export function withLabelInWords(unit: Unit, label = unit.label ?? ''): Unit {
  const words = label.split(/\p{White_Space}+/u).filter((word) => word !== '');
  const before = inkOf(label);
  return {
    ...unit,
    label: null,
    words: [...words, ...unit.words],
    calls: unit.calls.map((call) => ({ ...call, at: call.at + before })),
    emphasis: unit.emphasis && shifted(unit.emphasis, before),
  };
}

const shifted = ({ emphasis, strong, untold }: Emphasised, by: number): Emphasised => {
  const move = (all: readonly Stretch[]) => all.map(({ from, to }) => ({ from: from + by, to: to + by }));
  return {
    ...(emphasis && { emphasis: move(emphasis) }),
    ...(strong && { strong: move(strong) }),
    ...(untold && { untold: move(untold) }),
  };
};
