import type { Compiled } from '../compile.ts';
import { evaluateFlow } from '../evaluate.ts';
import { decidingHit } from '../explain.ts';
import type { Endpoint } from '../model.ts';
import { decideOver, type Trial, type Way } from './decide-over.ts';
import { isExemptEnd, isHostEnd, isOpenEnd, workloadOf } from './end-blocks.ts';
import { decidedByNone, decidedByProfile } from './ends.ts';
import type { DirectionDecision, FlowDecision, FlowKey } from './flow-decision.ts';
import { type Lookup, lookupOf } from './lookup.ts';
import { portEdges } from './port-edges.ts';

/** Decides flows; it remembers each end by identity, so hand in the same object for the same end. */
export type Decider = {
  readonly decide: (key: FlowKey) => FlowDecision;
  /** The ports at which the answer for two ends may change: the first port of each stretch, rising from 1. */
  readonly portEdges: (source: Endpoint, destination: Endpoint) => readonly number[];
};

// In numbers of four bytes, per direction. A crafted set of policies can have as many classes of ports
// as there are ports, each with all of its rules: what would take more is found anew.
const MAX_REMEMBERED = 1 << 23;

/**
 * Says the same as `evaluateFlow`, of millions of flows: what each end is to each rule is found out once
 * per end, and a flow then looks only at the rules that speak of both. Where anything that counts is not
 * known, `evaluateFlow` itself is asked.
 */
export function createDecider(compiled: Compiled, remembered = MAX_REMEMBERED): Decider {
  const lookup = lookupOf(compiled, remembered);
  return {
    decide: (key) => decideByLookup(lookup, key) ?? asked(compiled, key),
    portEdges: (source, destination) => portEdges(compiled, lookup, source, destination),
  };
}

/** Null where the evaluator has to be asked. */
function decideByLookup(lookup: Lookup, key: FlowKey): FlowDecision | null {
  if (key.protocol === null || key.port === null) return null;
  const portClass = lookup.classes.classOf(key.protocol, key.port);
  if (portClass < 0) return null;
  const { sources, destinations, placeOf } = lookup.ends;
  const from = placeOf(key.source);
  const to = placeOf(key.destination);
  const source = sources.starts[from] ?? 0;
  const destination = destinations.starts[to] ?? 0;
  const isSameWorkload =
    workloadOf(sources.blocks, source) >= 0 &&
    workloadOf(sources.blocks, source) === workloadOf(destinations.blocks, destination);
  const egress = decideDirection(lookup.egress, key.source, {
    owns: sources.blocks,
    own: source,
    peers: destinations.blocks,
    peer: destination,
    key,
    portClass,
  });
  // What may be allowed although policies deny it: the evaluator knows.
  if (egress === null || (egress.verdict === 'denied' && isSameWorkload)) return null;
  const ingress = decideDirection(lookup.ingress, key.destination, {
    owns: destinations.blocks,
    own: destination,
    peers: sources.blocks,
    peer: source,
    key,
    portClass,
  });
  if (ingress === null) return null;
  const isOwnNode = isHostEnd(sources.blocks, source) && workloadOf(destinations.blocks, destination) >= 0;
  if (ingress.verdict === 'denied' && (isSameWorkload || isOwnNode)) return null;
  return together(egress, ingress);
}

function decideDirection(way: Way, endpoint: Endpoint, trial: Trial): DirectionDecision | null {
  const { owns, own } = trial;
  if (isOpenEnd(owns, own)) return null;
  if (isExemptEnd(owns, own)) return decidedByNone(endpoint);
  const decided = decideOver(way, trial);
  return decided === 'none' ? decidedByProfile(endpoint) : decided;
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
