import {
  absentFact,
  type EndFacts,
  type Fact,
  type FlowFacts,
  factOf,
  unknownFact,
} from '#lib/filter/facts.ts';
import type { End, Traffic } from './model.ts';

/** What the counters and names of traffic do not tell, asked for only where a filter speaks of it. */
export type Evidence = {
  /** Values of a label at an end over the window; null where nobody recorded or may see its labels. */
  readonly labelsOf: (end: End, key: string) => readonly string[] | null;
  /** The policies that records of one side name for this traffic; null where the viewer may not see them. */
  readonly decidedBy: (traffic: Traffic, side: 'source' | 'dest') => Decided | null;
};

export type Decided = {
  readonly policies: readonly string[];
  readonly tiers: readonly string[];
  /** False where there may be others: hidden from the viewer, or no longer kept. */
  readonly isWhole: boolean;
};

export const noEvidence: Evidence = { labelsOf: () => null, decidedBy: () => null };

/** One row of traffic as a filter sees it: what is hidden or unrecorded is unknown, never absent. */
export function flowFacts(traffic: Traffic, evidence: Evidence): FlowFacts {
  return {
    source: endFacts(traffic, 'source', evidence),
    dest: endFacts(traffic, 'dest', evidence),
    port: portFact(traffic.port),
    protocol: factOf(traffic.protocol),
    verdict: factOf(traffic.verdict),
  };
}

/** Many ports that were folded into `other` may be any; a protocol without ports has none. */
export function portFact(port: Traffic['port']): Fact {
  if (port === 'other') return unknownFact;
  return port === null ? absentFact : factOf(port);
}

function endFacts(traffic: Traffic, side: 'source' | 'dest', evidence: Evidence): EndFacts {
  const end = side === 'source' ? traffic.source : traffic.target;
  const decided = evidence.decidedBy(traffic, side);
  const named = (values: readonly string[] | undefined): Fact =>
    values === undefined ? unknownFact : { known: values, maybe: decided?.isWhole ? [] : 'any' };
  return {
    ...nameFacts(end),
    policy: named(decided?.policies),
    tier: named(decided?.tiers),
    label: (key) => labelFact(end, evidence.labelsOf(end, key)),
  };
}

type Names = Pick<EndFacts, 'cluster' | 'namespace' | 'workload' | 'name' | 'kind'>;

const hidden: Names = {
  cluster: unknownFact,
  namespace: unknownFact,
  workload: unknownFact,
  name: unknownFact,
  kind: unknownFact,
};

function nameFacts(end: End): Names {
  const cluster = factOf(end.cluster);
  const namespace = end.namespace === null ? absentFact : factOf(end.namespace);
  const name = end.name === '' ? unknownFact : factOf(end.name);
  switch (end.kind) {
    case 'namespace':
      return {
        ...hidden,
        cluster,
        namespace,
        kind: { known: [], maybe: ['networkset', 'service', 'workload'] },
      };
    case 'cluster':
      return { ...hidden, cluster };
    case 'unknown':
      return { ...hidden, cluster, kind: factOf('unknown') };
    case 'workload':
      return { cluster, namespace, name, workload: name, kind: factOf('workload') };
    case 'service':
    case 'host':
    case 'networkset':
    case 'domain':
    case 'network':
      return { cluster, namespace, name, workload: absentFact, kind: factOf(end.kind) };
    default:
      // An end that the viewer may not know at all.
      return hidden;
  }
}

function labelFact({ kind }: End, values: readonly string[] | null): Fact {
  if (values !== null) return factOf(...values);
  return kind === 'host' || kind === 'domain' || kind === 'network' ? absentFact : unknownFact;
}
