/** All nodes of a syntax tree (ESTree), each before those in it, with the node that it lies in. */
export function* nodesIn(node, parent = null) {
  if (Array.isArray(node)) for (const one of node) yield* nodesIn(one, parent);
  else if (node && typeof node.type === 'string') {
    yield [node, parent];
    for (const key of Object.keys(node)) if (key !== 'parent') yield* nodesIn(node[key], node);
  }
}
