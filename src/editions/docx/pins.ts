/** Pins: every `eId` is a bookmark, so that a citation leads to its place. */
import { bookmarkName } from '../edition.js';
import { Element } from './element.js';

export { bookmarkName };

/** The hidden bookmark round the first call of a note, to which later calls refer (Word hides names that begin with `_`). */
export const callBookmark = (noteId: number): string => `_Ref_note_${noteId}`;

/** Gives out bookmarks with ids that count from 1 through all parts of one file (ECMA-376 part 1, 17.13.6). */
export class Bookmarks {
  #last = 0;

  /** The two ends of the bookmark `name`. */
  pair(name: string): { readonly start: Element; readonly end: Element } {
    this.#last += 1;
    return {
      start: new Element('w:bookmarkStart', { 'w:name': name, 'w:id': this.#last }),
      end: new Element('w:bookmarkEnd', { 'w:id': this.#last }),
    };
  }

  /** What `eId` names, between the two ends of its bookmark. */
  round<Content>(eId: string, content: readonly Content[]): (Content | Element)[] {
    const { start, end } = this.pair(bookmarkName(eId));
    return [start, ...content, end];
  }
}
