/** Ink: what is not white space, and must be accounted for. */
import { isWhiteSpace } from '../../characters.js';

/** Whether some characters of a text are more than white space. */
export function hasInk(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isWhiteSpace(text.charCodeAt(at))) return true;
  return false;
}
