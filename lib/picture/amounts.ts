import type { Counters, GraphEdge, GraphPort } from '#lib/contracts/graph.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import type { Amount } from '#lib/kit/amount.ts';
import type { Totals } from './view.ts';

export const verdicts: readonly Verdict[] = ['allowed', 'denied', 'dropped'];

type Measure = 'connections' | 'bytes' | 'packets';

/** One counter of one edge. Flows are always known, everything else may be null. */
export function amountOf(counters: Counters, measure: Measure | 'flows'): Amount {
  if (measure === 'flows') return { value: counters.flows, partial: false };
  const value = counters[measure];
  return { value, partial: value !== null && value > 0 && counters.partial };
}

/** A sum over edges: those without traffic do not count, null + n is at least n, all null is null. */
export function sumOf(counters: readonly Counters[], measure: Measure | 'flows'): Amount {
  const amounts = counters.filter(({ flows }) => flows > 0).map((each) => amountOf(each, measure));
  if (amounts.length === 0) return { value: 0, partial: false };
  const known = amounts.flatMap(({ value }) => (value === null ? [] : [value]));
  if (known.length === 0) return { value: null, partial: false };
  return {
    value: known.reduce((sum, value) => sum + value, 0),
    partial: known.length < amounts.length || amounts.some(({ partial }) => partial),
  };
}

/** What a set of edges adds up to. */
export function totalsOf(edges: readonly GraphEdge[]): Totals {
  const allowed = edges.map((edge) => edge.allowed);
  return {
    connections: sumOf(allowed, 'connections'),
    bytes: sumOf(allowed, 'bytes'),
    denied: sumOf(
      edges.map((edge) => edge.denied),
      'flows',
    ),
    dropped: sumOf(
      edges.map((edge) => edge.dropped),
      'flows',
    ),
  };
}

/** What the width of a line means: openings where they are known, else flows. */
export function volumeOf(counters: Counters): number {
  return counters.connections ?? counters.flows;
}

/** `tcp 8443`, `icmp`, `other tcp ports`. */
export function portText({ protocol, port }: GraphPort): string {
  if (port === null) return protocol;
  return port === 'other' ? `other ${protocol}` : `${protocol} ${port}`;
}
