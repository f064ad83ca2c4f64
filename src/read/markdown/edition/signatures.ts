/** Signatures of our own edition: one paragraph is one column, and hard breaks part its lines. */
import type { Paragraph } from '../../../document.js';
import type { Pin } from '../anchors.js';
import { labelLength } from '../labels.js';
import { depthAt, roleAt } from './attributes.js';
import { growingParagraph, type Growing } from './growing.js';
import { linesOf, wordsOf, type Line } from './line.js';
import type { Reading } from './reading.js';

const begins = (pin: Pin): boolean => pin.get('class') === 'signature';

/** Whether a line is a column of a signature: of one that begins, or of the one before it. */
export const isColumn = (reading: Reading, line: Line): boolean =>
  line.pins.some(begins) || (line.pins.at(-1)?.has('data-column') === true && reading.signature !== null);

export function readColumn(reading: Reading, line: Line): void {
  const begun = line.pins.find(begins);
  if (begun) {
    reading.closeSignature();
    reading.closeParagraphs();
    const eId = reading.eIds.at(begun, line.start) ?? reading.eIds.next('', 'signature');
    reading.signature = { eId, columns: [], start: line.start, end: line.end };
  }
  const { signature } = reading;
  if (!signature) return;
  const column: Growing<Paragraph>[] = [];
  const open: Growing<Paragraph>[] = [];
  for (const one of linesOf(line)) {
    const own = one.pins.filter((pin) => pin !== begun && !reading.regions.attachmentOf(pin));
    const pin = own.at(-1);
    const node = signatureLine(reading, one, pin, signature.eId);
    const depth = Math.min(depthAt(pin) ?? 0, open.length);
    (depth === 0 ? column : (open[depth - 1]?.children ?? column)).push(node);
    open.length = depth;
    open[depth] = node;
  }
  signature.columns.push(column);
  signature.end = line.end;
}

function signatureLine(
  { ledger, words, eIds }: Reading,
  line: Line,
  pin: Pin | undefined,
  signature: string,
): Growing<Paragraph> {
  const length = labelLength(wordsOf(line), pin?.get('data-num'), false);
  const { content, leaves, num } = words.read(line, length);
  const eId = eIds.at(pin, line.start) ?? eIds.next(signature, 'p');
  return growingParagraph(
    ledger,
    { eId, content, leaves, pin, place: line },
    { num, role: roleAt(pin) ?? 'plain', marker: pin?.get('data-marker') },
  );
}
