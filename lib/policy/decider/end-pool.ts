import type { Direction, Endpoint } from '../model.ts';
import type { AtomTable } from './atoms.ts';
import { type BitPool, bitPool } from './bits.ts';
import type { Applying } from './ends.ts';
import type { Lookup } from './lookup.ts';

/** Ends on one side of a flow: which atoms hold of each, or may. */
export type SidePool = {
  readonly pool: BitPool;
  /** Whether it is not sure that an atom holds. */
  readonly isOpen: (place: number, atom: number) => boolean;
};

/** Every end that was asked about, by its place. */
export type Ends = {
  readonly placeOf: (endpoint: Endpoint) => number;
  readonly sources: SidePool;
  readonly destinations: SidePool;
  readonly applying: (way: Direction, place: number) => Applying;
};

const open: Applying = { kind: 'open' };

export function endPool({ atoms, egress, ingress }: Lookup): Ends {
  const places = new Map<Endpoint, number>();
  const sources = sidePool(atoms.source);
  const destinations = sidePool(atoms.destination);
  const sending: Applying[] = [];
  const receiving: Applying[] = [];

  function add(endpoint: Endpoint): number {
    const place = places.size;
    places.set(endpoint, place);
    sources.add(endpoint);
    destinations.add(endpoint);
    sending.push(egress.applyingTo(endpoint));
    receiving.push(ingress.applyingTo(endpoint));
    return place;
  }

  return {
    placeOf: (endpoint) => places.get(endpoint) ?? add(endpoint),
    sources,
    destinations,
    applying: (way, place) => (way === 'egress' ? sending[place] : receiving[place]) ?? open,
  };
}

function sidePool(table: AtomTable): SidePool & { readonly add: (endpoint: Endpoint) => void } {
  const pool = bitPool(table.size);
  const unsure = new Map<number, ReadonlySet<number>>();
  return {
    pool,
    isOpen: (place, atom) => unsure.get(place)?.has(atom) ?? false,
    add: (endpoint) => {
      const held = table.heldBy(endpoint);
      const place = pool.add(held.atoms);
      if (held.unsure.length > 0) unsure.set(place, new Set(held.unsure));
    },
  };
}
