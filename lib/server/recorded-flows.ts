import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { type AddressesSeen, addressesSeen } from '#lib/db/sql/addresses-seen.ts';
import { commonLabels } from '#lib/db/sql/common-labels.ts';
import { traffic } from '#lib/db/sql/traffic.ts';
import type { EndpointKind, FlowEndpoint } from '#lib/flows/flow-record.ts';
import type { End, Traffic } from '#lib/graph/model.ts';
import { nodeId } from '#lib/graph/node-id.ts';
import { type Connection, connectionKey, connectionsOf } from '#lib/graph/overlay/connection.ts';
import { portNumber, protocolName } from '#lib/graph/overlay/flow-key.ts';
import type { Span } from '#lib/kit/window.ts';
import type { RecordedFlow } from '#lib/policy/check/recorded-flows.ts';
import { planAnswer } from './plan-answer.ts';

type Kept = AddressesSeen['kept'];

/**
 * What was recorded of a cluster in a window, as a flow log would tell it: labels that workloads had all the
 * time, and one flow for each address outside, with its share of what was counted.
 */
export async function recordedFlows(
  reader: Reader,
  scope: Scope,
  { cluster, window: requested }: { readonly cluster: string; readonly window: Span },
): Promise<readonly RecordedFlow[]> {
  const window = await planAnswer(reader, scope, requested);
  const question = { window, grouping: 'workload', clusters: [cluster], namespaces: null } as const;
  const [rows, addresses, labels] = await Promise.all([
    traffic(reader, scope, question),
    addressesSeen(reader, scope, window.answered),
    commonLabels(reader, scope, window.answered),
  ]);
  const labelsOf = new Map(labels.map((one) => [nodeId(one.end), one.labels]));
  const seen = Map.groupBy(addresses, connectionKey);
  const none = { client: null, server: null };
  return connectionsOf(rows, () => none).flatMap((connection) =>
    flowsOf(cluster, connection, seen.get(connectionKey(connection)) ?? [], labelsOf),
  );
}

function flowsOf(
  cluster: string,
  connection: Connection,
  seen: readonly AddressesSeen[],
  labelsOf: ReadonlyMap<string, readonly string[]>,
): readonly RecordedFlow[] {
  const { source, target, protocol, port, recorded, flows } = connection;
  const one: RecordedFlow = {
    client: endOf(cluster, source, labelsOf),
    server: endOf(cluster, target, labelsOf),
    protocol: protocolName(protocol),
    port: portNumber(protocol, port),
    flows,
    recorded,
  };
  const of = (side: AddressesSeen['side']): AddressesSeen | undefined =>
    seen.find((each) => each.side === side);
  const [client, server] = [of('client'), of('server')];
  const [side, outside] =
    server === undefined ? (['client', client] as const) : (['server', server] as const);
  if (outside === undefined || outside.kept.length === 0) return [one];
  const shares = sharesOf(flows, outside.kept, outside.addresses !== null);
  return shares.map(({ address, share }) => ({
    ...one,
    [side]: { ...one[side], address },
    flows: Math.max(1, Math.round(flows * share)),
    recorded: {
      allowed: shareOf(recorded.allowed, share),
      denied: shareOf(recorded.denied, share),
      dropped: shareOf(recorded.dropped, share),
    },
  }));
}

type Share = { readonly address: string | null; readonly share: number };

/** What was not kept by its address has what is left. */
function sharesOf(flows: number, kept: Kept, isWhole: boolean): readonly Share[] {
  const counted = kept.reduce((sum, one) => sum + one.flows, 0);
  const total = isWhole ? counted : Math.max(flows, counted + 1);
  const known = kept.map((one) => ({ address: one.address, share: one.flows / Math.max(1, total) }));
  return isWhole ? known : [...known, { address: null, share: (total - counted) / total }];
}

/** A verdict that was recorded stays so for each address: which of them had it is not kept. */
function shareOf(count: number, share: number): number {
  return count === 0 ? 0 : Math.max(1, Math.round(count * share));
}

function endOf(cluster: string, end: End, labelsOf: ReadonlyMap<string, readonly string[]>): FlowEndpoint {
  const nothing = { workloadKind: null, pod: null, cluster: null, address: null, port: null };
  const isElsewhere = end.cluster !== cluster && end.cluster !== '';
  const kind = isElsewhere ? 'unknown' : kindOf(end.kind);
  const labels = kind === 'workload' ? (labelsOf.get(nodeId(end)) ?? null) : null;
  return { kind, namespace: end.namespace, name: end.name, labels, ...nothing };
}

function kindOf(kind: Traffic['source']['kind']): EndpointKind {
  return kind === 'namespace' || kind === 'cluster' || kind === 'outside-scope' ? 'unknown' : kind;
}
