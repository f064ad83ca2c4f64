/** Why a house template is refused: continues the sentence "The house template “…” …". */
export class Unfit extends Error {
  /** What to do about it, where that is not plain. */
  readonly cure: string | undefined;

  constructor(why: string, cure?: string) {
    super(why);
    this.name = 'Unfit';
    this.cure = cure;
  }
}
