/** Open lists, and those that mark-up states: what nests in what is no guess there. */
import type { Family, Reading } from './labels.js';
import type { Sheet } from './sheet.js';
import type { Trial } from './trials.js';

export interface OpenList {
  readonly id: number;
  readonly family: Family;
  readonly form: string;
  readonly indent: number;
  readonly depth: number;
  readonly inside: number | null;
  value: number;
  /** The line of the list's last label. */
  line: number;
}

export interface Continued {
  readonly list: OpenList;
  readonly reading: Reading;
}

/** The lists that mark-up states (`Overrules.lists`): their numbers never go on in another list. */
export class StatedLists {
  readonly #sheet: Sheet;
  readonly #open: OpenList[];
  readonly #lists = new Map<number, OpenList>();
  readonly #nested = new Set<OpenList>();

  constructor(sheet: Sheet, open: OpenList[]) {
    this.#sheet = sheet;
    this.#open = open;
  }

  /** The open list that a label is stated to stand in. Closes the nested ones that it does not stand in. */
  continued(trial: Trial): Continued | null {
    const place = this.#sheet.overrules.lists.get(trial.line);
    const [reading] = trial.candidate.readings;
    if (!place || !reading) return null;
    const list = this.#lists.get(place.list);
    if (list && this.#open.includes(list)) return { list, reading };
    const parent = this.#lists.get(place.inside ?? -1);
    const from = parent
      ? this.#open.indexOf(parent) + 1
      : this.#open.findIndex((one) => this.#nested.has(one));
    if (from >= 0) this.#open.splice(from);
    return null;
  }

  /** A list that is stated to stand in another's item, or null. */
  opened(trial: Trial, reading: Reading, id: number): OpenList | null {
    const inside = this.#sheet.overrules.lists.get(trial.line)?.inside ?? null;
    const parent = inside === null ? undefined : this.#lists.get(inside);
    if (!parent) return null;
    const { family, form, value } = reading;
    const { indent, line } = trial;
    const list = { id, family, form, indent, depth: parent.depth + 1, inside: parent.id, value, line };
    this.#open.push(list);
    this.#nested.add(list);
    return list;
  }

  isNested(trial: Trial): boolean {
    const inside = this.#sheet.overrules.lists.get(trial.line)?.inside ?? null;
    return inside !== null && this.#lists.has(inside);
  }

  note(trial: Trial, list: OpenList): void {
    const place = this.#sheet.overrules.lists.get(trial.line);
    if (place) this.#lists.set(place.list, list);
  }
}
