/**
 * Footnotes: definitions are found first, then their calls. A call is believed only where it and a definition agree
 * in marker and order; `G20`, `CO2` and `Resolution 1244` are words. What is unsure stays text and is reported.
 */
import { diagnose, Refusal } from '../report.js';
import { trimmed, whereIs, wordsOf, type Sheet, type Stretch } from './sheet.js';

/** A note's definition as found. */
export interface Definition {
  /** As printed, without dot, brackets and tags. */
  readonly marker: string;
  /** The marker itself in the source. */
  readonly markerAt: Stretch;
  /** Everything before the note's words: marker, dot, brackets, tags. */
  readonly head: Stretch;
  /** The note's words, line by line. */
  readonly body: readonly Stretch[];
  /** The lines (indexes) that it takes. */
  readonly lines: readonly number[];
}

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

// ------------------------------------------------------------------------------------------------ definitions

interface Head {
  readonly marker: string;
  readonly markerAt: Stretch;
  readonly head: Stretch;
  /** Its form leaves no doubt: `[^1]:`, `<sup>1</sup>`, `¹`. */
  readonly explicit: boolean;
  /** `[1]`, `\[1\]`. */
  readonly bracketed: boolean;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A run of superior figures as plain digits. */
const plainDigits = (marker: string): string =>
  [...marker].map((one) => (superscripts.includes(one) ? String(superscripts.indexOf(one)) : one)).join('');

const tag = '(?:<[^<>]{1,200}>[\\s\\u00a0]*)';
const headPatterns: readonly {
  readonly pattern: RegExp;
  readonly explicit: boolean;
  readonly bracketed: boolean;
}[] = [
  { pattern: /^(\[\^)(\w{1,8})(\]:)/, explicit: true, bracketed: false },
  {
    pattern: new RegExp(
      `^(${tag}*<(?:sup|a)\\b[^<>]{0,200}>[\\s\\u00a0]*(?:${tag})*[\\\\[(]{0,2})(\\d{1,3}|\\*{1,3}|[a-z])([\\\\\\])]{0,2}[\\s\\u00a0]*(?:</[^<>]{1,20}>[\\s\\u00a0]*)+\\.?)`,
      'i',
    ),
    explicit: true,
    bracketed: false,
  },
  { pattern: new RegExp(`^()([${superscripts}]{1,3})([.)]?)`), explicit: true, bracketed: false },
  { pattern: /^(\\?\[)(\d{1,3}|\*{1,3}|[a-z])(\\?\])(?!\()/, explicit: false, bracketed: true },
  { pattern: /^(\[\\?[[(]?)(\d{1,3})([\])]?\]\(#[^()\s]{0,60}\)\.?)/, explicit: true, bracketed: false },
  {
    pattern: /^((?:[*-][\s\u00a0]+)?\(?)(\d{1,3})(\\?[.)]{0,2}(?=[\s\u00a0]|$))/,
    explicit: false,
    bracketed: false,
  },
  { pattern: /^(\(?)(\\?\*{1,3})(\)?)(?=[\s\u00a0(\p{L}])/u, explicit: false, bracketed: false },
  { pattern: /^(\()([a-z]|[أ-ي])(\))(?=[\s\u00a0])/u, explicit: false, bracketed: false },
];

/** In a Markdown text a star without a backslash is emphasis. */
const isEmphasis = (sheet: Sheet, printed: string): boolean =>
  sheet.layout.markdown && printed.startsWith('*');

/** The head of a note that a person stated. */
function statedHead(start: number, printed: string): Head {
  const marker = printed.replace(/^[[(]|[\])]?\.?$/g, '');
  const at = start + printed.indexOf(marker);
  return {
    marker: plainDigits(marker),
    markerAt: { start: at, end: at + marker.length },
    head: { start, end: start + printed.length },
    explicit: true,
    bracketed: false,
  };
}

function headAt(sheet: Sheet, index: number): Head | null {
  const line = sheet.lines[index];
  const stated = sheet.overrules.notes.get(index);
  if (!line || stated === null) return null;
  if (stated !== undefined) return statedHead(line.start, stated);
  const words = sheet.text.slice(line.start, Math.min(line.end, line.start + 300));
  for (const { pattern, explicit, bracketed } of headPatterns) {
    const match = pattern.exec(words);
    if (!match) continue;
    const [whole, before = '', printed = ''] = match;
    if (isEmphasis(sheet, printed)) continue;
    const at = line.start + before.length + (printed.startsWith('\\') ? 1 : 0);
    const markerAt = { start: at, end: line.start + before.length + printed.length };
    return {
      marker: plainDigits(printed.replace('\\', '')),
      markerAt,
      head: { start: line.start, end: line.start + whole.length },
      explicit,
      bracketed,
    };
  }
  return null;
}

/** A run of lines in which notes stand: after a rule, at a page's foot, at the end of the text. */
interface Zone {
  /** Indexes of its lines. */
  readonly lines: readonly number[];
  /** A rule stands before it, so that even a bare number is a marker. */
  readonly ruled: boolean;
}

function zonesOf(sheet: Sheet): Zone[] {
  const zones: Zone[] = [];
  const taken = new Set<number>();
  for (const [index, reason] of [...sheet.furniture].sort((one, other) => one[0] - other[0])) {
    if (reason !== 'rule' || taken.has(index)) continue;
    const lines: number[] = [];
    for (let next = index + 1; next < sheet.lines.length; next++) {
      const line = sheet.lines[next];
      if (!line || (line.pageBefore && next > index + 1)) break;
      if (lines.length > 0 && endsZone(sheet, lines[0] ?? next, next)) break;
      const furniture = sheet.furniture.get(next);
      if (furniture === 'rule') break;
      if (furniture === undefined) lines.push(next);
    }
    const [first] = lines;
    if (first === undefined || !headAt(sheet, first)) continue;
    for (const line of lines) taken.add(line);
    zones.push({ lines, ruled: true });
  }
  for (const [index, stated] of sheet.overrules.notes) {
    if (stated === null || taken.has(index)) continue;
    const lines = [index];
    for (let next = index + 1; next < sheet.lines.length; next++) {
      const line = sheet.lines[next];
      if (!line || line.emptyBefore > 0 || sheet.furniture.has(next) || sheet.overrules.notes.has(next))
        break;
      lines.push(next);
    }
    for (const line of lines) taken.add(line);
    zones.push({ lines, ruled: true });
  }
  const end = endZone(sheet, taken);
  if (end) zones.push(end);
  return zones.sort((one, other) => (one.lines[0] ?? 0) - (other.lines[0] ?? 0));
}

/** Behind an empty line a block that is neither a definition nor the rest of one is text again. */
function endsZone(sheet: Sheet, first: number, index: number): boolean {
  const line = sheet.lines[index];
  const start = sheet.lines[first];
  if (!line || !start || line.emptyBefore === 0 || sheet.furniture.has(index)) return false;
  if (headAt(sheet, index) !== null || line.indent > start.indent + 1) return false;
  return !/^["“«(]?\p{Ll}/u.test(sheet.text.slice(line.start, line.start + 4));
}

/** The form of a marker, its number left out: markers of one series share it. */
const shapeOf = (sheet: Sheet, head: Head): string =>
  sheet.text.slice(head.head.start, head.head.end).replace(/\d+/g, '#').trim();

/** The stanzas at the end of the text that begin with a marker each, the first marker the least. */
function endZone(sheet: Sheet, taken: ReadonlySet<number>): Zone | null {
  let from = -1;
  let least = Infinity;
  let shape = '';
  for (let index = sheet.lines.length - 1; index >= 0; index--) {
    if (sheet.furniture.has(index)) continue;
    if (taken.has(index)) break;
    const line = sheet.lines[index];
    if (!line) break;
    const begins = line.emptyBefore > 0 || line.pageBefore || sheet.furniture.has(index - 1);
    const head = headAt(sheet, index);
    const value = head === null ? NaN : Number(head.marker);
    // A bare number at a line's start is a marker only where a block begins, or behind the end of a sentence.
    const placed =
      head === null || head.explicit || head.bracketed || begins || endsSentenceBefore(sheet, index);
    // Upwards, the markers go down by one: what breaks the series is the text.
    const fits =
      head !== null &&
      placed &&
      (shape === '' || shapeOf(sheet, head) === shape) &&
      (Number.isNaN(value) || least === Infinity || value === least - 1);
    if (fits) {
      from = index;
      shape = shapeOf(sheet, head);
      if (!Number.isNaN(value)) least = value;
    } else if (begins || (head !== null && placed)) break;
  }
  if (from < 0) return null;
  const lines: number[] = [];
  for (let index = from; index < sheet.lines.length; index++)
    if (!sheet.furniture.has(index)) lines.push(index);
  return { lines, ruled: false };
}

function endsSentenceBefore(sheet: Sheet, index: number): boolean {
  const previous = sheet.lines[index - 1];
  return (
    previous !== undefined &&
    /[.!?;:]["”’»)\]]*$/u.test(sheet.text.slice(Math.max(previous.start, previous.end - 4), previous.end))
  );
}

/** A definition in a zone that may not be one of notes. */
type Candidate = Definition & { readonly explicit: boolean; readonly bracketed: boolean };

/** Splits a zone at its markers. Lines before the first marker are none of its notes. */
function definitionsOf(sheet: Sheet, zone: Zone): Candidate[] {
  const found: { head: Head; lines: number[] }[] = [];
  for (const index of zone.lines) {
    const head = headAt(sheet, index);
    const current = found.at(-1);
    if (head && (current === undefined || follows(sheet, head, current.head, index)))
      found.push({ head, lines: [index] });
    else current?.lines.push(index);
  }
  return found.map(({ head, lines }) => ({
    marker: head.marker,
    markerAt: head.markerAt,
    head: head.head,
    body: lines
      .map((index, at) => {
        const line = sheet.lines[index];
        if (!line) return { start: 0, end: 0 };
        return trimmed(sheet.text, at === 0 ? head.head.end : line.start, line.end);
      })
      .filter((stretch) => stretch.start < stretch.end),
    lines,
    explicit: head.explicit,
    bracketed: head.bracketed,
  }));
}

/** Whether a marker begins the next note rather than a line of the present one. */
function follows(sheet: Sheet, head: Head, previous: Head, index: number): boolean {
  if (head.explicit) return true;
  const value = Number(head.marker);
  const before = Number(previous.marker);
  // A note's own (a), (b) … are no further notes; nor is a line that only begins with a number.
  if (Number.isNaN(value) !== Number.isNaN(before)) return false;
  if (Number.isNaN(value)) return head.bracketed || head.marker !== previous.marker;
  if (value === before + 1) return true;
  const line = sheet.lines[index];
  return head.bracketed || (value > before && value <= before + 3 && (line?.emptyBefore ?? 0) > 0);
}

// ------------------------------------------------------------------------------------------------ calls

/** How plainly a call shows itself, the plainest last. */
type Plainness = 'spaced' | 'round' | 'glued' | 'square' | 'explicit';

interface Possible {
  readonly start: number;
  readonly end: number;
  readonly markerAt: Stretch;
  readonly marker: string;
  readonly plainness: Plainness;
  /** Among spaced ones: how likely. */
  readonly score: number;
}

/** Words that a number of their own may be glued to: never a call. */
const numberedWords =
  /(?:^|[^\p{L}])(?:art(?:icle|ikel)?|annex|appendix|chapter|phase|para(?:graph)?|section|figure|fig|table|no|nr|resolution|vol(?:ume)?|part|step|type|group|level|pillar|track|protocol|stage|page|line|item|rule|note|option|goal|target|round|tier|class|category|version|model|unit|zone|day|week|year|box|chart|map|sheet|file|form|version|covid|mach|gate|route|flight|boeing|airbus|windows|agenda|title|book|act|schedule|clause|point|list|scenario|test|room|hall|site|reactor|block|lot|sector|area|district|region|route|exhibit|document|doc|tab|slide|vision|horizon)$/iu;

const callPatterns: readonly { readonly pattern: RegExp; readonly plainness: Plainness }[] = [
  { pattern: /(\[\^)(\w{1,8})(\])(?!:)/g, plainness: 'explicit' },
  {
    pattern:
      /(<a\b[^<>]{0,200}>[\s\u00a0]*(?:<sup>)?\\?[[(]?)(\d{1,3}|\*{1,3}|[a-z])(\\?[\])]?(?:<\/sup>)?[\s\u00a0]*<\/a>)/gi,
    plainness: 'explicit',
  },
  {
    pattern:
      /(<sup>[\s\u00a0]*(?:<[^<>]{1,200}>)?\\?[[(]?)(\d{1,3}|\\?\*{1,3}|[a-z])(\\?[\])]?(?:<\/a>)?[\s\u00a0]*<\/sup>)/gi,
    plainness: 'explicit',
  },
  { pattern: /(\[\\?[[(])(\d{1,3}|\*{1,3}|[a-z])(\\?[\])]\]\(#[^()\s]{0,60}\))/g, plainness: 'explicit' },
  { pattern: /(\[)(\d{1,3})(\]\(#[^()\s]{0,60}\))/g, plainness: 'explicit' },
  { pattern: new RegExp(`()([${superscripts}]{1,3})()`, 'g'), plainness: 'explicit' },
  { pattern: /(\\?\[)(\d{1,3}|\*{1,3}|[a-z])(\\?\])(?![(\p{L}])/gu, plainness: 'square' },
  {
    pattern: /(?<=[\p{Ll}\p{Lu}][.,;:!?”"’»)]{0,2})()(\d{1,3})()(?![\p{L}\d%°]|[.,:/-]\d)/gu,
    plainness: 'glued',
  },
  { pattern: /(?<=[\p{L}.,;:!?”"’»)])()(\\?\*{1,3})()(?![\p{L}\d*])/gu, plainness: 'glued' },
  {
    pattern: /(?<=[\p{L}.,;:!?”"’»][\s\u00a0]?)(\()(\d{1,3}|\*{1,3}|[a-z]|[أ-ي])(\))(?![\p{L}\d])/gu,
    plainness: 'round',
  },
  { pattern: /(?<=[\p{L}\p{N}.,;:!?”"’»)][\s\u00a0])()(\d{1,3})()(?=[\s\u00a0]|$)/gu, plainness: 'spaced' },
];

/** Which units of a line are taken. */
class Taken {
  readonly #start: number;
  readonly #units: Uint8Array;
  constructor(start: number, end: number) {
    this.#start = start;
    this.#units = new Uint8Array(end - start);
  }
  isFree(start: number, end: number): boolean {
    return !this.#units.subarray(start - this.#start, end - this.#start).includes(1);
  }
  take(start: number, end: number): void {
    this.#units.fill(1, start - this.#start, end - this.#start);
  }
}

/** What may be a call among the words of one line. */
function possibleCalls(sheet: Sheet, index: number, wanted: ReadonlySet<string>): Possible[] {
  const line = sheet.lines[index];
  if (!line) return [];
  const words = wordsOf(sheet, line);
  const found: Possible[] = [];
  const spans = new Taken(line.start, line.end);
  for (const { pattern, plainness } of callPatterns) {
    pattern.lastIndex = 0;
    for (const match of words.matchAll(pattern)) {
      const [whole, before = '', printed = ''] = match;
      const marker = plainDigits(printed.replace('\\', ''));
      if (!wanted.has(marker) || isEmphasis(sheet, printed)) continue;
      const start = line.start + match.index;
      if (sheet.overrules.notCalls.some((no) => start < no.end && no.start < start + whole.length)) continue;
      if (!spans.isFree(start, start + whole.length)) continue;
      const ahead = words.slice(Math.max(0, match.index - 30), match.index);
      // 40 m², 3 km²: a power of a unit.
      if (/^[²³]/.test(printed) && /\d[\s\u00a0]?(?:[kcdmµ]?m|ft|in|yd|mi|ha)$/u.test(ahead)) continue;
      if (plainness === 'glued' && !isGlued(ahead, marker)) continue;
      const markerStart = start + before.length + (printed.startsWith('\\') ? 1 : 0);
      const possible = {
        start,
        end: start + whole.length,
        markerAt: { start: markerStart, end: start + before.length + printed.length },
        marker,
        plainness,
        score: plainness === 'spaced' ? spacedScore(ahead, words.slice(match.index + whole.length)) : 0,
      };
      if (plainness === 'spaced' && possible.score === 0) continue;
      found.push(possible);
      spans.take(possible.start, possible.end);
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

/** `Macedonia1` and `declaration.1` are calls; `G20`, `CO2`, `H1N1`, `Article5` are words. */
function isGlued(ahead: string, marker: string): boolean {
  if (marker.startsWith('*')) return true;
  const word = /([\p{L}\p{N}+'’-]+)[.,;:!?”"’»)]{0,2}$/u.exec(ahead)?.[1] ?? '';
  if (/\p{N}/u.test(word) || numberedWords.test(word)) return false;
  const letters = word.replace(/[^\p{L}]/gu, '');
  if (letters.length < 3) return false;
  return /\p{Ll}$/u.test(letters) || (letters.length >= 6 && /^\p{Lu}+$/u.test(letters));
}

const unitWords =
  /^[\s\u00a0]*(?:million|billion|thousand|hundred|per\b|percent|%|years?|months?|days?|hours?|minutes?|weeks?|times|km|kg|m\b|to \d|and \d|of \d|or \d|o['’]clock|january|february|march|april|may\b|june|july|august|september|october|november|december|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|\(|[-–—]\s?\d|(?:countries|states|members|nations|people|persons|women|men|children|delegations|parties|articles|paragraphs)\b)/i;
const countedWords =
  /(?:\b(?:paragraphs?|paras?|articles?|art|annex|chapter|section|resolutions?|no|nos|nr|and|or|of|the|over|least|about|than|to|by|between|in|on|at|from|for|with|all|under|rule|rules|item|items|part|parts|goal|goals|page|pages|step|phase|january|february|march|april|may|june|july|august|september|october|november|december)\.?|[-–—/])[\s\u00a0]$/i;

/** How likely a number between spaces is a call: after punctuation likely, before a unit or after "paragraph" not. */
function spacedScore(ahead: string, behind: string): number {
  if (unitWords.test(behind) || /^[\s\u00a0]*\d/.test(behind)) return 0;
  if (/[.,;:!?”"’»)][\s\u00a0]$/.test(ahead)) return 3;
  // “Goals 6 and”: the word is one that takes a number, but plural and followed by a lower-case word.
  if (countedWords.test(ahead)) return /\bgoals[\s\u00a0]$/i.test(ahead) ? 1 : 0;
  if (/\d[\s\u00a0]$/.test(ahead)) return /^[\s\u00a0]+\p{Ll}/u.test(behind) ? 1 : 0;
  return /^(?:[\s\u00a0]+\p{Ll}|[\s\u00a0]*$)/u.test(behind) ? 2 : 0;
}

// ------------------------------------------------------------------------------------------------ the two together

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
  let textFrom = 0;
  for (const [order, zone] of zones.entries()) {
    const candidates = definitionsOf(sheet, zone);
    if (candidates.length === 0) continue;
    const first = zone.lines[0] ?? 0;
    // A page's notes belong to that page; a title may call a note that stands anywhere below it.
    const from = zone.ruled && order > 0 ? textFrom : 0;
    const to = zone.ruled && zone !== zones.at(-1) ? first : sheet.lines.length;
    const possible: Possible[] = [];
    const wanted = new Set(candidates.map((one) => one.marker));
    for (let index = from; index < to; index++)
      if (!sheet.furniture.has(index) && !claimed.has(index))
        possible.push(...possibleCalls(sheet, index, wanted));
    const chosen = chooseCalls(candidates, possible);
    if (!isNoteZone(zone, candidates, chosen)) {
      for (const line of zone.lines) claimed.delete(line);
      textFrom = first;
      continue;
    }
    for (const [at, definition] of candidates.entries()) {
      const number = definitions.push(definition) - 1;
      for (const call of chosen[at] ?? [])
        calls.push({ start: call.start, end: call.end, markerAt: call.markerAt, definition: number });
      if ((chosen[at] ?? []).length === 0) reportUncalled(sheet, definition, possible);
    }
    textFrom = (zone.lines.at(-1) ?? 0) + 1;
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
  reportUndefined(sheet, definitions, calls, claimed);
  return { definitions, calls };
}

/**
 * Whether a zone is one of notes. Plain markers must be called, every one of them (behind a rule: some); of bracketed
 * ones half; an explicit one is a note by itself.
 */
function isNoteZone(
  zone: Zone,
  candidates: readonly Candidate[],
  chosen: readonly (readonly Possible[])[],
): boolean {
  if (candidates.some(({ explicit }) => explicit)) return true;
  const called = candidates.filter((_, at) => (chosen[at] ?? []).length > 0).length;
  if (zone.ruled) return called > 0 || candidates.every(({ bracketed }) => bracketed);
  const plainly = candidates.filter((_, at) =>
    (chosen[at] ?? []).some((call) => strength[call.plainness] >= strength.glued),
  ).length;
  return candidates.every(({ bracketed }) => bracketed)
    ? plainly >= candidates.length / 2
    : plainly === candidates.length;
}

/** For each definition its calls: the plainest ones with its marker; doubtful ones only in order and alone. */
function chooseCalls(candidates: readonly Definition[], possible: readonly Possible[]): Possible[][] {
  const byMarker = new Map<string, Possible[]>();
  for (const one of possible) {
    const list = byMarker.get(one.marker);
    if (list) list.push(one);
    else byMarker.set(one.marker, [one]);
  }
  const chosen: Possible[][] = [];
  let position = -1;
  for (const { marker } of candidates) {
    const same = byMarker.get(marker) ?? [];
    const plainest = same.reduce((most, one) => Math.max(most, strength[one.plainness]), -1);
    const best = same.filter((one) => strength[one.plainness] === plainest);
    let mine: Possible[] = [];
    if (plainest >= strength.glued) mine = best;
    else if (best.length > 0) {
      const after = best.filter((one) => one.start > position);
      const top = after.reduce((most, one) => Math.max(most, one.score), 0);
      const likely = after.filter((one) => one.score === top);
      if (likely.length === 1) mine = likely;
    }
    chosen.push(mine);
    position = mine.at(-1)?.start ?? position;
  }
  return chosen;
}

function reportUncalled(sheet: Sheet, definition: Definition, possible: readonly Possible[]): void {
  const places = possible.filter((one) => one.marker === definition.marker);
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
function reportUndefined(
  sheet: Sheet,
  definitions: readonly Definition[],
  calls: readonly Call[],
  claimed: ReadonlySet<number>,
): void {
  const starts = new Set(calls.map((call) => call.start));
  const pattern = new RegExp(
    `(?<=\\p{L}[.,;:!?”"’»)]?)[${superscripts}]{1,3}|\\[\\^\\w{1,8}\\](?!:)|(?<=[\\p{L}.,;:”"’»)])\\\\?\\[\\d{1,3}\\\\?\\]`,
    'gu',
  );
  for (const [index, line] of sheet.lines.entries()) {
    if (sheet.furniture.has(index) || claimed.has(index)) continue;
    for (const match of wordsOf(sheet, line).matchAll(pattern)) {
      const start = line.start + match.index;
      if (starts.has(start)) continue;
      const unit = /[\p{L}](?:m|km|cm|ft)$/u.test(sheet.text.slice(start - 3, start));
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
  void definitions;
}
