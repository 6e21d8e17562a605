import type { Endpoint } from '../model.ts';
import type { AtomTable } from './atoms.ts';
import { type EndBlocks, endBlocks } from './end-blocks.ts';
import type { Applying } from './ends.ts';

/** Every end that was asked about: one place in numbers, and what it is on each side of a flow. */
export type Ends = {
  readonly placeOf: (endpoint: Endpoint) => number;
  readonly sources: EndSide;
  readonly destinations: EndSide;
};

export type EndSide = {
  readonly blocks: EndBlocks;
  /** By place; grows. */
  starts: Int32Array;
};

export type SideFacts = {
  readonly atoms: AtomTable;
  readonly applyingTo: (endpoint: Endpoint) => Applying;
};

export function endPool(source: SideFacts, destination: SideFacts): Ends {
  const places = new Map<Endpoint, number>();
  const workloads = new Map<string, number>();
  const sources = endSide(source.atoms);
  const destinations = endSide(destination.atoms);

  function workloadOf({ kind, namespace, name }: Endpoint): number {
    if (kind !== 'workload') return -1;
    const title = `${namespace}/${name}`;
    const known = workloads.get(title) ?? workloads.size;
    workloads.set(title, known);
    return known;
  }

  function addTo(
    side: EndSide,
    { atoms, applyingTo }: SideFacts,
    endpoint: Endpoint,
    workload: number,
  ): void {
    const place = places.size;
    if (place >= side.starts.length) {
      const larger = new Int32Array(side.starts.length * 2);
      larger.set(side.starts);
      side.starts = larger;
    }
    const held = atoms.heldBy(endpoint);
    side.starts[place] = side.blocks.add({ endpoint, workload, held, applying: applyingTo(endpoint) });
  }

  function add(endpoint: Endpoint): number {
    const place = places.size;
    const workload = workloadOf(endpoint);
    addTo(sources, source, endpoint, workload);
    addTo(destinations, destination, endpoint, workload);
    places.set(endpoint, place);
    return place;
  }

  return { placeOf: (endpoint) => places.get(endpoint) ?? add(endpoint), sources, destinations };
}

function endSide(atoms: AtomTable): EndSide {
  return { blocks: endBlocks(atoms.size), starts: new Int32Array(256) };
}
