/**
 * The regions of our own edition and its attachments: where each begins, by the front matter's word, and the blocks
 * that were read into it.
 */
import type { Attachment, Block, Region } from '../../../document.js';
import type { Pin } from '../anchors.js';
import type { AttachmentEntry, Structure } from '../front-matter.js';
import type { Ledger } from '../ledger.js';

/** A region, or an attachment, that begins at a pin. */
export interface Beginning {
  readonly region: Region;
  readonly attachment: string | undefined;
}

/** Which eIds may stand in a region. */
const belongs: Readonly<Record<string, RegExp>> = {
  preamble: /^preamble__/,
  mainBody:
    /^(?!(?:preface|preamble|conclusions)__|(?:docTitle|subtitle|docDate|docNumber|place|signature|att|ftn)_)/,
  conclusions: /^conclusions__|^signature_/,
};

export class Regions {
  readonly #structure: Structure;
  readonly #starts: ReadonlyMap<string, Region>;
  /** By the eId of its own label or of its first block: the attachment that begins there. */
  readonly #attachmentAt = new Map<string, string>();
  readonly #attached = new Map<string, Block[]>();
  /** Labels of attachments that a person corrected. */
  readonly #nums = new Map<string, string>();
  readonly blocks: Readonly<Record<Exclude<Region, 'attachments'>, Block[]>> = {
    preface: [],
    preamble: [],
    mainBody: [],
    conclusions: [],
  };
  #region: Region;
  #attachment = '';

  /** @param pinned every eId that the text pins, in order */
  constructor(structure: Structure, pinned: readonly string[]) {
    this.#structure = structure;
    this.#starts = startsOf(structure, pinned);
    this.#region = firstOf(structure);
    for (const { eId, first } of structure.attachments) {
      this.#attached.set(eId, []);
      this.#attachmentAt.set(eId, eId);
      if (first !== undefined) this.#attachmentAt.set(first, eId);
    }
  }

  /** The region that blocks are read into now. */
  get present(): Region {
    return this.#region;
  }

  get isAttached(): boolean {
    return this.#region === 'attachments';
  }

  /** What eIds of headings and labelled paragraphs begin with here: the attachment's, or nothing. */
  get stem(): string {
    return this.isAttached ? this.#attachment : '';
  }

  /** What other eIds begin with here. */
  get prefix(): string {
    if (this.isAttached) return this.#attachment;
    return this.#region === 'mainBody' ? '' : this.#region;
  }

  /** What begins with a pin, or null. */
  beginningAt(pin: Pin): Beginning | null {
    const id = pin.get('id') ?? '';
    const region = this.#starts.get(id);
    const attachment = this.#attachmentAt.get(id);
    if (region === undefined && attachment === undefined) return null;
    if (attachment !== undefined && this.#attachment === attachment) return null;
    return { region: region ?? 'attachments', attachment };
  }

  enter({ region, attachment }: Beginning): void {
    this.#region = region;
    if (attachment !== undefined) this.#attachment = attachment;
  }

  push(block: Block): void {
    const children = this.isAttached ? this.#attached.get(this.#attachment) : undefined;
    if (children) children.push(block);
    else this.blocks[this.#region === 'attachments' ? 'mainBody' : this.#region].push(block);
  }

  /** The attachment whose own label a pin stands before. */
  attachmentOf(pin: Pin | undefined): AttachmentEntry | undefined {
    return this.#structure.attachments.find(({ eId }) => eId === pin?.get('id'));
  }

  /** Learns what the text prints as the label of an attachment. */
  label(entry: AttachmentEntry, words: string): void {
    const num = entry.num ?? '';
    if (num !== '' && words !== num && !words.startsWith(`${num} `)) this.#nums.set(entry.eId, words);
  }

  attachments(ledger: Ledger): Attachment[] {
    return this.#structure.attachments.map((entry) => {
      const children = this.#attached.get(entry.eId) ?? [];
      const spans = children.map(({ source }) => source);
      return {
        type: 'attachment',
        eId: entry.eId,
        num: this.#nums.get(entry.eId) ?? entry.num,
        title: entry.title,
        kind: entry.kind,
        ...(entry.language === undefined ? {} : { language: entry.language }),
        children,
        source: ledger.span(spans[0]?.start ?? 0, spans.at(-1)?.end ?? 0),
      };
    });
  }
}

/** Where regions begin. A region whose first block somebody deleted begins with the next pin of its kind. */
function startsOf(structure: Structure, pinned: readonly string[]): ReadonlyMap<string, Region> {
  const starts = new Map<string, Region>();
  let from = 0;
  for (const region of ['preface', 'preamble', 'mainBody', 'conclusions'] as const) {
    const first = structure.regions.get(region);
    if (first === undefined) continue;
    const at = pinned.indexOf(first, from);
    const stands =
      at >= 0 ? at : pinned.findIndex((eId, index) => index >= from && belongs[region]?.test(eId) === true);
    const eId = pinned[stands];
    if (eId === undefined) continue;
    starts.set(eId, region);
    from = stands;
  }
  return starts;
}

/** The region in which the text begins. */
const firstOf = ({ regions }: Structure): Region =>
  (['preface', 'preamble', 'mainBody', 'conclusions'] as const).find((region) => regions.has(region)) ??
  'mainBody';
