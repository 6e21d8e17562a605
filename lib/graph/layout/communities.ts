import { UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import { at, type Network } from './network.ts';
import { seededRandom } from './random.ts';

/** Boxes that talk to so large a part of the rest belong to no group: platform services glue all of them. */
const hubShare = 0.35;
const leastHub = 12;

/** Groups below this size are not worth a place of their own. */
const leastGroup = 3;

/**
 * Boxes that belong together, by index: the hubs, and of the rest communities by who talks to whom (Louvain,
 * seeded). What belongs nowhere is one group.
 */
export function communities(network: Network): readonly (readonly number[])[] {
  return [...namedCommunities(network).values()];
}

/** The same by name: `hubs`, `apart` for what belongs nowhere, and others that mean nothing. */
export function namedCommunities(network: Network): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  const join = (key: string, box: number) => {
    const group = groups.get(key);
    if (group) group.push(box);
    else groups.set(key, [box]);
  };
  const hubFrom = Math.max(leastHub, network.size * hubShare);
  const rest: number[] = [];
  for (let box = 0; box < network.size; box += 1) {
    if (neighbours(network, box) >= hubFrom) join('hubs', box);
    else rest.push(box);
  }
  for (const [key, members] of Map.groupBy(rest, louvainOf(rest, network))) {
    for (const box of members) join(members.length < leastGroup ? 'apart' : `found ${key}`, box);
  }
  return groups;
}

function neighbours(network: Network, box: number): number {
  const others = new Set<number>();
  for (const link of network.incident[box] ?? []) {
    others.add(at(network.sources, link));
    others.add(at(network.targets, link));
  }
  return others.size - 1;
}

function louvainOf(members: readonly number[], network: Network): (box: number) => number {
  const graph = new UndirectedGraph();
  for (const box of members) graph.addNode(box);
  for (let link = 0; link < network.sources.length; link += 1) {
    const source = at(network.sources, link);
    const target = at(network.targets, link);
    if (graph.hasNode(source) && graph.hasNode(target)) graph.mergeUndirectedEdge(source, target);
  }
  if (graph.size === 0) return (box) => box;
  const found = louvain(graph, { rng: seededRandom(network.size * 31 + graph.size), resolution: 1.2 });
  return (box) => found[box] ?? -1;
}
