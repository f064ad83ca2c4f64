/** What gives way in a justified line, and how far. The fit of lines and their spacing reckon with the same. */

/** How far letters give way. */
export const letters = 0.02;
/** How far a space grows and shrinks in a line that is neither loose nor tight. */
export const spaces = { stretch: 0.5, shrink: 0.28 };
/** How far the room between two ideographs grows, in ems, and what the blank half of a full-width mark gives up. */
export const ideographs = { stretch: 0.05, mark: 0.4 };
