/**
 * Footnotes: definitions are found first, then their calls. A call is believed only where it and a definition agree
 * in marker and order; `G20`, `CO2` and `Resolution 1244` are words. What is unsure stays text and is reported.
 */
import { diagnose, Refusal } from '../report.js';
import { possibleCalls, type Plainness, type Possible } from './notes/calls.js';
import { definitionsOf, type Candidate, type Definition } from './notes/definitions.js';
import { plainDigits, superscripts } from './notes/markers.js';
import { announcesNotes, zonesOf, type Zone } from './notes/zones.js';
import { once } from './once.js';
import { whereIs, wordsOf, type Sheet, type Stretch } from './sheet.js';

export type { Definition } from './notes/definitions.js';

/** A call as found: `<sup>[1]</sup>` from `start` to `end`, its marker within. */
export interface Call {
  readonly start: number;
  readonly end: number;
  readonly markerAt: Stretch;
  /** Index of its definition. */
  readonly definition: number;
}

export interface Notes {
  readonly definitions: readonly Definition[];
  /** In source order. */
  readonly calls: readonly Call[];
}

const strength: Readonly<Record<Plainness, number>> = {
  spaced: 0,
  round: 1,
  glued: 2,
  square: 3,
  explicit: 4,
};

/** Finds the notes of the text and their calls, and reports what can't be attached. */
export function findNotes(sheet: Sheet): Notes {
  const definitions: Definition[] = [];
  const calls: Call[] = [];
  const zones = zonesOf(sheet);
  const claimed = new Set(zones.flatMap((zone) => zone.lines));
  const anywhere = new CallsAnywhere(sheet, zones);
  const used = new Set<number>();
  let textFrom = 0;
  for (const [order, zone] of zones.entries()) {
    // A note needs words.
    let candidates = definitionsOf(sheet, zone).filter(({ body }) => body.length > 0);
    if (candidates.length === 0) continue;
    const first = zone.lines[0] ?? 0;
    // A page's notes belong to that page; a title may call a note that stands anywhere below it.
    const paged = zone.ruled || zone.foot === true;
    const from = paged && order > 0 ? textFrom : 0;
    const to = zone.foot || (zone.ruled && zone !== zones.at(-1)) ? first : sheet.lines.length;
    const wanted = new Set(candidates.flatMap(keysOf));
    const possible =
      from === 0 && to === sheet.lines.length
        ? anywhere.of(wanted, claimed)
        : callsIn(sheet, from, to, wanted, claimed);
    // One call has one note.
    const places = byMarkerOf(possible.filter(({ start }) => !used.has(start)));
    let chosen = chooseCalls(candidates, places, paged);
    // Beside notes whose form leaves no doubt a bare number that nothing calls is a paragraph's.
    if (candidates.some(({ explicit }) => explicit)) {
      const kept = candidates.filter(
        ({ explicit, bracketed }, at) => explicit || bracketed || (chosen[at] ?? []).length > 0,
      );
      if (kept.length < candidates.length) {
        for (const { lines } of candidates.filter((one) => !kept.includes(one)))
          for (const line of lines) claimed.delete(line);
        candidates = kept;
        chosen = chooseCalls(candidates, places, paged);
      }
    }
    if (!isNoteZone(zone, candidates, chosen)) {
      for (const line of zone.lines) claimed.delete(line);
      if (paged) textFrom = first;
      continue;
    }
    setHeadAside(sheet, first, claimed);
    for (const [at, definition] of candidates.entries()) {
      const number = definitions.push(definition) - 1;
      for (const call of chosen[at] ?? []) {
        used.add(call.start);
        reportMisprinted(sheet, call, definition);
        calls.push({ start: call.start, end: call.end, markerAt: call.markerAt, definition: number });
      }
      if ((chosen[at] ?? []).length === 0)
        reportUncalled(sheet, definition, places.get(definition.marker) ?? []);
    }
    if (zone.scattered !== true) textFrom = (zone.lines.at(-1) ?? 0) + 1;
  }
  for (const call of sheet.overrules.calls) {
    const definition = definitions.findIndex(
      (one) => one.marker === plainDigits(call.marker.replace(/[[\]()]/g, '')),
    );
    if (definition < 0)
      throw new Refusal(
        diagnose(
          'sidecar-unmatched',
          `“calls” names the mark “${call.marker}”, but there is no note with it.`,
          whereIs(sheet, call),
        ),
      );
    if (!calls.some((one) => one.start < call.end && call.start < one.end))
      calls.push({ start: call.start, end: call.end, markerAt: call, definition });
  }
  calls.sort((one, other) => one.start - other.start);
  reportUndefined(sheet, calls, claimed);
  return { definitions, calls };
}

/** What may be calls of some markers on the lines from `from` to `to`, but for those that notes take. */
function callsIn(
  sheet: Sheet,
  from: number,
  to: number,
  wanted: ReadonlySet<string>,
  claimed: ReadonlySet<number>,
): Possible[] {
  const possible: Possible[] = [];
  for (let index = from; index < to; index++)
    if (!sheet.furniture.has(index) && !claimed.has(index))
      for (const one of possibleCalls(sheet, index, wanted)) possible.push(one);
  return possible;
}

/** By what a note may be called: its marker, and the name that a link has for it. */
const keysOf = ({ marker, anchor }: Candidate): string[] =>
  anchor === undefined ? [marker] : [marker, anchor];

function byMarkerOf(possible: readonly Possible[]): Map<string, Possible[]> {
  const byMarker = new Map<string, Possible[]>();
  for (const one of possible) {
    const list = byMarker.get(one.marker);
    if (list) list.push(one);
    else byMarker.set(one.marker, [one]);
  }
  return byMarker;
}

/** What may be calls anywhere in the text, found once for all zones that may be called from anywhere. */
class CallsAnywhere {
  readonly #sheet: Sheet;
  readonly #zones: readonly Zone[];
  #byMarker: Map<string, Possible[]> | null = null;

  constructor(sheet: Sheet, zones: readonly Zone[]) {
    this.#sheet = sheet;
    this.#zones = zones;
  }

  /** Those of some markers, in source order, but for those on lines that notes take. */
  of(wanted: ReadonlySet<string>, claimed: ReadonlySet<number>): Possible[] {
    this.#byMarker ??= this.#find();
    const found: Possible[] = [];
    for (const marker of wanted)
      for (const one of this.#byMarker.get(marker) ?? []) if (!claimed.has(one.line)) found.push(one);
    return found.sort((one, other) => one.start - other.start);
  }

  #find(): Map<string, Possible[]> {
    const markers = this.#zones.flatMap((zone) => definitionsOf(this.#sheet, zone).flatMap(keysOf));
    const { length } = this.#sheet.lines;
    return byMarkerOf(callsIn(this.#sheet, 0, length, new Set(markers), new Set()));
  }
}

/**
 * `Notes:` on a line of its own above the notes announces what stands elsewhere now.
 * @param claimed the lines that notes take: a note above may have taken it for its own
 */
function setHeadAside(sheet: Sheet, first: number, claimed: ReadonlySet<number>): void {
  let above = first - 1;
  while (sheet.furniture.get(above) === 'rule') above--;
  const line = sheet.lines[above];
  if (!line || sheet.furniture.has(above) || claimed.has(above)) return;
  if (announcesNotes(sheet, line)) sheet.furniture.set(above, 'head of the notes');
}

/**
 * Whether a zone is one of notes. Plain markers must be called, every one of them (behind a rule, or at a page's foot: half);
 * of bracketed ones half; an explicit one is a note by itself.
 */
function isNoteZone(
  zone: Zone,
  candidates: readonly Candidate[],
  chosen: readonly (readonly Possible[])[],
): boolean {
  if (candidates.some(({ explicit }) => explicit)) return true;
  const called = candidates.filter((_, at) => (chosen[at] ?? []).length > 0).length;
  if (zone.enclosed === true && candidates.every(({ bare }) => bare)) return true;
  if (zone.foot) return called === candidates.length || isMostlyGlued(candidates, chosen);
  if (zone.ruled && candidates.every(({ bracketed }) => bracketed)) return true;
  // Behind a rule a text's own numbered paragraphs may stand, too: most must be called.
  if (zone.ruled) return called >= candidates.length / 2;
  const plainly = candidates.filter(({ round }, at) =>
    (chosen[at] ?? []).some((call) => strength[call.plainness] >= (round ? strength.round : strength.glued)),
  ).length;
  if (candidates.every(({ bracketed }) => bracketed)) return plainly >= candidates.length / 2;
  // A digit that a space parts from its word is believed among others that are glued to theirs.
  return called === candidates.length && plainly >= candidates.length / 2;
}

/** Whether at least half of some notes are called by what can hardly be but a call. */
const isMostlyGlued = (candidates: readonly Candidate[], chosen: readonly (readonly Possible[])[]): boolean =>
  candidates.filter((_, at) => (chosen[at] ?? []).some((call) => strength[call.plainness] >= strength.glued))
    .length >=
  candidates.length / 2;

/**
 * A number that stands twice among the notes: as many calls as notes go to them one by one, else all to the first.
 */
function ownCalls(calls: readonly Possible[], order: number, times: number): readonly Possible[] {
  if (times === 1) return calls;
  if (calls.length === times) return calls.slice(order, order + 1);
  return order === 0 ? calls : [];
}

/** For each definition its calls: the plainest ones with its marker; doubtful ones only in order and alone. */
function chooseCalls(
  candidates: readonly Candidate[],
  byMarker: ReadonlyMap<string, readonly Possible[]>,
  paged: boolean,
): Possible[][] {
  const times = new Map<string, number>();
  for (const { marker } of candidates) times.set(marker, (times.get(marker) ?? 0) + 1);
  const misprinted = misprintedCalls(times, byMarker);
  const chosen: Possible[][] = [];
  const given = new Map<string, number>();
  let position = -1;
  for (const { marker, anchor } of candidates) {
    const linked = byMarker.get(anchor ?? '');
    if (linked) {
      chosen.push([...linked]);
      position = linked[0]?.start ?? position;
      continue;
    }
    const order = given.get(marker) ?? 0;
    given.set(marker, order + 1);
    const printed = (byMarker.get(marker) ?? misprinted.get(marker) ?? []).filter(
      ({ means }) => means === undefined || means === marker || !misprinted.has(means),
    );
    const same = ownCalls(printed, order, times.get(marker) ?? 1);
    const plainest = same.reduce((most, one) => Math.max(most, strength[one.plainness]), -1);
    const best = same.filter((one) => strength[one.plainness] === plainest);
    let mine: Possible[] = [];
    // On the page of its note a digit at a clause's and line's end calls again, though a space stands before it.
    if (plainest >= strength.glued)
      mine = paged ? same.filter((one) => best.includes(one) || one.closes) : best;
    else if (best.length > 0) {
      const after = best.filter((one) => one.start > position);
      const top = after.reduce((most, one) => Math.max(most, one.score), 0);
      const likely = after.filter((one) => one.score === top);
      if (likely.length === 1) mine = likely;
    }
    chosen.push(mine);
    position = mine[0]?.start ?? position;
  }
  return chosen;
}

/** Links that print a number for the second time and mean a note whose number no call prints, by what they mean. */
function misprintedCalls(
  wanted: ReadonlyMap<string, number>,
  byMarker: ReadonlyMap<string, readonly Possible[]>,
): Map<string, Possible[]> {
  const misprinted = new Map<string, Possible[]>();
  for (const calls of byMarker.values())
    for (const call of calls.length > 1 ? calls : [])
      if (call.means !== undefined && wanted.has(call.means) && !byMarker.has(call.means))
        misprinted.set(call.means, [call]);
  return misprinted;
}

/** A link that prints another number than that of the note to which it leads. */
function reportMisprinted(sheet: Sheet, call: Possible, { marker }: Definition): void {
  const printed = sheet.text.slice(call.markerAt.start, call.markerAt.end);
  if (call.means === undefined || plainDigits(printed) === marker) return;
  sheet.diagnostics.push(
    diagnose(
      'call-misnumbered',
      `The call “${printed}” leads to note ${marker}; its number stays as printed.`,
      whereIs(sheet, call),
    ),
  );
}

function reportUncalled(sheet: Sheet, definition: Definition, places: readonly Possible[]): void {
  sheet.diagnostics.push(
    places.length > 1
      ? diagnose(
          'call-ambiguous',
          `Note ${definition.marker} could be called at any of ${places.length} places (${places
            .slice(0, 4)
            .map((one) => `line ${whereIs(sheet, one).line}`)
            .join(', ')}); it was attached to none.`,
          whereIs(sheet, definition.markerAt),
        )
      : diagnose(
          'note-without-call',
          `Nothing calls note ${definition.marker}.`,
          whereIs(sheet, definition.markerAt),
        ),
  );
}

/** Marks that can only be calls but have no definition: they stay text. */
function reportUndefined(sheet: Sheet, calls: readonly Call[], claimed: ReadonlySet<number>): void {
  // A bracket within a link or tag stands before its number.
  const starts = new Set(
    calls.flatMap(({ start, markerAt }) => [start, markerAt.start - 1, markerAt.start - 2]),
  );
  const sign = new RegExp(`[${superscripts}[]`);
  const pattern = once(
    () =>
      new RegExp(
        `(?<=\\p{L}[.,;:!?”"’»)]?)[${superscripts}]{1,3}|\\[\\^\\w{1,8}\\](?!:)|(?<=[\\p{L}.,;:”"’»)>])\\\\?\\[\\d{1,3}\\\\?\\]`,
        'gu',
      ),
  );
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index) || claimed.has(index)) continue;
    const words = wordsOf(sheet, line);
    if (!sign.test(words)) continue;
    for (const match of words.matchAll(pattern())) {
      const start = line.start + match.index;
      if (starts.has(start)) continue;
      const unit = /(?:\p{L}|\d[\s\u00a0]?)(?:[kcdmµ]?m|ft|in|ha)$/u.test(
        sheet.text.slice(Math.max(0, start - 6), start),
      );
      if (unit) continue;
      sheet.diagnostics.push(
        diagnose(
          'call-without-note',
          `“${match[0]}” looks like the call of a footnote, but no such note was found; it stays in the text.`,
          whereIs(sheet, { start, end: start + match[0].length }),
        ),
      );
    }
  }
}
