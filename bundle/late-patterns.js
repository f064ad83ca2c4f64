/**
 * Patterns with classes of the Unicode tables (`/\p{L}/u`), or that fold the case of all scripts (`/é/iu`), made when they
 * are first used. V8 checks every pattern that is written as a literal when it only reads the source, and once more for
 * each function around it: 0.1 ms a time for one with such a class, called or not, and the reader has two hundred.
 *
 *     /^\p{Lu}/u.test(words)      (pattern1 ??= new RegExp("^\\p{Lu}", "u")).test(words)
 */

import { nodesIn } from './walk.js';

/** Methods that search from the start, whatever was searched before: with them a pattern may be used again. */
const searching = new Set(['replace', 'replaceAll', 'match', 'matchAll']);

const isDear = ({ pattern, flags }) => /u|v/.test(flags) && (/\\p/i.test(pattern) || flags.includes('i'));

/** Whether a literal's object may be the same each time: only `g` and `y` give it a memory. */
function isWithoutMemory(node, parent) {
  if (!/[gy]/.test(node.regex.flags)) return true;
  return (
    !node.regex.flags.includes('y') &&
    parent?.type === 'CallExpression' &&
    parent.arguments[0] === node &&
    parent.callee.type === 'MemberExpression' &&
    searching.has(parent.callee.property.name)
  );
}

/** The dear literals of a program, in order. */
function dearLiterals(program) {
  const found = [...nodesIn(program)].filter(
    ([node, parent]) =>
      node.type === 'Literal' && node.regex && isDear(node.regex) && isWithoutMemory(node, parent),
  );
  return found.map(([node]) => node).sort((one, other) => one.start - other.start);
}

/**
 * @param code a module
 * @param program its syntax tree (ESTree)
 */
export function withLatePatterns(code, program) {
  const literals = dearLiterals(program);
  if (literals.length === 0) return code;
  const names = literals.map((_, index) => `latePattern${index + 1}`);
  const parts = [];
  let from = 0;
  for (const [index, { start, end, regex }] of literals.entries()) {
    const made = `new RegExp(${JSON.stringify(regex.pattern)}, ${JSON.stringify(regex.flags)})`;
    parts.push(code.slice(from, start), `(${names[index]} ??= ${made})`);
    from = end;
  }
  parts.push(code.slice(from));
  const [shebang = ''] = /^#!.*\n/.exec(code) ?? [];
  return `${shebang}var ${names.join(', ')};\n${parts.join('').slice(shebang.length)}`;
}

/** For rolldown: each chunk with its dear patterns made late. */
export const latePatterns = {
  name: 'late patterns',
  renderChunk(code) {
    return withLatePatterns(code, this.parse(code));
  },
};
