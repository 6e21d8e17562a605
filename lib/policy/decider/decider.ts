import type { Compiled } from '../compile.ts';
import type { Verdict } from '../complete-world.ts';
import { evaluateFlow } from '../evaluate.ts';
import type { Hit } from '../evidence.ts';
import { decidingHit } from '../explain.ts';
import type { Direction, Endpoint } from '../model.ts';
import { ANY_END, atomTable, type Held } from './atoms.ts';
import { hasBit } from './bits.ts';
import { decideOver } from './decide-over.ts';
import { type Applying, applyingIn } from './ends.ts';
import { type Row, type RowTable, rowTable } from './rows.ts';

/** The verdict of a direction and the step that came to it; null where no single step did. */
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

/** Decides flows; it remembers each end by identity, so hand in the same object for the same end. */
export type Decider = {
  readonly decide: (key: FlowKey) => FlowDecision;
  /** The ports at which the answer for two ends may change: the first port of each stretch, rising from 1. */
  readonly portEdges: (source: Endpoint, destination: Endpoint) => readonly number[];
};

type End = {
  readonly [Way in Direction]: { readonly applying: Applying; readonly own: Held; readonly peer: Held };
};

/**
 * Says the same as `evaluateFlow`, of millions of flows: what each end is to each rule is found out once
 * per end, and a flow then looks only at the rules that speak of both. Where anything that counts is not
 * known, `evaluateFlow` itself is asked.
 */
export function createDecider(compiled: Compiled): Decider {
  const atoms = { source: atomTable(compiled, 'source'), destination: atomTable(compiled, 'destination') };
  const tables = {
    egress: rowTable(compiled.ordered.egress, 'egress', atoms),
    ingress: rowTable(compiled.ordered.ingress, 'ingress', atoms),
  };
  const applying = {
    egress: applyingIn(compiled, tables.egress, 'egress'),
    ingress: applyingIn(compiled, tables.ingress, 'ingress'),
  };
  const ends = new Map<Endpoint, End>();

  function endOf(endpoint: Endpoint): End {
    const known = ends.get(endpoint);
    if (known !== undefined) return known;
    const asSource = atoms.source.heldBy(endpoint);
    const asDestination = atoms.destination.heldBy(endpoint);
    const end: End = {
      egress: { applying: applying.egress(endpoint), own: asSource, peer: asSource },
      ingress: { applying: applying.ingress(endpoint), own: asDestination, peer: asDestination },
    };
    ends.set(endpoint, end);
    return end;
  }

  function direction(way: Direction, key: FlowKey): DirectionDecision | null {
    const source = endOf(key.source);
    const destination = endOf(key.destination);
    const [own, peer] =
      way === 'egress' ? [source.egress, destination.ingress] : [destination.ingress, source.egress];
    const decided = decideOver(tables[way], own.applying, { own: own.own, peer: peer.peer, key, way });
    return decided === null || (decided.verdict === 'denied' && isException(way, key)) ? null : decided;
  }

  return {
    decide: (key) => {
      if (key.protocol !== null && key.port !== null) {
        const egress = direction('egress', key);
        const ingress = egress === null ? null : direction('ingress', key);
        if (egress !== null && ingress !== null) return together(egress, ingress);
      }
      return asked(compiled, key);
    },
    portEdges: (source, destination) => {
      const edges = new Set([1]);
      const from = endOf(source);
      const to = endOf(destination);
      for (const way of ['egress', 'ingress'] as const) {
        const [own, peer] =
          way === 'egress' ? [from.egress, to.ingress.peer] : [to.ingress, from.egress.peer];
        addEdges({ edges, destination, compiled }, tables[way], own.applying, peer);
      }
      return [...edges].filter((port) => port >= 1 && port <= 65_535).sort((a, b) => a - b);
    },
  };
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
  const answer = evaluateFlow(compiled, {
    source,
    destination,
    protocol,
    sourcePort: null,
    destinationPort: port,
  });
  const { verdict, missing, egress, ingress } = answer;
  return {
    verdict,
    missing,
    egress: { verdict: egress.verdict, decision: decidingHit(egress)?.decision ?? null },
    ingress: { verdict: ingress.verdict, decision: decidingHit(ingress)?.decision ?? null },
  };
}

type Cut = { readonly edges: Set<number>; readonly destination: Endpoint; readonly compiled: Compiled };

/** Ends of which anything is open are cut wherever any rule cuts. */
function addEdges(cut: Cut, { rows, groups }: RowTable, applying: Applying, peer: Held): void {
  if (applying.kind === 'exempt') return;
  for (const group of applying.kind === 'open' ? groups : applying.groups) {
    for (const [at, atom] of group.peers.entries()) {
      if (atom !== ANY_END && !hasBit(peer.bits, atom)) continue;
      for (const number of group.rows[at] ?? []) addRow(cut, rows[number]);
    }
  }
}

function addRow({ edges, destination, compiled }: Cut, row: Row | undefined): void {
  if (row === undefined) return;
  for (const port of [...row.ports, ...row.notPorts]) {
    if (!('name' in port)) edges.add(port.first).add(port.last + 1);
  }
  const served = row.service === null ? [] : (compiled.directory.serviceOf(row.service)?.ports ?? []);
  for (const { target } of served) {
    if (typeof target === 'number') edges.add(target).add(target + 1);
  }
  if (!row.hasNames && row.service === null) return;
  for (const { port } of destination.namedPorts ?? []) edges.add(port).add(port + 1);
}
