/** A style as data (ECMA-376 part 1, 17.7.4.17). */
export interface Style {
  readonly id: string;
  readonly name: string;
  readonly type: 'paragraph' | 'character' | 'table';
  readonly basedOn?: string;
  /** The style of the paragraph that a writer begins after one of this style. */
  readonly next?: string;
  /** Not one of Word's own. */
  readonly custom?: true;
  /** Where it stands in Word's list of styles; those without are not offered first. */
  readonly priority?: number;
  /** The children of w:pPr, w:rPr and, for tables, w:tblPr and what follows it: in the schema's order. */
  readonly paragraph?: string;
  readonly run?: string;
  readonly table?: string;
}

/** Word has six styles of headings that a document can need, and more levels are set like the sixth. */
export const headingStyle = ({ level }: { readonly level: number }): string =>
  `Heading${Math.min(Math.max(level, 1), 6)}`;

/** Word numbers its further list styles from the second: `ListBullet`, `ListBullet2` … `ListBullet5`. */
export const styleNumber = (level: number): string => (level <= 1 ? '' : String(Math.min(level, 5)));
