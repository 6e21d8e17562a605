import type { Verdict } from '../complete-world.ts';
import type { Hit } from '../evidence.ts';
import type { Endpoint } from '../model.ts';

/** How one direction was decided. */
export type DirectionDecision = { readonly verdict: Verdict; readonly decision: Hit['decision'] | null };

export type FlowDecision = {
  readonly verdict: Verdict;
  /** What would have to be known; empty unless undecidable. */
  readonly missing: readonly string[];
  readonly egress: DirectionDecision;
  readonly ingress: DirectionDecision;
};

/** A flow by what policies look at; where nobody knows the port, it is null. */
export type FlowKey = {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly protocol: string | null;
  readonly port: number | null;
};
