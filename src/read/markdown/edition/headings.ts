/** Headings of our own edition: titles, the labels of attachments, and the headings of sections. */
import { textOf } from '../../../document.js';
import { within } from '../../pins.js';
import type { Pin } from '../anchors.js';
import type { AttachmentEntry } from '../front-matter.js';
import { eIdOfLabel } from '../labels.js';
import { languageAt } from './attributes.js';
import { printedLabelLength, type Line } from './line.js';
import type { Reading } from './reading.js';

/** @param depth how many hashes it has */
export function readHeading(reading: Reading, depth: number, line: Line): void {
  reading.enter(line.pins);
  const pin = line.pins.at(-1);
  const attachment = reading.regions.attachmentOf(pin);
  const usual = reading.regions.isAttached ? 2 : 1;
  if (attachment) readAttachmentLabel(reading, attachment, line);
  else if (depth === usual && pin?.get('class') !== 'heading') readTitle(reading, line, pin);
  else readSectionHeading(reading, line, pin, Math.max(1, depth - usual));
}

function readTitle(reading: Reading, line: Line, pin: Pin | undefined): void {
  const { eIds, words, regions, ledger } = reading;
  const { content, leaves } = words.read(line);
  const eId = eIds.at(pin, line.start) ?? eIds.next(regions.stem, 'docTitle');
  const source = ledger.span(line.start, line.end);
  reading.outermost({ type: 'docTitle', eId, content, ...languageAt(pin), source, leaves });
}

/** @param usual the level where the pin says none */
function readSectionHeading(reading: Reading, line: Line, pin: Pin | undefined, usual: number): void {
  const { eIds, words, regions, ledger } = reading;
  const { content, leaves, num } = words.read(line, printedLabelLength(line, pin));
  const level = Number(pin?.get('data-level') ?? usual);
  const eId =
    eIds.at(pin, line.start) ??
    (num === null
      ? eIds.next(regions.stem, 'hcontainer')
      : eIds.claim(within(regions.stem, eIdOfLabel(num, 'sec'))));
  reading.outermost({
    type: 'heading',
    eId,
    level: Number.isInteger(level) && level > 0 ? level : 1,
    num,
    content,
    ...languageAt(pin),
    source: ledger.span(line.start, line.end),
    leaves,
  });
}

/** `## Annex I`: no node, but the attachment's own label; its characters go with the node that follows. */
function readAttachmentLabel(reading: Reading, attachment: AttachmentEntry, line: Line): void {
  reading.closeSignature();
  reading.eIds.use(attachment.eId);
  const { content, leaves } = reading.words.bare(line);
  reading.regions.label(attachment, textOf(content));
  reading.words.wait(leaves.map((leaf) => ({ ...leaf, kind: 'markup' as const, rule: 'attachment label' })));
  reading.closeParagraphs();
}
