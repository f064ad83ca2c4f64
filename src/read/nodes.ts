/** Nodes: the outline becomes the document's nodes, with their words, leaves and pins. */
import type {
  Attachment,
  Block,
  Footnote,
  Heading,
  Inline,
  Leaf,
  Paragraph,
  Role,
  Span,
  Table,
  TableCell,
} from '../document.js';
import { textOf } from '../document.js';
import { inlineOf } from './inline.js';
import { languageOf } from './language.js';
import { sampleOf } from './metadata.js';
import { type Call, type Definition, type Notes } from './notes.js';
import { outlineOf, type Branch } from './outline.js';
import { partsOfNote, type NoteItem } from './notes/items.js';
import { numberPart, Pins, within } from './pins.js';
import { type PartUnits } from './regions.js';
import { spanOf, type Sheet, type Stretch } from './sheet.js';
import { closingParts, type SignatureLine } from './signatures.js';
import { type TitleUnit } from './titles.js';
import { ownWords, type Unit } from './unit.js';
import { isThirdPerson, operativeVerb, recitalVerb } from './verbs.js';

/** Makes the nodes of one document; holds its pins and notes meanwhile. */
export class Nodes {
  readonly #sheet: Sheet;
  readonly #notes: Notes;
  readonly #pins = new Pins();
  readonly #noteIds: readonly string[];
  readonly #called: ReadonlySet<number>;
  /** The text has a preamble, so that its numbered paragraphs may be operative. */
  #resolution = false;

  constructor(sheet: Sheet, notes: Notes) {
    this.#sheet = sheet;
    this.#notes = notes;
    this.#called = new Set(notes.calls.map((call) => call.definition));
    this.#noteIds = notes.definitions.map((definition, index) =>
      this.#pins.claim(`ftn_${/^\d+$/.test(definition.marker) ? definition.marker : String(index + 1)}`),
    );
  }

  /** The words, leaves and span of a unit; its label's text beside them. */
  #words(unit: Unit): { content: readonly Inline[]; leaves: readonly Leaf[]; label: string; source: Span } {
    const label = unit.label ? { start: unit.label.candidate.start, end: unit.label.candidate.end } : null;
    const words = this.#inline(unit.stretches, label);
    const leaves: Leaf[] = [...words.leaves];
    for (const [stretch, rule] of [
      [unit.bullet, 'bullet'],
      [unit.hashes, 'heading'],
    ] as const)
      if (stretch) leaves.unshift({ kind: 'markup', ...stretch, rule });
    const starts = [unit.bullet?.start, unit.hashes?.start, unit.stretches[0]?.start].filter(
      (one) => one !== undefined,
    );
    const start = Math.min(...starts);
    const end = Math.max(unit.stretches.at(-1)?.end ?? start, unit.bullet?.end ?? start);
    return { content: words.content, leaves, label: words.label, source: spanOf(this.#sheet, start, end) };
  }

  #inline(stretches: readonly Stretch[], label: Stretch | null) {
    return inlineOf(this.#sheet, stretches, {
      calls: callsWithin(this.#notes.calls, stretches),
      noteOf: (definition) => this.#noteIds[definition] ?? '',
      label,
    });
  }

  preface(block: readonly TitleUnit[]): Block[] {
    const nodes: Block[] = [];
    const stated = this.#sheet.facts.get('title');
    if (stated && !block.some(({ kind }) => kind === 'docTitle'))
      nodes.push({
        type: 'docTitle',
        eId: this.#pins.next('', 'docTitle'),
        content: [{ type: 'text', value: stated.value.replace(/\u00a0/g, ' ') }],
        source: stated.span,
        leaves: [],
      });
    for (const { kind, unit } of block) {
      const { content, leaves, source } = this.#words(unit);
      if (kind === 'paragraph')
        nodes.push({
          type: kind,
          eId: this.#pins.next('preface', 'p'),
          num: null,
          role: 'plain',
          content,
          leaves,
          source,
          children: [],
        });
      else nodes.push({ type: kind, eId: this.#pins.next('', kind), content, leaves, source });
    }
    return nodes;
  }

  #blocks(branches: readonly Branch[], parent: string, prefixed: boolean): Block[] {
    const blocks: Block[] = [];
    let heading = '';
    let article = parent;
    let section = parent;
    for (const branch of branches) {
      if (branch.kind === 'heading') {
        const isBelow = branch.unit.label?.heads === true;
        const node = this.#heading(branch, isBelow ? section : parent);
        heading = node.eId;
        if (!isBelow) section = heading;
        // An article's unnumbered texts are counted within it.
        article = branch.unit.label?.reading.family === 'article' ? heading : parent;
        blocks.push(node);
      } else if (branch.kind === 'table') blocks.push(this.#table(branch, article));
      else blocks.push(this.#paragraph(branch, prefixed && heading !== '' ? heading : parent, article));
    }
    return blocks;
  }

  #heading(branch: Branch, parent: string): Heading {
    const { content, leaves, label, source } = this.#words(branch.unit);
    const num = label === '' ? null : label;
    const eId =
      branch.unit.label && num !== null
        ? this.#pins.claim(
            within(
              parent,
              `${branch.unit.label.reading.family === 'article' ? 'art' : 'sec'}_${numberPart(num, branch.unit.label)}`,
            ),
          )
        : this.#pins.next(parent, 'hcontainer');
    return { type: 'heading', eId, level: branch.level, num, content, leaves, source };
  }

  #paragraph(branch: Branch, numberedParent: string, parent: string): Paragraph {
    const { unit } = branch;
    const { content, leaves, label, source } = this.#words(unit);
    const num = unit.label && label !== '' ? label : null;
    const eId =
      num !== null && unit.label
        ? this.#pins.claim(
            within(
              numberedParent,
              `${unit.label.reading.family === 'article' ? 'art' : 'para'}_${numberPart(num, unit.label)}`,
            ),
          )
        : this.#pins.next(parent, branch.kind === 'bullet' ? 'item' : 'p');
    return {
      type: 'paragraph',
      eId,
      num,
      role: num !== null ? 'numbered' : branch.kind === 'bullet' ? 'item' : 'plain',
      ...this.#operative(unit),
      ...this.#bullet(unit),
      content,
      leaves,
      source,
      children: branch.children.map((child) => this.#child(child, eId)),
    };
  }

  #child(branch: Branch, parent: string): Paragraph {
    const { unit } = branch;
    const { content, leaves, label, source } = this.#words(unit);
    const num = unit.label && label !== '' ? label : null;
    const role: Role =
      num !== null || branch.kind === 'bullet' ? 'item' : branch.resumes ? 'wrapUp' : 'plain';
    const eId =
      num !== null && unit.label
        ? this.#pins.claim(within(parent, `subpara_${numberPart(num, unit.label)}`))
        : this.#pins.next(parent, branch.kind === 'bullet' ? 'item' : branch.resumes ? 'wrapup' : 'p');
    return {
      type: 'paragraph',
      eId,
      num,
      role,
      ...this.#bullet(unit),
      content,
      leaves,
      source,
      children: branch.children.map((child) => this.#child(child, eId)),
    };
  }

  /** In a resolution a numbered paragraph that begins with its verb decides something. */
  #operative(unit: Unit): { role?: Role; verb?: string } {
    if (!this.#resolution || unit.label?.reading.family !== 'number') return {};
    const verb = operativeVerb(ownWords(this.#sheet, unit));
    return verb === null ? {} : { role: 'operative', verb };
  }

  #bullet(unit: Unit): { marker?: string } {
    return unit.bullet ? { marker: this.#sheet.text.slice(unit.bullet.start, unit.bullet.end) } : {};
  }

  /** The three regions of a text: of the document's own, or of an annex or instrument (`parent` is its pin). */
  divisions(
    units: {
      readonly preamble: readonly Unit[];
      readonly body: readonly Unit[];
      readonly conclusions: readonly Unit[];
    },
    parent: string,
  ): { preamble: Block[]; body: Block[]; conclusions: Block[] } {
    this.#resolution = units.preamble.length > 0 || decides(this.#sheet, units.body);
    const preamble = this.#preamble(outlineOf(this.#sheet, units.preamble), parent);
    const outline = outlineOf(this.#sheet, units.body);
    const body = this.#blocks(outline, parent, hasRepeatedLabels(this.#sheet, outline));
    return { preamble, body, conclusions: this.#conclusions(units.conclusions, parent) };
  }

  /** Recitals bear their verb; what introduces them or ends them is plain. */
  #preamble(branches: readonly Branch[], parent: string): Block[] {
    const pin = parent === '' ? 'preamble' : parent;
    return branches.map((branch) => {
      if (branch.kind === 'heading') return this.#heading(branch, pin);
      if (branch.kind === 'table') return this.#table(branch, pin);
      const paragraph = this.#paragraph(branch, parent, pin);
      const verb = recitalVerb(ownWords(this.#sheet, branch.unit));
      return verb === null ? paragraph : { ...paragraph, role: 'preambular', verb };
    });
  }

  #conclusions(units: readonly Unit[], parent: string): Block[] {
    return closingParts(this.#sheet, units).map((part) => {
      if ('unit' in part) {
        const { content, leaves, source } = this.#words(part.unit);
        const eId = this.#pins.next(parent === '' ? 'conclusions' : parent, 'p');
        return { type: 'paragraph', eId, num: null, role: 'plain', content, leaves, source, children: [] };
      }
      const eId = this.#pins.next(parent, 'signature');
      const columns = part.columns.map((lines) => lines.map((line) => this.#line(line, eId)));
      const sources = columns.flat().map(({ source }) => source);
      const start = sources.reduce((least, one) => Math.min(least, one.start), Infinity);
      const end = sources.reduce((most, one) => Math.max(most, one.end), 0);
      return { type: 'signature', eId, columns, source: spanOf(this.#sheet, start, end) };
    });
  }

  #table(branch: Branch, parent: string): Table {
    const eId = this.#pins.next(parent, 'table');
    const rows = branch.rows.map((cells, row) => ({
      cells: cells.map((cell, column): TableCell => {
        const { content, leaves } = this.#inline([cell], null);
        const source = spanOf(this.#sheet, cell.start, cell.end);
        return {
          type: 'cell',
          eId: this.#pins.claim(`${eId}__cell_${row + 1}_${column + 1}`),
          content,
          leaves,
          source,
        };
      }),
    }));
    const start = branch.rows[0]?.[0]?.start ?? 0;
    const end = branch.rows.at(-1)?.at(-1)?.end ?? start;
    return { type: 'table', eId, rows, source: spanOf(this.#sheet, start, end) };
  }

  /** A line of a signature block. */
  #line(line: SignatureLine, parent: string): Paragraph {
    const { content, leaves } = this.#inline(line, null);
    const source = spanOf(this.#sheet, line[0]?.start ?? 0, line.at(-1)?.end ?? 0);
    return {
      type: 'paragraph',
      eId: this.#pins.next(parent, 'p'),
      num: null,
      role: 'plain',
      content,
      leaves,
      source,
      children: [],
    };
  }

  attachment(part: PartUnits, index: number, language: string): Attachment {
    const eId = this.#pins.claim(`att_${index + 1}`);
    const heads = [
      ...(part.symbol ? [this.#head('docNumber', part.symbol, eId)] : []),
      this.#head('docTitle', part.heading, eId),
      ...(part.subtitle ? [this.#head('subtitle', part.subtitle, eId)] : []),
    ];
    const { preamble, body, conclusions } = this.divisions(part, eId);
    const children = [...heads, ...preamble, ...body, ...conclusions];
    const source = heads[0]?.source ?? this.#words(part.heading).source;
    const end = children.reduce((last, one) => (one.source.end > last.end ? one.source : last), source);
    const own =
      part.kind === 'instrument'
        ? languageOf(sampleOf(this.#sheet, [...part.preamble, ...part.body]), language).language
        : language;
    return {
      type: 'attachment',
      eId,
      num: null,
      title: textOf(heads.find(({ type }) => type === 'docTitle')?.content ?? []),
      kind:
        part.kind === 'annex'
          ? 'annex'
          : own !== language && own !== 'und'
            ? 'languageVersion'
            : 'instrument',
      ...(own !== language && own !== 'und' ? { language: own } : {}),
      children,
      source: { ...source, end: end.end, lastLine: end.lastLine },
    };
  }

  #head(type: 'docTitle' | 'docNumber' | 'subtitle', unit: Unit, parent: string) {
    const { content, leaves, source } = this.#words(unit);
    return { type, eId: this.#pins.next(parent, type), content, leaves, source };
  }

  // ---------------------------------------------------------------------------------------------- notes

  footnotes(): Footnote[] {
    return this.#notes.definitions.map((definition, index) => {
      const eId = this.#noteIds[index] ?? '';
      const { marker } = definition;
      // The words of a note that nothing calls are accounted for where it is printed, as a paragraph.
      if (!this.#called.has(index))
        return { type: 'footnote', eId, marker, ...this.#definition(definition), leaves: [], children: [] };
      const { opening, items } = partsOfNote(this.#sheet, definition.body);
      const words = this.#definition({ ...definition, body: opening });
      const end = Math.max(words.source.end, definition.body.at(-1)?.end ?? 0);
      const source = spanOf(this.#sheet, words.source.start, end);
      return {
        type: 'footnote',
        eId,
        marker,
        ...words,
        source,
        children: items.map((item) => this.#noteItem(item, eId)),
      };
    });
  }

  #noteItem({ candidate, reading, stretches }: NoteItem, parent: string): Paragraph {
    const {
      content,
      leaves,
      label: num,
    } = this.#inline(stretches, { start: candidate.start, end: candidate.end });
    const label = { candidate, reading, line: 0, depth: 1, list: 0, inside: null };
    const eId = this.#pins.claim(within(parent, `subpara_${numberPart(num, label)}`));
    const source = spanOf(this.#sheet, candidate.start, stretches.at(-1)?.end ?? candidate.end);
    return { type: 'paragraph', eId, num, role: 'item', content, leaves, source, children: [] };
  }

  #definition(definition: Definition): { content: readonly Inline[]; leaves: readonly Leaf[]; source: Span } {
    const words = this.#inline(definition.body, null);
    const { head, markerAt } = definition;
    const printed = this.#sheet.text.slice(head.start, head.end);
    const leaves: Leaf[] = [];
    if (/[<\\]|\]\(|^[*-]\s/.test(printed)) {
      if (head.start < markerAt.start)
        leaves.push({ kind: 'markup', start: head.start, end: markerAt.start, rule: 'note mark' });
      leaves.push({ kind: 'marker', ...markerAt });
      if (markerAt.end < head.end)
        leaves.push({ kind: 'markup', start: markerAt.end, end: head.end, rule: 'note mark' });
    } else leaves.push({ kind: 'marker', ...head });
    // A mark may stand behind its words.
    const start = Math.min(head.start, definition.body[0]?.start ?? head.start);
    const end = Math.max(head.end, definition.body.at(-1)?.end ?? head.end);
    return {
      content: words.content,
      leaves: [...leaves, ...words.leaves],
      source: spanOf(this.#sheet, start, end),
    };
  }

  /** A note that nothing calls is printed as a paragraph where it stood. */
  withUncalled(body: readonly Block[]): Block[] {
    const blocks: Block[] = [];
    let next = 0;
    for (const [index, definition] of this.#notes.definitions.entries()) {
      if (this.#called.has(index)) continue;
      const { content, leaves, source } = this.#definition(definition);
      for (let block = body[next]; block && block.source.start < source.start; block = body[++next])
        blocks.push(block);
      const eId = this.#pins.claim(`${this.#noteIds[index] ?? 'ftn'}__p`);
      const num = definition.marker;
      blocks.push({ type: 'paragraph', eId, num, role: 'note', content, leaves, source, children: [] });
    }
    return blocks.concat(body.slice(next));
  }
}

/** Whether most numbered paragraphs begin with a verb in the third person: a decision without recitals. */
function decides(sheet: Sheet, units: readonly Unit[]): boolean {
  const numbered = units.filter((unit) => unit.label?.depth === 0 && unit.label.reading.family === 'number');
  // No further than it takes to see that too few do: the pattern of these verbs is a dear one.
  let decisions = numbered.length;
  for (const unit of numbered) {
    const verb = operativeVerb(ownWords(sheet, unit));
    if (verb === null || !isThirdPerson(verb)) decisions -= 1;
    if (decisions < numbered.length * 0.6) return false;
  }
  return decisions >= 3;
}

/** The calls that lie in some stretches, in order; `calls` is sorted. */
function callsWithin(calls: readonly Call[], stretches: readonly Stretch[]): Call[] {
  const start = stretches[0]?.start ?? 0;
  const end = stretches.at(-1)?.end ?? 0;
  let low = 0;
  let high = calls.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((calls[middle]?.start ?? Infinity) >= start) high = middle;
    else low = middle + 1;
  }
  const found: Call[] = [];
  for (let at = low; at < calls.length; at++) {
    const call = calls[at];
    if (!call || call.start >= end) break;
    found.push(call);
  }
  return found;
}

/** Whether top-level labels repeat, so that they need their heading's pin in front. */
function hasRepeatedLabels(sheet: Sheet, branches: readonly Branch[]): boolean {
  const seen = new Set<string>();
  for (const { kind, unit } of branches) {
    if (kind === 'heading' || !unit.label) continue;
    const { candidate, reading } = unit.label;
    const key =
      `${reading.family} ${numberPart(sheet.text.slice(candidate.start, candidate.end), unit.label)}`.toLowerCase();
    if (seen.has(key)) return true;
    seen.add(key);
  }
  return false;
}
