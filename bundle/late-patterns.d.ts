/** @returns the module's code with its dear patterns made when they are first used */
export function withLatePatterns(code: string, program: unknown): string;
