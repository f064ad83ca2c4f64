/** Where the compiler is, if it is set up. */
export const compiler: string;
/** What the source of the machine gives, by the file's name in src/deflate/prepared. */
export function prepared(): Readonly<Record<string, string>>;
