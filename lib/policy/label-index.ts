import type { LabelLookup } from './labels.ts';
import type { Comparison, SelectorNode } from './selector/node.ts';
import type { Selector } from './selector.ts';

/** Finds what may select an endpoint without asking every selector. */
export type LabelIndex<T> = {
  /** In the order in which they were given; may hold items whose selector does not match after all. */
  readonly candidatesFor: (lookup: LabelLookup) => readonly T[];
};

/** The places of items that demand a label, by each value that will do, and all of them. */
type Demanded = { readonly byValue: Map<string, number[]>; readonly every: number[] };

/**
 * Files each item under one label that its selector demands, the most telling one that it names. What
 * demands none is a candidate always; what demands an unknown label is a candidate too.
 */
export function labelIndex<T>(items: readonly T[], selectorOf: (item: T) => Selector): LabelIndex<T> {
  const always: number[] = [];
  const byLabel = new Map<string, Demanded>();
  for (const [place, item] of items.entries()) {
    const demanded = demandOf(selectorOf(item).node);
    if (demanded === null) always.push(place);
    else file(byLabel, demanded, place);
  }
  return { candidatesFor: (lookup) => itemsAt(items, placesFor(always, byLabel, lookup)) };
}

/** Rising: an item is filed under one label, so that none comes twice. */
function placesFor(
  always: readonly number[],
  byLabel: ReadonlyMap<string, Demanded>,
  lookup: LabelLookup,
): readonly number[] {
  let found = always;
  for (const [label, { byValue, every }] of byLabel) {
    const value = lookup(label);
    if (value === null) continue;
    const more = value === undefined ? every : byValue.get(value);
    if (more !== undefined) found = found.length === 0 ? more : merged(found, more);
  }
  return found;
}

/** One rising list of two. */
function merged(one: readonly number[], other: readonly number[]): readonly number[] {
  const both: number[] = [];
  let at = 0;
  for (const place of one) {
    for (let next = other[at]; next !== undefined && next < place; next = other[at]) {
      both.push(next);
      at += 1;
    }
    both.push(place);
  }
  for (; at < other.length; at += 1) both.push(other[at] ?? 0);
  return both;
}

function itemsAt<T>(items: readonly T[], places: readonly number[]): readonly T[] {
  const found: T[] = [];
  for (const place of places) {
    const item = items[place];
    if (item !== undefined) found.push(item);
  }
  return found;
}

function file(byLabel: Map<string, Demanded>, { label, values }: Comparison, place: number): void {
  const demanded = byLabel.get(label) ?? nobodyYet();
  byLabel.set(label, demanded);
  if (values.length > 0) demanded.every.push(place);
  for (const value of values) {
    const places = demanded.byValue.get(value) ?? [];
    places.push(place);
    demanded.byValue.set(value, places);
  }
}

function nobodyYet(): Demanded {
  return { byValue: new Map(), every: [] };
}

/** A comparison that must hold wherever the selector does; its own labels tell more than the namespace. */
function demandOf(node: SelectorNode): Comparison | null {
  if (node.kind === 'comparison') return node.operator === '==' || node.operator === 'in' ? node : null;
  if (node.kind !== 'and') return null;
  const demands = node.operands.map(demandOf).filter((demand) => demand !== null);
  return demands.find((demand) => !demand.label.startsWith('projectcalico.org/')) ?? demands[0] ?? null;
}
