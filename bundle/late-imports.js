/**
 * Imports that a program makes when it needs them, made by the one who loads it: `import('chardet')` becomes
 * `importModule('chardet')`. Node 20 lets a script that was compiled ahead import nothing by itself (bundle/load.cjs).
 */
export const lateImports = {
  name: 'late imports',
  renderChunk(code) {
    const places = [];
    const visit = (node) => {
      if (Array.isArray(node)) for (const one of node) visit(one);
      else if (node && typeof node.type === 'string') {
        if (node.type === 'ImportExpression') places.push(node.start);
        for (const key of Object.keys(node)) if (key !== 'parent') visit(node[key]);
      }
    };
    visit(this.parse(code));
    const insertion = 'Module';
    const at = places.map((place) => place + 'import'.length).sort((one, other) => one - other);
    const parts = at.map((place, index) => code.slice(at[index - 1] ?? 0, place) + insertion);
    return parts.join('') + code.slice(at.at(-1) ?? 0);
  },
};
