/**
 * Imports that a program makes when it needs them, made by the one who loads it: `import('chardet')` becomes
 * `importModule('chardet')`. Node 20 lets a script that was compiled ahead import nothing by itself (bundle/load.cjs).
 */
import { nodesIn } from './walk.js';

export const lateImports = {
  name: 'late imports',
  renderChunk(code) {
    const places = [...nodesIn(this.parse(code))].flatMap(([{ type, start }]) =>
      type === 'ImportExpression' ? [start] : [],
    );
    const insertion = 'Module';
    const at = places.map((place) => place + 'import'.length).sort((one, other) => one - other);
    const parts = at.map((place, index) => code.slice(at[index - 1] ?? 0, place) + insertion);
    return parts.join('') + code.slice(at.at(-1) ?? 0);
  },
};
