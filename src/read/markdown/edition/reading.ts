/** The reading of one edition of ours: what all who read its blocks share, and where in the document they are. */
import type { Block, Diagnostic, Footnote, Paragraph } from '../../../document.js';
import { pinnedIn, type Pin } from '../anchors.js';
import type { Structure } from '../front-matter.js';
import { Ledger } from '../ledger.js';
import { EIds } from './eids.js';
import type { Growing } from './growing.js';
import { Regions } from './regions.js';
import { Words } from './words.js';

/** A signature that is not yet at its end. */
interface OpenSignature {
  readonly eId: string;
  readonly columns: Growing<Paragraph>[][];
  readonly start: number;
  end: number;
}

export class Reading {
  readonly text: string;
  readonly structure: Structure;
  readonly ledger: Ledger;
  readonly diagnostics: Diagnostic[] = [];
  readonly eIds: EIds;
  readonly words: Words;
  readonly regions: Regions;
  readonly notes: Growing<Footnote>[] = [];
  /** The notes that a paragraph of the document prints. */
  readonly printedNotes = new Set<string>();
  /** The depth of a bullet that follows. */
  bullets = 0;
  /** The last paragraph of each depth. */
  open: Growing<Paragraph | Footnote>[] = [];
  /** The depth of the outermost paragraphs here: 0, and 1 in a note. */
  least = 0;
  signature: OpenSignature | null = null;

  constructor(text: string, structure: Structure) {
    this.text = text;
    this.structure = structure;
    this.ledger = new Ledger(text);
    const pinned = pinnedIn(text);
    this.eIds = new EIds(pinned, this.ledger, this.diagnostics);
    this.words = new Words(text, this.ledger, this.diagnostics);
    this.regions = new Regions(structure, pinned);
  }

  /** Enters the region or attachment that begins with one of some pins. */
  enter(pins: readonly Pin[]): void {
    for (const pin of pins) {
      const beginning = this.regions.beginningAt(pin);
      if (!beginning) continue;
      this.closeSignature();
      this.regions.enter(beginning);
      this.closeParagraphs();
    }
  }

  /** Adds a block that stands by itself. */
  outermost(block: Block): void {
    this.closeSignature();
    this.closeParagraphs();
    this.regions.push(block);
  }

  /** What follows belongs to no paragraph before it. */
  closeParagraphs(): void {
    this.bullets = 0;
    this.open = [];
  }

  closeSignature(): void {
    if (!this.signature) return;
    const { eId, columns, start, end } = this.signature;
    this.signature = null;
    this.regions.push({ type: 'signature', eId, columns, source: this.ledger.span(start, end) });
  }
}
