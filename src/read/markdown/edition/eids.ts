/** eIds of our own edition: those that its pins give, and new ones, that no pin has, for what a person added. */
import type { Diagnostic } from '../../../document.js';
import { diagnose } from '../../../report.js';
import { Pins, within } from '../../pins.js';
import type { Pin } from '../anchors.js';
import type { Ledger } from '../ledger.js';

export class EIds {
  readonly pins = new Pins();
  readonly #ledger: Ledger;
  readonly #diagnostics: Diagnostic[];
  readonly #pinned: ReadonlySet<string>;
  readonly #used = new Set<string>();
  readonly #counts = new Map<string, number>();

  /**
   * @param pinned every eId that the text pins
   * @param diagnostics where a pin that stands twice is reported
   */
  constructor(pinned: readonly string[], ledger: Ledger, diagnostics: Diagnostic[]) {
    this.#pinned = new Set(pinned);
    this.#ledger = ledger;
    this.#diagnostics = diagnostics;
    for (const eId of this.#pinned) this.pins.claim(eId);
  }

  /** The eId that a pin gives; a second one of its kind is reported, and counts as none. */
  at(pin: Pin | undefined, offset: number): string | null {
    const id = pin?.get('id');
    if (id === undefined) return null;
    if (!this.#used.has(id.toLowerCase())) {
      this.use(id);
      return id;
    }
    this.#diagnostics.push(
      diagnose('pin-repeated', `The pin “${id}” stands twice.`, this.#ledger.place(offset, offset + 1)),
    );
    return null;
  }

  /** Notes that an eId stands in the document. */
  use(eId: string): void {
    this.#used.add(eId.toLowerCase());
  }

  /** The eId itself, or a like one that is free. */
  claim(eId: string): string {
    return this.pins.claim(eId);
  }

  /** The next eId of its kind that no pin has. */
  next(parent: string, kind: string): string {
    const stem = within(parent, kind);
    let count = this.#counts.get(stem) ?? 0;
    do count += 1;
    while (this.#pinned.has(`${stem}_${count}`));
    this.#counts.set(stem, count);
    return this.pins.claim(`${stem}_${count}`);
  }
}
