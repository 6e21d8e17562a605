import type { CompiledPolicy } from '../compile.ts';
import type { Hit } from '../evidence.ts';
import type { Direction, PortMatch, Rule, ServiceName } from '../model.ts';
import type { Side } from '../question.ts';
import type { Selector } from '../selector.ts';
import { ANY_END, type AtomTable } from './atoms.ts';

/** One rule as it is tried, in the place that its number says. */
export type Row = {
  readonly decision: Extract<Hit['decision'], { kind: 'rule' }>;
  readonly action: 'allow' | 'deny' | 'pass';
  /** The place of its tier among those of the direction. */
  readonly tier: number;
  readonly peer: number;
  readonly own: number;
  readonly protocol: string | null;
  readonly notProtocol: string | null;
  readonly ports: readonly PortMatch[];
  readonly notPorts: readonly PortMatch[];
  readonly hasNames: boolean;
  readonly service: ServiceName | null;
  /** It asks for something that is not tried here; where the rest of it holds, the evaluator is asked. */
  readonly isHard: boolean;
};

/** The policies with one and the same subject: each thing that they ask of a peer, with the rows that do. */
export type Group = {
  readonly subject: Selector;
  readonly policies: readonly CompiledPolicy[];
  readonly peers: Int32Array;
  /** Numbers of rows, rising, by the place in `peers`. */
  readonly rows: readonly Int32Array[];
};

export type RowTable = {
  readonly rows: readonly Row[];
  /** The number of the first row of each tier, and one past the last row. */
  readonly firstRows: readonly number[];
  readonly tierOf: ReadonlyMap<string, number>;
  readonly groups: readonly Group[];
};

/** Numbers the rules of a direction in the order of evaluation, and files them by subject and peer. */
export function rowTable(
  ordered: readonly CompiledPolicy[],
  direction: Direction,
  atoms: Readonly<Record<Side, AtomTable>>,
): RowTable {
  const rows: Row[] = [];
  const firstRows: number[] = [];
  const tierOf = new Map<string, number>();
  const bySubject = new Map<string, { policies: CompiledPolicy[]; rows: number[] }>();
  for (const compiled of ordered) {
    const { policy } = compiled;
    const tier = tierOf.get(policy.tier) ?? tierOf.size;
    if (!tierOf.has(policy.tier)) {
      tierOf.set(policy.tier, tier);
      firstRows.push(rows.length);
    }
    const group = bySubject.get(policy.subject.canonical) ?? { policies: [], rows: [] };
    bySubject.set(policy.subject.canonical, group);
    group.policies.push(compiled);
    for (const [ruleIndex, { rule }] of compiled.rules.entries()) {
      if (rule.action === 'log') continue;
      const decision = { kind: 'rule', tier: policy.tier, policy, ruleIndex } as const;
      group.rows.push(rows.length);
      rows.push({ decision, action: rule.action, tier, ...asked(rule, direction, atoms) });
    }
  }
  firstRows.push(rows.length);
  const groups = [...bySubject.values()].map((group) => groupOf(group.policies, group.rows, rows));
  return { rows, firstRows, tierOf, groups };
}

function asked(rule: Rule, direction: Direction, atoms: Readonly<Record<Side, AtomTable>>) {
  const source = atoms.source.idOf(rule);
  const destination = atoms.destination.idOf(rule);
  const isIngress = direction === 'ingress';
  return {
    peer: isIngress ? source : destination,
    own: isIngress ? destination : source,
    protocol: rule.protocol,
    notProtocol: rule.notProtocol,
    ports: rule.destination.ports,
    notPorts: rule.destination.notPorts,
    service: rule.destination.service,
    hasNames: [...rule.destination.ports, ...rule.destination.notPorts].some((port) => 'name' in port),
    isHard: isHard(rule),
  };
}

function isHard({ asksForHttp, icmp, notIcmp, source, destination }: Rule): boolean {
  const asksForSourcePorts = source.ports.length > 0 || source.notPorts.length > 0;
  const asksForDomains = source.domains.length > 0 || destination.domains.length > 0;
  return asksForHttp || icmp !== null || notIcmp !== null || asksForSourcePorts || asksForDomains;
}

function groupOf(policies: readonly CompiledPolicy[], own: readonly number[], rows: readonly Row[]): Group {
  const byPeer = Map.groupBy(own, (row) => rows[row]?.peer ?? ANY_END);
  const [first] = policies;
  if (first === undefined) throw new Error('a group without policies');
  return {
    subject: first.policy.subject,
    policies,
    peers: Int32Array.from(byPeer.keys()),
    rows: [...byPeer.values()].map((numbers) => Int32Array.from(numbers)),
  };
}
