/**
 * Where the blocks of a Markdown edition stand: what its front matter says of regions and annexes, and its pins of roles
 * and levels where the rules of docs/markdown.md would guess otherwise.
 */
import type { Standing, UnitKind } from '../flat.js';
import { Unreadable } from '../flat.js';

/** What a pin says: its attributes. */
export type Attributes = ReadonlyMap<string, string>;

/** The classes of the lines of the title block. */
export const titleBlock: ReadonlySet<string> = new Set(['subtitle', 'docDate', 'docNumber', 'place']);

/** What the front matter says. */
export interface Plan {
  /** The regions by the pins of their first blocks. */
  readonly regions: ReadonlyMap<string, string>;
  /** The pins of the attachments. */
  readonly attachments: ReadonlySet<string>;
}

/** @throws Unreadable where it is no YAML */
export async function planIn(yaml: string): Promise<Plan> {
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    value = parse(yaml);
  } catch {
    throw new Unreadable('its front matter is no YAML');
  }
  const engross = fieldOf(value, 'engross');
  const regions = fieldOf(engross, 'regions');
  const attachments = fieldOf(engross, 'attachments');
  return {
    regions: new Map(
      Object.entries(typeof regions === 'object' && regions !== null ? regions : {}).map(([name, pin]) => [
        String(pin),
        name,
      ]),
    ),
    attachments: new Set(
      (Array.isArray(attachments) ? attachments : []).map((one) => String(fieldOf(one, 'eId'))),
    ),
  };
}

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;

/** Goes with the reader through the blocks. */
export class Whereabouts {
  readonly #plan: Plan;
  #region: string;
  #attachment: string | null = null;

  constructor(plan: Plan, region: string) {
    this.#plan = plan;
    this.#region = region;
  }

  /** @returns whether a region or an attachment begins with a block of these pins */
  enters(pins: readonly string[]): boolean {
    let isNew = false;
    for (const pin of pins) {
      const region = this.#plan.regions.get(pin);
      const isAttachment = this.#plan.attachments.has(pin);
      if (region === undefined && !isAttachment) continue;
      isNew = true;
      this.#region = region ?? 'attachments';
      this.#attachment = isAttachment ? pin : null;
    }
    return isNew;
  }

  here(): Standing {
    return {
      region: this.#region,
      attachment: this.#attachment,
      isAttached: this.#attachment !== null,
    };
  }

  /** `#` is a title, in an attachment `##` too, where no class says that it is a heading. */
  ofHeading(
    depth: number,
    says: Attributes,
    pins: readonly string[],
  ): { readonly kind: UnitKind; readonly standing: Standing } {
    const usual = this.#attachment === null ? 1 : 2;
    const own = pins.at(-1);
    if (depth === 2 && own !== undefined && own === this.#attachment)
      return { kind: 'label', standing: { ...this.here(), roles: ['attachment'] } };
    if (depth === usual && says.get('class') !== 'heading')
      return { kind: 'title', standing: { ...this.here(), roles: ['docTitle'] } };
    const told = says.get('data-level');
    const level = told === undefined ? depth - usual : Number(told);
    return { kind: 'heading', standing: { ...this.here(), roles: ['heading'], level } };
  }

  /** A line of a signature. */
  ofLine(says: Attributes): Standing {
    const depth = Number(says.get('data-depth') ?? 0);
    return { ...this.here(), roles: [roleOf(says) ?? 'plain'], depth };
  }

  /** A paragraph, by what indents it and what came before. */
  ofParagraph(
    says: Attributes,
    {
      indent,
      isLabelled,
      isBullet,
    }: { readonly indent: number; readonly isLabelled: boolean; readonly isBullet: boolean },
    place: { readonly base: number; bullets: number },
  ): Standing {
    const role = roleOf(says);
    if (role !== undefined && titleBlock.has(role)) {
      place.bullets = 0;
      return { ...this.here(), roles: [role] };
    }
    const told = says.get('data-depth');
    const shown = isBullet ? place.bullets : place.base + indent + (role === 'wrapUp' ? 1 : 0);
    const depth = told === undefined ? shown : Number(told);
    if (!isBullet) place.bullets = role === 'wrapUp' ? depth : depth + 1;
    const usual =
      depth > 0 || isBullet
        ? 'item'
        : isLabelled
          ? 'numbered'
          : this.#region === 'preamble'
            ? 'preambular'
            : 'plain';
    return { ...this.here(), roles: [role ?? usual], depth };
  }
}

/** What else a class may say is no role. */
const roleOf = (says: Attributes): string | undefined => {
  const name = says.get('class');
  return name === 'signature' || name === 'table' || name === 'heading' ? undefined : name;
};
