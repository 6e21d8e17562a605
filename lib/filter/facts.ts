import type { Value } from './expression.ts';
import type { CounterName } from './fields.ts';

/**
 * What is known of one field. A field may have several values (the ports of an edge, the policies of a
 * trace); `maybe` are those that it has or has not, `any` where nothing is known of the rest.
 */
export type Fact = { readonly known: readonly Value[]; readonly maybe: readonly Value[] | 'any' };

/** Hidden from this viewer, or not recorded: no predicate on it holds, negated or not. */
export const unknownFact: Fact = { known: [], maybe: 'any' };

/** There is no such thing: a host has no namespace. */
export const absentFact: Fact = { known: [], maybe: [] };

export function factOf(...known: readonly Value[]): Fact {
  return { known, maybe: [] };
}

export type EndFacts = Readonly<
  Record<'cluster' | 'namespace' | 'workload' | 'name' | 'kind' | 'policy' | 'tier', Fact>
> & { readonly label: (key: string) => Fact };

/** One flow, or flows that no predicate can tell apart, as this viewer sees them. */
export type FlowFacts = Readonly<Record<'port' | 'protocol' | 'verdict', Fact>> & {
  readonly source: EndFacts;
  readonly dest: EndFacts;
};

/** A count that is at least this much, and exactly this much where all of it is known. */
export type Count = { readonly atLeast: number; readonly isExact: boolean };

export type EdgeCounts = Readonly<Record<CounterName, Count>>;
