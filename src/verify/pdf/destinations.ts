/** The named destinations of a PDF (ISO 32000-1, 12.3.2.3): what `file.pdf#para_15` leads to. */
import { Unreadable } from '../flat.js';
import type { Dictionary, Objects } from './objects.js';

/** @returns the pages, from 1, by the names @throws Unreadable for a name that stands twice or leads nowhere */
export function destinationsIn(
  objects: Objects,
  numbers: ReadonlyMap<Dictionary, number>,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const look = (node: Dictionary, depth: number): void => {
    if (depth > 50) throw new Unreadable('its destinations lie too deep in each other');
    for (const kid of objects.list(node.get('Kids'))) look(objects.dictionary(kid), depth + 1);
    const names = objects.list(node.get('Names'));
    for (let at = 0; at + 1 < names.length; at += 2) {
      const name = objects.resolve(names[at]);
      const target = objects.resolve(names[at + 1]);
      const place =
        target instanceof Map ? objects.list((target as Dictionary).get('D')) : objects.list(target);
      const page = numbers.get(objects.dictionary(place[0]));
      if (typeof name !== 'string' || page === undefined)
        throw new Unreadable(`its destination ${String(name)} leads to no page`);
      if (found.has(name)) throw new Unreadable(`its destination ${name} stands twice`);
      found.set(name, page);
    }
  };
  look(objects.dictionary(objects.dictionary(objects.catalog.get('Names')).get('Dests')), 0);
  return found;
}
