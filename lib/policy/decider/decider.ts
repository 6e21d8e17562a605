import type { Compiled } from '../compile.ts';
import { evaluateFlow } from '../evaluate.ts';
import { decidingHit } from '../explain.ts';
import type { Direction, Endpoint } from '../model.ts';
import { decideOver } from './decide-over.ts';
import { type Ends, endPool } from './end-pool.ts';
import type { DirectionDecision, FlowDecision, FlowKey } from './flow-decision.ts';
import { type Lookup, lookupOf } from './lookup.ts';
import { portEdges } from './port-edges.ts';

/** The verdict of a direction and the step that came to it; null where no single step did. */
/** Decides flows; it remembers each end by identity, so hand in the same object for the same end. */
export type Decider = {
  readonly decide: (key: FlowKey) => FlowDecision;
  /** The ports at which the answer for two ends may change: the first port of each stretch, rising from 1. */
  readonly portEdges: (source: Endpoint, destination: Endpoint) => readonly number[];
};

/**
 * Says the same as `evaluateFlow`, of millions of flows: what each end is to each rule is found out once
 * per end, and a flow then looks only at the rules that speak of both. Where anything that counts is not
 * known, `evaluateFlow` itself is asked.
 */
export function createDecider(compiled: Compiled): Decider {
  const lookup = lookupOf(compiled);
  const ends = endPool(lookup);
  return {
    decide: (key) => {
      if (key.protocol !== null && key.port !== null) {
        const source = ends.placeOf(key.source);
        const destination = ends.placeOf(key.destination);
        const egress = decideDirection(lookup, ends, 'egress', key, { source, destination });
        const ingress =
          egress === null ? null : decideDirection(lookup, ends, 'ingress', key, { source, destination });
        if (egress !== null && ingress !== null) return together(egress, ingress);
      }
      return asked(compiled, key);
    },
    portEdges: (source, destination) => portEdges(compiled, lookup, ends, source, destination),
  };
}

type Places = { readonly source: number; readonly destination: number };

function decideDirection(
  lookup: Lookup,
  ends: Ends,
  way: Direction,
  key: FlowKey,
  { source, destination }: Places,
): DirectionDecision | null {
  const isEgress = way === 'egress';
  const { table, packed } = lookup[way];
  const own = isEgress ? source : destination;
  const peer = isEgress ? destination : source;
  const decided = decideOver(table, packed, ends.applying(way, own), {
    peers: isEgress ? ends.destinations : ends.sources,
    peer,
    owns: isEgress ? ends.sources : ends.destinations,
    own,
    key,
    protocol: packed.numberOf(key.protocol ?? ''),
    port: key.port ?? 0,
  });
  return decided === null || (decided.verdict === 'denied' && isException(way, key)) ? null : decided;
}

/** What may be allowed although policies deny it: the evaluator knows. */
function isException(way: Direction, { source, destination }: FlowKey): boolean {
  if (destination.kind !== 'workload') return false;
  if (way === 'ingress' && (source.kind === 'host' || source.isHostNetworked)) return true;
  return (
    source.kind === 'workload' &&
    source.namespace === destination.namespace &&
    source.name === destination.name
  );
}

const nothing: readonly string[] = [];

function together(egress: DirectionDecision, ingress: DirectionDecision): FlowDecision {
  const isAllowed = egress.verdict === 'allowed' && ingress.verdict === 'allowed';
  return { verdict: isAllowed ? 'allowed' : 'denied', missing: nothing, egress, ingress };
}

function asked(compiled: Compiled, { source, destination, protocol, port }: FlowKey): FlowDecision {
  const flow = { source, destination, protocol, sourcePort: null, destinationPort: port };
  const { verdict, missing, egress, ingress } = evaluateFlow(compiled, flow);
  return {
    verdict,
    missing,
    egress: { verdict: egress.verdict, decision: decidingHit(egress)?.decision ?? null },
    ingress: { verdict: ingress.verdict, decision: decidingHit(ingress)?.decision ?? null },
  };
}
