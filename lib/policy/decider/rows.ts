import type { CompiledPolicy } from '../compile.ts';
import type { Direction, Policy, Rule } from '../model.ts';
import type { Side } from '../question.ts';
import type { Selector } from '../selector.ts';
import type { AtomFile } from './atoms.ts';
import type { DirectionDecision } from './flow-decision.ts';

/** One rule as it is tried, in the place that its number says. */
export type Row = {
  readonly rule: Rule;
  readonly policy: Policy;
  /** Null passes on to the next tier. */
  readonly decided: DirectionDecision | null;
  /** The place of its tier among those of the direction. */
  readonly tier: number;
  readonly peer: number;
  readonly own: number;
  readonly hasNames: boolean;
  /** It asks for something that is not tried here; where the rest of it holds, the evaluator is asked. */
  readonly isHard: boolean;
};

/** The policies with one and the same subject, and the numbers of their rows, rising. */
export type Group = {
  readonly id: number;
  readonly subject: Selector;
  readonly policies: readonly CompiledPolicy[];
  readonly rows: readonly number[];
};

export type RowTable = {
  readonly rows: readonly Row[];
  /** The number of the first row of each tier, and one past the last row. */
  readonly firstRows: readonly number[];
  /** The place of the first policy of each tier. */
  readonly firstPlaces: readonly number[];
  readonly ordered: readonly CompiledPolicy[];
  readonly groups: readonly Group[];
};

/** Numbers the rules of a direction in the order of evaluation, and files them by subject. */
export function rowTable(
  ordered: readonly CompiledPolicy[],
  direction: Direction,
  atoms: Readonly<Record<Side, AtomFile>>,
): RowTable {
  const rows: Row[] = [];
  const firstRows: number[] = [];
  const firstPlaces: number[] = [];
  const tierOf = new Map<string, number>();
  const bySubject = new Map<string, Group & { policies: CompiledPolicy[]; rows: number[] }>();
  for (const compiled of ordered) {
    const { policy } = compiled;
    const tier = tierOf.get(policy.tier) ?? tierOf.size;
    if (!tierOf.has(policy.tier)) {
      tierOf.set(policy.tier, tier);
      firstRows.push(rows.length);
      firstPlaces.push(compiled.place);
    }
    const { subject } = policy;
    const group = bySubject.get(subject.canonical) ?? { id: bySubject.size, subject, policies: [], rows: [] };
    bySubject.set(subject.canonical, group);
    group.policies.push(compiled);
    for (const [ruleIndex, { rule }] of compiled.rules.entries()) {
      if (rule.action === 'log') continue;
      group.rows.push(rows.length);
      rows.push({
        rule,
        policy,
        decided: decidedBy(policy, ruleIndex, rule),
        tier,
        ...asked(rule, direction, atoms),
      });
    }
  }
  firstRows.push(rows.length);
  return { rows, firstRows, firstPlaces, ordered, groups: [...bySubject.values()] };
}

function decidedBy(policy: Policy, ruleIndex: number, { action }: Rule): DirectionDecision | null {
  if (action === 'pass') return null;
  const decision = { kind: 'rule', tier: policy.tier, policy, ruleIndex } as const;
  return { verdict: action === 'allow' ? 'allowed' : 'denied', decision };
}

function asked(rule: Rule, direction: Direction, atoms: Readonly<Record<Side, AtomFile>>) {
  const source = atoms.source.idOf(rule);
  const destination = atoms.destination.idOf(rule);
  const isIngress = direction === 'ingress';
  const { ports, notPorts } = rule.destination;
  return {
    peer: isIngress ? source : destination,
    own: isIngress ? destination : source,
    hasNames: [...ports, ...notPorts].some((port) => 'name' in port),
    isHard: isHard(rule),
  };
}

function isHard({ asksForHttp, icmp, notIcmp, source, destination }: Rule): boolean {
  const asksForSourcePorts = source.ports.length > 0 || source.notPorts.length > 0;
  const asksForDomains = source.domains.length > 0 || destination.domains.length > 0;
  return asksForHttp || icmp !== null || notIcmp !== null || asksForSourcePorts || asksForDomains;
}
