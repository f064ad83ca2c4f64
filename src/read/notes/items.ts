/** A note's own list: `(a)`, `(b)` … that begin its lines are sub-paragraphs of the note. */
import { labelAt, type LabelCandidate, type Reading } from '../labels.js';
import type { Sheet, Stretch } from '../sheet.js';

export interface NoteItem {
  readonly candidate: LabelCandidate;
  readonly reading: Reading;
  /** Its lines, the label included. */
  readonly stretches: readonly Stretch[];
}

export interface NoteParts {
  /** The words before the list; all of them where there is none. */
  readonly opening: readonly Stretch[];
  readonly items: readonly NoteItem[];
}

/** Divides the lines of a note. A list begins at 1, (a) or (i), and has a second member. */
export function partsOfNote(sheet: Sheet, body: readonly Stretch[]): NoteParts {
  const items: { candidate: LabelCandidate; reading: Reading; stretches: Stretch[] }[] = [];
  let from = body.length;
  for (const [index, stretch] of body.entries()) {
    if (index === 0) continue;
    const candidate = labelAt(sheet.text, stretch.start, stretch.end);
    const last = items.at(-1);
    const reading = candidate?.readings.find((one) =>
      last
        ? one.form === last.reading.form && one.value === last.reading.value + 1
        : one.value === 1 && /[)]/.test(one.form),
    );
    if (candidate && reading) {
      if (!last) from = index;
      items.push({ candidate, reading, stretches: [stretch] });
    } else last?.stretches.push(stretch);
  }
  return items.length > 1 ? { opening: body.slice(0, from), items } : { opening: body, items: [] };
}
