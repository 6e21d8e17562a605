import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import type { Direction } from './model.ts';

/** Flows that met a policy or one of its rules, and the start of the last hour in which one did. */
export type HitCount = { readonly flows: number; readonly lastMs: number | null };

export type HitsOfPolicy = HitCount & {
  /** By direction and index of the rule. */
  readonly rules: Readonly<Record<Direction, ReadonlyMap<number, HitCount>>>;
  /** False where the records tell of the policy and never of its rules. */
  readonly tellsRules: boolean;
};

type Trace = {
  readonly direction: Direction;
  readonly flows: number;
  readonly lastMs: number;
  readonly enforced: readonly PolicyHit[];
  readonly pending: readonly PolicyHit[];
};

type Tally = {
  flows: number;
  lastMs: number | null;
  tellsRules: boolean;
  readonly rules: Record<Direction, Map<number, HitCount>>;
};

/**
 * What recorded traces say of each policy, by kind, namespace and name. The end of a tier is a hit of the policy
 * that brought the tier into force, and of none of its rules. Staged policies are hit in pending traces.
 */
export function countHits(traces: readonly Trace[]): ReadonlyMap<string, HitsOfPolicy> {
  const tallies = new Map<string, Tally>();
  for (const trace of traces) {
    const enforced = trace.enforced.filter(({ kind }) => !kind.startsWith('Staged'));
    const pending = trace.pending.filter((hit) => (hit.trigger ?? hit).kind.startsWith('Staged'));
    for (const hit of [...enforced, ...pending]) add(tallies, trace, hit);
  }
  return tallies;
}

function add(tallies: Map<string, Tally>, { direction, flows, lastMs }: Trace, hit: PolicyHit): void {
  const key = hitKey(hit.trigger ?? hit);
  const tally = tallies.get(key) ?? {
    flows: 0,
    lastMs: null,
    tellsRules: false,
    rules: { ingress: new Map(), egress: new Map() },
  };
  tallies.set(key, tally);
  tally.flows += flows;
  tally.lastMs = Math.max(tally.lastMs ?? lastMs, lastMs);
  const { ruleIndex } = hit;
  if (ruleIndex === null) return;
  tally.tellsRules = true;
  if (ruleIndex < 0) return;
  const rules = tally.rules[direction];
  const known = rules.get(ruleIndex);
  rules.set(ruleIndex, {
    flows: (known?.flows ?? 0) + flows,
    lastMs: Math.max(known?.lastMs ?? lastMs, lastMs),
  });
}

/** What a policy is found by, as records name it. */
export function hitKey({
  kind,
  namespace,
  name,
}: {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}): string {
  return JSON.stringify([kind, namespace, name]);
}
